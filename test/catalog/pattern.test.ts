import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { namePattern } from '../../src/catalog/pattern';

const fitting = (list: string, names: string[], bare?: 'whole' | 'anywhere') =>
	names.filter(namePattern(list, bare ? { bare } : {}));

describe('a pattern of names', () => {
	test('that is empty fits all names', () => {
		expect(fitting('', ['a', '', 'b.txt'])).toEqual(['a', '', 'b.txt']);
		expect(fitting(' , ,', ['a', 'b.txt'])).toEqual(['a', 'b.txt']);
	});

	test('stands for the whole name, unless a word may stand anywhere', () => {
		const names = ['plan.txt', 'my plan.txt', 'PLAN', 'plan'];
		expect(fitting('plan', names)).toEqual(['PLAN', 'plan']);
		expect(fitting('plan', names, 'anywhere')).toEqual(names);
		expect(fitting('plan*', names, 'anywhere')).toEqual(['plan.txt', 'PLAN', 'plan']);
	});

	test('has stars for any text, also for none and for several lines', () => {
		expect(fitting('*.pdf', ['a.pdf', '.pdf', 'a.pdf.gz', 'apdf', 'a\nb.pdf'])).toEqual(['a.pdf', '.pdf', 'a\nb.pdf']);
		expect(fitting('dump-*.sql*', ['dump-1.sql', 'dump-.sql.gz', 'dump.sql'])).toEqual(['dump-1.sql', 'dump-.sql.gz']);
		expect(fitting('a*b*c', ['abc', 'aXbXbYc', 'abcb', 'acb'])).toEqual(['abc', 'aXbXbYc']);
		expect(fitting('**', ['', 'a'])).toEqual(['', 'a']);
	});

	test('has question marks for exactly one character, of whatever length in bytes', () => {
		expect(fitting('a?c', ['abc', 'ac', 'abbc', 'a\u{1F4C4}c', 'a\u00fcc', 'au\u0308c', 'a?c'])).toEqual([
			'abc',
			'a\u{1F4C4}c',
			'a\u00fcc',
			'au\u0308c',
			'a?c',
		]);
		expect(fitting('?', ['', 'a', 'ab'])).toEqual(['a']);
	});

	test('takes all other signs as they are', () => {
		for (const sign of ['.', '+', '^', '$', '{2}', '(a)', '|', '[ab]', '\\', '\\d', '/'])
			expect([sign, fitting(`x${sign}y`, [`x${sign}y`, 'xay', 'xy', 'x1y'])]).toEqual([sign, [`x${sign}y`]]);
	});

	test('does not mind the case or the form of letters with accents', () => {
		expect(fitting('\u00dcB*', ['\u00fcber', 'U\u0308BER', 'uber'])).toEqual(['\u00fcber', 'U\u0308BER']);
		expect(fitting('stra\u00dfe', ['STRA\u1e9eE', 'Stra\u00dfe'])).toEqual(['STRA\u1e9eE', 'Stra\u00dfe']);
		expect(fitting('\u03bf\u03b4\u03bf\u03c3', ['\u039f\u0394\u039f\u03a3', '\u03bf\u03b4\u03bf\u03c2'])).toHaveLength(
			2,
		);
	});

	test('may be one of several with commas between them', () => {
		expect(fitting(' *.jpg , *.PNG ,readme', ['a.jpg', 'b.png', 'c.gif', 'README', 'readme.md'])).toEqual([
			'a.jpg',
			'b.png',
			'README',
		]);
	});

	test('never takes long, whatever it is', () => {
		const stars = `${'*a'.repeat(2000)}*b`;
		const name = 'a'.repeat(4000);
		// A regular expression would try more ways than there are atoms.
		expect([namePattern(stars)(name), namePattern(stars)(`${name}b`)]).toEqual([false, true]);
	});

	test('fits the names that it was made of by putting in wildcards, and none with more at the end', () => {
		const part = fc.stringMatching(/^[a-cA-C.]{0,4}$/);
		fc.assert(
			fc.property(fc.array(fc.tuple(part, part, fc.constantFrom('*', '?')), { maxLength: 6 }), (parts) => {
				const list = parts.map(([text, , sign]) => text + sign).join('');
				const name = parts.map(([text, other, sign]) => text + (sign === '*' ? other : 'x')).join('');
				expect(namePattern(`${list}z`)(`${name}Z`)).toBe(true);
				expect(namePattern(`${list}z`)(`${name}z!`)).toBe(false);
			}),
		);
	});
});
