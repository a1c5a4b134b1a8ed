import type { Call } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { DateTime } from '../../../vendor/luxon';
import { objectAt, objectsMatching, type DavObject } from '../../../catalog/dav';
import { put, remove } from '../../../catalog/davWrite';
import { isStatus } from '../../../catalog/davXml';
import { createEvent, getEvent, setEvent, setOccurrence, type WireEvent } from '../wire';
import { pointAt, pointOf } from '../../../formats/ical/points';
import type { Content } from './content';
import { fitsWeb, marksOf, minutesOf, wireOf, type Draft } from './draft';
import { moveExceptions } from './ical/anchor';
import { dropExceptions, keepSide, moveTo } from './ical/cut';
import {
	addZone,
	memberName,
	newCalendar,
	newUid,
	writeColor,
	writeEvent,
	writeRule,
	writeStamps,
	type EventText,
} from './ical/compose';
import { changedOccurrence, ledBy, withoutOccurrence } from './ical/occurrence';
import { wallOf } from '../../../formats/ical/days';
import { unfolded } from '../../../formats/ical/lines';
import { patched } from '../../../formats/ical/patch';
import { masterOf, parseIcs, type Component } from '../../../formats/ical/text';
import { davPathOf, zoneOf } from './reads';
import { dateOfText, secondsOf } from './time';

type Params = Record<string, unknown>;
type Kind = 'vevent' | 'vtodo';

/** Some releases refuse an empty description: it is sent as a blank then, once (calendar.md 5.3). */
async function sent(dsm: Dsm, call: Call<WireEvent>, params: Params): Promise<WireEvent> {
	try {
		return await dsm.call(call, params);
	} catch (error) {
		const isEmpty = isDsmError(error) && error.dsmCode === 9009 && params['description'] === '';
		if (!isEmpty) throw error;
		return await dsm.call(call, { ...params, description: ' ' });
	}
}

/** Creates an event; gives its row. */
export async function create(dsm: Dsm, draft: Draft): Promise<WireEvent> {
	if (!fitsWeb(draft)) return await createByDav(dsm, draft);
	return await onItsDay(dsm, draft, await sent(dsm, createEvent, wireOf(draft)));
}

/** What is to be sent of an event beside its draft. */
const identityOf = ({ evt_id, dav_etag, personal_property: personal = { is_visible: true } }: WireEvent): Params => ({
	evt_id: Number(evt_id),
	dav_etag,
	personal_property: personal,
});

/** Replaces an event or series by its draft; `row` is as it was read. */
export async function replace(dsm: Dsm, draft: Draft, row: WireEvent): Promise<WireEvent> {
	return await onItsDay(dsm, draft, await sent(dsm, setEvent, { ...wireOf(draft), ...identityOf(row) }));
}

/** Changes one occurrence. */
export async function replaceOccurrence(dsm: Dsm, draft: Draft, row: WireEvent): Promise<WireEvent> {
	const { is_repeat_evt: _r, repeat_setting: _s, participant: _p, ...params } = wireOf(draft);
	const key = { evt_id: Number(row.evt_id), recurrence_id: row.recurrence_id, dav_etag: row.dav_etag };
	return await sent(dsm, setOccurrence, { ...params, ...key });
}

/**
 * Calendar may take the epoch of a day in UTC or in the zone of its settings: the dossier has UTC, from a capture. When the answer
 * shows another day, it is put right once (calendar.md 5.4).
 */
async function onItsDay(dsm: Dsm, draft: Draft, row: WireEvent): Promise<WireEvent> {
	const { span } = draft;
	if (!span.isAllDay || !row.dtstart_string) return row;
	const dayOf = (seconds: number) => DateTime.fromSeconds(seconds, { zone: 'UTC' }).toFormat('yyyy-MM-dd');
	const [start, end] = [dayOf(span.start), dayOf(span.end)];
	if (dateOfText(row.dtstart_string) === start) return row;
	const zone = await zoneOf(dsm);
	return await sent(dsm, setEvent, {
		...wireOf(draft),
		...identityOf(row),
		dtstart: secondsOf({ date: start }, zone),
		dtend: secondsOf({ date: end }, zone),
	});
}

const textOf = ({ span, fields, rrule, reminders, links, marks }: Draft): EventText => ({
	summary: fields.summary,
	description: fields.description,
	location: [fields.location_info.name, fields.location_info.address].filter(Boolean).join(', '),
	start: span.start,
	end: span.end,
	isAllDay: span.isAllDay,
	zone: span.zone,
	rrule,
	...(fields.participant.length > 0 && { people: addressesOf(fields.participant) }),
	reminders: reminders ?? minutesOf(fields.notify_setting),
	attachments: links ?? fields.attachments.map(({ property_value: url }) => url ?? ''),
	...marks,
});

