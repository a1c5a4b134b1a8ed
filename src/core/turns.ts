import { turn } from '../platform';

/** Milliseconds that work in slices goes on before others come to their turn. */
const SLICE = 10;

/** Carries work on to its end in slices, each up to a `yield`, so that it holds up nobody. Gives what it returns. */
export async function inSlices<T>(work: Generator<void, T, undefined>): Promise<T> {
	let since = performance.now();
	for (;;) {
		const { done, value } = work.next();
		if (done) return value;
		if (performance.now() - since < SLICE) continue;
		await turn();
		since = performance.now();
	}
}

/** What of a list fits, where looking at one is work: in slices. */
export const filtered = async <T>(list: readonly T[], fits: (one: T) => boolean): Promise<T[]> =>
	await inSlices(fitting(list, fits));

function* fitting<T>(list: readonly T[], fits: (one: T) => boolean): Generator<void, T[], undefined> {
	const found: T[] = [];
	for (const one of list) {
		if (fits(one)) found.push(one);
		yield;
	}
	return found;
}

/** Does something with each of a list, in slices. */
export async function eachInTurn<T>(list: Iterable<T>, work: (one: T) => void): Promise<void> {
	await inSlices(worked(list, work));
}

function* worked<T>(list: Iterable<T>, work: (one: T) => void): Generator<void, void, undefined> {
	for (const one of list) {
		work(one);
		yield;
	}
}
