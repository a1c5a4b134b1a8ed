import type { z } from '../vendor/zod';
import { isSecretName } from './redact';
import { secretsOf } from './secretFields';

/** The first thing that does not fit in what was given, in plain words. */
export interface Misfit {
	/** Where it stands. */
	path: (string | number)[];
	/** What stands there; undefined: nothing. */
	value: unknown;
	/** What is wrong with it, with the value unless it is a secret: `"nope" is not a number`. */
	text: string;
	/** The rule was written with the declaration, and its words go on after the name of the field: "is not a certificate". */
	said?: string;
}

type Checked<S extends z.ZodType> = { data: z.output<S> } | { misfit: Misfit };

/** Checks a value against its declaration. */
export function checked<S extends z.ZodType>(schema: S, given: unknown): Checked<S> {
	const parsed = schema.safeParse(given, { error: words });
	if (parsed.success) return { data: parsed.data };
	const { path, message, code } = deepest(parsed.error.issues[0]!);
	const value = path.reduce<unknown>(
		(whole, part) => (whole as Record<PropertyKey, unknown> | undefined)?.[part],
		given,
	);
	const misfit = {
		path: path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
		value,
		text: PREDICATE.test(message) ? `${subject(schema, given, path, value)} ${message}` : message,
	};
	return { misfit: code === 'custom' || code === 'invalid_format' ? { ...misfit, said: message } : misfit };
}

type Raw = Parameters<z.core.$ZodErrorMap>[0];
type Issue = Pick<z.core.$ZodIssue, 'path' | 'message' | 'code'>;

/** Of a value that fits none of several forms, the form that it comes nearest to: the one whose fault lies within it. */
function deepest(issue: z.core.$ZodIssue): Issue {
	if (issue.code !== 'invalid_union') return issue;
	const nearest = issue.errors.find(([first]) => first && !(first.code === 'invalid_type' && first.path.length === 0));
	if (!nearest) return issue;
	const inner = deepest(nearest[0]!);
	return { ...inner, path: [...issue.path, ...inner.path] };
}

/** Words of rules that go on after the value: "is no address". Other rules are whole sentences. */
const PREDICATE = /^(?:must|is|are|has|have|holds|names|needs)\b/;
/** Characters of a value that a message repeats. */
const SHOWN = 60;

/** What a message speaks of: the value, or "it" where it is a secret, empty, long or no plain value. */
function subject(schema: z.ZodType, given: unknown, path: PropertyKey[], value: unknown): string {
	const isSecret = secretsOf(schema, given).includes(String(value)) || path.some((part) => isSecretName(String(part)));
	if (value === undefined && path.length > 1) return `"${String(path.at(-1))}"`;
	if (isSecret || value === '') return 'it';
	if (Number.isFinite(value) || typeof value === 'boolean') return String(value);
	if (typeof value !== 'string' || /[\r\n]/.test(value)) return 'it';
	return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
}

const EXPECTED: Record<string, string> = {
	string: 'a text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
	record: 'an object',
	null: 'null',
};

const FORMATS: Record<string, string> = {
	url: 'is no address, e.g. https://nas.example.com/app',
	email: 'is no email address',
};

/** Of what is not there at all. */
export const MISSING = 'is missing';

/** What rules say that were declared without words of their own. */
export function words(issue: Raw): string {
	switch (issue.code) {
		case 'invalid_type':
			return issue.input === undefined ? MISSING : `is not ${EXPECTED[issue.expected] ?? issue.expected}`;
		case 'invalid_value':
			return `is none of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
		case 'too_small':
			return tooSmall(issue);
		case 'too_big':
			return tooBig(issue);
		case 'not_multiple_of':
			return `is not a multiple of ${issue.divisor}`;
		case 'unrecognized_keys':
			return `has ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}, which nothing is known of`;
		case 'invalid_union':
			return `is not ${[...new Set(issue.errors.flatMap(kindsOf))].join(' or ')}`;
		case 'invalid_format':
			return FORMATS[issue.format] ?? 'is not in the right form';
		default:
			return 'is not in the right form';
	}
}

/** "a text" of a branch that wants a text. */
const kindsOf = ([first]: z.core.$ZodIssue[]): string[] =>
	first?.code === 'invalid_type' ? [EXPECTED[first.expected] ?? first.expected] : [];

/** "3 entries" */
const counted = (count: number | bigint, one: string, many: string): string =>
	`${count} ${Number(count) === 1 ? one : many}`;

const sized = (origin: string, count: number | bigint): string =>
	origin === 'string' ? counted(count, 'character', 'characters') : counted(count, 'entry', 'entries');

const isNumber = (origin: string): boolean => origin === 'number' || origin === 'int' || origin === 'bigint';

function tooSmall({ origin, minimum, inclusive }: Extract<Raw, { code: 'too_small' }>): string {
	if (isNumber(origin)) return inclusive ? `is less than ${minimum}` : `is not more than ${minimum}`;
	return Number(minimum) === 1 ? 'is empty' : `has fewer than ${sized(origin, minimum)}`;
}

function tooBig({ origin, maximum, inclusive }: Extract<Raw, { code: 'too_big' }>): string {
	if (isNumber(origin)) return inclusive ? `is more than ${maximum}` : `is not less than ${maximum}`;
	return `has more than ${sized(origin, maximum)}`;
}
