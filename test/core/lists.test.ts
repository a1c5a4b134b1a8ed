import { describe, expect, test } from '@jest/globals';
import { operation } from '../../src/catalog/operation';
import { call as declare } from '../../src/catalog/wire';
import { z } from '../../src/vendor/zod';
import { failure } from '../support/nas';
import { LIST, ok, replaying, type Asked, type Replay } from './recorded';

const call = { api: 'SYNO.DSM.Info', method: 'list', version: 2 } as const;
const paged = operation({
	title: 'List',
	summary: '',
	call: declare(call.api, call.method, call.version, {
		list: 'rows',
		of: z.object({ id: z.number() }),
		page: 2,
		emptyIsAbsent: true,
		basis: 'guide',
		source: 'core.md 20',
	}),
	params: z.object({}),
	response: ({ id }) => id,
	result: z.array(z.number()),
	basis: 'guide',
	readOnly: true,
});
const single = operation({
	title: 'List',
	summary: '',
	call,
	params: z.object({}),
	response: ({ rows }: { rows: unknown[] }) => rows,
	result: z.array(z.unknown()),
	basis: 'guide',
	readOnly: true,
});
const answering =
	(answer: (asked: Asked) => unknown): Replay =>
	(asked) =>
		asked.api === 'SYNO.API.Info' ? ok(LIST) : asked.api === call.api ? ok(answer(asked)) : undefined;
const ids = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));
const window = ({ params: { offset, limit } }: Asked) => ids(5).slice(Number(offset), Number(offset) + Number(limit));

describe('a paged list', () => {
	test.each<[string, (asked: Asked) => unknown, number[]]>([
		['with a total', (asked) => ({ rows: window(asked), total: 5 }), [0, 1, 2, 3, 4]],
		['with a total that is text', (asked) => ({ rows: window(asked), total: '5' }), [0, 1, 2, 3, 4]],
		['without a total', (asked) => ({ rows: window(asked) }), [0, 1, 2, 3, 4]],
		['of a server that gives all at once', () => ({ rows: ids(5), total: 5 }), [0, 1, 2, 3, 4]],
		['of a server that gives the same page again and again', () => ({ rows: ids(2) }), [0, 1]],
		['of a server that does so and tells a larger total', () => ({ rows: ids(2), total: 9 }), [0, 1]],
		['that is left out, being empty', () => ({ total: 0 }), []],
		['that is null', () => ({ rows: null, total: 0 }), []],
		['whose answer has no data', () => undefined, []],
	])('%s ends with its rows', async (_, answer, expected) => {
		await replaying(answering(answer), async ({ dsm }) => {
			expect(await dsm.do(paged, {})).toEqual(expected);
		});
	});

	test('is asked for no more rows than are wanted', async () => {
		await replaying(
			answering((asked) => ({ rows: window(asked), total: 5 })),
			async ({ dsm, asked }) => {
				const rows: unknown[] = [];
				for await (const row of dsm.each(paged, {}, { limit: 3 })) rows.push(row);
				expect([rows, asked.slice(2).map(({ params }) => `${params.offset}+${params.limit}`)]).toEqual([
					[0, 1, 2],
					['0+2', '2+1'],
				]);
			},
		);
	});
});

describe('an answer that its declaration cannot read', () => {
	test('fails in tests with the operation and the reason', async () => {
		await replaying(
			answering(() => undefined),
			async ({ dsm }) =>
				expect((await failure(dsm.do(single, {}))).message).toMatch(/^The answer to .* cannot be mapped: TypeError/),
			{ pool: { strictResults: true } },
		);
	});

	test('passes through in use, since a write that succeeded must not look failed', async () => {
		await replaying(
			answering(() => undefined),
			async ({ dsm, lines }) => {
				expect(await dsm.do(single, {})).toBeUndefined();
				expect(lines.join('\n')).toMatch(/cannot be mapped/);
				const rows: unknown[] = [];
				for await (const row of dsm.each(single, {})) rows.push(row);
				expect(rows).toEqual([]);
			},
		);
	});
});
