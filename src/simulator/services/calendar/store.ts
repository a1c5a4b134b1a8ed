import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { SyncHistory } from '../../core/dav/history';
import type { Nas, User } from '../../core/nas';
import { parseObject, type Parsed } from './object';

export type Privilege = 'RO' | 'RW';

/** One resource with what the database knows beside it. */
export interface Stored {
	id: number;
	/** Last part of its path. */
	name: string;
	data: string;
	/** 32 hexadecimal digits, new with each write. */
	etag: string;
	/** Milliseconds. */
	createdAt: number;
	modifiedAt: number;
	modifiedBy: string;
	parsed: Parsed;
	/** Accounts that hide it, or one occurrence: `alice`, `alice 20230704T100000`. */
	hidden: Set<string>;
	app: Record<string, unknown>;
	priority: number;
	calendar: Calendar;
}

export interface Calendar {
	owner: string;
	slug: string;
	kind: 'event' | 'todo';
	/** `cal_displayname`, colour, description and the flags, as they were set. */
	fields: Record<string, unknown> & { cal_displayname: string; cal_color: string; cal_description: string };
	isDefault: boolean;
	createdAt: number;
	modifiedAt: number;
	/** `DSM_USER bob` or `DSM_GROUP users`. */
	shares: Map<string, Privilege>;
	publicId: string;
	objects: Map<string, Stored>;
	history: SyncHistory;
	props: Map<string, string>;
}

/** A calendar as one user sees it. */
export interface View {
	calendar: Calendar;
	cal_id: string;
	privilege: Privilege;
}

/** What the dossier leaves undecided, and deviations of single devices (calendar.md 13). */
export interface CalendarSwitches {
	/** Answer to a missing parameter of an event write. */
	missingCode: 114 | 9009;
	/** Answer to a write with a stale `dav_etag`. */
	staleCode: number;
	/** Answer to a write into a read-only calendar. */
	readOnlyCode: 105 | 117;
	/** `Cal.list` refuses `cal_type=all` with 119. */
	refusesAll: boolean;
	/** `Event.list` gives the masters of series instead of their occurrences. */
	listsMasters: boolean;
	/** An empty description is refused with 9009. */
	refusesEmptyDescription: boolean;
	/** `set` needs `personal_property`, too (Calendar 3.x). */
	needsPersonalProperty: boolean;
	/** All-day epochs are read in the zone of the account instead of UTC. */
	localAllDay: boolean;
	/** Every sync token is refused. */
	syncTokenBroken: boolean;
	/** `/caldav` is unknown. */
	noCalDav: boolean;
}

export const FLAGS = [
	'is_hidden_in_cal',
	'is_hidden_in_list',
	'notify_alarm_by_browser',
	'notify_alarm_by_mail',
	'notify_evt_by_browser',
	'notify_evt_by_mail',
	'notify_import_cal_by_browser',
	'notify_import_cal_by_mail',
] as const;

/** Calendars and to-do lists of everybody: one store behind the web API and CalDAV. */
export class CalendarStore {
	readonly calendars: Calendar[] = [];
	/** Accounts that opened Calendar: for all others its tables do not exist (9006). */
	readonly opened = new Set<string>();
	readonly settings = new Map<string, Record<string, unknown>>();
	/** Calls without known parameters, as they came. */
	readonly recorded: { api: string; method: string; params: Record<string, unknown> }[] = [];
	readonly foreign: Record<string, unknown>[] = [];
	readonly switches: CalendarSwitches = {
		missingCode: 114,
		staleCode: 9009,
		readOnlyCode: 105,
		refusesAll: false,
		listsMasters: false,
		refusesEmptyDescription: false,
		needsPersonalProperty: false,
		localAllDay: false,
		syncTokenBroken: false,
		noCalDav: false,
	};
	private lastId = 1280;
	private writes = 0;

	constructor(readonly nas: Nas) {}

	/** The user opens Calendar: from now on there is a calendar and a to-do list. */
	open(name: string): void {
		if (this.opened.has(name)) return;
		this.opened.add(name);
		this.addCalendar(name, 'My Calendar', { slug: 'home', isDefault: true });
		this.addCalendar(name, 'Inbox', { slug: 'home_todo', isDefault: true, kind: 'todo' });
	}

