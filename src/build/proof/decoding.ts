import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Decoder } from './decoder';
import { Stalls } from './stalls';
import { mixtures, repetitions, type Case } from './texts';

/** Which cases there are. */
export interface Extent {
	/** Of random pieces. */
	cases: number;
	seed: number;
	/** Of the texts that are repetitions. */
	length: number;
}

/** What became of them. */
export interface Proved {
	cases: number;
	/** Longest time that this thread worked without letting others in. */
	slowest: number;
	failed: string[];
	/** What is kept after all of them, above what was before. */
	megabytes: number;
}

interface Outcome {
	milliseconds: number;
	/** What was thrown though the reader does not mean to. */
	fault?: string;
}

/** Reads all cases: nothing is thrown that is not meant, nothing holds the thread for longer than `most` milliseconds. */
export async function proved(decoder: Decoder, { cases, seed, length }: Extent, most: number): Promise<Proved> {
	const bar = decoder.most ?? most;
	const result: Proved = { cases: 0, slowest: 0, failed: [], megabytes: 0 };
	const look = async (one: Case): Promise<void> => {
		const { milliseconds, fault } = await settled(decoder, one, bar);
		result.cases += 1;
		// A reader that waits for nothing lets nobody else in.
		if (result.cases % 100 === 0) await setImmediate();
		result.slowest = Math.max(result.slowest, milliseconds);
		if (fault !== undefined) result.failed.push(`${one.name}: ${fault}`);
		else if (milliseconds > bar) result.failed.push(`${one.name}: ${Math.round(milliseconds)} ms`);
	};
	try {
		// What is loaded with the first of them is not kept of the others.
		for (const one of mixtures(decoder, Math.min(cases, 20), seed)) await settled(decoder, one, bar);
		const before = await keptBytes();
		for (const one of repetitions(decoder, length)) await look(one);
		for (const one of mixtures(decoder, cases, seed)) await look(one);
		result.megabytes = Math.max(0, Math.round(((await keptBytes()) - before) / 2 ** 20));
		return result;
	} finally {
		await decoder.end?.();
	}
}

/** Slow texts are read again: the first time, when code is cold, does not count. */
async function settled(decoder: Decoder, one: Case, most: number): Promise<Outcome> {
	let outcome = await outcomeOf(decoder, one);
	for (let again = 0; again < 3 && outcome.milliseconds > most; again++) {
		const next = await outcomeOf(decoder, one);
		if (next.milliseconds < outcome.milliseconds) outcome = next;
		if (next.milliseconds > 20 * most) break;
	}
	return outcome;
}

async function outcomeOf({ make, read, means }: Decoder, { text }: Case): Promise<Outcome> {
	const made = make?.(text);
	const stalls = new Stalls();
	try {
		await read(text, made);
		return { milliseconds: stalls.end() };
	} catch (error) {
		const milliseconds = stalls.end();
		return means(error) ? { milliseconds } : { milliseconds, fault: String(error).slice(0, 200) };
	}
}

/** Bytes in use after everything that can be let go was. */
async function keptBytes(): Promise<number> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	// What the running turn still holds, such as a value that was just awaited, goes with the next.
	for (let time = 0; time < 3; time++) {
		collect();
		await setImmediate();
	}
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}
