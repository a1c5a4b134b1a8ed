import type { HttpRequest, HttpResponse, TlsSettings, Transport } from '../types';
import { guarded, told, type Running } from './body';
import { judgeBy } from './certificate';
import { coded } from './faults';
import { ask, type Answered, type Trust } from './host';
import { slots } from './slots';
import { learn } from './stream';
import { watch } from './watch';

/** Longest silence in the middle of a file. */
const FILE_SILENCE = 120_000;
/** Longest time that the rest of an answer may take, as a multiple of the timeout. */
const WHOLE = 3;
/** Requests in flight on one NAS (core.md 4.6: 5 to 10 are fine). */
const CONNECTIONS = 8;

/** HTTP(S) over n8n's own requests: each opens a connection, through the proxy that n8n itself was told to use. */
export function createTransport(settings: TlsSettings): Transport {
	const place = slots(CONNECTIONS);
	const judge = judgeBy(settings);
	const closed = new AbortController();
	return {
		async send(request) {
			const own = new AbortController();
			const signal = AbortSignal.any([own.signal, closed.signal, ...(request.signal ? [request.signal] : [])]);
			const leave = await place(signal);
			const over = (): void => {
				leave();
				// One that was refused before its end is not read on.
				if (typeof request.body === 'object') request.body.destroy();
			};
			const { origin } = new URL(request.url);
			const running = { abort: (reason: Error) => own.abort(reason), signal, over };
			try {
				const trust = await judge.trust(origin, request.timeout);
				const answer = await begun(request, running, trust);
				learn(answer.body);
				return responseOf(answer, guarded(answer.body, running, patience(request)));
			} catch (error) {
				over();
				if (signal.aborted) throw signal.reason;
				await judge.look(origin, request.timeout, error);
				throw error;
			}
		},
		socket: () => {
			throw new Error('n8n lends no WebSocket to nodes.');
		},
		close: async () => await Promise.resolve(closed.abort(coded('UND_ERR_DESTROYED'))),
	};
}

/** The beginning of the answer. Time counts from the last bytes that were sent; n8n's own timeout would count those of a whole upload. */
async function begun(request: HttpRequest, { abort, signal }: Running, trust: Trust): Promise<Answered> {
	const { method, url, headers, body, timeout } = request;
	const { touch, rest } = watch(timeout, () => abort(coded('UND_ERR_HEADERS_TIMEOUT')));
	touch();
	let fault: { of: unknown } | undefined;
	// A text goes as bytes, so that nothing in between takes it for something to change.
	const sent = typeof body === 'string' ? Buffer.from(body) : body && told(body, touch, (of) => (fault = { of }));
	const isEmpty = sent === undefined || ('length' in sent && sent.length === 0);
	try {
		return await ask({ method, url, headers, timeout, signal, trust, ...(!isEmpty && { body: sent }) });
	} catch (error) {
		throw fault ? fault.of : error;
	} finally {
		rest();
	}
}

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
