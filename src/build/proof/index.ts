import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Decoder } from './decoder';
import { mixtures, repetitions, type Case } from './texts';

/** Length of the texts that are repetitions: the largest that a parameter is expected to hold. */
const LENGTH = 1_000_000;
/** A host with one thread stands still that long at most. */
const MOST = 50;

const folder = path.join(__dirname, 'decoders');
const NAMES = globSync('*.js', { cwd: folder })
	.map((file) => path.basename(file, '.js'))
	.sort();
const USAGE = `Usage: proof [--cases N] [--seed N] [--length N] [${NAMES.join('|')}]...`;

interface Outcome {
	milliseconds: number;
	/** What was thrown though the reader does not mean to. */
	fault?: string;
}

function outcomeOf({ read, means }: Decoder, { text }: Case): Outcome {
	const start = performance.now();
	try {
		read(text);
		return { milliseconds: performance.now() - start };
	} catch (error) {
		const milliseconds = performance.now() - start;
		return means(error) ? { milliseconds } : { milliseconds, fault: String(error).slice(0, 200) };
	}
}

/** Slow texts are read again: the first time, and a time when the machine was busy, do not count. */
function settled(decoder: Decoder, one: Case, most: number): Outcome {
	let outcome = outcomeOf(decoder, one);
	for (let again = 0; again < 3 && outcome.milliseconds > most; again++) {
		const next = outcomeOf(decoder, one);
		if (next.milliseconds < outcome.milliseconds) outcome = next;
		if (next.milliseconds > 20 * most) break;
	}
	return outcome;
}

function prove(name: string, { cases, seed, length }: { cases: number; seed: number; length: number }): boolean {
	const { decoder } = require(path.join(folder, `${name}.js`)) as { decoder: Decoder };
	const most = decoder.most ?? MOST;
	const failed: string[] = [];
	let count = 0;
	let slowest = 0;
	const look = (one: Case) => {
		const { milliseconds, fault } = settled(decoder, one, most);
		count += 1;
		slowest = Math.max(slowest, milliseconds);
		if (fault !== undefined) failed.push(`${one.name}: ${fault}`);
		else if (milliseconds > most) failed.push(`${one.name}: ${Math.round(milliseconds)} ms`);
	};
	for (const one of repetitions(decoder, length)) look(one);
	for (const one of mixtures(decoder, cases, seed)) look(one);
	console.log(JSON.stringify({ name, cases: count, slowest: Math.round(slowest), most, failed: failed.length }));
	for (const line of failed.slice(0, 40)) console.log(`  ${line}`);
	return failed.length === 0;
}

function main(): void {
	const { values, positionals } = parseArgs({
		options: {
			cases: { type: 'string', default: '1000' },
			seed: { type: 'string', default: '1' },
			length: { type: 'string', default: String(LENGTH) },
		},
		allowPositionals: true,
	});
	const [cases, seed, length] = [Number(values.cases), Number(values.seed), Number(values.length)];
	if (![cases, seed, length].every(Number.isSafeInteger) || positionals.some((name) => !NAMES.includes(name)))
		throw new Error(USAGE);
	const names = positionals.length > 0 ? positionals : NAMES;
	if (!names.map((name) => prove(name, { cases, seed, length })).every(Boolean)) process.exitCode = 1;
}

if (require.main === module) main();
