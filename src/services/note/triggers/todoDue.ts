import type { Dsm } from '../../../core/dsm';
import { trigger } from '../../../catalog/operation';
import { timeOf } from '../../../catalog/row';
import { agenda, agendaOf, due, type Due } from '../../../catalog/agenda';
import { z } from '../../../vendor/zod';
import { allTodos } from '../lib/allTodos';
import { listTodos, type Todo } from '../wire/todos';
import { dueEvent, dueSeconds, isWanted, subtasks } from './todoEvents';

const whole = (most: number) => z.coerce.number<number | string>().int().min(0).max(most);

/** Open to-dos with a due date; `shift` moves the moment. Putting off the date makes a new moment. */
async function dues(dsm: Dsm, shift = 0): Promise<Due<Todo>[]> {
	return (await allTodos(dsm))
		.filter(({ done, due_date }) => !done && due_date)
		.map((row) => ({ key: `${row.object_id}@${dueSeconds(row)}`, moment: timeOf(row.due_date) + shift, row }));
}

const eventOf = ({ row, key }: Due<Todo>, late: boolean) => ({ ...row, late, event_id: key });

const shared = {
	uses: [listTodos],
	filters: ['subtasks'],
	cursor: agenda,
	event: dueEvent,
	key: ({ event_id }: z.output<typeof dueEvent>) => event_id,
};

/** The moment of a to-do is computed here: the service tells nothing (notestation.md 15.4). */
export const todoDue = trigger({
	...shared,
	title: 'To-do due',
	summary: 'Starts when an open to-do becomes due, or some time before.',
	params: z.object({
		lead: whole(43_200).default(0).meta({ title: 'Minutes Before', description: 'How long before the due time' }),
		subtasks,
	}),
	start: async (params, dsm) => agendaOf(await dues(dsm), dsm.now(), params.lead * 60_000),
	async poll(params, known, dsm) {
		const { due: come, ...rest } = due(known, await dues(dsm), { now: dsm.now(), lead: params.lead * 60_000 });
		const wanted = come.filter(({ row }) => isWanted(row, params));
		return { events: wanted.map((one) => eventOf(one, one.late)), ...rest };
	},
	async sample(params, dsm) {
		const wanted = (await dues(dsm)).filter(({ row }) => isWanted(row, params));
		return wanted.slice(0, 10).map((one) => eventOf(one, false));
	},
});

const HOUR = 3_600_000;

/** Due dates of the web client are days, kept as midnight at their beginning: such a day is over only after 24 hours. */
export const todoOverdue = trigger({
	...shared,
	title: 'To-do overdue',
	summary: 'Starts when an open to-do is still not done some time after it was due.',
	params: z.object({
		hours: whole(8760).default(24).meta({
			title: 'Hours After',
			description: 'How long after the due time; due days are kept as their first moment, hence 24',
		}),
		subtasks,
	}),
	start: async (params, dsm) => agendaOf(await dues(dsm, params.hours * HOUR), dsm.now(), 0),
	async poll(params, known, dsm) {
		const { due: come, ...rest } = due(known, await dues(dsm, params.hours * HOUR), { now: dsm.now(), lead: 0 });
		const wanted = come.filter(({ row }) => isWanted(row, params));
		return { events: wanted.map((one) => eventOf(one, true)), ...rest };
	},
	async sample(params, dsm) {
		const passed = (await dues(dsm, params.hours * HOUR)).filter(
			({ moment, row }) => moment <= dsm.now() && isWanted(row, params),
		);
		return passed.slice(-10).map((one) => eventOf(one, true));
	},
});
