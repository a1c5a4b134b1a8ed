import { Stalls } from '../proof/stalls';

export const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Milliseconds that each of `count` repetitions took on average. */
export async function timeEach(count: number, work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	for (let n = 0; n < count; n++) await work();
	return (performance.now() - start) / count;
}

/** The same with so many under way all the time. */
export async function timeTogether(count: number, width: number, work: () => Promise<unknown>): Promise<number> {
	let left = count;
	const start = performance.now();
	const one = async () => {
		while (left-- > 0) await work();
	};
	await Promise.all(Array.from({ length: width }, one));
	return (performance.now() - start) / count;
}

/** Two ways of doing the same, in milliseconds; `ratio`: ours divided by the plain one. */
export interface Compared {
	ours: number;
	plain: number;
	ratio: number;
}

/** Runs both ways in turn, so that what else the machine does hits both, and gives the medians. The first round is warm-up. */
export async function versus(
	rounds: number,
	ours: () => Promise<number>,
	plain: () => Promise<number>,
): Promise<Compared> {
	const pairs: [number, number][] = [];
	for (let round = 0; round <= rounds; round++) {
		const isOdd = round % 2 === 1;
		const first = await (isOdd ? ours : plain)();
		const second = await (isOdd ? plain : ours)();
		if (round > 0) pairs.push(isOdd ? [first, second] : [second, first]);
	}
	return {
		ours: median(pairs.map(([our]) => our)),
		plain: median(pairs.map(([, plainly]) => plainly)),
		ratio: median(pairs.map(([our, plainly]) => our / plainly)),
	};
}

/** What some work took in milliseconds: by the clock, of this program's own time, and the longest of it in which nobody else was let in. */
export interface Work {
	took: number;
	cpu: number;
	stall: number;
}

/** Own time does not count what other programs take of the machine meanwhile. */
export async function worked(work: () => Promise<unknown>): Promise<Work> {
	const stalls = new Stalls();
	const [start, before] = [performance.now(), process.cpuUsage()];
	await work();
	const took = performance.now() - start;
	const { user, system } = process.cpuUsage(before);
	return { took, cpu: (user + system) / 1000, stall: stalls.end() };
}
