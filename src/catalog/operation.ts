import type { CallOperation, Facts, Procedure, Revising, Surroundings, Waiting } from '../core/operation';
import type { Dsm } from '../core/dsm';
import {
	isListCall,
	type AllOf,
	type AnswerOf,
	type Basis,
	type Call,
	type FileAnswer,
	type ListCall,
	type RowOf,
} from '../core/call';
import type { DsmError } from '../core/errors';
import type { Fields, Mark } from '../core/receive';
import type { Right } from '../core/right';
import { z } from '../vendor/zod';
import { lookingOf, type Gone, type Looking, type Made } from './lost';

export type { AnyOperation, Basis, CallOperation, Operation, Procedure } from '../core/operation';
export { callsOf, idOf, sourcesOf } from '../core/operation';
export type { Explained as Explanation } from '../core/codes';
export { resource, service, type Resource, type Service } from './service';

/** Answer of a write that says no more than that it was done. */
export const nothing = z.object({});

/* eslint-disable @typescript-eslint/no-explicit-any -- values of a list parameter are of any type */
type ResultOf<C> = z.ZodType<
	C extends ListCall<infer R, any> ? R[] : unknown extends AnswerOf<C> ? Record<string, never> : AnswerOf<C>
>;

/** Parameters, and where a call is made for each value of one of them, that value. */
type Given<P extends z.ZodObject> = z.output<P> & { one?: any };
/* eslint-enable @typescript-eslint/no-explicit-any */

type Declared<P extends z.ZodObject> = Pick<
	CallOperation<P>,
	'title' | 'summary' | 'params' | 'readOnly' | 'destructive' | 'deletes' | 'token' | 'returns' | 'instead' | 'right'
> & { basis?: Basis };

/** What mappings get of a call: one row of a list, its answer, or how the task ended that it started. */
type Answered<C, W> = [W] extends [never] ? RowOf<C> : W;

interface Mapped<P extends z.ZodObject, C, K, T, W, L, G> {
	known?:
		| { call: K; request?: (params: z.output<P>) => Record<string, unknown> }
		| { uses: readonly Call[]; look: (params: z.output<P>, dsm: Dsm) => Promise<L> };
	call: C;
	request?: (
		params: Given<P>,
		known: L,
		around: Surroundings,
	) => Record<string, unknown> | Promise<Record<string, unknown>>;
	revises?: Revising<z.output<P>, L>;
	each?: { param: string; as: string };
	then?: {
		call: T;
		request?: (params: Given<P>, answer: Answered<C, W>, known: L) => Record<string, unknown>;
	};
	lost?:
		| Looking<Given<P>, [W] extends [never] ? AnswerOf<C> : W, L>
		| Made<G, RowOf<G>, Given<P>, AnswerOf<C>>
		| Gone<G, RowOf<G>, Given<P>, AnswerOf<C>>;
	wait?: Waiting<W>;
	size?: { uses: readonly Call[]; look: (params: Given<P>, dsm: Dsm) => Promise<number | undefined> };
	response?: (answer: Answered<C, W>, facts: Facts<Given<P>, L, AllOf<T>>) => unknown;
	failed?: (error: DsmError, params: Given<P>) => unknown;
	keep?: (row: RowOf<C>, params: z.output<P>, known: L) => boolean;
	newer?: {
		than: (params: z.output<P>) => number | undefined;
		at: (row: RowOf<C>) => number;
		ends: (params: z.output<P>) => boolean;
	};
	pick?: (rows: RowOf<C>[], params: z.output<P>, known: L) => readonly RowOf<C>[];
}

/**
 * Declares an operation by data: one call, with a read before and after where needed. What is not said follows from the call: its
 * result, how certain it is, and whether it changes anything.
 */
export function operation<
	P extends z.ZodObject,
	C extends Call,
	K extends Call = Call<undefined>,
	T extends Call = Call<undefined>,
	W = never,
	R extends z.ZodType = ResultOf<C>,
	L = AllOf<K>,
	G extends Call = Call<undefined>,
>(declaration: Declared<P> & Mapped<P, C, K, T, W, L, G> & { result?: R }): CallOperation<P, R> {
	const { result, basis, readOnly = declaration.call.readOnly, ...rest } = declaration;
	// What a call answers without declaring it is not in the form of results.
	const isSilent = !result && !rest.response && !rest.then && !rest.wait && !rest.call.answer;
	const known = rest.known && ('look' in rest.known ? rest.known.uses : [rest.known.call]);
	const calls: Call[] = [
		rest.call,
		...(known ?? []),
		...[rest.instead?.call, rest.then?.call].filter((one) => one !== undefined),
		...(rest.wait?.uses ?? []),
	];
	return {
		kind: 'operation',
		...rest,
		...(isSilent && { response: () => ({}) }),
		...(rest.lost && { lost: lookingOf(rest.lost as never) }),
		...(readOnly && { readOnly }),
		basis: basis ?? weakest(calls),
		result: result ?? resultOf(declaration),
		...(!result && !rest.response && !rest.each && !isSilent && { derived: true }),
	} as unknown as CallOperation<P, R>;
}

/** What became of each value of an operation that is made once for each. */
const outcome = (as: string) => z.looseObject({ [as]: z.unknown(), done: z.boolean(), error: z.string().optional() });

function resultOf({ call, each }: { call: Call; each?: { as: string } }): z.ZodType {
	if (each) return z.array(outcome(each.as));
	return isListCall(call) ? z.array(call.row) : (call.answer ?? nothing);
}