/** Mail addresses, that of the organizer first. */
const addressesOf = (people: Draft['fields']['participant']): string[] => {
	const rank = ({ role }: { role?: string | undefined }) => (role === 'organizer' ? 0 : 1);
	return [...people].sort((a, b) => rank(a) - rank(b)).map(({ email }) => email ?? '');
};

const masterIn = (calendar: Component): Component => masterOf(calendar.getAllSubcomponents('vevent'))!;

const ICALENDAR = { type: 'text/calendar; charset=utf-8', what: 'The event' };

/** An event that only iCalendar can say: written through CalDAV, then read back from the web API. */
async function createByDav(dsm: Dsm, draft: Draft): Promise<WireEvent> {
	const uid = newUid();
	const { calendar, event } = newCalendar(uid);
	writeEvent(event, textOf(draft), dsm.now());
	writeColor(event, draft.fields.color);
	if (!draft.span.isAllDay) await addZone(dsm, calendar, draft.span.zone);
	const path = `${davPathOf(dsm.account, draft.cal_id)}${memberName(uid)}`;
	await put(dsm, path, `${String(calendar)}\r\n`, ICALENDAR);
	return await rowOfUid(dsm, draft.cal_id, uid);
}

const rowOfUid = async (dsm: Dsm, cal_id: string, ical_uid = ''): Promise<WireEvent> =>
	await dsm.call(getEvent, { ical_uid, cal_id });

const calendarOf = ({ cal_id, original_cal_id: original = '' }: WireEvent): string => cal_id ?? original;

/** Changes the master in its iCalendar text: every line that the change is not about stays byte for byte. */
export const editByDav = async (dsm: Dsm, row: WireEvent, change: (event: Component) => void): Promise<WireEvent> =>
	await rewriteByDav(dsm, row, (text) => patchedMaster(text, 'vevent', change));

/** Writes the iCalendar text of an event anew, as it stands in CalDAV. Throws DsmApiError when somebody else was faster. */
async function rewriteByDav(dsm: Dsm, row: WireEvent, change: (text: string) => string): Promise<WireEvent> {
	const cal_id = calendarOf(row);
	await rewrite(dsm, { cal_id, uid: row.ical_uid ?? '', kind: 'vevent' }, change);
	return await rowOfUid(dsm, cal_id, row.ical_uid);
}

/** Changes the master of an event or to-do as it stands in CalDAV. Throws DsmApiError when somebody else was faster. */
export const patchObject = async (dsm: Dsm, object: Named, change: (master: Component) => void): Promise<void> =>
	await rewrite(dsm, object, (text) => patchedMaster(text, object.kind, change));

interface Named {
	cal_id: string;
	uid: string;
	kind: Kind;
}

const patchedMaster = (text: string, kind: Kind, change: (master: Component) => void): string =>
	patched(text, (calendar) => {
		const master = masterOf(calendar.getAllSubcomponents(kind));
		if (master) change(master);
	});

async function rewrite(dsm: Dsm, { cal_id, uid, kind }: Named, change: (text: string) => string): Promise<void> {
	const object = await objectOfUid(dsm, davPathOf(dsm.account, cal_id), uid, kind);
	const what = kind === 'vtodo' ? 'The to-do' : 'The event';
	await put(dsm, object.path, change(object.data), { ...ICALENDAR, what, etag: object.etag, before: object.data });
}

/** Changes one occurrence in the iCalendar text: its own lines and those of the series stay byte for byte. */
export async function changeOccurrenceByDav(
	dsm: Dsm,
	draft: Draft,
	row: WireEvent,
	given: Content,
): Promise<WireEvent> {
	const { recurrence_id: id = '' } = row;
	await rewriteByDav(dsm, row, (text) =>
		changedOccurrence(text, id, row.tz_id || 'UTC', (event) => writeGiven(event, draft, given, dsm.now())),
	);
	return await dsm.call(getEvent, { evt_id: Number(row.evt_id), recurrence_id: id });
}

/** Takes one occurrence out in the iCalendar text; with none left the event goes. */
export async function removeOccurrenceByDav(dsm: Dsm, row: WireEvent, recurrence_id: string): Promise<void> {
	const object = await objectOfUid(dsm, davPathOf(dsm.account, calendarOf(row)), row.ical_uid);
	const stamp = (event: Component) => writeStamps(event, dsm.now());
	const text = withoutOccurrence(object.data, recurrence_id, row.tz_id || 'UTC', stamp);
	const { path, etag } = object;
	if (text === undefined) return await remove(dsm, path, 'The event', etag);
	await put(dsm, path, text, { ...ICALENDAR, etag, before: object.data });
}

/** Writes what was given, and nothing else: people, alarms and attachments hold more than the friendly fields say (calendar.md 7.3). */
export async function changeByDav(dsm: Dsm, draft: Draft, row: WireEvent, given: Content): Promise<WireEvent> {
	return await editByDav(dsm, row, (event) => writeSeries(event, draft, given, dsm.now()));
}

