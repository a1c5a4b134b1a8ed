import { operation, resource } from '../../../catalog/operation';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { kickConnections, listConnections } from '../../system/wire/logs';
import { BY_TIME, isWebdav, type Connection } from '../lib/rows';

const list = operation({
	title: 'List connections',
	summary: 'Gives who is connected by WebDAV, and from where. Needs an administrator.',
	right: 'administrator',
	call: listConnections,
	params: z.object({
		who: z
			.string()
			.trim()
			.default('')
			.meta({ title: 'Account', description: 'Only connections of this account', placeholder: 'e.g. alice' }),
	}),
	request: () => BY_TIME,
	keep: (row, given) => isWebdav(row) && (given.who === '' || row.who === given.who),
});

interface Wanted {
	who: string;
	from: string;
}

/** Only what may be ended, out of a list just read. */
const meant = (all: readonly Connection[], { who, from }: Wanted): Connection[] =>
	all.filter(
		(one) => isWebdav(one) && one.can_be_kicked === true && one.who === who && (from === '' || one.from === from),
	);

/** Success means accepted only: what is still listed afterwards was not ended. Both lists are always sent. */
const close = operation({
	title: 'Close connections',
	summary:
		'Ends the WebDAV connections of an account. A client may come back at once with its password: deny it WebDAV to keep it out. Needs an administrator.',
	right: 'administrator',
	known: { call: listConnections, request: () => BY_TIME },
	call: kickConnections,
	params: z.object({
		who: z
			.string()
			.trim()
			.min(1)
			.meta({ title: 'Account', description: 'Account whose connections are ended', placeholder: 'e.g. alice' }),
		from: z.string().trim().default('').meta({
			title: 'From Address',
			description: 'Only connections from this address',
			placeholder: 'e.g. 192.0.2.30',
		}),
	}),
	request(given, all) {
		const found = meant(all, given);
		if (found.length === 0)
			throw new DsmApiError(
				`${given.who} has no WebDAV connection that can be ended${given.from && ` from ${given.from}`}.`,
				{
					hint: 'List the connections to see which there are.',
				},
			);
		return { http_conn: [], service_conn: found.map(({ who, from, pid, type }) => ({ who, from, pid, type })) };
	},
	then: { call: listConnections, request: () => BY_TIME },
	response(_, { known, params, then }) {
		const left = new Set(then.filter(isWebdav).map(({ pid }) => pid));
		const all = meant(known, params);
		const open = all.filter(({ pid }) => left.has(pid)).length;
		return { closed: all.length - open, still_open: open };
	},
	result: z.object({ closed: z.number(), still_open: z.number() }),
	destructive: true,
});

export const connections = resource('Connection', { list, close });
