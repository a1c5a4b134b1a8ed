import type { ConnectionInput } from './connection';
import type { Dsm } from './dsm';
import type { Host } from './host';

/** A session that can be stored and resumed in another process (core.md 4.7). Secret. */
export interface StoredSession {
	v: 1;
	url: string;
	account: string;
	sid: string;
	synoToken?: string;
	deviceId?: string;
	created: number;
}

/** Use of a pooled session; the last release logs out. */
export interface Lease {
	dsm: Dsm;
	/** Device id that the NAS issued for this connection, to be kept in the credential. Secret. */
	deviceId: () => string | undefined;
	/** The session as it is now, logging in first if needed. */
	export: () => Promise<StoredSession>;
	release: () => Promise<void>;
}

export interface AcquireOptions {
	/** API names that will be used: asked for in the one discovery request. */
	apis?: readonly string[];
	/** Start from a stored session instead of a login; `validate` (default true) asks the NAS once whether it still holds. */
	resume?: { session: StoredSession; validate?: boolean };
}

export interface PoolOptions {
	host: Host;
	/** Meaning of a service's own codes. */
	explain?: (api: string, code: number) => { cause: string; remedy: string } | undefined;
	/** Milliseconds that an unused session is kept before it is logged out (default 0: at once). */
	lingerMs?: number;
}

export interface Pool {
	/** Gives a handle at once; nothing is sent before the first call. Throws DsmInputError on bad settings. */
	acquire: (connection: ConnectionInput, options?: AcquireOptions) => Lease;
	/** Logs out of everything. */
	close: () => Promise<void>;
}

export declare function createPool(options: PoolOptions): Pool;
