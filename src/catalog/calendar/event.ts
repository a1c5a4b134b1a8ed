import { Readable } from 'node:stream';
import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { fileAnswer } from '../fields';
import { operation, procedure, resource } from '../operation';
import { z } from '../../vendor/zod';
import { calendarShape, withAddresses } from './calendar-row';
import { calls } from './calls';
import { content, notifications, UNCHANGED } from './draft';
import {
	calendarId,
	calendars,
	daysOf,
	event_cal_id,
	evt_id,
	nothing,
	period,
	recurrence_id,
	scope,
	texts,
	toNothing,
} from './fields';
import { calendarRows, eventRows, writableCalendar, zoneOf } from './place';
import { event, eventOf, occurrencesOf, ruleOfWire, type Wire } from './row';
import { change, read, remove as removeEvent, spanOfRow } from './series';
import { inZone, type When } from './time';
import { create as createEvent, draftOf, fitsWeb, moveByDav, replace, rowOfUid } from './write';

interface Period {
	start?: When | undefined;
	end?: When | undefined;
	tz_id: string;
}

/** Seconds of a period; from now on when no start is given. Throws DsmInputError for one that ends before it begins. */
export async function boundsOf(
	dsm: Dsm,
	{ start, end, tz_id }: Period,
	days = 30,
): Promise<{ start: number; end: number; zone: string }> {
	const zone = await zoneOf(dsm, tz_id);
	const from = start ? inZone(start, zone).toMillis() : dsm.now();
	const to = end ? inZone(end, zone).toMillis() : from + daysOf(days);
	if (to <= from) throw new DsmInputError('The period ends before it begins.', { path: ['end'] });
	return { start: Math.floor(from / 1000), end: Math.floor(to / 1000), zone };
}

const byStart = (a: Wire, b: Wire): number => Number(a.dtstart) - Number(b.dtstart);

/** Occurrences of a period, the earliest first: the order of the NAS is not documented. */
export async function occurrences(
	dsm: Dsm,
	given: Period & { calendars: string[]; keyword?: string; more?: Wire },
	days?: number,
): Promise<Wire[]> {
	const { start, end, zone } = await boundsOf(dsm, given, days);
	const { calendars: ids, keyword = '', more = {} } = given;
	const rows = await eventRows(dsm, { calendars: ids, start, end, keyword, more });
	return occurrencesOf(rows, start, end, zone).sort(byStart);
}

export const list = procedure({
	title: 'List events',
	summary: 'Lists the events of a period, each occurrence of a series by itself, the earliest first.',
	uses: [calls.settings, calls.events],
	params: z.object({
		calendars,
		...period(),
		keyword: z.string().default('').meta({
			title: 'Keyword',
			description: 'Only events whose title, description or place holds this text',
			advanced: true,
		}),
		invitations: z
			.enum(['all', 'yes', 'no'])
			.default('all')
			.meta({
				title: 'Invitations',
				description: 'Whether events of others to which the account is invited are listed',
				labels: { all: 'With Invitations', yes: 'Only Invitations', no: 'Without Invitations' },
				advanced: true,
			}),
		colors: texts().default([]).meta({
			title: 'Colours',
			description: 'Only events of these colours',
			placeholder: 'e.g. ["#3366CC"]',
			widget: 'json',
			advanced: true,
		}),
	}),
	result: z.array(event),
	readOnly: true,
	basis: 'guide',
	async *each({ invitations, colors, ...given }, dsm) {
		const more = { filter_invited: invitations, ...(colors.length > 0 && { evt_color_list: colors }) };
		yield* (await occurrences(dsm, { ...given, more })).map(eventOf);
	},
});

export const search = procedure({
	title: 'Search events',
	summary:
		'Finds events whose title, description or place holds a text, a year back and a year ahead unless told otherwise.',
	uses: [calls.settings, calls.events],
	params: z.object({
		keyword: z
			.string()
			.trim()
			.min(1)
			.meta({ title: 'Keyword', description: 'Text to look for', placeholder: 'e.g. review' }),
		calendars,
		...period(730),
	}),
	result: z.array(event),
	readOnly: true,
	basis: 'guide',
	async *each(given, dsm) {
		const start = given.start ?? { at: dsm.now() - daysOf(365) };
		yield* (await occurrences(dsm, { ...given, start }, 730)).map(eventOf);
	},
});

