import type { Dsm } from '../../../core/dsm';
import { operation, procedure, resource } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { list_id, lists, local, minutesBefore, todo_id, tz_id } from '../fields';
import { calendarRow, withAddresses } from '../lib/calendarRow';
import { notifications } from '../lib/draft';
import { isCarried } from '../lib/ical/carried';
import { calendarRows, writableCalendar, zoneOf } from '../lib/reads';
import { dateOfText, dayOf, secondsOf, utcMidnight, when, type When } from '../lib/time';
import { todo, todoOf } from '../lib/todoRow';
import { changeTodoByDav } from '../lib/todoWrite';
import {
	clearTodos,
	createTodo,
	deleteTodo,
	getCalendar,
	getSettings,
	getTodo,
	listCalendars,
	listTodos,
	setTodo,
	type WireTodo,
} from '../wire';

const fields = {
	description: z
		.string()
		.optional()
		.meta({ title: 'Description', description: 'Text of the to-do', widget: 'multiline', advanced: true }),
	start: local('Start', 'When it begins; a date alone makes it a to-do of days').meta({ advanced: true }),
	due: local('Due', 'When it is due; a date alone makes it a to-do of days'),
	reminders: minutesBefore().optional().meta({
		title: 'Reminders',
		description: 'Minutes before it is due, one for each reminder',
		placeholder: 'e.g. 15, 60',
		widget: 'json',
		advanced: true,
	}),
	tz_id,
};
const summary = z
	.string()
	.trim()
	.min(1)
	.meta({ title: 'Title', description: 'Name of the to-do', placeholder: 'e.g. Order paper' });
const given = z.object({ ...fields, summary: summary.optional() });
type Given = z.output<typeof given>;

/** Parameters of `create` and `set`: all of them must be there. The zone goes under both names that are in use (calendar.md 6). */
function wireOf(changes: Given, zone: string, known: Partial<WireTodo> = {}): Record<string, unknown> {
	const times = [changes.start, changes.due].filter((one): one is When => one !== undefined);
	const isAllDay = times.length > 0 ? times.every((one) => 'date' in one) : known.is_all_day === true;
	const at = (one: When) => (isAllDay ? utcMidnight(dayOf(one, zone)) : secondsOf(one, zone));
	const kept = (seconds = 0, text = '') => {
		const date = known.is_all_day === true ? dateOfText(text) : undefined;
		if (date !== undefined) return at({ date });
		return isAllDay ? at({ at: seconds * 1000 }) : seconds;
	};
	const hasStart = changes.start !== undefined || known.has_start_time === true;
	const hasDue = changes.due !== undefined || known.has_end_time === true;
	return {
		original_cal_id: known.original_cal_id,
		summary: changes.summary ?? known.summary ?? '',
		description: changes.description ?? known.description ?? '',
		is_all_day: isAllDay,
		has_start_time: hasStart,
		has_end_time: hasDue,
		...(hasStart && { dtstart: changes.start ? at(changes.start) : kept(known.dtstart, known.dtstart_string) }),
		...(hasDue && { due: changes.due ? at(changes.due) : kept(known.due, known.due_string) }),
		percent_complete: known.percent_complete ?? 0,
		tzid: zone,
		tz_id: zone,
		notify_setting: changes.reminders ? notifications(changes.reminders) : (known.notify_setting ?? []),
	};
}

const keyOf = ({ evt_id }: { evt_id: string }) => ({ evt_id: Number(evt_id) });
const zoneOfTodo = ({ tzid, tz_id: zone }: WireTodo): string => tzid || zone || '';

/** Everything is sent back, with the etag by which the NAS refuses a write over somebody else's (calendar.md 6). */
const wholeOf = (changes: Given, zone: string, known: WireTodo): Record<string, unknown> => ({
	...wireOf(changes, zone, known),
	...keyOf(known),
	dav_etag: known.dav_etag,
	priority_order: known.priority_order ?? 0,
});

const UNCHANGED = given.parse({});
const which = (title: string, description: string, labels: Record<string, string>) =>
	z.enum(['all', 'no', 'yes']).default('all').meta({ title, description, labels });

export const list = procedure({
	title: 'List to-dos',
	summary: 'Lists to-dos, those that are due first in front.',
	uses: [getSettings, listTodos],
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
	async *each({ lists: ids, filter_complete, filter_due, due_before: until, tz_id: zone }, dsm) {
		const due = until === undefined ? undefined : secondsOf(until, await zoneOf(dsm, zone));
		const params = {
			...(ids.length > 0 && { cal_id_list: ids }),
			filter_complete,
			filter_due,
			...(due !== undefined && { due }),
		};
		const rank = (one: WireTodo) => (one.has_end_time === true ? (one.due ?? 0) : Infinity);
		const rows = (await dsm.list(listTodos, params)).filter((one) => due === undefined || rank(one) <= due);
		// Infinity less itself is no number.
		const order = (a: WireTodo, b: WireTodo) =>
			rank(a) === rank(b) ? Number(a.evt_id) - Number(b.evt_id) : rank(a) - rank(b);
		yield* rows.sort(order).map(todoOf);
	},
});

