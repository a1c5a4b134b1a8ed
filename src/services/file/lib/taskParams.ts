import { z } from '../../../vendor/zod';
import { conflict, file_path, folder, newPath, overwriteOf, paths } from '../fields';

/** Parameters of what the NAS does in the background, with their form on the wire: for operations that wait, and those that do not. */

const destination = folder().meta({
	title: 'To Folder',
	description: 'Destination folder: a shared folder from the list, or a path that begins with one',
});

/** Parameters of a copy or move, also of one that is started only. */
export const moveParams = z.object({ paths, destination, conflict });
type MoveParams = z.output<typeof moveParams>;

export const moveRequest = (given: MoveParams, remove_src: boolean) => ({
	path: given.paths,
	dest_folder_path: given.destination,
	...overwriteOf(given.conflict),
	remove_src,
	accurate_progress: true,
});

export const deleteParams = z.object({
	paths,
	recursive: z.boolean().default(true).meta({
		title: 'Delete Content of Folders',
		description: 'Whether folders are deleted with what is in them; otherwise only empty ones are',
	}),
});

export const deleteRequest = ({ paths: path, recursive }: z.output<typeof deleteParams>) => ({
	path,
	recursive,
	accurate_progress: true,
});

export const archive_password = z
	.string()
	.optional()
	.meta({ title: 'Password', description: 'Password of the archive', widget: 'secret', advanced: true });

const CODEPAGES = {
	enu: 'English',
	cht: 'Traditional Chinese',
	chs: 'Simplified Chinese',
	krn: 'Korean',
	ger: 'German',
	fre: 'French',
	ita: 'Italian',
	spn: 'Spanish',
	jpn: 'Japanese',
	dan: 'Danish',
	nor: 'Norwegian',
	sve: 'Swedish',
	nld: 'Dutch',
	rus: 'Russian',
	plk: 'Polish',
	ptb: 'Brazilian Portuguese',
	ptg: 'Portuguese',
	hun: 'Hungarian',
	trk: 'Turkish',
	csy: 'Czech',
};
export const codepage = z
	.enum(Object.keys(CODEPAGES) as [keyof typeof CODEPAGES])
	.optional()
	.meta({
		title: 'Code Page',
		description: 'Language of the names in an old archive that does not hold them as Unicode',
		labels: CODEPAGES,
		advanced: true,
	});

export const compressParams = z.object({
	paths,
	archive: newPath().meta({
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
		description: 'How strongly the NAS compresses',
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
	password: archive_password,
});

export const compressRequest = (given: z.output<typeof compressParams>) => ({
	path: given.paths,
	dest_file_path: given.archive,
	format: given.format,
	level: given.level,
	mode: given.mode,
	password: given.password,
});

export const archive_path = file_path.meta({
	title: 'Archive',
	description: 'Path of the archive on the NAS',
	placeholder: 'e.g. /docs/reports.zip',
});

export const extractParams = z.object({
	path: archive_path,
	destination: folder().meta({
		title: 'To Folder',
		description: 'Destination folder: a shared folder from the list, or a path that begins with one',
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
		title: 'Create Subfolder',
		description: 'Whether the files go into a new folder with the name of the archive',
		advanced: true,
	}),
	item_id: z.array(z.coerce.number<number | string>().int()).optional().meta({
		title: 'Items',
		description: 'Item IDs of what to extract, as listing the archive gives them; all when empty',
		placeholder: 'e.g. 0, 3',
		advanced: true,
	}),
	password: archive_password,
	codepage,
});

export const extractRequest = (given: z.output<typeof extractParams>) => ({
	file_path: given.path,
	dest_folder_path: given.destination,
	overwrite: given.overwrite,
	keep_dir: given.keep_dir,
	create_subfolder: given.create_subfolder,
	item_id: given.item_id,
	password: given.password,
	codepage: given.codepage,
});
