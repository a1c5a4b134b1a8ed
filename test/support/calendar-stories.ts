import type { SettableClock } from '../../src/simulator';
import type { CalendarState } from '../../src/simulator/services/calendar/state';

/** Monday, 19 October 2026, 06:30 in Rome. */
export const MORNING = Date.UTC(2026, 9, 19, 4, 30);

const HOUR = 3_600_000;
const REVIEW = 'event-review@cal.synology.com';
const INVITED = ['ORGANIZER:mailto:alice@example.com', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:bob@example.com'];

export interface Story {
	/** Name of the trigger. */
	event: string;
	params?: Record<string, string>;
	/** Before the trigger starts. */
	before?: (calendar: CalendarState) => unknown;
	happen: (calendar: CalendarState, clock: SettableClock) => unknown;
	/** Fields of the one event that is told. */
	seen: object;
}

/** Each trigger of Calendar once, for both hosts. */
export const stories: Story[] = [
	{
		event: 'eventCreated',
		happen: (calendar) => calendar.addEvent('alice', { summary: 'New', start: '20261201T100000' }),
		seen: { summary: 'New', start: '2026-12-01T10:00:00+01:00' },
	},
	{
		event: 'eventUpdated',
		happen: (calendar) => calendar.rename(REVIEW, 'Renamed'),
		seen: { summary: 'Renamed', evt_id: '1281' },
	},
	{
		event: 'eventDeleted',
		happen: (calendar) => calendar.cancel(REVIEW),
		seen: { summary: 'Quarterly review', ical_uid: REVIEW },
	},
	{
		event: 'eventStarting',
		params: { keyword: 'Stand' },
		happen: (_, clock) => clock.advance(2.4 * HOUR),
		seen: { summary: 'Stand-up', start: '2026-10-19T09:00:00+02:00', late: false },
	},
	{
		event: 'eventEnded',
		params: { keyword: 'Stand' },
		happen: (_, clock) => clock.advance(3.6 * HOUR),
		seen: { summary: 'Stand-up', end: '2026-10-19T10:00:00+02:00' },
	},
	{
		event: 'invitationReceived',
		happen: (calendar) =>
			calendar.addEvent('carol', {
				summary: 'Party',
				start: '20261201T200000',
				lines: ['ORGANIZER:mailto:carol@example.com', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:alice@example.com'],
			}),
		seen: { summary: 'Party', need_invite_response: true },
	},
	{
		event: 'invitationAnswered',
		before: (calendar) =>
			calendar.addEvent('alice', {
				uid: 'asked@example.com',
				summary: 'Asked',
				start: '20261201T100000',
				lines: INVITED,
			}),
		happen: (calendar) => calendar.answerAs('bob', 'asked@example.com', 'declined'),
		seen: { summary: 'Asked', email: 'bob@example.com', status: 'declined', previous_status: 'needs_action' },
	},
	{
		event: 'todoCreated',
		happen: (calendar) => calendar.addTodo('alice', 'New'),
		seen: { summary: 'New', is_done: false },
	},
	{
		event: 'todoCompleted',
		happen: (calendar) => {
			const open = [...calendar.calendar('alice', 'Inbox').objects.values()].find(({ data }) =>
				data.includes('Order paper'),
			)!;
			calendar.tick(open.parsed.uid);
		},
		seen: { summary: 'Order paper', is_done: true },
	},
	{
		event: 'todoDue',
		happen: (_, clock) => clock.advance(50 * HOUR),
		seen: { summary: 'Order paper', due: '2026-10-21', late: true },
	},
	{
		event: 'dailyAgenda',
		happen: (_, clock) => clock.advance(HOUR),
		seen: { date: '2026-10-19', text: '09:00–10:00 Stand-up' },
	},
	{
		event: 'calendarAdded',
		happen: (calendar) => calendar.addCalendar('alice', 'Trips'),
		seen: { cal_displayname: 'Trips', is_shared: false },
	},
];
