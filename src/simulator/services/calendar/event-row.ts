import { Component } from '../../core/ical';
import type { CalendarCall } from './call';
import { Refusal } from './call';
import { endOf, isRepeating, startOf, type Occurrence, type Parsed } from './object';
import {
	alarmsOf,
	attachmentsOf,
	participantsOf,
	placeOf,
	writeAlarms,
	writeAttachments,
	writeParticipants,
	writePlace,
} from './parts';
import { repeatSettingOf, ruleOf, writeRule } from './rules';
import { attendeeOf } from './state';
import { pathOf, type Stored, type View } from './store';
import { DAY, dayOf, isZone, secondsOf, stampAt, textOf, writeStamp, type Stamp } from './times';

type Row = Record<string, unknown>;
const COLOR = 'x-syno-evt-color';

/** The event object of version 5 (calendar.md 5.1). */
export function eventRow(call: CalendarCall, view: View, stored: Stored, one?: Occurrence): Row {
	const { parsed, calendar } = stored;
	const { master } = parsed;
	const component = one?.component ?? master;
	const [start, end] = [one?.start ?? startOf(master), one?.end ?? endOf(master)];
	const [first, last] = [startOf(master), endOf(master)];
	const invitation = attendeeOf(parsed, call.me);
	const status = (invitation?.param('partstat') ?? 'needs-action').toLowerCase().replace('-', '_');
	const { name } = call.me;
	const key = one?.key ?? '';
	return {
		evt_id: stored.id,
		cal_id: view.cal_id,
		original_cal_id: pathOf(calendar),
		ical_uid: parsed.uid,
		dav_etag: stored.etag,
		create_time: Math.floor(stored.createdAt / 1000),
		modify_time: Math.floor(stored.modifiedAt / 1000),
		summary: component.text('summary'),
		description: component.text('description'),
		color: component.text(COLOR),
		is_all_day: start.local.isDate,
		tz_id: start.zone,
		dtstart: secondsOf(start),
		dtend: secondsOf(end),
		dtstart_string: textOf(start.local),
		dtend_string: textOf(end.local),
		is_repeat_evt: isRepeating(parsed),
		repeat_setting: repeatSettingOf(master, first),
		recurrence_id: key,
		extra_info: {
			main_event_dtstart: secondsOf(first),
			main_event_dtstart_string: textOf(first.local),
			main_event_dtend: secondsOf(last),
			main_event_dtend_string: textOf(last.local),
			repeat_index: one?.index ?? 1,
		},
		notify_setting: alarmsOf(component),
		participant: participantsOf(component, call.nas),
		location_info: placeOf(component),
		attachments: attachmentsOf(component),
		need_invite_response: invitation !== undefined && status === 'needs_action',
		invite_status: invitation ? status : '',
		personal_property: { is_visible: !stored.hidden.has(name) && !stored.hidden.has(`${name} ${key}`) },
		owner_id: call.nas.users.get(calendar.owner)?.uid ?? 0,
		owner_name: calendar.owner,
		last_modify_user: stored.modifiedBy,
		evt_ical: stored.data,
		from_syno_app_url: stored.app,
	};
}

/** Start and end as a write of version 5 gives them. */
export function timesOf(call: CalendarCall): { start: Stamp; end: Stamp } {
	const { params, cal } = call;
	const isAllDay = params['is_all_day'] === true || params['is_all_day'] === 'true';
	const zone = String(params['tz_id'] ?? '');
	const [from, to] = [Number(params['dtstart']), Number(params['dtend'])];
	if (!Number.isInteger(from) || !Number.isInteger(to) || to < from) throw new Refusal(9009);
	if (!isAllDay && (zone === '' || !isZone(zone))) throw new Refusal(9009);
	const own = String(cal.settings.get(call.me.name)?.['time_zone'] ?? 'Europe/Rome');
	const day = (seconds: number) => {
		if (!cal.switches.localAllDay) return stampAt(seconds, '');
		return { local: dayOf(stampAt(seconds, own).local), zone: '' };
	};
	if (!isAllDay) return { start: stampAt(from, zone), end: stampAt(to, zone) };
	const [start, end] = [day(from), day(to)];
	// A day that ends where it begins is one day.
	if (end.local.at <= start.local.at) end.local = { ...start.local, at: start.local.at + DAY };
	return { start, end };
}

/** Fields that both the whole event and one occurrence of it have. */
export function writeFields(call: CalendarCall, component: Component): void {
	const { params } = call;
	const { start, end } = timesOf(call);
	writeStamp(component, 'dtstart', start);
	component.drop('duration');
	writeStamp(component, 'dtend', end);
	for (const [name, property] of [
		['summary', 'summary'],
		['description', 'description'],
		['color', COLOR],
	] as const) {
		component.drop(property);
		const value = params[name];
		if (value !== undefined && value !== '') component.write(property, String(value));
	}
	const list = (name: string) => (Array.isArray(params[name]) ? (params[name] as unknown[]) : []);
	writeAlarms(component, list('notify_setting'));
	if (params['participant'] !== undefined) writeParticipants(component, list('participant'), call.nas);
	if (params['attachments'] !== undefined) writeAttachments(component, list('attachments'));
	if (params['location_info'] !== undefined) writePlace(component, (params['location_info'] ?? {}) as Row);
}

/** Rule of the series as `is_repeat_evt` and `repeat_setting` say. */
export function writeRepeat(call: CalendarCall, component: Component): void {
	const { params } = call;
	if (params['is_repeat_evt'] !== true && params['is_repeat_evt'] !== 'true') {
		component.drop('rrule', 'rdate', 'exdate');
		return;
	}
	const rule = ruleOf(params['repeat_setting'], startOf(component));
	if (rule === undefined) throw new Refusal(9009);
	writeRule(component, rule);
}

/** A resource without content. */
export function newObject(uid: string, kind: 'vevent' | 'vtodo'): Parsed {
	const calendar = new Component('vcalendar');
	calendar.add('prodid', '-//Synology//Calendar//EN');
	calendar.add('version', '2.0');
	const master = new Component(kind);
	master.write('uid', uid);
	calendar.components.push(master);
	return { kind: kind === 'vevent' ? 'event' : 'todo', uid, calendar, master, overrides: new Map() };
}
