import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { DateTime } from '../../vendor/luxon';
import { objectAt, objectsMatching, put, remove, type DavObject } from '../../catalog/dav';
import { isStatus } from '../../catalog/dav-xml';
import { calls } from './calls';
import { addZone, memberName, newCalendar, newUid, writeEvent, type EventText } from './compose';
import { links, notifications, placed, ruleGiven, spanOf, startOf, type Content, type Span } from './draft';
import { parseIcs, type Component } from './expand';
import { participantsOf } from './invitees';
import { davPathOf, settingsOf, zoneOf } from './place';
import type { Wire } from './row';
import { repeatSettingOf } from './rule';
import { dateOfText, secondsOf } from './time';

/** An event as it shall be: what the web API and CalDAV are both written from. */
export interface Draft {
	cal_id: string;
	original_cal_id: string;
	span: Span;
	/** Empty: no repetition. */
	rrule: string;
	exdates: readonly string[];
	/** `repeat_setting` for a rule that the web API can say. */
	setting: Wire | undefined;
	fields: Wire;
	people: readonly Wire[];
	reminders?: readonly number[] | undefined;
	links?: readonly string[] | undefined;
}

const PLACE = { address: '', place_id: '', map_type: '', gps: { lat: -1, lng: -1 } };

/** The draft of an event from what was given and, for a change, from the row that is there. */
export async function draftOf(
	dsm: Dsm,
	given: Content,
	calendar: { cal_id: string; original_cal_id: string },
	known?: { row: Wire; span: Span; rrule: string },
): Promise<Draft> {
	const zone = given.tz_id || known?.span.zone || (await zoneOf(dsm, ''));
	const span = spanOf(given, zone, known?.span);
	const rrule = ruleGiven(given, span) ?? known?.rrule ?? '';
	const row = known?.row ?? {};
	const { location, description } = placed(given);
	const people = given.invitees
		? await participantsOf(dsm, given.invitees, row.participant as Wire[])
		: (row.participant ?? []);
	return {
		...calendar,
		span,
		rrule,
		exdates: [],
		setting: rrule === '' ? undefined : repeatSettingOf(rrule, startOf(span)),
		people,
		reminders: given.reminders,
		links: given.attachments,
		fields: {
			summary: given.summary ?? row.summary ?? '',
			description: description ?? row.description ?? '',
			color: given.color ?? row.color ?? '',
			notify_setting: given.reminders ? notifications(given.reminders) : (row.notify_setting ?? []),
			participant: people,
			attachments: given.attachments ? links(given.attachments) : (row.attachments ?? []),
			location_info:
				location === undefined ? { ...PLACE, name: '', ...row.location_info } : { ...PLACE, name: location },
		},
	};
}

/** Whether the web API can say it; else it goes through CalDAV (calendar.md 5.5). */
export const fitsWeb = ({ rrule, setting, exdates }: Draft): boolean =>
	(rrule === '' || setting !== undefined) && exdates.length === 0;

/** Parameters of `create` and `set` of version 5; all of them must be there, empty ones too (calendar.md 10). */
export const wireOf = ({ cal_id, original_cal_id, span, rrule, setting, fields }: Draft): Wire => ({
	cal_id,
	original_cal_id,
	...fields,
	is_all_day: span.isAllDay,
	tz_id: span.isAllDay ? '' : span.zone,
	dtstart: span.start,
	dtend: span.end,
	is_repeat_evt: rrule !== '',
	...(setting && { repeat_setting: setting }),
});

/** Some releases refuse an empty description: it is sent as a blank then, once (calendar.md 5.3). */
async function sent(dsm: Dsm, call: (typeof calls)[keyof typeof calls], params: Wire): Promise<Wire> {
	try {
		return (await dsm.call(call, params)) as Wire;
	} catch (error) {
		const isEmpty = isDsmError(error) && error.dsmCode === 9009 && params.description === '';
		if (!isEmpty) throw error;
		return (await dsm.call(call, { ...params, description: ' ' })) as Wire;
	}
}

/** Creates an event; gives its row. */
export async function create(dsm: Dsm, draft: Draft): Promise<Wire> {
	if (!fitsWeb(draft)) return await createByDav(dsm, draft);
	return await onItsDay(dsm, draft, await sent(dsm, calls.createEvent, wireOf(draft)));
}

/** Replaces an event or series by its draft; `row` is as it was read. */
export async function replace(dsm: Dsm, draft: Draft, row: Wire): Promise<Wire> {
	const params = {
		...wireOf(draft),
		evt_id: Number(row.evt_id),
		dav_etag: row.dav_etag,
		personal_property: personal(row),
	};
	return await onItsDay(dsm, draft, await sent(dsm, calls.setEvent, params));
}

const personal = ({ personal_property: given }: Wire): Wire =>
	(Array.isArray(given) ? given[0] : given) ?? { is_visible: true };

/** Changes one occurrence. */
export async function replaceOccurrence(dsm: Dsm, draft: Draft, row: Wire): Promise<Wire> {
	const { is_repeat_evt: _r, repeat_setting: _s, participant: _p, ...params } = wireOf(draft);
	const key = { evt_id: Number(row.evt_id), recurrence_id: String(row.recurrence_id), dav_etag: row.dav_etag };
	return await sent(dsm, calls.setOccurrence, { ...params, ...key });
}

/**
 * Calendar may take the epoch of a day in UTC or in the zone of its settings: the dossier has UTC, from a capture. When the answer
 * shows another day, it is put right once (calendar.md 5.4).
 */
