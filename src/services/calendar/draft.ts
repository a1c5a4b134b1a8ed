import { DsmInputError } from '../../core/errors';
import { DateTime } from '../../vendor/luxon';
import { z } from '../../vendor/zod';
import { texts, tz_id } from './fields';
import { ruleOf, readRule, WEEKDAYS, type Start } from './rule';
import { dayOf, secondsOf, utcMidnight, when, type When } from './time';

const local = (title: string, description: string) =>
	when()
		.optional()
		.meta({ title, description, placeholder: 'e.g. 2026-11-22T08:00:00', widget: 'moment', local: true });

const list = <T extends z.ZodType>(type: T, title: string, description: string, placeholder: string) =>
	type.meta({ title, description, placeholder, advanced: true, widget: 'json' });

const text = (title: string, description: string, more = {}) =>
	z
		.string()
		.optional()
		.meta({ title, description, advanced: true, ...more });

/** What an event may be given; absent: as it is, or empty in a new one. */
export const content = {
	summary: z
		.string()
		.optional()
		.meta({ title: 'Title', description: 'Name of the event', placeholder: 'e.g. Team meeting' }),
	start: local(
		'Start',
		'When it begins: with an offset, or on the wall clock of the time zone; of an all-day event the first day',
	),
	end: local('End', 'When it ends; of an all-day event the day after the last. Without it an hour, or a day'),
	is_all_day: z
		.boolean()
		.optional()
		.meta({ title: 'All Day', description: 'Whether it takes whole days', advanced: true }),
	tz_id,
	description: text('Description', 'Text of the event', { widget: 'multiline' }),
	location: text('Location', 'Place or link of a meeting', { placeholder: 'e.g. Room 2' }),
	color: text('Colour', 'Colour of the event; empty: that of the calendar', {
		placeholder: 'e.g. #3366CC',
		widget: 'color',
	}),
	conference: text(
		'Meeting Link',
		'Address of an online meeting: it becomes the location and is added to the description',
		{
			placeholder: 'e.g. https://meet.jit.si/team',
		},
	),
	invitees: list(
		texts().optional(),
		'Invitees',
		'User names or mail addresses of those who are invited; they get an invitation at once',
		'e.g. ["bob", "dana@example.org"]',
	),
	reminders: list(
		z.array(z.coerce.number<number | string>().int()).optional(),
		'Reminders',
		'Minutes before the start, one for each reminder',
		'e.g. [15, 60]',
	),
	attachments: list(
		texts().optional(),
		'Attachments',
		'Addresses of files or pages',
		'e.g. ["https://nas.example.com/plan.pdf"]',
	),
	repeat: z
		.enum(['none', 'day', 'week', 'month', 'year', 'rule'])
		.optional()
		.meta({
			title: 'Repeat',
			description: 'How it repeats',
			labels: {
				none: 'Not',
				day: 'Daily',
				week: 'Weekly',
				month: 'Monthly',
				year: 'Yearly',
				rule: 'By a Rule (RRULE)',
			},
			advanced: true,
		}),
	repeat_interval: z.coerce.number<number | string>().int().min(1).default(1).meta({
		title: 'Repeat Every',
		description: 'Days, weeks, months or years from one to the next',
		advanced: true,
	}),
	repeat_weekdays: z
		.array(z.enum(WEEKDAYS))
		.default([])
		.meta({ title: 'Repeat on Days', description: 'Days of the week on which a weekly event is', advanced: true }),
	repeat_monthly: z
		.enum(['day_of_month', 'day_of_week'])
		.default('day_of_month')
		.meta({
			title: 'Repeat in the Month',
			description: 'What stays the same from month to month',
			labels: { day_of_month: 'Day of the Month', day_of_week: 'Day of the Week (3rd Tuesday)' },
			advanced: true,
		}),
	repeat_count: z.coerce.number<number | string>().int().min(1).optional().meta({
		title: 'Repeat Times',
		description: 'Number of occurrences, the first one included',
		advanced: true,
	}),
	repeat_until: local('Repeat Until', 'Last day or moment of the series').meta({ advanced: true }),
	rrule: text('Rule', 'Recurrence rule of iCalendar', { placeholder: 'e.g. FREQ=MONTHLY;BYDAY=-1FR' }),
};
export const contentShape = z.object(content);
export type Content = z.output<typeof contentShape>;

