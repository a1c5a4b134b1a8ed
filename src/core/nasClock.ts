import type { Host } from './host';

/** A Date header has whole seconds: only a real difference is taken. */
const ROUNDED = 1500;
/** A step that clocks make when they are corrected; a longer one has to be confirmed. */
const STEP = 60_000;
/** How long answers must agree on a longer step. */
const CONFIRMED = 10 * 60_000;

/**
 * The clock of the NAS as its answers tell it. One wrong Date must not move it: after the first answer it goes by steps of at most a
 * minute, and further only when all answers of ten minutes agree (core.md 20).
 */
export class NasClock {
	readonly #host: Pick<Host, 'now'>;
	/** Clock of the NAS minus ours, milliseconds. */
	#offset = 0;
	#isSet = false;
	/** A longer step that is not confirmed yet. */
	#doubted: { offset: number; since: number } | undefined;

	constructor(host: Pick<Host, 'now'>) {
		this.#host = host;
	}

	/** Milliseconds. */
	now(): number {
		return this.#host.now() + this.#offset;
	}

	/** Takes a time over that was asked for. */
	set(milliseconds: number): void {
		this.#take(milliseconds - this.#host.now());
	}

	/** Header Date of an answer that DSM itself gave. */
	hear(date: unknown): void {
		const time = Date.parse(String(date));
		if (Number.isNaN(time)) return;
		const ours = this.#host.now();
		const offset = time - ours;
		const step = Math.abs(offset - this.#offset);
		if (step <= ROUNDED) return this.#take(this.#offset);
		if (step <= STEP || !this.#isSet) return this.#take(offset);
		if (!this.#doubted || Math.abs(offset - this.#doubted.offset) > STEP) this.#doubted = { offset, since: ours };
		else if (ours - this.#doubted.since >= CONFIRMED) this.#take(offset);
	}

	#take(offset: number): void {
		this.#offset = offset;
		this.#isSet = true;
		this.#doubted = undefined;
	}
}
