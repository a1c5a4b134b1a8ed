import { DsmAbortError, isDsmError } from './errors';

/** Throws a DsmAbortError when the caller has taken the request back. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new DsmAbortError(undefined, { cause: signal.reason });
}

/** Waits for work that others wait for too, but no longer than the caller's own signal allows. The work itself goes on. */
export async function raced<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return await work;
	let giveUp: () => void = () => undefined;
	const given = new Promise<never>((_, reject) => {
		giveUp = () => reject(new DsmAbortError(undefined, { cause: signal.reason }));
	});
	if (signal.aborted) giveUp();
	signal.addEventListener('abort', giveUp, { once: true });
	try {
		return await Promise.race([given, work]);
	} catch (error) {
		// A sleep that the same signal ended says so in the platform's words.
		throw signal.aborted && !isDsmError(error) ? new DsmAbortError(undefined, { cause: error }) : error;
	} finally {
		signal.removeEventListener('abort', giveUp);
	}
}
