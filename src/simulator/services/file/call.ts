import type { ApiReply, ApiRequest, Behaviour } from '../../core/behaviour';
import type { User } from '../../core/nas';
import { FileRefusal } from '../../core/volume';
import { filesOf, type FileState } from './state';

/** A call of an account, with the state it works on. */
export interface FileCall extends ApiRequest {
	user: User;
	files: ApiRequest['files'];
	state: FileState;
}

type Handler = (call: FileCall) => ApiReply | Promise<ApiReply>;

/** A behaviour whose refusals become error envelopes. */
export function guarded(handler: Handler): Behaviour {
	return async (request) => {
		if (!request.user) return { error: 119 };
		const state = filesOf(request.nas);
		try {
			state.catchUp();
			return await handler({ ...request, user: request.user, state });
		} catch (error) {
			if (error instanceof FileRefusal) return { error: error.code };
			throw error;
		}
	};
}

/** Code of what was refused; undefined when it went well. */
export function codeOf(run: () => unknown): number | undefined {
	try {
		run();
		return undefined;
	} catch (error) {
		if (error instanceof FileRefusal) return error.code;
		throw error;
	}
}

/** A JSON array, or one bare value. A number that was meant as a name is no text: it is dropped (core.md 3.2). */
export function textList(value: unknown): string[] {
	const list = Array.isArray(value) ? value : [value];
	return list.filter((item): item is string => typeof item === 'string');
}

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** `true`, `false`, or undefined where it was not said: tri-state (4.12, 4.17). */
export const flagOf = (value: unknown): boolean | undefined =>
	value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;

export const numberOf = (value: unknown): number | undefined => {
	const number = typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : Number.NaN;
	return Number.isFinite(number) ? number : undefined;
};

/** `limit` 0 or below = all. */
export function page<T>(rows: readonly T[], { offset, limit }: Record<string, unknown>): { offset: number; rows: T[] } {
	const start = Math.max(0, numberOf(offset) ?? 0);
	const count = numberOf(limit) ?? 0;
	return { offset: start, rows: rows.slice(start, count <= 0 ? undefined : start + count) };
}

/** Sorts a list of rows by one of their fields, as `sort_by` and `sort_direction` say. */
export function sorted<T extends object>(
	rows: T[],
	{ sort_by, sort_direction }: Record<string, unknown>,
	first: string,
): T[] {
	const field = textOf(sort_by) ?? first;
	const value = (row: T) => (row as Record<string, unknown>)[field] as string | number;
	const ordered = [...rows].sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0));
	return /^desc$/i.test(textOf(sort_direction) ?? '') ? ordered.reverse() : ordered;
}

/** Code and paths of a failure of one call over several paths: `{"code":1100,"errors":[{"code":414,"path":"/x"}]}`. */
export const failed = (error: number, code: number, path: string): ApiReply => ({ error, errors: [{ code, path }] });

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const dirName = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Whether a name fits one of the patterns of a comma list; one without wildcards is looked for anywhere in the name (4.3). */
export function matcher(pattern: string | undefined): (name: string) => boolean {
	const globs = (pattern ?? '')
		.split(',')
		.map((glob) => glob.trim())
		.filter(Boolean)
		.map((glob) => (/[?*]/.test(glob) ? glob : `*${glob}*`))
		.map(
			(glob) =>
				new RegExp(
					`^${glob
						.replace(/[.+^${}()|[\]\\]/g, '\\$&')
						.replaceAll('*', '.*')
						.replaceAll('?', '.')}$`,
					'is',
				),
		);
	return (name) => globs.length === 0 || globs.some((glob) => glob.test(name));
}
