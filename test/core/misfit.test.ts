import { describe, expect, test } from '@jest/globals';
import { fieldsOf } from '../../src/host/form';
import { idOf } from '../../src/catalog/operation';
import { checked } from '../../src/core/misfit';
import { isSecretName } from '../../src/core/redact';
import { allServices, operationsOf, pushesOf, triggersOf } from '../../src/services';
import { z } from '../../src/vendor/zod';

const textOf = (schema: z.ZodType, value: unknown): string | undefined => {
	const result = checked(schema, value);
	return 'misfit' in result ? result.misfit.text : undefined;
};

const sample = z.object({
	id: z.coerce.number<number | string>().int().positive().optional(),
	size: z.number().min(2).max(9).optional(),
	name: z.string().min(1).max(3).optional(),
	day: z.enum(['mo', 'tu']).optional(),
	rows: z.array(z.object({ at: z.string() })).optional(),
	either: z.union([z.string(), z.array(z.string())]).optional(),
	entry: z.union([z.string().regex(/^x/, 'is no x'), z.object({ at: z.number() })]).optional(),
	code: z.string().max(3).meta({ widget: 'secret' }).optional(),
});

describe('what does not fit', () => {
	test.each<[Record<string, unknown>, string]>([
		[{ id: 'General' }, '"General" is not a number'],
		[{ id: 1.5 }, '1.5 is not a whole number'],
		[{ id: -3 }, '-3 is not more than 0'],
		[{ size: 1 }, '1 is less than 2'],
		[{ size: 10 }, '10 is more than 9'],
		[{ name: '' }, 'it is empty'],
		[{ name: 'abcd' }, '"abcd" has more than 3 characters'],
		[{ name: 7 }, '7 is not a text'],
		[{ day: 'we' }, '"we" is none of "mo", "tu"'],
		[{ rows: 'x' }, '"x" is not a list'],
		[{ rows: [{}] }, '"at" is missing'],
		[{ either: 5 }, '5 is not a text or a list'],
		[{ either: ['a', 5] }, '5 is not a text'],
		[{ entry: 'a' }, '"a" is no x'],
		[{ entry: { at: 'a' } }, '"a" is not a number'],
		[{ name: `${'long'.repeat(30)}` }, `"${'long'.repeat(15)}…" has more than 3 characters`],
		[{ code: 'hunter2' }, 'it has more than 3 characters'],
	])('%j: %s', (given, text) => {
		expect(textOf(sample, given)).toBe(text);
	});
});

/** What expressions, messages and AI tools put into a parameter by mistake. */
const MALFORMED: unknown[] = [
	...['', 'nope', 'General', '  ', '-1', '1.5', '../..', '{"a":', 'a'.repeat(400), 'two\nlines'],
	...[-1, 0, 1.5, 1e300, Number.NaN, true, null],
	...[{}, { nope: 1 }, [], ['nope'], [{}], [[]], [null], [-1], [{ nope: 'nope' }]],
];

const declarations = allServices().flatMap((service) => [
	...operationsOf(service),
	...triggersOf(service),
	...pushesOf(service),
]);

describe('every parameter', () => {
	const refused = declarations.flatMap((one) =>
		fieldsOf(one.params).flatMap(({ name, kind, masked }) => {
			const schema = z.object({ [name]: (one.params as z.ZodObject).shape[name] as z.ZodType });
			return MALFORMED.flatMap((value) => {
				const text = textOf(schema, { [name]: value });
				const isSecret = kind === 'secret' || masked === true || isSecretName(name);
				return text === undefined ? [] : [{ at: `${idOf(one)}: ${name}`, value, text, isSecret }];
			});
		}),
	);

	test('refuses what is malformed in plain words', () => {
		const foreign = /invalid|expected|received|NaN|too (small|big)|undefined|\[object|right form/i;
		expect(refused.length).toBeGreaterThan(10_000);
		const odd = refused.filter(({ text }) => foreign.test(text));
		expect([...new Set(odd.map(({ at, text }) => `${at}: ${text}`))]).toEqual([]);
	});

	test('names the value, unless it is a secret', () => {
		const short = refused.filter(({ value }) => ['nope', 'General', '-1', '1.5'].includes(value as string));
		const silent = short.filter(({ text, value, isSecret }) => !isSecret && !text.includes(String(value)));
		expect([...new Set(silent.map(({ at, text }) => `${at}: ${text}`))]).toEqual([]);
		expect(short.filter(({ text, isSecret, value }) => isSecret && text.includes(`"${String(value)}"`))).toEqual([]);
	});
});
