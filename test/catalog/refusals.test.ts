import { describe, expect, test } from '@jest/globals';
import { operation } from '../../src/catalog/operation';
import { field, row } from '../../src/catalog/row';
import { call } from '../../src/catalog/wire';
import { DsmApiError } from '../../src/core/errors';
import { z } from '../../src/vendor/zod';
import { failure, withNas } from '../support/nas';

const known = { basis: 'guide', source: 'filestation.md 4.4', readOnly: true } as const;
const about = { param: 'path', most: 2, absent: 408 };
const look = call('SYNO.FileStation.List', 'getinfo', 2, {
	list: 'files',
	of: row({ path: field.text() }),
	about,
	...known,
});
const station = call('SYNO.FileStation.Info', 'get', 2, { answer: row({ hostname: field.text() }), ...known });
const old = call('SYNO.DSM.Info', 'getinfo', 2, { answer: row({ model: field.text() }), ...known, basis: 'capture' });
const base = { title: 'Get', summary: 'Gets.', params: z.object({}) };

describe('a list that is asked about values', () => {
	test('is asked about so many at a time, and one by one when one of them is not there', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const asked: unknown[] = [];
			simulator.use({
				'SYNO.FileStation.List.getinfo': ({ params }) => {
					asked.push(params.path);
					const paths = params.path as string[];
					return paths.includes('/b') ? { error: 408 } : { data: { files: paths.map((path) => ({ path })) } };
				},
			});
			const rows = await dsm.list(look, { path: ['/a', '/b', '/c'] });
			expect(rows.map(({ path }) => path)).toEqual(['/a', '/c']);
			expect(asked).toEqual([['/a', '/b'], ['/a'], ['/b'], ['/c']]);
			expect(await dsm.list(look, { path: [] })).toEqual([]);
			simulator.use({ 'SYNO.FileStation.List.getinfo': () => ({ error: 407 }) });
			expect((await failure(dsm.list(look, { path: ['/a'] }))).dsmCode).toBe(407);
		});
	});
});

describe('a call that is refused', () => {
	test('is replaced by another one where the operation names it, and only for such a refusal', async () => {
		const get = operation({ ...base, call: station, instead: { call: old, when: ['unavailable'] } });
		expect(get.basis).toBe('capture');
		await withNas({}, async ({ dsm, simulator }) => {
			expect(await dsm.do(get, {})).toMatchObject({ hostname: 'nas' });
			simulator.use({ 'SYNO.FileStation.Info.get': () => ({ error: 103 }) });
			expect(await dsm.do(get, {})).toMatchObject({ model: simulator.nas.capabilities.model });
			simulator.use({ 'SYNO.FileStation.Info.get': () => ({ error: 400 }) });
			expect((await failure(dsm.do(get, {}))).dsmCode).toBe(400);
		});
	});

	test('may be the answer, or an error that says more', async () => {
		const get = operation({
			...base,
			params: z.object({ name: z.string() }),
			call: station,
			failed(error, { name }) {
				if (error.dsmCode === 408) return { hostname: `no ${name}` };
				throw new DsmApiError(`${name} failed.`, { ...error.details, cause: error });
			},
		});
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.FileStation.Info.get': () => ({ error: 408 }) });
			expect(await dsm.do(get, { name: 'NAS' })).toEqual({ hostname: 'no NAS' });
			simulator.use({ 'SYNO.FileStation.Info.get': () => ({ error: 400 }) });
			const told = await failure(dsm.do(get, { name: 'NAS' }));
			expect([told.message, told.dsmCode]).toEqual(['NAS failed.', 400]);
		});
	});

	test('a mapping that finds that the operation failed says so', async () => {
		const get = operation({
			...base,
			call: station,
			response() {
				throw new DsmApiError('It did not do it.');
			},
		});
		await withNas({}, async ({ dsm }) => {
			expect((await failure(dsm.do(get, {}))).message).toBe('It did not do it.');
		});
	});
});
