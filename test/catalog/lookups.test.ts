import { describe, expect, test } from '@jest/globals';
import { listTrigger } from '../../src/catalog/listTrigger';
import { callsOf, operation } from '../../src/catalog/operation';
import { field, row } from '../../src/catalog/row';
import { call } from '../../src/catalog/wire';
import { parseAnswer } from '../../src/core/answer';
import { DsmInputError } from '../../src/core/errors';
import { z } from '../../src/vendor/zod';
import { plenty } from '../support/follow';
import { failure, withNas } from '../support/nas';

const known = { basis: 'guide', source: 'filestation.md 4.4' } as const;
const station = call('SYNO.FileStation.Info', 'get', 2, {
	answer: row({ hostname: field.text() }),
	readOnly: true,
	...known,
});
const shares = call('SYNO.FileStation.List', 'list_share', 2, {
	list: 'shares',
	of: row({ name: field.text(), path: field.text() }),
	readOnly: true,
	...known,
	basis: 'clients',
});
const rename = call('SYNO.FileStation.Rename', 'rename', 2, known);
const base = { title: 'Do', summary: 'Does.' };

describe('an operation that looks up what it needs by code', () => {
	const named = operation({
		...base,
		known: {
			uses: [station, shares],
			async look(given, dsm) {
				const [first] = await dsm.list(shares);
				if (given.name === first!.name) throw new DsmInputError('The name is taken.', { path: ['name'] });
				return { path: `${first!.path}/${(await dsm.call(station)).hostname}` };
			},
		},
		call: rename,
		params: z.object({ name: z.string() }),
		request: (given, found) => ({ ...found, name: given.name }),
	});

	test('sends what it found, and gives nothing of an answer that its call does not declare', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const sent: unknown[] = [];
			simulator.use({
				'SYNO.FileStation.Info.get': () => ({ data: { hostname: 'NAS' } }),
				'SYNO.FileStation.List.list_share': () => ({ data: { shares: [{ name: 'a', path: '/a' }] } }),
				'SYNO.FileStation.Rename.rename': ({ params }) => {
					sent.push([params.path, params.name]);
					return { data: { files: [{ id: 5 }] } };
				},
			});
			expect(await dsm.do(named, { name: 'b' })).toEqual({});
			expect((await failure(dsm.do(named, { name: 'a' }))).message).toBe('The name is taken.');
			expect(sent).toEqual([['/a/NAS', 'b']]);
		});
	});

	test('is as certain as the weakest of all its calls', () => {
		expect([named.basis, callsOf(named).map(({ method }) => method)]).toEqual([
			'clients',
			['rename', 'get', 'list_share'],
		]);
	});
});

describe('a list of which all rows together tell which count', () => {
	test('gives those that are picked, in their order', async () => {
		const longest = operation({
			...base,
			call: shares,
			params: z.object({ least: z.number() }),
			request: () => ({}),
			pick: (rows, given) =>
				rows
					.filter(({ name }) => name.length >= given.least)
					.sort((a, b) => b.name.length - a.name.length)
					.slice(0, 2),
			response: ({ name }) => ({ name }),
			result: z.array(z.object({ name: z.string() })),
		});
		await withNas({}, async ({ dsm, simulator }) => {
			const names = ['a', 'ccc', 'bb', 'dddd'];
			simulator.use({
				'SYNO.FileStation.List.list_share': () => ({
					data: { shares: names.map((name) => ({ name, path: `/${name}` })) },
				}),
			});
			expect(await dsm.do(longest, { least: 1 })).toEqual([{ name: 'dddd' }, { name: 'ccc' }]);
			expect(await dsm.do(longest, { least: 4 })).toEqual([{ name: 'dddd' }]);
		});
	});
});

describe('a list whose key is not known', () => {
	const only = call('SYNO.A', 'list', 1, { list: '*', of: z.string(), ...known });
	const read = { readOnly: true, unexpected: () => {} };

	test('is the one list of the answer, and an answer without one is none', () => {
		expect(parseAnswer(only, { count: 1, things: ['a'] }, read).rows).toEqual(['a']);
		expect(() => parseAnswer(only, { count: 1 }, read)).toThrow('has no list');
	});
});

describe('a trigger on rows that cannot always be read', () => {
	const changed = listTrigger({
		...base,
		call: shares,
		params: z.object({}),
		id: ({ name }) => name,
		fingerprints: ({ path }) => (path === '?' ? undefined : [path]),
		on: ['created', 'changed'],
		event: row({ event_id: z.string(), name: field.text(), path: field.text() }),
	});

	test('takes what cannot be read now to be as it was', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			let now: Record<string, string> = { a: '/1', b: '?' };
			simulator.use({
				'SYNO.FileStation.List.list_share': () => ({
					data: { shares: Object.entries(now).map(([name, path]) => ({ name, path })) },
				}),
			});
			let cursor = changed.cursor.parse(await changed.start({}, dsm));
			const poll = async (next: Record<string, string>) => {
				now = next;
				const answer = await changed.poll({}, cursor, dsm, plenty);
				cursor = changed.cursor.parse(answer.cursor);
				return answer.events.map((event) => changed.event.parse(event).path);
			};
			expect([await poll({ a: '?', b: '?' }), await poll({ a: '?', b: '/1' })]).toEqual([[], ['/1']]);
			expect([await poll({ a: '/1', b: '/1' }), await poll({ a: '/2', b: '/1' })]).toEqual([[], ['/2']]);
		});
	});
});
