import { stateOf } from '../../../catalog/backgroundTask';
import { moment } from '../../../catalog/fields';
import { namePattern } from '../../../catalog/pattern';
import { operation, procedure, resource } from '../../../catalog/operation';
import { field, timeOf } from '../../../catalog/row';
import { since, sorting } from '../../../catalog/sorting';
import { timeout } from '../../../catalog/tasks';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { errors } from '../errors';
import { additional, baseOf, filetype, folder, newPath, parentOf, paths, pattern } from '../fields';
import { failuresOf } from '../lib/forms';
import { search as searchOf } from '../lib/search';
import { stat } from '../lib/stat';
import { createFolder, entry, getInfo, listFolder } from '../wire/files';
import { folderSize, searching } from '../wire/tasks';

const SORTS = {
	name: 'Name',
	size: 'Size',
	user: 'Owner',
	group: 'Group',
	mtime: 'Modified',
	atime: 'Last access',
	ctime: 'Changed',
	crtime: 'Created',
	posix: 'Permissions',
	type: 'Type',
};

const NEWEST = { sort_by: 'mtime', sort_direction: 'desc' } as const;

const list = operation({
	title: 'List files in a folder',
	summary: 'Gives what is in a folder, without what is in the folders below it.',
	call: listFolder,
	params: z.object({
		folder: folder(),
		filetype,
		pattern,
		modified_since: since('Modified Since', 'Only what was modified since'),
		...sorting(SORTS),
		additional,
	}),
	request: ({ folder: folder_path, pattern: names, modified_since, additional: details, ...rest }) => ({
		folder_path,
		...(names !== '' && { pattern: names }),
		...rest,
		...(modified_since !== undefined && NEWEST),
		additional: modified_since === undefined ? details : [...new Set([...details, 'time'])],
	}),
	newer: {
		than: (given) => given.modified_since,
		at: (row) => timeOf(row.mtime),
		// Whether folders stand before files in every order is not known.
		ends: (given) => given.filetype !== 'all',
	},
});

const create = operation({
	title: 'Create a folder',
	summary: 'Creates a folder, with the missing ones above it where that is wanted.',
	call: createFolder,
	params: z.object({
		path: newPath().meta({
			title: 'Path',
			description: 'Path of the new folder',
			placeholder: 'e.g. /docs/reports/2026',
		}),
		force_parent: z.boolean().default(true).meta({
			title: 'Create Parents',
			description: 'Whether missing folders above it are created, and an existing folder is no error',
		}),
	}),
	request: ({ path: whole, force_parent }) => ({
		folder_path: [parentOf(whole)],
		name: [baseOf(whole)],
		force_parent,
		additional: ['time', 'type'],
	}),
	lost: {
		uses: [getInfo],
		async look({ path: whole, force_parent }, dsm, since) {
			const there = (await stat(dsm, [whole], ['time', 'type'])).get(whole);
			return there?.is_dir && (force_parent || timeOf(there.crtime) >= since) ? there : undefined;
		},
	},
	failed(error) {
		// "Creating the folder failed" says less than the code of its path.
		const [first] = error.dsmCode === 1100 ? failuresOf(error.details.errors) : [];
		const known = first && errors[first.code];
		if (!known) throw error;
		throw new DsmApiError(error.message, { ...error.details, cause: error, hint: known.remedy });
	},
	result: entry,
});

const getSize = operation({
	title: 'Get the size of folders',
	summary: 'Counts the files, folders and bytes of one or more folders together.',
	call: folderSize.start,
	wait: folderSize.wait('Counting'),
	params: z.object({ paths, timeout: timeout() }),
	request: (given) => ({ path: given.paths }),
	response(end) {
		const { num_dir, num_file, total_size } = stateOf(end, 'Counting');
		return { num_dir, num_file, total_size };
	},
	result: z.looseObject({ num_dir: z.number(), num_file: z.number(), total_size: field.bytes() }),
	readOnly: true,
});

const bytes = (title: string, description: string) =>
	z.coerce.number<number | string>().int().min(0).optional().meta({ title, description, advanced: true });
const when = (title: string, description: string) => moment().optional().meta({ title, description, advanced: true });

