import { describe, expect, test } from '@jest/globals';
import { calendar } from '../../../src/services/calendar';
import { SettableClock } from '../../../src/simulator';
import { calendarOf } from '../../../src/simulator/services/calendar/state';
import { clockOf, Follower } from '../../support/follow';
import { withNas, type Scene } from '../../support/nas';

const { triggers } = calendar;
/** Saturday, 24 October 2026, 08:00 in Rome. */
const NOW = Date.UTC(2026, 9, 24, 6);
const MINUTE = 60_000;
const onNas = async (run: (scene: Scene) => Promise<void>) => await withNas({ clock: new SettableClock(NOW) }, run);
const stored = ({ simulator }: Scene) => calendarOf(simulator.nas);

describe('places that were stored before', () => {
	test('of added calendars go on: to-do lists that they never saw are not new', async () => {
		await onNas(async (scene) => {
			const given = { cal_type: 'event' } as const;
			const follower = new Follower(triggers.calendarAdded, scene.dsm, given);
			const items = { '/alice/home/': [], '/alice/tlvjj/': [], '/alice/bob--qwert/': [] };
			follower.cursor = JSON.stringify({ v: 1, seq: 4, items });
			expect(await follower.poll()).toEqual([]);
			stored(scene).addCalendar('alice', 'Chores', { kind: 'todo' });
			stored(scene).addCalendar('alice', 'Trips');
			expect((await follower.poll()).map(({ cal_displayname: name }) => name)).toEqual(['Trips']);
		});
	});

	test('of invitations go on', async () => {
		await onNas(async (scene) => {
			const follower = new Follower(triggers.invitationReceived, scene.dsm, {});
			follower.cursor = JSON.stringify({ v: 1, seq: 0, items: { 1285: [] } });
			expect(await follower.poll()).toEqual([]);
			const lines = ['ORGANIZER:mailto:carol@example.com', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:alice@example.com'];
			stored(scene).addEvent('carol', { summary: 'Party', start: '20261201T200000', lines });
			expect((await follower.poll()).map(({ summary }) => summary)).toEqual(['Party']);
		});
	});

	test('of events that start go on', async () => {
		await onNas(async (scene) => {
			stored(scene).addEvent('alice', { summary: 'Told', start: '20261024T080500' });
			const evt_id = stored(scene).object(
				stored(scene).addEvent('alice', { summary: 'Next', start: '20261024T081000' }),
			).id;
			const told = { [`${evt_id - 1}  ${Date.UTC(2026, 9, 24, 6, 5) / 1000}`]: Date.UTC(2026, 9, 24, 6, 5) };
			const follower = new Follower(triggers.eventStarting, scene.dsm, {});
			follower.cursor = JSON.stringify({ v: 1, at: NOW - MINUTE, told });
			expect((await follower.poll()).map(({ summary }) => summary)).toEqual(['Next']);
		});
	});
});

describe('a filter that changes', () => {
	test('neither brings back what is past nor loses what comes', async () => {
		await onNas(async (scene) => {
			for (const [summary, start] of [
				['Tea', '20261024T081500'],
				['Talk', '20261024T082000'],
				['Walk', '20261024T084000'],
			] as const)
				stored(scene).addEvent('alice', { summary, start });
			const polled = async (keyword: string, cursor?: string) => {
				const follower = new Follower(triggers.eventStarting, scene.dsm, { minutes: 10, keyword });
				if (cursor === undefined) await follower.start();
				else follower.cursor = cursor;
				return { names: (await follower.poll()).map(({ summary }) => summary), cursor: follower.cursor };
			};
			let { names, cursor } = await polled('tea');
			clockOf(scene).advance(12 * MINUTE);
			({ names, cursor } = await polled('tea', cursor));
			expect(names).toEqual(['Tea']);
			({ names, cursor } = await polled('', cursor));
			expect(names).toEqual([]);
			clockOf(scene).advance(20 * MINUTE);
			({ names, cursor } = await polled('', cursor));
			expect(names).toEqual(['Walk']);
		});
	});

	test('of the kind of a calendar tells only what is added from then on', async () => {
		await onNas(async (scene) => {
			const events = await new Follower(triggers.calendarAdded, scene.dsm, { cal_type: 'event' }).start();
			stored(scene).addCalendar('alice', 'Chores', { kind: 'todo' });
			expect(await events.poll()).toEqual([]);
			const all = new Follower(triggers.calendarAdded, scene.dsm, { cal_type: 'all' });
			all.cursor = events.cursor;
			expect(await all.poll()).toEqual([]);
			stored(scene).addCalendar('alice', 'Errands', { kind: 'todo' });
			expect((await all.poll()).map(({ cal_displayname: name }) => name)).toEqual(['Errands']);
		});
	});

	test.each([
		['eventCreated', ['keyword']],
		['eventUpdated', ['keyword']],
		['eventDeleted', ['keyword']],
		['invitationAnswered', ['keyword']],
		['eventStarting', ['keyword', 'include_all_day', 'include_declined', 'skip_late']],
		['eventEnded', ['keyword', 'include_all_day', 'include_declined', 'skip_late']],
		['todoDue', ['skip_late']],
		['dailyAgenda', ['skip_empty', 'calendars']],
		['calendarAdded', ['cal_type']],
	] as const)('of %s is one of %j', (name, filters) => {
		expect(triggers[name].filters).toEqual(filters);
	});
});
