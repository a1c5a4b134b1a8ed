import { NOTE_APP } from './application';
import type { ApiReply, ApiRequest, Behaviour } from '../../core/behaviour';
import type { User } from '../../core/nas';
import { ids, Refusal, refuse, required, text } from './params';
import { noteOf, type NoteState } from './state';
import type { CommitMsg, Note, Notebook, Thing } from './types';

/** One call of a logged-in account. */
export interface NoteCall {
	state: NoteState;
	me: User;
	params: Record<string, unknown>;
	request: ApiRequest;
}

export type NoteHandler = (call: NoteCall) => ApiReply | Promise<ApiReply>;

/** `{"success":true}` without `data`. */
export const done: ApiReply = {};

/** Makes a behaviour of a handler. Refusals carry `synodrive`, except those of `Shard.*` (notestation.md 16.2). */
export function behaviour(handler: NoteHandler): Behaviour {
	return async (request) => {
		const { nas, user, params, api } = request;
		try {
			if (!user || !nas.allows(user, NOTE_APP)) return refuse(105);
			return await handler({ state: noteOf(nas), me: user, params, request });
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const bare = api.startsWith('SYNO.NoteStation.Shard');
			return { error: error.code, ...(!bare && { errors: { synodrive: 0 } }) };
		}
	};
}

/** The object of `object_id`, which the account must see. */
export function thingOf<T extends Thing>({ state, me, params }: NoteCall, among: ReadonlyMap<string, T>): T {
	const found = among.get(required(text(params, 'object_id')));
	return found && state.permOf(found, me) !== undefined ? found : refuse(state.switches.missingCode);
}

/** The objects of `object_id`, a text or a list. */
export function thingsOf<T extends Thing>(call: NoteCall, among: ReadonlyMap<string, T>): T[] {
	const wanted = [required(ids(call.params, 'object_id'))].flat();
	return wanted.map((object_id) => thingOf({ ...call, params: { object_id } }, among));
}

export const noteOfCall = (call: NoteCall): Note => thingOf(call, call.state.notes);
export const notebookOfCall = (call: NoteCall): Notebook => thingOf(call, call.state.notebooks);

/** 105 for what the account may only read. */
export function writable<T extends Thing>({ state, me }: NoteCall, thing: T): T {
	return state.permOf(thing, me) === 'ro' ? refuse(105) : thing;
}

export const commitOf = ({ params }: NoteCall): CommitMsg => (params.commit_msg as CommitMsg | undefined) ?? {};
