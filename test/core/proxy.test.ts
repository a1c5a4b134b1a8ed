import { createServer, request as httpRequest, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { memoryStore, realHost, type Host } from '../../src/core/host';
import { failure, withNas } from '../support/nas';
import { until } from '../support/until';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const apis = ['SYNO.DSM.Info'];

interface Proxy {
	address: string;
	/** `CONNECT host:port` and `POST http://host:port/path`. */
	seen: string[];
	authorizations: (string | undefined)[];
	/** Breaks every connection off. */
	cut: () => void;
}

/** A small proxy on loopback: absolute addresses and CONNECT. `refuse` answers this status instead. */
async function withProxy(run: (proxy: Proxy) => Promise<void>, refuse?: number): Promise<void> {
	const seen: string[] = [];
	const authorizations: (string | undefined)[] = [];
	const sockets = new Set<Socket>();
	const server: Server = createServer((request, response) => {
		seen.push(`${request.method} ${request.url}`);
		authorizations.push(request.headers['proxy-authorization']);
		if (refuse) return void response.writeHead(refuse).end('<h1>proxy</h1>');
		const { method, url, headers } = request;
		const onward = httpRequest(url!, { method: method!, headers }, (answer) => {
			response.writeHead(answer.statusCode!, answer.headers);
			answer.pipe(response);
		});
		request.pipe(onward);
	});
	server.on('connection', (socket: Socket) => void sockets.add(socket));
	server.on('connect', (request, socket: Socket, head: Buffer) => {
		seen.push(`CONNECT ${request.url}`);
		authorizations.push(request.headers['proxy-authorization']);
		if (refuse) return void socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`);
		const [host, port] = request.url!.split(':');
		const onward = connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			onward.write(head);
			onward.pipe(socket).pipe(onward);
		});
		sockets.add(onward);
		for (const end of [socket, onward]) end.on('error', () => end.destroy());
	});
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	const cut = () => sockets.forEach((socket) => socket.destroy());
	try {
		await run({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, authorizations, cut });
	} finally {
		cut();
		server.close();
	}
}

const hostBehind = (proxy: Host['proxy'], lines: string[] = []): Host => ({
	...realHost(),
	store: memoryStore(),
	log: { debug: (line) => void lines.push(line), warn: (line) => void lines.push(line) },
	...(proxy && { proxy }),
});

describe('a proxy of the environment', () => {
	test('passes https on by CONNECT, and the certificate of the NAS is still checked', async () => {
		await withProxy(async ({ address, seen }) => {
			await withNas(
				{ tls: true, apis, pool: { host: hostBehind({ https: address }) } },
				async ({ dsm, acquire, simulator }) => {
					expect((await failure(dsm.call(info))).message).toBe(`${simulator.url} has a self-signed certificate.`);
					const trusting = acquire({ tls: 'ca', ca: simulator.certificate! });
					expect((await trusting.dsm.call(info)).model).toBe('DS920+');
					expect((await acquire({ tls: 'ignore' }).dsm.call(info)).model).toBe('DS920+');
					expect(new Set(seen)).toEqual(new Set([`CONNECT ${new URL(simulator.url).host}`]));
				},
			);
		});
	});

	test('passes http on by whole addresses, not by CONNECT, with its user and password', async () => {
		await withProxy(async ({ address, seen, authorizations }) => {
			const http = address.replace('//', '//alice:pr0xy-secret@');
			await withNas({ apis, pool: { host: hostBehind({ http }) } }, async ({ dsm, simulator, pool }) => {
				expect((await dsm.call(info)).model).toBe('DS920+');
				expect(seen.at(-1)).toBe(`POST ${simulator.url}/webapi/entry.cgi`);
				expect(new Set(authorizations)).toEqual(
					new Set([`Basic ${Buffer.from('alice:pr0xy-secret').toString('base64')}`]),
				);
				expect(pool.redact(`via ${http}, pr0xy-secret`)).not.toContain('pr0xy-secret');
			});
		});
	});

	test('may be named without its scheme', async () => {
		await withProxy(async ({ address, seen }) => {
			await withNas(
				{ apis, pool: { host: hostBehind({ http: address.slice('http://'.length) }) } },
				async ({ dsm }) => {
					await dsm.call(info);
					expect(seen).toHaveLength(3);
				},
			);
		});
	});

	test('is left out for what NO_PROXY lists', async () => {
		await withProxy(async ({ address, seen }) => {
			const proxy = { http: address, https: address, none: 'example.com,127.0.0.1' };
			await withNas({ apis, pool: { host: hostBehind(proxy) } }, async ({ dsm }) => {
				expect((await dsm.call(info)).model).toBe('DS920+');
				expect(seen).toEqual([]);
			});
		});
	});

	test('never comes between a pinned certificate and this client', async () => {
		await withProxy(async ({ address, seen }) => {
			await withNas(
				{ tls: true, apis, pool: { host: hostBehind({ https: address }) } },
				async ({ acquire, simulator }) => {
					const { dsm } = acquire({ tls: 'pin', fingerprint: simulator.fingerprint256! });
					expect((await dsm.call(info)).model).toBe('DS920+');
					expect(seen).toEqual([]);
				},
			);
		});
	});

	test.each([407, 403])('that answers CONNECT with %d is named as the one who refuses', async (status) => {
		await withProxy(async ({ address }) => {
			await withNas({ tls: true, apis, pool: { host: hostBehind({ https: address }) } }, async ({ dsm, simulator }) => {
				const told = await failure(dsm.call(info));
				expect([told.code, told.message]).toEqual([
					'connection',
					`The proxy does not let requests through to ${simulator.url} (HTTP ${status}).`,
				]);
				expect(told.hint).toMatch(/NO_PROXY/);
			});
		}, status);
	});

	test('that asks for a login in plain http is told so', async () => {
		await withProxy(async ({ address }) => {
			await withNas({ apis, pool: { host: hostBehind({ http: address }) } }, async ({ dsm }) => {
				expect((await failure(dsm.call(info))).message).toMatch(
					/^The proxy does not let requests through to http:.* \(HTTP 407\)\.$/,
				);
			});
		}, 407);
	});

	test('passes the realtime channel on, too', async () => {
		await withProxy(async ({ address, cut }) => {
			const options = {
				tls: true,
				apis,
				connection: { tls: 'ignore' },
				pool: { host: hostBehind({ https: address }) },
			} as const;
			await withNas({ ...options, apis: [...apis] }, async ({ dsm, lease }) => {
				await dsm.call(info);
				const heard: string[] = [];
				lease.listen('/sc/socket.io/', (hint) => void heard.push(hint));
				await until(() => heard.length === 1, 'the channel');
				cut();
				await until(() => heard.length === 2, 'its end');
				expect(heard).toEqual(['on', 'off']);
			});
		});
	});

	test('goes for uploads as well', async () => {
		await withProxy(async ({ address }) => {
			await withNas({ apis, pool: { host: hostBehind({ http: address }) } }, async ({ dsm }) => {
				const file = {
					name: 'a.txt',
					size: 3,
					open: () =>
						(async function* () {
							yield Buffer.from('abc');
						})(),
				};
				await dsm.call(
					{ api: 'SYNO.FileStation.Upload', method: 'upload', version: 2 },
					{ path: '/home', overwrite: 'true', file },
				);
				const { files } = await dsm.call(
					{ api: 'SYNO.FileStation.List', method: 'list', version: 2 },
					{ folder_path: '/home' },
				);
				expect(files.map(({ name }: { name: string }) => name)).toContain('a.txt');
			});
		});
	});
});
