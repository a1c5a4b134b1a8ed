import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { failure, withNas } from '../../support/nas';
import { stage } from './follow';

const {
	message: { operations: message },
} = service.resources;

describe('reading', () => {
	test('lists a channel newest first, as many as wanted, page by page', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			chat.switches.order = 'descending';
			for (let n = 0; n < 120; n++) chat.postAs('bob', 'General', `message ${n}`);
			const rows = [];
			for await (const row of scene.dsm.each(message.list, { channel_id: 1 }, { limit: 70 }))
				rows.push((row as { message: string }).message);
			expect([rows.length, rows[0], rows[69]]).toEqual([70, 'message 119', 'message 50']);
			expect(await scene.dsm.do(message.list, { channel_id: 1 })).toHaveLength(123);
		});
	});

	test('goes on when the message it stood at is deleted meanwhile', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			chat.switches.deletedAnchor = 'missing';
			for (let n = 0; n < 60; n++) chat.postAs('bob', 'General', `message ${n}`);
			const seen: string[] = [];
			for await (const row of scene.dsm.each(message.list, { channel_id: 1 })) {
				const { post_id, message: text } = row as { post_id: string; message: string };
				seen.push(text);
				if (seen.length === 50) chat.remove(chat.post(Number(post_id))!);
			}
			expect(seen).toHaveLength(63);
		});
	});

	test('lists what came since a moment', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const since = new Date(clock.now()).toISOString();
			chat.postAs('bob', 'General', 'new');
			expect((await scene.dsm.do(message.list, { channel_id: 1, since })).map((row) => row.message)).toEqual(['new']);
		});
	});

	test('lists the replies of a thread, without the message that starts it', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const root = chat.channel('ops').posts.find(({ comment_count }) => comment_count > 0)!;
			const rows = await scene.dsm.do(message.list, { channel_id: root.channel_id, thread_id: String(root.post_id) });
			expect(rows.map((row) => row.message)).toEqual(['It was the cable.', 'Looking at it.']);
			expect(rows[0]?.thread_id).toBe(String(root.post_id));
		});
	});

	test('an empty channel has no messages', async () => {
		await withNas({}, async (scene) => {
			const { channel_id } = stage(scene).chat.openChannel('alice', { name: 'empty', type: 'private' });
			expect(await scene.dsm.do(message.list, { channel_id })).toEqual([]);
		});
	});

	test('lists the threads of a channel', async () => {
		await withNas({}, async (scene) => {
			const { channel_id } = stage(scene).chat.channel('ops');
			const rows = await scene.dsm.do(message.listThreads, { channel_id });
			expect(rows.map((row) => [row.message, row.comment_count])).toEqual([
				['Backup of volume 2 failed last night #backup', 2],
			]);
		});
	});

	test('gets one message by its ID, a reply too, with IDs as text', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const reply = chat.channel('ops').posts.find(({ message: text }) => text === 'Looking at it.')!;
			const found = await scene.dsm.do(message.get, { post_id: reply.post_id });
			expect([found.post_id, found.thread_id, found.message]).toEqual([
				String(reply.post_id),
				String(reply.thread_id),
				'Looking at it.',
			]);
		});
	});

	test('a message that is not there, or no longer, is said to be absent', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			chat.switches.tombstones = true;
			const gone = chat.postAs('alice', 'General', 'gone');
			chat.remove(gone);
			for (const post_id of [2 ** 32 + 999, gone.post_id]) {
				const error = await failure(scene.dsm.do(message.get, { post_id }));
				expect([error.dsmCode, error.message]).toEqual([402, expect.stringContaining('There is no such message')]);
			}
		});
	});

	test('searches by text in all joined channels, and only there', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			chat.postAs('carol', 'design', 'backup of the drafts');
			const rows = await scene.dsm.do(message.search, { keyword: 'backup' });
			expect(rows.map((row) => row.message)).toEqual(['Backup of volume 2 failed last night #backup']);
		});
	});

	test('searches by channel, sender, kind and time, also where the server ignores the time', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			chat.switches.searchHonoursTime = false;
			const after = clock.now();
			for (const [who, text] of [
				['bob', 'one'],
				['carol', 'two'],
				['bob', 'three'],
			] as const) {
				clock.advance(1000);
				chat.postAs(who, 'General', text);
			}
			const found = async (given: object) => (await scene.dsm.do(message.search, given)).map((row) => row.message);
			expect(await found({ channel_ids: [1], after })).toEqual(['three', 'two', 'one']);
			expect(await found({ channel_ids: ['1'], after, before: clock.now() })).toEqual(['two', 'one']);
			expect(await found({ creator_ids: [chat.user('carol').user_id], after })).toEqual(['two']);
			expect(await found({ post_type: 'file' })).toEqual(['The new rack', 'The log of the run']);
		});
	});

	test('searches through more than one page, without telling a message twice', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			for (let n = 0; n < 230; n++) chat.postAs('bob', 'General', `needle ${n}`);
			const rows = await scene.dsm.do(message.search, { keyword: 'needle' });
			expect(new Set(rows.map((row) => row.post_id)).size).toBe(230);
			expect(rows).toHaveLength(230);
		});
	});
});
