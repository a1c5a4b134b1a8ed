import { listTrigger } from '../../../catalog/listTrigger';
import { namePattern } from '../../../catalog/pattern';
import { z } from '../../../vendor/zod';
import { label_id, namePattern as pattern } from '../fields';
import { waiting } from '../lib/driveTask';
import { download, fileEvent, fileOf } from '../lib/fileEvent';
import { wholeList } from '../lib/wholeList';
import {
	downloadFiles,
	exportDocument,
	getFile,
	listLabeled,
	listSharedWithMe,
	listStarred,
	type DriveFile,
} from '../wire/files';

const filter = { pattern: pattern('items'), download };

/** Files that enter a list of the account. The rows have no time of that: what was not in it before is new (drive.md 9.7). */
const entering = {
	filters: ['pattern', 'download'] as const,
	uses: [downloadFiles, exportDocument, getFile, ...waiting],
	id: ({ file_id }: DriveFile) => file_id,
	on: 'created' as const,
	keep: ({ name }: DriveFile, given: { pattern: string }) => namePattern(given.pattern)(name),
	event: fileEvent,
	newest: 'first' as const,
	file: fileOf,
};

const byName = { sort_by: 'name', sort_direction: 'asc' };

export const fileShared = listTrigger({
	...entering,
	title: 'File shared with me',
	summary: 'Starts when somebody shares a file or folder with the account.',
	params: z.object(filter),
	call: listSharedWithMe,
	look: async (_, dsm) => await wholeList(dsm, listSharedWithMe, byName),
});

export const fileStarred = listTrigger({
	...entering,
	title: 'File starred',
	summary: 'Starts when the account stars a file or folder.',
	params: z.object(filter),
	call: listStarred,
	look: async (_, dsm) => await wholeList(dsm, listStarred, byName),
});

export const fileLabeled = listTrigger({
	...entering,
	title: 'File labeled',
	summary: 'Starts when the account puts a label on a file or folder.',
	params: z.object({ label_id, ...filter }),
	call: listLabeled,
	look: async (given, dsm) => await wholeList(dsm, listLabeled, { label_id: given.label_id, ...byName }),
});
