import { instanceAt, instancesOf } from '../../../formats/ical/expand';
import { blockOf, isBlock, linesOf, rawOf, unfolded, type Block } from '../../../formats/ical/lines';
import { patched } from '../../../formats/ical/patch';
import { partsOf } from '../../../formats/ical/split';
import { masterOf, parseIcs, type Component } from '../../../formats/ical/text';
import { writeEvent, writeStamps, type EventText } from '../../../services/calendar/lib/ical/compose';
import { changedOccurrence, withoutOccurrence } from '../../../services/calendar/lib/ical/occurrence';

type Kind = 'vevent' | 'vtodo';

const NOW = Date.parse('2026-11-01T10:00:00Z');
/** Written with every change. */
const STAMPS = ['DTSTAMP', 'LAST-MODIFIED', 'SEQUENCE'];
const ZONE = 'Europe/Rome';
const BASE = { isAllDay: false, zone: ZONE };

interface Edit {
	text: Partial<EventText>;
	/** Properties that it may touch. */
	touches: readonly string[];
	alarms?: boolean;
}

/** What is changed in each calendar. */
export const EDITS: Readonly<Record<string, Edit>> = {
	title: { text: { summary: 'Other; title, with \\ and 🎉' }, touches: ['SUMMARY'] },
	'title taken away': { text: { summary: '' }, touches: ['SUMMARY'] },
	description: { text: { description: `Line one\nline two ${'ä'.repeat(90)}` }, touches: ['DESCRIPTION'] },
	location: { text: { location: 'Room 2' }, touches: ['LOCATION'] },
	start: { text: { start: 1_791_190_800 }, touches: ['DTSTART'] },
	end: { text: { end: 1_791_198_000 }, touches: ['DTEND', 'DURATION'] },
	rule: { text: { rrule: 'FREQ=DAILY;COUNT=3' }, touches: ['RRULE'] },
	'rule taken away': { text: { rrule: '' }, touches: ['RRULE'] },
	attachments: { text: { attachments: ['https://nas.example.com/new.pdf'] }, touches: ['ATTACH'] },
	people: { text: { people: ['alice@example.com', 'erin@example.com'] }, touches: ['ORGANIZER', 'ATTENDEE'] },
	alarms: { text: { reminders: [15] }, touches: [], alarms: true },
};

export const edited = (text: string, kind: Kind, { text: given }: Edit): string =>
	patched(text, (calendar) => writeEvent(masterOf(calendar.getAllSubcomponents(kind))!, { ...BASE, ...given }, NOW));

/** The same change without the patch: the whole text written anew. */
export function rewritten(text: string, kind: Kind, { text: given }: Edit): Component {
	const calendar = parseIcs(text);
	writeEvent(masterOf(calendar.getAllSubcomponents(kind))!, { ...BASE, ...given }, NOW);
	return calendar;
}

const joined = (lines: readonly { raw: string }[]): string => lines.map(({ raw }) => raw).join('');

/** The raw text, but what an edit may touch in the component that it is about: the one with this number among those of its kind. */
function rest(
	text: string,
	kind: Kind,
	which: number,
	{ touches, alarms = false }: Pick<Edit, 'touches' | 'alarms'>,
): string {
	const { before, block, after } = blockOf(text);
	let number = -1;
	const of = (one: Block, isMeant = false): string => {
		const inner = one.inner.map((part) => {
			if (!isBlock(part)) return isMeant && [...touches, ...STAMPS].includes(nameOf(part.text)) ? '' : part.raw;
			const isNext = part.name === kind && one === block && ++number === which;
			return alarms && isMeant && part.name === 'valarm' ? '' : of(part, isNext);
		});
		return [one.begin.raw, ...inner, one.end.raw].join('');
	};
	return joined(before) + of(block) + joined(after);
}

const nameOf = (text: string): string => /^[\w-]*/.exec(text)![0].toUpperCase();

/** Property by property and component by component, in an order of its own. */
const sorted = (given: unknown): unknown => {
	const [kind, properties, components] = given as [string, unknown[], unknown[]];
	const texts = (all: unknown[]) => all.map((one) => JSON.stringify(one)).sort();
	return [kind, texts(properties), texts(components.map(sorted))];
};

/** Where a calendar loses something when it is read, brought in, changed in some ways, or in `one` occurrence; empty: nowhere. */
export function lossesIn(text: string, edits = Object.keys(EDITS), one = isSeries(text)): string[] {
	const losses: string[] = [];
	const hold = (what: string, holds: () => boolean) => {
		try {
			if (!holds()) losses.push(what);
		} catch (error) {
			losses.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
		}
	};
	hold('its lines are not its text', () => joined(linesOf(text)) === text);
	hold('a change of nothing changes it', () => patched(text, () => undefined) === text);
	hold('an import loses a line', () => importKeeps(text));
	for (const kind of ['vevent', 'vtodo'] as const) {
		const all = parseIcs(text).getAllSubcomponents(kind);
		const master = masterOf(all);
		if (!master) continue;
		const which = all.indexOf(master);
		for (const name of edits) {
			const edit = EDITS[name]!;
			let after = '';
			hold(`changing the ${name} changes more`, () => {
				after = edited(text, kind, edit);
				return rest(after, kind, which, edit) === rest(text, kind, which, edit);
			});
			hold(`the ${name} is not what was given`, () => {
				const whole = rewritten(text, kind, edit);
				return JSON.stringify(sorted(parseIcs(after).toJSON())) === JSON.stringify(sorted(whole.toJSON()));
			});
		}
	}
	if (one) losses.push(...lossesOfOccurrences(text, hold));
	return losses;
}

