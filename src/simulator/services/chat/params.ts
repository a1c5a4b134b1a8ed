import { refuse } from './refusal';

type Params = Record<string, unknown>;

/** Ids come as numbers or numeric strings (chat.md 1.2). */
export function asId(value: unknown): number | undefined {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
	if (typeof value === 'string' && /^\d{1,16}$/.test(value)) return Number(value);
	return undefined;
}

/** An id or a count; absent gives undefined, another type 101. */
export function integer(params: Params, name: string): number | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	return asId(value) ?? refuse(101);
}

/** Text; a bare value that reads as JSON was re-typed before it came here and gives 101 (chat.md 1.2, core.md 8.1). */
export function text(params: Params, name: string): string | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	return typeof value === 'string' ? value : refuse(101);
}

export function requiredText(params: Params, name: string): string {
	return text(params, name) ?? refuse(101);
}

export function flag(params: Params, name: string): boolean {
	const value = params[name];
	if (value === undefined) return false;
	return typeof value === 'boolean' ? value : refuse(101);
}

/** Arrays where the type matters: numbers only (`forward.channel_ids`, `search.in`). */
export function numbers(params: Params, name: string): number[] | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'number')) return refuse(101);
	return value as number[];
}

/** Arrays of text (`choice_ids`, `has`, `post_type`). */
export function strings(params: Params, name: string): string[] | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) return refuse(101);
	return value as string[];
}

/** Arrays of ids, as numbers or numeric strings. */
export function ids(params: Params, name: string): number[] | undefined {
	const value = params[name];
	if (value === undefined) return undefined;
	if (!Array.isArray(value)) return refuse(101);
	return value.map((entry) => asId(entry) ?? refuse(101));
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
