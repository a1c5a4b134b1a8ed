import { fileAnswer } from '../../../catalog/fields';
import { nothing, operation, procedure, resource } from '../../../catalog/operation';
import { streamOf } from '../../../platform';
import { z } from '../../../vendor/zod';
import { calendarId, event_cal_id, evt_id, minutesBefore, recurrence_id, scope } from '../fields';
import { calendarRow, withAddresses } from '../lib/calendarRow';
import { content } from '../lib/content';
import { draftOf, notifications } from '../lib/draft';
import { event, eventOf } from '../lib/eventRow';
import { create as createFrom } from '../lib/eventWrite';
import { writableCalendar } from '../lib/reads';
import { change, move as moveTo, occurrenceKey, remove as removeFrom } from '../lib/series';
import {
	createEvent,
	deleteEvent,
	excludeOccurrence,
	getCalendar,
	getEvent,
	getSettings,
	listCalendars,
	listInvitees,
	listZones,
	replyToInvitation,
	setEvent,
	setInvitation,
	setOccurrence,
	setVisible,
} from '../wire';
import { list, listNext, search } from './eventList';

export const get = operation({
	title: 'Get an event',
	summary: 'Gives an event, or one occurrence of a series.',
	call: getEvent,
	params: z.object({ evt_id, recurrence_id }),
	request: occurrenceKey,
	response: eventOf,
	result: event,
});

export const getByUid = operation({
	title: 'Get an event by UID',
	summary: 'Gives the event that has a UID of iCalendar.',
	call: getEvent,
	params: z.object({
		cal_id: event_cal_id,
		ical_uid: z.string().trim().min(1).meta({
			title: 'UID',
			description: 'UID of the event',
			placeholder: 'e.g. 20260704T073051-8f2c@cal.synology.com',
		}),
	}),
	response: eventOf,
	result: event,
});

/** Goes by the web API; a rule that it cannot say goes by CalDAV. */
export const create = procedure({
	title: 'Create an event',
	summary: 'Creates an event or a series, with reminders and invitations.',
	uses: [getSettings, getCalendar, listInvitees, createEvent, setEvent, getEvent, listZones],
	dav: ['PUT <event>'],
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
	async run({ cal_id, ...given }, dsm) {
		const calendar = await writableCalendar(dsm, cal_id);
		return eventOf(await createFrom(dsm, await draftOf(dsm, given, calendar)));
	},
});

const DAV_CHANGES = ['GET <event>', 'PUT <event>, If-Match'];

/** What is not given stays: the NAS would empty it (calendar.md 5.3). */
export const update = procedure({
	title: 'Update an event',
	summary: 'Changes what is given of an event, of one occurrence, or of this and the following ones; all else stays.',
	uses: [getEvent, getSettings, listInvitees, setEvent, setOccurrence, createEvent, deleteEvent, listZones],
	dav: DAV_CHANGES,
	params: z.object({ evt_id, scope, recurrence_id, ...content }),
	result: event,
	run: async ({ evt_id: id, scope: meant, recurrence_id: key, ...given }, dsm) =>
		eventOf(await change(dsm, id, key, meant, given)),
});

/** What is named is gone afterwards: the whole, one occurrence, or some. */
export const remove = procedure({
	title: 'Delete an event',
	summary: 'Deletes an event or series, one occurrence, or this and the following ones.',
	uses: [getEvent, deleteEvent, excludeOccurrence, setEvent],
	dav: [...DAV_CHANGES, 'DELETE <event>, If-Match'],
	params: z.object({ evt_id, scope, recurrence_id }),
	result: nothing,
	destructive: true,
	deletes: true,
	async run(given, dsm) {
		await removeFrom(dsm, given.evt_id, given.recurrence_id, given.scope);
		return {};
	},
});

export const move = procedure({
	title: 'Move an event',
	summary: 'Moves an event or series into another calendar.',
	uses: [getEvent, getCalendar, setEvent],
	dav: ['GET <event>', 'PUT <event>', 'DELETE <event>, If-Match'],
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
	run: async ({ evt_id: id, cal_id }, dsm) => eventOf(await moveTo(dsm, id, await writableCalendar(dsm, cal_id))),
});

export const download = operation({
	title: 'Download an event',
	summary: 'Gives an event or series as an iCalendar file.',
	call: getEvent,
	params: z.object({ evt_id }),
	request: occurrenceKey,
	returns: 'file',
	response({ summary = '', evt_ical: text = '' }) {
		const bytes = Buffer.from(text);
		const name = `${(summary || 'event').replace(/[\\/:*?"<>|]/g, '_')}.ics`;
		return { name, type: 'text/calendar', size: bytes.length, stream: streamOf([bytes]) };
	},
	result: fileAnswer(),
});

export const answer = operation({
	title: 'Answer an invitation',
	summary: 'Accepts or declines an invitation of another user of the NAS.',
	call: replyToInvitation,
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
});

export const setReminders = operation({
	title: 'Set reminders of an invitation',
	summary: 'Sets the reminders of the account for an event of somebody else, in place of those there.',
	known: { call: getEvent, request: occurrenceKey },
	call: setInvitation,
	params: z.object({
		evt_id,
		reminders: minutesBefore().meta({
			title: 'Reminders',
			description: 'Minutes before the start, one for each reminder; an empty list takes them away',
			placeholder: 'e.g. 15, 60',
			widget: 'json',
		}),
	}),
	request: ({ evt_id: id, reminders }, { cal_id, original_cal_id, dav_etag }) => ({
		evt_id: Number(id),
		cal_id: cal_id ?? original_cal_id,
		original_cal_id,
		dav_etag,
		notify_setting: notifications(reminders),
	}),
	response: eventOf,
	result: event,
});

const visible = (is_visible: boolean) => ({
	call: setVisible,
	params: z.object({ evt_id, recurrence_id }),
	request: (given: { evt_id: string; recurrence_id: string }) => ({ ...occurrenceKey(given), is_visible }),
});

export const show = operation({
	title: 'Show an event',
	summary: 'Shows an event that was hidden, or one occurrence, to the account again.',
	...visible(true),
});

export const hide = operation({
	title: 'Hide an event',
	summary: 'Hides an event, or one occurrence, from the account alone.',
	...visible(false),
});

/** For choosing a calendar of events. */
export const listOwn = operation({
	title: 'List calendars of events',
	summary: 'Lists the calendars that hold events.',
	call: listCalendars,
	params: z.object({}),
	request: () => ({ cal_type: 'event' }),
	response: (row, facts) => withAddresses({ cal_type: 'event', ...row }, facts),
	result: z.array(calendarRow),
});

export const events = resource('Event', {
	list,
	search,
	listNext,
	get,
	getByUid,
	create,
	update,
	delete: remove,
	move,
	download,
	answer,
	setReminders,
	show,
	hide,
	listCalendars: listOwn,
});
