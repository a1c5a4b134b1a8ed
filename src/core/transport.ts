import { pipeline, type Readable, type Transform } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, buildConnector, EnvHttpProxyAgent, WebSocket, type Dispatcher } from '../vendor/undici';
import { isUntrusted, shownFingerprint } from './certificate';
import type { Connection } from './connection';
import { DsmAbortError, DsmConnectionError, isDsmError } from './errors';
import type { Host } from './host';

export interface HttpRequest {
	/** GET, POST, or what CardDAV and CalDAV add. */
	method: string;
	url: string;
	headers: Record<string, string>;
	body?: string | Readable;
	signal?: AbortSignal;
	/** Milliseconds until the beginning of the answer, and for each silence in it. */
	timeout: number;
	/** A file may come: longer silences, and no limit for the whole. */
	isFile?: true;
}

export interface HttpResponse {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: Readable;
}

/** One NAS's door to HTTP. Never follows redirects, keeps no cookies. */
export interface Transport {
	send: (request: HttpRequest) => Promise<HttpResponse>;
	/** Opens a WebSocket the same way; it outlives `close`. */
	socket: (url: string, headers: Record<string, string>) => WebSocket;
	close: () => Promise<void>;
}

const CONNECT_TIMEOUT = 10_000;
/** Longest silence in the middle of a file. */
const FILE_SILENCE = 120_000;
/** Longest time that the rest of an answer may take, as a multiple of the timeout. */
const WHOLE = 3;
/** Requests in flight on one NAS (core.md 4.6: 5 to 10 are fine). */
const CONNECTIONS = 8;

type TlsSettings = Pick<Connection, 'tls' | 'ca' | 'fingerprint'>;

/** Keep-alive HTTP(S) over undici, with the TLS choice of the connection and of no other. */
export function createTransport(settings: TlsSettings, proxy?: Host['proxy']): Transport {
	const dispatcher = createDispatcher(settings, proxy);
	return {
		async send({ method, url, headers, timeout, isFile, signal, body = null }) {
			const { origin, pathname, search } = new URL(url);
			const path = pathname + search;
			const bodyTimeout = isFile ? Math.max(timeout, FILE_SILENCE) : timeout;
			// Each name written out: objects that are put together by spreading make a call half as slow again.
			const options = {
				method,
				origin,
				path,
				headers,
				body,
				headersTimeout: timeout,
				bodyTimeout,
				signal: signal ?? null,
			};
			try {
				const answer = await dispatcher.request(options);
				if (!isFile) endAfter(answer.body, timeout * WHOLE);
				return decoded({ status: answer.statusCode, headers: answer.headers, body: answer.body });
			} catch (error) {
				// Behind a proxy another machine would be seen.
				const isSeen = isDirect(proxy) && isUntrusted(codeOf(error));
				throw toConnectionError(error, origin, signal, isSeen ? await shownFingerprint(origin) : undefined);
			}
		},
		socket: (url, headers) => new WebSocket(url, { headers, dispatcher }),
		// A graceful end would wait for ever for a download that nobody reads.
		close: async () => await dispatcher.destroy(),
	};
}

/** Ends an answer that comes in drops: each of them breaks the silence. */
function endAfter(body: Readable, milliseconds: number): void {
	const end = () => body.destroy(Object.assign(new Error('too slow'), { code: 'UND_ERR_BODY_TIMEOUT' }));
	const timer = setTimeout(end, milliseconds).unref();
	body.once('close', () => clearTimeout(timer));
}

const DECODERS: Record<string, () => Transform> = {
	gzip: createGunzip,
	'x-gzip': createGunzip,
	deflate: createInflate,
	br: createBrotliDecompress,
};

/** Some proxies compress although identity was asked for. The length they state is that of the compressed bytes. */
function decoded(response: HttpResponse): HttpResponse {
	const decoder = DECODERS[String(response.headers['content-encoding'] ?? '').toLowerCase()];
	if (!decoder) return response;
	const { 'content-encoding': _encoding, 'content-length': _length, ...headers } = response.headers;
	// Faults of either side reach the reader through the decoder.
	return { ...response, headers, body: pipeline(response.body, decoder(), () => undefined) };
}

