import type { z } from '../vendor/zod';
import type { Meter } from './budget';
import type { AnswerOf, Call, FileAnswer, ListCall } from './call';
import type { Dav } from './dav';
import type { AnyOperation, Operation } from './operation';
import type { DsmError } from './errors';

export interface CallOptions {
	/** May be repeated after transport faults and busy answers. */
	readOnly?: boolean;
	/** Id of the operation, for errors and logs. */
	operation?: string;
	signal?: AbortSignal;
	/** Counts the calls of one operation or poll, so that a list that never ends does. */
	work?: Meter;
	/** The answer may serve others who ask the same at the same moment: for polls. Implies `readOnly`. */
	share?: boolean;
	/** How far an upload is (bytes), or the work of a task of the NAS (in its own measure). */
	onProgress?: (done: number, total: number, what: 'sending' | 'working') => void;
	/**
	 * Whether the file that is being read is still the one it was at that time of the NAS (milliseconds): asked before a transfer that
	 * broke off is continued, where the headers do not tell.
	 */
	unchanged?: (since: number) => Promise<boolean>;
	/** Bytes that the file must have by what the service says of it, looked at when it ends; undefined: nobody knows. */
	size?: number | (() => Promise<number | undefined>) | undefined;
	/** A success in place of the file is given as the JSON that it is, instead of being an error. */
	orAnswer?: true;
	/**
	 * Told of each HTTP request that goes out for it, alone or for others as well, repeats included, and whether it bears the account; not of
	 * login, list of APIs and looks at the session.
	 */
	onRequest?: (bearsAccount: boolean) => void;
	/** Told of each write that the NAS carried out; `fault`: its answer was not as declared. */
	onWritten?: (what: string, fault?: string) => void;
	/** Told of what each call answered, before it is read as declared. */
	onAnswer?: (call: Call, data: unknown) => void;
}

export type BatchAnswer<A = unknown> = { data: A } | { error: DsmError };

export interface BatchEntry {
	call: Call;
	params?: Record<string, unknown>;
}

/** What each entry of a batch answers, at its place. */
export type BatchAnswers<E extends readonly BatchEntry[]> = {
	-readonly [N in keyof E]: BatchAnswer<AnswerOf<E[N]['call']>>;
};

/** The session handle: what operations, triggers and hosts speak to. */
export interface Dsm {
	/** Login name of the account. */
	readonly account: string;
	/** Base URL in use (after QuickConnect resolution). */
	readonly url: string;
	/** What declarations keep for this connection while the process runs, e.g. a list that names are looked up in. */
	readonly memory: Map<string, unknown>;
	/**
	 * One call; gives `data` of the envelope in the shape that the call declares. Retries, renewal and errors included. Throws
	 * DsmProtocolError when a read answers something else; a write that succeeded gives what is known.
	 */
	call<C extends Call>(call: C, params?: Record<string, unknown>, options?: CallOptions): Promise<AnswerOf<C>>;
	/** All rows of a list, page by page as the call declares. */
	list<R>(call: ListCall<R>, params?: Record<string, unknown>, options?: CallOptions): Promise<R[]>;
	/** The same one by one; `wanted` keeps the last page from being larger than needed. */
	rows<R>(
		call: ListCall<R>,
		params?: Record<string, unknown>,
		options?: CallOptions & { wanted?: number },
	): AsyncGenerator<R>;
	/** One call whose answer is a file. */
	file(call: Call, params?: Record<string, unknown>, options?: CallOptions): Promise<FileAnswer>;
	/** One CardDAV or CalDAV request, with account and password instead of a session. */
	dav: Dav;
	/** One request to a page of the NAS beside the Web API, without session, account or password. */
	page(request: PageRequest): Promise<PageAnswer>;
	/** Runs an operation: checks parameters first, sends, checks the result. A list gives all its rows. */
	do<P extends z.ZodObject, R extends z.ZodType>(
		operation: Operation<P, R>,
		params: z.input<P>,
		options?: CallOptions,
	): Promise<z.output<R>>;
	/** Rows of a list operation one by one; pages are fetched as needed. */
	each(operation: AnyOperation, params: unknown, options?: CallOptions & { limit?: number }): AsyncGenerator<unknown>;
	/** Several calls in one request (`SYNO.Entry.Request`), order kept; an error stays with its entry. */
	batch<const E extends readonly BatchEntry[]>(entries: E, options?: CallOptions): Promise<BatchAnswers<E>>;
	/**
	 * APIs of this NAS by name, as `SYNO.API.Info` gives them; `names` absent: all. Needs no session. `fresh`: the NAS is asked even
	 * where the answer is known, for whoever wants to know whether it answers.
	 */
	apis(names?: string[], options?: { fresh?: true }): Promise<Record<string, ApiInfo>>;
	/** Runs what works with parameters whose secrets, by their schema, may appear in no log and no error: triggers. */
	secretly<T>(schema: z.ZodType, params: unknown, operation: string, work: () => Promise<T>): Promise<T>;
	/** The same handle bound to a signal. */
	with(options: CallOptions): Dsm;
	/** Tells the host how far a task of the NAS is. */
	progress(done: number, total: number): void;
	/** Time of the NAS in milliseconds. */
	now(): number;
	/** Milliseconds to wait without holding up the host; ends early when the signal fires. */
	sleep(milliseconds: number): Promise<void>;
}

/** A page of the NAS that is no Web API: what packages serve by themselves. */
export interface PageRequest {
	/** From the root of the NAS: `/webman/sso/openid-jwks.json`. */
	path: string;
	headers?: Record<string, string>;
	/** Sent by POST; without it the page is read by GET. */
	form?: Record<string, string | undefined>;
}

export interface PageAnswer {
	status: number;
	text: string;
}

/** One row of `SYNO.API.Info` (core.md 2). */
export interface ApiInfo {
	path: string;
	minVersion: number;
	maxVersion: number;
	requestFormat?: 'JSON';
}
