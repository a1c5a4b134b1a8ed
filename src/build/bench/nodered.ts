import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { freshFolder } from '../places';
import { assertWhole, largeFile, SIZE, SIZE_NAME, startMeter, tell } from './memory';
import { withNas, type Address } from './nas';
import { startNodeRed, type FlowNode, type Listeners, type Message } from './noderedHost';

/** An action node of File Station, wired to the function node "out". */
const action = (id: string, resource: string, operation: string, params = {}): FlowNode => ({
	id,
	type: 'synology-file',
	z: 'tab',
	x: 100,
	y: 100,
	version: 2,
	nas: 'nas',
	resource,
	operation,
	params,
	file: 'stream',
	wires: [['out']],
});

const nodes = [
	action('hello', 'station', 'get'),
	action('upload', 'file', 'upload', { file: { type: 'msg', value: 'payload' } }),
	action('download', 'file', 'download'),
];

/** Gives a function that hands a message to a node and gives what comes out of it. */
async function start(userDir: string, address: Address) {
	const listeners: Listeners = { out: () => {}, failed: () => {} };
	const { send, stop } = await startNodeRed(userDir, address, nodes, listeners);
	const run = (id: string, message: Message): Promise<Message> =>
		new Promise((resolve, reject) => {
			Object.assign(listeners, { out: resolve, failed: reject });
			send(id, message);
		});
	return { run, stop };
}

async function main(): Promise<void> {
	const folder = freshFolder('bench-nodered');
	try {
		await withNas([], async (_, address) => {
			const { run, stop } = await start(folder, address);
			await run('hello', {});
			const measure = startMeter();
			const payload = createReadStream(await largeFile(folder));
			const upload = async () =>
				void (await run('upload', { folder: '/docs', payload, size: SIZE, filename: 'large.bin' }));
			const download = async () => {
				const { payload: stream } = await run('download', { path: '/docs/large.bin' });
				const file = path.join(folder, 'received.bin');
				await pipeline(stream as Readable, createWriteStream(file));
				assertWhole((await stat(file)).size);
			};
			tell(`upload ${SIZE_NAME} through Node-RED`, await measure(upload));
			tell(`download ${SIZE_NAME} through Node-RED`, await measure(download));
			await stop();
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main();
