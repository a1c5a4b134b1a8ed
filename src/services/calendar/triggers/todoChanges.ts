import type { Dsm } from '../../../core/dsm';
import { trigger } from '../../../catalog/operation';
import { field, timeOf } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { lists } from '../fields';
import {
	CHANGE_REQUESTS,
	changesCursor,
	changesOf,
	DONE,
	factsOf,
	startingCursor,
	type ObjectChange,
} from '../lib/davChanges';
import { todo, todoOf, type TodoRow } from '../lib/todoRow';
import { listTodos } from '../wire';

const params = z.object({ lists });
type Params = z.output<typeof params>;
/** `evt_id` and the list are empty for a to-do that is gone when it is told. */
const todoEvent = todo.with({ event_id: field.text(), evt_id: field.text(), ical_uid: field.text() });
type TodoEvent = z.output<typeof todoEvent>;

const wanted = ({ lists: ids }: Params) => ({ kind: 'VTODO' as const, calendars: ids });
const ALL = { filter_complete: 'all', filter_due: 'all' };

/** To-dos as operations give them, by UID: one list for all. One that is gone meanwhile is told by its name. */
async function eventsOf(dsm: Dsm, changes: readonly ObjectChange[]): Promise<TodoEvent[]> {
	if (changes.length === 0) return [];
	const byUid = new Map((await dsm.list(listTodos, ALL)).map((row) => [row.ical_uid, row]));
	return changes.map((change) => {
		const { uid, summary } = factsOf(change);
		const isDone = change.kind !== 'deleted' && change.now[DONE] === 'done';
		const row = byUid.get(uid) ?? { evt_id: '', summary, percent_complete: isDone ? 100 : 0 };
		return { ...todoOf(row), ical_uid: uid, event_id: change.event_id };
	});
}

const onChange = (
	title: string,
	summary: string,
	isMeant: (change: ObjectChange) => boolean,
	isShown: (row: TodoRow) => boolean,
) =>
	trigger({
		title,
		summary,
		params,
		cursor: changesCursor,
		event: todoEvent,
		key: ({ event_id }) => event_id,
		uses: [listTodos],
		dav: CHANGE_REQUESTS,
		basis: 'clients',
		start: async (given: Params, dsm) => await startingCursor(dsm.with({ share: true }), wanted(given)),
		async poll(given: Params, cursor, handle, budget) {
			const dsm = handle.with({ share: true });
			const { changes, cursor: next, more } = await changesOf(dsm, wanted(given), cursor, budget);
			return { events: await eventsOf(dsm, changes.filter(isMeant)), cursor: next, ...(more && { more }) };
		},
		async sample(given: Params, dsm) {
			const rows = await dsm.list(listTodos, { ...(given.lists.length > 0 && { cal_id_list: given.lists }), ...ALL });
			return rows
				.map(todoOf)
				.filter(isShown)
				.sort((a, b) => timeOf(b.modify_time) - timeOf(a.modify_time))
				.slice(0, 10)
				.map((row) => ({ ...row, ical_uid: row.ical_uid ?? '', event_id: `sample-${row.evt_id}` }));
		},
	});

export const todoCreated = onChange(
	'To-do created',
	'Starts when a to-do is put on a list.',
	({ kind }) => kind === 'created',
	() => true,
);

export const todoCompleted = onChange(
	'To-do completed',
	'Starts when a to-do is completed.',
	(change) =>
		change.kind !== 'deleted' &&
		change.now[DONE] === 'done' &&
		(change.kind === 'created' || change.was[DONE] !== 'done'),
	({ is_done }) => is_done,
);
