import type { Connection } from './connection';
import type { ApiInfo } from './dsm';
import type { Host } from './host';
import { DsmProtocolError, isDsmError } from './errors';
import { parseLocation } from './url';
import { findNas, type QuickConnectOptions } from './quickconnect';
import { createTransport, type HttpResponse, type Transport } from './transport';
import { readEnvelope, type Envelope } from './envelope';
import { encodeForm } from './wire';
import type { Readable } from 'node:stream';

export interface Post {
	/** Below `/webapi/`: `entry.cgi`. */
	path: string;
	query?: Record<string, string>;
	headers?: Record<string, string>;
	body: string | Readable;
	signal?: AbortSignal | undefined;
}

/** HTTP to one NAS: base address, extra headers, time limit and the clock of the NAS. */
export class NasHttp {
	readonly #connection: Connection;
	readonly #host: Host;
	readonly #transport: Transport;
	readonly #quickConnect: QuickConnectOptions | undefined;
	#base: Promise<string> | undefined;
	#url: string | undefined;
	/** Where the API list was found. */
	#infoPath: string | undefined;
	/** Clock of the NAS minus ours, milliseconds. */
	#offset = 0;

	constructor(connection: Connection, host: Host, quickConnect?: QuickConnectOptions) {
		this.#connection = connection;
		this.#host = host;
		this.#transport = createTransport(connection, host.proxy);
		this.#quickConnect = quickConnect;
		const location = parseLocation(connection.url);
		if (location.kind === 'url') this.#url = location.url;
	}

	/** Base address; before a QuickConnect id is resolved, what the user entered. */
	get url(): string {
		return this.#url ?? this.#connection.url;
	}

	/** Time of the NAS, milliseconds. */
	now(): number {
		return this.#host.now() + this.#offset;
	}

	/** Sets the clock of the NAS by a time it told. */
	setTime(milliseconds: number): void {
		this.#offset = milliseconds - this.#host.now();
	}

	/** Address of the NAS; a QuickConnect id is resolved once and again after a transport fault. */
	async base(): Promise<string> {
		const location = parseLocation(this.#connection.url);
		if (location.kind === 'url') return location.url;
		this.#base ??= findNas(location.id, this.#transport, this.#quickConnect);
		try {
			return (this.#url = await this.#base);
		} catch (error) {
			this.#base = undefined;
			throw error;
		}
	}

	/** One POST below `/webapi/`; a GET would put parameters into logs. */
	async post({ path, query, headers, body, signal }: Post): Promise<HttpResponse> {
		const suffix = query ? `?${encodeForm(query)}` : '';
		const base = await this.base();
		try {
			const response = await this.#transport.send({
				method: 'POST',
				url: `${base}/webapi/${path}${suffix}`,
				headers: merged(this.#connection.headers, {
					accept: 'application/json, */*',
					'accept-encoding': 'identity',
					...(typeof body === 'string' && { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
					...headers,
				}),
				body,
				timeout: this.#connection.timeout * 1000,
				...(signal && { signal }),
			});
			this.#readClock(response);
			return response;
		} catch (error) {
			// A way that failed is looked for anew; a request that was taken back says nothing about the way.
			if (isDsmError(error) && error.code === 'connection') this.#base = undefined;
			throw error;
		}
	}

	/**
	 * The API list, asked without a session (core.md 2). `query.cgi` answers on every DSM from 4 to 7; where something in between
	 * lets only `entry.cgi` through, that is asked.
	 */
	async apiInfo(query: string): Promise<Record<string, ApiInfo>> {
		const body = encodeForm({ api: 'SYNO.API.Info', version: '1', method: 'query', query });
		let first: unknown;
		for (const path of this.#infoPath === undefined ? ['query.cgi', 'entry.cgi'] : [this.#infoPath]) {
			try {
				const envelope = await this.envelope({ path, body });
				if (envelope.success) {
					this.#infoPath = path;
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

	async envelope(post: Post): Promise<Envelope> {
		return await readEnvelope(await this.post(post));
	}

	async close(): Promise<void> {
		await this.#transport.close();
	}

	#readClock({ headers }: HttpResponse): void {
		const time = Date.parse(String(headers.date));
		// A Date header has whole seconds: only a real difference is taken.
		if (!Number.isNaN(time) && Math.abs(time - this.now()) > 1500) this.setTime(time);
	}
}

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

/** Our headers win over those of the settings, whatever their spelling; cookies of both are sent. */
function merged(settings: Record<string, string>, own: Record<string, string>): Record<string, string> {
	const theirs = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name.toLowerCase(), value]));
	const cookie = [theirs.cookie, own.cookie].filter((part) => part !== undefined).join('; ');
	return { ...theirs, ...own, ...(cookie !== '' && { cookie }) };
}
