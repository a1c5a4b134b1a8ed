import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { readRule, repeatSettingOf, ruleOfSetting, type Start } from '../../../src/services/calendar/lib/ical/rule';
import { inZone, readWhen } from '../../../src/services/calendar/lib/time';
import { outcomesOf, type Outcome } from './vectors';

const file = path.join(__dirname, '../../fixtures/calendar-vectors.json');
const outcomes = outcomesOf(file);

describe('zones and series', () => {
	test('there are at least sixty vectors, each seen twice', () => {
		expect(outcomes.length).toBeGreaterThanOrEqual(120);
	});

	test.each(outcomes)('$name', ({ found, expected }) => {
		expect(found).toEqual(expected);
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

	test.each([['FREQ=SOMETIMES'], ['every day'], ['BYDAY=MO'], ['FREQ=DAILY;FREQ=DAILY'], ['FREQ=DAILY;COLOR=RED']])(
		'%s is refused',
		(rule) => {
			expect(() => readRule(rule)).toThrow();
		},
	);
});

/** Zones of computers with their minutes from UTC in July, as Date gives them. */
const COMPUTERS = [
	['UTC', 0],
	['America/Los_Angeles', 420],
	['Asia/Tokyo', -540],
	['Australia/Lord_Howe', -630],
] as const;

describe('on a computer in another zone', () => {
	const entryPoints = [path.join(__dirname, 'vectors-run.ts')];
	const { outputFiles } = buildSync({ entryPoints, bundle: true, platform: 'node', write: false, logLevel: 'error' });

	test.each(COMPUTERS)('%s, the vectors come out the same', (TZ, minutes) => {
		const output = execFileSync(process.execPath, ['-', file], {
			input: outputFiles[0]!.text,
			env: { ...process.env, TZ },
			encoding: 'utf8',
		});
		const run = JSON.parse(output) as { zone: number; outcomes: Outcome[] };
		expect(run.zone).toBe(minutes);
		expect(run.outcomes.map(({ found }) => found)).toEqual(outcomes.map(({ expected }) => expected));
	});
});
