import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calendar } from '../../../src/services/calendar';
import { SettableClock } from '../../../src/simulator';
import { calendarOf, type CalendarState } from '../../../src/simulator/services/calendar/state';
import { clockOf, Follower, following } from '../../support/follow';
import { withNas, type Scene } from '../../support/nas';

const { triggers } = calendar;
/** Saturday, 24 October 2026, 08:00 in Rome; the clocks go back in the night. */
const NOW = Date.UTC(2026, 9, 24, 6);
const HOUR = 3_600_000;
const options = () => ({ clock: new SettableClock(NOW) });
const stored = ({ simulator }: Scene): CalendarState => calendarOf(simulator.nas);
const daily = {
	uid: 'daily@example.com',
	summary: 'Daily',
	start: '20261020T090000',
	end: '20261020T093000',
	lines: ['RRULE:FREQ=DAILY'],
};

describe('an event that starts', () => {
	test('is told the lead time before, each occurrence of a series by itself, over the change of the clocks', async () => {
		await withNas(options(), async (scene) => {
			stored(scene).addEvent('alice', daily);
			const follower = await new Follower(triggers.eventStarting, scene.dsm, { minutes: 15, keyword: 'daily' }).start();
			const told: unknown[] = [];
			for (let quarter = 0; quarter < 4 * 52; quarter += 1) {
				clockOf(scene).advance(HOUR / 4);
				told.push(...(await follower.poll()).map(({ start, late, minutes_left: left }) => [start, late, left]));
			}
			expect(told).toEqual([
				['2026-10-24T09:00:00+02:00', false, 15],
				['2026-10-25T09:00:00+01:00', false, 15],
				['2026-10-26T09:00:00+01:00', false, 15],
			]);
		});
	});

	test('while nothing was watching is told late, or left out on demand', async () => {
		await withNas(options(), async (scene) => {
			stored(scene).addEvent('alice', daily);
			const given = { minutes: 0, keyword: 'daily' };
			const follower = await new Follower(triggers.eventStarting, scene.dsm, given).start();
			const other = await new Follower(triggers.eventStarting, scene.dsm, { ...given, skip_late: true }).start();
			clockOf(scene).advance(49 * HOUR);
			expect((await follower.poll()).map(({ start, late }) => [start, late])).toEqual([
				['2026-10-24T09:00:00+02:00', true],
				['2026-10-25T09:00:00+01:00', true],
			]);
			expect(await other.poll()).toEqual([]);
		});
	});

	test('that is put off is told again; triggers that poll together ask once', async () => {
		await withNas(options(), async (scene) => {
			const uid = stored(scene).addEvent('alice', {
				summary: 'Once',
				start: '20261024T083000',
				end: '20261024T090000',
			});
			const both = await Promise.all(
				[30, 20].map(
					async (minutes) =>
						await new Follower(triggers.eventStarting, scene.dsm, { minutes, keyword: 'once' }).start(),
				),
			);
			clockOf(scene).advance(12 * 60_000);
			const before = scene.simulator.requests.length;
			const told = await Promise.all(both.map(async (follower) => await follower.poll()));
			expect(told.map((events) => events.map(({ summary }) => summary))).toEqual([[], ['Once']]);
			expect(scene.simulator.requests.slice(before).map(({ method }) => method)).toEqual(['request']);
			stored(scene).edit(uid, (text) => text.replace('T083000', 'T100000').replace('T090000', 'T103000'));
			clockOf(scene).advance(100 * 60_000);
			expect((await both[1]!.poll()).map(({ start }) => start)).toEqual(['2026-10-24T10:00:00+02:00']);
		});
	});

	test('on a whole day starts at midnight of the time zone of Calendar', async () => {
		await withNas(options(), async (scene) => {
			stored(scene).addEvent('alice', { summary: 'Whole', start: '20261026', end: '20261027' });
			const follower = await new Follower(triggers.eventStarting, scene.dsm, { minutes: 0, keyword: 'whole' }).start();
			clockOf(scene).set(Date.UTC(2026, 9, 25, 22, 59));
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).set(Date.UTC(2026, 9, 25, 23));
			expect((await follower.poll()).map(({ start, late }) => [start, late])).toEqual([['2026-10-26', false]]);
		});
	});
});