const isDirect = (proxy: Host['proxy']): boolean => !proxy?.http && !proxy?.https;

function createDispatcher(settings: TlsSettings, proxy: Host['proxy']): Dispatcher {
	const common = { connections: CONNECTIONS, keepAliveTimeout: 15_000, keepAliveTimeoutThreshold: 2_000 };
	if (settings.tls === 'pin') return new Agent({ ...common, connect: pinned(settings.fingerprint) });
	const tls = {
		...(settings.tls === 'ca' && { ca: settings.ca }),
		...(settings.tls === 'ignore' && { rejectUnauthorized: false }),
	};
	const connect = { timeout: CONNECT_TIMEOUT, ...tls };
	if (isDirect(proxy)) return new Agent({ ...common, connect });
	return new EnvHttpProxyAgent({
		...common,
		connect,
		requestTls: tls,
		// Plain http goes through a proxy as usual: many let CONNECT through to the port of https only.
		proxyTunnel: false,
		httpProxy: proxyAddress(proxy?.http),
		httpsProxy: proxyAddress(proxy?.https ?? proxy?.http),
		noProxy: proxy?.none ?? '',
	});
}

/** `HTTP_PROXY` is often written without its scheme. */
const proxyAddress = (text = ''): string =>
	text === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;

/**
 * Compares the certificate's fingerprint before the first byte is sent. Node's own check has to be off, since it stops at the
 * self-signed certificate that a pin is for; a pinned connection never goes through a proxy, where this check could not run.
 */
function pinned(fingerprint: string): buildConnector.connector {
	// A resumed TLS session shows no certificate, so none is kept.
	const connect = buildConnector({ rejectUnauthorized: false, timeout: CONNECT_TIMEOUT, maxCachedSessions: 0 });
	return (options, callback) => {
		connect(options, (...result) => {
			const [error, socket] = result;
			if (error) return callback(error, null);
			const seen = (socket as TLSSocket).getPeerCertificate?.()?.fingerprint256?.replaceAll(':', '');
			if (seen === fingerprint) return callback(null, socket);
			socket.destroy();
			callback(pinError(seen), null);
		});
	};
}

function pinError(seen: string | undefined): DsmConnectionError {
	return seen
		? new DsmConnectionError(`The certificate of the NAS has another fingerprint than the pinned one: ${seen}.`, {
				hint: 'If the certificate was renewed, compare this fingerprint with the one shown on the NAS and enter it. Otherwise somebody may be in between.',
			})
		: new DsmConnectionError('A pinned fingerprint needs an https address.', { hint: 'Change the address to https.' });
}

const PORTS_HINT =
	'Check address and port. Without a port, those of DSM (5001, 5000) and of the web (443, 80) are tried.';
const COMPARE = 'compare it with the one that a browser shows in the network of the NAS before you pin it.';
const CERTIFICATE_HINT =
	'Give the NAS a certificate for this name, or choose "Pin SHA-256 Fingerprint" or "Verify Against Own CA" as certificate check.';

