import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { remember } from './history';
import { nginxPage, TITLES, writeHtml } from './http';
import { channelOf, upgrade } from './realtime/engine';
import { bareRecord } from './records';
import { handle, type ServerState } from './routes';
import type { TlsPair } from './tls';
import { splitTarget } from './wire';

export type { ServerState } from './routes';

/** Listens on `host:port` and answers as a NAS. Over TLS it also tells plain HTTP callers so, as nginx does. */
export async function listen(
	state: ServerState,
	host: string,
	port: number,
	tls: TlsPair | undefined,
): Promise<RunningServer> {
	const handler = (request: IncomingMessage, response: ServerResponse): void => {
		// What is off answers nothing at all.
		if (state.nas.isOff) {
			state.nas.refused += 1;
			return void request.socket.destroy();
		}
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
