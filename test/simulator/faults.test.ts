import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Simulator, startSimulator } from '../../src/simulator';
import { call, get, login, type Login, raw, tryLogin } from './client';

let nas: Simulator;
let alice: Login;

beforeEach(async () => {
	nas = await startSimulator();
	alice = await login(nas);
});
afterEach(() => nas.close());

const profile = async () => await call(nas, alice, 'SYNO.Personal.Profile', 'get', 1);
const url = () =>
	`${nas.url}/webapi/entry.cgi?api=SYNO.Personal.Profile&version=1&method=get&_sid=${alice.sid}&SynoToken=${alice.token}`;

describe('codes', () => {
	test('the next call gets the code once, discovery and login do not', async () => {
		nas.nas.faults.next({ code: 117, errors: { line: 73 } });
		expect(
			(await get(nas, { api: 'SYNO.API.Info', version: 1, method: 'query', query: 'SYNO.API.Auth' })).json.success,
		).toBe(true);
		expect((await tryLogin(nas)).json.success).toBe(true);
		expect((await profile()).text).toBe('{"error":{"code":117,"errors":{"line":73}},"success":false}');
		expect((await profile()).json.success).toBe(true);
	});

	test('a fault can be meant for one API or method and several times', async () => {
		nas.nas.faults.next({ api: 'SYNO.DSM.Info', method: 'getinfo', code: 109, times: 2 });
		expect((await profile()).json.success).toBe(true);
		const info = async () => (await call(nas, alice, 'SYNO.DSM.Info', 'getinfo', 2)).json.error?.code;
		expect([await info(), await info(), await info()]).toEqual([109, 109, undefined]);
	});

	test('a login can be made to fail', async () => {
		nas.nas.faults.next({ api: 'SYNO.API.Auth', code: 407 });
		expect((await tryLogin(nas)).json.error?.code).toBe(407);
	});

	test('after boot data may be empty', async () => {
		nas.nas.faults.emptyData({ api: 'SYNO.DSM.Info' });
		expect((await call(nas, alice, 'SYNO.DSM.Info', 'getinfo', 2)).text).toBe('{"data":{},"success":true}');
	});
});

describe('transport', () => {
	test('a connection cut after the request has still carried it out', async () => {
		nas.nas.faults.cut({ api: 'SYNO.FileStation.CreateFolder' });
		await expect(
			call(nas, alice, 'SYNO.FileStation.CreateFolder', 'create', 2, { folder_path: '/docs', name: 'n' }),
		).rejects.toThrow('fetch failed');
		const { json } = await call(nas, alice, 'SYNO.FileStation.List', 'list', 2, { folder_path: '/docs' });
		expect(json.data.total).toBe(1);
	});

	test.each(['headers', 'half'] as const)('a connection cut after %s breaks the answer', async (after) => {
		nas.nas.faults.cut({ after });
		await expect(raw(url(), {})).rejects.toThrow('aborted');
		expect((await profile()).json.success).toBe(true);
	});

	test("a proxy's login page comes as HTML", async () => {
		nas.nas.faults.html(200, 1);
		const { status, headers, text } = await profile();
		expect([status, headers.get('content-type')]).toEqual([200, 'text/html']);
		expect(text).toContain('Please sign in');
		expect((await profile()).json.success).toBe(true);
	});

	test('502 comes for the stated number of requests and is recorded', async () => {
		nas.nas.faults.badGateway(1);
		const before = nas.requests.length;
		expect((await profile()).status).toBe(502);
		expect((await profile()).status).toBe(200);
		expect(nas.requests.length - before).toBe(2);
	});

	test('the redirect to HTTPS keeps path and query, until it is taken back', async () => {
		nas.nas.faults.redirectToHttps('https://nas.example.com:5001');
		const { status, headers } = await get(nas, { api: 'x' });
		expect([status, headers.get('location')]).toEqual([301, 'https://nas.example.com:5001/webapi/entry.cgi?api=x']);
		nas.nas.faults.redirectToHttps(undefined);
		expect((await profile()).status).toBe(200);
	});

	test('latency delays each answer', async () => {
		nas.nas.faults.latency(60);
		const before = performance.now();
		await profile();
		expect(performance.now() - before).toBeGreaterThanOrEqual(55);
	});
});