export const get = operation({
	title: 'Get a to-do',
	summary: 'Gives a to-do.',
	call: getTodo,
	params: z.object({ evt_id: todo_id }),
	request: keyOf,
	response: todoOf,
	result: todo,
});

export const create = operation({
	title: 'Create a to-do',
	summary: 'Puts a to-do on a list.',
	known: {
		uses: [getCalendar, getSettings],
		look: async ({ list_id: id, tz_id: zone }, dsm) => {
			await writableCalendar(dsm, id, 'todo', 'list_id');
			return { zone: await zoneOf(dsm, zone) };
		},
	},
	call: createTodo,
	params: z.object({ list_id, summary, ...fields }),
	request: ({ list_id: original_cal_id, ...changes }, { zone }) => ({ ...wireOf(changes, zone), original_cal_id }),
	response: todoOf,
	result: todo,
});

export const update = procedure({
	title: 'Update a to-do',
	summary: 'Changes what is given of a to-do; all else stays.',
	uses: [getSettings, getTodo, setTodo],
	params: z.object({ evt_id: todo_id, summary: summary.optional(), ...fields }),
	result: todo,
	async run({ evt_id, ...changes }, dsm) {
		const known = await dsm.call(getTodo, keyOf({ evt_id }));
		const zone = changes.tz_id || zoneOfTodo(known) || (await zoneOf(dsm));
		return todoOf(await written(dsm, wholeOf(changes, zone, known), known, changes));
	},
});

/** What the web API has no field for is kept by CalDAV (calendar.md 7.1). */
async function written(
	dsm: Dsm,
	whole: Record<string, unknown>,
	known: WireTodo,
	changes: Given,
	isDone?: boolean,
): Promise<WireTodo> {
	if (isCarried(known.evt_cal ?? '', 'vtodo')) return await dsm.call(setTodo, whole);
	const { is_all_day, dtstart, due, tz_id: zone } = whole as WireTodo;
	const isAllDay = is_all_day === true;
	const turns = isAllDay !== (known.is_all_day === true);
	return await changeTodoByDav(dsm, known, {
		summary: changes.summary,
		description: changes.description,
		reminders: changes.reminders,
		isAllDay,
		zone: zone || 'UTC',
		...((turns || changes.start !== undefined) && { start: dtstart }),
		...((turns || changes.due !== undefined) && { due }),
		isDone,
	});
}

const done = (isDone: boolean) => ({
	uses: [getTodo, setTodo],
	params: z.object({ evt_id: todo_id }),
	result: todo,
	async run({ evt_id }: { evt_id: string }, dsm: Dsm) {
		const known = await dsm.call(getTodo, keyOf({ evt_id }));
		const whole = { ...wholeOf(UNCHANGED, zoneOfTodo(known), known), percent_complete: isDone ? 100 : 0 };
		return todoOf(await written(dsm, whole, known, UNCHANGED, isDone));
	},
});

export const complete = procedure({
	title: 'Complete a to-do',
	summary: 'Marks a to-do as completed.',
	...done(true),
});

export const reopen = procedure({
	title: 'Reopen a to-do',
	summary: 'Marks a completed to-do as open again.',
	...done(false),
});

export const remove = operation({
	title: 'Delete a to-do',
	summary: 'Deletes a to-do.',
	call: deleteTodo,
	params: z.object({ evt_id: todo_id }),
	request: keyOf,
	destructive: true,
	deletes: true,
});

export const clearCompleted = procedure({
	title: 'Clear completed to-dos',
	summary: 'Deletes all completed to-dos of the lists.',
	uses: [listTodos, listCalendars, clearTodos],
	params: z.object({ lists }),
	result: row({ count: field.number() }),
	destructive: true,
	deletes: true,
	async run({ lists: ids }, dsm) {
		const cal_id_list = ids.length > 0 ? ids : await writableLists(dsm);
		const completed = await dsm.list(listTodos, { cal_id_list, filter_complete: 'yes' });
		await dsm.call(clearTodos, { cal_id_list });
		return { count: completed.length };
	},
});

const writableLists = async (dsm: Dsm): Promise<string[]> =>
	(await calendarRows(dsm, 'todo')).filter(({ cal_privilege }) => cal_privilege !== 'RO').map(({ cal_id }) => cal_id);

/** For choosing a list. */
export const listLists = operation({
	title: 'List to-do lists',
	summary: 'Lists the calendars that hold to-dos.',
	call: listCalendars,
	params: z.object({}),
	request: () => ({ cal_type: 'todo' }),
	response: (one, facts) => withAddresses({ cal_type: 'todo', ...one }, facts),
	result: z.array(calendarRow),
});

export const todos = resource('To-Do', {
	list,
	get,
	create,
	update,
	complete,
	reopen,
	delete: remove,
	clearCompleted,
	listLists,
});
