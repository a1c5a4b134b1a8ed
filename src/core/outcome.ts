import { DsmProtocolError, isDsmError, withDetails, type DsmError } from './errors';
import type { Repeatable } from './call';
import type { CallOptions, Dsm } from './dsm';

/** What of an operation the NAS has carried out so far. */
export interface Outcome {
	/** First write that succeeded: `SYNO.Chat.Post create`. */
	written?: string;
	/** What was wrong with the answer of a write. */
	fault?: string;
}

/** Options that keep what was carried out, and tell who asked. */
export const noting = (outcome: Outcome, { onWritten }: CallOptions): Pick<CallOptions, 'onWritten'> => ({
	onWritten(what, fault) {
		outcome.written ??= what;
		if (fault !== undefined) outcome.fault ??= fault;
		onWritten?.(what, fault);
	},
});

/** A write that may have been done is not repeated; a read whose answer was lost is, and nothing is unknown by it. */
const saysUnknown = ({ details, retryable }: DsmError): boolean => details.outcomeUnknown === true && !retryable;

/** Errors that say nothing of what became of the operation: no answer, or none that can be read. */
export const MUTE = new Set<DsmError['code']>(['connection', 'protocol', 'login', 'session']);

/**
 * The error of an operation that had carried out a write before: it must not look as if nothing had been done. What the NAS itself
 * refuses afterwards is told as it is.
 */
export function afterWrite(error: unknown, { written, fault }: Outcome): unknown {
	if (written === undefined || (isDsmError(error) && (error.code === 'aborted' || saysUnknown(error)))) return error;
	const hint = 'Look at the NAS before you repeat it.';
	if (fault !== undefined) {
		const reason = error instanceof Error ? error.message : String(error);
		const known = isDsmError(error) ? error.details : {};
		const message = `${fault} It was carried out, but what follows could not be done${isDsmError(error) ? `: ${reason}` : '.'}`;
		return new DsmProtocolError(message, { ...known, cause: error, hint, retryable: false, outcomeUnknown: true });
	}
	if (!isDsmError(error) || !MUTE.has(error.code)) return error;
	const details = { cause: error, retryable: false, outcomeUnknown: true, hint: `${hint} ${error.hint ?? ''}`.trim() };
	return withDetails(error, details, `${error.message} ${written} was carried out before.`);
}

/** Attempts of a write in all, where a look finds nothing of it. */
const ATTEMPTS = 3;

/**
 * A write that can be looked up. When its outcome is unknown (a lost answer, a 504, a timeout, an empty success), `look` tells: it gives
 * what the write made since that time of the NAS (milliseconds), or undefined where there is nothing of it, which is then written again; it
 * throws what somebody has to know. A repeat that finds the thing there meets the first attempt, which came late.
 */
export async function settled<T>(
	dsm: Dsm,
	write: () => Promise<T>,
	look: (since: number, lost: DsmError) => Promise<T | undefined>,
): Promise<T> {
	// Files of the NAS have whole seconds.
	const since = Math.floor(dsm.now() / 1000) * 1000;
	let lost: DsmError | undefined;
	for (let attempt = 1; ; attempt++) {
		try {
			return await write();
		} catch (error) {
			const isUnknown = isDsmError(error) && saysUnknown(error) && error.code !== 'aborted';
			if (!isUnknown && (!lost || !isDsmError(error) || error.code !== 'api')) throw error;
			lost ??= error;
			const found = await look(since, lost).catch((failure: unknown) => {
				// Only what the look itself concludes counts; where it got no answer, or was refused, the outcome stays unknown.
				throw isDsmError(failure) && (MUTE.has(failure.code) || failure.call) ? error : failure;
			});
			if (found !== undefined) return found;
			if (!isUnknown || attempt >= ATTEMPTS) throw error;
		}
	}
}

/** Pause before a write is made again; each one is longer. */
const PAUSE = 500;

/**
 * A write that leaves the same however often it is made: when its outcome is unknown, it is made again. A repeat that is
 * refused because it was done comes after a first one that was carried out; any other refusal leaves the outcome of the first unknown.
 */
export async function repeated<T>(
	repeatable: Repeatable,
	sleep: (milliseconds: number) => Promise<void>,
	write: () => Promise<T>,
): Promise<T | undefined> {
	let lost: DsmError | undefined;
	for (let attempt = 1; ; attempt++) {
		try {
			return await write();
		} catch (error) {
			if (!isDsmError(error) || error.code === 'aborted') throw error;
			if (!saysUnknown(error)) {
				if (!lost) throw error;
				if (repeatable !== true && repeatable.done.includes(error.dsmCode ?? NaN)) return undefined;
				throw withDetails(lost, { cause: error }, `${lost.message} It was sent again, and refused: ${error.message}`);
			}
			lost ??= error;
			if (attempt >= ATTEMPTS) throw lost;
			await sleep(PAUSE * attempt);
		}
	}
}
