import { Meter } from './budget';
import { isListCall, type ListCall } from './call';
import type { CallOptions, Dsm } from './dsm';
import { isDsmError, type DsmError } from './errors';
import { surroundingsOf, type AnyOperation, type CallOperation, type Step } from './operation';
import { MUTE, settled } from './outcome';
import { onRevision } from './revise';
import { davOnce, davRows } from './runDav';

type Params = Record<string, unknown>;

/** Applies a mapping of a declaration, and says what becomes of an answer that it cannot read. */
export type Mapped = <T>(operation: AnyOperation, data: T, map: () => unknown) => Promise<unknown>;

/** Result of an operation that is no list. */
export async function once(operation: AnyOperation, params: Params, dsm: Dsm, mapped: Mapped): Promise<unknown> {
	if (operation.kind === 'procedure') return await operation.run!(params, dsm);
	if ('ask' in operation) return await davOnce(operation, params, dsm, mapped);
	if (operation.revises)
		return await onRevision(dsm, operation.revises, params, {
			read: async () => await lookBefore(operation, params, dsm),
			write: async (known) => await single(operation, params, known, dsm, mapped),
		});
	const known = await lookBefore(operation, params, dsm);
	if (operation.each) return await onceForEach(operation, operation.each, params, known, dsm, mapped);
	return await single(operation, params, known, dsm, mapped);
}

/** What an operation has to know before its call. */
async function lookBefore({ known }: CallOperation, params: Params, dsm: Dsm): Promise<unknown> {
	if (known === undefined) return undefined;
	return 'look' in known ? await known.look(params, dsm.with(READ)) : await step(dsm, known, params);
}

/** One read of an operation; of a list all rows. */
async function step(dsm: Dsm, { call, request }: Step, ...given: unknown[]): Promise<unknown> {
	const wire = request ? request(...given) : {};
	return isListCall(call) ? await dsm.list(call, wire, READ) : await dsm.call(call, wire, READ);
}

const READ: CallOptions = { readOnly: true };

async function single(operation: CallOperation, params: Params, known: unknown, dsm: Dsm, mapped: Mapped) {
	try {
		return await carryOut(operation, params, known, dsm, mapped);
	} catch (error) {
		if (!operation.failed || !isDsmError(error) || error.code === 'aborted') throw error;
		return operation.failed(error, params);
	}
}

async function carryOut(operation: CallOperation, params: Params, known: unknown, dsm: Dsm, mapped: Mapped) {
	const { call, request, wait, then, response } = operation;
	const wire = request ? await request(params, known, surroundingsOf(dsm)) : params;
	const { size } = operation;
	const measured = size && { size: async () => await size.look(params, dsm.with(READ)) };
	if (operation.returns === 'file' && !response) return await dsm.file(call, wire, measured);
	const work = async () => (wait ? await wait.run(dsm, call, wire, params) : await ask(dsm, operation, wire));
	const answer: unknown = await sure(dsm, operation, work, params, known);
	const after = then && (await lookAfter(operation, dsm, then, params, answer, known));
	if (after === NOTHING) return answer ?? {};
	if (!response) return then ? after : (answer ?? {});
	return await mapped(operation, answer, () =>
		response(answer, { ...surroundingsOf(dsm), params, known, then: after }),
	);
}

/** Nothing could be read. */
const NOTHING = Symbol('nothing');

/**
 * The read that follows a call. What was written stays done although nobody can say more of it; where the look itself judges the
 * outcome, as after a background task, its failure is told.
 */
async function lookAfter(
	{ readOnly, wait }: CallOperation,
	dsm: Dsm,
	then: Step,
	...given: unknown[]
): Promise<unknown> {
	try {
		return await step(dsm, then, ...given);
	} catch (error) {
		if (readOnly || wait || !isDsmError(error) || !MUTE.has(error.code)) throw error;
		return NOTHING;
	}
}

/** The work, and a look at what it made where its answer was lost. */
async function sure(dsm: Dsm, { lost }: CallOperation, work: () => Promise<unknown>, params: Params, known: unknown) {
	if (!lost) return await work();
	const reading = dsm.with(READ);
	return await settled(dsm, work, async (since, error) => await lost.look(params, reading, since, known, error));
}

async function ask(dsm: Dsm, { call, instead }: CallOperation, wire: Params): Promise<unknown> {
	if (!instead) return await dsm.call(call, wire);
	try {
		return await dsm.call(call, wire);
	} catch (error) {
		if (isDsmError(error) && instead.when.includes(error.code)) return await dsm.call(instead.call, wire);
		throw error;
	}
}

