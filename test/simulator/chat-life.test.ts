import { chatScenes } from '../../src/simulator/services/chat/life';
import { describe, expect, jest, test } from '@jest/globals';
import type { Nas } from '../../src/simulator';
import type { ChatState } from '../../src/simulator/services/chat';
import { type LifeOptions, startLife } from '../../src/simulator/core/life';
import { chatBench, post, routing } from './chat-client';

describe('session rules on Chat calls', () => {
	test('the SynoToken counts in the header or the query, not in the body', async () => {
		const { simulator, login } = await chatBench();
		const { sid, token } = await login('alice');
		const entry = `${simulator.url}/webapi/entry.cgi`;
		const form = { ...routing('Channel.list', 5), _sid: sid };
		expect((await post(entry, { ...form, SynoToken: token })).error?.code).toBe(119);
		expect((await post(`${entry}?SynoToken=${token}`, form)).success).toBe(true);
	});

	test('a method outside the version table gives 103, and one that never existed too', async () => {
		const { login } = await chatBench();
		const alice = await login('alice');
		expect((await alice('Post.thread_list', 4, { channel_id: 1 })).error).toEqual({ code: 103 });
		expect((await alice('Webhook.Incoming.delete', 1)).error).toEqual({ code: 103 });
		expect((await alice('Post.get', 8)).error).toEqual({ code: 103 });
	});

	test('Sticker.list needs no session', async () => {
		const { simulator } = await chatBench();
		expect((await post(`${simulator.url}/webapi/entry.cgi`, routing('Sticker.list', 2))).success).toBe(true);
	});
});

describe('life of the demo', () => {
	/** Lets fake time pass while the demo lives. */
	function live(ms: number, nas: { nas: Nas }, options: LifeOptions): void {
		jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
		try {
			const life = startLife(nas, { scenes: [chatScenes], ...options });
			jest.advanceTimersByTime(ms);
			life.stop();
			jest.advanceTimersByTime(40_000);
		} finally {
			jest.useRealTimers();
		}
	}
	const postsOf = (chat: ChatState) => [...chat.channels.values()].flatMap((channel) => channel.posts);

	test('bob and carol write in turn: text, a mention of alice, files, a thread reply, an edit and a poll, until stopped', async () => {
		const { simulator, chat } = await chatBench();
		const before = new Set(postsOf(chat));
		live(1500 + 10 * 4000, simulator, { everyMs: 4000 });
		const added = postsOf(chat).filter((entry) => !before.has(entry));
		const alice = chat.user('alice').user_id;
		expect(added).toHaveLength(10);
		expect(added.filter(({ message }) => message.includes(`@u:${alice}`))).toHaveLength(1);
		expect(added.flatMap(({ file }) => file?.name ?? [])).toEqual(['run-1.txt', 'visitors-1.csv']);
		expect(added.filter((entry) => entry.thread_id !== 0 && entry.thread_id !== entry.post_id)).toHaveLength(1);
		expect(added.filter((entry) => entry.update_at > entry.create_at).map(({ message }) => message)).toEqual([
			'Backup 1 finished, 12 GB written #backup (checked 1)',
		]);
		expect(added.flatMap(({ vote }) => vote?.state ?? [])).toEqual(['open']);
		expect(added.some(({ creator_id }) => creator_id === alice)).toBe(false);
	});

	test('the first event comes within two seconds', async () => {
		const { simulator, chat } = await chatBench();
		const before = postsOf(chat).length;
		live(1999, simulator, {});
		expect(postsOf(chat)).toHaveLength(before + 1);
	});

	test('a day of it keeps the newest posts only; ids, anchors and reading go on', async () => {
		const { simulator, chat, login } = await chatBench();
		live(86_400_000, simulator, { everyMs: 4000, keepPosts: 100 });
		const { posts, channel_id, lastNumber } = chat.channel('General');
		expect(posts.length).toBeLessThanOrEqual(100);
		expect(lastNumber).toBeGreaterThan(7000);
		const newest = channel_id * 2 ** 32 + lastNumber;
		expect(posts.at(-1)?.post_id).toBe(newest);
		expect(chat.post(newest)?.post_id).toBe(newest);
		const alice = await login('alice');
		const list = async (post_id: number) =>
			(await alice('Post.list', 5, { channel_id, thread_id: 0, post_id, prev_count: 0, next_count: 1 })).data.posts;
		expect((await list(channel_id * 2 ** 32 + 1))[0].post_id).toBe(
			posts.find((post) => post.thread_id === 0 || post.thread_id === post.post_id)?.post_id,
		);
		expect(
			(await alice('Post.set', 8, { channel_id, post_id: channel_id * 2 ** 32 + 5, message: 'x' })).error?.code,
		).toBe(402);
	});
});
