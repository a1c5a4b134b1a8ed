import { describe, expect, test } from '@jest/globals';
import { nothing, procedure, resource, service, type AnyOperation } from '../../src/catalog/operation';
import { field, row } from '../../src/catalog/row';
import { fileAnswer } from '../../src/catalog/fields';
import { isCut, runOperation, type RunOptions } from '../../src/host/run';
import { findOperation } from '../../src/services';
import { z } from '../../src/vendor/zod';
import { failure, withNas, type Scene } from '../support/nas';

const text = { title: 'Do', summary: 'Does.', uses: [], basis: 'guide' as const };
const none = z.object({});
const three = [1, 2, 3].map((id) => ({ id: String(id), name: `n${id}`, size: id }));
const thing = row({ id: field.id(), name: field.text(), size: field.bytes() }, { simple: ['name', 'id'] });
const give = async <T>(value: T): Promise<T> => await Promise.resolve(value);

const answering = (value: unknown, more: object = {}): AnyOperation =>
	procedure({ ...text, params: none, result: z.unknown(), run: async () => await give(value), ...more });

const things = service({
	id: 'test',
	title: 'Test',
	summary: '',
	apis: '',
	errors: {},
	triggers: {},
	resources: {
		thing: resource('Thing', {
			list: procedure({
				...text,
				params: none,
				result: z.array(thing),
				readOnly: true,
				run: async () => await give(three),
			}),
			import: procedure({ ...text, params: none, result: z.array(thing), run: async () => await give(three) }),
			get: procedure({ ...text, params: none, result: thing, readOnly: true, run: async () => await give(three[0]!) }),
			delete: procedure({ ...text, params: none, result: nothing, deletes: true, run: async () => await give({}) }),
		}),
	},
}).resources.thing.operations;

/** What a host gets: rows as an array. */
async function outcome({ dsm }: Scene, operation: AnyOperation, options?: RunOptions): Promise<unknown> {
	const told = await runOperation(dsm, operation, {}, options);
	if (told.kind !== 'rows') return told.kind === 'file' ? told.file : told.value;
	const rows: unknown[] = [];
	for await (const one of told.rows) rows.push(one);
	return rows;
}

const withScene = async (run: (scene: Scene) => Promise<void>): Promise<void> => await withNas({}, run);

describe('an operation that a host runs', () => {
	test('gives the rows of a list, as many as are wanted', async () => {
		await withScene(async (scene) => {
			expect(await outcome(scene, things.list)).toEqual(three);
			expect(await outcome(scene, things.list, { limit: 2 })).toEqual(three.slice(0, 2));
		});
	});

	test('gives the fields that are wanted, in their order, before those of Simplify', async () => {
		await withScene(async (scene) => {
			const rows = await outcome(scene, things.list, { limit: 1, simplify: true, fields: ['size', 'id', 'none'] });
			expect(rows).toEqual([{ size: 1, id: '1' }]);
			expect(Object.keys((rows as object[])[0]!)).toEqual(['size', 'id']);
		});
	});

	test('gives all rows of a write, whatever limit there is', async () => {
		await withScene(async (scene) => {
			expect([isCut(things.list), isCut(things.import)]).toEqual([true, false]);
			expect(await outcome(scene, things.import, { limit: 1 })).toEqual(three);
		});
	});

	test('deletes every file that was named, and tells of each, whatever limit there is', async () => {
		await withScene(async ({ dsm }) => {
			const make = async (name: string) =>
				await dsm.do(findOperation('file.folder.create'), { path: `/docs/${name}` } as never);
			const names = ['a', 'b', 'c'];
			for (const name of names) await make(name);
			const paths = names.map((name) => `/docs/${name}`);
			const told = await runOperation(dsm, findOperation('file.file.delete'), { paths }, { limit: 1 });
			expect([...((told as { rows: Iterable<unknown> }).rows ?? [])]).toHaveLength(3);
		});
	});

	test('keeps the fields that a person would pick when it is to be simple', async () => {
		await withScene(async (scene) => {
			const simplify = true;
			expect(await outcome(scene, things.get, { simplify })).toEqual({ name: 'n1', id: '1' });
			expect(await outcome(scene, things.list, { simplify, limit: 1 })).toEqual([{ name: 'n1', id: '1' }]);
			expect(await outcome(scene, things.import, { simplify })).toHaveLength(3);
		});
	});

	test('says that it was done where it has nothing to tell', async () => {
		await withScene(async (scene) => {
			for (const value of [undefined, null, {}])
				expect(await outcome(scene, answering(value))).toEqual({ success: true });
			for (const value of [0, '', false, 'text', { a: 1 }, [1], []])
				expect(await outcome(scene, answering(value))).toEqual(value);
		});
	});

	test('says that what it deletes is gone, beside what it tells', async () => {
		await withScene(async (scene) => {
			expect(await outcome(scene, things.delete)).toEqual({ deleted: true });
			expect(await outcome(scene, answering({ path: '/a' }, { deletes: true }))).toEqual({ deleted: true, path: '/a' });
			expect(await outcome(scene, answering('gone', { deletes: true }))).toEqual({ deleted: true });
		});
	});

	test('gives a file as it is', async () => {
		await withScene(async (scene) => {
			const file = { name: 'a.txt', type: 'text/plain', stream: undefined };
			expect(await outcome(scene, answering(file, { returns: 'file', result: fileAnswer() }))).toEqual(file);
		});
	});

	test('is refused before anything is sent when its parameters do not fit', async () => {
		await withScene(async ({ dsm, simulator }) => {
			const refused = await failure(runOperation(dsm, findOperation('file.folder.create'), { path: 7 }));
			expect(refused['code']).toBe('input');
			expect(simulator.requests).toEqual([]);
		});
	});
});
