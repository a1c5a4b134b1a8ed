import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, done, notebookOfCall, writable } from './call';
import { flag, page, refuse, required, sorted, text } from './params';
import { notebookRow } from './wire';

/** Notebooks and shelves (notestation.md 5). */
export const notebookBehaviours: BehaviourTable = {
	'SYNO.NoteStation.Notebook.list': behaviour(({ state, me, params }) => {
		state.notebooksOf(me);
		const visible = [...state.notebooks.values()].filter((notebook) => state.permOf(notebook, me));
		const rows = visible.map((notebook) => notebookRow(state, notebook, me));
		return { data: page('notebooks', sorted(rows, params), params) };
	}),
	'SYNO.NoteStation.Notebook.get': behaviour((call) => ({
		data: notebookRow(call.state, notebookOfCall(call), call.me),
	})),
	'SYNO.NoteStation.Notebook.create': behaviour(({ state, me, params }) => {
		state.notebooksOf(me);
		const notebook = state.addNotebook(me, required(text(params, 'title')));
		return { data: notebookRow(state, notebook, me) };
	}),
	'SYNO.NoteStation.Notebook.set': behaviour((call) => {
		const notebook = writable(call, notebookOfCall(call));
		notebook.title = text(call.params, 'title') ?? notebook.title;
		notebook.stack = text(call.params, 'stack') ?? notebook.stack;
		Object.assign(notebook, { ver: call.state.ids.ver(), mtime: call.state.now() });
		return done;
	}),
	'SYNO.NoteStation.Notebook.delete': behaviour((call) => {
		const notebook = notebookOfCall(call);
		if (notebook.owner !== call.me.uid) return refuse(105);
		call.state.removeNotebook(notebook, flag(call.params, 'recursive') ?? false);
		return done;
	}),
	'SYNO.NoteStation.Notebook.Preset.set': behaviour((call) => {
		const preset = notebookOfCall(call);
		for (const notebook of call.state.notebooksOf(call.me)) notebook.preset = notebook === preset;
		return done;
	}),
	// Parameters inferred; the job is over at once, and how its status looks was not captured.
	'SYNO.NoteStation.Notebook.Polling.archive': behaviour((call) => {
		notebookOfCall(call).archive = flag(call.params, 'archive') ?? true;
		return { data: { task_id: `${call.me.name}/NoteStation_Archive${call.state.now()}` } };
	}),
	// A shelf is an attribute of its notebooks; creating one alone is refused with 1032 (seen twice).
	'SYNO.NoteStation.Stack.set': behaviour(({ state, me, params }) => {
		const stack = text(params, 'stack_id');
		const shelved = state.notebooksOf(me).filter((notebook) => stack !== undefined && notebook.stack === stack);
		if (shelved.length === 0) return refuse(1032);
		for (const notebook of shelved) notebook.stack = required(text(params, 'name'));
		return done;
	}),
	'SYNO.NoteStation.Stack.delete': behaviour(({ state, me, params }) => {
		const stack = required(text(params, 'stack_id'));
		for (const notebook of state.notebooksOf(me)) if (notebook.stack === stack) notebook.stack = '';
		return done;
	}),
};