const CERTAINTY: readonly Basis[] = ['guide', 'capture', 'clients', 'inferred'];

/** An operation is as certain as its weakest call. */
export const weakest = (calls: readonly { basis?: Basis }[]): Basis =>
	CERTAINTY[Math.max(0, ...calls.map(({ basis = 'guide' }) => CERTAINTY.indexOf(basis)))]!;

/** Declares an operation by code: several calls in a given order. */
export function procedure<P extends z.ZodObject, R extends z.ZodType>(
	declaration: Omit<Procedure<P, R>, 'kind' | 'basis'> & { basis?: Basis },
): Procedure<P, R> {
	return { kind: 'procedure', basis: weakest(declaration.uses), ...declaration };
}

/** When a poll has to stop and return what it has. */
export interface Budget {
	/** Whether time is left for another request. */
	left: () => boolean;
}

export interface PollAnswer<C, E> {
	/** Oldest first. */
	events: E[];
	cursor: C;
	/** The budget ended before the backlog did: poll again soon. */
	more?: boolean;
	/** Why what was seen is not believed yet (catalog/absence.ts): told to the user once, instead of events. */
	doubt?: string | undefined;
}

/**
 * An event source by polling. `start` gives a cursor at "now"; `poll` gives events oldest first and the cursor after the last one.
 * The host stores the cursor after it has handed the events on. `key` is the stable id by which repeats are removed.
 */
export interface Trigger<
	P extends z.ZodObject = z.ZodObject,
	C extends z.ZodType = z.ZodType,
	E extends z.ZodType = z.ZodType,
> {
	kind: 'trigger';
	/** What happened, sentence case: "New message". */
	title: string;
	summary: string;
	params: P;
	basis: Basis;
	/** The least right that it needs; absent: what the service says. */
	right?: Right;
	uses: readonly Call[];
	/** CardDAV and CalDAV requests, for the reference. */
	dav?: readonly string[];
	/** Dossier and section of these. */
	source?: string;
	/** Small JSON, no secrets, with a format version `v`. */
	cursor: C;
	event: E;
	key: (event: z.output<E>) => string;
	start: (params: z.output<P>, dsm: Dsm) => Promise<z.input<C>>;
	poll: (
		params: z.output<P>,
		cursor: z.output<C>,
		dsm: Dsm,
		budget: Budget,
	) => Promise<PollAnswer<z.input<C>, z.input<E>>>;
	/** Newest 1-10 events, for "fetch test event"; touches no cursor. */
	sample: (params: z.output<P>, dsm: Dsm) => Promise<z.input<E>[]>;
	/**
	 * The file that an event is about, when the parameters ask for it: n8n puts it into the item, Node-RED into `msg.file`. Undefined
	 * when there is none (any more). What it throws fails the poll, whose cursor then stays.
	 */
	file?: (event: z.output<E>, params: z.output<P>, dsm: Dsm) => Promise<FileAnswer | undefined>;
	/** Parameters that say which of the events are told, not what is watched: they may change without moving the place. */
	filters?: readonly string[];
	/**
	 * Path of the socket.io channel whose events hint that a poll may find something. A host that runs all the time may poll when it
	 * hints; events come from the poll alone.
	 */
	wake?: string;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parameters of a declaration are contravariant
export type AnyTrigger = Trigger<any, any, any>;

export function trigger<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType>(
	declaration: Omit<Trigger<P, C, E>, 'kind' | 'basis'> & { basis?: Basis },
): Trigger<P, C, E> {
	return { kind: 'trigger', basis: weakest(declaration.uses), ...declaration };
}

/** What was registered on the NAS. The token is a secret. */
export interface Registered {
	user_id: number;
	token: string;
}

/**
 * An event source by calls that the NAS makes. Hosts offer an address, register it (or show where a person enters it), check the token
 * of each call and refuse replays. Registering and removing go by the address: it tells one node's registration from all others.
 */
export interface Push<P extends z.ZodObject = z.ZodObject, E extends z.ZodType = z.ZodType> {
	kind: 'push';
	/** What happened, sentence case: "Slash command". */
	title: string;
	summary: string;
	/** Where in the user interface of the NAS a person enters the address. */
	place: string;
	params: P;
	basis: Basis;
	/** Calls of the registration. */
	uses: readonly Call[];
	event: E;
	/** The event that a call tells of; undefined: a call of another kind, which is acknowledged and goes no further. */
	read: (fields: Fields, params: z.output<P>) => z.output<E> | undefined;
	/** What tells a call from others; undefined: nothing does. */
	mark: (event: z.output<E>) => Mark | undefined;
	/** Registers the address, or brings its registration up to date. */
	ensure: (params: z.output<P>, url: string, dsm: Dsm) => Promise<Registered>;
	isThere: (url: string, dsm: Dsm) => Promise<boolean>;
	remove: (url: string, dsm: Dsm) => Promise<void>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parameters of a declaration are contravariant
export type AnyPush = Push<any, any>;

export function push<P extends z.ZodObject, E extends z.ZodType>(declaration: Omit<Push<P, E>, 'kind'>): Push<P, E> {
	return { kind: 'push', ...declaration };
}

/** What is registered at an address: events of one kind of integration share it, so a changed event may keep it. */
export const registeredAs = ({ uses }: AnyPush, url: string): string => `${uses[0]?.api} ${url}`;

/** The event as declared: ids as text. One that is not as declared is better than none. */
export function shaped(declaration: AnyTrigger, event: unknown): unknown {
	const parsed = declaration.event.safeParse(event);
	return parsed.success ? parsed.data : event;
}
