import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, done, type NoteCall } from './call';
import { flag, number, object, refuse, required, sorted, text, texts } from './params';
import type { Todo } from './types';
import { todoRow } from './wire';

/** To-dos (notestation.md 11). */
export const todoBehaviours: BehaviourTable = {
	'SYNO.NoteStation.Todo.list': behaviour(list),
	'SYNO.NoteStation.Todo.get': behaviour((call) => ({
		data: todoRow(call.state, own(call, required(text(call.params, 'object_id'))), true),
	})),
	'SYNO.NoteStation.Todo.create': behaviour((call) => {
		const parent_id = text(call.params, 'parent_id') ?? '';
		if (parent_id !== '') own(call, parent_id);
		const { title, ...more } = fields(call);
		const todo = call.state.addTodo(call.me, required(title), more);
		return { data: todoRow(call.state, todo, true) };
	}),
	'SYNO.NoteStation.Todo.set': behaviour((call) => {
		for (const todo of listed(call)) Object.assign(todo, fields(call));
		return done;
	}),
	'SYNO.NoteStation.Todo.delete': behaviour((call) => {
		for (const todo of listed(call)) call.state.removeTodo(todo);
		return done;
	}),
};

function own({ state, me }: NoteCall, object_id: string): Todo {
	const todo = state.todos.get(object_id);
	return todo?.owner === me.uid ? todo : refuse(state.switches.missingCode);
}

/** `set` and `delete` want lists. */
const listed = (call: NoteCall): Todo[] => required(texts(call.params, 'object_id')).map((id) => own(call, id));

function fields({ params }: NoteCall): Partial<Todo> {
	const given = {
		...{ title: text(params, 'title'), comment: text(params, 'comment'), parent_id: text(params, 'parent_id') },
		...{ note_id: text(params, 'note_id'), done: flag(params, 'done'), star: flag(params, 'star') },
		...{ priority: number(params, 'priority'), due_date: number(params, 'due_date') },
		...{ reminder_offset: number(params, 'reminder_offset') },
	};
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Todo>;
}

/** Top level only unless a parent is named; `items` only when asked for. */
function list({ state, me, params }: NoteCall) {
	const filter = object(params, 'filter') ?? {};
	const parent = text(filter, 'parent_id');
	const notes = texts(filter, 'note_id');
	const isDone = flag(filter, 'done');
	const wanted = [...state.todos.values()].filter((todo) => {
		if (todo.owner !== me.uid) return false;
		if (parent !== undefined ? todo.parent_id !== parent : state.switches.topLevelOnly && todo.parent_id !== '')
			return false;
		return (isDone === undefined || todo.done === isDone) && (!notes || notes.includes(todo.note_id));
	});
	const rows = wanted.map((todo) => todoRow(state, todo, object(params, 'field')?.items === true));
	const ordered = sorted(rows, params);
	const offset = number(params, 'offset') ?? 0;
	const limit = number(params, 'limit') ?? 0;
	const todos = ordered.slice(offset, limit > 0 ? offset + limit : undefined);
	return { data: { ...(todos.length > 0 && { todos }), count: todos.length, offset, total: ordered.length } };
}
