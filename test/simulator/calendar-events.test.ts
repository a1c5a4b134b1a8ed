import { describe, expect, test } from '@jest/globals';
import { SettableClock, startSimulator, type Simulator } from '../../src/simulator';
import { calendarOf, type CalendarState } from '../../src/simulator/services/calendar/state';
import { call, login, type Answer, type Form, type Login } from './client';

interface Stage {
	simulator: Simulator;
	cal: CalendarState;
	event: (method: string, params?: Form, version?: number) => Promise<Answer>;
	ask: (api: string, method: string, version: number, params?: Form, who?: Login) => Promise<Answer>;
	as: (account: string) => Promise<Login>;
}

/** Monday, 3 July 2023, 08:00 UTC. */
const NOW = Date.UTC(2023, 6, 3, 8);

async function onNas(run: (stage: Stage) => Promise<void>): Promise<void> {
	const simulator = await startSimulator({ clock: new SettableClock(NOW) });
	try {
		const alice = await login(simulator);
		const ask: Stage['ask'] = async (api, method, version, params = {}, who = alice) =>
			await call(simulator, who, `SYNO.Cal.${api}`, method, version, params);
		await run({
			simulator,
			cal: calendarOf(simulator.nas),
			ask,
			event: async (method, params = {}, version = 5) => await ask('Event', method, version, params),
			as: async (account) => await login(simulator, { account }),
		});
	} finally {
		await simulator.close();
	}
}

const ALL_DAY: Form = {
	cal_id: '"/alice/home/"',
	original_cal_id: '"/alice/home/"',
	summary: '"X"',
	is_all_day: 'true',
	tz_id: '""',
	dtstart: 1735689600,
	dtend: 1735776000,
	is_repeat_evt: 'false',
	color: '""',
	description: '""',
	participant: '[]',
	notify_setting: '[]',
};

const TIMED: Form = {
	...ALL_DAY,
	summary: '"Team meeting"',
	is_all_day: 'false',
	tz_id: '"Europe/Rome"',
	dtstart: 1688457600,
	dtend: 1688461200,
	notify_setting: JSON.stringify([
		{
			action: 'DISPLAY',
			description: 'This is an event reminder',
			type: 'duration',
			duration: { related: 'start', minutes: -15 },
			datetime: { utc_seconds: 0 },
			ical_extra_info: [],
		},
	]),
};

const WEEKLY: Form = {
	...TIMED,
	is_repeat_evt: 'true',
	repeat_setting: JSON.stringify({
		type: 'week',
		interval: 1,
		weekday: ['tuesday'],
		week_start_day: 'monday',
		month_option: '',
		end: { type: 'date', count: 0, date: 1696118400 },
	}),
};

