import type { ByteStream, HttpRequest, HttpResponse, TlsSettings, Transport } from '../types';
import { trustOf } from './certificate';
import { coded, plain } from './faults';
import { ask, type Answered } from './host';
import { slots } from './slots';
import { learn } from './stream';
import { later } from './time';

/** Longest silence in the middle of a file. */
const FILE_SILENCE = 120_000;
/** Longest time that the rest of an answer may take, as a multiple of the timeout. */
const WHOLE = 3;
/** Requests in flight on one NAS (core.md 4.6: 5 to 10 are fine). */
const CONNECTIONS = 8;

/** HTTP(S) over n8n's own requests: each opens a connection, through the proxy that n8n is told to use. */
export function createTransport(settings: TlsSettings): Transport {
	const place = slots(CONNECTIONS);
	const trust = trustOf(settings);
	const closed = new AbortController();
	return {
		async send({ method, url, headers, body, timeout, signal, isFile }) {
			const ends = AbortSignal.any([closed.signal, ...(signal ? [signal] : [])]);
			const leave = await place(ends);
			try {
				const answer = await ask({
					method,
					url,
					headers,
					timeout,
					signal: ends,
					trust: await trust(new URL(url).origin, timeout),
					...(body !== undefined && body !== '' && { body: typeof body === 'string' ? Buffer.from(body) : body }),
				});
				learn(answer.body);
				guard(answer.body, { ends, leave, timeout, isFile: isFile === true });
				return responseOf(answer);
			} catch (error) {
				leave();
				throw plain(error, url);
			}
		},
		socket: () => {
			throw new Error('n8n lends no WebSocket to nodes.');
		},
		close: async () => await Promise.resolve(closed.abort(coded('UND_ERR_DESTROYED'))),
	};
}

interface Limits extends Pick<HttpRequest, 'timeout'> {
	isFile: boolean;
	ends: AbortSignal;
	leave: () => void;
}

/** Ends a body that is given up, or that falls silent, or that comes in drops; its place is free when it is over. */
function guard(body: ByteStream, { ends, leave, timeout, isFile }: Limits): void {
	const quit = (): void => void body.destroy(ends.reason as Error);
	const slow = (): void => void body.destroy(coded('UND_ERR_BODY_TIMEOUT'));
	ends.addEventListener('abort', quit, { once: true });
	const cancel = isFile ? undefined : later(timeout * WHOLE, slow);
	(body as Timed).setTimeout?.(isFile ? Math.max(timeout, FILE_SILENCE) : timeout, slow);
	body.once('close', () => {
		leave();
		cancel?.();
		ends.removeEventListener('abort', quit);
	});
	body.on('error', () => undefined);
}

/** An answer as it comes off the line; one that n8n decoded has no such limit. */
interface Timed {
	setTimeout?: (milliseconds: number, then: () => void) => void;
}

/** n8n decodes what something in between compressed, and takes the header away that says so; the length is then that of other bytes. */
function responseOf({ statusCode, headers, body }: Answered): HttpResponse {
	const { 'content-length': length, ...others } = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value as string | string[]]),
	);
	const isDecoded = !('rawHeaders' in body);
	return {
		status: statusCode,
		headers: isDecoded || length === undefined ? others : { ...others, 'content-length': length },
		body,
	};
}
