import { open, type FileEntry } from '../../core/volume';

/** A part of a file that a Range header asks for; undefined: the header asks for none that there is. */
export function rangeOf(header: string | undefined, size: number): { from: number; to: number } | 'none' | undefined {
	const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
	if (first === '' && last === '') return undefined;
	const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
	const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
	return from > to ? 'none' : { from, to };
}

/** The bytes of a part, out of the whole. */
export async function* part(file: FileEntry, from: number, to: number): AsyncGenerator<Buffer> {
	let at = 0;
	for await (const chunk of open(file) as AsyncIterable<Buffer>) {
		const [start, end] = [Math.max(0, from - at), Math.min(chunk.length, to + 1 - at)];
		if (start < end) yield chunk.subarray(start, end);
		at += chunk.length;
		if (at > to) return;
	}
}
