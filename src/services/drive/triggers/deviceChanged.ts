import { listTrigger } from '../../../catalog/listTrigger';
import type { Change } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { wholeList } from '../lib/wholeList';
import { connection, listConnections, type Connection } from '../wire/administration';

const CHANGES = {
	offline: 'A Device Goes Offline',
	new_device: 'A New Device Connects',
	gone: 'A Device Is Unlinked',
};
const kinds = z.enum(Object.keys(CHANGES) as [keyof typeof CHANGES]);
type Kind = z.output<typeof kinds>;

function kindOf(change: Change<Connection>): Kind | undefined {
	if (change.kind === 'deleted') return 'gone';
	if (change.kind === 'created') return 'new_device';
	return change.now[0] === 'off_line' ? 'offline' : undefined;
}

export const deviceChanged = listTrigger({
	title: 'Device changed',
	summary: 'Starts when a client that syncs with Drive goes offline, or when devices come and go.',
	params: z.object({
		changes: z
			.array(kinds)
			.min(1)
			.default(['offline'])
			.meta({ title: 'Changes', description: 'What counts', labels: CHANGES }),
	}),
	filters: ['changes'],
	call: listConnections,
	look: async (_, dsm) => await wholeList(dsm, listConnections),
	id: ({ client_session_id }) => client_session_id,
	fingerprints: ({ client_status = '' }) => [client_status],
	on: ['created', 'changed', 'deleted'],
	tell(change, { changes }) {
		const kind = kindOf(change);
		return kind !== undefined && changes.includes(kind) ? [{ change: kind, client_session_id: change.id }] : [];
	},
	event: connection.with({ event_id: z.string(), change: z.string() }),
	// A sample is a device as it is: the change is the one that is asked for.
	dress: (found, _, { changes: [change] }) =>
		Promise.resolve(found.map(({ row, more }) => ({ change, ...row, ...more }))),
	newest: 'first',
});
