import { raced } from './abort';
import type { Host } from './host';

/**
 * One line for the sends of one account or token: they leave one after the other in the order in which they came, `spacing`
 * milliseconds apart (chat.md 17.3). A single send waits for nothing. A send that is given up leaves its place to the next.
 */
export class RateLimiter {
	readonly #host: Pick<Host, 'now' | 'sleep'>;
	#last: Promise<unknown> = Promise.resolve();
	/** From when on the next send may leave. */
	#free = 0;

	constructor(host: Pick<Host, 'now' | 'sleep'>) {
		this.#host = host;
	}

	async turn<T>(spacing: number, signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
		const before = this.#last;
		const turn = (async () => {
			await raced(before, signal);
			const wait = Math.min(this.#free - this.#host.now(), spacing);
			if (wait > 0) await raced(this.#host.sleep(wait, signal), signal);
			try {
				return await send();
			} finally {
				this.#free = this.#host.now() + spacing;
			}
		})();
		// One that was given up while it waited must not let the next overtake those before it.
		this.#last = Promise.allSettled([before, turn]);
		return await turn;
	}
}
