import { isDsmError } from '../../core/errors';
import { textId } from '../../catalog/fields';
import { trigger } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calls, type WireFile } from './fields';
import { open } from './open';
import { anyFolder, orMyDrive } from './place';
import { changesIn, memoryOf, type TreeEvent, type What } from './tree';
import { waiting } from './tasks';
import { memory } from './walk';
import { matcher } from './deleting';

const watched = {
	folder: orMyDrive(anyFolder('Folder', 'Folder to watch; empty: My Drive')),
	subfolders: z
		.boolean()
		.default(true)
		.meta({ title: 'Subfolders', description: 'Whether what lies in subfolders counts, too' }),
	kind: z
		.enum(['file', 'dir', 'all'])
		.default('file')
		.meta({
			title: 'Kind',
			description: 'What counts',
			labels: { file: 'Files', dir: 'Folders', all: 'Files and Folders' },
		}),
	pattern: z.string().default('').meta({
		title: 'Name Pattern',
		description: 'Only items of such names count, * for any text',
		placeholder: 'e.g. *.pdf',
	}),
};

export const download = z.boolean().default(false).meta({
	title: 'Download',
	description: 'Whether the file comes with the event; a document of Synology Office as Office file',
});
/** Seconds for a folder to be packed. */
const PACKING = 600;

export const fileEvent = z.looseObject({
	event_id: z.string(),
	file_id: textId(),
	name: z.string(),
	type: z.string(),
	display_path: z.string(),
	size: z.number().optional(),
	modified_time: z.number().optional(),
	hash: z.string().optional(),
	previous_path: z.string().optional(),
	previous_name: z.string().optional(),
	direction: z.string().optional(),
});

type Filter = { kind: 'file' | 'dir' | 'all'; pattern: string };

const passes = ({ kind, pattern }: Filter): ((event: Pick<TreeEvent, 'type' | 'name'>) => boolean) => {
	const fits = matcher(pattern);
	return ({ type, name }) => (kind === 'all' || (kind === 'dir') === (type === 'dir')) && fits(name);
};

type Downloadable = { type?: unknown; file_id: string; name: string };

/** The file of an event, unless it is a folder or is not there any more. */
export async function fileOf(event: Downloadable, given: { download: boolean }, dsm: Parameters<typeof open>[0]) {
	if (!given.download || event.type === 'dir') return undefined;
	try {
		return await open(dsm, { ...event, parent_id: '' } as WireFile, PACKING);
	} catch (error) {
		if (isDsmError(error) && (error.dsmCode === 1003 || error.dsmCode === 1002)) return undefined;
		throw error;
	}
}

const params = z.object({ ...watched, download });

const treeTrigger = (what: What, title: string, summary: string) =>
	trigger({
		title,
		summary,
		params,
		cursor: memory,
		event: fileEvent,
		key: ({ event_id }) => event_id,
		uses: [calls.get, calls.list, calls.download, calls.export, ...waiting],
		basis: 'guide',
		start: async (given, dsm) => await memoryOf(dsm.with({ share: true }), given),
		async poll(given, cursor, dsm, budget) {
			const found = await changesIn(dsm.with({ share: true }), given, cursor, budget);
			const fits = passes(given);
			return { ...found, events: found.events.filter((event) => event.what === what && fits(event)) };
		},
		async sample({ folder, ...given }, dsm) {
			const wanted = { path: folder, sort_by: 'modified_time', sort_direction: 'desc', offset: 0, limit: 100 };
			const { items = [] } = (await dsm.call(calls.list, wanted, { readOnly: true })) as { items?: WireFile[] };
			return items
				.filter(passes(given))
				.slice(0, 10)
				.map((row) => ({ ...row, event_id: `sample-${row.file_id}`, display_path: row.display_path ?? '' }));
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
