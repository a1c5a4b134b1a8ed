import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { linkPackage } from '../places';
import type { Address } from './nas';

export type Message = Record<string, unknown>;
export type FlowNode = Record<string, unknown> & { id: string; type: string };

/** The part of Node-RED's runtime that is used here; the package has no declarations. */
interface Runtime {
	init: (server: object | undefined, settings: object) => void;
	httpNode: RequestListener;
	start: () => Promise<void>;
	stop: () => Promise<void>;
	events: { once: (name: string, listener: () => void) => void };
	nodes: { getNode: (id: string) => { receive: (message: Message) => void } };
}

/** A function node that hands its message to the benchmark. */
const sink = (id: string): FlowNode => ({
	id,
	type: 'function',
	z: 'tab',
	x: 300,
	y: 100,
	func: `global.get('${id}')(msg);`,
	wires: [],
});

const flows = (url: string, nodes: readonly FlowNode[]): FlowNode[] => [
	{ id: 'tab', type: 'tab', label: 'Benchmark' },
	{ id: 'nas', type: 'synology-nas', url, tls: 'verify', session: 'webui', timeout: '60' },
	...nodes,
	sink('out'),
	{ id: 'catch', type: 'catch', z: 'tab', x: 100, y: 200, wires: [['failed']] },
	sink('failed'),
];

/** Node-RED at work. */
export interface Running {
	/** Hands a message to a node. */
	send: (id: string, message: Message) => void;
	stop: () => Promise<void>;
	/** Where nodes that are called listen: `http://127.0.0.1:41234`. */
	url: string;
}

/** Told of what reaches the function node "out", and of errors. */
export interface Listeners {
	out: (message: Message) => void;
	failed: (error: Error) => void;
	/** A line of the log. */
	line?: (text: string) => void;
}

/** Credentials of nodes beside those of the connection, by the id of the node. */
type Secrets = Record<string, Record<string, string>>;

/** Starts Node-RED with nodes that use the connection "nas". */
export async function startNodeRed(
	userDir: string,
	{ url, account, password }: Address,
	nodes: readonly FlowNode[],
	listeners: Listeners,
	secrets: Secrets = {},
): Promise<Running> {
	linkPackage(userDir);
	writeFileSync(path.join(userDir, 'flows.json'), JSON.stringify(flows(url, nodes)));
	writeFileSync(path.join(userDir, 'flows_cred.json'), JSON.stringify({ nas: { account, password }, ...secrets }));
	const red = require('node-red') as Runtime;
	const server = createServer((request, response) => red.httpNode(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const write = ({ msg }: { msg: unknown }): void => listeners.line?.(String(msg));
	red.init(server, {
		userDir,
		flowFile: 'flows.json',
		httpAdminRoot: false,
		httpNodeRoot: '/',
		credentialSecret: false,
		logging: { console: { level: 'off' }, counted: { level: 'info', handler: () => write } },
		telemetry: { enabled: false },
		functionGlobalContext: {
			out: (message: Message) => listeners.out(message),
			failed: ({ error }: Message) => listeners.failed(new Error((error as Error).message)),
		},
	});
	const started = new Promise<void>((resolve) => red.events.once('flows:started', resolve));
	await red.start();
	await started;
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		send: (id, message) => red.nodes.getNode(id).receive(message),
		async stop() {
			await red.stop();
			server.closeAllConnections();
			server.close();
		},
	};
}
