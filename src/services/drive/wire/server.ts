import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const captured = { basis: 'capture', readOnly: true } as const;

export const getStatus = call('SYNO.SynologyDrive', 'get_status', 1, {
	...captured,
	answer: row({ enable_status: field.text().optional() }),
	source: 'drive.md 11.1',
});

export const getUsage = call('SYNO.SynologyDrive.DBUsage', 'get', 1, {
	...captured,
	answer: row({
		database_size: field.bytes().optional(),
		office_size: field.bytes().optional(),
		repo_size: field.bytes().optional(),
		update_time: field.secondsOrNever().optional(),
	}),
	source: 'drive.md 11.1',
});

/** The numbers of `get` are those of the last count; these begin and end one. What they answer beside success is not known. */
const usage = (method: string) =>
	call('SYNO.SynologyDrive.DBUsage', method, 1, { basis: 'capture', source: 'drive.md 11.1' });
export const startUsageCount = repeatable(usage('start'));
export const stopUsageCount = repeatable(usage('stop'));

const volume = row({ id: field.id(), size_free: field.bytes().optional(), size_total: field.bytes().optional() });

export const getConfig = call('SYNO.SynologyDrive.Config', 'get', 1, {
	...captured,
	answer: row({
		ds_id: field.id().optional(),
		volume_select: field.text().optional(),
		volume_list: z.array(volume).optional(),
		enable_non_admin_user_sync: field.flag().optional(),
	}),
	source: 'drive.md 11.1',
});

/** `sharing_permission` is what this account may do. */
const settings = row(
	{
		enable_public_sharing: field.flag().optional(),
		enable_normal_user_sharing: field.flag().optional(),
		sharing_force_password: field.flag().optional(),
		sharing_force_expiration: field.number().optional(),
		sharing_permission_invite_sharing: field.flag().optional(),
		sharing_permission_internal_link_sharing: field.flag().optional(),
		sharing_permission_public_sharing: field.flag().optional(),
		sharing_permission_public_force_password: field.flag().optional(),
		sharing_permission_public_force_expiration_days: field.number().optional(),
	},
	{
		prefix: ['sharing_permission'],
		simple: [
			'enable_public_sharing',
			'enable_normal_user_sharing',
			'sharing_force_password',
			'sharing_force_expiration',
			'sharing_permission_invite_sharing',
			'sharing_permission_internal_link_sharing',
			'sharing_permission_public_sharing',
			'sharing_permission_public_force_password',
			'sharing_permission_public_force_expiration_days',
		],
	},
);
const settingsApi = 'SYNO.SynologyDrive.Settings';
export const getSettings = call(settingsApi, 'list', 1, { ...captured, answer: settings, source: 'drive.md 7.4' });
/** Its parameters were never captured: the names that the list gives. */
export const updateSettings = repeatable(call(settingsApi, 'update', 1, { basis: 'inferred', source: 'drive.md 7.4' }));

export const getActivation = call('SYNO.SynologyDrive.Activation', 'get', 1, {
	...captured,
	answer: row({
		activated: field.flag(),
		activation_time: field.secondsOrNever().optional(),
		serial_number: field.text().optional(),
	}),
	source: 'drive.md 11.1',
});

/** Rows of these lists were empty on every device seen (drive.md 11.6): they come as they are. */
const unknownRow = row({});

export const listProfiles = call('SYNO.SynologyDrive.Profiles', 'list', 1, {
	...captured,
	list: 'profile_list',
	of: unknownRow,
	source: 'drive.md 11.6',
});

/** The keys of a row are not certain. */
export const listTopFiles = call('SYNO.SynologyDrive.Dashboard', 'top_access_files', 1, {
	...captured,
	list: 'files',
	of: unknownRow,
	page: 100,
	source: 'drive.md 11.1',
});

export const getShareSyncConfig = call('SYNO.SynologyDriveShareSync.Config', 'get', 1, {
	...captured,
	answer: row({
		rename_conflict: field.flag().optional(),
		repo_loc: field.text().optional(),
	}),
	source: 'drive.md 11.6',
});

export const shareSyncConnection = row({ is_pause: field.flag() });
/** `is_pause` stands beside the list and is the only sign that sync is paused: it is handed on with each row. */
export const listShareSyncConnections = call('SYNO.SynologyDriveShareSync.Connection', 'list', 1, {
	...captured,
	answer: z.object({ conn: z.array(unknownRow), is_pause: field.flag() }),
	source: 'drive.md 11.6',
});
