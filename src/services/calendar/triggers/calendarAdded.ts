import { listTrigger } from '../../../catalog/listTrigger';
import { field } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { cal_type } from '../fields';
import { calendarRow, withAddresses } from '../lib/calendarRow';
import { calendarRows } from '../lib/reads';
import { listCalendars } from '../wire';

/** A calendar of somebody else has another id for its receiver than for its owner (calendar.md 3). */
export const calendarAdded = listTrigger({
	title: 'Calendar added',
	summary: 'Starts when a calendar or to-do list is created, or shared with the account.',
	params: z.object({ cal_type: cal_type.meta({ ...cal_type.meta(), description: 'What it holds' }) }),
	filters: ['cal_type'],
	call: listCalendars,
	look: async (_, dsm) => await calendarRows(dsm, 'all'),
	id: ({ cal_id }) => cal_id,
	on: 'created',
	keep: (row, { cal_type: kind }) => kind === 'all' || row.cal_type === kind,
	event: calendarRow.with({ event_id: field.text(), is_shared: field.flag() }),
	dress: async (found, dsm) =>
		found.flatMap(({ row, more }) => {
			if (!row) return [];
			const { original_cal_id: original = row.cal_id } = row;
			return [{ ...withAddresses(row, dsm), ...more, is_shared: original !== row.cal_id }];
		}),
});
