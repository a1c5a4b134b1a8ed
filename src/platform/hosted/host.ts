import type { ByteStream } from '../types';
import { plain } from './faults';

/** What is asked of n8n for one request. */
export interface Asked {
	method: string;
	url: string;
	headers: Record<string, string>;
	body?: Uint8Array | ByteStream;
	timeout: number;
	signal?: AbortSignal;
	trust: Trust;
}

/** How the certificate of one request is judged; without anything by the authorities that Node.js knows. */
export interface Trust {
	/** Nothing is checked. */
	any?: true;
	/** Options of the TLS connection. */
	tls?: {
		ca: string;
		allowPartialTrustChain?: true;
		checkServerIdentity?: (host: string, certificate: { fingerprint256: string }) => Error | undefined;
	};
}

/** What n8n answers, with the body as a stream. */
export interface Answered {
	statusCode: number;
	headers: Record<string, unknown>;
	body: ByteStream;
}

/** What n8n lends for HTTP: the first to nodes, the second, an older one, to the tests of credentials, which get no other. */
interface Lent {
	httpRequest?: (options: object) => Promise<unknown>;
	request?: (options: object) => Promise<unknown>;
}

let lent: Lent = {};

/** Takes the helpers of the call that n8n makes just now. */
export function useHost(helpers: object): void {
	const { httpRequest, request }: Lent = helpers;
	if (httpRequest) lent = { httpRequest };
	else if (request && !lent.httpRequest) lent = { request };
}

/** One request through n8n: redirects are not followed, every status is an answer, and the body comes as a stream. */
export async function ask(request: Asked): Promise<Answered> {
	try {
		return (await send(request, true)) as Answered;
	} catch (error) {
		throw plain(error);
	}
}

/** A connection as far as it shows its certificate; one without TLS has none. */
interface Shown {
	getPeerCertificate?: () => { raw?: Uint8Array } | null;
}

/** Where n8n leaves the connection: on the fault of an answer that counts as one, or on the body as it came off the line. */
interface Left {
	request?: { socket?: Shown; destroy?: () => void };
	response?: { data?: ByteStream };
	body?: ByteStream & { socket?: Shown };
}

/** The certificate that is shown to a request whose answer does not matter. */
export async function certificateFor(request: Asked): Promise<Uint8Array | undefined> {
	const left = (await send(request, false).catch((error: unknown) => error)) as Left;
	const body = left.body ?? left.response?.data;
	try {
		const raw = (left.request?.socket ?? left.body?.socket)?.getPeerCertificate?.()?.raw;
		if (!body) throw plain(left);
		return raw;
	} finally {
		body?.on('error', () => undefined).destroy();
		left.request?.destroy?.();
	}
}

/** Every status that there may be. */
const STATUSES = Array.from({ length: 500 }, (_, index) => 100 + index);

async function send({ signal, timeout, trust: { any, tls }, ...request }: Asked, isAnswer: boolean): Promise<unknown> {
	const common = { ...request, ...(tls && { agentOptions: tls }) };
	if (lent.httpRequest)
		return await lent.httpRequest({
			...common,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: isAnswer || { ignore: true, except: STATUSES },
			disableFollowRedirect: true,
			...(any && { skipSslCertificateValidation: true }),
			// Whoever can end a request counts its time, too.
			...(signal ? { timeout: 0, abortSignal: signal } : { timeout }),
		});
	if (lent.request)
		return await lent.request({
			...common,
			timeout,
			useStream: true,
			resolveWithFullResponse: true,
			simple: false,
			followRedirect: false,
			...(any && { rejectUnauthorized: false }),
		});
	throw new Error('n8n has not called a node of this package yet, so that there is nothing to send requests with.');
}
