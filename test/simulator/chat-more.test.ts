import { describe, expect, test } from '@jest/globals';
import { chatBench } from './chat-client';

describe('hashtags', () => {
	test('of a channel are those typed in its messages and those put on them; for members only', async () => {
		const { chat, login } = await chatBench();
		const [alice, carol] = [await login('alice'), await login('carol')];
		const { channel_id, posts } = chat.channel('ops');
		const { post_id } = posts[0]!;
		expect((await alice('Post.Hashtag.set', 1, { post_id, hashtag: 'disk' })).success).toBe(true);
		const tags = async () => (await alice('Channel.Hashtag.list', 1, { channel_id })).data.hashtags;
		expect(await tags()).toEqual([{ hashtag: 'backup' }, { hashtag: 'disk' }]);
		expect((await alice('Post.Hashtag.delete', 1, { post_id, hashtag: 'disk' })).success).toBe(true);
		expect(await tags()).toEqual([{ hashtag: 'backup' }]);
		expect((await carol('Channel.Hashtag.list', 1, { channel_id })).error?.code).toBe(401);
		expect((await alice('Channel.Hashtag.list', 1)).error?.code).toBe(401);
		expect((await alice('Post.Hashtag.set', 1, { post_id })).error?.code).toBe(101);
	});
});

describe('read status', () => {
	test('names those who have looked at the channel since; from version 6 on', async () => {
		const { chat, clock, login } = await chatBench();
		const [alice, bob] = [await login('alice'), await login('bob')];
		const { post_id } = chat.postAs('alice', 'General', 'news');
		const read = async () => (await alice('Post.get_read_status', 6, { post_id })).data.user_ids;
		expect(await read()).toEqual([]);
		expect((await bob('Channel.view', 2, { channel_id: 1, last_view_at: clock.now() })).success).toBe(true);
		expect(await read()).toEqual([chat.user('bob').user_id]);
		expect((await alice('Post.get_read_status', 5, { post_id })).error).toEqual({ code: 103 });
	});
});

describe('stickers', () => {
	test('are listed without a session, and those names are what a reaction takes', async () => {
		const { simulator, login } = await chatBench();
		const body = new URLSearchParams({ api: 'SYNO.Chat.Sticker', version: '2', method: 'list' });
		const answer = await fetch(`${simulator.url}/webapi/entry.cgi`, { method: 'POST', body });
		const { data } = (await answer.json()) as { data: { stickers: { sticker_name: string }[] } };
		const { sticker_name } = data.stickers.at(-1)!;
		const alice = await login('alice');
		const set = { post_id: 2 ** 32 + 1, sticker_name };
		expect((await alice('Post.Reaction.set', 1, set)).success).toBe(true);
	});
});

describe('keys of encryption', () => {
	test('are stored and taken away, and an encrypted channel wants one for each guest', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		const create = async () =>
			await alice('Channel.Named.create', 1, { name: 'vault', type: 'private', encrypted: true });
		expect((await create()).error?.code).toBe(408);
		const keys = { conn_id: 'x', public_key: 'p', private_key_enc: 'q\r\n' };
		expect((await alice('User.update_key', 2, keys)).success).toBe(true);
		const { channel_id } = (await create()).data;
		const invite = { channel_id, user_ids: [chat.user('bob').user_id] };
		expect((await alice('Channel.Named.invite', 1, { ...invite, channel_key_encs: [] })).error?.code).toBe(101);
		expect((await alice('Channel.Named.invite', 1, { ...invite, channel_key_encs: ['k'] })).success).toBe(true);
		const none = { conn_id: 'x', public_key: '', private_key_enc: '' };
		expect((await alice('User.update_key', 2, none)).success).toBe(true);
		expect([...chat.keyPairs]).toEqual([]);
	});
});

describe('what people do', () => {
	test('asking, closing, pinning, scheduling and asking to be reminded shows on the wire', async () => {
		const { chat, clock, login } = await chatBench();
		const alice = await login('alice');
		const poll = chat.askAs('bob', 'General', 'Lunch?', ['Pizza'], { multiple: true });
		chat.closeAs('bob', poll.post_id);
		chat.pin(poll.post_id);
		chat.remindAs('alice', poll.post_id, clock.now() + 1000);
		const cronjob_id = chat.scheduleAs('alice', 'General', 'later', clock.now() + 2000);
		const found = await alice('Post.search', 5, { in: [1], has: ['pin'], sort_by: 'last_pin_at' });
		expect(found.data.search_results[0]).toMatchObject({
			last_pin_at: clock.now(),
			props: { vote: { state: 'close', options: { multiple: true } }, remind_at: clock.now() + 1000 },
		});
		expect((await alice('Post.Schedule.list', 1, { channel_id: 1 })).data.schedule_posts).toEqual([
			{ cronjob_id, message: 'later', send_at: clock.now() + 2000 },
		]);
	});
});
