import { keepMarkupBudget } from '../../../core/markup';
import { Turndown } from '../../../vendor/markdown';
import { emphasized, MARK, marked, unmarked } from './emphasis';
import { dom, elements, holdsBlocks, isBox, isChecked, isCode, isWithin, named, styleOf, type Dom } from './noteDom';
import { htmlOfNode, isSafeLink, openTag } from './noteHtml';
import { isTaskLine, markerOf } from './noteList';
import { tableOf } from './noteTable';

/** Marks for what only the text as a whole can decide: a line that ends in a break, a line of a checklist, the start of a link. */
const LINE = '\uFDDE';
const TASK = '\uFDDD';
const LINK = '\uFDDC';

/** Elements that end by themselves, or where the next one of them begins: however many follow each other, they do not nest. */
const FLAT: ReadonlySet<string> = new Set(
	'area base br col embed hr img input link meta source track wbr p li td th tr tbody thead tfoot dd dt option'.split(
		' ',
	),
);

/**
 * HTML of a note as Markdown, which `htmlOf` and every reader of GitHub's Markdown read back as the same text in the same form. What
 * Markdown cannot say stays as HTML inside it. `known`: file names by the `ref` of pictures. Throws the error of a budget when the note
 * is nested too deeply or holds too many elements: whoever shares a note writes its HTML.
 */
export function markdownOf(html: string, known: Readonly<Record<string, string>>): string {
	keepMarkupBudget(html, 'noteElements', { flat: FLAT });
	const plain = html
		.replace(MARK, '')
		.replace(/<div(?![^<>]*chart-data)[^<>]*>(?:&nbsp;|<br\s*\/?>|\s)*<\/div>/g, '<div></div>');
	return emphasized(serviceFor(known).turndown(plain))
		.replace(new RegExp(`(${TASK}[^\n]*)\n{2,}(?=${TASK})`, 'g'), '$1\n')
		.replace(new RegExp(`${LINE}\n(?=\n|$)`, 'g'), '\n')
		.replace(new RegExp(`${LINE}\n`, 'g'), '  \n')
		.replace(new RegExp(`!${LINK}`, 'g'), '\\!')
		.replace(MARK, '')
		.trim();
}

/** The longest run of back quotes in a text decides how many surround it. */
const fence = (text: string, least: number): string => {
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	return '`'.repeat(Math.max(least, longest + 1));
};

function decodedRef(ref: string): string {
	return Buffer.from(ref, 'base64')
		.toString('utf8')
		.replace(/^\d{10,14}/, '');
}

const block = (html: string): string => `\n\n${html}\n\n`;

/** Looks that Markdown has no sign for. */
const isStyledText = (node: Dom): boolean =>
	(named(node, 'SPAN') &&
		(/(?:color|font-size|font-family|background)\s*:/.test(styleOf(node)) ||
			/syno-fontsize-(?!normal)/.test(node.getAttribute('class') ?? ''))) ||
	false;
const isStyledBlock = (node: Dom): boolean =>
	named(node, 'DIV', 'P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6') &&
	/(?:text-align|padding-left|margin-left)\s*:/.test(styleOf(node)) &&
	!isTaskLine(node);
