import { file as upload_file } from '../../../catalog/fields';
import { operation, procedure } from '../../../catalog/operation';
import { settled } from '../../../core/outcome';
import { z } from '../../../vendor/zod';
import { anyFile, anyFolder, conflict, fileName, given, mute, times, uploadConflict } from '../fields';
import { folderAt } from '../lib/folderAt';
import { lookCalls, uploaded } from '../lib/uploaded';
import { createNode, file, getFile, uploadFile } from '../wire/files';

const parents = z.boolean().default(true).meta({
	title: 'Create Folders',
	description: 'Whether folders of the path that are missing are created',
	advanced: true,
});

/** Not marked as destructive: by default the old content stays as a version. */
export const upload = procedure({
	title: 'Upload a file',
	summary: 'Puts a file into a folder.',
	uses: [createNode, uploadFile, ...lookCalls],
	params: z.object({
		folder: anyFolder('Folder', 'Folder that gets the file'),
		file: upload_file().meta({ title: 'File', description: 'File to upload' }),
		name: fileName('Name in Drive; empty: that of the file').optional(),
		conflict_action: uploadConflict,
		create_parents: parents,
		...times,
		mute,
	}),
	result: file,
	async run({ folder, file: source, name, create_parents, ...rest }, dsm) {
		const parent = await folderAt(dsm, folder, create_parents);
		const as = name ?? source.name.normalize('NFC');
		const wire = given({ path: `${parent}/${as}`, type: 'file', ...rest, file: source });
		return await settled(
			dsm,
			async () => await dsm.call(uploadFile, wire),
			async (since) => await uploaded(dsm, { folder: parent, name: as, size: source.size }, since),
		);
	},
});

/** Not marked as destructive: by default the old content stays as a version. */
export const updateContent = operation({
	title: 'Update the content of a file',
	summary: 'Replaces the content of a file, as a new version or without trace of the old one.',
	params: z.object({
		file_to_update: anyFile('File to Update', 'File that gets the new content'),
		file: upload_file().meta({ title: 'File', description: 'The new content' }),
		conflict_action: conflict(['version', 'overwrite'], 'version').meta({
			title: 'Old Content',
			description: 'What becomes of the old content',
			labels: { version: 'Keep as Version', overwrite: 'Overwrite' },
		}),
		mute,
	}),
	known: { call: getFile, request: ({ file_to_update: path }) => ({ path }) },
	call: uploadFile,
	request: ({ file_to_update, file: source, ...rest }, { parent_id, name }) => ({
		path: `id:${parent_id}/${name}`,
		type: 'file',
		...rest,
		file: source,
	}),
	lost: {
		uses: lookCalls,
		look: async ({ file: { size } }, dsm, since, { parent_id, name }) =>
			await uploaded(dsm, { folder: `id:${parent_id}`, name, size }, since),
	},
});

/** The content goes as Base64, at most 1 MB of it. */
export const createText = procedure({
	title: 'Create a text file',
	summary: 'Puts a text of at most 1 MB into a folder as a file.',
	uses: [createNode, ...lookCalls],
	params: z.object({
		folder: anyFolder('Folder', 'Folder that gets the file'),
		name: fileName('Name of the file'),
		text: z
			.string()
			.refine((text) => Buffer.byteLength(text) <= 1_048_576, 'is longer than 1 MB: upload it as a file')
			.meta({ title: 'Text', description: 'Content of the file', widget: 'multiline', budget: 'fileText' }),
		conflict_action: conflict(['autorename', 'overwrite', 'stop'], 'stop'),
		create_parents: parents,
		mute,
	}),
	result: file,
	async run({ folder, name, text, create_parents, ...rest }, dsm) {
		const parent = await folderAt(dsm, folder, create_parents);
		const content = Buffer.from(text);
		const wire = { path: `${parent}/${name}`, type: 'file', file_content: content.toString('base64'), ...rest };
		return await settled(
			dsm,
			async () => await dsm.call(createNode, wire),
			async (since) => await uploaded(dsm, { folder: parent, name, size: content.length }, since),
		);
	},
});
