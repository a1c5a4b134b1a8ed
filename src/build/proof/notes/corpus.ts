import { randomOf } from '../texts';

type Random = (below: number) => number;

const BOX = 'src="webman/3rdparty/NoteStation/images/transparent.gif" type="image"';
const box = (isChecked: boolean): string =>
	`<input class="syno-notestation-editor-checkbox${isChecked ? ' syno-notestation-editor-checkbox-checked' : ''}" ${BOX} />`;

/** Notes that once lost something, each for its kind. */
const KNOWN = [
	'<table><tbody><tr><td colspan="2">Preise</td></tr><tr><td>Miete</td><td>900</td></tr></tbody></table>',
	'<table><tbody><tr><td>a</td></tr><tr><td>b</td><td>c</td><td>d</td></tr></tbody></table>',
	'<table><tbody><tr><td>a</td><td>b</td></tr><tr><td rowspan="2">c</td><td>d</td></tr><tr><td>e</td></tr></tbody></table>',
	'<table><tbody><tr><td><pre>one\ntwo</pre></td><td>b</td></tr></tbody></table>',
	'<table><tbody><tr><td><ul><li>one</li><li>two</li></ul></td></tr></tbody></table>',
	'<table><tbody><tr><td><b>Name</b></td><td><b>Count</b></td></tr><tr><td>Disk</td><td>2</td></tr></tbody></table>',
	'<table><tbody><tr><td>a|b</td><td></td></tr><tr><td><div>1</div><div>2</div></td><td>x</td></tr></tbody></table>',
	'<div><b>Kontakt:</b>Anna</div>',
	'<div><b>a</b><b>b</b></div>',
	'<div>un<i>glaub</i>lich</div>',
	'<div>Neu!<a href="https://example.com/">hier</a></div>',
	'<h2>F #</h2><h3>#</h3><h4>C ##</h4>',
	'<h2>one<br />two</h2>',
	'<div>https://example.com/a_b_c?d=e_f</div>',
	'<div><a href="https://example.com/a_b">https://example.com/a_b</a></div>',
	'<div><a href="https://example.com/a (b)">spaced</a> <a href="notestation://remote/self/1026_AB">note</a></div>',
	'<div>[^1]: note</div><div>word[^1]</div>',
	'<div><span style="color: #ff0000;">red</span> and <span style="background-color: #ffff00;">lit</span></div>',
	'<div style="text-align: center;">middle</div><div>left</div>',
	'<div>1<span>. no list</span></div><div>-<span> none</span></div><div>#<span> none</span></div>',
	'<ol><li>a</li></ol><ol><li>b</li></ol><ul><li>c</li></ul><ul><li>d</li></ul>',
	'<ol start="7"><li>a</li><ul><li>b</li></ul><li>c</li></ol>',
	`<div>${box(false)}open</div><div style="padding-left: 30px;">${box(true)}done</div><div>text</div>`,
	'<div>a ~b~ c ~~d~~</div>',
	'<div><b><i>x</i></b><i>y</i><b>z</b></div>',
	'<div><b>bold </b><i> slanted</i></div>',
	'<div><span style="text-decoration: line-through;">weg</span>da</div>',
	'<pre style="font-family: monospace;">```\ncode\n\n  in\n```</pre>',
	'<div>a<br />===</div><div>b<br />---</div><div>c<br />:--</div>',
	'<blockquote><div>said</div><div>again</div></blockquote><hr /><div>H<sub>2</sub>O <u>x</u><sup>2</sup></div>',
	'<div>&amp;amp; &lt;b&gt; &lt;!-- no --&gt; \\ \\* `x`</div>',
	'<div>alice@example.com and www.example.com</div>',
] as const;

