import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { lossesOf, VECTORS, type Vector } from '../../../src/build/proof/notes';
import { outlineOf } from '../../../src/build/proof/notes/outline';
import { htmlOf } from '../../../src/services/note/lib/htmlOfMarkdown';
import { markdownOf } from '../../../src/services/note/lib/markdownOfHtml';

const vectors = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vector[];

/** Notes with every form of Note Station; what cmark-gfm read in their Markdown is committed (`npm run proof -- notes --write`). */
describe('a note that becomes Markdown', () => {
	test('is one of at least 300', () => {
		expect(vectors.length).toBeGreaterThanOrEqual(300);
	});

	test('is the Markdown that was judged', () => {
		expect(vectors.map(({ html }) => markdownOf(html, {}))).toEqual(vectors.map(({ markdown }) => markdown));
	});

	test('keeps all text and structure, as this product and as cmark-gfm read it', () => {
		expect(vectors.flatMap((vector) => lossesOf(vector).map((loss) => [loss, vector.html]))).toEqual([]);
	});
});

test.each([
	['a word', '<div>one two</div>', '<div>one</div>'],
	['an emphasis', '<div><b>one</b></div>', '<div>one</div>'],
	['a cell', '<table><tr><td>a</td><td>b</td></tr></table>', '<table><tr><td>a b</td></tr></table>'],
	['a heading', '<h2>a</h2>', '<div>a</div>'],
	['the number of an item', '<ol start="2"><li>a</li></ol>', '<ol><li>a</li></ol>'],
	['a tick', '<div><input class="checkbox-checked" />a</div>', '<div><input class="checkbox" />a</div>'],
	['a target', '<a href="https://example.com/">a</a>', '<a href="https://example.org/">a</a>'],
])('an outline shows that %s was lost', (_, before, after) => {
	expect(outlineOf(before)).not.toEqual(outlineOf(after));
});

test('an address alone becomes a link, in the text as it was', () => {
	expect(htmlOf('see https://example.com/a_b', [])).toBe(
		'<div>see <a href="https://example.com/a_b">https://example.com/a_b</a></div>',
	);
});
