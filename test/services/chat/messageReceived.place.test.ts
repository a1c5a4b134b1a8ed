import { describe, expect, test } from '@jest/globals';
import { Follower, following } from './follow';

describe('keeping the place', () => {
	test('a crash before the cursor was stored repeats the same events', async () => {
		await following({}, async (follower, { chat, clock }) => {
			const root = chat.postAs('bob', 'General', 'one');
			chat.postAs('bob', 'General', 'two', { thread_id: root.post_id });
			clock.advance(10_000);
			const first = await follower.poll({ commit: false });
			expect(await follower.poll()).toEqual(first);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('a restart goes on from the stored cursor, with what came meanwhile', async () => {
		await following({}, async (follower, { chat, clock, scene }) => {
			chat.postAs('bob', 'General', 'while off');
			clock.advance(3_600_000);
			const lease = scene.acquire({ session: 'Chat' });
			const again = new Follower(lease.dsm);
			again.cursor = follower.cursor;
			expect(await again.texts()).toEqual(['while off']);
			await lease.release();
		});
	});

	test.each([106, 107, 119])('a session lost with code %i in mid-poll costs nothing', async (code) => {
		await following({}, async (follower, { chat, clock, scene }) => {
			for (let n = 0; n < 60; n++) chat.postAs('bob', 'General', `message ${n}`);
			clock.advance(10_000);
			let lost = false;
			scene.simulator.use({
				'SYNO.Chat.Post.list': () => {
					if (!lost) scene.simulator.nas.faults.loseSessions(code);
					lost = true;
					return undefined;
				},
			});
			expect(await follower.texts()).toHaveLength(60);
			expect(await follower.texts()).toEqual([]);
		});
	});

	test('when the budget ends first, the rest comes with the next poll', async () => {
		await following({}, async (follower, { chat, clock }) => {
			const texts = Array.from({ length: 130 }, (_, n) => `message ${n}`);
			for (const text of texts) chat.postAs('bob', 'General', text);
			clock.advance(10_000);
			const found: string[] = [];
			for (let poll = 0; poll < 6; poll++) {
				const events = await follower.poll({ budget: { left: () => false } });
				found.push(...events.map(({ text }) => text));
				expect(follower.more).toBe(poll < 3);
				if (!follower.more) break;
			}
			expect(found).toEqual(texts);
		});
	});

	test('a hundred triggers that poll together cost one request', async () => {
		await following({}, async (follower, { requests, scene }) => {
			await follower.poll();
			const followers = Array.from({ length: 100 }, () => new Follower(scene.dsm));
			for (const other of followers) other.cursor = follower.cursor;
			const before = requests.length;
			await Promise.all(followers.map(async (other) => await other.poll()));
			expect(requests.length - before).toBe(1);
		});
	});

	test('a sample shows the newest messages and moves nothing', async () => {
		await following({}, async (follower, { chat, clock }) => {
			for (let n = 0; n < 12; n++) {
				chat.postAs('bob', 'General', `message ${n}`);
				clock.advance(1000);
			}
			const sample = await follower.sample();
			expect(sample.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, n) => `message ${11 - n}`));
			expect(await follower.poll()).toHaveLength(12);
		});
	});
});
