import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { randomRule, startsIn, type RuleVector } from '../../../src/build/proof/rules';
import { wallOf, wallText } from '../../../src/formats/ical/days';
import { startsOf } from '../../../src/formats/ical/recurrence';
import { ruleFrom } from '../../../src/formats/ical/rule';

/** From python-dateutil; `npm run proof -- rules` asks it anew. */
const vectors = JSON.parse(
	readFileSync(path.join(__dirname, '../../fixtures/rule-vectors.json'), 'utf8'),
) as Required<RuleVector>[];

const starts = (text: string, first: string, from: string, to: string, most = 10) => {
	const at = (one: string) => wallOf(one)!.wall;
	const found: (readonly [string, number | undefined])[] = [];
	for (const { wall, index } of startsOf(ruleFrom(text), at(first), at(from), at(to))) {
		if (found.push([wallText(wall), index]) === most) break;
	}
	return found;
};

describe('recurrence rules', () => {
	test('give what an independent implementation gives', () => {
		expect(vectors.length).toBeGreaterThanOrEqual(250);
		const found = vectors.map((one) => ({ ...one, expected: startsIn(one).slice(0, one.expected.length) }));
		expect(found).toEqual(vectors);
	});

	test('give the same in a window as in the whole series', () => {
		for (let seed = 700_000; seed < 700_150; seed += 1) {
			const one = randomRule(seed);
			const whole = startsIn({ ...one, from: one.start });
			if (whole.length === 0) continue;
			const from = whole[Math.floor(whole.length / 2)]!;
			const rest = startsIn({ ...one, from });
			expect([one.rule, rest.slice(0, whole.length - whole.indexOf(from))]).toEqual([
				one.rule,
				whole.slice(whole.indexOf(from)),
			]);
		}
	});

	test('the last day of several months is the last of each', () => {
		const rule = 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1';
		expect(starts(rule, '20260331', '20260331', '20271231').map(([text]) => text.slice(0, 8))).toEqual([
			'20260331',
			'20260630',
			'20260930',
			'20261231',
			'20270331',
			'20270630',
			'20270930',
			'20271231',
		]);
	});

	test('days with and without a number are both taken', () => {
		const rule = 'FREQ=MONTHLY;BYDAY=FR,1MO';
		expect(starts(rule, '20260601', '20260601', '20260615').map(([text]) => text.slice(0, 8))).toEqual([
			'20260601',
			'20260605',
			'20260612',
		]);
	});

	test('a position counts in the whole week, also in the one in which the series begins', () => {
		const rule = 'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1';
		expect(starts(rule, '20260603T090000', '20260601', '20260616').map(([text]) => text)).toEqual([
			'20260608T090000',
			'20260615T090000',
		]);
	});

	test('an hourly series of years is looked into without going through it', () => {
		expect(starts('FREQ=HOURLY', '20190101T000000', '20261001T000000', '20261001T013000')).toEqual([
			['20261001T000000', 67_921],
			['20261001T010000', 67_922],
		]);
		expect(starts('FREQ=SECONDLY', '19700101T000000', '20261001T000000', '20261001T000000')).toHaveLength(1);
	});

	test.each(['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=HOURLY;BYSETPOS=2'])(
		'%s, which is never met, comes to an end with its window',
		(rule) => {
			expect(starts(rule, '20260101T000000', '20260101', '20270101')).toEqual([]);
		},
	);

	test.each([
		['every day', 'is no recurrence rule, e.g. FREQ=WEEKLY;BYDAY=MO'],
		['BYDAY=MO', 'has no FREQ'],
		['FREQ=SOMETIMES', 'has an unknown FREQ SOMETIMES'],
		['FREQ=DAILY;FREQ=DAILY', 'has a part twice: FREQ'],
		['FREQ=DAILY;COLOR=RED', 'has an unknown part COLOR'],
		['FREQ=DAILY;COUNT=2;UNTIL=20270101', 'has both UNTIL and COUNT'],
		['FREQ=DAILY;UNTIL=20270230', 'has an UNTIL that is no date or time: 20270230'],
		['FREQ=DAILY;INTERVAL=0', 'has no number from 1 on as INTERVAL: 0'],
		['FREQ=MONTHLY;BYMONTHDAY=32', 'has a BYMONTHDAY that cannot be: 32'],
		['FREQ=WEEKLY;BYDAY=MONDAY', 'has a BYDAY that cannot be: MONDAY'],
	])('%s is refused: it %s', (rule, reason) => {
		expect(() => ruleFrom(rule)).toThrow(reason);
	});
});
