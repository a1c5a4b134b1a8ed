import type { BehaviourTable } from '../../core/behaviour';
import { always, behaviour, isTrue, need, Refusal, text, versions, viewOf, type CalendarCall } from './call';
import { FLAGS, pathOf, type Calendar, type View } from './store';
import { calendarOf } from './state';

const API = 'SYNO.Cal.Cal';
type Row = Record<string, unknown>;
const NAMES = ['cal_displayname', 'cal_description', 'cal_color'] as const;

/** The calendar object of version 5 (calendar.md 4.1). */
function row(call: CalendarCall, { calendar, cal_id, privilege }: View): Row {
	return {
		cal_id,
		original_cal_id: pathOf(calendar),
		...Object.fromEntries([...NAMES, ...FLAGS].map((name) => [name, calendar.fields[name]])),
		cal_type: calendar.kind,
		cal_privilege: privilege,
		default_calendar: calendar.isDefault && calendar.owner === call.me.name,
		original_ug_name: calendar.owner,
		original_user_no: call.nas.users.get(calendar.owner)?.uid ?? 0,
		cal_public_sharing_id: calendar.publicId,
	};
}

/** The same before version 5; times are float seconds in lists and text in the answer to `create` (calendar.md 4.1). */
function oldRow(call: CalendarCall, view: View, asText = false): Row {
	const { calendar } = view;
	const time = (ms: number) =>
		asText
			? new Date(ms)
					.toISOString()
					.replace('T', ' ')
					.replace(/\.(\d{3})Z$/, '.$1000+00')
			: ms / 1000 + 0.160673;
	return {
		...row(call, view),
		is_evt: calendar.kind === 'event',
		is_todo: calendar.kind === 'todo',
		cal_order: 0,
		create_time: time(calendar.createdAt),
		modify_time: time(calendar.modifiedAt),
		ug_name: calendar.owner,
		user_no: call.nas.users.get(calendar.owner)?.uid ?? 0,
		cal_extra_info: '{}',
		...Object.fromEntries(['create', 'set', 'delete', 'rsvp'].map((one) => [`notify_evt_${one}`, ''])),
		notify_daily_agenda: '',
	};
}

function list(call: CalendarCall): Row {
	const kind = text(call, 'cal_type');
	if (!['event', 'todo', 'all'].includes(kind)) throw new Refusal(120);
	if (kind === 'all' && call.cal.switches.refusesAll) throw new Refusal(119);
	const views = call.cal.viewsOf(call.me).filter(({ calendar }) => kind === 'all' || calendar.kind === kind);
	return { list: views.map((view) => row(call, view)) };
}

/** A bare array; both switches are required (calendar.md 4.2). */
function oldList(call: CalendarCall): Row[] {
	need(call, ['is_evt', 'is_todo']);
	const kinds = [...(isTrue(call, 'is_evt') ? ['event'] : []), ...(isTrue(call, 'is_todo') ? ['todo'] : [])];
	return call.cal
		.viewsOf(call.me)
		.filter(({ calendar }) => kinds.includes(calendar.kind))
		.map((view) => oldRow(call, view));
}

const given = ({ params }: CalendarCall): Row =>
	Object.fromEntries(
		[...NAMES, ...FLAGS].filter((name) => params[name] !== undefined).map((name) => [name, params[name]]),
	);

function create(call: CalendarCall): View {
	const { params } = call;
	const isTodo = params['cal_type'] === 'todo' || (isTrue(call, 'is_todo') && !isTrue(call, 'is_evt'));
	if (params['cal_type'] !== undefined && !['event', 'todo'].includes(String(params['cal_type'])))
		throw new Refusal(120);
	const calendar = call.cal.addCalendar(call.me.name, text(call, 'cal_displayname'), {
		kind: isTodo ? 'todo' : 'event',
		fields: { ...given(call), cal_displayname: text(call, 'cal_displayname') },
	});
	return { calendar, cal_id: pathOf(calendar), privilege: 'RW' };
}

/** Of a calendar shared with one, name and colour are one's own view only; the simulator keeps them for all. */
function set(call: CalendarCall): View {
	const view = viewOf(call, text(call, 'cal_id'));
	if (view.privilege !== 'RW') throw new Refusal(call.cal.switches.readOnlyCode);
	Object.assign(view.calendar.fields, given(call));
	touch(view.calendar, call);
	return view;
}

function touch(calendar: Calendar, { nas }: CalendarCall): void {
	calendar.modifiedAt = nas.clock.now();
	calendar.history.touch();
}

/** A default calendar stays; deleting one that is shared with the user ends the share for him (calendar.md 4.2). */
function remove(call: CalendarCall): Row {
	const { calendar } = viewOf(call, text(call, 'cal_id'));
	if (calendar.owner !== call.me.name) calendar.shares.delete(`DSM_USER ${call.me.name}`);
	else if (calendar.isDefault) throw new Refusal(117);
	else call.cal.dropCalendar(calendar);
	return {};
}

