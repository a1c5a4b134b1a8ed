import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { fileFromBytes } from '../../src/core/multipart';
import { operation, procedure, resource, service } from '../../src/catalog/operation';
import { call } from '../../src/catalog/wire';
import { z } from '../../src/vendor/zod';
import { chatOf } from '../../src/simulator/services/chat';
import { failure, withNas } from '../support/nas';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const createFolder = { api: 'SYNO.FileStation.CreateFolder', method: 'create', version: 2 } as const;
const list = { api: 'SYNO.FileStation.List', method: 'list', version: 2 } as const;
const upload = { api: 'SYNO.FileStation.Upload', method: 'upload', version: 2 } as const;
const download = { api: 'SYNO.FileStation.Download', method: 'download', version: 2 } as const;
const apis = ['SYNO.DSM.Info'];

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

describe('API list', () => {
	test('an API that this NAS has not is named with the package to install', async () => {
		await withNas({ packages: [] }, async ({ dsm, simulator }) => {
			const error = await failure(dsm.call({ api: 'SYNO.Chat.Channel', method: 'list', version: 5 }));
			expect([error.code, error.message]).toEqual(['unavailable', 'SYNO.Chat.Channel is not there on this NAS.']);
			expect(error.hint).toMatch(/Package Center/);
			expect(simulator.unexpected).toEqual([]);
		});
	});

	test('the declared version is used, or the highest of the server if that is lower', async () => {
		await withNas({ apis }, async ({ dsm, simulator }) => {
			await dsm.call({ ...info, version: 9 });
			expect(simulator.requests.at(-1)!.version).toBe(2);
		});
	});

	test('after a 102 the list is asked again, and the call goes to where the API is now', async () => {
		await withNas({ apis }, async ({ dsm, simulator }) => {
			await dsm.call({ ...info, version: 9 });
			simulator.nas.apis.get('SYNO.DSM.Info')!.maxVersion = 1;
			simulator.nas.faults.next({ api: 'SYNO.DSM.Info', code: 104 });
			await failure(dsm.call({ ...info, version: 9 }));
			expect(simulator.requests.filter(({ api }) => api === 'SYNO.DSM.Info').map(({ version }) => version)).toEqual([
				2, 2, 1,
			]);
		});
	});
});

describe('values on the wire', () => {
	const names = [
		'2024',
		'true',
		'null',
		'[x]',
		'{"a":1}',
		'"quoted"',
		'a, b',
		'ümläut',
		'100 %',
		'😀 & + = ?',
		"it's",
		' padded ',
	];

	test.each(names)('a folder named %j arrives unchanged', async (name) => {
		await withNas({}, async ({ dsm }) => {
			await dsm.call(createFolder, { folder_path: ['/home'], name: [name], force_parent: false });
			const { files } = await dsm.call(list, { folder_path: '/home' });
			expect(files.map((file: { name: string }) => file.name)).toContain(name);
		});
	});

	test('a file uploaded under such a name comes back byte by byte', async () => {
		await withNas({}, async ({ dsm }) => {
			const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
			for (const name of ['2024', 'true', 'Grüße "1", 100 %.bin', '😀.bin']) {
				await dsm.call(upload, {
					path: '/home',
					create_parents: true,
					overwrite: 'true',
					file: fileFromBytes(name, bytes),
				});
				const stored = name.replaceAll('"', '%22');
				const file = await dsm.file(download, { path: [`/home/${stored}`], mode: 'download' });
				expect(file.name).toBe(stored);
				expect((await bytesOf(file.stream)).equals(bytes)).toBe(true);
			}
		});
	});

	test('an upload has session and token in headers, an exact length, and the file as last part', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await dsm.call(upload, { file: fileFromBytes('a.txt', Buffer.from('abc')), path: '/home', overwrite: 'true' });
			const request = simulator.requests.at(-1)!;
			expect(request).toMatchObject({ bodyKind: 'multipart', answerCode: 0 });
			expect(Object.keys(request.query).sort()).toEqual(['api', 'method', 'version']);
			expect(request.headers['content-length']).toMatch(/^\d+$/);
			expect(request.headers['transfer-encoding']).toBeUndefined();
		});
	});

	test('an upload whose session was lost opens the file again', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await dsm.call(info);
			simulator.nas.faults.loseSessions(119);
			let opened = 0;
			const file = { name: 'b.txt', size: 3, open: () => Readable.from([Buffer.from(`ab${++opened}`)]) };
			await dsm.call(upload, { path: '/home', overwrite: 'true', file });
			const stored = await dsm.file(download, { path: ['/home/b.txt'], mode: 'download' });
			expect([opened, String(await bytesOf(stored.stream))]).toEqual([2, 'ab2']);
		});
	});

	test('a file shorter than announced is an input error, and no half file is left', async () => {
		await withNas({}, async ({ dsm }) => {
			const file = { name: 'c.bin', size: 1_000_000, open: () => Readable.from([Buffer.alloc(10)]) };
			const error = await failure(dsm.call(upload, { path: '/home', file }));
			expect([error.code, error.message]).toEqual(['input', '"c.bin" has fewer bytes than the announced 1000000.']);
			const { files } = await dsm.call(list, { folder_path: '/home' });
			expect(files.map((entry: { name: string }) => entry.name)).not.toContain('c.bin');
		});
	});

	test('an error in place of a file is recognised', async () => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(dsm.file(download, { path: ['/home/missing.txt'], mode: 'download' }));
			expect(['protocol', 'api']).toContain(error.code);
			expect(error.message).toMatch(/HTTP 404|code 408/);
		});
	});

	test('a JSON file is a file, not an answer', async () => {
		await withNas({}, async ({ dsm }) => {
			const text = '{"success":false,"error":{"code":105}}';
			await dsm.call(upload, { path: '/home', overwrite: 'true', file: fileFromBytes('trap.json', Buffer.from(text)) });
			const file = await dsm.file(download, { path: ['/home/trap.json'], mode: 'download' });
			expect(String(await bytesOf(file.stream))).toBe(text);
		});
	});

	test('32 MiB go up and down unchanged', async () => {
		await withNas({}, async ({ dsm }) => {
			const chunk = Buffer.alloc(1 << 20, 'synoflow');
			const sent = createHash('sha256');
			for (let index = 0; index < 32; index++) sent.update(chunk);
			const file = {
				name: 'big.bin',
				size: 32 << 20,
				open: () => Readable.from(Array.from({ length: 32 }, () => chunk)),
			};
			await dsm.call(upload, { path: '/home', overwrite: 'true', file });
			const received = createHash('sha256');
			const answer = await dsm.file(download, { path: ['/home/big.bin'], mode: 'download' });
			for await (const part of answer.stream) received.update(part as Buffer);
			expect([answer.size, received.digest('hex')]).toEqual([32 << 20, sent.digest('hex')]);
		});
	});
});

