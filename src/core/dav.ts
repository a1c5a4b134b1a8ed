import { turn, type ByteStream, type HttpResponse } from '../platform';
import { raced, stopIfAborted } from './abort';
import { isFileSource, type FileAnswer, type FileSource } from './call';
import { plainFile, type Asker } from './download';
import type { CallOptions } from './dsm';
import { davError } from './davFaults';
import { readText } from './envelope';
import { DsmAbortError, DsmInputError, DsmProtocolError, isDsmError, redactError, withDetails } from './errors';
import type { Host } from './host';
import type { Endpoint, NasHttp } from './http';
import { readMultistatus, type DavRow, type Multistatus } from './multistatus';
import type { PasswordGuard, Verdict } from './passwordGuard';
import { wholeFile } from './multipart';
import type { Redactor } from './redact';
import { interrupted, isRest, marksOf, resumer } from './resume';
import { guarded, withRetries } from './retry';
import { writeXml, type XmlContent } from './xml';

export type { DavRow } from './multistatus';

export type DavMethod =
	| ('OPTIONS' | 'PROPFIND' | 'PROPPATCH' | 'REPORT' | 'GET' | 'PUT' | 'DELETE')
	| ('MKCOL' | 'MKCALENDAR' | 'MOVE' | 'COPY' | 'LOCK' | 'UNLOCK');

export interface DavRequest {
	method: DavMethod;
	/** Path as the server names it, percent-encoded: `/carddav/alice/`. */
	path: string;
	depth?: '0' | '1';
	/** XML, the text of a card or an event, or a file that is streamed. */
	body?: XmlContent | string | FileSource;
	/** Content type of a text. */
	type?: string;
	/** Only if the member still has this etag. */
	ifMatch?: string;
	/** Only if there is nothing yet. */
	ifNoneMatch?: '*';
	/** Path to move or copy to; what is there stays unless `overwrite` is set. */
	destination?: string;
	overwrite?: boolean;
	/** The WebDAV server, which has ports of its own. Absent: CardDAV and CalDAV, at the address of DSM. */
	endpoint?: Endpoint;
	/** Token of a lock that the account holds: sent as `If`, or by UNLOCK as `Lock-Token`. */
	lock?: string;
	/** Seconds that a lock shall last. */
	seconds?: number;
	/** Bytes of a file, as RFC 9110 writes them: `bytes=0-99`. */
	range?: string;
	/** The answer is a file of this name, given as a stream. */
	file?: string;
	/** Bytes that this file must have. */
	size?: number;
	/** No account and password are sent: only whether somebody answers is asked. */
	anonymous?: true;
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
	/** Token of the lock that was made. */
	lock?: string;
	/** What the server says of itself: the classes of DAV, or how it wants to know the account. */
	server?: { dav?: string; challenge?: string };
	file?: FileAnswer;
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

type Body = NonNullable<DavRequest['body']>;

function bodyOf(body: Body, onProgress: CallOptions['onProgress']): string | ByteStream {
	if (typeof body === 'string') return body;
	return isFileSource(body) ? wholeFile(body, onProgress) : writeXml(body);
}

function contentTypeOf(body: Body | undefined, type = 'text/plain; charset=utf-8'): string {
	if (isFileSource(body)) return body.type ?? 'application/octet-stream';
	return typeof body === 'string' ? type : 'application/xml; charset=utf-8';
}

/** Methods that change nothing. */
export const DAV_READS = new Set<DavMethod>(['OPTIONS', 'PROPFIND', 'REPORT', 'GET']);
const REDIRECTS = new Set([301, 302, 307, 308]);
const MOST_REDIRECTS = 3;

/** CardDAV, CalDAV and WebDAV of one connection: HTTP Basic, no session (contacts.md 8.1, webdav.md 10). */
export class DavClient {
	readonly #context: DavContext;
	/** Questions that have not left yet. */
	readonly #asked = new Map<string, Promise<DavAnswer>>();

	constructor(context: DavContext) {
		this.#context = context;
	}

	async request(request: DavRequest, options: CallOptions = {}): Promise<DavAnswer> {
		try {
			return options.share && DAV_READS.has(request.method)
				? await this.#shared(request, options)
				: await this.#retried(request, options);
		} catch (error) {
			if (!isDsmError(error)) throw options.signal?.aborted ? new DsmAbortError(undefined, { cause: error }) : error;
			const named = options.operation === undefined ? error : withDetails(error, { operation: options.operation });
			redactError(named, this.#context.redactor);
			throw named;
		}
	}

	/** One request for all who ask the same in one turn of the event loop, never one that has left; each gives up by its own signal. */
	async #shared(request: DavRequest, { signal, operation: _own, ...options }: CallOptions): Promise<DavAnswer> {
		const key = JSON.stringify(request);
		const send = async () => {
			await turn();
			this.#asked.delete(key);
			return await this.#retried(request, options);
		};
		const asked = this.#asked.get(key) ?? send();
		this.#asked.set(key, asked);
		return await raced(asked, signal);
	}

	async #retried(request: DavRequest, given: CallOptions): Promise<DavAnswer> {
		const options = { ...given, readOnly: DAV_READS.has(request.method) };
		const { host, http } = this.#context;
		return await withRetries(host, options, http.timeout, async () => await this.#once(request, options));
	}

