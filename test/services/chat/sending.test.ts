import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { failure, withNas, type Scene } from '../../support/nas';
import { source } from './files';
import { stage } from './follow';

const {
	message: { operations: message },
	file: { operations: file },
	poll: { operations: poll },
	schedule: { operations: schedule },
} = service.resources;

const long = Array.from({ length: 120 }, (_, n) => `line ${n} ${'x'.repeat(50)}`).join('\n');
const textsOf = (scene: Scene, channel_id: number, count: number) =>
	stage(scene)
		.chat.channel(channel_id)
		.posts.slice(-count)
		.map((post) => post.message);

describe('long messages', () => {
	test('go in several parts, in order, and the first is given with the IDs of all', async () => {
		await withNas({}, async (scene) => {
			const sent = await scene.dsm.do(message.send, { channel_id: 1, message: long });
			const texts = textsOf(scene, 1, 4);
			expect([texts.join('\n'), texts.every((text) => text.length <= 2000)]).toEqual([long, true]);
			expect([sent.parts?.length, sent.parts?.[0]]).toEqual([4, sent.post_id]);
		});
	});

	test('carry their file with the first part, and stay in their thread', async () => {
		await withNas({}, async (scene) => {
			const root = stage(scene).chat.channel(1).posts[0]!;
			const sent = await scene.dsm.do(message.reply, {
				thread_id: root.post_id,
				message: long,
				file: source('a.txt', 'a'),
			});
			const posts = stage(scene).chat.channel(1).posts.slice(-4);
			expect(posts.map(({ thread_id, file: attached }) => [thread_id, attached?.name])).toEqual([
				[root.post_id, 'a.txt'],
				[root.post_id, undefined],
				[root.post_id, undefined],
				[root.post_id, undefined],
			]);
			expect(sent.file_name).toBe('a.txt');
		});
	});

	test('are halved where the NAS takes less than expected', async () => {
		await withNas({}, async (scene) => {
			stage(scene).chat.switches.maxLength = 900;
			const sent = await scene.dsm.do(message.send, { channel_id: 1, message: long });
			const texts = textsOf(scene, 1, sent.parts!.length);
			expect([texts.join('\n'), texts.every((text) => text.length <= 900)]).toEqual([long, true]);
		});
	});

	test('that break off say what was sent before', async () => {
		await withNas({}, async (scene) => {
			let count = 0;
			scene.simulator.use({ 'SYNO.Chat.Post.create': () => (++count > 2 ? { error: 105 } : undefined) });
			const error = await failure(scene.dsm.do(message.send, { channel_id: 1, message: long }));
			expect([error.dsmCode, error.message]).toEqual([105, expect.stringContaining('2 of 4 parts were sent before: ')]);
		});
	});

	test('may be cut shorter, but not to pieces', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const error = await failure(dsm.do(message.send, { channel_id: 1, message: 'x', part_length: 5 }));
			expect([error.name, error.message, simulator.requests.length]).toEqual([
				'DsmInputError',
				expect.stringContaining('is too short'),
				0,
			]);
		});
	});
});

