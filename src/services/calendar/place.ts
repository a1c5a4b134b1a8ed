import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { calls } from './calls';
import type { Wire } from './row';
import { isZone } from './time';

/** Time zone of the account's Calendar, with its other settings. */
export async function settingsOf(dsm: Dsm): Promise<Wire> {
	return ((await dsm.call(calls.settings, {}, { readOnly: true })) ?? {}) as Wire;
}

/** Time of the NAS in milliseconds. Before its first answer only the time of this computer is known, which may be another. */
export async function nasNow(dsm: Dsm): Promise<number> {
	await dsm.apis([calls.events.api]);
	return dsm.now();
}

/** The zone that was given, else that of the settings. */
export async function zoneOf(dsm: Dsm, given: string): Promise<string> {
	if (given !== '') return given;
	const zone = String((await settingsOf(dsm)).time_zone ?? '');
	return isZone(zone) ? zone : 'UTC';
}

/** A calendar that may be written into, with the id of its owner's. Throws DsmInputError for one that may only be read. */
export async function writableCalendar(dsm: Dsm, cal_id: string): Promise<{ cal_id: string; original_cal_id: string }> {
	const found = (await dsm.call(calls.calendar, { cal_id }, { readOnly: true })) as Wire;
	if (found.cal_privilege === 'RO') {
		throw new DsmInputError('The account may only read this calendar.', {
			path: ['cal_id'],
			hint: 'Choose another calendar, or have its owner share it for writing.',
		});
	}
	return { cal_id, original_cal_id: String(found.original_cal_id ?? cal_id) };
}

/** Calendars of one kind or all. Some devices refuse `all` with 119: both kinds are asked for then (calendar.md 4.2). */
export async function calendarRows(dsm: Dsm, kind: 'event' | 'todo' | 'all'): Promise<Wire[]> {
	const ask = async (cal_type: string) => rowsOf(await dsm.call(calls.calendars, { cal_type }, { readOnly: true }));
	if (kind !== 'all') return await ask(kind);
	const [events, todos] = await Promise.all([ask('event'), ask('todo')]);
	return [
		...events.map((row) => ({ cal_type: 'event', ...row })),
		...todos.map((row) => ({ cal_type: 'todo', ...row })),
	];
}

/** `data.list`, or a bare list (calendar.md 10). */
export const rowsOf = (data: unknown): Wire[] => {
	const list = Array.isArray(data) ? data : (data as Wire | undefined)?.list;
	return Array.isArray(list) ? (list as Wire[]) : [];
};

/** Collection of a calendar in CalDAV: its last part below the account's home (calendar.md 8). */
export const davPathOf = (account: string, cal_id: string): string => {
	const slug = cal_id.split('/').filter(Boolean).at(-1) ?? '';
	return `/caldav/${encodeURIComponent(account)}/${encodeURIComponent(slug)}/`;
};

/** Events of a period as the web API lists them; both ends are given, so that series are expanded (calendar.md 5.2). */
export async function eventRows(
	dsm: Dsm,
	given: { calendars?: readonly string[]; start: number; end: number; keyword?: string; more?: Wire },
): Promise<Wire[]> {
	const { calendars = [], start, end, keyword = '', more = {} } = given;
	const params = {
		...(calendars.length > 0 && { cal_id_list: calendars }),
		start,
		end,
		keyword,
		filter_starred: 'all',
		filter_own: 'all',
		filter_invited: 'all',
		...more,
	};
	return rowsOf(await dsm.call(calls.events, params, { readOnly: true }));
}
