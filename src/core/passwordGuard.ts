import { createHash } from 'node:crypto';
import { raced } from './abort';
import { DsmLoginError, type DsmError } from './errors';

/** What takes the password: the login of the Web API, or HTTP Basic (CardDAV, CalDAV, WebDAV). */
export type PasswordUse = 'login' | 'basic';

/** An answer that stands for further ones until a moment, milliseconds; Infinity: until the connection is edited or tested. */
export interface Refusal {
	/** Made anew for each caller, so that its stack is that caller's. */
	error: () => DsmError;
	until: number;
}

/** What an answer says of the password; undefined: nothing. */
export interface Verdict {
	/** The NAS took it, or got as far as the second factor. */
	right?: true;
	/** The NAS counts the attempt towards Auto Block. */
	counts?: true;
	/** It was refused: nothing that uses it needs to try it again. */
	refusal?: Refusal;
	/** The NAS refuses whoever comes from this host. */
	blocked?: Refusal;
}

/** Auto Block takes 10 failures within 5 minutes from one address (core.md 6); other programs of this host need some of them. */
const MOST_FAILURES = 5;
const WINDOW = 5 * 60_000;

const TOO_MANY_HINT =
	'Correct the account and password of the connections that were refused, then test them. Further logins wait for five minutes, so that the NAS does not block this host for everybody.';

/** Failures of this process at one NAS, whatever account they were of. */
class FailureBudget {
	readonly #now: () => number;
	#failures: number[] = [];
	#open = 0;
	#waiting: (() => void)[] = [];
	#blocked: Refusal | undefined;

	constructor(now: () => number) {
		this.#now = now;
	}

	/** Waits while attempts are on their way that could use up the rest. Throws when it is used up, or the NAS blocks this host. */
	async enter(signal: AbortSignal | undefined): Promise<void> {
		for (;;) {
			this.check();
			const failed = this.#failures.filter((at) => this.#now() - at < WINDOW).length;
			if (failed >= MOST_FAILURES)
				throw new DsmLoginError(`The NAS refused ${failed} logins of this program within five minutes.`, {
					hint: TOO_MANY_HINT,
				});
			if (failed + this.#open < MOST_FAILURES) break;
			await raced(new Promise<void>((resolve) => this.#waiting.push(resolve)), signal);
		}
		this.#open++;
	}

	leave(): void {
		this.#open--;
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const resolve of waiting) resolve();
	}

	check(): void {
		if (this.#blocked && this.#now() < this.#blocked.until) throw this.#blocked.error();
	}

	note({ counts, blocked }: Verdict): void {
		if (counts) this.#failures = [...this.#failures.slice(1 - MOST_FAILURES), this.#now()];
		if (blocked) this.#blocked = blocked;
	}

	forget(): void {
		this.#failures = [];
		this.#blocked = undefined;
	}
}

/**
 * One password of one account. Whatever sends it asks here: the first of several goes alone, and what was refused is not sent again.
 * When the first was taken, the others follow at once; after a pause there is a first one again, since the password may have been
 * changed meanwhile.
 */
export class PasswordGuard {
	readonly #budget: FailureBudget;
	readonly #now: () => number;
	readonly #refused = new Map<PasswordUse, Refusal>();
	/** The first of several, on its way; whether the others may follow at once. */
	#first: Promise<boolean> | undefined;
	#running = 0;
	#proven = false;

	constructor(budget: FailureBudget, now: () => number) {
		this.#budget = budget;
		this.#now = now;
	}

	/** Takes remembered refusals back. */
	forget(): void {
		this.#refused.clear();
		this.#budget.forget();
	}

	/**
	 * Sends the password once and notes what the answer says of it. Throws the refusal that is in force, and whatever `send` throws.
	 */
	async attempt<T>(
		use: PasswordUse,
		send: () => Promise<T>,
		judge: (answer: T) => Verdict | undefined,
		signal?: AbortSignal,
	): Promise<T> {
		this.#check(use);
		while (this.#first) {
			const mayFollow = await raced(this.#first, signal);
			this.#check(use);
			if (mayFollow) return await this.#send(use, send, judge, signal);
		}
		if (this.#running > 0 && this.#proven) return await this.#send(use, send, judge, signal);
		return await this.#lead(use, send, judge, signal);
	}

	/** Others wait for the answer. One that says nothing of the password lets the next go first; where none came, all may try. */
	async #lead<T>(...[use, send, judge, signal]: Parameters<typeof this.attempt<T>>): Promise<T> {
		let mayFollow = true;
		let settle: (() => void) | undefined;
		this.#first = new Promise((resolve) => (settle = () => resolve(mayFollow)));
		const heard = (answer: T): Verdict | undefined => {
			const verdict = judge(answer);
			mayFollow = verdict?.right === true;
			return verdict;
		};
		try {
			return await this.#send(use, send, heard, signal);
		} finally {
			this.#first = undefined;
			settle?.();
		}
	}

	async #send<T>(...[use, send, judge, signal]: Parameters<typeof this.attempt<T>>): Promise<T> {
		const isProven = this.#proven;
		if (!isProven) await this.#budget.enter(signal);
		this.#running++;
		try {
			const answer = await send();
			const verdict = judge(answer);
			if (verdict) this.#note(use, verdict);
			return answer;
		} finally {
			this.#running--;
			if (!isProven) this.#budget.leave();
		}
	}

	#note(use: PasswordUse, verdict: Verdict): void {
		this.#budget.note(verdict);
		if (verdict.right) this.#proven = true;
		if (!verdict.refusal) return;
		this.#proven = false;
		this.#refused.set(use, verdict.refusal);
	}

	/** What the login refuses is wrong everywhere; HTTP Basic is also refused to accounts that may log in (contacts.md 8.1). */
	#check(use: PasswordUse): void {
		this.#budget.check();
		for (const one of new Set<PasswordUse>(['login', use])) {
			const refused = this.#refused.get(one);
			if (refused && this.#now() < refused.until) throw refused.error();
		}
	}
}

/** The passwords of one process: connections with the same NAS, account and password share a guard, those with the same NAS a budget. */
export class PasswordGuards {
	readonly #now: () => number;
	readonly #guards = new Map<string, PasswordGuard>();
	readonly #budgets = new Map<string, FailureBudget>();

	constructor(now: () => number) {
		this.#now = now;
	}

	/** `url`: address of the NAS, or its QuickConnect id. */
	of({ url, account, password }: { url: string; account: string; password: string }): PasswordGuard {
		const nas = URL.canParse(url) ? new URL(url).host : url.toLowerCase();
		const budget = this.#budgets.get(nas) ?? new FailureBudget(this.#now);
		this.#budgets.set(nas, budget);
		const key = createHash('sha256')
			.update(JSON.stringify([nas, account, password]))
			.digest('hex');
		const guard = this.#guards.get(key) ?? new PasswordGuard(budget, this.#now);
		this.#guards.set(key, guard);
		return guard;
	}
}
