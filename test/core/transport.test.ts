import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { fileFromBytes } from '../../src/core/multipart';
import { createPool } from '../../src/core/pool';
import { failure, testHost, withNas } from '../support/nas';
import { startSimulator } from '../../src/simulator';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const apis = ['SYNO.DSM.Info'];

describe('certificate', () => {
	test('a self-signed certificate is refused by default, before anything is sent, with the ways out', async () => {
		await withNas({ tls: true, apis }, async ({ dsm, simulator }) => {
			const error = await failure(dsm.call(info));
			expect([error.code, error.message]).toEqual(['connection', `${simulator.url} has a self-signed certificate.`]);
			expect(error.hint).toMatch(/Pin SHA-256 Fingerprint/);
			expect(simulator.requests).toEqual([]);
		});
	});

	test('the certificate itself as CA makes the connection verify', async () => {
		await withNas({ tls: true, apis }, async ({ simulator, acquire }) => {
			const { dsm } = acquire({ tls: 'ca', ca: simulator.certificate! });
			expect((await dsm.call(info)).model).toBe('DS920+');
		});
	});

	test('a certificate for another name is refused even when its authority is known', async () => {
		await withNas({ tls: true, host: '127.0.0.2', apis }, async ({ simulator, acquire }) => {
			const error = await failure(acquire({ tls: 'ca', ca: simulator.certificate! }).dsm.call(info));
			expect(error.message).toBe(`${simulator.url} has a certificate for another name.`);
		});
	});

	test('the pinned fingerprint is accepted in any spelling', async () => {
		await withNas({ tls: true, apis }, async ({ simulator, acquire }) => {
			const pin = simulator.fingerprint256!.toLowerCase();
			expect((await acquire({ tls: 'pin', fingerprint: pin }).dsm.call(info)).model).toBe('DS920+');
		});
	});

	test('another fingerprint than the pinned one is refused before anything is sent, and told', async () => {
		await withNas({ tls: true, apis }, async ({ simulator, acquire }) => {
			const error = await failure(acquire({ tls: 'pin', fingerprint: 'AB'.repeat(32) }).dsm.call(info));
			expect(error.code).toBe('connection');
			expect(error.message).toContain(simulator.fingerprint256!.replaceAll(':', ''));
			expect(simulator.requests).toEqual([]);
		});
	});

	test('ignoring the certificate holds for this connection only', async () => {
		await withNas({ tls: true, apis }, async ({ dsm, acquire }) => {
			expect((await acquire({ tls: 'ignore' }).dsm.call(info)).model).toBe('DS920+');
			expect((await failure(dsm.call(info))).code).toBe('connection');
		});
	});

	test('a fingerprint or CA that was chosen but not given is missed before anything is sent', async () => {
		await withNas({}, async ({ acquire }) => {
			expect(() => acquire({ tls: 'pin' })).toThrow('"SHA-256 Fingerprint" is missing in the connection.');
			expect(() => acquire({ tls: 'ca' })).toThrow('"CA Certificate" is missing in the connection.');
			expect(() => acquire({ tls: 'pin', fingerprint: 'AB:CD' })).toThrow(/64 hexadecimal digits/);
		});
	});
});