describe('busy answers', () => {
	const create = { api: 'SYNO.Chat.Post', method: 'create', version: 5 } as const;

	test('a write refused as too fast is sent again after a pause, since nothing was done, and the next keeps a longer distance', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const { channel_id } = chatOf(simulator.nas).channel('General');
			// More than the pause that the client leaves by itself, less than the shortest before it tries again.
			chatOf(simulator.nas).switches.minSpacingMs = 700;
			for (const message of ['one', 'two', 'three']) await dsm.call(create, { channel_id, type: 'normal', message });
			const codes = simulator.requests.filter(({ api }) => api === create.api).map(({ answerCode }) => answerCode);
			expect(codes).toEqual([0, 411, 0, 0]);
		});
	});

	test('a busy NAS is asked again for reads, three times, and not for writes', async () => {
		await withNas({ apis }, async ({ dsm, simulator }) => {
			const count = () => simulator.requests.filter(({ api }) => api === 'SYNO.DSM.Info').length;
			simulator.nas.faults.next({ api: 'SYNO.DSM.Info', code: 109, times: 5 });
			expect((await failure(dsm.call(info, {}, { readOnly: true }))).dsmCode).toBe(109);
			expect(count()).toBe(4);
			expect((await failure(dsm.call(info))).dsmCode).toBe(109);
			expect(count()).toBe(5);
		});
	});
});

