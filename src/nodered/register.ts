import type { Service } from '../catalog/operation';
import { written, type Part } from '../host/written';
import { headName, serviceById, services, type NodeKind } from '../services';
import { typeOf } from './types';
import type { NodeConfig, NodeConstructor, Red, RedNode } from './red';

/** What makes the nodes of each kind; it is loaded with the service when the first of them is made. */
const load: Record<NodeKind, () => (red: Red, service: Service) => NodeConstructor> = {
	action: () => (require('./action') as typeof import('./action')).actionNode,
	trigger: () => (require('./trigger') as typeof import('./trigger')).triggerNode,
	push: () => (require('./push') as typeof import('./push')).pushNode,
};

/** Names of the credentials of a service's nodes: the parameters that hold secrets. */
export const secretsPart = (id: string): Part<string[]> => [
	`nodes/${headName({ id })}/secrets.json`,
	() => {
		const { secretName, secretsOf } = require('./form') as typeof import('./form');
		return secretsOf(serviceById(id)).map(secretName);
	},
];

/** Stands for the nodes of one kind until the first of them is made. */
function later(red: Red, id: string, kind: NodeKind): NodeConstructor {
	let make: NodeConstructor | undefined;
	return function (this: RedNode, config: NodeConfig) {
		make ??= load[kind]()(red, serviceById(id));
		make.call(this, config);
	};
}

/** What an entry file of Node-RED exports: registers the nodes of one service. */
export const registerService =
	(id: string) =>
	(red: Red): void => {
		const { nodes = [] } = services.find((entry) => entry.id === id) ?? {};
		const secrets = written(secretsPart(id)).map((name) => [name, { type: 'password' as const }] as const);
		for (const kind of nodes)
			red.nodes.registerType(typeOf({ id }, kind), later(red, id, kind), { credentials: Object.fromEntries(secrets) });
	};
