import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { partsOf } from '../../../src/services/chat/lib/splitText';

const graphemesOf = (text: string) => [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
const visible = (text: string) => text.replace(/\s+/g, '');

describe('a long text', () => {
	test('stays whole when it fits, or when it must not be split', () => {
		expect([partsOf('short', 10), partsOf('x'.repeat(50), 0)]).toEqual([['short'], ['x'.repeat(50)]]);
	});

	test('is broken at line ends, and a longer line at spaces', () => {
		expect(partsOf('one\ntwo\nthree four five\nsix', 10)).toEqual(['one\ntwo', 'three', 'four five', 'six']);
	});

	test('keeps paragraphs together and loses empty lines between parts only', () => {
		expect(partsOf('aaaa\n\nbbbb\n\ncccc', 10)).toEqual(['aaaa\n\nbbbb', 'cccc']);
	});

	test('keeps a link with its label and a mention in one piece', () => {
		expect(partsOf('see <https://nas.example.com/a|the new rack> now', 40)).toEqual([
			'see',
			'<https://nas.example.com/a|the new rack>',
			'now',
		]);
		expect(partsOf(`${'x'.repeat(8)} @u:1234 y`, 12)).toEqual(['xxxxxxxx', '@u:1234 y']);
	});

	test('is never broken inside what looks like one character', () => {
		const family = '👨‍👩‍👧‍👦';
		expect(partsOf(family.repeat(5), family.length * 2 + 3)).toEqual([family.repeat(2), family.repeat(2), family]);
		expect(partsOf('e\u0301'.repeat(3), 3)).toEqual(['e\u0301', 'e\u0301', 'e\u0301']);
	});

	test('comes whole again from its parts, none of which is empty or too long', () => {
		const piece = fc.oneof(
			fc.string({ unit: 'grapheme', maxLength: 40 }),
			fc.constantFrom('\n', '\n\n', ' ', '👩‍🚀', 'ö', '<https://x|a b>', '@u:7', 'word '),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 20, max: 60 }), (pieces, limit) => {
				const text = pieces.join('');
				const parts = partsOf(text, limit);
				expect(parts.map(visible).join('')).toBe(visible(text));
				const longest = Math.max(limit, ...graphemesOf(text).map(({ segment }) => segment.length));
				for (const part of parts) expect(part.length).toBeLessThanOrEqual(longest);
				if (parts.length > 1) for (const part of parts) expect(part.trim()).not.toBe('');
			}),
		);
	});
});
