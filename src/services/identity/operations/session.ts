import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { isWeb, kickConnections, listConnections, NEWEST, session } from '../wire/sessions';

const filter = (title: string, description: string, example: string) =>
	z
		.string()
		.trim()
		.default('')
		.meta({ title, description, placeholder: `e.g. ${example}` });
const from = filter('From Address', 'Only sessions from this address', '192.0.2.30');
const did = filter('Device', 'Only the session of this device; its ID as the list gives it', 'q1w2e3');

const list = operation({
	title: 'List sessions',
	summary: 'Gives who is signed in through the web, with address, browser and device. Needs an administrator.',
	call: listConnections,
	params: z.object({ who: filter('User', 'Only sessions of this user', 'bob') }),
	request: () => NEWEST,
	keep: (row, { who }) => isWeb(row) && (who === '' || row.who === who),
	response: (row) => row,
	result: z.array(session),
});

interface Wanted {
	who: string;
	from: string;
	did: string;
}
type Open = Wanted & { type?: string; descr?: string; is_current_connected?: boolean; can_be_kicked?: boolean };

const closable = (all: readonly object[], { who, from: address, did: device }: Wanted): Open[] =>
	(all as Open[]).filter(
		(one) =>
			isWeb(one) &&
			one.who === who &&
			(address === '' || one.from === address) &&
			(device === '' || one.did === device) &&
			one.is_current_connected !== true &&
			one.can_be_kicked !== false,
	);

/** Web sessions share one process: they are named by who, from and device. Both lists are always sent. */
const close = operation({
	title: 'Close sessions',
	summary:
		'Signs a user out of the web, everywhere or on one device; the session of this connection stays. Needs an administrator.',
	known: { call: listConnections, request: () => NEWEST },
	call: kickConnections,
	params: z.object({
		who: z
			.string()
			.trim()
			.min(1)
			.meta({ title: 'User', description: 'User whose sessions are closed', placeholder: 'e.g. bob' }),
		from,
		did,
	}),
	request: (given, all) => ({
		http_conn: closable(all, given).map((one) => ({ who: one.who, from: one.from, did: one.did, descr: one.descr })),
		service_conn: [],
	}),
	response: (_, { known, params }) => ({ closed: closable(known, params).length }),
	result: z.looseObject({ closed: z.number() }),
	destructive: true,
});

export const sessions = resource('Session', { list, close });
