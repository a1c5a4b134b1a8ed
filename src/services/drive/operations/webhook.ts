import { fileAnswer, textId } from '../../catalog/fields';
import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { given, nothing, seconds, toNothing } from './fields';

const connectionApi = 'SYNO.SynologyDrive.Connection';
const logApi = 'SYNO.SynologyDrive.Log';

/** `client_name` is the user, `client_id` the device; one source reads it the other way round (drive.md 11.2). */
export const connection = z.looseObject({
	client_session_id: z.string(),
	client_name: z.string().optional(),
	client_id: z.string().optional(),
	client_status: z.string().optional(),
	client_type: z.string().optional(),
	client_ip: z.string().optional(),
	client_version: z.string().optional(),
	login_time: z.coerce.number<number | string>().optional(),
	last_auth_time: z.coerce.number<number | string>().optional(),
});

export const connectionList = { api: connectionApi, method: 'list', version: 2 } as const;

export const connections = resource('Connection', {
	list: operation({
		title: 'List connected devices',
		summary: 'Lists the clients that sync with Drive and their states.',
		call: connectionList,
		params: z.object({}),
		page: { items: 'items', max: 1000 },
		result: z.array(connection),
		readOnly: true,
		basis: 'guide',
	}),
	summary: operation({
		title: 'Count connected devices',
		summary: 'Gives the number of clients by kind (administrators).',
		call: { api: connectionApi, method: 'summary', version: 2 },
		params: z.object({}),
		response: (data) => data.summary ?? data,
		result: z.looseObject({
			desktop: z.number().optional(),
			mobile: z.number().optional(),
			sharesync: z.number().optional(),
			total: z.number().optional(),
		}),
		readOnly: true,
		basis: 'capture',
	}),
	unlink: operation({
		title: 'Unlink a device',
		summary: 'Ends the connection of a client, which must sign in again; its files stay (administrators).',
		call: { api: connectionApi, method: 'delete', version: 2 },
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
		response: toNothing,
		result: nothing,
		destructive: true,
		basis: 'guide',
	}),
});

/** `type` is a code whose table is not public; the text of an action comes with the export (drive.md 9.5). */
export const logRow = z.looseObject({
	time: z.coerce.number<number | string>(),
	username: z.string().optional(),
	type: z.coerce.number<number | string>().optional(),
	s1: z.string().optional(),
	s2: z.string().optional(),
	share_name: z.string().optional(),
	client_type: z.string().optional(),
	ip_address: z.string().optional(),
});

export const logList = { api: logApi, method: 'list', version: 1 } as const;

export const logFilter = {
	team_folder: z
		.string()
		.default('')
		.meta({
			title: 'Team Folder',
			description: 'Only actions in this team folder; empty: all',
			widget: 'picker',
			choices: { from: 'drive.teamFolder.list', value: 'name', label: 'name' },
			by: { id: 'e.g. Family' },
		}),
	username: z
		.string()
		.default('')
		.meta({ title: 'User', description: 'Only actions of this user', placeholder: 'e.g. bob' }),
	keyword: z.string().default('').meta({ title: 'Keyword', description: 'Text of the path' }),
};

/** `target` is required: everything, or a team folder. */
export const logParams = ({
	team_folder,
	username,
	keyword,
	...rest
}: {
	team_folder: string;
	username: string;
	keyword: string;
}) => ({
	...rest,
	...(team_folder === '' ? { target: 'user', share_type: 'all' } : { target: `@${team_folder}`, share_type: 'share' }),
	get_all: false,
	log_type: [],
	username,
	keyword,
});

const period = { datefrom: seconds('From', 'Earliest time'), dateto: seconds('Until', 'Latest time') };

