import type { Nas, User } from '../../core/nas';
import { parseObject, type Parsed } from './object';
import { CalendarStore, type Calendar, type Stored, type View } from './store';

/** A row as one user sees it. */
interface Seen {
	view: View;
	stored: Stored;
	invited: boolean;
}

export interface EventFields {
	uid?: string;
	summary?: string;
	/** As in iCalendar: `20230704T100000`, with `Z` in UTC; `20230704` for a day. */
	start: string;
	end?: string;
	/** Zone of start and end. */
	zone?: string;
	/** Further lines of the VEVENT: `RRULE:FREQ=DAILY`. */
	lines?: string[];
	calendar?: string;
}

/** State of Calendar with doors for tests and for the demo: what people do in their calendars. */
export class CalendarState extends CalendarStore {
	/** Rows of the calendars that a user sees. */
	seenBy(user: User, kind: 'event' | 'todo', views = this.viewsOf(user)): Seen[] {
		return views
			.filter(({ calendar }) => calendar.kind === kind)
			.flatMap((view) => [...view.calendar.objects.values()].map((stored) => ({ view, stored, invited: false })));
	}

	/** Events in calendars of others to which a user is invited: they show in his default calendar. */
	invitationsOf(user: User): Seen[] {
		const home = this.calendars.find(({ owner, slug }) => owner === user.name && slug === 'home');
		if (!home) return [];
		return this.calendars
			.filter(
				(calendar) => calendar.owner !== user.name && !this.viewsOf(user).some((view) => view.calendar === calendar),
			)
			.flatMap((calendar) => [...calendar.objects.values()])
			.filter(({ parsed }) => parsed.kind === 'event' && attendeeOf(parsed, user) !== undefined)
			.map((stored) => ({
				view: { calendar: stored.calendar, cal_id: `/${user.name}/home/`, privilege: 'RO' as const },
				stored,
				invited: true,
			}));
	}

	/** A calendar of somebody by its name. */
	calendar(owner: string, name = 'My Calendar'): Calendar {
		const found = this.calendars.find((one) => one.owner === owner && one.fields.cal_displayname === name);
		if (!found) throw new Error(`${owner} has no calendar ${name}`);
		return found;
	}

	/** A person enters an event. Gives its UID. */
	addEvent(owner: string, fields: EventFields): string {
		const { uid = this.newUid(), summary = 'Meeting', start, end, zone = 'Europe/Rome', lines = [], calendar } = fields;
		const time = (name: string, value: string) =>
			value.length === 8
				? `${name};VALUE=DATE:${value}`
				: value.endsWith('Z')
					? `${name}:${value}`
					: `${name};TZID=${zone}:${value}`;
		const own = [
			`UID:${uid}`,
			`SUMMARY:${summary}`,
			time('DTSTART', start),
			...(end ? [time('DTEND', end)] : []),
			...lines,
		];
		this.store(owner, ['BEGIN:VEVENT', ...own, 'END:VEVENT'], uid, calendar);
		return uid;
	}

	/** A person enters a to-do. Gives its UID. */
	addTodo(owner: string, summary: string, lines: string[] = [], calendar = 'Inbox'): string {
		const uid = this.newUid();
		this.store(owner, ['BEGIN:VTODO', `UID:${uid}`, `SUMMARY:${summary}`, ...lines, 'END:VTODO'], uid, calendar);
		return uid;
	}

	private store(owner: string, lines: string[], uid: string, calendar?: string): void {
		const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//Calendar//EN'];
		const data = [...head, ...lines, 'END:VCALENDAR', ''].join('\r\n');
		const status = this.put(this.calendar(owner, calendar), `${uid}.ics`, data, owner);
		if (status !== undefined) throw new Error(`The object ${uid} is refused with ${status}`);
	}

	/** A resource by its UID, wherever it is. */
	object(uid: string): Stored {
		const found = this.calendars
			.flatMap(({ objects }) => [...objects.values()])
			.find(({ parsed }) => parsed.uid === uid);
		if (!found) throw new Error(`There is no object ${uid}`);
		return found;
	}

	/** Somebody changes the text of a resource. */
	edit(uid: string, change: (text: string) => string, by?: string): void {
		const { calendar, name, data, parsed } = this.object(uid);
		this.save(calendar, name, parseObject(change(data)) ?? parsed, by ?? calendar.owner, change(data));
	}

	/** Somebody renames an event. */
	rename(uid: string, summary: string): void {
		this.edit(uid, (text) => text.replace(/^SUMMARY:.*$/m, `SUMMARY:${summary}`));
	}

	/** Somebody ticks a to-do off, or on again. */
	tick(uid: string, done = true): void {
		this.edit(uid, (text) =>
			text
				.replace(/^(PERCENT-COMPLETE|STATUS|COMPLETED):.*\r\n/gm, '')
				.replace('END:VTODO', `${done ? 'PERCENT-COMPLETE:100\r\nSTATUS:COMPLETED\r\n' : ''}END:VTODO`),
		);
	}

	/** Somebody deletes an event or to-do. */
	cancel(uid: string): void {
		this.remove(this.object(uid));
	}

	/** An invited user answers. */
	answerAs(name: string, uid: string, status: string): void {
		const stored = this.object(uid);
		this.answer(stored, this.nas.user(name), status);
	}

	/** The answer of an invited user, in every component; false: he is not invited. */
	answer(stored: Stored, user: User, status: string): boolean {
		const { calendar, name, parsed } = stored;
		const attendees = [parsed.master, ...parsed.overrides.values()].flatMap((one) => one.all('attendee'));
		const own = attendees.filter((one) => isOf(one.value, user));
		for (const one of own) one.params.set('partstat', status.toUpperCase().replace('_', '-'));
		if (own.length > 0) this.save(calendar, name, parsed, user.name);
		return own.length > 0;
	}

	share(calendar: Calendar, name: string, privilege: 'RO' | 'RW', type = 'DSM_USER'): void {
		calendar.shares.set(`${type} ${name}`, privilege);
	}
}

const isOf = (address: string, { email }: User): boolean =>
	address.replace(/^mailto:/i, '').toLowerCase() === email.toLowerCase();

/** The user's line among the attendees of an event that somebody else organises. */
export function attendeeOf({ master }: Parsed, user: User) {
	if (isOf(master.first('organizer')?.value ?? '', user)) return undefined;
	return master.all('attendee').find((one) => isOf(one.value, user));
}

/** Calendar of a NAS. */
export const calendarOf = (nas: Nas): CalendarState => nas.service('calendar', () => new CalendarState(nas));
