import { textId } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { timeout } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { given, nothing, toNothing } from './fields';
import { finished, outcome, outcomesOf, taskCalls, waiting } from './tasks';

const open = z.looseObject({});
const read = (
	api: `SYNO.${string}`,
	method: string,
	version: number,
	title: string,
	summary: string,
	result: z.ZodObject = open,
) =>
	operation({
		title,
		summary,
		call: { api, method, version },
		params: z.object({}),
		result,
		readOnly: true,
		basis: 'capture',
	});

export const account = resource('Account', {
	get: read(
		'SYNO.SynologyDrive.Info',
		'get',
		1,
		'Get the account',
		'Gives what Drive knows of the account, and the version of Drive.',
		z.looseObject({
			username: z.string(),
			uid: z.number().optional(),
			is_manager: z.boolean().optional(),
			is_home: z.boolean().optional(),
		}),
	),
});

export const users = resource('User', {
	list: operation({
		title: 'List users and groups',
		summary: 'Lists with whom one can share.',
		call: { api: 'SYNO.SynologyDrive.Share.Priv', method: 'list', version: 1 },
		params: z.object({}),
		page: { items: 'list' },
		result: z.array(z.looseObject({ name: z.string(), id: textId().optional(), type: z.string().optional() })),
		readOnly: true,
		basis: 'capture',
	}),
	/** `additional` must be a list (drive.md 6.3). */
	listPrivileges: operation({
		title: 'List users',
		summary: 'Lists the users with their access to Drive (administrators).',
		call: { api: 'SYNO.SynologyDrive.Privilege', method: 'list', version: 1 },
		params: z.object({
			type: z
				.enum(['local', 'domain', 'ldap'])
				.default('local')
				.meta({
					title: 'Kind',
					description: 'Where the users come from',
					labels: { local: 'Local', domain: 'Domain', ldap: 'LDAP' },
				}),
			domain_name: z
				.string()
				.optional()
				.meta({ title: 'Domain', description: 'Name of the domain', placeholder: 'e.g. EXAMPLE', advanced: true }),
		}),
		request: (wanted) => given({ ...wanted, additional: ['enabled', 'status'] }),
		page: { items: 'users', max: 1000 },
		result: z.array(
			z.looseObject({ name: z.string(), enabled: z.boolean().optional(), status: z.string().optional() }),
		),
		readOnly: true,
		basis: 'capture',
	}),
});

export const notificationList = { api: 'SYNO.SynologyDrive.Notifications', method: 'list', version: 1 } as const;

/** No item of it was ever captured: rows come as they are (drive.md 9.6). */
export const notifications = resource('Notification', {
	list: operation({
		title: 'List notifications',
		summary: 'Lists the notifications of the account as Drive gives them.',
		call: notificationList,
		params: z.object({}),
		page: { items: 'items', max: 200 },
		result: z.array(open),
		readOnly: true,
		basis: 'inferred',
	}),
	delete: operation({
		title: 'Delete a notification',
		summary: 'Dismisses a notification.',
		call: { api: 'SYNO.SynologyDrive.Notifications', method: 'delete', version: 1 },
		params: z.object({
			notification_id: textId().meta({
				title: 'Notification ID',
				description: 'ID that the list gives',
				placeholder: 'e.g. 5',
			}),
		}),
		response: toNothing,
		result: nothing,
		destructive: true,
		basis: 'inferred',
	}),
});

const task_id = z
	.string()
	.regex(/^task-\d+$/, 'is no task, e.g. task-12')
	.meta({ title: 'Task', description: 'Task of this session', placeholder: 'e.g. task-12' });
const task = z.looseObject({ task_id: z.string(), status: z.string().optional(), progress: z.number().optional() });

