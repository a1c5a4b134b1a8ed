import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const connectionApi = 'SYNO.SynologyDrive.Connection';

/** `client_name` is the user, `client_id` the device; one source reads it the other way round (drive.md 11.2). */
export const connection = row(
	{
		client_session_id: field.id(),
		client_name: field.text().optional(),
		client_id: field.text().optional(),
		client_status: field.text().optional(),
		client_type: field.text().optional(),
		client_ip: field.text().optional(),
		client_version: field.text().optional(),
		client_location: field.text().optional(),
		client_is_relay: field.flag().optional(),
		client_can_wipe: field.flag().optional(),
		device_uuid: field.text().optional(),
		login_time: field.seconds().optional(),
		last_auth_time: field.seconds().optional(),
	},
	{
		simple: [
			'client_session_id',
			'client_name',
			'client_id',
			'client_status',
			'client_type',
			'client_ip',
			'client_version',
			'login_time',
			'last_auth_time',
		],
	},
);
export type Connection = z.output<typeof connection>;

export const listConnections = call(connectionApi, 'list', 2, {
	list: 'items',
	of: connection,
	page: 1000,
	basis: 'guide',
	source: 'drive.md 11.2',
	readOnly: true,
});
export const countConnections = call(connectionApi, 'summary', 2, {
	answer: row(
		{
			desktop: field.number().optional(),
			mobile: field.number().optional(),
			sharesync: field.number().optional(),
			total: field.number().optional(),
		},
		{ lift: ['summary'] },
	),
	basis: 'capture',
	source: 'drive.md 11.2',
	readOnly: true,
});
export const deleteConnection = repeatable(
	call(connectionApi, 'delete', 2, { basis: 'guide', source: 'drive.md 11.2' }),
	{ done: [] },
);

/** "-" stands for what does not apply. */
const applying = <T extends z.ZodType>(type: T) =>
	z.preprocess((value) => (value === '-' ? null : value), type.nullable()).optional();

const shareApi = 'SYNO.SynologyDrive.Share';
export const shareSettings = row(
	{
		share_name: field.text(),
		share_enable: field.flag().optional(),
		share_status: field.text().optional(),
		share_type: field.text().optional(),
		rotate_cnt: applying(field.number()),
		rotate_policy: applying(field.text()),
		rotate_days: applying(field.number()),
		disable_download: field.flag().optional(),
		enable_watermark: field.flag().optional(),
		force_watermark_download: field.flag().optional(),
	},
	{
		simple: ['share_name', 'share_enable', 'share_status', 'rotate_cnt', 'rotate_policy', 'disable_download'],
	},
);
export type ShareSettings = z.output<typeof shareSettings>;

export const listActiveShares = call(shareApi, 'list_active', 2, {
	list: 'items',
	of: row({ name: field.text(), type: field.text().optional() }),
	basis: 'guide',
	source: 'drive.md 11.3',
	readOnly: true,
});
/** All four of the paging parameters are required. */
export const listShares = call(shareApi, 'list', 2, {
	list: 'items',
	of: shareSettings,
	page: 1000,
	basis: 'guide',
	source: 'drive.md 11.3',
	readOnly: true,
});
/** "Success" comes even when a folder is skipped: the state is read again. */
export const setShares = repeatable(call(shareApi, 'set', 2, { basis: 'guide', source: 'drive.md 11.3' }));

const logApi = 'SYNO.SynologyDrive.Log';

/** `type` is a code whose table is not public; the text of an action comes with the export. Rows have no id (drive.md 9.5). */
export const logRow = row(
	{
		time: field.seconds(),
		username: field.text().optional(),
		type: field.number().optional(),
		s1: field.text().optional(),
		s2: field.text().optional(),
		share_name: field.text().optional(),
		client_type: field.text().optional(),
		ip_address: field.text().optional(),
		accessable: field.flag().optional(),
		target: field.text().optional(),
	},
	{ simple: ['time', 'username', 'type', 's1', 's2', 'share_name', 'client_type', 'ip_address'] },
);
export type LogRow = z.output<typeof logRow>;

export const listLog = call(logApi, 'list', 1, {
	list: 'items',
	of: logRow,
	page: 1000,
	basis: 'capture',
	source: 'drive.md 9.5',
	readOnly: true,
});
export const exportLog = call(logApi, 'export', 1, { basis: 'capture', source: 'drive.md 9.5', readOnly: true });
export const deleteLog = call(logApi, 'delete', 1, { basis: 'inferred', source: 'drive.md 9.5' });

const hookApi = 'SYNO.SynologyDrive.Webhooks';
/** The token is never shown: its field comes empty (drive.md 9.4). */
const webhook = row(
	{
		webhook_id: field.id(),
		app_id: field.id().optional(),
		type: field.text().optional(),
		url: field.text().optional(),
		token: field.secret().optional(),
	},
	{ lift: ['options'] },
);
const hooked = { answer: webhook, basis: 'guide', source: 'drive.md 9.4' } as const;

export const listWebhooks = call(hookApi, 'list', 2, {
	list: 'items',
	of: webhook,
	basis: 'guide',
	source: 'drive.md 9.4',
	readOnly: true,
});
export const getWebhook = call(hookApi, 'get', 2, { ...hooked, readOnly: true });
export const createWebhook = call(hookApi, 'create', 2, hooked);
export const updateWebhook = repeatable(call(hookApi, 'update', 2, hooked));
export const deleteWebhook = repeatable(call(hookApi, 'delete', 2, { basis: 'guide', source: 'drive.md 9.4' }), {
	done: [],
});
