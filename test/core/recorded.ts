import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPool, type Lease, type Pool, type PoolOptions } from '../../src/core/pool';
import type { ConnectionInput } from '../../src/core/connection';
import type { Dsm } from '../../src/core/dsm';
import { explain, serviceOf } from '../../src/services';
import { SettableClock } from '../../src/simulator';
import { testHost } from '../support/nas';

/** A request as the replaying server saw it. */
export interface Asked {
	path: string;
	api: string;
	method: string;
	version: number;
	/** Query and form body together. */
	params: Record<string, string>;
	query: Record<string, string>;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

/** What it answers: `json` is an envelope, `body` goes as it is; `send` does the rest by hand. */
export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	json?: unknown;
	body?: string | Buffer;
	send?: (response: ServerResponse) => void;
}

export type Replay = (asked: Asked) => Answer | undefined;

export const ok = (data?: unknown): Answer => ({
	json: data === undefined ? { success: true } : { data, success: true },
});
export const error = (code: unknown, errors?: unknown): Answer => ({
	json: { error: { code, ...(errors !== undefined && { errors }) }, success: false },
});

export const row = (more: Record<string, unknown> = {}) => ({
	maxVersion: 3,
	minVersion: 1,
	path: 'entry.cgi',
	requestFormat: 'JSON',
	...more,
});

/** The API list that is answered unless a test has its own. */
export const LIST: Record<string, unknown> = {
	'SYNO.API.Auth': { maxVersion: 7, minVersion: 1, path: 'entry.cgi' },
	'SYNO.DSM.Info': row(),
	'SYNO.FileStation.Upload': row(),
	'SYNO.FileStation.Download': row(),
};

const usual: Replay = ({ api, method }) => {
	if (api === 'SYNO.API.Info') return ok(LIST);
	if (api === 'SYNO.API.Auth' && method === 'login')
		return ok({ sid: 'sid-1-abcdefgh', synotoken: 'token-1-abcdefgh', did: '' });
	if (api === 'SYNO.API.Auth') return ok();
	return undefined;
};

export interface Scene {
	dsm: Dsm;
	pool: Pool;
	lease: Lease;
	url: string;
	asked: Asked[];
	/** `SYNO.API.Auth.login` and so on, in order. */
	names: () => string[];
	lines: string[];
	clock: SettableClock;
	connection: ConnectionInput;
}

export interface Options {
	connection?: Partial<ConnectionInput>;
	pool?: Partial<PoolOptions>;
	/** Answers to addresses that match before the body was read. */
	early?: { address: RegExp; answer: (response: ServerResponse) => void };
	/** The server ends the connection after each answer and does not announce it. */
	closing?: boolean;
	/** The host's memory survives restarts. */
	lasts?: boolean;
}

/** A server that replays answers, and a client for it. What `replay` leaves open is answered as usual, or with HTTP 404. */
export async function replaying(
	replay: Replay,
	run: (scene: Scene) => Promise<void>,
	options: Options = {},
): Promise<void> {
	const asked: Asked[] = [];
	const server = createServer((request, response) => {
		if (options.early?.address.test(request.url ?? '')) return options.early.answer(response);
		void read(request).then((seen) => {
			asked.push(seen);
			const answer = replay(seen) ??
				usual(seen) ?? { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404</h1>' };
			if (options.closing) response.once('finish', () => request.socket.end());
			if (answer.send) return answer.send(response);
			const body = answer.json === undefined ? (answer.body ?? '') : JSON.stringify(answer.json);
			const usualHeaders = {
				'content-type': 'application/json; charset="UTF-8"',
				'content-length': String(Buffer.byteLength(body)),
			};
			response.writeHead(answer.status ?? 200, { ...usualHeaders, ...answer.headers }).end(body);
		});
	});
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const clock = new SettableClock(Date.now());
	const lines: string[] = [];
	const pool = createPool({ host: testHost(clock, lines, options.lasts), explain, serviceOf, ...options.pool });
	const connection = { url, account: 'alice', password: 'pa55-of-alice', ...options.connection };
	const lease = pool.acquire(connection);
	const names = () => asked.map(({ api, method }) => `${api}.${method}`);
	try {
		await run({ dsm: lease.dsm, pool, lease, url, asked, names, lines, clock, connection });
	} finally {
		await pool.close();
		server.closeAllConnections();
		server.close();
	}
}

async function read(request: IncomingMessage): Promise<Asked> {
	const chunks: Buffer[] = [];
	// A client that gives up in the middle leaves what it sent so far.
	await new Promise<void>((resolve) => {
		request
			.on('data', (chunk: Buffer) => void chunks.push(chunk))
			.once('close', resolve)
			.once('end', resolve)
			.on('error', () => resolve());
	});
	const body = Buffer.concat(chunks);
	const url = new URL(request.url ?? '/', 'http://nas.example.com');
	const form = String(request.headers['content-type']).includes('urlencoded')
		? new URLSearchParams(body.toString())
		: [];
	const query = Object.fromEntries(url.searchParams);
	const params = { ...query, ...Object.fromEntries(form) };
	const { api = '', method = '', version } = params;
	return { path: url.pathname, api, method, version: Number(version), params, query, headers: request.headers, body };
}
