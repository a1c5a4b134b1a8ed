import type { Dsm } from '../../../core/dsm';
import { listTrigger } from '../../../catalog/listTrigger';
import { timeOf } from '../../../catalog/row';
import { digest } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { allTodos } from '../lib/allTodos';
import { listTodos, todo, type Todo } from '../wire/todos';

export const subtasks = z.boolean().default(true).meta({
	title: 'Include Subtasks',
	description: 'Whether subtasks start the flow, too',
	advanced: true,
});

/** Whether the to-do counts. */
export const isWanted = ({ parent_id }: Todo, given: { subtasks: boolean }): boolean => given.subtasks || !parent_id;

/** The due date as the NAS keeps it, of which fingerprints and ids of events are made: seconds, -1 for none. */
export const dueSeconds = ({ due_date }: Todo): number | undefined =>
	due_date === null ? -1 : due_date === undefined ? undefined : timeOf(due_date) / 1000;

const simple = ['object_id', 'title', 'comment', 'done', 'star', 'priority', 'due_date', 'note_title', 'event_id'];
export const todoEvent = todo.with({ event_id: z.string() }).as({ simple });

/** The same of one that is due. */
export const dueEvent = todoEvent
	.with({
		/** Whether the moment had passed when it was told, as after a downtime. */
		late: z.boolean(),
	})
	.as({ simple: [...simple, 'late'] });

/** Same questions for every trigger on to-dos; one request when there are no subtasks. */
const onTodos = {
	params: z.object({ subtasks }),
	filters: ['subtasks'] as const,
	event: todoEvent,
	call: listTodos,
	look: async (_: unknown, dsm: Dsm): Promise<Todo[]> => await allTodos(dsm),
	id: ({ object_id }: Todo) => object_id,
	keep: isWanted,
};

export const todoCreated = listTrigger({
	...onTodos,
	title: 'To-do created',
	summary: 'Starts when a to-do or subtask was created.',
	on: 'created',
});

/** A to-do that is gone was deleted, or completed and swept away by the NAS: nothing is told of it (notestation.md 15.4). */
export const todoCompleted = listTrigger({
	...onTodos,
	title: 'To-do completed',
	summary: 'Starts when a to-do was marked as done.',
	fingerprints: ({ done = false }) => [String(done)],
	on: ['created', 'changed'],
	keep: (row, given) => row.done === true && isWanted(row, given),
});

export const todoReopened = listTrigger({
	...onTodos,
	title: 'To-do reopened',
	summary: 'Starts when a to-do that was done was marked as not done.',
	fingerprints: ({ done = false }) => [String(done)],
	on: 'changed',
	keep: (row, given) => row.done !== true && isWanted(row, given),
});

export const todoUpdated = listTrigger({
	...onTodos,
	title: 'To-do updated',
	summary: 'Starts when title, comment, priority, star, due date, reminder or place of a to-do was changed.',
	fingerprints: (row) => [
		digest([
			...[row.title, row.comment, row.priority, row.star, dueSeconds(row)],
			...[row.reminder_offset, row.parent_id, row.note_id],
		]),
	],
	on: 'changed',
});
