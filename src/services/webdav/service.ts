import { service } from '../../catalog/operation';
import { errors } from './errors';
import { blocks } from './operations/block';
import { connections } from './operations/connection';
import { files, folders } from './operations/file';
import { privileges } from './operations/privilege';
import { servers } from './operations/server';
import { settings } from './operations/settings';
import { speedLimits } from './operations/speedLimit';
import { transferLogs } from './operations/transferLog';
import { triggers } from './triggers';

export const webdav = service({
	id: 'webdav',
	title: 'WebDAV Server',
	summary:
		'Settings, connections, privileges and transfers of the WebDAV server, and files over WebDAV itself. Administration needs an administrator.',
	package: 'WebDAV Server',
	privilege: 'WebDAV Server',
	apis: 'SYNO.WebDAV.',
	errors,
	resources: {
		server: servers,
		settings,
		connection: connections,
		transferLog: transferLogs,
		privilege: privileges,
		speedLimit: speedLimits,
		block: blocks,
		file: files,
		folder: folders,
	},
	triggers,
});
