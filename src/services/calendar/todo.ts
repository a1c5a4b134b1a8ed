import type { Dsm } from '../../core/dsm';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calendarShape, withAddresses } from './calendar-row';
import { calls } from './calls';
import { notifications } from './draft';
import { list_id, lists, nothing, todo_id, toNothing, tz_id } from './fields';
import { calendarRows, rowsOf, zoneOf } from './place';
import { todo, todoOf, type TodoRow, type Wire } from './row';
import { dateOfText, dayOf, secondsOf, utcMidnight, when, type When } from './time';

const local = (title: string, description: string) =>
	when()
		.optional()
		.meta({ title, description, placeholder: 'e.g. 2026-11-22T08:00:00', widget: 'moment', local: true });

const fields = {
	description: z
		.string()
		.optional()
		.meta({ title: 'Description', description: 'Text of the to-do', widget: 'multiline', advanced: true }),
	start: local('Start', 'When it begins; a date alone makes it a to-do of days').meta({ advanced: true }),
	due: local('Due', 'When it is due; a date alone makes it a to-do of days'),
	reminders: z.array(z.coerce.number<number | string>().int()).optional().meta({
		title: 'Reminders',
		description: 'Minutes before it is due, one for each reminder',
		placeholder: 'e.g. [15, 60]',
		widget: 'json',
		advanced: true,
	}),
	tz_id,
};
const shape = z.object(fields);
type Given = z.output<typeof shape> & { summary?: string | undefined; percent_complete?: number | undefined };

/** Parameters of `create` and `set`: all of them must be there. The zone goes under both names that are in use (calendar.md 6). */
async function wireOf(dsm: Dsm, given: Given, known: Wire = {}): Promise<Wire> {
	const zone = given.tz_id || String(known.tzid ?? known.tz_id ?? '') || (await zoneOf(dsm, ''));
	const times = [given.start, given.due].filter((one): one is When => one !== undefined);
	const isAllDay = times.length > 0 ? times.every((one) => 'date' in one) : known.is_all_day === true;
	const at = (one: When) => (isAllDay ? utcMidnight(dayOf(one, zone)) : secondsOf(one, zone));
	const kept = (name: string) => {
		const date = known.is_all_day === true ? dateOfText(String(known[`${name}_string`] ?? '')) : undefined;
		if (date !== undefined) return at({ date });
		return isAllDay ? at({ at: Number(known[name] ?? 0) * 1000 }) : Number(known[name] ?? 0);
	};
	const [hasStart, hasDue] = [
		given.start !== undefined || known.has_start_time === true,
		given.due !== undefined || known.has_end_time === true,
	];
	return {
		original_cal_id: known.original_cal_id,
		summary: given.summary ?? known.summary ?? '',
		description: given.description ?? known.description ?? '',
		is_all_day: isAllDay,
		has_start_time: hasStart,
		has_end_time: hasDue,
		...(hasStart && { dtstart: given.start ? at(given.start) : kept('dtstart') }),
		...(hasDue && { due: given.due ? at(given.due) : kept('due') }),
		percent_complete: given.percent_complete ?? known.percent_complete ?? 0,
		tzid: zone,
		tz_id: zone,
		notify_setting: given.reminders ? notifications(given.reminders) : (known.notify_setting ?? []),
	};
}

const readOne = async (dsm: Dsm, id: string): Promise<Wire> =>
	(await dsm.call(calls.todo, { evt_id: Number(id) }, { readOnly: true })) as Wire;

/** Reads, changes, and writes everything back. */
async function change(dsm: Dsm, id: string, given: Given): Promise<TodoRow> {
	const known = await readOne(dsm, id);
	const { dav_etag, priority_order = 0 } = known;
	const params = { ...(await wireOf(dsm, given, known)), evt_id: Number(id), dav_etag, priority_order };
	return todoOf((await dsm.call(calls.setTodo, params)) as Wire);
}

const UNCHANGED = shape.parse({});
const which = (title: string, description: string, labels: Record<string, string>) =>
	z.enum(['all', 'no', 'yes']).default('all').meta({ title, description, labels });