describe('events of the web API', () => {
	test('the captured request for an all-day event makes one on that date in UTC', async () => {
		await onNas(async ({ event }) => {
			const { json } = await event('create', ALL_DAY);
			expect(json.data).toMatchObject({
				summary: 'X',
				dtstart_string: '20250101',
				dtend_string: '20250102',
				tz_id: '',
				is_all_day: true,
				dtstart: 1735689600,
				dtend: 1735776000,
			});
			expect(json.data.dav_etag).toMatch(/^[0-9a-f]{32}$/);
		});
	});

	test('a weekly event is listed as in the example of the dossier', async () => {
		await onNas(async ({ event }) => {
			const made = (await event('create', WEEKLY)).json.data;
			const { json } = await event('list', {
				cal_id_list: '["/alice/home/"]',
				start: 1688400000,
				end: 1688500000,
				keyword: '"team"',
			});
			expect(json.data.list).toHaveLength(1);
			const { evt_ical: ics, ...row } = json.data.list[0];
			expect(ics).toContain('RRULE:FREQ=WEEKLY;');
			expect(row).toEqual({
				evt_id: made.evt_id,
				cal_id: '/alice/home/',
				original_cal_id: '/alice/home/',
				ical_uid: made.ical_uid,
				dav_etag: made.dav_etag,
				create_time: NOW / 1000,
				modify_time: NOW / 1000,
				summary: 'Team meeting',
				description: '',
				color: '',
				is_all_day: false,
				tz_id: 'Europe/Rome',
				dtstart: 1688457600,
				dtend: 1688461200,
				dtstart_string: '20230704T100000',
				dtend_string: '20230704T110000',
				is_repeat_evt: true,
				repeat_setting: JSON.parse(String(WEEKLY['repeat_setting'])),
				recurrence_id: '20230704T100000',
				extra_info: {
					main_event_dtstart: 1688457600,
					main_event_dtstart_string: '20230704T100000',
					main_event_dtend: 1688461200,
					main_event_dtend_string: '20230704T110000',
					repeat_index: 1,
				},
				notify_setting: JSON.parse(String(TIMED['notify_setting'])),
				participant: [],
				location_info: { name: '', address: '', place_id: '', map_type: '', gps: { lat: -1, lng: -1 } },
				attachments: [],
				need_invite_response: false,
				invite_status: '',
				personal_property: { is_visible: true },
				owner_id: 1026,
				owner_name: 'alice',
				last_modify_user: 'alice',
				from_syno_app_url: {},
			});
		});
	});

	test('an occurrence has its own row, keeps its local time over a change of the clocks, and ends with the series', async () => {
		await onNas(async ({ event }) => {
			await event('create', {
				...WEEKLY,
				repeat_setting: String(WEEKLY['repeat_setting']).replace('1696118400', '1699228800'),
			});
			const { json } = await event('list', { start: 1697846400, end: 1735689600, keyword: '"team"' });
			expect(
				json.data.list.map((row: { recurrence_id: string; dtstart: number }) => [row.recurrence_id, row.dtstart]),
			).toEqual([
				['20231024T100000', Date.UTC(2023, 9, 24, 8) / 1000],
				['20231031T100000', Date.UTC(2023, 9, 31, 9) / 1000],
			]);
		});
	});

	test('one occurrence can be changed and another taken out; each write makes a new etag', async () => {
		await onNas(async ({ event }) => {
			const made = (await event('create', WEEKLY)).json.data;
			const { recurrence_id: _, ...base } = TIMED as Record<string, string | number>;
			const changed = await event('subevent_set', {
				...base,
				evt_id: made.evt_id,
				recurrence_id: '"20230711T100000"',
				dav_etag: `"${made.dav_etag}"`,
				summary: '"Moved"',
				dtstart: 1689066000,
				dtend: 1689069600,
				attachments: '[]',
			});
			expect(changed.json.data).toMatchObject({
				recurrence_id: '20230711T100000',
				summary: 'Moved',
				dtstart_string: '20230711T110000',
			});
			const gone = await event('set_exdate', {
				evt_id: made.evt_id,
				dav_etag: `"${changed.json.data.dav_etag}"`,
				exdate: '"20230718T100000"',
			});
			expect(gone.json.data.success).toBe(true);
			const etags = [made, changed.json.data, gone.json.data].map(({ dav_etag: etag }) => etag);
			expect(new Set(etags).size).toBe(3);
			const rows = (await event('list', { start: 1688400000, end: 1690300000, keyword: '""' })).json.data.list;
			expect(
				rows
					.filter(({ evt_id: id }: { evt_id: number }) => id === made.evt_id)
					.map((row: { summary: string; dtstart_string: string }) => [row.summary, row.dtstart_string]),
			).toEqual([
				['Team meeting', '20230704T100000'],
				['Moved', '20230711T110000'],
				['Team meeting', '20230725T100000'],
			]);
		});
	});

	test('a stale etag, a missing parameter and an unknown id are refused with the stated codes', async () => {
		await onNas(async ({ event, cal }) => {
			const made = (await event('create', TIMED)).json.data;
			const write = { ...TIMED, evt_id: made.evt_id, location_info: '{}', attachments: '[]' };
			expect((await event('set', { ...write, dav_etag: '"0"' })).json.error).toEqual({ code: 9009 });
			expect((await event('set', { ...write })).json.error).toEqual({ code: 114 });
			cal.switches.missingCode = 9009;
			expect((await event('set', { ...write })).json.error).toEqual({ code: 9009 });
			expect((await event('get', { evt_id: 1 })).json.error).toEqual({ code: 9009 });
			expect((await event('list', { start: 0, end: 1, cal_id_list: '["/alice/none/"]' })).json.error).toEqual({
				code: 120,
			});
			expect((await event('list')).json.error).toEqual({ code: 9006 });
			expect((await event('delete', { evt_id: made.evt_id })).json).toEqual({ success: true });
			expect((await event('get', { evt_id: made.evt_id })).json.error).toEqual({ code: 9009 });
		});
	});

	test('a raw text is taken, an empty raw one counts as missing', async () => {
		await onNas(async ({ event }) => {
			expect((await event('create', { ...TIMED, summary: 'Plain words' })).json.data.summary).toBe('Plain words');
			expect((await event('create', { ...TIMED, description: '' })).json.error).toEqual({ code: 114 });
		});
	});

	test('with another cal_id the event moves and keeps its id', async () => {
		await onNas(async ({ event }) => {
			const made = (await event('create', TIMED)).json.data;
			const { json } = await event('set', {
				...TIMED,
				evt_id: made.evt_id,
				dav_etag: `"${made.dav_etag}"`,
				cal_id: '"/alice/tlvjj/"',
				location_info: '{}',
				attachments: '[]',
			});
			expect(json.data).toMatchObject({
				evt_id: made.evt_id,
				cal_id: '/alice/tlvjj/',
				original_cal_id: '/alice/tlvjj/',
			});
		});
	});

	test('a shared calendar has the id of its receiver, and a read-only one refuses writes', async () => {
		await onNas(async ({ ask, as, event }) => {
			const rows = (await ask('Cal', 'list', 5, { cal_type: '"event"' })).json.data.list;
			expect(
				rows.map((row: Record<string, unknown>) => [row['cal_id'], row['original_cal_id'], row['cal_privilege']]),
			).toEqual([
				['/alice/home/', '/alice/home/', 'RW'],
				['/alice/tlvjj/', '/alice/tlvjj/', 'RW'],
				['/alice/bob--qwert/', '/bob/qwert/', 'RW'],
			]);
			const carol = await as('carol');
			const hers = (await ask('Cal', 'list', 5, { cal_type: '"event"' }, carol)).json.data.list;
			expect(hers.map((row: Record<string, unknown>) => [row['cal_id'], row['cal_privilege']])).toEqual([
				['/carol/home/', 'RW'],
				['/group=users/bob--qwert/', 'RO'],
			]);
			const write = { ...TIMED, cal_id: '"/group=users/bob--qwert/"', original_cal_id: '"/bob/qwert/"' };
			expect((await ask('Event', 'create', 5, write, carol)).json.error).toEqual({ code: 105 });
			const shared = { ...TIMED, cal_id: '"/alice/bob--qwert/"', original_cal_id: '"/bob/qwert/"' };
			expect((await event('create', shared)).json.data).toMatchObject({
				cal_id: '/alice/bob--qwert/',
				owner_name: 'bob',
			});
		});
	});

	test('an account that never opened Calendar gets 9006, but time zones and people to share with', async () => {
		await onNas(async ({ ask, as }) => {
			const stranger = await as('twofactor').catch(() => undefined);
			expect(stranger).toBeUndefined();
			const nochat = await as('nochat');
			const codes = await Promise.all(
				(
					[
						['Cal', 'list', 5, { cal_type: '"all"' }],
						['Event', 'list', 5, { start: 0, end: 1 }],
						['Todo', 'list', 5, {}],
						['Setting', 'get', 5, {}],
						['Contact', 'list', 1, {}],
					] as const
				).map(
					async ([api, method, version, params]) => (await ask(api, method, version, params, nochat)).json.error?.code,
				),
			);
			expect(codes).toEqual([9006, 9006, 9006, 9006, 9006]);
			expect((await ask('Timezone', 'list', 5, {}, nochat)).json.data.list[0]).toMatchObject({
				tzid: 'Africa/Cairo',
				active: true,
			});
			expect((await ask('Share.Priv', 'list', 1, {}, nochat)).json.success).toBe(true);
		});
	});

	test('an invitation waits for an answer, and the answer shows with the organizer', async () => {
		await onNas(async ({ event, ask, as }) => {
			const params = { start: NOW / 1000, end: NOW / 1000 + 30 * 86_400, filter_invited: '"yes"' };
			const [row] = (await event('list', params)).json.data.list;
			expect(row).toMatchObject({
				summary: 'Lunch with the team',
				cal_id: '/alice/home/',
				original_cal_id: '/bob/home/',
				need_invite_response: true,
				invite_status: 'needs_action',
			});
			await event('reply', { evt_id: row.evt_id, invite_status: '"accepted"' }, 1);
			const bob = await as('bob');
			const seen = (await ask('Event', 'get', 5, { evt_id: row.evt_id }, bob)).json.data;
			expect(
				seen.participant.map((one: Record<string, unknown>) => [one['user_name'], one['status'], one['role']]),
			).toEqual([
				['bob', 'accepted', 'organizer'],
				['alice', 'accepted', 'attendee'],
			]);
		});
	});
});

