import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { following } from '../../support/follow';
import { withNas } from '../../support/nas';
import { iso, stage } from './follow';

const { triggers } = service;

describe('channels', () => {
	test('that the account joins are told as joined, on demand only those', async () => {
		const seen = async (joined_only: boolean) => {
			let found: unknown[] = [];
			await following(triggers.channelAdded, { joined_only }, async (follower, scene) => {
				const { chat } = stage(scene);
				chat.openChannel('bob', { name: 'open', type: 'public' });
				chat.joinAs('alice', 'design');
				found = (await follower.drain()).map(({ channel_name, change }) => [channel_name, change]);
			});
			return found;
		};
		expect(await seen(false)).toEqual([
			['design', 'joined'],
			['open', 'created'],
		]);
		expect(await seen(true)).toEqual([['design', 'joined']]);
	});

	test('whose members the list does not name are asked for by themselves', async () => {
		const table = {
			'SYNO.Chat.Channel.list': () => ({
				data: { channels: [{ channel_id: 2, name: 'ops', type: 'private', is_joined: true, total_member_count: 9 }] },
			}),
		};
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			scene.simulator.use(table);
			const given = triggers.memberJoined.params.parse({});
			const cursor = triggers.memberJoined.cursor.parse(await triggers.memberJoined.start(given, scene.dsm));
			chat.joinAs('carol', 'ops');
			const { events } = await triggers.memberJoined.poll(given, cursor, scene.dsm, { left: () => true });
			const told = events.map((event) => triggers.memberJoined.event.parse(event));
			expect(told.map(({ channel_name, user_name }) => [channel_name, user_name])).toEqual([['ops', 'Carol (carol)']]);
		});
	});
});

describe('reminders', () => {
	test('come the wanted time before, once, and a deleted one not at all', async () => {
		await following(triggers.reminderDue, { lead: 10 }, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			const [kept, dropped] = ['kept', 'dropped'].map((text) => chat.postAs('bob', 'General', text).post_id);
			const at = clock.now() + 1_800_000;
			for (const id of [kept!, dropped!]) chat.remindAs('alice', id, at);
			await follower.poll();
			chat.post(dropped!)!.reminders.clear();
			clock.advance(1_100_000);
			expect(await follower.drain()).toEqual([]);
			clock.advance(200_000);
			const events = await follower.drain();
			expect(events.map(({ text, remind_at, late }) => [text, remind_at, late])).toEqual([['kept', iso(at), false]]);
			clock.advance(3_600_000);
			expect(await follower.drain()).toEqual([]);
		});
	});

	test('are asked for one by one where the message does not show the time', async () => {
		await following(triggers.reminderDue, {}, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			const post = chat.postAs('bob', 'General', 'remember');
			chat.remindAs('alice', post.post_id, clock.now() + 1000);
			scene.simulator.use({
				'SYNO.Chat.Post.Reminder.list': ({ params }) =>
					params.channel_id === 1
						? { data: { posts: [{ post_id: post.post_id, channel_id: 1, message: 'remember' }] } }
						: undefined,
			});
			clock.advance(2000);
			expect((await follower.drain()).map(({ text, late }) => [text, late])).toEqual([['remember', true]]);
		});
	});
});

describe('scheduled messages', () => {
	test('that are cancelled or put off are not told', async () => {
		await following(triggers.scheduledMessageSent, { channels: [1] }, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			const ids = ['cancelled', 'put off', 'sent'].map((text) =>
				chat.scheduleAs('alice', 'General', text, clock.now() + 60_000),
			);
			await follower.poll();
			chat.schedule.delete(ids[0]!);
			chat.schedule.get(ids[1]!)!.send_at += 3_600_000;
			clock.advance(61_000);
			const events = await follower.drain();
			expect(events.map(({ text, cronjob_id }) => [text, cronjob_id])).toEqual([['sent', String(ids[2])]]);
			clock.advance(3_600_000);
			expect((await follower.drain()).map(({ text }) => text)).toEqual(['put off']);
		});
	});
});

describe('unread messages', () => {
	test('are told again only when they were read in between', async () => {
		await following(triggers.unreadReached, { threshold: 2, channels: [1] }, async (follower, scene) => {
			const { chat, clock } = stage(scene);
			const { user_id } = chat.user('alice');
			const read = () => chat.channel(1).viewed.set(user_id, clock.now());
			read();
			await follower.poll();
			const say = (count: number) => {
				clock.advance(1000);
				for (let n = 0; n < count; n++) chat.postAs('bob', 'General', `post ${n}`);
			};
			say(1);
			expect(await follower.drain()).toEqual([]);
			say(1);
			expect((await follower.drain()).map((event) => event.unread)).toEqual([2]);
			say(2);
			expect(await follower.drain()).toEqual([]);
			read();
			expect(await follower.drain()).toEqual([]);
			say(3);
			expect((await follower.drain()).map((event) => event.unread)).toEqual([3]);
		});
	});
});
