import { operation, procedure } from '../../catalog/operation';
import { timeout } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { calls, conflict, file, given, mute, nothing, seconds, times, toNothing, uploadConflict } from './fields';
import { anyFile, anyFolder, fileName, others } from './place';
import { carryOut, outcome, waiting } from './tasks';

const api = 'SYNO.SynologyDrive.Files';
export const rename = operation({
	title: 'Rename a file or folder',
	summary: 'Gives a file or folder another name in its folder.',
	call: calls.update,
	params: z.object({ path: anyFile(), name: fileName('The new name'), mute }),
	result: file,
	basis: 'guide',
});

export const setTimes = operation({
	title: 'Set the times of a file',
	summary: 'Changes the times that Drive shows of a file or folder.',
	call: calls.update,
	params: z.object({ path: anyFile(), ...times, access_time: seconds('Opened', 'Time of the last access'), mute }),
	request: given,
	result: file,
	basis: 'guide',
});

const transfer = (method: 'move' | 'copy', title: string, summary: string) =>
	procedure({
		title,
		summary,
		uses: [{ api, method, version: 10 }, ...waiting],
		params: z.object({
			path: anyFile(),
			to_folder: anyFolder('To Folder', 'Folder to put it into'),
			conflict_action:
				method === 'move'
					? conflict(['autorename', 'version', 'overwrite', 'skip', 'stop'], 'autorename')
					: conflict(['autorename', 'version', 'overwrite', 'stop'], 'autorename'),
			others: others(method),
			timeout: timeout(),
		}),
		result: z.array(outcome),
		basis: 'guide',
		run: async ({ path: first, others: more, to_folder, conflict_action, timeout: seconds }, dsm) =>
			await carryOut(dsm, {
				call: { api, method, version: 10 },
				params: { files: [first, ...more], to_parent_folder: to_folder, conflict_action },
				timeout: seconds,
				what: method === 'move' ? 'Moving' : 'Copying',
			}),
	});

export const move = transfer(
	'move',
	'Move a file or folder',
	'Puts files and folders into another folder; what failed is a row of its own.',
);
export const copy = transfer(
	'copy',
	'Copy a file or folder',
	'Copies files and folders into a folder; what failed is a row of its own.',
);

export const setStar = operation({
	title: 'Star a file',
	summary: 'Adds files and folders to the starred ones of the account.',
	call: { api, method: 'star', version: 10 },
	params: z.object({ path: anyFile(), others: others('star') }),
	request: ({ path: first, others: more }) => ({ files: [first, ...more], starred: true }),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

export const removeStar = operation({
	title: 'Unstar a file',
	summary: 'Takes files and folders from the starred ones of the account.',
	call: { api, method: 'star', version: 10 },
	params: z.object({ path: anyFile(), others: others('unstar') }),
	request: ({ path: first, others: more }) => ({ files: [first, ...more], starred: false }),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

export const requestAccess = operation({
	title: 'Request access to a file',
	summary: 'Asks the owner of a file for access.',
	call: { api, method: 'request_access', version: 10 },
	params: z.object({ path: anyFile() }),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

export const importFromNas = procedure({
	title: 'Import files of the NAS',
	summary: 'Copies files of shared folders into Drive, on the NAS itself.',
	uses: [{ api, method: 'upload_from_dsm', version: 10 }, ...waiting],
	params: z.object({
		paths: z
			.array(z.string().regex(/^\/volume\d+\/.+/, 'is no path on a volume, e.g. /volume1/docs/a.txt'))
			.min(1)
			.meta({ title: 'Paths', description: 'Files by volume and path', placeholder: 'e.g. /volume1/docs/plan.txt' }),
		folder: anyFolder('Folder', 'Folder that gets the files'),
		conflict_action: uploadConflict,
		timeout: timeout(),
	}),
	result: z.array(outcome),
	basis: 'guide',
	run: async ({ paths, folder, conflict_action, timeout: seconds }, dsm) =>
		await carryOut(dsm, {
			call: { api, method: 'upload_from_dsm', version: 10 },
			params: { dsm_paths: paths, path: folder, conflict_action },
			timeout: seconds,
			what: 'The import',
		}),
});

/** The object form of the files needs version 10 (drive.md 4.13). */
export const convertToOffice = procedure({
	title: 'Convert a document',
	summary: 'Makes a document of Synology Office of a .docx, .xlsx, .xls or .pptx file, which stays.',
	uses: [{ api, method: 'convert_office', version: 10 }, ...waiting],
	params: z.object({
		path: anyFile('File', 'Office file to convert'),
		to_folder: anyFolder('To Folder', 'Folder that gets the document; empty: that of the file').optional(),
		password: z.string().optional().meta({ title: 'Password', description: 'Password of the file', widget: 'secret' }),
		conflict_action: conflict(['autorename', 'version', 'overwrite', 'stop'], 'autorename'),
		timeout: timeout(),
	}),
	result: z.array(outcome),
	basis: 'guide',
	run: async ({ path, to_folder, password, conflict_action, timeout: seconds }, dsm) =>
		await carryOut(dsm, {
			call: { api, method: 'convert_office', version: 10 },
			params: given({ files: [given({ path, password })], to_parent_folder: to_folder, conflict_action }),
			timeout: seconds,
			what: 'The conversion',
		}),
});