	async #once(request: DavRequest, options: CallOptions): Promise<DavAnswer> {
		stopIfAborted(options.signal);
		return await guarded(options, async () => {
			const answer = await this.#followed(request, options);
			// Whoever does not say who asks wants to know only that somebody answers.
			const error = request.anonymous ? undefined : davError(request, answer);
			if (error) throw error;
			return answer;
		});
	}

	/** Only discovery is redirected, and only within the NAS: the password must not go elsewhere. */
	async #followed(request: DavRequest, options: CallOptions): Promise<DavAnswer> {
		let { path } = request;
		for (let hops = 0; ; hops++) {
			const { location, ...answer } = await this.#sent({ ...request, path }, options);
			if (!REDIRECTS.has(answer.status) || !DAV_READS.has(request.method)) return answer;
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
		const { guard, host, password } = this.#context;
		const send = async () => {
			host.log.debug(`${request.method} ${request.path}`);
			return await this.#exchanged(request, options);
		};
		if (request.anonymous) return await send();
		if (password === '') throw noPassword();
		const judge = (answer: DavAnswer): Verdict => {
			// A redirect may come before the password was looked at.
			if (answer.status !== 401) return answer.status < 300 ? { right: true } : {};
			return { counts: true, refusal: { error: () => davError(request, answer)!, until: Infinity } };
		};
		return await guard.attempt('basic', send, judge, options.signal);
	}

	async #exchanged(request: DavRequest, options: CallOptions): Promise<DavAnswer & { location?: string }> {
		const { method, path, body, endpoint } = request;
		options.onRequest?.(request.anonymous !== true);
		const response = await this.#context.http.send({
			method,
			path,
			endpoint,
			headers: await this.#headersOf(request),
			...(body !== undefined && { body: bodyOf(body, options.onProgress) }),
			...(request.file !== undefined && { isFile: true }),
			signal: options.signal,
		});
		const { status } = response;
		const isFile = request.file !== undefined && status >= 200 && status < 300;
		const file = isFile
			? plainFile(response, request.file!, {
					signal: options.signal,
					size: request.size,
					...this.#proceeding(request, options, response),
				})
			: undefined;
		const text = file ? '' : await readText(response.body, 'davAnswer');
		const list: Multistatus | undefined = status === 207 ? await readMultistatus(text) : undefined;
		const named = (name: string) => (response.headers[name] === undefined ? undefined : String(response.headers[name]));
		const [etag, type, location, lock] = ['etag', 'content-type', 'location', 'lock-token'].map(named);
		const [dav, challenge] = ['dav', 'www-authenticate'].map(named);
		return {
			status,
			path,
			headers: response.headers,
			text: list ? '' : text,
			rows: list?.rows ?? [],
			...(list?.syncToken !== undefined && { syncToken: list.syncToken }),
			...(etag !== undefined && { etag }),
			...(type !== undefined && { type }),
			...(location !== undefined && { location }),
			...(lock !== undefined && { lock: lock.replace(/^<|>$/g, '') }),
			...(method === 'OPTIONS' && {
				server: { ...(dav !== undefined && { dav }), ...(challenge !== undefined && { challenge }) },
			}),
			...(file && { file }),
		};
	}

	/** How a whole file goes on where its transfer breaks off. */
	#proceeding(
		{ size: _whole, ...request }: DavRequest,
		options: CallOptions,
		response: HttpResponse,
	): Pick<Asker, 'proceed'> {
		const marks = request.range === undefined ? marksOf(response, 0, {}) : undefined;
		if (!marks) return {};
		const again = async (from: number) => {
			const rest = await this.#retried({ ...request, range: `bytes=${from}-` }, options);
			if (rest.status === 206 && isRest(rest.headers, marks, from)) return { part: rest.file!.stream };
			rest.file?.stream.destroy();
			throw interrupted('the NAS does not go on where it stopped');
		};
		return { proceed: resumer(marks, again, {}) };
	}

	async #headersOf(request: DavRequest): Promise<Record<string, string>> {
		const { account, password, http } = this.#context;
		const { depth, body, type, ifMatch, ifNoneMatch, destination, overwrite = false } = request;
		const { endpoint, anonymous, lock, seconds, range, method } = request;
		return {
			...(!anonymous && { authorization: `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}` }),
			accept: '*/*',
			'content-type': contentTypeOf(body, type),
			...(isFileSource(body) && { 'content-length': String(body.size) }),
			...(range !== undefined && { range }),
			...(seconds !== undefined && { timeout: `Second-${seconds}` }),
			...(lock !== undefined && (method === 'UNLOCK' ? { 'lock-token': `<${lock}>` } : { if: `(<${lock}>)` })),
			...(depth && { depth }),
			...(ifMatch !== undefined && { 'if-match': ifMatch }),
			...(ifNoneMatch && { 'if-none-match': ifNoneMatch }),
			...(destination !== undefined && {
				destination: await http.address(destination, endpoint),
				overwrite: overwrite ? 'T' : 'F',
			}),
		};
	}
}

/** DAV proves itself by the password, which such a connection may do without. */
const noPassword = (): DsmInputError =>
	new DsmInputError('CardDAV and CalDAV ask for account and password; a sign-in in the browser has no password.', {
		path: ['password'],
		hint: 'Enter the password in the connection as well, or use a connection with account and password here.',
	});
