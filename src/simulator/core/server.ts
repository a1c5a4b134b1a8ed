import { unlink } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isDavPath, serveDav } from './dav/door';
import { visit } from '../services/file/sharing';
import { dispatch, type Kernel, type Outcome } from './dispatch';
import { remember } from './history';
import { nginxPage, writeHtml, writeReply } from './http';
import { notePortal } from '../services/note/portal';
import { pingpong } from './pingpong';
import { channelOf, openPacket, upgrade } from './realtime/engine';
import { bareRecord, toRecord, type RequestRecord } from './records';
import type { ApiReply } from './behaviour';
import type { Nas } from './nas';
import { restCall, restCallOf, restReply, type RestCall } from './rest';
import type { TlsPair } from './tls';
import { cgiOf, readCookies, readRequest, splitTarget, type WireRequest } from './wire';

/** Longest request target nginx takes: above it a GET answers 414 (core.md 3.1). */
const LONGEST_TARGET = 8100;

const PINGPONG = '/webman/pingpong.cgi';

/** Path prefixes of application portals (core.md 1.1). */
const ALIASES = new Set(['chat', 'drive', 'notestation', 'calendar', 'contacts', 'photo', 'audio', 'download', 'file']);

/** Id of a sharing link in its public address (filestation.md 3). */
const linkOf = (path: string): string | undefined => /^\/sharing\/([\w-]+)$/.exec(path)?.[1];

/** Kernel plus the record of every request. */
export interface ServerState extends Kernel {
	requests: RequestRecord[];
	/** Login attempts so far. */
	logins: number;
	secure: boolean;
}

/** Listens on `host:port` and answers as a NAS. Over TLS it also tells plain HTTP callers so, as nginx does. */
export async function listen(
	state: ServerState,
	host: string,
	port: number,
	tls: TlsPair | undefined,
): Promise<RunningServer> {
	const handler = (request: IncomingMessage, response: ServerResponse): void => {
		// What is off answers nothing at all.
		if (state.nas.isOff) return void request.socket.destroy();
		handle(state, request, response).catch((error: unknown) => {
			// A connection that was broken off, by the client or by close(), is no fault of the simulator.
			if (!request.socket.destroyed && !isBroken(error)) process.emitWarning(String(error));
			response.destroy();
		});
	};
	const options = { keepAliveTimeout: 20_000, maxHeaderSize: 65_536, shouldUpgradeCallback: isChannel };
	const sockets = new Set<Socket>();
	const inner = tls ? createHttpsServer({ ...tls, ...options }, handler) : createHttpServer(options, handler);
	inner.on('clientError', refuseBadRequest);
	inner.on('upgrade', (request, socket, head) => {
		remember(state.requests, bareRecord(request, state.nas.clock.now()), state.history);
		upgrade(state, request, socket, head);
	});
	const outer = tls ? splitByFirstByte(inner) : inner;
	outer.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		outer.once('error', reject);
		outer.listen(port, host, resolve);
	});
	return { port: (outer.address() as AddressInfo).port, close: () => closeAll(outer, sockets) };
}

/** Other wishes to upgrade are ignored, as by nginx: HTTP clients of Java ask for `h2c` in ordinary requests. */
function isChannel({ url, headers }: IncomingMessage): boolean {
	return channelOf(splitTarget(url ?? '/').path) !== undefined && headers.upgrade?.toLowerCase() === 'websocket';
}

function isBroken(error: unknown): boolean {
	const { code } = error as NodeJS.ErrnoException;
	return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}

/** What is no HTTP gets nginx's page, then the connection ends. More than fits into the headers is a URL too long: 414. */
function refuseBadRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
	if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
	const title = TITLES[error.code === 'HPE_HEADER_OVERFLOW' ? 414 : 400] ?? '';
	const page = nginxPage(title);
	const head = `Server: nginx\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\nConnection: close`;
	socket.end(`HTTP/1.1 ${title}\r\n${head}\r\n\r\n${page}`);
}

export interface RunningServer {
	port: number;
	close(): Promise<void>;
}

async function closeAll(server: { close(done: () => void): unknown }, sockets: Set<Socket>): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	for (const socket of sockets) socket.destroy();
	await closed;
}

/** A TLS record starts with 0x16; anything else is plain HTTP, which an HTTPS port answers with 400. */
function splitByFirstByte(https: Server) {
	const plain = createHttpServer((request, response) => {
		request.resume();
		const title = '400 The plain HTTP request was sent to HTTPS port';
		writeHtml(response, 400, nginxPage(title), { Connection: 'close' });
	});
	return createNetServer((socket) => {
		socket.once('data', (first) => {
			socket.pause();
			socket.unshift(first);
			const server = first[0] === 0x16 ? https : plain;
			server.emit('connection', socket);
			process.nextTick(() => socket.resume());
		});
	});
}