/** What a fault below HTTP means, and what to do about it. */
const FAULTS: Record<string, [message: string, hint: string]> = {
	ECONNREFUSED: ['refuses the connection', PORTS_HINT],
	ENOTFOUND: ['is unknown: no such name', 'Check the spelling of the address and the name server.'],
	EAI_AGAIN: ['cannot be looked up at the moment', 'Check the name server of this machine.'],
	EHOSTUNREACH: ['cannot be reached', 'Check that the NAS is on and that its network can be reached from here.'],
	ENETUNREACH: ['cannot be reached', 'Check that the NAS is on and that its network can be reached from here.'],
	ETIMEDOUT: [
		'does not answer',
		'The NAS may be off or asleep, or it blocks this address (Control Panel, Security, Protection).',
	],
	UND_ERR_CONNECT_TIMEOUT: [
		'does not answer',
		'The NAS may be off or asleep, or it blocks this address (Control Panel, Security, Protection).',
	],
	UND_ERR_HEADERS_TIMEOUT: ['took too long to answer', 'Try again, or raise the timeout of the connection.'],
	UND_ERR_BODY_TIMEOUT: ['stopped in the middle of its answer', 'Try again.'],
	ECONNRESET: ['closed the connection', 'DSM or a proxy in between may be restarting; try again.'],
	EPIPE: ['closed the connection', 'DSM or a proxy in between may be restarting; try again.'],
	UND_ERR_SOCKET: ['closed the connection', 'DSM or a proxy in between may be restarting; try again.'],
	UND_ERR_DESTROYED: ['was disconnected, since the connection is no longer in use', 'Run it again.'],
	UND_ERR_CLOSED: ['was disconnected, since the connection is no longer in use', 'Run it again.'],
	Z_BUF_ERROR: ['stopped in the middle of its answer', 'Try again.'],
	Z_DATA_ERROR: ['sent a damaged answer', 'A proxy in between changes the answers of DSM.'],
	DEPTH_ZERO_SELF_SIGNED_CERT: ['has a self-signed certificate', CERTIFICATE_HINT],
	SELF_SIGNED_CERT_IN_CHAIN: ['has a certificate of an unknown authority', CERTIFICATE_HINT],
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['has a certificate of an unknown authority', CERTIFICATE_HINT],
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['has a certificate of an unknown authority', CERTIFICATE_HINT],
	ERR_TLS_CERT_ALTNAME_INVALID: ['has a certificate for another name', CERTIFICATE_HINT],
	CERT_HAS_EXPIRED: ['has an expired certificate', 'Renew the certificate in Control Panel, Security, Certificate.'],
	EPROTO: ['does not speak https on this port', 'Change the address to http, or to the https port, normally 5001.'],
	ERR_SSL_WRONG_VERSION_NUMBER: [
		'does not speak https on this port',
		'Change the address to http, or to the https port, normally 5001.',
	],
};

/** Faults that come before the request was sent: repeating it is safe for writes too. */
const BEFORE_SENDING =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|DEPTH_|SELF_|UNABLE_|CERT_|ERR_TLS|ERR_SSL|EPROTO|UND_ERR_INVALID_ARG)/;
/** Faults that time does not heal. */
const PERMANENT = /^(ENOTFOUND|DEPTH_|SELF_|UNABLE_|CERT_|ERR_TLS|ERR_SSL|EPROTO|UND_ERR_INVALID_ARG)/;

/**
 * Makes a DsmConnectionError of what undici and Node throw. `outcomeUnknown` tells that the request may have arrived; `shown` is the
 * fingerprint of the certificate that was refused.
 */
export function toConnectionError(error: unknown, origin: string, signal?: AbortSignal, shown?: string): Error {
	if (isDsmError(error)) return error;
	if (signal?.aborted) return new DsmAbortError(undefined, { cause: error });
	const code = codeOf(error);
	const refused = /^Proxy (?:response|Authentication Required) \((\d+)\)/i.exec(
		error instanceof Error ? error.message : '',
	)?.[1];
	if (refused) return proxyError(origin, Number(refused), error);
	const [message, hint] = FAULTS[code] ?? (code.startsWith('HPE_') ? NOT_HTTP : OTHER);
	return new DsmConnectionError(`${origin} ${message}${FAULTS[code] ? '' : ` (${code || String(error)})`}.`, {
		cause: error,
		hint: hint + (shown ? ` ${'The certificate that it shows has the SHA-256 fingerprint'} ${shown}: ${COMPARE}` : ''),
		retryable: !PERMANENT.test(code),
		outcomeUnknown: !BEFORE_SENDING.test(code),
	});
}

function proxyError(origin: string, httpStatus: number, cause: unknown): DsmConnectionError {
	return new DsmConnectionError(`The proxy does not let requests through to ${origin} (HTTP ${httpStatus}).`, {
		cause,
		httpStatus,
		retryable: httpStatus >= 500,
		outcomeUnknown: false,
		hint: 'Check the proxy setting of this program (HTTPS_PROXY, with user and password if it asks for them), or list the NAS in NO_PROXY.',
	});
}

const NOT_HTTP: [string, string] = [
	'does not speak HTTP on this port',
	'Change the address to https, or to the port of DSM.',
];
const OTHER: [string, string] = ['cannot be used', PORTS_HINT];

/** The code of an error, of its cause, or of the first attempt of several addresses. */
function codeOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return '';
	const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
	if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
	return typeof code === 'string' ? code : codeOf(cause);
}
