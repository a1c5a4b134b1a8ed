import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { report } from './nas';

export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

const flag = process.argv.indexOf('--gib');

/** Bytes of the file that is transferred: `--gib 5`, default 1 GiB. */
export const SIZE = (flag < 0 ? 1 : Number(process.argv[flag + 1])) * GIB;
/** "1 GiB". */
export const SIZE_NAME = `${SIZE / GIB} GiB`;

/** MiB that a transfer may take, whatever the size. */
export const GROWTH = 64;
/** The same through a host: most of what it does take are buffers that wait for their collection. */
const GROWTH_IN_HOST = 96;

/** What a transfer took: `grown` are bytes of resident memory. */
export interface Cost {
	seconds: number;
	grown: number;
}

/**
 * Gives a function that runs a transfer and says what it took. Memory is compared with what is in use now, at its highest,
 * so that what one transfer leaves behind is not hidden by the next.
 */
export function startMeter(): (work: () => Promise<void>) => Promise<Cost> {
	globalThis.gc?.();
	const before = process.memoryUsage.rss();
	return async (work) => {
		let highest = 0;
		const sample = () => (highest = Math.max(highest, process.memoryUsage.rss()));
		const timer = setInterval(sample, 20);
		const start = performance.now();
		await work();
		const seconds = (performance.now() - start) / 1000;
		clearInterval(timer);
		sample();
		return { seconds, grown: highest - before };
	};
}

/** Reports speed and memory of a transfer through a host: `tell('upload 1 GiB', cost)`. */
export function tell(name: string, { seconds, grown }: Cost): void {
	report({ name: `${name}, speed`, value: SIZE / MIB / seconds, unit: 'MiB/s' });
	report({ name: `${name}, memory growth`, value: grown / MIB, unit: 'MiB', most: GROWTH_IN_HOST });
}

/** Makes a file of that size that takes no room on the disk; gives its path. */
export async function largeFile(folder: string): Promise<string> {
	const file = path.join(folder, 'large.bin');
	await writeFile(file, '');
	await truncate(file, SIZE);
	return file;
}

/** Ends the benchmark when not all bytes came. */
export function assertWhole(size: unknown): void {
	if (size !== SIZE) throw new Error(`${SIZE_NAME} were expected, but ${String(size)} bytes came.`);
}
