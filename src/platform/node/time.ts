import { setTimeout as setTimer } from 'node:timers';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** Waits without keeping anything but the caller; rejects with the signal's reason. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
	await setTimeout(Math.max(0, milliseconds), undefined, signal ? { signal } : {});
}

/** Runs something later without keeping the program alive for it. Gives the way to call it off. */
export function later(milliseconds: number, run: () => void): () => void {
	const timer = setTimer(run, milliseconds).unref();
	return () => clearTimeout(timer);
}

/** Lets others come to their turn. */
export const turn = async (): Promise<void> => await setImmediate();
