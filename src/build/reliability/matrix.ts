import { explain, rightOf, serviceOf, spacingOf } from '../../services';
import { isDsmError, type DsmError } from '../../core/errors';
import { memoryStore, realHost, type Host } from '../../core/host';
import { createPool, type Pool } from '../../core/pool';
import { SettableClock, startSimulator } from '../../simulator';
import type { Fault } from './accidents';
import { Relay } from './relay';
import type { Stage, Work } from './works';

/** What can become of a work. `wrong` never may: a result that is none, a thing lost, or done twice, without a word. */
export const ENDS = {
	works: 'the right result, as if nothing had happened',
	again: 'the right result, after asking again or looking at what the NAS has',
	later: 'the poll fails or waits, and a later one tells each event once',
	fails: 'an error; nothing was changed on the NAS',
	unknown: 'an error that says that it is unknown whether the NAS carried it out: look before you repeat it',
	believed: 'the answer is taken as it is: nothing in it shows that it is not so',
	wrong: 'a fault of this program',
} as const;
export type End = keyof typeof ENDS;

export interface Cell {
	end: End;
	/** What the user reads, where it fails. */
	says?: string;
}

/** How long a fault stays. */
export type Lasting = 'once' | 'stays';

/** Seconds, so that silence does not last. */
const TIMEOUT = 4;
const NOON = Date.parse('2026-11-22T12:00:00Z');
/** A list that looked wrong is believed after that time; so much is waited between polls afterwards. */
const PAUSE = 5 * 60_000;

function poolWith(clock: SettableClock): Pool {
	const host: Host = {
		...realHost(),
		now: () => clock.now(),
		sleep: async (milliseconds) => await Promise.resolve(clock.advance(Math.max(0, milliseconds))),
		random: () => 0.5,
		store: memoryStore(),
		log: { debug: () => undefined, warn: () => undefined },
	};
	return createPool({ host, explain, rightOf, serviceOf, spacingOf });
}

/** Requests that a work takes where nothing goes wrong. */
const usually = new Map<Work, number>();

/** Tries one work under one fault, against a simulated NAS of its own. */
export async function tried(fault: Fault, work: Work, lasting: Lasting): Promise<Cell> {
	if (!usually.has(work)) {
		usually.set(work, Infinity);
		await tried({ title: 'Nothing' }, work, lasting);
	}
	const usual = usually.get(work)!;
	const clock = new SettableClock(NOON);
	const simulator = await startSimulator({ clock });
	const relay = new Relay(new URL(simulator.url));
	const pool = poolWith(clock);
	try {
		const { account, password, nas } = simulator;
		const access = { account, password, timeout: TIMEOUT };
		const lease = pool.acquire({ ...access, url: await relay.listen() });
		const honest = pool.acquire({ ...access, url: simulator.url, timeout: 30 });
		const stage: Stage = { nas, dsm: lease.dsm, honest: honest.dsm };
		await lease.export();
		const attempt = await work.begin(stage);
		clock.advance(60_000);
		relay.seen = 0;
		relay.happen(fault.accident, lasting === 'once' ? 1 : Infinity, work.hits);
		fault.inNas?.(nas);
		const result = await attempt().catch(errorOf);
		const isAgain = relay.seen > usual;
		if (usual === Infinity) usually.set(work, relay.seen);
		relay.happen(undefined);
		nas.beHonest();
		if (typeof result === 'number' || (work.polls && isError(result)))
			return await endOfPolls(result, isAgain, attempt, clock);
		if (isError(result)) return await endOfError(result, work, stage);
		if (!result && fault.isCredible && !work.done) return { end: 'believed' };
		return await endOfResult(result, isAgain, work, stage);
	} finally {
		await pool.close();
		await relay.close();
		await simulator.close();
	}
}

const isError = (result: unknown): result is DsmError => isDsmError(result);

function errorOf(error: unknown): DsmError {
	if (isDsmError(error)) return error;
	throw error;
}

const saysOf = ({ message, hint = '' }: DsmError): string => `${message} ${hint}`.trim();

async function endOfError(error: DsmError, { done }: Work, stage: Stage): Promise<Cell> {
	const says = saysOf(error);
	const isUnknown = error.details.outcomeUnknown === true && done !== undefined;
	const count = (await done?.(stage)) ?? 0;
	const end = count > 1 || (count > 0 && !isUnknown) ? 'wrong' : isUnknown ? 'unknown' : 'fails';
	return { end, says };
}

async function endOfResult(isRight: boolean, isAgain: boolean, { done }: Work, stage: Stage): Promise<Cell> {
	const count = (await done?.(stage)) ?? 1;
	if (!isRight || count !== 1) return { end: 'wrong' };
	return { end: isAgain ? 'again' : 'works' };
}

/** One file was created: all polls together tell one event. */
async function endOfPolls(
	first: number | DsmError,
	isAgain: boolean,
	attempt: () => Promise<boolean | number>,
	clock: SettableClock,
): Promise<Cell> {
	let told = isError(first) ? 0 : first;
	const isTold = told === 1;
	for (let poll = 0; poll < 4; poll++) {
		clock.advance(PAUSE);
		told += Number(await attempt());
	}
	const says = isError(first) ? { says: saysOf(first) } : {};
	if (told !== 1) return { end: 'wrong', ...says };
	return { end: isTold ? (isAgain ? 'again' : 'works') : 'later', ...says };
}
