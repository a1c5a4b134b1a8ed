import type { Behaviour, BehaviourTable } from '../../core/behaviour';
import { always, behaviour, integer, need, Refusal, type CalendarCall } from './call';
import { HOME_ZONE, isZone, stampAt, wall } from './times';

type Row = Record<string, unknown>;

const DEFAULTS: Row = {
	date_format: 'Y-m-d',
	default_alarm: { is_set: true, minutes: 10 },
	default_alarm_ad: { is_set: false, minutes: 0 },
	default_plugin_mode: 'nav_panel',
	default_todo_view: { type: 'upcoming', extra: '' },
	default_view: 'week',
	enable_keyboard_shortcut: true,
	last_used_map_type: 'none',
	show_week_numbers: false,
	time_format: '24',
	time_zone: HOME_ZONE,
	week_start_day: 1,
};

const ALLOWED: Record<string, readonly unknown[]> = {
	date_format: ['m/d/Y', 'd/m/Y', 'Y-m-d', 'd.m.Y', 'd-m-Y'],
	default_plugin_mode: ['nav_panel', 'todo_plugin'],
	default_view: ['day', 'week', 'month', 'list'],
	last_used_map_type: ['none', 'google', 'baidu'],
	time_format: ['12', '24'],
	week_start_day: [0, 1, 6],
};

const settingsOf = ({ cal, me }: CalendarCall): Row => ({
	...DEFAULTS,
	default_cal: `/${me.name}/home/`,
	...cal.settings.get(me.name),
});

/** Any subset (calendar.md 7). */
function setSettings(call: CalendarCall): Row {
	const known = settingsOf(call);
	const given = Object.fromEntries(
		Object.keys(known)
			.filter((name) => call.params[name] !== undefined)
			.map((name) => {
				const value = call.params[name];
				return [name, name === 'time_format' ? String(value) : value];
			}),
	);
	const isBad = Object.entries(given).some(([name, value]) => ALLOWED[name] && !ALLOWED[name].includes(value));
	if (isBad || (given['time_zone'] !== undefined && !isZone(String(given['time_zone'])))) throw new Refusal(120);
	call.cal.settings.set(call.me.name, { ...call.cal.settings.get(call.me.name), ...given });
	return settingsOf(call);
}

const ZONES = [
	'Africa/Cairo',
	'America/Los_Angeles',
	'America/New_York',
	'America/Sao_Paulo',
	'Asia/Kolkata',
	'Asia/Tokyo',
	'Australia/Lord_Howe',
	'Australia/Sydney',
	'Europe/Berlin',
	'Europe/London',
	'Europe/Rome',
	'Pacific/Apia',
	'Pacific/Auckland',
	'UTC',
];

function zoneRow(tzid: string): Row {
	const now = wall(2026, 1, 1);
	const minutes = (stampAt(now, tzid).local.at - now) / 60;
	const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
	const offset = `${minutes < 0 ? '-' : '+'}${String(hours * 100 + rest).padStart(4, '0')}`;
	const block = `BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:${offset}\r\nTZOFFSETTO:${offset}\r\nEND:STANDARD`;
	return { tzid, vtimezone: `BEGIN:VTIMEZONE\r\nTZID:${tzid}\r\n${block}\r\nEND:VTIMEZONE`, temp: '', active: true };
}

function contacts({ nas, params }: CalendarCall): Row {
	const users = [...nas.users.values()].map(({ name, nickname, email }) => ({
		user_name: name,
		display_name: nickname || name,
		email,
		is_real_email: true,
		type: 'dsm',
		has_set_email: true,
	}));
	const known = [
		{
			user_name: '',
			display_name: 'Dana Example',
			email: 'dana@example.org',
			is_real_email: true,
			type: 'email',
			has_set_email: true,
		},
	];
	return { list: params['list_dsm_only'] === true ? users : [...users, ...known] };
}

/** The parameters are not public: the call is kept and answered with success (calendar.md 7.2). */
const recorded = (api: string, method: string, data?: Row): Behaviour =>
	behaviour(({ cal, params }) => {
		cal.recorded.push({ api, method, params });
		return data;
	});

const FOREIGN = 'SYNO.Cal.AuthForeign';

/** Without parameters 117 (probe); with any, foreign accounts are kept as they come. */
function needSome({ params }: CalendarCall): void {
	if (Object.keys(params).every((name) => ['api', 'method', 'version', '_sid'].includes(name))) throw new Refusal(117);
}

function foreignOf(call: CalendarCall): Row {
	const one = call.cal.foreign.find(({ id }) => id === integer(call, 'id', 117));
	if (!one) throw new Refusal(117);
	return one;
}

const listSettings = behaviour((call) => ({ list: [settingsOf(call)] }));

export const otherBehaviours: BehaviourTable = {
	'SYNO.Cal.Setting.get': behaviour(settingsOf),
	'SYNO.Cal.Setting.set': behaviour(setSettings),
	'SYNO.Cal.Setting.list': (request) => (request.user?.administrator ? listSettings(request) : { error: 105 }),
	'SYNO.Cal.Timezone.list': always(() => ({ list: ZONES.map(zoneRow) })),
	'SYNO.Cal.Contact.list': behaviour(contacts),
	'SYNO.Cal.Proxy.get_config': behaviour(() => ({})),
	'SYNO.Cal.Proxy.jitsi_list': behaviour(() => ({ list: [] })),
	'SYNO.Cal.Proxy.jitsi': recorded('SYNO.Cal.Proxy', 'jitsi', {}),
	'SYNO.Cal.Proxy.set_config': recorded('SYNO.Cal.Proxy', 'set_config'),
	'SYNO.Cal.Event.create_by_ics': recorded('SYNO.Cal.Event', 'create_by_ics'),
	'SYNO.Cal.Event.set_attach': recorded('SYNO.Cal.Event', 'set_attach'),
	[`${FOREIGN}.list`]: always((call) => {
		needSome(call);
		return { list: call.cal.foreign };
	}),
	[`${FOREIGN}.get`]: always((call) => {
		needSome(call);
		return foreignOf(call);
	}),
	[`${FOREIGN}.create`]: always((call) => {
		needSome(call);
		const row = { ...call.params, id: call.cal.foreign.length + 1 };
		call.cal.foreign.push(row);
		return row;
	}),
	[`${FOREIGN}.set`]: always((call) => void Object.assign(foreignOf(call), call.params)),
	[`${FOREIGN}.delete`]: always((call) => {
		need(call, ['id'], 117);
		call.cal.foreign.splice(call.cal.foreign.indexOf(foreignOf(call)), 1);
	}),
};
