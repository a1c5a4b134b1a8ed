import { Dicer } from '@fastify/busboy';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { UploadedFile } from './behaviour';

export interface Multipart {
	fields: Record<string, string>;
	files: UploadedFile[];
	/** Text parts that carried a Content-Type header. */
	typedParts: string[];
}

type PartHeaders = Record<string, string[]>;

interface Disposition {
	name: string;
	/** Absent when the part has no `filename`, or only `filename*`, which DSM does not understand (core.md 10.6). */
	filename?: string;
	isFile: boolean;
	type?: string;
}

/**
 * Boundary of a multipart content type: undefined when it is missing or in quotes, which DSM answers with 101 (core.md 10.4).
 */
export function boundaryOf(contentType: string): string | undefined {
	return /;\s*boundary=([^\s";]+)/i.exec(contentType)?.[1];
}

/**
 * Reads a multipart body. Files go to `folder` while they arrive. Text parts after a file are ignored, as DSM reads the
 * body in order (core.md 10.2).
 */
export async function readMultipart(body: IncomingMessage, boundary: string, folder: string): Promise<Multipart> {
	const result: Multipart = { fields: {}, files: [], typedParts: [] };
	const work: Promise<void>[] = [];
	const parts: Readable[] = [];
	const dicer = new Dicer({ boundary });
	let fileSeen = false;
	dicer.on('part', (part) => {
		part.on('error', () => part.resume());
		part.once('header', (header) => {
			const disposition = readHeaders(header as unknown as PartHeaders);
			const content = part as unknown as Readable;
			if (!disposition.isFile && fileSeen) return void part.resume();
			fileSeen ||= disposition.isFile;
			const done = disposition.isFile
				? saveFile(content, disposition, folder, result)
				: readText(content, disposition, result);
			// A body that ends inside a part fails here and in feed(): without a listener Node would end the process.
			done.catch(() => undefined);
			work.push(done);
			parts.push(content);
		});
	});
	try {
		await feed(body, dicer);
		await Promise.all(work);
		return result;
	} catch (error) {
		// Parts of a connection that broke off would wait for ever.
		for (const part of parts) part.destroy(error as Error);
		await Promise.allSettled(work);
		await Promise.all(result.files.map(({ path }) => unlink(path).catch(() => undefined)));
		throw error;
	}
}

/** The parser says `finish` by itself, in the middle of a write: stream helpers do not understand that. */
async function feed(body: IncomingMessage, dicer: Dicer): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		dicer.on('finish', resolve);
		dicer.on('error', reject);
		body.on('error', reject);
		body.on('close', () => (body.complete ? undefined : reject(new Error('The upload was broken off'))));
		body.pipe(dicer);
	});
}

async function saveFile(
	part: Readable,
	{ name, filename, type }: Disposition,
	folder: string,
	result: Multipart,
): Promise<void> {
	const path = join(folder, randomUUID());
	const target = createWriteStream(path);
	const file: UploadedFile = {
		field: name,
		name: filename ?? '',
		type: type ?? 'application/octet-stream',
		size: 0,
		path,
	};
	result.files.push(file);
	part.on('data', (chunk: Buffer) => {
		file.size += chunk.length;
	});
	part.on('error', (error) => target.destroy(error));
	part.on('close', () => (target.writableEnded ? undefined : target.destroy(new Error('The part was broken off'))));
	part.pipe(target);
	await finished(target);
}

async function readText(part: Readable, { name, type }: Disposition, result: Multipart): Promise<void> {
	if (type !== undefined) result.typedParts.push(name);
	const chunks: Buffer[] = [];
	for await (const chunk of part) chunks.push(chunk as Buffer);
	result.fields[name] = Buffer.concat(chunks).toString('utf8');
}

function readHeaders(header: PartHeaders): Disposition {
	const disposition = utf8(header['content-disposition']?.[0] ?? '');
	const type = header['content-type']?.[0];
	const filename = attribute(disposition, 'filename');
	const isFile = filename !== undefined || /;\s*filename\*=/i.test(disposition) || type === 'application/octet-stream';
	return {
		name: attribute(disposition, 'name') ?? '',
		...(filename !== undefined && { filename }),
		isFile,
		// Also the type of the download later on: nothing that a header may not hold.
		...(type !== undefined && { type: type.replace(/[^\x20-\x7e]/g, '') }),
	};
}

function attribute(disposition: string, name: string): string | undefined {
	const match = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i').exec(disposition);
	return match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
}

/** The parser hands header bytes on one by one; DSM reads them as UTF-8. */
function utf8(header: string): string {
	return Buffer.from(header, 'latin1').toString('utf8');
}
