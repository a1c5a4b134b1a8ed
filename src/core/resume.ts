import type { ByteStream, HttpResponse } from '../platform';
import { readFileAnswer, type Asker } from './download';
import type { CallOptions } from './dsm';
import type { Envelope } from './envelope';
import { DsmProtocolError } from './errors';

/** By what a file is known again when its transfer is continued. */
export interface Marks {
	size: number;
	etag?: string;
	modified?: string;
	/** Time of the NAS before the transfer, milliseconds. */
	since: number;
}

const text = (value: string | string[] | undefined): string | undefined =>
	typeof value === 'string' ? value : undefined;

/**
 * Marks of a whole file whose transfer can be continued: the server takes ranges, says the size, and there is a way to find out that
 * the file is still the same. Undefined for all others.
 */
export function marksOf(
	{ status, headers }: HttpResponse,
	since: number,
	{ unchanged }: CallOptions,
): Marks | undefined {
	const size = Number(text(headers['content-length']) ?? Number.NaN);
	const takesRanges =
		status === 200 && text(headers['accept-ranges']) === 'bytes' && headers['content-encoding'] === undefined;
	if (!takesRanges || !Number.isInteger(size)) return undefined;
	const etag = strong(text(headers['etag']));
	const modified = text(headers['last-modified']);
	if (etag === undefined && modified === undefined && !unchanged) return undefined;
	return { size, since, ...(etag !== undefined && { etag }), ...(modified !== undefined && { modified }) };
}

/** A weak tag stands for files that are alike, not for the same bytes. */
const strong = (etag: string | undefined): string | undefined => (etag?.startsWith('W/') ? undefined : etag);

/** The answer to a wish for the rest of a file: that rest, or the envelope in its place. */
export async function readPart(
	response: HttpResponse,
	marks: Marks,
	from: number,
	asker: Asker,
): Promise<{ part: ByteStream } | Envelope> {
	const { status, headers, body } = response;
	if (status === 206 && isRest(headers, marks, from)) return { part: body };
	const answer = await readFileAnswer(response, asker);
	if (!('stream' in answer)) return answer;
	answer.stream.destroy();
	throw interrupted('the NAS does not go on where it stopped');
}

/** The part ends where the file ends, and nothing of what is known of the file has changed. */
export function isRest(headers: HttpResponse['headers'], { size, etag, modified }: Marks, from: number): boolean {
	const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(text(headers['content-range']) ?? '');
	const isWhole =
		range !== null && Number(range[1]) === from && Number(range[2]) === size - 1 && Number(range[3]) === size;
	const isSame = strong(text(headers['etag'])) === etag && text(headers['last-modified']) === modified;
	return isWhole && isSame;
}

export const interrupted = (reason: string): DsmProtocolError =>
	new DsmProtocolError(`The transfer broke off and cannot be continued: ${reason}.`, {
		hint: 'Download the file again from the beginning.',
	});

/** Transfers in a row that brought nothing before it is given up. */
const FRUITLESS = 3;

/** Gives the rest of a file from a position on, as often as it breaks off, as long as it gets on. */
export function resumer(
	marks: Marks,
	again: (from: number) => Promise<{ part: ByteStream } | { success: true; data?: unknown }>,
	{ unchanged }: CallOptions,
): (from: number, broken: Error) => Promise<ByteStream> {
	let last = 0;
	let fruitless = 0;
	return async (from, broken) => {
		fruitless = from > last ? 0 : fruitless + 1;
		last = from;
		if (fruitless >= FRUITLESS || from >= marks.size) throw broken;
		if (marks.etag === undefined && unchanged && !(await unchanged(marks.since)))
			throw interrupted('the file on the NAS changed meanwhile');
		const answer = await again(from);
		if ('part' in answer) return answer.part;
		throw interrupted('the NAS answered something else than a file');
	};
}
