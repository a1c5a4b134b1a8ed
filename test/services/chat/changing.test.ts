import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { failure, withNas } from '../../support/nas';
import { source } from './files';
import { stage } from './follow';

const {
	message: { operations: message },
	reaction: { operations: reaction },
} = service.resources;

describe('changing', () => {
	test('a reply starts a thread, and the next joins it', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const root = chat.postAs('bob', 'ops', 'Who can help?');
			const first = await scene.dsm.do(message.reply, { thread_id: root.post_id, message: 'I can' });
			clock.advance(1000);
			await scene.dsm.do(message.reply, {
				thread_id: String(root.post_id),
				message: '',
				file: source('how.txt', 'so'),
			});
			expect([first.thread_id, first.channel_id, chat.post(root.post_id)?.comment_count]).toEqual([
				String(root.post_id),
				String(root.channel_id),
				2,
			]);
		});
	});

	test('an own message is edited and deleted', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const { post_id } = await scene.dsm.do(message.send, { channel_id: 1, message: 'first' });
			clock.advance(1000);
			expect(await scene.dsm.do(message.update, { post_id, message: 'second' })).toEqual({});
			expect(chat.post(Number(post_id))?.message).toBe('second');
			expect(await scene.dsm.do(message.delete, { post_id })).toEqual({});
			expect(chat.post(Number(post_id))).toBeUndefined();
		});
	});

	test("somebody else's message stays, and the error says so", async () => {
		await withNas({}, async (scene) => {
			const { post_id } = stage(scene).chat.channel('General').posts[1]!;
			const error = await failure(scene.dsm.do(message.delete, { post_id }));
			expect([error.dsmCode, error.message]).toEqual([415, expect.stringContaining("it is somebody else's")]);
		});
	});

	test('a message is pinned, found among the pinned ones, and unpinned', async () => {
		await withNas({}, async (scene) => {
			const { post_id } = stage(scene).chat.channel('General').posts[0]!;
			const pinned = async () => (await scene.dsm.do(message.search, { has: 'pin' })).map((row) => row.post_id);
			await scene.dsm.do(message.pin, { post_id });
			expect(await pinned()).toEqual([String(post_id)]);
			await scene.dsm.do(message.unpin, { post_id });
			expect(await pinned()).toEqual([]);
		});
	});

	test('a message is starred, found among the starred ones, and unstarred', async () => {
		await withNas({}, async (scene) => {
			const { post_id } = stage(scene).chat.channel('General').posts[0]!;
			const starred = async () => (await scene.dsm.do(message.search, { has: 'star' })).map((row) => row.post_id);
			await scene.dsm.do(message.star, { post_id });
			expect(await starred()).toEqual([String(post_id)]);
			await scene.dsm.do(message.unstar, { post_id });
			expect(await starred()).toEqual([]);
		});
	});

	test('a message is forwarded to other channels', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const { post_id, message: text } = chat.channel('General').posts[0]!;
			await scene.dsm.do(message.forward, { post_id, channel_ids: [String(chat.channel('ops').channel_id)] });
			expect(chat.channel('ops').posts.at(-1)?.message).toBe(text);
		});
	});

	test('a reaction is set and taken back; an unknown one is refused by name', async () => {
		await withNas({}, async (scene) => {
			const post = stage(scene).chat.channel('General').posts[0]!;
			await scene.dsm.do(reaction.add, { post_id: post.post_id, sticker_name: ':heart:' });
			expect(post.reactions.get('heart')?.size).toBe(1);
			await scene.dsm.do(reaction.remove, { post_id: post.post_id, sticker_name: 'heart' });
			expect(post.reactions.get('heart')?.size).toBe(0);
			const error = await failure(scene.dsm.do(reaction.add, { post_id: post.post_id, sticker_name: 'nonsense' }));
			expect([error.dsmCode, String(error.hint)]).toEqual([407, expect.stringContaining('heart')]);
		});
	});
});
