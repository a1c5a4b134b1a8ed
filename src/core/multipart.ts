import { randomUUID } from 'node:crypto';
import { streamOf, type ByteStream } from '../platform';
import { encodeValue } from './wire';
import { baseName, type FileSource } from './call';
import type { CallOptions } from './dsm';
import { DsmInputError, isDsmError } from './errors';

export interface MultipartBody {
	/** The boundary must be unquoted: quotes are answered 101 (core.md 10.4). */
	contentType: string;
	/** Bytes, exact: DSM refuses chunked uploads (core.md 10.5). */
	length: number;
	/** A fresh stream over the whole body, one at a time. */
	open: () => ByteStream;
}

/**
 * Multipart body: text parts without Content-Type, file parts last (core.md 10.2, 10.3). Texts go bare, lists and objects as JSON;
 * `quoted()` values as JSON. Each `open` opens the files again, so that a request can be repeated.
 */
export function multipart(
	fields: Record<string, unknown>,
	files: Record<string, FileSource>,
	onProgress?: CallOptions['onProgress'],
): MultipartBody {
	const boundary = `----synoflow${randomUUID().replaceAll('-', '')}`;
	const texts = Object.entries(fields).map(([name, value]) => textPart(boundary, name, value));
	const parts = Object.entries(files).map(([name, source]) => ({ head: fileHead(boundary, name, source), source }));
	const tail = Buffer.from(`--${boundary}--\r\n`);
	const length =
		texts.reduce((sum, part) => sum + part.length, 0) +
		parts.reduce((sum, { head, source }) => sum + head.length + source.size + 2, 0) +
		tail.length;
	const total = parts.reduce((sum, { source }) => sum + source.size, 0);
	async function* body(opened: Opened): AsyncGenerator<Uint8Array> {
		yield Buffer.concat(texts);
		let sent = 0;
		for (const { head, source } of parts) {
			yield head;
			for await (const chunk of checked(source, opened)) {
				yield chunk;
				sent += chunk.length;
				onProgress?.(sent, total, 'sending');
			}
			yield Buffer.from('\r\n');
		}
		yield tail;
	}
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		length,
		open: () => {
			const opened: Opened = {};
			return readable(body(opened), opened);
		},
	};
}

/** The bytes of one file, as the whole body of a request. */
export function wholeFile(source: FileSource, onProgress?: CallOptions['onProgress']): ByteStream {
	const opened: Opened = {};
	async function* body(): AsyncGenerator<Uint8Array> {
		let sent = 0;
		for await (const chunk of checked(source, opened)) {
			yield chunk;
			sent += chunk.length;
			onProgress?.(sent, source.size, 'sending');
		}
	}
	return readable(body(), opened);
}

/** The file that is being read just now. */
interface Opened {
	file?: AsyncIterable<Uint8Array>;
}

/** A stream over the body. When it is given up, the file is closed at once, even while it keeps its next bytes waiting. */
const readable = (bytes: AsyncGenerator<Uint8Array>, opened: Opened): ByteStream =>
	streamOf(bytes, () => (opened.file as Partial<ByteStream> | undefined)?.destroy?.());

/** The file's bytes; a file that is longer or shorter than announced breaks the request instead of spoiling the body. */
async function* checked(source: FileSource, opened: Opened): AsyncGenerator<Uint8Array> {
	let seen = 0;
	try {
		opened.file = await source.open();
		for await (const chunk of opened.file as AsyncIterable<Uint8Array | string>) {
			const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
			seen += bytes.length;
			if (seen > source.size) break;
			yield bytes;
		}
	} catch (error) {
		throw unreadable(source, error);
	}
	if (seen !== source.size) {
		throw new DsmInputError(
			`"${source.name}" has ${seen > source.size ? 'more' : 'fewer'} bytes than the announced ${source.size}.`,
			{
				hint: 'The file changed while it was being sent, or its size was stated wrongly.',
			},
		);
	}
}

function unreadable({ name }: FileSource, cause: unknown): Error {
	if (isDsmError(cause)) return cause;
	return new DsmInputError(`"${name}" cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, {
		cause,
		hint: 'The upload was broken off; the NAS keeps no part of it. Look at where the file comes from.',
	});
}

/** Quotes and line breaks would end the header; browsers escape quotes as %22. Only base names are taken (core.md 10.6). */
const headerText = (text: string): string => text.replaceAll('"', '%22').replace(/[\r\n]+/g, ' ');

function textPart(boundary: string, name: string, value: unknown): Buffer {
	const text = Array.isArray(value) ? JSON.stringify(value) : encodeValue(value, undefined);
	if (text === undefined) return Buffer.alloc(0);
	return Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${headerText(name)}"\r\n\r\n${text}\r\n`);
}

function fileHead(boundary: string, name: string, { name: filename, type }: FileSource): Buffer {
	return Buffer.from(
		`--${boundary}\r\nContent-Disposition: form-data; name="${headerText(name)}"; filename="${headerText(baseName(filename))}"\r\n` +
			`Content-Type: ${headerText(type ?? 'application/octet-stream')}\r\n\r\n`,
	);
}

/** A file whose bytes are in memory. */
export const fileFromBytes = (name: string, bytes: Uint8Array, type?: string): FileSource => ({
	name,
	size: bytes.length,
	...(type !== undefined && { type }),
	open: () => streamOf([Buffer.from(bytes)]),
});
