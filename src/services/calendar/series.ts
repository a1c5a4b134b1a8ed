import type { Dsm } from '../../core/dsm';
import { DsmInputError, isDsmError } from '../../core/errors';
import { DateTime } from '../../vendor/luxon';
import { calls } from './calls';
import { writeRule } from './compose';
import { ruleGiven, startOf, UNCHANGED, type Content, type Span } from './draft';
import { instancesOf, parseIcs } from './expand';
import { ruleOfWire, type Wire } from './row';
import { countOf, repeatSettingOf, untilText, withEnd } from './rule';
import { dateOfText, isZone, utcMidnight } from './time';
import { changeByDav, create, draftOf, editByDav, fitsWeb, replace, replaceOccurrence, type Draft } from './write';

export type Scope = 'all' | 'one' | 'following';

/** An event, or one occurrence of it, as the web API gives it. */
export async function read(dsm: Dsm, evt_id: string, recurrence_id = ''): Promise<Wire> {
	const params = { evt_id: Number(evt_id), ...(recurrence_id !== '' && { recurrence_id }) };
	const row = (await dsm.call(calls.event, params, { readOnly: true })) as Wire;
	// `cal_id` may be missing: the owner's id stands in for it (calendar.md 5.3).
	return { ...row, cal_id: row.cal_id ?? row.original_cal_id };
}

/** Times of a row; of all-day ones the text of the NAS counts. */
export function spanOfRow(row: Wire): Span {
	const isAllDay = row.is_all_day === true;
	const day = (text: unknown, seconds: unknown) => {
		const date = dateOfText(String(text ?? ''));
		return date === undefined ? Number(seconds) : utcMidnight(date);
	};
	const zone = isZone(String(row.tz_id ?? '')) ? String(row.tz_id) : 'UTC';
	const [start, end] = isAllDay
		? [day(row.dtstart_string, row.dtstart), day(row.dtend_string, row.dtend)]
		: [Number(row.dtstart), Number(row.dtend)];
	return { start, end: isAllDay && end <= start ? start + 86_400 : end, isAllDay, zone: isAllDay ? '' : zone };
}

export function needOccurrence(scope: Scope, recurrence_id: string): void {
	if (scope === 'all' || recurrence_id !== '') return;
	throw new DsmInputError('Say which occurrence is meant.', {
		path: ['recurrence_id'],
		hint: 'Lists and triggers give the recurrence_id of each occurrence.',
	});
}

