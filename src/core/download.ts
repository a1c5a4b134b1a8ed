import { streamOf, type ByteStream, type HttpResponse } from '../platform';
import { BUDGETS } from './budget';
import type { FileAnswer } from './call';
import type { CallOptions } from './dsm';
import { DsmProtocolError, type DsmConnectionError, type ErrorDetails } from './errors';
import {
	notAnEnvelope,
	parseEnvelope,
	parseJson,
	raise,
	readBeginning,
	refuseRedirect,
	type Envelope,
} from './envelope';
import { typeByName } from './mediaType';
import { FIRST, LAST, refuseCut, type Came } from './wholeFile';
import { toConnectionError } from './transport';

/** Who asked, for errors that come while the file is read. */
export interface Asker {
	details?: ErrorDetails;
	signal?: AbortSignal | undefined;
	/** The bytes from a position on, when a transfer broke off there. Absent where it cannot be continued. */
	proceed?: (from: number, broken: Error) => Promise<ByteStream>;
	/** Bytes that the file must have by what the service says of it. */
	size?: CallOptions['size'];
	/** The NAS makes the file while it sends it. */
	isMade?: boolean | undefined;
}

/**
 * A file, or the envelope that came in its place (core.md 11): Content-Disposition decides first, then the content. Web pages, nothing at
 * all and bare JSON values in place of a file are refused.
 */
export async function readFileAnswer(response: HttpResponse, asker: Asker = {}): Promise<FileAnswer | Envelope> {
	refuseRedirect(response);
	const { status, headers, body } = response;
	if (status >= 300 || EMPTY.has(status)) return await envelopeOnly(response);
	const type = String(headers['content-type'] ?? 'application/octet-stream')
		.split(';')[0]!
		.trim();
	const disposition = headers['content-disposition'];
	const found = { type, ...sizeOf(response) };
	const whole = wholeness(asker, 'size' in found);
	if (disposition !== undefined)
		return { ...found, name: fileName(String(disposition)), stream: guarded(body, asker, whole) };
	if (/^text\/html$/i.test(type)) return await envelopeOnly(response);
	const { head, ended } = await peek(body, asker);
	const text = ended ? head.toString('utf8') : '';
	const envelope = ended ? parseEnvelope(text, status) : undefined;
	if (envelope) return envelope;
	if (ended && (head.length === 0 || (isTextual(type) && parseJson(text) !== undefined))) throw noFile(status, text);
	const { proceed: _, ...reader } = asker;
	const begun = (): ByteStream => guarded(streamOf([head]), reader, whole);
	if (ended) return { ...found, size: head.length, name: '', stream: begun() };
	body.unshift(head);
	return { ...found, name: '', stream: guarded(body, asker, whole) };
}

/** Statuses that say that there is no content. */
const EMPTY = new Set([204, 205]);

/** Types that a value in place of a file may come with; a picture that happens to look like one is none. */
const isTextual = (type: string): boolean => /^(text\/|application\/(json|octet-stream))/i.test(type);

const noFile = (status: number, text: string): DsmProtocolError =>
	new DsmProtocolError(
		`The answer is no file (HTTP ${status}): it ${text.trim() === '' ? 'is empty' : `says ${text.trim().slice(0, 200)}`}.`,
		{ httpStatus: status, retryable: true, hint: 'DSM or a proxy in between may be restarting; try again.' },
	);

/** The body of an answer that can be nothing but a file, whatever its headers say. */
export function plainFile({ headers, body }: HttpResponse, name: string, asker: Asker = {}): FileAnswer {
	const type = String(headers['content-type'] ?? 'application/octet-stream')
		.split(';')[0]!
		.trim();
	const found = { name, type, ...sizeOf({ headers }) };
	return { ...found, stream: guarded(body, asker, wholeness(asker, 'size' in found)) };
}

async function envelopeOnly(response: HttpResponse): Promise<Envelope> {
	const { status, body } = response;
	const text = await readBeginning(body, BUDGETS.errorAnswer.most);
	if (EMPTY.has(status)) throw noFile(status, text);
	return parseEnvelope(text, status) ?? raise(notAnEnvelope(response, text));
}

