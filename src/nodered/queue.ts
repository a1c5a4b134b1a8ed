/** Work of one node, one piece after the other, so that answers leave in the order in which messages came. */
export class Queue {
	#last: Promise<void> = Promise.resolve();
	#closed = false;
	readonly #abort = new AbortController();

	/** Fires when the queue is closed. */
	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** Adds work. `run` must not throw; it is not started any more after `close`. */
	add(run: () => Promise<void>): void {
		this.#last = this.#last.then(async () => {
			if (!this.#closed) await run();
		});
	}

	/** Ends running work through the signal, drops the rest, and waits for the end. */
	async close(): Promise<void> {
		this.#closed = true;
		this.#abort.abort();
		await this.#last;
	}
}
