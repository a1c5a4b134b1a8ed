import { describe, expect, test } from '@jest/globals';
import { blockOf, isBlock, linesOf, partsOfLine, type Block } from '../../../src/formats/ical/lines';
import { patched } from '../../../src/formats/ical/patch';
import { masterOf, parseIcs } from '../../../src/formats/ical/text';
import { writeColor, writeEvent, type EventText } from '../../../src/services/calendar/lib/ical/compose';
import { sampleOf } from './corpus';

const NOW = Date.parse('2026-11-01T10:00:00Z');
const SAMPLES = Array.from({ length: 200 }, (_, seed) => sampleOf(seed));
/** Written with every change. */
const STAMPS = ['DTSTAMP', 'LAST-MODIFIED', 'SEQUENCE'];
const BASE = { isAllDay: false, zone: 'Europe/Rome' };

interface Edit {
	text: Partial<EventText>;
	/** Properties of the master that it may touch. */
	touches: string[];
	alarms?: boolean;
}
const EDITS: Record<string, Edit> = {
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

const nameOf = (text: string) => partsOfLine(text)?.name ?? '';

/** The raw lines of a text, but those that an edit may touch in the component that it is about. */
function rest(text: string, kind: string, { touches, alarms = false }: Pick<Edit, 'touches' | 'alarms'>): string[] {
	const { before, block, after } = blockOf(text);
	const isMaster = (one: Block) =>
		one.name === kind && !one.inner.some((line) => !isBlock(line) && nameOf(line.text) === 'RECURRENCE-ID');
	const of = (one: Block): string[] => [
		one.begin.raw,
		...one.inner.flatMap((inner) => {
			if (isBlock(inner)) return alarms && inner.name === 'valarm' && isMaster(one) ? [] : of(inner);
			return isMaster(one) && [...touches, ...STAMPS].includes(nameOf(inner.text)) ? [] : [inner.raw];
		}),
		one.end.raw,
	];
	return [...before.map(({ raw }) => raw), ...of(block), ...after.map(({ raw }) => raw)];
}

const edited = (text: string, kind: string, edit: Edit) =>
	patched(text, (calendar) =>
		writeEvent(masterOf(calendar.getAllSubcomponents(kind))!, { ...BASE, ...edit.text }, NOW),
	);

describe('the patch law over 200 calendars', () => {
	test('the lines of every calendar together are the calendar', () => {
		for (const { text } of SAMPLES)
			expect(
				linesOf(text)
					.map(({ raw }) => raw)
					.join(''),
			).toBe(text);
	});

	test('a change of nothing gives the same bytes', () => {
		for (const { text } of SAMPLES) expect(patched(text, () => undefined)).toBe(text);
	});

	test.each(Object.keys(EDITS))('changing the %s leaves every other line byte for byte', (name) => {
		const edit = EDITS[name]!;
		for (const { text, kind, name: sample } of SAMPLES) {
			const after = edited(text, kind, edit);
			expect([sample, ...rest(after, kind, edit)]).toEqual([sample, ...rest(text, kind, edit)]);
		}
	});

	test.each(Object.keys(EDITS))('a changed %s is read back as if the calendar had been written anew', (name) => {
		const sorted = (given: unknown): unknown => {
			const [kind, properties, components] = given as [string, unknown[], unknown[]];
			const texts = (all: unknown[]) => all.map((one) => JSON.stringify(one)).sort();
			return [kind, texts(properties), texts(components.map(sorted))];
		};
		for (const { text, kind } of SAMPLES) {
			const whole = parseIcs(text);
			writeEvent(masterOf(whole.getAllSubcomponents(kind))!, { ...BASE, ...EDITS[name]!.text }, NOW);
			expect(sorted(parseIcs(edited(text, kind, EDITS[name]!)).toJSON())).toEqual(sorted(whole.toJSON()));
		}
	});

	test('new lines are folded within 75 bytes, with the ends of the file', () => {
		for (const { text, kind } of SAMPLES) {
			const after = edited(text, kind, EDITS['description']!);
			expect(/\r\n/.test(after)).toBe(/\r\n/.test(text));
			expect(/[^\r]\n/.test(after)).toBe(/[^\r]\n/.test(text));
			const line = linesOf(after).find((one) => one.text.startsWith('DESCRIPTION:Line one'))!;
			expect(Math.max(...line.raw.split(/\r?\n/).map((piece) => Buffer.byteLength(piece)))).toBeLessThanOrEqual(75);
		}
	});
});

test('a new property stands before the alarms, also where properties follow them', () => {
	const text = 'BEGIN:VEVENT\nUID:a\nBEGIN:VALARM\nACTION:DISPLAY\nEND:VALARM\nSUMMARY:x\nEND:VEVENT';
	expect(patched(text, (event) => writeColor(event, 'red'))).toBe(
		'BEGIN:VEVENT\nUID:a\nCOLOR:red\nBEGIN:VALARM\nACTION:DISPLAY\nEND:VALARM\nSUMMARY:x\nEND:VEVENT',
	);
});

test.each([
	['empty lines', 'BEGIN:VEVENT\r\n\r\nUID:a\r\n\r\nX-A:1\r\nEND:VEVENT\r\n\r\n'],
	['a mark at the beginning', '\uFEFFBEGIN:VEVENT\nUID:a\nEND:VEVENT\n'],
	['small letters', 'begin:vevent\nuid:a\nx-a:1\nend:vevent\n'],
	['a fold within a character', 'BEGIN:VEVENT\nUID:a\nX-A:\n ä\n \n  b\nEND:VEVENT\n'],
])('%s stay', (_, text) => {
	expect(patched(text, () => undefined)).toBe(text);
});

test('a calendar that is cut off is refused', () => {
	expect(() => patched('BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n', () => undefined)).toThrow();
});
