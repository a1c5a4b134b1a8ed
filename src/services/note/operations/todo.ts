import type { Dsm } from '../../../core/dsm';
import { moment } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { timeOf } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { note_id, todo_id } from '../fields';
import { allTodos, treeOf } from '../lib/allTodos';
import { createTodo, deleteTodos, getTodo, listTodos, setTodos, todo, type Todo } from '../wire/todos';

const DAY = 86_400_000;

const filters = {
	status: z
		.enum(['open', 'done', 'all'])
		.default('open')
		.meta({ title: 'Status', description: 'Which to-dos', labels: { open: 'Open', done: 'Completed', all: 'All' } }),
	due: z
		.enum(['any', 'overdue', 'today', 'week', 'none'])
		.default('any')
		.meta({
			title: 'Due',
			description: 'When they are due; days are counted from now in steps of 24 hours',
			labels: { any: 'Any Time', overdue: 'Overdue', today: 'Within a Day', week: 'Within a Week', none: 'Never' },
		}),
	starred: z.boolean().default(false).meta({
		title: 'Starred Only',
		description: 'Whether only starred to-dos are listed',
		advanced: true,
	}),
	note_id: note_id.optional().meta({
		...note_id.meta(),
		description: 'Note that the to-dos belong to; none: all',
		advanced: true,
	}),
};
type Filters = z.output<z.ZodObject<typeof filters>>;

async function wanted({ status, due, starred, note_id: note }: Filters, dsm: Dsm): Promise<Todo[]> {
	const rows = await allTodos(dsm, note === undefined ? {} : { note_id: [note] });
	return rows.filter((row) => {
		if (status !== 'all' && (row.done ?? false) !== (status === 'done')) return false;
		return (!starred || row.star === true) && isDue(row, due, dsm.now());
	});
}

function isDue({ due_date }: Todo, due: Filters['due'], now: number): boolean {
	if (due === 'any') return true;
	if (due === 'none') return !due_date;
	const left = timeOf(due_date) - now;
	return due === 'overdue' ? left <= 0 : left <= (due === 'today' ? DAY : 7 * DAY);
}

export const list = procedure({
	title: 'List to-dos',
	summary: 'Lists to-dos and their subtasks, those without a due date first, then by due date.',
	uses: [listTodos],
	params: z.object(filters),
	result: z.array(todo),
	readOnly: true,
	run: wanted,
});

export const listTree = procedure({
	title: 'List to-dos as a tree',
	summary: 'Lists to-dos with their subtasks in them, to any depth.',
	uses: [listTodos],
	params: z.object(filters),
	result: z.array(todo.with({ subtasks: z.array(z.unknown()) })),
	readOnly: true,
	run: async (given, dsm) => treeOf(await wanted(given, dsm)),
});

export const get = operation({
	title: 'Get a to-do',
	summary: 'Gives one to-do.',
	call: getTodo,
	params: z.object({ todo_id }),
	request: (given) => ({ object_id: given.todo_id }),
});

const title = z
	.string()
	.min(1)
	.meta({ title: 'Title', description: 'What is to be done', placeholder: 'e.g. Buy disks' });
