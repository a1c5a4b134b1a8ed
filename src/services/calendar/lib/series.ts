import type { Dsm } from '../../../core/dsm';
import { DsmInputError, isDsmError } from '../../../core/errors';
import { DateTime } from '../../../vendor/luxon';
import { deleteEvent, excludeOccurrence, getEvent, type WireEvent } from '../wire';
import { UNCHANGED, type Content } from './content';
import { draftOf, fitsWeb, startOf, type Draft, type Span } from './draft';
import { ruleOfWire } from './eventRow';
import {
	branchByDav,
	changeByDav,
	changeOccurrenceByDav,
	create,
	editByDav,
	moveByDav,
	removeOccurrenceByDav,
	replace,
	replaceOccurrence,
} from './eventWrite';
import { hasAdded, hasExceptions } from './ical/anchor';
import { isCarried } from './ical/carried';
import { writeRule } from './ical/compose';
import { dropExceptions, keepSide } from './ical/cut';
import { DAY, wallOf } from '../../../formats/ical/days';
import { instancesOf } from '../../../formats/ical/expand';
import { countOf, repeatSettingOf, untilText, withEnd } from './ical/rule';
import { masterOf, parseIcs } from '../../../formats/ical/text';
import { dateOfText, isZone, utcMidnight } from './time';

export type Scope = 'all' | 'one' | 'following';

/** An event, or one occurrence of it, as the web API gives it. */
async function read(dsm: Dsm, evt_id: string, recurrence_id = ''): Promise<WireEvent> {
	return await dsm.call(getEvent, occurrenceKey({ evt_id, recurrence_id }));
}

/** Parameters that name an event, or one occurrence of it. */
export const occurrenceKey = ({ evt_id, recurrence_id = '' }: { evt_id: string; recurrence_id?: string }) => ({
	evt_id: Number(evt_id),
	...(recurrence_id !== '' && { recurrence_id }),
});

/** Times of a row; of all-day ones the text of the NAS counts. */
export function spanOfRow(row: WireEvent): Span {
	const { is_all_day: isAllDay = false, tz_id: named = '', dtstart, dtend } = row;
	const day = (text: string | undefined, seconds: number) => {
		const date = dateOfText(text ?? '');
		return date === undefined ? seconds : utcMidnight(date);
	};
	const zone = isZone(named) ? named : 'UTC';
	const [start, end] = isAllDay ? [day(row.dtstart_string, dtstart), day(row.dtend_string, dtend)] : [dtstart, dtend];
	return { start, end: isAllDay && end <= start ? start + 86_400 : end, isAllDay, zone: isAllDay ? '' : zone };
}

function needOccurrence(scope: Scope, recurrence_id: string): void {
	if (scope === 'all' || recurrence_id !== '') return;
	throw new DsmInputError('Say which occurrence is meant.', {
		path: ['recurrence_id'],
		hint: 'Lists and triggers give the recurrence_id of each occurrence.',
	});
}

const known = (row: WireEvent) => ({ row, span: spanOfRow(row), rrule: ruleOfWire(row) ?? '' });

/** `cal_id` may be missing: the owner's id stands in for it (calendar.md 5.3). */
const placeOf = ({ cal_id, original_cal_id }: WireEvent) => ({
	cal_id: cal_id ?? original_cal_id ?? '',
	original_cal_id: original_cal_id ?? cal_id ?? '',
});

/**
 * Changes an event, one occurrence, or this and the following ones. Somebody else may be faster: then everything is read again and
 * tried once more (calendar.md 5.3).
 */
export async function change(
	dsm: Dsm,
	evt_id: string,
	recurrence_id: string,
	scope: Scope,
	given: Content,
): Promise<WireEvent> {
	needOccurrence(scope, recurrence_id);
	if (scope === 'one' && (given.rrule || !['none', undefined].includes(given.repeat)))
		throw new DsmInputError('One occurrence does not repeat.', {
			path: [given.rrule ? 'rrule' : 'repeat'],
			hint: 'Choose the whole event, or this and the following ones.',
		});
	const attempt = async () => await changed(dsm, evt_id, recurrence_id, scope, given);
	return await onceMore(attempt, async () => await etagOf(dsm, evt_id));
}