const known = (row: Wire) => ({ row, span: spanOfRow(row), rrule: ruleOfWire(row) ?? '' });
const placeOf = (row: Wire) => ({
	cal_id: String(row.cal_id),
	original_cal_id: String(row.original_cal_id ?? row.cal_id),
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
): Promise<Wire> {
	needOccurrence(scope, recurrence_id);
	const attempt = async () => await changed(dsm, evt_id, recurrence_id, scope, given);
	return await onceMore(attempt, async () => String((await read(dsm, evt_id)).dav_etag));
}

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

async function changed(dsm: Dsm, evt_id: string, recurrence_id: string, scope: Scope, given: Content): Promise<Wire> {
	if (scope === 'one') {
		const row = await read(dsm, evt_id, recurrence_id);
		return await replaceOccurrence(dsm, await draftOf(dsm, given, placeOf(row), { ...known(row), rrule: '' }), row);
	}
	const master = await read(dsm, evt_id);
	if (scope === 'all' || recurrence_id === firstOf(master)) {
		const draft = await draftOf(dsm, given, placeOf(master), known(master));
		// A rule that the web API cannot say would be lost on its way through it.
		const mustStay =
			ruleOfWire(master) !== undefined && !fitsWeb(await draftOf(dsm, UNCHANGED, placeOf(master), known(master)));
		return fitsWeb(draft) && !mustStay ? await replace(dsm, draft, master) : await changeByDav(dsm, draft, master);
	}
	return await split(dsm, master, recurrence_id, given);
}

const firstOf = (master: Wire): string =>
	String(master.extra_info?.main_event_dtstart_string ?? master.dtstart_string ?? '');

/**
 * Ends the series before an occurrence and goes on with a new one. The new one is made first, so that nothing is lost when the second
 * step fails; it is taken away again then.
 */
async function split(dsm: Dsm, master: Wire, recurrence_id: string, given: Content): Promise<Wire> {
	const rrule = ruleOfWire(master);
	if (rrule === undefined) throw noSeries();
	const occurrence = await read(dsm, String(master.evt_id), recurrence_id);
	const before = Number(occurrence.extra_info?.repeat_index ?? 1) - 1;
	const count = countOf(rrule);
	const rest =
		count === undefined
			? rrule
			: withEnd(rrule, { count: Math.max(1, count - ruledBefore(master, recurrence_id, before)) });
	const seen = { row: occurrence, span: spanOfRow(occurrence), rrule: rest };
	const draft = await draftOf(dsm, given, placeOf(master), seen);
	const keeps = ruleGiven(given, draft.span) === undefined && draft.span.start === seen.span.start;
	const next = await create(dsm, { ...draft, exdates: keeps ? laterExdates(master, recurrence_id) : [] });
	try {
		await endBefore(dsm, master, recurrence_id);
	} catch (error) {
		await dsm.call(calls.deleteEvent, { evt_id: Number(next.evt_id) }).catch(() => undefined);
		throw error;
	}
	return next;
}

const noSeries = () =>
	new DsmInputError('The event does not repeat.', { path: ['scope'], hint: 'Choose the whole event instead.' });

/** Occurrences of the rule before one, the excluded ones counted, as COUNT counts them. */
function ruledBefore(master: Wire, recurrence_id: string, fallback: number): number {
	const row = instances(master).find((one) => one.recurrence_id === recurrence_id);
	return row ? row.index - 1 : fallback;
}

const FAR = 100 * 366 * 86_400;
const instances = (master: Wire) => {
	try {
		return instancesOf(parseIcs(String(master.evt_ical ?? '')), -FAR, spanOfRow(master).start + FAR, 'UTC');
	} catch {
		return [];
	}
};

/** Exceptions of the series from an occurrence on. */
function laterExdates(master: Wire, recurrence_id: string): string[] {
	try {
		const events = parseIcs(String(master.evt_ical ?? '')).getAllSubcomponents('vevent');
		const event = events.find((one) => !one.hasProperty('recurrence-id'));
		const values = (event?.getAllProperties('exdate') ?? []).flatMap(
			(one) => one.getValues() as { toICALString: () => string }[],
		);
		return values.map((one) => one.toICALString()).filter((text) => !text.endsWith('Z') && text > recurrence_id);
	} catch {
		return [];
	}
}

/** Ends a series just before an occurrence (calendar.md 5.3); without any left it is deleted. */
export async function endBefore(dsm: Dsm, master: Wire, recurrence_id: string): Promise<void> {
	const rrule = ruleOfWire(master);
	if (rrule === undefined) throw noSeries();
	if (recurrence_id === firstOf(master))
		return void (await dsm.call(calls.deleteEvent, { evt_id: Number(master.evt_id) }));
	const span = spanOfRow(master);
	const zone = span.isAllDay ? 'UTC' : span.zone;
	const at = DateTime.fromISO(recurrence_id, { zone });
	const last = span.isAllDay ? at.minus({ days: 1 }) : at.minus({ seconds: 1 });
	const ended = withEnd(rrule, { until: untilText(last, span) });
	const setting = repeatSettingOf(ended, startOf(span));
	if (!setting) return void (await editByDav(dsm, master, (event) => writeRule(event, ended)));
	const draft: Draft = {
		...(await draftOf(dsm, UNCHANGED, placeOf(master), known(master))),
		rrule: ended,
		setting: { ...setting },
	};
	await replace(dsm, draft, master);
}

/** Removes an event, one occurrence, or this and the following ones. */
export async function remove(dsm: Dsm, evt_id: string, recurrence_id: string, scope: Scope): Promise<void> {
	needOccurrence(scope, recurrence_id);
	if (scope === 'all') return void (await dsm.call(calls.deleteEvent, { evt_id: Number(evt_id) }));
	const attempt = async () => {
		const master = await read(dsm, evt_id);
		if (scope === 'following') return await endBefore(dsm, master, recurrence_id);
		const params = { evt_id: Number(evt_id), dav_etag: master.dav_etag, exdate: recurrence_id };
		return void (await dsm.call(calls.exclude, params));
	};
	await onceMore(attempt, async () => String((await read(dsm, evt_id)).dav_etag));
}
