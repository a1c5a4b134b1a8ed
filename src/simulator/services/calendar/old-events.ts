import type { Component } from '../../core/ical';
import { found, integer, need, Refusal, text, viewsOf, writable, type CalendarCall } from './call';
import { newObject } from './event-row';
import { endOf, isRepeating, occurrences, startOf } from './object';
import { alarmsOf, participantsOf } from './parts';
import { writeRule } from './rules';
import { pathOf, type Stored, type View } from './store';
import { secondsOf, stampFrom, textOf, writeStamp, type Stamp } from './times';

type Row = Record<string, unknown>;

/** `TZID=Asia/Tokyo:20190628T090000`, `20190606`, or `…Z` (calendar.md 5.4). */
const timeText = ({ local, zone }: Stamp): string =>
	zone === '' ? textOf(local) : zone === 'UTC' ? `${textOf(local)}Z` : `TZID=${zone}:${textOf(local)}`;

function timeFrom(given: string, zone: string): Stamp {
	const match = /^(?:TZID=([^:]+):)?(.+)$/.exec(given);
	const stamp = match && stampFrom(match[2]!, match[1] ?? zone);
	if (!stamp) throw new Refusal(9009);
	return stamp;
}

/** The event of versions 1 to 3: texts throughout (G1 of calendar.md). */
function oldRow(call: CalendarCall, { view, stored }: { view: View; stored: Stored }): Row {
	const { parsed } = stored;
	const { master } = parsed;
	const [start, end] = [startOf(master), endOf(master)];
	const rule = master.first('rrule')?.value;
	return {
		evt_id: String(stored.id),
		cal_id: view.cal_id,
		original_cal_id: pathOf(stored.calendar),
		ical_uid: parsed.uid,
		dav_etag: stored.etag,
		summary: master.text('summary'),
		evt_desc: master.text('description'),
		evt_location: master.text('location'),
		is_all_day: start.local.isDate,
		tzid: start.zone,
		dtstart: timeText(start),
		dtend: timeText(end),
		is_repeat_evt: isRepeating(parsed),
		evt_repeat_setting: { repeat_rule: rule ? oldRule(rule) : '' },
		evt_notify_setting: alarmsOf(master).map(({ action, duration }) => ({
			time_value: `-PT${-(duration as { minutes: number }).minutes}M`,
			time_format: 'DURATION',
			alarm_action: action,
			alarm_ical: '',
		})),
		evt_attendee: participantsOf(master, call.nas).map(({ user_name, email, status }) => ({
			ug_name: user_name,
			email,
			invite_type: 'DSM_USER',
			invite_actor: 'ATTENDEE',
			invite_status: String(status).toUpperCase().replace('_', '-'),
		})),
		transp: master.text('transp') || 'OPAQUE',
		is_busy: master.text('transp') !== 'TRANSPARENT',
		create_time: Math.floor(stored.createdAt / 1000),
		modify_time: Math.floor(stored.modifiedAt / 1000),
	};
}

/** UNTIL in the form of these versions: `2020-12-31T00:00:00`. */
const oldRule = (rule: string): string =>
	rule.replace(
		/UNTIL=(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z?)?/,
		(_, y, m, d, h = '00', i = '00', s = '00') => `UNTIL=${y}-${m}-${d}T${h}:${i}:${s}`,
	);
const newRule = (rule: string): string =>
	rule.replace(
		/UNTIL=([\d-]+)T([\d:]+)/,
		(_, date: string, time: string) => `UNTIL=${date.replaceAll('-', '')}T${time.replaceAll(':', '')}Z`,
	);

/** Keyed by calendar; a series is given by its master whenever any occurrence may match (calendar.md 10). */
function list(call: CalendarCall): Row {
	if (['start', 'end', 'limit'].every((name) => call.params[name] === undefined)) throw new Refusal(9006);
	const from = call.params['start'] === undefined ? -Infinity : integer(call, 'start');
	const to = call.params['end'] === undefined ? 4_102_444_800 : integer(call, 'end');
	const views = viewsOf(call, 'event');
	return Object.fromEntries(
		views.map((view) => [
			view.cal_id,
			call.cal
				.seenBy(call.me, 'event', [view])
				.filter(({ stored: { parsed } }) =>
					isRepeating(parsed) ? secondsOf(startOf(parsed.master)) <= to : occurrences(parsed, from, to).length > 0,
				)
				.map((row) => oldRow(call, row)),
		]),
	);
}

function writeOld(call: CalendarCall, master: Component): void {
	const { params } = call;
	const zone = String(params['tzid'] ?? 'UTC');
	const [start, end] = [timeFrom(text(call, 'dtstart'), zone), timeFrom(text(call, 'dtend'), zone)];
	writeStamp(master, 'dtstart', start);
	writeStamp(master, 'dtend', end);
	master.write('summary', text(call, 'summary'));
	for (const [name, property] of [
		['evt_desc', 'description'],
		['evt_location', 'location'],
	] as const)
		if (params[name]) master.write(property, String(params[name]));
	const rule = (params['evt_repeat_setting'] as { repeat_rule?: string } | undefined)?.repeat_rule;
	if (params['is_repeat_evt'] === true && rule) writeRule(master, newRule(rule));
}

function create(call: CalendarCall): Row {
	need(call, ['cal_id', 'summary', 'dtstart', 'dtend'], call.cal.switches.missingCode);
	const view = writable(call, text(call, 'cal_id'));
	const parsed = newObject(call.cal.newUid(), 'vevent');
	writeOld(call, parsed.master);
	return oldRow(call, { view, stored: call.cal.save(view.calendar, `${parsed.uid}.ics`, parsed, call.me.name) });
}

function set(call: CalendarCall): Row {
	need(call, ['evt_id', 'summary', 'dtstart', 'dtend'], call.cal.switches.missingCode);
	const { view, stored } = found(call, 'event');
	if (view.privilege !== 'RW') throw new Refusal(call.cal.switches.readOnlyCode);
	writeOld(call, stored.parsed.master);
	return oldRow(call, { view, stored: call.cal.save(stored.calendar, stored.name, stored.parsed, call.me.name) });
}

export const oldEvents = { list, create, set, get: (call: CalendarCall): Row => oldRow(call, found(call, 'event')) };
