import { createReadStream, createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { freshFolder, linkPackage } from '../places';
import { assertWhole, largeFile, SIZE, SIZE_NAME, startMeter, tell } from './memory';
import { withNas, type Address } from './nas';

type Message = Record<string, unknown>;

/** The part of Node-RED's runtime that is used here; the package has no declarations. */
interface Runtime {
	init: (settings: object) => void;
	start: () => Promise<void>;
	stop: () => Promise<void>;
	events: { once: (name: string, listener: () => void) => void };
	nodes: { getNode: (id: string) => { receive: (message: Message) => void } };
}

/** An action node of File Station, wired to the function node "out". */
const action = (id: string, resource: string, operation: string, params = {}) => ({
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

/** A function node that hands its message to the benchmark. */
const sink = (id: string) => ({
	id,
	type: 'function',
	z: 'tab',
	x: 300,
	y: 100,
	func: `global.get('${id}')(msg);`,
	wires: [],
});

const flows = (url: string) => [
	{ id: 'tab', type: 'tab', label: 'Benchmark' },
	{ id: 'nas', type: 'synology-nas', url, tls: 'verify', session: 'webui', timeout: '60' },
	action('hello', 'station', 'get'),
	action('upload', 'file', 'upload', { file: { type: 'msg', value: 'payload' } }),
	action('download', 'file', 'download'),
	sink('out'),
	{ id: 'catch', type: 'catch', z: 'tab', x: 100, y: 200, wires: [['failed']] },
	sink('failed'),
];

/** Starts Node-RED with these flows and gives a function that hands a message to a node and gives what comes out of it. */
async function startNodeRed(userDir: string, { url, account, password }: Address) {
	linkPackage(userDir);
	writeFileSync(path.join(userDir, 'flows.json'), JSON.stringify(flows(url)));
	writeFileSync(path.join(userDir, 'flows_cred.json'), JSON.stringify({ nas: { account, password } }));
	let out = (_message: Message) => {};
	let failed = (_message: Message) => {};
	const red = require('node-red') as Runtime;
	red.init({
		userDir,
		flowFile: 'flows.json',
		httpAdminRoot: false,
		httpNodeRoot: false,
		credentialSecret: false,
		logging: { console: { level: 'off' } },
		telemetry: { enabled: false },
		functionGlobalContext: { out: (message: Message) => out(message), failed: (message: Message) => failed(message) },
	});
	const started = new Promise<void>((resolve) => red.events.once('flows:started', resolve));
	await red.start();
	await started;
	const run = (id: string, message: Message): Promise<Message> =>
		new Promise((resolve, reject) => {
			out = resolve;
			failed = ({ error }) => reject(new Error((error as Error).message));
			red.nodes.getNode(id).receive(message);
		});
	return { run, stop: () => red.stop() };
}

async function main(): Promise<void> {
	const folder = freshFolder('bench-nodered');
	try {
		await withNas([], async (_, address) => {
			const { run, stop } = await startNodeRed(folder, address);
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
