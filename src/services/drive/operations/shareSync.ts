import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getShareSyncConfig, listShareSyncConnections, shareSyncConnection } from '../wire/server';

export const getConfig = operation({
	title: 'Get the sync settings',
	summary: 'Gives how ShareSync solves conflicts and where it keeps files (administrators).',
	right: 'administrator',
	call: getShareSyncConfig,
	params: z.object({}),
});

export const listConnections = operation({
	title: 'List sync connections',
	summary: 'Lists the connections to other NAS, and whether sync is paused (administrators).',
	right: 'administrator',
	call: listShareSyncConnections,
	params: z.object({}),
	response: ({ conn, is_pause }) => conn.map((row) => ({ ...row, is_pause })),
	result: z.array(shareSyncConnection),
});

/** Without a connection the list has no row that could say that sync is paused. */
export const getStatus = operation({
	title: 'Get the sync status',
	summary: 'Gives whether sync with other NAS is paused, and how many connections there are (administrators).',
	right: 'administrator',
	call: listShareSyncConnections,
	params: z.object({}),
	response: ({ conn, is_pause }) => ({ is_pause, connections: conn.length }),
	result: z.looseObject({ is_pause: z.boolean(), connections: z.number() }),
});

export const shareSync = resource('ShareSync', { getConfig, getStatus, listConnections });
