import { badParameter } from './refusal';

export type Params = Record<string, unknown>;

/** A text. Digits that came bare were read as a number, which Drive refuses for texts (drive.md 1.1). */
export function text(params: Params, name: string): string | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	return typeof value === 'string' ? value : badParameter(name, 'type');
}

export function requiredText(params: Params, name: string): string {
	return text(params, name) ?? badParameter(name, 'required');
}

export function integer(params: Params, name: string): number | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	if (typeof value === 'number' && Number.isInteger(value)) return value;
	return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : badParameter(name, 'type');
}

export function flag(params: Params, name: string): boolean | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	if (value === 'true' || value === 'false') return value === 'true';
	return typeof value === 'boolean' ? value : badParameter(name, 'type');
}

export function texts(params: Params, name: string): string[] | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return badParameter(name, 'type');
	return value as string[];
}

export function requiredTexts(params: Params, name: string): string[] {
	return texts(params, name) ?? badParameter(name, 'required');
}

export function object(params: Params, name: string): Params | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	return isObject(value) ? value : badParameter(name, 'type');
}

export function objects(params: Params, name: string): Params[] | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	if (!Array.isArray(value) || !value.every(isObject)) return badParameter(name, 'type');
	return value as Params[];
}

export function isObject(value: unknown): value is Params {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `limit` 0 and absent: all. */
export function pageOf<T>(rows: readonly T[], params: Params): T[] {
	const offset = integer(params, 'offset') ?? 0;
	const limit = integer(params, 'limit') ?? 0;
	return rows.slice(offset, limit > 0 ? offset + limit : undefined);
}

/** Rows in the order of `sort_by`; as they are, where neither that nor a usual order is given. */
export function ordered<T extends object>(rows: readonly T[], params: Record<string, unknown>, usual = ''): T[] {
	const by = text(params, 'sort_by') ?? usual;
	const value = (row: T) => (row as Record<string, string | number | undefined>)[by] ?? '';
	const order = [...rows].sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0));
	return /^desc$/i.test(text(params, 'sort_direction') ?? '') ? order.reverse() : order;
}
