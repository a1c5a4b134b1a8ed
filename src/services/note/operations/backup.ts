import { bare } from '../../../core/call';
import type { FileAnswer } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmInputError, isDsmError } from '../../../core/errors';
import { file, fileAnswer } from '../../../catalog/fields';
import { stateOf, type Patience } from '../../../catalog/backgroundTask';
import { procedure, resource } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import { timeout } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { browsing } from '../../file/fields';
import { note_id } from '../fields';
import {
	enexImport,
	listFolder,
	noteExport,
	notebookExport,
	notebookImport,
	wordExport,
	type Task,
} from '../wire/tasks';

const path = (title: string, description: string, placeholder: string) =>
	z
		.string()
		.startsWith('/', 'must begin with /')
		.meta({ title, description, placeholder, ...browsing() });

/** How a task ended. */
const ended = row({
	task_id: field.id(),
	current: field.number().optional(),
	total: field.number().optional(),
	finish_time: field.seconds().optional(),
});

/** Starts a task and waits for its end. */
async function done(dsm: Dsm, { start, kind }: Task, params: Record<string, unknown>, waiting: Patience) {
	const { task_id } = await dsm.call(start, params);
	const { current, total, finish_time } = stateOf(await kind.finish(dsm, task_id, waiting), waiting.what);
	return { task_id, current, total, finish_time };
}

const notebook_ids = z
	.array(z.string().min(1))
	.default([])
	.meta({
		title: 'Notebooks',
		description: 'Notebooks to export; none: all',
		widget: 'picker',
		choices: { from: 'note.notebook.list', value: 'object_id', label: 'title' },
	});

/** All notebooks are the literal `null`; a single one goes as text, which every source has. */
export const exportNotebooks = procedure({
	title: 'Export notebooks',
	summary: 'Writes notebooks as an .nsx file into a folder of the NAS, and waits until it is there.',
	uses: [...notebookExport.uses, listFolder],
	params: z.object({
		notebook_ids,
		dest: path('Folder', 'Folder of the NAS for the file', 'e.g. /docs'),
		export_todo: z
			.boolean()
			.default(true)
			.meta({ title: 'With To-Dos', description: 'Whether to-dos are exported, too' }),
		timeout: timeout(),
	}),
	result: ended.with({ path: field.text().optional() }),
	async run({ notebook_ids: ids, dest, export_todo, timeout: time }, dsm) {
		const object_id = ids.length === 0 ? bare('null') : ids.length === 1 ? ids[0] : ids;
		const params = { object_id, dest, save_config: false, export_todo };
		const answer = await done(dsm, notebookExport, params, { timeout: time, what: 'The export' });
		const made = await newestExport(dest, dsm);
		return { ...answer, ...(made !== undefined && { path: made }) };
	},
});

/** The NAS does not say how the file is called: `<date>_<time>_<n>_<user>.nsx`. Without File Station it stays unknown. */
async function newestExport(folder_path: string, dsm: Dsm): Promise<string | undefined> {
	try {
		const files = await dsm.list(listFolder, { folder_path, sort_by: 'name', sort_direction: 'desc' });
		const isOwn = ({ name }: { name: string }) => /^\d{8}_\d{6}_/.test(name) && name.endsWith(`_${dsm.account}.nsx`);
		return files.find(isOwn)?.path;
	} catch (error) {
		if (isDsmError(error) && ['api', 'permission', 'unavailable'].includes(error.code)) return undefined;
		throw error;
	}
}

export const exportNote = procedure({
	title: 'Export a note',
	summary: 'Gives a note as a web page or Word document.',
	uses: [...noteExport.uses, noteExport.download, ...wordExport.uses, wordExport.download],
	params: z.object({
		note_id,
		file_type: z
			.enum(['html', 'word'])
			.default('html')
			.meta({ title: 'File Type', description: 'Kind of file', labels: { html: 'Web Page', word: 'Word Document' } }),
		timeout: timeout(),
	}),
	result: fileAnswer(),
	returns: 'file',
	async run(given, dsm): Promise<FileAnswer> {
		const calls = given.file_type === 'word' ? wordExport : noteExport;
		const params = { object_id: given.note_id };
		const { task_id } = await done(dsm, calls, params, { timeout: given.timeout, what: 'The export' });
		return await dsm.file(calls.download, { task_id, remove: true });
	},
});

/** Which import takes a file. Throws DsmInputError for other endings. */
function importOf(name: string, at: string): Task {
	if (/\.nsx$/i.test(name)) return notebookImport;
	if (/\.enex$/i.test(name)) return enexImport;
	throw new DsmInputError(`"${name}" is neither an .nsx nor an .enex file.`, {
		path: [at],
		hint: 'Note Station imports its own exports (.nsx) and those of Evernote (.enex).',
	});
}

const importCalls = [...notebookImport.uses, ...enexImport.uses];

export const importPath = procedure({
	title: 'Import notebooks from the NAS',
	summary: 'Imports an .nsx or .enex file that lies on the NAS, and waits until it is done.',
	uses: importCalls,
	params: z.object({
		path: path('File', 'File on the NAS', 'e.g. /docs/20270104_080000_3_alice.nsx'),
		timeout: timeout(),
	}),
	result: ended,
	async run({ path: source, timeout: time }, dsm) {
		const name = source.slice(source.lastIndexOf('/') + 1);
		const params = { file: [{ name, format: 'ds', path: source }] };
		return await done(dsm, importOf(name, 'path'), params, { timeout: time, what: 'The import' });
	},
});

const PART = 'ext-gen1';

export const importFile = procedure({
	title: 'Import notebooks from a file',
	summary: 'Sends an .nsx or .enex file to Note Station, and waits until it is imported.',
	uses: importCalls,
	params: z.object({ file: file().meta({ title: 'File', description: 'File to import' }), timeout: timeout() }),
	result: ended,
	basis: 'inferred',
	async run({ file: source, timeout: time }, dsm) {
		const params = { file: [{ format: 'raw', name: PART }], [PART]: source };
		return await done(dsm, importOf(source.name, 'file'), params, { timeout: time, what: 'The import' });
	},
});

export const backups = resource('Backup', { exportNotebooks, exportNote, importPath, importFile });