	addCalendar(
		owner: string,
		name: string,
		more: { slug?: string; isDefault?: boolean; kind?: 'event' | 'todo'; fields?: Record<string, unknown> } = {},
	): Calendar {
		const { slug = randomBytes(4).toString('hex').slice(0, 5), isDefault = false, kind = 'event', fields = {} } = more;
		const flags = Object.fromEntries(FLAGS.map((flag) => [flag, !flag.startsWith('is_hidden')]));
		const now = this.nas.clock.now();
		const calendar: Calendar = {
			owner,
			slug,
			kind,
			fields: { cal_displayname: name, cal_description: '', cal_color: '#E3BD00', ...flags, ...fields },
			isDefault,
			createdAt: now,
			modifiedAt: now,
			shares: new Map(),
			publicId: '',
			objects: new Map(),
			history: new SyncHistory(this.nas.clock, (digits) => `data:,${digits.slice(0, 12)}`),
			props: new Map(),
		};
		this.calendars.push(calendar);
		return calendar;
	}

	dropCalendar(calendar: Calendar): void {
		this.calendars.splice(this.calendars.indexOf(calendar), 1);
	}

	/** Calendars that a user sees: the own ones, then those shared with him or a group of his (calendar.md 3). */
	viewsOf(user: User): View[] {
		const own = this.calendars.filter(({ owner }) => owner === user.name);
		const shared = this.calendars.flatMap((calendar) => sharedView(calendar, user));
		return [...own.map((calendar) => ({ calendar, cal_id: pathOf(calendar), privilege: 'RW' as const })), ...shared];
	}

	/** A calendar by one of its ids, as a user sees it. */
	view(user: User, id: string): View | undefined {
		const wanted = `/${id.replace(/^\/|\/$/g, '')}/`;
		const views = this.viewsOf(user);
		return views.find(({ cal_id }) => cal_id === wanted) ?? views.find(({ calendar }) => pathOf(calendar) === wanted);
	}

	/** Stores a resource; a status says why not: 415 no such thing, 409 its UID is in use under another name, 403 of another kind. */
	put(calendar: Calendar, name: string, data: string, by: string): number | undefined {
		const parsed = parseObject(data);
		if (!parsed) return 415;
		if (parsed.kind !== calendar.kind) return 403;
		if ([...calendar.objects.values()].some((one) => one.name !== name && one.parsed.uid === parsed.uid)) return 409;
		this.save(calendar, name, parsed, by, data);
		return undefined;
	}

	/** Writes the components of a resource back; its etag changes. */
	save(calendar: Calendar, name: string, parsed: Parsed, by: string, data = String(parsed.calendar)): Stored {
		const old = calendar.objects.get(name);
		const now = this.nas.clock.now();
		const text = data.endsWith('\r\n') ? data : `${data}\r\n`;
		const stored: Stored = {
			id: old?.id ?? ++this.lastId,
			name,
			data: text,
			etag: createHash('md5')
				.update(`${pathOf(calendar)} ${++this.writes}`)
				.digest('hex'),
			createdAt: old?.createdAt ?? now,
			modifiedAt: now,
			modifiedBy: by,
			parsed: parseObject(text) ?? parsed,
			hidden: old?.hidden ?? new Set(),
			app: old?.app ?? {},
			priority: old?.priority ?? 0,
			calendar,
		};
		calendar.objects.set(name, stored);
		calendar.history.touch(name);
		return stored;
	}

	remove(stored: Stored): void {
		stored.calendar.objects.delete(stored.name);
		stored.calendar.history.touch(stored.name);
	}

	/** Moves a resource into another calendar; its id stays. */
	move(stored: Stored, to: Calendar, by: string): Stored {
		this.remove(stored);
		const moved = this.save(to, stored.name, stored.parsed, by);
		Object.assign(moved, { id: stored.id, createdAt: stored.createdAt, hidden: stored.hidden, app: stored.app });
		return moved;
	}

	newUid(): string {
		const stamp = new Date(this.nas.clock.now()).toISOString().replace(/[-:]|\.\d+Z/g, '');
		return `${stamp}-${randomUUID().slice(0, 8)}@cal.synology.com`;
	}
}

/** `/<owner>/<slug>/`: the original id. */
export const pathOf = ({ owner, slug }: Calendar): string => `/${owner}/${slug}/`;

function sharedView(calendar: Calendar, user: User): View[] {
	if (calendar.owner === user.name) return [];
	const direct = calendar.shares.get(`DSM_USER ${user.name}`);
	const slug = `${calendar.owner}--${calendar.slug}`;
	if (direct) return [{ calendar, cal_id: `/${user.name}/${slug}/`, privilege: direct }];
	const group = user.groups.find((name) => calendar.shares.has(`DSM_GROUP ${name}`));
	if (group === undefined) return [];
	return [{ calendar, cal_id: `/group=${group}/${slug}/`, privilege: calendar.shares.get(`DSM_GROUP ${group}`)! }];
}
