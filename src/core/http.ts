import type { Connection } from './connection';
import type { ApiInfo } from './dsm';
import type { Host } from './host';
import { NasClock } from './nasClock';
import { DsmInputError, DsmProtocolError, isDsmError } from './errors';
import { parseLocation, type Location, type Ports } from './url';
import { findNas, type QuickConnectOptions } from './quickconnect';
import type { ByteStream, HttpRequest, HttpResponse, Socket, Transport } from '../platform';
import { createTransport } from './transport';
import { readEnvelope, type Envelope } from './envelope';
import { encodeForm } from './wire';

export interface Post {
	/** Below `/webapi/`: `entry.cgi`. */
	path: string;
	/** Instead: from the root of the NAS. */
	site?: string;
	query?: Record<string, string>;
	headers?: Record<string, string>;
	body: string | ByteStream;
	/** The answer may be a file, which takes the time it takes. */
	isFile?: true | undefined;
	signal?: AbortSignal | undefined;
}

/** A server of the NAS at a port of its own: WebDAV. */
export interface Endpoint {
	protocol: 'http' | 'https';
	port: number;
}

/** Any other request below the base address. */
export interface Message {
	method: string;
	/** From the root of the NAS, percent-encoded: `/carddav/alice/`. */
	path: string;
	headers: Record<string, string>;
	body?: string | ByteStream;
	/** The answer may be a file, which takes the time it takes. */
	isFile?: true;
	signal?: AbortSignal | undefined;
	/** Instead of the base address: another server of the same NAS. */
	endpoint?: Endpoint | undefined;
}

/** How addresses are found; tests put stand-ins here. */
export interface Ways {
	quickConnect?: QuickConnectOptions;
	ports?: Ports;
}

/** Bytes for each of which a NAS gets a millisecond more to answer: it checks and moves a file when it has all of it. */
const PER_MILLISECOND = 10_000;

/** Milliseconds that an answer may take longer because of what was sent. */
const settling = (headers: Readonly<Record<string, string>>): number =>
	Math.ceil(Number(headers['content-length'] ?? 0) / PER_MILLISECOND);

/** HTTP to one NAS: base address, extra headers, time limit and the clock of the NAS. */
export class NasHttp {
	readonly #connection: Connection;
	readonly #transport: Transport;
	readonly #quickConnect: QuickConnectOptions | undefined;
	readonly #location: Location;
	#base: Promise<string> | undefined;
	#url: string | undefined;
	/** The same address with the scheme's own port, as long as nothing has answered at DSM's. */
	#otherwise: string | undefined;
	/** Where the API list was found. */
	#infoPath: string | undefined;
	readonly #clock: NasClock;
	/** Headers of the settings, in small letters. */
	readonly #headers: Readonly<Record<string, string>>;