const etagOf = async (dsm: Dsm, evt_id: string): Promise<string> => (await read(dsm, evt_id)).dav_etag ?? '';

/** Runs again when it was refused and the etag shows that somebody changed the event meanwhile. */
async function onceMore<T>(attempt: () => Promise<T>, etag: () => Promise<string>): Promise<T> {
	const before = await etag();
	try {
		return await attempt();
	} catch (error) {
		const isRefused = isDsmError(error) && (error.dsmCode === 9009 || error.details.httpStatus === 412);
		if (!isRefused || (await etag().catch(() => before)) === before) throw error;
		return await attempt();
	}
}

async function changed(
	dsm: Dsm,
	evt_id: string,
	recurrence_id: string,
	scope: Scope,
	given: Content,
): Promise<WireEvent> {
	const master = await read(dsm, evt_id);
	if (scope === 'one') {
		const row = await read(dsm, evt_id, recurrence_id);
		const draft = await draftOf(dsm, given, placeOf(row), { ...known(row), rrule: '' });
		// One occurrence has no people of its own in the web API (calendar.md 5.3).
		return isCarried(master.evt_ical ?? '') && !given.invitees && fitsWeb(draft)
			? await replaceOccurrence(dsm, draft, row)
			: await changeOccurrenceByDav(dsm, draft, row, given);
	}
	if (scope === 'all' || recurrence_id === firstOf(master)) {
		const draft = await draftOf(dsm, given, placeOf(master), known(master));
		// What the web API cannot say would be lost on its way through it.
		const isSeries = ruleOfWire(master) !== undefined;
		const mustStay =
			!isCarried(master.evt_ical ?? '') ||
			(isSeries &&
				(hasExceptions(master.evt_ical ?? '') ||
					!fitsWeb(await draftOf(dsm, UNCHANGED, placeOf(master), known(master)))));
		return fitsWeb(draft) && !mustStay
			? await replace(dsm, draft, master)
			: await changeByDav(dsm, draft, master, given);
	}
	return await split(dsm, master, recurrence_id, given);
}

const firstOf = (master: WireEvent): string =>
	master.extra_info?.main_event_dtstart_string ?? master.dtstart_string ?? '';

/**
 * Ends the series before an occurrence and goes on with a new one. The new one is made first, so that nothing is lost when the second
 * step fails; it is taken away again then.
 */
async function split(dsm: Dsm, master: WireEvent, recurrence_id: string, given: Content): Promise<WireEvent> {
	const rrule = ruleOfWire(master);
	if (rrule === undefined) throw noSeries();
	const occurrence = await read(dsm, master.evt_id, recurrence_id);
	const before = (occurrence.extra_info?.repeat_index ?? 1) - 1;
	const count = countOf(rrule);
	const ruled = ruledBefore(master, recurrence_id, before);
	const rest = count === undefined ? rrule : withEnd(rrule, { count: Math.max(1, count - ruled) });
	const seen = { row: occurrence, span: spanOfRow(occurrence), rrule: rest };
	const draft = await draftOf(dsm, given, placeOf(master), seen);
	const ics = master.evt_ical ?? '';
	const isPlain = fitsWeb(draft) && isCarried(ics) && !hasExceptions(ics);
	const next = isPlain
		? await create(dsm, draft)
		: await branchByDav(dsm, draft, master, given, { recurrence_id, rrule: rest });
	try {
		await endBefore(dsm, master, recurrence_id);
	} catch (error) {
		await dsm.call(deleteEvent, { evt_id: Number(next.evt_id) }).catch(() => undefined);
		throw error;
	}
	return next;
}

const noSeries = () =>
	new DsmInputError('The event does not repeat.', { path: ['scope'], hint: 'Choose the whole event instead.' });

/**
 * Occurrences of the rule before one, the excluded ones counted and the added ones not, as COUNT counts them. Throws DsmInputError for
 * an added one: the rule does not go on from there.
 */
