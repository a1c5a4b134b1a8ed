import { expect, test } from '@jest/globals';
import { readXml } from '../../src/core/xmlReader';

/** Signs that a cut must not go through, and what each is read as. */
const WRITTEN = '&amp;\r\n&#x10FFFF;&lt;\r&#1114111;é😀';
const READ = '&\n\u{10FFFF}<\n\u{10FFFF}é😀';

// Long texts are read in pieces of 50,000 characters.
test.each(Array.from({ length: WRITTEN.length + 1 }, (_, shift) => shift))(
	'a text of any length is read as it is meant, wherever it is cut (%i)',
	async (shift) => {
		const before = 'x'.repeat(shift);
		const root = await readXml(`<a>${before}${WRITTEN.repeat(8000)}</a>`);
		expect(root.text === before + READ.repeat(8000)).toBe(true);
	},
);

test('so is the value of an attribute', async () => {
	const root = await readXml(`<a b="${'&quot;c '.repeat(20_000)}"/>`);
	expect(root.attributes['b'] === '"c '.repeat(20_000)).toBe(true);
});

test.each(['&b;', '&amp', '& ', '&#0;', '&#1114112;'])(
	'an unknown entity is found in a long text, too (%s)',
	async (one) => {
		for (const length of [49_995, 50_000, 120_000])
			await expect(readXml(`<a>${'x'.repeat(length)}${one}${'x'.repeat(60_000)}</a>`)).rejects.toThrow(
				/entity|character/,
			);
	},
);
