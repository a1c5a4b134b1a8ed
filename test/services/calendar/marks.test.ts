import { describe, expect, test } from '@jest/globals';
import { calendar } from '../../../src/services/calendar';
import { getEvent } from '../../../src/services/calendar/wire';
import { SettableClock } from '../../../src/simulator';
import { withNas, type Scene } from '../../support/nas';

const event = calendar.resources.event.operations;
const { listBusy } = calendar.resources.availability.operations;
const cal_id = '/alice/home/';
const meeting = { cal_id, summary: 'Interview', start: '2026-10-26T10:00', end: '2026-10-26T11:00' };

const onNas = async (run: (scene: Scene) => Promise<void>) =>
	await withNas({ clock: new SettableClock(Date.UTC(2026, 9, 19, 8)) }, run);
const textOf = async ({ dsm }: Scene, evt_id: string) =>
	(await dsm.call(getEvent, { evt_id: Number(evt_id) })).evt_ical!.split('\r\n');
const methodsSince = ({ simulator }: Scene, before: number) =>
	simulator.requests.slice(before).map(({ api, method }) => `${api} ${method}`);

describe('visibility and "show me as" of an event', () => {
	test('are public and busy where nothing is said, and cost no request of their own', async () => {
		await onNas(async (scene) => {
			const before = scene.simulator.requests.length;
			const made = await scene.dsm.do(event.create, meeting);
			expect(made).toMatchObject({ visibility: 'public', show_as: 'busy' });
			expect(methodsSince(scene, before)).toContain('SYNO.Cal.Event create');
		});
	});

	test('are written with a new event, its people and reminders', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const marks = { visibility: 'private', show_as: 'free' } as const;
			const given = { ...meeting, ...marks, reminders: [10], invitees: ['bob'] };
			const made = await dsm.do(event.create, given);
			expect(made).toMatchObject({ summary: 'Interview', visibility: 'private', show_as: 'free' });
			expect(made.reminders).toMatchObject([{ minutes: 10 }]);
			const lines = await textOf(scene, made.evt_id);
			expect(lines).toEqual(expect.arrayContaining(['CLASS:PRIVATE', 'TRANSP:TRANSPARENT']));
			expect(lines.some((line) => /^ATTENDEE.*bob/.test(line))).toBe(true);
			const busy = async () =>
				(await dsm.do(listBusy, { calendars: [cal_id], start: '2026-10-26', end: '2026-10-27' })).flatMap(
					({ events }) => events,
				);
			expect(await busy()).not.toContain('Interview');
			await dsm.do(event.update, { evt_id: made.evt_id, show_as: 'busy' });
			expect(await busy()).toContain('Interview');
		});
	});

	test('are changed alone, and stay when something else changes', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const { evt_id } = await dsm.do(event.create, { ...meeting, description: 'Agenda' });
			const changed = await dsm.do(event.update, { evt_id, visibility: 'confidential', show_as: 'free' });
			expect(changed).toMatchObject({ visibility: 'confidential', show_as: 'free', description: 'Agenda' });
			expect(await dsm.do(event.update, { evt_id, summary: 'Second interview' })).toMatchObject({
				summary: 'Second interview',
				visibility: 'confidential',
				show_as: 'free',
			});
			await dsm.do(event.update, { evt_id, visibility: 'public' });
			// What is free goes line by line, whatever else is usual: the web API has no parameter for it.
			expect(await dsm.do(event.update, { evt_id, location: 'Room 2' })).toMatchObject({
				show_as: 'free',
				location: 'Room 2',
			});
		});
	});

	test('hold for one occurrence of a series alone', async () => {
		await onNas(async (scene) => {
			const { dsm } = scene;
			const series = { ...meeting, repeat: 'week', repeat_count: 3 } as const;
			const { evt_id } = await dsm.do(event.create, series);
			const rows = await dsm.do(event.list, { calendars: [cal_id], start: '2026-10-26', end: '2026-11-20' });
			const [, second] = rows.filter((row) => row.evt_id === evt_id);
			const { recurrence_id } = second!;
			await dsm.do(event.update, { evt_id, scope: 'one', recurrence_id, show_as: 'free' });
			const lines = await textOf(scene, evt_id);
			expect(lines.filter((line) => line === 'TRANSP:TRANSPARENT')).toHaveLength(1);
			expect(await dsm.do(event.get, { evt_id })).toMatchObject({ show_as: 'busy' });
		});
	});
});
