import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { root } from '../places';

/** What loading took: milliseconds of n8n-workflow and of the package after it, and bytes that the package holds. */
export interface Loaded {
	workflowMs: number;
	ms: number;
	heap: number;
}

const used = (): number => {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
};

interface Manifest {
	n8n: { nodes: string[]; credentials: string[] };
}

const { n8n } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

/** Every node and credential of the package as n8n makes them, kept so that they count. */
function loadAll(): object[] {
	return [...n8n.nodes, ...n8n.credentials].map((file) => {
		const name = path.basename(file).split('.')[0]!;
		const { [name]: Class } = require(path.join(root, file)) as Record<
			string,
			new () => Pick<INodeType, 'description'>
		>;
		return new Class!();
	});
}

const start = performance.now();
require('n8n-workflow');
const workflowMs = performance.now() - start;
const before = used();
const second = performance.now();
const all = loadAll();
const ms = performance.now() - second;
process.send?.({ workflowMs, ms, heap: used() - before, count: all.length } satisfies Loaded & { count: number }, () =>
	process.exit(),
);
