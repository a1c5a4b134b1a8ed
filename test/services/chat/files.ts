import type { FileAnswer, FileSource } from '../../../src/core/call';

/** A small text file to send. */
export function source(name: string, text: string): FileSource {
	const bytes = Buffer.from(text);
	return {
		name,
		type: 'text/plain',
		size: bytes.length,
		async *open() {
			yield bytes;
		},
	};
}

/** Reads a received file to its end. */
export async function textOf({ stream }: FileAnswer): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
