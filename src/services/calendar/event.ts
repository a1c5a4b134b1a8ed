import { Readable } from 'node:stream';
import { fileAnswer } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calendarShape, withAddresses } from './calendar-row';
import { calls } from './calls';
import { list, next, search } from './event-list';
import { content, notifications, UNCHANGED } from './draft';
import { calendarId, event_cal_id, evt_id, nothing, recurrence_id, scope, toNothing } from './fields';
import { calendarRows, writableCalendar } from './place';
import { event, eventOf, ruleOfWire, type Wire } from './row';
import { change, read, remove as removeEvent, spanOfRow } from './series';
import { create as createEvent, draftOf, fitsWeb, moveByDav, replace, rowOfUid } from './write';

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
