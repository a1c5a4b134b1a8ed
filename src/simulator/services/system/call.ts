import type { ApiReply, ApiRequest, Behaviour } from '../../core/behaviour';
import type { User } from '../../core/nas';
import { systemOf, type SystemState } from './state';

export type Params = Record<string, unknown>;

/** One call of a logged-in user. */
export interface SystemCall {
	system: SystemState;
	user: User;
	params: Params;
	request: ApiRequest;
}

/** Thrown inside behaviours: the error envelope. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		readonly errors?: unknown,
	) {
		super(`DSM refuses: ${code}`);
	}
}

export function refuse(code: number): never {
	throw new Refusal(code);
}

/** The parameter check: 120 with name and reason. */
export function badParameter(name: string, reason = 'required'): never {
	throw new Refusal(120, { name, reason });
}

type Handler = (call: SystemCall) => ApiReply | Promise<ApiReply>;

/** For every account. */
export const anyone =
	(handler: Handler): Behaviour =>
	async (request) => {
		const { nas, params, user } = request;
		if (!user) return { error: 119 };
		const system = systemOf(nas);
		system.settle();
		try {
			return await handler({ system, user, params, request });
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return { error: error.code, ...(error.errors !== undefined && { errors: error.errors }) };
		}
	};

/**
 * For administrators, and those to whom this part of the administration was delegated (system.md 0.5): others get 105 (0.4), or the
 * code of their own that an API has.
 */
export const admin = (handler: Handler, otherwise = 105): Behaviour =>
	anyone((call) => {
		const { user, request } = call;
		return user.administrator || user.delegated.has(request.api) ? handler(call) : refuse(otherwise);
	});

export function text(params: Params, name: string): string {
	const value = params[name];
	if (value === undefined) return badParameter(name);
	return typeof value === 'string' ? value : badParameter(name, 'type');
}

/** An id: a number, or a text where an API has such. */
export function id(params: Params, name: string): string {
	const value = params[name];
	if (value === undefined) return badParameter(name);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : badParameter(name, 'type');
}

export function number(params: Params, name: string, otherwise?: number): number {
	const value = params[name] ?? otherwise;
	if (value === undefined) return badParameter(name);
	return typeof value === 'number' ? value : badParameter(name, 'type');
}

export function flag(params: Params, name: string): boolean {
	const value = params[name];
	if (value === undefined) return badParameter(name);
	return typeof value === 'boolean' ? value : badParameter(name, 'type');
}

export function list(params: Params, name: string): unknown[] {
	const value = params[name];
	if (value === undefined) return badParameter(name);
	return Array.isArray(value) ? (value as unknown[]) : badParameter(name, 'type');
}

export function objects(params: Params, name: string): Params[] {
	const values = list(params, name);
	return values.every((one) => typeof one === 'object' && one !== null)
		? (values as Params[])
		: badParameter(name, 'type');
}

export const found = <T>(one: T | undefined, code: number): T => one ?? refuse(code);

/** `limit` -1, 0 and absent: all. */
export function pageOf<T>(rows: readonly T[], params: Params, start = 'offset'): T[] {
	const from = Number(params[start] ?? 0);
	const limit = Number(params.limit ?? -1);
	return rows.slice(from, limit > 0 ? from + limit : undefined);
}
