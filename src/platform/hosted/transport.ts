import type { HttpRequest, HttpResponse, TlsSettings, Transport } from '../types';
import { guarded } from './body';
import { trustOf } from './certificate';
import { coded, plain } from './faults';
import { ask, type Answered } from './host';
import { slots } from './slots';
import { learn } from './stream';

/** Longest silence in the middle of a file. */
const FILE_SILENCE = 120_000;
/** Longest time that the rest of an answer may take, as a multiple of the timeout. */
const WHOLE = 3;
/** Requests in flight on one NAS (core.md 4.6: 5 to 10 are fine). */
const CONNECTIONS = 8;

/** HTTP(S) over n8n's own requests: each opens a connection, through the proxy that n8n itself was told to use. */
export function createTransport(settings: TlsSettings): Transport {
	const place = slots(CONNECTIONS);
	const trust = trustOf(settings);
	const closed = new AbortController();
	return {
		async send(request) {
			const { signal, url, timeout } = request;
			const own = new AbortController();
			const ends = AbortSignal.any([own.signal, closed.signal, ...(signal ? [signal] : [])]);
			const over = await place(ends);
			try {
				const trusted = await trust(new URL(url).origin, timeout);
				const answer = await ask({ ...asked(request), signal: ends, trust: trusted });
				learn(answer.body);
				const running = { abort: (reason: Error) => own.abort(reason), signal: ends, over };
				return responseOf(answer, guarded(answer.body, running, patience(request)));
			} catch (error) {
				over();
				throw ends.aborted ? (ends.reason as Error) : plain(error);
			}
		},
		socket: () => {
			throw new Error('n8n lends no WebSocket to nodes.');
		},
		close: async () => await Promise.resolve(closed.abort(coded('UND_ERR_DESTROYED'))),
	};
}

/** What is sent. A text goes as bytes, so that nothing in between takes it for something to change. */
const asked = ({ method, url, headers, body, timeout }: HttpRequest) => ({
	method,
	url,
	headers,
	timeout,
	...(body !== undefined && body !== '' && { body: typeof body === 'string' ? Buffer.from(body) : body }),
});

const patience = ({ timeout, isFile }: HttpRequest) =>
	isFile ? { silence: Math.max(timeout, FILE_SILENCE) } : { silence: timeout, whole: timeout * WHOLE };

/** What something in between compressed, n8n has decoded, and has taken the header away that says so. */
const responseOf = ({ statusCode, headers }: Answered, body: HttpResponse['body']): HttpResponse => ({
	status: statusCode,
	headers: Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value as string | string[]]),
	),
	body,
});
