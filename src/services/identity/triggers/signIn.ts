import type { Dsm } from '../../../core/dsm';
import { trigger } from '../../../catalog/operation';
import { digest } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { logRows } from '../../system/lib/logPages';
import { atNow, newRows, tailCursor } from '../../system/lib/logTail';
import { logTrigger, tailOf, type Identified } from '../../system/lib/logTrigger';
import { listLog, logRow, type LogRow } from '../../system/wire/logs';
import { FAILED, says, SIGNED_IN, signInOf } from '../lib/signIn';
import { isWeb, listConnections, NEWEST } from '../wire/sessions';

const user = z
	.string()
	.trim()
	.default('')
	.meta({ title: 'User', description: 'Only sign-ins of this user', placeholder: 'e.g. bob' });
const own = z.boolean().default(false).meta({
	title: 'Own Account',
	description: 'Whether sign-ins of the account of this connection count, too: it signs in again and again',
});
const words = (text: string) =>
	z.string().min(1).default(text).meta({
		title: 'Text of the Log',
		description: 'What the log says of it; it is in the language of the NAS',
		advanced: true,
	});

interface Given {
	user: string;
	own: boolean;
	text: string;
}

function isWanted(row: LogRow, given: Given, { account }: Dsm): boolean {
	const found = says(row, given.text) ? signInOf(row) : undefined;
	if (!found) return false;
	const is = (name: string) => found.user.toLowerCase() === name.toLowerCase();
	return (given.own || !is(account)) && (given.user === '' || is(given.user));
}

const event = logRow
	.with({
		event_id: z.string(),
		user: z.string(),
		address: z.string(),
		application: z.string().optional(),
		method: z.string().optional(),
	})
	.as({ simple: ['time', 'user', 'address', 'application', 'method', 'user_agent', 'level', 'descr'] });

const told = (row: Identified) => ({ ...row, ...signInOf(row)! });

type Open = { who: string; from?: string | undefined; time?: string | null | undefined; user_agent?: string };
const openSessions = async (dsm: Dsm): Promise<Open[]> =>
	((await dsm.list(listConnections, NEWEST)) as (Open & { type?: string })[]).filter(isWeb);
/** The newest session of a user from an address. */
const sessionOf = (open: readonly Open[], who: string, from: string): Open | undefined =>
	open.find((one) => one.who === who && one.from === from);

/** The log does not name the client: the session does, while it is open. */
export const signedIn = logTrigger({
	title: 'Signed in',
	summary: 'Starts when somebody has signed in, with address, application and client. Needs an administrator.',
	params: z.object({ user, own, text: words(SIGNED_IN) }),
	filters: ['user', 'own', 'text'],
	kind: () => 'connection',
	keep: isWanted,
	event: event.with({ user_agent: z.string().optional() }),
	uses: [listConnections],
	async dress(rows, dsm) {
		const open = await openSessions(dsm);
		return rows.map(told).map((one) => {
			const user_agent = sessionOf(open, one.user, one.address)?.user_agent;
			return { ...one, ...(user_agent !== undefined && { user_agent }) };
		});
	},
});

export const signInFailed = logTrigger({
	title: 'Sign-in failed',
	summary: 'Starts when somebody failed to sign in, with address and application. Needs an administrator.',
	params: z.object({ user, own: own.default(true), text: words(FAILED) }),
	filters: ['user', 'own', 'text'],
	kind: () => 'connection',
	keep: isWanted,
	event,
	dress: async (rows) => rows.map(told),
});

/** So many places are remembered, the newest last. */
const REMEMBERED = 5000;
/** So many lines of the log are read at the start, to learn what is known. */
const LEARNED = 2000;

const cursor = z.object({ v: z.literal(1), log: tailCursor, known: z.array(z.string()) });

interface Place {
	user: string;
	address: string;
	time?: string | null | undefined;
	application?: string;
	user_agent?: string;
}
const addressKey = ({ user: name, address }: Place) => digest(['address', name, address]);
const clientKey = ({ user: name, user_agent }: Place) =>
	user_agent ? digest(['client', name, user_agent]) : undefined;
