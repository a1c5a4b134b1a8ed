import type { ByteStream } from '../platform';
import type { z } from '../vendor/zod';

/** Where the facts of a declaration come from, strongest first (A = guide or capture, B = clients, C = inferred). */
export type Basis = 'guide' | 'capture' | 'clients' | 'inferred';

/** One method of one DSM API, with what is known of its answer. `version` is the version the declaration was written against. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a call that the user names promises nothing
export interface Call<A = any> {
	api: `SYNO.${string}`;
	method: string;
	version: number;
	/** Name after the CGI in the address, where its extension says what the answer shall be (drive.md 8). */
	as?: string;
	/**
	 * No Web API, but a page of a package: its address from the root of the NAS. The method goes as `action`, the session as cookie, and
	 * the answer has its fields beside `success` (audiostation.md 1). `api` is then the one that comes with the same package.
	 */
	site?: string;
	/** The version to use where the highest one of the NAS is below another: older releases have the method in an earlier version. */
	older?: { below: number; version: number };
	basis?: Basis;
	/** Dossier and section: `filestation.md 4.9`. */
	source?: string;
	/** Changes nothing on the NAS: may be repeated, batched and shared. */
	readOnly?: true;
	/**
	 * A write that leaves the same whether it is made once or several times: it is made again when its answer was lost. `done`: codes by
	 * which the NAS refuses a repeat of what was done already; none where no source tells them.
	 */
	repeatable?: Repeatable;
	/** The NAS may want the password of the account confirmed before it does this (core/confirm.ts). */
	confirmed?: true;
	/** The answer is a file that the NAS makes while it sends it: its kind tells whether it came whole (core/wholeFile.ts). */
	generated?: true;
	/** Shape of `data`. Absent: what the NAS says beside success is not known. */
	answer?: z.ZodType<A>;
}

export type Repeatable = true | { done: readonly number[] };

/** What a call that gives a list answers: its rows, how many there are in all when the NAS says so, and what else is declared. */
export type Rows<R, M = unknown> = { rows: R[]; total?: number | undefined } & M;

/** A call whose answer is a list. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export interface ListCall<R = any, M = unknown> extends Call<Rows<R, M>> {
	row: z.ZodType<R>;
	/** Most rows one request may ask for, by `offset` and `limit`. Absent: one answer holds all. */
	page?: number;
	/**
	 * Asked about the values of one list parameter, at most so many in one request. `absent`: code by which the NAS refuses all of them
	 * because of one that is not there; they are asked about one by one then, and the absent ones have no row.
	 */
	about?: { param: string; most: number; absent?: number };
}

/* eslint-disable @typescript-eslint/no-explicit-any -- a literal that is no declared call promises nothing */
/** What a call answers, as it declares it. */
/** Asks for nothing but whether a session holds: it needs no right (core.md 4.6). */
export const PROBE = { api: 'SYNO.Core.Desktop.Timeout', method: 'get', version: 1 } as const satisfies Call;

export type AnswerOf<C> = 'answer' extends keyof C ? (C extends Call<infer A> ? A : never) : any;
/** A row of a list, else the answer. */
export type RowOf<C> = C extends ListCall<infer R, any> ? R : AnswerOf<C>;
/** All rows of a list, else the answer. */
export type AllOf<C> = C extends ListCall<infer R, any> ? R[] : AnswerOf<C>;
/* eslint-enable @typescript-eslint/no-explicit-any */

export const isListCall = (call: Call): call is ListCall => 'row' in call;

/** The version in which a NAS is asked whose highest one is this: the declared one, the one for older releases, or that highest one. */
export function usedVersion({ older, version }: Call, { maxVersion }: { maxVersion: number }): number {
	const wanted = older && maxVersion < older.below ? older.version : version;
	return Math.min(wanted, maxVersion);
}

/** A file on its way to the NAS. `open` is called again when the request has to be repeated after a lost session. */
export interface FileSource {
	/** Name the file gets on the NAS. */
	name: string;
	/** MIME type; `application/octet-stream` when absent. */
	type?: string;
	/** Bytes. DSM refuses uploads without a `Content-Length` (core.md 10.5). */
	size: number;
	open: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** A file on its way from the NAS. The stream must be read or destroyed. */
export interface FileAnswer {
	name: string;
	type: string;
	/** Bytes, when the server said so. */
	size?: number;
	stream: ByteStream;
}

const BARE = Symbol('bare');
const QUOTED = Symbol('quoted');

/** A text that goes on the wire as it is, although its API takes JSON (the exceptions of core.md 3.2). */
export interface Bare {
	[BARE]: string;
}

/** A value that goes on the wire as JSON, although it is a part of a multipart body (core.md 10.7). */
export interface Quoted {
	[QUOTED]: unknown;
}

export const bare = (text: string): Bare => ({ [BARE]: text });
export const quoted = (value: unknown): Quoted => ({ [QUOTED]: value });

const has = <K extends symbol>(value: unknown, key: K): value is Record<K, unknown> =>
	typeof value === 'object' && value !== null && key in value;

export const isBare = (value: unknown): value is Bare => has(value, BARE);
export const isQuoted = (value: unknown): value is Quoted => has(value, QUOTED);
export const bareText = (value: Bare): string => value[BARE];
export const quotedValue = (value: Quoted): unknown => value[QUOTED];

/** Whether a parameter is a file to be streamed. Streams have an `open` too, so name and size count as well. */
export function isFileSource(value: unknown): value is FileSource {
	if (typeof value !== 'object' || value === null) return false;
	const { name, size, open } = value as Partial<FileSource>;
	return typeof open === 'function' && typeof name === 'string' && typeof size === 'number';
}

/** Last part of a path of either kind: what a file is called, wherever its name comes from. */
export const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