describe('events of versions 1 to 4', () => {
	test('times are texts, ids texts, and lists keyed by calendar with the masters of series', async () => {
		await onNas(async ({ event }) => {
			const made = await event(
				'create',
				{
					cal_id: '"/alice/home/"',
					summary: '"Old"',
					dtstart: '"TZID=Asia/Tokyo:20190628T090000"',
					dtend: '"TZID=Asia/Tokyo:20190628T100000"',
					is_repeat_evt: 'true',
					evt_repeat_setting: '{"repeat_rule":"FREQ=YEARLY;UNTIL=2040-12-31T00:00:00"}',
				},
				1,
			);
			expect(made.json.data).toMatchObject({
				dtstart: 'TZID=Asia/Tokyo:20190628T090000',
				evt_id: expect.stringMatching(/^\d+$/),
			});
			const { json } = await event('list', { start: 1688400000, end: 1688500000, cal_id_list: '["/alice/home/"]' }, 3);
			const old = json.data['/alice/home/'].find(({ summary }: { summary: string }) => summary === 'Old');
			expect(old.dtstart).toBe('TZID=Asia/Tokyo:20190628T090000');
			expect(old.evt_repeat_setting.repeat_rule).toBe('FREQ=YEARLY;UNTIL=2040-12-31T00:00:00');
		});
	});
});
