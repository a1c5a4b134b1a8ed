import { describe, expect, test } from '@jest/globals';
import { chatBench, type Envelope } from './chat-client';

interface Row {
	channel_id: number;
	name: string;
	type: string;
	is_joined: boolean;
}

function named(answer: Envelope, name: string): Row | undefined {
	return (answer.data.channels as Row[]).find((row) => row.name === name);
}

describe('Channel', () => {
	test('list gives joined channels and public ones that are not joined', async () => {
		const { login } = await chatBench();
		const alice = await login('alice');
		const answer = await alice('Channel.list', 5);
		expect((answer.data.channels as Row[]).map(({ name, type, is_joined }) => [name, type, is_joined])).toEqual([
			['General', 'public', true],
			['ops', 'private', true],
			['random', 'public', true],
			['design', 'public', false],
			['', 'anonymous', true],
			['synobot', 'synobot', true],
		]);
		expect(named(await (await login('carol'))('Channel.list', 5), 'ops')).toBeUndefined();
	});

	test('a row has the fields of the channel object', async () => {
		const { chat, clock, login } = await chatBench();
		const [alice, bob] = [chat.user('alice').user_id, chat.user('bob').user_id];
		const channel = chat.openChannel('bob', { name: 'build', type: 'private', purpose: 'CI' }, ['alice']);
		clock.advance(1000);
		chat.postAs('bob', channel, 'hello');
		expect(named(await (await login('alice'))('Channel.list', 5), 'build')).toEqual({
			...{ channel_id: channel.channel_id, name: 'build', type: 'private', purpose: 'CI', creator_id: bob },
			...{ members: [bob, alice], total_member_count: 2, is_joined: true, encrypted: false },
			...{ create_at: clock.now() - 1000, last_post_at: clock.now(), last_view_at: 0, unread: 1 },
		});
	});

	test('get is for members and for version 4 and above', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		expect((await alice('Channel.get', 5, { channel_id: 1 })).data.channel.name).toBe('General');
		const channel_id = chat.channel('design').channel_id;
		expect((await alice('Channel.get', 4, { channel_id })).error).toEqual({ code: 401, errors: 'user not in channel' });
		expect((await alice('Channel.get', 4)).error?.code).toBe(401);
		expect((await alice('Channel.get', 3, { channel_id: 1 })).error).toEqual({ code: 103 });
		chat.switches.bareObjects = true;
		expect((await alice('Channel.get', 4, { channel_id: 1 })).data.name).toBe('General');
	});

	test('view moves last_view_at and unread; version 4 does not have it', async () => {
		const { chat, clock, login } = await chatBench();
		const alice = await login('alice');
		clock.advance(1000);
		chat.postAs('bob', 'General', 'one');
		const seen = clock.now();
		clock.advance(1000);
		chat.postAs('bob', 'General', 'two');
		expect((await alice('Channel.view', 4, { channel_id: 1, last_view_at: seen })).error).toEqual({ code: 103 });
		expect((await alice('Channel.view', 2, { channel_id: 1, last_view_at: seen })).success).toBe(true);
		expect(named(await alice('Channel.list', 5), 'General')).toMatchObject({ last_view_at: seen, unread: 1 });
	});

	test('archive and close take a channel off the list and keep its messages', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		const ops = chat.channel('ops');
		expect(await alice('Channel.archive', 2, { channel_id: ops.channel_id })).toEqual({ success: true });
		expect(named(await alice('Channel.list', 5), 'ops')).toBeUndefined();
		const list = await alice('Post.list', 5, {
			channel_id: ops.channel_id,
			thread_id: 0,
			prev_count: 9,
			next_count: 0,
		});
		expect(list.data.posts).toHaveLength(2);
		const random = { channel_id: chat.channel('random').channel_id };
		expect(await alice('Channel.close', 4, random)).toEqual({ success: true });
		expect((await alice('Channel.close', 3, random)).error).toEqual({ code: 103 });
		expect((await alice('Archive.list', 1)).error).toEqual({ code: 101, errors: 'bad type' });
	});
});

