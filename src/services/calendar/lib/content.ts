import { z } from '../../../vendor/zod';
import { local, minutesBefore, texts, tz_id } from '../fields';
import { WEEKDAYS } from './ical/rule';

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
	color: text('Color', 'Color of the event; empty: that of the calendar', {
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
	invitees: texts()
		.optional()
		.meta({
			title: 'Invitees',
			description: 'User names or mail addresses of those who are invited; they get an invitation at once',
			placeholder: 'e.g. bob, dana@example.org',
			widget: 'picker',
			choices: { from: 'calendar.invitee.list', value: 'email', label: 'display_name' },
			by: { name: 'e.g. bob', email: 'e.g. dana@example.org' },
			advanced: true,
		}),
	reminders: list(
		minutesBefore().optional(),
		'Reminders',
		'Minutes before the start, one for each reminder',
		'e.g. 15, 60',
	),
	visibility: z
		.enum(['public', 'private', 'confidential'])
		.optional()
		.meta({
			title: 'Visibility',
			description: 'Who of those who see the calendar sees what it is about; written through CalDAV',
			labels: { public: 'Public', private: 'Private', confidential: 'Confidential' },
			advanced: true,
		}),
	show_as: z
		.enum(['busy', 'free'])
		.optional()
		.meta({
			title: 'Show Me As',
			description: 'Whether it takes the time of the account; written through CalDAV',
			labels: { busy: 'Busy', free: 'Free' },
			advanced: true,
		}),
	attachments: list(
		texts().optional(),
		'Attachments',
		'Addresses of files or pages',
		'e.g. https://nas.example.com/plan.pdf',
	),
	repeat: z
		.enum(['none', 'day', 'week', 'month', 'year', 'rule'])
		.optional()
		.meta({
			title: 'Repeat',
			description: 'How it repeats',
			labels: {
				none: 'Does Not Repeat',
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
