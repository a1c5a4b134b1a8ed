import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpFacts } from '../behaviour';
import { services } from '../../services';
import { withoutBytes } from '../behaviours/entry';
import { dispatch, type Kernel } from '../dispatch';
import { remember } from '../history';
import { envelope } from '../http';
import { dsmJson, parseValue } from '../json';
import type { Session } from '../nas';
import type { Channel } from '../service';
import { readCookies, splitTarget } from '../wire';
import { closeFrame, FrameReader, handshake, pongFrame, textFrame } from './frames';

/** Several packets in one frame are separated by it (chat.md 10). */
const SEPARATOR = '\x1e';
/** Packets of clients that are kept for tests. */
const KEPT = 1000;

/** Which channel a path belongs to: one of a service, or the desktop's (core.md 14), also under an alias. */
export function channelOf(path: string): Channel | 'desktop' | undefined {
	const own = services.find(({ channel }) => channel?.path === path)?.channel;
	if (own) return own;
	return /^(\/[\w-]+)?\/synoscgi\.sock\/socket\.io\/$/.test(path) ? 'desktop' : undefined;
}

/** The open packet. `upgrades` names the WebSocket only to those who came by polling. */
export function openPacket(kernel: Kernel, upgrades: string[], sid = kernel.nas.token(15)): string {
	const { pingInterval, pingTimeout } = kernel.nas.sockets;
	return `0${JSON.stringify({ sid, upgrades, pingInterval, pingTimeout })}`;
}

/** Takes over a connection that asks for a WebSocket; `kernel.secure` says whether it came over TLS. */
export function upgrade(
	kernel: Kernel & { secure: boolean },
	request: IncomingMessage,
	socket: Duplex,
	head: Buffer,
): void {
	const { path, query } = splitTarget(request.url ?? '/');
	const channel = channelOf(path);
	const key = request.headers['sec-websocket-key'];
	const isServed = channel === 'desktop' || (channel !== undefined && kernel.nas.api(channel.api) !== undefined);
	const { sockets } = kernel.nas;
	const refusal = sockets.refusal ?? (isServed && key !== undefined ? undefined : 404);
	if (refusal !== undefined || key === undefined) return refuse(socket, refusal ?? 404);
	if (!sockets.versions.includes(query.get('EIO') === '4' ? 4 : 3)) return refuse(socket, 400);
	socket.write(handshake(key));
	const http = factsOf(request, path, query, kernel.secure);
	new Connection(kernel, socket, channel ?? 'desktop', http, request.socket.remoteAddress ?? '').start(query, head);
}