const searchParams = z.object({
	folder: folder(),
	pattern,
	recursive: z
		.boolean()
		.default(true)
		.meta({ title: 'Search Below', description: 'Whether the folders below are searched, too' }),
	filetype,
	extension: z.string().optional().meta({
		title: 'Extension',
		description: 'Extensions of the files, with commas between them',
		placeholder: 'e.g. pdf',
		advanced: true,
	}),
	search_content: z.boolean().default(false).meta({
		title: 'Search in Content',
		description: 'Whether the content of indexed files is searched, too',
		advanced: true,
	}),
	size_from: bytes('Smallest Size', 'Bytes that a file has at least'),
	size_to: bytes('Largest Size', 'Bytes that a file has at most'),
	mtime_from: when('Modified From', 'Earliest time of modification'),
	mtime_to: when('Modified To', 'Latest time of modification'),
	crtime_from: when('Created From', 'Earliest time of creation'),
	crtime_to: when('Created To', 'Latest time of creation'),
	owner: z
		.string()
		.optional()
		.meta({ title: 'Owner', description: 'Login name of the owner', placeholder: 'e.g. alice', advanced: true }),
	...sorting(SORTS),
	additional,
	timeout: timeout(300),
});
const seconds = (milliseconds: number | undefined) =>
	milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000);

/** What rows have to say, so that they can be held against what was asked for. */
const provedBy = (given: z.output<typeof searchParams>): ('size' | 'time' | 'owner')[] => {
	const { size_from, size_to, mtime_from, mtime_to, crtime_from, crtime_to, owner } = given;
	const isGiven = (...values: unknown[]) => values.some((value) => value !== undefined && value !== '');
	return [
		...(isGiven(size_from, size_to) ? (['size'] as const) : []),
		...(isGiven(mtime_from, mtime_to, crtime_from, crtime_to) ? (['time'] as const) : []),
		...(isGiven(owner) ? (['owner'] as const) : []),
	];
};

/** Files and folders are always asked for: without `filetype` DSM leaves folders out (filestation.md 4.5). */
const searchRequest = ({ folder: folder_path, pattern: names, ...given }: z.output<typeof searchParams>) => ({
	folder_path,
	recursive: given.recursive,
	filetype: given.filetype,
	...(names !== '' && { pattern: /[?*]/.test(names) ? names : `*${names}*` }),
	...(given.search_content && { search_content: true }),
	extension: given.extension,
	size_from: given.size_from,
	size_to: given.size_to,
	mtime_from: seconds(given.mtime_from),
	mtime_to: seconds(given.mtime_to),
	crtime_from: seconds(given.crtime_from),
	crtime_to: seconds(given.crtime_to),
	owner: given.owner,
});

/** The name alone: accounts of a domain bear its name, before or behind. */
const accountOf = (owner: string): string => owner.toLowerCase().replace(/^.*\\|@.*$/g, '');

/**
 * What is found beyond what was asked for is left out: some releases take wildcards for nothing (filestation.md 4.5). What a row does not
 * say is believed; times of the NAS have whole seconds.
 */
function fitting(given: z.output<typeof searchParams>): (row: z.output<typeof entry>) => boolean {
	const { pattern: names, search_content, extension = '', filetype: kind } = given;
	const isNamed = search_content || !/[?*]/.test(names) ? () => true : namePattern(names, { bare: 'anywhere' });
	const extensions = extension
		.split(',')
		.map((one) => one.trim().replace(/^\*?\./, ''))
		.filter((one) => one !== '');
	const hasExtension = namePattern(extensions.map((one) => `*.${one}`).join(','));
	const within = (value: number | undefined, from: number | undefined, to: number | undefined): boolean =>
		value === undefined || ((from === undefined || value >= from) && (to === undefined || value <= to));
	const time = (text: string | undefined) => (text === undefined ? undefined : timeOf(text) / 1000);
	return ({ name, is_dir, size, mtime, crtime, owner }) =>
		isNamed(name) &&
		(kind === 'all' || is_dir === (kind === 'dir')) &&
		(is_dir || (hasExtension(name) && within(size, given.size_from, given.size_to))) &&
		within(time(mtime), seconds(given.mtime_from), seconds(given.mtime_to)) &&
		within(time(crtime), seconds(given.crtime_from), seconds(given.crtime_to)) &&
		(!given.owner || owner === undefined || accountOf(owner) === accountOf(given.owner));
}

/** Code: a search is begun, asked about, read and cleared away, one at a time. */
const search = procedure({
	title: 'Search for files and folders',
	summary:
		'Looks for files and folders by name, size, time, owner or content, waits until the NAS has looked everywhere, and tidies up.',
	uses: Object.values(searching),
	params: searchParams,
	result: z.array(entry),
	readOnly: true,
	async *each(given, dsm) {
		const { additional: details, timeout: seconds } = given;
		const fits = fitting(given);
		const asked = {
			wire: searchRequest(given),
			additional: [...new Set([...details, ...provedBy(given)])],
			timeout: seconds,
			order: { sort_by: given.sort_by, sort_direction: given.sort_direction },
		};
		for await (const row of searchOf(asked, dsm)) if (fits(row)) yield row;
	},
});

export const folders = resource('Folder', { list, search, create, getSize });
