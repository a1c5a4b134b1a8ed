import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { connection, listConnections } from '../../system/wire/logs';
import { BY_TIME, isWebdav, type Connection } from '../lib/rows';

const who = z
	.string()
	.trim()
	.default('')
	.meta({ title: 'Account', description: 'Only connections of this account', placeholder: 'e.g. alice' });

/**
 * The newest come first. A client that keeps its connection is one row as long as that lives (webdav.md 4). All connections are looked
 * at: with our own session among them, an empty list is no list.
 */
const watched = {
	params: z.object({ who }),
	filters: ['who'],
	call: listConnections,
	look: async (_: unknown, dsm: Parameters<NonNullable<Parameters<typeof listTrigger>[0]['look']>>[1]) =>
		(await dsm.list(listConnections, BY_TIME)).reverse(),
	id: ({ pid, did, who: account, from }: Connection) => JSON.stringify([pid, did, account, from]),
} as const;

const fits = (row: Connection, given: { who: string }): boolean =>
	isWebdav(row) && (given.who === '' || row.who === given.who);

export const connectionOpened = listTrigger({
	...watched,
	title: 'Connection opened',
	summary:
		'Starts when somebody connects by WebDAV. Connections that come and go between two looks are missed: use the transfers for those. Needs an administrator.',
	right: 'administrator',
	on: 'created',
	keep: fits,
	event: connection.with({ event_id: z.string() }),
});

export const connectionClosed = listTrigger({
	...watched,
	title: 'Connection closed',
	summary: 'Starts when a WebDAV connection is gone for two looks in a row. Needs an administrator.',
	right: 'administrator',
	keep: fits,
	// What is gone is known by what was kept of it.
	fingerprints: (row) => [row.who, row.from ?? '', row.descr ?? '', row.time ?? '', isWebdav(row) ? 'webdav' : ''],
	on: 'deleted',
	tell(change, given) {
		const [account = '', from = '', descr = '', since = '', kind] = change.kind === 'deleted' ? change.was : change.now;
		return kind === 'webdav' && (given.who === '' || given.who === account)
			? [{ who: account, from, descr, since }]
			: [];
	},
	event: z.looseObject({
		event_id: z.string(),
		who: z.string(),
		from: z.string(),
		descr: z.string(),
		/** When it was opened, in the zone of the NAS. */
		since: z.string(),
	}),
});
