import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { file as upload_file } from '../../catalog/fields';
import { procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calls, conflict, file, given, isMissing, mute, times, uploadConflict, type WireFile } from './fields';
import { anyFile, anyFolder, fileName } from './place';

/** A folder by its address, made where it is missing with those above it. Links are looked up, since one cannot create below them. */
export async function folderAt(dsm: Dsm, address: string, create: boolean): Promise<string> {
	const isSure = !create || /^(id:\d+|\/mydrive)$/.test(address);
	if (isSure && !address.startsWith('link:')) return address;
	try {
		const { file_id } = (await dsm.call(calls.get, { path: address }, { readOnly: true })) as WireFile;
		return `id:${file_id}`;
	} catch (error) {
		const at = address.lastIndexOf('/');
		if (!create || at <= 0 || !isMissing(error)) throw error;
		const parent = await folderAt(dsm, address.slice(0, at), true);
		return await newFolder(dsm, `${parent}${address.slice(at)}`);
	}
}

/** Another run may have made it in the meantime: 1022. */
async function newFolder(dsm: Dsm, path: string): Promise<string> {
	try {
		const made = (await dsm.call(calls.create, { path, type: 'folder', conflict_action: 'stop' })) as WireFile;
		return `id:${made.file_id}`;
	} catch (error) {
		if (!isDsmError(error) || error.dsmCode !== 1022) throw error;
		const { file_id } = (await dsm.call(calls.get, { path }, { readOnly: true })) as WireFile;
		return `id:${file_id}`;
	}
}

const parents = z.boolean().default(true).meta({
	title: 'Create Folders',
	description: 'Whether folders of the path that are missing are created',
	advanced: true,
});

export const upload = procedure({
	title: 'Upload a file',
	summary: 'Puts a file into a folder.',
	uses: [calls.get, calls.create, calls.upload],
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
	basis: 'guide',
	async run({ folder, file: source, name, create_parents, ...rest }, dsm) {
		const path = `${await folderAt(dsm, folder, create_parents)}/${(name ?? source.name).normalize('NFC')}`;
		return await dsm.call(calls.upload, given({ path, type: 'file', ...rest, file: source }));
	},
});

export const updateContent = procedure({
	title: 'Update the content of a file',
	summary: 'Replaces the content of a file, as a new version or without trace of the old one.',
	uses: [calls.get, calls.upload],
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
	result: file,
	basis: 'guide',
	async run({ file_to_update: path, file: source, ...rest }, dsm) {
		const { parent_id, name } = (await dsm.call(calls.get, { path }, { readOnly: true })) as WireFile;
		return await dsm.call(calls.upload, { path: `id:${parent_id}/${name}`, type: 'file', ...rest, file: source });
	},
});

/** The content goes as Base64, at most 1 MB of it. */
export const createText = procedure({
	title: 'Create a text file',
	summary: 'Puts a text of at most 1 MB into a folder as a file.',
	uses: [calls.get, calls.create],
	params: z.object({
		folder: anyFolder('Folder', 'Folder that gets the file'),
		name: fileName('Name of the file'),
		text: z
			.string()
			.refine((text) => Buffer.byteLength(text) <= 1_048_576, 'is longer than 1 MB: upload it as a file')
			.meta({ title: 'Text', description: 'Content of the file', widget: 'multiline' }),
		conflict_action: conflict(['autorename', 'overwrite', 'stop'], 'stop'),
		create_parents: parents,
		mute,
	}),
	result: file,
	basis: 'guide',
	async run({ folder, name, text, create_parents, ...rest }, dsm) {
		const path = `${await folderAt(dsm, folder, create_parents)}/${name}`;
		const file_content = Buffer.from(text).toString('base64');
		return await dsm.call(calls.create, { path, type: 'file', file_content, ...rest });
	},
});