const SHARING = 'SYNO.Cal.Sharing';
const TYPES = ['DSM_USER', 'DSM_GROUP'] as const;

function shares(call: CalendarCall): Row {
	if (call.params['cal_id'] === undefined) throw new Refusal(117);
	const { calendar, cal_id } = viewOf(call, text(call, 'cal_id'));
	const of = (type: string) =>
		[...calendar.shares]
			.filter(([key]) => key.startsWith(`${type} `))
			.map(([key, cal_privilege]) => ({ ug_name: key.slice(type.length + 1), cal_privilege }));
	return { [cal_id]: { DSM_USER: of('DSM_USER'), DSM_GROUP: of('DSM_GROUP') } };
}

function setShares(call: CalendarCall): void {
	if (call.params['cal_id'] === undefined) throw new Refusal(117);
	const { calendar } = viewOf(call, text(call, 'cal_id'));
	if (calendar.owner !== call.me.name) throw new Refusal(call.cal.switches.readOnlyCode);
	const setting = call.params['cal_share_setting'];
	if (typeof setting !== 'object' || setting === null) throw new Refusal(setting === undefined ? 114 : 120);
	const rows = TYPES.flatMap((type) =>
		((setting as Record<string, Row[]>)[type] ?? []).map(
			(one) => [`${type} ${String(one['ug_name'])}`, one['cal_privilege']] as const,
		),
	);
	if (rows.some(([, privilege]) => privilege !== 'RO' && privilege !== 'RW')) throw new Refusal(120);
	calendar.shares = new Map(rows as [string, 'RO' | 'RW'][]);
}

const REQUIRED = [...NAMES, ...FLAGS];

/** Calendars and their shares (calendar.md 4, 7). */
export const calBehaviours: BehaviourTable = {
	[`${API}.list`]: versions({ 1: behaviour(oldList), 5: behaviour(list) }),
	[`${API}.get`]: versions({
		1: behaviour((call) => oldRow(call, viewOf(call, text(call, 'cal_id')))),
		5: behaviour((call) => {
			if (call.params['cal_id'] === undefined) throw new Refusal(9006);
			return row(call, viewOf(call, text(call, 'cal_id')));
		}),
	}),
	[`${API}.create`]: versions({
		1: behaviour((call) => {
			need(call, [...NAMES, 'is_hidden_in_cal', 'is_hidden_in_list', 'is_evt', 'is_todo']);
			return oldRow(call, create(call), true);
		}),
		5: behaviour((call) => {
			need(call, [...REQUIRED, 'cal_type']);
			return row(call, create(call));
		}),
	}),
	[`${API}.set`]: versions({
		1: behaviour((call) => {
			need(call, ['cal_id', 'cal_displayname']);
			return oldRow(call, set(call));
		}),
		5: behaviour((call) => {
			need(call, [...REQUIRED, 'cal_id', 'original_cal_id']);
			return row(call, set(call));
		}),
	}),
	[`${API}.delete`]: behaviour(remove),
	/** An error comes as an envelope instead of the file (calendar.md 4.3). */
	[`${API}.export`]: (request) => {
		let body = '';
		const reply = behaviour((call) => {
			if (call.params['cal_id'] === undefined) throw new Refusal(114);
			body = exported(viewOf(call, text(call, 'cal_id')).calendar);
		})(request);
		if (reply && 'error' in reply) return reply;
		const file = Buffer.from(body);
		return { file, name: 'calendar.ics', type: 'application/octet-stream', size: file.length };
	},
	/** An upload whose parameters are not public (calendar.md 4.3): kept, and answered with success. */
	[`${API}.import`]: behaviour(({ cal, params }) => void cal.recorded.push({ api: API, method: 'import', params })),
	[`${SHARING}.get`]: always(shares),
	[`${SHARING}.set`]: always(setShares),
	'SYNO.Cal.Share.Priv.list': always(({ nas, me }) => {
		calendarOf(nas);
		const users = [...nas.users.values()].filter((user) => user !== me);
		const groups = [...new Set([...nas.users.values()].flatMap((user) => user.groups))].sort();
		return {
			list: [
				...users.map(({ name, uid }) => ({ name, type: 'user', uid, value: name })),
				...groups.map((name) => ({ name, type: 'group', value: name })),
			],
		};
	}),
};

/** All resources of a calendar in one file. */
function exported(calendar: Calendar): string {
	const inner = [...calendar.objects.values()].flatMap(
		({ data }) => data.replaceAll('\r\n', '\n').match(/^BEGIN:(VEVENT|VTODO)\n[\s\S]*?^END:\1$/gm) ?? [],
	);
	const head = ['BEGIN:VCALENDAR', 'PRODID:-//Synology//Calendar//EN', 'VERSION:2.0'];
	const title = `X-WR-CALNAME:${String(calendar.fields.cal_displayname)}`;
	return [...head, title, ...inner, 'END:VCALENDAR', ''].join('\n').replaceAll('\n', '\r\n');
}
