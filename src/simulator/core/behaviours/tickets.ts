import type { ApiRequest, BehaviourTable } from '../behaviour';
import type { Nas, User } from '../nas';

interface Ticket {
	user: User;
	api: string;
	until: number;
}

/** How long a ticket opens: "short-lived" is all that is known. */
const LIFE = 600_000;

const tickets = (nas: Nas): Map<string, Ticket> => nas.service('tickets', () => new Map<string, Ticket>());

/** Tickets for static download addresses (core.md 7.3). */
export const ticketBehaviours: BehaviourTable = {
	'SYNO.API.Auth.Key.get': ({ nas }) => ({ data: { auth_key: nas.token(24) } }),
	'SYNO.API.Auth.Key.grant': ({ nas, user, params }: ApiRequest) => {
		const { allow_api: api, allow_methods: methods } = params;
		if (!user || typeof api !== 'string' || !Array.isArray(methods)) return { error: 114 };
		const tid = nas.token(24);
		tickets(nas).set(tid, { user, api, until: nas.clock.now() + LIFE });
		return { data: { tid } };
	},
};

/** The account that a ticket stands for; undefined for an unknown or old one, or one of another API. */
export function ticketOf(nas: Nas, tid: string, api: string): User | undefined {
	const ticket = tickets(nas).get(tid);
	return ticket?.api === api && ticket.until >= nas.clock.now() ? ticket.user : undefined;
}