describe('the agenda', () => {
	test('comes once a day at its hour on the wall clock, with the events of the day', async () => {
		await withNas(options(), async (scene) => {
			stored(scene).addEvent('alice', daily);
			stored(scene).addEvent('alice', { summary: 'Whole', start: '20261025', end: '20261026' });
			const follower = await new Follower(triggers.dailyAgenda, scene.dsm, {
				time: '07:30',
				calendars: ['/alice/home/'],
			}).start();
			const told: unknown[] = [];
			for (let half = 0; half < 2 * 49; half += 1) {
				clockOf(scene).advance(HOUR / 2);
				const at = new Date(clockOf(scene).now()).toISOString();
				told.push(...(await follower.poll()).map(({ date, weekday, text }) => [at, date, weekday, text]));
			}
			expect(told).toEqual([
				[
					'2026-10-25T06:30:00.000Z',
					'2026-10-25',
					'Sunday',
					'All day Whole\n09:00–09:30 Daily\n10:00–11:00 Quarterly review (Room 2)',
				],
				['2026-10-26T06:30:00.000Z', '2026-10-26', 'Monday', expect.stringContaining('09:00–09:30 Daily')],
			]);
			expect(await follower.sample()).toMatchObject([{ date: '2026-10-26', count: 1 }]);
		});
	});

	test('of an empty day is left out on demand, and after a downtime only the latest comes', async () => {
		await withNas(options(), async (scene) => {
			const given = { calendars: ['/alice/tlvjj/'] };
			const follower = await new Follower(triggers.dailyAgenda, scene.dsm, given).start();
			const other = await new Follower(triggers.dailyAgenda, scene.dsm, { ...given, skip_empty: true }).start();
			clockOf(scene).advance(100 * HOUR);
			expect((await follower.drain()).map(({ date, text }) => [date, text])).toEqual([
				['2026-10-28', 'Nothing on this day.'],
			]);
			expect(await other.drain()).toEqual([]);
		});
	});
});

describe('changes', () => {
	test('cost one request when there are none, for all triggers together', async () => {
		await following(
			triggers.eventCreated,
			{},
			async (follower, scene) => {
				const other = await new Follower(triggers.eventUpdated, scene.dsm, {}).start();
				await follower.poll();
				const before = scene.simulator.requests.length;
				expect(await Promise.all([follower.poll(), other.poll()])).toEqual([[], []]);
				expect(scene.simulator.requests.slice(before)).toHaveLength(1);
			},
			options(),
		);
	});

	test('through the web API and through CalDAV are both seen, with the fields of the operations', async () => {
		await following(
			triggers.eventCreated,
			{},
			async (follower, scene) => {
				const { create } = calendar.resources.event.operations;
				const made = await scene.dsm.do(create, { cal_id: '/alice/home/', summary: 'Web', start: '2026-12-01T10:00' });
				stored(scene).addEvent('alice', { summary: 'Dav', start: '20301201T100000', calendar: 'Projects' });
				const [web, dav] = await follower.poll();
				expect(web).toMatchObject({
					evt_id: made.evt_id,
					cal_id: '/alice/home/',
					summary: 'Web',
					start: made.start,
					tz_id: 'Europe/Rome',
				});
				expect(dav).toMatchObject({ cal_id: '/alice/tlvjj/', summary: 'Dav', start: '2030-12-01T10:00:00+01:00' });
			},
			options(),
		);
	});

	test('of place are one update, not a deletion and a creation', async () => {
		await withNas(options(), async (scene) => {
			const followers = await Promise.all(
				[triggers.eventCreated, triggers.eventUpdated, triggers.eventDeleted].map(
					async (one) => await new Follower(one, scene.dsm, {}).start(),
				),
			);
			const review = stored(scene).object('event-review@cal.synology.com');
			stored(scene).move(review, stored(scene).calendar('alice', 'Projects'), 'alice');
			const told = await Promise.all(
				followers.map(async (follower) => (await follower.poll()).map(({ summary, cal_id }) => [summary, cal_id])),
			);
			expect(told).toEqual([[], [['Quarterly review', '/alice/tlvjj/']], []]);
		});
	});

	test('in a calendar that is shared from now on are told, but not what it held; one that goes away cancels nothing', async () => {
		await withNas(options(), async (scene) => {
			const created = await new Follower(triggers.eventCreated, scene.dsm, {}).start();
			const cancelled = await new Follower(triggers.eventDeleted, scene.dsm, {}).start();
			const state = stored(scene);
			const shared = state.addCalendar('carol', 'Office', { slug: 'office' });
			state.addEvent('carol', { summary: 'Old', start: '20261201T100000', calendar: 'Office' });
			state.share(shared, 'alice', 'RO');
			expect(await created.poll()).toEqual([]);
			state.addEvent('carol', { summary: 'New', start: '20261201T100000', calendar: 'Office' });
			expect((await created.poll()).map(({ summary }) => summary)).toEqual(['New']);
			await cancelled.poll();
			shared.shares.clear();
			expect(await cancelled.poll()).toEqual([]);
			state.addCalendar('alice', 'Own', { slug: 'own' });
			state.addEvent('alice', { summary: 'First', start: '20261201T100000', calendar: 'Own' });
			expect((await created.poll()).map(({ summary }) => summary)).toEqual(['First']);
		});
	});

	test('in other calendars are told while one cannot be read, and its own later', async () => {
		await withNas(options(), async (scene) => {
			const follower = await new Follower(triggers.eventCreated, scene.dsm, {}).start();
			stored(scene).addEvent('alice', { summary: 'Here', start: '20261201T100000' });
			stored(scene).addEvent('alice', { summary: 'There', start: '20261201T100000', calendar: 'Projects' });
			await follower.poll({ commit: false });
			scene.simulator.nas.faults.dav(403, { method: 'REPORT' });
			expect((await follower.poll()).map(({ summary }) => summary)).toEqual(['There']);
			expect((await follower.poll()).map(({ summary }) => summary)).toEqual(['Here']);
		});
	});
});

