import { describe, expect, test } from '@jest/globals';
import { file, id, moment } from '../../src/catalog/fields';
import { nothing, operation, procedure } from '../../src/catalog/operation';
import { field, row } from '../../src/catalog/row';
import { call } from '../../src/catalog/wire';
import { allServices, operationsOf } from '../../src/services';
import { fieldsOf, isList, listOf, simpleFieldsOf, simplified, valueOf } from '../../src/host/form';
import { z } from '../../src/vendor/zod';

const choices = { from: 'test.thing.list', value: 'id', label: 'name' };

const params = z.object({
	thing_id: id().meta({ title: 'Thing', description: 'Thing to work on', widget: 'picker', choices }),
	others: z.array(id()).default([]).meta({ title: 'Others', widget: 'picker', choices }),
	days: z
		.array(z.enum(['mo', 'tu']))
		.default(['mo'])
		.meta({ title: 'Days', labels: { mo: 'Monday' } }),
	words: z.array(z.string()).optional().meta({ title: 'Words', widget: 'json' }),
	rows: z.array(z.object({ a: z.string() })).default([]),
	mixed: z
		.union([z.array(z.object({ a: z.string() })), z.string()])
		.optional()
		.meta({ widget: 'json' }),
	paths: z.union([z.string(), z.array(z.string())]).meta({ widget: 'path' }),
	sort_by: z.enum(['name', 'file_size']).default('name'),
	hue: z.string().optional().meta({ widget: 'color', placeholder: 'e.g. #336699' }),
	colorful: z.string().optional(),
	count: z.number().int().min(1).max(9).default(3).meta({ unit: 'seconds', advanced: true }),
	due: moment().optional().meta({ local: true }),
	code: z.string().meta({ widget: 'secret' }),
	note: z.string().default('').meta({ widget: 'multiline' }),
	sure: z.boolean().default(true),
	upload: file(),
});

const byName = Object.fromEntries(fieldsOf(params).map((one) => [one.name, one]));

describe('fields of a schema', () => {
	test('have the kind that their declaration says, whatever they are called', () => {
		expect(Object.values(byName).map(({ name, kind, isList: several }) => [name, kind, several])).toEqual([
			['thing_id', 'picker', false],
			['others', 'picker', true],
			['days', 'choice', true],
			['words', 'text', true],
			['rows', 'json', true],
			['mixed', 'json', true],
			['paths', 'text', false],
			['sort_by', 'choice', false],
			['hue', 'color', false],
			['colorful', 'text', false],
			['count', 'number', false],
			['due', 'moment', false],
			['code', 'secret', false],
			['note', 'multiline', false],
			['sure', 'flag', false],
			['upload', 'file', false],
		]);
	});

	test('keep title, help, default, limits and unit', () => {
		expect(byName['thing_id']).toMatchObject({
			title: 'Thing',
			description: 'Thing to work on',
			required: true,
			advanced: false,
			isNumeric: true,
			choices,
			range: { min: 1 },
		});
		expect(byName['count']).toMatchObject({
			title: 'Count',
			required: false,
			advanced: true,
			default: 3,
			unit: 'seconds',
			range: { min: 1, max: 9 },
		});
		expect(byName['hue']).toMatchObject({ placeholder: 'e.g. #336699', range: {} });
		expect(byName['due']).toMatchObject({ local: true, required: false });
		expect(byName['code']?.required).toBe(true);
	});

	test('name the values of a choice in words', () => {
		expect(byName['sort_by']?.options).toEqual([
			{ value: 'name', label: 'Name' },
			{ value: 'file_size', label: 'File size' },
		]);
		expect(byName['days']).toMatchObject({
			default: ['mo'],
			options: [
				{ value: 'mo', label: 'Monday' },
				{ value: 'tu', label: 'Tu' },
			],
		});
	});

	test('are read once for each schema', () => {
		expect(fieldsOf(params)).toBe(fieldsOf(params));
	});
});

