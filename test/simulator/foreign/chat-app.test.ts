import { describe, expect, test } from '@jest/globals';
import { type Answer, ask, bench, postForm } from './nas';

/** A native app: POST form, ids as JSON text, the rest as JSON, cookie and header (chat.md 16, 18). */
async function app(account = 'alice') {
	const place = await bench();
	const { webapi, nas, chat } = place;
	const login = await postForm(`${webapi}entry.cgi`, {
		...{ api: 'SYNO.API.Auth', version: 7, method: 'login', account, passwd: nas.nas.user(account).password },
		...{ session: 'Chat', format: 'sid', enable_syno_token: 'yes' },
	});
	const headers = { Cookie: `id=${login.data.sid}`, 'X-SYNO-TOKEN': login.data.synotoken as string };
	chat.switches.minSpacingMs = 0;
	const call = async (name: string, version: number, params: Record<string, unknown> = {}): Promise<Answer> => {
		const at = name.lastIndexOf('.');
		const form = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, JSON.stringify(value)]));
		const routing = { api: `SYNO.Chat.${name.slice(0, at)}`, method: name.slice(at + 1), version };
		return await postForm(`${webapi}entry.cgi`, { ...routing, ...form }, headers);
	};
	const ops = chat.channel('ops').channel_id;
	return { ...place, call, headers, ops };
}