/** Texts that an import makes of a file hold every event and to-do as it stood, but for what was put right. */
function importKeeps(text: string): boolean {
	const { objects, refused } = partsOf(text);
	const wanted = linesIn(text);
	const found = new Set(objects.flatMap((one) => linesIn(one.text)));
	const repaired = objects.flatMap((one) => one.repairs).length;
	return refused.length === 0 && wanted.filter((line) => !found.has(line)).length <= repaired;
}

/** Lines of the events and to-dos of a text. */
const linesIn = (text: string): string[] => {
	const { block } = blockOf(text);
	return block.inner
		.filter(isBlock)
		.filter(({ name }) => name === 'vevent' || name === 'vtodo')
		.flatMap((one) => unfolded(rawOf(one)).split('\n'))
		.filter((line) => line !== '');
};

const isSeries = (text: string): boolean => {
	const events = parseIcs(text).getAllSubcomponents('vevent');
	const uids = new Set(events.map((one) => one.getFirstPropertyValue('uid')));
	return uids.size === 1 && events.some((one) => ['rrule', 'rdate'].some((name) => one.hasProperty(name)));
};

/** Occurrences are changed and deleted one by one: other components stay, and the changed one keeps the lines that spoke for it. */
function lossesOfOccurrences(text: string, hold: (what: string, holds: () => boolean) => void): string[] {
	const edit = EDITS['title']!;
	const calendar = parseIcs(text);
	const [from, to] = [Date.parse('2026-01-01') / 1000, Date.parse('2027-06-01') / 1000];
	const all = instancesOf(calendar, from, to, ZONE);
	if (all.length === 0) return ['it has no occurrence'];
	const [first, last, own] = [all[0]!, all.at(-1)!, all.find(({ isOwn }) => isOwn)];
	for (const { recurrence_id: id, component, isOwn } of new Set([first, last, ...(own ? [own] : [])])) {
		if (isOwn && component.getFirstProperty('recurrence-id')?.getParameter('range')) continue;
		const events = calendar.getAllSubcomponents('vevent');
		const which = isOwn ? events.indexOf(component) : events.length;
		hold(`changing the title of ${id} changes more`, () => {
			const after = changedOccurrence(text, id, ZONE, (one) => writeEvent(one, { ...BASE, ...edit.text }, NOW));
			if (isOwn) return rest(after, 'vevent', which, edit) === rest(text, 'vevent', which, edit);
			const added = blockOf(after)
				.block.inner.filter(isBlock)
				.filter(({ name }) => name === 'vevent')
				.at(which)!;
			const speaker = blockOf(text)
				.block.inner.filter(isBlock)
				.filter(({ name }) => name === 'vevent')[events.indexOf(component)]!;
			return after.replace(rawOf(added), '') === text && ownLines(added) === ownLines(speaker);
		});
		hold(`deleting ${id} changes more`, () => {
			const after = withoutOccurrence(text, id, ZONE, (one) => writeStamps(one, NOW));
			if (after === undefined || instanceAt(parseIcs(after), id, ZONE)) return false;
			const gone = isOwn ? rawOf(eventBlocks(text)[which]!) : '';
			const master = events.findIndex((one) => !one.hasProperty('recurrence-id'));
			const touches = { touches: ['EXDATE'] };
			return (
				rest(after, 'vevent', eventBlocks(after).findIndex(isMaster), touches) ===
				rest(text, 'vevent', master, touches).replace(gone, '')
			);
		});
	}
	return [];
}

const eventBlocks = (text: string): Block[] =>
	blockOf(text)
		.block.inner.filter(isBlock)
		.filter(({ name }) => name === 'vevent');
const isMaster = (block: Block): boolean =>
	block.inner.every((one) => isBlock(one) || nameOf(one.text) !== 'RECURRENCE-ID');

/** The lines of an event that are not about its times, its title and its place in a series. */
const ownLines = (block: Block): string =>
	block.inner
		.map((one) => {
			if (isBlock(one)) return rawOf(one);
			const left = ['RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID', 'DTSTART', 'DTEND', 'DURATION', 'SUMMARY'];
			return [...left, ...STAMPS].includes(nameOf(one.text)) ? '' : one.raw;
		})
		.join('');
