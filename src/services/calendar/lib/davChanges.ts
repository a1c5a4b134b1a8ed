import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import {
	collectionsOf,
	isStillThere,
	membersOf,
	objectsAt,
	stillAt,
	type DavCollection,
	type DavMember,
	type DavObject,
} from '../../../catalog/dav';
import type { Budget } from '../../../catalog/operation';
import { compare, digest, snapshot, type Change, type Observed } from '../../../catalog/sources';
import { isoOfPoint, pointOf } from '../../../formats/ical/points';
import { masterOf, parseIcs, wordsOf, type Component } from '../../../formats/ical/text';

/**
 * Cursor of the triggers on changes: what is known of each event or to-do by its path in CalDAV, and the state of each calendar. The
 * fingerprints stand for etag, answers of the invited, done or not, and what is told when the thing is gone.
 */
export const changesCursor = snapshot.extend({ ctags: z.record(z.string(), z.string()) });
export type ChangesCursor = z.output<typeof changesCursor>;

/** What a poll asks, for the reference. */
export const CHANGE_REQUESTS = [
	'PROPFIND /caldav/<account>/',
	'PROPFIND <calendar>',
	'REPORT <calendar> calendar-multiget',
] as const;

export const ANSWERS = 1;
export const DONE = 2;
const FACTS = 3;

/** An event or to-do as a poll saw it; its text is there when it was read anew. */
export interface Seen {
	path: string;
	data?: string;
}
export type ObjectChange = Change<Seen>;

/** What is left of something that is gone. */
export interface Facts {
	uid: string;
	summary: string;
	/** ISO 8601 or a date; empty for a to-do without dates. */
	start: string;
}
export const factsOf = (change: ObjectChange): Facts => {
	const fingerprints = change.kind === 'deleted' ? change.was : change.now;
	return JSON.parse(fingerprints[FACTS] ?? '{"uid":"","summary":"","start":""}') as Facts;
};

/** `cal_id` of a path: the collection below the account's home (calendar.md 8). */
export const calendarOf = (dsm: Dsm, path: string): string => {
	const slug = decodeURIComponent(path.split('/').filter(Boolean)[2] ?? '');
	return `/${dsm.account}/${slug}/`;
};

const slugOf = (id: string): string => id.split('/').filter(Boolean).at(-1) ?? '';

interface Wanted {
	kind: 'VEVENT' | 'VTODO';
	/** Ids of calendars; none: all. */
	calendars: readonly string[];
}

/** One request tells which calendars changed (calendar.md 8). */
async function calendarsIn(dsm: Dsm, { kind, calendars }: Wanted): Promise<DavCollection[]> {
	const all = await collectionsOf(dsm, 'caldav');
	const slugs = new Set(calendars.map(slugOf));
	const holds = ({ components, uri }: DavCollection) =>
		components.length > 0 ? components.includes(kind) : uri.endsWith('_todo') === (kind === 'VTODO');
	return all.filter((one) => holds(one) && (slugs.size === 0 || slugs.has(one.uri)));
}

/** A calendar of somebody else: `<owner>--<slug>` (calendar.md 3). */
const isForeign = ({ uri }: DavCollection): boolean => uri.includes('--');

/** The cursor that knows everything that is there. */
export async function startingCursor(dsm: Dsm, wanted: Wanted): Promise<ChangesCursor> {
	const nothing: ChangesCursor = { v: 1, seq: 0, items: {}, ctags: {} };
	const { cursor } = await changesOf(dsm, wanted, nothing, plenty);
	return { ...cursor, seq: 0 };
}

/**
 * What changed in the calendars since the last poll. Etags decide, never dates, in whole calendars and without a window of time. One
 * request per poll when nothing changed. A calendar that cannot be read, or that the budget leaves no time for, keeps its place; one
 * that is no longer there is forgotten: its events are not cancelled. What a calendar of others holds when it is first shared is known.
 */
export async function changesOf(
	dsm: Dsm,
	wanted: Wanted,
	known: ChangesCursor,
	budget: Budget,
): Promise<{ changes: ObjectChange[]; cursor: ChangesCursor; more: boolean }> {
	const base: Record<string, readonly string[]> = {};
	const things: Observed<Seen>[] = [];
	const ctags: Record<string, string> = {};
	const isFirst = Object.keys(known.ctags).length === 0;
	let more = false;
	for (const calendar of await calendarsIn(dsm, wanted)) {
		const { path, ctag = '' } = calendar;
		const last = known.ctags[path];
		const own = itemsIn(known, path);
		Object.assign(base, own);
		const isSame = ctag !== '' && last === ctag;
		const isLater = last !== undefined && !isSame && !budget.left();
		const isSilent = last === UNREAD || (last === undefined && isForeign(calendar));
		const read =
			isSame || isLater ? undefined : await settled(readCalendar(dsm, path, own, isSilent ? plenty : budget));
		things.push(...(read?.things ?? thingsOf(own)));
		if (read && isSilent) Object.assign(base, fingerprintsOf(read.things));
		more ||= isLater || read?.done === false;
		const next = read ? (read.done ? ctag : '') : (last ?? (isFirst ? UNREAD : undefined));
		if (next !== undefined) ctags[path] = next;
	}
	const before: ChangesCursor = { ...known, items: base as ChangesCursor['items'] };
	// A list that comes short proves nothing (core.md 20).
	for (const [path, ctag] of Object.entries(known.ctags)) {
		if (Object.hasOwn(ctags, path) || !(await isStillThere(dsm, path))) continue;
		const own = itemsIn(known, path);
		Object.assign(base, own);
		things.push(...thingsOf(own));
		ctags[path] = ctag;
	}
	const { changes, cursor } = compare<Seen>(before, things);
	return { changes: moved(changes), cursor: { ...cursor, ctags }, more };
}

