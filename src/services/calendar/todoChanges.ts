import type { Dsm } from '../../core/dsm';
import { trigger } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calls } from './calls';
import { lists } from './fields';
import { rowsOf } from './place';
import { todo, todoOf, type TodoRow, type Wire } from './row';
import { changesOf, DONE, factsOf, watched, watchFrom, type ObjectChange } from './watch';

const params = z.object({ lists });
type Params = z.output<typeof params>;
const todoEvent = todo.extend({ event_id: z.string(), ical_uid: z.string() });
type TodoEvent = z.output<typeof todoEvent>;

const wanted = ({ lists: ids }: Params) => ({ kind: 'VTODO' as const, calendars: ids });

/** To-dos as operations give them, by UID: one list for all. One that is gone meanwhile is told by its name. */
async function eventsOf(dsm: Dsm, changes: readonly ObjectChange[]): Promise<TodoEvent[]> {
	if (changes.length === 0) return [];
	const rows = rowsOf(await dsm.call(calls.todos, { filter_complete: 'all', filter_due: 'all' }));
	const byUid = new Map(rows.map((row) => [String(row.ical_uid), row]));
	return changes.map((change) => {
		const { uid, summary } = factsOf(change);
		const is_done = change.kind !== 'deleted' && change.now[DONE] === 'done';
		const row: Wire = byUid.get(uid) ?? { summary, percent_complete: is_done ? 100 : 0 };
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
		cursor: watched,
		event: todoEvent,
		key: ({ event_id }) => event_id,
		uses: [calls.todos],
		basis: 'clients',
		start: async (given: Params, dsm) => await watchFrom(dsm.with({ share: true }), wanted(given)),
		async poll(given: Params, cursor, handle, budget) {
			const dsm = handle.with({ share: true });
			const { changes, cursor: next, more } = await changesOf(dsm, wanted(given), cursor, budget);
			return { events: await eventsOf(dsm, changes.filter(isMeant)), cursor: next, ...(more && { more }) };
		},
		async sample(given: Params, dsm) {
			const ids = given.lists.length > 0 && { cal_id_list: given.lists };
			const rows = rowsOf(await dsm.call(calls.todos, { ...ids, filter_complete: 'all', filter_due: 'all' }));
			const newest = rows
				.sort((a, b) => Number(b.modify_time) - Number(a.modify_time))
				.map((row) => ({ row, shown: todoOf(row) }));
			return newest
				.filter(({ shown }) => isShown(shown))
				.slice(0, 10)
				.map(({ row, shown }) => ({
					...shown,
					ical_uid: String(row.ical_uid ?? ''),
					event_id: `sample-${shown.evt_id}`,
				}));
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
	'Starts when a to-do is ticked off.',
	(change) =>
		change.kind !== 'deleted' &&
		change.now[DONE] === 'done' &&
		(change.kind === 'created' || change.was[DONE] !== 'done'),
	({ is_done }) => is_done,
);
