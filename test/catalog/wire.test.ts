import { describe, expect, test } from '@jest/globals';
import { operation, weakest } from '../../src/catalog/operation';
import { field, row } from '../../src/catalog/row';
import { call } from '../../src/catalog/wire';
import { parseAnswer } from '../../src/core/answer';
import { isListCall } from '../../src/core/call';
import { z } from '../../src/vendor/zod';

const known = { basis: 'guide', source: 'filestation.md 4.9' } as const;
const favorite = row({ path: field.text(), name: field.text() });
const list = call('SYNO.FileStation.Favorite', 'list', 2, {
	list: 'favorites',
	of: favorite,
	readOnly: true,
	...known,
});
const edit = call('SYNO.FileStation.Favorite', 'edit', 2, { ...known, basis: 'clients' });
const create = call('SYNO.Note', 'create', 1, { answer: row({ id: field.id() }), ...known });
const read = { readOnly: true, unexpected: () => {} };

describe('the answer of a list', () => {
	test('is its rows and how many there are', () => {
		const answer = { favorites: [{ path: '/a', name: 'A' }], total: '3' };
		expect(parseAnswer(list, answer, read)).toEqual({ rows: [{ path: '/a', name: 'A' }], total: 3 });
	});

	test.each([
		['an empty success', {}, 'The answer of SYNO.FileStation.Favorite list has no list "favorites".'],
		['nothing', undefined, 'The answer of SYNO.FileStation.Favorite list has no list "favorites".'],
		['another list', { items: [] }, 'The answer of SYNO.FileStation.Favorite list has no list "favorites".'],
		[
			'a row without what makes it one',
			{ favorites: [{ path: '/a' }] },
			'The answer of SYNO.FileStation.Favorite list lacks "rows.0.name".',
		],
	])('%s is no answer to a read, which may pass by itself', (_, answer, message) => {
		expect(() => parseAnswer(list, answer, read)).toThrow(expect.objectContaining({ message, code: 'protocol' }));
		expect(() => parseAnswer(list, answer, read)).toThrow(expect.objectContaining({ retryable: true }));
	});

	test('may lack its list where the call says so', () => {
		const sparse = call('SYNO.A', 'list', 1, { list: 'rows', of: favorite, emptyIsAbsent: true, ...known });
		expect(parseAnswer(sparse, {}, read)).toEqual({ rows: [] });
		expect(() => parseAnswer(sparse, { rows: 'none' }, read)).toThrow('has no list "rows"');
	});

	test('may lack its list only with a total that says that there is no more, where the call says so', () => {
		const counted = call('SYNO.A', 'list', 1, { list: 'rows', of: favorite, emptyIsAbsent: 'total', ...known });
		expect(parseAnswer(counted, { offset: 0, total: 0 }, read)).toEqual({ rows: [], total: 0 });
		expect(parseAnswer(counted, { offset: 5, total: 5 }, read)).toEqual({ rows: [], total: 5 });
		for (const damaged of [{}, { offset: 0, total: 5 }, { total: null }])
			expect(() => parseAnswer(counted, damaged, read)).toThrow('has no list "rows"');
	});

	test('may be the data itself, or stand under another name', () => {
		const either = call('SYNO.A', 'list', 1, { list: ['list', ''], of: z.string(), ...known });
		expect(parseAnswer(either, ['a'], read).rows).toEqual(['a']);
		expect(parseAnswer(either, { list: ['b'] }, read).rows).toEqual(['b']);
	});

	test('holds what else is declared of it', () => {
		const search = call('SYNO.A', 'list', 1, {
			list: 'files',
			of: favorite,
			also: { finished: field.flag() },
			...known,
		});
		expect(parseAnswer(search, { files: [], finished: 1 }, read)).toEqual({ rows: [], finished: true });
	});
});

describe('the answer of a write', () => {
	test('has been given, whatever it looks like', () => {
		const told: string[] = [];
		const write = { readOnly: false, unexpected: (message: string) => void told.push(message) };
		expect(parseAnswer(create, { id: 5 }, write)).toEqual({ id: '5' });
		expect(parseAnswer(create, {}, write)).toEqual({});
		expect(parseAnswer(create, null, write)).toEqual({});
		expect(told).toHaveLength(2);
	});
});

describe('an operation follows from its call', () => {
	const said = { title: 'List favorites', summary: 'Lists.', params: z.object({}) };

	test('what it gives, how certain it is, and whether it changes anything', () => {
		const listing = operation({ ...said, call: list });
		expect(listing).toMatchObject({ basis: 'guide', readOnly: true, derived: true });
		expect(z.toJSONSchema(listing.result, { unrepresentable: 'any' }).type).toBe('array');
		expect(operation({ ...said, call: edit }).result.parse({})).toEqual({});
	});

	test('it is as certain as the weakest of its calls', () => {
		expect(operation({ ...said, known: { call: list }, call: edit }).basis).toBe('clients');
		expect(weakest([list, edit])).toBe('clients');
		expect(isListCall(list)).toBe(true);
	});
});
