import { describe, expect, test } from '@jest/globals';
import { contacts } from '../../../src/services/contacts';
import { SettableClock } from '../../../src/simulator';
import { contactsOf } from '../../../src/simulator/services/contacts/state';
import { clockOf, following } from '../../support/follow';
import type { Scene } from '../../support/nas';
import { tellsEachOnce } from '../../support/trigger-suite';

const { birthdayDue, anniversaryDue } = contacts.triggers;
const stage = ({ simulator }: Scene) => contactsOf(simulator.nas);
const at = (time: string) => ({ clock: new SettableClock(Date.parse(time)) });
const go = (scene: Scene, time: string) => clockOf(scene).advance(Date.parse(time) - scene.simulator.nas.clock.now());
const born = (scene: Scene, uid: string, date: string) =>
	stage(scene).saveAs('alice', { uid, full_name: uid, lines: [`BDAY:${date}`] });
const zone = { time_zone: 'Europe/Rome' };
/** The longest day of a year. */
const DAY = 25 * 3_600_000;

for (const [trigger, property] of [
	[birthdayDue, 'BDAY'],
	[anniversaryDue, 'X-ANNIVERSARY'],
] as const) {
	tellsEachOnce({
		trigger,
		given: { ...zone, hour: 0 },
		many: 25,
		anyOrder: true,
		options: at('2026-11-22T12:00:00Z'),
		happen: (scene, n) => {
			const now = scene.simulator.nas.clock.now();
			// Each falls on a day that has not begun in Rome, and then comes, also where a day has 25 hours.
			const day = new Date(now + DAY).toLocaleDateString('sv-SE', { timeZone: zone.time_zone });
			stage(scene).saveAs('alice', { uid: `p${n}`, full_name: `P ${n}`, lines: [`${property}:${day}`] });
			clockOf(scene).advance(DAY);
			return `p${n}`;
		},
		nameOf: ({ uid }) => uid!,
		noise: (scene) => void born(scene, 'noise', '1990-01-01'),
	});
}

describe('birthdays', () => {
	test('are told at the hour of the day, with the age, and once a year', async () => {
		await following(
			birthdayDue,
			{ ...zone, hour: 8 },
			async (follower, scene) => {
				go(scene, '2027-04-23T05:59:00Z');
				expect(await follower.poll()).toEqual([]);
				go(scene, '2027-04-23T06:00:00Z');
				expect(await follower.poll()).toMatchObject([{ uid: 'card-dana', date: '2027-04-23', years: 47 }]);
				go(scene, '2027-04-23T20:00:00Z');
				expect(await follower.poll()).toEqual([]);
				go(scene, '2028-04-23T06:00:00Z');
				expect(await follower.poll()).toMatchObject([{ uid: 'card-dana', date: '2028-04-23', years: 48 }]);
			},
			at('2027-04-01T12:00:00Z'),
		);
	});

	test.each([
		['february28', '2027-02-28T07:00:00Z', '2027-02-28'],
		['march1', '2027-03-01T07:00:00Z', '2027-03-01'],
	] as const)('of 29 February are kept by the rule %s in a common year', async (leap_day, time, date) => {
		await following(
			birthdayDue,
			{ ...zone, leap_day },
			async (follower, scene) => {
				clockOf(scene).advance(Date.parse(time) - 60_000 - scene.simulator.nas.clock.now());
				expect(await follower.poll()).toEqual([]);
				go(scene, time);
				expect(await follower.poll()).toMatchObject([{ uid: 'card-erin', date, years: null }]);
				go(scene, '2027-03-05T12:00:00Z');
				expect(await follower.poll()).toEqual([]);
			},
			at('2027-02-20T12:00:00Z'),
		);
	});

	test('of 29 February are kept on that day in a leap year', async () => {
		await following(
			birthdayDue,
			zone,
			async (follower, scene) => {
				go(scene, '2028-02-29T06:59:00Z');
				expect(await follower.poll()).toEqual([]);
				go(scene, '2028-02-29T07:00:00Z');
				expect(await follower.poll()).toMatchObject([{ uid: 'card-erin', date: '2028-02-29' }]);
			},
			at('2028-02-20T12:00:00Z'),
		);
	});

	test('are told days before, across the turn of the year and of the clocks', async () => {
		await following(
			birthdayDue,
			{ ...zone, days_before: 7 },
			async (follower, scene) => {
				born(scene, 'newyear', '2000-01-03');
				go(scene, '2026-12-27T07:00:00Z');
				expect(await follower.poll()).toMatchObject([{ uid: 'newyear', date: '2027-01-03', years: 27 }]);
				born(scene, 'spring', '--0401');
				go(scene, '2027-03-25T06:59:00Z');
				expect(await follower.poll()).toEqual([]);
				go(scene, '2027-03-25T07:00:00Z');
				expect(await follower.poll()).toMatchObject([{ uid: 'spring', date: '2027-04-01' }]);
			},
			at('2026-12-20T12:00:00Z'),
		);
	});

	test('missed while nobody polled are told, those of the last 31 days', async () => {
		await following(
			birthdayDue,
			zone,
			async (follower, scene) => {
				born(scene, 'long-ago', '1990-02-01');
				born(scene, 'lately', '1990-04-10');
				go(scene, '2027-05-01T12:00:00Z');
				expect((await follower.poll()).map(({ uid }) => uid)).toEqual(['lately', 'card-dana']);
			},
			at('2027-01-01T12:00:00Z'),
		);
	});

	test('that are changed or taken away meanwhile follow the card', async () => {
		await following(
			birthdayDue,
			zone,
			async (follower, scene) => {
				expect(await follower.poll()).toEqual([]);
				stage(scene).editCard('card-dana', (text) => text.replace('BDAY:1980-04-23', 'BDAY:1980-04-25'));
				go(scene, '2027-04-24T12:00:00Z');
				expect(await follower.poll()).toEqual([]);
				go(scene, '2027-04-25T12:00:00Z');
				expect(await follower.poll()).toMatchObject([{ uid: 'card-dana', date: '2027-04-25' }]);
			},
			at('2027-04-20T12:00:00Z'),
		);
	});

	test('cost one request on an ordinary day', async () => {
		await following(birthdayDue, zone, async (follower, scene) => {
			const before = scene.simulator.requests.length;
			await follower.poll();
			expect(scene.simulator.requests.slice(before).map(({ path }) => path)).toEqual(['/carddav/alice/']);
		});
	});

	test('show the next ones as samples', async () => {
		await following(
			birthdayDue,
			zone,
			async (follower) => {
				expect((await follower.sample()).map(({ uid, date }) => [uid, date])).toEqual([
					['card-erin', '2027-02-28'],
					['card-dana', '2027-04-23'],
				]);
			},
			at('2026-11-22T12:00:00Z'),
		);
	});
});

test('an anniversary tells how many years it is', async () => {
	await following(
		anniversaryDue,
		zone,
		async (follower, scene) => {
			go(scene, '2027-06-05T07:00:00Z');
			expect(await follower.poll()).toMatchObject([{ uid: 'card-erin', date: '2027-06-05', years: 17 }]);
		},
		at('2027-06-01T12:00:00Z'),
	);
});
