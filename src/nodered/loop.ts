import { createHash } from 'node:crypto';
import type { Budget } from '../catalog/operation';
import { isDsmError } from '../core/errors';
import type { Hint, HintListener } from '../core/realtime';
import type { Polled } from '../host/poll';
import { isOutage, type Chance, type Health } from './health';
import type { NodeConfig } from './red';

/** Time, chance and timers, so that tests can set them. */
export interface LoopClock extends Chance {
	/** Runs once, later; the answer takes it back. */
	later: (milliseconds: number, run: () => void) => () => void;
}

/** A timer of Node.js holds no more than this many milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The clock of the machine. */
export const clock: LoopClock = {
	now: Date.now,
	random: Math.random,
	later: (milliseconds, run) => {
		const timer = setTimeout(run, Math.min(milliseconds, LONGEST_TIMER));
		return () => clearTimeout(timer);
	},
};

const SHORTEST_INTERVAL = 2;

/** Milliseconds between polls as a node says; `usual`: seconds where it says nothing. Never below 2 s. */
export const intervalOf = (config: NodeConfig, usual: number): number =>
	Math.max(SHORTEST_INTERVAL, Number(config['interval']) || usual) * 1000;

export interface LoopOptions<P extends Polled = Polled> {
	/** One poll, which ends when its budget is spent. Throws DsmInputError when the parameters do not fit. */
	poll: (budget: Budget) => Promise<P>;
	/** Account and NAS, as one text: triggers on the same connection poll at the same moment. */
	group: string;
	/** Milliseconds between polls. */
	interval: number;
	/** Listens to hints that a poll may find something, from the first poll that ended well; absent: the interval alone decides. */
	listen?: ((listener: HintListener) => () => void) | undefined;
	clock: LoopClock;
	/** Of the connection: it says when to try again while that does not work, and wakes the loop when it does. */
	health: Health;
	/** Whether the last poll bore the account; absent: it did. */
	boreAccount?: () => boolean;
	/** A poll ended well. */
	polled: (polled: P) => void;
	/** First of a row of failures. `final`: no more polls until the node is deployed again. */
	failed: (error: unknown, final: boolean) => void;
	/** First success after failures. */
	recovered: () => void;
}

/** A poll that goes on longer than this comes back with what it has, and the next one follows at once. */
const BUDGET = 20_000;
const LONGEST_PAUSE = 30 * 60_000;
/** After a hint: what comes together is asked for together. */
const HINT_PAUSE = 250;
/** Polls that hints ask for are so far apart at least: Chat hints at every "is typing". */
const HINT_GAP = 1000;
/** Shortest interval while hints come, in case one is lost. */
const SAFETY_INTERVAL = 30_000;

/**
 * What only an edit can heal: trying again would lock the account (core.md 6) or ask the same wrong question. Other refusals, such
 * as a blocked address, end by themselves or on the NAS.
 */
const isFinal = (error: unknown): boolean =>
	isDsmError(error) && (error.code === 'input' || error.details.needsEdit === true);

/** When a trigger is polled: at its interval, later after failures, and soon after hints. */
export class Loop<P extends Polled = Polled> {
	readonly #options: LoopOptions<P>;
	#failures = 0;
	#closed = false;
	#cancel = (): void => {};
	#unlisten: (() => void) | undefined;
	/** Whether hints come. */
	#live = false;
	/** Whether a hint came since the last poll began. */
	#hinted = false;
	#polling = false;
	#polledAt = -Infinity;
	/** Whether the last poll failed because the connection does not work. */
	#isCutOff = false;
	readonly #unwatch: () => void;
	#running: Promise<void> = Promise.resolve();

	constructor(options: LoopOptions<P>) {
		this.#options = options;
		this.#unwatch = options.health.onChange(({ event }) => {
			if (event === 'recovered' && this.#isCutOff && !this.#polling) this.#wait(0);
		});
		this.#wait(0);
	}

	/** Stops polling and waits for the poll under way, whose requests the caller aborts. */
	async close(): Promise<void> {
		this.#closed = true;
		this.#unlisten?.();
		this.#unwatch();
		this.#cancel();
		await this.#running;
	}

	#wait(milliseconds: number): void {
		if (this.#closed) return;
		this.#cancel();
		this.#cancel = this.#options.clock.later(milliseconds, () => {
			this.#running = this.#tick();
		});
	}

	/**
	 * Milliseconds to the next poll. All triggers of one connection with the same interval poll at the same moment, so that
	 * the questions they share are asked once; different connections are spread by their name.
	 */
	#pause(): number {
		const { interval: chosen, group, clock } = this.#options;
		const interval = this.#live ? Math.max(chosen, SAFETY_INTERVAL) : chosen;
		const phase = createHash('sha256').update(group).digest().readUInt32BE() % interval;
		return interval - ((clock.now() - phase) % interval);
	}

	/** Milliseconds to the poll that a hint asks for. */
	#soon(): number {
		const rest = this.#polledAt + HINT_GAP - this.#options.clock.now();
		return Math.min(HINT_GAP, Math.max(HINT_PAUSE, rest));
	}

	/** When hints begin to come, something may have happened before. After failures the back-off decides. */
	#onHint(hint: Hint): void {
		if (hint !== 'hint') this.#live = hint === 'on';
		const isPending = this.#hinted;
		this.#hinted ||= hint !== 'off';
		if (isPending || this.#polling || this.#failures > 0) return;
		this.#wait(this.#hinted ? this.#soon() : this.#pause());
	}

	/** For what is wrong with this poll alone: doubles with each failure, up to half an hour, give or take a tenth. */
	#backOff(): number {
		const { interval, clock } = this.#options;
		const pause = Math.min(interval * 2 ** this.#failures, Math.max(interval, LONGEST_PAUSE));
		return pause * (0.9 + 0.2 * clock.random());
	}

	async #tick(): Promise<void> {
		const { poll, polled, failed, recovered, listen, clock, health, boreAccount } = this.#options;
		this.#polling = true;
		this.#hinted = false;
		this.#polledAt = clock.now();
		try {
			const deadline = clock.now() + BUDGET;
			const found = await poll({ left: () => !this.#closed && clock.now() < deadline });
			if (this.#closed) return;
			if (this.#failures > 0) recovered();
			this.#failures = 0;
			this.#isCutOff = false;
			if (boreAccount?.() ?? true) health.succeeded();
			polled(found);
			this.#unlisten ??= listen?.((hint) => this.#onHint(hint));
			this.#wait(found.more ? 0 : this.#hinted ? this.#soon() : this.#pause());
		} catch (error) {
			if (this.#closed) return;
			const final = isFinal(error);
			this.#isCutOff = !final && isOutage(error);
			const pause = health.failed(error);
			if (this.#failures++ === 0 || final) failed(error, final);
			if (final) this.#unlisten?.();
			else this.#wait(pause ?? this.#backOff());
		} finally {
			this.#polling = false;
		}
	}
}