describe('encrypted channels', () => {
	const vault = (scene: Scene) => {
		const { chat } = stage(scene);
		const members = ['alice', 'bob'].map((name) => chat.user(name).user_id);
		return chat.createChannel({ name: 'vault', type: 'private', creator_id: members[1]!, members, encrypted: true });
	};
	const sends: [string, (scene: Scene, channel_id: number, post_id: number) => Promise<unknown>][] = [
		['a message', async ({ dsm }, channel_id) => await dsm.do(message.send, { channel_id, message: 'x' })],
		['a reply', async ({ dsm }, _, thread_id) => await dsm.do(message.reply, { thread_id, message: 'x' })],
		['an edit', async ({ dsm }, _, post_id) => await dsm.do(message.update, { post_id, message: 'x' })],
		['a file', async ({ dsm }, channel_id) => await dsm.do(file.send, { channel_id, file: source('a.txt', 'a') })],
		['a poll', async ({ dsm }, channel_id) => await dsm.do(poll.create, { channel_id, message: 'x?', choices: ['a'] })],
		[
			'a scheduled message',
			async ({ dsm }, channel_id) => await dsm.do(schedule.create, { channel_id, message: 'x', send_at: 4e12 }),
		],
		[
			'a message forwarded to it',
			async ({ dsm }, channel_id) => await dsm.do(message.forward, { post_id: 2 ** 32 + 1, channel_ids: [channel_id] }),
		],
		[
			'a message forwarded from it',
			async ({ dsm }, _, post_id) => await dsm.do(message.forward, { post_id, channel_ids: [1] }),
		],
	];

	test.each(sends)('refuse %s before it is sent, by name', async (_title, send) => {
		await withNas({}, async (scene) => {
			const { chat, requests } = stage(scene);
			const channel = vault(scene);
			const post = chat.postAs('alice', channel, 'q83vEjRWeJA=');
			const error = await failure(send(scene, channel.channel_id, post.post_id));
			expect([error.name, error.message]).toEqual([
				'DsmInputError',
				'The channel "vault" is encrypted: only the Chat apps can write to it.',
			]);
			expect(requests.filter(({ method }) => /^(create|set|forward)$/.test(method))).toEqual([]);
		});
	});

	test('cost one request in five minutes to know, and one more for a channel that is new', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock, requests } = stage(scene);
			const lists = () => requests.filter(({ api, method }) => api === 'SYNO.Chat.Channel' && method === 'list').length;
			for (let n = 0; n < 5; n++) {
				await scene.dsm.do(message.send, { channel_id: 1, message: `message ${n}` });
				clock.advance(1000);
			}
			expect(lists()).toBe(1);
			const { channel_id } = chat.openChannel('alice', { name: 'new', type: 'private' });
			await scene.dsm.do(message.send, { channel_id, message: 'first' });
			expect(lists()).toBe(2);
		});
	});
});

describe('sending to several', () => {
	test('gives a row for each target, and goes on after a refusal', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const [bob, carol] = ['bob', 'carol'].map((name) => chat.user(name).user_id) as [number, number];
			const design = chat.channel('design').channel_id;
			const reads = () => stage(scene).requests.filter(({ method }) => /^(list|request)$/.test(method)).length;
			const rows = await scene.dsm.do(message.sendToMany, {
				channel_ids: [1, design, 99, 1],
				user_ids: [bob, carol],
				message: 'News for @bob',
			});
			expect(rows.map(({ sent, channel_id, user_id, code }) => [sent, channel_id, user_id, code])).toEqual([
				[true, '1', undefined, undefined],
				[false, String(design), undefined, 401],
				[false, '99', undefined, 403],
				[true, String(chat.direct('alice', 'bob').channel_id), String(bob), undefined],
				[true, String(chat.direct('alice', 'carol').channel_id), String(carol), undefined],
			]);
			expect([rows[1]!.error, rows[0]!.post_id]).toEqual([
				expect.stringContaining('not a member'),
				String(chat.channel(1).posts.at(-1)!.post_id),
			]);
			expect(textsOf(scene, 1, 1)).toEqual([`News for @u:${bob}`]);
			// The users and the channels in one, and the channels once more for one that is not among them.
			expect(reads()).toBe(2);
		});
	});

	test('says of an encrypted one that it is, and sends to the others', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const bob = chat.user('bob').user_id;
			chat.direct('alice', 'bob').encrypted = true;
			const rows = await scene.dsm.do(message.sendToMany, { channel_ids: [1], user_ids: [bob], message: 'x' });
			expect(rows.map(({ sent, error }) => [sent, error])).toEqual([
				[true, undefined],
				[false, expect.stringContaining('encrypted')],
			]);
		});
	});

	test('stops when the connection breaks, and says which were not tried', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const ids = [1, chat.channel('ops').channel_id, chat.channel('random').channel_id];
			let count = 0;
			scene.simulator.use({
				'SYNO.Chat.Post.create': () => (++count > 1 ? { html: '<h1>Bad Gateway</h1>', status: 502 } : undefined),
			});
			const rows = await scene.dsm.do(message.sendToMany, { channel_ids: ids, message: 'x' });
			expect(rows.map(({ sent, error }) => [sent, error?.startsWith('Not tried: ')])).toEqual([
				[true, undefined],
				[false, false],
				[false, true],
			]);
		});
	});

	test('wants somebody to send to', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const error = await failure(dsm.do(message.sendToMany, { message: 'x', channel_ids: [] }));
			expect([error.message, simulator.requests.length]).toEqual([
				expect.stringContaining('choose a channel or a user'),
				0,
			]);
		});
	});
});
