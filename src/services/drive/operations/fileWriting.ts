import type { Dsm } from '../../../core/dsm';
import { unlessAbsent } from '../../../catalog/lost';
import { operation } from '../../../catalog/operation';
import { timeout } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { anyFile, anyFolder, conflict, fileName, given, mute, others, seconds, times, uploadConflict } from '../fields';
import { inBackground, outcome } from '../lib/driveTask';
import { ABSENT } from '../lib/files';
import * as wire from '../wire/files';

export const rename = operation({
	title: 'Rename a file or folder',
	summary: 'Gives a file or folder another name in its folder.',
	call: wire.updateNode,
	params: z.object({ path: anyFile(), name: fileName('The new name'), mute }),
	// An id stays: the call is made again then.
	lost: {
		uses: [wire.getFile],
		look: async ({ path, name }, dsm) => await renamed(dsm, path, name),
	},
});

export const setTimes = operation({
	title: 'Set the times of a file',
	summary: 'Changes the times that Drive shows of a file or folder.',
	call: wire.updateNode,
	params: z.object({ path: anyFile(), ...times, access_time: seconds('Opened', 'Time of the last access'), mute }),
	request: given,
});

/** A path is another one afterwards; undefined: there is nothing under the new one, or still something under the old one. */
async function renamed(dsm: Dsm, path: string, name: string): Promise<wire.DriveFile | undefined> {
	const old = await unlessAbsent(dsm.call(wire.getFile, { path }), ABSENT);
	if (old) return old.name === name ? old : undefined;
	const parent = path.slice(0, path.lastIndexOf('/'));
	return await unlessAbsent(dsm.call(wire.getFile, { path: `${parent}/${name}` }), ABSENT);
}

const transfer = <C extends z.ZodType>(verb: string, conflict_action: C) =>
	z.object({
		path: anyFile(),
		to_folder: anyFolder('To Folder', 'Folder to put it into'),
		conflict_action,
		others: others(verb),
		timeout: timeout(),
	});

interface Transfer {
	path: string;
	others: string[];
	to_folder: string;
	conflict_action: unknown;
}

const transferred = ({ path, others: more, to_folder, conflict_action }: Transfer) => ({
	files: [path, ...more],
	to_parent_folder: to_folder,
	conflict_action,
});

/** Not marked as destructive, as the copy: what stands in the way is overwritten only where the user chose so. */
export const move = operation({
	title: 'Move a file or folder',
	summary: 'Puts files and folders into another folder; what failed is a row of its own.',
	call: wire.moveFiles,
	params: transfer('move', conflict(['autorename', 'version', 'overwrite', 'skip', 'stop'], 'autorename')),
	request: transferred,
	wait: inBackground('Moving'),
	result: z.array(outcome),
});

export const copy = operation({
	title: 'Copy a file or folder',
	summary: 'Copies files and folders into a folder; what failed is a row of its own.',
	call: wire.copyFiles,
	params: transfer('copy', conflict(['autorename', 'version', 'overwrite', 'stop'], 'autorename')),
	request: transferred,
	wait: inBackground('Copying'),
	result: z.array(outcome),
});

export const star = operation({
	title: 'Star a file',
	summary: 'Adds files and folders to the starred ones of the account.',
	call: wire.starFiles,
	params: z.object({ path: anyFile(), others: others('star') }),
	request: ({ path, others: more }) => ({ files: [path, ...more], starred: true }),
});

/** Not marked as destructive: a star is back by one call. */
export const unstar = operation({
	title: 'Unstar a file',
	summary: 'Takes files and folders from the starred ones of the account.',
	call: wire.starFiles,
	params: z.object({ path: anyFile(), others: others('unstar') }),
	request: ({ path, others: more }) => ({ files: [path, ...more], starred: false }),
});

export const requestAccess = operation({
	title: 'Request access to a file',
	summary: 'Asks the owner of a file for access.',
	call: wire.requestAccess,
	params: z.object({ path: anyFile() }),
});

export const importFromNas = operation({
	title: 'Import files of the NAS',
	summary: 'Copies files of shared folders into Drive, on the NAS itself.',
	call: wire.importFiles,
	params: z.object({
		paths: z
			.array(z.string().regex(/^\/volume\d+\/.+/, 'is no path on a volume, e.g. /volume1/docs/a.txt'))
			.min(1)
			.meta({ title: 'Paths', description: 'Files by volume and path', placeholder: 'e.g. /volume1/docs/plan.txt' }),
		folder: anyFolder('Folder', 'Folder that gets the files'),
		conflict_action: uploadConflict,
		timeout: timeout(),
	}),
	request: ({ paths, folder, conflict_action }) => ({ dsm_paths: paths, path: folder, conflict_action }),
	wait: inBackground('The import'),
	result: z.array(outcome),
});

export const convertToOffice = operation({
	title: 'Convert a document',
	summary: 'Makes a document of Synology Office of a .docx, .xlsx, .xls or .pptx file, which stays.',
	call: wire.convertFiles,
	params: z.object({
		path: anyFile('File', 'Office file to convert'),
		to_folder: anyFolder('To Folder', 'Folder that gets the document; empty: that of the file').optional(),
		password: z.string().optional().meta({ title: 'Password', description: 'Password of the file', widget: 'secret' }),
		conflict_action: conflict(['autorename', 'version', 'overwrite', 'stop'], 'autorename'),
		timeout: timeout(),
	}),
	request: ({ path, password, to_folder, conflict_action }) =>
		given({ files: [given({ path, password })], to_parent_folder: to_folder, conflict_action }),
	wait: inBackground('The conversion'),
	result: z.array(outcome),
});
