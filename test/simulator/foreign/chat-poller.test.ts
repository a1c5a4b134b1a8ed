import { describe, expect, test } from '@jest/globals';
import { type Answer, bench, type Bench, postForm } from './nas';

const SPAN = 2 ** 32;

type Ask = (method: string, version: number, values?: Record<string, string | number>) => Promise<Answer>;

/** A poller as chat.md 5.2 and 11 describe it: bare values in a POST form, sid in the body, anchors and counts. */
async function poller({ webapi, nas }: Bench, account = 'alice'): Promise<{ ask: Ask; renew(): Promise<void> }> {
	let sid = '';
	let token = '';
	const renew = async () => {
		const login = await postForm(`${webapi}entry.cgi`, {
			...{ api: 'SYNO.API.Auth', version: 6, method: 'login', account, passwd: nas.nas.user(account).password },
			...{ session: 'Chat', format: 'sid', enable_syno_token: 'yes' },
		});
		({ sid, synotoken: token } = login.data);
	};
	await renew();
	const ask: Ask = async (method, version, values = {}) => {
		const at = method.lastIndexOf('.');
		const form = {
			api: `SYNO.Chat.${method.slice(0, at)}`,
			method: method.slice(at + 1),
			version,
			...values,
			_sid: sid,
		};
		return await postForm(`${webapi}entry.cgi`, form, { 'X-SYNO-TOKEN': token });
	};
	return { ask, renew };
}

const ids = (answer: Answer): number[] => answer.data.posts.map((post: { post_id: number }) => post.post_id);

/** Reads forward from an anchor until an answer brings nothing newer. */
async function catchUp(ask: Ask, channel_id: number, last: number): Promise<{ seen: number[]; pages: number }> {
	const seen: number[] = [];
	for (let pages = 1; ; pages += 1) {
		const answer = await ask('Post.list', 8, {
			...{ channel_id, thread_id: 0, prev_count: 0, next_count: 100 },
			post_id: Math.max(last, channel_id * SPAN + 1),
		});
		if (answer.error?.code === 402) return { seen, pages };
		const fresh = ids(answer).filter((id) => id > last);
		if (fresh.length === 0) return { seen, pages };
		seen.push(...fresh.sort((a, b) => a - b));
		last = Math.max(...fresh);
	}
}