/** One row for each value: what became of it. What fails after something was done is told in its row. */
async function onceForEach(
	operation: CallOperation,
	{ param, as }: { param: string; as: string },
	params: Params,
	known: unknown,
	dsm: Dsm,
	mapped: Mapped,
): Promise<unknown[]> {
	const outcomes: Params[] = [];
	let failure: DsmError | undefined;
	for (const one of params[param] as unknown[]) {
		if (failure && STOPS.has(failure.code)) {
			outcomes.push({ [as]: one, done: false, error: `Not tried: ${failure.message}` });
			continue;
		}
		try {
			const told = await single(operation, { ...params, one }, known, dsm, mapped);
			outcomes.push({ ...(told as object), [as]: one, done: true });
		} catch (error) {
			if (!isDsmError(error) || error.code === 'aborted') throw error;
			failure ??= error;
			const code = error.dsmCode === undefined ? {} : { code: error.dsmCode };
			outcomes.push({ [as]: one, done: false, ...code, error: error.message });
		}
	}
	if (failure && !outcomes.some(({ done }) => done)) throw failure;
	return outcomes;
}

/** Faults of the connection: what comes after would meet them, too. */
const STOPS = new Set(['connection', 'login', 'session', 'protocol']);

/** Rows of a list operation. `wanted` keeps the last page from being larger than needed. */
export async function* rows(
	operation: AnyOperation,
	params: Params,
	dsm: Dsm,
	mapped: Mapped,
	wanted = Infinity,
): AsyncGenerator<unknown> {
	if (operation.kind === 'procedure') {
		if (operation.each) yield* operation.each(params, dsm);
		else yield* listOf(await once(operation, params, dsm, mapped));
	} else if ('ask' in operation) yield* davRows(operation, params, dsm, mapped);
	else if (isListCall(operation.call) && !operation.each)
		yield* declaredRows(operation, operation.call, params, dsm, mapped, wanted);
	else yield* listOf(await once(operation, params, dsm, mapped));
}

async function* declaredRows(
	operation: CallOperation,
	call: ListCall,
	params: Params,
	dsm: Dsm,
	mapped: Mapped,
	wanted: number,
): AsyncGenerator<unknown> {
	const { request, response, keep, pick, newer } = operation;
	const than = newer?.than(params);
	const known = await lookBefore(operation, params, dsm);
	const wire = request ? await request(params, known, surroundingsOf(dsm)) : params;
	const found = pages(dsm, call, wire, keep || pick || than !== undefined ? {} : { wanted });
	for await (const row of pick ? pick(await allOf(found), params, known) : found) {
		if (than !== undefined && newer!.at(row) < than) {
			if (newer!.ends(params)) return;
			continue;
		}
		if (keep && !keep(row, params, known)) continue;
		if (!response) yield row;
		else
			yield await mapped(operation, row, () =>
				response(row, { ...surroundingsOf(dsm), params, known, then: undefined }),
			);
	}
}

async function allOf<T>(source: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const one of source) all.push(one);
	return all;
}

/** Rows of a list call, page by page. */
export async function* pages<R>(
	dsm: Dsm,
	call: ListCall<R>,
	params: Params,
	options: CallOptions & { wanted?: number } = {},
): AsyncGenerator<R> {
	const { wanted = Infinity, ...more } = options;
	const { page } = call;
	if (call.about) return yield* rowsAbout(dsm, call, call.about, params, more);
	const meter = new Meter('rows', { call });
	let first: string | undefined;
	for (let offset = 0; offset < wanted;) {
		const limit = Math.min(page ?? Infinity, wanted - offset);
		const answer = await dsm.call(call, page === undefined ? params : { ...params, offset, limit }, more);
		// A server that does not know pages gives the first one again and again.
		const start = JSON.stringify(answer.rows[0]);
		if (start === first && answer.rows.length > 0) return;
		first = start;
		meter.spend(answer.rows.length);
		yield* answer.rows;
		offset += answer.rows.length;
		if (page === undefined || isLast(answer, offset, limit)) return;
	}
}

async function* rowsAbout<R>(
	dsm: Dsm,
	call: ListCall<R>,
	about: NonNullable<ListCall['about']>,
	params: Params,
	options: CallOptions,
): AsyncGenerator<R> {
	const { param, most, absent } = about;
	const values = params[param] as readonly unknown[];
	for (let at = 0; at < values.length; at += most) {
		const some = values.slice(at, at + most);
		const wire = { ...params, [param]: some };
		const answer = await dsm.call(call, wire, options).catch((error: unknown) => {
			if (isDsmError(error) && error.dsmCode !== undefined && error.dsmCode === absent) return undefined;
			throw error;
		});
		if (answer) yield* answer.rows;
		else if (some.length > 1) yield* rowsAbout(dsm, call, { ...about, most: 1 }, wire, options);
	}
}

const isLast = (
	{ rows: got, total }: { rows: unknown[]; total?: number | undefined },
	offset: number,
	limit: number,
): boolean => got.length === 0 || (total === undefined || Number.isNaN(total) ? got.length < limit : offset >= total);

/** A list of an answer; DSM leaves empty ones out. */
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
