import type { Dsm } from '../../core/dsm';
import { z } from '../../vendor/zod';
import { digest } from '../../catalog/sources';
import { notebookList, todoList } from './calls';
import { notebook } from './notebook';
import { eachRow } from './note-object';
import { allTodos, todo, type Todo } from './todos';
import { watched, type Found } from './watch';

type Notebook = z.output<typeof notebook>;

const onNotebooks = {
	uses: [notebookList],
	params: z.object({}),
	event: notebook.extend({ event_id: z.string() }),
	async look(_: unknown, dsm: Dsm): Promise<Notebook[]> {
		const rows: Notebook[] = [];
		for await (const row of eachRow<Notebook>(dsm, notebookList, 'notebooks', {})) rows.push(row);
		return rows.sort((a, b) => (a.ctime ?? 0) - (b.ctime ?? 0));
	},
	idOf: ({ object_id }: Notebook) => object_id,
};

/** Row and what happened to it. */
const joined = <R extends object, E extends z.ZodType>(found: Found<R, E>[]): Promise<z.input<E>[]> =>
	Promise.resolve(found.map(({ row, more }) => ({ ...row, ...more }) as z.input<E>));

export const notebookCreated = watched({
	...onNotebooks,
	title: 'Notebook created',
	summary: 'Starts when a notebook was created, imported or shared with the account.',
	prints: () => [],
	tell: ({ kind }) => (kind === 'created' ? [{}] : []),
	dress: joined,
});

export const notebookChanged = watched({
	...onNotebooks,
	title: 'Notebook renamed',
	summary: 'Starts when a notebook got another title or shelf.',
	prints: ({ title, stack }) => [digest(title), digest(stack ?? '')],
	tell: ({ kind }) => (kind === 'changed' ? [{}] : []),
	dress: joined,
});

const scope = {
	subtasks: z.boolean().default(true).meta({
		title: 'Include Subtasks',
		description: 'Whether subtasks start the flow, too',
		advanced: true,
	}),
};

/** Same questions for every trigger on to-dos; one request when there are no subtasks. */
export const onTodos = {
	uses: [todoList],
	params: z.object(scope),
	event: todo.extend({ event_id: z.string() }),
	look: async ({ subtasks }: { subtasks: boolean }, dsm: Dsm): Promise<Todo[]> =>
		(await allTodos(dsm)).filter(({ parent_id }) => subtasks || !parent_id),
	idOf: ({ object_id }: Todo) => object_id,
};

export const todoCreated = watched({
	...onTodos,
	title: 'Todo created',
	summary: 'Starts when a to-do or subtask was created.',
	prints: () => [],
	tell: ({ kind }) => (kind === 'created' ? [{}] : []),
	dress: joined,
});

/** A to-do that is gone was deleted, or completed and swept away by the NAS: nothing is told of it (notestation.md 15.4). */
export const todoCompleted = watched({
	...onTodos,
	title: 'Todo completed',
	summary: 'Starts when a to-do was marked as done.',
	prints: ({ done }) => [String(done)],
	tell: (change) => (change.kind !== 'deleted' && change.now[0] === 'true' ? [{}] : []),
	dress: joined,
	isSample: ({ done }) => done,
});

export const todoReopened = watched({
	...onTodos,
	title: 'Todo reopened',
	summary: 'Starts when a to-do that was done was marked as not done.',
	prints: ({ done }) => [String(done)],
	tell: (change) => (change.kind === 'changed' && change.now[0] === 'false' ? [{}] : []),
	dress: joined,
	isSample: ({ done }) => !done,
});

export const todoUpdated = watched({
	...onTodos,
	title: 'Todo updated',
	summary: 'Starts when title, comment, priority, star, due date, reminder or place of a to-do was changed.',
	prints: ({ title, comment, priority, star, due_date, reminder_offset, parent_id, note_id }) => [
		digest([title, comment, priority, star, due_date, reminder_offset, parent_id, note_id]),
	],
	tell: ({ kind }) => (kind === 'changed' ? [{}] : []),
	dress: joined,
});
