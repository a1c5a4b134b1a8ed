import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { emptyIsAbsent } from './owned';

/** -1 means none. */
const dueDate = z.preprocess(
	(value) => (typeof value === 'number' && value <= 0 ? null : value),
	field.secondsOrNever(),
);

/** A to-do (notestation.md 11.1). `items`: ids of its subtasks. */
export const todo = row(
	{
		object_id: field.id(),
		title: field.text().optional(),
		comment: field.text().optional(),
		done: field.flag().optional(),
		star: field.flag().optional(),
		/** -1: none. */
		priority: field.number().optional(),
		due_date: dueDate.optional(),
		/** -1: none; likely seconds before the due date. */
		reminder_offset: field.number().optional(),
		/** Empty at the top level. */
		parent_id: field.text().optional(),
		note_id: field.text().optional(),
		note_parent_id: field.text().optional(),
		note_title: field.text().optional(),
		items: z.array(field.id()).optional(),
	},
	{
		simple: [
			...['object_id', 'title', 'comment', 'done', 'star', 'priority', 'due_date', 'parent_id'],
			...['note_id', 'note_title'],
		],
	},
);
export type Todo = z.output<typeof todo>;

const of = 'SYNO.NoteStation.Todo';
const known = { basis: 'capture', source: 'notestation.md 11.2' } as const;

/** The top level only, as it seems, unless a parent is named. */
export const listTodos = call(of, 'list', 2, {
	...{ list: 'todos', of: todo, page: 500, emptyIsAbsent, readOnly: true, ...known },
});

export const getTodo = call(of, 'get', 2, { answer: todo, readOnly: true, ...known });

/** Only title, due date and parent are known to work. */
export const createTodo = call(of, 'create', 2, { answer: todo, ...known });

export const setTodos = repeatable(call(of, 'set', 2, known));

/** Version 1, which both known clients send. */
export const deleteTodos = repeatable(call(of, 'delete', 1, known), { done: [] });
