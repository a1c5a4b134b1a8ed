import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { forged, posted } from './forgedCalls';

/*
 * The sender of forged calls as a program of its own: a steady number a second, however slowly they are answered, and genuine ones in
 * between.
 */

export const PER_SECOND = 2000;
/** Genuine calls a second. */
const GENUINE_PER_SECOND = 10;
/** Milliseconds between two batches. */
const PAUSE = 5;

/** What shall be sent. */
export interface Flood {
	url: string;
	seconds: number;
	/** What the genuine calls bear; absent: there are none. */
	token?: string;
}

/** What came back. */
export interface Flooded {
	/** How often each status was answered to forged calls. */
	answered: Record<number, number>;
	/** Answers to forged calls, over the time from the first call to the last answer. */
	perSecond: number;
	/** Milliseconds that each genuine call took; of those that were taken. */
	genuine: number[];
	/** Genuine calls that were sent. */
	sent: number;
}

/** Lets `work` begin at a steady pace, the same number of times in every run; gives what each gave. */
async function steadily<T>(perSecond: number, seconds: number, work: (n: number) => Promise<T>): Promise<T[]> {
	const all: Promise<T>[] = [];
	const [start, count] = [performance.now(), perSecond * seconds];
	while (all.length < count) {
		const due = Math.min(count, Math.floor(((performance.now() - start) / 1000) * perSecond));
		while (all.length < due) all.push(work(all.length));
		await wait(PAUSE);
	}
	return await Promise.all(all);
}

async function flooded({ url, seconds, token }: Flood): Promise<Flooded> {
	const agent = new Agent({ keepAlive: true, maxSockets: 50 });
	const own = new Agent({ keepAlive: true });
	const result: Flooded = { answered: {}, perSecond: 0, genuine: [], sent: 0 };
	const bad = async (n: number): Promise<void> => {
		const status = await forged(agent, url, n);
		result.answered[status] = (result.answered[status] ?? 0) + 1;
	};
	// Each has an ID of its own: one that was made before would be refused.
	const good = async (n: number): Promise<void> => {
		const post = { token: token!, text: 'hello', user_id: '3', post_id: `${n}`, timestamp: `${Date.now()}` };
		const begun = performance.now();
		const body = new URLSearchParams(post).toString();
		const status = await posted(own, url, ['application/x-www-form-urlencoded', body]);
		if (status === 200) result.genuine.push(performance.now() - begun);
		result.sent++;
	};
	const start = performance.now();
	const genuine = token === undefined ? [] : steadily(GENUINE_PER_SECOND, seconds, good);
	const forgedOnes = await steadily(PER_SECOND, seconds, bad);
	result.perSecond = (forgedOnes.length * 1000) / (performance.now() - start);
	await genuine;
	agent.destroy();
	own.destroy();
	return result;
}

if (require.main === module) {
	process.on('message', (flood: Flood) => void flooded(flood).then((result) => process.send?.(result)));
	process.on('disconnect', () => process.exit());
}
