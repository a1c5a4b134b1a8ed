import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { calendar } from '../../../src/services/calendar';
import { SettableClock } from '../../../src/simulator';
import { calendarOf } from '../../../src/simulator/services/calendar/state';
import { failure, withNas, type Scene } from '../../support/nas';

const {
	calendar: calendars,
	event,
	todo,
	availability,
	invitee,
	timezone,
	setting,
	meeting,
	foreign,
} = Object.fromEntries(Object.entries(calendar.resources).map(([name, { operations }]) => [name, operations])) as {
	[K in keyof typeof calendar.resources]: (typeof calendar.resources)[K]['operations'];
};

/** Monday, 10:00 in Rome. */
const NOW = Date.UTC(2026, 9, 19, 8);
const onNas = async (run: (scene: Scene) => Promise<void>) => await withNas({ clock: new SettableClock(NOW) }, run);
const stored = (scene: Scene) => calendarOf(scene.simulator.nas);

describe('calendars', () => {
	test('are listed with their addresses, also where Calendar refuses to list all kinds at once', async () => {
		await onNas(async (scene) => {
			stored(scene).switches.refusesAll = true;
			const rows = await scene.dsm.do(calendars.list, {});
			expect(
				rows.map(({ cal_id, cal_displayname, cal_privilege }) => [cal_id, cal_displayname, cal_privilege]),
			).toEqual([
				['/alice/home/', 'My Calendar', 'RW'],
				['/alice/tlvjj/', 'Projects', 'RW'],
				['/alice/bob--qwert/', 'Team', 'RW'],
				['/alice/home_todo/', 'Inbox', 'RW'],
			]);
			expect(rows[1]).toMatchObject({
				caldav_url: `${scene.simulator.url}/caldav/alice/tlvjj/`,
				public_url: `${scene.simulator.url}/sharing/cO9KZOHlK`,
			});
			expect(await scene.dsm.do(calendars.getPublicLink, { cal_id: 'alice/home' })).toMatchObject({
				is_public: false,
				public_url: '',
			});
		});
	});

	test('are created, changed and deleted; what is not given stays', async () => {
		await onNas(async ({ dsm }) => {
			const { cal_id } = await dsm.do(calendars.create, {
				cal_displayname: 'Trips',
				cal_description: 'Abroad',
				notify_evt_by_mail: true,
			});
			await dsm.do(calendars.setColor, { cal_id, cal_color: '#FF0000' });
			await dsm.do(calendars.update, { cal_id, cal_displayname: 'Journeys' });
			expect(await dsm.do(calendars.get, { cal_id })).toMatchObject({
				cal_displayname: 'Journeys',
				cal_description: 'Abroad',
				cal_color: '#FF0000',
				notify_evt_by_mail: true,
			});
			await dsm.do(calendars.delete, { cal_id });
			expect((await failure(dsm.do(calendars.get, { cal_id }))).message).toMatch(/unknown calendar/);
		});
	});

	test('are shared with further people and no longer shared with some', async () => {
		await onNas(async ({ dsm, acquire }) => {
			const cal_id = '/alice/tlvjj/';
			await dsm.do(calendars.share, { cal_id, users: 'bob, carol' as never });
			const shares = await dsm.do(calendars.share, { cal_id, users: ['bob'], groups: ['users'], cal_privilege: 'RW' });
			expect(await dsm.do(calendars.listShares, { cal_id })).toEqual(shares);
			expect(shares).toEqual([
				{ ug_name: 'carol', cal_privilege: 'RO', type: 'DSM_USER' },
				{ ug_name: 'bob', cal_privilege: 'RW', type: 'DSM_USER' },
				{ ug_name: 'users', cal_privilege: 'RW', type: 'DSM_GROUP' },
			]);
			const bob = acquire({ account: 'bob', password: 'bob-Passw0rd' }).dsm;
			expect((await bob.do(calendars.list, {})).map(({ cal_id: id }) => id)).toContain('/bob/alice--tlvjj/');
			const left = await dsm.do(calendars.unshare, { cal_id, users: ['bob', 'carol'] });
			expect(left.map(({ ug_name }) => ug_name)).toEqual(['users']);
			expect((await failure(dsm.do(calendars.share, { cal_id }))).message).toBe('Name a user or a group.');
			expect((await dsm.do(calendars.listShareTargets, {})).map(({ name }) => name)).toContain('carol');
		});
	});

	test('are exported to a file that is imported into another one, exceptions of series included', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const { evt_id } = await dsm.do(event.create, {
				cal_id: '/alice/home/',
				summary: 'Sync',
				start: '2026-10-20T10:00',
				repeat: 'week',
				repeat_until: '2026-11-10',
			});
			await dsm.do(event.update, { evt_id, scope: 'one', recurrence_id: '20261027T100000', summary: 'Sync, moved' });
			const file = await dsm.do(calendars.export, { cal_id: '/alice/home/' });
			const bytes = Buffer.concat(await file.stream.toArray());
			const { cal_id } = await dsm.do(calendars.create, { cal_displayname: 'Copy' });
			const source = { name: 'home.ics', size: bytes.length, open: () => Readable.from([bytes]) };
			const rows = await dsm.do(calendars.import, { cal_id, file: source });
			expect(rows.map(({ summary, status }) => [summary, status])).toEqual([
				['Quarterly review', 'created'],
				['Stand-up', 'created'],
				['Day off', 'created'],
				['Sync', 'created'],
			]);
			const copied = await dsm.do(event.list, { calendars: [cal_id], keyword: 'sync', end: '2026-11-01' });
			expect(copied.map(({ summary }) => summary)).toEqual(['Sync', 'Sync, moved']);
			expect((await dsm.do(calendars.import, { cal_id, file: source })).map(({ status }) => status)).toEqual(
				Array(4).fill('skipped'),
			);
			expect(
				(await dsm.do(calendars.import, { cal_id, file: source, existing: 'replace' })).map(({ status }) => status),
			).toEqual(Array(4).fill('replaced'));
		});
	});

	test('take the sound events of a file; each broken one is reported with its line', async () => {
		await onNas(async ({ dsm }) => {
			const ics = [
				'BEGIN:VCALENDAR',
				'VERSION:2.0',
				'BEGIN:VEVENT',
				'UID:good@example.com',
				'DTSTART:20261101T080000Z',
				'SUMMARY:Good\\, really',
				'END:VEVENT',
				'BEGIN:VEVENT',
				'UID:nodate@example.com',
				'SUMMARY:No date',
				'END:VEVENT',
				'BEGIN:VEVENT',
				'UID:bad@example.com',
				'DTSTART:20261102T080000Z',
				'this is no property',
				'END:VEVENT',
				'BEGIN:VEVENT',
				'UID:open@example.com',
				'DTSTART:20261102T080000Z',
				'BEGIN:VEVENT',
				'DTSTART;VALUE=DATE:20261103',
				'SUMMARY:Without UID',
				'END:VEVENT',
				'BEGIN:VTODO',
				'UID:todo@example.com',
				'SUMMARY:A to-do',
				'END:VTODO',
				'END:VCALENDAR',
			].join('\n');
			const rows = await dsm.do(calendars.import, { cal_id: '/alice/tlvjj/', ics });
			expect(rows.map(({ line, status, summary, reason }) => [line, status, summary, reason])).toEqual([
				[8, 'refused', 'No date', 'Line 8: The event has no DTSTART.'],
				[12, 'refused', '', 'Line 15: This is no property of iCalendar.'],
				[17, 'refused', '', 'Line 17: VEVENT does not end.'],
				[3, 'created', 'Good, really', ''],
				[20, 'created', 'Without UID', ''],
				[24, 'refused', 'A to-do', expect.stringMatching(/is a calendar of events and takes no to-dos/)],
			]);
			expect((await failure(dsm.do(calendars.import, { cal_id: '/alice/tlvjj/', ics: 'nothing' }))).message).toMatch(
				/no event and no to-do/,
			);
		});
	});
});

