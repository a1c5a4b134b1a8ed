import { DsmInputError } from '../../../../core/errors';
import { wallOf } from '../../../../formats/ical/days';
import { instanceAt, type Instance } from '../../../../formats/ical/expand';
import {
	blocksOf,
	folded,
	isBlock,
	lineEndOf,
	partsOfLine,
	rawOf,
	withBlocks,
	type Block,
} from '../../../../formats/ical/lines';
import { patched } from '../../../../formats/ical/patch';
import { endOf, pointOf, wallIn } from '../../../../formats/ical/points';
import { parseIcs, type Component } from '../../../../formats/ical/text';
import { likeTime, putAt } from './cut';

/** What belongs to the series alone. */
const OF_THE_SERIES = ['RRULE', 'RDATE', 'EXDATE', 'EXRULE'];

const masterIn = (calendar: Component): Component | undefined =>
	calendar.getAllSubcomponents('vevent').find((one) => !one.hasProperty('recurrence-id'));

/** The occurrence that a recurrence id names. Throws DsmInputError where there is none, or where its change holds for later ones, too. */
function occurrenceAt(calendar: Component, recurrence_id: string, zone: string): Instance {
	const found = instanceAt(calendar, recurrence_id, zone);
	if (!found)
		throw new DsmInputError(`The event has no occurrence at ${recurrence_id}.`, {
			path: ['recurrence_id'],
			hint: 'Lists and triggers give the recurrence_id of each occurrence.',
		});
	if (found.isOwn && found.component.getFirstProperty('recurrence-id')?.getParameter('range'))
		throw new DsmInputError('This occurrence stands for the following ones, too (RANGE=THISANDFUTURE).', {
			path: ['scope'],
			hint: 'Change this and the following occurrences, or the whole series.',
		});
	return found;
}

/**
 * Changes one occurrence in the text of a series. One that has no component of its own gets one: the lines that spoke for it, byte for
 * byte but for its times. All other lines stay. Throws DsmInputError where the occurrence is not there.
 */
export function changedOccurrence(
	text: string,
	recurrence_id: string,
	zone: string,
	change: (event: Component) => void,
): string {
	const calendar = parseIcs(text);
	const one = occurrenceAt(calendar, recurrence_id, zone);
	if (one.isOwn) return patched(text, (all) => change(occurrenceAt(all, recurrence_id, zone).component));
	return patched(withCopy(text, calendar, one), (all) => {
		const { component } = occurrenceAt(all, recurrence_id, zone);
		putInto(component, one);
		change(component);
	});
}

/** A text with a copy of the component that speaks for an occurrence, behind the other events. */
function withCopy(text: string, calendar: Component, { component, recurrence_id }: Instance): string {
	const end = lineEndOf(text);
	const events = blocksOf(text, 'vevent');
	const speaker = events[calendar.getAllSubcomponents('vevent').indexOf(component)]!;
	const first = masterIn(calendar)!.getFirstProperty('dtstart')!;
	const id = likeTime(first, 'recurrence-id', wallOf(recurrence_id)!.wall);
	const copy = [
		speaker.begin.raw,
		`${folded(id.toICALString(), end)}${end}`,
		...rawsOf(speaker, (name) => ![...OF_THE_SERIES, 'RECURRENCE-ID'].includes(name)),
		speaker.end.raw,
	].join('');
	const last = events.at(-1)!.begin.line;
	return withBlocks(text, (one) => rawOf(one) + (one.begin.line === last ? copy : ''));
}

/** Lines of a component with certain names, and with the components in it when `isWhole`. */
const rawsOf = ({ inner }: Block, isWanted: (name: string) => boolean, isWhole = true): string[] =>
	inner.flatMap((one) => {
		if (isBlock(one)) return isWhole ? [rawOf(one)] : [];
		return isWanted(partsOfLine(one.text)?.name ?? '') ? [one.raw] : [];
	});

/**
 * A text in which the lines of a changed occurrence stand for the whole series; those of its rule and exceptions stay. The same text
 * where the occurrence has no lines of its own.
 */
export function ledBy(text: string, recurrence_id: string, zone: string): string {
	const calendar = parseIcs(text);
	const [one, master] = [instanceAt(calendar, recurrence_id, zone), masterIn(calendar)];
	if (!one?.isOwn || !master) return text;
	const all = calendar.getAllSubcomponents('vevent');
	const blocks = blocksOf(text, 'vevent');
	const [old, own] = [blocks[all.indexOf(master)]!, blocks[all.indexOf(one.component)]!];
	const led = [
		old.begin.raw,
		...rawsOf(old, (name) => OF_THE_SERIES.includes(name), false),
		...rawsOf(own, (name) => ![...OF_THE_SERIES, 'RECURRENCE-ID'].includes(name)),
		old.end.raw,
	].join('');
	return withBlocks(text, ({ begin, ...rest }) => {
		if (begin.line === own.begin.line) return '';
		return begin.line === old.begin.line ? led : rawOf({ begin, ...rest });
	});
}

/** Gives a component the times of an occurrence, in the zones in which they are written. */
function putInto(component: Component, { start, end }: Instance): void {
	const own = pointOf(component, 'dtstart', start.zone.name);
	if (own) putAt(component, 'dtstart', wallIn(start, own.zone));
	const there = pointOf(component, 'dtend', start.zone.name);
	if (there) return putAt(component, 'dtend', wallIn(end, there.zone));
	const property = component.getFirstProperty('dtstart');
	if (!property || endOf(component, start).seconds === end.seconds) return;
	// A period that was added to the series has a length of its own.
	component.removeAllProperties('duration');
	component.addProperty(likeTime(property, 'dtend', wallIn(end, start.zone)));
}

/**
 * Takes one occurrence out of the text of a series. Undefined: nothing is left of the event. Throws DsmInputError where the occurrence is
 * not there.
 */
export function withoutOccurrence(
	text: string,
	recurrence_id: string,
	zone: string,
	stamp: (event: Component) => void,
): string | undefined {
	let left = 0;
	const next = patched(text, (calendar) => {
		const one = occurrenceAt(calendar, recurrence_id, zone);
		if (one.isOwn) calendar.removeSubcomponent(one.component);
		const master = masterIn(calendar);
		const first = master?.getFirstProperty('dtstart');
		if (master && first) {
			master.addProperty(likeTime(first, 'exdate', wallOf(one.recurrence_id)!.wall));
			stamp(master);
		}
		left = calendar.getAllSubcomponents('vevent').length;
	});
	return left > 0 ? next : undefined;
}
