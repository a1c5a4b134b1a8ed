import type { Dsm } from '../../core/dsm';
import { DsmApiError } from '../../core/errors';
import { operation, procedure, resource } from '../../catalog/operation';
import { timeout } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { begin, ending, failureOf, stat, type Ending } from './background';
import { compressing, extracting, getInfo, listArchive } from './calls';
import { file_path, fileRow, folder, path, paths } from './fields';

const password = z
	.string()
	.optional()
	.meta({ title: 'Password', description: 'Password of the archive', widget: 'secret', advanced: true });

const CODEPAGES = [
	'enu',
	'cht',
	'chs',
	'krn',
	'ger',
	'fre',
	'ita',
	'spn',
	'jpn',
	'dan',
	'nor',
	'sve',
	'nld',
	'rus',
	'plk',
	'ptb',
	'ptg',
	'hun',
	'trk',
	'csy',
] as const;
const codepage = z.enum(CODEPAGES).optional().meta({
	title: 'Code Page',
	description: 'Language of the names in an old archive that does not hold them as Unicode',
	advanced: true,
});

export const compressParams = z.object({
	paths,
	archive: path().meta({
		title: 'Archive',
		description: 'Path of the archive to make',
		placeholder: 'e.g. /docs/reports.zip',
	}),
	format: z
		.enum(['zip', '7z'])
		.default('zip')
		.meta({ title: 'Format', description: 'Format of the archive', advanced: true }),
	level: z.enum(['moderate', 'store', 'fastest', 'best']).default('moderate').meta({
		title: 'Level',
		description: 'How hard the NAS tries to make it small',
		advanced: true,
	}),
	mode: z
		.enum(['add', 'update', 'refreshen', 'synchronize'])
		.default('add')
		.meta({
			title: 'Mode',
			description: 'What becomes of an archive that exists',
			advanced: true,
			labels: {
				add: 'Add all files',
				update: 'Add new and newer files',
				refreshen: 'Replace older files only',
				synchronize: 'Make it hold just these files',
			},
		}),
	password,
});

export const compressRequest = ({
	paths: path,
	archive: dest_file_path,
	...rest
}: z.output<typeof compressParams>) => ({ path, dest_file_path, ...rest });

/** A failure of an archive task is one of the whole: half an archive is none. */
function refuse({ error, errors }: Ending, what: string): void {
	if (error) throw error;
	const [first] = errors;
	if (first)
		throw new DsmApiError(`${what} failed: ${first.path}: ${failureOf(first.path, first.code).error}.`, {
			dsmCode: first.code,
			errors,
		});
}

async function madeAt(dsm: Dsm, target: string) {
	const row = (await stat(dsm, [target])).get(target);
	if (row) return row;
	throw new DsmApiError(`DSM reported success, but "${target}" is not there.`, {
		hint: 'Look at the folder on the NAS, then try again.',
	});
}

export const compress = procedure({
	title: 'Compress files or folders',
	summary: 'Puts files or folders into an archive on the NAS and waits for it.',
	uses: [compressing.start, compressing.status, compressing.stop, getInfo],
	params: compressParams.extend({ timeout: timeout(1800) }),
	result: fileRow,
	basis: 'guide',
	async run({ timeout: seconds, ...given }, dsm) {
		const taskid = await begin(dsm, compressing, compressRequest(given));
		refuse(await ending(dsm, compressing, taskid, seconds, 'Compressing'), 'Compressing');
		return await madeAt(dsm, given.archive);
	},
});

const archive_path = file_path.meta({
	title: 'Archive',
	description: 'Path of the archive on the NAS',
	placeholder: 'e.g. /docs/reports.zip',
});

export const extractParams = z.object({
	path: archive_path,
	destination: folder().meta({
		title: 'To Folder',
		description: 'Folder that gets the files: a shared folder from the list, or a path that begins with one',
	}),
	overwrite: z
		.boolean()
		.default(false)
		.meta({ title: 'Overwrite', description: 'Whether files that exist are replaced; otherwise they are kept' }),
	keep_dir: z
		.boolean()
		.default(true)
		.meta({ title: 'Keep Folders', description: 'Whether the folders in the archive are made, too', advanced: true }),
	create_subfolder: z.boolean().default(false).meta({
		title: 'Own Folder',
		description: 'Whether the files go into a new folder with the name of the archive',
		advanced: true,
	}),
	item_id: z.array(z.coerce.number<number | string>().int()).optional().meta({
		title: 'Items',
		description: 'Item IDs of what to take out, as listing the archive gives them; all when empty',
		placeholder: 'e.g. 0, 3',
		advanced: true,
	}),
	password,
	codepage,
});

export const extractRequest = ({
	path: source,
	destination: dest_folder_path,
	...rest
}: z.output<typeof extractParams>) => ({ file_path: source, dest_folder_path, ...rest });

export const extract = procedure({
	title: 'Extract an archive',
	summary: 'Takes the files out of an archive on the NAS into a folder and waits for it.',
	uses: [extracting.start, extracting.status, extracting.stop, getInfo],
	params: extractParams.extend({ timeout: timeout(1800) }),
	result: fileRow,
	basis: 'guide',
	async run({ timeout: seconds, ...given }, dsm) {
		const taskid = await begin(dsm, extracting, extractRequest(given));
		refuse(await ending(dsm, extracting, taskid, seconds, 'Extracting'), 'Extracting');
		return await madeAt(dsm, given.destination);
	},
});

/** Sizes in bytes; the time has no zone: it is what the archive holds. */
const item = z.looseObject({
	item_id: z.number(),
	path: z.string(),
	name: z.string(),
	is_dir: z.boolean(),
	size: z.number().optional(),
	pack_size: z.number().optional(),
	mtime: z.string().optional(),
});

const list = operation({
	title: 'List the files in an archive',
	summary: 'Gives what is in an archive on the NAS, without taking it out.',
	call: listArchive,
	params: z.object({ path: archive_path, password, codepage }),
	request: ({ path: source, ...rest }) => ({ file_path: source, ...rest }),
	page: { items: 'items', max: 1000 },
	result: z.array(item),
	readOnly: true,
	basis: 'guide',
});

export const archives = resource('Archive', { compress, extract, list });
