import type { ByteStream, HttpResponse } from '../platform';
import { keepBudget, type BudgetName } from './budget';
import { DsmConnectionError, DsmProtocolError, type ErrorDetails } from './errors';
import { readJson } from './json';
import { toConnectionError } from './transport';

/** `error` of an envelope. `errors` has a different shape in each service (core.md 1.2). */
export interface Fault {
	code: number;
	errors?: unknown;
	httpStatus?: number;
}

/** What DSM answers. */
export type Envelope = { success: true; data?: unknown } | { success: false; error: Fault };

/**
 * Reads an envelope by content, not by content type (core.md 1.2). Throws what core.md 8.5 lists; `damaged` gets what came of an answer
 * that is none, or that breaks off.
 */
export async function readEnvelope(response: HttpResponse, damaged?: (text: string) => void): Promise<Envelope> {
	refuseRedirect(response);
	const text = await readText(response.body, 'answer', damaged);
	const envelope = parseEnvelope(text, response.status);
	if (envelope) return envelope;
	damaged?.(text);
	return raise(notAnEnvelope(response, text));
}

/**
 * Reads the answer of a page that is no Web API: what stands beside `success` counts as `data`. Without a session such pages are refused
 * by HTTP, which is as good as the 105 of the old CGIs (audiostation.md 6).
 */
export async function readFlat(response: HttpResponse): Promise<Envelope> {
	refuseRedirect(response);
	const text = await readText(response.body, 'answer');
	const { status } = response;
	if (status === 401 || status === 403) return { success: false, error: { code: 105, httpStatus: status } };
	const envelope = parseEnvelope(text, status) ?? raise(notAnEnvelope(response, text));
	if (!envelope.success) return envelope;
	const { success: _, ...data } = parseJson(text) as Record<string, unknown>;
	return { success: true, data };
}

export const raise = (error: Error): never => {
	throw error;
};

/** Gives a body up; what undici then says about the aborted request concerns nobody. */
function discard(body: ByteStream): void {
	body.on('error', () => undefined).destroy();
}

/**
 * A body as text. DSM quotes the charset, so UTF-8 is decoded here and not guessed (core.md 3.5). What goes beyond the budget is an error.
 * `broken` gets the beginning of one that breaks off.
 */
export async function readText(body: ByteStream, budget: BudgetName, broken?: (text: string) => void): Promise<string> {
	const goesOn = (size: number) => {
		keepBudget(budget, size);
		return true;
	};
	return await textOf(body, goesOn, broken);
}

/** The beginning of a body, at least so many bytes where it has them; the rest is given up. */
export const readBeginning = async (body: ByteStream, bytes: number): Promise<string> =>
	await textOf(body, (size) => size <= bytes);

