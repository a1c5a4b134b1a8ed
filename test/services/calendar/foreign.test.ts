import { describe, expect, test } from '@jest/globals';
import { calendar } from '../../../src/services/calendar';
import { getEvent } from '../../../src/services/calendar/wire';
import { SettableClock } from '../../../src/simulator';
import { calendarOf } from '../../../src/simulator/services/calendar/state';
import { Follower } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';

const NOW = Date.parse('2026-10-01T08:00:00Z');
const cal_id = '/alice/home/';
const { event, todo } = calendar.resources;
const { create, getByUid, list, move, update, delete: remove } = event.operations;
const { import: importFile } = calendar.resources.calendar.operations;
const onNas = async (run: (scene: Scene) => Promise<void>) => await withNas({ clock: new SettableClock(NOW) }, run);

const ics = (...lines: string[]) =>
	['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:x', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

/** Brings in an event, and gives what tests look at. */
async function brought({ dsm }: Scene, text: string) {
	const [row] = await dsm.do(importFile, { cal_id, ics: text });
	expect(row).toMatchObject({ status: 'created' });
	const { evt_id } = await dsm.do(getByUid, { cal_id, ical_uid: 'x' });
	const starts = async (end = '2027-06-01') => {
		const rows = await dsm.do(list, { calendars: [cal_id], start: '2026-09-15', end });
		return rows.filter((one) => one.evt_id === evt_id).map(({ start }) => start.slice(0, 16));
	};
	const lines = async () => {
		const { evt_ical = '' } = await dsm.call(getEvent, { evt_id: Number(evt_id) });
		return evt_ical.replace(/\r\n[ \t]/g, '').split('\r\n');
	};
	return { evt_id, starts, lines };
}

describe('a series whose start is moved takes its exceptions along', () => {
	test.each([
		[
			'with an end, which the web API could say',
			['DTSTART;TZID=Europe/Rome:20261005T100000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;UNTIL=20261102T090000Z'],
			['20261012T100000', '20261019T100000', '2026-10-19T15:00'],
			{ start: '2026-10-05T10:30' },
			['2026-10-05T10:30', '2026-10-19T15:00', '2026-10-26T10:30'],
		],
		[
			'by positions in the month',
			[
				'DTSTART;TZID=Europe/Rome:20261030T100000',
				'DURATION:PT1H',
				'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4',
			],
			['20261130T100000', '20261231T100000', '2026-12-31T15:00'],
			{ start: '2026-10-30T10:30' },
			['2026-10-30T10:30', '2026-12-31T15:00', '2027-01-29T10:30'],
		],
		[
			'of days',
			['DTSTART;VALUE=DATE:20261005', 'RRULE:FREQ=WEEKLY;COUNT=4'],
			['20261012', '20261019', '2026-10-20'],
			{ start: '2026-10-06' },
			['2026-10-06', '2026-10-20', '2026-10-27'],
		],
		[
			'into another zone',
			['DTSTART;TZID=Europe/Rome:20261005T100000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4'],
			['20261012T100000', '20261019T100000', '2026-10-19T15:00'],
			{ start: '2026-10-05T10:30', tz_id: 'America/New_York' },
			['2026-10-05T10:30', '2026-10-19T15:00', '2026-10-26T10:30'],
		],
	] as const)('%s', async (_, series, [deleted, moved, to], given, expected) => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const { evt_id, starts } = await brought(scene, ics('SUMMARY:Series', ...series));
			await dsm.do(remove, { evt_id, scope: 'one', recurrence_id: deleted });
			await dsm.do(update, { evt_id, scope: 'one', recurrence_id: moved, start: to });
			await dsm.do(update, { evt_id, scope: 'all', ...given });
			expect(await starts()).toEqual(expected);
		});
	});

	test('or is refused where days become times, with the field', async () => {
		await onNas(async (scene) => {
			const text = ics('DTSTART;VALUE=DATE:20261005', 'RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE;VALUE=DATE:20261012');
			const { evt_id, lines } = await brought(scene, text);
			const before = await lines();
			const error = await failure(scene.dsm.do(update, { evt_id, scope: 'all', start: '2026-10-05T10:00' }));
			expect(error).toMatchObject({
				code: 'input',
				message:
					'The start of this series cannot be moved: a change between days and times stands among its exceptions.',
				details: { path: ['start'] },
			});
			expect(await lines()).toEqual(before);
		});
	});
});

