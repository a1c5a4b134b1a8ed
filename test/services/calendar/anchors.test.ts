import { describe, expect, test } from '@jest/globals';
import { put } from '../../../src/catalog/davWrite';
import { calendar } from '../../../src/services/calendar';
import { getEvent, getTodo } from '../../../src/services/calendar/wire';
import { SettableClock } from '../../../src/simulator';
import { withNas, type Scene } from '../../support/nas';

const NOW = Date.parse('2026-10-01T08:00:00Z');
const { import: importFile } = calendar.resources.calendar.operations;
const { getByUid, list, update, delete: remove } = calendar.resources.event.operations;
const onNas = async (run: (scene: Scene) => Promise<void>) => await withNas({ clock: new SettableClock(NOW) }, run);
const { complete, list: listTodos, reopen, update: updateTodo } = calendar.resources.todo.operations;
const cal_id = '/alice/home/';

const ICS = [
	'BEGIN:VCALENDAR',
	'VERSION:2.0',
	'BEGIN:VEVENT',
	'UID:series',
	'SUMMARY:At ten',
	'DTSTART;TZID=Europe/Rome:20261005T100000',
	'DTEND;TZID=Europe/Rome:20261005T110000',
	'RRULE:FREQ=WEEKLY;COUNT=5',
	'ATTENDEE;CN=Bob;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:mailto:bob@example.com',
	...['BEGIN:VALARM', 'ACTION:EMAIL', 'TRIGGER;RELATED=END:-PT5M', 'END:VALARM'],
	'END:VEVENT',
	'END:VCALENDAR',
	'',
].join('\r\n');

describe('a series', () => {
	const series = async ({ dsm }: Scene) => {
		await dsm.do(importFile, { cal_id, ics: ICS });
		const { evt_id } = await dsm.do(getByUid, { cal_id, ical_uid: 'series' });
		const text = async () => (await dsm.call(getEvent, { cal_id, ical_uid: 'series' })).evt_ical ?? '';
		return { evt_id, text };
	};

	test('takes its deleted and moved occurrences along when all are moved', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const { evt_id } = await series(scene);
			await dsm.do(remove, { evt_id, scope: 'one', recurrence_id: '20261012T100000' });
			await dsm.do(update, { evt_id, scope: 'one', recurrence_id: '20261019T100000', start: '2026-10-19T15:00' });
			await dsm.do(update, { evt_id, scope: 'all', start: '2026-10-05T10:30' });
			const rows = await dsm.do(list, { calendars: [cal_id], start: '2026-10-01', end: '2026-12-01' });
			expect(rows.filter((row) => row.evt_id === evt_id).map(({ start }) => start.slice(0, 16))).toEqual([
				'2026-10-05T10:30',
				'2026-10-19T15:00',
				'2026-10-26T10:30',
				'2026-11-02T10:30',
			]);
		});
	});

	test('keeps people and alarms as they were when its title is changed', async () => {
		await onNas(async (scene) => {
			const { evt_id, text } = await series(scene);
			await scene.dsm.do(update, { evt_id, scope: 'all', summary: 'At 2' });
			const lines = (await text()).replace(/\r\n /g, '').split('\r\n');
			expect(lines).toEqual(
				expect.arrayContaining([
					'SUMMARY:At 2',
					'ATTENDEE;CN=Bob;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:mailto:bob@example.com',
					'ACTION:EMAIL',
					'TRIGGER;RELATED=END:-PT5M',
				]),
			);
		});
	});
});

describe('this and the following occurrences', () => {
	const lines = (extra: string[]) =>
		[
			...ICS.split('\r\n').slice(0, 7),
			'RRULE:FREQ=WEEKLY;COUNT=8',
			...extra,
			'SUMMARY;LANGUAGE=it:Alle dieci',
			'X-OWN;P=1:stays',
			'END:VEVENT',
			'BEGIN:VEVENT',
			'UID:series',
			'RECURRENCE-ID;TZID=Europe/Rome:20261109T100000',
			'DTSTART;TZID=Europe/Rome:20261109T150000',
			'DTEND;TZID=Europe/Rome:20261109T160000',
			'SUMMARY:Moved',
			'X-OVERRIDE:stays',
			'END:VEVENT',
			'END:VCALENDAR',
			'',
		]
			.filter((one) => one !== 'SUMMARY:At ten')
			.join('\r\n');

	test('take later exceptions along, in whatever zone they stand, and every line that is not changed', async () => {
		await onNas(async ({ dsm }) => {
			const exceptions = [
				'EXDATE:20261026T090000Z',
				'EXDATE;TZID=Europe/Rome:20261102T100000',
				'RDATE;TZID=Europe/Rome:20261006T100000,20261021T100000',
			];
			await dsm.do(importFile, { cal_id, ics: lines(exceptions) });
			const { evt_id } = await dsm.do(getByUid, { cal_id, ical_uid: 'series' });
			const key = { scope: 'following' as const, recurrence_id: '20261019T100000' };
			const next = await dsm.do(update, { evt_id, ...key, summary: 'Neu' });
			const textOf = async (id: string) =>
				((await dsm.call(getEvent, { evt_id: Number(id) })).evt_ical ?? '').split('\r\n');
			const [old, rest] = [await textOf(evt_id), await textOf(next.evt_id)];
			expect(rest).toEqual(
				expect.arrayContaining([
					'DTSTART;TZID=Europe/Rome:20261019T100000',
					'DTEND;TZID=Europe/Rome:20261019T110000',
					'RRULE:FREQ=WEEKLY;COUNT=6',
					'EXDATE:20261026T090000Z',
					'EXDATE;TZID=Europe/Rome:20261102T100000',
					'RDATE;TZID=Europe/Rome:20261021T100000',
					'SUMMARY;LANGUAGE=it:Neu',
					'X-OWN;P=1:stays',
					'RECURRENCE-ID;TZID=Europe/Rome:20261109T100000',
					'SUMMARY:Moved',
					'X-OVERRIDE:stays',
				]),
			);
			expect(old).toEqual(expect.arrayContaining(['RDATE;TZID=Europe/Rome:20261006T100000', 'X-OWN;P=1:stays']));
			const added = dsm.do(update, { evt_id, ...key, recurrence_id: '20261006T100000', summary: 'Neu' });
			await expect(added).rejects.toThrow(/gives no occurrence at 20261006T100000/);
			expect(old.filter((one) => /^(EXDATE|RECURRENCE-ID|X-OVERRIDE)/.test(one))).toEqual([]);
		});
	});
});

