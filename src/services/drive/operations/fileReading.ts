import { fileAnswer, textId } from '../../../catalog/fields';
import { operation, procedure } from '../../../catalog/operation';
import { timeOf } from '../../../catalog/row';
import { since } from '../../../catalog/sorting';
import { timeout } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { anyFile, anyFolder, files, given, orMyDrive, seconds, sort } from '../fields';
import { waiting } from '../lib/driveTask';
import { archive, exported, open } from '../lib/download';
import * as wire from '../wire/files';

export const list = operation({
	title: 'List files in a folder',
	summary: 'Lists what lies directly in a folder; to look below it, search.',
	call: wire.listFolder,
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
		modified_since: since('Modified Since', 'Only what was modified since'),
		...sort,
	}),
	request: ({ folder, kind, extensions, starred, modified_since, ...rest }) => ({
		path: folder,
		...rest,
		...(modified_since !== undefined && { sort_by: 'modified_time', sort_direction: 'desc' }),
		filter: {
			...(kind !== 'all' && { type: [kind] }),
			...(extensions.length > 0 && { extensions: extensions.map((one) => one.replace(/^\./, '').toLowerCase()) }),
			...(starred && { starred }),
		},
	}),
	newer: {
		than: (params) => params.modified_since,
		at: (row) => timeOf(row.modified_time),
		// Whether folders stand before files in every order is not known.
		ends: ({ kind }) => kind !== 'all',
	},
});

export const get = operation({
	title: 'Get a file or folder',
	summary: 'Gives what Drive knows of one file or folder.',
	call: wire.getFile,
	params: z.object({ path: anyFile() }),
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
	call: wire.searchFiles,
	params: z.object({
		keyword: z
			.string()
			.default('')
			.meta({ title: 'Keyword', description: 'Text of the name or the content', placeholder: 'e.g. report' }),
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
			.array(textId())
			.default([])
			.meta({
				title: 'Labels',
				description: 'Files with at least one of these labels',
				widget: 'picker',
				choices: { from: 'drive.label.list', value: 'label_id', label: 'name', names: [] },
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
});

/** What the account used last: no list of changes, since others' and muted actions are missing (drive.md 9.7). */
export const listRecent = operation({
	title: 'List recent files',
	summary: 'Lists what the account opened or changed last, at most 200.',
	call: wire.listRecent,
	params: z.object({}),
	request: () => ({ limit: 200 }),
});

export const listStarred = operation({
	title: 'List starred files',
	summary: 'Lists files and folders that the account has starred.',
	call: wire.listStarred,
	params: z.object(sort),
});

export const listSharedWithMe = operation({
	title: 'List files shared with me',
	summary: 'Lists what others have shared with the account.',
	call: wire.listSharedWithMe,
	params: z.object(sort),
});

export const listSharedByMe = operation({
	title: 'List files shared by me',
	summary: 'Lists what the account has shared with others.',
	call: wire.listSharedWithOthers,
	params: z.object(sort),
});

export const listAncestors = operation({
	title: 'List folders above',
	summary: 'Lists the folders above a file or folder, the root first.',
	call: wire.listAncestors,
	params: z.object({ path: anyFile() }),
});

export const download = procedure({
	title: 'Download a file',
	summary: 'Gives a file; a document of Synology Office as Office file, a folder as ZIP.',
	uses: [wire.getFile, wire.downloadFiles, wire.exportDocument, ...waiting],
	params: z.object({ path: anyFile(), timeout: timeout() }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	run: async ({ path, timeout: seconds }, dsm) => await open(dsm, await dsm.call(wire.getFile, { path }), seconds),
});

/** The guide says that the ZIP streams back, the web client waits for a task: both are understood (drive.md 3.6). */
export const downloadZip = procedure({
	title: 'Download files as ZIP',
	summary: 'Gives several files and folders in one ZIP file.',
	uses: [wire.downloadFiles, ...waiting],
	params: z.object({
		files: files('Files', 'Files and folders to pack', 1),
		name: z.string().default('download').meta({ title: 'Name', description: 'Name of the ZIP file', advanced: true }),
		timeout: timeout(),
	}),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	run: async ({ files: list, name, timeout: seconds }, dsm) => await archive(dsm, list, name, seconds),
});

export const exportOffice = procedure({
	title: 'Export a document',
	summary: 'Gives a document of Synology Office as .docx, .xlsx or .pptx.',
	uses: [wire.getFile, wire.exportDocument],
	params: z.object({ path: anyFile('Document', 'Document, spreadsheet or slides of Synology Office') }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	run: async ({ path }, dsm) => await exported(dsm, await dsm.call(wire.getFile, { path })),
});

export const downloadThumbnail = operation({
	title: 'Download a thumbnail',
	summary: 'Gives a small picture of an image; the image itself when the NAS has none.',
	call: wire.getThumbnail,
	params: z.object({
		path: anyFile('Image', 'Image file of Drive'),
		size: z
			.enum(['small', 'medium', 'large', 'original'])
			.default('medium')
			.meta({ title: 'Size', description: 'How large the picture is' }),
	}),
	result: fileAnswer(),
	returns: 'file',
});
