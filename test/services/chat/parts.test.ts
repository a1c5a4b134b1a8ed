import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { newBot } from '../../../src/simulator/services/chat/admin';
import { failure, withNas, type Scene } from '../../support/nas';
import { stage } from './follow';

const {
	message: { operations: message },
	webhook: { operations: webhook },
	bot: { operations: bot },
	schedule: { operations: schedule },
} = service.resources;

const long = Array.from({ length: 120 }, (_, n) => `line ${n} ${'x'.repeat(50)}`).join('\n');

interface Door {
	/** Sends a text with the longest part and gives the answer. */
	send: (text: string, part_length?: number) => Promise<unknown>;
	/** Texts that arrived, in their order. */
	arrived: () => string[];
	/** The call that sends. */
	call: string;
}

/** The ways by which a text comes to Chat: to General, or to bob. */
const doors: Record<string, (scene: Scene) => Door> = {
	account(scene) {
		const { posts } = stage(scene).chat.channel('General');
		const before = posts.length;
		return {
			send: async (text, part_length) =>
				await scene.dsm.do(message.send, { channel_id: 1, message: text, part_length }),
			arrived: () => posts.slice(before).map((post) => post.message),
			call: 'SYNO.Chat.Post.create',
		};
	},
	bot(scene) {
		const { chat } = stage(scene);
		const helper = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Helper');
		const { dsm } = scene.pool.acquire({ url: scene.simulator.url, token: helper.token });
		const { posts } = chat.conversation([chat.user('bob').user_id, helper.user_id], helper.user_id, 'chatbot');
		return {
			send: async (text, part_length) => (await dsm.do(bot.send, { user_ids: ['bob'], text, part_length }))[0],
			arrived: () => posts.map((post) => post.message),
			call: 'SYNO.Chat.External.chatbot',
		};
	},
	webhook(scene) {
		const { chat } = stage(scene);
		const hook = newBot(chat, chat.user('alice').user_id, 'incoming', 'Build');
		Object.assign(hook, { channel_id: 1, is_disabled: false });
		const { dsm } = scene.pool.acquire({ url: scene.simulator.url, token: hook.token });
		const { posts } = chat.channel('General');
		const before = posts.length;
		return {
			send: async (text, part_length) => await dsm.do(webhook.send, { text, part_length }),
			arrived: () => posts.slice(before).map((post) => post.message),
			call: 'SYNO.Chat.External.incoming',
		};
	},
	schedule(scene) {
		const { chat } = stage(scene);
		chat.schedule.clear();
		return {
			send: async (text, part_length) =>
				await scene.dsm.do(schedule.create, { channel_id: 1, message: text, send_at: 4e12, part_length }),
			arrived: () => [...chat.schedule.values()].sort((a, b) => a.send_at - b.send_at).map((job) => job.message),
			call: 'SYNO.Chat.Post.Schedule.create',
		};
	},
};

describe.each(Object.entries(doors))('a text sent by %s', (name, open) => {
	test('that is long arrives in parts, broken at line ends, complete and in order', async () => {
		await withNas({}, async (scene) => {
			const { send, arrived } = open(scene);
			stage(scene).chat.switches.minSpacingMs = 500;
			const sent = (await send(long)) as { parts?: string[] };
			expect(arrived()).toHaveLength(4);
			expect(arrived().join('\n')).toBe(long);
			expect(sent.parts?.length).toBe(name === 'webhook' ? undefined : 4);
		});
	});

	test('is halved where the NAS takes less', async () => {
		await withNas({}, async (scene) => {
			const { send, arrived } = open(scene);
			stage(scene).chat.switches.maxLength = 900;
			await send(long);
			expect(arrived().join('\n')).toBe(long);
			expect(Math.max(...arrived().map(({ length }) => length))).toBeLessThanOrEqual(900);
		});
	});

	test('stays whole with 0, and Chat says what it thinks of that', async () => {
		await withNas({}, async (scene) => {
			const { send, arrived } = open(scene);
			stage(scene).chat.switches.maxLength = 900;
			expect(await failure(send(long, 0))).toMatchObject({ dsmCode: 410 });
			expect(arrived()).toEqual([]);
		});
	});

	test('that breaks off says how many parts went before', async () => {
		await withNas({}, async (scene) => {
			const { send, call } = open(scene);
			let count = 0;
			scene.simulator.use({ [call]: () => (++count > 2 ? { error: 105 } : undefined) });
			const error = await failure(send(long));
			expect([error.dsmCode, error.message]).toEqual([105, expect.stringContaining('2 of 4 parts were sent before')]);
		});
	});

	test('of too many parts is refused before anything is sent', async () => {
		await withNas({}, async (scene) => {
			const { send, arrived } = open(scene);
			expect(await failure(send('x '.repeat(40_000), 200))).toMatchObject({
				code: 'input',
				details: { budget: 'posts' },
			});
			expect(arrived()).toEqual([]);
		});
	});
});

