import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { api } from '../../src/services/api';
import { commonCode } from '../../src/core/codes';
import { fileFromBytes } from '../../src/core/multipart';
import { operation } from '../../src/catalog/operation';
import { call } from '../../src/catalog/wire';
import { z } from '../../src/vendor/zod';
import { failure, withNas } from '../support/nas';
import { behindDirectory } from './directory';
import { bytesOf, createFolder, download, info, list, timeout, upload } from './known';

const apis = ['SYNO.DSM.Info'];
const names = (requests: { api: string; method: string }[]) =>
	requests.map(({ api: name, method }) => `${name}.${method}`);

/** What an established client library does (core.md 15), row by row. */
describe('what other client libraries do', () => {
	test('row 1: one session serves every service', async () => {
		await withNas({ apis: [info.api, list.api, 'SYNO.Chat.Channel'] }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			await dsm.call(list, { folder_path: '/home' });
			await dsm.call({ api: 'SYNO.Chat.Channel', method: 'list', version: 5 });
			const used = simulator.requests.slice(2);
			expect([used.length, new Set(used.map(({ sessionSid }) => sessionSid)).size, simulator.logins]).toEqual([
				3, 1, 1,
			]);
		});
	});

	test('row 2: the certificate check can be off for one connection', async () => {
		await withNas({ tls: true, apis }, async ({ dsm, acquire }) => {
			expect((await failure(dsm.call(info))).code).toBe('connection');
			expect((await acquire({ tls: 'ignore' }).dsm.call(info)).model).toBe('DS920+');
		});
	});

	test('row 3: the API list comes whole or by names', async () => {
		await withNas({}, async ({ dsm }) => {
			const whole = await dsm.apis();
			expect(Object.keys(whole).length).toBeGreaterThan(1000);
			expect(await dsm.apis(['SYNO.API.Auth', 'SYNO.No.Such'])).toEqual({ 'SYNO.API.Auth': whole['SYNO.API.Auth'] });
		});
	});

	test('row 4: the first request asks for the declared APIs only', async () => {
		await withNas({ apis }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			expect(String(simulator.requests[0]!.params.query).split(',').sort()).toEqual([
				'SYNO.API.Auth',
				'SYNO.Core.Desktop.Timeout',
				'SYNO.DSM.Info',
				'SYNO.Entry.Request',
			]);
		});
	});

	test('row 5: an API that is added later is asked for then', async () => {
		await withNas({ apis }, async ({ dsm, simulator, acquire }) => {
			await dsm.call(info);
			await acquire({}, { apis: [list.api] }).dsm.call(list, { folder_path: '/home' });
			expect(names(simulator.requests).slice(3)).toEqual(['SYNO.API.Info.query', 'SYNO.FileStation.List.list']);
			expect(simulator.requests[3]!.params.query).toBe('SYNO.FileStation.List');
		});
	});

	test('row 6: a login has account, password, one-time code and session name, and the token flag in body and query', async () => {
		await withNas({ otp: true, apis, connection: { session: 'FileStation' } }, async ({ dsm, simulator }) => {
			await dsm.call(info);
			const login = simulator.requests.find(({ method }) => method === 'login')!;
			expect(login).toMatchObject({ version: 7, answerCode: 0, query: { enable_syno_token: 'yes' } });
			expect(login.params).toMatchObject({
				account: simulator.account,
				session: 'FileStation',
				enable_syno_token: 'yes',
			});
			expect(String(login.params.otp_code)).toMatch(/^\d{1,6}$/);
		});
	});

	test('row 7: the token goes as a header with every call, the session cookie with uploads', async () => {
		await withNas({ apis: [info.api, upload.api] }, async ({ dsm, lease, simulator }) => {
			await dsm.call(info);
			await dsm.call(upload, { path: '/home', overwrite: 'true', file: fileFromBytes('a.txt', Buffer.from('a')) });
			const { sid, synoToken } = await lease.export();
			expect(simulator.requests.slice(2).map(({ headers }) => headers['x-syno-token'])).toEqual([synoToken, synoToken]);
			expect(simulator.requests.at(-1)!.headers.cookie).toBe(`id=${sid}`);
		});
	});

	test('row 8: a session can be exported as JSON', async () => {
		await withNas({ apis }, async ({ lease, simulator }) => {
			const session = await lease.export();
			expect(JSON.parse(JSON.stringify(session))).toEqual(session);
			expect(session).toMatchObject({
				v: 1,
				url: simulator.url,
				account: simulator.account,
				name: '',
				version: 7,
			});
		});
	});

	test('row 9: a stored session is tested by one call and then used', async () => {
		await withNas({ apis }, async ({ lease, acquire, simulator }) => {
			const session = await lease.export();
			const before = simulator.requests.length;
			await acquire({ deviceName: 'x' }, { apis, resume: { session } }).dsm.call(info);
			expect(names(simulator.requests.slice(before))).toEqual([
				'SYNO.API.Info.query',
				'SYNO.Core.Desktop.Timeout.get',
				'SYNO.DSM.Info.getinfo',
			]);
		});
	});

	test('row 10: a stored session without id is none, and a token of dashes is none', async () => {
		await withNas({ apis }, async ({ lease, acquire, simulator }) => {
			const session = await lease.export();
			await acquire({ deviceName: 'x' }, { apis, resume: { session: { ...session, sid: '' } } }).dsm.call(info);
			expect(simulator.logins).toBe(2);
			const dashes = { ...session, synoToken: '--------' };
			const resumed = acquire({ deviceName: 'y' }, { apis, resume: { session: dashes, validate: false } });
			expect((await resumed.export()).synoToken).toBeUndefined();
		});
	});

	test('row 11: logging out ends the session on the NAS', async () => {
		await withNas({ apis }, async ({ dsm, lease, simulator }) => {
			await dsm.call(info);
			await lease.release();
			expect(simulator.nas.sessions.list()).toEqual([]);
		});
	});

	test('row 12: the external address and host name', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const found = await dsm.do(api.resources.nas!.operations.getExternalAddress!, {});
			expect(found).toEqual({ external_ip: expect.stringMatching(/^[\d.]+$/), ddns_hostname: expect.any(String) });
			expect(simulator.requests.at(-1)!.params).toMatchObject({ action: 'external_ip' });
		});
	});

	test('row 13: an API that is not there is an error of its own, without a call', async () => {
		await withNas({ packages: [] }, async ({ dsm, simulator }) => {
			const told = await failure(dsm.call({ api: 'SYNO.Chat.Post', method: 'list', version: 5 }));
			expect([told.name, told.message]).toEqual(['DsmUnavailableError', 'SYNO.Chat.Post is not there on this NAS.']);
			expect(names(simulator.requests)).toEqual(['SYNO.API.Info.query']);
		});
	});

	test('row 14: a list is read with offset and limit until its total', async () => {
		const files = operation({
			title: 'List',
			summary: '',
			call: call(list.api, list.method, list.version, {
				list: 'files',
				of: z.looseObject({ name: z.string() }),
				page: 4,
				basis: 'guide',
				source: 'filestation.md 4.3',
			}),
			params: z.object({ folder_path: z.string() }),
			response: ({ name }) => name,
			result: z.array(z.string()),
			readOnly: true,
		});
		await withNas({}, async ({ dsm, simulator }) => {
			for (let index = 0; index < 10; index++)
				await dsm.call(createFolder, { folder_path: ['/home'], name: [`n${index}`] });
			const before = simulator.requests.length;
			const all = (await dsm.do(files, { folder_path: '/home' })) as string[];
			expect(all.filter((name) => /^n\d$/.test(name))).toHaveLength(10);
			const offsets = simulator.requests
				.slice(before)
				.filter((request) => request.api === list.api)
				.map(({ params }) => params.offset);
			expect(offsets).toEqual(Array.from({ length: Math.ceil(all.length / 4) }, (_, index) => index * 4));
		});
	});

	test('row 15: any method of any API can be called with parameters', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.call(timeout)).toEqual({ timeout: 15 });
			expect(await dsm.call(list, { folder_path: '/home', limit: 1 })).toMatchObject({ files: [], total: 0 });
		});
	});

	test('row 16: a stream is uploaded with an unquoted boundary, no part types and its computed length', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const file = { name: 'stream.txt', size: 6, open: () => Readable.from([Buffer.from('abc'), Buffer.from('def')]) };
			await dsm.call(upload, { path: '/home', overwrite: 'true', file });
			const { headers, answerCode } = simulator.requests.at(-1)!;
			expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=[\w-]+$/);
			expect([Number(headers['content-length']) > 6, answerCode]).toEqual([true, 0]);
			const stored = await dsm.file(download, { path: ['/home/stream.txt'], mode: 'download' });
			expect(String(await bytesOf(stored.stream))).toBe('abcdef');
		});
	});

	test('row 17: bytes come with their media type', async () => {
		await withNas({}, async ({ dsm }) => {
			const bytes = Buffer.from([0, 255, 13, 10, 128]);
			await dsm.call(upload, { path: '/home', overwrite: 'true', file: fileFromBytes('a.bin', bytes) });
			const file = await dsm.file(download, { path: ['/home/a.bin'], mode: 'download' });
			expect([file.name, file.type, await bytesOf(file.stream)]).toEqual(['a.bin', 'application/octet-stream', bytes]);
		});
	});

	test('row 18: a download is a stream that begins before its end, with its length', async () => {
		await withNas({}, async ({ dsm }) => {
			const bytes = Buffer.alloc(4 << 20, 7);
			await dsm.call(upload, { path: '/home', overwrite: 'true', file: fileFromBytes('big.bin', bytes) });
			const { size, stream } = await dsm.file(download, { path: ['/home/big.bin'], mode: 'download' });
			expect([size, stream.readableLength < bytes.length]).toEqual([bytes.length, true]);
			expect((await bytesOf(stream)).equals(bytes)).toBe(true);
		});
	});

	test('row 19: an answer is available as text, in UTF-8', async () => {
		await withNas({}, async ({ dsm }) => {
			const made = await dsm.file(createFolder, { folder_path: ['/home'], name: ['grüße 😀'] }, { orAnswer: true });
			const text = String(await bytesOf(made.stream));
			expect([made.type, text.includes('"path":"/home/grüße 😀"')]).toEqual(['application/json', true]);
		});
	});

	test('row 20: requests are POSTs with api, version, method and values in the body, as the list says', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await dsm.call(list, { folder_path: '/home', additional: ['size'], limit: 1, offset: undefined });
			const { httpMethod, path, query, bodyKind, params, ...routing } = simulator.requests.at(-1)!;
			expect([httpMethod, path, query, bodyKind]).toEqual(['POST', '/webapi/entry.cgi', {}, 'urlencoded']);
			expect(routing).toMatchObject(list);
			expect(params).toMatchObject({ folder_path: '/home', additional: ['size'], limit: 1 });
			expect('offset' in params).toBe(false);
		});
	});

	test('row 21: everything can be cancelled, also while others wait for the same login', async () => {
		await withNas({ apis }, async ({ dsm, simulator }) => {
			let go: () => void = () => undefined;
			const gate = new Promise<void>((resolve) => (go = resolve));
			simulator.use({ 'SYNO.API.Auth.login': async () => void (await gate) });
			const abort = new AbortController();
			const cancelled = failure(dsm.call(info, {}, { signal: abort.signal }));
			const patient = dsm.call(info);
			abort.abort();
			expect((await cancelled).code).toBe('aborted');
			go();
			expect([(await patient).model, simulator.logins]).toEqual(['DS920+', 1]);
			expect((await failure(dsm.call(info, {}, { signal: AbortSignal.abort() }))).name).toBe('DsmAbortError');
			expect((await failure(dsm.with({ signal: AbortSignal.abort() }).sleep(60_000))).name).toBe('DsmAbortError');
		});
	});

	test('row 22: errors have the HTTP status, or the code of the login with its text', async () => {
		await withNas({ apis }, async ({ dsm, simulator, acquire }) => {
			simulator.nas.faults.html(403);
			expect((await failure(dsm.call(info))).details).toMatchObject({ httpStatus: 403 });
			const told = await failure(acquire({ password: 'not-of-alice' }).dsm.call(info));
			expect([told.name, told.dsmCode, told.message]).toEqual([
				'DsmLoginError',
				400,
				'The account does not exist or the password is wrong.',
			]);
		});
	});

	test.each([100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 114, 117, 119, 120, 150, 160])(
		'row 23: the common code %d has a text and a remedy',
		async (code) => {
			await withNas({ apis }, async ({ dsm, simulator }) => {
				simulator.nas.faults.next({ api: info.api, code, times: 9 });
				const told = await failure(dsm.call(info));
				expect([told.dsmCode, typeof told.hint]).toEqual([code, 'string']);
				expect(commonCode(code)!.cause).toMatch(/\w{3}/);
			});
		},
	);

	test('row 24: a QuickConnect id leads to the relay when nothing nearer answers', async () => {
		const far = { serverID: '0123456789', port: 1, lan: ['127.0.0.1'] };
		const sites = (port: number) => [{ 'alice-home': { ...far, relay: { host: '127.0.0.1', port } } }];
		await behindDirectory(sites, async ({ dsm, asked }) => {
			expect((await dsm.call(info)).model).toBe('DS920+');
			expect(asked()).toEqual(['0 get_server_info', '0 request_tunnel']);
		});
	});

	test('row 25: login, stored session good and bad, and the API list work one after the other', async () => {
		await withNas({ apis }, async ({ lease, acquire, simulator }) => {
			const session = await lease.export();
			const resume = async (deviceName: string) =>
				await acquire({ deviceName }, { apis, resume: { session } }).dsm.call(info);
			expect((await resume('good')).model).toBe('DS920+');
			expect(simulator.logins).toBe(1);
			simulator.nas.faults.loseSessions(119);
			expect((await resume('bad')).model).toBe('DS920+');
			expect(simulator.logins).toBe(2);
			expect(Object.keys(await lease.dsm.apis())).toContain('SYNO.API.Auth');
		});
	});
});
