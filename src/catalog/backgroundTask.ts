import type { Call } from '../core/call';
import type { Dsm } from '../core/dsm';
import { DsmApiError, DsmProtocolError, isDsmError, type DsmError } from '../core/errors';
import type { Waiting } from '../core/operation';
import { waitFor } from './tasks';

/** One thing that a task could not do, as the NAS names it. */
export interface Failure {
	code: number;
	path: string;
}

/** How a task ended. What it did until it failed stays; what one did that is gone has to be looked up. */
export type TaskEnd<S> =
	| { is: 'done'; state: S }
	/** `error`: the NAS refused the whole. */
	| { is: 'failed'; failures: readonly Failure[]; error?: DsmError; state?: S }
	/** The NAS knows nothing of it (any more), or says that it ended without what it was to tell (core.md 20). */
	| { is: 'gone'; error?: DsmError };

/** The same with the id of the task, where it got one. */
export type Ended<S> = TaskEnd<S> & { id?: string };

/** What one look at a task says. */
export type TaskLook<S> = { is: 'running'; state: S; /** From 0 to 1. */ progress?: number | undefined } | TaskEnd<S>;

interface Declared<A, S> {
	/** Calls that start such a task: their answers name it. */
	status: Call<S>;
	stop: Call;
	/** Id of the task in the answer of its start; undefined when there was nothing left to do. */
	idOf: (started: A) => string | undefined;
	/** How a task ended that got no id. Absent: then the answer is none. */
	atOnce?: (started: A) => TaskEnd<S>;
	/** Parameters by which status and stop name it. */
	named: (id: string) => Record<string, unknown>;
	/** What a status says: the one place that tells running, done, failed and gone apart. */
	read: (state: S) => TaskLook<S>;
	/** What a failed status says of the task; undefined: nothing, the question itself failed. */
	refusal: (error: DsmError) => TaskEnd<S> | undefined;
	/** Asked when the status knows nothing of it, where the NAS lists its tasks, too. */
	elsewhere?: (dsm: Dsm, id: string) => Promise<S | undefined>;
	/** Looks that may not find it before that is believed: right after its start it may not be registered. */
	tolerated?: number;
	/** It only reads: begun so many times in all when it is gone, since the NAS may forget a short one at once. */
	attempts?: number;
}

export interface BackgroundTask<A, S> {
	status: Call<S>;
	stop: Call;
	/** One look. */
	look: (dsm: Dsm, id: string) => Promise<TaskLook<S>>;
	/** For an operation whose call starts such a task. `what`, for errors: "The copy". Its parameter `timeout` has the seconds. */
	wait: (what: string) => Waiting<Ended<S>>;
	/** Starts one and waits for its end; tells the progress, and stops it after the timeout or when the flow is stopped. */
	run: (dsm: Dsm, start: Call<A>, wire: Record<string, unknown>, waiting: Patience) => Promise<Ended<S>>;
	/** Waits for one that was started. */
	finish: (dsm: Dsm, id: string, waiting: Patience) => Promise<TaskEnd<S>>;
}

export interface Patience {
	/** Seconds. */
	timeout: number;
	what: string;
}

/** Declares one kind of background tasks of the NAS: how they are asked about, stopped and understood. */
export function backgroundTask<A, S>(kind: Declared<A, S>): BackgroundTask<A, S> {
	const { status, stop, idOf, atOnce, named, read, refusal, elsewhere, tolerated = 0, attempts = 1 } = kind;

	async function look(dsm: Dsm, id: string): Promise<TaskLook<S>> {
		try {
			const state: S = await dsm.call(status, named(id), { readOnly: true });
			return read(state);
		} catch (error) {
			const end = isDsmError(error) ? refusal(error) : undefined;
			if (!end) throw error;
			const listed = end.is === 'gone' && elsewhere ? await elsewhere(dsm, id) : undefined;
			return listed === undefined ? end : read(listed);
		}
	}

	async function finish(dsm: Dsm, id: string, { timeout, what }: Patience): Promise<TaskEnd<S>> {
		let missed = 0;
		const seen = async (): Promise<TaskEnd<S> | undefined> => {
			const found = await look(dsm, id);
			if (found.is === 'gone') return missed++ >= tolerated ? found : undefined;
			if (found.is === 'running' && found.progress === undefined) return undefined;
			if (found.is !== 'failed') dsm.progress(found.is === 'running' ? Math.max(0, found.progress ?? 0) : 1, 1);
			return found.is === 'running' ? undefined : found;
		};
		const end = await waitFor(dsm, {
			status: seen,
			isDone: (found) => found !== undefined,
			stop: async (free) => await free.call(stop, named(id)),
			timeout,
			what,
		});
		return end ?? { is: 'gone' };
	}

	async function run(dsm: Dsm, start: Call<A>, wire: Record<string, unknown>, waiting: Patience): Promise<Ended<S>> {
		for (let attempt = 1; ; attempt++) {
			const started: A = await dsm.call(start, wire);
			const id = idOf(started);
			if (id === undefined) return atOnce?.(started) ?? nameless(start);
			const end = await finish(dsm, id, waiting);
			if (end.is !== 'gone' || attempt >= attempts) return { ...end, id };
		}
	}

	const wait = (what: string): Waiting<Ended<S>> => ({
		uses: [status, stop],
		run: async (dsm, start, wire, { timeout }) => await run(dsm, start, wire, { timeout: Number(timeout), what }),
	});

	return { status, stop, look, wait, run, finish };
}

/** What was started cannot be followed: whether it was done is unknown. */
function nameless(call: Call): never {
	throw new DsmProtocolError(`The answer of ${call.api} ${call.method} names no task.`, {
		call,
		outcomeUnknown: true,
		hint: 'Look at the NAS before you repeat it.',
	});
}

/** What a task says that did all it was to do. Throws when it failed or is gone. */
export function stateOf<S>(end: TaskEnd<S>, what: string): S {
	if (end.is === 'done') return end.state;
	if (end.error) throw end.error;
	const [first] = end.is === 'failed' ? end.failures : [];
	if (first) {
		throw new DsmApiError(`${what} failed: ${first.path} (code ${first.code}).`, {
			dsmCode: first.code,
			errors: end.is === 'failed' ? end.failures : [],
		});
	}
	throw new DsmApiError(`${what} was lost by the NAS.`, { retryable: true, hint: 'Try again.' });
}
