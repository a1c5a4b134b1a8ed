import { rmSync } from 'node:fs';
import type { INodeExecutionData } from 'n8n-workflow';
import { freshFolder } from '../places';
import { median } from './measure';
import { loadEngine, startNodes } from './n8nEngine';
import { report, withNas } from './nas';

/** Milliseconds that the NAS takes for each answer. */
const LATENCY = 5;
const COUNTS = [10, 100, 1_000];
/** Requests for a thousand items, and how often faster they are than one by one. */
const REQUESTS = 60;
const FASTER = 8;

async function main(): Promise<void> {
	const folder = freshFolder('bench-items');
	const engine = loadEngine(folder);
	try {
		await withNas([], async (_, address, tell) => {
			const { run } = await startNodes(engine, { credential: 'synologyNasApi', secrets: { ...address } });
			// Questions that all differ.
			const path = { __rl: true, mode: 'path', value: '=/docs/many/{{ $json.n }}.txt' };
			const parameters = { resource: 'file', operation: 'get', path };
			const read = async (items: INodeExecutionData[]) => {
				const start = performance.now();
				await run('synologyFile', parameters, items);
				return { took: performance.now() - start, requests: await tell({}) };
			};
			const itemOf = (_none: unknown, n: number): INodeExecutionData => ({ json: { n } });
			await tell({ files: COUNTS.at(-1)! });
			await read([{ json: { n: 0 } }]);
			await tell({ latency: LATENCY });
			for (const count of COUNTS) {
				const items = Array.from({ length: count }, itemOf);
				await read(items);
				const together = [await read(items)];
				let [oneByOne, each] = [0, 0];
				for (const [index, item] of items.entries()) {
					const { took, requests } = await read([item]);
					oneByOne += took;
					each += requests;
					// In between, so that what else the machine does hits both.
					if ((index + 1) % (count / 5) === 0) together.push(await read(items));
				}
				const requests = Math.max(...together.map((one) => one.requests));
				const took = median(together.map((one) => one.took));
				const what = `${count} reading items in n8n at ${LATENCY} ms`;
				const isLargest = count === COUNTS.at(-1);
				report({
					...{ name: `${what}, requests`, value: requests, unit: 'requests', reference: each },
					...(isLargest && { most: REQUESTS }),
				});
				report({
					...{ name: `${what}, against one by one`, value: oneByOne / took, unit: '× faster' },
					...(isLargest && { least: FASTER }),
				});
				report({ name: `${what}, time`, value: took, unit: 'ms', reference: oneByOne });
			}
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main();
