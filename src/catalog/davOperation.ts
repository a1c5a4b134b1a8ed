import type { DavCall, DavListCall, DavOperation, Facts } from '../core/operation';
import { z } from '../vendor/zod';
import { weakest } from './operation';

export type { DavCall, DavListCall } from '../core/operation';

/** Declares a question over CardDAV or CalDAV. */
export const davCall = <P, A>(call: DavCall<P, A>): DavCall<P, A> => call;
export const davListCall = <P, R>(call: DavListCall<P, R>): DavListCall<P, R> => call;

/* eslint-disable @typescript-eslint/no-explicit-any -- a question of any parameters */
type Ask = DavCall | DavListCall;
type ParamsOf<C> = C extends DavCall<infer P, any> ? P : C extends DavListCall<infer P, any> ? P : never;
type AnswerOf<C> = C extends DavListCall<any, infer R> ? R : C extends DavCall<any, infer A> ? A : undefined;
type ResultOf<C> = z.ZodType<C extends DavListCall<any, infer R> ? R[] : Record<string, never>>;
/* eslint-enable @typescript-eslint/no-explicit-any */

type Declared<P extends z.ZodObject, R extends z.ZodType> = Pick<
	DavOperation<P, R>,
	'title' | 'summary' | 'params' | 'readOnly' | 'destructive' | 'deletes' | 'returns' | 'right'
>;

interface Mapped<P extends z.ZodObject, C extends Ask, K extends DavCall> {
	/** Read first: what is sent on changed, or looked up. */
	known?: { ask: K; request?: (params: z.output<P>) => ParamsOf<K> };
	ask: C;
	request?: (params: z.output<P>, known: AnswerOf<K>) => ParamsOf<C>;
	response?: (answer: AnswerOf<C>, facts: Facts<z.output<P>, AnswerOf<K>>) => unknown;
	keep?: (row: AnswerOf<C>, params: z.output<P>) => boolean;
}

/**
 * Declares an operation over CardDAV or CalDAV by data: one question, with a read before where needed. As with `operation()`, what is
 * not said follows from the question.
 */
export function davOperation<
	P extends z.ZodObject,
	C extends Ask,
	K extends DavCall = DavCall<unknown, undefined>,
	R extends z.ZodType = ResultOf<C>,
>(declaration: Declared<P, R> & Mapped<P, C, K> & { result?: R }): DavOperation<P, R> {
	const { ask, known, result, readOnly = ask.readOnly, ...rest } = declaration;
	const row = 'row' in ask ? z.array(ask.row) : z.object({});
	return {
		kind: 'operation',
		...rest,
		ask,
		...(known && { known }),
		...(readOnly && { readOnly }),
		basis: weakest([ask, ...(known ? [known.ask] : [])]),
		source: [...new Set([...(known ? [known.ask.source] : []), ask.source])].join('; '),
		dav: [...new Set([...(known?.ask.requests ?? []), ...ask.requests])],
		result: result ?? row,
	} as unknown as DavOperation<P, R>;
}
