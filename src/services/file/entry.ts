import { DsmApiError, isDsmError } from '../../core/errors';
import { fileCode } from '../../core/codes';
import { operation, procedure, resource } from '../../catalog/operation';
import { timeout } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { failureOf, stat } from './background';
import { checkPermission, getInfo, md5, renameCall } from './calls';
import {
	additional,
	conflict,
	entry_path,
	file_path,
	fileRow,
	folder,
	inside,
	name,
	overwriteOf,
	paths,
} from './fields';
import { measured } from './measure';
import { copy, move, remove } from './moving';
import { download, downloadZip, thumbnail, upload } from './transfer';

export const get = procedure({
	title: 'Get a file or folder',
	summary: 'Gives the size, times, owner and rights of a file or folder.',
	uses: [getInfo],
	params: z.object({
		path: entry_path,
		additional: additional.default(['real_path', 'size', 'owner', 'time', 'perm', 'type', 'mount_point_type']),
	}),
	result: fileRow,
	readOnly: true,
	basis: 'guide',
	async run({ path, additional: details }, dsm) {
		const row = (await stat(dsm, [path], details)).get(path);
		if (row) return row;
		return missing(path);
	},
});

function missing(path: string): never {
	const { cause, remedy } = fileCode(408)!;
	throw new DsmApiError(`${cause}: ${path} (code 408).`, { dsmCode: 408, hint: remedy });
}

export const getMany = procedure({
	title: 'Get several files or folders',
	summary: 'Gives one row for each path, also for paths where there is nothing.',
	uses: [getInfo],
	params: z.object({ paths, additional }),
	result: z.array(fileRow.partial({ isdir: true, name: true }).extend({ exists: z.boolean() })),
	readOnly: true,
	basis: 'guide',
	async run(given, dsm) {
		const rows = await stat(dsm, given.paths, given.additional);
		return given.paths.map((path) => ({ path, ...rows.get(path), exists: rows.has(path) }));
	},
});

export const exists = procedure({
	title: 'Check whether a file or folder exists',
	summary: 'Says whether there is a file or folder at a path; nothing there is no error.',
	uses: [getInfo],
	params: z.object({ path: entry_path }),
	result: z.looseObject({ path: z.string(), exists: z.boolean(), isdir: z.boolean().optional() }),
	readOnly: true,
	basis: 'clients',
	async run({ path }, dsm) {
		const row = (await stat(dsm, [path], [])).get(path);
		return { path, exists: row !== undefined, ...(row && { isdir: row.isdir }) };
	},
});

/** Refusals that answer the question; any other error is one. */
const REFUSALS = new Set([105, 407, 408, 411, 412, 413, 414, 415, 416, 418, 419, 420]);

export const checkWrite = procedure({
	title: 'Check the right to write',
	summary: 'Says whether the account may write a file of this name into a folder, and why not.',
	uses: [checkPermission],
	params: z.object({
		folder: folder(),
		filename: name().meta({
			title: 'File Name',
			description: 'Name of the file to write',
			placeholder: 'e.g. report.pdf',
		}),
		conflict,
	}),
	result: z.looseObject({
		path: z.string(),
		allowed: z.boolean(),
		code: z.number().optional(),
		reason: z.string().optional(),
	}),
	readOnly: true,
	basis: 'guide',
	async run({ folder: parent, filename, conflict: choice }, dsm) {
		const path = inside(parent, filename);
		try {
			await dsm.call(checkPermission, {
				path: parent,
				filename,
				...overwriteOf(choice),
				create_only: choice === 'error',
			});
			return { path, allowed: true };
		} catch (error) {
			const code = isDsmError(error) ? error.dsmCode : undefined;
			if (code === undefined || !REFUSALS.has(code)) throw error;
			return { path, allowed: false, code, reason: failureOf(path, code).error };
		}
	},
});

export const rename = operation({
	title: 'Rename a file or folder',
	summary: 'Gives a file or folder another name in the same folder.',
	call: renameCall,
	params: z.object({
		path: entry_path,
		name: name().meta({
			title: 'New Name',
			description: 'New name, without a path',
			placeholder: 'e.g. report-2026.pdf',
		}),
	}),
	request: (given) => ({ path: [given.path], name: [given.name], additional: ['size', 'time', 'type'] }),
	response: (data) => (data as { files: unknown[] }).files[0],
	result: fileRow,
	basis: 'guide',
});

export const checksum = procedure({
	title: 'Get the checksum of a file',
	summary: 'Lets the NAS compute the MD5 checksum of a file.',
	uses: [md5.start, md5.status, md5.stop],
	params: z.object({ path: file_path, timeout: timeout() }),
	result: z.looseObject({ path: z.string(), md5: z.string() }),
	readOnly: true,
	basis: 'guide',
	async run({ path, timeout: seconds }, dsm) {
		const { md5: sum } = await measured(dsm, md5, { file_path: path }, seconds, 'The checksum');
		return { path, md5: String(sum) };
	},
});

export const files = resource('File', {
	upload,
	download,
	downloadZip,
	get,
	getMany,
	exists,
	copy,
	move,
	rename,
	delete: remove,
	checkWrite,
	checksum,
	thumbnail,
});