test('a series whose title is changed keeps people, alarms, attachments and texts as other programs wrote them', async () => {
	await onNas(async (scene) => {
		const own = [
			'DTSTART;TZID=Europe/Rome:20261005T100000',
			'DTEND;TZID=Europe/Rome:20261005T110000',
			'RRULE:FREQ=WEEKLY;COUNT=5',
			'DESCRIPTION;ALTREP="cid:part@example.com":Text',
			'ORGANIZER;CN=Alice:mailto:alice@example.com',
			'ATTENDEE;CN=Bob;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:mailto:bob@example.com',
			'ATTACH;FMTTYPE=application/pdf;FILENAME=plan.pdf:https://nas.example.com/plan.pdf',
			...['BEGIN:VALARM', 'ACTION:EMAIL', 'SUMMARY:Soon', 'DESCRIPTION:Soon', 'TRIGGER:-PT10M', 'END:VALARM'],
			...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER;VALUE=DATE-TIME:20261005T060000Z', 'END:VALARM'],
			...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER;RELATED=END:-PT5M', 'END:VALARM'],
		];
		const { evt_id, lines } = await brought(scene, ics('SUMMARY:At ten', ...own));
		await scene.dsm.do(update, { evt_id, scope: 'all', summary: 'At 2' });
		const after = (await lines()).filter((line) => !/^(DTSTAMP|LAST-MODIFIED|SEQUENCE|PRODID):/.test(line));
		expect(after).toEqual(ics('SUMMARY:At 2', ...own).split('\r\n'));
	});
});

test('the second quarterly Monday of a year is found at once', async () => {
	await onNas(async ({ dsm }) => {
		const rrule = 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO;BYSETPOS=2';
		const given = { cal_id, summary: 'Quarter', start: '2026-10-05T10:00', tz_id: 'Europe/Rome' };
		const { evt_id } = await dsm.do(create, { ...given, repeat: 'rule', rrule });
		const rows = await dsm.do(list, { calendars: [cal_id], start: '2027-01-01', end: '2028-12-31' });
		expect(rows.filter((one) => one.evt_id === evt_id).map(({ start }) => start)).toEqual([
			'2027-04-05T10:00:00+02:00',
			'2028-04-03T10:00:00+02:00',
		]);
	});
});

describe('a series of another program', () => {
	test('with added periods is listed with their ends', async () => {
		await onNas(async (scene) => {
			const { evt_id } = await brought(
				scene,
				ics('DTSTART:20261005T080000Z', 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:20261007T080000Z/PT3H'),
			);
			const rows = async () =>
				(await scene.dsm.do(list, { calendars: [cal_id], start: '2026-10-01', end: '2026-11-01' })).filter(
					(one) => one.evt_id === evt_id,
				);
			expect((await rows()).map(({ start }) => start)).toEqual(['2026-10-05T08:00:00Z', '2026-10-07T08:00:00Z']);
			calendarOf(scene.simulator.nas).switches.listsMasters = true;
			expect((await rows()).map(({ start, end }) => [start, end])).toEqual([
				['2026-10-05T08:00:00Z', '2026-10-05T09:00:00Z'],
				['2026-10-07T08:00:00Z', '2026-10-07T11:00:00Z'],
			]);
		});
	});

	test('in a zone of its own that is deleted is told with its moment', async () => {
		await onNas(async (scene) => {
			const zone = [
				...['BEGIN:VTIMEZONE', 'TZID:Customized Time Zone', 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
				...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0200', 'END:STANDARD', 'END:VTIMEZONE'],
			];
			const text = ics('SUMMARY:Own zone', 'DTSTART;TZID=Customized Time Zone:20261019T101500', 'DURATION:PT1H');
			const whole = text.replace('BEGIN:VEVENT', [...zone, 'BEGIN:VEVENT'].join('\r\n'));
			const { evt_id } = await brought(scene, whole);
			const follower = await new Follower(calendar.triggers.eventDeleted, scene.dsm, {}).start();
			await scene.dsm.do(remove, { evt_id, scope: 'all' });
			expect((await follower.poll()).map(({ start }) => new Date(String(start)).toISOString())).toEqual([
				'2026-10-19T08:15:00.000Z',
			]);
		});
	});
});

describe('a calendar of the wrong kind', () => {
	const given = { summary: 'x', start: '2026-10-05T10:00' };
	test.each([
		[
			'takes no new event',
			async ({ dsm }: Scene) => await dsm.do(create, { cal_id: '/alice/home_todo/', ...given }),
			['cal_id', /is a to-do list and takes no events/],
		],
		[
			'takes no event of another',
			async (scene: Scene) => {
				const { evt_id } = await brought(scene, ics('DTSTART:20261005T080000Z'));
				return await scene.dsm.do(move, { evt_id, cal_id: '/alice/home_todo/' });
			},
			['cal_id', /is a to-do list and takes no events/],
		],
		[
			'takes no to-do',
			async ({ dsm }: Scene) => await dsm.do(todo.operations.create, { list_id: cal_id, summary: 'x' }),
			['list_id', /is a calendar of events and takes no to-dos/],
		],
	] as const)('%s, and nothing is sent', async (_, attempt, [field, words]) => {
		await onNas(async (scene) => {
			const error = await failure(attempt(scene));
			expect(error).toMatchObject({
				code: 'input',
				message: expect.stringMatching(words),
				details: { path: [field] },
			});
			expect(scene.simulator.requests.filter(({ method }) => ['create', 'set'].includes(method))).toEqual([]);
		});
	});
});