export const next = procedure({
	title: 'Get the next events',
	summary: 'Gives the events that begin next.',
	uses: [calls.settings, calls.events],
	params: z.object({
		calendars,
		count: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.max(100)
			.default(1)
			.meta({ title: 'Count', description: 'How many events' }),
		keyword: z
			.string()
			.default('')
			.meta({ title: 'Keyword', description: 'Only events that hold this text', advanced: true }),
	}),
	result: z.array(event),
	readOnly: true,
	basis: 'guide',
	async *each({ count, ...given }, dsm) {
		const now = dsm.now() / 1000;
		const rows = await occurrences(dsm, { ...given, tz_id: '' }, 366);
		yield* rows
			.filter((row) => Number(row.dtstart) >= now)
			.slice(0, count)
			.map(eventOf);
	},
});

export const get = procedure({
	title: 'Get an event',
	summary: 'Gives an event, or one occurrence of a series.',
	uses: [calls.event],
	params: z.object({ evt_id, recurrence_id }),
	result: event,
	readOnly: true,
	basis: 'guide',
	run: async (given, dsm) => eventOf(await read(dsm, given.evt_id, given.recurrence_id)),
});

export const getByUid = procedure({
	title: 'Get an event by UID',
	summary: 'Gives the event that has a UID of iCalendar.',
	uses: [calls.event],
	params: z.object({
		cal_id: event_cal_id,
		ical_uid: z.string().trim().min(1).meta({
			title: 'UID',
			description: 'UID of the event',
			placeholder: 'e.g. 20260704T073051-8f2c@cal.synology.com',
		}),
	}),
	result: event,
	readOnly: true,
	basis: 'guide',
	run: async ({ cal_id, ical_uid }, dsm) => eventOf(await rowOfUid(dsm, cal_id, ical_uid)),
});

/** Goes by the web API; a rule that it cannot say goes by CalDAV. */
export const create = procedure({
	title: 'Create an event',
	summary: 'Creates an event or a series, with reminders and invitations.',
	uses: [calls.settings, calls.calendar, calls.people, calls.createEvent, calls.setEvent, calls.event, calls.zones],
	params: z.object({
		cal_id: event_cal_id,
		...content,
		summary: content.summary
			.unwrap()
			.min(1)
			.meta({ title: 'Title', description: 'Name of the event', placeholder: 'e.g. Team meeting' }),
		start: content.start.unwrap().meta({ ...content.start.meta() }),
	}),
	result: event,
	basis: 'guide',
	async run({ cal_id, ...given }, dsm) {
		const calendar = await writableCalendar(dsm, cal_id);
		return eventOf(await createEvent(dsm, await draftOf(dsm, given, calendar)));
	},
});

/** What is not given stays: the NAS would empty it (calendar.md 5.3). */
export const update = procedure({
	title: 'Update an event',
	summary: 'Changes what is given of an event, of one occurrence, or of this and the following ones; all else stays.',
	uses: [
		calls.event,
		calls.settings,
		calls.people,
		calls.setEvent,
		calls.setOccurrence,
		calls.createEvent,
		calls.deleteEvent,
		calls.zones,
	],
	params: z.object({ evt_id, scope, recurrence_id, ...content }),
	result: event,
	basis: 'guide',
	run: async ({ evt_id: id, scope: wanted, recurrence_id: key, ...given }, dsm) =>
		eventOf(await change(dsm, id, key, wanted, given)),
});

export const remove = procedure({
	title: 'Delete an event',
	summary: 'Deletes an event or series, one occurrence, or this and the following ones.',
	uses: [calls.event, calls.deleteEvent, calls.exclude, calls.setEvent],
	params: z.object({ evt_id, scope, recurrence_id }),
	result: nothing,
	destructive: true,
	basis: 'guide',
	async run(given, dsm) {
		await removeEvent(dsm, given.evt_id, given.recurrence_id, given.scope);
		return {};
	},
});

