import { operation, resource } from '../../../catalog/operation';
import { sorting } from '../../../catalog/sorting';
import { z } from '../../../vendor/zod';
import { inCapitals } from '../fields';
import { countConnections, deleteConnection, listConnections } from '../wire/administration';

export const list = operation({
	title: 'List connected devices',
	summary: 'Lists the clients that sync with Drive and their states.',
	call: listConnections,
	params: z.object(
		sorting({
			client_id: 'Device',
			client_name: 'User',
			login_time: 'Signed in',
			last_auth_time: 'Last seen',
			client_status: 'Status',
			client_type: 'Kind',
			client_ip: 'Address',
			client_location: 'Location',
			client_version: 'Version',
		}),
	),
	request: inCapitals,
});

export const count = operation({
	title: 'Count connected devices',
	summary: 'Gives the number of clients by kind (administrators).',
	right: 'administrator',
	call: countConnections,
	params: z.object({}),
});

/** A companion of the call wipes the device: it is never sent. */
const remove = operation({
	title: 'Unlink a device',
	summary: 'Ends the connection of a client, which must sign in again; its files stay (administrators).',
	right: 'administrator',
	call: deleteConnection,
	params: z.object({
		client_session_id: z
			.string()
			.min(1)
			.meta({
				title: 'Device',
				description: 'Client to unlink',
				widget: 'picker',
				choices: { from: 'drive.connection.list', value: 'client_session_id', label: 'client_id' },
				by: { id: 'e.g. 7cee2592200e748b830d0dc77be7d74d' },
			}),
	}),
	request: ({ client_session_id }) => ({ client_sess_id: [client_session_id] }),
	destructive: true,
	deletes: true,
});

export const connections = resource('Connection', { list, count, delete: remove });
