import { fileCodes } from '../../core/codes';
import { service } from '../../catalog/operation';
import { archives } from './archive';
import { files } from './entry';
import { linkCreated, taskFinished } from './events';
import { favorites } from './favorite';
import { folders, shares } from './folder';
import { links } from './link';
import { info, mounts } from './nas';
import { tasks } from './task';
import { fileChanged, fileCreated, fileDeleted, fileMoved } from './triggers';

export const file = service({
	id: 'file',
	title: 'File Station',
	summary:
		'Files and folders of the NAS, archives, sharing links and background tasks, as the account of the connection.',
	privilege: 'File Station',
	apis: 'SYNO.FileStation.',
	errors: fileCodes,
	resources: {
		file: files,
		folder: folders,
		share: shares,
		archive: archives,
		link: links,
		favorite: favorites,
		task: tasks,
		mount: mounts,
		station: info,
	},
	triggers: { fileCreated, fileChanged, fileMoved, fileDeleted, linkCreated, taskFinished },
});
