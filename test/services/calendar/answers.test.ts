import { describe, expect, test } from '@jest/globals';
import { calendar } from '../../../src/services/calendar';
import { SettableClock } from '../../../src/simulator';
import { failure, withNas, type Scene } from '../../support/nas';

const { event, calendar: calendars, todo } = calendar.resources;
const NOW = Date.UTC(2026, 9, 19, 8);
const cal_id = '/alice/home/';
const onNas = async (run: (scene: Scene) => Promise<void>, strictResults = true) =>
	await withNas({ clock: new SettableClock(NOW), pool: { strictResults } }, run);

describe('a success without content', () => {
	test.each([
		[
			'SYNO.Cal.Event.create',
			({ dsm }: Scene) => dsm.do(event.operations.create, { cal_id, summary: 'X', start: '2026-11-02' }),
		],
		['SYNO.Cal.Event.set', ({ dsm }: Scene) => dsm.do(event.operations.update, { evt_id: 1281, summary: 'X' })],
		[
			'SYNO.Cal.Event.invite_event_set',
			({ dsm }: Scene) => dsm.do(event.operations.setReminders, { evt_id: 1285, reminders: [] }),
		],
		['SYNO.Cal.Cal.create', ({ dsm }: Scene) => dsm.do(calendars.operations.create, { cal_displayname: 'X' })],
		['SYNO.Cal.Cal.set', ({ dsm }: Scene) => dsm.do(calendars.operations.setColor, { cal_id, cal_color: '#000000' })],
		['SYNO.Cal.Todo.set', ({ dsm }: Scene) => dsm.do(todo.operations.complete, { evt_id: 1286 })],
		[
			'SYNO.Cal.Todo.create',
			({ dsm }: Scene) => dsm.do(todo.operations.create, { list_id: '/alice/home_todo/', summary: 'X' }),
		],
	])('of %s is a success', async (name, run) => {
		await onNas(async (scene) => {
			scene.simulator.use({ [name]: () => ({}) });
			expect(await run(scene)).toEqual(expect.any(Object));
		}, false);
	});

	test.each([
		[
			'SYNO.Cal.Event.get',
			({ dsm }: Scene) => dsm.do(event.operations.get, { evt_id: 1281 }),
			/^The answer of SYNO\.Cal\.Event get is missing\.$/,
		],
		['SYNO.Cal.Event.list', ({ dsm }: Scene) => dsm.do(event.operations.list, {}), /has no list "list"/],
		['SYNO.Cal.Todo.list', ({ dsm }: Scene) => dsm.do(todo.operations.list, {}), /has no list "list"/],
	])('of %s is no answer', async (name, run, message) => {
		await onNas(async (scene) => {
			scene.simulator.use({ [name]: () => ({}) });
			const error = await failure(run(scene));
			expect([error['code'], error.message]).toEqual(['protocol', expect.stringMatching(message)]);
		});
	});

	test('a row that lacks its times is named', async () => {
		await onNas(async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.Cal.Event.get': () => ({ data: { evt_id: 1281, dtend: 0 } }) });
			expect((await failure(dsm.do(event.operations.get, { evt_id: 1281 }))).message).toMatch(/lacks "dtstart"/);
		});
	});
});

describe('what devices send in other forms', () => {
	test('is read alike: ids and numbers as text, lists without brackets, objects in brackets', async () => {
		await onNas(async ({ dsm, simulator }) => {
			const odd = {
				evt_id: '1281',
				original_cal_id: cal_id,
				dtstart: '1792396800',
				dtend: 1_792_400_400,
				tz_id: 'Europe/Rome',
				is_all_day: 0,
				is_repeat_evt: 'true',
				repeat_setting: [{ type: 'week', interval: 1, weekday: ['monday'], end: { type: 'never', count: 0, date: 0 } }],
				personal_property: [{ is_visible: false }],
				participant: { email: 'bob@example.com', role: 'attendee', status: 'accepted' },
				owner_id: 1026,
				location_info: { name: 'Hall', address: 'Main street 1', gps: { lat: 41.9, lng: 12.5 } },
				from_syno_app_url: { app: 'SYNO.SDS.Chat.Application', msg_id: 7 },
			};
			simulator.use({ 'SYNO.Cal.Event.get': () => ({ data: odd }) });
			expect(await dsm.do(event.operations.get, { evt_id: 1281 })).toMatchObject({
				evt_id: '1281',
				cal_id,
				start: '2026-10-19T10:00:00+02:00',
				is_all_day: false,
				rrule: 'FREQ=WEEKLY;BYDAY=MO',
				is_visible: false,
				participant: [{ email: 'bob@example.com', status: 'accepted' }],
				owner_id: '1026',
				location: 'Hall, Main street 1',
				latitude: 41.9,
				longitude: 12.5,
				app: 'SYNO.SDS.Chat.Application',
				msg_id: '7',
				reminders: [],
			});
		});
	});
});