/** Tasks belong to the session that started them (drive.md 5). */
export const tasks = resource('Task', {
	list: operation({
		title: 'List tasks',
		summary: 'Lists the background tasks of the session.',
		call: taskCalls.list,
		params: z.object({}),
		page: { items: 'items' },
		result: z.array(task),
		readOnly: true,
		basis: 'capture',
	}),
	get: operation({
		title: 'Get a task',
		summary: 'Gives state and progress of a background task.',
		call: taskCalls.get,
		params: z.object({ task_id }),
		result: task,
		readOnly: true,
		basis: 'capture',
	}),
	wait: procedure({
		title: 'Wait for a task',
		summary: 'Waits until a background task has ended; what failed is a row of its own.',
		uses: waiting,
		params: z.object({ task_id, timeout: timeout() }),
		result: z.array(outcome),
		basis: 'capture',
		run: async (wanted, dsm) =>
			outcomesOf(await finished(dsm, wanted.task_id, { timeout: wanted.timeout, what: 'The task' })),
	}),
	cancel: operation({
		title: 'Cancel a task',
		summary: 'Ends a background task, or forgets one that has ended.',
		call: taskCalls.delete,
		params: z.object({ task_id }),
		response: toNothing,
		result: nothing,
		basis: 'inferred',
	}),
});

const service = 'SYNO.SynologyDrive';
export const server = resource('Server', {
	getStatus: read(service, 'get_status', 1, 'Get the status', 'Gives the state of Drive Server (administrators).'),
	getUsage: read(
		`${service}.DBUsage`,
		'get',
		1,
		'Get the usage',
		'Gives the space that Drive takes for database, versions and Office, in bytes (administrators).',
	),
	getConfig: read(
		`${service}.Config`,
		'get',
		1,
		'Get the configuration',
		'Gives volumes and options of Drive Server (administrators).',
	),
	getSettings: read(
		`${service}.Settings`,
		'list',
		1,
		'Get the sharing settings',
		'Gives what the server allows about sharing, and what this account may.',
	),
	getActivation: read(
		`${service}.Activation`,
		'get',
		1,
		'Get the activation',
		'Says whether Drive Server is activated (administrators).',
	),
	getProfiles: read(
		`${service}.Profiles`,
		'list',
		1,
		'Get the sync profiles',
		'Gives the sync profiles of client settings (administrators).',
	),
	/** The keys of a row are not certain (drive.md 11.1). */
	listTopFiles: operation({
		title: 'List the most used files',
		summary: 'Lists the files that were opened most (administrators).',
		call: { api: `${service}.Dashboard`, method: 'top_access_files', version: 1 },
		params: z.object({
			ranking_by: z
				.enum(['both', 'preview', 'download'])
				.default('both')
				.meta({
					title: 'Counted',
					description: 'What counts',
					labels: { both: 'Previews and Downloads', preview: 'Previews', download: 'Downloads' },
				}),
			period_days: z.coerce
				.number<number | string>()
				.int()
				.min(1)
				.default(30)
				.meta({ title: 'Days', description: 'How many days back' }),
		}),
		page: { items: 'files', max: 100 },
		result: z.array(open),
		readOnly: true,
		basis: 'capture',
	}),
	updateSettings: operation({
		title: 'Update the sharing settings',
		summary: 'Changes what the server allows about sharing (administrators).',
		call: { api: `${service}.Settings`, method: 'update', version: 1 },
		params: z.object({
			settings: z.record(z.string(), z.unknown()).meta({
				title: 'Settings',
				description: 'Settings to change, by the names that the list gives',
				widget: 'json',
			}),
		}),
		request: ({ settings }) => settings,
		response: toNothing,
		result: nothing,
		basis: 'inferred',
	}),
});

/** Rows of these lists were empty on every device seen (drive.md 11.6). */
export const shareSync = resource('ShareSync', {
	getConfig: read(
		'SYNO.SynologyDriveShareSync.Config',
		'get',
		1,
		'Get the sync settings',
		'Gives how ShareSync solves conflicts and where it keeps files (administrators).',
	),
	listConnections: operation({
		title: 'List sync connections',
		summary: 'Lists the connections to other NAS (administrators).',
		call: { api: 'SYNO.SynologyDriveShareSync.Connection', method: 'list', version: 1 },
		params: z.object({}),
		page: { items: 'conn' },
		result: z.array(open),
		readOnly: true,
		basis: 'capture',
	}),
});
