import type { AnyOperation } from '../catalog/operation';
import type { FileAnswer } from '../core/call';
import { presentable } from '../core/download';
import type { CallOptions, Dsm } from '../core/dsm';
import type { z } from '../vendor/zod';
import { isList, simpleFieldsOf, simplified } from './form';
import { named } from './named';

/** What an operation gave. Rows of a read come as they are asked for; a write is over when this is there. */
export type Outcome =
	| { kind: 'rows'; rows: AsyncIterable<unknown> | Iterable<unknown> }
	| { kind: 'value'; value: unknown }
	| { kind: 'file'; file: FileAnswer };

export interface RunOptions extends CallOptions {
	/** Most rows that are wanted, of a list that is read. Writes are never cut: the rest has happened, and belongs into the answer. */
	limit?: number | undefined;
	/** Whether rows keep the fields alone that a person would pick. */
	simplify?: boolean;
}

/** Only a list that changes nothing is cut. */
export const isCut = (operation: AnyOperation): boolean => operation.readOnly === true && isList(operation);

/** Runs an operation for one set of parameters, as they were given. Throws DsmInputError when they do not fit. */
export async function runOperation(
	dsm: Dsm,
	operation: AnyOperation,
	params: Record<string, unknown>,
	{ limit, simplify = false, ...options }: RunOptions = {},
): Promise<Outcome> {
	const wanted = await named(dsm, operation.params as z.ZodType, params);
	const fields = simplify ? simpleFieldsOf(operation.result) : undefined;
	const shown = (row: unknown): unknown => (fields && isObject(row) ? simplified(row, fields) : row);
	if (isCut(operation)) {
		const rows = dsm.each(operation, wanted, { ...options, ...(limit !== undefined && { limit }) });
		return { kind: 'rows', rows: fields ? mapped(rows, shown) : rows };
	}
	const answer: unknown = await dsm.do(operation, wanted as never, options);
	if (operation.returns === 'file') return { kind: 'file', file: presentable(answer as FileAnswer) };
	if (isList(operation)) return { kind: 'rows', rows: (answer as unknown[]).map(shown) };
	return { kind: 'value', value: told(operation, shown(answer)) };
}

const isObject = (value: unknown): value is object =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

async function* mapped(rows: AsyncIterable<unknown>, change: (row: unknown) => unknown): AsyncGenerator<unknown> {
	for await (const row of rows) yield change(row);
}

/** What a result says to a person: a write that has nothing to tell was done, and what was deleted is gone. */
function told({ deletes }: AnyOperation, answer: unknown): unknown {
	if (deletes) return { deleted: true, ...(isObject(answer) && answer) };
	return isEmpty(answer) ? { success: true } : answer;
}

const isEmpty = (answer: unknown): boolean =>
	answer === undefined || answer === null || (isObject(answer) && Object.keys(answer).length === 0);
