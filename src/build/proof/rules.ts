import { spawnSync } from 'node:child_process';
import { DAY, wallOf, wallText, weekdayOf } from '../../formats/ical/days';
import { startsOf } from '../../formats/ical/recurrence';
import { ruleFrom, WEEKDAYS } from '../../formats/ical/rule';
import { randomOf } from './texts';

/** A rule, and the starts that an independent implementation gives within a window. */
export interface RuleVector {
	rule: string;
	/** `20260704T100000`, as are the others. */
	start: string;
	from: string;
	to: string;
	/** The first ones of the window; undefined: the judge gave none. */
	expected?: string[];
	/** Why the judge gave none. */
	unjudged?: string;
}

/** So many starts of a window are compared. */
const MOST_STARTS = 40;

/** Reads vectors as JSON from standard input, and answers them with what python-dateutil makes of the rules. */
const JUDGE = `
import json, signal, sys
from datetime import datetime
from dateutil.rrule import rrulestr
FORM = '%Y%m%dT%H%M%S'
class Slow(Exception): pass
def stop(*_): raise Slow()
signal.signal(signal.SIGVTALRM, stop)
def judged(one):
    start, begin, end = (datetime.strptime(one[key], FORM) for key in ('start', 'from', 'to'))
    found = []
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.15)
    try:
        for at in rrulestr(one['rule'], dtstart=start):
            if at > end or len(found) == ${MOST_STARTS}: break
            if at >= begin: found.append(at.strftime(FORM))
        return found
    except Slow:
        return 'The judge takes too long'
    except ValueError as error:
        return [] if 'empty set' in str(error) else 'The judge refuses it: ' + str(error)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
print(json.dumps([judged(one) for one in json.load(sys.stdin)]))
`;

const LISTS: readonly (readonly [name: string, least: number, most: number, fromEnd: boolean])[] = [
	['BYMONTH', 1, 12, false],
	['BYWEEKNO', 1, 53, true],
	['BYYEARDAY', 1, 366, true],
	['BYMONTHDAY', 1, 31, true],
	['BYHOUR', 0, 23, false],
	['BYMINUTE', 0, 59, false],
	['BYSECOND', 0, 59, false],
];

/** Days that a window is long, and that it may begin after the start. */
const WINDOWS = {
	YEARLY: 12 * 366,
	MONTHLY: 6 * 366,
	WEEKLY: 3 * 366,
	DAILY: 2 * 366,
	HOURLY: 30,
	MINUTELY: 1,
	SECONDLY: 1 / 24,
} as const;
const FREQUENCIES = Object.keys(WINDOWS) as (keyof typeof WINDOWS)[];

/**
 * A random rule with its window. Left out is what the judge reads otherwise than RFC 5545 says: `BYDAY=MO,2TU` (it takes what fits both),
 * the first of the weeks with BYSETPOS (it begins with the start), weeks from the end beyond the first day of a year (its list of open
 * points), and BYWEEKNO in rules that are not yearly.
 */
