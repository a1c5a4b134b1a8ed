import { describe, expect, test } from '@jest/globals';
import { chatBench } from './chat-client';

const span = 2 ** 32;

function ids(answer: { data?: { posts: { post_id: number }[] } }): number[] {
	return (answer.data?.posts ?? []).map((post) => post.post_id % span);
}

describe('post ids and threads', () => {
	test('an id is channel_id * 2^32 + n, and replies and system posts consume n', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		const { channel_id } = (await alice('Channel.Named.create', 1, { name: 'build', type: 'public' })).data;
		const root = (await alice('Post.create', 5, { channel_id, type: 'normal', message: 'one' })).data;
		await alice('Post.create', 5, { channel_id, type: 'normal', message: 'reply', thread_id: root.post_id });
		chat.joinAs('bob', channel_id);
		const last = (await alice('Post.create', 5, { channel_id, type: 'normal', message: 'four' })).data;
		expect(root.post_id).toBe(channel_id * span + 1);
		expect(last.post_id).toBe(channel_id * span + 4);
		const listed = await alice('Post.list', 5, { channel_id, thread_id: 0, prev_count: 50, next_count: 0 });
		expect(
			listed.data.posts.map((post: { post_id: number; type: string }) => [post.post_id % span, post.type]),
		).toEqual([
			[1, 'normal'],
			[3, 'system'],
			[4, 'normal'],
		]);
	});

	test('the first reply marks the root and does not move last_post_at', async () => {
		const { clock, login } = await chatBench();
		const bob = await login('bob');
		const root = (await bob('Post.create', 5, { channel_id: 1, type: 'normal', message: 'root' })).data;
		expect(root).toMatchObject({ thread_id: 0, comment_count: 0, last_comment_at: 0 });
		clock.advance(5000);
		const reply = (await bob('Post.create', 5, { channel_id: 1, message: 'reply', thread_id: root.post_id })).data;
		expect(reply.thread_id).toBe(root.post_id);
		const again = (await bob('Post.list', 8, { channel_id: 1, post_id: root.post_id, prev_count: 0, next_count: 0 }))
			.data;
		expect(again.posts).toHaveLength(1);
		expect(again.posts[0]).toMatchObject({ thread_id: root.post_id, comment_count: 1, last_comment_at: clock.now() });
		const general = (await bob('Channel.get', 4, { channel_id: 1 })).data.channel;
		expect(general.last_post_at).toBe(root.create_at);
		expect(clock.now() - general.last_post_at).toBe(5000);
	});

	test('the created post comes back with the fields of the post object and its mentions', async () => {
		const { chat, clock, login } = await chatBench();
		const alice = await login('alice');
		const bob = chat.user('bob').user_id;
		const { data } = await alice('Post.create', 5, {
			channel_id: 1,
			type: 'normal',
			is_thread: false,
			message: `@u:${bob} hi`,
		});
		expect(data).toEqual({
			...{ post_id: data.post_id, channel_id: 1, creator_id: chat.user('alice').user_id, type: 'normal' },
			...{ message: `@u:${bob} hi`, create_at: clock.now(), update_at: clock.now(), delete_at: 0 },
			...{ thread_id: 0, comment_count: 0, last_comment_at: 0, last_pin_at: 0, is_sticky: false },
			...{ mentions: [bob], encrypted: false, props: {} },
		});
	});

	test('thread_list gives roots by last comment with their last replies', async () => {
		const { chat, clock, login } = await chatBench();
		const channel = chat.openChannel('alice', { name: 'build', type: 'private' });
		const [first, second] = ['first', 'second'].map((text) => chat.postAs('alice', channel, text));
		chat.postAs('alice', channel, 'no thread');
		clock.advance(1000);
		chat.postAs('alice', channel, 'to second', { thread_id: second!.post_id });
		clock.advance(1000);
		for (const n of [1, 2, 3, 4]) chat.postAs('alice', channel, `to first ${n}`, { thread_id: first!.post_id });
		const alice = await login('alice');
		const params = { channel_id: channel.channel_id, offset: 0, limit: 25, related_comment_count: 3 };
		const { data } = await alice('Post.thread_list', 5, params);
		const texts = (posts: { message: string }[]) => posts.map((post) => post.message);
		expect(texts(data.search_results)).toEqual(['first', 'second']);
		expect(texts(data.related_posts)).toEqual(['to first 2', 'to first 3', 'to first 4', 'to second']);
		expect(data.total).toBe(2);
	});
});