const keysOf = (place: Place): string[] => [addressKey(place), clientKey(place)].filter((key) => key !== undefined);

/** Sign-ins of the log, each with the client of its session, and sessions that no line of the log tells of; the oldest first. */
function placesOf(rows: readonly LogRow[], open: readonly Open[]): Place[] {
	const logged = rows.map((row): Place => {
		const { user: name, address, application } = signInOf(row)!;
		const user_agent = sessionOf(open, name, address)?.user_agent;
		return {
			user: name,
			address,
			time: row.time,
			...(application && { application }),
			...(user_agent && { user_agent }),
		};
	});
	const isLogged = ({ who, from }: Open) => logged.some((one) => one.user === who && one.address === from);
	const others = [...open]
		.reverse()
		.filter((one) => !isLogged(one))
		.map(({ who, from = '', time, user_agent }): Place => ({
			user: who,
			address: from,
			time,
			...(user_agent && { user_agent }),
		}));
	return [...logged, ...others];
}

const placeEvent = z
	.looseObject({
		event_id: z.string(),
		user: z.string(),
		address: z.string(),
		time: z.string().nullable().optional(),
		application: z.string().optional(),
		user_agent: z.string().optional(),
		is_new_address: z.boolean(),
		is_new_client: z.boolean(),
	})
	.meta({ simple: ['time', 'user', 'address', 'application', 'user_agent', 'is_new_address', 'is_new_client'] });

export const newPlace = trigger({
	title: 'Signed in from a new place',
	summary:
		'Starts when a user signs in from an address, or with a client, that was not seen before. Needs an administrator.',
	params: z.object({ user, own, text: words(SIGNED_IN) }),
	filters: ['user', 'own'],
	cursor,
	event: placeEvent,
	key: ({ event_id }) => event_id,
	uses: [listLog, listConnections],
	async start({ text }, handle) {
		const dsm = handle.with({ share: true });
		const open = await openSessions(dsm);
		const log = await atNow(tailOf(dsm, 'connection'));
		const rows: LogRow[] = [];
		let read = 0;
		for await (const row of logRows(dsm, listLog, { logtype: 'connection' })) {
			if (says(row, text) && signInOf(row)) rows.push(row);
			if (++read >= LEARNED) break;
		}
		return { v: 1 as const, log, known: [...new Set(placesOf(rows, open).flatMap(keysOf))] };
	},
	async poll(given, { log, known }, handle) {
		const dsm = handle.with({ share: true });
		const { rows, cursor: next } = await newRows(tailOf(dsm, 'connection'), log);
		const fresh = rows.filter((row) => says(row, given.text) && signInOf(row));
		const seen = new Set(known);
		const events: z.input<typeof placeEvent>[] = [];
		for (const place of placesOf(fresh, await openSessions(dsm))) {
			const client = clientKey(place);
			const is_new_address = !seen.has(addressKey(place));
			const is_new_client = client !== undefined && !seen.has(client);
			for (const key of keysOf(place)) seen.add(key);
			if (!is_new_address && !is_new_client) continue;
			const event_id = digest([is_new_address, is_new_client, ...keysOf(place)]);
			if (isTold(place, given, dsm)) events.push({ event_id, ...place, is_new_address, is_new_client });
		}
		return { events, cursor: { v: 1 as const, log: next, known: [...seen].slice(-REMEMBERED) } };
	},
	async sample(given, dsm) {
		const places = placesOf([], await openSessions(dsm)).filter((place) => isTold(place, given, dsm));
		return places.slice(-10).map((place) => {
			const event_id = `sample-${digest(keysOf(place))}`;
			return { event_id, ...place, is_new_address: true, is_new_client: place.user_agent !== undefined };
		});
	},
});

const isTold = ({ user: name }: Place, given: Given, { account }: Dsm): boolean =>
	(given.own || name.toLowerCase() !== account.toLowerCase()) &&
	(given.user === '' || name.toLowerCase() === given.user.toLowerCase());
