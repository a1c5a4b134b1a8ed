import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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

test('closing removes the files of the NAS', async () => {
	const other = await startSimulator();
	const folder = other.nas.folder;
	await other.close();
	expect(() => readFileSync(join(folder, 'volume1'))).toThrow('ENOENT');
});
