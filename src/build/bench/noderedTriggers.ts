import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { allServices } from '../../services';
import { typeOf } from '../../nodered/types';
import { freshFolder } from '../places';
import { median } from './measure';
import { report, withNas } from './nas';
import { startNodeRed, type FlowNode } from './noderedHost';

const TRIGGERS = 100;
/** Seconds between two messages that the account sends itself, so that events leave as well, and between two looks at the memory. */
const PAUSE = 5;
/** MB of heap that may have come: what is measured varies by about as much. */
const LIMIT = 2;
/** Parts of the run that are compared: the first is warm-up, of the others the second and the last count. */
const PARTS = 10;

const flag = process.argv.indexOf('--minutes');
/** Length of the run: `--minutes 30`, default 1. */
const MINUTES = flag < 0 ? 1 : Number(process.argv[flag + 1]);

const node = (id: string, type: string, settings: object): FlowNode => ({
	id,
	type,
	z: 'tab',
	x: 100,
	y: 100,
	nas: 'nas',
	wires: [['out']],
	...settings,
});

/** Every trigger that needs no parameter, again and again: all services, each node with a poll of its own. */
function triggers(): FlowNode[] {
	const all = allServices().flatMap((service) =>
		Object.entries(service.triggers)
			.filter(([, { params }]) => params.safeParse({}).success)
			.map(([trigger, { params }]) => ({
				type: typeOf(service, 'trigger'),
				trigger,
				// The messages are those of the account itself.
				params: 'include_own' in params.shape ? { include_own: { type: 'bool', value: 'true' } } : {},
			})),
	);
	return Array.from({ length: TRIGGERS }, (_, index) => {
		const { type, ...settings } = all[index % all.length]!;
		return node(`trigger${index}`, type, { version: 1, interval: '2', resume: true, ...settings });
	});
}

const message: FlowNode = node('say', 'synology-chat', {
	version: 2,
	resource: 'message',
	operation: 'send',
	params: { channel_id: { type: 'num', value: '1' }, message: { type: 'msg', value: 'payload' } },
});

/** MB of heap that are in use. */
function heap(): number {
	globalThis.gc?.();
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / 1e6;
}

/** Median of the heap over a part of the run, with messages all the while. */
async function part(send: () => void): Promise<number> {
	const samples: number[] = [];
	const end = performance.now() + (MINUTES * 60_000) / PARTS;
	do {
		send();
		await wait(PAUSE * 1000);
		samples.push(heap());
	} while (performance.now() < end);
	return median(samples);
}

async function main(): Promise<void> {
	const folder = freshFolder('bench-triggers');
	try {
		await withNas([], async (_, address) => {
			let events = 0;
			const failures = new Set<string>();
			const listeners = { out: () => void events++, failed: ({ message: text }: Error) => void failures.add(text) };
			const red = await startNodeRed(folder, address, [...triggers(), message], listeners);
			const parts: number[] = [];
			for (let index = 0; index < PARTS; index++)
				parts.push(await part(() => red.send('say', { payload: `Message of part ${index}` })));
			const value = parts.at(-1)! - parts[1]!;
			await red.stop();
			for (const text of failures) console.error(text);
			const name = `${TRIGGERS} triggers at 2 s in Node-RED, ${MINUTES} minutes`;
			report({ name: `${name}, heap growth`, value, unit: 'MB', most: LIMIT });
			report({ name: `${name}, heap`, value: parts.at(-1)!, unit: 'MB' });
			report({ name: `${name}, resident memory`, value: process.memoryUsage.rss() / 1e6, unit: 'MB' });
			report({ name: `${name}, messages`, value: events, unit: 'messages' });
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main();