describe('a list that was typed', () => {
	test.each([
		['a, b,,c ', ['a', 'b', 'c']],
		['one, two\n three\r\n', ['one, two', 'three']],
		['["a, b", "c"]', ['a, b', 'c']],
		['[draft], b', ['[draft]', 'b']],
		['', []],
		[
			['a', 1],
			['a', 1],
		],
		[7, [7]],
	])('%j is %j', (value, entries) => {
		expect(listOf({ isNumeric: false }, value)).toEqual(entries);
	});

	test.each([
		['/docs/a, b.txt', ['/docs/a, b.txt']],
		['/docs/a, b.txt, /docs/c', ['/docs/a, b.txt', '/docs/c']],
		['id:7,/mydrive, https://nas.example.com/d/f/1', ['id:7', '/mydrive', 'https://nas.example.com/d/f/1']],
		['846602240362853366, 846602240362853367', ['846602240362853366', '846602240362853367']],
	])('of places, %j, keeps commas inside names', (value, entries) => {
		expect(listOf({ isNumeric: false, by: { path: 'e.g. /docs' } }, value)).toEqual(entries);
	});

	test('holds numbers where the declaration wants them', () => {
		expect(listOf({ isNumeric: true }, '1, 2, x')).toEqual([1, 2, 'x']);
		expect(valueOf({ isNumeric: true }, ' 7 ')).toBe(7);
		expect(valueOf({ isNumeric: false }, '7')).toBe('7');
	});
});

const things = call('SYNO.Test.Thing', 'list', 1, {
	list: 'things',
	of: row({ id: field.id() }),
	basis: 'guide',
	source: 'core.md 1',
	readOnly: true,
});
const text = { title: 'Do', summary: 'Does.' };

describe('whether an operation gives a list', () => {
	test('follows from its call, from `each` and from its result', () => {
		const none = z.object({});
		const ids = z.object({ ids: z.array(z.string()) });
		const uses = [things];
		const run = async () => await Promise.resolve([]);
		expect(isList(operation({ ...text, call: things, params: none }))).toBe(true);
		expect(isList(operation({ ...text, call: things, params: ids, each: { param: 'ids', as: 'id' } }))).toBe(true);
		expect(isList(procedure({ ...text, uses, params: none, result: z.array(nothing), run }))).toBe(true);
		expect(
			isList(procedure({ ...text, uses, params: none, result: nothing, run: async () => await Promise.resolve({}) })),
		).toBe(false);
		expect(
			isList(operation({ ...text, call: { api: 'SYNO.Test.Thing', method: 'get', version: 1 }, params: none })),
		).toBe(false);
	});

	test('is told of every operation whose rows come one by one', () => {
		const all = allServices().flatMap(operationsOf);
		const oneByOne = all.filter((one) => {
			if (one.kind === 'procedure') return one.each !== undefined;
			return 'call' in one && 'row' in one.call && !one.each;
		});
		expect(oneByOne.length).toBeGreaterThan(20);
		expect(oneByOne.filter((one) => !isList(one))).toEqual([]);
	});
});

describe('a simplified row', () => {
	const wide = Object.fromEntries('abcdefghijkl'.split('').map((name) => [name, z.string()]));

	test('keeps what the declaration picks', () => {
		const declared = row(wide, { simple: ['c', 'a'] });
		expect(simpleFieldsOf(declared)).toEqual(['c', 'a']);
		expect(simpleFieldsOf(z.array(declared))).toEqual(['c', 'a']);
	});

	test('else keeps the first ten, and all of a row that has no more', () => {
		expect(simpleFieldsOf(z.object(wide))).toEqual('abcdefghij'.split(''));
		expect(simpleFieldsOf(z.object({ a: z.string(), b: z.string() }))).toBeUndefined();
		expect(simpleFieldsOf(nothing)).toBeUndefined();
	});

	test('keeps what an event or an outcome adds to it, but the id of the event', () => {
		const more = { late: z.boolean(), event_id: z.string() };
		expect(simpleFieldsOf(row(wide, { simple: ['c', 'a'] }).with(more))).toEqual(['c', 'a', 'late']);
		expect(simpleFieldsOf(row(wide).with(more))).toEqual([...'abcdefghi'.split(''), 'late']);
		expect(
			simpleFieldsOf(
				row(wide)
					.with(more)
					.as({ simple: ['c'] }),
			),
		).toEqual(['c']);
	});

	test('leaves out what an open row brings beside its declared fields', () => {
		const { a, b, c, d, e } = wide as Record<string, z.ZodString>;
		expect(simpleFieldsOf(row({ a, b, c, d, e } as Record<string, z.ZodString>))).toEqual(['a', 'b', 'c', 'd', 'e']);
		expect(simplified({ z: 1, a: 2, c: 3 }, ['c', 'b', 'a'])).toEqual({ c: 3, a: 2 });
	});
});
