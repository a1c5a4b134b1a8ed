import { service } from '../../catalog/operation';
import { availability } from './availability';
import { calendarResource } from './calendar';
import { errors } from './errors';
import { events } from './event';
import { foreignCalendars, invitees, meetings, settingsResource, zones } from './other';
import { todos } from './todo';
import { calendarAdded } from './calendarAdded';
import { dailyAgenda } from './dailyAgenda';
import { eventCancelled, eventCreated, eventUpdated, invitationAnswered } from './eventChanges';
import { eventEnded, eventStarting } from './eventMoments';
import { invitationReceived } from './invitationReceived';
import { todoCompleted, todoCreated } from './todoChanges';
import { todoDue } from './todoDue';

export const calendar = service({
	id: 'calendar',
	title: 'Calendar',
	summary: 'Events, calendars, to-dos and free times of Synology Calendar, as the account of the connection.',
	package: 'Synology Calendar',
	privilege: 'Synology Calendar',
	apis: 'SYNO.Cal.',
	errors,
	resources: {
		event: events,
		calendar: calendarResource,
		availability,
		todo: todos,
		invitee: invitees,
		timezone: zones,
		setting: settingsResource,
		meeting: meetings,
		foreign: foreignCalendars,
	},
	triggers: {
		eventCreated,
		eventUpdated,
		eventCancelled,
		eventStarting,
		eventEnded,
		invitationReceived,
		invitationAnswered,
		todoCreated,
		todoCompleted,
		todoDue,
		dailyAgenda,
		calendarAdded,
	},
});
