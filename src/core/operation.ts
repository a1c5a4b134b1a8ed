import type { z } from '../vendor/zod';
import type { Call } from './call';
import type { Dsm } from './dsm';

/** Where the facts of a declaration come from, strongest first (A = guide or capture, B = clients, C = inferred). */
export type Basis = 'guide' | 'capture' | 'clients' | 'inferred';

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
	/** Proves itself by the token of a bot or webhook instead of a session: hosts ask for that connection. */
	token?: true;
}

/** Declared by data: one call, and pure mappings where names or shapes differ. */
export interface CallOperation<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> extends Shared<
	P,
	R
> {
	kind: 'operation';
	call: Call;
	/** Parameters of the operation in, wire values out. Absent: they go as they are. */
	request?: (params: z.output<P>) => Record<string, unknown>;
	/** `data` of the answer in, result out; with `page` it gets one row. Absent: as it is. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire edge
	response?: (data: any) => unknown;
	/** The list in the answer, and the most rows one request may ask for; without `max` one answer holds all rows. */
	page?: { items: string; max?: number };
	/** The answer is a file, not an envelope. */
	returns?: 'file';
}

/** Declared by code: several calls in a given order; `each` instead of `run` gives rows one by one. */
export interface Procedure<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> extends Shared<P, R> {
	kind: 'procedure';
	uses: readonly Call[];
	/** CardDAV and CalDAV requests, for the reference: `PUT <contact>, If-Match`. */
	dav?: readonly string[];
	run?: (params: z.output<P>, dsm: Dsm) => Promise<z.input<R>>;
	each?: (params: z.output<P>, dsm: Dsm) => AsyncIterable<unknown>;
	returns?: 'file';
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parameters of a declaration are contravariant
export type AnyOperation = CallOperation<any, any> | Procedure<any, any>;
export type Operation<P extends z.ZodObject = z.ZodObject, R extends z.ZodType = z.ZodType> =
	CallOperation<P, R> | Procedure<P, R>;

const ids = new WeakMap<object, string>();

/** Stable id of a declaration, `chat.message.create`, given by the catalogue when the service is put together. */
export const idOf = (declaration: object): string => ids.get(declaration) ?? 'operation';
export const setId = (declaration: object, id: string): void => void ids.set(declaration, id);

/** Every call a declaration can make. */
export const callsOf = (operation: AnyOperation): readonly Call[] =>
	operation.kind === 'operation' ? [operation.call] : operation.uses;
