import type { Dsm } from '../../../core/dsm';
import { refuseTwins } from '../../../catalog/absence';
import { trigger } from '../../../catalog/operation';
import { field } from '../../../catalog/row';
import { agenda, agendaOf, due, type Due } from '../../../catalog/agenda';
import { z } from '../../../vendor/zod';
import { lists, whole } from '../fields';
import { zoneIn } from '../lib/reads';
import { dateOfText, secondsOf } from '../lib/time';
import { todo, todoOf } from '../lib/todoRow';
import { getSettings, listTodos, type WireTodo } from '../wire';

const params = z.object({
	lists,
	minutes: whole(0, 43_200)
		.default(0)
		.meta({ title: 'Minutes Before', description: 'Minutes before it is due; 0: when it is due' }),
	skip_late: z.boolean().default(false).meta({
		title: 'Skip Late',
		description: 'Whether what came due while nothing was polling is left out instead of told late',
		advanced: true,
	}),
});
type Params = z.output<typeof params>;

/** Open to-dos with a due date; one of days is due when its day begins, in the time zone of Calendar. */
async function duesOf(dsm: Dsm, { lists: ids }: Params): Promise<Due<WireTodo>[]> {
	const wanted = { ...(ids.length > 0 && { cal_id_list: ids }), filter_complete: 'no', filter_due: 'yes' };
	const [rows, settings] = await Promise.all([dsm.list(listTodos, wanted), dsm.call(getSettings)]);
	refuseTwins(rows, ({ evt_id }) => evt_id);
	const zone = zoneIn(settings);
	return rows
		.filter((row) => row.has_end_time === true && (row.percent_complete ?? 0) < 100)
		.map((row) => {
			const date = row.is_all_day === true ? dateOfText(row.due_string ?? '') : undefined;
			const at = date === undefined ? (row.due ?? 0) : secondsOf({ date }, zone);
			return { key: `${row.evt_id} ${at}`, moment: at * 1000, row };
		});
}

export const todoDue = trigger({
	title: 'To-do due',
	summary: 'Starts when an open to-do is due, or a given time before.',
	params,
	filters: ['skip_late'],
	cursor: agenda,
	event: todo.with({ event_id: field.text(), late: field.flag() }),
	key: ({ event_id }) => event_id,
	uses: [listTodos, getSettings],
	async start(given: Params, handle) {
		const dsm = handle.with({ share: true });
		const dues = await duesOf(dsm, given);
		return agendaOf(dues, dsm.now(), given.minutes * 60_000);
	},
	async poll(given: Params, cursor, handle) {
		const dsm = handle.with({ share: true });
		const dues = await duesOf(dsm, given);
		const answer = due(cursor, dues, { now: dsm.now(), lead: given.minutes * 60_000, skipLate: given.skip_late });
		return {
			events: answer.due.map(({ row, key, late }) => ({ ...todoOf(row), event_id: key, late })),
			cursor: answer.cursor,
			doubt: answer.doubt,
		};
	},
	async sample(given: Params, dsm) {
		const dues = (await duesOf(dsm, given)).sort((a, b) => a.moment - b.moment);
		return dues
			.slice(0, 10)
			.map(({ row, key, moment }) => ({ ...todoOf(row), event_id: key, late: moment < dsm.now() }));
	},
});