	constructor(connection: Connection, host: Host, { quickConnect, ports }: Ways = {}) {
		this.#connection = connection;
		this.#clock = new NasClock(host);
		this.#headers = lowerCased(connection.headers);
		this.#transport = createTransport(connection, host.proxy);
		this.#quickConnect = quickConnect;
		this.#location = parseLocation(connection.url, ports);
		if (this.#location.kind === 'url') ({ url: this.#url, otherwise: this.#otherwise } = this.#location);
	}

	/** Base address; before a QuickConnect id is resolved, what the user entered. */
	get url(): string {
		return this.#url ?? this.#connection.url;
	}

	/** Milliseconds until an answer begins, and the longest silence in one that is no file. */
	get timeout(): number {
		return this.#connection.timeout * 1000;
	}

	/** Whether the NAS is looked up by a QuickConnect id. */
	get isQuickConnect(): boolean {
		return this.#location.kind === 'quickconnect';
	}

	/** Whether an address may be that of this NAS: a QuickConnect id has many. */
	mayBe(url: string): boolean {
		return this.#location.kind === 'quickconnect' || url === this.#url || url === this.#otherwise;
	}

	/** Time of the NAS, milliseconds. */
	now(): number {
		return this.#clock.now();
	}

	/** Sets the clock of the NAS by a time it told. */
	setTime(milliseconds: number): void {
		this.#clock.set(milliseconds);
	}

	/** Reads the clock of the NAS in an answer of DSM: a page of a proxy, or an error, may come from another one (core.md 20). */
	hear({ headers }: HttpResponse): void {
		this.#clock.hear(headers.date);
	}

	/** Address of the NAS; a QuickConnect id is resolved once and again after a transport fault. */
	async base(): Promise<string> {
		if (this.#location.kind === 'url') return this.url;
		this.#base ??= findNas(this.#location.id, this.#transport, this.#quickConnect);
		try {
			return (this.#url = await this.#base);
		} catch (error) {
			this.#base = undefined;
			throw error;
		}
	}

	/** One POST below `/webapi/`; a GET would put parameters into logs. */
	async post({ path, site, query, headers, body, isFile, signal }: Post): Promise<HttpResponse> {
		const suffix = query ? `?${encodeForm(query)}` : '';
		const place = site ?? `/webapi/${path}`;
		const own: Record<string, string> = { accept: 'application/json, */*', 'accept-encoding': 'identity' };
		if (typeof body === 'string') own['content-type'] = 'application/x-www-form-urlencoded; charset=UTF-8';
		const url = `${await this.base()}${place}${suffix}`;
		return await this.#request('POST', url, { headers: Object.assign(own, headers), body, isFile, signal });
	}

	/** One request of any method: CardDAV, CalDAV and WebDAV. */
	async send({ method, path, headers, body, isFile, signal, endpoint }: Message): Promise<HttpResponse> {
		return await this.#request(method, await this.address(path, endpoint), {
			headers: { 'accept-encoding': 'identity', ...headers },
			...(body !== undefined && { body }),
			isFile,
			signal,
		});
	}

	/** A WebSocket at a path from the root of the NAS, with query. */
	async socket(path: string, headers: Record<string, string>): Promise<Socket> {
		const address = await this.address(path);
		const own = { ...headers, origin: new URL(address).origin };
		return this.#transport.socket(address.replace(/^http/, 'ws'), merged(this.#headers, own));
	}

	/**
	 * Address of a path that the NAS named: behind a proxy with a sub-path it may or may not hold that. Throws DsmProtocolError when it
	 * would lead elsewhere (`@other.example.com/`): account and password go along; DsmInputError for a server with a port of its own that a
	 * QuickConnect ID does not lead to: the relay is not the NAS.
	 */
	async address(path: string, endpoint?: Endpoint): Promise<string> {
		const base = await this.base();
		if (endpoint && this.#location.kind === 'quickconnect') throw noPorts();
		const { pathname, hostname, origin: own } = new URL(base);
		const root = endpoint ? `${endpoint.protocol}://${hostname}:${endpoint.port}` : base;
		const holdsRoot = !endpoint && pathname !== '/' && path.startsWith(`${pathname}/`);
		const address = `${holdsRoot ? own : root}${path}`;
		if (path.startsWith('/') && URL.canParse(address) && new URL(address).origin === new URL(root).origin)
			return address;
		throw new DsmProtocolError(`The NAS names "${path.slice(0, 100)}", which is no path on it.`, {
			outcomeUnknown: false,
			hint: 'Something between here and the NAS changes its answers, or another program answers at this address.',
		});
	}

	async #request(
		method: string,
		url: string,
		{ headers, body, isFile, signal }: Pick<Message, 'headers'> & Partial<Pick<Post, 'body' | 'isFile' | 'signal'>>,
	): Promise<HttpResponse> {
		// Assigned, since literals with several spreads in them make undici a third slower.
		const request: HttpRequest = {
			method,
			url,
			headers: merged(this.#headers, headers),
			timeout: this.timeout + settling(headers),
		};
		if (body !== undefined) request.body = body;
		if (isFile) request.isFile = true;
		if (signal) request.signal = signal;
		try {
			return await this.#transport.send(request);
		} catch (error) {
			// A way that failed is looked for anew; a request that was taken back says nothing about the way.
			if (isDsmError(error) && error.code === 'connection') this.#base = undefined;
			throw error;
		}
	}

	/** The API list, asked without a session (core.md 2). When nobody is at DSM's usual port, the scheme's own is tried once. */
	async apiInfo(query: string): Promise<Record<string, ApiInfo>> {
		const [first, other] = [this.#url, this.#otherwise];
		try {
			return await this.#list(query);
		} catch (error) {
			if (other === undefined || !nobodyThere(error)) throw error;
			this.#url = other;
			try {
				return await this.#list(query);
			} catch {
				this.#url = first;
				throw error;
			}
		}
	}

	/** `query.cgi` answers on every DSM from 4 to 7; where something in between lets only `entry.cgi` through, that is asked. */
	async #list(query: string): Promise<Record<string, ApiInfo>> {
		const body = encodeForm({ api: 'SYNO.API.Info', version: '1', method: 'query', query });
		let first: unknown;
		for (const path of this.#infoPath === undefined ? ['query.cgi', 'entry.cgi'] : [this.#infoPath]) {
			try {
				const envelope = await this.envelope({ path, body });
				if (envelope.success) {
					this.#infoPath = path;
					this.#otherwise = undefined;
					return apiList(envelope.data);
				}
				first ??= noList(envelope.error.code);
				if (envelope.error.code < 102 || envelope.error.code > 104) break;
			} catch (error) {
				first ??= error;
				if (!isDsmError(error) || error.details.httpStatus !== 404) break;
			}
		}
		throw first;
	}

	/** `damaged` gets what came of an answer that is no envelope, or breaks off. */
	async envelope(post: Post, damaged?: (text: string) => void): Promise<Envelope> {
		const response = await this.post(post);
		const envelope = await readEnvelope(response, damaged);
		if (envelope.success) this.hear(response);
		return envelope;
	}

	async close(): Promise<void> {
		await this.#transport.close();
	}
}

/** Refused, or no answer to the attempt to connect: nothing was sent. A certificate or a name that does not fit is another matter. */
const nobodyThere = (error: unknown): boolean =>
	isDsmError(error) && error.code === 'connection' && error.retryable && error.details.outcomeUnknown === false;

const noPorts = (): DsmInputError =>
	new DsmInputError('A QuickConnect ID leads to DSM only, not to the ports of WebDAV.', {
		hint: 'Enter the address of the NAS in the connection, e.g. https://nas.example.com:5001.',
	});

const noList = (code: number): DsmProtocolError =>
	new DsmProtocolError(`The NAS does not give its API list (code ${code}).`, {
		dsmCode: code,
		hint: 'Check that the address is that of DSM itself.',
	});

/** Rows of `SYNO.API.Info` in one form: numbers as numbers, paths below `/webapi/`. */
function apiList(data: unknown): Record<string, ApiInfo> {
	const rows = Object.entries((data ?? {}) as Record<string, Partial<Record<keyof ApiInfo, unknown>>>);
	return Object.fromEntries(
		rows.map(([name, { path, minVersion, maxVersion, requestFormat }]) => [
			name,
			{
				path: typeof path === 'string' ? path.replace(/^\/?(webapi\/)?/, '') : 'entry.cgi',
				minVersion: Number(minVersion ?? 1),
				maxVersion: Number(maxVersion ?? 1),
				...(requestFormat === 'JSON' && { requestFormat }),
			},
		]),
	);
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Our headers win over those of the settings; cookies of both are sent. */
function merged(settings: Readonly<Record<string, string>>, own: Record<string, string>): Record<string, string> {
	const all: Record<string, string> = Object.assign({}, settings, own);
	if (settings.cookie !== undefined && own.cookie !== undefined) all.cookie = `${settings.cookie}; ${own.cookie}`;
	return all;
}
