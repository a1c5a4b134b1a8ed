import { expect, test } from '@jest/globals';
import { sampleOf } from '../../../src/build/proof/calendars/corpus';
import { edited, EDITS } from '../../../src/build/proof/calendars/law';
import { linesOf } from '../../../src/formats/ical/lines';
import { patched } from '../../../src/formats/ical/patch';
import { writeColor } from '../../../src/services/calendar/lib/ical/compose';

test('new lines are folded within 75 bytes, with the ends of the file', () => {
	for (let seed = 0; seed < 40; seed++) {
		const { text, kind } = sampleOf(seed);
		const after = edited(text, kind, EDITS['description']!);
		expect(/\r\n/.test(after)).toBe(/\r\n/.test(text));
		expect(/[^\r]\n/.test(after)).toBe(/[^\r]\n/.test(text));
		const line = linesOf(after).find((one) => one.text.startsWith('DESCRIPTION:Line one'))!;
		expect(Math.max(...line.raw.split(/\r?\n/).map((piece) => Buffer.byteLength(piece)))).toBeLessThanOrEqual(75);
	}
});

test('a component that goes does not lend its lines to another of its name', () => {
	const text =
		'BEGIN:VCALENDAR\nBEGIN:VEVENT\nX-A:  1\nEND:VEVENT\nBEGIN:VEVENT\nX-B;P=q:\n 2\nUID:b\nEND:VEVENT\nEND:VCALENDAR\n';
	const after = patched(text, (calendar) => {
		const [first, second] = calendar.getAllSubcomponents('vevent');
		calendar.removeSubcomponent(first!);
		second!.updatePropertyWithValue('uid', 'c');
	});
	expect(after).toBe('BEGIN:VCALENDAR\nBEGIN:VEVENT\nX-B;P=q:\n 2\nUID:c\nEND:VEVENT\nEND:VCALENDAR\n');
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
