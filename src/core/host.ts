import { later, sleep, type Proxy } from '../platform';

/** Small persistent memory: device ids, remembered session names. Values are JSON. */
export interface Store {
	/** What is set is there again after a restart. */
	lasts?: boolean;
	get: (key: string) => Promise<string | undefined>;
	set: (key: string, value: string | undefined) => Promise<void>;
}

export interface Log {
	debug: (message: string) => void;
	warn: (message: string) => void;
}

/** A log that hears nothing secret. */
export const redactedLog = (log: Log, redact: (text: string) => string): Log => ({
	debug: (message) => log.debug(redact(message)),
	warn: (message) => log.warn(redact(message)),
});

/** What the core needs of the program it runs in: time, chance, memory and a log. */
export interface Host {
	/** Milliseconds since the epoch. */
	now: () => number;
	sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
	/** Runs something later without keeping the program alive for it. */
	later: (milliseconds: number, run: () => void) => void;
	/** 0 up to 1. */
	random: () => number;
	store: Store;
	log: Log;
	proxy?: Proxy;
}

/** Store that lasts as long as the process. */
export function memoryStore(): Store {
	const values = new Map<string, string>();
	return {
		get: async (key) => values.get(key),
		set: async (key, value) => void (value === undefined ? values.delete(key) : values.set(key, value)),
	};
}

/** The real clock and chance of this process, for hosts that add their own store and log. */
export const realHost = (): Pick<Host, 'now' | 'sleep' | 'later' | 'random'> => ({
	now: () => Date.now(),
	sleep,
	later,
	random: Math.random,
});

/** Proxy addresses out of an environment; names in small letters win, as with other programs. Empty ones count as unset. */
export const proxyOf = (environment: Record<string, string | undefined>): Proxy =>
	Object.fromEntries(
		(['http', 'https'] as const)
			.map((name) => [name, environment[`${name}_proxy`] ?? environment[`${name.toUpperCase()}_PROXY`]])
			.concat([['none', environment['no_proxy'] ?? environment['NO_PROXY']]])
			.filter(([, value]) => value !== undefined && value !== ''),
	) as Proxy;