/** State of a calendar that could not be read when the trigger started: what it holds is not new. */
const UNREAD = 'unread';
const plenty: Budget = { left: () => true };

const itemsIn = ({ items }: ChangesCursor, path: string): Record<string, string[]> =>
	Object.fromEntries(Object.entries(items).filter(([id]) => id.startsWith(path)));
const thingsOf = (items: Record<string, string[]>): Observed<Seen>[] =>
	Object.entries(items).map(([id, fingerprints]) => ({ id, fingerprints, row: { path: id } }));
const fingerprintsOf = (things: Observed<Seen>[]): Record<string, readonly string[]> =>
	Object.fromEntries(things.map(({ id, fingerprints }) => [id, fingerprints]));

/** Objects read before the budget is asked again. */
const BATCH = 200;

async function readCalendar(
	dsm: Dsm,
	path: string,
	own: Record<string, string[]>,
	budget: Budget,
): Promise<{ things: Observed<Seen>[]; done: boolean }> {
	const listed = await membersOf(dsm, path);
	const names = new Set(listed.map((one) => one.path));
	// What the list leaves out is asked for by name before it counts as gone.
	const absent = Object.keys(own).filter((one) => !names.has(one));
	const members = [...listed, ...(await stillAt(dsm, 'caldav', path, absent))];
	const isKnown = ({ path: id, etag }: DavMember) => own[id]?.[0] === etagFingerprint(etag);
	const changed = members.filter((one) => !isKnown(one)).map((one) => one.path);
	const found = new Map<string, DavObject>();
	let at = 0;
	for (; at < changed.length && (at === 0 || budget.left()); at += BATCH)
		for (const one of await objectsAt(dsm, 'caldav', path, changed.slice(at, at + BATCH))) found.set(one.path, one);
	const left = new Set(changed.slice(at));
	const things = members.flatMap((one): Observed<Seen>[] => {
		const object = found.get(one.path);
		if (object) return [thingOf(object)];
		// What is left for the next poll stays as it was known; what went meanwhile is gone.
		return isKnown(one) || left.has(one.path) ? thingsOf(own[one.path] ? { [one.path]: own[one.path]! } : {}) : [];
	});
	return { things, done: left.size === 0 };
}

const etagFingerprint = (etag: string): string => digest(etag.replace(/^W\//, '').replaceAll('"', ''));

function thingOf({ path, etag, data }: DavObject): Observed<Seen> {
	const main = mainOf(data);
	const facts: Facts = {
		uid: main ? wordsOf(main, 'uid') : '',
		summary: main ? wordsOf(main, 'summary') : '',
		start: (main && startOf(main)) ?? '',
	};
	const isDone =
		main !== undefined &&
		(main.getFirstPropertyValue('status') === 'COMPLETED' ||
			Number(main.getFirstPropertyValue('percent-complete')) >= 100);
	return {
		id: path,
		fingerprints: [etagFingerprint(etag), answersOf(main), isDone ? 'done' : 'open', JSON.stringify(facts)],
		row: { path, data },
	};
}

function startOf(main: Component): string | undefined {
	const point = pointOf(main, 'dtstart') ?? pointOf(main, 'due');
	return point && isoOfPoint(point);
}

function mainOf(data: string): Component | undefined {
	try {
		const all = parseIcs(data)
			.getAllSubcomponents()
			.filter(({ name }) => name === 'vevent' || name === 'vtodo');
		return masterOf(all);
	} catch {
		// An event that cannot be read is told by its etag alone.
		return undefined;
	}
}

/** `{"bob@example.com":"accepted"}`; empty when nobody is invited. */
function answersOf(main: Component | undefined): string {
	const rows = (main?.getAllProperties('attendee') ?? []).map((one): [string, string] => [
		String(one.getFirstValue() ?? '').replace(/^mailto:/i, ''),
		String(one.getParameter('partstat') ?? 'needs-action')
			.toLowerCase()
			.replace('-', '_'),
	]);
	return rows.length === 0 ? '' : JSON.stringify(Object.fromEntries(rows.sort(([a], [b]) => a.localeCompare(b))));
}

/** What left one calendar and came up in another under the same UID was moved: one change, not two. */
function moved(changes: ObjectChange[]): ObjectChange[] {
	const uidOf = (change: ObjectChange) => factsOf(change).uid;
	const gone = new Map(changes.flatMap((one) => (one.kind === 'deleted' ? [[uidOf(one), one.was] as const] : [])));
	const came = new Set(changes.filter(({ kind }) => kind === 'created').map(uidOf));
	return changes.flatMap((one): ObjectChange[] => {
		const was = gone.get(uidOf(one));
		if (one.kind === 'deleted' && came.has(uidOf(one)) && uidOf(one) !== '') return [];
		if (one.kind !== 'created' || !was || uidOf(one) === '') return [one];
		const parts = one.now.flatMap((fingerprint, index) => (fingerprint === was[index] && index > 0 ? [] : [index]));
		return [{ ...one, kind: 'changed', was, parts }];
	});
}

/** One calendar that is refused does not hold up the others; lost connections and sessions end the poll. */
export async function settled<T>(work: Promise<T>): Promise<T | undefined> {
	try {
		return await work;
	} catch (error) {
		if (isDsmError(error) && !error.retryable && ['api', 'permission', 'protocol'].includes(error.code))
			return undefined;
		throw error;
	}
}
