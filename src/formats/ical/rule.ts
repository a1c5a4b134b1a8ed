import { wallOf } from './days';

export const FREQUENCIES = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** A recurrence rule (RFC 5545, 3.3.10). Lists are empty where the rule does not say anything. */
export interface Rule {
	freq: Frequency;
	interval: number;
	count: number | undefined;
	/** As it stands in the rule: a date, or a time with or without Z. */
	until: string | undefined;
	/** Day on which weeks begin; 0 is Monday. */
	wkst: number;
	/** `nth` is 0 for every such day; negative ones count from the end. */
	byDay: readonly { nth: number; day: number }[];
	byMonth: readonly number[];
	byWeekNo: readonly number[];
	byYearDay: readonly number[];
	byMonthDay: readonly number[];
	byHour: readonly number[];
	byMinute: readonly number[];
	bySecond: readonly number[];
	bySetPos: readonly number[];
}

/** The greatest number of each list; whether negative ones count from the end; whether 0 is one. */
const LISTS = {
	BYMONTH: { most: 12, fromEnd: false, least: 1 },
	BYWEEKNO: { most: 53, fromEnd: true, least: 1 },
	BYYEARDAY: { most: 366, fromEnd: true, least: 1 },
	BYMONTHDAY: { most: 31, fromEnd: true, least: 1 },
	BYHOUR: { most: 23, fromEnd: false, least: 0 },
	BYMINUTE: { most: 59, fromEnd: false, least: 0 },
	BYSECOND: { most: 60, fromEnd: false, least: 0 },
	BYSETPOS: { most: 366, fromEnd: true, least: 1 },
} as const;

const SINGLE = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY'];

/** Name and value of the parts of a rule, in capitals, in the order in which they stand. Throws an Error that says what is wrong. */
function partsOf(text: string): Map<string, string> {
	const plain = text
		.trim()
		.replace(/^RRULE:/i, '')
		.replace(/;$/, '')
		.toUpperCase();
	if (!/^[A-Z-]+=[^;=]+(;[A-Z-]+=[^;=]+)*$/.test(plain))
		throw new Error('is no recurrence rule, e.g. FREQ=WEEKLY;BYDAY=MO');
	const parts = new Map<string, string>();
	for (const part of plain.split(';')) {
		const [name = '', value = ''] = part.split('=');
		if (!SINGLE.includes(name) && !(name in LISTS) && !name.startsWith('X-'))
			throw new Error(`has an unknown part ${name}`);
		if (parts.has(name)) throw new Error(`has a part twice: ${name}`);
		parts.set(name, value);
	}
	return parts;
}

/**
 * Reads an RRULE, with or without its name. Throws an Error whose message goes on after the rule: "has no FREQ". Parts that RFC 5545
 * forbids together but that have one meaning are taken, since calendars in the wild hold them.
 */
export function ruleFrom(text: string): Rule {
	const parts = partsOf(text);
	const freq = FREQUENCIES.find((one) => one === parts.get('FREQ'));
	if (!freq) throw new Error(parts.has('FREQ') ? `has an unknown FREQ ${parts.get('FREQ')}` : 'has no FREQ');
	if (parts.has('UNTIL') && parts.has('COUNT')) throw new Error('has both UNTIL and COUNT');
	const until = parts.get('UNTIL');
	if (until !== undefined && !wallOf(until)) throw new Error(`has an UNTIL that is no date or time: ${until}`);
	const wkst = WEEKDAYS.indexOf((parts.get('WKST') ?? 'MO') as (typeof WEEKDAYS)[number]);
	if (wkst < 0) throw new Error(`has a WKST that is no day of the week: ${parts.get('WKST')}`);
	const list = (name: keyof typeof LISTS) => listOf(name, parts.get(name));
	return {
		freq,
		interval: natural(parts, 'INTERVAL') ?? 1,
		count: natural(parts, 'COUNT'),
		until,
		wkst,
		byDay: (parts.get('BYDAY')?.split(',') ?? []).map(weekdayFrom),
		byMonth: list('BYMONTH'),
		byWeekNo: list('BYWEEKNO'),
		byYearDay: list('BYYEARDAY'),
		byMonthDay: list('BYMONTHDAY'),
		byHour: list('BYHOUR'),
		byMinute: list('BYMINUTE'),
		bySecond: list('BYSECOND'),
		bySetPos: list('BYSETPOS'),
	};
}

function natural(parts: Map<string, string>, name: string): number | undefined {
	const value = parts.get(name);
	if (value === undefined) return undefined;
	if (!/^\d{1,9}$/.test(value) || Number(value) < 1) throw new Error(`has no number from 1 on as ${name}: ${value}`);
	return Number(value);
}

function listOf(name: keyof typeof LISTS, text: string | undefined): number[] {
	const { most, fromEnd, least } = LISTS[name];
	return (text?.split(',') ?? []).map((one) => {
		const value = Number(one);
		const isGood = /^[+-]?\d{1,3}$/.test(one) && Math.abs(value) <= most && (fromEnd ? value !== 0 : value >= least);
		if (!isGood) throw new Error(`has a ${name} that cannot be: ${one}`);
		return value;
	});
}

function weekdayFrom(text: string): { nth: number; day: number } {
	const [, nth = '0', name = ''] = /^([+-]?[1-9]\d?)?([A-Z]{2})$/.exec(text) ?? [];
	const day = WEEKDAYS.indexOf(name as (typeof WEEKDAYS)[number]);
	if (day < 0 || Math.abs(Number(nth)) > 53) throw new Error(`has a BYDAY that cannot be: ${text}`);
	return { nth: Number(nth), day };
}
