import type { TransformStream } from 'node:stream/web';

/** Compressed (RFC 1951), by what browsers have for it. */
export const deflated = async (text: string): Promise<Uint8Array> =>
	await through(new CompressionStream('deflate-raw'), Buffer.from(text, 'utf8'));

/** And back. */
export const inflated = async (bytes: Uint8Array): Promise<string> =>
	Buffer.from(await through(new DecompressionStream('deflate-raw'), bytes)).toString('utf8');

async function through(step: unknown, bytes: Uint8Array): Promise<Uint8Array> {
	const { readable, writable } = step as TransformStream<Uint8Array, Uint8Array>;
	const writer = writable.getWriter();
	// A fault shows to the reader.
	Promise.all([writer.write(bytes), writer.close()]).catch(() => undefined);
	const parts: Uint8Array[] = [];
	for await (const part of readable) parts.push(part);
	return Buffer.concat(parts);
}
