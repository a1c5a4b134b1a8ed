import type { Dsm } from '../../core/dsm';
import { trigger } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { agenda, agendaOf, due, type Due } from '../../catalog/sources';
import { calls } from './calls';
import { lists } from './fields';
import { rowsOf, settingsOf } from './place';
import { todo, todoOf, type Wire } from './row';
import { dateOfText, isZone, secondsOf } from './time';

const params = z.object({
	lists,
	minutes: z.coerce
		.number<number | string>()
		.int()
		.min(0)
		.max(43_200)
		.default(0)
		.meta({ title: 'Minutes Before', description: 'Minutes before it is due; 0: when it is due' }),
	skipLate: z.boolean().default(false).meta({
		title: 'Skip Late',
		description: 'Whether what came due while nothing was watching is left out instead of told late',
		advanced: true,
	}),
});
type Params = z.output<typeof params>;
const dueEvent = todo.extend({ event_id: z.string(), late: z.boolean() });

/** Open to-dos with a due date; one of days is due when its day begins, in the time zone of Calendar. */
async function duesOf(dsm: Dsm, { lists: ids }: Params): Promise<Due<Wire>[]> {
	const wanted = { ...(ids.length > 0 && { cal_id_list: ids }), filter_complete: 'no', filter_due: 'yes' };
	const [data, settings] = await Promise.all([dsm.call(calls.todos, wanted, { readOnly: true }), settingsOf(dsm)]);
	const zone = isZone(String(settings.time_zone ?? '')) ? String(settings.time_zone) : 'UTC';
	return rowsOf(data)
		.filter((row) => row.has_end_time === true && Number(row.percent_complete) < 100)
		.map((row) => {
			const date = row.is_all_day === true ? dateOfText(String(row.due_string ?? '')) : undefined;
			const at = date === undefined ? Number(row.due) : secondsOf({ date }, zone);
			return { key: `${row.evt_id} ${at}`, moment: at * 1000, row };
		});
}

export const todoDue = trigger({
	title: 'To-do due',
	summary: 'Starts when an open to-do is due, or a given time before.',
	params,
	cursor: agenda,
	event: dueEvent,
	key: ({ event_id }) => event_id,
	uses: [calls.todos, calls.settings],
	basis: 'guide',
	async start(given: Params, handle) {
		const dsm = handle.with({ share: true });
		const dues = await duesOf(dsm, given);
		return agendaOf(dues, dsm.now(), given.minutes * 60_000);
	},
	async poll(given: Params, cursor, handle) {
		const dsm = handle.with({ share: true });
		const dues = await duesOf(dsm, given);
		const answer = due(cursor, dues, { now: dsm.now(), lead: given.minutes * 60_000, skipLate: given.skipLate });
		return {
			events: answer.due.map(({ row, key, late }) => ({ ...todoOf(row), event_id: key, late })),
			cursor: answer.cursor,
		};
	},
	async sample(given: Params, dsm) {
		const dues = (await duesOf(dsm, given)).sort((a, b) => a.moment - b.moment);
		return dues
			.slice(0, 10)
			.map(({ row, key, moment }) => ({ ...todoOf(row), event_id: key, late: moment < dsm.now() }));
	},
});