describe('TLS', () => {
	let secure: Simulator;

	beforeEach(async () => {
		secure = await startSimulator({ tls: true });
	});
	afterEach(() => secure.close());

	const ping = async (ca?: string) =>
		await new Promise<{ status: number | undefined; fingerprint: string }>((resolve, reject) => {
			const request = httpsRequest(
				`${secure.url}/webman/pingpong.cgi`,
				{ ...(ca !== undefined && { ca }), agent: false },
				(response) => {
					const socket = response.socket as unknown as { getPeerCertificate(): { fingerprint256: string } };
					resolve({ status: response.statusCode, fingerprint: socket.getPeerCertificate().fingerprint256 });
					response.resume();
				},
			);
			request.on('error', reject);
			request.end();
		});

	test('the certificate is self-signed and valid for loopback', async () => {
		await expect(ping()).rejects.toThrow('self-signed certificate');
		expect(await ping(secure.certificate)).toEqual({ status: 200, fingerprint: secure.fingerprint256 });
	});

	test('plain HTTP on the HTTPS port is told so with 400', async () => {
		const { status, text } = await raw(`${secure.url.replace('https', 'http')}/webapi/entry.cgi`, {});
		expect(status).toBe(400);
		expect(text).toContain('The plain HTTP request was sent to HTTPS port');
	});
});

test('a batch whose entry is cut breaks off as a whole, with all its entries carried out', async () => {
	const names = ['one', 'two', 'three'];
	const compound = names.map((name) => ({
		api: 'SYNO.FileStation.CreateFolder',
		method: 'create',
		version: 2,
		folder_path: '/docs',
		name,
	}));
	const batch = async (mode: string) =>
		await call(nas, alice, 'SYNO.Entry.Request', 'request', 1, { mode, compound: JSON.stringify(compound) });
	nas.nas.faults.cut({ api: 'SYNO.FileStation.CreateFolder', after: 'headers' });
	await expect(batch('sequential')).rejects.toThrow('terminated');
	const { json } = await call(nas, alice, 'SYNO.FileStation.List', 'list', 2, { folder_path: '/docs' });
	expect(json.data.files.map(({ name }: { name: string }) => name)).toEqual(['one', 'three', 'two']);
});

test('a download that close() or the client breaks off is no fault of the simulator', async () => {
	const warned = jest.spyOn(process, 'emitWarning');
	const other = await startSimulator();
	writeFileSync(join(other.nas.directory('volume1', 'docs'), 'big.bin'), Buffer.alloc(32 * 2 ** 20));
	const { sid } = await login(other, { enable_syno_token: 'no' });
	const query = `api=SYNO.FileStation.Download&version=2&method=download&path=/docs/big.bin&_sid=${sid}`;
	const controller = new AbortController();
	await fetch(`${other.url}/webapi/entry.cgi?${query}`, { signal: controller.signal });
	controller.abort();
	const open = await fetch(`${other.url}/webapi/entry.cgi?${query}`);
	await other.close();
	await expect(open.arrayBuffer()).rejects.toThrow('terminated');
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(warned.mock.calls).toEqual([]);
	warned.mockRestore();
});

test('a fault of a behaviour is 100 and a warning, and the NAS lives on', async () => {
	const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
	nas.use({
		'SYNO.DSM.Info.getinfo': () => {
			throw new Error('broken behaviour');
		},
	});
	expect((await call(nas, alice, 'SYNO.DSM.Info', 'getinfo', 2)).text).toBe('{"error":{"code":100},"success":false}');
	expect(warned.mock.calls.map(([warning]) => String(warning))).toEqual(['Error: broken behaviour']);
	warned.mockRestore();
	expect((await profile()).json.success).toBe(true);
});

test('records keep the newest items up to the stated number, and logins are counted all the same', async () => {
	const small = await startSimulator({ history: 50 });
	for (let attempt = 0; attempt < 60; attempt += 1) await tryLogin(small);
	expect(small.requests.length).toBeLessThanOrEqual(50);
	expect(small.logins).toBe(60);
	await small.close();
});

test('closing removes the files of the NAS', async () => {
	const other = await startSimulator();
	const folder = other.nas.folder;
	await other.close();
	expect(() => readFileSync(join(folder, 'volume1'))).toThrow('ENOENT');
});