/** The beginning of a body: all of what may be an envelope, or the first bytes that show it to be none. */
async function peek(body: ByteStream, { signal }: Asker): Promise<{ head: Buffer; ended: boolean }> {
	let head: Buffer = Buffer.alloc(0);
	try {
		for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
			head = Buffer.concat([head, chunk]);
			if (head.length > BUDGETS.errorAnswer.most || !/^\uFEFF?\s*([[{"tfn\d-]|$)/.test(head.toString('utf8', 0, 64)))
				return { head, ended: false };
		}
	} catch (error) {
		throw toConnectionError(error, 'The NAS', signal);
	}
	return { head, ended: true };
}

/** Judges what has come of a body when it ends. */
type Wholeness = (came: Came) => Promise<void>;

/**
 * How a file is known to be whole, since a proxy that cuts one may give it a fitting length. What has a length and is a file of somebody
 * is not judged by its kind: it may lie broken on the NAS.
 */
function wholeness({ size, isMade }: Asker, hasLength: boolean): Wholeness | undefined {
	if (size === undefined && hasLength && !isMade) return undefined;
	return async (came) => {
		const wanted =
			typeof size === 'function'
				? await size().catch((error: unknown) => (hasLength ? undefined : raise(error as Error)))
				: size;
		if (wanted !== undefined || !hasLength || isMade) refuseCut(came, wanted);
	};
}

/**
 * A body whose faults are this client's errors, and which harms nobody when it breaks before somebody listens. One that breaks off is
 * continued where that is possible; one that ends is looked at whether it is whole.
 */
function guarded(body: ByteStream, asker: Asker, whole?: Wholeness): ByteStream {
	let current = harmless(body);
	let isOver = false;
	let received = 0;
	let first = Buffer.alloc(0);
	let last = Buffer.alloc(0);
	const count = (chunk: Uint8Array): void => {
		received += chunk.length;
		if (!whole) return;
		if (first.length < FIRST) first = Buffer.concat([first, chunk.subarray(0, FIRST)]);
		last = chunk.length >= LAST ? Buffer.from(chunk.subarray(-LAST)) : Buffer.concat([last, chunk]).subarray(-LAST);
	};
	const fail = (error: unknown): never => {
		const known = toConnectionError(error, 'The NAS', asker.signal) as DsmConnectionError;
		// Reading a file changes nothing on the NAS, and what was read so far is not given twice.
		Object.assign(known.details, asker.details, { outcomeUnknown: false, retryable: false });
		throw known;
	};
	/** The rest of what broke off; throws where there is none to be had. */
	const rest = async (broken: unknown): Promise<ByteStream> => {
		if (!asker.proceed || isOver || asker.signal?.aborted) throw broken;
		const more = harmless(await asker.proceed(received, broken as Error));
		return isOver ? more.destroy() : more;
	};
	async function* bytes(): AsyncGenerator<Uint8Array> {
		for (let isWhole = false; !isWhole;) {
			try {
				for await (const chunk of current as AsyncIterable<Uint8Array>) {
					count(chunk);
					yield chunk;
				}
				isWhole = true;
			} catch (error) {
				current = await rest(error).catch(fail);
			}
		}
		await whole?.({ received, first, last }).catch(fail);
	}
	const stream = streamOf(bytes(), () => {
		isOver = true;
		current.destroy();
	});
	// Reads ahead at once: whoever waits for it shall see it break, too.
	stream.read(0);
	return stream;
}

/** A body that may break while nobody reads it. */
const harmless = (body: ByteStream): ByteStream => body.on('error', () => undefined);

function sizeOf({ headers }: Pick<HttpResponse, 'headers'>): { size?: number } {
	const text = headers['content-length'];
	return typeof text === 'string' && /^\d+$/.test(text) ? { size: Number(text) } : {};
}

/** File name of a Content-Disposition header: `filename*` first, then percent-encoded or raw UTF-8 `filename`; never a path. */
export function fileName(disposition: string): string {
	const parameters = new Map<string, string>();
	for (const [, name, quoted, token] of disposition.matchAll(
		/;\s*([\w-]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g,
	)) {
		parameters.set(name!.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token!.trim());
	}
	const extended = /^([\w-]*)'[^']*'(.*)$/s.exec(parameters.get('filename*') ?? '');
	const name = extended ? decodeExtended(extended[1]!, extended[2]!) : decode(utf8(parameters.get('filename') ?? ''));
	return safeFileName(name);
}

/** A file as flows get it: under a name that harms nobody, and of the type that its name tells where the NAS tells none. */
export function presentable(file: FileAnswer): FileAnswer {
	const name = safeFileName(file.name);
	const type = isNoType(file.type) ? (typeByName(name) ?? file.type) : file.type;
	return { ...file, name, type };
}

/** What File Station says of any file. */
const isNoType = (type: string): boolean => /^(application\/(octet-stream|x-download|force-download)|)$/i.test(type);

/**
 * A name that can be used in any folder: without a path of any system, and without characters that would end a header or a line.
 * Nothing remains of a name that means a folder.
 */
export function safeFileName(name: string): string {
	const last = name
		.replace(/[\0-\x1F\x7F]/g, '')
		.replace(/^.*[/\\]/, '')
		.replace(/^[a-z]:/i, '');
	return /^\.{0,2}$/.test(last) ? '' : last;
}

/** Header values mostly arrive as Latin-1, although what was sent are the bytes of UTF-8. */
function utf8(text: string): string {
	if (/[^\0-\xFF]/.test(text)) return text;
	const decoded = Buffer.from(text, 'latin1').toString('utf8');
	return decoded.includes('\uFFFD') ? text : decoded;
}

function decodeExtended(charset: string, text: string): string {
	if (!/^iso-8859-1$/i.test(charset)) return decode(text);
	return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function decode(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
