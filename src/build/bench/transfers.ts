import { Readable } from 'node:stream';
import type { FileSource } from '../../core/call';
import { report, withNas } from './nas';

const GIB = 1024 ** 3;
const CHUNK = 256 * 1024;
const MIB = 1024 ** 2;

/** Bytes that are made while they are sent. */
const large = (size: number): FileSource => ({
	name: 'large.bin',
	size,
	open: () =>
		Readable.from(
			(function* () {
				const chunk = Buffer.alloc(CHUNK, 7);
				for (let sent = 0; sent < size; sent += CHUNK) yield chunk.subarray(0, Math.min(CHUNK, size - sent));
			})(),
		),
});

/** Runs `work` and gives the seconds it took and how much resident memory grew at its highest. */
async function measure(work: () => Promise<void>): Promise<{ seconds: number; grown: number }> {
	globalThis.gc?.();
	const before = process.memoryUsage.rss();
	let highest = before;
	const timer = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20);
	const start = performance.now();
	await work();
	clearInterval(timer);
	return { seconds: (performance.now() - start) / 1000, grown: Math.max(highest, process.memoryUsage.rss()) - before };
}

function tell(name: string, { seconds, grown }: { seconds: number; grown: number }): void {
	report({ name: `${name} 1 GiB, speed`, value: GIB / MIB / seconds, unit: 'MiB/s' });
	report({
		name: `${name} 1 GiB, memory growth`,
		value: grown / MIB,
		unit: 'MiB',
		reference: 1024,
		ratio: 1024 / (grown / MIB),
	});
}

async function main(): Promise<void> {
	await withNas([], async ({ dsm }) => {
		const upload = (size: number) =>
			dsm.call(
				{ api: 'SYNO.FileStation.Upload', method: 'upload', version: 2 },
				{ path: '/home', create_parents: true, overwrite: true, file: large(size) },
			);
		const download = async () => {
			const call = { api: 'SYNO.FileStation.Download', method: 'download', version: 2 } as const;
			const { stream } = await dsm.file(call, { path: ['/home/large.bin'], mode: 'download' }, { readOnly: true });
			for await (const chunk of stream) void chunk;
		};
		await upload(16 * MIB);
		tell('upload', await measure(async () => void (await upload(GIB))));
		tell('download', await measure(download));
	});
}

void main();