test('a split at a changed occurrence goes on with all lines of that one', async () => {
	await onNas(async ({ dsm }) => {
		const own = [
			'BEGIN:VEVENT',
			'UID:series',
			'RECURRENCE-ID;TZID=Europe/Rome:20261019T100000',
			'DTSTART;TZID=Europe/Rome:20261019T150000',
			'DURATION:PT90M',
			'SUMMARY;LANGUAGE=it:Spostato',
			'X-OWN;P="a:b":stays wh',
			' ere it is',
			...['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER;RELATED=END:-PT5M', 'END:VALARM'],
			'END:VEVENT',
		];
		const ics = ICS.replace('END:VCALENDAR', [...own, 'END:VCALENDAR'].join('\r\n'));
		await dsm.do(importFile, { cal_id, ics });
		const { evt_id } = await dsm.do(getByUid, { cal_id, ical_uid: 'series' });
		const next = await dsm.do(update, {
			...{ evt_id, scope: 'following', recurrence_id: '20261019T100000' },
			location: 'Room 2',
		});
		const lines = (await dsm.call(getEvent, { evt_id: Number(next.evt_id) })).evt_ical!.split('\r\n');
		expect(lines).toEqual(
			expect.arrayContaining([...own.slice(3, -1), 'RRULE:FREQ=WEEKLY;COUNT=3', 'LOCATION:Room 2']),
		);
		expect(lines.filter((line) => /^(RECURRENCE-ID|ATTENDEE|ACTION:EMAIL|SUMMARY:)/.test(line))).toEqual([]);
		const rows = await dsm.do(list, { calendars: [cal_id], start: '2026-10-01', end: '2026-12-01' });
		expect(rows.filter((one) => one.evt_id === next.evt_id).map(({ start, end }) => [start, end])).toEqual([
			['2026-10-19T15:00:00+02:00', '2026-10-19T16:30:00+02:00'],
			['2026-10-26T15:00:00+01:00', '2026-10-26T16:30:00+01:00'],
			['2026-11-02T15:00:00+01:00', '2026-11-02T16:30:00+01:00'],
		]);
	});
});

test('a split at a moved occurrence goes on at its time, and later exceptions move with it', async () => {
	await onNas(async ({ dsm }) => {
		await dsm.do(importFile, { cal_id, ics: ICS });
		const { evt_id } = await dsm.do(getByUid, { cal_id, ical_uid: 'series' });
		const recurrence_id = '20261019T100000';
		await dsm.do(remove, { evt_id, scope: 'one', recurrence_id: '20261026T100000' });
		await dsm.do(update, { evt_id, scope: 'one', recurrence_id, start: '2026-10-19T15:00' });
		await dsm.do(update, { evt_id, scope: 'following', recurrence_id, summary: 'Later' });
		const rows = await dsm.do(list, { calendars: [cal_id], start: '2026-10-01', end: '2026-12-01' });
		const own = rows.filter(({ summary }) => ['At ten', 'Later'].includes(summary));
		expect(own.map(({ summary, start }) => [summary, start.slice(0, 16)])).toEqual([
			['At ten', '2026-10-05T10:00'],
			['At ten', '2026-10-12T10:00'],
			['Later', '2026-10-19T15:00'],
			['Later', '2026-11-02T15:00'],
		]);
	});
});

