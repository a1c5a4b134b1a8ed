import { keepMarkupBudget } from '../../../core/markup';
import { Turndown } from '../../../vendor/markdown';

/** Marks for what only the text as a whole can decide: a line that ends in a break, and a line of a checklist. */
const LINE = '\uE000';
const TASK = '\uE001';

/** As much of the DOM as the rules look at. */
interface Dom {
	nodeName: string;
	nodeType: number;
	textContent: string | null;
	parentNode: Dom | null;
	childNodes: ArrayLike<Dom>;
	previousSibling: Dom | null;
	getAttribute: (name: string) => string | null;
}

const dom = (node: unknown): Dom => node as Dom;
const styleOf = (node: Dom): string => node.getAttribute('style') ?? '';
const named = (node: Dom, ...names: string[]): boolean => names.includes(node.nodeName);
const elements = (node: Dom): Dom[] => Array.from(node.childNodes).filter(({ nodeType }) => nodeType === 1);
const isBox = (node: Dom): boolean =>
	named(node, 'INPUT') && /syno-notestation-editor-checkbox/.test(node.getAttribute('class') ?? '');
const isChecked = (node: Dom): boolean => /checkbox-checked/.test(node.getAttribute('class') ?? '');
const firstOf = (node: Dom): Dom | undefined =>
	Array.from(node.childNodes).find(({ nodeType, textContent }) => nodeType === 1 || textContent?.trim());
const BLOCKS = ['DIV', 'P', 'UL', 'OL', 'TABLE', 'PRE', 'BLOCKQUOTE', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'HR'];
const holdsBlocks = (node: Dom): boolean => elements(node).some((child) => named(child, ...BLOCKS));

/** Elements that end by themselves, or where the next one of them begins: however many follow each other, they do not nest. */
const FLAT: ReadonlySet<string> = new Set(
	'area base br col embed hr img input link meta source track wbr p li td th tr tbody thead tfoot dd dt option'.split(
		' ',
	),
);

/**
 * HTML of a note as Markdown. `known`: file names by the `ref` of pictures. Throws the error of a budget when the note is nested too
 * deeply or holds too many elements: whoever shares a note writes its HTML.
 */
