import type { Readable } from 'node:stream';
import { bareText, isBare, isQuoted, quotedValue } from './call';
import type { FileAnswer } from './call';
import type { ApiInfo } from './dsm';
import { DsmConnectionError, DsmProtocolError } from './errors';
import { toConnectionError, type HttpResponse } from './transport';

type Format = ApiInfo['requestFormat'];

/** One value as it goes into a form field (core.md 3.2 for JSON, 3.3 for the rest); undefined: the field is left out. */
export function encodeValue(value: unknown, format: Format): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (isBare(value)) return bareText(value);
	if (isQuoted(value)) return JSON.stringify(quotedValue(value));
	if (format === 'JSON') return JSON.stringify(value);
	if (Array.isArray(value)) return value.map((item) => encodeValue(item, format) ?? '').join(',');
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Form body; spaces as %20, which every decoder of DSM understands (core.md 3.5). */
export function encodeForm(fields: Record<string, string | undefined>): string {
	return Object.entries(fields)
		.filter((field): field is [string, string] => field[1] !== undefined)
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join('&');
}

/** Value inside an entry of SYNO.Entry.Request: real JSON, not text (core.md 9). */
export function plainValue(value: unknown): unknown {
	if (isBare(value)) return bareText(value);
	return isQuoted(value) ? quotedValue(value) : value;
}

/** What DSM answers. `errors` has a different shape in each service (core.md 1.2). */
export type Envelope = { success: true; data?: unknown } | { success: false; error: { code: number; errors?: unknown } };

/** Largest answer that is taken as an envelope. */
const LARGEST_ENVELOPE = 64 * 1024 * 1024;

/** Reads an envelope by content, not by content type (core.md 1.2). Throws what core.md 8.5 lists. */
export async function readEnvelope(response: HttpResponse): Promise<Envelope> {
	const redirect = redirectError(response);
	if (redirect) {
		discard(response.body);
		throw redirect;
	}
	const text = await readText(response.body);
	const envelope = parseEnvelope(text);
	if (envelope) return envelope;
	throw notAnEnvelope(response.status, text);
}

/** Gives a body up; what undici then says about the aborted request concerns nobody. */
function discard(body: Readable): void {
	body.on('error', () => undefined).destroy();
}

/** The whole body as text. DSM quotes the charset, so UTF-8 is decoded here and not guessed (core.md 3.5). */
async function readText(body: Readable, largest = LARGEST_ENVELOPE): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of body as AsyncIterable<Uint8Array>) {
			size += chunk.length;
			if (size > largest) throw new DsmProtocolError('The answer is too large for an API answer.');
			chunks.push(chunk);
		}
	} catch (error) {
		throw toConnectionError(error, 'The NAS');
	}
	return Buffer.concat(chunks).toString('utf8');
}

function parseEnvelope(text: string): Envelope | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isEnvelope(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isEnvelope(value: unknown): value is Envelope {
	if (typeof value !== 'object' || value === null) return false;
	const { success, error } = value as { success?: unknown; error?: { code?: unknown } };
	return success === true || (success === false && typeof error?.code === 'number');
}

function redirectError({ status, headers }: HttpResponse): DsmConnectionError | undefined {
	if (![301, 302, 303, 307, 308].includes(status)) return undefined;
	const target = String(headers.location ?? 'another address').replace(/[?#].*/, '');
	return new DsmConnectionError(`The NAS sends API calls on to ${target}.`, {
		httpStatus: status,
		hint: target.startsWith('https:')
			? `Enter the https address, ${safeOrigin(target)}, in the connection: a redirected call would lose its body and could leak the password.`
			: 'Enter the address that the browser ends at in the connection.',
	});
}

const safeOrigin = (target: string): string => (URL.canParse(target) ? new URL(target).origin : target);

/** The answers of proxies, portals and web servers in place of DSM (core.md 8.5). */
function notAnEnvelope(status: number, text: string): Error {
	const details = { httpStatus: status };
	if (/plain HTTP request was sent to HTTPS port/i.test(text)) {
		return new DsmConnectionError('The NAS speaks https on this port, the address says http.', {
			...details,
			hint: 'Change http to https in the address of the connection.',
		});
	}
	if (status >= 502 && status <= 504) {
		return new DsmConnectionError(`DSM is not ready (HTTP ${status}).`, {
			...details,
			retryable: true,
			hint: 'The NAS may be starting or updating, or a proxy cannot reach it; try again in a minute or two.',
		});
	}
	const [cause, hint] = STATUSES[status] ?? NOT_DSM;
	const start = text.replace(/\s+/g, ' ').trim().slice(0, 200);
	return new DsmProtocolError(`${cause} (HTTP ${status}). The answer begins: ${start === '' ? '(empty)' : start}`, { ...details, hint });
}

const NOT_DSM: [string, string] = [
	'This is not an answer of the DSM API',
	'Check address, port and sub-path; a login page of a proxy, a web server or another program may answer there.',
];
const STATUSES: Record<number, [string, string]> = {
	401: ['A proxy in front of the NAS asks for its own login', 'Add the headers that the proxy needs to the connection.'],
	403: ['The NAS or a proxy refuses this address', 'Check firewall, GeoIP rule and block list of DSM, and the rules of the proxy.'],
	404: ['There is no DSM API at this address', 'Check port and sub-path of the address.'],
	413: ['A proxy in front of the NAS refuses an upload of this size', 'Raise the body limit of the proxy.'],
	414: ['The address of the call is too long', 'Send the parameters in the body.'],
};

/** Largest answer that could be an error envelope in place of a file. */
const LARGEST_ERROR = 64 * 1024;

/** A file, or the envelope that came in its place (core.md 11): Content-Disposition decides first, then type and shape. */
export async function readFileAnswer(response: HttpResponse): Promise<FileAnswer | Envelope> {
	const redirect = redirectError(response);
	if (redirect) {
		discard(response.body);
		throw redirect;
	}
	const type = String(response.headers['content-type'] ?? 'application/octet-stream').split(';')[0]!.trim();
	const disposition = response.headers['content-disposition'];
	const found = { type, ...sizeOf(response), stream: response.body };
	if (response.status < 300 && disposition !== undefined) return { ...found, name: fileName(String(disposition)) };
	const textual = /^(application\/json|text\/(plain|html))$/i.test(type);
	if (response.status < 300 && (!textual || (found.size ?? 0) > LARGEST_ERROR)) return { ...found, name: '' };
	const text = await readText(response.body, LARGEST_ERROR);
	return parseEnvelope(text) ?? raise(notAnEnvelope(response.status, text));
}

const raise = (error: Error): never => {
	throw error;
};

function sizeOf({ headers }: HttpResponse): { size?: number } {
	const size = Number(headers['content-length'] ?? NaN);
	return Number.isSafeInteger(size) ? { size } : {};
}

/** File name of a Content-Disposition header: `filename*` first, then percent-encoded or raw UTF-8 `filename`. */
export function fileName(disposition: string): string {
	const extended = /filename\*\s*=\s*[\w-]*''([^;\s]+)/i.exec(disposition)?.[1];
	if (extended !== undefined) return decode(extended);
	const [, quotedName, token] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
	const name = quotedName?.replace(/\\(.)/g, '$1') ?? token ?? '';
	// Header values arrive as Latin-1; what was sent are the bytes of UTF-8.
	const utf8 = Buffer.from(name, 'latin1').toString('utf8');
	return decode(utf8.includes('\uFFFD') ? name : utf8);
}

function decode(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