describe('a native Chat app', () => {
	test('sends, replies, edits, pins, lists pinned posts and deletes, with ids as text', async () => {
		const { call, ops, clock } = await app();
		const channel_id = String(ops);
		const sent = await call('Post.create', 5, {
			channel_id,
			type: 'normal',
			message: 'Backup finished',
			is_thread: false,
			conn_id: 'c1',
		});
		const { post_id } = sent.data;
		const reply = await call('Post.create', 5, {
			channel_id,
			type: 'normal',
			message: 'Details',
			is_thread: false,
			thread_id: String(post_id),
		});
		expect(reply.data.thread_id).toBe(post_id);
		clock.advance(5000);
		const edited = await call('Post.set', 8, { channel_id, post_id: String(post_id), message: 'Backup done' });
		expect(edited.success).toBe(true);
		expect((await call('Post.pin', 5, { post_id: String(post_id) })).text).toBe('{"success":true}');
		const pinned = await call('Post.search', 5, {
			in: [ops],
			has: ['pin'],
			sort_by_array: ['is_sticky', 'last_pin_at'],
			offset: 0,
			limit: 20,
		});
		expect(pinned.data).toMatchObject({ total: 1, offset: 0, limit: 20 });
		expect(pinned.data.search_results[0]).toMatchObject({
			post_id,
			message: 'Backup done',
			last_pin_at: clock.now(),
			thread_id: post_id,
		});
		expect((await call('Post.delete', 5, { post_id: String(post_id) })).text).toBe('{"success":true}');
	});

	test('polls take objects for choices and options, and votes as text', async () => {
		const { call, ops } = await app();
		const options = { add_option: false, anonymous: false, multiple: true, expire_at: 0 };
		const poll = {
			channel_id: String(ops),
			message: 'Lunch?',
			choices: [{ text: 'Pizza' }, { text: 'Salad' }],
			options,
		};
		const { post_id } = (await call('Post.Vote.create', 1, poll)).data;
		const choices = async () => (await call('Post.Vote.get_choices', 1, { post_id: String(post_id) })).data.choices;
		const [pizza] = await choices();
		expect((await call('Post.Vote.vote', 1, { post_id: String(post_id), choice_ids: [pizza.id] })).success).toBe(true);
		expect((await choices()).map(({ text, count }: { text: string; count: number }) => [text, count])).toEqual([
			['Pizza', 1],
			['Salad', 0],
		]);
		expect((await call('Post.Vote.create', 1, { ...poll, choices: ['Pizza'] })).error?.code).toBe(101);
		expect((await call('Post.Vote.create', 1, { ...poll, options: JSON.stringify(options) })).error?.code).toBe(117);
	});

	test('marks a channel and a thread as read, follows the thread, and Channel.list shows the channel moved', async () => {
		const { call, chat, ops, clock } = await app();
		const root = chat.channel('ops').posts[0]?.post_id;
		clock.advance(1000);
		chat.postAs('bob', 'ops', 'unread');
		const row = async () =>
			(await call('Channel.list', 5)).data.channels.find(
				(channel: { channel_id: number }) => channel.channel_id === ops,
			);
		expect((await row()).unread).toBeGreaterThan(0);
		expect((await call('Channel.view', 2, { channel_id: ops, last_view_at: clock.now() })).success).toBe(true);
		expect(await row()).toMatchObject({ unread: 0, last_view_at: clock.now() });
		expect((await call('Post.Subscribe.create', 1, { post_id: root })).text).toBe('{"success":true}');
		expect((await call('Post.Subscribe.view', 2, { channel_id: ops, thread_id: root })).text).toBe('{"success":true}');
		expect((await call('Post.Subscribe.create', 2, { post_id: root })).error?.code).toBe(103);
		expect((await call('Post.Subscribe.view', 2, { channel_id: ops, thread_id: 1 })).error).toEqual({
			code: 402,
			errors: 'post not found',
		});
	});

	test('reminders and scheduled posts', async () => {
		const { call, ops, chat, clock } = await app();
		const post_id = chat.channel('ops').posts[0]?.post_id;
		const remind_at = clock.now() + 60_000;
		await call('Post.Reminder.set', 1, { post_id, remind_at });
		expect((await call('Post.Reminder.get', 1, { post_id })).data).toEqual({ remind_at });
		expect(
			(await call('Post.Reminder.list', 1, { channel_id: ops })).data.posts.map(
				(post: { post_id: number }) => post.post_id,
			),
		).toEqual([post_id]);
		const { cronjob_id } = (
			await call('Post.Schedule.create', 1, { channel_id: ops, message: 'Later', send_at: remind_at })
		).data;
		expect((await call('Post.Schedule.list', 1, { channel_id: ops })).data.schedule_posts).toEqual([
			{ cronjob_id, message: 'Later', send_at: remind_at },
		]);
		expect((await call('Post.Schedule.delete', 1, { cronjob_id })).success).toBe(true);
	});

	test('opens a conversation, promotes it, and hides, archives and rescues a channel', async () => {
		const { call, chat } = await app();
		const carol = chat.user('carol').user_id;
		const opened = await call('Channel.Anonymous.initiate', 2, {
			user_ids: [carol],
			encrypted: false,
			channel_key_encs: [],
		});
		const { channel_id } = opened.data;
		expect(opened.data).toMatchObject({ type: 'anonymous', name: '', total_member_count: 2 });
		expect((await call('Channel.Anonymous.promote', 2, { channel_id, name: 'plans' })).data).toMatchObject({
			type: 'private',
			name: 'plans',
		});
		expect((await call('Channel.hide', 1, { channel_id })).text).toBe('{"success":true}');
		expect((await call('Channel.hide_global', 4, { channel_id })).success).toBe(true);
		await call('Channel.archive', 2, { channel_id });
		const listed = async () =>
			(await call('Channel.list', 5)).data.channels.some((channel: { name: string }) => channel.name === 'plans');
		expect(await listed()).toBe(false);
		expect((await call('Archive.list', 1)).error).toEqual({ code: 101, errors: 'bad type' });
		expect((await call('Archive.list', 1, { limit: 10 })).data.channels[0].name).toBe('plans');
		expect((await call('Channel.rescue', 5, { channel_id })).success).toBe(true);
		expect(await listed()).toBe(true);
		expect((await call('Channel.archive', 4, { channel_id })).error?.code).toBe(103);
	});

	test('reads the own profile, sets and clears the status, and gets an avatar', async () => {
		const { call, headers, webapi, chat } = await app();
		const me = async () => (await call('User.get', 3)).data.user;
		expect(await me()).toMatchObject({ username: 'alice', status: '' });
		await call('User.Status.set', 1, { status: 'at lunch' });
		expect((await me()).status).toBe('at lunch');
		await call('User.Status.clear', 1);
		await call('User.set', 3, { nickname: 'Ally' });
		expect(await me()).toMatchObject({ status: '', nickname: 'Ally' });
		const avatar = await ask(
			`${webapi}entry.cgi?api=SYNO.Chat.User.Avatar&version=1&method=get&user_id=${chat.user('bob').user_id}`,
			{ headers },
		);
		expect([avatar.headers.get('content-type'), avatar.headers.get('content-length')]).toEqual(['image/png', '70']);
		await call('User.Preference.set', 4, { some_setting: true });
		expect((await call('User.Preference.get', 4)).data).toEqual({ some_setting: true });
		const { ops } = { ops: chat.channel('ops').channel_id };
		await call('Channel.Preference.set', 3, { channel_id: ops, mute: true });
		expect((await call('Channel.Preference.get', 3, { channel_id: ops })).data).toEqual({ mute: true });
	});

	test('users whose type is empty may be skipped without losing the active ones', async () => {
		const { call } = await app();
		const { users } = (await call('User.list', 3)).data;
		const typed = users
			.filter(({ type }: { type: string }) => type !== '')
			.map(({ username }: { username: string }) => username);
		expect(typed).toEqual(expect.arrayContaining(['alice', 'bob', 'carol']));
		expect(users.find(({ username }: { username: string }) => username === 'disabled')).toMatchObject({
			type: '',
			is_disabled: true,
		});
	});

	test('reacts with standard names; an unknown one is 407 with its text', async () => {
		const { call, chat } = await app();
		const post_id = chat.channel('ops').posts[0]?.post_id;
		for (const sticker_name of ['heart', 'rocket', '+1', 'tada'])
			expect((await call('Post.Reaction.set', 1, { post_id, sticker_name })).success).toBe(true);
		expect((await call('Post.Reaction.set', 1, { post_id, sticker_name: 'no such thing' })).error).toEqual({
			code: 407,
			errors: 'sticker name invalid',
		});
		expect((await call('Sticker.get', 2)).error).toEqual({ code: 407, errors: 'sticker name invalid' });
		expect((await call('Channel.GuestUser.list', 1)).error).toEqual({ code: 404, errors: '' });
		expect(
			(await call('Post.hide_og', 5, { post_id: chat.postAs('alice', 'ops', 'https://nas.example.com').post_id }))
				.success,
		).toBe(true);
		expect(
			(await call('Post.list_editable', 5, { channel_id: chat.channel('ops').channel_id })).data.posts.at(-1).message,
		).toBe('https://nas.example.com');
	});
});
