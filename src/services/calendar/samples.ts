import type { Samples } from '../../catalog/samples';

/** Ids of the seed: events from 1281 on in the order of their making, to-dos after them. */
export const samples: Samples = {
	'*': {
		cal_id: '/alice/home/',
		list_id: '/alice/home_todo/',
		evt_id: '1281',
		summary: 'Team meeting',
		start: '2027-01-04T10:00:00',
	},
	'event.answer': { evt_id: '1285' },
	'event.getByUid': { ical_uid: 'event-review@cal.synology.com' },
	'event.setReminders': { evt_id: '1285', reminders: [15] },
	'event.move': { cal_id: '/alice/tlvjj/' },
	'event.search': { keyword: 'review' },
	'calendar.delete': { cal_id: '/alice/tlvjj/' },
	'calendar.setColor': { cal_color: '#3366CC' },
	'calendar.share': { users: ['bob'] },
	'calendar.unshare': { users: ['bob'] },
	'calendar.getPublicLink': { cal_id: '/alice/tlvjj/' },
	'calendar.import': {
		ics: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@example.com\r\nDTSTART:20270104T080000Z\r\nSUMMARY:Hello\r\nEND:VEVENT\r\nEND:VCALENDAR',
	},
	'todo.get': { evt_id: '1286' },
	'todo.update': { evt_id: '1286' },
	'todo.complete': { evt_id: '1286' },
	'todo.reopen': { evt_id: '1287' },
	'todo.delete': { evt_id: '1286' },
	'setting.update': { time_zone: 'Europe/Rome' },
	'meeting.create': { params: { evt_id: 1281 } },
	'foreign.list': { params: { type: 'caldav' } },
	'foreign.create': { params: { name: 'example' } },
};
