import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import type { FileSource } from '../../core/call';
import { versus } from './measure';
import { GROWTH, MIB, SIZE, SIZE_NAME, startMeter } from './memory';
import { report, withPlainNas } from './nas';

const CHUNK = 256 * 1024;
/** Part of the speed of undici that is left. */
const SPEED = 0.85;
/** Speeds are compared on smaller files, in turn. */
const ROUNDS = 7;
const PART = Math.min(512 * MIB, SIZE);

function* chunks(size: number) {
	const chunk = Buffer.alloc(CHUNK, 7);
	for (let sent = 0; sent < size; sent += CHUNK) yield chunk.subarray(0, Math.min(CHUNK, size - sent));
}

/** Bytes that are made while they are sent. */
const large = (size: number): FileSource => ({ name: 'large.bin', size, open: () => Readable.from(chunks(size)) });

const uploadCall = { api: 'SYNO.FileStation.Upload', method: 'upload', version: 2 } as const;
const downloadCall = { api: 'SYNO.FileStation.Download', method: 'download', version: 2 } as const;

/** The same by undici alone: a form of one file. */
async function plainUpload(url: string, dispatcher: Agent, size: number): Promise<void> {
	const head = Buffer.from(
		'--limit\r\nContent-Disposition: form-data; name="path"\r\n\r\n/home\r\n' +
			'--limit\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n\r\n',
	);
	const tail = Buffer.from('\r\n--limit--\r\n');
	const { body } = await request(`${url}/webapi/entry.cgi?api=SYNO.FileStation.Upload&version=2&method=upload`, {
		method: 'POST',
		dispatcher,
		headers: {
			'content-type': 'multipart/form-data; boundary=limit',
			'content-length': String(head.length + size + tail.length),
		},
		body: Readable.from(
			(function* () {
				yield head;
				yield* chunks(size);
				yield tail;
			})(),
		),
	});
	JSON.parse(await body.text());
}

async function plainDownload(url: string, dispatcher: Agent): Promise<void> {
	const { body } = await request(`${url}/webapi/entry.cgi`, {
		method: 'POST',
		dispatcher,
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: 'api=SYNO.FileStation.Download&version=2&method=download&path=%5B%22%2Fdocs%2Flarge.bin%22%5D',
	});
	for await (const chunk of body) void chunk;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

async function main(): Promise<void> {
	await withPlainNas(async ({ dsm }, { url }, tell) => {
		const dispatcher = new Agent({ connections: 1 });
		const upload = async (size: number) =>
			await dsm.call(uploadCall, { path: '/home', create_parents: true, overwrite: true, file: large(size) });
		const download = async () => {
			const params = { path: ['/docs/large.bin'], mode: 'download' };
			const { stream } = await dsm.file(downloadCall, params, { readOnly: true });
			for await (const chunk of stream) void chunk;
		};
		const compare = async (name: string, ours: () => Promise<unknown>, plain: () => Promise<unknown>) => {
			const {
				ours: ms,
				plain: reference,
				ratio,
			} = await versus(
				ROUNDS,
				async () => await timed(ours),
				async () => await timed(plain),
			);
			const speed = (took: number) => ((PART / MIB) * 1000) / took;
			report({ name: `${name}, speed against undici`, value: 1 / ratio, unit: '×', least: SPEED });
			report({ name: `${name}, speed`, value: speed(ms), unit: 'MiB/s', reference: speed(reference) });
		};
		await tell({ size: PART });
		await compare(
			'upload',
			async () => await upload(PART),
			async () => await plainUpload(url, dispatcher, PART),
		);
		await compare('download', download, async () => await plainDownload(url, dispatcher));
		await dispatcher.close();
		await tell({ size: SIZE });
		const measure = startMeter();
		for (const [name, work] of [
			['upload', async () => void (await upload(SIZE))],
			['download', download],
		] as const) {
			const { grown } = await measure(work);
			report({ name: `${name} of ${SIZE_NAME}, memory growth`, value: grown / MIB, unit: 'MiB', most: GROWTH });
		}
	});
}

void main();