export const logs = resource('Log', {
	list: operation({
		title: 'List the log',
		summary: 'Lists what users did in Drive, the newest first (administrators).',
		call: logList,
		params: z.object({ ...logFilter, ...period }),
		request: ({ datefrom = 0, dateto = 0, ...rest }) => ({ ...logParams(rest), datefrom, dateto }),
		page: { items: 'items', max: 1000 },
		result: z.array(logRow),
		readOnly: true,
		basis: 'capture',
	}),
	export: operation({
		title: 'Export the log',
		summary: 'Gives the log as CSV file, with the actions in words (administrators).',
		call: { api: logApi, method: 'export', version: 1 },
		params: z.object({ ...logFilter, ...period }),
		// Here the NAS puts the @ before a team folder itself.
		request: ({ datefrom = 0, dateto = 0, ...rest }) => ({
			...logParams(rest),
			...(rest.team_folder !== '' && { target: rest.team_folder }),
			type: 'csv',
			datefrom,
			dateto,
		}),
		result: fileAnswer(),
		returns: 'file',
		readOnly: true,
		basis: 'capture',
	}),
	clear: operation({
		title: 'Clear the log',
		summary: 'Deletes the whole log of Drive (administrators).',
		call: { api: logApi, method: 'delete', version: 1 },
		params: z.object({}),
		response: toNothing,
		result: nothing,
		destructive: true,
		basis: 'inferred',
	}),
});

const hookApi = 'SYNO.SynologyDrive.Webhooks';
/** The ids look like numbers and must stay text on the wire (drive.md 9.4). */
const app_id = z.string().min(1).default('synoflow').meta({
	title: 'App ID',
	description: 'Name under which the webhooks are registered; needed to find them again',
});
const webhook_id = textId().meta({ title: 'Webhook ID', description: 'Webhook by its ID', placeholder: 'e.g. 3' });
const url = z.url({ protocol: /^https?$/ }).meta({
	title: 'URL',
	description: 'Address that gets a POST with a list of events',
	placeholder: 'e.g. https://n8n.example.com/webhook/drive',
});
const token = z
	.string()
	.optional()
	.meta({ title: 'Token', description: 'Secret that is sent along; never shown again', widget: 'secret' });
const extensions = z.array(z.string()).default([]).meta({
	title: 'Extensions',
	description: 'Only files with these extensions',
	placeholder: 'e.g. pdf',
	advanced: true,
});
const webhook = z.looseObject({
	webhook_id: textId(),
	app_id: textId().optional(),
	type: z.string().optional(),
	url: z.string().optional(),
});
const hookParams = ({ extensions: filter_file_ext, ...rest }: { extensions: string[] }) =>
	given({ type: 'url', ...rest, ...(filter_file_ext.length > 0 && { options: { filter_file_ext } }) });

export const webhooks = resource('Webhook', {
	list: operation({
		title: 'List webhooks',
		summary: 'Lists the webhooks of an app ID (administrators).',
		call: { api: hookApi, method: 'list', version: 2 },
		params: z.object({ app_id }),
		page: { items: 'items' },
		result: z.array(webhook),
		readOnly: true,
		basis: 'guide',
	}),
	get: operation({
		title: 'Get a webhook',
		summary: 'Gives one webhook (administrators).',
		call: { api: hookApi, method: 'get', version: 2 },
		params: z.object({ webhook_id, app_id }),
		result: webhook,
		readOnly: true,
		basis: 'guide',
	}),
	create: operation({
		title: 'Create a webhook',
		summary: 'Has Drive tell an address about created, changed, renamed, moved and removed files (administrators).',
		call: { api: hookApi, method: 'create', version: 2 },
		params: z.object({ url, app_id, token, extensions }),
		request: hookParams,
		result: webhook,
		basis: 'guide',
	}),
	update: operation({
		title: 'Update a webhook',
		summary: 'Changes address or token of a webhook (administrators).',
		call: { api: hookApi, method: 'update', version: 2 },
		params: z.object({ webhook_id, app_id, url: url.optional(), token, extensions }),
		request: hookParams,
		result: webhook,
		basis: 'guide',
	}),
	delete: operation({
		title: 'Delete a webhook',
		summary: 'Deletes a webhook (administrators).',
		call: { api: hookApi, method: 'delete', version: 2 },
		params: z.object({ webhook_id, app_id }),
		response: toNothing,
		result: nothing,
		destructive: true,
		basis: 'guide',
	}),
});
