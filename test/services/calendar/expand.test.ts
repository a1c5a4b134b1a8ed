import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instancesOf } from '../../../src/formats/ical/expand';
import { parseIcs } from '../../../src/formats/ical/text';
import { occurrences, parseObject } from '../../../src/simulator/services/calendar/object';
import { secondsOf } from '../../../src/simulator/services/calendar/times';

const icsOf = (...lines: string[]) =>
	['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:x', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

const SPAN = [Date.UTC(2026, 0, 1) / 1000, Date.UTC(2032, 0, 1) / 1000] as const;
const byClient = (text: string) =>
	instancesOf(parseIcs(text), ...SPAN).map(({ start, end }) => [start.seconds, end.seconds]);
const byNas = (text: string) =>
	occurrences(parseObject(text)!, ...SPAN).map(({ start, end }) => [secondsOf(start), secondsOf(end)]);

describe('occurrences', () => {
	test('of hours last as long when the clocks change, of days they end at the same hour', () => {
		const lengths = (duration: string) =>
			byClient(
				icsOf('DTSTART;TZID=Europe/Rome:20261023T220000', `DURATION:${duration}`, 'RRULE:FREQ=DAILY;COUNT=3'),
			).map(([start, end]) => (end! - start!) / 3600);
		expect(lengths('PT6H')).toEqual([6, 6, 6]);
		expect(lengths('P1D')).toEqual([24, 25, 24]);
	});

	const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
	const two = (value: number) => String(value).padStart(2, '0');
	const weekdays = fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1, maxLength: 3 });
	const rule = fc.oneof(
		fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=MONTHLY', 'FREQ=YEARLY'),
		weekdays.map((days) => `FREQ=WEEKLY;BYDAY=${days.join(',')}`),
		fc
			.tuple(fc.constantFrom(1, 2, 3, 4, -1), fc.constantFrom(...DAYS))
			.map(([nth, day]) => `FREQ=MONTHLY;BYDAY=${nth}${day}`),
		fc.constantFrom(1, 15, 28, 31, -1).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
		fc
			.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, -1), fc.constantFrom(...DAYS))
			.map(([month, nth, day]) => `FREQ=YEARLY;BYMONTH=${month};BYDAY=${nth}${day}`),
	);
	const end = fc.oneof(
		fc.integer({ min: 1, max: 20 }).map((count) => `;COUNT=${count}`),
		fc.integer({ min: 1, max: 28 }).map((day) => `;UNTIL=202705${two(day)}T120000Z`),
	);
	const series = fc.record({
		zone: fc.constantFrom('Europe/Rome', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'),
		day: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })),
		hour: fc.integer({ min: 0, max: 23 }),
		rule,
		interval: fc.integer({ min: 1, max: 4 }),
		end,
	});

	test('are the same by the client and by the simulated NAS, which share no code', () => {
		fc.assert(
			fc.property(series, ({ zone, day: [month, day], hour, interval, ...more }) => {
				const start = `DTSTART;TZID=${zone}:2026${two(month)}${two(day)}T${two(hour)}3000`;
				const text = icsOf(start, 'DURATION:PT90M', `RRULE:${more.rule};INTERVAL=${interval}${more.end}`);
				expect(byClient(text)).toEqual(byNas(text));
			}),
			{ numRuns: 200 },
		);
	});
});
