/** Thrown inside behaviours; `behaviour()` turns it into the error envelope. */
export class Refusal extends Error {
	constructor(readonly code: number) {
		super(`Note Station refuses: ${code}`);
	}
}

export function refuse(code: number): never {
	throw new Refusal(code);
}

type Params = Record<string, unknown>;

/** A value of a type, undefined when absent; another type is 114 (notestation.md 2.3). */
function typed<T>(is: (value: unknown) => value is T) {
	return (params: Params, name: string): T | undefined => {
		const value = params[name];
		if (value === undefined || value === null) return undefined;
		return is(value) ? value : refuse(114);
	};
}

export const isObject = (value: unknown): value is Params =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((entry) => typeof entry === 'string');

export const text = typed((value): value is string => typeof value === 'string');
export const number = typed((value): value is number => typeof value === 'number');
export const flag = typed((value): value is boolean => typeof value === 'boolean');
export const object = typed(isObject);
export const texts = typed(isTexts);
export const objects = typed(
	(value): value is Params[] => Array.isArray(value) && value.every((entry) => isObject(entry)),
);
/** One id or a list of ids. */
export const ids = typed((value): value is string | string[] => typeof value === 'string' || isTexts(value));

export const required = <T>(value: T | undefined): T => (value === undefined ? refuse(114) : value);

/** Offset and limit; no limit gives all. The array is absent when it is empty (notestation.md 1.4). */
export function page(name: string, rows: unknown[], params: Params, defaultLimit = 0): Params {
	const offset = number(params, 'offset') ?? 0;
	const limit = number(params, 'limit') ?? defaultLimit;
	const shown = rows.slice(offset, limit > 0 ? offset + limit : undefined);
	return { ...(shown.length > 0 && { [name]: shown }), offset, total: rows.length };
}

/** Rows in the order asked for; without a wish as they are. */
export function sorted<T extends Params>(rows: T[], params: Params): T[] {
	const by = text(params, 'sort_by');
	if (by === undefined) return rows;
	const turn = text(params, 'sort_direction') === 'desc' ? -1 : 1;
	return [...rows].sort((a, b) => turn * ordered(a[by], b[by]));
}

function ordered(a: unknown, b: unknown): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return String(a).localeCompare(String(b));
}
