import { isDsmError } from '../../../core/errors';
import { partsApart } from '../../../services/calendar/lib/ical/file';
import type { Decoder } from '../decoder';

const HEAD = 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260101T000000Z\n';
const END = '\nEND:VEVENT\nEND:VCALENDAR\n';

/** Calendar files on their way into a calendar, cut into their components. */
export const decoder: Decoder = {
	title: 'iCalendar: files on their way into a calendar',
	read: async (text) => await partsApart([text]),
	means: isDsmError,
	frames: [
		['', ''],
		[HEAD, END],
		[`${HEAD}SUMMARY:`, END],
		[`${HEAD}SUMMARY;`, `:a${END}`],
	],
	pieces: [
		'BEGIN:VEVENT\n',
		'END:VEVENT\n',
		`${HEAD}${END}`,
		'BEGIN:VTIMEZONE\nTZID:a\nEND:VTIMEZONE\n',
		'BEGIN:A\n',
		'END:A\n',
		'A:b\n',
		'A;B=C:d\n',
		';A="b"',
		';A="',
		'\\,',
		'RRULE:FREQ=DAILY\n',
	],
};
