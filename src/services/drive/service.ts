import { service } from '../../catalog/operation';
import { newLogEntry } from './activity';
import { connections, logs, webhooks } from './administration';
import * as changes from './changes';
import { errors } from './errors';
import { files } from './file';
import { fileRequests } from './fileRequest';
import { folders } from './folder';
import { labels } from './label';
import { links } from './link';
import { revisions } from './revision';
import { account, notifications, server, shareSync, tasks, users } from './server';
import * as sets from './sets';
import { sharing } from './sharing';
import { teamFolders } from './teamFolder';
import { trash } from './trash';

export const drive = service({
	id: 'drive',
	title: 'Drive',
	summary:
		'Files, folders, sharing, labels, versions and administration of Synology Drive, as the account of the connection.',
	package: 'Synology Drive Server',
	privilege: 'Synology Drive',
	apis: 'SYNO.SynologyDrive',
	errors,
	resources: {
		file: files,
		folder: folders,
		revision: revisions,
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
		log: logs,
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
		sharedWithMe: sets.sharedWithMe,
		fileLabelled: sets.fileLabelled,
		fileStarred: sets.fileStarred,
		newTeamFolder: sets.newTeamFolder,
		newNotification: sets.newNotification,
		syncProblem: sets.syncProblem,
		newLogEntry,
	},
});