function ruledBefore(master: WireEvent, recurrence_id: string, fallback: number): number {
	const starts = ruledStarts(master, recurrence_id);
	const place = starts.indexOf(recurrence_id);
	if (place >= 0) return place;
	if (starts.length === 0 || !hasAdded(master.evt_ical ?? '')) return fallback;
	throw new DsmInputError(`The rule of the series gives no occurrence at ${recurrence_id}.`, {
		path: ['recurrence_id'],
		hint: 'Change this one occurrence, or split at one that the rule gives.',
	});
}

const FAR = 100 * 366 * 86_400;
/** Recurrence ids that the rule gives, up to one. */
function ruledStarts(row: WireEvent, recurrence_id: string): string[] {
	const until = (wallOf(recurrence_id)?.wall ?? 0) + 2 * DAY;
	try {
		const calendar = parseIcs(row.evt_ical ?? '');
		const master = masterOf(calendar.getAllSubcomponents('vevent'));
		if (master) dropExceptions(master);
		return instancesOf(calendar, -FAR, until, 'UTC').map((one) => one.recurrence_id);
	} catch {
		return [];
	}
}

/** Ends a series just before an occurrence (calendar.md 5.3); without any left it is deleted. */
async function endBefore(dsm: Dsm, master: WireEvent, recurrence_id: string): Promise<void> {
	const rrule = ruleOfWire(master);
	if (rrule === undefined) throw noSeries();
	if (recurrence_id === firstOf(master)) return void (await dsm.call(deleteEvent, { evt_id: Number(master.evt_id) }));
	const span = spanOfRow(master);
	const zone = span.isAllDay ? 'UTC' : span.zone;
	const at = DateTime.fromISO(recurrence_id, { zone });
	const last = span.isAllDay ? at.minus({ days: 1 }) : at.minus({ seconds: 1 });
	const ended = withEnd(rrule, { until: untilText(last, span) });
	const setting = repeatSettingOf(ended, startOf(span));
	const ics = master.evt_ical ?? '';
	if (!setting || !isCarried(ics) || hasExceptions(ics)) {
		const cut = wallOf(recurrence_id)?.wall ?? span.start;
		return void (await editByDav(dsm, master, (event) => {
			keepSide(event, cut, zone, 'before');
			writeRule(event, ended);
		}));
	}
	const draft: Draft = {
		...(await draftOf(dsm, UNCHANGED, placeOf(master), known(master))),
		rrule: ended,
		setting,
	};
	await replace(dsm, draft, master);
}

/** Removes an event, one occurrence, or this and the following ones. */
export async function remove(dsm: Dsm, evt_id: string, recurrence_id: string, scope: Scope): Promise<void> {
	needOccurrence(scope, recurrence_id);
	if (scope === 'all') return void (await dsm.call(deleteEvent, { evt_id: Number(evt_id) }));
	const attempt = async () => {
		const master = await read(dsm, evt_id);
		if (scope === 'following') return await endBefore(dsm, master, recurrence_id);
		if (!isCarried(master.evt_ical ?? '')) return await removeOccurrenceByDav(dsm, master, recurrence_id);
		const params = { evt_id: Number(evt_id), dav_etag: master.dav_etag, exdate: recurrence_id };
		return void (await dsm.call(excludeOccurrence, params));
	};
	await onceMore(attempt, async () => await etagOf(dsm, evt_id));
}

/** Puts an event into another calendar: with another `cal_id` a `set` moves it; that is how one client does it (calendar.md 5.3). */
export async function move(
	dsm: Dsm,
	evt_id: string,
	target: { cal_id: string; original_cal_id: string },
): Promise<WireEvent> {
	const row = await read(dsm, evt_id);
	const place = { cal_id: target.cal_id, original_cal_id: placeOf(row).original_cal_id };
	const draft = await draftOf(dsm, UNCHANGED, place, known(row));
	// A rule that the web API cannot say would be lost on its way through it.
	const ics = row.evt_ical ?? '';
	const isWeb = fitsWeb(draft) && isCarried(ics) && !hasExceptions(ics);
	return isWeb ? await replace(dsm, draft, row) : await moveByDav(dsm, row, target.cal_id);
}
