import { raced, stopIfAborted } from './abort';
import type { CallOptions } from './dsm';
import { davError } from './davFaults';
import { readText } from './envelope';
import { DsmAbortError, DsmProtocolError, isDsmError, redactError, withDetails } from './errors';
import type { Host } from './host';
import type { NasHttp } from './http';
import { readMultistatus, type DavRow, type Multistatus } from './multistatus';
import type { PasswordGuard, Verdict } from './passwordGuard';
import type { Redactor } from './redact';
import { guarded, withRetries } from './retry';
import type { HttpResponse } from './transport';
import { writeXml, type XmlContent } from './xml';

export type { DavRow } from './multistatus';

export type DavMethod =
	'OPTIONS' | 'PROPFIND' | 'REPORT' | 'GET' | 'PUT' | 'DELETE' | 'MKCOL' | 'MKCALENDAR' | 'PROPPATCH' | 'MOVE' | 'COPY';

export interface DavRequest {
	method: DavMethod;
	/** Path as the server names it, percent-encoded: `/carddav/alice/`. */
	path: string;
	depth?: '0' | '1';
	/** XML, or the text of a card or an event. */
	body?: XmlContent | string;
	/** Content type of a text. */
	type?: string;
	/** Only if the member still has this etag. */
	ifMatch?: string;
	/** Only if there is nothing yet. */
	ifNoneMatch?: '*';
	/** Path to move or copy to; what is there stays unless `overwrite` is set. */
	destination?: string;
	overwrite?: boolean;
}

export interface DavAnswer {
	status: number;
	/** Where it was answered, after redirects. */
	path: string;
	etag?: string;
	type?: string;
	/** What it says of another attempt. */
	headers: HttpResponse['headers'];
	/** The body, where it is no multi-status. */
	text: string;
	rows: DavRow[];
	syncToken?: string;
}

/** One DAV request with the account of the connection. Retries of reads, abort and errors included. */
export type Dav = (request: DavRequest, options?: CallOptions) => Promise<DavAnswer>;

export interface DavContext {
	http: NasHttp;
	host: Host;
	redactor: Pick<Redactor, 'text' | 'value'>;
	account: string;
	password: string;
	guard: PasswordGuard;
}

const READS = new Set<DavMethod>(['OPTIONS', 'PROPFIND', 'REPORT', 'GET']);
const REDIRECTS = new Set([301, 302, 307, 308]);
const MOST_REDIRECTS = 3;
/** Largest answer: an address book with its photos. */
const LARGEST = 128 * 1024 * 1024;

/** CardDAV and CalDAV of one connection: HTTP Basic, no session (contacts.md 8.1). */
export class DavClient {
	readonly #context: DavContext;
	/** Equal questions on their way. */
	readonly #asked = new Map<string, Promise<DavAnswer>>();

	constructor(context: DavContext) {
		this.#context = context;
	}

	async request(request: DavRequest, options: CallOptions = {}): Promise<DavAnswer> {
		try {
			return options.share && READS.has(request.method)
				? await this.#shared(request, options)
				: await this.#retried(request, options);
		} catch (error) {
			if (!isDsmError(error)) throw options.signal?.aborted ? new DsmAbortError(undefined, { cause: error }) : error;
			const named = options.operation === undefined ? error : withDetails(error, { operation: options.operation });
			redactError(named, this.#context.redactor);
			throw named;
		}
	}

	/** One request for all who ask the same at the same time; each gives up by its own signal. */
	async #shared(request: DavRequest, { signal, operation: _own, ...options }: CallOptions): Promise<DavAnswer> {
		const key = JSON.stringify(request);
		const asked = this.#asked.get(key) ?? this.#retried(request, options).finally(() => this.#asked.delete(key));
		this.#asked.set(key, asked);
		return await raced(asked, signal);
	}

	async #retried(request: DavRequest, given: CallOptions): Promise<DavAnswer> {
		const options = { ...given, readOnly: READS.has(request.method) };
		const { host, http } = this.#context;
		return await withRetries(host, options, http.timeout, async () => await this.#once(request, options));
	}