describe('a Chat poller with anchors', () => {
	test('catches up over pages that are shorter than asked, misses none, and replies stay out', async () => {
		const place = await bench();
		const { ask } = await poller(place);
		const channel = place.chat.openChannel('bob', { name: 'feed', type: 'private' }, ['alice']);
		const sent: number[] = [];
		for (let index = 0; index < 130; index += 1) {
			const post = place.chat.postAs('bob', channel, `line ${index}`);
			sent.push(post.post_id);
			if (index % 40 === 0) place.chat.postAs('bob', channel, 'reply', { thread_id: post.post_id });
		}
		const { seen, pages } = await catchUp(ask, channel.channel_id, 0);
		expect(seen).toEqual(sent);
		expect(pages).toBe(4);
		expect(await catchUp(ask, channel.channel_id, sent.at(-1) as number)).toEqual({ seen: [], pages: 1 });
	});

	test('an empty channel and an anchor beyond the end are 402 with a text', async () => {
		const place = await bench();
		const { ask } = await poller(place);
		const channel = place.chat.openChannel('bob', { name: 'empty', type: 'private' }, ['alice']);
		const { channel_id } = channel;
		const listed = async (post_id: number) =>
			await ask('Post.list', 8, { channel_id, thread_id: 0, post_id, prev_count: 0, next_count: 0 });
		expect((await listed(channel_id * SPAN + 1)).text).toBe(
			'{"error":{"code":402,"errors":"post not found"},"success":false}',
		);
		place.chat.postAs('bob', channel, 'first');
		expect(ids(await listed(channel_id * SPAN + 1))).toEqual([channel_id * SPAN + 1]);
		expect((await listed(channel_id * SPAN + 2)).error?.code).toBe(402);
	});

	test('finds the newest number by halving, with zero counts', async () => {
		const place = await bench();
		const { ask } = await poller(place);
		const channel = place.chat.openChannel('bob', { name: 'long', type: 'private' }, ['alice']);
		for (let index = 0; index < 37; index += 1) place.chat.postAs('bob', channel, `line ${index}`);
		let [low, high, calls] = [1, 1024, 0];
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			const post_id = channel.channel_id * SPAN + middle;
			const answer = await ask('Post.list', 8, {
				channel_id: channel.channel_id,
				thread_id: 0,
				post_id,
				prev_count: 0,
				next_count: 0,
			});
			calls += 1;
			if (answer.error?.code === 402) high = middle - 1;
			else low = middle;
		}
		expect([low, calls]).toEqual([37, 10]);
	});

	test('reads a thread by its root, forward from the last reply, and gets the root alone when it is the anchor', async () => {
		const place = await bench();
		const { ask } = await poller(place);
		const root = place.chat.postAs('bob', 'ops', 'Who is on call?');
		const replies = ['me', 'you', 'she'].map(
			(text) => place.chat.postAs('bob', 'ops', text, { thread_id: root.post_id }).post_id,
		);
		const { channel_id, post_id: thread_id } = root;
		const list = async (values: Record<string, number>) =>
			ids(await ask('Post.list', 8, { channel_id, thread_id, ...values })).sort((a, b) => a - b);
		expect(await list({ prev_count: 50, next_count: 0 })).toEqual(replies);
		expect(await list({ post_id: replies[1] as number, prev_count: 0, next_count: 50 })).toEqual(replies.slice(1));
		expect(await list({ post_id: thread_id, prev_count: 0, next_count: 50 })).toEqual([thread_id]);
		const threads = await ask('Post.thread_list', 8, { channel_id, offset: 0, limit: 25, related_comment_count: 3 });
		expect(threads.data.total).toBe(2);
		expect(threads.data.search_results[0].post_id).toBe(thread_id);
		expect(threads.data.related_posts.slice(0, 3).map(({ message }: { message: string }) => message)).toEqual([
			'me',
			'you',
			'she',
		]);
	});

	test('Channel.list tells of main posts and not of replies, and lists public channels that were not joined', async () => {
		const place = await bench();
		const { ask } = await poller(place);
		const row = async (name: string) =>
			(await ask('Channel.list', 5, { limit: 500 })).data.channels.find(
				(channel: { name: string }) => channel.name === name,
			);
		const before = await row('ops');
		place.clock.advance(1000);
		const root = place.chat.postAs('bob', 'ops', 'news');
		expect((await row('ops')).last_post_at).toBe(place.clock.now());
		place.clock.advance(1000);
		place.chat.postAs('bob', 'ops', 'reply', { thread_id: root.post_id });
		expect((await row('ops')).last_post_at).toBe(place.clock.now() - 1000);
		expect((await row('ops')).unread).toBe(before.unread + 1);
		expect(await row('design')).toMatchObject({ is_joined: false, type: 'public' });
		const refused = await ask('Post.list', 8, {
			channel_id: (await row('design')).channel_id,
			thread_id: 0,
			prev_count: 1,
			next_count: 0,
		});
		expect(refused.error).toEqual({ code: 401, errors: 'user not in channel' });
	});

	test('a lost session is 119, one login later the cursor still works; a send too soon is 411 and later works', async () => {
		const place = await bench();
		const { ask, renew } = await poller(place);
		const { channel_id } = place.chat.channel('ops');
		const last = ids(
			await ask('Post.list', 8, { channel_id, thread_id: 0, prev_count: 1, next_count: 0 }),
		)[0] as number;
		place.nas.reboot();
		expect((await ask('Channel.list', 5)).error).toEqual({ code: 119 });
		await renew();
		const sent = await ask('Post.create', 8, { channel_id, message: 'reply to it', thread_id: last });
		expect(sent.data.thread_id).toBe(last);
		expect((await ask('Post.create', 8, { channel_id, message: 'too soon' })).text).toBe(
			'{"error":{"code":411,"errors":"create post too fast"},"success":false}',
		);
		place.clock.advance(1200);
		const later = await ask('Post.create', 8, { channel_id, message: 'later' });
		expect(await catchUp(ask, channel_id, last)).toEqual({ seen: [later.data.post_id], pages: 2 });
	});

	test('a poll every few seconds keeps the session; a pause beyond the timer is 106', async () => {
		const place = await bench();
		const { ask } = await poller(place);
		for (let minute = 0; minute < 40; minute += 10) {
			place.clock.advance(10 * 60_000);
			expect((await ask('Channel.list', 5)).success).toBe(true);
		}
		place.clock.advance(16 * 60_000);
		expect((await ask('Channel.list', 5)).error).toEqual({ code: 106 });
	});
});
