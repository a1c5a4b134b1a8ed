import type { Dsm } from '../../core/dsm';
import { trigger } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { compare, snapshot, snapshotOf, type Sight } from '../../catalog/sources';
import { calendarShape, withAddresses } from './calendar-row';
import { calls } from './calls';
import { calendarRows } from './place';
import type { Wire } from './row';

const params = z.object({
	cal_type: z
		.enum(['all', 'event', 'todo'])
		.default('all')
		.meta({ title: 'Kind', description: 'What it holds', labels: { all: 'All', event: 'Events', todo: 'To-Dos' } }),
});
type Params = z.output<typeof params>;
const added = calendarShape.extend({ event_id: z.string(), is_shared: z.boolean() });

const sightsOf = async (dsm: Dsm, { cal_type }: Params): Promise<Sight<Wire>[]> =>
	(await calendarRows(dsm, cal_type)).map((row) => ({ id: String(row.cal_id), prints: [], row }));

/** A calendar of somebody else has another id for its receiver than for its owner (calendar.md 3). */
const eventOf = (dsm: Dsm, row: Wire, event_id: string) => ({
	...withAddresses(dsm, row),
	event_id,
	is_shared: row.original_cal_id !== undefined && row.original_cal_id !== row.cal_id,
});

export const calendarAdded = trigger({
	title: 'Calendar added',
	summary: 'Starts when a calendar or to-do list is created, or shared with the account.',
	params,
	cursor: snapshot,
	event: added,
	key: ({ event_id }) => event_id,
	uses: [calls.calendars],
	basis: 'guide',
	start: async (given: Params, dsm) => snapshotOf(await sightsOf(dsm.with({ share: true }), given)),
	async poll(given: Params, cursor, dsm) {
		const { changes, cursor: next } = compare(cursor, await sightsOf(dsm.with({ share: true }), given));
		const events = changes.flatMap((one) => (one.kind === 'created' ? [eventOf(dsm, one.row, one.event_id)] : []));
		return { events, cursor: next };
	},
	async sample(given: Params, dsm) {
		const rows = await sightsOf(dsm, given);
		return rows
			.slice(-10)
			.reverse()
			.map(({ id, row }) => eventOf(dsm, row, `sample-${id}`));
	},
});
