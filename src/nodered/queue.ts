/** Work of one node. With a width of one, answers leave in the order in which messages came. */
export class Queue {
	readonly #width: number;
	readonly #running = new Set<Promise<void>>();
	readonly #waiting: (() => Promise<void>)[] = [];
	#closed = false;
	readonly #abort = new AbortController();

	/** `width`: how many pieces of work run at the same time. */
	constructor(width = 1) {
		this.#width = width;
	}

	/** Fires when the queue is closed. */
	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** Pieces of work under way. */
	get running(): number {
		return this.#running.size;
	}

	/** Pieces of work whose turn has not come. */
	get waiting(): number {
		return this.#waiting.length;
	}

	/** Adds work. `run` must not throw; it is not started any more after `close`. */
	add(run: () => Promise<void>): void {
		this.#waiting.push(run);
		this.#start();
	}

	#start(): void {
		while (!this.#closed && this.#running.size < this.#width && this.#waiting.length > 0) {
			const run = this.#waiting.shift()!;
			// Begun in a turn of its own: who adds work is not held up by it.
			const work: Promise<void> = Promise.resolve()
				.then(async () => {
					if (!this.#closed) await run();
				})
				.finally(() => {
					this.#running.delete(work);
					this.#start();
				});
			this.#running.add(work);
		}
	}

	/** Ends running work through the signal, drops the rest, and waits for the end. */
	async close(): Promise<void> {
		this.#closed = true;
		this.#abort.abort();
		this.#waiting.length = 0;
		await Promise.all(this.#running);
	}
}
