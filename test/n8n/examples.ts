import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConnections, INode } from 'n8n-workflow';

const folder = join(__dirname, '../../examples/n8n');

/** File names of all examples. */
export const examples = readdirSync(folder).sort();

export interface Example {
	nodes: INode[];
	connections: IConnections;
}

/** An example as a user has it after choosing the credential. */
export function read(file: string): Example {
	const { nodes, connections } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example;
	const chosen = { synologyNasApi: { id: '1', name: 'nas' } };
	return {
		nodes: nodes.map((node) => (node.type.startsWith('@synoflow/') ? { ...node, credentials: chosen } : node)),
		connections,
	};
}

export const nodeOf = ({ nodes }: Example, name: string): INode => nodes.find((node) => node.name === name)!;
