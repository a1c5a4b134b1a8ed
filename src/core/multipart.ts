import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { encodeValue } from './wire';
import type { FileSource } from './call';
import { DsmInputError } from './errors';

export interface MultipartBody {
	/** The boundary must be unquoted: quotes are answered 101 (core.md 10.4). */
	contentType: string;
	/** Bytes, exact: DSM refuses chunked uploads (core.md 10.5). */
	length: number;
	/** A fresh stream over the whole body, one at a time. */
	open: () => Readable;
}

/**
 * Multipart body: text parts without Content-Type, file parts last (core.md 10.2, 10.3). Texts go bare, lists and objects as JSON;
 * `quoted()` values as JSON. Each `open` opens the files again, so that a request can be repeated.
 */
export function multipart(
	fields: Record<string, unknown>,
	files: Record<string, FileSource>,
	onProgress?: (sent: number, total: number) => void,
): MultipartBody {
	const boundary = `----synoflow${randomUUID().replaceAll('-', '')}`;
	const texts = Object.entries(fields).map(([name, value]) => textPart(boundary, name, value));
	const parts = Object.entries(files).map(([name, source]) => ({ head: fileHead(boundary, name, source), source }));
	const tail = Buffer.from(`--${boundary}--\r\n`);
	const length =
		texts.reduce((sum, part) => sum + part.length, 0) +
		parts.reduce((sum, { head, source }) => sum + head.length + source.size + 2, 0) +
		tail.length;
	async function* body(): AsyncGenerator<Uint8Array> {
		yield Buffer.concat(texts);
		let sent = 0;
		for (const { head, source } of parts) {
			yield head;
			for await (const chunk of checked(source)) {
				yield chunk;
				sent += chunk.length;
				onProgress?.(sent, length);
			}
			yield Buffer.from('\r\n');
		}
		yield tail;
	}
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		length,
		open: () => Readable.from(body(), { objectMode: false, highWaterMark: 256 * 1024 }),
	};
}

/** The file's bytes; a file that is longer or shorter than announced breaks the request instead of spoiling the body. */
async function* checked(source: FileSource): AsyncGenerator<Uint8Array> {
	let seen = 0;
	for await (const chunk of await source.open()) {
		seen += chunk.length;
		if (seen > source.size) break;
		yield chunk;
	}
	if (seen !== source.size) {
		throw new DsmInputError(`"${source.name}" has ${seen > source.size ? 'more' : 'fewer'} bytes than the announced ${source.size}.`, {
			hint: 'The file changed while it was being sent, or its size was stated wrongly.',
		});
	}
}

/** Quotes and line breaks would end the header; browsers escape quotes as %22 (core.md 10.6). */
const headerText = (text: string): string => text.replaceAll('"', '%22').replace(/[\r\n]+/g, ' ');

function textPart(boundary: string, name: string, value: unknown): Buffer {
	const text = Array.isArray(value) ? JSON.stringify(value) : encodeValue(value, undefined);
	if (text === undefined) return Buffer.alloc(0);
	return Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${headerText(name)}"\r\n\r\n${text}\r\n`);
}

function fileHead(boundary: string, name: string, { name: filename, type }: FileSource): Buffer {
	return Buffer.from(
		`--${boundary}\r\nContent-Disposition: form-data; name="${headerText(name)}"; filename="${headerText(filename)}"\r\n` +
			`Content-Type: ${headerText(type ?? 'application/octet-stream')}\r\n\r\n`,
	);
}

/** A file whose bytes are in memory. */
export const fileFromBytes = (name: string, bytes: Uint8Array, type?: string): FileSource => ({
	name,
	size: bytes.length,
	...(type !== undefined && { type }),
	open: () => Readable.from([Buffer.from(bytes)]),
});

