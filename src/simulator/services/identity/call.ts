import type { ApiReply, Behaviour } from '../../core/behaviour';
import { admin, anyone, refuse, type SystemCall } from '../system/call';
import { identityOf, type IdentityState } from './state';

/** One call of a user who is signed in. */
export interface IdentityCall extends SystemCall {
	identity: IdentityState;
}

type Handler = (call: IdentityCall) => ApiReply;

const withState = (call: SystemCall): IdentityCall => ({ ...call, identity: identityOf(call.request.nas) });

/** For every account. */
export const everybody = (handler: Handler): Behaviour => anyone((call) => handler(withState(call)));
/** For administrators, and those to whom this was delegated: others get 105. */
export const administrators = (handler: Handler): Behaviour => admin((call) => handler(withState(call)));

/** A write that wants the password confirmed before. */
const sensitive =
	(handler: Handler): Handler =>
	(call) => {
		const { identity, user, params } = call;
		const { confirm, confirmCode } = identity.switches;
		if (confirm && !identity.isConfirmed(user, params.SynoConfirmPWToken)) return refuse(confirmCode);
		return handler(call);
	};
export const confirmed = (handler: Handler): Behaviour => administrators(sensitive(handler));

/** A setting that is written as a whole: what is missing is refused. */
export function replace(target: object, params: Record<string, unknown>): ApiReply {
	for (const key of Object.keys(target)) if (params[key] === undefined) return refuse(114);
	for (const key of Object.keys(target)) Object.assign(target, { [key]: params[key] });
	return {};
}