describe('what answers in place of DSM', () => {
	test('nobody: refused', async () => {
		const gone = await startSimulator();
		await gone.close();
		await withNas({ apis }, async ({ acquire }) => {
			const error = await failure(acquire({ url: gone.url }).dsm.call(info));
			expect([error.code, error.message]).toEqual(['connection', `${gone.url} refuses the connection.`]);
			expect(error.hint).toMatch(/port/);
		});
	});

	test('no such name', async () => {
		await withNas({ apis }, async ({ acquire }) => {
			const error = await failure(acquire({ url: 'https://nas.invalid' }).dsm.call(info));
			expect([error.code, error.retryable]).toEqual(['connection', expect.any(Boolean)]);
			expect(error.message).toMatch(
				/^https:\/\/nas\.invalid:5001 (is unknown: no such name|cannot be looked up at the moment)\.$/,
			);
		});
	});

	test('http asked on the https port', async () => {
		await withNas({ tls: true, apis }, async ({ simulator, acquire }) => {
			const error = await failure(acquire({ url: simulator.url.replace('https', 'http') }).dsm.call(info));
			expect([error.code, error.hint]).toEqual([
				'connection',
				'Change http to https in the address of the connection.',
			]);
		});
	});

	test('https asked on the http port', async () => {
		await withNas({ apis }, async ({ simulator, acquire }) => {
			const error = await failure(acquire({ url: simulator.url.replace('http', 'https') }).dsm.call(info));
			expect([error.code, error.hint]).toEqual([
				'connection',
				'Change the address to http, or to the https port, normally 5001.',
			]);
		});
	});

	test('a redirect to https is not followed but named', async () => {
		await withNas({ apis }, async ({ simulator, dsm }) => {
			simulator.nas.faults.redirectToHttps('https://nas.example.com:5001');
			const error = await failure(dsm.call(info));
			expect(error.code).toBe('connection');
			expect(error.message).toMatch(/^The NAS sends API calls on to https:\/\/nas\.example\.com:5001\//);
			expect(error.hint).toContain('Enter the https address, https://nas.example.com:5001,');
			expect(simulator.logins).toBe(0);
		});
	});

	test('a login page of a proxy', async () => {
		await withNas({ apis }, async ({ simulator, dsm }) => {
			simulator.nas.faults.html(200, 1);
			const error = await failure(dsm.call(info));
			expect(error.code).toBe('protocol');
			expect(error.message).toMatch(/^This is not an answer of the DSM API \(HTTP 200\)\. The answer begins: </);
		});
	});

	test('a NAS that is starting: reads are repeated, writes are told', async () => {
		await withNas({ apis }, async ({ simulator, dsm }) => {
			await dsm.call(info);
			simulator.nas.faults.badGateway(2);
			expect((await dsm.call(info, {}, { readOnly: true })).model).toBe('DS920+');
			simulator.nas.faults.badGateway(1);
			const error = await failure(dsm.call(info));
			expect([error.code, error.retryable]).toEqual(['connection', false]);
			expect(error.message).toBe('DSM is not ready (HTTP 502). It is unknown whether the NAS carried the request out.');
		});
	});

	test('a web server without DSM', async () => {
		const server: Server = createServer(
			(_, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>No</h1>'),
		);
		await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
		try {
			await withNas({ apis }, async ({ acquire }) => {
				const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
				const error = await failure(acquire({ url }).dsm.call(info));
				expect([error.code, error.message]).toEqual([
					'protocol',
					'There is no DSM API at this address (HTTP 404). The answer begins: <h1>No</h1>',
				]);
			});
		} finally {
			server.close();
		}
	});
});

describe('lost answers', () => {
	test('a read is repeated', async () => {
		await withNas({ apis }, async ({ simulator, dsm }) => {
			await dsm.call(info);
			simulator.nas.faults.cut({ api: 'SYNO.DSM.Info', times: 2 });
			expect((await dsm.call(info, {}, { readOnly: true })).model).toBe('DS920+');
			simulator.nas.faults.cut({ api: 'SYNO.DSM.Info', after: 'half' });
			expect((await dsm.call(info, {}, { readOnly: true })).model).toBe('DS920+');
		});
	});

	test('a write is reported as unknown and sent once', async () => {
		await withNas({ apis }, async ({ simulator, dsm }) => {
			await dsm.call(info);
			for (const after of ['request', 'half'] as const) {
				simulator.nas.faults.cut({ api: 'SYNO.DSM.Info', after });
				const before = simulator.requests.length;
				const error = await failure(dsm.call(info));
				expect(error.message).toMatch(/It is unknown whether the NAS carried the request out\.$/);
				expect(error.retryable).toBe(false);
				expect(simulator.requests).toHaveLength(before + 1);
			}
		});
	});

	test('a slow answer ends at the time limit of the connection', async () => {
		await withNas({ apis }, async ({ simulator, acquire }) => {
			const { dsm } = acquire({ timeout: 1 });
			await dsm.call(info);
			simulator.nas.faults.latency(4000);
			const error = await failure(dsm.call(info));
			expect(error.message).toMatch(/took too long to answer/);
			simulator.nas.faults.latency(0);
		});
	});

	test('the answer to an upload may take longer, the larger it was: the NAS looks through what it got', async () => {
		await withNas({}, async ({ simulator, acquire }) => {
			const { dsm } = acquire({ timeout: 1 });
			const upload = { api: 'SYNO.FileStation.Upload', method: 'upload', version: 2 } as const;
			const send = async (bytes: number) =>
				await dsm.call(upload, { path: '/home', overwrite: 'true', file: fileFromBytes('a.bin', Buffer.alloc(bytes)) });
			await send(1);
			simulator.nas.faults.latency(1800);
			await send(15_000_000);
			expect((await failure(send(1))).message).toMatch(/took too long to answer/);
			simulator.nas.faults.latency(0);
		});
	});

	test('a cancelled call ends at once with an error of its own', async () => {
		await withNas({ apis }, async ({ simulator, dsm }) => {
			await dsm.call(info);
			simulator.nas.faults.latency(3000);
			const abort = new AbortController();
			const pending = failure(dsm.call(info, {}, { signal: abort.signal }));
			setTimeout(() => abort.abort(), 50);
			expect((await pending).code).toBe('aborted');
			simulator.nas.faults.latency(0);
		});
	});
});

test('extra headers go with every request', async () => {
	await withNas(
		{ apis, connection: { headers: '{"CF-Access-Client-Id":"client-17"}' } },
		async ({ simulator, dsm }) => {
			await dsm.call(info);
			expect(simulator.requests.map(({ headers }) => headers['cf-access-client-id'])).toEqual([
				'client-17',
				'client-17',
				'client-17',
			]);
		},
	);
});

test('a sub-path in the address is kept', async () => {
	await withNas({ apis }, async ({ simulator, acquire }) => {
		await acquire({ url: `${simulator.url}/chat/` }).dsm.call(info);
		expect(simulator.requests.at(-1)!.path).toBe('/chat/webapi/entry.cgi');
	});
});

describe('an address without a port', () => {
	/** DSM's own port is one where nobody listens, the usual one that of the simulator, or the other way round. */
	const at = (dsm: number, usual: number) => ({ ports: { 'http:': [dsm, usual], 'https:': [dsm, usual] } as const });
	const portOf = (url: string): number => Number(new URL(url).port);

	test('is tried at the port of the scheme when nobody is at that of DSM', async () => {
		const gone = await startSimulator();
		await gone.close();
		await withNas({ apis }, async ({ simulator, connection }) => {
			const pool = createPool({ host: testHost(simulator.nas.clock), ...at(portOf(gone.url), portOf(simulator.url)) });
			const { dsm } = pool.acquire({ ...connection, url: 'http://127.0.0.1' }, { apis });
			expect((await dsm.call(info)).model).toBe('DS920+');
			expect(dsm.url).toBe(simulator.url);
			await pool.close();
		});
	});

	test('stays at the port of DSM once DSM answered there', async () => {
		const other = await startSimulator();
		await withNas({ apis }, async ({ simulator, connection }) => {
			const pool = createPool({ host: testHost(simulator.nas.clock), ...at(portOf(simulator.url), portOf(other.url)) });
			const { dsm } = pool.acquire({ ...connection, url: 'http://127.0.0.1' }, { apis });
			expect((await dsm.call(info)).model).toBe('DS920+');
			await simulator.close();
			const error = await failure(dsm.apis());
			expect(error.message).toBe(`${simulator.url} refuses the connection.`);
			expect(other.requests).toEqual([]);
			await pool.close();
		});
		await other.close();
	});

	test('names the port of DSM when nobody is at either', async () => {
		await withNas({ apis }, async ({ simulator, connection }) => {
			const [first, second] = [await startSimulator(), await startSimulator()];
			await Promise.all([first.close(), second.close()]);
			const pool = createPool({ host: testHost(simulator.nas.clock), ...at(portOf(first.url), portOf(second.url)) });
			const { dsm } = pool.acquire({ ...connection, url: 'http://127.0.0.1' }, { apis });
			expect((await failure(dsm.call(info))).message).toBe(`${first.url} refuses the connection.`);
			await pool.close();
		});
	});
});
