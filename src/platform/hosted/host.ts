import type { ByteStream } from '../types';

/** What is asked of n8n for one request: the options of `httpRequest`, as far as they are used here. */
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
export async function ask({ signal, trust: { any, tls }, ...request }: Asked): Promise<Answered> {
	const { httpRequest, request: older } = lent;
	const common = { ...request, ...(tls && { agentOptions: tls }) };
	if (httpRequest)
		return (await httpRequest({
			...common,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			...(any && { skipSslCertificateValidation: true }),
			...(signal && { abortSignal: signal }),
		})) as Answered;
	if (older)
		return (await older({
			...common,
			useStream: true,
			resolveWithFullResponse: true,
			simple: false,
			followRedirect: false,
			...(any && { rejectUnauthorized: false }),
		})) as Answered;
	throw new Error('n8n has not called a node of this package yet, so that there is nothing to send requests with.');
}