describe('to-dos', () => {
	test('are put on a list, changed, ticked off, opened again and deleted', async () => {
		await onNas(async ({ dsm }) => {
			const made = await dsm.do(todo.create, {
				list_id: '/alice/home_todo/',
				summary: 'Call',
				due: '2026-10-26T09:00',
				description: 'The bank',
				reminders: [10],
			});
			expect(made).toMatchObject({
				due: '2026-10-26T09:00:00+01:00',
				start: null,
				is_done: false,
				label: 'Call (2026-10-26 09:00)',
			});
			const changed = await dsm.do(todo.update, { evt_id: made.evt_id, summary: 'Call them' });
			expect(changed).toMatchObject({
				due: made.due,
				description: 'The bank',
				reminders: [{ minutes: 10, related: 'start' }],
			});
			expect(await dsm.do(todo.complete, { evt_id: made.evt_id })).toMatchObject({ is_done: true, due: made.due });
			expect(await dsm.do(todo.reopen, { evt_id: made.evt_id })).toMatchObject({ is_done: false });
			expect(await dsm.do(todo.update, { evt_id: made.evt_id, due: '2026-10-27' })).toMatchObject({
				due: '2026-10-27',
				is_all_day: true,
			});
			expect(await dsm.do(todo.complete, { evt_id: made.evt_id })).toMatchObject({ due: '2026-10-27' });
			await dsm.do(todo.delete, { evt_id: made.evt_id });
			expect((await failure(dsm.do(todo.get, { evt_id: made.evt_id }))).message).toMatch(/there is no such event/);
		});
	});

	test('are listed by state and date; the completed ones are cleaned up', async () => {
		await onNas(async ({ dsm }) => {
			await dsm.do(todo.create, { list_id: '/alice/home_todo/', summary: 'Later', due: '2026-12-01' });
			const names = async (given: object) => (await dsm.do(todo.list, given)).map(({ summary }) => summary);
			expect(await names({})).toEqual(['Order paper', 'Later', 'Water the plants']);
			expect(await names({ filter_complete: 'no', due_before: '2026-11-01' })).toEqual(['Order paper']);
			expect(await dsm.do(todo.clearCompleted, {})).toEqual({ count: 1 });
			expect(await names({})).toEqual(['Order paper', 'Later']);
			expect((await dsm.do(todo.listLists, {})).map(({ cal_id }) => cal_id)).toEqual(['/alice/home_todo/']);
		});
	});
});

