import { describe, expect, test } from '@jest/globals';
import { chatBench } from './chat-client';

async function searchBench() {
	const bench = await chatBench();
	const { chat, clock } = bench;
	const start = clock.now();
	const say = (who: string, where: string, text: string, extra = {}) => {
		clock.advance(1000);
		return chat.postAs(who, where, text, extra);
	};
	const alice = await bench.login('alice');
	const search = async (params: Record<string, unknown>) => (await alice('Post.search', 5, params)).data;
	const texts = async (params: Record<string, unknown>) =>
		(await search(params)).search_results.map((post: { message: string }) => post.message) as string[];
	return { ...bench, start, say, alice, search, texts };
}

describe('Post.search', () => {
	test('an empty in spans all joined channels, newest first, and after is exclusive', async () => {
		const { start, say, texts, chat } = await searchBench();
		say('bob', 'General', 'one');
		say('carol', 'design', 'not for alice');
		const { post_id } = say('bob', 'ops', 'two');
		say('bob', 'ops', 'three', { thread_id: post_id });
		expect(await texts({ in: [], after: start })).toEqual(['three', 'two', 'one']);
		expect(await texts({ in: [], after: start, before: start + 2000 })).toEqual(['one']);
		expect(await texts({ in: [], after: start + 3000 })).toEqual(['three']);
		chat.switches.searchAfterInclusive = true;
		expect(await texts({ in: [], after: start + 3000 })).toEqual(['three', 'two']);
		chat.switches.searchHonoursTime = false;
		expect((await texts({ in: [], after: start + 9000 })).slice(0, 3)).toEqual(['three', 'two', 'one']);
	});

	test('total counts before paging, and limit is at most 100', async () => {
		const { start, say, search } = await searchBench();
		for (let n = 1; n <= 5; n += 1) say('bob', 'General', `n${n}`);
		const page = await search({ in: [1], after: start, offset: 1, limit: 2 });
		expect(page).toMatchObject({ total: 5, offset: 1, limit: 2 });
		expect(page.search_results.map((post: { message: string }) => post.message)).toEqual(['n4', 'n3']);
		expect((await search({ limit: 500 })).limit).toBe(100);
	});

	test('in wants numbers, and channel_id is ignored with success', async () => {
		const { start, say, alice, texts, chat } = await searchBench();
		say('bob', 'General', 'general');
		say('bob', 'ops', 'ops');
		const ops = chat.channel('ops').channel_id;
		expect(await texts({ in: [ops], after: start })).toEqual(['ops']);
		expect((await alice('Post.search', 5, { in: [String(ops)] })).error).toEqual({ code: 101, errors: 'bad type' });
		expect(await texts({ channel_id: ops, after: start, nonsense: 1 })).toEqual(['ops', 'general']);
		expect((await alice('Post.search', 5)).success).toBe(true);
	});

	test('filters by keyword, type, creator, pin, star, link and thread', async () => {
		const { start, say, alice, texts, chat } = await searchBench();
		const root = say('bob', 'General', 'Deploy done');
		say('carol', 'General', 'see <https://nas.example.com|link>', { thread_id: root.post_id });
		say('carol', 'General', 'a file', { file: { name: 'a.csv', content: 'x' } });
		const only = (params: Record<string, unknown>) => texts({ in: [1], after: start, ...params });
		expect(await only({ keyword: 'DEPLOY' })).toEqual(['Deploy done']);
		expect(await only({ post_type: ['file'] })).toEqual(['a file']);
		expect(await only({ creator_ids: [chat.user('bob').user_id] })).toEqual(['Deploy done']);
		expect(await only({ has: ['url'] })).toEqual(['see <https://nas.example.com|link>']);
		expect(await only({ thread_id: 0 })).toEqual(['a file', 'Deploy done']);
		await alice('Post.pin', 5, { post_id: root.post_id });
		await alice('Post.star', 1, { post_id: root.post_id });
		expect(await only({ has: ['pin'] })).toEqual(['Deploy done']);
		expect(await only({ has: ['star'] })).toEqual(['Deploy done']);
		await alice('Post.unpin', 5, { post_id: root.post_id });
		await alice('Post.unstar', 1, { post_id: root.post_id });
		expect(await only({ has: ['pin'] })).toEqual([]);
		expect(await only({ has: ['star'] })).toEqual([]);
		expect((await only({ has: ['file'] })).length).toBe(3);
	});

	test('sorts by update_at, and sort_by_array goes before sort_by', async () => {
		const { start, say, alice, texts, chat, clock } = await searchBench();
		const [one, two, three] = ['one', 'two', 'three'].map((text) => say('bob', 'General', text));
		clock.advance(1000);
		chat.editAs('bob', one!.post_id, 'one, edited');
		const only = (params: Record<string, unknown>) => texts({ in: [1], after: start, ...params });
		expect(await only({ sort_by: 'update_at' })).toEqual(['one, edited', 'three', 'two']);
		for (const post of [three, two]) {
			clock.advance(1000);
			await alice('Post.pin', 5, { post_id: post!.post_id });
		}
		await alice('Post.stick', 5, { post_id: three!.post_id });
		const sorted = { has: ['pin'], sort_by: 'create_at', sort_by_array: ['is_sticky', 'last_pin_at'] };
		expect(await only(sorted)).toEqual(['three', 'two']);
		expect(await only({ has: ['pin'], sort_by: 'last_pin_at' })).toEqual(['two', 'three']);
	});
});
