import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { proveCalendars } from './calendars';
import { proveCards } from './cards';
import type { Decoder } from './decoder';
import { proved, type Extent } from './decoding';
import { proveHistories } from './histories';
import { proveNotes } from './notes';
import { proveParams, type ParamsResult } from './paramsWatch';
import { proveRules } from './rules';
import { writeFigures, writeHostile, type Figures, type Format } from '../reliability/formats';

/** Length of the texts that are repetitions: the largest that a parameter is expected to hold. */
const LENGTH = 1_000_000;
/** A host with one thread stands still that long at most. */
const MOST = 50;
/** Megabytes that may be left after all cases. */
const MOST_KEPT = 64;
/** Rules are read in steps that are counted; cold code and busy computers are let be. */
const MOST_OF_RULES = 1000;

/** Cases where nothing else is said. */
const CASES = 1000;
const RULES = 12_000;
/** Of each trigger. */
const HISTORIES = 10_000;

const folder = path.join(__dirname, 'decoders');
const NAMES = globSync('*.js', { cwd: folder })
	.map((file) => path.basename(file, '.js'))
	.concat('params', 'vcards', 'calendars', 'notes', 'rules', 'histories')
	.sort();
const USAGE = `Usage: proof [--cases N] [--seed N] [--length N] [--only ID] [--write] [${NAMES.join('|')}]...`;

async function proveDecoder(name: string, extent: Extent, write: boolean): Promise<boolean> {
	const { decoder } = require(path.join(folder, `${name}.js`)) as { decoder: Decoder };
	const { megabytes, ...result } = await proved(decoder, extent, MOST);
	const [{ title, most = MOST }, { cases, failed, slowest }] = [decoder, result];
	if (write) writeHostile(name, { title, cases, failed: failed.length, slowest: Math.round(slowest), most, megabytes });
	const holds = told(name, { ...result, megabytes }, most);
	if (megabytes > MOST_KEPT) console.log(`  ${megabytes} MB are kept`);
	return holds && megabytes <= MOST_KEPT;
}

function told(
	name: string,
	{ slowest, failed, ...figures }: ParamsResult & { megabytes?: number },
	most: number,
): boolean {
	console.log(JSON.stringify({ name, ...figures, slowest: Math.round(slowest), most, failed: failed.length }));
	for (const line of failed.slice(0, 40)) console.log(`  ${line}`);
	return failed.length === 0;
}

/** Tells what became of a format; with `write` it goes into the page on reliability. */
function kept(
	format: Format,
	found: ParamsResult & { unjudged?: Record<string, number> },
	write: boolean,
	most = MOST,
): boolean {
	const { cases, failed, unjudged } = found;
	const figures: Figures = { cases, failed: failed.length, ...(unjudged && { unjudged }) };
	if (write) writeFigures(format, figures);
	return told(format, found, most);
}

interface Wanted {
	cases: string | undefined;
	seed: number;
	length: number;
	only: string;
	write: boolean;
}

async function prove(name: string, { cases, seed, length, only, write }: Wanted): Promise<boolean> {
	switch (name) {
		case 'params':
			return told(name, await proveParams(length, MOST, only), MOST);
		case 'vcards':
			return kept('cards', proveCards(), write);
		case 'calendars':
			return kept('calendars', proveCalendars(Number(cases ?? CASES), seed, write), write);
		case 'notes':
			return kept('notes', proveNotes(Number(cases ?? CASES), seed, write), write);
		case 'histories':
			return await proveHistories(Number(cases ?? HISTORIES), seed, only);
		case 'rules':
			return kept('rules', proveRules(Number(cases ?? RULES), seed), write, MOST_OF_RULES);
		default:
			return await proveDecoder(name, { cases: Number(cases ?? CASES), seed, length }, write);
	}
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: {
			cases: { type: 'string' },
			seed: { type: 'string', default: '1' },
			length: { type: 'string', default: String(LENGTH) },
			only: { type: 'string', default: '' },
			write: { type: 'boolean', default: false },
		},
		allowPositionals: true,
	});
	const [cases, seed, length] = [Number(values.cases ?? CASES), Number(values.seed), Number(values.length)];
	if (![cases, seed, length].every(Number.isSafeInteger) || positionals.some((name) => !NAMES.includes(name)))
		throw new Error(USAGE);
	// Histories take a day: they are played by name alone.
	const names = positionals.length > 0 ? positionals : NAMES.filter((name) => name !== 'histories');
	for (const name of names) {
		const { only, write } = values;
		const holds = await prove(name, { cases: values.cases, seed, length, only, write });
		if (!holds) process.exitCode = 1;
	}
}

if (require.main === module) void main();
