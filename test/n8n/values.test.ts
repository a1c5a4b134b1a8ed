import { describe, expect, test } from '@jest/globals';
import { file, id, moment, textId } from '../../src/catalog/fields';
import type { FileSource } from '../../src/core/call';
import { readParams } from '../../src/n8n/values';
import { z } from '../../src/vendor/zod';
import { itemsOf, jsonOf, runNode, synology } from './engine';
import { withNas } from './support';

const picked = { widget: 'picker', choices: { from: 'chat.user.list', value: 'user_id', label: 'label' } } as const;
const source: FileSource = {
	name: 'a.txt',
	size: 1,
	open: async function* () {
		yield new Uint8Array(1);
	},
};

/** What the catalogue gets when the form holds these values. */
async function read(params: z.ZodObject, values: Record<string, unknown>): Promise<Record<string, unknown>> {
	return await readParams(
		{ params },
		{ read: (name) => values[name], timeZone: 'Europe/Berlin', file: async () => await Promise.resolve(source) },
	);
}

describe('a value of the form', () => {
	test.each([
		['a resource locator', id().meta(picked), { __rl: true, mode: 'list', value: 7, cachedResultName: 'Bob' }, 7],
		['digits from an expression', id().meta(picked), '7', 7],
		[
			'a long id, which must stay text',
			textId().meta(picked),
			{ __rl: true, mode: 'id', value: '9007199254740993' },
			'9007199254740993',
		],
		['nothing chosen', id().meta(picked), { __rl: true, mode: 'list', value: '' }, undefined],
		['several chosen', z.array(id()).meta(picked), [7, '8'], [7, 8]],
		['a comma-separated list', z.array(id()).meta(picked), '7, 8,', [7, 8]],
		['rows of texts', z.array(z.string()), { rows: [{ value: 'a, b' }, { value: '' }, { value: 'c' }] }, ['a, b', 'c']],
		['an array in a row', z.array(z.string()), { rows: [{ value: ['a', 'b'] }, { value: 'c' }] }, ['a', 'b', 'c']],
		['rows of numbers', z.array(z.number()), { rows: [{ value: 5 }, { value: '7' }] }, [5, 7]],
		['no rows', z.array(z.string()).default([]), {}, undefined],
		[
			'rows of objects',
			z.array(z.object({ value: z.string(), type: z.string().optional() })).meta({ widget: 'json' }),
			{
				rows: [
					{ value: 'a@example.org', type: 'work' },
					{ value: 'b@example.org', type: '' },
				],
			},
			[{ value: 'a@example.org', type: 'work' }, { value: 'b@example.org' }],
		],
		[
			'objects in a row',
			z.array(z.object({ value: z.string() })).meta({ widget: 'json' }),
			{ rows: [{ value: [{ value: 'a' }, { value: 'b' }] }] },
			[{ value: 'a' }, { value: 'b' }],
		],
		[
			'rows of places',
			z.array(z.string()).meta({ ...picked, by: { path: 'e.g. /docs' } }),
			{ rows: [{ value: { __rl: true, mode: 'path', value: '/docs/a, b.txt' } }, { value: ['/x', '/y'] }] },
			['/docs/a, b.txt', '/x', '/y'],
		],
		['one number where a list is wanted', z.array(id()).meta(picked), 7, [7]],
		['an empty list that need not be given', z.array(id()).default([]).meta(picked), [], undefined],
		['a local time', moment(), '2026-11-22T08:00:00', '2026-11-22T07:00:00.000Z'],
		['JSON', z.record(z.string(), z.unknown()).meta({ widget: 'json' }), '{"a": [1]}', { a: [1] }],
		['an object in place of JSON', z.record(z.string(), z.unknown()).meta({ widget: 'json' }), { a: 1 }, { a: 1 }],
		['a number where text is wanted', z.string(), 42, '42'],
		['an object where text is wanted', z.string(), { a: 1 }, '{"a":1}'],
		['an empty text that need not be given', z.string().optional(), '', undefined],
		['an empty text that has to be given', z.string(), '', ''],
		['a switch as text', z.boolean().default(false), 'true', true],
		['a number as text', z.number().default(1), '5', 5],
		['the name of a file', file(), 'data', source],
		['no file', file().optional(), '', undefined],
	])('that is %s is taken as the catalogue wants it', async (_title, schema, value, expected) => {
		expect((await read(z.object({ it: schema }), { it: value })).it).toEqual(expected);
	});

	test('under Options is left out when it was not added', async () => {
		const params = z.object({
			since: moment().optional().meta({ advanced: true }),
			all: z.boolean().default(false).meta({ advanced: true }),
		});
		expect(await read(params, { options: {} })).toEqual({});
		expect(await read(params, { options: { all: true, since: '2026-11-22' } })).toEqual({
			all: true,
			since: '2026-11-21T23:00:00.000Z',
		});
	});
});

describe('a raw call', () => {
	const call = (more: object) =>
		synology('synologyApi', {
			resource: 'call',
			operation: 'run',
			api: { __rl: true, mode: 'id', value: 'SYNO.Chat.Channel' },
			method: 'list',
			...more,
		} as never);

	test('gives the data as one item, whatever shape it has', async () => {
		await withNas({}, async ({ credentials }) => {
			const { outputs } = await runNode(
				call({ params: '{"offset": 0}', options: { version: 5 } }),
				itemsOf({}),
				credentials,
			);
			expect(outputs[0]).toHaveLength(1);
			expect(Object.keys(jsonOf(outputs[0])[0] ?? {})).toContain('channels');
		});
	});

	test('of several methods at once gives one item for each, failed ones among them', async () => {
		await withNas({}, async ({ credentials }) => {
			const calls = JSON.stringify([
				{ api: 'SYNO.Chat.User', method: 'list', version: 3 },
				{ api: 'SYNO.Chat.Channel', method: 'no_such', version: 5 },
			]);
			const { outputs } = await runNode(
				synology('synologyApi', { resource: 'call', operation: 'runMany', calls }),
				itemsOf({}, {}),
				credentials,
			);
			expect(jsonOf(outputs[0]).map(({ success }) => success)).toEqual([true, false, true, false]);
			expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 0 },
				{ item: 0 },
				{ item: 1 },
				{ item: 1 },
			]);
		});
	});
});