const WORDS = [
	...[
		'alpha',
		'beta',
		'Größe',
		'漢字',
		'x',
		'7',
		'1.',
		'2)',
		'-',
		'+',
		'*',
		'#',
		'##',
		'>',
		'=',
		'---',
		'===',
		'|',
		':--',
	],
	...[
		'a*b',
		'a_b',
		'_c_',
		'**d**',
		'`e`',
		'~f~',
		'[g]',
		'[h](i)',
		'![j](k)',
		'!',
		'(l)',
		'&lt;m&gt;',
		'&amp;copy;',
		'\\',
		'\\n',
	],
	...[
		'https://example.com/a_b',
		'alice@example.com',
		'n.',
		'o:',
		'„p“',
		'€',
		'(',
		')',
		'&quot;q&quot;',
		'[^1]:',
		'[r]:',
		's!',
	],
];
const INLINE = ['b', 'i', 'u', 'sub', 'sup', 'struck', 'code', 'link', 'color'] as const;

/** A text with looks inside each other; `depth` is how far. */
function inline(random: Random, depth: number): string {
	return Array.from({ length: 1 + random(5) }, () => {
		const gap = random(3) > 0 ? ' ' : '';
		if (depth === 0 || random(3) > 0) return WORDS[random(WORDS.length)]! + gap;
		return look(INLINE[random(INLINE.length)]!, random, depth) + gap;
	}).join('');
}

function look(kind: (typeof INLINE)[number], random: Random, depth: number): string {
	const inner = inline(random, depth - 1);
	if (kind === 'struck') return `<span style="text-decoration: line-through;">${inner}</span>`;
	if (kind === 'color') return `<span style="color: #${random(9)}00000;">${inner}</span>`;
	if (kind === 'code') return `<span style="font-family: monospace;">${WORDS[random(WORDS.length)]!}</span>`;
	if (kind === 'link') return `<a href="https://example.com/${random(99)}?a=b_c">${WORDS[random(WORDS.length)]!}</a>`;
	return `<${kind}>${inner}</${kind}>`;
}

const BLOCKS: ((random: Random) => string)[] = [
	(random) => `<div>${inline(random, 3)}</div>`,
	(random) => `<div>${inline(random, 2)}</div><div>${inline(random, 2)}</div>`,
	(random) => `<div>${inline(random, 1)}<br />${inline(random, 1)}</div>`,
	(random) => `<h${1 + random(6)}>${inline(random, 1)}</h0>`,
	(random) => list(random, 2),
	(random) => `<div>${box(random(2) === 0)}${inline(random, 1)}</div>`,
	(random) => `<blockquote><div>${inline(random, 1)}</div><div>${inline(random, 0)}</div></blockquote>`,
	(random) =>
		`<pre style="font-family: monospace;">${WORDS[random(WORDS.length)]!}\n  ${WORDS[random(WORDS.length)]!}</pre>`,
	() => '<hr />',
	(random) => table(random),
];

function list(random: Random, depth: number): string {
	const tag = random(2) === 0 ? 'ul' : 'ol';
	const items = Array.from({ length: 1 + random(3) }, () => {
		const nested = depth > 0 && random(4) === 0 ? list(random, depth - 1) : '';
		return `<li>${inline(random, 1)}</li>${nested}`;
	});
	return `<${tag}>${items.join('')}</${tag}>`;
}

function table(random: Random): string {
	const columns = 1 + random(3);
	const isRagged = random(5) === 0;
	const rows = Array.from({ length: 1 + random(3) }, () => {
		const cells = Array.from({ length: columns + (isRagged ? random(2) : 0) }, () => {
			const span = random(20) === 0 ? ' colspan="2"' : '';
			return `<td${span}>${random(6) === 0 ? '' : inline(random, 1)}</td>`;
		});
		return `<tr>${cells.join('')}</tr>`;
	});
	return `<div><table style="width: 100%;"><tbody>${rows.join('')}</tbody></table></div>`;
}

/** The HTML of a note by its number: first the known ones, then random ones. */
export function noteOf(number: number, seed = 1): string {
	const known = KNOWN[number];
	if (known !== undefined) return known;
	const random = randomOf(seed + number * 7919);
	const blocks = Array.from({ length: 1 + random(5) }, () => BLOCKS[random(BLOCKS.length)]!(random));
	return blocks.join('').replace(/<h(\d)>((?:(?!<\/h0>).)*)<\/h0>/gs, '<h$1>$2</h$1>');
}
