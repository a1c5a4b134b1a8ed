import { describe, expect, test } from '@jest/globals';
import { chat as service } from '../../../src/services/chat';
import type { AnyTrigger } from '../../../src/catalog/operation';
import { clockOf, Follower } from '../../support/follow';
import { withNas } from '../../support/nas';
import { stage } from './follow';

const triggers: [string, AnyTrigger, object][] = Object.entries(service.triggers).map(([name, trigger]) => [
	name,
	trigger as AnyTrigger,
	name === 'keywordFound' ? { keyword: 'deploy' } : {},
]);

describe('two hundred channels', () => {
	test('cost one request per tick when nothing happens, with a trigger of each kind at work', async () => {
		await withNas({}, async (scene) => {
			const { chat, requests } = stage(scene);
			for (let n = 0; n < 200; n++) {
				const { channel_id } = chat.openChannel('bob', { name: `room-${n}`, type: 'private' }, ['alice']);
				chat.postAs('bob', channel_id, `hello ${n}`);
			}
			clockOf(scene).advance(60_000);
			const followers = triggers.map(([, trigger, given]) => new Follower(trigger, scene.dsm, given));
			await Promise.all(followers.map(async (follower) => await follower.start()));
			clockOf(scene).advance(60_000);
			const costs: number[] = [];
			for (let tick = 0; tick < 4; tick++) {
				const before = requests.length;
				const told = await Promise.all(followers.map(async (follower) => await follower.poll()));
				expect(told.flat()).toEqual([]);
				costs.push(requests.length - before);
				clockOf(scene).advance(10_000);
			}
			expect(costs).toEqual([1, 1, 1, 1]);
		});
	});

	test('cost at most three more when something happens in one of them', async () => {
		await withNas({}, async (scene) => {
			const { chat, requests } = stage(scene);
			for (let n = 0; n < 200; n++) chat.openChannel('bob', { name: `room-${n}`, type: 'private' }, ['alice']);
			const follower = await new Follower(service.triggers.messageReceived, scene.dsm, {}).start();
			clockOf(scene).advance(60_000);
			await follower.poll();
			chat.postAs('bob', 'room-117', 'here');
			clockOf(scene).advance(10_000);
			const before = requests.length;
			expect((await follower.poll()).map(({ text, channel_name }) => [text, channel_name])).toEqual([
				['here', 'room-117'],
			]);
			expect(requests.length - before).toBeLessThanOrEqual(4);
		});
	});

	test('are all asked for reminders and scheduled messages, a few at a time', async () => {
		await withNas({}, async (scene) => {
			const { chat } = stage(scene);
			for (let n = 0; n < 200; n++) chat.openChannel('bob', { name: `room-${n}`, type: 'private' }, ['alice']);
			const reminders = await new Follower(service.triggers.reminderDue, scene.dsm, {}).start();
			const schedules = await new Follower(service.triggers.scheduledMessageSent, scene.dsm, {}).start();
			const clock = clockOf(scene);
			clock.advance(60_000);
			const post = chat.postAs('bob', 'room-150', 'remember');
			chat.remindAs('alice', post.post_id, clock.now() + 3_600_000);
			chat.scheduleAs('alice', 'room-180', 'planned', clock.now() + 3_600_000);
			const told: string[] = [];
			for (let tick = 0; tick < 50; tick++) {
				clock.advance(60_000);
				told.push(...[...(await reminders.poll()), ...(await schedules.poll())].map(({ text }) => text));
			}
			expect(told).toEqual([]);
			clock.advance(600_000);
			told.push(
				...(await reminders.poll()).map(({ text }) => text),
				...(await schedules.poll()).map(({ text }) => text),
			);
			expect(told).toEqual(['remember', 'planned']);
		});
	});
});
