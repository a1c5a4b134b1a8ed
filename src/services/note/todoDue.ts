import type { Dsm } from '../../core/dsm';
import { trigger } from '../../catalog/operation';
import { agenda, agendaOf, due, type Due } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { onTodos } from './otherEvents';
import { todo, type Todo } from './todos';

const event = todo.extend({
	/** ISO 8601. */
	due_at: z.string(),
	/** Whether the moment had passed when it was told, as after a downtime. */
	late: z.boolean(),
	event_id: z.string(),
});

const whole = (most: number) => z.coerce.number<number | string>().int().min(0).max(most);

/** Open to-dos with a due date; `shift` moves the moment. Putting off the date makes a new moment. */
async function dues(params: { subtasks: boolean }, dsm: Dsm, shift: number): Promise<Due<Todo>[]> {
	const rows = await onTodos.look(params, dsm);
	return rows
		.filter(({ done, due_date = -1 }) => !done && due_date > 0)
		.map((row) => ({
			key: `${row.object_id}@${row.due_date}`,
			moment: (row.due_date ?? 0) * 1000 + shift,
			row,
		}));
}

const eventOf = ({ row, key }: Due<Todo>, late: boolean): z.input<typeof event> => ({
	...row,
	due_at: new Date((row.due_date ?? 0) * 1000).toISOString(),
	late,
	event_id: key,
});

const shared = { basis: 'capture', uses: onTodos.uses, cursor: agenda, event } as const;
const { subtasks } = onTodos.params.shape;

/** The moment of a to-do is computed here: the service tells nothing (notestation.md 15.4). */
export const todoDue = trigger({
	...shared,
	title: 'Todo due',
	summary: 'Starts when an open to-do becomes due, or some time before.',
	params: z.object({
		lead: whole(43_200).default(0).meta({ title: 'Minutes Before', description: 'How long before the due time' }),
		subtasks,
	}),
	key: (one) => one.event_id,
	start: async (params, dsm) => agendaOf(await dues(params, dsm, 0), dsm.now(), params.lead * 60_000),
	async poll(params, cursor, dsm) {
		const come = due(cursor, await dues(params, dsm, 0), { now: dsm.now(), lead: params.lead * 60_000 });
		return { events: come.due.map((one) => eventOf(one, one.late)), cursor: come.cursor };
	},
	sample: async (params, dsm) => (await dues(params, dsm, 0)).slice(0, 10).map((one) => eventOf(one, false)),
});

const HOUR = 3_600_000;

/** Due dates of the web client are days, kept as midnight at their beginning: such a day is over only after 24 hours. */
export const todoOverdue = trigger({
	...shared,
	title: 'Todo overdue',
	summary: 'Starts when an open to-do is still not done some time after it was due.',
	params: z.object({
		hours: whole(8760).default(24).meta({
			title: 'Hours After',
			description: 'How long after the due time; due days are kept as their first moment, hence 24',
		}),
		subtasks,
	}),
	key: (one) => one.event_id,
	start: async (params, dsm) => agendaOf(await dues(params, dsm, params.hours * HOUR), dsm.now(), 0),
	async poll(params, cursor, dsm) {
		const come = due(cursor, await dues(params, dsm, params.hours * HOUR), { now: dsm.now(), lead: 0 });
		return { events: come.due.map((one) => eventOf(one, true)), cursor: come.cursor };
	},
	sample: async (params, dsm) => {
		const passed = (await dues(params, dsm, params.hours * HOUR)).filter(({ moment }) => moment <= dsm.now());
		return passed.slice(-10).map((one) => eventOf(one, true));
	},
});