type Step = { kind: 'add' | 'rename' | 'cancel' | 'poll' | 'lose'; pick: number };

test('whatever happens in whatever order, no event is lost and none is told twice', async () => {
	const step = fc.record({
		kind: fc.constantFrom<Step['kind']>('add', 'add', 'rename', 'cancel', 'poll', 'poll', 'lose'),
		pick: fc.nat(30),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 18 }), async (steps) => {
			await withNas(options(), async (scene) => {
				const names = ['eventCreated', 'eventDeleted'] as const;
				const followers = await Promise.all(
					names.map(async (name) => await new Follower(triggers[name], scene.dsm, {}).start()),
				);
				for (const follower of followers) follower.removesRepeats = true;
				const told: string[][] = [[], []];
				const poll = async (commit: boolean) => {
					for (const [index, follower] of followers.entries())
						told[index]!.push(...(await follower.poll({ commit })).map(({ ical_uid: uid }) => uid));
				};
				/** Known to the cursor, as of the last poll that was stored. */
				let settled = new Set<string>();
				const present = new Set<string>();
				const expected: string[][] = [[], []];
				let count = 0;
				/** A thing that came and went between two polls need not be told. */
				const settle = async (commit: boolean) => {
					await poll(commit);
					if (!commit) return;
					expected[0]!.push(...[...present].filter((uid) => !settled.has(uid)));
					expected[1]!.push(...[...settled].filter((uid) => !present.has(uid)));
					settled = new Set(present);
				};
				for (const { kind, pick } of steps) {
					clockOf(scene).advance(1000);
					const chosen = [...present][pick % Math.max(1, present.size)];
					if (kind === 'add')
						present.add(stored(scene).addEvent('alice', { uid: `e${++count}@example.com`, start: '20261201T100000' }));
					else if (kind === 'rename' && chosen) stored(scene).rename(chosen, `name ${pick}`);
					else if (kind === 'cancel' && chosen) {
						stored(scene).cancel(chosen);
						present.delete(chosen);
					} else if (kind === 'poll') await settle(true);
					else if (kind === 'lose') scene.simulator.nas.faults.loseSessions(119);
				}
				await settle(true);
				expect(told.map((uids) => [...uids].sort())).toEqual(expected.map((uids) => [...uids].sort()));
			});
		}),
		{ numRuns: 15 },
	);
}, 120_000);