describe('Channel.Named', () => {
	test('create makes the caller a member and wants a type and a name without spaces', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		const { data } = await alice('Channel.Named.create', 1, { name: 'build', type: 'private', purpose: 'CI' });
		expect(data).toMatchObject({
			name: 'build',
			type: 'private',
			purpose: 'CI',
			members: [chat.user('alice').user_id],
		});
		const codes = async (params: Record<string, unknown>) =>
			(await alice('Channel.Named.create', 1, params)).error?.code;
		expect(await codes({ name: 'has space', type: 'public' })).toBe(152);
		expect(await codes({ name: 'build2' })).toBe(101);
		expect(await codes({ name: 'build2', type: 'public', member_ids: [2] })).toBe(119);
		expect(await codes({ name: 'build2', type: 'public', encrypted: true })).toBe(422);
		expect(await codes({ name: 'build2', type: 'private', encrypted: true })).toBe(408);
		chat.keyPairs.add(chat.user('alice').user_id);
		expect(
			(await alice('Channel.Named.create', 1, { name: 'vault', type: 'private', encrypted: true })).data.encrypted,
		).toBe(true);
	});

	test('join works once, then 117; disjoin leaves; both leave a system post', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		const design = chat.channel('design');
		const params = { channel_id: design.channel_id };
		expect((await alice('Channel.Named.join', 1, params)).success).toBe(true);
		expect((await alice('Channel.Named.join', 1, params)).error).toEqual({ code: 117, errors: 'cannot join' });
		expect((await alice('Channel.Named.disjoin', 1, params)).success).toBe(true);
		expect((await alice('Channel.Named.disjoin', 1, params)).error?.code).toBe(401);
		expect(design.posts.map(({ type }) => type)).toEqual(['normal', 'system', 'system']);
	});

	test('a private channel cannot be joined', async () => {
		const { chat, login } = await chatBench();
		const carol = await login('carol');
		const answer = await carol('Channel.Named.join', 1, { channel_id: chat.channel('ops').channel_id });
		expect(answer.error).toEqual({ code: 117, errors: 'cannot join' });
	});

	test('invite wants channel_key_encs as an array, kick wants the owner, and Member.get shows the result', async () => {
		const { chat, login } = await chatBench();
		const [bob, carol] = [await login('bob'), chat.user('carol').user_id];
		const { channel_id } = (await bob('Channel.Named.create', 1, { name: 'build', type: 'private' })).data;
		const invite = { channel_id, user_ids: [carol] };
		expect((await bob('Channel.Named.invite', 1, { ...invite, channel_key_encs: '[]' })).error?.code).toBe(101);
		expect((await bob('Channel.Named.invite', 1, { ...invite, channel_key_encs: [] })).success).toBe(true);
		const members = async () => (await bob('Channel.Member.get', 1, { channel_id })).data;
		expect(await members()).toEqual({ user_ids: [chat.user('bob').user_id, carol], broken_user_ids: [] });
		expect(
			(await (await login('carol'))('Channel.Named.kick', 1, { channel_id, user_ids: [chat.user('bob').user_id] }))
				.error?.code,
		).toBe(105);
		expect((await bob('Channel.Named.kick', 1, { channel_id, user_ids: [carol] })).success).toBe(true);
		expect((await members()).user_ids).toEqual([chat.user('bob').user_id]);
		expect((await bob('Channel.Member.get', 1, { channel_id: 999 })).error).toEqual({
			code: 403,
			errors: 'no such channel',
		});
	});
});

describe('Channel.Anonymous', () => {
	test('initiate answers the same conversation each time, and refuses the caller alone', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		const [self, bob, carol] = ['alice', 'bob', 'carol'].map((name) => chat.user(name).user_id);
		const open = (user_ids: unknown[]) =>
			alice('Channel.Anonymous.initiate', 2, { user_ids, encrypted: false, channel_key_encs: [] });
		const direct = chat.direct('alice', 'bob').channel_id;
		expect((await open([bob])).data).toMatchObject({
			channel_id: direct,
			name: '',
			type: 'anonymous',
			total_member_count: 2,
		});
		const group = (await open([bob, carol])).data.channel_id;
		expect(group).not.toBe(direct);
		expect((await open([self, carol, bob])).data.channel_id).toBe(group);
		expect((await open([bob, self])).error).toEqual({ code: 117, errors: 'cannot join' });
		expect((await open([self])).error).toEqual({ code: 400, errors: 'you cannot talk to yourself' });
	});
});

describe('User', () => {
	test('list has the fields of the user object; get without parameters is the caller', async () => {
		const { chat, login } = await chatBench();
		const bob = await login('bob');
		const { users } = (await bob('User.list', 3)).data;
		const row = users.find((user: { username: string }) => user.username === 'alice');
		expect(row).toEqual({
			...{ user_id: chat.user('alice').user_id, username: 'alice', nickname: 'Alice', type: 'human', status: '' },
			...{ is_disabled: false, deleted: false, user_props: { email: 'alice@example.com', description: '' } },
		});
		expect(users.find((user: { username: string }) => user.username === 'disabled').is_disabled).toBe(true);
		expect((await bob('User.get', 3)).data.user.username).toBe('bob');
		expect((await bob('User.get', 3, { user_id: row.user_id })).data.user).toEqual(row);
	});

	test('an account without the Chat privilege gets 105 and is no Chat user', async () => {
		const { chat, simulator, login } = await chatBench();
		expect(chat.userOf('nochat')).toBeUndefined();
		simulator.nas.user('carol').apps.clear();
		const answer = await login('carol').catch(() => undefined);
		expect(answer).toBeUndefined();
	});
});
