import type { z } from '../vendor/zod';
import { raced } from './abort';
import { Coalescer, runBatch } from './batch';
import { keepBudget, Meter } from './budget';
import { parseAnswer } from './answer';
import { isListCall, type AnswerOf, type Call, type FileAnswer, type ListCall } from './call';
import { Caller, type CallerContext } from './caller';
import { DAV_READS, type Dav } from './dav';
import type { ApiInfo, BatchAnswer, BatchAnswers, BatchEntry, CallOptions, Dsm, PageAnswer, PageRequest } from './dsm';
import { readText } from './envelope';
import { encodeForm } from './wire';
import { once, rows, pages } from './run';
import { isDsmError, redactError, withDetails } from './errors';
import { secretsOf } from './secretFields';
import { parseParams } from './faults';
import { idOf, type AnyOperation, type Operation } from './operation';
import { afterWrite, noting, repeated, type Outcome } from './outcome';

export interface HandleContext extends CallerContext {
	account: string;
	/** A token takes the place of a session. */
	token: boolean;
	dav: Dav;
	/** A result that does not match its schema is an error (tests) instead of a debug line (use). */
	strictResults: boolean;
}

type Params = Record<string, unknown>;

/** What all views of a connection have in common. */
interface Shared {
	coalescer: Coalescer;
	memory: Map<string, unknown>;
}

const sharedOf = (caller: Caller): Shared => ({
	coalescer: new Coalescer(async (entries) => await runBatch(caller, entries, { readOnly: true })),
	memory: new Map(),
});

