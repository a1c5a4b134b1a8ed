import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import type { FileAnswer } from '../../../src/core/call';
import { newBot } from '../../../src/simulator/services/chat/admin';
import { failure, withNas, type Scene, type SceneOptions } from '../../support/nas';
import { stage } from './follow';

const {
	message: { operations: message },
	webhook: { operations: webhook },
	bot: { operations: bot },
} = service.resources;

/** A bot of alice with a handle that carries its token. */
async function withBot(
	options: SceneOptions,
	run: (
		scene: Scene & ReturnType<typeof stage> & { helper: ReturnType<typeof newBot>; bearer: Scene['dsm'] },
	) => Promise<void>,
): Promise<void> {
	await withNas(options, async (scene) => {
		const staged = stage(scene);
		const helper = newBot(staged.chat, staged.chat.user('alice').user_id, 'chatbot', 'Helper');
		const bearer = scene.pool.acquire({ url: scene.simulator.url, token: helper.token }).dsm;
		await run({ ...scene, ...staged, helper, bearer });
	});
}

const talk = ({ chat, helper }: { chat: ReturnType<typeof stage>['chat']; helper: { user_id: number } }, who: string) =>
	chat.conversation([chat.user(who).user_id, helper.user_id], helper.user_id, 'chatbot');

describe('a bot with its token', () => {
	test('writes to several users, in a call each, without a login', async () => {
		await withBot({}, async (scene) => {
			const { bearer, chat, simulator } = scene;
			const [bob, carol] = [chat.user('bob').user_id, chat.user('carol').user_id];
			const rows = await bearer.do(bot.send, { user_ids: [bob, carol], text: 'Backup done & <well>' });
			expect(rows).toEqual([
				{ user_id: String(bob), sent: true, post_id: String(talk(scene, 'bob').posts[0]?.post_id) },
				{ user_id: String(carol), sent: true, post_id: String(talk(scene, 'carol').posts[0]?.post_id) },
			]);
			expect(talk(scene, 'bob').posts.map((post) => post.message)).toEqual(['Backup done & <well>']);
			expect(simulator.requests.map(({ api, method }) => `${api} ${method}`)).toEqual([
				'SYNO.API.Info query',
				'SYNO.Chat.External chatbot',
				'SYNO.Chat.External chatbot',
			]);
		});
	});

	test('tells for each user whether the message arrived, and fails when it reached nobody', async () => {
		await withBot({}, async ({ bearer, chat }) => {
			const bob = chat.user('bob').user_id;
			const rows = await bearer.do(bot.send, { user_ids: [4711, bob], text: 'hello' });
			expect(rows).toMatchObject([
				{ user_id: '4711', sent: false, code: 117, error: expect.stringContaining('Chat could not do it') },
				{ user_id: String(bob), sent: true },
			]);
			expect(await failure(bearer.do(bot.send, { user_ids: [4711], text: 'hello' }))).toMatchObject({ dsmCode: 117 });
		});
	});

	test('sends buttons in the form Chat wants', async () => {
		await withBot({}, async (scene) => {
			await scene.bearer.do(bot.send, {
				user_ids: [scene.chat.user('bob').user_id],
				text: 'Deploy?',
				buttons: [
					{ text: 'Go', value: 'yes', name: 'go', style: 'green' },
					{ text: 'Stop', value: 'no' },
				],
				buttons_text: 'Choose',
				callback_id: 'dep-17',
			});
			expect(talk(scene, 'bob').posts[0]?.attachments).toEqual([
				{
					callback_id: 'dep-17',
					text: 'Choose',
					actions: [
						{ type: 'button', name: 'go', value: 'yes', text: 'Go', style: 'green' },
						{ type: 'button', name: 'no', value: 'no', text: 'Stop', style: 'grey' },
					],
				},
			]);
		});
	});

	test.each([
		['a message of nothing', { text: '' }, ['text']],
		['an unknown style', { text: 'x', buttons: [{ text: 'Go', style: 'pink' }] }, ['buttons', 0, 'style']],
		['a button without text', { text: 'x', buttons: [{ value: 'yes' }] }, ['buttons', 0, 'text']],
		['two buttons of one name', { text: 'x', buttons: [{ text: 'Go' }, { text: 'Go' }] }, ['buttons', 1]],
		['a file by ftp', { text: 'x', file_url: 'ftp://nas.example.com/a' }, ['file_url']],
		[
			'actions without a callback ID',
			{ text: 'x', attachments: [{ actions: [{ type: 'button', text: 'Go' }] }] },
			['attachments', 0, 'callback_id'],
		],
	])('refuses %s before anything is sent', async (_, content, path) => {
		await withBot({}, async ({ bearer, simulator }) => {
			const error = await failure(bearer.do(bot.send, { user_ids: [3], ...content } as never));
			expect(error).toMatchObject({ code: 'input', details: { path } });
			expect(simulator.requests).toEqual([]);
		});
	});

	test('reads users, channels, messages and files of its conversations, and of no other', async () => {
		await withBot({}, async (scene) => {
			const { bearer, chat, clock } = scene;
			await bearer.do(bot.send, { user_ids: [chat.user('bob').user_id], text: 'one' });
			const channel = talk(scene, 'bob');
			clock.advance(1000);
			const two = chat.postAs('bob', channel, 'two');
			const file = chat.postAs('bob', channel, 'log', { file: { name: 'a.log', content: 'line', mime: 'text/plain' } });

			expect((await bearer.do(bot.listUsers, {})).map(({ username }) => username)).toEqual(
				expect.arrayContaining(['alice', 'bob', 'carol']),
			);
			expect(await bearer.do(bot.listChannels, {})).toMatchObject([
				{ channel_id: String(channel.channel_id), type: 'chatbot' },
			]);
			const list = async (more: object) =>
				(await bearer.do(bot.listMessages, { channel_id: channel.channel_id, ...more })).map((row) => row.message);
			expect(await list({})).toEqual(['one', 'two', 'log']);
			expect(await list({ count: 1 })).toEqual(['log']);
			expect(await list({ before: String(two.post_id) })).toEqual(['one']);
			const { name, stream } = (await bearer.do(bot.downloadFile, { post_id: file.post_id })) as FileAnswer;
			expect([name, (await stream.toArray()).join('')]).toEqual(['a.log', 'line']);
			expect(await failure(bearer.do(bot.listMessages, { channel_id: 1 }))).toMatchObject({ dsmCode: 401 });
		});
	});

	test('is told that a token is wrong, and what to look at', async () => {
		await withBot({}, async ({ pool, simulator }) => {
			const { dsm } = pool.acquire({ url: simulator.url, token: 'x'.repeat(64) });
			expect(await failure(dsm.do(bot.listChannels, {}))).toMatchObject({
				code: 'api',
				dsmCode: 404,
				message: expect.stringContaining('wrong token'),
			});
		});
	});

	test.each([
		['bare', (token: string) => ({ token })],
		['in quotes', (token: string) => ({ token: `"${token}"` })],
		['percent-encoded', (token: string) => ({ token: `%22${encodeURIComponent(token)}%22` })],
	])('takes a token that is %s', async (_, form) => {
		await withBot({}, async ({ pool, simulator, helper }) => {
			const { dsm } = pool.acquire({ url: simulator.url, ...form(helper.token) });
			expect(await dsm.do(bot.listChannels, {})).toEqual([]);
			expect(simulator.requests.at(-1)).toMatchObject({ httpMethod: 'POST', path: '/webapi/entry.cgi', query: {} });
		});
	});

	test('takes the URL that Chat shows, in either field', async () => {
		await withBot({}, async ({ pool, simulator, helper }) => {
			const query = 'api=SYNO.Chat.External&method=chatbot&version=2';
			const url = `${simulator.url}/webapi/entry.cgi?${query}&token=%22${encodeURIComponent(helper.token)}%22`;
			for (const settings of [{ url, token: '' }, { token: url }]) {
				expect(await pool.acquire(settings).dsm.do(bot.listChannels, {})).toEqual([]);
			}
			expect(() => pool.acquire({ url: simulator.url, token: '' })).toThrow('"Token" is missing');
			expect(() => pool.acquire({ token: 'abc' })).toThrow('"URL or QuickConnect ID" is missing');
		});
	});
});

