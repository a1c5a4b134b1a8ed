import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { fromHtml, toHtml } from '../../../src/services/note/lib/format';
import { briefOf, textOf } from '../../../src/services/note/lib/plainText';
import { markdownOf } from '../../../src/services/note/lib/markdownOfHtml';
import { htmlOf } from '../../../src/services/note/lib/htmlOfMarkdown';
import { failure } from '../../support/nas';

const folder = path.join(__dirname, '../../fixtures/notes');
const corpus = (pattern: string) =>
	globSync(pattern, { cwd: folder })
		.sort()
		.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')] as const);

const BOX = 'src="webman/3rdparty/NoteStation/images/transparent.gif" type="image"';
const box = (more = '') => `<input class="syno-notestation-editor-checkbox${more}" ${BOX} />`;
const TICKED = ' syno-notestation-editor-checkbox-checked';

describe('Markdown of the corpus', () => {
	test.each(corpus('*.md'))('%s comes back from a note as it went in', (_, markdown) => {
		expect(markdownOf(htmlOf(markdown, []), {})).toBe(markdown.trim());
	});

	test.each(corpus('*.html'))('%s of a note keeps its meaning and does not change any more', (name, html) => {
		const markdown = markdownOf(html, {});
		expect(`${markdown}\n`).toBe(readFileSync(path.join(folder, `${name}.txt`), 'utf8'));
		const again = markdownOf(htmlOf(markdown, []), {});
		expect(again).toBe(markdown);
		const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu);
		expect(words(textOf(htmlOf(markdown, [])))).toEqual(words(textOf(html)));
	});
});