describe('Post.list', () => {
	async function fullChannel(count: number) {
		const bench = await chatBench();
		const channel = bench.chat.openChannel('alice', { name: 'build', type: 'private' });
		for (let n = 1; n <= count; n += 1) {
			bench.clock.advance(1000);
			bench.chat.postAs('alice', channel, `text ${n}`);
		}
		const alice = await bench.login('alice');
		const list = (params: Record<string, unknown>) =>
			alice('Post.list', 5, { channel_id: channel.channel_id, ...params });
		return { ...bench, channel, alice, list, base: channel.channel_id * span };
	}

	test('gives the latest N without an anchor', async () => {
		const { list } = await fullChannel(12);
		expect(ids(await list({ thread_id: 0, prev_count: 3, next_count: 0 }))).toEqual([10, 11, 12]);
	});

	test('includes the anchor and counts to both sides', async () => {
		const { list, base } = await fullChannel(12);
		expect(ids(await list({ post_id: base + 6, prev_count: 2, next_count: 3 }))).toEqual([4, 5, 6, 7, 8, 9]);
		expect(ids(await list({ post_id: String(base + 6), prev_count: 0, next_count: 0 }))).toEqual([6]);
		expect(ids(await list({ post_id: base + 12, prev_count: 0, next_count: 100 }))).toEqual([12]);
	});

	test('starts at the beginning from base + 1, and caps the page below what was asked', async () => {
		const { list, base } = await fullChannel(120);
		const first = ids(await list({ thread_id: 0, post_id: base + 1, prev_count: 0, next_count: 100 }));
		expect([first.length, first[0], first.at(-1)]).toEqual([50, 1, 50]);
		const next = ids(await list({ thread_id: 0, post_id: base + 50, prev_count: 0, next_count: 100 }));
		expect([next[0], next.at(-1)]).toEqual([50, 99]);
		expect(ids(await list({ thread_id: 0, prev_count: 100, next_count: 0 })).length).toBe(50);
	});

	test('ignores offset and limit and gives ten by default', async () => {
		const { list, alice, channel, clock } = await fullChannel(30);
		expect(ids(await list({ offset: 5, limit: 1 }))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		await alice('Channel.view', 2, { channel_id: channel.channel_id, last_view_at: clock.now() });
		expect(ids(await list({ limit: 1 }))).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
	});

	test('answers 402 past the newest post and for an empty channel', async () => {
		const { list, alice, chat, base } = await fullChannel(3);
		const refused = { success: false, error: { code: 402, errors: 'post not found' } };
		expect(await list({ post_id: base + 4, prev_count: 0, next_count: 100 })).toEqual(refused);
		const empty = chat.openChannel('alice', { name: 'empty', type: 'private' });
		expect(await alice('Post.list', 5, { channel_id: empty.channel_id, prev_count: 10, next_count: 0 })).toEqual(
			refused,
		);
	});

	test('answers 403 for an unknown or missing channel and 401 for one that the caller has not joined', async () => {
		const { alice, chat } = await fullChannel(1);
		const design = chat.channel('design').channel_id;
		expect((await alice('Post.list', 5, { channel_id: 9999, prev_count: 1 })).error).toEqual({
			code: 403,
			errors: 'no such channel',
		});
		expect((await alice('Post.list', 5)).error?.code).toBe(403);
		expect((await alice('Post.list', 5, { channel_id: design })).error).toEqual({
			code: 401,
			errors: 'user not in channel',
		});
	});

	test('hides replies in the main timeline and lists them with thread_id', async () => {
		const { list, chat, channel, base } = await fullChannel(2);
		chat.postAs('alice', channel, 'reply 1', { thread_id: base + 1 });
		chat.postAs('alice', channel, 'main');
		chat.postAs('alice', channel, 'reply 2', { thread_id: base + 1 });
		expect(ids(await list({ thread_id: 0, prev_count: 10, next_count: 0 }))).toEqual([1, 2, 4]);
		expect(ids(await list({ thread_id: base + 1, prev_count: 10, next_count: 0 }))).toEqual([3, 5]);
		expect(ids(await list({ thread_id: base + 1, post_id: base + 1, prev_count: 0, next_count: 10 }))).toEqual([1]);
		expect(ids(await list({ thread_id: base + 1, post_id: base + 3, prev_count: 0, next_count: 10 }))).toEqual([3, 5]);
		expect(ids(await list({ post_id: base + 3, prev_count: 0, next_count: 0 }))).toEqual([3]);
	});

	test('answers newest first when told to, since the order is not guaranteed', async () => {
		const { list, chat } = await fullChannel(3);
		chat.switches.order = 'descending';
		expect(ids(await list({ prev_count: 3, next_count: 0 }))).toEqual([3, 2, 1]);
	});

	test('a deleted anchor is a position, or 402 by switch; deleted posts vanish, or show delete_at by switch', async () => {
		const { list, chat, base } = await fullChannel(4);
		chat.deleteAs('alice', base + 2);
		const ask = { post_id: base + 2, prev_count: 0, next_count: 10 };
		expect(ids(await list(ask))).toEqual([3, 4]);
		chat.switches.deletedAnchor = 'missing';
		expect((await list(ask)).error?.code).toBe(402);
		chat.switches.tombstones = true;
		const { data } = await list({ prev_count: 10, next_count: 0 });
		expect(data.posts.map((post: { delete_at: number }) => post.delete_at > 0)).toEqual([false, true, false, false]);
	});
});

describe('limits of Post.create', () => {
	test('answers 411 when creates of one user come less than 500 ms apart', async () => {
		const { chat, clock, login } = await chatBench();
		chat.switches.minSpacingMs = 500;
		const [alice, bob] = [await login('alice'), await login('bob')];
		const send = { channel_id: 1, type: 'normal', message: 'x' };
		expect((await alice('Post.create', 5, send)).success).toBe(true);
		clock.advance(499);
		expect(await alice('Post.create', 5, send)).toEqual({
			success: false,
			error: { code: 411, errors: 'create post too fast' },
		});
		expect((await bob('Post.create', 5, send)).success).toBe(true);
		clock.advance(1);
		expect((await alice('Post.create', 5, send)).success).toBe(true);
	});

	test('answers 410 above the length limit and 101 without a text', async () => {
		const { chat, login } = await chatBench();
		chat.switches.maxLength = 10;
		const alice = await login('alice');
		const send = (message: string) => alice('Post.create', 5, { channel_id: 1, type: 'normal', message });
		expect((await send('x'.repeat(11))).error).toEqual({ code: 410, errors: 'msg too long' });
		expect((await send('x'.repeat(10))).success).toBe(true);
		expect((await send('')).error).toEqual({ code: 101, errors: 'bad type' });
	});

	test('stores a numeric type as sent and re-types a bare text that reads as JSON', async () => {
		const { login } = await chatBench();
		const alice = await login('alice');
		expect((await alice('Post.create', 5, { channel_id: 1, type: 0, message: 'x' })).data.type).toBe(0);
		expect(
			(await alice.bare('Post.create', 5, { channel_id: '1', type: 'normal', message: 'plain' })).data.message,
		).toBe('plain');
		expect((await alice.bare('Post.create', 5, { channel_id: '1', message: '123' })).error?.code).toBe(101);
		expect((await alice('Post.create', 5, { channel_id: '1', message: '123' })).data.message).toBe('123');
	});
});

describe('changing posts', () => {
	test('set changes own posts and moves update_at', async () => {
		const { clock, login } = await chatBench();
		const alice = await login('alice');
		const { post_id } = (await alice('Post.create', 5, { channel_id: 1, message: 'old' })).data;
		clock.advance(60_000);
		expect((await alice('Post.set', 8, { channel_id: 1, post_id, message: 'new' })).success).toBe(true);
		const { posts } = (await alice('Post.list', 5, { channel_id: 1, post_id, prev_count: 0, next_count: 0 })).data;
		expect(posts[0]).toMatchObject({
			post_id,
			message: 'new',
			create_at: clock.now() - 60_000,
			update_at: clock.now(),
		});
	});

	test("set and delete of somebody else's or an old post give 415", async () => {
		const { chat, clock, login } = await chatBench();
		const [alice, bob] = [await login('alice'), await login('bob')];
		const { post_id } = (await alice('Post.create', 5, { channel_id: 1, message: 'mine' })).data;
		const refused = { code: 415, errors: 'Post exceeds allowable delete time' };
		expect((await bob('Post.delete', 8, { post_id })).error).toEqual(refused);
		expect((await bob('Post.set', 8, { channel_id: 1, post_id, message: 'no' })).error?.code).toBe(415);
		chat.switches.deleteWithinMin = 10;
		chat.settings.allow_edit_message_time_within_min = 10;
		clock.advance(11 * 60_000);
		expect((await alice('Post.delete', 8, { post_id })).error?.code).toBe(415);
		expect((await alice('Post.set', 8, { channel_id: 1, post_id, message: 'no' })).error?.code).toBe(415);
		const settings = (await bob('Admin.Setting.get', 4)).data;
		expect(settings).toEqual({ allow_edit_message: true, allow_edit_message_time_within_min: 10 });
	});

	test('delete answers without data and the post is gone', async () => {
		const { login } = await chatBench();
		const alice = await login('alice');
		const { post_id } = (await alice('Post.create', 5, { channel_id: 1, message: 'gone' })).data;
		expect(await alice('Post.delete', 8, { post_id })).toEqual({ success: true });
		expect((await alice('Post.delete', 8, { post_id })).error).toEqual({ code: 402, errors: 'post not found' });
	});

	test('forward copies to channels given as numbers, not as text', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		const { post_id } = (await alice('Post.create', 5, { channel_id: 1, message: 'pass on' })).data;
		const random = chat.channel('random').channel_id;
		expect((await alice('Post.forward', 5, { post_id, channel_ids: [String(random)] })).error?.code).toBe(101);
		expect((await alice('Post.forward', 5, { post_id, channel_ids: [random] })).success).toBe(true);
		expect(chat.channel('random').posts.at(-1)).toMatchObject({
			message: 'pass on',
			creator_id: chat.user('alice').user_id,
		});
	});
});
