import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Simulator } from '../../src/simulator';
import { received, sink, until, type FlowNode, type NodeRed } from './runtime';

const folder = path.join(__dirname, '../../examples');

/** File names of all examples. */
export const examples = readdirSync(folder).filter((name) => name.endsWith('.json'));

export const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as FlowNode[];

export const idOf = (flow: FlowNode[], name: string): string => flow.find((node) => node['name'] === name)!.id;

/** The example as a user imports it, with the connection filled in, and each Debug node handing its messages to the test. */
export async function deployExample(red: NodeRed, simulator: Simulator, name: string): Promise<FlowNode[]> {
	const nodes = read(name).map((node) => {
		if (node.type === 'synology-nas')
			return { ...node, url: simulator.url, credentials: { account: simulator.account, password: simulator.password } };
		if (node.type === 'debug') return { ...sink(node.id), z: node['z'] };
		if (/^synology-(.*-trigger|connection)$/.test(node.type)) return { ...node, interval: '2' };
		return node;
	});
	for (const { id } of nodes) received(id).length = 0;
	await red.deploy(nodes);
	return read(name);
}

/** Waits for the first poll of a trigger node. */
export async function watched(red: NodeRed, id: string): Promise<void> {
	await until(() => red.statuses.some((status) => status.id === id && status.fill === 'green'), 'the first poll');
}

/** Presses the button of an Inject node. */
export async function pressButton(red: NodeRed, flow: FlowNode[], name: string): Promise<void> {
	const answer = await red.post(`/inject/${idOf(flow, name)}`, {});
	if (answer.status !== 200) throw new Error(`The button "${name}" answers ${answer.status}.`);
}