/** With another `cal_id` a `set` moves the event; that is how one client does it (calendar.md 5.3). */
export const move = procedure({
	title: 'Move an event',
	summary: 'Moves an event or series into another calendar.',
	uses: [calls.event, calls.calendar, calls.setEvent],
	params: z.object({
		evt_id,
		cal_id: calendarId().meta({
			...event_cal_id.meta(),
			title: 'Target Calendar',
			description: 'Calendar to move it to',
		}),
	}),
	result: event,
	basis: 'clients',
	async run({ evt_id: id, cal_id }, dsm) {
		const [row, target] = await Promise.all([read(dsm, id), writableCalendar(dsm, cal_id)]);
		const known = { row, span: spanOfRow(row), rrule: ruleOfWire(row) ?? '' };
		const place = { cal_id: target.cal_id, original_cal_id: String(row.original_cal_id) };
		const draft = await draftOf(dsm, UNCHANGED, place, known);
		// A rule that the web API cannot say would be lost on its way through it.
		return eventOf(fitsWeb(draft) ? await replace(dsm, draft, row) : await moveByDav(dsm, row, cal_id));
	},
});

export const ics = procedure({
	title: 'Download an event',
	summary: 'Gives an event or series as an iCalendar file.',
	uses: [calls.event],
	params: z.object({ evt_id }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'guide',
	async run(given, dsm) {
		const row = await read(dsm, given.evt_id);
		const bytes = Buffer.from(String(row.evt_ical ?? ''));
		const name = `${String(row.summary || 'event').replace(/[\\/:*?"<>|]/g, '_')}.ics`;
		return { name, type: 'text/calendar', size: bytes.length, stream: Readable.from([bytes]) };
	},
});

/** The names of the parameters are not published. */
export const answer = operation({
	title: 'Answer an invitation',
	summary: 'Accepts or declines an invitation of another user of the NAS.',
	call: calls.reply,
	params: z.object({
		evt_id,
		invite_status: z
			.enum(['accepted', 'declined', 'tentative'])
			.default('accepted')
			.meta({
				title: 'Answer',
				description: 'Answer to the invitation',
				labels: { accepted: 'Yes', declined: 'No', tentative: 'Maybe' },
			}),
	}),
	request: ({ evt_id: id, invite_status }) => ({ evt_id: Number(id), invite_status }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const remind = procedure({
	title: 'Set own reminders',
	summary: 'Sets the reminders of the account for an event of somebody else.',
	uses: [calls.event, calls.setInvitation],
	params: z.object({
		evt_id,
		reminders: z.array(z.coerce.number<number | string>().int()).meta({
			title: 'Reminders',
			description: 'Minutes before the start, one for each reminder; an empty list takes them away',
			placeholder: 'e.g. [15, 60]',
			widget: 'json',
		}),
	}),
	result: event,
	basis: 'guide',
	async run({ evt_id: id, reminders }, dsm) {
		const row = await read(dsm, id);
		const { cal_id, original_cal_id, dav_etag } = row;
		const params = { evt_id: Number(id), cal_id, original_cal_id, dav_etag, notify_setting: notifications(reminders) };
		return eventOf((await dsm.call(calls.setInvitation, params)) as Wire);
	},
});

export const show = operation({
	title: 'Show or hide an event',
	summary: 'Shows or hides an event, or one occurrence, for the account alone.',
	call: calls.setVisible,
	params: z.object({
		evt_id,
		is_visible: z.boolean().default(true).meta({ title: 'Visible', description: 'Whether the account sees it' }),
		recurrence_id,
	}),
	request: ({ evt_id: id, is_visible, recurrence_id: key }) => ({
		evt_id: Number(id),
		is_visible,
		...(key !== '' && { recurrence_id: key }),
	}),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

/** For choosing a calendar of events. */
export const listCalendars = procedure({
	title: 'List calendars of events',
	summary: 'Lists the calendars that hold events.',
	uses: [calls.calendars],
	params: z.object({}),
	result: z.array(calendarShape),
	readOnly: true,
	basis: 'guide',
	async *each(_, dsm) {
		yield* (await calendarRows(dsm, 'event')).map((row) => withAddresses(dsm, row));
	},
});

export const events = resource('Event', {
	list,
	search,
	next,
	get,
	getByUid,
	create,
	update,
	delete: remove,
	move,
	ics,
	answer,
	remind,
	show,
	calendars: listCalendars,
});
