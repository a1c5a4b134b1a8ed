import type { Basis } from '../../../core/call';
import { backgroundTask } from '../../../catalog/backgroundTask';
import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';

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

/** No such task (notestation.md 2.5). */
const NO_TASK = 1058;

/** One kind of background task. Those of single notes are told apart by an id; of the others an account has one at a time. */
function task(name: `${'Export' | 'Import'}.${string}`, basis: Basis, isById = false) {
	const api = `SYNO.NoteStation.${name}` as const;
	const start = call(api, 'start', 1, { answer: row({ task_id: field.id() }), basis, source });
	const kind = backgroundTask({
		status: call(api, 'status', 1, { answer: state, readOnly: true, basis, source }),
		stop: repeatable(call(api, 'stop', 1, { basis, source })),
		idOf: ({ task_id }: { task_id: string }) => task_id,
		named: (task_id) => (isById ? { task_id } : {}),
		read: (look) => {
			const { finish, current = 0, total = 0 } = look;
			if (finish) return { is: 'done', state: look };
			return { is: 'running', state: look, ...(total > 0 && { progress: current / total }) };
		},
		refusal: (error) => (error.dsmCode === NO_TASK ? { is: 'gone', error } : undefined),
	});
	return { start, kind, uses: [start, kind.status, kind.stop] };
}
export type Task = ReturnType<typeof task>;

export const notebookExport = task('Export.Notebook', 'capture');
export const notebookImport = task('Import.Notebook', 'capture');
export const enexImport = task('Import.Enex', 'capture');

/** Of single notes, whose answer has to be fetched. */
const fetched = (name: 'Export.Note' | 'Export.Word') => ({
	...task(name, 'inferred', true),
	download: call(`SYNO.NoteStation.${name}`, 'download', 1, { basis: 'inferred', source }),
});
export const noteExport = fetched('Export.Note');
export const wordExport = fetched('Export.Word');

/** The folder into which notebooks were exported. */
export const listFolder = call('SYNO.FileStation.List', 'list', 2, {
	list: 'files',
	of: row({ name: field.text(), path: field.text() }),
	...{ readOnly: true, basis: 'guide', source: 'filestation.md 4.3' },
});
