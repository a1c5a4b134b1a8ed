import { fileCode } from '../../core/codes';
import { DsmApiError, isDsmError } from '../../core/errors';
import { operation, procedure, resource } from '../../catalog/operation';
import { timeout } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { pathErrors } from './background';
import { createFolder, dirSize, listFolder, listShares } from './calls';
import {
	additional,
	baseOf,
	fileRow,
	filetype,
	folder,
	parentOf,
	paths,
	pattern,
	path,
	sort_direction,
} from './fields';
import { measured } from './measure';
import { search } from './search';

const share = z.looseObject({
	path: z.string(),
	name: z.string(),
	isdir: z.boolean(),
	additional: z.looseObject({}).optional(),
});

const listOfShares = operation({
	title: 'List shared folders',
	summary: 'Gives the shared folders that the account sees, with the free space of their volumes.',
	call: listShares,
	params: z.object({
		onlywritable: z.boolean().default(false).meta({
			title: 'Only Writable',
			description: 'Whether to leave out folders that the account may only read',
			advanced: true,
		}),
	}),
	request: (given) => ({
		...given,
		additional: ['real_path', 'owner', 'time', 'perm', 'mount_point_type', 'volume_status'],
	}),
	page: { items: 'shares', max: 500 },
	result: z.array(share),
	readOnly: true,
	basis: 'guide',
});

export const shares = resource('Shared folder', { list: listOfShares });

const SORTS = ['name', 'size', 'user', 'group', 'mtime', 'atime', 'ctime', 'crtime', 'posix', 'type'] as const;

/** Rows per request: above some thousands one answer gets slow and heavy (filestation.md 4.3). */
export const PAGE = 2000;

export const list = operation({
	title: 'List a folder',
	summary: 'Gives what is in a folder, without what is in the folders below it.',
	call: listFolder,
	params: z.object({
		folder: folder(),
		filetype,
		pattern,
		sort_by: z
			.enum(SORTS)
			.default('name')
			.meta({
				title: 'Sort By',
				description: 'What the rows are sorted by',
				advanced: true,
				labels: {
					user: 'Owner',
					mtime: 'Modified',
					atime: 'Last access',
					ctime: 'Changed',
					crtime: 'Created',
					posix: 'Permissions',
				},
			}),
		sort_direction,
		additional,
	}),
	request: ({ folder: folder_path, pattern: names, ...rest }) => ({
		folder_path,
		...(names !== '' && { pattern: names }),
		...rest,
	}),
	page: { items: 'files', max: PAGE },
	result: z.array(fileRow),
	readOnly: true,
	basis: 'guide',
});

export const create = procedure({
	title: 'Create a folder',
	summary: 'Creates a folder, with the missing ones above it where that is wanted.',
	uses: [createFolder],
	params: z.object({
		path: path().meta({ title: 'Path', description: 'Path of the new folder', placeholder: 'e.g. /docs/reports/2026' }),
		force_parent: z.boolean().default(true).meta({
			title: 'Create Parents',
			description: 'Whether missing folders above it are created, and an existing folder is no error',
		}),
	}),
	result: fileRow,
	basis: 'guide',
	async run({ path: whole, force_parent }, dsm) {
		const sent = { folder_path: [parentOf(whole)], name: [baseOf(whole)], force_parent, additional: ['time', 'type'] };
		try {
			const { folders } = (await dsm.call(createFolder, sent)) as { folders: z.input<typeof fileRow>[] };
			return folders[0]!;
		} catch (error) {
			throw plainly(error);
		}
	},
});

/** "Creating the folder failed" says less than the code of its path. */
function plainly(error: unknown): unknown {
	if (!isDsmError(error) || error.dsmCode !== 1100) return error;
	const [row] = pathErrors(error.details.errors);
	const known = row && fileCode(row.code);
	if (!known) return error;
	return new DsmApiError(error.message, { ...error.details, cause: error, hint: known.remedy });
}

export const size = procedure({
	title: 'Get the size of folders',
	summary: 'Counts the files, folders and bytes of one or more folders together.',
	uses: [dirSize.start, dirSize.status, dirSize.stop],
	params: z.object({ paths, timeout: timeout() }),
	result: z.looseObject({ num_dir: z.number(), num_file: z.number(), total_size: z.number() }),
	readOnly: true,
	basis: 'guide',
	async run(given, dsm) {
		const { num_dir, num_file, total_size } = await measured(
			dsm,
			dirSize,
			{ path: given.paths },
			given.timeout,
			'Counting',
		);
		return { num_dir: Number(num_dir), num_file: Number(num_file), total_size: Number(total_size) };
	},
});

export const folders = resource('Folder', { list, search, create, size });
