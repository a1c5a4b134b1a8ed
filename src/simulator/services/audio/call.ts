import type { ApiReply, ApiRequest, Behaviour } from '../../core/behaviour';
import type { User } from '../../core/nas';
import { audioOf, type AudioState } from './state';

/** A call of an account, with the state it works on. Values of the old CGIs are bare texts. */
export interface AudioCall extends ApiRequest {
	user: User;
	state: AudioState;
	/** A parameter as text; empty ones are there, absent ones are not. */
	text: (name: string) => string | undefined;
	number: (name: string) => number | undefined;
	/** A comma list; blanks after commas do not count. */
	list: (name: string) => string[];
}

export class AudioRefusal extends Error {
	constructor(readonly code: number) {
		super(`Audio Station refuses: ${code}`);
	}
}

/** Without its parameter a CGI answers 101 (audiostation.md 5). */
export function needed<T>(value: T | undefined): T {
	if (value === undefined || value === ('' as T)) throw new AudioRefusal(101);
	return value;
}

type Handler = (call: AudioCall) => ApiReply | Promise<ApiReply>;

/** A behaviour whose refusals become error envelopes. */
export function guarded(handler: Handler): Behaviour {
	return async (request) => {
		const { user, nas, params } = request;
		if (!user) return { error: 105 };
		const state = audioOf(nas);
		const text = (name: string) => {
			const value = params[name];
			return value === undefined || value === null ? undefined : String(value);
		};
		const number = (name: string) => {
			const value = text(name);
			if (value === undefined || value === '') return undefined;
			if (!Number.isFinite(Number(value))) throw new AudioRefusal(101);
			return Number(value);
		};
		const list = (name: string) =>
			(text(name) ?? '')
				.split(',')
				.map((part) => part.trim())
				.filter((part) => part !== '');
		try {
			state.catchUp();
			return await handler({ ...request, user, state, text, number, list });
		} catch (error) {
			if (error instanceof AudioRefusal) return { error: error.code };
			throw error;
		}
	};
}

export interface Paged<T> {
	offset: number;
	total: number;
	rows: T[];
}

/** `limit` below 1 = all; the total counts all that fit. */
export function page<T>({ number }: AudioCall, rows: readonly T[]): Paged<T> {
	const offset = Math.max(0, number('offset') ?? 0);
	const limit = number('limit') ?? -1;
	return { offset, total: rows.length, rows: rows.slice(offset, limit < 1 ? undefined : offset + limit) };
}

/** Sorted by a key of the rows; the order of equal ones stays. */
export function sorted<T>(
	{ text }: AudioCall,
	rows: readonly T[],
	keys: Record<string, (row: T) => string | number>,
	first: string,
): T[] {
	const name = text('sort_by') ?? first;
	const key = keys[name] ?? keys[first];
	if (!key) return [...rows];
	const compare = (a: string | number, b: string | number) =>
		typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
	const ordered = [...rows].sort((a, b) => compare(key(a), key(b)));
	return /^desc$/i.test(text('sort_direction') ?? '') ? ordered.reverse() : ordered;
}

/** Whether a text holds another one, whatever the case. */
export const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

/** `keyword` and `filter` are the same; both may come. */
export const keywordOf = ({ text }: AudioCall): string => text('filter') || text('keyword') || '';
