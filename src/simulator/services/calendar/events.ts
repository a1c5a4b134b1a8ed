import type { Component } from '../../core/ical';
import type { BehaviourTable } from '../../core/behaviour';
import {
	behaviour,
	changeable,
	checkEtag,
	found,
	integer,
	isTrue,
	need,
	Refusal,
	text,
	versions,
	viewOf,
	viewsOf,
	writable,
	type CalendarCall,
	type Found,
} from './call';
import { eventRow, newObject, timesOf, writeFields, writeRepeat } from './event-row';
import { isRepeating, occurrenceAt, occurrences, startOf, type Occurrence } from './object';
import { oldEvents } from './old-events';
import { writeAlarms } from './parts';
import { pathOf } from './store';
import { addStamp, stampFrom, writeStamp } from './times';

const API = 'SYNO.Cal.Event';
type Row = Record<string, unknown>;

const SHARED = [
	'cal_id',
	'original_cal_id',
	'summary',
	'is_all_day',
	'tz_id',
	'dtstart',
	'dtend',
	'color',
	'notify_setting',
	'description',
];
const CREATE = [...SHARED, 'is_repeat_evt', 'participant'];
const SET = [...CREATE, 'evt_id', 'dav_etag', 'location_info', 'attachments'];
const SUB = [...SHARED, 'evt_id', 'recurrence_id', 'dav_etag', 'attachments'];
const INVITE = ['evt_id', 'cal_id', 'original_cal_id', 'dav_etag', 'notify_setting'];

/** Checks what a write needs; without a summary it is refused (calendar.md 9: empty field). */
function needWrite(call: CalendarCall, names: readonly string[]): void {
	const { switches } = call.cal;
	need(call, names, switches.missingCode);
	if (switches.refusesEmptyDescription && call.params['description'] === '') throw new Refusal(9009);
}

function list(call: CalendarCall): Row {
	const { params } = call;
	if (['start', 'end', 'limit'].every((name) => params[name] === undefined)) throw new Refusal(9006);
	const from = params['start'] === undefined ? -Infinity : integer(call, 'start');
	const to = params['end'] === undefined ? Infinity : integer(call, 'end');
	const isBounded = Number.isFinite(from) || Number.isFinite(to);
	const views = viewsOf(call, 'event');
	const isHere = ({ view }: Found) => views.some(({ cal_id }) => cal_id === view.cal_id);
	const all = [...call.cal.seenBy(call.me, 'event', views), ...call.cal.invitationsOf(call.me).filter(isHere)];
	const rows = all.filter(wanted(call)).flatMap(({ view, stored }) => {
		const { parsed } = stored;
		const masters = call.cal.switches.listsMasters || !isBounded;
		// A series without an end on one side is not expanded for ever.
		const last = Number.isFinite(to) ? to : (Number.isFinite(from) ? from : 0) + 366 * 86_400;
		const found: (Occurrence | undefined)[] = occurrences(parsed, from, last);
		if (masters && isRepeating(parsed)) return found.length > 0 || !isBounded ? [eventRow(call, view, stored)] : [];
		return found.map((one) => eventRow(call, view, stored, one));
	});
	const matching = rows.filter(textMatches(call));
	const limit = params['limit'] === undefined ? Infinity : integer(call, 'limit');
	return { list: limit > 0 ? matching.slice(0, limit) : matching };
}

/** `filter_own`, `filter_invited`: yes, no or all. Nothing says what a starred event is. */
function wanted({ params, me }: CalendarCall): (row: Found) => boolean {
	const fits = (name: string, is: boolean) =>
		params[name] === undefined || params[name] === 'all' || (params[name] === 'yes') === is;
	return ({ view, invited }) =>
		fits('filter_own', view.calendar.owner === me.name) &&
		fits('filter_invited', invited) &&
		fits('filter_starred', false);
}

