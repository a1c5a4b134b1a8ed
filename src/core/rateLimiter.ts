import { raced } from './abort';
import { isDsmError } from './errors';
import type { Host } from './host';

/** Longest time that one send is tried again while the NAS calls it too fast: other programs may send in the account's name, too. */
const PATIENCE = 5 * 60_000;
/** Longest distance between two sends, milliseconds. */
const SLOWEST = 8_000;
/** By how many of its spacings a refusal lengthens the distance, and what a send that was taken leaves of the lengthening. */
const SLOWER = 2 / 3;
const FASTER = 0.7;

/**
 * One line for the sends of one account or token: they leave one after the other in the order in which they came, `spacing`
 * milliseconds apart (chat.md 17.3). A single send waits for nothing. A send that is given up leaves its place to the next.
 *
 * A refusal as "too fast" means that another program sends in the same name. Then the whole line keeps a longer distance, of a chance
 * length, which leaves gaps for the others; with each send that is taken it shortens again. What was refused was not done, so it is tried
 * again for minutes (decision 0047).
 */
export class RateLimiter {
	readonly #host: Pick<Host, 'now' | 'sleep' | 'random'>;
	#last: Promise<unknown> = Promise.resolve();
	/** From when on the next send may leave, and the pause that led there: a clock that was set back must not make it longer. */
	#free = 0;
	#pause = 0;
	/** Milliseconds beyond `spacing` that the line keeps on average. */
	#extra = 0;

	constructor(host: Pick<Host, 'now' | 'sleep' | 'random'>) {
		this.#host = host;
	}

	/** Sends when it is this one's turn, again and again while the NAS refuses it as too fast. Throws what `send` throws. */
	async turn<T>(spacing: number, signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
		const before = this.#last;
		const turn = (async () => {
			await raced(before, signal);
			const started = this.#host.now();
			for (;;) {
				await this.#untilFree(signal);
				try {
					const sent = await send();
					this.#taken(spacing);
					return sent;
				} catch (error) {
					const isRefusal = isTooFast(error);
					if (isRefusal) this.#refused(spacing);
					else this.#waitFor(spacing);
					if (!isRefusal || this.#host.now() - started > PATIENCE) throw error;
				}
			}
		})();
		// One that was given up while it waited must not let the next overtake those before it.
		this.#last = Promise.allSettled([before, turn]);
		return await turn;
	}

	async #untilFree(signal: AbortSignal | undefined): Promise<void> {
		const wait = Math.min(this.#free - this.#host.now(), this.#pause);
		if (wait > 0) await raced(this.#host.sleep(wait, signal), signal);
	}

	#taken(spacing: number): void {
		this.#extra *= FASTER;
		// Below this nobody else is felt any more.
		if (this.#extra < spacing / 10) this.#extra = 0;
		this.#waitFor(spacing + this.#extra * (0.5 + this.#host.random()));
	}

	#refused(spacing: number): void {
		this.#extra = Math.min(this.#extra + spacing * SLOWER, SLOWEST);
		// Not the longer distance: whoever was refused looks for a gap, whoever was taken leaves one.
		this.#waitFor(spacing * (1 + this.#host.random()));
	}

	#waitFor(pause: number): void {
		this.#pause = pause;
		this.#free = this.#host.now() + pause;
	}
}

/** The lines of one process: connections with the same owner share one. */
export class RateLimiters {
	readonly #host: Pick<Host, 'now' | 'sleep' | 'random'>;
	readonly #lines = new Map<string, RateLimiter>();

	constructor(host: Pick<Host, 'now' | 'sleep' | 'random'>) {
		this.#host = host;
	}

	/** `owner`: NAS and account, or the token. */
	of(owner: string): RateLimiter {
		const line = this.#lines.get(owner) ?? new RateLimiter(this.#host);
		this.#lines.set(owner, line);
		return line;
	}
}

/** Refused before anything was done, and not by a server that says itself how long to wait. */
export const isTooFast = (error: unknown): boolean =>
	isDsmError(error) && error.details.transient === true && error.details.retryAfter === undefined;
