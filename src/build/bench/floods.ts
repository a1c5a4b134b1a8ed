import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PER_SECOND, type Flood, type Flooded } from './flood';
import { median, worked } from './measure';
import { MIB } from './memory';
import { report } from './nas';

const SECONDS = 20;
/** Seconds of a flood before, so that neither cold code nor what is made once counts. */
const WARM_UP = 3;

/** Of the calls a second: what is lacking is the way of the last one. */
const ANSWERED = 0.98;
/** Milliseconds in which nothing else of the host comes to its turn. */
const STALL = 50;
/** MiB that may be left of 40,000 calls, a hundred bytes of each: as much as the smallest entry of a list of them would take. */
const KEPT = 4;
/** Lines of a log. */
const LINES = 1;
/** Milliseconds after which Chat's user would see that something is slow. */
const LATENCY = 1000;

/** Where a flood goes. */
export interface Target {
	url: string;
	/** What genuine calls bear. */
	token?: string;
	/** How many genuine calls arrived, and lines of the host's log; both since its start. */
	arrived: () => number;
	lines: () => number;
	/** Status that the forged ones are answered. */
	status: number;
}

interface Measured extends Flooded {
	stall: number;
	/** MiB that are in use after it above those before, and the most resident memory above that before. */
	kept: number;
	grown: number;
	arrived: number;
	lines: number;
}

async function sent(sender: ChildProcess, flood: Flood): Promise<Flooded> {
	sender.send(flood);
	const [flooded] = (await once(sender, 'message')) as [Flooded];
	return flooded;
}

/** MiB that are in use after everything that can be let go was. */
async function inUse(): Promise<number> {
	// What ends a call, such as its timers and connections, goes in its own time.
	await wait(1000);
	globalThis.gc?.();
	globalThis.gc?.();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return (heapUsed + arrayBuffers) / MIB;
}

async function measured(sender: ChildProcess, { url, token, arrived, lines, status }: Target): Promise<Measured> {
	const flood = { url, ...(token !== undefined && { token }) };
	await sent(sender, { ...flood, seconds: WARM_UP });
	const [before, arrivedBefore, resident] = [await inUse(), arrived(), process.memoryUsage.rss()];
	let [flooded, highest]: [Flooded | undefined, number] = [undefined, 0];
	const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 100);
	const { stall } = await worked(async () => (flooded = await sent(sender, { ...flood, seconds: SECONDS })));
	clearInterval(watch);
	if (flooded!.answered[status] !== PER_SECOND * SECONDS)
		throw new Error(`Not all were answered ${status}, but ${JSON.stringify(flooded!.answered)}.`);
	const kept = Math.max(0, (await inUse()) - before);
	const grown = Math.max(0, highest - resident) / MIB;
	return { ...flooded!, stall, kept, grown, arrived: arrived() - arrivedBefore, lines: lines() };
}

/** Floods a bare node of the host, then ours, and reports what the host bore: `reportFlood('Node-RED', plain, ours)`. */
export async function reportFlood(host: string, plainly: Target, ours: Target): Promise<void> {
	const sender = fork(path.join(__dirname, 'flood.js'), { execArgv: [] });
	try {
		const plain = await measured(sender, plainly);
		const our = await measured(sender, ours);
		const name = `${PER_SECOND} forged calls a second for ${SECONDS} s to ${host}`;
		const both = (what: string, unit: string, of: (one: Measured) => number, bar: object): void =>
			report({ name: `${name}, ${what}`, value: of(our), unit, reference: of(plain), ...bar });
		both('answered', 'calls/s', ({ perSecond }) => perSecond, { least: ANSWERED * PER_SECOND });
		both('longest stall', 'ms', ({ stall }) => stall, { most: STALL });
		both('memory kept', 'MiB', ({ kept }) => kept, { most: KEPT });
		both('resident memory, growth at its highest', 'MiB', ({ grown }) => grown, {});
		report({ name: `${name}, lines of the log`, value: our.lines, unit: 'lines', most: LINES });
		const [value, reference] = [our.arrived, our.sent];
		report({ name: `${name}, genuine calls taken`, value, unit: 'calls', reference, least: reference });
		report({ name: `${name}, genuine call, median`, value: median(our.genuine), unit: 'ms' });
		const slowest = Math.max(...our.genuine);
		report({ name: `${name}, genuine call, slowest`, value: slowest, unit: 'ms', most: LATENCY });
	} finally {
		sender.kill();
	}
}
