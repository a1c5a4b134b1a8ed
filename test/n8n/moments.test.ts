import { describe, expect, test } from '@jest/globals';
import { momentOf } from '../../src/n8n/moments';

describe('a date field', () => {
	test.each([
		['2026-11-22T08:00:00', 'Europe/Berlin', '2026-11-22T07:00:00.000Z'],
		['2026-07-22T08:00:00', 'Europe/Berlin', '2026-07-22T06:00:00.000Z'],
		['2026-11-22 08:00', 'America/New_York', '2026-11-22T13:00:00.000Z'],
		['2026-11-22', 'Asia/Kathmandu', '2026-11-21T18:15:00.000Z'],
		['2026-11-22T08:00:00.250', 'UTC', '2026-11-22T08:00:00.250Z'],
		// The clocks of Berlin went forward at 2 in this night, and back at 3 in that one.
		['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
		['2026-10-25T12:00:00', 'Europe/Berlin', '2026-10-25T11:00:00.000Z'],
	])('holds %s of %s, which is %s', (text, zone, expected) => {
		expect(momentOf(text, zone)).toBe(expected);
	});

	test('with an offset, milliseconds or a DateTime is taken as it is', () => {
		expect(momentOf('2026-11-22T08:00:00+01:00', 'UTC')).toBe('2026-11-22T08:00:00+01:00');
		expect(momentOf(1795330800000, 'UTC')).toBe(1795330800000);
		expect(momentOf({ toJSON: () => '2026-11-22T08:00:00.000+01:00' }, 'UTC')).toBe('2026-11-22T08:00:00.000+01:00');
	});

	test('that is empty says nothing', () => {
		expect(momentOf('', 'UTC')).toBeUndefined();
		expect(momentOf(null, 'UTC')).toBeUndefined();
	});
});
