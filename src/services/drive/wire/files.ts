import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const api = 'SYNO.SynologyDrive.Files';

/** What a person picks of a file. */
const SIMPLE = [
	'file_id',
	'name',
	'type',
	'display_path',
	'size',
	'modified_time',
	'owner_name',
	'hash',
	'permanent_link',
	'starred',
];

const labelOfFile = row({
	label_id: field.id(),
	name: field.text().optional(),
	type: field.text().optional(),
	color: field.text().optional(),
});

const sharedWith = row({
	name: field.text(),
	type: field.text().optional(),
	role: field.text().optional(),
	display_name: field.text().optional(),
	inherited: field.flag().optional(),
	permission_id: z.union([z.literal(''), field.id()]).optional(),
});

/**
 * FileInfo (drive.md 2.2). `modified_time` is the content's own and may be years old on a new file. `path` is relative to the list that
 * the row comes from: only `display_path` and the id name the file again.
 */
export const file = row(
	{
		file_id: field.id(),
		name: field.text(),
		type: field.text(),
		display_path: field.text().optional(),
		size: field.bytes().optional(),
		modified_time: field.seconds().optional(),
		created_time: field.seconds().optional(),
		change_time: field.seconds().optional(),
		access_time: field.seconds().optional(),
		content_type: field.text().optional(),
		hash: field.text().optional(),
		permanent_link: field.text().optional(),
		parent_id: field.id().optional(),
		owner_name: field.text().optional(),
		owner_uid: field.id().optional(),
		last_modified_by_name: field.text().optional(),
		last_modified_by_uid: field.id().optional(),
		revisions: field.number().optional(),
		version_id: field.id().optional(),
		sync_id: field.id().optional(),
		change_id: field.id().optional(),
		max_id: field.id().optional(),
		can_read: field.flag().optional(),
		starred: field.flag().optional(),
		shared: field.flag().optional(),
		removed: field.flag().optional(),
		labels: z.array(labelOfFile).optional(),
		shared_with: z.array(sharedWith).optional(),
		image_metadata_time: field.seconds().optional(),
		adv_shared_info_created_time: field.seconds().optional(),
		adv_shared_info_due_date: field.secondsOrNever().optional(),
	},
	{
		lift: ['capabilities', 'properties'],
		prefix: ['owner', 'last_modified_by', 'image_metadata', 'adv_shared_info', 'app_properties'],
		simple: SIMPLE,
	},
);
export type DriveFile = z.output<typeof file>;

const list = { list: 'items', of: file, basis: 'guide', readOnly: true } as const;
/** 1000 rows per page, as clients ask (drive.md 3.1). */
const page = 1000;

export const getFile = call(api, 'get', 10, { answer: file, basis: 'guide', source: 'drive.md 3.2', readOnly: true });
export const listFolder = call(api, 'list', 10, { ...list, page, source: 'drive.md 3.1' });
export const searchFiles = call(api, 'search', 10, { ...list, page, source: 'drive.md 3.3' });
/** Without pages; how many there are in all may be missing. */
export const listRecent = call(api, 'recent', 10, { ...list, source: 'drive.md 3.4' });
export const listStarred = call(api, 'list_starred', 10, { ...list, page, source: 'drive.md 3.4' });
export const listSharedWithMe = call(api, 'shared_with_me', 10, { ...list, page, source: 'drive.md 3.4' });
export const listSharedWithOthers = call(api, 'shared_with_others', 10, { ...list, page, source: 'drive.md 3.4' });
export const listLabeled = call(api, 'list_labelled', 10, { ...list, page, source: 'drive.md 3.4' });
export const listAncestors = call(api, 'list_ancestor', 10, { ...list, source: 'drive.md 3.4' });

export const getThumbnail = call(api, 'get_thumbnail', 10, { basis: 'guide', source: 'drive.md 3.5', readOnly: true });
export const downloadFiles = call(api, 'download', 2, { basis: 'guide', source: 'drive.md 3.6', readOnly: true });
/** The extension after the CGI in the address names the format: `as` is set where the call is made (drive.md 8). */
export const exportDocument = call('SYNO.Office.Export', 'download', 1, {
	basis: 'clients',
	source: 'drive.md 8',
	readOnly: true,
});

export const createNode = call(api, 'create', 10, { answer: file, basis: 'guide', source: 'drive.md 4.1' });
/** Version 2 is what the captures show. */
export const uploadFile = call(api, 'upload', 2, {
	answer: file.with({ uploaded_size: field.bytes().optional() }),
	basis: 'guide',
	source: 'drive.md 4.2',
});
export const updateNode = repeatable(call(api, 'update', 10, { answer: file, basis: 'guide', source: 'drive.md 4.4' }));
export const starFiles = repeatable(call(api, 'star', 10, { basis: 'guide', source: 'drive.md 4.7' }));
export const labelFiles = repeatable(call(api, 'label', 10, { basis: 'guide', source: 'drive.md 4.8' }));
export const requestAccess = call(api, 'request_access', 10, { basis: 'guide', source: 'drive.md 4.10' });

/** What the NAS does in the background: its result is that of the task. */
const started = { answer: row({ async_task_id: field.id().optional() }), basis: 'guide' } as const;
export const importFiles = call(api, 'upload_from_dsm', 10, { ...started, source: 'drive.md 4.3' });
export const moveFiles = call(api, 'move', 10, { ...started, source: 'drive.md 4.5' });
export const copyFiles = call(api, 'copy', 10, { ...started, source: 'drive.md 4.5' });
export const deleteFiles = call(api, 'delete', 10, { ...started, source: 'drive.md 4.9' });
/** Files as objects need version 10. */
export const convertFiles = call(api, 'convert_office', 10, { ...started, source: 'drive.md 4.13' });

const taskError = row({
	code: field.number().optional(),
	message: field.text().optional(),
	context: row({ name: field.text().optional(), path: field.text().optional() }).optional(),
});

/** There is no failed state: what failed is in `errors`, which are absent, null or empty when all went well (drive.md 5). */
export const task = row(
	{
		task_id: field.id(),
		status: field.text().optional(),
		progress: field.number().optional(),
		action: field.text().optional(),
		errors: z.array(taskError).nullable().optional(),
		targets: z.array(row({ file_id: field.id().optional(), parent_id: field.id().optional() })).optional(),
		archive_name: field.text().optional(),
		processed_size: field.bytes().optional(),
		total_size: field.bytes().optional(),
	},
	{ lift: ['result'] },
);
export type Task = z.output<typeof task>;
export type TaskError = z.output<typeof taskError>;

const tasksApi = 'SYNO.SynologyDrive.Tasks';
export const getTask = call(tasksApi, 'get', 1, {
	answer: task,
	basis: 'capture',
	source: 'drive.md 5',
	readOnly: true,
});
export const listTasks = call(tasksApi, 'list', 1, {
	list: 'items',
	of: task,
	basis: 'capture',
	source: 'drive.md 5',
	readOnly: true,
});
/** The method is in the NAS's own list; that it stops the work is what clients take it for. */
export const deleteTask = repeatable(call(tasksApi, 'delete', 1, { basis: 'clients', source: 'drive.md 5' }), {
	done: [],
});
