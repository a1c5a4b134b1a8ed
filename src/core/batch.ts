import type { Call } from './call';
import type { Caller } from './caller';
import type { BatchAnswer, CallOptions } from './dsm';
import { DsmProtocolError, isDsmError, type DsmError } from './errors';
import { SESSION_CODES } from './faults';
import { plainValue, readEnvelope, type Envelope } from './wire';

const BATCH: Call = { api: 'SYNO.Entry.Request', method: 'request', version: 1 };
/** The web interface sends up to about 20 entries (core.md 9); the limit itself is not documented. */
const LARGEST = 20;

export interface BatchEntry {
	call: Call;
	params?: Record<string, unknown>;
}

interface Row {
	success: boolean;
	data?: unknown;
	error?: { code: number; errors?: unknown };
}

/**
 * Several calls in as few requests as possible; order kept, an error stays with its entry (core.md 9). Old CGIs cannot be part of
 * a batch and go alone, as does an entry that is by itself.
 */
export async function runBatch(
	caller: Caller,
	entries: readonly BatchEntry[],
	options: CallOptions,
): Promise<BatchAnswer[]> {
	const answers: BatchAnswer[] = new Array<BatchAnswer>(entries.length);
	const together: { index: number; call: Call; params: Record<string, unknown> }[] = [];
	const alone: Promise<void>[] = [];
	for (const [index, { call, params = {} }] of entries.entries()) {
		const resolved = await settle(async () => await caller.resolve(call, options));
		if ('error' in resolved) answers[index] = resolved;
		else if (resolved.data.info.path === 'entry.cgi' && entries.length > 1) together.push({ index, call: resolved.data.call, params });
		else alone.push(settle(async () => await caller.call(call, params, options)).then((answer) => void (answers[index] = answer)));
	}
	for (let start = 0; start < together.length; start += LARGEST) {
		const chunk = together.slice(start, start + LARGEST);
		const rows = await sendChunk(caller, chunk, options);
		for (const [position, { index, call }] of chunk.entries()) answers[index] = toAnswer(caller, rows[position], call, options);
	}
	await Promise.all(alone);
	return answers;
}

async function sendChunk(caller: Caller, chunk: { call: Call; params: Record<string, unknown> }[], options: CallOptions): Promise<Row[]> {
	const compound = chunk.map(({ call, params }) => ({
		api: call.api,
		method: call.method,
		version: call.version,
		...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, plainValue(value)])),
	}));
	const params = { mode: 'sequential', stop_when_error: false, compound };
	const data = await caller.call(BATCH, params, options, async (response) => lostSession(await readEnvelope(response), options));
	return rowsOf(data);
}

const rowsOf = (data: unknown): Row[] => (data as { result?: Row[] } | undefined)?.result ?? [];

/**
 * The batch itself needs no session, so a lost one shows in its entries (core.md 9). The whole is taken as failed, and so repeated,
 * when no entry was carried out or when all of them only read.
 */
function lostSession(envelope: Envelope, options: CallOptions): Envelope {
	if (!envelope.success) return envelope;
	const lost = rowsOf(envelope.data).filter(({ error }) => error && SESSION_CODES.has(error.code));
	const all = lost.length === rowsOf(envelope.data).length;
	return lost[0]?.error && (all || options.readOnly) ? { success: false, error: lost[0].error } : envelope;
}

function toAnswer(caller: Caller, row: Row | undefined, call: Call, options: CallOptions): BatchAnswer {
	if (!row) return { error: new DsmProtocolError('The NAS left this entry of the batch unanswered.', { call }) };
	if (row.success) return { data: row.data };
	return { error: caller.errorOf(call, row.error ?? { code: 100 }, options) };
}

async function settle<T>(run: () => Promise<T>): Promise<{ data: T } | { error: DsmError }> {
	try {
		return { data: await run() };
	} catch (error) {
		if (isDsmError(error)) return { error };
		throw error;
	}
}

type Waiting = BatchEntry & { key: string; resolve: (answer: BatchAnswer) => void; reject: (error: unknown) => void };

/**
 * Polls that come at the same moment: the same question is asked once, different questions go as one batch. So a hundred triggers
 * on one connection cost about as much as one.
 */
export class Coalescer {
	readonly #run: (entries: BatchEntry[]) => Promise<BatchAnswer[]>;
	readonly #asked = new Map<string, Promise<unknown>>();
	#waiting: Waiting[] = [];

	constructor(run: (entries: BatchEntry[]) => Promise<BatchAnswer[]>) {
		this.#run = run;
	}

	async ask(call: Call, params: Record<string, unknown>): Promise<unknown> {
		const key = JSON.stringify([call, params]);
		const present = this.#asked.get(key);
		if (present) return await present;
		const answer = new Promise<BatchAnswer>((resolve, reject) => {
			if (this.#waiting.length === 0) setImmediate(() => void this.#flush());
			this.#waiting.push({ call, params, key, resolve, reject });
		}).then((settled) => {
			if ('error' in settled) throw settled.error;
			return settled.data;
		});
		this.#asked.set(key, answer);
		try {
			return await answer;
		} finally {
			this.#asked.delete(key);
		}
	}

	async #flush(): Promise<void> {
		const waiting = this.#waiting;
		this.#waiting = [];
		try {
			const answers = await this.#run(waiting);
			waiting.forEach(({ resolve }, index) => resolve(answers[index]!));
		} catch (error) {
			for (const { reject } of waiting) reject(error);
		}
	}
}
