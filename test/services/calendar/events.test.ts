import { describe, expect, test } from '@jest/globals';
import { calendar } from '../../../src/services/calendar';
import { SettableClock } from '../../../src/simulator';
import { calendarOf } from '../../../src/simulator/services/calendar/state';
import { failure, withNas, type Scene } from '../../support/nas';

const event = calendar.resources.event.operations;
const NOW = Date.UTC(2026, 9, 19, 8);
const home = '/alice/home/';

const onNas = async (run: (scene: Scene) => Promise<void>) => await withNas({ clock: new SettableClock(NOW) }, run);
const stored = (scene: Scene) => calendarOf(scene.simulator.nas);
/** Stories of a series: where it lies on the clocks. */
const weekly = {
	cal_id: home,
	summary: 'Sync',
	start: '2026-10-20T10:00',
	repeat: 'week',
	repeat_until: '2026-11-10',
} as const;
const listed = async ({ dsm }: Scene, keyword: string) =>
	(await dsm.do(event.list, { keyword, start: '2026-10-01', end: '2027-02-01' })).map(({ summary, start }) => [
		summary,
		start,
	]);

describe('events', () => {
	test('are created on the wall clock of the calendar and given with their offset', async () => {
		await onNas(async ({ dsm }) => {
			const made = await dsm.do(event.create, {
				cal_id: home,
				summary: 'Team',
				start: '2026-10-26T10:00:00',
				reminders: [15],
			});
			expect(made).toMatchObject({
				summary: 'Team',
				start: '2026-10-26T10:00:00+01:00',
				end: '2026-10-26T11:00:00+01:00',
				tz_id: 'Europe/Rome',
				is_all_day: false,
				label: 'Team (2026-10-26 10:00)',
				reminders: [{ minutes: 15, related: 'start' }],
				rrule: '',
				create_time: '2026-10-19T08:00:00Z',
			});
			expect(await dsm.do(event.get, { evt_id: made.evt_id })).toMatchObject({ summary: 'Team', start: made.start });
			expect(await dsm.do(event.getByUid, { cal_id: home, ical_uid: String(made['ical_uid']) })).toMatchObject({
				evt_id: made.evt_id,
			});
		});
	});

	test('take a moment with an offset in any zone', async () => {
		await onNas(async ({ dsm }) => {
			const made = await dsm.do(event.create, {
				cal_id: home,
				summary: 'Call',
				start: '2026-11-22T08:00:00Z',
				end: '2026-11-22T09:30:00Z',
				tz_id: 'America/New_York',
			});
			expect([made.start, made.end]).toEqual(['2026-11-22T03:00:00-05:00', '2026-11-22T04:30:00-05:00']);
		});
	});

	test('of whole days begin on the day that was given, also where Calendar counts days in its own zone', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const made = await dsm.do(event.create, { cal_id: home, summary: 'Off', start: '2026-12-24', end: '2026-12-27' });
			expect(made).toMatchObject({ start: '2026-12-24', end: '2026-12-27', is_all_day: true, tz_id: '' });
			stored(scene).settings.set('alice', { time_zone: 'America/New_York' });
			stored(scene).switches.localAllDay = true;
			expect(await dsm.do(event.create, { cal_id: home, summary: 'Off', start: '2026-12-24' })).toMatchObject({
				start: '2026-12-24',
				end: '2026-12-25',
			});
		});
	});

	test('hold invitees, places, links and a meeting', async () => {
		await onNas(async ({ dsm }) => {
			const made = await dsm.do(event.create, {
				cal_id: home,
				summary: 'Kick-off',
				start: '2026-11-02T09:00',
				location: 'Room 2',
				description: 'Bring paper',
				conference: 'https://meet.jit.si/kickoff',
				invitees: ['bob', 'dana@example.org'],
				attachments: ['https://nas.example.com/plan.pdf'],
				color: '#3366CC',
			});
			expect(made).toMatchObject({
				location: 'Room 2, https://meet.jit.si/kickoff',
				description: 'Bring paper\n\nhttps://meet.jit.si/kickoff',
				color: '#3366CC',
			});
			expect(
				(made['participant'] as { email: string; role: string; status: string }[]).map(({ email, role, status }) => [
					email,
					role,
					status,
				]),
			).toEqual([
				['alice@example.com', 'organizer', 'accepted'],
				['bob@example.com', 'attendee', 'needs_action'],
				['dana@example.org', 'attendee', 'needs_action'],
			]);
			expect(made['attachments']).toMatchObject([{ property_value: 'https://nas.example.com/plan.pdf' }]);
		});
	});

	test('keep on update what is not given', async () => {
		await onNas(async ({ dsm }) => {
			const made = await dsm.do(event.create, {
				cal_id: home,
				summary: 'Team',
				start: '2026-11-02T09:00',
				end: '2026-11-02T11:00',
				description: 'Agenda',
				invitees: ['bob'],
				reminders: [30],
				location: 'Room 2',
			});
			const changed = await dsm.do(event.update, { evt_id: made.evt_id, start: '2026-11-03T14:00' });
			expect(changed).toMatchObject({
				evt_id: made.evt_id,
				summary: 'Team',
				description: 'Agenda',
				location: 'Room 2',
				start: '2026-11-03T14:00:00+01:00',
				end: '2026-11-03T16:00:00+01:00',
				reminders: [{ minutes: 30, related: 'start' }],
			});
			expect(changed['participant']).toEqual(made['participant']);
		});
	});

	test('are read again and changed once more when somebody else was faster', async () => {
		await onNas(async (scene) => {
			const { dsm, simulator } = scene;
			const made = await dsm.do(event.create, { cal_id: home, summary: 'Team', start: '2026-11-02T09:00' });
			let interfered = false;
			simulator.use({
				'SYNO.Cal.Event.set': () => {
					if (!interfered)
						stored(scene).edit(String(made['ical_uid']), (text) =>
							text.replace('END:VEVENT', 'LOCATION:Hall\r\nEND:VEVENT'),
						);
					interfered = true;
					return undefined;
				},
			});
			expect(await dsm.do(event.update, { evt_id: made.evt_id, summary: 'Team 2' })).toMatchObject({
				summary: 'Team 2',
				location: 'Hall',
			});
		});
	});

	test('that the account may only read are refused before anything is sent', async () => {
		await withNas({ clock: new SettableClock(NOW) }, async ({ acquire, simulator }) => {
			const carol = acquire({ account: 'carol', password: 'carol-Passw0rd' }).dsm;
			const error = await failure(
				carol.do(event.create, { cal_id: '/group=users/bob--qwert/', summary: 'No', start: '2026-11-02' }),
			);
			expect(error.message).toMatch(/may only read this calendar/);
			expect(simulator.requests.filter(({ method }) => method === 'create')).toEqual([]);
		});
	});

	test('with an empty description that Calendar refuses are sent with a blank one', async () => {
		await onNas(async (scene) => {
			stored(scene).switches.refusesEmptyDescription = true;
			expect(
				await scene.dsm.do(event.create, { cal_id: home, summary: 'Team', start: '2026-11-02T09:00' }),
			).toMatchObject({ description: ' ' });
		});
	});

	test('with wrong input are refused with the name of the field', async () => {
		await onNas(async ({ dsm }) => {
			const refused = async (more: object) =>
				(await failure(dsm.do(event.create, { cal_id: home, summary: 'X', start: '2026-11-02T09:00', ...more })))
					.message;
			expect(await refused({ start: 'tomorrow' })).toMatch(/"Start".*"tomorrow" is not a date and time/);
			expect(await refused({ end: '2026-11-02T08:00' })).toMatch(/ends before it begins/);
			expect(await refused({ tz_id: 'Europe/Rom' })).toMatch(/is not a time zone/);
			expect(await refused({ rrule: 'FREQ=SOMETIMES' })).toMatch(/rule "FREQ=SOMETIMES" has an unknown FREQ/);
			expect(await refused({ rrule: 'FREQ=DAILY;COUNT=2;UNTIL=20270101' })).toMatch(/has both UNTIL and COUNT/);
			expect(await refused({ invitees: ['nobody'] })).toMatch(/"nobody" is no user of the NAS/);
			expect(await refused({ repeat: 'rule' })).toMatch(/Give the rule/);
		});
	});

	test('are found, come next, move, and are downloaded and hidden', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const made = await dsm.do(event.create, {
				cal_id: home,
				summary: 'Release party',
				start: '2026-10-19T12:00',
				tz_id: 'Europe/Rome',
			});
			expect((await dsm.do(event.search, { keyword: 'PARTY' })).map(({ evt_id: id }) => id)).toEqual([made.evt_id]);
			expect((await dsm.do(event.listNext, { count: 2 })).map(({ summary }) => summary)).toEqual([
				'Release party',
				'Quarterly review',
			]);
			const moved = await dsm.do(event.move, {
				evt_id: made.evt_id,
				cal_id: 'https://nas.example.com:5001/caldav/alice/tlvjj/',
			});
			expect(moved).toMatchObject({
				evt_id: made.evt_id,
				cal_id: '/alice/tlvjj/',
				summary: 'Release party',
				start: made.start,
			});
			const file = await dsm.do(event.download, { evt_id: made.evt_id });
			const text = Buffer.concat(await file.stream.toArray()).toString();
			expect([file.name, text.includes('SUMMARY:Release party')]).toEqual(['Release party.ics', true]);
			await dsm.do(event.hide, { evt_id: made.evt_id });
			expect((await dsm.do(event.get, { evt_id: made.evt_id })).is_visible).toBe(false);
			await dsm.do(event.show, { evt_id: made.evt_id });
			expect((await dsm.do(event.get, { evt_id: made.evt_id })).is_visible).toBe(true);
			await dsm.do(event.delete, { evt_id: made.evt_id });
			expect((await failure(dsm.do(event.get, { evt_id: made.evt_id }))).message).toMatch(/there is no such event/);
		});
	});

	test('of others are answered, and the account sets its own reminder', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const [row] = await dsm.do(event.list, { invitations: 'yes' });
			expect(row).toMatchObject({ summary: 'Lunch with the team', need_invite_response: true });
			await dsm.do(event.answer, { evt_id: row!.evt_id, invite_status: 'tentative' });
			expect((await dsm.do(event.list, { invitations: 'yes' }))[0]).toMatchObject({ invite_status: 'tentative' });
			expect(await dsm.do(event.setReminders, { evt_id: row!.evt_id, reminders: [5] })).toMatchObject({
				reminders: [{ minutes: 5, related: 'start' }],
			});
			expect((await dsm.do(event.listCalendars, {})).map(({ cal_id }) => cal_id)).toEqual([
				home,
				'/alice/tlvjj/',
				'/alice/bob--qwert/',
			]);
		});
	});
});

