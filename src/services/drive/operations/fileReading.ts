import { fileAnswer } from '../../catalog/fields';
import { operation, procedure } from '../../catalog/operation';
import { timeout } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { calls, file, given, seconds, sort, type WireFile } from './fields';
import { archive, exported, open } from './open';
import { anyFile, anyFolder, files, orMyDrive } from './place';
import { waiting } from './tasks';

const page = { items: 'items', max: 1000 };
const api = 'SYNO.SynologyDrive.Files';

export const list = operation({
	title: 'List a folder',
	summary: 'Lists what lies directly in a folder; below it one searches.',
	call: calls.list,
	params: z.object({
		folder: orMyDrive(anyFolder('Folder', 'Folder to list; empty: My Drive')),
		kind: z
			.enum(['all', 'file', 'dir'])
			.default('all')
			.meta({
				title: 'Kind',
				description: 'What is listed',
				labels: { all: 'Files and Folders', file: 'Files', dir: 'Folders' },
			}),
		extensions: z.array(z.string()).default([]).meta({
			title: 'Extensions',
			description: 'Only files with these extensions',
			placeholder: 'e.g. pdf',
			advanced: true,
		}),
		starred: z
			.boolean()
			.default(false)
			.meta({ title: 'Only Starred', description: 'Whether only starred items are listed', advanced: true }),
		...sort,
	}),
	request: ({ folder, kind, extensions, starred, ...rest }) => ({
		path: folder,
		...rest,
		filter: {
			...(kind !== 'all' && { type: [kind] }),
			...(extensions.length > 0 && { extensions: extensions.map((one) => one.replace(/^\./, '').toLowerCase()) }),
			...(starred && { starred }),
		},
	}),
	page,
	result: z.array(file),
	readOnly: true,
	basis: 'guide',
});

export const get = operation({
	title: 'Get a file or folder',
	summary: 'Gives what Drive knows of one file or folder.',
	call: calls.get,
	params: z.object({ path: anyFile() }),
	result: file,
	readOnly: true,
	basis: 'guide',
});

const PLACES = {
	any: 'Everywhere',
	mydrive: 'My Drive',
	team_folders: 'Team Folders',
	shared_with_me: 'Shared with Me',
	shared_with_others: 'Shared with Others',
	starred: 'Starred',
};
const KINDS = {
	any: 'Any',
	file: 'Files',
	folder: 'Folders',
	document: 'Documents',
	image: 'Images',
	audio: 'Audio',
	video: 'Video',
	odoc: 'Synology Documents',
	osheet: 'Synology Spreadsheets',
	oslides: 'Synology Slides',
	custom: 'By Extension',
};
const keysOf = <T extends object>(of: T) => Object.keys(of) as [keyof T & string, ...(keyof T & string)[]];
const bytes = (title: string, description: string) =>
	z.coerce.number<number | string>().int().min(0).optional().meta({ title, description, advanced: true });

/** The index of the NAS lags: what was just written may be missing for a while (drive.md 3.3). */
export const search = operation({
	title: 'Search files',
	summary: 'Finds files and folders by name, content and properties; new ones appear when the NAS has indexed them.',
	call: calls.search,
	params: z.object({
		keyword: z.string().default('').meta({ title: 'Keyword', description: 'Text of the name or the content' }),
		location: z
			.enum(keysOf(PLACES))
			.default('any')
			.meta({ title: 'Location', description: 'Where to look', labels: PLACES }),
		folder: anyFolder('Folder', 'Only below this folder, instead of a location').optional(),
		file_type: z.enum(keysOf(KINDS)).default('any').meta({ title: 'Kind', description: 'What to find', labels: KINDS }),
		custom_file_type: z
			.string()
			.optional()
			.meta({ title: 'Extension', description: 'With kind "By Extension"', placeholder: 'e.g. pdf', advanced: true }),
		owner: z
			.enum(['any', 'me', 'not_me', 'custom'])
			.default('any')
			.meta({
				title: 'Owner',
				description: 'Whose files',
				labels: { any: 'Anybody', me: 'Own', not_me: 'Not Own', custom: 'A User' },
				advanced: true,
			}),
		custom_owner: z
			.string()
			.optional()
			.meta({ title: 'Owner Name', description: 'With owner "A User"', placeholder: 'e.g. bob', advanced: true }),
		labels: z
			.array(z.string())
			.default([])
			.meta({
				title: 'Labels',
				description: 'Files with at least one of these labels',
				widget: 'picker',
				choices: { from: 'drive.label.list', value: 'label_id', label: 'name' },
				advanced: true,
			}),
		time: z
			.enum(['modified_time', 'created_time'])
			.default('modified_time')
			.meta({
				title: 'Time',
				description: 'Which time "From" and "Until" bound',
				labels: { modified_time: 'Modified', created_time: 'Created in Drive' },
				advanced: true,
			}),
		start_date: seconds('From', 'Earliest time'),
		end_date: seconds('Until', 'Latest time'),
		min_size: bytes('Smallest Size', 'Bytes at least'),
		max_size: bytes('Largest Size', 'Bytes at most'),
		content_snippet: z.boolean().default(false).meta({
			title: 'Snippets',
			description: 'Whether the part of the content that fits comes with each row',
			advanced: true,
		}),
		sort_by: z
			.enum(['score', 'name', 'modified_time', 'size', 'owner', 'type'])
			.default('score')
			.meta({
				title: 'Sort By',
				description: 'Order of the rows',
				labels: { score: 'Best Match', modified_time: 'Modified', type: 'Kind' },
				advanced: true,
			}),
		sort_direction: sort.sort_direction,
	}),
	request: ({ keyword, folder, location, custom_owner, labels, ...rest }) =>
		given({
			...rest,
			...(keyword !== '' && { keyword }),
			location: folder === undefined ? location : 'custom',
			custom_location: folder,
			...(custom_owner !== undefined && { custom_owner: { type: 'user', name: custom_owner } }),
			...(labels.length > 0 && { labels }),
		}),
	page,
	result: z.array(file),
	readOnly: true,
	basis: 'guide',
});

