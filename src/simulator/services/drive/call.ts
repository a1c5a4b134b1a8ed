import type { ApiReply, ApiRequest, Behaviour } from '../../core/behaviour';
import type { User } from '../../core/nas';
import { reaches, roleOf } from './access';
import { requiredText, type Params } from './params';
import { Refusal, refuse } from './refusal';
import { existing } from './address';
import { driveOf, type DriveState } from './state';
import type { DriveNode, Role, TaskOutcome } from './types';

/** One Drive call of a logged-in user. */
export interface DriveCall {
	drive: DriveState;
	user: User;
	/** Session that tasks belong to. */
	sid: string;
	params: Params;
	request: ApiRequest;
}

export type DriveHandler = (call: DriveCall) => ApiReply | Promise<ApiReply>;

/** Makes a behaviour of a handler: carries out what is due, and turns refusals into error envelopes. */
export function behaviour(handler: DriveHandler): Behaviour {
	return async (request) => {
		const { nas, params, user, session } = request;
		if (!user || !session) return { error: 119 };
		const drive = driveOf(nas);
		drive.settle();
		try {
			return await handler({ drive, user, sid: session.sid, params, request });
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return { error: error.code, ...(error.errors !== undefined && { errors: error.errors }) };
		}
	};
}

/** For administrators: others get 105 (drive.md 1.4). */
export const admin = (handler: DriveHandler): Behaviour =>
	behaviour((call) => (call.user.administrator ? handler(call) : refuse(105)));

/** Node of a parameter, which the user may read. */
export const nodeOf = ({ drive, user, params }: DriveCall, name = 'path'): DriveNode =>
	existing(drive, user, requiredText(params, name));

/** Refuses with 1002 when the user's role at a node does not reach so far. */
export function need({ user }: DriveCall, node: DriveNode, least: Role): void {
	if (!reaches(roleOf(user, node), least)) refuse(1002, 'permission denied');
}

/** The answer of an asynchronous method; the work is done a little later. */
export function asTask(call: DriveCall, action: string, addresses: string[], work: () => TaskOutcome): ApiReply {
	const names = addresses.map((address) => address.slice(address.lastIndexOf('/') + 1));
	const params = { files: addresses.map((path) => ({ path })) };
	const { task_id } = call.drive.startTask(call.sid, action, names, params, work);
	return { data: { async_task_id: task_id } };
}

/** The user used a node: it comes first in "recent" unless muted. */
export function used({ drive, user, params }: DriveCall, node: DriveNode): void {
	if (params.mute === true || params.mute === 'true') return;
	const rows = drive.recents.get(user.name) ?? [];
	drive.recents.set(user.name, [node, ...rows.filter((row) => row !== node)].slice(0, 200));
}