function textMatches({ params }: CalendarCall): (row: Row) => boolean {
	const keyword = String(params['keyword'] ?? '').toLowerCase();
	const colors = Array.isArray(params['evt_color_list']) ? (params['evt_color_list'] as unknown[]) : [];
	return (row) => {
		const place = row['location_info'] as Row;
		const texts = [row['summary'], row['description'], place['name'], place['address']].map((one) =>
			String(one).toLowerCase(),
		);
		return texts.some((one) => one.includes(keyword)) && (colors.length === 0 || colors.includes(row['color']));
	};
}

function get(call: CalendarCall): Row {
	const { params } = call;
	if (params['evt_id'] === undefined) {
		if (params['ical_uid'] === undefined) throw new Refusal(9006);
		const { calendar } = viewOf(call, text(call, 'cal_id'), 9009);
		const uid = text(call, 'ical_uid');
		const view = viewOf(call, pathOf(calendar));
		const stored = [...calendar.objects.values()].find(({ parsed }) => parsed.uid === uid && parsed.kind === 'event');
		if (!stored) throw new Refusal(9009);
		return eventRow(call, view, stored);
	}
	const { view, stored } = found(call, 'event');
	const key = params['recurrence_id'] === undefined ? '' : text(call, 'recurrence_id');
	if (key === '') return eventRow(call, view, stored);
	const one = occurrenceAt(stored.parsed, key);
	if (!one) throw new Refusal(9009);
	return eventRow(call, view, stored, one);
}

function create(call: CalendarCall): Row {
	needWrite(call, CREATE);
	const view = writable(call, text(call, 'cal_id'));
	if (view.calendar.kind !== 'event') throw new Refusal(9009);
	const parsed = newObject(call.cal.newUid(), 'vevent');
	writeFields(call, parsed.master);
	writeRepeat(call, parsed.master);
	const stored = call.cal.save(view.calendar, `${parsed.uid}.ics`, parsed, call.me.name);
	stored.app = (call.params['from_syno_app_url'] ?? {}) as Row;
	return eventRow(call, view, stored);
}

/** Replaces all it takes; with another `cal_id` the event moves (calendar.md 5.3). */
function set(call: CalendarCall): Row {
	needWrite(call, call.cal.switches.needsPersonalProperty ? [...SET, 'personal_property'] : SET);
	const { stored } = changeable(call, 'event');
	const target = writable(call, text(call, 'cal_id'));
	if (pathOf(stored.calendar) !== text(call, 'original_cal_id') && target.calendar !== stored.calendar)
		throw new Refusal(9009);
	const { parsed } = stored;
	const before = startOf(parsed.master);
	writeFields(call, parsed.master);
	writeRepeat(call, parsed.master);
	// A series that begins at another time has other occurrences: their exceptions are gone.
	if (before.local.at !== startOf(parsed.master).local.at) parsed.calendar.dropInner((one) => one.has('recurrence-id'));
	if (call.params['exdate']) addExdate(parsed.master, text(call, 'exdate'));
	const saved =
		target.calendar === stored.calendar
			? call.cal.save(stored.calendar, stored.name, parsed, call.me.name)
			: call.cal.move(stored, target.calendar, call.me.name);
	return eventRow(call, target, saved);
}

function addExdate(master: Component, key: string): void {
	const { zone } = startOf(master);
	const stamp = stampFrom(key, zone);
	if (!stamp) throw new Refusal(9009);
	addStamp(master, 'exdate', stamp);
}

/** The component of one occurrence, made when there is none yet. */
function overrideOf(call: CalendarCall, { stored: { parsed } }: Found): Component {
	const key = text(call, 'recurrence_id', 9009);
	if (!isRepeating(parsed) || !occurrenceAt(parsed, key)) throw new Refusal(9009);
	const known = parsed.overrides.get(key);
	if (known) return known;
	const copy = parsed.master.copy();
	copy.drop('rrule', 'rdate', 'exdate');
	writeStamp(copy, 'recurrence-id', stampFrom(key, startOf(parsed.master).zone)!);
	parsed.calendar.components.push(copy);
	return copy;
}

