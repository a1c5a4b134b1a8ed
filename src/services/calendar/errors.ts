import type { Explanation } from '../../catalog/operation';

/** Codes of SYNO.Cal.* (calendar.md 9). */
export const errors: Record<number, Explanation> = {
	114: {
		cause: 'A parameter that this Calendar requires is missing',
		remedy: 'Update the package "Synology Calendar" to version 2.5 or later.',
	},
	117: {
		cause: 'Calendar failed, or the call needs the right of a manager',
		remedy: 'Check that the account owns the calendar, and try again.',
	},
	120: {
		cause: 'A parameter is not valid, e.g. an unknown calendar',
		remedy: 'Choose the calendar from the list again: it may have been deleted or is no longer shared.',
	},
	9006: {
		cause: 'The account has never opened Calendar, so it has no database there yet',
		remedy: 'Open Calendar once in the browser as this account.',
	},
	9009: {
		cause: 'Calendar refused it: there is no such event, a field is malformed, or somebody else changed it meanwhile',
		remedy: 'Check the ID and the fields, and read the event again before you change it.',
	},
};