/** What begins a line and would be read as a list, heading, quotation or rule: text nodes alone do not show it. */
const startless = (content: string): string =>
	content
		.replace(/^(\s*\d{1,9})([.)])(?=\s|$|\uFDDE)/gm, '$1\\$2')
		.replace(/^(\s*)([-+*](?=\s|$|\uFDDE)|#{1,6}(?=\s|$|\uFDDE)|[>=:]|-(?=-)|~(?=~))/gm, '$1\\$2');

const rulesFor = (names: Readonly<Record<string, string>>): Record<string, Turndown.Rule> => ({
	checkbox: { filter: (node) => isBox(dom(node)), replacement: (_, node) => (isChecked(dom(node)) ? '[x] ' : '[ ] ') },
	line: {
		filter: (node) => named(dom(node), 'DIV', 'P') && !holdsBlocks(dom(node)) && !isWithin(dom(node), 'TD', 'TH'),
		replacement: (content, node) => {
			const text = startless(content.trim());
			if (named(dom(node), 'P')) return block(text);
			return text === '' ? '\n\n' : `${text}${LINE}\n`;
		},
	},
	heading: {
		filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
		replacement: (content, node) => {
			const text = content
				.trim()
				.replaceAll(LINE, '')
				.replace(/\s*\n+\s*/g, '<br>')
				.replace(/(^|\s)(#+)$/, '$1\\$2');
			return text === '' ? '' : block(`${'#'.repeat(Number(dom(node).nodeName[1]))} ${text}`);
		},
	},
	// Rules that come later are asked first.
	styledBlock: { filter: (node) => isStyledBlock(dom(node)), replacement: (_, node) => block(htmlOfNode(dom(node))) },
	task: {
		filter: (node) => isTaskLine(dom(node)) && !isWithin(dom(node), 'TD', 'TH'),
		replacement: (content, node) => {
			const pixels = Number(/padding-left:\s*(\d+)/.exec(styleOf(dom(node)))?.[1] ?? 0);
			const lines = content.trim().split('\n');
			return block(`${TASK}${'  '.repeat(Math.round(pixels / 30))}- ${lines.join(' ')}`);
		},
	},
	nestedList: {
		filter: (node) => named(dom(node), 'UL', 'OL') && named(dom(node).parentNode!, 'UL', 'OL'),
		replacement: (content, node) => {
			const indent = named(dom(node).parentNode!, 'OL') ? '    ' : '  ';
			return `\n${content.trim().replace(/^(?=.)/gm, indent)}\n`;
		},
	},
	item: {
		filter: 'li',
		replacement: (content, node) => {
			const mark = markerOf(dom(node));
			const whole = content.trim();
			const text = (holdsBlocks(dom(node)) ? whole : startless(whole))
				.replaceAll(`${LINE}\n`, '  \n')
				.replaceAll('\n', `\n${' '.repeat(mark.length)}`)
				.replace(/[ ]+$/gm, (end) => (end.length === 2 ? end : ''));
			return `${mark}${text}\n`;
		},
	},
	bold: { filter: ['b', 'strong'], replacement: (content) => marked('b', content) },
	slanted: { filter: ['i', 'em'], replacement: (content) => marked('i', content) },
	styled: {
		filter: (node) => isStyledText(dom(node)),
		replacement: (content, node) => (content.trim() === '' ? content : `${openTag(dom(node))}${content}</span>`),
	},
	struck: {
		filter: (node) =>
			named(dom(node), 'DEL', 'S', 'STRIKE') || (named(dom(node), 'SPAN') && /line-through/.test(styleOf(dom(node)))),
		replacement: (content) => marked('s', content),
	},
	code: {
		filter: (node) => isCode(dom(node)) && !isWithin(dom(node), 'PRE'),
		replacement: (_, node) => {
			// The signs of two that touch would be one.
			const before = dom(node).previousSibling;
			if (elements(dom(node)).length > 0 || (before && isCode(before))) return htmlOfNode(dom(node));
			const text = (dom(node).textContent ?? '').replace(/\s+/g, ' ').trim();
			const marks = fence(text, 1);
			return text === '' ? '' : `${marks}${/^`|`$/.test(text) ? ` ${text} ` : text}${marks}`;
		},
	},
	block: {
		filter: 'pre',
		replacement: (_, node) => {
			const text = preText(dom(node)).replace(/\n$/, '');
			const language = /language-([\w+#.-]+)/.exec(dom(node).getAttribute('class') ?? '')?.[1] ?? '';
			const marks = fence(text, 3);
			return block(`${marks}${language}\n${text}\n${marks}`);
		},
	},
	kept: {
		filter: ['u', 'sub', 'sup'],
		replacement: (content, node) => {
			const tag = dom(node).nodeName.toLowerCase();
			return content === '' ? '' : `<${tag}>${content}</${tag}>`;
		},
	},
	link: {
		filter: 'a',
		replacement: (content, node) => {
			const href = dom(node).getAttribute('href') ?? '';
			if (href === '' || !isSafeLink(href) || content.trim() === '') return content;
			if (dom(node).textContent === href && content === `<${href}>`) return content;
			return `${LINK}[${linkText(content)}](${destination(href)})`;
		},
	},
	picture: {
		filter: (node) => named(dom(node), 'IMG') && Boolean(dom(node).getAttribute('ref')),
		replacement: (_, node) => {
			const ref = dom(node).getAttribute('ref') ?? '';
			const name = names[ref] ?? decodedRef(ref);
			return `![${name.replace(/[[\]\\`*_<>&~|]/g, '')}](attachment:${encodeURIComponent(name).replace(/[()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})`;
		},
	},
	video: {
		filter: 'iframe',
		replacement: (_, node) => {
			const html = htmlOfNode(dom(node));
			const href = dom(node).getAttribute('anchorhref') || dom(node).getAttribute('src') || '';
			return html !== '' ? block(html) : isSafeLink(href) ? `[Video](${destination(href)})` : '';
		},
	},
	cell: {
		filter: ['td', 'th'],
		replacement: (content, node) => {
			const table = tableOf(dom(node));
			const text = content
				.trim()
				.replaceAll(LINE, '')
				.replace(/\s*\n+\s*/g, '<br>')
				.replace(/(?<!\\)\|/g, '\\|');
			return ` ${table?.hasHead && table.first === dom(node).parentNode ? unmarked('b', text) : text} |`;
		},
	},
	row: {
		filter: 'tr',
		replacement: (content, node) => {
			const table = tableOf(dom(node));
			if (!table || table.first !== dom(node)) return `\n|${content}`;
			const rule = `|${' --- |'.repeat(table.columns)}`;
			// The first row of a table in Markdown is its head: a table without one gets an empty one.
			return table.hasHead ? `\n|${content}\n${rule}` : `\n|${'  |'.repeat(table.columns)}\n${rule}\n|${content}`;
		},
	},
	table: {
		filter: 'table',
		replacement: (content, node) => block(tableOf(dom(node))?.isSimple ? content.trim() : htmlOfNode(dom(node))),
	},
	body: { filter: ['tbody', 'thead', 'tfoot'], replacement: (content) => content },
});

/** A link holds no other link, and goes on in one line. */
const linkText = (content: string): string =>
	content.replace(/<(https?:[^<>]*)>/g, (_, url: string) => url.replace(/_/g, '\\_')).replace(/\s*\n+\s*/g, ' ');

/** An address as it stands in a link. */
const destination = (href: string): string =>
	href
		.replace(/[\s<>\\]/g, (sign) => encodeURIComponent(sign))
		.replace(/[()]/g, '\\$&')
		.replace(/&(?=#?\w+;)/g, '\\&');

/** What text must not look like and Turndown lets through: tags, entities, tables, struck words, and lists or headings without text. */
const MORE: readonly (readonly [RegExp, string])[] = [
	[/<(?=[a-z/!?])/gi, '\\<'],
	[/&(?=#?\w+;)/g, '\\&'],
	[/(?<!(?<!\\)(?:\\\\)*\\)\|/g, '\\|'],
	[/(?<!(?<!\\)(?:\\\\)*\\)~/g, '\\~'],
	[/^([+#]{1,6})$/, '\\$1'],
	[/^(\d+)\.$/, '$1\\.'],
	[/^(\d+)\)(?=\s|$)/, '$1\\)'],
];

const ADDRESS = /(https?:\/\/(?:(?!&#?\w+;)[^\s<>"`*~[\]|\\])+)/;

function serviceFor(names: Readonly<Record<string, string>>): Turndown {
	const service = new Turndown({
		headingStyle: 'atx',
		hr: '---',
		bulletListMarker: '-',
		codeBlockStyle: 'fenced',
		emDelimiter: '_',
		// A chart has no text, and is all in its attributes.
		blankReplacement: (_, node) =>
			dom(node).getAttribute('chart-data')
				? block(htmlOfNode(dom(node)))
				: 'isBlock' in node && node.isBlock
					? '\n\n'
					: '',
	});
	for (const [name, rule] of Object.entries(rulesFor(names))) service.addRule(name, rule);
	const escape = service.escape.bind(service);
	const escaped = (text: string) => MORE.reduce((one, [mark, plain]) => one.replace(mark, plain), escape(text));
	// What readers take for an address differs; in brackets it is one for all of them.
	service.escape = (text) =>
		text
			.split(ADDRESS)
			.map((part, index) => (index % 2 === 1 ? `<${part}>` : escaped(part)))
			.join('');
	return service;
}

/** Text of a code block: its lines may be elements or breaks. */
function preText(node: Dom): string {
	return Array.from(node.childNodes)
		.map((child, index, all) => {
			if (named(child, 'BR')) return '\n';
			if (child.nodeType !== 1) return child.textContent ?? '';
			const text = preText(child);
			return named(child, 'DIV', 'P') && index < all.length - 1 ? `${text}\n` : text;
		})
		.join('');
}
