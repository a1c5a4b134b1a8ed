import { operation, procedure, resource } from '../../../catalog/operation';
import { waitFor } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { destination, file_indexes, needed_destination, urls } from '../fields';
import { createTask2, deletePending, getPending, pendingStatus, startPending, stopPending } from '../wire/tasks';

const list_id = z
	.string()
	.min(1)
	.meta({ title: 'File List', description: 'ID of the file list, as its creation gave it', placeholder: 'e.g. btdl1' });
const createList = operation({
	title: 'Create a file list',
	summary: 'Looks into a torrent, so that files can be chosen before anything is downloaded.',
	call: createTask2,
	params: z.object({ urls, destination }),
	request: ({ urls: url, destination: to = '' }) => ({ type: 'url', url, destination: to, create_list: true }),
	response: ({ list_id: ids = [] }) => ({ list_ids: ids }),
	result: z.object({ list_ids: z.array(z.string()) }),
});
const getList = operation({
	title: 'Get a file list',
	summary: 'Gives the files of a torrent that waits for a choice.',
	call: getPending,
	params: z.object({ list_id }),
});
const deleteList = operation({
	title: 'Delete a file list',
	summary: 'Takes back a torrent that waits for a choice of files.',
	call: deletePending,
	params: z.object({ list_id }),
	destructive: true,
	deletes: true,
});
/** Code: the NAS makes the task in the background. */
const startList = procedure({
	title: 'Start the download of a file list',
	summary: 'Downloads the chosen files of a torrent that waited for the choice, and gives the IDs of the tasks.',
	uses: [startPending, pendingStatus, stopPending],
	params: z.object({
		list_id,
		indexes: file_indexes,
		destination: needed_destination,
		create_subfolder: z
			.boolean()
			.default(true)
			.meta({ title: 'Subfolder', description: 'Whether the files get a folder of their own', advanced: true }),
	}),
	result: z.object({ task_ids: z.array(z.string()) }),
	async run({ indexes, ...wire }, dsm) {
		const { task_id: job } = await dsm.call(startPending, { ...wire, file_indexes: indexes.join(',') });
		const end = await waitFor(dsm, {
			status: async () => await dsm.call(pendingStatus, { task_id: job }),
			isDone: ({ finish }) => finish,
			stop: async (open) => await open.call(stopPending, { task_id: job }),
			timeout: 60,
			what: 'Starting the download',
		});
		return { task_ids: end.data?.task_id ?? [] };
	},
});
export const fileLists = resource('File list', {
	create: createList,
	get: getList,
	start: startList,
	delete: deleteList,
});
