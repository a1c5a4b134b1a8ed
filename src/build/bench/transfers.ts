import { Readable } from 'node:stream';
import type { FileSource } from '../../core/call';
import { MIB, SIZE, SIZE_NAME, startMeter, tell } from './memory';
import { withNas } from './nas';

const CHUNK = 256 * 1024;
/** MiB that the plain way takes, which holds the file in memory. */
const WHOLE = SIZE / MIB;

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
		const measure = startMeter();
		tell(`upload ${SIZE_NAME}`, await measure(async () => void (await upload(SIZE))), WHOLE);
		tell(`download ${SIZE_NAME}`, await measure(download), WHOLE);
	});
}

void main();
