import type { FileSource } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { DsmApiError, isDsmError } from '../../core/errors';
import { file, fileAnswer, moment } from '../../catalog/fields';
import { operation, procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { stat } from './background';
import { downloadCall, getInfo, thumbCall, uploadCall } from './calls';
import { conflict, file_path, fileRow, folder, inside, name, overwriteOf, paths } from './fields';

const moments = {
	mtime: moment()
		.optional()
		.meta({ title: 'Modified', description: 'Time of modification to give the file; now when empty', advanced: true }),
	crtime: moment()
		.optional()
		.meta({ title: 'Created', description: 'Time of creation to give the file; now when empty', advanced: true }),
	atime: moment().optional().meta({
		title: 'Last Access',
		description: 'Time of the last access to give the file; now when empty',
		advanced: true,
	}),
};

const uploaded = fileRow.partial({ isdir: true }).extend({ skipped: z.boolean() });

/**
 * `blSkip` inside a success says that the existing file was kept. The size on the NAS is compared at the end: a proxy may have cut the
 * body short.
 */
export const upload = procedure({
	title: 'Upload a file',
	summary: 'Puts a file into a folder of the NAS, streamed whatever its size, and checks that all of it arrived.',
	uses: [uploadCall, getInfo],
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
		...moments,
	}),
	result: uploaded,
	basis: 'guide',
	async run({ folder: path, file: source, filename, conflict: choice, create_parents, ...times }, dsm) {
		const sent: FileSource = { ...source, name: filename ?? source.name, open: () => source.open() };
		const wire = { path, create_parents, ...overwriteOf(choice), ...times, file: sent };
		const data = (await dsm.call(uploadCall, wire)) as { blSkip?: boolean; file?: string } | undefined;
		// Quotes in a name do not get through the header of the part: DSM says what it made of them.
		const target = inside(path, data?.file || sent.name);
		if (data?.blSkip && choice !== 'skip') throw exists(target);
		const row = (await stat(dsm, [target])).get(target);
		if (!row)
			throw new DsmApiError(`DSM reported success, but "${target}" is not there.`, {
				hint: 'Look at the folder on the NAS, then try again.',
			});
		const size = row.additional?.size ?? sent.size;
		if (!data?.blSkip && size !== sent.size) throw incomplete(target, size, sent.size);
		return { ...row, skipped: data?.blSkip === true };
	},
});

const exists = (path: string): Error =>
	new DsmApiError(`"${path}" exists and was kept: nothing was written.`, {
		dsmCode: 414,
		hint: 'Choose another name, or allow overwriting.',
	});

const incomplete = (path: string, size: number, wanted: number): Error =>
	new DsmApiError(`"${path}" has ${size} bytes on the NAS instead of ${wanted}.`, {
		hint: 'The upload was cut short on its way, or somebody else changed the file just then. Upload it again, overwriting.',
	});

/** Whether a file is still the one whose transfer began at `since`, by the clock of the NAS: nothing of it changed since then. */
const unchanged =
	(dsm: Dsm, path: string) =>
	async (since: number): Promise<boolean> => {
		const { mtime = Infinity, ctime = mtime } = (await stat(dsm, [path], ['time'])).get(path)?.additional?.time ?? {};
		return Math.max(mtime, ctime) < Math.floor(since / 1000);
	};

export const download = procedure({
	title: 'Download a file',
	summary:
		'Gives a file of the NAS; a folder comes as a zip archive. A transfer that breaks off is continued where it stopped.',
	uses: [downloadCall, getInfo],
	params: z.object({ path: file_path }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'guide',
	run: async ({ path }, dsm) =>
		await dsm.file(downloadCall, { path: [path], mode: 'download' }, { unchanged: unchanged(dsm, path) }),
});

export const downloadZip = operation({
	title: 'Download files as a zip archive',
	summary: 'Gives several files or folders as one zip archive, which the NAS makes while it sends it.',
	call: downloadCall,
	params: z.object({ paths }),
	request: (given) => ({ path: given.paths, mode: 'download' }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'guide',
});

/** Errors of this call are bare HTTP statuses. */
export const thumbnail = procedure({
	title: 'Get a thumbnail',
	summary: 'Gives a small picture of an image or video.',
	uses: [thumbCall],
	params: z.object({
		path: file_path,
		size: z
			.enum(['small', 'medium', 'large', 'original'])
			.default('small')
			.meta({ title: 'Size', description: 'Size of the picture' }),
		rotate: z.coerce.number<number | string>().int().min(0).max(4).default(0).meta({
			title: 'Quarter Turns',
			description: 'Quarter turns to rotate the picture by, clockwise',
			advanced: true,
		}),
	}),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'guide',
	async run(given, dsm) {
		try {
			return await dsm.file(thumbCall, given);
		} catch (error) {
			if (!isDsmError(error) || error.details.httpStatus !== 404) throw error;
			throw new DsmApiError(`There is no file "${given.path}", or no picture can be made of it.`, {
				dsmCode: 408,
				hint: 'Check the path; thumbnails exist for images and videos only.',
				cause: error,
			});
		}
	},
});
