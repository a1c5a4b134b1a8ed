import type { Basis } from '../../../core/call';
import { field, row } from '../../../catalog/row';
import { call } from '../../../catalog/wire';

const source = 'notestation.md 12';

/** How far a background task is. */
const state = row(
	{
		finish: field.flag(),
		current: field.number().optional(),
		total: field.number().optional(),
		finish_time: field.seconds().optional(),
	},
	{ lift: ['data'] },
);

/** Calls of one kind of background task. */
const task = (
	name: 'Export.Notebook' | 'Import.Notebook' | 'Import.Enex' | 'Export.Note' | 'Export.Word',
	basis: Basis,
) => {
	const api = `SYNO.NoteStation.${name}` as const;
	return {
		start: call(api, 'start', 1, { answer: row({ task_id: field.id() }), basis, source }),
		status: call(api, 'status', 1, { answer: state, readOnly: true, basis, source }),
		stop: call(api, 'stop', 1, { basis, source }),
	};
};
export type TaskCalls = ReturnType<typeof task>;

export const notebookExport = task('Export.Notebook', 'capture');
export const notebookImport = task('Import.Notebook', 'capture');
export const enexImport = task('Import.Enex', 'capture');

/** Of single notes; their tasks are told apart by an id. */
export const noteExport = {
	...task('Export.Note', 'inferred'),
	download: call('SYNO.NoteStation.Export.Note', 'download', 1, { basis: 'inferred', source }),
};
export const wordExport = {
	...task('Export.Word', 'inferred'),
	download: call('SYNO.NoteStation.Export.Word', 'download', 1, { basis: 'inferred', source }),
};

/** The folder into which notebooks were exported. */
export const listFolder = call('SYNO.FileStation.List', 'list', 2, {
	list: 'files',
	of: row({ name: field.text(), path: field.text() }),
	...{ readOnly: true, basis: 'guide', source: 'filestation.md 4.3' },
});