const due_date = moment().meta({ title: 'Due', description: 'When it is to be done', widget: 'moment' });
const comment = z.string().meta({ title: 'Comment', description: 'Remark', widget: 'multiline' });
const star = z.boolean().meta({ title: 'Starred', description: 'Whether it is starred' });
const priority = z.coerce.number<number | string>().int().meta({
	title: 'Priority',
	description: 'Number as Note Station keeps it: -1 none, 300 high; 100 and 200 are likely low and medium',
	advanced: true,
});
const reminder_offset = z.coerce.number<number | string>().int().meta({
	title: 'Reminder',
	description: 'Number as Note Station keeps it, likely seconds before the due time; -1 none',
	advanced: true,
});

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** Only title, due date and parent are known to work when creating; the rest follows (notestation.md 11.2). */
export const create = procedure({
	title: 'Create a to-do',
	summary: 'Makes a to-do, or a subtask of another.',
	uses: [createTodo, setTodos, getTodo],
	params: z.object({
		title,
		due_date: due_date.optional(),
		parent_id: todo_id.optional().meta({
			...todo_id.meta(),
			title: 'Parent',
			description: 'To-do of which this is a subtask; none: it stands by itself',
		}),
		comment: comment.default(''),
		priority: priority.optional(),
		star: star.optional(),
		reminder_offset: reminder_offset.optional(),
	}),
	result: todo,
	async run({ title: name, due_date: at, parent_id, comment: remark, ...rest }, dsm) {
		const made = await dsm.call(createTodo, {
			...{ title: name, parent_id, due_date: at === undefined ? undefined : seconds(at) },
		});
		const given = Object.entries(rest).filter(([, value]) => value !== undefined);
		const more = { ...(remark !== '' && { comment: remark }), ...Object.fromEntries(given) };
		return Object.keys(more).length === 0 ? made : await changed(made.object_id, more, dsm);
	},
});

async function changed(object_id: string, fields: Record<string, unknown>, dsm: Dsm): Promise<Todo> {
	await dsm.call(setTodos, { object_id: [object_id], ...fields });
	return await dsm.call(getTodo, { object_id });
}

export const update = operation({
	title: 'Update a to-do',
	summary: 'Changes a to-do; what is left out stays.',
	call: setTodos,
	params: z.object({
		todo_id,
		title: title.optional(),
		due_date: due_date.optional(),
		no_due_date: z.boolean().default(false).meta({
			title: 'Without Due Date',
			description: 'Whether its due date is taken away',
			advanced: true,
		}),
		comment: comment.optional(),
		priority: priority.optional(),
		star: star.optional(),
		reminder_offset: reminder_offset.optional(),
	}),
	request: ({ todo_id: id, due_date: at, no_due_date, ...fields }) => ({
		object_id: [id],
		...fields,
		due_date: no_due_date ? -1 : at === undefined ? undefined : seconds(at),
	}),
	then: { call: getTodo, request: (given) => ({ object_id: given.todo_id }) },
	result: todo,
});

const todo_ids = z
	.array(todo_id)
	.min(1)
	.meta({ ...todo_id.meta(), title: 'To-Dos', description: 'To-dos to work on' });

const setting = (wording: { title: string; summary: string }, fields: Record<string, unknown>) =>
	operation({
		...wording,
		call: setTodos,
		params: z.object({ todo_ids }),
		request: (given) => ({ object_id: given.todo_ids, ...fields }),
	});

export const complete = setting(
	{ title: 'Complete to-dos', summary: 'Marks to-dos as done; what becomes of their subtasks is left to the NAS.' },
	{ done: true },
);
export const reopen = setting({ title: 'Reopen to-dos', summary: 'Marks to-dos as not done.' }, { done: false });
export const starAll = setting({ title: 'Star to-dos', summary: 'Gives to-dos a star.' }, { star: true });
export const unstar = setting({ title: 'Unstar to-dos', summary: 'Takes the star off to-dos.' }, { star: false });

export const move = operation({
	title: 'Move a to-do',
	summary: 'Makes a to-do a subtask of another, or puts it at the top.',
	call: setTodos,
	params: z.object({
		todo_id,
		parent_id: z.string().default('').meta({
			title: 'Parent ID',
			description: 'ID of the to-do of which it becomes a subtask; empty: the top',
			placeholder: 'e.g. 1026_8VFQ1M2K9H4LB0N7T3C5D6E1AS',
		}),
	}),
	request: (given) => ({ object_id: [given.todo_id], parent_id: given.parent_id }),
	basis: 'inferred',
});

export const remove = operation({
	title: 'Delete to-dos',
	summary: 'Deletes to-dos.',
	call: deleteTodos,
	params: z.object({ todo_ids }),
	request: (given) => ({ object_id: given.todo_ids }),
	destructive: true,
	deletes: true,
});

export const todos = resource('To-Do', {
	...{ list, listTree, get, create, update, complete, reopen, star: starAll, unstar, move, delete: remove },
});
