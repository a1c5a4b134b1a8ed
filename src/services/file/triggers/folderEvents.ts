import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import type { Trigger } from '../../../catalog/operation';
import { timeOf } from '../../../catalog/row';
import { newestBelow } from '../../../catalog/newest';
import { namePattern } from '../../../catalog/pattern';
import { trigger } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { baseOf, folder, parentOf } from '../fields';
import { fetch } from '../lib/downloading';
import { fingerprintsOf, type Watch } from '../lib/folderLook';
import { folderCursor, pollFolder, startFolder, type FileChange } from '../lib/folderPoll';
import { download as downloadCall, getInfoLean, listFolderLean } from '../wire/files';

const moment = z.string().meta({ format: 'date-time' });

export const event = z.looseObject({
	event_id: z.string(),
	path: z.string(),
	name: z.string(),
	/** Path of the folder it is in. */
	folder: z.string(),
	is_dir: z.boolean(),
	size: z.number().meta({ unit: 'bytes' }).optional(),
	mtime: moment.optional(),
	crtime: moment.optional(),
	/** Path before it was renamed or moved. */
	previous_path: z.string().optional(),
});
type Event = z.output<typeof event>;

const place = {
	folder: folder().meta({
		title: 'Folder',
		description: 'Folder to watch: a shared folder from the list, or a path that begins with one',
		by: { path: 'e.g. /docs/inbox' },
	}),
	recursive: z
		.boolean()
		.default(false)
		.meta({ title: 'Subfolders', description: 'Whether the folders below are watched, too' }),
	filetype: z
		.enum(['file', 'dir', 'all'])
		.default('file')
		.meta({
			title: 'Watch For',
			description: 'Files, folders, or both',
			labels: { all: 'Files and folders', file: 'Files', dir: 'Folders' },
		}),
	pattern: z.string().default('').meta({
		title: 'Name Pattern',
		description: 'Names that count: with ? and * for any characters, several with commas between them; all when empty',
		placeholder: 'e.g. *.pdf, *.docx',
	}),
};

export const settle = z.coerce.number<number | string>().int().min(0).max(3600).default(10).meta({
	title: 'Seconds Unchanged',
	description:
		'How long a file must stay unchanged before the trigger starts, so that it does not start for one that is still being written; 0 starts at once',
	advanced: true,
});

export const download = z
	.boolean()
	.default(false)
	.meta({ title: 'Download', description: 'Whether the file itself is given with the event' });

type Params = z.output<z.ZodObject<typeof place>> & { settle?: number; download?: boolean };

function watchOf(params: Params, content: boolean): Watch {
	const matches = namePattern(params.pattern, { bare: 'anywhere' });
	const wanted = (is_dir: boolean) => params.filetype === 'all' || is_dir === (params.filetype === 'dir');
	return {
		folder: params.folder,
		recursive: params.recursive,
		content,
		settle: params.settle ?? 0,
		fits: ({ is_dir, name }) => wanted(is_dir) && matches(name),
	};
}

/** Fingerprints hold Unix seconds. */
const momentOf = (seconds: string): string => new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');

/** An event of what is there, or was there as its fingerprints say. */
export function toEvent(change: FileChange): Event {
	const { id: path, event_id } = change;
	const [size = '', mtime = '', crtime = ''] = change.kind === 'deleted' ? change.was : fingerprintsOf(change.row);
	return {
		event_id,
		path,
		name: baseOf(path),
		folder: parentOf(path),
		is_dir: size === 'd',
		...(size !== 'd' && { size: Number(size), mtime: momentOf(mtime) }),
		crtime: momentOf(crtime),
		...(change.kind === 'moved' && { previous_path: change.from }),
	};
}

/** The oldest first, as far as the times tell. */
const inOrder = (kind: FileChange['kind']) => (a: Event, b: Event) => {
	const time = (one: Event) => timeOf(kind === 'created' ? one.crtime : (one.mtime ?? one.crtime)) || 0;
	return kind === 'deleted' || kind === 'moved' ? 0 : time(a) - time(b);
};

async function newest(params: Params, dsm: Dsm, kind: FileChange['kind']): Promise<Event[]> {
	const { fits, recursive } = watchOf(params, false);
	const sent = {
		offset: 0,
		limit: 100,
		sort_by: kind === 'created' ? 'crtime' : 'mtime',
		sort_direction: 'desc',
		// Folders lead to the files in them.
		filetype: recursive ? 'all' : params.filetype,
		additional: ['size', 'time'],
	};
	const rows = await newestBelow(
		params.folder,
		async (folder_path) => (await dsm.call(listFolderLean, { folder_path, ...sent })).rows,
		fits,
		({ is_dir, path }) => (recursive && is_dir ? path : undefined),
	);
	return rows.map((row) =>
		toEvent({ kind: 'created', id: row.path, event_id: `sample-${row.path}`, row, now: fingerprintsOf(row) }),
	);
}

/** The file of an event; undefined for a folder, and when it is gone again. */
export async function fileOf(given: Event, params: Pick<Params, 'download'>, dsm: Dsm) {
	if (!params.download || given.is_dir) return undefined;
	try {
		return await fetch(dsm, given.path);
	} catch (error) {
		if (isDsmError(error) && error.dsmCode === 408) return undefined;
		throw error;
	}
}

/** A trigger on what happens in a folder. */
function watching<S extends z.ZodRawShape>(
	kind: FileChange['kind'],
	{ title, summary, more }: { title: string; summary: string; more: S },
): Trigger<z.ZodObject<typeof place & S>, typeof folderCursor, typeof event> {
	const content = kind === 'changed';
	const params = z.object({ ...place, ...more });
	const given = (all: unknown) => all as Params;
	return trigger({
		title,
		summary,
		params: params as unknown as z.ZodObject<typeof place & S>,
		filters: ['download', 'settle'].filter((name) => name in more),
		uses: [
			...(content ? [listFolderLean, getInfoLean] : [getInfoLean, listFolderLean]),
			...('download' in more ? [downloadCall] : []),
		],
		cursor: folderCursor,
		event,
		key: ({ event_id }) => event_id,
		start: async (all, dsm) => await startFolder(watchOf(given(all), content), dsm),
		async poll(all, cursor, dsm, budget) {
			const answer = await pollFolder(watchOf(given(all), content), cursor, dsm, budget);
			const events = answer.events.filter((change) => change.kind === kind).map(toEvent);
			return { ...answer, events: events.sort(inOrder(kind)) };
		},
		sample: async (all, dsm) => await newest(given(all), dsm, kind),
		...('download' in more && { file: async (one, all, dsm) => await fileOf(one, given(all), dsm) }),
	});
}

export const fileCreated = watching('created', {
	title: 'File created',
	summary:
		'Starts when a file or folder is new in a folder: uploaded, saved, copied or moved there, whatever its date.',
	more: { download, settle },
});

export const fileChanged = watching('changed', {
	title: 'File changed',
	summary: 'Starts when the content of a file in a folder has changed. The whole folder is read with every poll.',
	more: { download, settle },
});

export const fileMoved = watching('moved', {
	title: 'File renamed or moved',
	summary: 'Starts when a file or folder got another name or place within the watched folder.',
	more: { download },
});

export const fileDeleted = watching('deleted', {
	title: 'File deleted',
	summary: 'Starts when a file or folder is gone from a folder: deleted, or moved elsewhere.',
	more: {},
});
