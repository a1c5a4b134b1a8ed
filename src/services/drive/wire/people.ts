import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';

const labelsApi = 'SYNO.SynologyDrive.Labels';

const label = row({
	label_id: field.id(),
	name: field.text(),
	color: field.text().optional(),
	position: field.number().optional(),
	type: field.text().optional(),
	update_time: field.secondsOrNever().optional(),
});

export const listLabels = call(labelsApi, 'list', 2, {
	list: 'items',
	of: label,
	page: 1000,
	basis: 'guide',
	source: 'drive.md 6.1',
	readOnly: true,
});
export const createLabel = call(labelsApi, 'create', 2, { answer: label, basis: 'guide', source: 'drive.md 6.1' });
/** The guide's example wraps the answer twice. */
export const updateLabel = repeatable(
	call(labelsApi, 'update', 2, {
		answer: row(label.fields, { lift: ['data'] }),
		basis: 'guide',
		source: 'drive.md 6.1',
	}),
);
export const deleteLabel = repeatable(call(labelsApi, 'delete', 2, { basis: 'guide', source: 'drive.md 6.1' }), {
	done: [],
});

const teamApi = 'SYNO.SynologyDrive.TeamFolders';

export const teamFolder = row(
	{
		team_id: field.id(),
		name: field.text(),
		file_id: field.id(),
		enable_versioning: field.flag().optional(),
		keep_versions: field.number().optional(),
		disable_download: field.flag().optional(),
		can_read: field.flag().optional(),
		can_write: field.flag().optional(),
	},
	{
		lift: ['capabilities'],
		simple: ['team_id', 'name', 'file_id', 'enable_versioning', 'keep_versions', 'can_read', 'can_write'],
	},
);

/** Only those that the account may see. */
export const listTeamFolders = call(teamApi, 'list', 1, {
	list: 'items',
	of: teamFolder,
	page: 1000,
	basis: 'guide',
	source: 'drive.md 6.2',
	readOnly: true,
});

export const listTeamMembers = call(teamApi, 'list_members', 1, {
	list: 'items',
	of: row({
		name: field.text(),
		uid: field.id().optional(),
		display_name: field.text().optional(),
		role: field.text().optional(),
	}),
	page: 1000,
	basis: 'guide',
	source: 'drive.md 6.2',
	readOnly: true,
});

/** With whom the account may share. */
export const listSharees = call('SYNO.SynologyDrive.Share.Priv', 'list', 1, {
	list: 'list',
	of: row({ name: field.text(), id: field.id().optional(), type: field.text().optional() }),
	basis: 'capture',
	source: 'drive.md 6.3',
	readOnly: true,
});

export const listPrivileges = call('SYNO.SynologyDrive.Privilege', 'list', 1, {
	list: 'users',
	of: row({ name: field.text(), enabled: field.flag().optional(), status: field.text().optional() }),
	page: 1000,
	basis: 'capture',
	source: 'drive.md 6.3',
	readOnly: true,
});

export const getInfo = call('SYNO.SynologyDrive.Info', 'get', 1, {
	answer: row(
		{
			username: field.text(),
			uid: field.id().optional(),
			nickname: field.text().optional(),
			displayname_result: field.text().optional(),
			is_manager: field.flag().optional(),
			is_home: field.flag().optional(),
			enable_mydrive_versioning: field.flag().optional(),
			mydrive_keep_versions: field.number().optional(),
			version_major: field.text().optional(),
			version_minor: field.text().optional(),
			version_build: field.text().optional(),
		},
		{
			prefix: ['version', 'mobile_compatibility'],
			simple: [
				'username',
				'uid',
				'displayname_result',
				'is_manager',
				'is_home',
				'mydrive_keep_versions',
				'version_major',
				'version_minor',
				'version_build',
			],
		},
	),
	basis: 'capture',
	source: 'drive.md 6.4',
	readOnly: true,
});

const notificationsApi = 'SYNO.SynologyDrive.Notifications';

/** None was ever captured: rows come as they are. */
export const notification = row({ notification_id: field.id().optional(), id: field.id().optional() });

export const listNotifications = call(notificationsApi, 'list', 1, {
	list: 'items',
	of: notification,
	page: 200,
	basis: 'inferred',
	source: 'drive.md 9.6',
	readOnly: true,
});
export const deleteNotification = repeatable(
	call(notificationsApi, 'delete', 1, { basis: 'inferred', source: 'drive.md 9.6' }),
	{ done: [] },
);
