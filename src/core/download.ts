import { PassThrough, Readable } from 'node:stream';
import type { FileAnswer } from './call';
import type { DsmConnectionError, ErrorDetails } from './errors';
import { notAnEnvelope, parseEnvelope, raise, readText, refuseRedirect, type Envelope } from './envelope';
import { toConnectionError, type HttpResponse } from './transport';

/** Largest answer that could be an error envelope in place of a file. */
const LARGEST_ERROR = 64 * 1024;

/** Who asked, for errors that come while the file is read. */
export interface Asker {
	details?: ErrorDetails;
	signal?: AbortSignal | undefined;
	/** The bytes from a position on, when a transfer broke off there. Absent where it cannot be continued. */
	proceed?: (from: number, broken: Error) => Promise<Readable>;
}

/**
 * A file, or the envelope that came in its place (core.md 11): Content-Disposition decides first, then the content. Web pages in place
 * of a file are refused as in any other call.
 */
export async function readFileAnswer(response: HttpResponse, asker: Asker = {}): Promise<FileAnswer | Envelope> {
	refuseRedirect(response);
	const { status, headers, body } = response;
	if (status >= 300) return await envelopeOnly(response);
	const type = String(headers['content-type'] ?? 'application/octet-stream')
		.split(';')[0]!
		.trim();
	const disposition = headers['content-disposition'];
	const found = { type, ...sizeOf(response) };
	if (disposition !== undefined) return { ...found, name: fileName(String(disposition)), stream: guarded(body, asker) };
	if (/^text\/html$/i.test(type)) return await envelopeOnly(response);
	const { head, ended } = await peek(body, asker);
	const envelope = ended ? parseEnvelope(head.toString('utf8'), status) : undefined;
	if (envelope) return envelope;
	if (ended) return { ...found, size: head.length, name: '', stream: Readable.from([head], { objectMode: false }) };
	body.unshift(head);
	return { ...found, name: '', stream: guarded(body, asker) };
}

async function envelopeOnly(response: HttpResponse): Promise<Envelope> {
	const text = await readText(response.body, LARGEST_ERROR, true);
	return parseEnvelope(text, response.status) ?? raise(notAnEnvelope(response, text));
}

/** The beginning of a body: all of what may be an envelope, or the first bytes that show it to be none. */
async function peek(body: Readable, { signal }: Asker): Promise<{ head: Buffer; ended: boolean }> {
	let head: Buffer = Buffer.alloc(0);
	try {
		for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
			head = Buffer.concat([head, chunk]);
			if (head.length > LARGEST_ERROR || !/^\uFEFF?\s*(\{|$)/.test(head.toString('utf8', 0, 64)))
				return { head, ended: false };
		}
	} catch (error) {
		throw toConnectionError(error, 'The NAS', signal);
	}
	return { head, ended: true };
}

/**
 * A body whose faults are this client's errors, and which harms nobody when it breaks before somebody listens. One that breaks off is
 * continued where that is possible.
 */
function guarded(body: Readable, asker: Asker): Readable {
	const stream = new PassThrough();
	let received = 0;
	const fail = (error: unknown): void => {
		const known = toConnectionError(error, 'The NAS', asker.signal) as DsmConnectionError;
		// Reading a file changes nothing on the NAS, and what was read so far is not given twice.
		Object.assign(known.details, asker.details, { outcomeUnknown: false, retryable: false });
		stream.destroy(known);
	};
	const attach = (source: Readable): void => {
		let over = false;
		const broken = (error: Error): void => {
			if (over) return;
			over = true;
			source.unpipe(stream);
			if (!asker.proceed || stream.destroyed || asker.signal?.aborted) return fail(error);
			asker.proceed(received, error).then((rest) => (stream.destroyed ? rest.destroy() : attach(rest)), fail);
		};
		source.on('data', (chunk: Uint8Array) => void (received += chunk.length));
		source.on('error', broken);
		source.once(
			'close',
			() => source.readableEnded || broken(Object.assign(new Error('closed'), { code: 'ECONNRESET' })),
		);
		stream.once('close', () => source.destroy());
		source.pipe(stream);
	};
	stream.on('error', () => undefined);
	attach(body);
	return stream;
}

function sizeOf({ headers }: HttpResponse): { size?: number } {
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

/** A file under a name that harms nobody, whatever named it. */
export function safelyNamed(file: FileAnswer): FileAnswer {
	const name = safeFileName(file.name);
	return name === file.name ? file : { ...file, name };
}

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