describe('series', () => {
	test('with an end go by the web API and stay at their hour when the clocks change', async () => {
		await onNas(async (scene) => {
			const made = await scene.dsm.do(event.create, weekly);
			expect(made['rrule']).toMatch(/^FREQ=WEEKLY;(BYDAY=TU;)?UNTIL=20261110T225959Z/);
			expect(await listed(scene, 'Sync')).toEqual([
				['Sync', '2026-10-20T10:00:00+02:00'],
				['Sync', '2026-10-27T10:00:00+01:00'],
				['Sync', '2026-11-03T10:00:00+01:00'],
				['Sync', '2026-11-10T10:00:00+01:00'],
			]);
			expect(scene.simulator.requests.some(({ method }) => method === 'PUT')).toBe(false);
		});
	});

	test('without an end, with a number, or with a rule of their own go by CalDAV and keep their rule', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const counted = await dsm.do(event.create, {
				...weekly,
				repeat_until: undefined,
				repeat_count: 3,
				summary: 'Three',
			});
			expect(counted).toMatchObject({ rrule: 'FREQ=WEEKLY;COUNT=3', summary: 'Three' });
			const last = await dsm.do(event.create, {
				cal_id: home,
				summary: 'Last Friday',
				start: '2026-10-30T16:00',
				rrule: 'RRULE:FREQ=MONTHLY;BYDAY=-1FR',
				invitees: ['bob'],
			});
			expect(last['rrule']).toBe('FREQ=MONTHLY;BYDAY=-1FR');
			expect(await listed(scene, 'Last Friday')).toEqual([
				['Last Friday', '2026-10-30T16:00:00+01:00'],
				['Last Friday', '2026-11-27T16:00:00+01:00'],
				['Last Friday', '2026-12-25T16:00:00+01:00'],
				['Last Friday', '2027-01-29T16:00:00+01:00'],
			]);
			await dsm.do(event.update, { evt_id: last.evt_id, summary: 'Friday beer' });
			expect(await dsm.do(event.get, { evt_id: last.evt_id })).toMatchObject({
				summary: 'Friday beer',
				rrule: 'FREQ=MONTHLY;BYDAY=-1FR',
			});
			const moved = await dsm.do(event.move, { evt_id: last.evt_id, cal_id: '/alice/tlvjj/' });
			expect(moved).toMatchObject({
				cal_id: '/alice/tlvjj/',
				summary: 'Friday beer',
				rrule: 'FREQ=MONTHLY;BYDAY=-1FR',
			});
			expect((await listed(scene, 'Friday')).length).toBe(4);
		});
	});

	test('one occurrence is changed, another one deleted', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const { evt_id } = await dsm.do(event.create, weekly);
			const changed = await dsm.do(event.update, {
				evt_id,
				scope: 'one',
				recurrence_id: '20261027T100000',
				start: '2026-10-28T15:00',
				summary: 'Sync, later',
			});
			expect(changed).toMatchObject({
				recurrence_id: '20261027T100000',
				start: '2026-10-28T15:00:00+01:00',
				end: '2026-10-28T16:00:00+01:00',
			});
			await dsm.do(event.delete, { evt_id, scope: 'one', recurrence_id: '20261103T100000' });
			expect(await listed(scene, 'Sync')).toEqual([
				['Sync', '2026-10-20T10:00:00+02:00'],
				['Sync, later', '2026-10-28T15:00:00+01:00'],
				['Sync', '2026-11-10T10:00:00+01:00'],
			]);
			const error = await failure(dsm.do(event.delete, { evt_id, scope: 'one' }));
			expect(error.message).toMatch(/Say which occurrence/);
		});
	});

	test('this and the following ones become a series of their own, without what was left out', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const { evt_id } = await dsm.do(event.create, { ...weekly, repeat_until: undefined, repeat_count: 5 });
			await dsm.do(event.delete, { evt_id, scope: 'one', recurrence_id: '20261110T100000' });
			const next = await dsm.do(event.update, {
				evt_id,
				scope: 'following',
				recurrence_id: '20261103T100000',
				summary: 'New sync',
			});
			expect(next.evt_id).not.toBe(evt_id);
			expect(await listed(scene, 'sync')).toEqual([
				['Sync', '2026-10-20T10:00:00+02:00'],
				['Sync', '2026-10-27T10:00:00+01:00'],
				['New sync', '2026-11-03T10:00:00+01:00'],
				['New sync', '2026-11-17T10:00:00+01:00'],
			]);
			await dsm.do(event.delete, { evt_id: next.evt_id, scope: 'following', recurrence_id: '20261117T100000' });
			await dsm.do(event.delete, { evt_id, scope: 'following', recurrence_id: '20261020T100000' });
			expect(await listed(scene, 'sync')).toEqual([['New sync', '2026-11-03T10:00:00+01:00']]);
		});
	});

	test('are expanded here where Calendar gives their masters only', async () => {
		await onNas(async (scene) => {
			const { evt_id } = await scene.dsm.do(event.create, weekly);
			await scene.dsm.do(event.delete, { evt_id, scope: 'one', recurrence_id: '20261103T100000' });
			const expected = await listed(scene, 'Sync');
			stored(scene).switches.listsMasters = true;
			expect(await listed(scene, 'Sync')).toEqual(expected);
			expect(expected).toHaveLength(3);
		});
	});
});
