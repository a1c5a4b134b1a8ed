import { service } from '../../catalog/operation';
import { errors } from './errors';
import { availability } from './operations/availability';
import { calendars } from './operations/calendar';
import { events } from './operations/event';
import { foreignCalendars } from './operations/foreign';
import { invitees } from './operations/invitee';
import { meetings } from './operations/meeting';
import { settings } from './operations/setting';
import { timezones } from './operations/timezone';
import { todos } from './operations/todo';
import { calendarAdded } from './triggers/calendarAdded';
import { dailyAgenda } from './triggers/dailyAgenda';
import { eventDeleted, eventCreated, eventUpdated } from './triggers/eventChanges';
import { eventEnded, eventStarting } from './triggers/eventMoments';
import { invitationAnswered, invitationReceived } from './triggers/invitations';
import { todoCompleted, todoCreated } from './triggers/todoChanges';
import { todoDue } from './triggers/todoDue';

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
		calendar: calendars,
		availability,
		todo: todos,
		invitee: invitees,
		timezone: timezones,
		setting: settings,
		meeting: meetings,
		foreign: foreignCalendars,
	},
	triggers: {
		eventCreated,
		eventUpdated,
		eventDeleted,
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
