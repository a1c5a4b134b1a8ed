import type { BehaviourTable } from '../../core/behaviour';
import type { Component } from '../../core/ical';
import {
	behaviour,
	changeable,
	found,
	integer,
	isTrue,
	need,
	Refusal,
	text,
	versions,
	viewsOf,
	writable,
	type CalendarCall,
	type Found,
} from './call';
import { newObject } from './event-row';
import { alarmsOf, momentOf, writeAlarms } from './parts';
import { pathOf } from './store';
import { isZone, stampAt, writeStamp } from './times';

const API = 'SYNO.Cal.Todo';
type Row = Record<string, unknown>;
const CREATE = [
	'original_cal_id',
	'summary',
	'description',
	'has_start_time',
	'has_end_time',
	'percent_complete',
	'tzid',
];

const percentOf = (master: Component): number =>
	master.text('status') === 'COMPLETED' || Number(master.text('percent-complete')) >= 100 ? 100 : 0;

/** The to-do object of version 5 (calendar.md 6). */
function row(call: CalendarCall, { stored }: Found): Row {
	const { master } = stored.parsed;
	const [start, due] = [momentOf(master, 'dtstart'), momentOf(master, 'due')];
	return {
		evt_id: stored.id,
		original_cal_id: pathOf(stored.calendar),
		ical_uid: stored.parsed.uid,
		dav_etag: stored.etag,
		create_time: Math.floor(stored.createdAt / 1000),
		modify_time: Math.floor(stored.modifiedAt / 1000),
		summary: master.text('summary'),
		description: master.text('description'),
		is_all_day: (due.text || start.text).length === 8,
		tzid: due.zone || start.zone,
		has_start_time: start.text !== '',
		dtstart: start.seconds,
		dtstart_string: start.text,
		has_end_time: due.text !== '',
		due: due.seconds,
		due_string: due.text,
		percent_complete: percentOf(master),
		priority_order: stored.priority,
		notify_setting: alarmsOf(master),
		evt_cal: stored.data,
		owner_id: call.nas.users.get(stored.calendar.owner)?.uid ?? 0,
		owner_name: stored.calendar.owner,
		last_modify_user: stored.modifiedBy,
		from_syno_app_url: stored.app,
	};
}

/** Before version 5: ids as text, keyed by list, flags 1 = yes, 2 = no, 3 = both. */
const oldRow = (call: CalendarCall, one: Found): Row => ({
	...row(call, one),
	evt_id: String(one.stored.id),
	cal_id: one.view.cal_id,
});

function fits(value: unknown, is: boolean): boolean {
	const wanted = value === 1 ? 'yes' : value === 2 ? 'no' : value === 3 ? 'all' : value;
	return wanted === undefined || wanted === 'all' || (wanted === 'yes') === is;
}

function rows(call: CalendarCall): Found[] {
	const { params } = call;
	const due = params['due'] === undefined ? Infinity : integer(call, 'due');
	return call.cal.seenBy(call.me, 'todo', viewsOf(call, 'todo')).filter(({ stored: { parsed } }) => {
		const at = momentOf(parsed.master, 'due');
		return (
			fits(params['filter_complete'], percentOf(parsed.master) === 100) &&
			fits(params['filter_due'], at.text !== '') &&
			(due === Infinity || (at.text !== '' && at.seconds <= due))
		);
	});
}

function list(call: CalendarCall): Row {
	const limit = call.params['limit'] === undefined ? 0 : integer(call, 'limit');
	const all = rows(call).map((one) => row(call, one));
	return { list: limit > 0 ? all.slice(0, limit) : all };
}

function oldList(call: CalendarCall): Row {
	const [limit, offset] = ['limit', 'offset'].map((name) =>
		call.params[name] === undefined ? 0 : integer(call, name),
	) as [number, number];
	const all = rows(call).slice(offset, limit > 0 ? offset + limit : undefined);
	const views = viewsOf(call, 'todo');
	return Object.fromEntries(
		views.map((view) => [
			view.cal_id,
			all.filter((one) => one.view.cal_id === view.cal_id).map((one) => oldRow(call, one)),
		]),
	);
}

function write(call: CalendarCall, master: Component): void {
	const { params } = call;
	const zone = isTrue(call, 'is_all_day') ? '' : String(params['tzid'] || params['tz_id'] || 'UTC');
	if (zone !== '' && !isZone(zone)) throw new Refusal(9009);
	for (const [flag, name, property] of [
		['has_start_time', 'dtstart', 'dtstart'],
		['has_end_time', 'due', 'due'],
	] as const) {
		master.drop(property);
		if (isTrue(call, flag)) writeStamp(master, property, stampAt(integer(call, name, 9009), zone));
	}
	for (const name of ['summary', 'description']) master.write(name, text(call, name));
	const done = integer(call, 'percent_complete', 9009) >= 100;
	master.drop('status', 'percent-complete', 'completed');
	if (done) {
		master.write('status', 'COMPLETED');
		master.write('percent-complete', '100');
		writeStamp(master, 'completed', stampAt(Math.floor(call.nas.clock.now() / 1000), 'UTC'));
	}
	if (Array.isArray(params['notify_setting'])) writeAlarms(master, params['notify_setting']);
}

function create(call: CalendarCall): Row {
	need(call, CREATE, call.cal.switches.missingCode);
	const view = writable(call, text(call, 'original_cal_id'));
	if (view.calendar.kind !== 'todo') throw new Refusal(9009);
	const parsed = newObject(call.cal.newUid(), 'vtodo');
	write(call, parsed.master);
	const stored = call.cal.save(view.calendar, `${parsed.uid}.ics`, parsed, call.me.name);
	stored.app = (call.params['from_syno_app_url'] ?? {}) as Row;
	return row(call, { view, stored, invited: false });
}

function set(call: CalendarCall): Row {
	need(call, [...CREATE, 'evt_id', 'dav_etag'], call.cal.switches.missingCode);
	const one = changeable(call, 'todo');
	const { calendar, name, parsed } = one.stored;
	if (pathOf(calendar) !== text(call, 'original_cal_id')) throw new Refusal(9009);
	write(call, parsed.master);
	const stored = call.cal.save(calendar, name, parsed, call.me.name);
	if (call.params['priority_order'] !== undefined) stored.priority = integer(call, 'priority_order', 9009);
	return row(call, { ...one, stored });
}

function remove(call: CalendarCall): void {
	const { view, stored } = found(call, 'todo');
	if (view.privilege !== 'RW') throw new Refusal(call.cal.switches.readOnlyCode);
	call.cal.remove(stored);
}

function cleanComplete(call: CalendarCall): void {
	need(call, ['cal_id_list']);
	for (const view of viewsOf(call, 'todo')) {
		if (view.privilege !== 'RW') throw new Refusal(call.cal.switches.readOnlyCode);
		for (const stored of [...view.calendar.objects.values()])
			if (percentOf(stored.parsed.master) === 100) call.cal.remove(stored);
	}
}

/** To-dos (calendar.md 6). */
export const todoBehaviours: BehaviourTable = {
	[`${API}.list`]: versions({ 1: behaviour(oldList), 5: behaviour(list) }),
	[`${API}.get`]: behaviour((call) => {
		if (call.params['evt_id'] === undefined) throw new Refusal(9006);
		return row(call, found(call, 'todo'));
	}),
	[`${API}.create`]: behaviour(create),
	[`${API}.set`]: behaviour(set),
	[`${API}.delete`]: behaviour(remove),
	[`${API}.clean_complete`]: behaviour(cleanComplete),
	[`${API}.count_todo`]: behaviour((call) => ({ count: rows(call).length })),
};
