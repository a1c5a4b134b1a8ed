import { describe, expect, test } from '@jest/globals';
import { instancesOf } from '../../../src/formats/ical/expand';
import { isoOfPoint } from '../../../src/formats/ical/points';
import { parseIcs } from '../../../src/formats/ical/text';

const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:x', ...lines, 'END:VEVENT'];
const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');

const instances = (text: string, from = '2026-01-01', to = '2027-12-31') =>
	instancesOf(parseIcs(text), Date.parse(from) / 1000, Date.parse(to) / 1000, 'Europe/Rome');
const starts = (text: string, from?: string, to?: string) =>
	instances(text, from, to).map(({ start }) =>
		start.isDate ? isoOfPoint(start) : new Date(start.seconds * 1000).toISOString().slice(0, 16),
	);
const weekly = (...more: string[]) =>
	event(
		'DTSTART;TZID=Europe/Rome:20261005T100000',
		'DTEND;TZID=Europe/Rome:20261005T110000',
		'RRULE:FREQ=WEEKLY;COUNT=4',
		...more,
	);

/** A zone of Outlook whose name nobody else knows. */
const CUSTOM = [
	'BEGIN:VTIMEZONE',
	'TZID:Customized Time Zone',
	...['BEGIN:STANDARD', 'DTSTART:16010101T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'],
	...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD'],
	...['BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'],
	...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT'],
	'END:VTIMEZONE',
];

describe('zones', () => {
	test('are what their definition says, also across a change of the clocks', () => {
		const lines = ['DTSTART;TZID=Customized Time Zone:20261019T101500', 'RRULE:FREQ=WEEKLY;COUNT=3'];
		expect(starts(calendar(...CUSTOM, ...event(...lines, 'EXDATE:20261102T091500Z')))).toEqual([
			'2026-10-19T08:15',
			'2026-10-26T09:15',
		]);
	});

	test('are found when their name is folded', () => {
		const text = calendar(...CUSTOM, ...event('DTSTART;TZID=Customized Time Zone:20261019T101500'));
		expect(starts(text.replace('TZID:Customized', 'TZID:Custo\r\n mized'))).toEqual(['2026-10-19T08:15']);
	});

	test.each([
		['W. Europe Standard Time', '2026-10-19T08:15'],
		['Pacific Standard Time:', '2026-10-19T17:15'],
		['GMT Standard Time 1', '2026-10-19T09:15'],
		['/freeassociation.sourceforge.net/Europe/Rome', '2026-10-19T08:15'],
	])('%s is known by its name', (name, expected) => {
		expect(starts(calendar(...event(`DTSTART;TZID="${name}":20261019T101500`)))).toEqual([expected]);
	});

	test('that nobody knows are an error, not UTC', () => {
		expect(() => starts(calendar(...event('DTSTART;TZID=Somewhere:20261019T101500')))).toThrow(
			'The time zone "Somewhere" is neither known nor defined in the calendar.',
		);
	});

	test('times without one are those of the file', () => {
		expect(starts(calendar('X-WR-TIMEZONE:America/New_York', ...event('DTSTART:20261019T101500')))).toEqual([
			'2026-10-19T14:15',
		]);
	});
});

