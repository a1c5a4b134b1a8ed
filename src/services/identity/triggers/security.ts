import { listTrigger } from '../../../catalog/listTrigger';
import { field, row } from '../../../catalog/row';
import { digest, type Fingerprints } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { listBlocked, listLocked, type Locked } from '../wire/security';
import { isWeb, listConnections, NEWEST, session } from '../wire/sessions';

export const addressBlocked = listTrigger({
	title: 'Address blocked',
	summary: 'Starts when an address was blocked, by failed sign-ins or by somebody. Needs an administrator.',
	params: z.object({}),
	call: listBlocked,
	request: () => ({ type: 'deny' }),
	id: ({ ip = '' }) => ip,
	on: 'created',
	event: row({ event_id: z.string(), ip: field.text().optional() }),
});

export const accountLocked = listTrigger({
	title: 'Account locked',
	summary: 'Starts when an account was locked after failed sign-ins. Needs an administrator.',
	params: z.object({}),
	call: listLocked,
	id: (one: Locked) => one.name ?? digest(one),
	on: 'created',
	event: row({ event_id: z.string(), name: field.text().optional() }),
});

type Connection = z.output<typeof session>;

const params = z.object({
	who: z
		.string()
		.trim()
		.default('')
		.meta({ title: 'User', description: 'Only sessions of this user', placeholder: 'e.g. bob' }),
	only_web: z
		.boolean()
		.default(false)
		.meta({ title: 'Only Web', description: 'Whether connections by SMB, FTP and the like are left out' }),
});
type Given = z.output<typeof params>;

const isWanted = (one: Connection, { who, only_web }: Given): boolean =>
	(who === '' || one.who === who) && (!only_web || isWeb(one));

/** The session that asks comes and goes with the trigger: it is none that anybody waits for. */
const sessions = {
	params,
	filters: ['who', 'only_web'] as const,
	call: listConnections,
	request: () => NEWEST,
	id: ({ who, from, did, pid, type, time }: Connection) => [who, from, did, pid, type, time].join('|'),
};

export const sessionOpened = listTrigger({
	...sessions,
	title: 'Session opened',
	summary: 'Starts when somebody has connected, through the web or by another protocol. Needs an administrator.',
	on: 'created',
	newest: 'first',
	keep: (one: Connection, given) => one.is_current_connected !== true && isWanted(one, given),
	event: session.with({ event_id: z.string() }),
});

const FIELDS = ['who', 'from', 'type', 'descr', 'time', 'user_agent'] as const;
const OWN = 'own';
const ended = row(
	{
		event_id: z.string(),
		who: field.text(),
		from: field.text().optional(),
		type: field.text().optional(),
		descr: field.text().optional(),
		time: field.text().nullable().optional(),
		user_agent: field.text().optional(),
	},
	{ simple: [...FIELDS] },
);

/** What once was the session that asked stays that, though a host that started anew asks by another one now. */
const isOwn = (one: Connection, was?: Fingerprints): boolean =>
	one.is_current_connected === true || was?.[FIELDS.length] === OWN;

/** What is gone has no row any more: its fingerprints tell what it was. */
export const sessionEnded = listTrigger({
	...sessions,
	title: 'Session ended',
	summary: 'Starts when a connection is no longer there: signed out, timed out or closed. Needs an administrator.',
	fingerprints: (one: Connection, _given, was) => [
		...FIELDS.map((name) => String(one[name] ?? '')),
		isOwn(one, was) ? OWN : '',
	],
	on: ['deleted'],
	tell(change, given) {
		if (change.kind === 'changed') return [];
		const values = change.kind === 'deleted' ? change.was : change.now;
		const one = Object.fromEntries(FIELDS.map((name, at) => [name, values[at]])) as Connection;
		return values[FIELDS.length] !== OWN && isWanted(one, given) ? [one] : [];
	},
	keep: (one: Connection, given) => one.is_current_connected !== true && isWanted(one, given),
	newest: 'first',
	event: ended,
});
