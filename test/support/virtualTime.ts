interface Sleeper {
	at: number;
	wake: () => void;
}

/**
 * A time that passes only while everybody who takes part sleeps: then it goes on to the moment at which the first of them is due. So
 * programs run against each other for minutes, and the test takes none.
 */
export class VirtualTime {
	#now: number;
	#awake = 0;
	#sleepers: Sleeper[] = [];

	constructor(start: number) {
		this.#now = start;
	}

	now = (): number => this.#now;

	/** Part of the work of one who takes part, who does nothing else meanwhile. */
	sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
		const woken = new Promise<void>((wake, reject) => {
			const sleeper: Sleeper = { at: this.#now + milliseconds, wake };
			this.#sleepers.push(sleeper);
			signal?.addEventListener('abort', () => {
				this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
				reject(signal.reason as Error);
			});
		});
		this.#pass();
		try {
			await woken;
		} finally {
			this.#awake++;
		}
	};

	/** Work that takes part in this time. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		this.#awake++;
		try {
			return await work();
		} finally {
			this.#pass();
		}
	}

	/** One less is awake; the last one lets time pass. */
	#pass(): void {
		if (--this.#awake > 0) return;
		const [first, ...others] = this.#sleepers.sort((one, other) => one.at - other.at);
		if (!first) return;
		this.#sleepers = others;
		this.#now = Math.max(this.#now, first.at);
		first.wake();
	}
}

/** Chance that is the same in each run: a number from 0 up to 1 with each call (mulberry32). */
export function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
