import { file, fileAnswer, moment } from '../../../catalog/fields';
import { field } from '../../../catalog/row';
import { stateOf } from '../../../catalog/backgroundTask';
import { operation, procedure, resource } from '../../../catalog/operation';
import { timeout } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { additional, conflict, entry_path, file_path, folder, inside, name, overwriteOf, paths } from '../fields';
import { copied, deleted, moved, placesOf } from '../lib/moving';
import { fetch } from '../lib/downloading';
import { failureOf, outcome } from '../lib/outcomes';
import { entriesOf, missing, stat, whenGone } from '../lib/stat';
import { deleteParams, deleteRequest, moveParams, moveRequest } from '../lib/taskParams';
import { send } from '../lib/uploading';
import { wholeCopies } from '../lib/wholeness';
import {
	checkPermission,
	download as downloadCall,
	entry,
	getInfo,
	getOne,
	renameEntry,
	SIMPLE,
	upload as uploadCall,
} from '../wire/files';
import { checksum, copyMove, deletion, folderSize } from '../wire/tasks';
import { rename } from './renaming';
import { getThumbnail } from './thumbnail';

const fileTime = (title: string, description: string) =>
	moment().optional().meta({ title, description, advanced: true });

/** Overwrites only where that is chosen. Code: the answer names what is looked at. */
const upload = procedure({
	title: 'Upload a file',
	summary: 'Puts a file into a folder of the NAS, streamed whatever its size, and checks that all of it arrived.',
	uses: [uploadCall, getInfo, renameEntry],
	params: z.object({
		folder: folder(),
		file: file().meta({ title: 'File', description: 'File to upload', widget: 'file' }),
		filename: name().optional().meta({
			title: 'File Name',
			description: 'Name that the file gets on the NAS; its own name when empty',
			placeholder: 'e.g. report.pdf',
		}),
		conflict,
		create_parents: z.boolean().default(true).meta({
			title: 'Create Folders',
			description: 'Whether missing folders of the path are created',
			advanced: true,
		}),
		mtime: fileTime('Modified', 'Time of modification to give the file; now when empty'),
		crtime: fileTime('Created', 'Time of creation to give the file; now when empty'),
		atime: fileTime('Last Access', 'Time of the last access to give the file; now when empty'),
	}),
	result: entry.with({ skipped: z.boolean() }).as({ simple: [...SIMPLE, 'skipped'] }),
	run: send,
});

