import { explain, rightOf, serviceOf, spacingOf } from '../services';
import { connectionSchema, ownerOf } from '../core/connection';
import { memoryStore, proxyOf, realHost, type Host } from '../core/host';
import { CodeSource } from '../core/otp';
import { createPool, type Lease, type Pool } from '../core/pool';
import type { z } from '../vendor/zod';
import type { Owner } from '../host/identity';
import { registerChoices } from './choices';
import { registerSignIn } from './signIn';
import { registerTest } from './test-login';
import type { NodeConfig, Red, RedNode, TypeOptions } from './red';

/** Type of the configuration node. */
export const CONNECTION_TYPE = 'synology-nas';

/** What other nodes see of a connection node. */
export interface ConnectionNode extends RedNode {
	/** A handle to the NAS; nothing is sent before its first call. Throws DsmInputError on bad settings. */
	acquire: (apis: readonly string[]) => Lease;
	/** Text without the secrets of this connection. */
	redact: (text: string) => string;
	/** Which NAS and account this is, to tell whether a saved place belongs to it. No secret. */
	owner: Owner;
}

/** Settings kept as credentials, outside the flow file: the secrets, and the account beside them. */
export function credentialsOf({ shape }: z.ZodObject): NonNullable<TypeOptions['credentials']> {
	const isSecret = (name: string): boolean => shape[name]?.meta()?.widget === 'secret';
	return Object.fromEntries(
		Object.keys(shape)
			.filter((name) => isSecret(name) || name === 'account')
			.map((name) => [name, { type: isSecret(name) ? 'password' : 'text' }]),
	);
}

export const connectionCredentials = credentialsOf(connectionSchema);

/** Settings of a saved node, form values and credentials together. */
export function settingsOf<S extends z.ZodObject = typeof connectionSchema>(
	config: NodeConfig,
	credentials: Record<string, string> = {},
	schema = connectionSchema as z.ZodObject as S,
): z.input<S> {
	const secret = credentialsOf(schema);
	const names = Object.keys(schema.shape);
	return Object.fromEntries(
		names.map((name) => [name, name in secret ? credentials[name] : config[name]]),
	) as z.input<S>;
}

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
export const openPool = (host: Host): Pool => createPool({ host, explain, rightOf, serviceOf, spacingOf, codes });

/**
 * Registers the connection node with its login test and its pick lists. One session pool serves the whole runtime, so that
 * connection nodes with the same settings share a session; the last node to close logs out.
 */
export function registerConnection(red: Red): void {
	const host = noderedHost(red);
	const pool = openPool(host);

	function Connection(this: ConnectionNode, config: NodeConfig): void {
		red.nodes.createNode(this, config);
		const settings = settingsOf(config, this.credentials);
		this.acquire = (apis) => pool.acquire(settings, { apis });
		this.redact = (text) => pool.redact(text);
		this.owner = ownerOf(settings);
	}

	red.nodes.registerType(CONNECTION_TYPE, Connection as (this: RedNode, config: NodeConfig) => void, {
		credentials: connectionCredentials,
	});
	registerTest(red, host, pool);
	registerSignIn(red, host);
	registerChoices(red);
}

/** The connection that a node uses, or undefined when none is chosen, or it is disabled. */
export function connectionOf(red: Red, id: unknown): ConnectionNode | undefined {
	const node = typeof id === 'string' && id !== '' ? red.nodes.getNode(id) : null;
	return node && typeof (node as ConnectionNode).acquire === 'function' ? (node as ConnectionNode) : undefined;
}
