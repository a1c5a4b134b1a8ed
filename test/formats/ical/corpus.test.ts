import { describe, expect, test } from '@jest/globals';
import { committed } from '../../../src/build/proof/calendars';
import { EDITS, lossesIn } from '../../../src/build/proof/calendars/law';

const all = committed();
const features = all.filter(({ name }) => !name.startsWith('mixture'));
const mixtures = all.filter(({ name }) => name.startsWith('mixture'));
const names = Object.keys(EDITS);

/** Written for this project: each by hand for a feature, or features put together by chance (`npm run proof -- calendars --write`). */
describe('a calendar that is read, brought in and changed', () => {
	test('is one of at least 150, no two alike', () => {
		expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
		expect(all.length).toBeGreaterThanOrEqual(150);
		expect(features.length).toBeGreaterThanOrEqual(75);
	});

	test.each(features)('$name loses no line and no byte', ({ text }) => {
		expect(lossesIn(text)).toEqual([]);
	});

	// Each kind of change meets a fifth of the mixtures here, and all of them in the proof; so do changes of one occurrence.
	const some = mixtures.map((one, at) => ({ ...one, edits: names.filter((_, place) => (place + at) % 5 === 0) }));
	test.each(some)('$name loses no line and no byte', ({ text, edits }) => {
		expect(lossesIn(text, edits, false)).toEqual([]);
	});
});

const BASE = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a', 'DTSTART:20261005T080000Z', 'SUMMARY:x'];
test.each([
	['an end that is missing', [...BASE, 'END:VEVENT']],
	['a line that is none', [...BASE, 'no line', 'END:VEVENT', 'END:VCALENDAR']],
	['a zone that nobody knows', [...BASE, 'DTEND;TZID=Nowhere:20261005T100000', 'END:VEVENT', 'END:VCALENDAR']],
])('the law shows %s', (_, lines) => {
	expect(() => {
		expect(lossesIn(lines.join('\r\n'))).toEqual([]);
	}).toThrow();
});
