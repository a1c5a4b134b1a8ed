import { service } from '../../catalog/operation';
import { errors } from './errors';
import { archives } from './operations/archive';
import { favorites } from './operations/favorite';
import { files } from './operations/file';
import { folders } from './operations/folder';
import { links } from './operations/link';
import { mounts } from './operations/mount';
import { shares } from './operations/share';
import { stations } from './operations/station';
import { tasks } from './operations/task';
import { fileChanged, fileCreated, fileDeleted, fileMoved } from './triggers/folderEvents';
import { linkCreated } from './triggers/linkCreated';
import { linkExpired } from './triggers/linkExpired';
import { specificFileChanged } from './triggers/specificFile';
import { taskFinished } from './triggers/taskFinished';

export const file = service({
	id: 'file',
	title: 'File Station',
	summary:
		'Files and folders of the NAS, archives, sharing links and background tasks, as the account of the connection.',
	privilege: 'File Station',
	apis: 'SYNO.FileStation.',
	errors,
	resources: {
		file: files,
		folder: folders,
		share: shares,
		archive: archives,
		link: links,
		favorite: favorites,
		task: tasks,
		mount: mounts,
		station: stations,
	},
	triggers: {
		fileCreated,
		fileChanged,
		fileMoved,
		fileDeleted,
		specificFileChanged,
		linkCreated,
		linkExpired,
		taskFinished,
	},
});
