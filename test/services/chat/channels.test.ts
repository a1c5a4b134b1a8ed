import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import { failure, withNas } from '../../support/nas';
import { iso, stage } from './follow';

const {
	channel: { operations: channel },
	user: { operations: user },
	poll: { operations: poll },
	schedule: { operations: schedule },
	reminder: { operations: reminder },
} = service.resources;

describe('channels', () => {
	test('are listed in one request, with a label that a person understands', async () => {
		await withNas({}, async (scene) => {
			await scene.dsm.do(channel.list, {});
			const before = scene.simulator.requests.length;
			const rows = await scene.dsm.do(channel.list, {});
			expect(rows.map(({ label, type }) => [label, type])).toEqual([
				['General', 'public'],
				['ops', 'private'],
				['random', 'public'],
				['Bob', 'anonymous'],
				['synobot', 'synobot'],
			]);
			expect(scene.simulator.requests.length - before).toBe(1);
		});
	});

	test('that the account has not joined are listed on demand', async () => {
		await withNas({}, async ({ dsm }) => {
			const rows = await dsm.do(channel.list, { all: true });
			expect(rows.find(({ name }) => name === 'design')?.is_joined).toBe(false);
		});
	});

	test('are listed also when the users cannot be', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.Chat.User.list': () => ({ error: 105 }) });
			const rows = await dsm.do(channel.list, {});
			expect(rows.map(({ label }) => label)).toContain('anonymous 5');
		});
	});

	test.each([false, true])('one is given, whichever form the answer has (bare: %s)', async (bareObjects) => {
		await withNas({}, async (scene) => {
			stage(scene).chat.switches.bareObjects = bareObjects;
			expect(await scene.dsm.do(channel.get, { channel_id: 1 })).toMatchObject({ channel_id: '1', name: 'General' });
		});
	});

	test('are created, filled, emptied, archived and closed', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const [bob, carol] = ['bob', 'carol'].map((name) => chat.user(name).user_id) as [number, number];
			const { channel_id } = await scene.dsm.do(channel.create, {
				name: 'release',
				type: 'public',
				purpose: 'Shipping',
			});
			await scene.dsm.do(channel.invite, { channel_id, user_ids: [bob, carol] });
			await scene.dsm.do(channel.removeMembers, { channel_id, user_ids: [carol] });
			const members = await scene.dsm.do(channel.listMembers, { channel_id });
			expect(members.map(({ label }) => label)).toEqual(['Alice (alice)', 'Bob (bob)']);
			await scene.dsm.do(channel.close, { channel_id });
			await scene.dsm.do(channel.archive, { channel_id: chat.channel('ops').channel_id });
			const names = (await scene.dsm.do(channel.list, {})).map(({ name }) => name);
			expect([names.includes('release'), names.includes('ops')]).toEqual([false, false]);
		});
	});

	test('do not take names with a space, and nothing is sent for one', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const error = await failure(dsm.do(channel.create, { name: 'two words' }));
			expect([error.name, simulator.requests.length]).toEqual(['DsmInputError', 0]);
		});
	});

	test('are joined and left; joining twice is no error', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const { channel_id, members } = chat.channel('design');
			const { user_id } = chat.user('alice');
			await scene.dsm.do(channel.join, { channel_id });
			expect(await scene.dsm.do(channel.join, { channel_id })).toEqual({});
			expect(members.has(user_id)).toBe(true);
			await scene.dsm.do(channel.leave, { channel_id });
			expect(members.has(user_id)).toBe(false);
		});
	});

	test('are marked as read up to a moment', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			await scene.dsm.do(channel.markRead, { channel_id: 1, last_view_at: new Date(clock.now()).toISOString() });
			expect(chat.channel(1).viewed.get(chat.user('alice').user_id)).toBe(clock.now());
		});
	});
});

describe('users', () => {
	test('are listed with label and e-mail address, without the disabled ones', async () => {
		await withNas({}, async (scene) => {
			const rows = await scene.dsm.do(user.list, {});
			const alice = rows.find(({ username }) => username === 'alice');
			expect([alice?.label, alice?.email]).toEqual(['Alice (alice)', stage(scene).chat.user('alice').user_props.email]);
			expect(rows.some(({ username }) => username === 'disabled')).toBe(false);
			expect((await scene.dsm.do(user.list, { all: true })).some(({ username }) => username === 'disabled')).toBe(true);
		});
	});

	test.each([false, true])('one is given, whichever form the answer has (bare: %s)', async (bareObjects) => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			chat.switches.bareObjects = bareObjects;
			const found = await scene.dsm.do(user.get, { user_id: chat.user('bob').user_id });
			expect([found.username, found.label]).toEqual(['bob', 'Bob (bob)']);
		});
	});

	test('the own one is found by the account, whatever its case', async () => {
		await withNas({}, async (scene) => {
			expect((await scene.dsm.do(user.getOwn, {})).user_id).toBe(String(stage(scene).chat.user('alice').user_id));
		});
	});
});

describe('polls, scheduled messages and reminders', () => {
	test('a poll is created, voted in, counted and closed', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			const { post_id } = await scene.dsm.do(poll.create, {
				channel_id: 1,
				message: 'Lunch?',
				choices: ['Pizza', 'Salad'],
				multiple: true,
			});
			const [pizza] = await scene.dsm.do(poll.listChoices, { post_id });
			await scene.dsm.do(poll.vote, { post_id, choice_ids: [pizza!.id] });
			expect((await scene.dsm.do(poll.listChoices, { post_id })).map(({ text, count }) => [text, count])).toEqual([
				['Pizza', 1],
				['Salad', 0],
			]);
			await scene.dsm.do(poll.close, { post_id });
			expect(chat.post(Number(post_id))?.vote).toMatchObject({
				state: 'close',
				options: { multiple: true, anonymous: false },
			});
		});
	});

	test('a message is scheduled, changed, listed, sent in time, and another cancelled', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const send_at = clock.now() + 60_000;
			const { cronjob_id } = await scene.dsm.do(schedule.create, { channel_id: 1, message: 'Lunch', send_at });
			await scene.dsm.do(schedule.update, { cronjob_id, message: 'Lunch!', send_at: new Date(send_at).toISOString() });
			const other = await scene.dsm.do(schedule.create, { channel_id: 1, message: 'never', send_at });
			await scene.dsm.do(schedule.delete, { cronjob_id: other.cronjob_id });
			expect((await scene.dsm.do(schedule.list, { channel_id: 1 })).map((job) => [job.message, job.send_at])).toEqual([
				['Lunch!', iso(send_at)],
			]);
			clock.advance(60_000);
			chat.sendDue();
			expect(chat.channel(1).posts.at(-1)?.message).toBe('Lunch!');
		});
	});

	test('a reminder is set, read, listed and deleted', async () => {
		await withNas({}, async (scene) => {
			const { chat, clock } = stage(scene);
			const { post_id } = chat.channel(1).posts[0]!;
			const remind_at = clock.now() + 3_600_000;
			await scene.dsm.do(reminder.set, { post_id, remind_at });
			expect(await scene.dsm.do(reminder.get, { post_id })).toEqual({ remind_at: iso(remind_at) });
			expect((await scene.dsm.do(reminder.list, { channel_id: 1 })).map((row) => row.post_id)).toEqual([
				String(post_id),
			]);
			await scene.dsm.do(reminder.delete, { post_id });
			expect(await scene.dsm.do(reminder.get, { post_id })).toEqual({ remind_at: null });
		});
	});
});
