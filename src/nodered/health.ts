import { isDsmError, type DsmErrorCode } from '../core/errors';

/** Time and chance, so that tests can set them. */
export interface Chance {
	now: () => number;
	/** 0 up to 1. */
	random: () => number;
}

/** Faults that hit whatever is asked on a connection. Those that pass by themselves are tried again soon; a refused login is not. */
const OUTAGES: readonly DsmErrorCode[] = ['connection', 'protocol', 'login', 'session'];
const PASSING: readonly DsmErrorCode[] = ['connection', 'protocol', 'session'];
/** Refusals of the NAS, which show that it is there. What it lacks ("unavailable") may be known from before. */
const ANSWERS: readonly DsmErrorCode[] = ['api', 'permission'];

const isOneOf = (error: unknown, codes: readonly DsmErrorCode[]): boolean =>
	isDsmError(error) && codes.includes(error.code);

/** Whether an error says that the connection does not work, whatever is asked. */
export const isOutage = (error: unknown): boolean => isOneOf(error, OUTAGES);

const needsSignIn = (error: unknown): boolean => isDsmError(error) && error.details.needsSignIn === true;

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60_000;

/** What happens to a connection; `signInAgain`: it is lost until a person signs in with the browser anew. */
export type HealthEvent = 'connected' | 'lost' | 'recovered' | 'signInAgain';

/** An event, and the error that shows it. */
export interface HealthChange {
	event: HealthEvent;
	error?: unknown;
}

/**
 * Whether a connection works, as all its nodes have found. They share one back-off while it does not, and any success of one of them
 * wakes the others.
 */
export class Health {
	readonly #chance: Chance;
	readonly #listeners = new Set<(change: HealthChange) => void>();
	#last: HealthChange | undefined;
	#failures = 0;
	#next = 0;

	constructor(chance: Chance = { now: Date.now, random: Math.random }) {
		this.#chance = chance;
	}

	/** What happened last; undefined before the first use. */
	get last(): HealthChange | undefined {
		return this.#last;
	}

	/** Tells what happens to the connection, once for each change; the answer ends that. */
	onChange(listener: (change: HealthChange) => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/** Whether it does not work. */
	get #isLost(): boolean {
		return this.#last?.event === 'lost' || this.#last?.event === 'signInAgain';
	}

	#tell(change: HealthChange): void {
		if (this.#last?.event === change.event) return;
		this.#last = change;
		for (const listener of [...this.#listeners]) listener(change);
	}

	/** Something worked that bore the account: that somebody answers does not show that the connection works. */
	succeeded(): void {
		this.#failures = 0;
		this.#next = 0;
		if (this.#isLost) this.#tell({ event: 'recovered' });
		else if (!this.#last) this.#tell({ event: 'connected' });
	}

	/**
	 * Something failed. Milliseconds to the next try of all nodes of the connection, when the connection is what failed and that may pass by
	 * itself: 2 s, doubled up to a minute, give or take a tenth. Undefined for any other fault.
	 */
	failed(error: unknown): number | undefined {
		if (isOneOf(error, ANSWERS)) this.succeeded();
		if (isOutage(error)) this.#tell({ event: needsSignIn(error) ? 'signInAgain' : 'lost', error });
		if (!isOneOf(error, PASSING)) return undefined;
		const { now, random } = this.#chance;
		// Nodes that fail at the same moment have made one try together.
		if (now() >= this.#next) {
			const pause = Math.min(FIRST_PAUSE * 2 ** this.#failures++, LONGEST_PAUSE);
			this.#next = now() + pause * (0.9 + 0.2 * random());
		}
		return this.#next - now();
	}

	/** Runs something on the connection, and learns from it; `boreAccount` is asked when it is over. */
	async watch<T>(run: () => Promise<T>, boreAccount: () => boolean): Promise<T> {
		try {
			const answer = await run();
			if (boreAccount()) this.succeeded();
			return answer;
		} catch (error) {
			this.failed(error);
			throw error;
		}
	}
}