function saved(call: CalendarCall, { view, stored }: Found, key = ''): Row {
	const now = call.cal.save(stored.calendar, stored.name, stored.parsed, call.me.name);
	return eventRow(call, view, now, key === '' ? undefined : occurrenceAt(now.parsed, key));
}

function setSubevent(call: CalendarCall): Row {
	needWrite(call, SUB);
	const row = changeable(call, 'event');
	timesOf(call);
	writeFields(call, overrideOf(call, row));
	return saved(call, row, text(call, 'recurrence_id'));
}

function setExdate(call: CalendarCall): Row {
	need(call, ['evt_id', 'dav_etag', 'exdate'], call.cal.switches.missingCode);
	const row = changeable(call, 'event');
	const key = text(call, 'exdate', 9009);
	if (!occurrenceAt(row.stored.parsed, key)) throw new Refusal(9009);
	addExdate(row.stored.parsed.master, key);
	const gone = row.stored.parsed.overrides.get(key);
	row.stored.parsed.calendar.dropInner((one) => one === gone);
	return { success: true, ...saved(call, row) };
}

/** Own reminders of an event of somebody else; they are kept with the event here. */
function setInvite(call: CalendarCall, names: readonly string[]): Row {
	need(call, names, call.cal.switches.missingCode);
	const row = found(call, 'event');
	checkEtag(call, row.stored);
	const key = names === INVITE ? '' : text(call, 'recurrence_id');
	const component = key === '' ? row.stored.parsed.master : overrideOf(call, row);
	writeAlarms(component, (call.params['notify_setting'] ?? []) as unknown[]);
	return saved(call, row, key);
}

function setPersonal(call: CalendarCall): Row {
	need(call, ['evt_id', 'is_visible'], call.cal.switches.missingCode);
	const { stored } = found(call, 'event');
	const key = call.params['recurrence_id'] === undefined ? '' : text(call, 'recurrence_id');
	const name = key === '' ? call.me.name : `${call.me.name} ${key}`;
	if (isTrue(call, 'is_visible')) stored.hidden.delete(name);
	else stored.hidden.add(name);
	return { success: true };
}

function remove(call: CalendarCall): void {
	const { view, stored, invited } = found(call, 'event');
	if (view.privilege !== 'RW' || invited) throw new Refusal(call.cal.switches.readOnlyCode);
	call.cal.remove(stored);
}

/** Names and meaning of the parameters are not public; these are the likely ones (calendar.md 5.3). */
function reply(call: CalendarCall): void {
	call.cal.recorded.push({ api: API, method: 'reply', params: call.params });
	const { stored } = found(call, 'event');
	if (!call.cal.answer(stored, call.me, text(call, 'invite_status'))) throw new Refusal(9009);
}

/** Events (calendar.md 5); versions 1 to 4 are in `old-events.ts`. */
export const eventBehaviours: BehaviourTable = {
	[`${API}.list`]: versions({ 1: behaviour(oldEvents.list), 5: behaviour(list) }),
	[`${API}.get`]: versions({ 1: behaviour(oldEvents.get), 5: behaviour(get) }),
	[`${API}.create`]: versions({ 1: behaviour(oldEvents.create), 5: behaviour(create) }),
	[`${API}.set`]: versions({ 1: behaviour(oldEvents.set), 5: behaviour(set) }),
	[`${API}.delete`]: behaviour(remove),
	[`${API}.subevent_set`]: behaviour(setSubevent),
	[`${API}.set_exdate`]: behaviour(setExdate),
	[`${API}.invite_event_set`]: behaviour((call) => setInvite(call, INVITE)),
	[`${API}.invite_subevent_set`]: behaviour((call) =>
		setInvite(call, [...INVITE, 'recurrence_id', 'is_all_day', 'tz_id', 'dtstart', 'dtend', 'attachments']),
	),
	[`${API}.set_personal_property`]: behaviour(setPersonal),
	[`${API}.reply`]: behaviour(reply),
};
