import { describe, expect, test } from '@jest/globals';
import { allServices } from '../../src/services';
import { BUDGETS } from '../../src/core/budget';
import { isDsmError } from '../../src/core/errors';
import { parseParams } from '../../src/core/faults';
import { fieldsOf, type Field } from '../../src/host/form';
import type { z } from '../../src/vendor/zod';

interface Parameter {
	name: string;
	params: z.ZodObject;
	field: Field;
}

/** Every parameter of every operation, trigger and push that hosts draw as a text, a list or JSON. */
const parameters: Parameter[] = allServices().flatMap(({ id, resources, triggers, pushes = {} }) =>
	[
		...Object.entries(resources).flatMap(([resource, { operations }]) =>
			Object.entries(operations).map(([name, one]) => [`${id}.${resource}.${name}`, one.params] as const),
		),
		...Object.entries({ ...triggers, ...pushes }).map(([name, one]) => [`${id}.${name}`, one.params] as const),
	].flatMap(([of, params]) =>
		fieldsOf(params as z.ZodObject).map((field) => ({
			name: `${of} ${field.name}`,
			params: params as z.ZodObject,
			field,
		})),
	),
);

/** Texts of a million characters that are no lines: what reads them does so in slices or in a thread, as `npm run proof -- params` shows. */
const LARGE = ['calendar.calendar.import ics', 'drive.file.createText text'];

/** The budget by which a value was refused. */
function refusal({ params, field }: Parameter, value: unknown): string | undefined {
	try {
		parseParams(params, { [field.name]: value }, 'test.test');
		return 'taken';
	} catch (error) {
		if (!isDsmError(error)) throw error;
		const { budget, path } = error.details;
		return budget === undefined ? error.message : path?.[0] === field.name ? budget : 'another parameter';
	}
}

const texts = parameters.filter(({ field: { kind } }) => ['text', 'multiline', 'json', 'path'].includes(kind));

describe('a text of a million characters', () => {
	test('for one line is refused as such, whatever the parameter', () => {
		const lines = texts.filter(({ field: { kind, isList } }) => kind === 'text' && !isList);
		expect(lines.length).toBeGreaterThan(400);
		const wrong = lines.filter(
			(one) => !['line', 'pathText'].includes(String(refusal(one, 'A;B=C:d\n'.repeat(131_072)))),
		);
		expect(wrong.map(({ name }) => name)).toEqual([]);
	});

	test('for several lines, a list or JSON is refused before it is read, but for those that are files', () => {
		const others = texts.filter(({ field: { kind, isList } }) => kind !== 'text' || isList);
		expect(others.length).toBeGreaterThan(50);
		const taken = others.filter((one) => {
			const budget = refusal(one, 'A;B=C:d\n'.repeat(131_072));
			return budget === undefined || !(budget in BUDGETS);
		});
		expect(taken.map(({ name }) => name).sort()).toEqual(LARGE);
	});
});

describe('a list', () => {
	const lists = parameters.filter(({ field: { isList } }) => isList);

	test('of more entries than any has is refused by their number', () => {
		expect(lists.length).toBeGreaterThan(50);
		const values = Array.from({ length: BUDGETS.entries.most + 1 }, (_, index) => String(index));
		expect(lists.filter((one) => refusal(one, values) !== 'entries').map(({ name }) => name)).toEqual([]);
	});

	test('with an entry that is too long is refused by its place', () => {
		const long = 'a'.repeat(BUDGETS.fileText.most + 1);
		expect(lists.filter((one) => !(refusal(one, ['1', long])! in BUDGETS)).map(({ name }) => name)).toEqual([]);
	});
});

test('the refusal says the length, the bound and the parameter', () => {
	const ics = parameters.find(({ name }) => name === 'calendar.calendar.import ics')!;
	expect(() => parseParams(ics.params, { ics: 'a'.repeat(10_000_001) }, 'test.test')).toThrow(
		'"Text" does not fit: it has 10000001 characters, and at most 10000000 are taken.',
	);
});

test('a contact takes as many numbers and addresses as people have, not thousands', () => {
	const phones = parameters.find(({ name }) => name === 'contacts.contact.create phones')!;
	const given = (count: number) => parseParams(phones.params, { phones: Array(count).fill('cell: 1') }, 'test.test');
	expect(() => given(501)).toThrow('"Phone Numbers" does not fit: it has 501 entries, and at most 500 are taken.');
	expect((given(500)['phones'] as unknown[]).length).toBe(500);
});
