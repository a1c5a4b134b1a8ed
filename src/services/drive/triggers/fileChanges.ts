import { trigger } from '../../../catalog/operation';
import { newestBelow } from '../../../catalog/newest';
import { namePattern } from '../../../catalog/pattern';
import { z } from '../../../vendor/zod';
import { anyFolder, namePattern as pattern, orMyDrive } from '../fields';
import { waiting } from '../lib/driveTask';
import { download, fileEvent, fileOf } from '../lib/fileEvent';
import { isFolder } from '../lib/files';
import { changesIn, memoryOf, type TreeEvent, type What } from '../lib/treeChanges';
import { memory } from '../lib/walk';
import { downloadFiles, exportDocument, getFile, listFolder } from '../wire/files';

const params = z.object({
	folder: orMyDrive(anyFolder('Folder', 'Folder to watch; empty: My Drive')),
	subfolders: z
		.boolean()
		.default(true)
		.meta({ title: 'Subfolders', description: 'Whether what lies in subfolders counts, too' }),
	kind: z
		.enum(['file', 'dir', 'all'])
		.default('file')
		.meta({
			title: 'Watch For',
			description: 'Files, folders, or both',
			labels: { file: 'Files', dir: 'Folders', all: 'Files and Folders' },
		}),
	pattern: pattern('items'),
	download,
});

type Filter = Pick<z.output<typeof params>, 'kind' | 'pattern'>;

const passes = ({ kind, pattern: names }: Filter): ((event: Pick<TreeEvent, 'type' | 'name'>) => boolean) => {
	const fits = namePattern(names);
	return (event) => (kind === 'all' || (kind === 'dir') === isFolder(event)) && fits(event.name);
};

/** What is watched is the same for all six, so that they share one look; each tells one kind of change. */
const treeTrigger = (what: What, title: string, summary: string) =>
	trigger({
		title,
		summary,
		params,
		filters: ['kind', 'pattern', 'download'],
		cursor: memory,
		event: fileEvent,
		key: ({ event_id }) => event_id,
		uses: [getFile, listFolder, downloadFiles, exportDocument, ...waiting],
		start: async (given, dsm) => await memoryOf(dsm.with({ share: true }), given),
		async poll(given, cursor, dsm, budget) {
			const found = await changesIn(dsm.with({ share: true }), given, cursor, budget);
			const fits = passes(given);
			return { ...found, events: found.events.filter((event) => event.what === what && fits(event)) };
		},
		async sample({ folder, subfolders, ...filter }, dsm) {
			const newest = { sort_by: 'modified_time', sort_direction: 'desc', offset: 0, limit: 100 };
			const rows = await newestBelow(
				folder,
				async (path) => (await dsm.call(listFolder, { path, ...newest })).rows,
				passes(filter),
				(row) => (subfolders && isFolder(row) ? `id:${row.file_id}` : undefined),
			);
			return rows.map((row) => ({ ...row, event_id: `sample-${row.file_id}` }));
		},
		...(what !== 'deleted' && { file: fileOf }),
	});

export const fileCreated = treeTrigger(
	'created',
	'File created',
	'Starts when a file or folder appears in a folder, by upload, copy or move from elsewhere.',
);
export const fileUpdated = treeTrigger('updated', 'File updated', 'Starts when the content of a file changes.');
export const fileRenamed = treeTrigger('renamed', 'File renamed', 'Starts when a file or folder gets another name.');
export const fileMoved = treeTrigger(
	'moved',
	'File moved',
	'Starts when a file or folder is moved within a folder, out of it, or back into it.',
);
export const fileDeleted = treeTrigger('deleted', 'File deleted', 'Starts when a file or folder is deleted.');
export const fileRestored = treeTrigger(
	'restored',
	'File restored',
	'Starts when a deleted file or folder comes back.',
);
