import { explain, rightOf, serviceOf, spacingOf } from '../services';
import { connectionSchema, ownerOf } from '../core/connection';
import { DsmInputError } from '../core/errors';
import { memoryStore, proxyOf, realHost, type Host } from '../core/host';
import { CodeSource } from '../core/otp';
import { createPool, type Lease, type Pool, type PoolOptions } from '../core/pool';
import type { Owner } from '../host/identity';
import { registerCheck } from './checkNas';
import { registerChoices } from './choices';
import { Health } from './health';
import { registerSignIn } from './signIn';
import { registerTest } from './test-login';
import type { NodeConfig, Red, RedNode } from './red';
import { checkVariables, credentialsOf, settingsOf } from './settings';

/** Type of the configuration node. */
export const CONNECTION_TYPE = 'synology-nas';

/** What other nodes see of a connection node. */
export interface ConnectionNode extends RedNode {
	/** A handle to the NAS; nothing is sent before its first call. Throws DsmInputError on bad settings. */
	acquire: (apis: readonly string[]) => Lease;
	/** Text without the secrets of this connection. */
	redact: (text: string) => string;
	/** Whether it works, as all nodes that use it have found. */
	health: Health;
	/** Which NAS and account this is, to tell whether a saved place belongs to it. No secret. */
	owner: Owner;
}

export const connectionCredentials = credentialsOf(connectionSchema);

/** What the core needs, from Node-RED. */
export function noderedHost(red: Red): Host {
	return {
		...realHost(),
		store: memoryStore(),
		log: { debug: (text) => red.log.debug(`synology: ${text}`), warn: (text) => red.log.warn(`synology: ${text}`) },
		proxy: proxyOf(process.env),
	};
}

/** A one-time code is good once, whichever pool made it. */
const codes = new CodeSource();

/** A pool of its own, with the meaning of every service's codes. */
export const openPool = (host: Host, options: Partial<PoolOptions> = {}): Pool =>
	createPool({ host, explain, rightOf, serviceOf, spacingOf, codes, ...options });

/** Milliseconds from the end of the last use to the logout: a redeploy, or the next list, needs no login of its own. */
const GRACE = 5000;

/** The grace, but none where the flows stop for good: a session that is still there at the end of the process would be left over. */
function graceOf(red: Red): () => number {
	let stopping = false;
	// A deploy says whether the configuration of all flows changed with it; a mere stop does not.
	red.events.on('flows:stopping', ({ diff }) => (stopping = diff?.globalConfigChanged === undefined));
	red.events.on('flows:started', () => (stopping = false));
	return () => (stopping ? 0 : GRACE);
}

/**
 * Registers the connection node with its login test and its pick lists. One session pool serves the whole runtime, so that
 * connection nodes with the same settings share a session, which ends soon after its last use.
 */
export function registerConnection(red: Red): void {
	const host = noderedHost(red);
	const pool = openPool(host, { lingerMs: graceOf(red) });

	function Connection(this: ConnectionNode, config: NodeConfig): void {
		red.nodes.createNode(this, config);
		const settings = settingsOf(config, this.credentials);
		this.acquire = (apis) => pool.acquire(checkVariables(settings), { apis });
		this.health = new Health();
		this.redact = (text) => pool.redact(text);
		this.owner = ownerOf(settings);
	}

	red.nodes.registerType(CONNECTION_TYPE, Connection as (this: RedNode, config: NodeConfig) => void, {
		credentials: connectionCredentials,
	});
	registerTest(red, host, pool);
	registerCheck(red, host, pool);
	registerSignIn(red, host);
	registerChoices(red, pool);
}

/** The connection that a node uses, or undefined when none is chosen, or it is disabled. */
export function connectionOf(red: Red, id: unknown): ConnectionNode | undefined {
	const node = typeof id === 'string' && id !== '' ? red.nodes.getNode(id) : null;
	return node && typeof (node as ConnectionNode).acquire === 'function' ? (node as ConnectionNode) : undefined;
}

/** The connection that a node uses. Throws DsmInputError when none is chosen, or it is disabled. */
export function chosenConnection(red: Red, config: NodeConfig): ConnectionNode {
	const connection = connectionOf(red, config['nas']);
	if (connection) return connection;
	throw new DsmInputError('No connection is chosen, or it is disabled.', {
		path: ['nas'],
		hint: 'Open the node and choose or add a Synology NAS.',
	});
}
