import { turn, type HttpResponse } from '../platform';
import { raced } from './abort';
import { isBare, isFileSource, isQuoted, type Call } from './call';
import type { Caller } from './caller';
import { checkNames } from './compose';
import type { BatchAnswer, BatchEntry, CallOptions } from './dsm';
import { faultOf, readEnvelope, type Envelope } from './envelope';
import { DsmProtocolError, isDsmError, withDetails, type DsmError } from './errors';
import { SESSION_CODES } from './faults';
import { plainValue } from './wire';

const BATCH: Call = { api: 'SYNO.Entry.Request', method: 'request', version: 1 };
/** The web interface sends up to about 20 entries (core.md 9); the limit itself is not documented. */
const LARGEST = 20;

interface Row {
	api?: string;
	method?: string;
	success?: boolean;
	data?: unknown;
	error?: unknown;
}

/** An entry with its place in the order and its version settled. */
interface Placed {
	index: number;
	call: Call;
	params: Record<string, unknown>;
}

/**
 * Several calls in as few requests as possible; order kept, an error stays with its entry (core.md 9), also when it hits a whole
 * request. Old CGIs and uploads cannot be part of a batch and go alone, as do all where the NAS has no batch.
 */
export async function runBatch(
	caller: Caller,
	entries: readonly BatchEntry[],
	options: CallOptions,
): Promise<BatchAnswer[]> {
	const answers: BatchAnswer[] = new Array<BatchAnswer>(entries.length);
	caller.want([BATCH, ...entries.map(({ call }) => call)]);
	const resolved = await Promise.all(
		entries.map(async (entry) => await settle(async () => await place(caller, entry, options))),
	);
	const batches = entries.length > 1 && 'data' in (await settle(async () => await caller.resolve(BATCH, options)));
	const together: Placed[] = [];
	const alone: Promise<void>[] = [];
	for (const [index, answer] of resolved.entries()) {
		const { call, params = {} } = entries[index]!;
		if ('error' in answer) answers[index] = answer;
		else if (batches && answer.data.fits) together.push({ index, call: answer.data.call, params });
		else
			alone.push(
				settle(async () => await caller.call(call, params, options)).then((given) => void (answers[index] = given)),
			);
	}
	await Promise.all([...alone, runTogether(caller, together, options, answers)]);
	return answers;
}

/** Version of an entry, and whether it can be part of a batch. */
async function place(
	caller: Caller,
	{ call, params = {} }: BatchEntry,
	options: CallOptions,
): Promise<{ call: Call; fits: boolean }> {
	checkNames(call, params);
	const resolved = await raced(caller.resolve(call, options), options.signal);
	return { call: resolved.call, fits: resolved.info.path === 'entry.cgi' && !Object.values(params).some(isFileSource) };
}

async function runTogether(
	caller: Caller,
	together: readonly Placed[],
	options: CallOptions,
	answers: BatchAnswer[],
): Promise<void> {
	for (let start = 0; start < together.length; start += LARGEST) {
		const chunk = together.slice(start, start + LARGEST);
		const rows = await settle(async () => await sendChunk(caller, chunk, options));
		for (const [position, { index, call }] of chunk.entries()) {
			answers[index] =
				'error' in rows
					? { error: withDetails(rows.error, { call }) }
					: toAnswer(caller, rows.data[position], call, options);
		}
	}
}

async function sendChunk(caller: Caller, chunk: readonly Placed[], options: CallOptions): Promise<Row[]> {
	const compound = chunk.map(({ call, params }) => ({
		api: call.api,
		method: call.method,
		version: call.version,
		...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, plainValue(value)])),
	}));
	const params = { mode: 'sequential', stop_when_error: false, compound };
	const watch = { repeated: false };
	const read = async (response: HttpResponse) =>
		lostSession(await readEnvelope(response), caller, chunk, options, watch);
	return rowsOf(await caller.call(BATCH, params, options, read));
}

function rowsOf(data: unknown): Row[] {
	const rows = (data as { result?: unknown } | undefined)?.result;
	return Array.isArray(rows) ? (rows as Row[]) : [];
}

