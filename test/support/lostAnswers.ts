import { describe, expect, test } from '@jest/globals';
import { sampleParams } from '../../src/build/samples';
import { stageBots } from '../../src/build/samples/bots';
import { callsOf, idOf, type AnyOperation, type Service } from '../../src/catalog/operation';
import type { Call, FileAnswer } from '../../src/core/call';
import { isDsmError } from '../../src/core/errors';
import { operationsOf } from '../../src/services';
import { SettableClock, type CutPoint, type Nas } from '../../src/simulator';
import { withNas } from './nas';

const NOON = Date.parse('2026-11-22T12:00:00Z');

/** How an operation ended. `unknown`: an error that says that the NAS may have carried it out. */
interface Ending {
	is: 'done' | 'unknown' | 'refused' | 'raw';
	/** What it gave, or the message of the error. */
	says: string;
	value?: unknown;
	/** How many lines it takes to tell what the NAS has: more of them where something was made twice. */
	size: number;
	/** `SYNO.Chat.Post.create` of what the NAS carried out. */
	carriedOut: string[];
}

const nameOf = ({ api, method }: Call): string => `${api}.${method}`;

/** Without what differs from one run to the next: addresses, moments, and what is drawn by lot. */
const flat = (text: string): string =>
	text
		.replace(/127\.0\.0\.1:\d+/g, 'NAS')
		.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'ID')
		.replace(/(?<=\/alice\/|\/admin\/)[0-9a-f]{5}(?=\/)/g, 'ID')
		.replace(/\d{8}T\d{6}Z-[0-9a-f]{8}@/g, 'ID@')
		.replace(/[\w-]{40,}/g, 'TOKEN')
		.replace(/\b(17|18)\d{8,17}\b/g, 'TIME')
		.replace(/2026-11-22[T ][\d:.]+(Z|\+00:00)?/g, 'TIME');

/** What a NAS has, line by line. What leads back to the NAS, sessions, clocks and records of calls are left out. */
function sizeOf(nas: Nas): number {
	const { services, users, packages } = nas as unknown as Record<'services' | 'users' | 'packages', unknown>;
	const seen = new Set<unknown>([nas]);
	let lines = 0;
	const count = (name: string, value: unknown): void => {
		if (
			typeof value === 'function' ||
			name === 'clock' ||
			name === 'sessions' ||
			name === 'recorded' ||
			seen.has(value)
		)
			return;
		lines += 1;
		if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return;
		seen.add(value);
		const entries: Iterable<[unknown, unknown]> =
			value instanceof Map
				? (value as Map<unknown, unknown>)
				: value instanceof Set
					? [...(value as Set<unknown>)].map((one) => ['', one])
					: Object.entries(value);
		for (const [key, one] of entries) count(String(key), one);
	};
	for (const state of [services, users, packages]) count('', state);
	return lines;
}

/** Runs an operation on a NAS of its own, whose answer to one call is lost: after it was carried out, or with the call itself. */
export async function endWith(operation: AnyOperation, call?: Call, after: CutPoint = 'request'): Promise<Ending> {
	const options = { clock: new SettableClock(NOON), pool: { strictResults: false } };
	return await withNas(options, async ({ simulator, pool, dsm }) => {
		const { nas, requests } = simulator;
		nas.installAll();
		const { bot, webhook } = stageBots(nas);
		const token = callsOf(operation).some(({ method }) => method === 'incoming') ? webhook : bot;
		const by = operation.token ? pool.acquire({ url: simulator.url, token }).dsm : dsm;
		// What is there is older than what is made.
		options.clock.advance(60_000);
		if (call) nas.faults.cut({ api: call.api, method: call.method, after });
		const end = await ended(async () => await by.do(operation, sampleParams(idOf(operation), operation.params)));
		nas.faults.clear();
		const carriedOut = requests
			.filter(({ answerCode }) => answerCode === 0)
			.map(({ api, method }) => `${api}.${method}`);
		return { ...end, size: sizeOf(nas), carriedOut };
	});
}

async function ended(run: () => Promise<unknown>): Promise<Pick<Ending, 'is' | 'says' | 'value'>> {
	try {
		const value = await run();
		(value as Partial<FileAnswer> | undefined)?.stream?.on('error', () => undefined).resume();
		const says = flat(JSON.stringify(value) ?? 'null');
		return { is: 'done', says, value: JSON.parse(says) as unknown };
	} catch (error) {
		if (!isDsmError(error)) return { is: 'raw', says: (error as Error).stack ?? String(error) };
		return { is: error.details.outcomeUnknown ? 'unknown' : 'refused', says: error.message };
	}
}

/** The writing calls of an operation, each once. */
const writesOf = (operation: AnyOperation): Call[] => [
	...new Map(callsOf(operation).flatMap((call) => (call.readOnly ? [] : [[nameOf(call), call] as const]))).values(),
];

/** An operation that says of itself that it finds out what became of this write. */
const isSure = (operation: AnyOperation, call: Call): boolean =>
	call.repeatable === true ||
	('lost' in operation && operation.lost !== undefined && nameOf(operation.call) === nameOf(call));

/** A path may begin at the root of the account or at that of the service. */
const isSameText = (one: string, other: string): boolean =>
	one === other || (one.startsWith('/') && other.startsWith('/') && (one.endsWith(other) || other.endsWith(one)));

/** Whether two results say the same in what both of them tell: a look may tell more or less than the write. */
function agrees(one: unknown, other: unknown): boolean {
	if (one === null || other === null || one === undefined || other === undefined) return true;
	if (typeof one === 'string' && typeof other === 'string') return isSameText(one, other);
	if (typeof one !== 'object' || typeof other !== 'object') return one === other;
	if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false;
	const [first, second] = [one as Record<string, unknown>, other as Record<string, unknown>];
	return Object.keys(first).every((key) => agrees(first[key], second[key]));
}

/** What the ending of a run without an answer may not be. */
function faultsOf(honest: Ending, end: Ending, mustKnow: boolean): string[] {
	if (honest.is !== 'done') return end.is === 'raw' ? [end.says] : [];
	const isRight = end.is === 'done' && agrees(honest.value, end.value) && end.size === honest.size;
	if (isRight || (end.is === 'unknown' && !mustKnow)) return [];
	if (end.is === 'done') return [`gives ${end.says} instead of ${honest.says}; ${end.size - honest.size} lines more`];
	return [`${end.is}: ${end.says}`];
}

/** The tests of one service: no writing operation takes a lost answer for more or less than it is. */
export function findsOutLost(service: Service): void {
	const writing = operationsOf(service).filter((operation) => !operation.readOnly && writesOf(operation).length > 0);
	describe(`writes of ${service.id} whose answer is lost`, () => {
		test.each(writing.map((operation) => [idOf(operation), operation] as const))(
			'%s gives what it would have given, doing it once, or says that the outcome is unknown',
			async (_, operation) => {
				const honest = await endWith(operation);
				const faults: string[] = [];
				for (const call of writesOf(operation)) {
					if (honest.is === 'done' && !honest.carriedOut.includes(nameOf(call))) continue;
					const after = await endWith(operation, call);
					faults.push(
						...faultsOf(honest, after, isSure(operation, call)).map((text) => `after ${nameOf(call)}: ${text}`),
					);
					if (!isSure(operation, call) && after.is === 'unknown') continue;
					const before = await endWith(operation, call, 'nothing');
					// What is still there may be about to be deleted.
					faults.push(
						...faultsOf(honest, before, call.repeatable === true).map((text) => `before ${nameOf(call)}: ${text}`),
					);
				}
				expect(faults).toEqual([]);
			},
		);
	});
}
