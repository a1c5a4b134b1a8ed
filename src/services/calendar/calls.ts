import type { Call } from '../../core/call';

const call = <A extends string>(api: A, method: string, version: number) =>
	({ api: `SYNO.Cal.${api}`, method, version }) as const satisfies Call;

/** Calls of Calendar, at the versions of the public guides: version 5 where there is one (calendar.md 1). */
export const calls = {
	calendars: call('Cal', 'list', 5),
	calendar: call('Cal', 'get', 5),
	createCalendar: call('Cal', 'create', 5),
	setCalendar: call('Cal', 'set', 5),
	deleteCalendar: call('Cal', 'delete', 5),
	export: call('Cal', 'export', 1),
	shares: call('Sharing', 'get', 1),
	setShares: call('Sharing', 'set', 1),
	shareTargets: call('Share.Priv', 'list', 1),
	events: call('Event', 'list', 5),
	event: call('Event', 'get', 5),
	createEvent: call('Event', 'create', 5),
	setEvent: call('Event', 'set', 5),
	deleteEvent: call('Event', 'delete', 5),
	setOccurrence: call('Event', 'subevent_set', 5),
	exclude: call('Event', 'set_exdate', 5),
	setInvitation: call('Event', 'invite_event_set', 5),
	setVisible: call('Event', 'set_personal_property', 5),
	reply: call('Event', 'reply', 1),
	todos: call('Todo', 'list', 5),
	todo: call('Todo', 'get', 5),
	createTodo: call('Todo', 'create', 5),
	setTodo: call('Todo', 'set', 5),
	deleteTodo: call('Todo', 'delete', 5),
	cleanTodos: call('Todo', 'clean_complete', 1),
	settings: call('Setting', 'get', 5),
	setSettings: call('Setting', 'set', 5),
	zones: call('Timezone', 'list', 5),
	people: call('Contact', 'list', 1),
} as const;