export function randomRule(seed: number): RuleVector {
	const random = randomOf(seed);
	const among = <T>(list: readonly T[]): T => list[random(list.length)]!;
	const freq = FREQUENCIES[random(10) < 8 ? random(4) : 4 + random(3)]!;
	const parts = [`FREQ=${freq}`];
	if (random(2) === 0) parts.push(`INTERVAL=${1 + random(random(4) === 0 ? 60 : 5)}`);
	const wkst = random(3) === 0 ? random(7) : 0;
	if (wkst > 0) parts.push(`WKST=${WEEKDAYS[wkst]}`);
	const numbers = (least: number, most: number, fromEnd: boolean) => {
		const many = 1 + random(random(3) === 0 ? 6 : 2);
		const one = () => least + random(most - least + 1);
		return [...new Set(Array.from({ length: many }, () => (fromEnd && random(3) === 0 ? -one() : one())))].join(',');
	};
	for (const [name, least, most, fromEnd] of LISTS) {
		if (random(name === 'BYMONTHDAY' || name === 'BYMONTH' ? 4 : 8) > 0) continue;
		if (name === 'BYWEEKNO' && freq !== 'YEARLY') continue;
		parts.push(`${name}=${numbers(least, name === 'BYWEEKNO' && fromEnd ? 51 : most, fromEnd)}`);
	}
	if (random(5) < 2) {
		const isNumbered =
			(freq === 'MONTHLY' || freq === 'YEARLY') && random(2) === 0 && !parts.join().includes('BYWEEKNO');
		const nth = () => (random(3) === 0 ? -1 - random(5) : 1 + random(5));
		const days = Array.from({ length: 1 + random(4) }, () => `${isNumbered ? nth() : ''}${among(WEEKDAYS)}`);
		parts.push(`BYDAY=${[...new Set(days)].join(',')}`);
	}
	const hasPositions = random(6) === 0;
	if (hasPositions) parts.push(`BYSETPOS=${numbers(1, random(2) === 0 ? 5 : 366, true)}`);
	let first = wallOf('19900101')!.wall + random(45 * 365) * DAY;
	if (freq === 'WEEKLY' && hasPositions) first -= ((weekdayOf(first / DAY) - wkst + 7) % 7) * DAY;
	first += random(24) * 3600 + random(60) * 60 + (random(3) === 0 ? random(60) : 0);
	const length = Math.floor(WINDOWS[freq] * DAY);
	const from = random(2) === 0 ? first : first + random(4 * length);
	const to = from + length;
	const ending = random(4);
	if (ending === 0) parts.push(`COUNT=${1 + random(60)}`);
	if (ending === 1) parts.push(`UNTIL=${wallText(first + random(5 * length))}`);
	const [head, ...rest] = parts;
	const rule = [head, ...rest.sort(() => random(3) - 1)].join(';');
	return { rule, start: wallText(first), from: wallText(from), to: wallText(to) };
}

/** What this product makes of a vector. Throws for a rule that it refuses. */
export function startsIn({ rule: text, start, from, to }: RuleVector): string[] {
	const at = (one: string) => wallOf(one)!.wall;
	const rule = ruleFrom(text);
	const until = rule.until === undefined ? undefined : at(rule.until);
	const found: string[] = [];
	for (const { wall } of startsOf(rule, at(start), at(from), at(to), until)) {
		found.push(wallText(wall));
		if (found.length === MOST_STARTS) break;
	}
	return found;
}

/** Vectors with what python-dateutil makes of them (Debian: python3-dateutil). Throws where it is not installed. */
export function judged(count: number, seed: number): RuleVector[] {
	const cases = Array.from({ length: count }, (_, index) => randomRule(seed + index));
	const { stdout, stderr, status } = spawnSync('/usr/bin/python3', ['-c', JUDGE], {
		input: JSON.stringify(cases),
		encoding: 'utf8',
		maxBuffer: 1 << 28,
	});
	if (status !== 0) throw new Error(`python-dateutil does not answer (apt-get install python3-dateutil): ${stderr}`);
	const answers = JSON.parse(stdout) as (string[] | string)[];
	return cases.map((one, index) => {
		const answer = answers[index]!;
		return typeof answer === 'string' ? { ...one, unjudged: answer } : { ...one, expected: answer };
	});
}

export interface RulesResult {
	cases: number;
	/** Rules that were not compared, by reason. */
	unjudged: Record<string, number>;
	slowest: number;
	failed: string[];
}

/** Compares rules with the judge: how many were not compared and why, and those that differ. */
export function proveRules(count: number, seed: number): RulesResult {
	const failed: string[] = [];
	const unjudged: Record<string, number> = {};
	const left = (why: string) => void (unjudged[why] = (unjudged[why] ?? 0) + 1);
	let slowest = 0;
	for (const vector of judged(count, seed)) {
		const begin = performance.now();
		const found = orReason(() => startsIn(vector));
		slowest = Math.max(slowest, performance.now() - begin);
		if (typeof found === 'string') left(`Refused: ${found}`);
		else if (!vector.expected) left(vector.unjudged ?? '');
		else if (String(found) !== String(vector.expected)) {
			const { rule, start, from, to, expected } = vector;
			failed.push(`${rule} from ${start}, ${from} to ${to}: ${found.slice(0, 5)} instead of ${expected.slice(0, 5)}`);
		}
	}
	return { cases: count, unjudged, slowest, failed };
}

function orReason<T>(read: () => T): T | string {
	try {
		return read();
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
