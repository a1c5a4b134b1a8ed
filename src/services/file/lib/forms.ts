import { z } from '../../../vendor/zod';
import type { Failure } from '../../../catalog/backgroundTask';

/** Forms in which DSM sends things, brought into one. */

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first entry of a list is the answer. */
export const firstOf = <T>(list: string, of: z.ZodType<T>): z.ZodType<T> =>
	z.preprocess((data) => {
		const rows = isObject(data) ? data[list] : undefined;
		return Array.isArray(rows) ? (rows[0] as unknown) : data;
	}, of);

/** A day without a zone; nothing and 0 mean none. */
export const neverDay = () =>
	z.preprocess((value) => (value === '' || value === '0' || value === 0 ? null : value), z.string().nullable());

/** A list that some releases send as one text, or under another name. */
export function textList(data: unknown, name: string, otherName: string): unknown {
	if (!isObject(data)) return data;
	const value = data[name] ?? data[otherName] ?? '';
	const parts: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
	return { ...data, [name]: parts.map(String).filter((part) => part !== '') };
}

/** Parameters of an archive may hold its password. */
export const withoutPassword = (params: unknown): unknown =>
	isObject(params) ? Object.fromEntries(Object.entries(params).filter(([name]) => name !== 'password')) : params;

/** Failures of paths; DSM sends a list, elsewhere an object. */
export const failuresOf = (errors: unknown): Failure[] =>
	(Array.isArray(errors) ? (errors as unknown[]) : [errors]).flatMap((one) => {
		if (!isObject(one)) return [];
		const { code, path } = one;
		return typeof code === 'number' && typeof path === 'string' ? [{ code, path }] : [];
	});

/** A row, flat, of what triggers compare. */
export function leanForm(value: unknown): unknown {
	if (!isObject(value)) return value;
	const { path, name, isdir, code, additional } = value;
	const { size, time } = isObject(additional) ? additional : {};
	const { mtime, ctime, crtime } = isObject(time) ? time : {};
	return { path, name, is_dir: isdir, code, size, mtime, ctime, crtime };
}
