import type { Dsm } from '../../core/dsm';
import { z } from '../../vendor/zod';
import { davPathOf } from './place';
import type { Wire } from './row';

export const calendarShape = z.looseObject({
	cal_id: z.string(),
	cal_displayname: z.string(),
	/** RO: may be read only. */
	cal_privilege: z.string().optional(),
	/** Address for programs that speak CalDAV. */
	caldav_url: z.string(),
	/** Address that anybody may open; empty while the public link is off. */
	public_url: z.string(),
});

/** A calendar with its addresses. */
export function withAddresses(dsm: Dsm, row: Wire): z.output<typeof calendarShape> {
	const cal_id = String(row.cal_id ?? '');
	const token = String(row.cal_public_sharing_id ?? '');
	return {
		...row,
		cal_id,
		cal_displayname: String(row.cal_displayname ?? ''),
		caldav_url: new URL(davPathOf(dsm.account, cal_id), dsm.url).href,
		public_url: token === '' ? '' : new URL(`/sharing/${encodeURIComponent(token)}`, dsm.url).href,
	};
}
