import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { instancesOf, parseIcs } from '../../../src/catalog/calendar/expand';
import { readRule, repeatSettingOf, ruleOfSetting, type Start } from '../../../src/catalog/calendar/rule';
import { inZone, isoOf, readWhen } from '../../../src/catalog/calendar/time';
import { occurrences, parseObject } from '../../../src/simulator/behaviours/calendar/object';
import { secondsOf } from '../../../src/simulator/behaviours/calendar/times';

interface Vectors {
	/** Wall clock and UTC, from Python's zoneinfo. */
	zones: { zone: string; local: string; utc: string }[];
	/** Starts of a series, from python-dateutil on the wall clock. */
	series: {
		name: string;
		zone: string;
		start: string;
		rule: string;
		exdates?: string[];
		from?: string;
		to?: string;
		expected: string[];
	}[];
}
const file = path.join(__dirname, '../../fixtures/calendar-vectors.json');
const { zones, series } = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const utc = (seconds: number): string => isoOf(seconds, 'UTC');

/** The series of a vector as iCalendar. */
function icsOf({ zone, start, rule, exdates = [] }: Vectors['series'][number]): string {
	const compact = start.replace(/[-:]/g, '');
	const isDay = start.length === 10;
	const time = (name: string, text: string) =>
		isDay ? `${name};VALUE=DATE:${text}` : `${name};TZID=${zone}:${text.padEnd(15, '0')}`;
	const lines = ['UID:v', time('DTSTART', compact), `RRULE:${rule}`, ...exdates.map((text) => time('EXDATE', text))];
	return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}

/** Bounds of a look at a series: those of the vector, else so wide that its end is seen. */
function boundsOf({ zone, from, to, start }: Vectors['series'][number]): [number, number] {
	const at = (text: string) => inZone(readWhen(text)!, zone).toSeconds();
	return [from ? at(from) : at(start) - 86_400, to ? at(to) : at(start) + 20 * 366 * 86_400];
}

const shown = (seconds: number, isDay: boolean) => (isDay ? utc(seconds).slice(0, 10) : utc(seconds));

describe('times on the wall clock', () => {
	test.each(zones)('$local in $zone is $utc', ({ zone, local, utc: expected }) => {
		expect(utc(inZone(readWhen(local)!, zone).toSeconds())).toBe(expected);
	});

	test.each(zones)('$utc is shown in $zone as a moment that is the same', ({ zone, utc: moment }) => {
		expect(Date.parse(isoOf(Date.parse(moment) / 1000, zone))).toBe(Date.parse(moment));
	});
});

describe('series', () => {
	test('there are at least sixty vectors', () => {
		expect(zones.length + series.length).toBeGreaterThanOrEqual(60);
	});

	test.each(series)('$name, expanded by the client', (vector) => {
		const [from, to] = boundsOf(vector);
		const isDay = vector.start.length === 10;
		const found = instancesOf(parseIcs(icsOf(vector)), from, to).map(({ start }) => shown(start.at.toSeconds(), isDay));
		expect(found).toEqual(vector.expected);
	});

	test.each(series)('$name, expanded by the simulated NAS', (vector) => {
		const [from, to] = boundsOf(vector);
		const isDay = vector.start.length === 10;
		const found = occurrences(parseObject(icsOf(vector))!, from, to).map(({ start }) => shown(secondsOf(start), isDay));
		expect(found).toEqual(vector.expected);
	});
});

describe('rules of the web API', () => {
	const start = (text: string, zone = 'Europe/Rome'): Start => ({
		at: inZone(readWhen(text)!, zone),
		zone,
		isAllDay: false,
	});

	test.each([
		['FREQ=DAILY;INTERVAL=2;UNTIL=20261110T090000Z', '2026-10-20T10:00'],
		['FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261110T090000Z', '2026-10-19T10:00'],
		['FREQ=MONTHLY;BYDAY=3TU;UNTIL=20270110T090000Z', '2026-10-20T10:00'],
		['FREQ=MONTHLY;UNTIL=20270110T090000Z', '2026-10-20T10:00'],
		['FREQ=YEARLY;UNTIL=20300110T090000Z', '2026-10-20T10:00'],
	])('%s goes there and comes back the same', (rule, from) => {
		const setting = repeatSettingOf(rule, start(from))!;
		expect(ruleOfSetting(setting, start(from))).toBe(rule);
	});

	test.each([
		'FREQ=DAILY',
		'FREQ=WEEKLY;COUNT=3',
		'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270110T090000Z',
		'FREQ=MONTHLY;BYMONTHDAY=1,15;UNTIL=20270110T090000Z',
		'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;UNTIL=20270110T090000Z',
		'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20300110T090000Z',
		'FREQ=HOURLY;UNTIL=20270110T090000Z',
	])('%s has no confirmed form there', (rule) => {
		expect(repeatSettingOf(rule, start('2026-10-20T10:00'))).toBeUndefined();
	});

	test.each([['FREQ=SOMETIMES'], ['every day'], ['BYDAY=MO'], ['FREQ=DAILY;FREQ=DAILY'], ['FREQ=DAILY;COLOUR=RED']])(
		'%s is refused',
		(rule) => {
			expect(() => readRule(rule)).toThrow();
		},
	);
});

const INNER = 'SYNOFLOW_ZONE_RUN';

/** The zone of the computer must not matter: the same vectors run again in computers of other zones. */
(process.env[INNER] ? describe.skip : describe)('on a computer whose own zone is another', () => {
	test.each(['UTC', 'America/Los_Angeles', 'Asia/Tokyo', 'Australia/Lord_Howe'])(
		'%s, the vectors hold',
		(TZ) => {
			const jest = path.join(path.dirname(require.resolve('jest/package.json')), 'bin/jest.js');
			const output = execFileSync(process.execPath, [jest, __filename, '--json', '-w', '1', '--silent'], {
				env: { ...process.env, TZ, [INNER]: '1' },
				cwd: path.join(__dirname, '../../..'),
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
			});
			const { numPassedTests, numFailedTests } = JSON.parse(output) as {
				numPassedTests: number;
				numFailedTests: number;
			};
			expect(numFailedTests).toBe(0);
			expect(numPassedTests).toBeGreaterThan(120);
		},
		120_000,
	);
});
