import { sleep as sleepInHost } from 'n8n-workflow';

/** Waits; rejects with the reason of the signal. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
	signal?.throwIfAborted();
	const wait = sleepInHost(Math.max(0, milliseconds));
	if (!signal) return await wait;
	let end = (): void => undefined;
	const aborted = new Promise<never>((_, reject) => {
		end = () => reject(signal.reason as Error);
		signal.addEventListener('abort', end, { once: true });
	});
	try {
		await Promise.race([wait, aborted]);
	} finally {
		signal.removeEventListener('abort', end);
	}
}

/** Runs something later, without keeping the program alive for it: the timer of a signal does not. */
export function later(milliseconds: number, run: () => void): () => void {
	const signal = AbortSignal.timeout(Math.max(0, Math.ceil(milliseconds)));
	signal.addEventListener('abort', run, { once: true });
	return () => signal.removeEventListener('abort', run);
}

/** Lets others come to their turn: a message comes after what has arrived meanwhile. */
export async function turn(): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	await new Promise<void>((resolve) => {
		port1.once('message', () => resolve());
		port2.postMessage(undefined);
	});
	port1.close();
}
