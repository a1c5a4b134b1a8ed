import type { FunctionsBase, ICredentialDataDecryptedObject } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';
import { explain, rightOf, serviceOf, spacingOf } from '../services';
import type { ConnectionInput } from '../core/connection';
import { connectionSchema } from '../core/connection';
import { memoryStore, proxyOf, realHost, type Host } from '../core/host';
import { CodeSource } from '../core/otp';
import { botSchema, type BotInput } from '../core/bot';
import { environment } from '../platform';
import { createPool, type Pool, type PoolOptions } from '../core/pool';

/** Names of the credential types: an account of the NAS, and a bot or webhook of Chat. */
export const CREDENTIAL = 'synologyNasApi';
export const BOT_CREDENTIAL = 'synologyChatBotApi';

/** Milliseconds that a session outlives the last node that used it: polls and short workflows then need no login of their own. */
const LINGER = 5 * 60_000;

/** Clock, memory and log of this n8n process. Device ids are kept as long as it runs: a node cannot write to a credential. */
const host: Host = {
	...realHost(),
	store: memoryStore(),
	log: {
		debug: (message) => LoggerProxy.debug(`Synology: ${message}`),
		warn: (message) => LoggerProxy.warn(`Synology: ${message}`),
	},
	proxy: proxyOf(environment()),
};

/** What every pool here gets; a one-time code is good once, whichever pool made it. */
const common = { explain, rightOf, serviceOf, spacingOf, codes: new CodeSource(), host };
let shared: Pool | undefined;

/** The sessions of this n8n process: one for each connection, however many nodes and executions use it. */
export const sharedPool = (): Pool => (shared ??= createPool({ ...common, lingerMs: () => LINGER }));

/** The same process without its memory. */
export const forgetful = (): Host => ({ ...host, store: memoryStore() });

/** A pool of its own, for a login that must really happen. */
export const freshPool = (options: Partial<PoolOptions> = {}): Pool => createPool({ ...common, ...options });

/** Logs out of everything; the next use opens a new pool. For the end of a process, and for tests. */
export async function closeSharedPool(): Promise<void> {
	const closing = shared;
	shared = undefined;
	await closing?.close();
}

/**
 * Connection settings out of a credential: n8n adds fields of its own, which must not open a second session. A one-time code is none of
 * them: it opens one session, and a node cannot write the device that it brings to a credential.
 */
export function connectionOf(credential: ICredentialDataDecryptedObject): ConnectionInput {
	const { otpCode: _code, ...shape } = connectionSchema.shape;
	const fields = Object.keys(shape).filter((name) => credential[name] !== undefined);
	return Object.fromEntries(fields.map((name) => [name, credential[name]])) as ConnectionInput;
}

/** Settings of a bot out of a credential; a token is always among them. */
export function botOf(credential: ICredentialDataDecryptedObject): BotInput {
	const fields = Object.keys(botSchema.shape).filter((name) => credential[name] !== undefined);
	return { token: '', ...Object.fromEntries(fields.map((name) => [name, credential[name]])) };
}

/** Connection settings of the node that asks: those of a bot for what goes with a token. Throws when no credential is chosen. */
export async function connectionFor<T extends boolean = false>(
	context: Pick<FunctionsBase, 'getCredentials'>,
	token?: T,
): Promise<T extends true ? ConnectionInput | BotInput : ConnectionInput> {
	const name = token ? BOT_CREDENTIAL : CREDENTIAL;
	const credential = await context.getCredentials(name);
	return (token ? botOf(credential) : connectionOf(credential)) as ConnectionInput;
}