async function onItsDay(dsm: Dsm, draft: Draft, row: Wire): Promise<Wire> {
	const { span } = draft;
	if (!span.isAllDay) return row;
	const dayOf = (seconds: number) => DateTime.fromSeconds(seconds, { zone: 'UTC' }).toISODate()!;
	const [start, end] = [dayOf(span.start), dayOf(span.end)];
	if (dateOfText(String(row.dtstart_string ?? '')) === start || !row.dtstart_string) return row;
	const zone = String((await settingsOf(dsm)).time_zone ?? 'UTC');
	const params = {
		...wireOf(draft),
		evt_id: Number(row.evt_id),
		dav_etag: row.dav_etag,
		dtstart: secondsOf({ date: start }, zone),
		dtend: secondsOf({ date: end }, zone),
		personal_property: personal(row),
	};
	return await sent(dsm, calls.setEvent, params);
}

const textOf = ({ span, fields, rrule, exdates, people, reminders, links: urls }: Draft): EventText => ({
	summary: fields.summary,
	description: fields.description,
	location: [fields.location_info.name, fields.location_info.address].filter(Boolean).join(', '),
	start: span.start,
	end: span.end,
	isAllDay: span.isAllDay,
	zone: span.zone,
	rrule,
	exdates,
	...(people.length > 0 && { people: [...people].sort(bossFirst).map(({ email }) => String(email)) }),
	reminders: reminders ?? minutesOf(fields.notify_setting as Wire[]),
	attachments: urls ?? (fields.attachments as Wire[]).map(({ property_value: url }) => String(url)),
});

const bossFirst = (a: Wire, b: Wire): number => Number(b.role === 'organizer') - Number(a.role === 'organizer');

const minutesOf = (rows: Wire[]): number[] =>
	rows.filter(({ type }) => type === 'duration').map(({ duration }) => -Number(duration?.minutes ?? 0));

/** An event that only iCalendar can say: written through CalDAV, then read back from the web API. */
async function createByDav(dsm: Dsm, draft: Draft): Promise<Wire> {
	const uid = newUid();
	const { calendar, event } = newCalendar(uid);
	writeEvent(event, textOf(draft), dsm.now());
	if (draft.fields.color) event.updatePropertyWithValue('color', String(draft.fields.color));
	if (!draft.span.isAllDay) await addZone(dsm, calendar, draft.span.zone);
	const path = `${davPathOf(dsm.account, draft.cal_id)}${memberName(uid)}`;
	await put(dsm, path, `${String(calendar)}\r\n`, { type: 'text/calendar; charset=utf-8', what: 'The event' });
	return await rowOfUid(dsm, draft.cal_id, uid);
}

export const rowOfUid = async (dsm: Dsm, cal_id: string, ical_uid: string): Promise<Wire> =>
	(await dsm.call(calls.event, { ical_uid, cal_id }, { readOnly: true })) as Wire;

/** Changes the master of a series in its iCalendar text, so that nothing the web API cannot say is lost. */
export async function editByDav(dsm: Dsm, row: Wire, change: (event: Component) => void): Promise<Wire> {
	const cal_id = String(row.cal_id ?? row.original_cal_id);
	const object = await objectOfUid(dsm, davPathOf(dsm.account, cal_id), String(row.ical_uid));
	const calendar = parseIcs(object.data);
	const events = calendar.getAllSubcomponents('vevent');
	const master = events.find((one) => !one.hasProperty('recurrence-id')) ?? events[0];
	if (master) change(master);
	await put(dsm, object.path, `${String(calendar)}\r\n`, {
		etag: object.etag,
		type: 'text/calendar; charset=utf-8',
		what: 'The event',
	});
	return await rowOfUid(dsm, cal_id, String(row.ical_uid));
}

export const changeByDav = async (dsm: Dsm, draft: Draft, row: Wire): Promise<Wire> =>
	await editByDav(dsm, row, (event) => writeEvent(event, textOf(draft), dsm.now()));

/** Puts an event into another calendar as it is, then takes it out of its own: nothing is lost when the second step fails. */
export async function moveByDav(dsm: Dsm, row: Wire, to: string): Promise<Wire> {
	const uid = String(row.ical_uid);
	const object = await objectOfUid(dsm, davPathOf(dsm.account, String(row.cal_id)), uid);
	const path = `${davPathOf(dsm.account, to)}${encodeURIComponent(memberName(uid))}`;
	await put(dsm, path, object.data, { type: 'text/calendar; charset=utf-8', what: 'The event' });
	await remove(dsm, object.path, 'The event', object.etag);
	return await rowOfUid(dsm, to, uid);
}

/** A member by its UID: under its usual name, else by a query. */
async function objectOfUid(dsm: Dsm, folder: string, uid: string): Promise<DavObject> {
	try {
		return await objectAt(dsm, `${folder}${encodeURIComponent(memberName(uid))}`);
	} catch (error) {
		if (!isStatus(error, 404)) throw error;
		const prop = { _attributes: { name: 'UID' }, 'cal:text-match': { _text: uid } };
		const event = { _attributes: { name: 'VEVENT' }, 'cal:prop-filter': prop };
		const filter = { 'cal:comp-filter': { _attributes: { name: 'VCALENDAR' }, 'cal:comp-filter': event } };
		const found = await objectsMatching(dsm, 'caldav', folder, filter);
		const exact = found.find(({ data }) => data.replace(/\r?\n[ \t]/g, '').includes(uid));
		if (exact) return exact;
		throw error;
	}
}
