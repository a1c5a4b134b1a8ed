import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { file as upload_file } from '../fields';
import { operation, procedure } from '../operation';
import { timeout } from '../tasks';
import { z } from '../../vendor/zod';
import { calls, conflict, file, given, isFolder, mute, nothing, seconds, toNothing, type WireFile } from './fields';
import { anyFile, anyFolder, fileName, files } from './place';
import { carryOut, outcome, waiting, type Outcome } from './tasks';

const api = 'SYNO.SynologyDrive.Files';
const isMissing = (error: unknown): boolean => isDsmError(error) && (error.dsmCode === 1003 || error.dsmCode === 1000);

/** A folder by its address, made where it is missing with those above it. Links are looked up, since one cannot create below them. */
export async function folderAt(dsm: Dsm, address: string, create: boolean): Promise<string> {
	if (!create && !address.startsWith('link:')) return address;
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
const times = {
	modified_time: seconds('Modified', 'Time of the content'),
	created_time: seconds('Created', 'Time of the record in Drive'),
};
const uploadConflict = conflict(['version', 'overwrite', 'autorename', 'stop'], 'version');

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

export const rename = operation({
	title: 'Rename a file or folder',
	summary: 'Gives a file or folder another name in its folder.',
	call: calls.update,
	params: z.object({ file: anyFile(), name: fileName('The new name'), mute }),
	request: ({ file: path, ...rest }) => ({ path, ...rest }),
	result: file,
	basis: 'guide',
});

export const setTimes = operation({
	title: 'Set the times of a file',
	summary: 'Changes the times that Drive shows of a file or folder.',
	call: calls.update,
	params: z.object({ file: anyFile(), ...times, access_time: seconds('Opened', 'Time of the last access'), mute }),
	request: ({ file: path, ...rest }) => given({ path, ...rest }),
	result: file,
	basis: 'guide',
});

const others = (verb: string) =>
	files(`More files and folders to ${verb} with the first one`)
		.default([])
		.meta({ title: 'More Files', description: `More files and folders to ${verb}`, advanced: true });

const transfer = (method: 'move' | 'copy', title: string, summary: string) =>
	procedure({
		title,
		summary,
		uses: [{ api, method, version: 10 }, ...waiting],
		params: z.object({
			file: anyFile(),
			to_folder: anyFolder('To Folder', 'Folder to put it into'),
			conflict_action:
				method === 'move'
					? conflict(['autorename', 'version', 'overwrite', 'skip', 'stop'], 'autorename')
					: conflict(['autorename', 'version', 'overwrite', 'stop'], 'autorename'),
			others: others(method),
			timeout: timeout(),
		}),
		result: z.array(outcome),
		basis: 'guide',
		run: async ({ file: first, others: more, to_folder, conflict_action, timeout: seconds }, dsm) =>
			await carryOut(dsm, {
				call: { api, method, version: 10 },
				params: { files: [first, ...more], to_parent_folder: to_folder, conflict_action },
				timeout: seconds,
				what: method === 'move' ? 'Moving' : 'Copying',
			}),
	});

export const move = transfer(
	'move',
	'Move a file or folder',
	'Puts files and folders into another folder; what failed is a row of its own.',
);
export const copy = transfer(
	'copy',
	'Copy a file or folder',
	'Copies files and folders into a folder; what failed is a row of its own.',
);

const permanent = z.boolean().default(false).meta({
	title: 'Permanently',
	description: 'Whether it is deleted for ever, instead of being put into the trash',
});

/** Only what is in the trash can be deleted for ever, by its id, which survives (drive.md 4.9). */
async function discard(dsm: Dsm, addresses: string[], forEver: boolean, seconds: number): Promise<Outcome[]> {
	const take = async (list: string[], permanent: boolean): Promise<Outcome[]> => {
		if (list.length === 0) return [];
		const params = { files: list, ...(permanent && { permanent }) };
		return await carryOut(dsm, { call: calls.delete, params, timeout: seconds, what: 'Deleting' });
	};
	if (!forEver) return await take(addresses, false);
	const found = await idsOf(dsm, addresses);
	const living = found.filter(({ removed }) => !removed).map(({ id }) => id);
	await take(living, false);
	return await take(
		found.map(({ id }) => id),
		true,
	);
}

/** An id is taken as it is: what lies in the trash may not be found by asking for it. */
async function idsOf(dsm: Dsm, addresses: string[]): Promise<{ id: string; removed: boolean }[]> {
	const found: { id: string; removed: boolean }[] = [];
	for (const address of addresses) {
		try {
			const row = (await dsm.call(calls.get, { path: address }, { readOnly: true })) as WireFile;
			found.push({ id: `id:${row.file_id}`, removed: row.removed === true });
		} catch (error) {
			if (!isMissing(error) || !/^id:\d+$/.test(address)) throw error;
			found.push({ id: address, removed: true });
		}
	}
	return found;
}

export const remove = procedure({
	title: 'Delete a file or folder',
	summary: 'Puts a file or folder into the trash, or deletes it for ever.',
	uses: [calls.get, calls.delete, ...waiting],
	params: z.object({ file: anyFile(), permanent, timeout: timeout() }),
	result: nothing,
	destructive: true,
	basis: 'capture',
	async run(wanted, dsm) {
		await discard(dsm, [wanted.file], wanted.permanent, wanted.timeout);
		return {};
	},
});

export const removeMany = procedure({
	title: 'Delete several files',
	summary: 'Puts several files and folders into the trash, or deletes them for ever; what failed is a row of its own.',
	uses: [calls.get, calls.delete, ...waiting],
	params: z.object({ files: files('Files and folders to delete').min(1), permanent, timeout: timeout() }),
	result: z.array(outcome),
	destructive: true,
	basis: 'capture',
	run: async (wanted, dsm) => await discard(dsm, wanted.files, wanted.permanent, wanted.timeout),
});

/** Matches a file name: `*` stands for any text, `?` for one character. */
export const matcher = (pattern: string): ((name: string) => boolean) => {
	if (pattern === '') return () => true;
	const source = pattern
		.normalize('NFC')
		.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
		.replaceAll('*', '.*')
		.replaceAll('?', '.');
	const expression = new RegExp(`^${source}$`, 'isu');
	return (name) => expression.test(name.normalize('NFC'));
};

export const keepNewest = procedure({
	title: 'Keep the newest files',
	summary: 'Deletes the oldest files of a folder until only so many are left, as for backups.',
	uses: [calls.list, calls.get, calls.delete, ...waiting],
	params: z.object({
		folder: anyFolder('Folder', 'Folder to thin out; its subfolders stay'),
		keep: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.default(7)
			.meta({ title: 'Keep', description: 'Files that stay' }),
		pattern: z.string().default('').meta({
			title: 'Name Pattern',
			description: 'Only files of such names count, * for any text',
			placeholder: 'e.g. dump-*.sql.gz',
		}),
		by: z
			.enum(['created_time', 'modified_time'])
			.default('created_time')
			.meta({
				title: 'Newest By',
				description: 'Which time decides',
				labels: { created_time: 'Created in Drive', modified_time: 'Modified' },
				advanced: true,
			}),
		permanent,
		timeout: timeout(),
	}),
	result: z.array(outcome),
	destructive: true,
	basis: 'guide',
	async run(wanted, dsm) {
		const rows = (await dsm.call(calls.list, { path: wanted.folder }, { readOnly: true })) as { items: WireFile[] };
		const fits = matcher(wanted.pattern);
		const found = rows.items.filter((row) => !isFolder(row) && fits(row.name));
		const age = (row: WireFile): number => Number(row[wanted.by] ?? 0);
		// Of one second the later number is the newer file.
		const order = found.sort((a, b) => age(b) - age(a) || Number(b.sync_id ?? 0) - Number(a.sync_id ?? 0));
		const old = order.slice(wanted.keep).map(({ file_id }) => `id:${file_id}`);
		return old.length === 0 ? [] : await discard(dsm, old, wanted.permanent, wanted.timeout);
	},
});

export const setStar = operation({
	title: 'Star a file',
	summary: 'Adds files and folders to the starred ones of the account.',
	call: { api, method: 'star', version: 10 },
	params: z.object({ file: anyFile(), others: others('star') }),
	request: ({ file: first, others: more }) => ({ files: [first, ...more], starred: true }),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

export const removeStar = operation({
	title: 'Unstar a file',
	summary: 'Takes files and folders from the starred ones of the account.',
	call: { api, method: 'star', version: 10 },
	params: z.object({ file: anyFile(), others: others('unstar') }),
	request: ({ file: first, others: more }) => ({ files: [first, ...more], starred: false }),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

export const requestAccess = operation({
	title: 'Request access to a file',
	summary: 'Asks the owner of a file for access.',
	call: { api, method: 'request_access', version: 10 },
	params: z.object({ file: anyFile() }),
	request: ({ file: path }) => ({ path }),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

export const importFromNas = procedure({
	title: 'Import files of the NAS',
	summary: 'Copies files of shared folders into Drive, on the NAS itself.',
	uses: [{ api, method: 'upload_from_dsm', version: 10 }, ...waiting],
	params: z.object({
		paths: z
			.array(z.string().regex(/^\/volume\d+\/.+/, 'is no path on a volume, e.g. /volume1/docs/a.txt'))
			.min(1)
			.meta({ title: 'Paths', description: 'Files by volume and path', placeholder: '/volume1/docs/plan.txt' }),
		folder: anyFolder('Folder', 'Folder that gets the files'),
		conflict_action: uploadConflict,
		timeout: timeout(),
	}),
	result: z.array(outcome),
	basis: 'guide',
	run: async ({ paths, folder, conflict_action, timeout: seconds }, dsm) =>
		await carryOut(dsm, {
			call: { api, method: 'upload_from_dsm', version: 10 },
			params: { dsm_paths: paths, path: folder, conflict_action },
			timeout: seconds,
			what: 'The import',
		}),
});

/** The object form of the files needs version 10 (drive.md 4.13). */
export const convertToOffice = procedure({
	title: 'Convert to Synology Office',
	summary: 'Makes a document of Synology Office of a .docx, .xlsx, .xls or .pptx file, which stays.',
	uses: [{ api, method: 'convert_office', version: 10 }, ...waiting],
	params: z.object({
		file: anyFile('File', 'Office file to convert'),
		to_folder: anyFolder('To Folder', 'Folder that gets the document; empty: that of the file').optional(),
		password: z.string().optional().meta({ title: 'Password', description: 'Password of the file', widget: 'secret' }),
		conflict_action: conflict(['autorename', 'version', 'overwrite', 'stop'], 'autorename'),
		timeout: timeout(),
	}),
	result: z.array(outcome),
	basis: 'guide',
	run: async ({ file: path, to_folder, password, conflict_action, timeout: seconds }, dsm) =>
		await carryOut(dsm, {
			call: { api, method: 'convert_office', version: 10 },
			params: given({ files: [given({ path, password })], to_parent_folder: to_folder, conflict_action }),
			timeout: seconds,
			what: 'The conversion',
		}),
});
