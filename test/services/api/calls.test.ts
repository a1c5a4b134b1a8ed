import { describe, expect, test } from '@jest/globals';
import { api } from '../../../src/services/api';
import type { FileSource } from '../../../src/core/call';
import { failure, withNas } from '../../support/nas';

const { operations: call } = api.resources.call;

const source = (name: string, text: string): FileSource => ({
	name,
	size: Buffer.byteLength(text),
	async *open() {
		yield Buffer.from(text);
	},
});

describe('a call of any API', () => {
	test('gives its data, with the highest version where none is named', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const data = await dsm.do(call.run, { api: 'SYNO.DSM.Info', method: 'getinfo' });
			expect(data).toMatchObject({ model: simulator.nas.capabilities.model });
			expect(simulator.requests.at(-1)).toMatchObject({ api: 'SYNO.DSM.Info', version: 2 });
		});
	});

	test('takes its parameters as an object or as JSON text, and quotes texts where the API wants it', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.directory('volume1', 'docs');
			const params = { folder_path: '/docs', name: '2024' };
			await dsm.do(call.run, { api: 'SYNO.FileStation.CreateFolder', method: 'create', version: 2, params });
			const list = { api: 'SYNO.FileStation.List', method: 'list', version: 2 };
			const data = await dsm.do(call.run, { ...list, params: '{"folder_path": "/docs"}' });
			expect(data).toMatchObject({ files: [{ name: '2024', isdir: true }] });
		});
	});

	test('sends values plain or as JSON on demand', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const given = { api: 'SYNO.API.Auth.Type', method: 'get', version: 1, params: { account: 'alice' } } as const;
			for (const encoding of ['automatic', 'json', 'plain'] as const) await dsm.do(call.run, { ...given, encoding });
			const sent: string[] = [];
			simulator.use({
				'SYNO.API.Auth.Type.get': ({ raw }) => {
					sent.push(raw.account ?? '');
					return undefined;
				},
			});
			for (const encoding of ['automatic', 'json', 'plain'] as const) await dsm.do(call.run, { ...given, encoding });
			expect(sent).toEqual(['"alice"', '"alice"', 'alice']);
		});
	});

	test('gives the whole answer as text on demand', async () => {
		await withNas({}, async ({ dsm }) => {
			const given = {
				api: 'SYNO.Core.Desktop.Timeout',
				method: 'get',
				version: 1,
				answer: 'text',
				read_only: true,
			} as const;
			const answer = (await dsm.do(call.run, given)) as { text: string };
			expect(JSON.parse(answer.text)).toEqual({ success: true, data: { timeout: 15 } });
		});
	});

	test('that has no data gives an empty object', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(call.run, { api: 'SYNO.Core.Desktop.Timeout', method: 'reset', version: 1 })).toEqual({});
		});
	});

	test.each([
		[{ api: 'SYNO.No.Such', method: 'get' }, 'DsmUnavailableError', 'SYNO.No.Such is not there'],
		[{ api: 'SYNO.DSM.Info', method: 'nonsense' }, 'DsmUnavailableError', 'nonsense'],
		[{ api: 'DSM.Info', method: 'getinfo' }, 'DsmInputError', 'is not the name of an API'],
		[{ api: 'SYNO.DSM.Info', method: 'getinfo', params: '[1]' }, 'DsmInputError', 'is not a JSON object'],
		[{ api: 'SYNO.DSM.Info', method: 'getinfo', params: '{' }, 'DsmInputError', 'is not a JSON object'],
	])('%j fails as %s', async (given, name, text) => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(dsm.do(call.run, given));
			expect([error.name, error.message]).toEqual([name, expect.stringContaining(text)]);
		});
	});

	test('a code of a family is explained', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.next({ api: 'SYNO.Cal.Cal', code: 9006 });
			const error = await failure(dsm.do(call.run, { api: 'SYNO.Cal.Cal', method: 'list' }));
			expect(error.message).toContain('never opened Calendar');
		});
	});
});

describe('files', () => {
	test('go up and come down again', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.directory('volume1', 'docs');
			await dsm.do(call.upload, {
				api: 'SYNO.FileStation.Upload',
				method: 'upload',
				version: 2,
				params: { path: '/docs', create_parents: true, overwrite: true },
				file: source('hello.txt', 'Hello, NAS'),
			});
			const answer = await dsm.do(call.download, {
				api: 'SYNO.FileStation.Download',
				method: 'download',
				version: 2,
				params: { path: ['/docs/hello.txt'], mode: 'download' },
			});
			const chunks: Buffer[] = [];
			for await (const chunk of answer.stream) chunks.push(chunk as Buffer);
			expect([answer.name, Buffer.concat(chunks).toString()]).toEqual(['hello.txt', 'Hello, NAS']);
		});
	});
});

describe('several calls at once', () => {
	test('go in one request; one that fails does not stop the others', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await dsm.do(call.run, { api: 'SYNO.DSM.Info', method: 'getinfo' });
			const before = simulator.requests.length;
			const rows = await dsm.do(call.runMany, {
				calls: [
					{ api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 },
					{ api: 'SYNO.Core.Desktop.Timeout', method: 'nonsense', version: 1 },
					{ api: 'SYNO.Core.Desktop.Timeout', method: 'get', version: 1 },
				],
			});
			expect(rows.map(({ success }) => success)).toEqual([true, false, true]);
			expect(rows[1]?.error).toMatchObject({ code: 103 });
			expect(rows[2]?.data).toEqual({ timeout: 15 });
			expect(simulator.requests.slice(before).filter(({ api: name }) => name === 'SYNO.Entry.Request')).toHaveLength(1);
		});
	});

	test('are taken as JSON text too; anything else is refused before it is sent', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const rows = await dsm.do(call.runMany, {
				calls: '[{"api": "SYNO.DSM.Info", "method": "getinfo"}]',
				read_only: true,
			});
			expect(rows.map(({ api: name, success }) => [name, success])).toEqual([['SYNO.DSM.Info', true]]);
			const before = simulator.requests.length;
			const error = await failure(dsm.do(call.runMany, { calls: '{"api": 1}' }));
			expect([error.name, error.message]).toEqual([
				'DsmInputError',
				expect.stringContaining('is not a JSON array of calls'),
			]);
			expect(simulator.requests).toHaveLength(before);
		});
	});
});
