import type { z } from '../vendor/zod';
import type { Basis, Call, ListCall } from './call';
import type { Dsm } from './dsm';
import type { DsmError, DsmErrorCode } from './errors';
import type { Right } from './right';

export type { Basis } from './call';

export interface Shared<P extends z.ZodObject, R extends z.ZodType> {
	/** Verb and object, sentence case: "Send a message". */
	title: string;
	/** One sentence for the editors and the documentation. */
	summary: string;
	params: P;
	/** An array is a list: hosts offer "Return All" and "Limit", and emit one item per row. */
	result: R;
	basis: Basis;
	/** Changes nothing on the server: may be repeated, batched, and used by a picker. */
	readOnly?: true;
	/** Destroys something: editors and AI tools are told. */
	destructive?: true;
	/** What it is about is gone afterwards: hosts answer `deleted: true` beside what the operation itself tells. */
	deletes?: true;
	/** The least right that it needs; absent: what the service says. */
	right?: Right;
	/** Proves itself by the token of a bot or webhook instead of a session: hosts ask for that connection. */
	token?: true;
}

/** Where and when a call is made. */
export interface Surroundings {
	account: string;
	/** Base URL in use. */
	url: string;
	/** Time of the NAS in milliseconds. */
	now: number;
}

export const surroundingsOf = ({ account, url, now }: Dsm): Surroundings => ({ account, url, now: now() });

/** What mappings may know beside the answer. */
export interface Facts<P = unknown, K = unknown, T = unknown> extends Surroundings {
	params: P;
	/** What the read before gave. */
	known: K;
	/** What the read after gave. */
	then: T;
}

/** A read that belongs to an operation, with its wire parameters. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the parameters are those of the operation
export interface Step<A = any, Given extends unknown[] = any[]> {
	call: Call<A>;
	request?: (...given: Given) => Record<string, unknown>;
}

/**
 * What an operation must know before, where one read does not tell it: several calls, or answers that were kept for a while. Throws
 * what keeps the operation from being done.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export interface Lookup<K = any> {
	uses: readonly Call[];
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
	look: (params: any, dsm: Dsm) => Promise<K>;
}

/** How the work is waited for that a call starts in the background of the NAS. `run` starts it and gives how it ended. */
export interface Waiting<E = unknown> {
	uses: readonly Call[];
	run: (dsm: Dsm, start: Call, wire: Record<string, unknown>, params: Record<string, unknown>) => Promise<E>;
}

