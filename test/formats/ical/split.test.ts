import { describe, expect, test } from '@jest/globals';
import { partsOf } from '../../../src/formats/ical/split';

const file = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:x', 'SUMMARY:Plan', ...lines, 'END:VEVENT'];

describe('calendar files', () => {
	test('with folded lines come in byte for byte', () => {
		const guest =
			'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;X-NUM-GUE\r\n STS=0:mailto:bob@example.com';
		const host = 'ORGANIZER;CN="Alice of the \r\n sales office":mailto:alice@example.com';
		const { objects, refused } = partsOf(file(...event('DTSTART:20261019T101500Z', guest, host)));
		expect(refused).toEqual([]);
		expect(objects[0]).toMatchObject({ line: 3, repairs: [] });
		expect(objects[0]!.text).toContain(`${guest}\r\n${host}\r\n`);
	});

	test('keep the definition of a zone whose name is folded', () => {
		const zone = [
			'BEGIN:VTIMEZONE',
			'TZID:Custom',
			'BEGIN:STANDARD',
			'DTSTART:19700101T000000',
			'TZOFFSETFROM:+0300',
			'TZOFFSETTO:+0300',
			'END:STANDARD',
			'END:VTIMEZONE',
		];
		const { objects } = partsOf(file(...zone, ...event('DTSTART;TZID=Cus\r\n tom:20261019T101500')));
		expect(objects[0]!.text).toContain('TZOFFSETTO:+0300');
	});

	test('of holidays are put right, and that is told', () => {
		const { objects } = partsOf(file(...event('DTSTART:20261224', 'DTEND:20261225')));
		expect(objects[0]!.text).toContain('DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261225\r\n');
		expect(objects[0]!.repairs).toEqual([
			'Line 6: a day that was not marked as one (VALUE=DATE).',
			'Line 7: a day that was not marked as one (VALUE=DATE).',
		]);
	});

	test('with a zone at their head give it to times without one', () => {
		const { objects } = partsOf(
			file('X-WR-TIMEZONE:W. Europe Standard Time', ...event('DTSTART:20261019T101500', 'DTEND:20261019T091500Z')),
		);
		expect(objects[0]!.text).toContain('DTSTART;TZID=Europe/Berlin:20261019T101500\r\nDTEND:20261019T091500Z\r\n');
	});

	test('with a zone that nobody knows are refused, and the zone is named', () => {
		const { objects, refused } = partsOf(file(...event('DTSTART;TZID=Somewhere:20261019T101500')));
		expect(objects).toEqual([]);
		expect(refused[0]!.reason).toBe('Line 6: The time zone "Somewhere" is neither known nor defined in the calendar.');
	});
});