describe('Markdown as a note', () => {
	test.each([
		['one\ntwo\n\nthree', '<div>one</div><div>two</div><div></div><div>three</div>'],
		['- a\n  - b\n- c', '<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>'],
		['3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
		['- [ ] a\n  - [x] b', `<div>${box()}a</div><div style="padding-left: 30px;">${box(TICKED)}b</div>`],
		['- a\n- [ ] b', `<ul><li>a</li></ul><div>${box()}b</div>`],
		['~~x~~', '<div><span style="text-decoration: line-through;">x</span></div>'],
		['<b>x</b> & <script>', '<div><b>x</b> &amp; &lt;script&gt;</div>'],
		['<b>x & </i>', '<div>&lt;b&gt;x &amp; &lt;/i&gt;</div>'],
		['<b onclick="run()">x</b>', '<div><b>x</b></div>'],
		['**a <u>b** c</u>', '<div><b>a &lt;u&gt;b</b> c&lt;/u&gt;</div>'],
		[
			'<iframe src="https://other.example.com/"></iframe>',
			'<div>&lt;iframe src=&quot;https://other.example.com/&quot;&gt;&lt;/iframe&gt;</div>',
		],
		['https://example.com/a_b!', '<div><a href="https://example.com/a_b">https://example.com/a_b</a>!</div>'],
		['word[^1]\n\n[^1]: note', '<div>word[^1]</div><div></div><div>[^1]: note</div>'],
		['<u>x</u>', '<div><u>x</u></div>'],
		['[x](javascript:alert(1))', '<div>[x](javascript:alert(1))</div>'],
		['![x](attachment:no.png)', '<div>![x](attachment:no.png)</div>'],
		['', ''],
	])('%j is %s', async (markdown, html) => {
		expect(await toHtml(markdown, 'markdown')).toBe(html);
	});

	test('calls pictures of the note by their names', async () => {
		const pictures = [{ name: 'my cup.png', html: '<img ref="abc" />' }];
		expect(await toHtml('![](attachment:my%20cup.png)', 'markdown', pictures)).toBe('<div><img ref="abc" /></div>');
	});
});

describe('a note as Markdown', () => {
	test.each([
		['<div>a</div><div>b</div>', 'a  \nb'],
		['<div>a</div><div><br></div><div>b</div>', 'a\n\nb'],
		['<p>a</p><p>b</p>', 'a\n\nb'],
		['<div>a &lt;u&gt; *b*</div>', 'a \\<u> \\*b\\*'],
		['<ol><li>a</li><ul><li>b</li></ul><li>c</li></ol>', '1. a\n    - b\n2. c'],
		[`<div>${box()}a</div><div>${box(TICKED)}b</div>`, '- [ ] a\n- [x] b'],
		[
			'<div><table><tbody><tr><td>a|b</td></tr><tr><td><div>1</div><div>2</div></td></tr></tbody></table></div>',
			'|  |\n| --- |\n| a\\|b |\n| 1<br>2 |',
		],
		['<pre style="x">a &lt; b<br>c</pre>', '```\na < b\nc\n```'],
		[
			'<div class="syno-ns-chart-object" chart-data="[1,2]" chart-config="{}"></div>',
			'<div class="syno-ns-chart-object" chart-data="[1,2]" chart-config="{}"></div>',
		],
		[
			'<table><tbody><tr><td colspan="2">Preise</td></tr><tr><td>Miete</td><td>900</td></tr></tbody></table>',
			'<table><tbody><tr><td colspan="2">Preise</td></tr><tr><td>Miete</td><td>900</td></tr></tbody></table>',
		],
		[
			'<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>',
			'<table><tbody><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>',
		],
		[
			'<table><tr><td><pre>x = 1<br>y</pre></td></tr></table>',
			'<table><tbody><tr><td><pre>x = 1<br />y</pre></td></tr></tbody></table>',
		],
		['<div><b>Kontakt:</b>Anna, un<i>glaub</i>lich</div>', '<b>Kontakt:</b>Anna, un<i>glaub</i>lich'],
		['<div><b>a</b><b>b</b></div>', '**ab**'],
		['<div>Neu!<a href="https://example.com/">hier</a></div>', 'Neu\\![hier](https://example.com/)'],
		['<h2>F #</h2>', '## F \\#'],
		['<div>see https://example.com/a_b.</div>', 'see <https://example.com/a_b.>'],
		[
			'<iframe src="https://www.youtube.com/embed/x" youtube="true" anchorhref="https://youtu.be/x"></iframe>',
			'<iframe src="https://www.youtube.com/embed/x" youtube="true" anchorhref="https://youtu.be/x"></iframe>',
		],
		[
			`<div><img class=" syno-notestation-image-object" ref="${Buffer.from('1782082601719my cup.png').toString('base64')}" /></div>`,
			'![my cup.png](attachment:my%20cup.png)',
		],
	])('%s is %j', async (html, markdown) => {
		expect(await fromHtml(html, 'markdown')).toBe(markdown);
	});
});

test('any plain text comes through Markdown unchanged', async () => {
	const word = fc.stringMatching(/^[A-Za-z0-9*_#<>&~`[\]()!|+.-]{1,8}$/);
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
			async (lines) => {
				const html = await toHtml(lines.map((words) => words.join(' ')).join('\n'), 'text');
				const back = await toHtml(await fromHtml(html, 'markdown'), 'markdown');
				expect(textOf(back).split('\n').filter(Boolean)).toEqual(textOf(html).split('\n').filter(Boolean));
			},
		),
		{ numRuns: 300 },
	);
});

test('the brief has the first 80 characters, with a line for each block', () => {
	expect(briefOf('<h1>Title</h1><div>a &amp; b&nbsp;c</div><ul><li>x</li></ul>')).toBe('Title\na & b c\nx');
	expect(briefOf(`<div>${'x'.repeat(90)}</div>`)).toBe('x'.repeat(80));
});

test('Markdown of more pieces than a thread has the memory for is refused, a long text is not', async () => {
	expect(await failure(toHtml('- a\n'.repeat(100_000), 'markdown'))).toMatchObject({
		message: 'The text has too many pieces: at most 400000 pieces (budget "pieces").',
		details: { budget: 'pieces' },
	});
	expect((await toHtml('a word\n'.repeat(50_000), 'markdown')).match(/a word/g)).toHaveLength(50_000);
});
