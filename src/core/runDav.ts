import type { Dsm } from './dsm';
import { surroundingsOf, type DavOperation } from './operation';
import type { Mapped } from './run';

type Params = Record<string, unknown>;

/** Result of an operation over CardDAV or CalDAV that is no list. */
export async function davOnce(operation: DavOperation, params: Params, dsm: Dsm, mapped: Mapped): Promise<unknown> {
	const { ask: call, request, response } = operation;
	const known = await knownOf(operation, params, dsm);
	const wire = request ? request(params, known) : params;
	if ('rows' in call) throw new TypeError('A list is given row by row.');
	const answer: unknown = await call.ask(dsm, wire);
	if (!response) return answer ?? {};
	return mapped(operation, answer, () => response(answer, { ...surroundingsOf(dsm), params, known, then: undefined }));
}

const knownOf = async ({ known }: DavOperation, params: Params, dsm: Dsm): Promise<unknown> =>
	known && (await known.ask.ask(dsm, known.request ? known.request(params) : params));

/** Rows of an operation over CardDAV or CalDAV. */
export async function* davRows(
	operation: DavOperation,
	params: Params,
	dsm: Dsm,
	mapped: Mapped,
): AsyncGenerator<unknown> {
	const { ask: call, request, response, keep } = operation;
	if (!('rows' in call)) return yield* (await davOnce(operation, params, dsm, mapped)) as unknown[];
	const known = await knownOf(operation, params, dsm);
	for await (const row of call.rows(dsm, request ? request(params, known) : params)) {
		if (keep && !keep(row, params)) continue;
		if (!response) yield row;
		else yield mapped(operation, row, () => response(row, { ...surroundingsOf(dsm), params, known, then: undefined }));
	}
}
