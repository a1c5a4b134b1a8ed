import { fileAnswer } from '../../../catalog/fields';
import { operation } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { count, file_indexes, given, limit, task_id, task_priority } from '../fields';
import {
	completeTask,
	downloadSource,
	getLimits,
	listFiles as filesCall,
	listPeers as peersCall,
	listTrackers as trackersCall,
	setFiles as setFilesCall,
	setLimits,
} from '../wire/tasks';

const downloadTorrent = operation({
	title: 'Download the torrent file of a task',
	summary: 'Gives the .torrent file that a download task was made of.',
	call: downloadSource,
	params: z.object({ task_id }),
	request: ({ task_id: id }) => ({ id }),
	returns: 'file',
	result: fileAnswer(),
});

const stopSeeding = operation({
	title: 'Stop seeding',
	summary: 'Ends the seeding of a torrent that is complete.',
	call: completeTask,
	params: z.object({ task_id }),
	request: ({ task_id: id }) => ({ id: [id] }),
});

const part = { task_id };
const listFiles = operation({
	title: 'List files of a torrent',
	summary: 'Gives the files in a torrent with how much of each is there; other tasks have none.',
	call: filesCall,
	params: z.object(part),
	request: ({ task_id: id }) => ({ id, additional: ['file'] }),
});
const listTrackers = operation({
	title: 'List trackers of a torrent',
	summary: 'Gives the trackers of a torrent; other tasks have none.',
	call: trackersCall,
	params: z.object(part),
	request: ({ task_id: id }) => ({ id, additional: ['tracker'] }),
});
const listPeers = operation({
	title: 'List peers of a torrent',
	summary: 'Gives the peers that a torrent is connected to; other tasks have none.',
	call: peersCall,
	params: z.object(part),
	request: ({ task_id: id }) => ({ id, additional: ['peer'] }),
});

const AS_IT_IS = 'as it is when empty';
const setFiles = operation({
	title: 'Set which files of a torrent are downloaded',
	summary: 'Lets files of a torrent be downloaded or left out, and sets their priority.',
	call: setFilesCall,
	params: z.object({
		task_id,
		indexes: file_indexes,
		wanted: z.boolean().default(true).meta({ title: 'Wanted', description: 'Whether these files are downloaded' }),
		priority: task_priority.meta({ title: 'Priority', description: `Priority of the files; ${AS_IT_IS}` }),
	}),
	request: ({ task_id: id, indexes: index, ...rest }) => ({ id, index, ...given(rest) }),
});
const getTorrentLimits = operation({
	title: 'Get the limits of a torrent',
	summary: 'Gives the rates, peers and seeding that are set for one torrent.',
	call: getLimits,
	params: z.object({ task_id }),
	request: ({ task_id: id }) => ({ id }),
});
const LIMITS = [
	'max_download_rate',
	'max_upload_rate',
	'max_peers',
	'seeding_ratio',
	'seeding_interval',
	'priority',
] as const;
/** Settings of this family are replaced as a whole: what is there is sent back. */
const updateTorrentLimits = operation({
	title: 'Update the limits of a torrent',
	summary: 'Changes the rates, peers and seeding of one torrent; what is not given stays.',
	known: { call: getLimits, request: ({ task_id: id }: { task_id?: unknown }) => ({ id: String(id) }) },
	call: setLimits,
	params: z
		.object({
			task_id,
			max_download_rate: limit('Download Limit'),
			max_upload_rate: limit('Upload Limit'),
			max_peers: count('Peers', `Most peers of the torrent; ${AS_IT_IS}`),
			seeding_ratio: count('Seeding Ratio', 'Percent of the size after which seeding ends; 0: never'),
			seeding_interval: count('Seeding Time', 'Minutes after which seeding ends; 0: never'),
			priority: task_priority.meta({ title: 'Priority', description: `Priority of the torrent; ${AS_IT_IS}` }),
		})
		.refine(({ task_id: _, ...rest }) => Object.keys(given(rest)).length > 0, {
			message: 'There is nothing to change: give at least one limit',
			path: [],
		}),
	request: ({ task_id: id, ...changes }, known) => ({
		id,
		...given(Object.fromEntries(LIMITS.map((name) => [name, known[name]]))),
		...given(changes),
	}),
	then: { call: getLimits, request: ({ task_id: id }) => ({ id }) },
});

/** What only torrents have. */
export const torrentParts = {
	stopSeeding,
	downloadTorrent,
	listFiles,
	setFiles,
	listTrackers,
	listPeers,
	getTorrentLimits,
	updateTorrentLimits,
};