export function markdownOf(html: string, known: Readonly<Record<string, string>>): string {
	keepMarkupBudget(html, 'noteElements', { flat: FLAT });
	return serviceFor(known)
		.turndown(html.replace(/<div[^<>]*>(?:&nbsp;|<br\s*\/?>|\s)*<\/div>/g, '<div></div>'))
		.replace(new RegExp(`(${TASK}[^\n]*)\n{2,}(?=${TASK})`, 'g'), '$1\n')
		.replace(new RegExp(`${LINE}\n(?=\n|$)`, 'g'), '\n')
		.replace(new RegExp(`${LINE}\n`, 'g'), '  \n')
		.replace(new RegExp(`[${LINE}${TASK}]`, 'g'), '')
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

const rulesFor = (names: Readonly<Record<string, string>>): Record<string, Turndown.Rule> => ({
	checkbox: { filter: (node) => isBox(dom(node)), replacement: (_, node) => (isChecked(dom(node)) ? '[x] ' : '[ ] ') },
	line: {
		filter: (node) => named(dom(node), 'DIV', 'P') && !holdsBlocks(dom(node)) && !isInCell(dom(node)),
		replacement: (content, node) =>
			named(dom(node), 'P')
				? `\n\n${content.trim()}\n\n`
				: content.trim() === ''
					? '\n\n'
					: `${content.trim()}${LINE}\n`,
	},
	// Rules that come later are asked first.
	task: {
		filter: (node) => named(dom(node), 'DIV') && firstOf(dom(node)) !== undefined && isBox(firstOf(dom(node))!),
		replacement: (content, node) => {
			const pixels = Number(/padding-left:\s*(\d+)/.exec(styleOf(dom(node)))?.[1] ?? 0);
			const lines = content.trim().split('\n');
			return `\n\n${TASK}${'  '.repeat(Math.round(pixels / 30))}- ${lines.join(' ')}\n\n`;
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
			const text = content
				.trim()
				.replaceAll(`${LINE}\n`, '  \n')
				.replaceAll('\n', `\n${' '.repeat(mark.length)}`)
				.replace(/[ ]+$/gm, (end) => (end.length === 2 ? end : ''));
			return `${mark}${text}\n`;
		},
	},
	struck: {
		filter: (node) =>
			named(dom(node), 'DEL', 'S', 'STRIKE') || (named(dom(node), 'SPAN') && /line-through/.test(styleOf(dom(node)))),
		replacement: (content) => (content.trim() === '' ? content : `~~${content}~~`),
	},
	code: {
		filter: (node) =>
			named(dom(node), 'SPAN') && /font-family:[^;]*(?:mono|courier|consolas)/i.test(styleOf(dom(node))),
		replacement: (_, node) => {
			const text = dom(node).textContent ?? '';
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
			return `\n\n${marks}${language}\n${text}\n${marks}\n\n`;
		},
	},
	kept: {
		filter: ['u', 'sub', 'sup'],
		replacement: (content, node) => {
			const tag = dom(node).nodeName.toLowerCase();
			return content === '' ? '' : `<${tag}>${content}</${tag}>`;
		},
	},
	picture: {
		filter: (node) => named(dom(node), 'IMG') && Boolean(dom(node).getAttribute('ref')),
		replacement: (_, node) => {
			const ref = dom(node).getAttribute('ref') ?? '';
			const name = names[ref] ?? decodedRef(ref);
			return `![${name.replace(/[[\]]/g, '')}](attachment:${encodeURIComponent(name)})`;
		},
	},
	video: {
		filter: (node) => named(dom(node), 'IFRAME'),
		replacement: (_, node) => `[Video](${dom(node).getAttribute('anchorhref') || dom(node).getAttribute('src')})`,
	},
	cell: {
		filter: ['td', 'th'],
		replacement: (content, node) => {
			const text = content
				.trim()
				.replaceAll(LINE, '')
				.replace(/\s*\n+\s*/g, '<br>')
				.replace(/(?<!\\)\|/g, '\\|');
			const isHead = isFirstRow(dom(node).parentNode!);
			return ` ${isHead ? text.replace(/^\*\*((?:[^*]|\*(?!\*))*)\*\*$/, '$1') : text} |`;
		},
	},
	row: {
		filter: 'tr',
		replacement: (content, node) => {
			const under = isFirstRow(dom(node)) ? `\n|${' --- |'.repeat(elements(dom(node)).length)}` : '';
			return `\n|${content}${under}`;
		},
	},
	table: { filter: 'table', replacement: (content) => `\n\n${content.trim()}\n\n` },
	body: { filter: ['tbody', 'thead', 'tfoot'], replacement: (content) => content },
});

/** What text must not look like and Turndown lets through: tags, entities, tables, struck words, and lists or headings without text. */
const MORE: readonly (readonly [RegExp, string])[] = [
	[/<(?=[a-z/!?])/gi, '\\<'],
	[/&(?=#?\w+;)/g, '\\&'],
	[/(?<!\\)\|/g, '\\|'],
	[/(?<!\\)~(?=~)/g, '\\~'],
	[/^([+#]{1,6})$/, '\\$1'],
	[/^(\d+)\.$/, '$1\\.'],
	[/^(\d+)\)(?=\s|$)/, '$1\\)'],
];

function serviceFor(names: Readonly<Record<string, string>>): Turndown {
	const service = new Turndown({
		headingStyle: 'atx',
		hr: '---',
		bulletListMarker: '-',
		codeBlockStyle: 'fenced',
		emDelimiter: '_',
	});
	for (const [name, rule] of Object.entries(rulesFor(names))) service.addRule(name, rule);
	const escape = service.escape.bind(service);
	service.escape = (text) => MORE.reduce((escaped, [mark, plain]) => escaped.replace(mark, plain), escape(text));
	return service;
}

function markerOf(item: Dom): string {
	const list = item.parentNode;
	if (!list || !named(list, 'OL')) return '- ';
	return `${Number(list.getAttribute('start') ?? 1) + (positionsIn(list).get(item) ?? 0)}. `;
}

/** Made once for each list: looked up item by item, a long list would take time by the square of its length. */
const positions = new WeakMap<Dom, Map<Dom, number>>();

function positionsIn(list: Dom): Map<Dom, number> {
	const items = () => elements(list).filter((child) => named(child, 'LI'));
	const known = positions.get(list) ?? new Map(items().map((item, position) => [item, position]));
	positions.set(list, known);
	return known;
}

function isInCell(node: Dom): boolean {
	for (let at = node.parentNode; at; at = at.parentNode) if (named(at, 'TD', 'TH')) return true;
	return false;
}

function isFirstRow(row: Dom): boolean {
	let table = row.parentNode;
	while (table && !named(table, 'TABLE')) table = table.parentNode;
	return table !== null && firstRowOf(table) === row;
}

/** The first row, within the sections of a table or directly. */
function firstRowOf(node: Dom): Dom | undefined {
	for (let index = 0; index < node.childNodes.length; index++) {
		const child = node.childNodes[index]!;
		const found = named(child, 'TR') ? child : child.nodeType === 1 ? firstRowOf(child) : undefined;
		if (found) return found;
	}
	return undefined;
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
