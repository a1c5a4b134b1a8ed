/** Small persistent memory: device ids, remembered session names. Values are JSON. */
export interface Store {
	get: (key: string) => Promise<string | undefined>;
	set: (key: string, value: string | undefined) => Promise<void>;
}

export interface Log {
	debug: (message: string) => void;
	warn: (message: string) => void;
}

/** What the core needs of the program it runs in: time, chance, memory and a log. */
export interface Host {
	/** Milliseconds since the epoch. */
	now: () => number;
	sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
	/** 0 up to 1. */
	random: () => number;
	store: Store;
	log: Log;
	/** Proxy addresses from the environment, as `HTTP_PROXY` and its kin hold them. */
	proxy?: { http?: string; https?: string; none?: string };
}

/** Store that lasts as long as the process. */
export function memoryStore(): Store {
	const values = new Map<string, string>();
	return {
		get: async (key) => values.get(key),
		set: async (key, value) => void (value === undefined ? values.delete(key) : values.set(key, value)),
	};
}