test('a new list of invitees leaves the lines of those who stay', async () => {
	await onNas(async ({ dsm }) => {
		const line = 'ATTENDEE;CN=Bob;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:mailto:bob@example.com';
		await dsm.do(importFile, { cal_id, ics: ICS });
		const { evt_id } = await dsm.do(getByUid, { cal_id, ical_uid: 'series' });
		await dsm.do(update, { evt_id, scope: 'all', invitees: ['bob@example.com', 'carol@example.com'] });
		const { evt_ical = '' } = await dsm.call(getEvent, { evt_id: Number(evt_id) });
		const text = evt_ical.replace(/\r\n /g, '');
		expect(text).toContain(line);
		expect(text).toMatch(/ATTENDEE;[^\r\n]*NEEDS-ACTION[^\r\n]*:mailto:carol@example\.com/);
		expect(text.match(/mailto:bob@example\.com/g)).toHaveLength(1);
	});
});

describe('an event with lines that the web API has no field for', () => {
	const LINES = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Example//Program//EN',
		'BEGIN:VEVENT',
		'UID:single',
		'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="Room: 2":geo:46.49',
		' 8295,11.354758',
		'SUMMARY:At ten',
		'DTSTART;TZID=Europe/Rome:20261005T100000',
		'DTEND;TZID=Europe/Rome:20261005T110000',
		'ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED;X-NUM-GUE',
		' STS=0:mailto:bob@example.com',
		...['BEGIN:VALARM', 'ACTION:EMAIL', 'TRIGGER;RELATED=END:-PT5M', 'X-ALARM:1', 'END:VALARM'],
		'END:VEVENT',
		'END:VCALENDAR',
	];
	const STAMPS = /^(DTSTAMP|LAST-MODIFIED|SEQUENCE):/;

	test.each([
		[{ summary: 'At 2' }, 'SUMMARY:At 2', /^SUMMARY:/],
		[{ location: 'Room 3' }, 'LOCATION:Room 3', /^LOCATION:/],
		[{ color: 'red' }, 'COLOR:red', /^COLOR:/],
		[{ end: '2026-10-05T12:00' }, 'DTEND;TZID=Europe/Rome:20261005T120000', /^DTEND;/],
	])('keeps them byte for byte when it is given %j', async (given, line, touched) => {
		await onNas(async ({ dsm }) => {
			await dsm.do(importFile, { cal_id, ics: `${LINES.join('\r\n')}\r\n` });
			const lines = async () => {
				const { evt_ical = '' } = await dsm.call(getEvent, { cal_id, ical_uid: 'single' });
				return evt_ical.split('\r\n');
			};
			const rest = async () => (await lines()).filter((one) => !STAMPS.test(one) && !touched.test(one));
			const before = await rest();
			const { evt_id } = await dsm.do(getByUid, { cal_id, ical_uid: 'single' });
			await dsm.do(update, { evt_id, ...given });
			expect(await lines()).toContain(line);
			expect(await rest()).toEqual(before);
			expect(before).toEqual(expect.arrayContaining(LINES.filter((one) => !/^PRODID/.test(one) && !touched.test(one))));
		});
	});
});

test('a to-do with lines that the web API has no field for keeps them byte for byte', async () => {
	await onNas(async ({ dsm }) => {
		const lines = [
			'BEGIN:VTODO',
			'UID:todo',
			'SUMMARY:Order paper',
			'DUE;TZID=Europe/Rome:20261005T110000',
			'X-APPLE-SORT-OR',
			' DER:12',
			'CATEGORIES:Haus,Büro',
			...['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER;RELATED=END:-PT5M', 'X-ALARM:1', 'END:VALARM'],
			'END:VTODO',
		];
		const ics = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
		await dsm.do(importFile, { cal_id: '/alice/home_todo/', ics });
		const { evt_id } = (await dsm.do(listTodos, {})).find(({ ical_uid }) => ical_uid === 'todo')!;
		const text = async () => (await dsm.call(getTodo, { evt_id: Number(evt_id) })).evt_cal?.split('\r\n');
		expect(await dsm.do(complete, { evt_id })).toMatchObject({ is_done: true });
		expect(await text()).toEqual(expect.arrayContaining([...lines, 'STATUS:COMPLETED', 'COMPLETED:20261001T080000Z']));
		expect(await dsm.do(reopen, { evt_id })).toMatchObject({ is_done: false });
		expect(await dsm.do(updateTodo, { evt_id, due: '2026-10-06T12:00', tz_id: 'Europe/Rome' })).toMatchObject({
			due: '2026-10-06T12:00:00+02:00',
		});
		expect(await text()).toEqual(
			expect.arrayContaining([
				...lines.filter((one) => !one.startsWith('DUE')),
				'DUE;TZID=Europe/Rome:20261006T120000',
			]),
		);
	});
});

test('a calendar that takes no to-dos says so, and not that a right is missing', async () => {
	await onNas(async ({ dsm }) => {
		const body = [
			'BEGIN:VCALENDAR',
			'VERSION:2.0',
			'BEGIN:VTODO',
			'UID:t',
			'SUMMARY:T',
			'END:VTODO',
			'END:VCALENDAR',
			'',
		];
		const path = '/caldav/alice/home/t.ics';
		const written = put(dsm, path, body.join('\r\n'), { type: 'text/calendar', what: 'The to-do' });
		await expect(written).rejects.toMatchObject({
			code: 'api',
			message: expect.stringMatching(/does not take this kind of entry/),
		});
	});
});