function refuse(socket: Duplex, status: number): void {
	socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n`);
}

function factsOf(request: IncomingMessage, path: string, query: URLSearchParams, secure: boolean): HttpFacts {
	const cookies = readCookies(request.headers.cookie);
	const header = request.headers['x-syno-token'];
	const token = (typeof header === 'string' && header) || query.get('SynoToken');
	const facts = { path, cgi: 'entry.cgi', query: {}, cookies, headers: request.headers, secure };
	return {
		...facts,
		...(cookies.id && { sid: cookies.id }),
		...(token && { token }),
		bodyKind: 'none',
		typedParts: [],
	};
}

/** One WebSocket with Engine.IO 3 or 4 on it. */
class Connection {
	private readonly reader = new FrameReader();
	private readonly ends: (() => void)[] = [];
	/** By either of them a write may name this connection; which one the web client sends was not captured. */
	private readonly ids: string[] = [];
	private follows = false;
	private patience: NodeJS.Timeout | undefined;

	constructor(
		private readonly kernel: Kernel,
		private readonly socket: Duplex,
		private readonly channel: Channel | 'desktop',
		private readonly http: HttpFacts,
		private readonly ip: string,
	) {}

	start(query: URLSearchParams, head: Buffer): void {
		const { socket } = this;
		const { open, pingInterval } = this.kernel.nas.sockets;
		open.add(socket);
		this.ends.push(() => open.delete(socket));
		this.ends.push(() => clearTimeout(this.patience));
		socket.on('data', (chunk: Buffer) => this.receive(chunk));
		socket.on('error', () => socket.destroy());
		socket.on('close', () => this.ends.forEach((end) => end()));
		// With a sid the channel was opened by polling before.
		if (!query.has('sid')) this.send(openPacket(this.kernel, [], this.newId()));
		this.wait();
		// Version 4: the server asks; in version 3 the client does.
		if (query.get('EIO') === '4') {
			const timer = setInterval(() => this.send('2'), pingInterval).unref();
			this.ends.push(() => clearInterval(timer));
		} else if (!query.has('sid')) this.connect();
		if (head.length > 0) this.receive(head);
	}

	private send(packet: string): void {
		if (this.socket.writable && !this.kernel.nas.sockets.mute) this.socket.write(textFrame(packet));
	}

	private newId(): string {
		const id = this.kernel.nas.token(15);
		this.ids.push(id);
		return id;
	}

	/** Whoever neither pings nor answers pings for so long is gone. */
	private wait(): void {
		const { pingInterval, pingTimeout } = this.kernel.nas.sockets;
		clearTimeout(this.patience);
		this.patience = setTimeout(() => this.socket.end(closeFrame()), pingInterval + pingTimeout).unref();
	}

	private receive(chunk: Buffer): void {
		this.wait();
		try {
			for (const frame of this.reader.push(chunk)) {
				if (frame.kind === 'ping') this.socket.write(pongFrame(frame.bytes));
				else if (frame.kind === 'close') this.socket.end(closeFrame());
				else for (const packet of frame.text.split(SEPARATOR)) this.take(packet);
			}
		} catch {
			this.socket.destroy();
		}
	}

	private take(packet: string): void {
		remember(this.kernel.nas.sockets.heard, packet, KEPT);
		if (packet === '2' || packet === '2probe') this.send(packet.replace('2', '3'));
		else if (packet === '40' || packet.startsWith('40{') || packet === '5') this.connect();
		else if (packet === '41' || packet === '1') this.socket.end(closeFrame());
		else if (packet.startsWith('42') && this.channel === 'desktop')
			this.call(packet).catch(() => this.socket.end(closeFrame()));
	}

	/** The session of the cookie; its token, if it has one, comes in the header or the query. */
	private connect(): void {
		const { nas } = this.kernel;
		const session = nas.sessions.resume(this.http.sid, this.ip.replace(/^::ffff:/, ''));
		const isRefused = typeof session === 'number' || (session.token !== undefined && session.token !== this.http.token);
		if (isRefused) {
			this.send('44{"message":"authentication error"}');
			return void this.socket.end(closeFrame());
		}
		this.send(`40${JSON.stringify({ sid: this.newId() })}`);
		if (this.channel !== 'desktop' && !this.follows) this.follow(this.channel, session);
	}

	private follow({ follow }: Channel, { user }: Session): void {
		this.follows = true;
		const tell = (event: string, data: unknown) => this.send(`42${JSON.stringify([event, data])}`);
		this.ends.push(follow(this.kernel.nas, user, this.ids, tell));
	}

	/** `42<n>["request_webapi",api,version,method,{…}]`: answered by `43<n>[…]`, or by an event when there is no number. */
	private async call(packet: string): Promise<void> {
		const [, id = '', json = ''] = /^42(\d*)(\[.*)$/s.exec(packet) ?? [];
		const [name, api, version, method, params] = [parseValue(json)].flat() as unknown[];
		if (name !== 'request_webapi' || typeof api !== 'string' || typeof method !== 'string') return;
		const { SynoToken, ...values } = { ...(params as Record<string, unknown>) };
		const http = { ...this.http, ...(typeof SynoToken === 'string' && { token: SynoToken }) };
		const raw = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]));
		const call = { api, method, version: Number(version), raw, values, files: [], ip: this.ip, batched: true, http };
		const { reply } = await dispatch(this.kernel, call);
		const answer = dsmJson(envelope(withoutBytes(reply)));
		this.send(
			id === '' ? `42[${JSON.stringify(`${api}:${Number(version)}:${method}`)},${answer}]` : `43${id}[${answer}]`,
		);
	}
}