/** Nothing given: all stays. */
export const UNCHANGED: Content = contentShape.parse({});

/** Start and end of an event: seconds; for days midnight in UTC. */
export interface Span {
	start: number;
	end: number;
	isAllDay: boolean;
	zone: string;
}

/** The times that were given; what is missing comes from `known`. A start alone keeps the length. */
export function spanOf(given: Content, zone: string, known?: Span): Span {
	const isAllDay = given.is_all_day ?? (given.start ? 'date' in given.start : (known?.isAllDay ?? false));
	const usual = isAllDay ? 86_400 : 3600;
	const length = known && known.isAllDay === isAllDay ? known.end - known.start : usual;
	const at = (when: When) => (isAllDay ? utcMidnight(dayOf(when, zone)) : secondsOf(when, zone));
	const start = given.start ? at(given.start) : known ? again(known, isAllDay, zone) : undefined;
	if (start === undefined) throw new DsmInputError('An event needs a start.', { path: ['start'] });
	const end = given.end ? at(given.end) : start + length;
	if (end < start || (isAllDay && end === start && given.end === undefined))
		throw new DsmInputError('The event ends before it begins.', { path: ['end'] });
	return { start, end: isAllDay && end === start ? start + 86_400 : end, isAllDay, zone };
}

/** The start of an event that becomes one of days, or one of times. */
function again({ start, isAllDay, zone: before }: Span, now: boolean, zone: string): number {
	if (isAllDay === now) return start;
	const day = isAllDay
		? DateTime.fromSeconds(start, { zone: 'UTC' }).toISODate()!
		: DateTime.fromSeconds(start, { zone: before }).toISODate()!;
	return now ? utcMidnight(day) : secondsOf({ date: day }, zone);
}

export const startOf = ({ start, isAllDay, zone }: Span): Start => ({
	at: DateTime.fromSeconds(start, { zone: isAllDay ? 'UTC' : zone }),
	zone: isAllDay ? 'UTC' : zone,
	isAllDay,
});

/** The RRULE that is asked for; empty: none; undefined: nothing is said. Throws DsmInputError for one that is no rule. */
export function ruleGiven(given: Content, span: Span): string | undefined {
	const { repeat, rrule } = given;
	if (repeat === 'none') return '';
	if (repeat === undefined || repeat === 'rule') {
		if (rrule === undefined || rrule.trim() === '') {
			if (repeat === undefined) return undefined;
			throw new DsmInputError('Give the rule by which the event repeats.', { path: ['rrule'] });
		}
		return checkedRule(rrule);
	}
	const { repeat_count: count, repeat_until: until } = given;
	if (count !== undefined && until)
		throw new DsmInputError('Give either a number of occurrences or an end.', { path: ['repeat_count'] });
	return ruleOf(
		{
			type: repeat,
			interval: given.repeat_interval,
			weekdays: given.repeat_weekdays,
			monthly: given.repeat_monthly,
			count,
			until,
		},
		startOf(span),
	);
}

function checkedRule(text: string): string {
	const plain = text.trim().replace(/^RRULE:/i, '');
	try {
		readRule(plain);
		return plain;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new DsmInputError(`The rule "${plain}" ${/^(is|has)/.test(reason) ? reason : `cannot be read: ${reason}`}.`, {
			path: ['rrule'],
		});
	}
}

/** Location and description with the link of an online meeting: there is no call for one whose parameters are known. */
export function placed(given: Content): Pick<Content, 'location' | 'description'> {
	const { conference, location, description } = given;
	if (!conference) return { location, description };
	return {
		location: location ? `${location}, ${conference}` : conference,
		description: description ? `${description}\n\n${conference}` : conference,
	};
}

/** Reminders of version 5 (calendar.md 5.6). */
export const notifications = (minutes: readonly number[]): Record<string, unknown>[] =>
	minutes.map((one) => ({
		action: 'DISPLAY',
		description: 'This is an event reminder',
		type: 'duration',
		duration: { related: 'start', minutes: -one },
		datetime: { utc_seconds: 0 },
		ical_extra_info: [],
	}));

/** Link attachments of version 5 (calendar.md 5.8). */
export const links = (urls: readonly string[]): Record<string, unknown>[] =>
	urls.map((property_value) => ({
		is_syno: false,
		property_value,
		file_rel_uri: '',
		file_size: 0,
		filename: '',
		fmttype: '',
		value: 'URI',
		encoding: '',
	}));