/** A write on the revision that was read before it, made anew when another revision came first. */
export interface Revising<P = unknown, K = unknown> {
	/** What is written to: writes of this process to the same wait for each other. */
	subject: (params: P) => string;
	/** The revision that the read gave; a refusal of the same one twice is none of a revision. */
	revision: (known: K) => string;
	/** Whether the NAS may have refused because another revision came first. */
	isConflict: (error: unknown) => boolean;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- mappings are typed where they are declared, by `operation()` */
/** Declared by data: one call, a read before and after where needed, and pure mappings where names or shapes differ. */
export interface CallOperation<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> extends Shared<
	P,
	R
> {
	kind: 'operation';
	/** Read first: what has to be sent back, or looked up. */
	known?: Step | Lookup;
	call: Call | ListCall;
	/** Parameters of the operation in, wire values out. Absent: they go as they are. */
	request?: (
		params: any,
		known: any,
		around: Surroundings,
	) => Record<string, unknown> | Promise<Record<string, unknown>>;
	/** `known` and the call begin again when others write in between. */
	revises?: Revising<any, any>;
	/**
	 * Made once for each value of the list parameter `param`, which `request` gets as `one`; one row each tells under the name `as`
	 * what became of it. Fails when nothing was done.
	 */
	each?: { param: string; as: string };
	/** Asked in place of the call where the NAS refuses it so. */
	instead?: { call: Call; when: readonly DsmErrorCode[] };
	/**
	 * Finds what the call made since a time of the NAS, when its outcome is unknown; undefined: nothing, and it is made again. Throws
	 * `lost`, the error of the call, where nobody can tell.
	 */
	lost?: {
		uses: readonly Call[];
		look: (params: any, dsm: Dsm, since: number, known: any, lost: DsmError) => Promise<unknown>;
	};
	/** The call starts a background task: its end is the answer. */
	wait?: Waiting<any>;
	/** Read last, where the write does not answer with what it made. */
	then?: Step;
	/** Answer in, result out; of a list, one row at a time. Absent: the answer as it is. */
	response?: (answer: any, facts: Facts<any, any, any>) => unknown;
	/** What a failure means: a result, where it answers the question; otherwise it throws the error, or one that says more. */
	failed?: (error: DsmError, params: any) => unknown;
	/** Which rows of a list count, where the NAS does not filter. */
	keep?: (row: any, params: any, known: any) => boolean;
	/** Only rows that are no older than a moment, where `than` gives one; `ends`: the list comes in that order, so an older row is its end. */
	newer?: { than: (params: any) => number | undefined; at: (row: any) => number; ends: (params: any) => boolean };
	/** The same where only all rows together tell which count, and in which order they come. */
	pick?: (rows: any[], params: any, known: any) => readonly any[];
	/** The answer is a file, not an envelope. */
	returns?: 'file';
	/** Bytes that the file must have, asked for when it ends; undefined: nobody knows. */
	size?: { uses: readonly Call[]; look: (params: any, dsm: Dsm) => Promise<number | undefined> };
	/** The result is the answer as its call declares it: it was parsed already. */
	derived?: true;
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/* eslint-disable @typescript-eslint/no-explicit-any -- mappings are typed where they are declared, by `davOperation()` */
/** One question over CardDAV or CalDAV: a request, or several that belong together. */
export interface DavCall<P = any, A = any> {
	/** The requests, for the reference: `PUT <contact>, If-Match`. */
	requests: readonly string[];
	basis: Basis;
	/** Dossier and section: `contacts.md 8.2`. */
	source: string;
	/** Changes nothing on the NAS: may be repeated and shared. */
	readOnly?: true;
	ask: (dsm: Dsm, params: P) => Promise<A>;
}

/** The same where the answer is a list. */
export interface DavListCall<P = any, R = any> extends Omit<DavCall<P>, 'ask'> {
	row: z.ZodType<R>;
	rows: (dsm: Dsm, params: P) => AsyncIterable<R>;
}

/** Declared by data, over CardDAV or CalDAV: one question, with a read before where needed, and pure mappings. */
export interface DavOperation<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> extends Shared<
	P,
	R
> {
	kind: 'operation';
	/** Read first: what is sent on changed, or looked up. */
	known?: { ask: DavCall; request?: (params: any) => unknown };
	ask: DavCall | DavListCall;
	/** All its requests, for the reference. */
	dav: readonly string[];
	/** Dossiers and sections of its questions. */
	source: string;
	request?: (params: any, known: any) => unknown;
	/** Answer in, result out; of a list, one row at a time. Absent: the answer as it is. */
	response?: (answer: any, facts: Facts<any, any, any>) => unknown;
	/** Which rows of a list count. */
	keep?: (row: any, params: any) => boolean;
	/** The answer is a file. */
	returns?: 'file';
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Declared by code: several calls in a given order; `each` instead of `run` gives rows one by one. */
export interface Procedure<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> extends Shared<P, R> {
	kind: 'procedure';
	uses: readonly Call[];
	/** CardDAV and CalDAV requests, for the reference: `PUT <contact>, If-Match`. */
	dav?: readonly string[];
	/** Dossier and section of these. */
	source?: string;
	run?: (params: z.output<P>, dsm: Dsm) => Promise<z.input<R>>;
	each?: (params: z.output<P>, dsm: Dsm) => AsyncIterable<unknown>;
	returns?: 'file';
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parameters of a declaration are contravariant
export type AnyOperation = CallOperation<any, any> | DavOperation<any, any> | Procedure<any, any>;
export type Operation<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> =
	CallOperation<P, R> | DavOperation<P, R> | Procedure<P, R>;

const ids = new WeakMap<object, string>();

/** Stable id of a declaration, `chat.message.send`, given by the catalogue when the service is put together. */
export const idOf = (declaration: object): string => ids.get(declaration) ?? 'operation';
export const setId = (declaration: object, id: string): void => void ids.set(declaration, id);

/** Dossiers and sections that a declaration is written from. */
export function sourcesOf(item: { source?: string; uses?: readonly Call[] } | AnyOperation): string[] {
	const calls = 'uses' in item ? (item.uses ?? []) : 'kind' in item ? callsOf(item) : [];
	const own = 'source' in item && item.source !== undefined ? item.source.split('; ') : [];
	return [...new Set([...calls.flatMap(({ source }) => source ?? []), ...own])];
}

/** Every call a declaration can make. */
export function callsOf(operation: AnyOperation): readonly Call[] {
	if (operation.kind === 'procedure') return operation.uses;
	if ('ask' in operation) return [];
	const { call, known, instead, lost, wait, then, size } = operation;
	const looks = [lost, wait, size].flatMap((one) => one?.uses ?? []);
	const all = [call, ...before(known), instead?.call, ...looks, then?.call].filter((one) => one !== undefined);
	return [...new Set(all)];
}

const before = (known: Step | Lookup | undefined): readonly Call[] =>
	known === undefined ? [] : 'look' in known ? known.uses : [known.call];