/** What the account used last: no list of changes, since others' and muted actions are missing (drive.md 9.7). */
export const listRecent = operation({
	title: 'List recent files',
	summary: 'Lists what the account opened or changed last, at most 200.',
	call: { api, method: 'recent', version: 10 },
	params: z.object({}),
	request: () => ({ limit: 200 }),
	page: { items: 'items' },
	result: z.array(file),
	readOnly: true,
	basis: 'guide',
});

const simpleList = (method: string, title: string, summary: string) =>
	operation({
		title,
		summary,
		call: { api, method, version: 10 },
		params: z.object(sort),
		page,
		result: z.array(file),
		readOnly: true,
		basis: 'guide',
	});

export const listStarred = simpleList(
	'list_starred',
	'List starred files',
	'Lists files and folders that the account has starred.',
);
export const listSharedWithMe = simpleList(
	'shared_with_me',
	'List files shared with me',
	'Lists what others have shared with the account.',
);
export const listSharedByMe = simpleList(
	'shared_with_others',
	'List files shared by me',
	'Lists what the account has shared with others.',
);

export const listAncestors = operation({
	title: 'List folders above',
	summary: 'Lists the folders above a file or folder, the root first.',
	call: { api, method: 'list_ancestor', version: 10 },
	params: z.object({ path: anyFile() }),
	page: { items: 'items' },
	result: z.array(file),
	readOnly: true,
	basis: 'guide',
});

export const download = procedure({
	title: 'Download a file',
	summary: 'Gives a file; a document of Synology Office as Office file, a folder as ZIP.',
	uses: [calls.get, calls.download, calls.export, ...waiting],
	params: z.object({ path: anyFile(), timeout: timeout() }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'guide',
	run: async (wanted, dsm) =>
		await open(dsm, (await dsm.call(calls.get, { path: wanted.path })) as WireFile, wanted.timeout),
});

/** The guide says that the ZIP streams back, the web client waits for a task: both are understood (drive.md 3.6). */
export const downloadZip = procedure({
	title: 'Download files as ZIP',
	summary: 'Gives several files and folders in one ZIP file.',
	uses: [calls.download, ...waiting],
	params: z.object({
		files: files('Files', 'Files and folders to pack', 1),
		name: z.string().default('download').meta({ title: 'Name', description: 'Name of the ZIP file', advanced: true }),
		timeout: timeout(),
	}),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'capture',
	run: async (wanted, dsm) => await archive(dsm, wanted.files, wanted.name, wanted.timeout),
});

export const exportOffice = procedure({
	title: 'Export a document',
	summary: 'Gives a document of Synology Office as .docx, .xlsx or .pptx.',
	uses: [calls.get, calls.export],
	params: z.object({ path: anyFile('Document', 'Document, spreadsheet or slides of Synology Office') }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'clients',
	run: async (wanted, dsm) => await exported(dsm, (await dsm.call(calls.get, { path: wanted.path })) as WireFile),
});

export const thumbnail = operation({
	title: 'Get a thumbnail',
	summary: 'Gives a small picture of an image; the image itself when the NAS has none.',
	call: { api, method: 'get_thumbnail', version: 10 },
	params: z.object({
		path: anyFile('Image', 'Image file of Drive'),
		size: z
			.enum(['small', 'medium', 'large', 'original'])
			.default('medium')
			.meta({ title: 'Size', description: 'How large the picture is' }),
	}),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'guide',
});
