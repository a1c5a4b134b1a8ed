import { refuseTwins } from '../../../catalog/absence';
import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import {
	getCalendar,
	getSettings,
	listCalendars,
	listEvents,
	type Settings,
	type WireCalendar,
	type WireEvent,
} from '../wire';
import { isZone } from './time';

/** Time of the NAS in milliseconds. Before its first answer only the time of this computer is known, which may be another. */
export async function nasNow(dsm: Dsm): Promise<number> {
	await dsm.apis([listEvents.api]);
	return dsm.now();
}

/** The zone of settings; UTC where they name none that is known. */
export const zoneIn = ({ time_zone: zone = '' }: Settings): string => (isZone(zone) ? zone : 'UTC');

/** The zone that was given, else that of the settings. */
export const zoneOf = async (dsm: Dsm, given = ''): Promise<string> =>
	given === '' ? zoneIn(await dsm.call(getSettings)) : given;

/** Says that events, or to-dos, do not belong into a calendar (calendar.md 8). */
export const wrongKind = (name: string, kind: 'event' | 'todo'): string =>
	kind === 'todo'
		? `"${name}" is a calendar of events and takes no to-dos`
		: `"${name}" is a to-do list and takes no events`;

/**
 * A calendar that may be written into, with the id of its owner's. Throws DsmInputError for one that may only be read, and for one of the
 * other kind where the NAS tells the kind.
 */
export async function writableCalendar(
	dsm: Dsm,
	cal_id: string,
	kind: 'event' | 'todo' = 'event',
	path = 'cal_id',
): Promise<{ cal_id: string; original_cal_id: string }> {
	const found = await dsm.call(getCalendar, { cal_id });
	if (found.cal_type === (kind === 'event' ? 'todo' : 'event')) {
		throw new DsmInputError(`${wrongKind(found.cal_displayname ?? cal_id, kind)}.`, {
			path: [path],
			hint: kind === 'todo' ? 'Choose a to-do list.' : 'Choose a calendar of events.',
		});
	}
	if (found.cal_privilege === 'RO') {
		throw new DsmInputError('The account may only read this calendar.', {
			path: [path],
			hint: 'Choose another calendar, or have its owner share it for writing.',
		});
	}
	return { cal_id, original_cal_id: found.original_cal_id ?? cal_id };
}

/** Calendars of one kind or all. Some devices refuse `all` with 119: both kinds are asked for then (calendar.md 4.2). */
export async function calendarRows(dsm: Dsm, kind: 'event' | 'todo' | 'all'): Promise<WireCalendar[]> {
	const ask = async (cal_type: 'event' | 'todo') =>
		(await dsm.list(listCalendars, { cal_type })).map((row): WireCalendar => ({ cal_type, ...row }));
	if (kind !== 'all') return await ask(kind);
	return (await Promise.all([ask('event'), ask('todo')])).flat();
}

/** Collection of a calendar in CalDAV: its last part below the account's home (calendar.md 8). */
export const davPathOf = (account: string, cal_id: string): string => {
	const slug = cal_id.split('/').filter(Boolean).at(-1) ?? '';
	return `/caldav/${encodeURIComponent(account)}/${encodeURIComponent(slug)}/`;
};

/** Events of a period as the web API lists them; both ends are given, so that series are expanded (calendar.md 5.2). */
export async function eventRows(
	dsm: Dsm,
	given: {
		calendars?: readonly string[];
		start: number;
		end: number;
		keyword?: string;
		more?: Record<string, unknown>;
	},
): Promise<WireEvent[]> {
	const { calendars = [], start, end, keyword = '', more = {} } = given;
	const rows = await dsm.list(listEvents, {
		...(calendars.length > 0 && { cal_id_list: calendars }),
		start,
		end,
		keyword,
		filter_starred: 'all',
		filter_own: 'all',
		filter_invited: 'all',
		...more,
	});
	// Occurrences share the id of their series, and its UID.
	refuseTwins(
		rows.map(({ evt_id, ical_uid }) => ({ evt_id, ical_uid })),
		({ evt_id }) => evt_id,
	);
	return rows;
}
