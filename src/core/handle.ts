import type { z } from '../vendor/zod';
import { raced } from './abort';
import { Coalescer, runBatch, type BatchEntry } from './batch';
import type { Call, FileAnswer } from './call';
import { Caller, type CallerContext } from './caller';
import type { Dav } from './dav';
import type { ApiInfo, BatchAnswer, CallOptions, Dsm } from './dsm';
import { isDsmError, withDetails } from './errors';
import { parseParams } from './faults';
import { idOf, type AnyOperation, type CallOperation, type Operation } from './operation';

export interface HandleContext extends CallerContext {
	account: string;
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
	const { http, host, discovery } = context;
	const { coalescer, memory } = shared;
	const merged = (more: CallOptions = {}): CallOptions => ({ ...options, ...more });

	const dsm: Dsm = {
		account: context.account,
		memory,
		get url() {
			return http.url;
		},
		async call(call: Call, params: Params = {}, more?: CallOptions) {
			const all = merged(more);
			return all.share ? await shareOf(call, params, all) : await caller.call(call, params, all);
		},
		async file(call: Call, params: Params = {}, more?: CallOptions): Promise<FileAnswer> {
			return await caller.file(call, params, merged(more));
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
			return checked(operation.result, result, idOf(operation)) as z.output<R>;
		},
		async *each(operation: AnyOperation, params: unknown, more?: CallOptions & { limit?: number }) {
			const { limit = Infinity, ...rest } = more ?? {};
			const id = idOf(operation);
			const parsed = parse(operation, params);
			const element = (operation.result as z.ZodArray).element as z.ZodType;
			let count = 0;
			if (limit <= 0) return;
			for await (const row of rows(operation, parsed, bind(operation, rest), mapped, limit)) {
				yield checked(element, row, id);
				if (++count >= limit) return;
			}
		},
		dav: async (request, more) => await context.dav(request, merged(more)),
		async batch(entries: BatchEntry[], more?: CallOptions): Promise<BatchAnswer[]> {
			return await runBatch(caller, entries, merged(more));
		},
		async apis(names?: string[]): Promise<Record<string, ApiInfo>> {
			if (!names) return await discovery.all();
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
		try {
			return await raced(coalescer.ask(call, params), all.signal);
		} catch (error) {
			if (!isDsmError(error)) throw error;
			if (error.code === 'api' && error.retryable) return await caller.call(call, params, { ...all, readOnly: true });
			throw all.operation === undefined ? error : withDetails(error, { operation: all.operation });
		}
	}

	/** A view that carries the operation's id and says whether its calls may be repeated. */
	function bind(operation: AnyOperation, more: CallOptions = {}): Dsm {
		return dsm.with({ operation: idOf(operation), ...(operation.readOnly && { readOnly: true }), ...more });
	}

	/** Runs under a function that bears the operation's id, so that a stack trace says which operation it was. */
	async function run<P extends z.ZodObject, R extends z.ZodType>(
		operation: Operation<P, R>,
		params: unknown,
		more: CallOptions | undefined,
		body: (parsed: z.output<P>, bound: Dsm) => Promise<unknown>,
	): Promise<unknown> {
		const id = idOf(operation);
		const named = {
			async [id]() {
				return await body(parse(operation, params) as z.output<P>, bind(operation, more));
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

	/** The declared mapping of an answer; an answer it cannot read passes through as it is, for the same reason. */
	function mapped(operation: CallOperation, data: unknown): unknown {
		if (!operation.response) return data;
		try {
			return operation.response(data);
		} catch (error) {
			unexpected(`The answer to ${idOf(operation)} cannot be mapped: ${String(error)}`);
			return data;
		}
	}

	function unexpected(message: string): void {
		if (context.strictResults) throw new TypeError(message);
		host.log.debug(message);
	}

	return dsm;
}

const isList = (operation: AnyOperation): boolean =>
	operation.kind === 'operation' ? operation.page !== undefined : operation.each !== undefined;

type Mapped = (operation: CallOperation, data: unknown) => unknown;

async function once(operation: AnyOperation, params: Params, dsm: Dsm, mapped: Mapped): Promise<unknown> {
	if (operation.kind === 'procedure') return await operation.run!(params, dsm);
	const wire = operation.request ? operation.request(params) : params;
	if (operation.returns === 'file') return await dsm.file(operation.call, wire);
	return mapped(operation, await dsm.call(operation.call, wire));
}

/** Rows of a list operation. `wanted` keeps the last page from being larger than needed. */
async function* rows(
	operation: AnyOperation,
	params: Params,
	dsm: Dsm,
	mapped: Mapped,
	wanted = Infinity,
): AsyncGenerator<unknown> {
	if (operation.kind === 'procedure' && operation.each) yield* operation.each(params, dsm);
	else if (operation.kind === 'operation' && operation.page)
		yield* pages(operation, operation.page, params, dsm, mapped, wanted);
	else yield* listOf(await once(operation, params, dsm, mapped));
}

async function* pages(
	operation: CallOperation,
	page: { items: string; max?: number },
	params: Params,
	dsm: Dsm,
	mapped: Mapped,
	wanted: number,
): AsyncGenerator<unknown> {
	const wire = operation.request ? operation.request(params) : params;
	let first: string | undefined;
	for (let offset = 0; offset < wanted;) {
		const limit = Math.min(page.max ?? Infinity, wanted - offset);
		const data = (await dsm.call(operation.call, page.max === undefined ? wire : { ...wire, offset, limit })) as
			Params | undefined;
		const items = listOf(data?.[page.items]);
		// A server that does not know pages gives the first one again and again.
		const start = JSON.stringify(items[0]);
		if (start === first && items.length > 0) return;
		first = start;
		for (const item of items) yield mapped(operation, item);
		offset += items.length;
		const total = data?.total === undefined ? NaN : Number(data.total);
		if (page.max === undefined || items.length === 0 || (Number.isNaN(total) ? items.length < limit : offset >= total))
			return;
	}
}

/** A list of an answer; DSM leaves empty ones out. */
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

async function collect(source: AsyncIterable<unknown>): Promise<unknown[]> {
	const found: unknown[] = [];
	for await (const row of source) found.push(row);
	return found;
}