/** `goesOn` is told how many bytes there are so far. */
async function textOf(
	body: ByteStream,
	goesOn: (size: number) => boolean,
	broken?: (text: string) => void,
): Promise<string> {
	const chunks: Uint8Array[] = [];
	try {
		await gathered(body, chunks, goesOn);
	} catch (error) {
		broken?.(Buffer.concat(chunks).toString('utf8'));
		throw toConnectionError(error, 'The NAS');
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** By events: an iterator costs as much as all the rest of a small answer. */
const gathered = (body: ByteStream, chunks: Uint8Array[], goesOn: (size: number) => boolean): Promise<void> =>
	new Promise((resolve, reject) => {
		let size = 0;
		body
			.on('data', (chunk: Uint8Array) => {
				size += chunk.length;
				chunks.push(chunk);
				try {
					if (goesOn(size)) return;
					resolve();
				} catch (error) {
					reject(error as Error);
				}
				body.destroy();
			})
			.on('end', resolve)
			.on('error', reject)
			// Where something ended it without an error.
			.on('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
	});

/** The envelope that a text is; undefined: it is something else. */
export function parseEnvelope(text: string, httpStatus = 200): Envelope | undefined {
	const value = parseJson(text);
	if (!isObject(value)) return undefined;
	const { success, data, error } = value;
	if (success === true) return data === undefined ? { success } : { success, data };
	return success === false ? { success, error: faultOf(error, httpStatus) } : undefined;
}

/** The code of an error, also where it came as text; without one it is DSM's "unknown error". */
export function faultOf(error: unknown, httpStatus = 200): Fault {
	const { code, errors } = isObject(error) ? error : {};
	const number = typeof code === 'string' && code.trim() !== '' ? Number(code) : code;
	return {
		code: Number.isInteger(number) ? (number as number) : 100,
		...(errors !== undefined && { errors }),
		...(httpStatus !== 200 && { httpStatus }),
	};
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The value that a text is in JSON; undefined: none. */
export function parseJson(text: string): unknown {
	const read = readJson(text);
	return 'value' in read ? read.value : undefined;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** A redirect is not followed: a POST would lose its body, and the password could go elsewhere (core.md 8.5). */
export function refuseRedirect({ status, headers, body }: HttpResponse): void {
	if (!REDIRECTS.has(status)) return;
	discard(body);
	const target = String(headers.location ?? 'another address').replace(/[?#].*/, '');
	throw new DsmConnectionError(`The NAS sends API calls on to ${target}.`, {
		httpStatus: status,
		hint: target.startsWith('https:')
			? `Enter the https address, ${safeOrigin(target)}, in the connection: a redirected call would lose its body and could leak the password.`
			: 'Enter the address that the browser ends at in the connection.',
	});
}

const safeOrigin = (target: string): string => (URL.canParse(target) ? new URL(target).origin : target);

/** The answers of proxies, portals and web servers in place of DSM (core.md 8.5). */
export function notAnEnvelope({ status, headers }: Pick<HttpResponse, 'status' | 'headers'>, text: string): Error {
	const details: ErrorDetails = { httpStatus: status, ...retryAfter(headers) };
	if (status === 429) return tooMany(details);
	if (/plain HTTP request was sent to HTTPS port/i.test(text)) {
		return new DsmConnectionError('The NAS speaks https on this port, the address says http.', {
			...details,
			hint: 'Change http to https in the address of the connection.',
		});
	}
	if (status >= 500) {
		// Only 503 says that nothing was begun: behind the others the call may have been carried out.
		return new DsmConnectionError(`DSM ${NOT_READY.has(status) ? 'is not ready' : 'failed'} (HTTP ${status}).`, {
			...details,
			retryable: true,
			outcomeUnknown: status !== 503,
			hint: 'The NAS may be starting or updating, or a proxy cannot reach it; try again in a minute or two.',
		});
	}
	const start = text.slice(0, 2000).replace(/\s+/g, ' ').trim().slice(0, 200);
	const read = status < 300 ? readJson(text) : {};
	const deep = 'fault' in read && read.fault === 'deep';
	// An empty body or a bare value came from DSM, too: its program may have died after the call was carried out.
	const broken = status < 300 && !deep && (/^\uFEFF?\s*(\{|$)/.test(text) || 'value' in read);
	const [cause, hint] = deep ? TOO_DEEP : broken ? BROKEN : (STATUSES[status] ?? NOT_DSM);
	return new DsmProtocolError(`${cause} (HTTP ${status}). The answer begins: ${start === '' ? '(empty)' : start}`, {
		...details,
		hint: hint,
		...(broken && { retryable: true, outcomeUnknown: true }),
		...(deep && { budget: 'answerDepth' }),
	});
}

/** Refused before anything was done (RFC 6585). */
function tooMany(details: ErrorDetails): DsmConnectionError {
	const seconds = details.retryAfter === undefined ? undefined : Math.ceil(details.retryAfter / 1000);
	return new DsmConnectionError('The NAS, or a proxy in front of it, takes no more requests for now (HTTP 429).', {
		...details,
		retryable: true,
		transient: true,
		outcomeUnknown: false,
		hint: `Let fewer nodes run at the same time, or less often.${seconds === undefined ? '' : ` It asks to wait ${seconds} seconds.`}`,
	});
}

/** `Retry-After`, in seconds or as a date by the clock of the answer, as milliseconds. */
export function retryAfter(headers: HttpResponse['headers']): { retryAfter?: number } {
	const text = String(headers['retry-after'] ?? '').trim();
	if (/^\d{1,9}$/.test(text)) return { retryAfter: Number(text) * 1000 };
	const wait = Date.parse(text) - Date.parse(String(headers['date']));
	return wait > 0 ? { retryAfter: wait } : {};
}

const NOT_READY = new Set([502, 503, 504]);
const NOT_DSM: [string, string] = [
	'This is not an answer of the DSM API',
	'Check address, port and sub-path; a login page of a proxy, a web server or another program may answer there.',
];
const TOO_DEEP: [string, string] = [
	'The answer nests deeper than any answer of DSM',
	'Something between here and the NAS changes its answers, or another program answers at this address.',
];
const BROKEN: [string, string] = [
	'The answer is damaged or breaks off',
	'DSM or a proxy in between may be restarting; try again.',
];
const STATUSES: Record<number, [string, string]> = {
	401: [
		'A proxy in front of the NAS asks for its own login',
		'Add the headers that the proxy needs to the connection.',
	],
	403: [
		'The NAS or a proxy refuses this address',
		'Check firewall, GeoIP rule and block list of DSM, and the rules of the proxy.',
	],
	404: ['There is no DSM API at this address', 'Check port and sub-path of the address.'],
	407: [
		'A proxy on the way asks for its own login',
		'Enter user and password of the proxy in the proxy setting of this program.',
	],
	413: ['A proxy in front of the NAS refuses an upload of this size', 'Raise the body limit of the proxy.'],
	414: ['The address of the call is too long', 'Send the parameters in the body.'],
};
