import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linearPattern } from '../../src/catalog/linearPattern';

const fits = (expression: string, text: string): boolean => linearPattern(expression)(text);

describe('a pattern without a way back', () => {
	test.each<[string, string, string]>([
		['deploy', 'Please DEPLOY now', 'Nothing'],
		['^order\\s+\\d{2,4}\\s+(urgent|late)$', 'order  123 late', 'order 1 late'],
		['colou?r', 'Color', 'colouur'],
		['(?:ab)+c', 'xababc', 'abab'],
		['(?<year>\\d{4})-\\d\\d', 'on 2026-05', '26-05'],
		['[^a-c\\]]x', 'dx', ']x'],
		['\\bcat\\b', 'a cat!', 'concatenate'],
		['^$', '', ' '],
		['a.c', 'aüc', 'a\nc'],
		['\\p{Lu}\\u{1F600}?', 'é', '1'],
		['^\\uD83D\\uDE00{2}$', '😀😀', '😀'],
		['a||b', 'zzz', ''],
		['STRASSE|straße', 'Straße', 'Strase'],
	])('%s fits %j, as by new RegExp, and judges %j as that does', (expression, one, other) => {
		expect(fits(expression, one)).toBe(true);
		expect(fits(expression, other)).toBe(new RegExp(expression, 'iu').test(other));
	});

	test('judges any text as new RegExp does', () => {
		const atom = fc.constantFrom(
			'a',
			'b',
			'.',
			'[ab]',
			'[^b]',
			'\\d',
			'\\w',
			'^',
			'$',
			'\\b',
			'(a|bc)',
			'(?:b|)',
			'(ab?)',
		);
		const times = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,}', '{0,2}', '+?');
		const part = fc.tuple(atom, times).map(([one, many]) => (/^(\^|\$|\\b)$/.test(one) ? one : one + many));
		const expressions = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
		const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', 'A', '\n'), maxLength: 12 });
		fc.assert(
			fc.property(expressions, texts, (expression, text) => {
				expect(fits(expression, text)).toBe(new RegExp(expression, 'iu').test(text));
			}),
			{ numRuns: 500 },
		);
	});

	test.each([
		['(?=a)b', 'look-around is not possible here'],
		['(?<!a)b', 'look-around is not possible here'],
		['(a)\\1', 'references to groups are not possible here'],
		['a{1000}', 'it repeats too often'],
		['((a{30}){30}){30}', 'it repeats too often'],
	])('refuses %s, and says why', (expression, message) => {
		expect(() => linearPattern(expression)).toThrow(message);
	});

	test('takes a moment where others take years', () => {
		const begun = Date.now();
		expect(fits('^(a+)+$', `${'a'.repeat(20_000)}!`)).toBe(false);
		expect(fits('(a|a)*(a|a)*b', 'a'.repeat(20_000))).toBe(false);
		expect(Date.now() - begun).toBeLessThan(5_000);
	});
});
