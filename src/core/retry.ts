import { raced, stopIfAborted } from './abort';
import type { CallOptions } from './dsm';
import { DsmAbortError, isDsmError, withDetails, type DsmError } from './errors';
import type { Host } from './host';

/** Repeats of a read after transport faults and busy answers (core.md 16.5). */
const READ_RETRIES = 3;
const FIRST_PAUSE = 500;
/** Longest time spent on a call that the NAS refuses before doing it. */
const LONGEST_WAIT = 30_000;
/** Longest time spent where the other side says itself how long to wait. */
const LONGEST_ASKED = 120_000;

/**
 * Runs a call; repeats reads that failed for a passing reason, and anything the NAS refused before doing it. After `patience`
 * milliseconds a failed read is not repeated: whoever waits has waited as long as the connection says. `isOthers`: failures that somebody
 * else repeats.
 */
export async function withRetries<T>(
	host: Host,
	options: CallOptions,
	patience: number,
	run: () => Promise<T>,
	isOthers: (error: DsmError) => boolean = () => false,
): Promise<T> {
	const started = host.now();
	for (let attempt = 0; ; attempt++) {
		try {
			return await run();
		} catch (error) {
			if (!isDsmError(error) || isOthers(error)) throw error;
			const pause = pauseFor(error, attempt, options, { spent: host.now() - started, patience });
			if (pause === undefined) throw error;
			host.log.debug(`${error.message} Next attempt in ${pause} ms.`);
			stopIfAborted(options.signal);
			const spread = pause * (0.75 + host.random() / 2);
			const wait = Math.max(spread, error.details.retryAfter ?? 0);
			await raced(host.sleep(wait, options.signal), options.signal);
		}
	}
}

/** Milliseconds to wait before the next attempt; undefined: none. */
function pauseFor(
	error: DsmError,
	attempt: number,
	options: CallOptions,
	{ spent, patience }: { spent: number; patience: number },
): number | undefined {
	const { transient, retryAfter } = error.details;
	if (transient) {
		const pause = Math.max((attempt + 1) * 1000, retryAfter ?? 0);
		return spent + pause <= (retryAfter === undefined ? LONGEST_WAIT : LONGEST_ASKED) ? pause : undefined;
	}
	if (spent >= patience || (retryAfter ?? 0) > LONGEST_ASKED) return undefined;
	// DSM's "unknown error" is worth one more attempt of a read (core.md 8.1).
	if (error.dsmCode === 100 && options.readOnly) return attempt === 0 ? FIRST_PAUSE : undefined;
	const again = error.retryable && (options.readOnly || error.details.outcomeUnknown === false);
	return again && attempt < READ_RETRIES ? FIRST_PAUSE * 2 ** attempt : undefined;
}

/** A write whose answer was lost may have been done: it is reported so, and not repeated. */
export async function guarded<T>(options: CallOptions, send: () => Promise<T>): Promise<T> {
	try {
		return await send();
	} catch (error) {
		if (options.signal?.aborted) throw new DsmAbortError(undefined, { cause: error });
		if (isDsmError(error) && error.details.outcomeUnknown && !options.readOnly) throw unknownOutcome(error);
		throw error;
	}
}

function unknownOutcome(error: DsmError): DsmError {
	const hint = `Look at the NAS before you repeat it. ${error.hint ?? ''}`.trim();
	const message = `${error.message} It is unknown whether the NAS carried the request out.`;
	return withDetails(error, { cause: error, retryable: false, hint }, message);
}