/**
 * The batch itself needs no session, so a lost one shows in its entries (core.md 9). The whole is taken as failed, and so repeated
 * once, when no entry was carried out or when all of them only read. A call that answers 119 to the fresh session too does so for
 * good: it must neither spoil the answers of the others nor cost a login each time.
 */
function lostSession(
	envelope: Envelope,
	caller: Caller,
	chunk: readonly Placed[],
	options: CallOptions,
	watch: { repeated: boolean },
): Envelope {
	if (!envelope.success) return envelope;
	const rows = rowsOf(envelope.data);
	const lost = rows.filter(({ error }) => error && SESSION_CODES.has(faultOf(error).code));
	const all = lost.length > 0 && lost.length === rows.length;
	if (watch.repeated) {
		for (const row of lost) caller.noteAlways119(chunk[rows.indexOf(row)]?.call ?? BATCH);
		if (all) caller.noteAlways119(BATCH);
		return envelope;
	}
	const telling = all ? lost : lost.filter((row) => !caller.isAlways119(chunk[rows.indexOf(row)]?.call ?? BATCH));
	const sign = all || options.readOnly ? telling[0] : undefined;
	if (!sign) return envelope;
	watch.repeated = true;
	return { success: false, error: faultOf(sign.error) };
}

function toAnswer(caller: Caller, row: Row | undefined, call: Call, options: CallOptions): BatchAnswer {
	// With fewer answers than entries a row may belong to another entry: its name tells.
	const mine = row && (row.api ?? call.api) === call.api && (row.method ?? call.method) === call.method;
	if (!mine) {
		const outcomeUnknown = !options.readOnly;
		return {
			error: new DsmProtocolError('The NAS left this entry of the batch unanswered.', { call, outcomeUnknown }),
		};
	}
	if (row.error === undefined && row.success !== false) return { data: row.data };
	return { error: caller.errorOf(call, faultOf(row.error), options) };
}

async function settle<T>(run: () => Promise<T>): Promise<{ data: T } | { error: DsmError }> {
	try {
		return { data: await run() };
	} catch (error) {
		if (isDsmError(error)) return { error };
		throw error;
	}
}

/** `bare()` and `quoted()` keep their values where JSON does not look. */
const spelledOut = (_: string, value: unknown): unknown =>
	isBare(value) ? { bare: plainValue(value) } : isQuoted(value) ? { quoted: plainValue(value) } : value;

type Waiting = BatchEntry & { key: string; resolve: (answer: BatchAnswer) => void; reject: (error: unknown) => void };

/**
 * Polls that come at the same moment: the same question is asked once, different questions go as one batch. So a hundred triggers
 * on one connection cost about as much as one. What is under way is not joined: an answer is never older than its question.
 */
export class Coalescer {
	readonly #run: (entries: BatchEntry[]) => Promise<BatchAnswer[]>;
	/** Questions that have not left yet. */
	readonly #asked = new Map<string, Promise<unknown>>();
	#waiting: Waiting[] = [];

	constructor(run: (entries: BatchEntry[]) => Promise<BatchAnswer[]>) {
		this.#run = run;
	}

	async ask(call: Call, params: Record<string, unknown>): Promise<unknown> {
		const { api, method, version, as } = call;
		const key = JSON.stringify([api, method, version, as, params], spelledOut);
		const present = this.#asked.get(key);
		if (present) return await present;
		const answer = new Promise<BatchAnswer>((resolve, reject) => {
			if (this.#waiting.length === 0) void turn().then(async () => await this.#flush());
			this.#waiting.push({ call, params, key, resolve, reject });
		}).then((settled) => {
			if ('error' in settled) throw settled.error;
			return settled.data;
		});
		this.#asked.set(key, answer);
		return await answer;
	}

	async #flush(): Promise<void> {
		const waiting = this.#waiting;
		this.#waiting = [];
		this.#asked.clear();
		try {
			const answers = await this.#run(waiting);
			waiting.forEach(({ resolve }, index) => resolve(answers[index]!));
		} catch (error) {
			for (const { reject } of waiting) reject(error);
		}
	}
}