describe('availability', () => {
	const calendarsOf = { calendars: ['/alice/home/'] };

	test('busy periods that touch are one; all-day events count from midnight to midnight of the zone', async () => {
		await onNas(async ({ dsm }) => {
			await dsm.do(event.create, { cal_id: '/alice/home/', summary: 'Next', start: '2026-10-20T11:00' });
			const rows = await dsm.do(availability.listBusy, { ...calendarsOf, start: '2026-10-20', end: '2026-10-23' });
			expect(rows).toEqual([
				{ start: '2026-10-20T10:00:00+02:00', end: '2026-10-20T12:00:00+02:00', events: ['Quarterly review', 'Next'] },
				{ start: '2026-10-22T00:00:00+02:00', end: '2026-10-23T00:00:00+02:00', events: ['Day off'] },
			]);
		});
	});

	test('a period is free or not', async () => {
		await onNas(async ({ dsm }) => {
			const check = async (start: string, end: string) =>
				(await dsm.do(availability.check, { ...calendarsOf, start, end })).available;
			expect(await check('2026-10-20T09:00', '2026-10-20T10:00')).toBe(true);
			expect(await check('2026-10-20T09:00', '2026-10-20T10:01')).toBe(false);
			expect(await check('2026-10-22T12:00', '2026-10-22T13:00')).toBe(false);
		});
	});

	test('free slots lie within working hours, between events, on working days', async () => {
		await onNas(async ({ dsm }) => {
			const rows = await dsm.do(availability.listFree, {
				...calendarsOf,
				start: '2026-10-20',
				end: '2026-10-24',
				minutes: 180,
				step: 60,
			});
			expect(rows.map(({ start, end }) => [start, end])).toEqual([
				['2026-10-20T11:00:00+02:00', '2026-10-20T14:00:00+02:00'],
				['2026-10-20T14:00:00+02:00', '2026-10-20T17:00:00+02:00'],
				['2026-10-21T09:00:00+02:00', '2026-10-21T12:00:00+02:00'],
				['2026-10-21T12:00:00+02:00', '2026-10-21T15:00:00+02:00'],
				['2026-10-23T09:00:00+02:00', '2026-10-23T12:00:00+02:00'],
				['2026-10-23T13:00:00+02:00', '2026-10-23T16:00:00+02:00'],
			]);
		});
	});
});

describe('the rest', () => {
	test('people, zones and settings are given, settings changed', async () => {
		await onNas(async ({ dsm }) => {
			expect((await dsm.do(invitee.list, {})).map(({ email }) => email)).toContain('dana@example.org');
			expect((await dsm.do(timezone.list, {})).map(({ tzid }) => tzid)).toContain('Europe/Rome');
			await dsm.do(setting.update, { time_zone: 'Asia/Tokyo', week_start_day: '6', default_alarm_minutes: 15 });
			await dsm.do(setting.update, { default_alarm_ad_minutes: -1 });
			expect(await dsm.do(setting.get, {})).toMatchObject({
				time_zone: 'Asia/Tokyo',
				week_start_day: 6,
				default_alarm_is_set: true,
				default_alarm_minutes: 15,
				default_alarm_ad_is_set: false,
				default_cal: '/alice/home/',
			});
			expect((await failure(dsm.do(setting.update, { time_zone: 'Nowhere' }))).message).toMatch(/is not a time zone/);
		});
	});

	test('calls without published parameters pass on what they are given', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			expect(await dsm.do(meeting.getServer, {})).toEqual({});
			expect(await dsm.do(meeting.list, {})).toEqual({ list: [] });
			await dsm.do(meeting.create, { params: { evt_id: 1281 } });
			expect(stored(scene).recorded.at(-1)).toMatchObject({ method: 'jitsi', params: { evt_id: 1281 } });
			expect(await dsm.do(foreign.create, { params: '{"name": "example"}' })).toMatchObject({ id: 1, name: 'example' });
			await dsm.do(foreign.update, { params: { id: 1, name: 'other' } });
			expect(await dsm.do(foreign.get, { params: { id: 1 } })).toMatchObject({ name: 'other' });
			await dsm.do(foreign.delete, { params: { id: 1 } });
			expect(await dsm.do(foreign.list, { params: { any: 1 } })).toEqual({ list: [] });
			expect((await failure(dsm.do(foreign.list, {})))['dsmCode']).toBe(117);
		});
	});

	test('an account that has never opened Calendar is told so', async () => {
		await withNas({ clock: new SettableClock(NOW) }, async ({ acquire }) => {
			const { dsm } = acquire({ account: 'nochat', password: 'nochat-Passw0rd' });
			const error = await failure(dsm.do(event.list, {}));
			expect([error.message, error['hint']]).toEqual([
				expect.stringMatching(/never opened Calendar/),
				expect.stringMatching(/Open Calendar once/),
			]);
		});
	});
});
