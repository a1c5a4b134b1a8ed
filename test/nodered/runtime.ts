import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '../support/until';

export { until };

const RED = require('node-red') as Runtime;
const express = require('express') as () => App;

export const root = path.join(__dirname, '../..');
export const PACKAGE = '@synoflow/n8n-nodes-synology';

interface App {
	(...args: unknown[]): void;
	use: (path: string, app: unknown) => void;
}

interface Emitter {
	on: (name: string, listener: (event: never) => void) => void;
	removeListener: (name: string, listener: (event: never) => void) => void;
}

interface Runtime {
	init: (server: Server, settings: object) => void;
	start: () => Promise<void>;
	stop: () => Promise<void>;
	httpAdmin: unknown;
	httpNode: unknown;
	nodes: { getNode: (id: string) => RuntimeNode | null };
	events: Emitter;
}

export interface RuntimeNode {
	receive: (message: object) => void;
	context: () => {
		get: (key: string, store: string, done: (error: unknown, value: unknown) => void) => void;
		set: (key: string, value: unknown, store: string, done: () => void) => void;
	};
}

export type FlowNode = Record<string, unknown> & { id: string; type: string };
export type Sent = Record<string, unknown> & { payload?: unknown };

/** A user folder with the built package in it, as a palette installation leaves it. */
export function makeUserDir(): string {
	const userDir = mkdtempSync(path.join(tmpdir(), 'synoflow-nodered-'));
	mkdirSync(path.join(userDir, 'node_modules', path.dirname(PACKAGE)), { recursive: true });
	symlinkSync(root, path.join(userDir, 'node_modules', PACKAGE), 'dir');
	return userDir;
}

/** Node-RED at work, with its whole admin API. */
export class NodeRed {
	readonly sent: { id: string; message: Sent }[] = [];
	readonly statuses: { id: string; text: string; fill: string; shape: string }[] = [];
	readonly log: string[] = [];
	#server: Server | undefined;
	#deployed: string[] = [];
	#listeners: (() => void)[] = [];

	constructor(
		readonly userDir: string,
		readonly settings: object = {},
	) {}

	get url(): string {
		return `http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}`;
	}

