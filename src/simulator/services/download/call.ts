import type { ApiReply, ApiRequest, Behaviour } from '../../core/behaviour';
import type { User } from '../../core/nas';
import { DownloadRefusal, downloadsOf, type DownloadState, type Task } from './state';

export interface DownloadCall extends ApiRequest {
	user: User;
	state: DownloadState;
}

type Handler = (call: DownloadCall) => ApiReply | Promise<ApiReply>;

/** A behaviour whose refusals become error envelopes. `admin`: administrators only (downloadstation.md 2). */
export function guarded(handler: Handler, { admin = false } = {}): Behaviour {
	return async (request) => {
		const { user, nas } = request;
		if (!user) return { error: 105 };
		if (admin && !user.administrator) return { error: 105 };
		const state = downloadsOf(nas);
		try {
			state.catchUp();
			return await handler({ ...request, user, state });
		} catch (error) {
			if (!(error instanceof DownloadRefusal)) throw error;
			return { error: error.code, ...(error.errors && { errors: error.errors }) };
		}
	};
}

/** Text of the older family; empty counts as absent. 101 without it. */
export const textOf = ({ params }: DownloadCall, name: string): string | undefined => {
	const value = params[name];
	return value === undefined || value === '' ? undefined : String(value);
};

export function needed<T>(value: T | undefined): T {
	if (value === undefined) throw new DownloadRefusal(101);
	return value;
}

export const listOf = (call: DownloadCall, name: string): string[] =>
	(textOf(call, name) ?? '').split(',').flatMap((part) => part.trim() || []);

/** A parameter of the newer family: absent, or not of its type: 120 with its name. A bare text is not of its type. */
export function typed<T extends 'string' | 'boolean' | 'number' | 'array'>(
	{ params, raw, batched, http }: DownloadCall,
	name: string,
	type: T,
): unknown {
	const value = params[name];
	if (value === undefined) throw new DownloadRefusal(120, { name, reason: 'required' });
	const isBare = type === 'string' && !batched && http.jsonBody === undefined && !raw[name]?.startsWith('"');
	const fits = type === 'array' ? Array.isArray(value) : typeof value === type;
	if (isBare || !fits) throw new DownloadRefusal(120, { name, reason: 'type' });
	return value;
}

export const ids = (call: DownloadCall): string[] => (typed(call, 'id', 'array') as unknown[]).map(String);

/** What became of each id, inside a success (downloadstation.md 2). */
export function perId(call: DownloadCall, wanted: readonly string[], run: (task: Task) => number): ApiReply {
	const own = new Map(call.state.of(call.user).map((task) => [task.id, task]));
	const rows = wanted.map((id) => {
		const task = own.get(id);
		return { error: task ? run(task) : 404, id };
	});
	return { data: call.state.switches.wrappedResults ? { task: rows } : rows };
}

export function page<T>({ params }: DownloadCall, rows: readonly T[]): { offset: number; total: number; rows: T[] } {
	const offset = Number(params.offset ?? 0) || 0;
	const limit = Number(params.limit ?? -1);
	return { offset, total: rows.length, rows: rows.slice(offset, limit < 0 ? undefined : offset + limit) };
}