/** Code: a transfer that breaks off asks whether the file is still the same. */
const download = procedure({
	title: 'Download a file',
	summary:
		'Gives a file of the NAS; a folder comes as a zip archive. A transfer that breaks off is continued where it stopped.',
	uses: [downloadCall, getInfo],
	params: z.object({ path: file_path }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	run: async ({ path }, dsm) => await fetch(dsm, path),
});

const downloadZip = operation({
	title: 'Download files as a zip archive',
	summary: 'Gives several files or folders as one zip archive, which the NAS makes while it sends it.',
	call: downloadCall,
	params: z.object({ paths }),
	request: (given) => ({ path: given.paths, mode: 'download' }),
	result: fileAnswer(),
	returns: 'file',
});

const get = operation({
	title: 'Get a file or folder',
	summary: 'Gives the size, times, owner and permissions of a file or folder.',
	call: getOne,
	params: z.object({
		path: entry_path,
		additional: additional.default(['real_path', 'size', 'owner', 'time', 'perm', 'type', 'mount_point_type']),
	}),
	request: ({ path, ...rest }) => ({ path: [path], ...rest }),
	response({ files }, { params: { path } }) {
		const found = entriesOf(files, [path]).get(path);
		if (!found) throw missing(path);
		return found;
	},
	failed(error, { path }) {
		throw error.dsmCode === 408 ? missing(path, error) : error;
	},
	result: entry,
});

/** Code: a row for each path, also for those that the answer leaves out. */
const getMany = procedure({
	title: 'Get several files or folders',
	summary: 'Gives one row for each path, also for paths where there is nothing.',
	uses: [getInfo],
	params: z.object({ paths, additional }),
	result: z.array(
		entry
			.with({ name: z.string().optional(), is_dir: z.boolean().optional(), exists: z.boolean() })
			.as({ simple: [...SIMPLE, 'exists'] }),
	),
	readOnly: true,
	async run(given, dsm) {
		const rows = await stat(dsm, given.paths, given.additional);
		return given.paths.map((path) => ({ path, ...rows.get(path), exists: rows.has(path) }));
	},
});

const checkExists = operation({
	title: 'Check whether a file or folder exists',
	summary: 'Says whether there is a file or folder at a path; nothing there is no error.',
	call: getOne,
	params: z.object({ path: entry_path }),
	request: ({ path }) => ({ path: [path], additional: [] }),
	response({ files }, { params: { path } }) {
		const found = entriesOf(files, [path]).get(path);
		return { path, exists: found !== undefined, ...(found && { is_dir: found.is_dir }) };
	},
	failed(error, { path }) {
		if (error.dsmCode !== 408) throw error;
		return { path, exists: false };
	},
	result: z.looseObject({ path: z.string(), exists: z.boolean(), is_dir: z.boolean().optional() }),
	basis: 'clients',
});

/** Refusals that answer the question; any other error is one. */
const REFUSALS = new Set([105, 407, 408, 411, 412, 413, 414, 415, 416, 418, 419, 420]);

const checkWrite = operation({
	title: 'Check the permission to write',
	summary: 'Says whether the account may write a file of this name into a folder, and why not.',
	call: checkPermission,
	params: z.object({
		folder: folder(),
		filename: name().meta({
			title: 'File Name',
			description: 'Name of the file to write',
			placeholder: 'e.g. report.pdf',
		}),
		conflict,
	}),
	request: ({ folder: path, filename, conflict: choice }) => ({
		path,
		filename,
		...overwriteOf(choice),
		create_only: choice === 'error',
	}),
	response: (_, { params }) => ({ path: inside(params.folder, params.filename), allowed: true }),
	failed(error, { folder: parent, filename }) {
		const { dsmCode: code } = error;
		if (code === undefined || !REFUSALS.has(code)) throw error;
		const path = inside(parent, filename);
		return { path, allowed: false, code, reason: failureOf(path, code).error };
	},
	result: z.looseObject({
		path: z.string(),
		allowed: z.boolean(),
		code: z.number().optional(),
		reason: z.string().optional(),
	}),
});

const copyParams = moveParams.extend({ timeout: timeout() });

/** Overwrites only where that is chosen. */
const copying = operation({
	title: 'Copy files or folders',
	summary: 'Copies files or folders into a folder, waits for it, and says of each whether it is there.',
	known: { call: getInfo, request: (given) => ({ path: placesOf(given), additional: ['size'] }) },
	call: copyMove.start,
	wait: copyMove.wait('The copy'),
	params: copyParams,
	request: (given) => moveRequest(given, false),
	then: { call: getInfo, request: (given) => ({ path: placesOf(given), additional: ['size'] }) },
	response: (end, { params, known, then }) => copied(end, params, known, then),
	result: z.array(outcome.extend({ is_dir: z.boolean() })),
});

/** Code: copies of folders are counted, which takes tasks of their own. */
const copy = procedure({
	title: copying.title,
	summary: copying.summary,
	uses: [getInfo, copyMove.start, copyMove.status, copyMove.stop, folderSize.start, folderSize.status, folderSize.stop],
	params: copyParams,
	result: z.array(outcome),
	run: async (given, dsm) => await wholeCopies(await dsm.do(copying, given), given, dsm),
});

/** Overwrites only where that is chosen; what it moves is there afterwards, at another place. */
const move = operation({
	title: 'Move files or folders',
	summary: 'Moves files or folders into a folder, waits for it, and says of each whether it is there.',
	known: { call: getInfo, request: (given) => ({ path: placesOf(given), additional: ['size'] }) },
	call: copyMove.start,
	wait: copyMove.wait('The move'),
	params: moveParams.extend({ timeout: timeout() }),
	request: (given) => moveRequest(given, true),
	then: { call: getInfo, request: (given) => ({ path: placesOf(given), additional: ['size'] }) },
	response: (end, { params, known, then }) => moved(end, params, true, known, then),
	result: z.array(outcome),
});

const remove = operation({
	title: 'Delete files or folders',
	summary:
		'Deletes files or folders, into the recycle bin where the shared folder has one, and says of each whether it is gone.',
	known: { call: getInfo, request: (given) => ({ path: given.paths, additional: [] }) },
	call: deletion.start,
	wait: deletion.wait('Deleting'),
	params: deleteParams.extend({ timeout: timeout() }),
	request: deleteRequest,
	lost: {
		uses: [getInfo],
		look: async ({ paths: gone }, dsm, _since, _known, lost) => await whenGone(dsm, gone, lost),
	},
	then: { call: getInfo, request: (given) => ({ path: given.paths, additional: [] }) },
	response: (end, { params, known, then }) => deleted(end, params, known, then),
	result: z.array(outcome.extend({ missing: z.boolean().optional() })),
	destructive: true,
	deletes: true,
});

const getChecksum = operation({
	title: 'Get the checksum of a file',
	summary: 'Lets the NAS compute the MD5 checksum of a file.',
	call: checksum.start,
	wait: checksum.wait('The checksum'),
	params: z.object({ path: file_path, timeout: timeout() }),
	request: ({ path }) => ({ file_path: path }),
	response: (end, { params: { path } }) => ({ path, md5: stateOf(end, 'The checksum').md5 }),
	result: z.looseObject({ path: z.string(), md5: field.text() }),
	readOnly: true,
});

export const files = resource('File', {
	upload,
	download,
	downloadZip,
	get,
	getMany,
	checkExists,
	copy,
	move,
	rename,
	delete: remove,
	checkWrite,
	getChecksum,
	getThumbnail,
});
