import { field, row } from '../../../catalog/row';
import { call } from '../../../catalog/wire';
import type { z } from '../../../vendor/zod';

/** A file or folder as the Version Explorer shows it; numbers come as text from some devices (drive.md 11.4). */
export const node = row(
	{
		node_id: field.id(),
		name: field.text(),
		path: field.text(),
		absolute_path: field.text().optional(),
		file_type: field.number().optional(),
		is_removed: field.flag().optional(),
		mtime: field.seconds().optional(),
		v_file_size: field.bytes().optional(),
		ver_cnt: field.number().optional(),
		view_id: field.id().optional(),
		permanent_link: field.text().optional(),
		sync_id: field.id().optional(),
	},
	{
		simple: ['node_id', 'name', 'path', 'absolute_path', 'file_type', 'mtime', 'v_file_size', 'permanent_link'],
	},
);
export type Node = z.output<typeof node>;

export const listNodes = call('SYNO.SynologyDrive.Node', 'list', 1, {
	list: 'items',
	of: node,
	page: 1000,
	basis: 'capture',
	source: 'drive.md 11.4',
	readOnly: true,
});

export const listVersions = call('SYNO.SynologyDrive.Node', 'list_version', 1, {
	list: 'items',
	of: row({
		sync_id: field.id(),
		node_id: field.id().optional(),
		create_time: field.seconds().optional(),
		modify_time: field.seconds().optional(),
		size: field.bytes().optional(),
		hash: field.text().optional(),
		path: field.text().optional(),
		version_updater: field.text().optional(),
	}),
	basis: 'capture',
	source: 'drive.md 11.4',
	readOnly: true,
});

const restoreApi = 'SYNO.SynologyDrive.Node.Restore';
/** One restore at a time on the whole NAS: its state has no id (drive.md 11.4). */
export const startRestore = call(restoreApi, 'start', 1, { basis: 'capture', source: 'drive.md 11.4' });
export const getRestore = call(restoreApi, 'status', 1, {
	answer: row({ current: field.number().optional(), total: field.number().optional() }),
	basis: 'capture',
	source: 'drive.md 11.4',
	readOnly: true,
});
export const finishRestore = call(restoreApi, 'finish', 1, { basis: 'capture', source: 'drive.md 11.4' });

const revisionsApi = 'SYNO.SynologyDrive.Revisions';
/** The keys of these two were never captured: path and version_id, as in their neighbors (drive.md 11.5). */
export const downloadRevision = call(revisionsApi, 'download', 2, {
	basis: 'inferred',
	source: 'drive.md 11.5',
	readOnly: true,
});
export const restoreRevision = call(revisionsApi, 'restore', 2, { basis: 'inferred', source: 'drive.md 11.5' });

/** The parameter was never captured: a path, since its neighbor fails without one (drive.md 11.5). */
export const emptyTrash = call('SYNO.SynologyDrive.Trash', 'empty', 1, { basis: 'inferred', source: 'drive.md 11.5' });
