import { describe, expect, test } from '@jest/globals';
import { chatBench } from './chat-client';

const options = { add_option: false, anonymous: false, multiple: true, expire_at: 0 };
const choices = [{ text: 'Pizza' }, { text: 'Salad' }];

describe('polls', () => {
	test('create, vote, read the choices, close', async () => {
		const { chat, login } = await chatBench();
		const [alice, bob] = [await login('alice'), await login('bob')];
		const bobId = chat.user('bob').user_id;
		const post = (await alice('Post.Vote.create', 1, { channel_id: '1', message: 'Lunch?', choices, options })).data;
		expect(post).toMatchObject({ message: 'Lunch?', props: { vote: { state: 'open', options } } });
		const { post_id } = post;
		const read = async () => (await alice('Post.Vote.get_choices', 1, { post_id: String(post_id) })).data.choices;
		const ids = (await read()).map((choice: { id: string }) => choice.id);
		expect((await bob('Post.Vote.vote', 1, { post_id, choice_ids: ids })).success).toBe(true);
		expect((await bob('Post.Vote.vote', 1, { post_id, choice_ids: [ids[1]] })).success).toBe(true);
		expect(await read()).toEqual([
			{ id: ids[0], text: 'Pizza', count: 0, voters: [] },
			{ id: ids[1], text: 'Salad', count: 1, voters: [bobId] },
		]);
		expect((await bob('Post.Vote.vote', 1, { post_id, choice_ids: [1] })).error?.code).toBe(101);
		expect((await bob('Post.Vote.vote', 1, { post_id, choice_ids: [] })).success).toBe(true);
		expect((await read())[1].count).toBe(0);
		await alice('Post.Vote.close', 1, { post_id });
		const { posts } = (await alice('Post.list', 5, { channel_id: 1, post_id, prev_count: 0, next_count: 0 })).data;
		expect(posts[0].props.vote.state).toBe('close');
	});

	test('choices as strings give 101 and options as JSON text 117', async () => {
		const { login } = await chatBench();
		const alice = await login('alice');
		const create = (params: Record<string, unknown>) =>
			alice('Post.Vote.create', 1, { channel_id: 1, message: 'Lunch?', choices, options, ...params });
		expect((await create({ choices: ['Pizza', 'Salad'] })).error).toEqual({ code: 101, errors: 'bad type' });
		expect((await create({ options: JSON.stringify(options) })).error?.code).toBe(117);
	});

	test('expire_at closes a poll by the clock', async () => {
		const { clock, login } = await chatBench();
		const alice = await login('alice');
		const due = { ...options, expire_at: clock.now() + 1000 };
		const { post_id } = (await alice('Post.Vote.create', 1, { channel_id: 1, message: 'Now?', choices, options: due }))
			.data;
		clock.advance(1000);
		const { posts } = (await alice('Post.list', 5, { channel_id: 1, post_id, prev_count: 0, next_count: 0 })).data;
		expect(posts[0].props.vote.state).toBe('close');
	});
});

describe('reactions', () => {
	test('known names are kept, unknown ones give 407', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		const post = chat.postAs('bob', 'General', 'nice');
		const react = (sticker_name: string) => alice('Post.Reaction.set', 1, { post_id: post.post_id, sticker_name });
		expect((await react('heart')).success).toBe(true);
		expect([...(post.reactions.get('heart') ?? [])]).toEqual([chat.user('alice').user_id]);
		expect((await react('no_such')).error).toEqual({ code: 407, errors: 'sticker name invalid' });
		await alice('Post.Reaction.delete', 1, { post_id: post.post_id, sticker_name: 'heart' });
		expect(post.reactions.get('heart')?.size).toBe(0);
	});
});

describe('reminders', () => {
	test('set, get, list and delete are personal', async () => {
		const { chat, clock, login } = await chatBench();
		const [alice, bob] = [await login('alice'), await login('bob')];
		const { post_id } = chat.postAs('bob', 'General', 'do not forget');
		const remind_at = clock.now() + 60_000;
		expect((await alice('Post.Reminder.get', 1, { post_id })).data).toEqual({ remind_at: 0 });
		await alice('Post.Reminder.set', 1, { post_id, remind_at });
		expect((await alice('Post.Reminder.get', 1, { post_id })).data).toEqual({ remind_at });
		const { posts } = (await alice('Post.Reminder.list', 1, { channel_id: 1 })).data;
		expect(posts).toHaveLength(1);
		expect(posts[0]).toMatchObject({ post_id, props: { remind_at } });
		expect((await bob('Post.Reminder.list', 1, { channel_id: 1 })).data.posts).toEqual([]);
		await alice('Post.Reminder.delete', 1, { post_id });
		expect((await alice('Post.Reminder.get', 1, { post_id })).data).toEqual({ remind_at: 0 });
		expect((await alice('Post.Reminder.get', 1)).error?.code).toBe(402);
		expect((await alice('Post.Reminder.list', 1)).error?.code).toBe(401);
	});
});

describe('scheduled posts', () => {
	test('a post is sent when its time has come and leaves the list', async () => {
		const { chat, clock, login } = await chatBench();
		const alice = await login('alice');
		const send_at = clock.now() + 60_000;
		const { cronjob_id } = (await alice('Post.Schedule.create', 1, { channel_id: 1, message: 'later', send_at })).data;
		const other = (await alice('Post.Schedule.create', 1, { channel_id: 1, message: 'never', send_at })).data
			.cronjob_id;
		const list = async () => (await alice('Post.Schedule.list', 1, { channel_id: 1 })).data.schedule_posts;
		expect(await list()).toEqual([
			{ cronjob_id, message: 'later', send_at },
			{ cronjob_id: other, message: 'never', send_at },
		]);
		expect((await alice('Post.Schedule.delete', 1, { cronjob_id: other })).success).toBe(true);
		await alice('Post.Schedule.set', 1, { cronjob_id, message: 'at last', send_at: send_at + 1000 });
		clock.advance(60_000);
		expect((await list()).length).toBe(1);
		clock.advance(5000);
		expect(await list()).toEqual([]);
		expect(chat.channel('General').posts.at(-1)).toMatchObject({ message: 'at last', create_at: send_at + 1000 });
	});
});