describe('batch', () => {
	test('several calls go as one request, in order, and an error stays with its entry', async () => {
		await withNas(
			{ apis: ['SYNO.DSM.Info', 'SYNO.Core.Desktop.Timeout', 'SYNO.FileStation.List'] },
			async ({ dsm, simulator }) => {
				await dsm.call(info);
				const before = simulator.requests.length;
				const answers = await dsm.batch([
					{ call: { api: 'SYNO.Core.Desktop.Timeout', method: 'get', version: 1 } },
					{ call: list, params: { folder_path: '/nowhere' } },
					{ call: info },
				]);
				expect(answers[0]).toEqual({ data: { timeout: 15 } });
				expect(answers[1]).toMatchObject({ error: { code: 'api', dsmCode: expect.any(Number) } });
				expect(answers[2]).toMatchObject({ data: { model: 'DS920+' } });
				expect(simulator.requests.slice(before).map(({ api }) => api)).toEqual(['SYNO.Entry.Request']);
			},
		);
	});

	test('45 entries are three requests', async () => {
		await withNas({ apis }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			const before = simulator.requests.length;
			const answers = await dsm.batch(Array.from({ length: 45 }, () => ({ call: info })));
			expect(answers.filter((answer) => 'data' in answer)).toHaveLength(45);
			expect(simulator.requests).toHaveLength(before + 3);
		});
	});

	test('a session lost in a batch is renewed and the whole sent again', async () => {
		await withNas({ apis }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			simulator.nas.faults.loseSessions(119);
			const answers = await dsm.batch([{ call: info }, { call: info }]);
			expect(answers).toMatchObject([{ data: { model: 'DS920+' } }, { data: { model: 'DS920+' } }]);
			expect(simulator.logins).toBe(2);
		});
	});

	test('shared reads of the same moment cost one request, equal ones are asked once', async () => {
		const all = ['SYNO.DSM.Info', 'SYNO.Core.Desktop.Timeout'];
		await withNas({ apis: all }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			const before = simulator.requests.length;
			const timeout = { api: 'SYNO.Core.Desktop.Timeout', method: 'get', version: 1 } as const;
			const asked = [info, timeout, info, timeout].map(async (call) => await dsm.call(call, {}, { share: true }));
			expect((await Promise.all(asked)).map((data) => data.model ?? data.timeout)).toEqual([
				'DS920+',
				15,
				'DS920+',
				15,
			]);
			const [request, ...rest] = simulator.requests.slice(before).filter(({ api }) => api === 'SYNO.Entry.Request');
			expect(rest).toEqual([]);
			expect(request!.params.compound).toHaveLength(2);
			await dsm.call(info, {}, { share: true });
			expect(simulator.requests.at(-1)!.api).toBe('SYNO.DSM.Info');
		});
	});
});

describe('operations', () => {
	const numbers = operation({
		title: 'List numbers',
		summary: 'Pages.',
		call: call(list.api, list.method, list.version, {
			list: 'files',
			of: z.looseObject({ name: z.string() }),
			page: 10,
			basis: 'guide',
			source: 'filestation.md 4.3',
		}),
		params: z.object({ folder_path: z.string().min(1).meta({ title: 'Folder' }) }),
		response: ({ name }) => name,
		result: z.array(z.string()),
		readOnly: true,
	});
	const failing = procedure({
		title: 'Fail',
		summary: 'Fails inside.',
		uses: [list],
		params: z.object({}),
		result: z.object({}),
		basis: 'guide',
		run: async (_, dsm) => await dsm.call(list, { folder_path: '/nowhere' }),
	});
	service({
		id: 'test',
		title: 'Test',
		summary: '',
		apis: 'SYNO.Test.',
		errors: {},
		resources: { number: resource('Number', { list: numbers, fail: failing }) },
		triggers: {},
	});

	test('parameters are checked before anything is sent, and the field is named', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const missing = await failure(dsm.do(numbers, {} as never));
			expect([missing.code, missing.message, missing.operation]).toEqual([
				'input',
				'"Folder" is missing.',
				'test.number.list',
			]);
			const empty = await failure(dsm.do(numbers, { folder_path: '' }));
			expect(empty.message).toMatch(/^"Folder" does not fit: /);
			expect(simulator.requests).toEqual([]);
		});
	});

	test('a list is read page by page, up to the limit and no further', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			for (let index = 0; index < 25; index++) {
				await dsm.call(createFolder, { folder_path: ['/home'], name: [`n${String(index).padStart(2, '0')}`] });
			}
			const asked = () =>
				simulator.requests.filter(({ api }) => api === list.api).map(({ params }) => [params.offset, params.limit]);
			const all = (await dsm.do(numbers, { folder_path: '/home' })) as string[];
			expect(all.filter((name) => /^n\d\d$/.test(name))).toHaveLength(25);
			const pages = asked().length;
			const some: unknown[] = [];
			for await (const row of dsm.each(numbers, { folder_path: '/home' }, { limit: 12 })) some.push(row);
			expect(some).toEqual(all.slice(0, 12));
			expect(asked().slice(pages)).toEqual([
				[0, 10],
				[10, 2],
			]);
		});
	});

	test('the stack trace names the operation', async () => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(dsm.do(failing, {}));
			expect(error.operation).toBe('test.number.fail');
			expect(error.stack).toMatch(/\n\s+at (async )?test\.number\.fail /);
		});
	});

	test('a result that does not fit its declaration fails in tests and passes in use', async () => {
		const { title, summary, params } = numbers;
		const wrong = operation({ title, summary, params, call: list, result: z.object({ nothing: z.string() }) });
		await withNas({}, async ({ dsm }) => {
			expect((await failure(dsm.do(wrong, { folder_path: '/home' }))).message).toMatch(/is not as declared/);
		});
		await withNas({ pool: { strictResults: false } }, async ({ dsm, lines }) => {
			await dsm.do(wrong, { folder_path: '/home' });
			expect(lines.join('\n')).toMatch(/is not as declared/);
		});
	});
});
