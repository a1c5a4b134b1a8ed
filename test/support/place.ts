import type { PlaceStore } from '../../src/host/poll';

/** A place that is kept in memory, as JSON, like a host would. */
export class MemoryPlace implements PlaceStore {
	saves = 0;
	/** Thrown instead of saving. */
	fault: Error | undefined;
	#saved: string | undefined;

	constructor(saved?: unknown) {
		this.#saved = saved === undefined ? undefined : JSON.stringify(saved);
	}

	/** What a host would read after a restart. */
	get saved(): unknown {
		return this.#saved === undefined ? undefined : (JSON.parse(this.#saved) as unknown);
	}

	async load(): Promise<unknown> {
		return await Promise.resolve(this.saved);
	}

	async save(place: object | undefined): Promise<void> {
		if (this.fault) throw this.fault;
		this.saves++;
		this.#saved = JSON.stringify(place);
		await Promise.resolve();
	}
}