async function handle(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { faults, clock } = state.nas;
	// The clock of the NAS, not of this machine: clients read it here (core.md 5.2).
	response.setHeader('Date', new Date(clock.now()).toUTCString());
	// Whoever asked may have given up meanwhile: the wait keeps no program alive.
	if (faults.delay > 0) await new Promise((resolve) => setTimeout(resolve, faults.delay).unref());
	const { path, query } = splitTarget(request.url ?? '/');
	if (channelOf(path) === 'desktop') return poll(state, request, response);
	const page = notePortal(state.nas, path, query, readCookies(request.headers.cookie).id);
	if (page) return await site(state, request, response, page);
	const refusal = refusalOf(state, request, path);
	if (!refusal && isDavPath(state.nas, path)) {
		const record = bareRecord(request, clock.now());
		remember(state.requests, record, state.history);
		record.body = await serveDav(state.nas, request, response);
		return;
	}
	const link = refusal ? undefined : linkOf(path);
	if (link !== undefined) return await site(state, request, response, visit(state.nas, link));
	const rest = restOf(state.nas, request, path);
	const cgi = refusal ? undefined : rest ? 'entry.cgi' : cgiOf(path)?.cgi;
	if (cgi === undefined) {
		remember(state.requests, bareRecord(request, clock.now()), state.history);
		if (!refusal) return pingpong(state.nas, request, response);
		request.resume();
		return writeHtml(
			response,
			refusal.status,
			refusal.page ?? nginxPage(TITLES[refusal.status] ?? ''),
			refusal.headers,
		);
	}
	const wire = await readRequest(request, cgi, state.nas.directory('incoming'), state.secure);
	if (rest) Object.assign(wire, { api: rest.api, method: rest.method, version: String(rest.version) });
	const record = toRecord(wire, request, clock.now());
	remember(state.requests, record, state.history);
	if (isLogin(record)) state.logins += 1;
	const ip = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
	const { reply, cut } = rest ? await answerRest(state, wire, rest, ip) : await answer(state, wire, ip);
	if (!('html' in reply)) record.answerCode = 'error' in reply ? reply.error : 0;
	await writeReply(response, reply, cut, request.headers.range);
	await Promise.all(wire.files.map((file) => unlink(file.path).catch(() => undefined)));
}

/** What a package serves beside the CGI. */
async function site(
	state: ServerState,
	request: IncomingMessage,
	response: ServerResponse,
	page: ApiReply,
): Promise<void> {
	request.resume();
	remember(state.requests, bareRecord(request, state.nas.clock.now()), state.history);
	await writeReply(response, page, undefined, request.headers.range);
}

/** First request of the desktop channel by polling: it names the WebSocket, which alone is served (core.md 14). */
function poll(state: ServerState, request: IncomingMessage, response: ServerResponse): void {
	request.resume();
	response.writeHead(200, { Server: 'nginx', 'Content-Type': 'text/plain; charset=UTF-8' });
	response.end(openPacket(state, ['websocket']));
}

interface HttpRefusal {
	status: number;
	headers?: Record<string, string>;
	page?: string;
}

/** What a proxy or nginx answers itself; undefined when the request reaches DSM. */
function refusalOf({ nas }: ServerState, request: IncomingMessage, path: string): HttpRefusal | undefined {
	const { faults } = nas;
	const target = request.url ?? '/';
	if (faults.redirectTo !== undefined) return { status: 301, headers: { Location: faults.redirectTo + target } };
	const effect = faults.takeHttp();
	if (effect?.kind === 'badGateway') return { status: 502 };
	if (effect?.kind === 'html') return { status: effect.status, page: LOGIN_PAGE };
	if (target.length > LONGEST_TARGET) return { status: 414 };
	const cgi = cgiOf(path);
	const known =
		path === PINGPONG ||
		restOf(nas, request, path) ||
		isDavPath(nas, path) ||
		linkOf(path) !== undefined ||
		(cgi && (cgi.alias === undefined || ALIASES.has(cgi.alias)));
	return known ? undefined : { status: 404 };
}

/** The REST door of Drive came with DSM 7.2 (drive.md 1.2). */
const restOf = ({ capabilities }: Nas, { method = 'GET' }: IncomingMessage, path: string): RestCall | undefined =>
	capabilities.dsm === '7.1' ? undefined : restCallOf(method, path);

async function answerRest(state: ServerState, wire: WireRequest, rest: RestCall, ip: string): Promise<Outcome> {
	if (wire.refusal !== undefined && !rest.bodiless) return { reply: { error: wire.refusal } };
	const outcome = await dispatch(state, restCall(rest, wire, ip));
	return { ...outcome, reply: restReply(rest, outcome.reply) };
}

/** Routing keys (101), then what the upload itself gets wrong, then the call. */
async function answer(state: ServerState, wire: WireRequest, ip: string): Promise<Outcome> {
	const { api, method, version, refusal, raw, files, http } = wire;
	if (refusal !== undefined) return { reply: { error: refusal } };
	if (!api || !method || !version) return { reply: { error: 101 } };
	const number = /^\d+$/.test(version) ? Number(version) : Number.NaN;
	return await dispatch(state, { api, method, version: number, raw, files, ip, batched: false, http });
}

const LOGIN_PAGE =
	'<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Please sign in to continue</form></body></html>';

const TITLES: Record<number, string> = {
	301: '301 Moved Permanently',
	400: '400 Bad Request',
	404: '404 Not Found',
	414: '414 Request-URI Too Large',
	502: '502 Bad Gateway',
};

function isLogin({ api, method }: RequestRecord): boolean {
	return api === 'SYNO.API.Auth' && method.toLowerCase() === 'login';
}
