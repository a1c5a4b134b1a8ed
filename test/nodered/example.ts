import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Simulator } from '../../src/simulator';
import { received, sink, type FlowNode, type NodeRed } from './runtime';

const folder = path.join(__dirname, '../../examples/nodered');

/** Files of all examples. */
export const names = readdirSync(folder);
export const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as FlowNode[];

/** Runs an example as a user imports it, with the connection filled in, and each Debug node handing its messages to the test. */
export async function runExample(
	red: NodeRed,
	{ url, account, password }: Simulator,
	name: string,
): Promise<FlowNode[]> {
	const nodes = read(name).map((node) => {
		if (node.type === 'synology-nas') return { ...node, url, credentials: { account, password } };
		if (node.type === 'debug') return { ...sink(node.id), z: node['z'] };
		return node.type.endsWith('-trigger') ? { ...node, interval: '2' } : node;
	});
	for (const { id } of nodes) received(id).length = 0;
	await red.deploy(nodes);
	return read(name);
}

/** Id of a node by its name. */
export const idOf = (flow: FlowNode[], name: string): string => flow.find((node) => node['name'] === name)!.id;