	async start(): Promise<this> {
		const app = express();
		this.#server = createServer(app);
		await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve));
		RED.init(this.#server, {
			userDir: this.userDir,
			flowFile: 'flows.json',
			httpAdminRoot: '/',
			httpNodeRoot: '/',
			credentialSecret: 'test',
			logging: {
				console: { level: 'off' },
				test: { level: 'trace', handler: () => (line: { msg: unknown }) => void this.log.push(asText(line.msg)) },
			},
			contextStorage: { default: { module: 'memory' }, disk: { module: 'localfilesystem', config: { cache: false } } },
			telemetry: { enabled: false },
			editorTheme: { tours: false },
			externalModules: { palette: { allowInstall: false } },
			...this.settings,
		});
		app.use('/', RED.httpAdmin);
		app.use('/', RED.httpNode);
		this.#listen(
			'node-status',
			({ id, status = {} }: { id: string; status?: { text?: string; fill?: string; shape?: string } }) => {
				this.statuses.push({ id, text: status.text ?? '', fill: status.fill ?? '', shape: status.shape ?? '' });
			},
		);
		// The start ends before the saved flows are read: their credentials would take the place of those that are deployed meanwhile.
		let isReady = false;
		this.#listen('flows:started', () => (isReady = true));
		await RED.start();
		await until(() => isReady, 'the saved flows');
		return this;
	}

	#listen(name: string, listener: (event: never) => void): void {
		RED.events.on(name, listener);
		this.#listeners.push(() => RED.events.removeListener(name, listener));
	}

	async stop(): Promise<void> {
		await RED.stop();
		for (const remove of this.#listeners) remove();
		this.#server!.closeAllConnections();
		await new Promise((resolve) => this.#server!.close(resolve));
	}

	async get(address: string, accept = 'application/json', headers: Record<string, string> = {}): Promise<Response> {
		return await fetch(this.url + address, { headers: { accept, ...headers } });
	}

	async post(address: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
		return await fetch(this.url + address, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
	}

	/** Deploys, and waits until the nodes are there and the old ones are gone: the answer comes before that. */
	async deploy(flows: FlowNode[], type = 'full'): Promise<void> {
		const nodes = flows
			.filter(({ type: kind, d: isDisabled }) => kind !== 'tab' && isDisabled !== true)
			.map(({ id }) => id);
		const before = new Map(this.#deployed.map((id) => [id, RED.nodes.getNode(id)]));
		const answer = await this.post(
			'/flows',
			{ flows },
			{ 'Node-RED-API-Version': 'v2', 'Node-RED-Deployment-Type': type },
		);
		if (!answer.ok) throw new Error(await answer.text());
		this.#deployed = nodes;
		const isThere = (id: string) => {
			const node = RED.nodes.getNode(id);
			return node !== null && (type !== 'full' || node !== before.get(id));
		};
		const isGone = (id: string) => nodes.includes(id) || RED.nodes.getNode(id) === null;
		await until(() => nodes.every(isThere) && [...before.keys()].every(isGone), 'the deployed nodes');
	}

	node(id: string): RuntimeNode {
		const node = RED.nodes.getNode(id);
		if (!node) throw new Error(`There is no node "${id}".`);
		return node;
	}

	has(id: string): boolean {
		return RED.nodes.getNode(id) !== null;
	}

	/** Everything that files in the user folder say, to look for secrets. */
	file(name: string): string {
		return readFileSync(path.join(this.userDir, name), 'utf8');
	}

	remove(): void {
		rmSync(this.userDir, { recursive: true, force: true });
	}
}

const asText = (value: unknown): string =>
	value instanceof Error
		? `${value.stack} ${JSON.stringify(value)}`
		: typeof value === 'string'
			? value
			: JSON.stringify(value);

const sinks = new Map<string, Sent[]>();

/** Messages that reached a sink node. */
export function received(id: string): Sent[] {
	const found = sinks.get(id) ?? [];
	sinks.set(id, found);
	return found;
}

/** A function node that hands messages to the test without a copy, so that Buffers and streams stay what they are. */
export const sink = (id: string): FlowNode => ({
	id,
	type: 'function',
	z: 'tab',
	x: 500,
	y: 100,
	func: `global.get('sinks')(node.id, msg);`,
	outputs: 0,
	wires: [],
});

/** What the settings hand to function nodes. */
export const functionGlobalContext = {
	sinks: (id: string, message: Sent) => void received(id).push(message),
};

export const tab: FlowNode = { id: 'tab', type: 'tab', label: 'Test' };

/** The connection node for a NAS, with its credentials as a deploy sends them. */
export const nas = (
	{ url, account, password }: { url: string; account: string; password: string },
	changes: Record<string, unknown> = {},
): FlowNode => ({
	id: 'nas',
	type: 'synology-nas',
	name: '',
	url,
	tls: 'verify',
	deviceName: 'Synoflow',
	timeout: '60',
	credentials: { account, password },
	...changes,
});

/** An action node wired to the sink "out". */
export const action = (
	operation: string,
	params: Record<string, { type: string; value: string }> = {},
	changes: Record<string, unknown> = {},
): FlowNode => {
	const [service, resource, name] = operation.split('.');
	return {
		id: 'act',
		type: `synology-${service}`,
		z: 'tab',
		x: 200,
		y: 100,
		version: 2,
		nas: 'nas',
		resource,
		operation: name,
		params,
		wires: [['out']],
		...changes,
	};
};

/** A node that tells what happens to the connection, wired to the sink "out"; it asks as often as it may. */
export const connectionEvents = (changes: object = {}): FlowNode => ({
	id: 'events',
	type: 'synology-connection',
	z: 'tab',
	x: 200,
	y: 100,
	version: 1,
	nas: 'nas',
	interval: '2',
	wires: [['out']],
	...changes,
});

/** A trigger node on new Chat messages, wired to the sink "out"; it polls as often as it may. */
export const trigger = (
	params: Record<string, { type: string; value: string }> = {},
	changes: Record<string, unknown> = {},
): FlowNode => ({
	id: 'trigger',
	type: 'synology-chat-trigger',
	z: 'tab',
	x: 200,
	y: 100,
	version: 1,
	nas: 'nas',
	trigger: 'messageReceived',
	params,
	interval: '2',
	store: 'disk',
	resume: true,
	wires: [['out']],
	...changes,
});

/** A catch node wired to the sink "caught". */
export const catcher: FlowNode = {
	id: 'catch',
	type: 'catch',
	z: 'tab',
	x: 200,
	y: 200,
	scope: null,
	uncaught: false,
	wires: [['caught']],
};
