import { expect, test } from '@jest/globals';
import { holds } from '../../src/catalog/davHolds';

const event = (...lines: string[]): string =>
	['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:tea', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

const WRITTEN = event('DTSTAMP:20261122T120000Z', 'SUMMARY:Tea\\, later', 'DTSTART;VALUE=DATE:20261123', 'SEQUENCE:0');

test('an event that the server stamped, signed and numbered anew is the one that was written', () => {
	const there = event(
		'DTSTAMP:20261122T120003Z',
		'LAST-MODIFIED:20261122T120003Z',
		'SEQUENCE:1',
		'DTSTART;value=date:20261123',
		'SUMMARY:Tea, la',
		' ter',
		'X-SYNO-COLOR:1',
	).replace('BEGIN:VEVENT', 'PRODID:-//Example//EN\r\nBEGIN:VEVENT');
	expect(holds(there, WRITTEN)).toBe(true);
});

test.each([
	['another UID', WRITTEN.replace('UID:tea', 'UID:cake')],
	['another summary', WRITTEN.replace('later', 'now')],
	['another day', WRITTEN.replace('20261123', '20261124')],
	['no summary', WRITTEN.replace(/SUMMARY.*\r\n/, '')],
])('an event with %s is not the one that was written', (_, there) => {
	expect(holds(there, WRITTEN)).toBe(false);
});

test('a card holds its lines whatever their groups, types and order', () => {
	const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', 'UID:1', ...lines, 'END:VCARD', ''].join('\n');
	const written = card('FN:Erin', 'item1.EMAIL;TYPE=home,INTERNET:erin@example.com', 'REV:20261122T120000Z');
	expect(holds(card('EMAIL;TYPE=INTERNET;TYPE=HOME:erin@example.com', 'FN:Erin'), written)).toBe(true);
	expect(holds(card('EMAIL;TYPE=WORK:erin@example.com', 'FN:Erin'), written)).toBe(false);
});

test('of a change what came has to be there, what went has to be gone, and the rest is the business of the server', () => {
	const before = event('SUMMARY:Tea', 'LOCATION:Kitchen', 'X-OWN:1');
	const changed = event('SUMMARY:Coffee', 'X-OWN:1');
	expect(holds(event('SUMMARY:Coffee'), changed, before)).toBe(true);
	expect(holds(event('SUMMARY:Coffee', 'LOCATION:Kitchen'), changed, before)).toBe(false);
	expect(holds(before, changed, before)).toBe(false);
});
