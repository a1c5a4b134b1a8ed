import { describe, expect, test } from '@jest/globals';
import { Component, parse } from '../../src/simulator/core/ical';
import { occurrences, parseObject } from '../../src/simulator/services/calendar/object';
import { ruleFrom } from '../../src/simulator/services/calendar/recurrence';
import { isZone, secondsOf, stampFrom, textOf } from '../../src/simulator/services/calendar/times';

const object = (...lines: string[]) =>
	['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:x@example.com', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

describe('the text of a calendar', () => {
	test('is read over its folds, with quoted parameters, escapes and groups', () => {
		const event = parse(
			object(
				'ATTENDEE;CN="Doe, Jane: \r\n the boss";PARTSTAT=ACCEP',
				' TED:mailto:jane@example.com',
				'SUMMARY:One\\, two\\; three\\nfour \\\\',
				'item1.ORG:Ex\\;ample;Sales',
			),
		).inner('vevent')[0]!;
		const attendee = event.first('attendee')!;
		expect([attendee.param('cn'), attendee.param('partstat'), attendee.value]).toEqual([
			'Doe, Jane: the boss',
			'ACCEPTED',
			'mailto:jane@example.com',
		]);
		expect(event.text('summary')).toBe('One, two; three\nfour \\');
		expect([event.first('org')!.group, event.first('org')!.parts]).toEqual(['item1', ['Ex;ample', 'Sales']]);
	});

	test('is written with folds of at most 75 octets and reads the same again', () => {
		const event = new Component('vevent');
		const text = 'Müller, '.repeat(30);
		event.write('summary', text);
		event.add('attendee', 'mailto:a@example.com', { cn: 'A, B' });
		const lines = String(event).split('\r\n');
		expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBe(75);
		const again = parse(String(event));
		expect([again.text('summary'), again.first('attendee')!.param('cn')]).toEqual([text, 'A, B']);
	});

	test.each([
		['no calendar'],
		['BEGIN:VCALENDAR'],
		['BEGIN:VCALENDAR\r\nEND:VEVENT'],
		['BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR'],
		['BEGIN:VCALENDAR\r\nnothing\r\nEND:VCALENDAR'],
	])('%j is refused', (text) => {
		expect(() => parse(text)).toThrow(Error);
	});
});

describe('moments', () => {
	test.each(['20260231T100000', '20261301', '2026', '20260101T250000'])('%s is none', (text) => {
		expect(stampFrom(text, 'Europe/Rome')).toBeUndefined();
	});

	test('zones are those that Node.js knows', () => {
		expect(['Europe/Rome', 'Mars/Olympus', ''].map(isZone)).toEqual([true, false, false]);
	});
});

const startsOf = (...lines: string[]) =>
	occurrences(parseObject(object(...lines))!, 0, Date.UTC(2031, 0, 1) / 1000).map(({ start }) => textOf(start.local));

describe('series', () => {
	test.each([
		['the 100th day of the year', 'FREQ=YEARLY;BYYEARDAY=100,-1;COUNT=3', ['20260410', '20261231', '20270410']],
		['the 20th Monday of the year', 'FREQ=YEARLY;BYDAY=20MO;COUNT=2', ['20260518', '20270517']],
		['the last but one day of the month', 'FREQ=MONTHLY;BYMONTHDAY=-2;COUNT=2', ['20260130', '20260227']],
		['working days of two months', 'FREQ=DAILY;BYMONTH=2;BYDAY=MO,FR;COUNT=3', ['20260202', '20260206', '20260209']],
		[
			'the first working day',
			'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=3',
			['20260101', '20260202', '20260302'],
		],
		['leap days', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', ['20280229']],
		['a day that never comes', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', []],
	])('on %s', (_, rule, days) => {
		expect(startsOf('DTSTART;VALUE=DATE:20260101', `RRULE:${rule}`)).toEqual(days);
	});

	test('at several times of a day, and every so many hours', () => {
		expect(startsOf('DTSTART:20260101T080000Z', 'RRULE:FREQ=DAILY;BYHOUR=8,17;COUNT=3')).toEqual([
			'20260101T080000',
			'20260101T170000',
			'20260102T080000',
		]);
		expect(startsOf('DTSTART:20260101T200000Z', 'RRULE:FREQ=HOURLY;INTERVAL=6;COUNT=3')).toEqual([
			'20260101T200000',
			'20260102T020000',
			'20260102T080000',
		]);
	});

	test('have extra dates, and exceptions in any zone', () => {
		expect(
			startsOf(
				'DTSTART;TZID=Europe/Rome:20260105T090000',
				'RRULE:FREQ=WEEKLY;COUNT=3',
				'EXDATE:20260112T080000Z',
				'RDATE;VALUE=PERIOD:20260107T080000Z/PT1H',
			),
		).toEqual(['20260105T090000', '20260107T090000', '20260119T090000']);
	});

	test('that are put off to an earlier day from beyond the period are seen', () => {
		const moved = [
			'RRULE:FREQ=WEEKLY;COUNT=10',
			'END:VEVENT',
			'BEGIN:VEVENT',
			'UID:x@example.com',
			'RECURRENCE-ID:20260226T080000Z',
			'DTSTART:20260103T080000Z',
		];
		const found = occurrences(
			parseObject(object('DTSTART:20260101T080000Z', ...moved))!,
			0,
			Date.UTC(2026, 0, 4) / 1000,
		);
		expect(found.map(({ key, start }) => [key, textOf(start.local)])).toEqual([
			['20260101T080000', '20260101T080000'],
			['20260226T080000', '20260103T080000'],
		]);
	});

	test('of hours last as long when the clocks change, of days they end at the same hour', () => {
		const lengths = (duration: string) =>
			occurrences(
				parseObject(
					object('DTSTART;TZID=Europe/Rome:20261023T220000', `DURATION:${duration}`, 'RRULE:FREQ=DAILY;COUNT=3'),
				)!,
				0,
				Infinity,
			).map(({ start, end }) => (secondsOf(end) - secondsOf(start)) / 3600);
		expect(lengths('PT6H')).toEqual([6, 6, 6]);
		expect(lengths('P1D')).toEqual([24, 25, 24]);
	});

	test.each([
		'FREQ=SOMETIMES',
		'FREQ=DAILY;COUNT=0',
		'FREQ=DAILY;BYMONTH=13',
		'FREQ=DAILY;FREQ=DAILY',
		'FREQ=DAILY;BYDAY=XX',
		'BYDAY=MO',
		'FREQ=DAILY;UNTIL=soon',
	])('by %s are refused', (rule) => {
		expect(() => ruleFrom(rule)).toThrow(Error);
		expect(parseObject(object('DTSTART:20260101T080000Z', `RRULE:${rule}`))).toBeUndefined();
	});
});