export const list = procedure({
	title: 'List to-dos',
	summary: 'Lists to-dos, those that are due first in front.',
	uses: [calls.todos],
	params: z.object({
		lists,
		filter_complete: which('Completed', 'Which to-dos are listed', { all: 'All', no: 'Open', yes: 'Completed' }),
		filter_due: which('Due', 'Whether they have a due date', {
			all: 'All',
			no: 'Without Due Date',
			yes: 'With Due Date',
		}).meta({ advanced: true }),
		due_before: when().optional().meta({
			title: 'Due Until',
			description: 'Only to-dos that are due until then',
			placeholder: 'e.g. 2026-11-22',
			widget: 'moment',
			local: true,
			advanced: true,
		}),
		tz_id,
	}),
	result: z.array(todo),
	readOnly: true,
	basis: 'guide',
	async *each({ lists: ids, filter_complete, filter_due, due_before: until, tz_id: zone }, dsm) {
		const due = until === undefined ? undefined : secondsOf(until, await zoneOf(dsm, zone));
		const params = {
			...(ids.length > 0 && { cal_id_list: ids }),
			filter_complete,
			filter_due,
			...(due !== undefined && { due }),
		};
		const rows = rowsOf(await dsm.call(calls.todos, params)).filter(
			(row) => due === undefined || (row.has_end_time && Number(row.due) <= due),
		);
		const rank = (row: Wire) => (row.has_end_time ? Number(row.due) : Infinity);
		yield* rows.sort((a, b) => rank(a) - rank(b) || Number(a.evt_id) - Number(b.evt_id)).map(todoOf);
	},
});

export const get = procedure({
	title: 'Get a to-do',
	summary: 'Gives a to-do.',
	uses: [calls.todo],
	params: z.object({ evt_id: todo_id }),
	result: todo,
	readOnly: true,
	basis: 'guide',
	run: async (given, dsm) => todoOf(await readOne(dsm, given.evt_id)),
});

const summary = z
	.string()
	.trim()
	.min(1)
	.meta({ title: 'Title', description: 'Name of the to-do', placeholder: 'e.g. Order paper' });

export const create = procedure({
	title: 'Create a to-do',
	summary: 'Puts a to-do on a list.',
	uses: [calls.settings, calls.createTodo],
	params: z.object({ list_id, summary, ...fields }),
	result: todo,
	basis: 'guide',
	async run({ list_id: original_cal_id, ...given }, dsm) {
		return todoOf((await dsm.call(calls.createTodo, { ...(await wireOf(dsm, given)), original_cal_id })) as Wire);
	},
});

export const update = procedure({
	title: 'Update a to-do',
	summary: 'Changes what is given of a to-do; all else stays.',
	uses: [calls.settings, calls.todo, calls.setTodo],
	params: z.object({ evt_id: todo_id, summary: summary.optional(), ...fields }),
	result: todo,
	basis: 'guide',
	run: async ({ evt_id: id, ...given }, dsm) => await change(dsm, id, given),
});

export const complete = procedure({
	title: 'Complete a to-do',
	summary: 'Marks a to-do as completed.',
	uses: [calls.settings, calls.todo, calls.setTodo],
	params: z.object({ evt_id: todo_id }),
	result: todo,
	basis: 'guide',
	run: async (given, dsm) => await change(dsm, given.evt_id, { ...UNCHANGED, percent_complete: 100 }),
});

export const reopen = procedure({
	title: 'Reopen a to-do',
	summary: 'Marks a completed to-do as open again.',
	uses: [calls.settings, calls.todo, calls.setTodo],
	params: z.object({ evt_id: todo_id }),
	result: todo,
	basis: 'guide',
	run: async (given, dsm) => await change(dsm, given.evt_id, { ...UNCHANGED, percent_complete: 0 }),
});

export const remove = operation({
	title: 'Delete a to-do',
	summary: 'Deletes a to-do.',
	call: calls.deleteTodo,
	params: z.object({ evt_id: todo_id }),
	request: ({ evt_id: id }) => ({ evt_id: Number(id) }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'guide',
});

export const cleanCompleted = procedure({
	title: 'Delete completed to-dos',
	summary: 'Deletes all completed to-dos of the lists.',
	uses: [calls.todos, calls.calendars, calls.cleanTodos],
	params: z.object({ lists }),
	result: z.looseObject({ deleted: z.number() }),
	destructive: true,
	basis: 'guide',
	async run({ lists: given }, dsm) {
		const cal_id_list =
			given.length > 0
				? given
				: (await calendarRows(dsm, 'todo'))
						.filter(({ cal_privilege: right }) => right !== 'RO')
						.map(({ cal_id }) => cal_id);
		const done = rowsOf(await dsm.call(calls.todos, { cal_id_list, filter_complete: 'yes' }, { readOnly: true }));
		await dsm.call(calls.cleanTodos, { cal_id_list });
		return { deleted: done.length };
	},
});

export const listLists = procedure({
	title: 'List to-do lists',
	summary: 'Lists the calendars that hold to-dos.',
	uses: [calls.calendars],
	params: z.object({}),
	result: z.array(calendarShape),
	readOnly: true,
	basis: 'guide',
	async *each(_, dsm) {
		yield* (await calendarRows(dsm, 'todo')).map((row) => withAddresses(dsm, row));
	},
});

export const todos = resource('To-Do', {
	list,
	get,
	create,
	update,
	complete,
	reopen,
	delete: remove,
	cleanCompleted,
	lists: listLists,
});
