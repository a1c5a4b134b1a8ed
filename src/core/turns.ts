import { setImmediate } from 'node:timers/promises';

/** Milliseconds that work in slices goes on before others come to their turn. */
const SLICE = 10;

/** Carries work on to its end in slices, each up to a `yield`, so that it holds up nobody. Gives what it returns. */
export async function inSlices<T>(work: Generator<void, T, undefined>): Promise<T> {
	let since = performance.now();
	for (;;) {
		const { done, value } = work.next();
		if (done) return value;
		if (performance.now() - since < SLICE) continue;
		await setImmediate();
		since = performance.now();
	}
}
