import type { Nas } from '../../core/nas';
import { calendarOf } from './state';
import { DAY, dayOf, HOME_ZONE, stampAt, textOf } from './times';

/**
 * Calendars of a small company: alice, bob and carol have opened Calendar, all others have not (9006). Alice has a calendar "Projects",
 * bob shares "Team" with alice (to write) and with all users (to read). The first event has id 1281.
 */
export function seedCalendar(nas: Nas): void {
	const cal = calendarOf(nas);
	for (const name of ['alice', 'bob', 'carol']) cal.open(name);
	const projects = cal.addCalendar('alice', 'Projects', { slug: 'tlvjj', fields: { cal_color: '#3366CC' } });
	const team = cal.addCalendar('bob', 'Team', { slug: 'qwert', fields: { cal_color: '#FF8000' } });
	cal.share(team, 'alice', 'RW');
	cal.share(team, 'users', 'RO', 'DSM_GROUP');
	projects.publicId = 'cO9KZOHlK';
	const today = dayOf(stampAt(nas.clock.now() / 1000, HOME_ZONE).local).at;
	const at = (days: number, hour: number) => textOf({ at: today + days * DAY + hour * 3600, isDate: false });
	const day = (days: number) => textOf({ at: today + days * DAY, isDate: true });
	cal.addEvent('alice', {
		uid: 'event-review@cal.synology.com',
		summary: 'Quarterly review',
		start: at(1, 10),
		end: at(1, 11),
		lines: ['DESCRIPTION:Numbers of the quarter', 'LOCATION:Room 2'],
	});
	cal.addEvent('alice', {
		uid: 'event-standup@cal.synology.com',
		summary: 'Stand-up',
		start: at(-7, 9),
		end: at(-7, 10),
		lines: ['RRULE:FREQ=WEEKLY;UNTIL=20991231T000000Z'],
	});
	cal.addEvent('alice', { uid: 'event-holiday@cal.synology.com', summary: 'Day off', start: day(3), end: day(4) });
	cal.addEvent('bob', {
		uid: 'event-planning@cal.synology.com',
		summary: 'Planning',
		start: at(2, 14),
		end: at(2, 15),
		calendar: 'Team',
	});
	cal.addEvent('bob', {
		uid: 'event-invitation@cal.synology.com',
		summary: 'Lunch with the team',
		start: at(4, 12),
		end: at(4, 13),
		lines: [
			'ORGANIZER;CN=bob:mailto:bob@example.com',
			'ATTENDEE;CN=bob;PARTSTAT=ACCEPTED:mailto:bob@example.com',
			'ATTENDEE;CN=alice;PARTSTAT=NEEDS-ACTION:mailto:alice@example.com',
		],
	});
	cal.addTodo('alice', 'Order paper', [`DUE;VALUE=DATE:${day(2)}`]);
	cal.addTodo('alice', 'Water the plants', ['STATUS:COMPLETED', 'PERCENT-COMPLETE:100']);
}
