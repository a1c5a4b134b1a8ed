import { call } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { firstOf, leanForm } from '../lib/forms';

/** What File Station says of a file or folder; what was not asked for is missing (filestation.md 3). */
export const entryFields = {
	path: field.text(),
	name: field.text(),
	is_dir: field.flag(),
	size: field.bytes().optional(),
	/** Extension in capital letters; nothing for a folder. */
	type: field.text().optional(),
	mtime: field.seconds().optional(),
	crtime: field.seconds().optional(),
	ctime: field.seconds().optional(),
	atime: field.seconds().optional(),
	/** Login name. */
	owner: field.text().optional(),
	group: field.text().optional(),
	uid: field.id().optional(),
	gid: field.id().optional(),
	/** Path on the volume, as SSH shows it. */
	real_path: field.text().optional(),
	mount_point_type: field.text().optional(),
	/** Its decimal digits are those of the octal mode. */
	posix: field.number().optional(),
	is_acl_mode: field.flag().optional(),
	/** Rights of the account. */
	acl_append: field.flag().optional(),
	acl_del: field.flag().optional(),
	acl_exec: field.flag().optional(),
	acl_read: field.flag().optional(),
	acl_write: field.flag().optional(),
};

export const volumeFields = {
	freespace: field.bytes().optional(),
	totalspace: field.bytes().optional(),
	volume_readonly: field.flag().optional(),
};

export const lift = ['additional', 'time', 'owner', 'perm'];
export const prefix = ['acl'];
export const rename = {
	isdir: 'is_dir',
	user: 'owner',
};

/** What most people want of an entry. */
export const SIMPLE = ['path', 'name', 'is_dir', 'size', 'type', 'mtime', 'crtime', 'owner'];

export const entry = row(entryFields, {
	lift,
	prefix,
	rename,
	simple: SIMPLE,
});
export type Entry = z.output<typeof entry>;

const share = row(
	{
		...entryFields,
		...volumeFields,
		share_right: field.text().optional(),
		acl_enable: field.flag().optional(),
		is_share_readonly: field.flag().optional(),
		disable_download: field.flag().optional(),
		disable_list: field.flag().optional(),
		disable_modify: field.flag().optional(),
	},
	{
		lift: [...lift, 'adv_right', 'volume_status'],
		prefix,
		rename: { ...rename, readonly: 'volume_readonly' },
		simple: ['path', 'name', 'owner', 'share_right', 'real_path', 'freespace', 'totalspace'],
	},
);

/** A path that was asked about: where nothing is, a code, or no name (filestation.md 4.4). */
const lookedUp = entry.with({
	name: field.text().optional(),
	is_dir: field.flag().optional(),
	code: field.number().optional(),
});
export type LookedUp = z.output<typeof lookedUp>;

const FILES = 'SYNO.FileStation.List';

/** Rows per request: above some thousands one answer gets slow and heavy (filestation.md 4.3). */
const PAGE = 2000;
/** The same of rows that hold only what triggers compare. */
export const LEAN_PAGE = 5000;
/** Paths that one getinfo asks for. */
const about = { param: 'path', most: 200, absent: 408 };

export const listShares = call(FILES, 'list_share', 2, {
	list: 'shares',
	of: share,
	page: 500,
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.2',
});
const aFolder = { list: 'files', readOnly: true, basis: 'guide', source: 'filestation.md 4.3' } as const;
export const listFolder = call(FILES, 'list', 2, { ...aFolder, page: PAGE, of: entry });

const getInfoOf = { list: 'files', about, readOnly: true, basis: 'guide', source: 'filestation.md 4.4' } as const;
export const getInfo = call(FILES, 'getinfo', 2, { ...getInfoOf, of: lookedUp });
/** The same about one path. */
export const getOne = call(FILES, 'getinfo', 2, {
	answer: z.object({ files: z.array(lookedUp) }),
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.4',
});

/** What triggers read of a hundred thousand files: only what they compare, in the numbers of the NAS. Times are Unix seconds. */
const lean = {
	path: z.string(),
	name: z.string(),
	is_dir: z.boolean(),
	size: z.number().optional(),
	mtime: z.number().optional(),
	ctime: z.number().optional(),
	crtime: z.number().optional(),
};
const leanEntry = z.preprocess(leanForm, z.object(lean));
export type LeanEntry = z.output<typeof leanEntry>;
export const listFolderLean = call(FILES, 'list', 2, { ...aFolder, page: LEAN_PAGE, of: leanEntry });
const leanLookedUp = z.preprocess(
	leanForm,
	z.object({ ...lean, name: lean.name.optional(), is_dir: lean.is_dir.optional(), code: z.number().optional() }),
);
export const getInfoLean = call(FILES, 'getinfo', 2, { ...getInfoOf, of: leanLookedUp });

export const upload = call('SYNO.FileStation.Upload', 'upload', 2, {
	answer: z.object({
		/** The file that exists was kept, inside a success. */
		blSkip: z.boolean().optional(),
		/** Name that DSM gave it. */
		file: z.string().optional(),
	}),
	basis: 'guide',
	source: 'filestation.md 4.12',
});
export const download = call('SYNO.FileStation.Download', 'download', 2, {
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.13',
});
/** The same of several files or of a folder: an archive. */
export const downloadPacked = { ...download, generated: true } as const;
/** Errors of this call are bare HTTP statuses. */
export const getThumbnail = call('SYNO.FileStation.Thumb', 'get', 2, {
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.8',
});
/** Only asks, whatever its name says. */
export const checkPermission = call('SYNO.FileStation.CheckPermission', 'write', 3, {
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.11',
});
export const createFolder = call('SYNO.FileStation.CreateFolder', 'create', 2, {
	answer: firstOf('folders', entry),
	basis: 'guide',
	source: 'filestation.md 4.15',
});
export const renameEntry = call('SYNO.FileStation.Rename', 'rename', 2, {
	answer: firstOf('files', entry),
	basis: 'guide',
	source: 'filestation.md 4.16',
});

export const listArchive = call('SYNO.FileStation.Extract', 'list', 2, {
	list: 'items',
	of: row({
		item_id: field.id(),
		path: field.text(),
		name: field.text(),
		is_dir: field.flag(),
		size: field.bytes().optional(),
		pack_size: field.bytes().optional(),
		/** As the archive holds it, without a zone. */
		mtime: field.text().optional(),
	}),
	page: 1000,
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.19',
});
