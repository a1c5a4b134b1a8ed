import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { SELF_SIGNED } from '../../core/tls';
import { serve } from './serve';
import type { WebdavState } from './state';

const HOST = '127.0.0.1';

/** A request as it came, for tests. */
export interface Seen {
	protocol: 'http' | 'https';
	method: string;
	path: string;
	headers: IncomingMessage['headers'];
}

interface Listener {
	server: Server;
	sockets: Set<Socket>;
}

/** The WebDAV server at its own two ports. It listens when a test or the demo opens it, and follows the settings from then on. */
export class WebdavServer {
	readonly seen: Seen[] = [];
	#opened = false;
	readonly #listeners = new Map<number, Listener>();
	#changing: Promise<unknown> = Promise.resolve();

	constructor(readonly state: WebdavState) {}

	/** Free ports are taken and written into the settings. */
	async open(): Promise<{ http: number; https: number }> {
		this.#opened = true;
		const [http, https] = [await this.#listen('http', 0), await this.#listen('https', 0)];
		Object.assign(this.state.values, { http_port: http, https_port: https });
		return { http, https };
	}

	/** Listens where the settings say, and nowhere else. Open transfers break off. */
	follow(): void {
		if (!this.#opened) return;
		this.#changing = this.#changing.then(async () => {
			const { state } = this;
			const wanted = (['http', 'https'] as const).flatMap((protocol) =>
				state.setting(`enable_${protocol}`) === true
					? [[Number(state.setting(`${protocol}_port`)), protocol] as const]
					: [],
			);
			const ports = new Set(wanted.map(([port]) => port));
			for (const port of [...this.#listeners.keys()]) if (!ports.has(port)) await this.#end(port);
			for (const [port, protocol] of wanted) if (!this.#listeners.has(port)) await this.#listen(protocol, port);
		});
	}

	async close(): Promise<void> {
		await this.#changing;
		for (const port of [...this.#listeners.keys()]) await this.#end(port);
	}

	async #listen(protocol: 'http' | 'https', port: number): Promise<number> {
		const handler = (request: IncomingMessage, response: ServerResponse) =>
			void this.#answer(protocol, request, response);
		const server = protocol === 'https' ? createTlsServer(SELF_SIGNED, handler) : createServer(handler);
		const sockets = new Set<Socket>();
		server.on(protocol === 'https' ? 'secureConnection' : 'connection', (socket: Socket) => {
			sockets.add(socket);
			socket.on('error', () => socket.destroy());
			socket.on('close', () => sockets.delete(socket));
		});
		await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
		const { port: own } = server.address() as AddressInfo;
		this.#listeners.set(own, { server, sockets });
		return own;
	}

	async #end(port: number): Promise<void> {
		const listener = this.#listeners.get(port);
		this.#listeners.delete(port);
		for (const socket of listener?.sockets ?? []) socket.destroy();
		await new Promise<void>((resolve) => (listener ? listener.server.close(() => resolve()) : resolve()));
	}

	async #answer(protocol: Seen['protocol'], request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method = 'GET', url: path = '/', headers } = request;
		const { nas } = this.state;
		// Of a package that stands, and of a NAS that is off, nobody answers.
		if (nas.isOff || (nas.packages.has('WebDAVServer') && nas.packages.get('WebDAVServer')?.status !== 'running'))
			return void request.socket.destroy();
		this.seen.push({ protocol, method, path, headers });
		try {
			await serve(this.state, request, response);
		} catch (error) {
			if (!request.socket.destroyed) process.emitWarning(String(error));
			response.destroy();
		}
	}
}
