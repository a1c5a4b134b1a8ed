import { pipeline, type Readable, type Transform } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, buildConnector, EnvHttpProxyAgent, WebSocket, type Dispatcher } from '../../vendor/undici';
import type { HttpResponse, PlatformFault, Proxy, TlsSettings, Transport } from '../types';

const CONNECT_TIMEOUT = 10_000;
/** Longest silence in the middle of a file. */
const FILE_SILENCE = 120_000;
/** Longest time that the rest of an answer may take, as a multiple of the timeout. */
const WHOLE = 3;
/** Requests in flight on one NAS (core.md 4.6: 5 to 10 are fine). */
const CONNECTIONS = 8;

/** Keep-alive HTTP(S) over undici, with the TLS choice of the connection and of no other. */
export function createTransport(settings: TlsSettings, proxy?: Proxy): Transport {
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
				throw refusedByProxy(error) ?? error;
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

const isDirect = (proxy: Proxy | undefined): boolean => !proxy?.http && !proxy?.https;

function createDispatcher(settings: TlsSettings, proxy: Proxy | undefined): Dispatcher {
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
			callback(pinFault(seen), null);
		});
	};
}

const pinFault = (seen: string | undefined): PlatformFault =>
	seen
		? Object.assign(new Error('another certificate'), { code: 'PIN_DIFFERS' as const, fingerprint: seen })
		: Object.assign(new Error('no certificate'), { code: 'PIN_WITHOUT_TLS' as const });

/** What undici says of a proxy in words alone. */
function refusedByProxy(cause: unknown): PlatformFault | undefined {
	const text = cause instanceof Error ? cause.message : '';
	const [, status] = /^Proxy (?:response|Authentication Required) \((\d+)\)/i.exec(text) ?? [];
	if (status === undefined) return undefined;
	return Object.assign(new Error(text, { cause }), { code: 'PROXY_REFUSES' as const, httpStatus: Number(status) });
}