function writeGiven(event: Component, draft: Draft, given: Content, now: number): void {
	const all = textOf(draft);
	const isPlaced = given.location !== undefined || given.conference !== undefined;
	const isMoved = [given.start, given.is_all_day, given.tz_id || undefined].some((one) => one !== undefined);
	const isRuled = given.repeat !== undefined || given.rrule !== undefined;
	const text: EventText = {
		isAllDay: all.isAllDay,
		zone: all.zone,
		...(given.summary !== undefined && { summary: all.summary }),
		...((given.description ?? given.conference) !== undefined && { description: all.description }),
		...(isPlaced && { location: all.location }),
		...(isMoved && { start: all.start }),
		...((isMoved || given.end !== undefined) && { end: all.end }),
		...(isRuled && { rrule: all.rrule }),
		...(given.invitees && { people: all.people ?? [] }),
		...(given.reminders && { reminders: all.reminders }),
		...(given.attachments && { attachments: all.attachments }),
		...marksOf(given),
	};
	writeEvent(event, text, now);
	if (given.color !== undefined) writeColor(event, draft.fields.color);
}

/** Writes what was given into a master, and takes along what refers to its start. */
function writeSeries(master: Component, draft: Draft, given: Content, now: number): void {
	const start = () => pointOf(master, 'dtstart', draft.span.zone || 'UTC');
	const before = start();
	writeGiven(master, draft, given, now);
	const after = start();
	if (before && after) moveExceptions(master, before, after);
}

/** Makes the rest of a series an event of its own, with every line of the series and with the exceptions from there on. */
export async function branchByDav(
	dsm: Dsm,
	draft: Draft,
	row: WireEvent,
	given: Content,
	{ recurrence_id, rrule }: { recurrence_id: string; rrule: string },
): Promise<WireEvent> {
	const cal_id = calendarOf(row);
	const object = await objectOfUid(dsm, davPathOf(dsm.account, cal_id), row.ical_uid);
	const [uid, cut, zone] = [newUid(), wallOf(recurrence_id)?.wall ?? 0, row.tz_id || 'UTC'];
	const isRuled = given.repeat !== undefined || given.rrule !== undefined;
	const first = pointOf(masterIn(parseIcs(object.data)), 'dtstart', zone)!;
	// What the first one says of itself holds for all that follow it now.
	const led = ledBy(object.data, recurrence_id, zone);
	const text = patched(led, (calendar) => {
		const master = masterIn(calendar);
		if (isRuled) dropExceptions(master);
		else keepSide(master, cut, zone, 'from');
		if (led === object.data) moveTo(master, cut);
		else moveExceptions(master, pointAt(cut, first.isDate, first.zone), pointOf(master, 'dtstart', zone)!);
		writeRule(master, rrule);
		writeSeries(master, draft, given, dsm.now());
		for (const one of calendar.getAllSubcomponents('vevent')) one.updatePropertyWithValue('uid', uid);
	});
	await put(dsm, `${davPathOf(dsm.account, cal_id)}${memberName(uid)}`, text, ICALENDAR);
	return await rowOfUid(dsm, cal_id, uid);
}

/** Puts an event into another calendar as it is, then takes it out of its own: nothing is lost when the second step fails. */
export async function moveByDav(dsm: Dsm, row: WireEvent, to: string): Promise<WireEvent> {
	const { ical_uid: uid = '' } = row;
	const object = await objectOfUid(dsm, davPathOf(dsm.account, calendarOf(row)), uid);
	await put(dsm, `${davPathOf(dsm.account, to)}${encodeURIComponent(memberName(uid))}`, object.data, ICALENDAR);
	await remove(dsm, object.path, 'The event', object.etag);
	return await rowOfUid(dsm, to, uid);
}

/** A member by its UID: under its usual name, else by a query. */
async function objectOfUid(dsm: Dsm, folder: string, uid = '', kind: Kind = 'vevent'): Promise<DavObject> {
	try {
		return await objectAt(dsm, `${folder}${encodeURIComponent(memberName(uid))}`);
	} catch (error) {
		if (!isStatus(error, 404)) throw error;
		const prop = { _attributes: { name: 'UID' }, 'cal:text-match': { _text: uid } };
		const event = { _attributes: { name: kind.toUpperCase() }, 'cal:prop-filter': prop };
		const filter = { 'cal:comp-filter': { _attributes: { name: 'VCALENDAR' }, 'cal:comp-filter': event } };
		const found = await objectsMatching(dsm, 'caldav', folder, filter);
		const exact = found.find(({ data }) => unfolded(data).includes(uid));
		if (exact) return exact;
		throw error;
	}
}