/** The session handle over one connection. `with` gives views of it that differ in their options only. */
export function createDsm(
	context: HandleContext,
	caller = new Caller(context),
	options: CallOptions = {},
	shared: Shared = sharedOf(caller),
): Dsm {
	const { http, host, discovery, redactor } = context;
	const { coalescer, memory } = shared;
	const merged = (more: CallOptions = {}): CallOptions => ({ ...options, ...more });

	/** The options of one request, which is counted. */
	const counted = (more?: CallOptions): CallOptions => {
		const all = merged(more);
		all.work?.spend();
		return all;
	};

	/** What the call itself says of repeating it holds, too. */
	const ask = (call: Call, more?: CallOptions): CallOptions => {
		const all = counted(more);
		return call.readOnly && all.readOnly === undefined ? { ...all, readOnly: true } : all;
	};
	const read = <A>(call: Call<A>, data: unknown, all: CallOptions): A => {
		const readOnly = all.readOnly === true || all.share === true;
		all.onAnswer?.(call, data);
		let fault: string | undefined;
		const answer = parseAnswer(call, data, {
			readOnly,
			operation: all.operation,
			unexpected: (text) => (fault = text),
		});
		if (!readOnly) all.onWritten?.(`${call.api} ${call.method}`, fault);
		if (fault !== undefined) unexpected(fault);
		// Whoever asked is told; no log and no error may repeat it.
		if (call.answer) for (const secret of secretsOf(call.answer, data)) redactor.addTold(secret);
		return answer;
	};

	const dsm: Dsm = {
		account: context.account,
		memory,
		get url() {
			return http.url;
		},
		async call<C extends Call>(call: C, params: Params = {}, more?: CallOptions): Promise<AnswerOf<C>> {
			const all = ask(call, more);
			// A batch is a call of a session: a bot has none.
			const shared = all.share && !context.token;
			const alone = async () => await caller.call(call, params, all);
			const again = all.readOnly ? undefined : call.repeatable;
			const data = shared
				? await shareOf(call, params, all)
				: again
					? await repeated(again, dsm.sleep, alone)
					: await alone();
			return read(call, data, all) as AnswerOf<C>;
		},
		async list<R>(call: ListCall<R>, params: Params = {}, more?: CallOptions) {
			return await collect(pages(dsm, call, params, more));
		},
		rows: <R>(call: ListCall<R>, params: Params = {}, more?: CallOptions & { wanted?: number }) =>
			pages(dsm, call, params, more),
		async file(call: Call, params: Params = {}, more?: CallOptions): Promise<FileAnswer> {
			return await caller.file(call, params, counted(more));
		},
		async do<P extends z.ZodObject, R extends z.ZodType>(
			operation: Operation<P, R>,
			params: z.input<P>,
			more?: CallOptions,
		) {
			const result = await run(operation, params, more, async (parsed, bound) =>
				isList(operation)
					? await collect(rows(operation, parsed, bound, mapped))
					: await once(operation, parsed, bound, mapped),
			);
			if (isDerived(operation)) return result as z.output<R>;
			return checked(operation.result, result, idOf(operation)) as z.output<R>;
		},
		async *each(operation: AnyOperation, params: unknown, more?: CallOptions & { limit?: number }) {
			const { limit = Infinity, ...rest } = more ?? {};
			const id = idOf(operation);
			const parsed = parse(operation, params);
			const element = (operation.result as z.ZodArray).element as z.ZodType;
			let count = 0;
			if (limit <= 0) return;
			const letGo = hold(operation.params as z.ZodObject, parsed, id);
			try {
				for await (const row of rows(operation, parsed, bind(operation, rest), mapped, limit)) {
					yield isDerived(operation) ? row : checked(element, row, id);
					if (++count >= limit) return;
				}
			} catch (error) {
				redactError(error, redactor);
				throw error;
			} finally {
				letGo();
			}
		},
		async secretly(schema, params, operation, work) {
			const letGo = hold(schema, params, operation);
			try {
				return await work();
			} catch (error) {
				redactError(error, redactor);
				throw error;
			} finally {
				letGo();
			}
		},
		async dav(request, more) {
			const all = counted(more);
			const answer = await context.dav(request, all);
			if (!DAV_READS.has(request.method)) all.onWritten?.(`${request.method} ${request.path}`);
			return answer;
		},
		async page({ path, headers = {}, form }: PageRequest): Promise<PageAnswer> {
			const type = form && { 'content-type': 'application/x-www-form-urlencoded' };
			const sent = { ...type, accept: 'application/json', ...headers };
			const body = form && { body: encodeForm(form) };
			const method = form ? 'POST' : 'GET';
			options.onRequest?.(false);
			const answer = await http.send({ method, path, headers: sent, ...body, signal: options.signal });
			return { status: answer.status, text: await readText(answer.body, 'page') };
		},
		async batch<const E extends readonly BatchEntry[]>(entries: E, more?: CallOptions) {
			const readOnly = entries.every(({ call }) => call.readOnly) || merged(more).readOnly === true;
			const all = { ...counted(more), readOnly };
			const answers = await runBatch(caller, entries, all);
			return answers.map((answer, index) => readEntry(entries[index]!.call, answer, all)) as BatchAnswers<E>;
		},
		async apis(names?: string[], { fresh } = {}): Promise<Record<string, ApiInfo>> {
			if (!names) return await discovery.all();
			if (fresh) for (const name of names) await discovery.refresh(name);
			discovery.want(names);
			const found = await Promise.all(names.map(async (name) => [name, await discovery.get(name)] as const));
			return Object.fromEntries(found.filter((entry): entry is [string, ApiInfo] => entry[1] !== undefined));
		},
		with: (more: CallOptions) => createDsm(context, caller, merged(more), shared),
		progress: (done, total) => options.onProgress?.(done, total, 'working'),
		now: () => http.now(),
		sleep: async (milliseconds) => await raced(host.sleep(milliseconds, options.signal), options.signal),
	};

	/** An answer shared with others; a question that found the NAS busy is asked again by itself, with pauses. */
	async function shareOf(call: Call, params: Params, all: CallOptions): Promise<unknown> {
		all.onRequest?.(true);
		try {
			return await raced(coalescer.ask(call, params), all.signal);
		} catch (error) {
			if (!isDsmError(error)) throw error;
			if (error.code === 'api' && error.retryable) return await caller.call(call, params, { ...all, readOnly: true });
			throw all.operation === undefined ? error : withDetails(error, { operation: all.operation });
		}
	}

	/** Secrets among the parameters appear nowhere until the answered function is called. Throws for one of unlikely length. */
	function hold(schema: z.ZodType, params: unknown, operation: string): () => void {
		const secrets = secretsOf(schema, params);
		for (const { length } of secrets) keepBudget('secret', length, { operation, path: [] });
		return redactor.hold(secrets);
	}

	/** A view that carries the operation's id and says whether its calls may be repeated. */
	function bind(operation: AnyOperation, more: CallOptions = {}): Dsm {
		const id = idOf(operation);
		const work = options.work ?? new Meter('calls', { operation: id });
		return dsm.with({ work, operation: id, ...(operation.readOnly && { readOnly: true }), ...more });
	}

	/** Runs under a function that bears the operation's id, so that a stack trace says which operation it was. */
	async function run<P extends z.ZodObject, R extends z.ZodType>(
		operation: Operation<P, R>,
		params: unknown,
		more: CallOptions | undefined,
		body: (parsed: z.output<P>, bound: Dsm) => Promise<unknown>,
	): Promise<unknown> {
		const id = idOf(operation);
		const outcome: Outcome = {};
		const options = { ...more, ...noting(outcome, merged(more)) };
		const named = {
			async [id]() {
				const parsed = parse(operation, params);
				const letGo = hold(operation.params as z.ZodObject, parsed, id);
				try {
					return await body(parsed as z.output<P>, bind(operation, options));
				} catch (error) {
					const told = afterWrite(error, outcome);
					redactError(told, redactor);
					throw told;
				} finally {
					letGo();
				}
			},
		}[id]!;
		return await named();
	}

	const parse = (operation: AnyOperation, params: unknown): Params =>
		parseParams(operation.params as z.ZodObject, params, idOf(operation));

	/** A write that succeeded must not look failed: outside tests an unexpected result passes through. */
	function checked(schema: z.ZodType, value: unknown, id: string): unknown {
		const parsed = schema.safeParse(value);
		if (parsed.success) return parsed.data;
		const issue = parsed.error.issues[0];
		unexpected(`The result of ${id} is not as declared: ${issue?.path.join('.')}: ${issue?.message}`);
		return value;
	}

	/**
	 * The declared mapping of an answer; an answer it cannot read passes through as it is, for the same reason. A mapping that finds that
	 * the operation failed says so by an error of this client.
	 */
	async function mapped<T>(operation: AnyOperation, data: T, map: () => unknown): Promise<unknown> {
		try {
			return await map();
		} catch (error) {
			if (isDsmError(error)) throw error;
			unexpected(`The answer to ${idOf(operation)} cannot be mapped: ${String(error)}`);
			return data;
		}
	}

	function readEntry(call: Call, answer: BatchAnswer, all: CallOptions): BatchAnswer {
		if ('error' in answer) return answer;
		try {
			return { data: read(call, answer.data, all) };
		} catch (error) {
			if (isDsmError(error)) return { error };
			throw error;
		}
	}

	function unexpected(message: string): void {
		if (context.strictResults) throw new TypeError(message);
		host.log.debug(message);
	}

	return dsm;
}

/** Whether rows are given one by one. */
function isList(operation: AnyOperation): boolean {
	if (operation.kind === 'procedure') return operation.each !== undefined;
	if ('ask' in operation) return 'rows' in operation.ask;
	return isListCall(operation.call) && !operation.each;
}

const isDerived = (operation: AnyOperation): boolean => 'derived' in operation && operation.derived === true;

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
	const found: T[] = [];
	for await (const row of source) found.push(row);
	return found;
}
