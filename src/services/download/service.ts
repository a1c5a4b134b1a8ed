import { service } from '../../catalog/operation';
import { errors, searchErrors } from './errors';
import { feeds } from './operations/feed';
import { fileLists } from './operations/fileList';
import { searches } from './operations/search';
import { stations } from './operations/station';
import { tasks } from './operations/task';
import { rssItemAdded } from './triggers/rssItemAdded';
import { spaceLow } from './triggers/spaceLow';
import { seedingFinished, taskAdded, taskFailed, taskFinished } from './triggers/taskEvents';

export const download = service({
	id: 'download',
	title: 'Download Station',
	summary: 'Download tasks, torrent search, RSS feeds and settings, as the account of the connection.',
	package: 'Download Station',
	privilege: 'Download Station',
	apis: 'SYNO.DownloadStation',
	errors,
	errorsOf: { 'SYNO.DownloadStation.BTSearch': searchErrors },
	resources: { task: tasks, fileList: fileLists, search: searches, feed: feeds, station: stations },
	triggers: { taskAdded, taskFinished, taskFailed, seedingFinished, rssItemAdded, spaceLow },
});