	async #once(request: DavRequest, options: CallOptions): Promise<DavAnswer> {
		stopIfAborted(options.signal);
		return await guarded(options, async () => {
			const answer = await this.#followed(request, options);
			const error = davError(request, answer);
			if (error) throw error;
			return answer;
		});
	}

	/** Only discovery is redirected, and only within the NAS: the password must not go elsewhere. */
	async #followed(request: DavRequest, options: CallOptions): Promise<DavAnswer> {
		let { path } = request;
		for (let hops = 0; ; hops++) {
			const { location, ...answer } = await this.#sent({ ...request, path }, options);
			if (!REDIRECTS.has(answer.status) || !READS.has(request.method)) return answer;
			const next = location === undefined ? undefined : await this.#own(location, path);
			if (next === undefined || hops >= MOST_REDIRECTS)
				throw new DsmProtocolError(`The NAS sends DAV requests on to ${location ?? 'nowhere'}.`, {
					httpStatus: answer.status,
					hint: 'Enter the address that the redirect leads to in the connection.',
				});
			path = next;
		}
	}

	/** The path of a redirect that stays on this NAS. */
	async #own(location: string, from: string): Promise<string | undefined> {
		const base = await this.#context.http.base();
		const target = new URL(location, `${new URL(base).origin}${from}`);
		// Behind a proxy that ends TLS the NAS names itself by http, without the port.
		return target.hostname === new URL(base).hostname ? target.pathname : undefined;
	}

	/** Account and password go along, so the guard is asked. */
	async #sent(request: DavRequest, options: CallOptions): Promise<DavAnswer & { location?: string }> {
		const { guard, host } = this.#context;
		const send = async () => {
			host.log.debug(`${request.method} ${request.path}`);
			return await this.#exchanged(request, options);
		};
		const judge = (answer: DavAnswer): Verdict => {
			// A redirect may come before the password was looked at.
			if (answer.status !== 401) return answer.status < 300 ? { right: true } : {};
			return { counts: true, refusal: { error: () => davError(request, answer)!, until: Infinity } };
		};
		return await guard.attempt('basic', send, judge, options.signal);
	}

	async #exchanged(request: DavRequest, options: CallOptions): Promise<DavAnswer & { location?: string }> {
		const { method, path, body } = request;
		const response = await this.#context.http.send({
			method,
			path,
			headers: await this.#headersOf(request),
			...(body !== undefined && { body: typeof body === 'string' ? body : writeXml(body) }),
			signal: options.signal,
		});
		const text = await readText(response.body, LARGEST);
		const { status } = response;
		const list: Multistatus | undefined = status === 207 ? readMultistatus(text) : undefined;
		const [etag, type, location] = ['etag', 'content-type', 'location'].map((name) => response.headers[name]);
		return {
			status,
			path,
			headers: response.headers,
			text: list ? '' : text,
			rows: list?.rows ?? [],
			...(list?.syncToken !== undefined && { syncToken: list.syncToken }),
			...(etag !== undefined && { etag: String(etag) }),
			...(type !== undefined && { type: String(type) }),
			...(location !== undefined && { location: String(location) }),
		};
	}

	async #headersOf(request: DavRequest): Promise<Record<string, string>> {
		const { account, password, http } = this.#context;
		const { depth, body, type, ifMatch, ifNoneMatch, destination, overwrite = false } = request;
		return {
			authorization: `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}`,
			accept: '*/*',
			'content-type':
				typeof body === 'string' ? (type ?? 'text/plain; charset=utf-8') : 'application/xml; charset=utf-8',
			...(depth && { depth }),
			...(ifMatch !== undefined && { 'if-match': ifMatch }),
			...(ifNoneMatch && { 'if-none-match': ifNoneMatch }),
			...(destination !== undefined && {
				destination: await http.address(destination),
				overwrite: overwrite ? 'T' : 'F',
			}),
		};
	}
}
