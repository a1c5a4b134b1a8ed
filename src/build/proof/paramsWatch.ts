import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';

/** What one process works through. */
export interface Extent {
	/** Characters of each text, or as many as its parameter takes. */
	length: number;
	/** Most milliseconds without letting others in. */
	most: number;
	/** Ids of operations and triggers begin so. */
	only: string;
	/** Which of how many shares of the cases. */
	share: number;
	of: number;
	/** The case of the share to begin with. */
	from: number;
}

/** How a case ended. */
export interface Seen {
	/** Longest time that the thread worked without letting others in. */
	stalled: number;
	/** An error that the product does not mean to throw. */
	fault?: string;
}

export interface ParamsResult {
	cases: number;
	slowest: number;
	failed: string[];
}

interface Message {
	index: number;
	name: string;
	/** Absent: it begins. */
	seen?: Seen;
}

/** A process that is silent for so long is blocked: its case is named, and another goes on behind it. */
const SILENCE = 10_000;

/**
 * Every text parameter of every operation and trigger with texts of `length` characters, or as many as it takes: nothing works for long, or fails by a fault of
 * its own. The cases run in other processes, so that one that blocks its thread is named and left behind. Prints what fails as it goes.
 */
export async function proveParams(length: number, most: number, only = ''): Promise<ParamsResult> {
	const result: ParamsResult = { cases: 0, slowest: 0, failed: [] };
	const of = availableParallelism();
	const shares = Array.from({ length: of }, (_, share) => ({ length, most, only, share, of, from: 0 }));
	await Promise.all(shares.map(async (extent) => await watched(extent, result)));
	return result;
}

async function watched(extent: Extent, result: ParamsResult): Promise<void> {
	const fail = (line: string) => {
		result.failed.push(line);
		console.log(`  ${line}`);
	};
	let from: number | undefined = extent.from;
	while (from !== undefined) {
		const last = await workedFrom({ ...extent, from }, ({ name, seen: { stalled, fault } }) => {
			result.cases += 1;
			result.slowest = Math.max(result.slowest, stalled);
			if (fault !== undefined) fail(`${name}: ${fault}`);
			else if (stalled > extent.most) fail(`${name}: ${Math.round(stalled)} ms`);
		});
		if (last) fail(`${last.name}: the process ${last.blocked ? 'was blocked' : 'ended'}`);
		from = last && last.index + 1;
	}
}

type Last = Message & { blocked: boolean };

/** Gives the case that the process did not come back from, if there is one. */
async function workedFrom(extent: Extent, saw: (message: Required<Message>) => void): Promise<Last | undefined> {
	const child = fork(path.join(__dirname, 'params.js'), [JSON.stringify(extent)], { detached: true });
	let open: Message | undefined;
	let blocked = false;
	const stop = () => {
		blocked = true;
		// Its group, as it has started a simulated NAS.
		process.kill(-child.pid!, 'SIGKILL');
	};
	let timer: NodeJS.Timeout | undefined;
	return await new Promise((resolve) => {
		child.on('message', (message: Message) => {
			clearTimeout(timer);
			timer = setTimeout(stop, SILENCE);
			if (message.seen) {
				open = undefined;
				saw(message as Required<Message>);
			} else open = message;
		});
		child.once('exit', () => {
			clearTimeout(timer);
			resolve(open && { ...open, blocked });
		});
	});
}
