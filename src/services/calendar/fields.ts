import { textId } from '../../catalog/fields';
import { z } from '../../vendor/zod';
import { isZone, when } from './lib/time';

/** `/alice/home/`; a CalDAV address or a path without slashes is taken, too. */
export const calendarId = () =>
	z
		.string()
		.trim()
		.min(1)
		.transform((value) => {
			const path = /^https?:\/\/[^/]+\/(?:caldav(?:\.php)?\/)?(.+)$/i.exec(value)?.[1] ?? value;
			return `/${decodeURI(path).replace(/^\/+|\/+$/g, '')}/`;
		});

/** IDs are paths, and addresses are taken for them: what has no slash is a name. */
const NAMED = { value: 'cal_id', label: 'cal_displayname', names: [], ids: '/' };
const BY = {
	name: 'e.g. Holidays',
	id: 'e.g. /alice/home/',
	url: 'e.g. https://nas.example.com:5001/caldav/alice/home/',
};

export const cal_id = calendarId().meta({
	title: 'Calendar',
	description: 'Calendar to work in',
	widget: 'picker',
	choices: { ...NAMED, from: 'calendar.calendar.list' },
	by: BY,
});

/** Of events only. */
export const event_cal_id = cal_id.meta({
	title: 'Calendar',
	description: 'Calendar of the event',
	widget: 'picker',
	choices: { ...NAMED, from: 'calendar.event.listCalendars' },
	by: BY,
});

export const list_id = cal_id.meta({
	title: 'To-Do List',
	description: 'List of the to-do',
	widget: 'picker',
	choices: { ...NAMED, from: 'calendar.todo.listLists' },
	by: BY,
});

export const calendars = z
	.array(calendarId())
	.default([])
	.meta({
		title: 'Calendars',
		description: 'Calendars to look at; none: all that the account sees',
		widget: 'picker',
		choices: { ...NAMED, from: 'calendar.event.listCalendars' },
	});

export const lists = z
	.array(calendarId())
	.default([])
	.meta({
		title: 'To-Do Lists',
		description: 'Lists to look at; none: all that the account sees',
		widget: 'picker',
		choices: { ...NAMED, from: 'calendar.todo.listLists' },
	});

const digits = () => textId().regex(/^\d+$/, 'is not an ID (digits only)');

export const evt_id = digits().meta({
	title: 'Event',
	description: 'Event to work with: its evt_id',
	placeholder: 'e.g. 1281',
	widget: 'picker',
	choices: { from: 'calendar.event.list', value: 'evt_id', label: 'label' },
});

export const todo_id = digits().meta({
	title: 'To-Do',
	description: 'To-do to work with: its evt_id',
	placeholder: 'e.g. 1286',
	widget: 'picker',
	choices: { from: 'calendar.todo.list', value: 'evt_id', label: 'label' },
});

export const recurrence_id = z
	.string()
	.trim()
	.regex(/^\d{8}(T\d{6})?$/, 'is not the ID of an occurrence, e.g. 20260704T100000 or 20260704')
	.or(z.literal(''))
	.default('')
	.meta({
		title: 'Occurrence',
		description: 'Occurrence of a series: its recurrence_id, as lists and triggers give it',
		placeholder: 'e.g. 20260704T100000',
		widget: 'path',
	});

export const scope = z
	.enum(['all', 'one', 'following'])
	.default('all')
	.meta({
		title: 'Scope',
		description: 'What of a series is meant; an occurrence must be given for the last two',
		labels: { all: 'Event or Whole Series', one: 'One Occurrence', following: 'This and Following Occurrences' },
	});

export const tz_id = z
	.string()
	.trim()
	.refine((zone) => zone === '' || isZone(zone), 'is not a time zone, e.g. Europe/Rome')
	.default('')
	.meta({
		title: 'Time Zone',
		description:
			'Zone of times without an offset, and of the event; without one the time zone of the settings of Calendar',
		placeholder: 'e.g. Europe/Rome',
		advanced: true,
	});

/** A period; `days` is how long it is when no end is given. */
export const period = (days = 30) => ({
	start: when().optional().meta({
		title: 'From',
		description: 'Where the period begins; without it now',
		placeholder: 'e.g. 2026-11-22T08:00:00+01:00',
		widget: 'moment',
		local: true,
	}),
	end: when()
		.optional()
		.meta({
			title: 'Until',
			description: `Where the period ends; without it ${days === 1 ? 'a day' : `${days} days`} after its beginning, however many rows are wanted`,
			placeholder: 'e.g. 2026-11-29T08:00:00+01:00',
			widget: 'moment',
			local: true,
		}),
	tz_id,
});

/** A list of texts, as an array or as one text with commas. */
export const texts = () =>
	z.preprocess(
		(value) =>
			typeof value === 'string'
				? value
						.split(',')
						.map((one) => one.trim())
						.filter(Boolean)
				: value,
		z.array(z.string().trim().min(1)),
	);

/** A moment with an offset, or on the wall clock of the zone; or a date. */
export const local = (title: string, description: string) =>
	when()
		.optional()
		.meta({ title, description, placeholder: 'e.g. 2026-11-22T08:00:00', widget: 'moment', local: true });

/** Reminders: minutes before the start. */
export const minutesBefore = () => z.array(z.coerce.number<number | string>().int());

/** A whole number within bounds; digits in a text are accepted. */
export const whole = (least: number, most: number) => z.coerce.number<number | string>().int().min(least).max(most);

/** What calendars hold. */
export const cal_type = z
	.enum(['all', 'event', 'todo'])
	.default('all')
	.meta({ title: 'Kind', description: 'What they hold', labels: { all: 'All', event: 'Events', todo: 'To-Dos' } });

/** Filter of triggers on events. */
export const title_keyword = z.string().default('').meta({
	title: 'Keyword',
	description: 'Only events whose title holds this text, in capitals or not',
	placeholder: 'e.g. review',
});

/** Parameters of calls whose parameters nobody has published. */
export const raw = z
	.union([z.record(z.string(), z.unknown()), z.string()])
	.default({})
	.transform((value, context): Record<string, unknown> => {
		try {
			const parsed: unknown = typeof value === 'string' ? JSON.parse(value.trim() || '{}') : value;
			if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
				return parsed as Record<string, unknown>;
		} catch {
			// The same answer as for JSON that is no object.
		}
		context.addIssue({ code: 'custom', message: 'is not a JSON object, e.g. {"limit": 10}' });
		return z.NEVER;
	})
	.meta({
		title: 'Parameters',
		description: 'Parameters of the call as a JSON object; their names are not published',
		placeholder: 'e.g. {"limit": 10}',
		widget: 'json',
	});
