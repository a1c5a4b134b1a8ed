import type { Api } from './apis';
import type { ApiReply, ApiRequest } from './behaviour';
import type { CallName, IncomingCall, Kernel } from './dispatch';
import { remember } from './history';

/**
 * What an answer rests on, the strongest first: `served` by a behaviour or by the rules that hold for every call; `recorded` of a
 * device for this kind of account; `unknown`: nobody knows what a NAS would say.
 */
export type Warrant = 'served' | 'recorded' | 'unknown';

/** Names the warrant of an answer; of a batch the weakest. */
export const WARRANT_HEADER = 'X-Simulator-Warrant';

export interface WarrantedCall extends CallName {
	warrant: Warrant;
}

export interface Answered {
	reply: ApiReply;
	warrant: Warrant;
}

const ORDER: readonly Warrant[] = ['served', 'recorded', 'unknown'];

export const nameOf = ({ api, method, version }: CallName): string => `${api} ${method} v${version}`;

/** Puts on record what the answer to a call rests on. */
export function warrant(kernel: Kernel, { api, method, version, http }: IncomingCall, warrant: Warrant): void {
	remember(kernel.warrants, { api, method, version, warrant }, kernel.history);
	if (ORDER.indexOf(warrant) > ORDER.indexOf(http.warrant ?? 'served')) http.warrant = warrant;
	if (warrant === 'unknown') kernel.onUnknown?.({ api, method, version });
}

/**
 * A call without a behaviour: what a device answered an ordinary account that gave no parameters (probe.json), if this is such a
 * call. A missing right is missing with parameters, too. That it went well says nothing of the answer's data.
 */
export function unserved(api: Api, request: ApiRequest): Answered {
	const { method, user, params } = request;
	const recorded = !user?.administrator && Object.hasOwn(api.recorded, method) ? api.recorded[method] : undefined;
	const bare = Object.keys(params).length === 0;
	if (typeof recorded === 'number' && (bare || recorded === 105))
		return { reply: { error: recorded }, warrant: 'recorded' };
	// HTTP without an envelope, as calls for bytes give that fail (chat.md 1.4).
	if (bare && (recorded === 'httpNone' || recorded === 'http200'))
		return { reply: { html: '', status: 200 }, warrant: 'recorded' };
	return { reply: noAnswer(request), warrant: 'unknown' };
}

/** Nothing that a client could take for the answer of a NAS. A batch has no room for it: there it is the code of a fault in the server. */
function noAnswer(request: ApiRequest): ApiReply {
	if (request.batched) return { error: 100 };
	return { html: `The simulated NAS does not know how DSM answers ${nameOf(request)}.\n`, status: 501 };
}
