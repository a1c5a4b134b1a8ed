import type { Dsm } from '../../core/dsm';
import { moment } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { todoCreate, todoGet, todoList, todoSet } from './calls';
import { note_id, nothing, todo_id, toNothing } from './fields';
import { allTodos, todo, treeOf, type Todo } from './todos';

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
		if (status !== 'all' && row.done !== (status === 'done')) return false;
		return (!starred || row.star === true) && isDue(row, due, dsm.now());
	});
}

function isDue({ due_date = -1 }: Todo, due: Filters['due'], now: number): boolean {
	if (due === 'any') return true;
	if (due === 'none') return due_date <= 0;
	const left = due_date * 1000 - now;
	if (due_date <= 0) return false;
	return due === 'overdue' ? left <= 0 : left <= (due === 'today' ? DAY : 7 * DAY);
}

export const list = procedure({
	title: 'List todos',
	summary: 'Lists to-dos and their subtasks, those without a due date first, then by due date.',
	uses: [todoList],
	params: z.object(filters),
	result: z.array(todo),
	readOnly: true,
	basis: 'capture',
	run: wanted,
});

export const tree = procedure({
	title: 'List todos as a tree',
	summary: 'Lists to-dos with their subtasks in them, to any depth.',
	uses: [todoList],
	params: z.object(filters),
	result: z.array(todo.extend({ subtasks: z.array(z.unknown()) })),
	readOnly: true,
	basis: 'capture',
	run: async (given, dsm) => treeOf(await wanted(given, dsm)),
});

export const get = operation({
	title: 'Get a todo',
	summary: 'Gives one to-do.',
	call: todoGet,
	params: z.object({ todo_id }),
	request: (given) => ({ object_id: given.todo_id }),
	result: todo,
	readOnly: true,
	basis: 'capture',
});

const title = z
	.string()
	.min(1)
	.meta({ title: 'Title', description: 'What is to be done', placeholder: 'e.g. Buy disks' });
const due = moment().meta({ title: 'Due', description: 'When it is to be done', widget: 'moment' });
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
	title: 'Create a todo',
	summary: 'Makes a to-do, or a subtask of another.',
	uses: [todoCreate, todoSet, todoGet],
	params: z.object({
		title,
		due: due.optional(),
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
	basis: 'capture',
	async run({ title: name, due: at, parent_id, comment: remark, priority: rank, star: starred, ...rest }, dsm) {
		const made = (await dsm.call(todoCreate, {
			...{ title: name, parent_id, due_date: at === undefined ? undefined : seconds(at) },
		})) as Todo;
		const more = {
			...(remark !== '' && { comment: remark }),
			...(rank !== undefined && { priority: rank }),
			...(starred !== undefined && { star: starred }),
			...(rest.reminder_offset !== undefined && rest),
		};
		return Object.keys(more).length === 0 ? made : await changed(made.object_id, more, dsm);
	},
});

async function changed(object_id: string, fields: Record<string, unknown>, dsm: Dsm): Promise<Todo> {
	await dsm.call(todoSet, { object_id: [object_id], ...fields });
	return (await dsm.call(todoGet, { object_id }, { readOnly: true })) as Todo;
}

export const update = procedure({
	title: 'Update a todo',
	summary: 'Changes a to-do; what is left out stays.',
	uses: [todoSet, todoGet],
	params: z.object({
		todo_id,
		title: title.optional(),
		due: due.optional(),
		noDue: z.boolean().default(false).meta({
			title: 'Without Due Date',
			description: 'Whether its due date is taken away',
			advanced: true,
		}),
		comment: comment.optional(),
		priority: priority.optional(),
		star: star.optional(),
		reminder_offset: reminder_offset.optional(),
	}),
	result: todo,
	basis: 'capture',
	async run({ todo_id: id, due: at, noDue, ...fields }, dsm) {
		const due_date = noDue ? -1 : at === undefined ? undefined : seconds(at);
		return await changed(id, { ...fields, due_date }, dsm);
	},
});

const todo_ids = z
	.array(todo_id)
	.min(1)
	.meta({ ...todo_id.meta(), title: 'To-Dos', description: 'To-dos to work on' });

const setting = (wording: { title: string; summary: string }, fields: Record<string, unknown>) =>
	operation({
		...wording,
		call: todoSet,
		params: z.object({ todo_ids }),
		request: (given) => ({ object_id: given.todo_ids, ...fields }),
		response: toNothing,
		result: nothing,
		basis: 'capture',
	});

export const complete = setting(
	{ title: 'Complete todos', summary: 'Marks to-dos as done; what becomes of their subtasks is left to the NAS.' },
	{ done: true },
);
export const reopen = setting({ title: 'Reopen todos', summary: 'Marks to-dos as not done.' }, { done: false });
export const addStar = setting({ title: 'Star todos', summary: 'Gives to-dos a star.' }, { star: true });
export const removeStar = setting({ title: 'Unstar todos', summary: 'Takes the star off to-dos.' }, { star: false });

export const move = operation({
	title: 'Move a todo',
	summary: 'Makes a to-do a subtask of another, or puts it at the top.',
	call: todoSet,
	params: z.object({
		todo_id,
		parent_id: z.string().default('').meta({
			title: 'Parent ID',
			description: 'ID of the to-do of which it becomes a subtask; empty: the top',
			placeholder: 'e.g. 1026_8VFQ1M2K9H4LB0N7T3C5D6E1AS',
		}),
	}),
	request: (given) => ({ object_id: [given.todo_id], parent_id: given.parent_id }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

/** Version 1, which both known clients send (notestation.md 11.2). */
export const remove = operation({
	title: 'Delete todos',
	summary: 'Deletes to-dos.',
	call: { api: 'SYNO.NoteStation.Todo', method: 'delete', version: 1 },
	params: z.object({ todo_ids }),
	request: (given) => ({ object_id: given.todo_ids }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'capture',
});

export const todos = resource('To-Do', {
	list,
	tree,
	get,
	create,
	update,
	complete,
	reopen,
	addStar,
	removeStar,
	move,
	delete: remove,
});
