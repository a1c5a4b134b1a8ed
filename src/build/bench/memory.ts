import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { report } from './nas';

export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

/** MiB that a transfer of 1 GiB through a node may take. Most of what it does take are buffers that wait for their collection. */
const LIMIT = 96;

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

/** Reports speed and memory of a transfer of 1 GiB: `tell('upload 1 GiB', cost)`. `reference` is in MiB. */
export function tell(name: string, { seconds, grown }: Cost, reference = LIMIT): void {
	report({ name: `${name}, speed`, value: GIB / MIB / seconds, unit: 'MiB/s' });
	const value = grown / MIB;
	report({ name: `${name}, memory growth`, value, unit: 'MiB', reference, ratio: reference / value });
}

/** Makes a file of 1 GiB that takes no room on the disk; gives its path. */
export async function largeFile(folder: string): Promise<string> {
	const file = path.join(folder, 'large.bin');
	await writeFile(file, '');
	await truncate(file, GIB);
	return file;
}

/** Ends the benchmark when not all bytes came. */
export function assertWhole(size: unknown): void {
	if (size !== GIB) throw new Error(`1 GiB was expected, but ${String(size)} bytes came.`);
}
