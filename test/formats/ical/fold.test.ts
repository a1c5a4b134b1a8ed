import { expect, test } from '@jest/globals';
import { folded, unfolded } from '../../../src/formats/ical/lines';

test.each(['a', 'é', '€', '😀', 'aé€😀', '\uD800', '\uD83D\uD83D\uDE00'])(
	'a line of "%s" is folded between characters, each row as long as 75 bytes allow',
	(piece) => {
		const line = `NOTE:${piece.repeat(200)}`;
		const rows = folded(line).split('\r\n');
		expect(unfolded(folded(line))).toBe(line);
		const sizes = rows.map((row) => Buffer.byteLength(row));
		expect(Math.max(...sizes)).toBeLessThanOrEqual(75);
		// One more character would be up to four bytes.
		expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(72);
	},
);

test('a short line stays as it is', () => {
	expect(folded('FN:é')).toBe('FN:é');
	expect(folded('')).toBe('');
});
