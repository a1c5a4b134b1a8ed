import { service } from '../../catalog/operation';
import { errors, errorsOf } from './errors';
import { account } from './operations/account';
import { connections } from './operations/connection';
import { files } from './operations/file';
import { fileRequests } from './operations/fileRequest';
import { folders } from './operations/folder';
import { labels } from './operations/label';
import { links } from './operations/link';
import { log } from './operations/log';
import { notifications } from './operations/notification';
import { server } from './operations/server';
import { shareSync } from './operations/shareSync';
import { sharing } from './operations/sharing';
import { tasks } from './operations/task';
import { teamFolders } from './operations/teamFolder';
import { trash } from './operations/trash';
import { users } from './operations/user';
import { versions } from './operations/version';
import { webhooks } from './operations/webhook';
import { deviceChanged } from './triggers/deviceChanged';
import * as changes from './triggers/fileChanges';
import * as lists from './triggers/fileLists';
import { logEntryAdded } from './triggers/logEntryAdded';
import { notificationReceived } from './triggers/notificationReceived';
import { specificFileChanged } from './triggers/specificFile';
import { teamFolderAdded } from './triggers/teamFolderAdded';

export const drive = service({
	id: 'drive',
	title: 'Drive',
	summary:
		'Files, folders, sharing, labels, versions and administration of Synology Drive, as the account of the connection.',
	package: 'Synology Drive Server',
	privilege: 'Synology Drive',
	apis: 'SYNO.SynologyDrive',
	errors,
	errorsOf,
	resources: {
		file: files,
		folder: folders,
		version: versions,
		trash,
		sharing,
		link: links,
		fileRequest: fileRequests,
		label: labels,
		teamFolder: teamFolders,
		user: users,
		account,
		notification: notifications,
		task: tasks,
		log,
		connection: connections,
		webhook: webhooks,
		server,
		shareSync,
	},
	triggers: {
		fileCreated: changes.fileCreated,
		fileUpdated: changes.fileUpdated,
		fileRenamed: changes.fileRenamed,
		fileMoved: changes.fileMoved,
		fileDeleted: changes.fileDeleted,
		fileRestored: changes.fileRestored,
		specificFileChanged,
		fileShared: lists.fileShared,
		fileLabeled: lists.fileLabeled,
		fileStarred: lists.fileStarred,
		teamFolderAdded,
		notificationReceived,
		deviceChanged,
		logEntryAdded,
	},
});