describe('a bot', () => {
	test('writes to users by login name, nickname and ID, and mentions users', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const helper = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Helper');
			const { dsm } = scene.pool.acquire({ url: scene.simulator.url, token: helper.token });
			const ids = ['bob', 'carol', 'alice'].map((name) => String(chat.user(name).user_id));
			const rows = await dsm.do(bot.send, {
				user_ids: ['@Bob', chat.user('carol').nickname, ids[2]!],
				text: 'Ask @bob',
			});
			expect(rows.map(({ user_id, sent }) => [user_id, sent])).toEqual(ids.map((id) => [id, true]));
			const talk = chat.conversation([chat.user('bob').user_id, helper.user_id], helper.user_id, 'chatbot');
			expect(talk.posts.map((post) => post.message)).toEqual([`Ask @u:${ids[0]}`]);
		});
	});

	test('is told of a name that nobody has, before anything is sent', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const helper = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Helper');
			const { dsm } = scene.pool.acquire({ url: scene.simulator.url, token: helper.token });
			expect(await failure(dsm.do(bot.send, { user_ids: ['bob', 'bbo'], text: 'x' }))).toMatchObject({
				code: 'input',
				message: 'Chat has no user "bbo".',
				details: { path: ['user_ids'] },
			});
			expect(scene.simulator.requests.filter(({ method }) => method === 'chatbot')).toEqual([]);
		});
	});

	test('sends the file before a long text and the buttons after it', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const helper = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Helper');
			const { dsm } = scene.pool.acquire({ url: scene.simulator.url, token: helper.token });
			const payloads: Record<string, unknown>[] = [];
			scene.simulator.use({
				'SYNO.Chat.External.chatbot': ({ params }) => {
					payloads.push(params['payload'] as Record<string, unknown>);
					return { data: { fail: null, succ: {} } };
				},
			});
			const file_url = 'https://files.example.com/a.txt';
			await dsm.do(bot.send, { user_ids: ['bob'], text: long, file_url, buttons: [{ text: 'Go' }] });
			expect(payloads.map((payload) => ['file_url' in payload, 'attachments' in payload])).toEqual([
				[true, false],
				[false, false],
				[false, false],
				[false, true],
			]);
		});
	});
});

test.each(['bot', 'webhook'])('a file for a %s that the NAS cannot fetch is named as the cause', async (door) => {
	await withNas({}, async (scene) => {
		const { chat } = stage(scene);
		const hook = newBot(chat, chat.user('alice').user_id, door === 'bot' ? 'chatbot' : 'incoming', 'Build');
		Object.assign(hook, { channel_id: 1, is_disabled: false });
		const { dsm } = scene.pool.acquire({ url: scene.simulator.url, token: hook.token });
		const given = { text: 'x', file_url: 'http://127.0.0.1:9/a.pdf' };
		const error = await failure(
			door === 'bot' ? dsm.do(bot.send, { user_ids: ['bob'], ...given }) : dsm.do(webhook.send, given),
		);
		expect([error.dsmCode, error.message, error.hint]).toEqual([
			117,
			expect.stringContaining('could not fetch or post the file of "file_url" from 127.0.0.1:9'),
			expect.stringContaining('Open the address from the NAS itself'),
		]);
	});
});

test('a scheduled message is not changed into a text of several messages, and mentions users as a new one', async () => {
	await withNas({}, async (scene) => {
		const { chat } = stage(scene);
		const { cronjob_id } = await scene.dsm.do(schedule.create, { channel_id: 1, message: 'short', send_at: 4e12 });
		const error = await failure(
			scene.dsm.do(schedule.update, { cronjob_id: cronjob_id!, message: 'x '.repeat(2500), send_at: 4e12 }),
		);
		expect(error).toMatchObject({
			code: 'input',
			message: 'The text is 5000 characters long, which is 3 messages of 2000.',
			details: { path: ['message'] },
			hint: expect.stringContaining('a long text goes in parts then'),
		});
		expect([...chat.schedule.values()].map(({ message: text }) => text)).toContain('short');
		await scene.dsm.do(schedule.update, { cronjob_id: cronjob_id!, message: 'Ask @bob', send_at: 4e12 });
		expect([...chat.schedule.values()].map(({ message: text }) => text)).toContain(
			`Ask @u:${chat.user('bob').user_id}`,
		);
	});
});

test('a direct message goes to a user by name', async () => {
	await withNas({}, async (scene) => {
		const { chat } = stage(scene);
		const sent = await scene.dsm.do(message.sendDirect, { user_id: 'bob', message: 'hello' });
		const ids = ['alice', 'bob'].map((name) => chat.user(name).user_id);
		expect(chat.conversation(ids, ids[0]!, 'anonymous').posts.at(-1)?.post_id).toBe(Number(sent.post_id));
		const rows = await scene.dsm.do(message.sendToMany, { user_ids: ['carol'], message: 'hello' });
		expect(rows).toMatchObject([{ user_id: String(chat.user('carol').user_id), sent: true }]);
	});
});