describe('series', () => {
	test('leave out what is excluded in UTC, in another zone and as a day', () => {
		expect(
			starts(calendar(...weekly('EXDATE:20261012T080000Z', 'EXDATE;TZID=America/New_York:20261019T040000'))),
		).toEqual(['2026-10-05T08:00', '2026-10-26T09:00']);
		expect(starts(calendar(...weekly('EXDATE;VALUE=DATE:20261012,20261019')))).toEqual([
			'2026-10-05T08:00',
			'2026-10-26T09:00',
		]);
	});

	test('take up periods, with their own ends', () => {
		const found = instances(calendar(...weekly('RDATE;VALUE=PERIOD:20261007T080000Z/PT3H')));
		expect(found.map(({ start, end, index }) => [index, (end.seconds - start.seconds) / 3600])).toEqual([
			[1, 1],
			[2, 3],
			[3, 1],
			[4, 1],
			[5, 1],
		]);
	});

	test('do not show what was cancelled, and show what was moved far away', () => {
		const moved = event('RECURRENCE-ID;TZID=Europe/Rome:20261012T100000', 'DTSTART;TZID=Europe/Rome:20260801T100000');
		const gone = event('RECURRENCE-ID:20261019T080000Z', 'DTSTART:20261019T080000Z', 'STATUS:CANCELLED');
		expect(starts(calendar(...weekly(), ...moved, ...gone))).toEqual([
			'2026-08-01T08:00',
			'2026-10-05T08:00',
			'2026-10-26T09:00',
		]);
		expect(starts(calendar(...weekly(), ...moved), '2026-07-30', '2026-08-03')).toEqual(['2026-08-01T08:00']);
	});

	test('show exceptions that the rule does not know, and those that come without their series', () => {
		const first = event('RECURRENCE-ID;TZID=Europe/Rome:20261013T100000', 'DTSTART;TZID=Europe/Rome:20261013T120000');
		const second = event('RECURRENCE-ID;TZID=Europe/Rome:20261020T100000', 'DTSTART;TZID=Europe/Rome:20261020T120000');
		expect(starts(calendar(...weekly(), ...first))).toContain('2026-10-13T10:00');
		expect(instances(calendar(...first, ...second)).map(({ recurrence_id }) => recurrence_id)).toEqual([
			'20261013T100000',
			'20261020T100000',
		]);
	});

	test('know an exception by its day', () => {
		const moved = event('RECURRENCE-ID;VALUE=DATE:20261012', 'DTSTART;TZID=Europe/Rome:20261012T150000');
		expect(starts(calendar(...weekly(), ...moved)).slice(0, 3)).toEqual([
			'2026-10-05T08:00',
			'2026-10-12T13:00',
			'2026-10-19T08:00',
		]);
	});

	test('go on as an exception for this and the following ones says', () => {
		const lasting = event(
			'RECURRENCE-ID;TZID=Europe/Rome;RANGE=THISANDFUTURE:20261019T100000',
			'DTSTART;TZID=Europe/Rome:20261019T143000',
			'DURATION:PT2H',
		);
		const found = instances(calendar(...weekly(), ...lasting));
		expect(
			found.map(({ start, end }) => [isoOfPoint(start).slice(5, 16), (end.seconds - start.seconds) / 3600]),
		).toEqual([
			['10-05T10:00', 1],
			['10-12T10:00', 1],
			['10-19T14:30', 2],
			['10-26T14:30', 2],
		]);
	});

	test('have all their rules', () => {
		const text = calendar(
			...event(
				'DTSTART:20261005',
				'RRULE:FREQ=WEEKLY;COUNT=2',
				'RRULE:FREQ=MONTHLY;BYMONTHDAY=6;COUNT=2',
				'EXRULE:FREQ=DAILY;COUNT=1',
			),
		);
		expect(starts(text)).toEqual(['2026-10-06', '2026-10-12', '2026-11-06']);
	});

	test('of hours are exact where the clocks change, also in the hour that is left out', () => {
		const lengths = (...lines: string[]) =>
			instances(calendar(...event(...lines))).map(({ start, end }) => (end.seconds - start.seconds) / 3600);
		expect(lengths('DTSTART;TZID=Europe/Rome:20261024T220000', 'DURATION:PT6H', 'RRULE:FREQ=DAILY;COUNT=2')).toEqual([
			6, 6,
		]);
		expect(lengths('DTSTART;TZID=Europe/Rome:20260328T023000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2')).toEqual([
			1, 1,
		]);
	});

	test('of every hour since years are found at once', () => {
		const hourly = event('DTSTART:20190101T000000Z', 'RRULE:FREQ=HOURLY');
		const found = instances(calendar(...hourly), '2026-10-01T00:30:00Z', '2026-10-04T00:00:00Z');
		expect([found.length, found[0]?.recurrence_id, found[0]?.index]).toEqual([72, '20261001T010000', 67_922]);
	});

	test('that take too long are said to', () => {
		const endless = event('DTSTART:19700101T000000Z', 'DURATION:P999999W', 'RRULE:FREQ=SECONDLY');
		expect(() => instances(calendar(...endless))).toThrow('(budget "recurrence")');
	});
});