describe('a burst of 200 messages', () => {
	const texts = Array.from({ length: 200 }, (_, index) => `message ${index}`);

	test('sent at once with a session arrives complete and in order', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			chat.switches.minSpacingMs = 500;
			const other = scene.acquire().dsm;
			await Promise.all(
				texts.map(
					async (text, index) =>
						await (index % 2 === 0 ? scene.dsm : other).do(message.send, { channel_id: 2, message: text }),
				),
			);
			const posted = chat
				.channel('ops')
				.posts.slice(-200)
				.map((post) => post.message);
			expect(posted).toEqual(texts);
			const creates = scene.simulator.requests.filter(({ method }) => method === 'create');
			expect(creates).toHaveLength(200);
		});
	});

	test('sent at once with a token arrives complete and in order, also where Chat wants longer pauses', async () => {
		await withBot({}, async (scene) => {
			const { bearer, chat } = scene;
			chat.switches.minSpacingMs = 1500;
			const user_ids = [chat.user('bob').user_id];
			await Promise.all(texts.map(async (text) => await bearer.do(bot.send, { user_ids, text })));
			expect(talk(scene, 'bob').posts.map((post) => post.message)).toEqual(texts);
		});
	});

	test('goes on when one is given up or refused, and a single message waits for nothing', async () => {
		await withBot({}, async (scene) => {
			const { bearer, chat, clock } = scene;
			const user_ids = [chat.user('bob').user_id];
			const before = clock.now();
			await bearer.do(bot.send, { user_ids, text: 'first' });
			expect(clock.now()).toBe(before);
			const gone = new AbortController();
			gone.abort();
			const sends = [
				bearer.do(bot.send, { user_ids: [4711], text: 'to nobody' }),
				bearer.do(bot.send, { user_ids, text: 'given up' }, { signal: gone.signal }),
				bearer.do(bot.send, { user_ids, text: 'second' }),
			];
			const ends = await Promise.allSettled(sends);
			expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
			expect(talk(scene, 'bob').posts.map((post) => post.message)).toEqual(['first', 'second']);
		});
	});

	test('over a webhook goes to its channel in order', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			chat.switches.minSpacingMs = 500;
			const hook = newBot(chat, chat.user('alice').user_id, 'incoming', 'Build');
			Object.assign(hook, { channel_id: 1, is_disabled: false });
			const { dsm } = scene.pool.acquire({ url: scene.simulator.url, token: hook.token });
			await Promise.all(texts.map(async (text) => await dsm.do(webhook.send, { text })));
			expect(
				chat
					.channel('General')
					.posts.slice(-200)
					.map((post) => post.message),
			).toEqual(texts);
		});
	});
});
