import { parseValue } from '../../core/json';
import { type Route, restApi } from '../../core/rest';

const event = (verb: string, path: string, method: string): Route => [
	verb,
	`/event${path}`,
	'SYNO.Cal.Event',
	method,
	5,
];
const task = (verb: string, path: string, method: string): Route => [verb, `/task${path}`, 'SYNO.Cal.Todo', method, 5];
const cal = (verb: string, path: string, method: string, version = 5): Route => [
	...([verb, `/cal${path}`, 'SYNO.Cal.Cal', method, version] as const),
];

/** The published paths (calendar.md 2.1). */
const ROUTES: readonly Route[] = [
	['GET', '/timezone', 'SYNO.Cal.Timezone', 'list', 5],
	['GET', '/setting', 'SYNO.Cal.Setting', 'get', 5],
	['PUT', '/setting', 'SYNO.Cal.Setting', 'set', 5],
	['GET', '/contact', 'SYNO.Cal.Contact', 'list', 1],
	event('GET', '', 'get'),
	event('POST', '', 'create'),
	event('PUT', '', 'set'),
	event('DELETE', '', 'delete'),
	event('PUT', '/subevent', 'subevent_set'),
	event('PUT', '/invite-event', 'invite_event_set'),
	event('PUT', '/invite-subevent', 'invite_subevent_set'),
	event('POST', '/list', 'list'),
	event('PUT', '/exdate', 'set_exdate'),
	event('PUT', '/personal-property', 'set_personal_property'),
	task('POST', '/list', 'list'),
	task('GET', '', 'get'),
	task('POST', '', 'create'),
	task('PUT', '', 'set'),
	task('DELETE', '', 'delete'),
	cal('GET', '', 'get'),
	cal('POST', '', 'create'),
	cal('PUT', '', 'set'),
	cal('DELETE', '', 'delete'),
	cal('GET', '/list', 'list'),
	cal('GET', '/export', 'export', 1),
];

/** The REST paths of Calendar. Queries are JSON, too; the session comes by cookie or query only (calendar.md 2.1). */
export const calendarRest = restApi({
	name: 'Calendar',
	api: 'SYNO.Cal.Cal',
	routes: { 1: ROUTES },
	typed: (_, text) => parseValue(text),
	bodiless: ([verb]) => verb === 'DELETE',
	sidInBody: false,
});
