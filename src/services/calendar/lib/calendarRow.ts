import { field } from '../../../catalog/row';
import type { z } from '../../../vendor/zod';
import { wireCalendar, type WireCalendar } from '../wire';
import { davPathOf } from './reads';

/** A calendar or to-do list as users get it. */
export const calendarRow = wireCalendar
	.with({
		cal_displayname: field.text(),
		/** Address for programs that speak CalDAV. */
		caldav_url: field.text(),
		/** Address that anybody may open; empty while the public link is off. */
		public_url: field.text(),
	})
	.as({
		simple: [
			'cal_id',
			'cal_displayname',
			'cal_description',
			'cal_color',
			'cal_type',
			'cal_privilege',
			'default_calendar',
			'original_ug_name',
			'caldav_url',
			'public_url',
		],
	});
export type CalendarRow = z.output<typeof calendarRow>;

/** A calendar with its addresses. */
export function withAddresses(row: WireCalendar, { account, url }: { account: string; url: string }): CalendarRow {
	const token = row.cal_public_sharing_id ?? '';
	return {
		...row,
		cal_displayname: row.cal_displayname ?? '',
		caldav_url: new URL(davPathOf(account, row.cal_id), url).href,
		public_url: token === '' ? '' : new URL(`/sharing/${encodeURIComponent(token)}`, url).href,
	};
}
