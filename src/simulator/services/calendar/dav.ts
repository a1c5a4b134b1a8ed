import type { DavFolder, DavMember, DavService } from '../../core/dav/types';
import { APPLE, CALDAV, DAV, child, childrenOf, type Element } from '../../core/dav/xml';
import { parse, type Component } from '../../core/ical';
import { occurrences, parseObject } from './object';
import { calendarOf, type CalendarState } from './state';
import type { Stored, View } from './store';
import { secondsOf, stampFrom } from './times';
import { momentOf } from './parts';

const COLOR = `{${APPLE}}calendar-color`;
const DESCRIPTION = `{${CALDAV}}calendar-description`;

/** CalDAV of Calendar: the same store as the web API, so that etags agree (calendar.md 8, 13). */
export const calendarDav: DavService = {
	root: 'caldav',
	app: 'SYNO.Cal.Application',
	api: 'SYNO.Cal.Cal',
	type: 'calendar',
	contentType: 'text/calendar; charset=utf-8',
	isOff: (nas) => calendarOf(nas).switches.noCalDav,
	folders: (nas, user) => {
		const cal = calendarOf(nas);
		return cal.viewsOf(user).map((view) => folderOf(cal, view, user.name));
	},
	make(nas, user, uri, props) {
		const components = props.get(`{${CALDAV}}supported-calendar-component-set`) ?? 'VEVENT';
		calendarOf(nas).addCalendar(user.name, props.get(`{${DAV}}displayname`) ?? uri, {
			slug: uri,
			kind: components.includes('VTODO') ? 'todo' : 'event',
			fields: { cal_color: props.get(COLOR) ?? '#E3BD00', cal_description: props.get(DESCRIPTION) ?? '' },
		});
		return 201;
	},
	/** "Deleting a calendar not possible" (calendar.md 8). */
	drop: () => 403,
	matches: (member, filter) => matches(member, filter),
};

/** Last part of a calendar's id names its collection. */
const uriOf = ({ cal_id }: View): string => cal_id.split('/').at(-2) ?? '';

function folderOf(cal: CalendarState, view: View, by: string): DavFolder {
	const { calendar, privilege } = view;
	const props = calendar.props;
	props.set(COLOR, calendar.fields.cal_color);
	if (calendar.fields.cal_description) props.set(DESCRIPTION, calendar.fields.cal_description);
	if (cal.switches.syncTokenBroken) calendar.history.expire();
	return {
		uri: uriOf(view),
		displayName: calendar.fields.cal_displayname,
		writable: privilege === 'RW',
		props,
		components: [calendar.kind === 'event' ? 'VEVENT' : 'VTODO'],
		history: calendar.history,
		members: () => [...calendar.objects.values()].map(memberOf),
		member: (name) => {
			const stored = calendar.objects.get(name);
			return stored && memberOf(stored);
		},
		put: (name, data) => cal.put(calendar, name, data, by),
		remove: (name) => cal.remove(calendar.objects.get(name)!),
		rename: (name) => void (calendar.fields.cal_displayname = name),
	};
}

const memberOf = ({ name, data, etag, modifiedAt }: Stored): DavMember => ({
	name,
	data,
	etag: `"${etag}"`,
	modifiedAt,
});

/** `comp-filter`s within VCALENDAR (RFC 4791, 9.7). */
function matches({ data }: DavMember, filter: Element): boolean {
	const calendar = parse(data);
	return childrenOf(filter, CALDAV, 'comp-filter').every(
		(one) => (one.attributes.name ?? '').toLowerCase() === 'vcalendar' && inner(calendar, one, data),
	);
}

function inner(parent: Component, filter: Element, data: string): boolean {
	return childrenOf(filter, CALDAV, 'comp-filter').every((one) => {
		const found = parent.inner((one.attributes.name ?? '').toLowerCase());
		if (child(one, CALDAV, 'is-not-defined')) return found.length === 0;
		return found.some((component) => fits(component, one, data));
	});
}

function fits(component: Component, filter: Element, data: string): boolean {
	const range = child(filter, CALDAV, 'time-range');
	const props = childrenOf(filter, CALDAV, 'prop-filter');
	return (!range || inRange(component, range, data)) && props.every((one) => matchesProp(component, one));
}

function inRange(component: Component, { attributes }: Element, data: string): boolean {
	const edge = (text: string | undefined, open: number) => {
		const stamp = text === undefined ? undefined : stampFrom(text, 'UTC');
		return stamp ? secondsOf(stamp) : open;
	};
	const [from, to] = [edge(attributes.start, -Infinity), edge(attributes.end, 4_102_444_800)];
	if (component.name === 'vevent') return occurrences(parseObject(data)!, from, to - 1).length > 0;
	// "Tasks without DTSTART are skipped in date searches" (calendar.md 8).
	const { text, seconds } = momentOf(component, 'dtstart');
	return text !== '' && seconds < to && seconds >= from;
}

/** Text search does not tell capitals apart. */
function matchesProp(component: Component, filter: Element): boolean {
	const all = component.all((filter.attributes.name ?? '').toLowerCase());
	if (child(filter, CALDAV, 'is-not-defined')) return all.length === 0;
	const wanted = child(filter, CALDAV, 'text-match');
	if (!wanted) return all.length > 0;
	return all.some((one) => one.text.toLowerCase().includes(wanted.text.toLowerCase()));
}
