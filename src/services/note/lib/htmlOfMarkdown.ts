import { Meter } from '../../../core/budget';
import { MarkdownIt } from '../../../vendor/markdown';
import type { Picture } from './format';
import { htmlAmong } from './inlineHtml';
import { isSafeLink, keptHtml } from './noteHtml';
import { escapeHtml } from './plainText';

type Token = ReturnType<MarkdownIt['parse']>[number];
type StateBlock = InstanceType<MarkdownIt['block']['State']>;
type StateInline = InstanceType<MarkdownIt['inline']['State']>;

const GIF = 'webman/3rdparty/NoteStation/images/transparent.gif';
const BOX = 'syno-notestation-editor-checkbox';
const TASK = /^\[([ xX])\][ \u00a0]+/;
/** Reads what GitHub reads: tables, struck words, and addresses that stand alone. Addresses stay as they were written. */
const parser = new MarkdownIt({ html: true, breaks: true, linkify: true });
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
parser.validateLink = isSafeLink;
parser.normalizeLink = (url) => url;
// `[^1]: text` is a footnote, which a note has no form for: as the target of a link its text would be lost. The last rule makes paragraphs.
const paragraph = parser.block.ruler.getRules('').at(-1)!;
parser.block.ruler.before(
	'reference',
	'footnote',
	(state, line, last, silent) =>
		/^\[\^[^\]\n]+\]:/.test(state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line])) &&
		paragraph(state, line, last, silent),
);

/** Pieces of one text are counted: a thread that runs out of memory may take the program with it. */
interface Reading {
	pieces: Meter;
}

parser.block.State = class extends parser.block.State {
	override push(...given: Parameters<StateBlock['push']>): Token {
		(this.env as Reading).pieces.spend();
		return super.push(...given);
	}
};
parser.inline.State = class extends parser.inline.State {
	override push(...given: Parameters<StateInline['push']>): Token {
		(this.env as Reading).pieces.spend();
		return super.push(...given);
	}
};

/** Markup of a box to tick (notestation.md 13). */
export const checkbox = (checked: boolean): string =>
	`<input class="${BOX}${checked ? ` ${BOX}-checked` : ''}" src="${GIF}" type="image" />`;

/** Markup of a picture that is an attachment. */
export const pictureHtml = (ref: string): string =>
	`<img class=" syno-notestation-image-object" src="${GIF}" border="0" ref="${escapeHtml(ref)}" adjust="true" />`;

/** A piece of the document: a leaf, or a container with its children. */
interface Block {
	token: Token;
	children: Block[];
}

/** Markdown as the HTML of Note Station. HTML in it stays where a note may hold it and it is complete; other tags are shown as text. */
export function htmlOf(markdown: string, pictures: readonly Picture[]): string {
	return blocks(treeOf(parser.parse(markdown, { pieces: new Meter('pieces') } satisfies Reading)), pictures);
}

function treeOf(tokens: Token[]): Block[] {
	const roots: Block[] = [];
	const open: Block[][] = [roots];
	for (const token of tokens) {
		if (token.nesting === -1) {
			open.pop();
			continue;
		}
		const block: Block = { token, children: [] };
		open.at(-1)!.push(block);
		if (token.nesting === 1) open.push(block.children);
	}
	return roots;
}

type Draw = (block: Block, pictures: readonly Picture[]) => string;

const draw: Record<string, Draw> = {
	paragraph_open: ({ children }, pictures) => lines(inlineOf(children, pictures)),
	heading_open: ({ token, children }, pictures) => `<${token.tag}>${inlineOf(children, pictures)}</${token.tag}>`,
	blockquote_open: ({ children }, pictures) => `<blockquote>${blocks(children, pictures)}</blockquote>`,
	bullet_list_open: bullets,
	ordered_list_open: (list, pictures) => items('ol', list, pictures),
	fence: ({ token }) => code(token.content, token.info.trim().split(/\s+/)[0] ?? ''),
	code_block: ({ token }) => code(token.content, ''),
	hr: () => '<hr />',
	html_block: ({ token }) =>
		keptHtml(token.content.trim()) ?? lines(escapeHtml(token.content.trimEnd()).replaceAll('\n', BREAK)),
	table_open: (table, pictures) => tableOf(table, pictures),
};

const BREAK = '<br />';

/** Paragraphs are lines; an empty line stands between them (notestation.md 13). */
function blocks(all: Block[], pictures: readonly Picture[]): string {
	const isLine = ({ token }: Block) => token.type === 'paragraph_open';
	return all
		.map((block, index) => {
			const gap = index > 0 && isLine(block) && isLine(all[index - 1]!) ? '<div></div>' : '';
			return gap + (draw[block.token.type]?.(block, pictures) ?? blocks(block.children, pictures));
		})
		.join('');
}

const lines = (inline: string): string =>
	inline
		.split(BREAK)
		.map((line) => `<div>${line.trim()}</div>`)
		.join('');

/** One line per row of code, in a block that the editor of Note Station keeps. */
const code = (text: string, language: string): string =>
	`<pre${/^[\w+#.-]+$/.test(language) ? ` class="language-${language}"` : ''} style="font-family: monospace;">${escapeHtml(text.replace(/\n$/, '')).replace(/^\n/, '\n\n')}</pre>`;

const inlineOf = (children: Block[], pictures: readonly Picture[]): string =>
	children.map(({ token }) => inline(token.children ?? [], pictures)).join('');

const OPEN: Record<string, string> = { strong: '<b>', em: '<i>', s: '<span style="text-decoration: line-through;">' };
const CLOSE: Record<string, string> = { strong: '</b>', em: '</i>', s: '</span>' };

function inline(tokens: Token[], pictures: readonly Picture[]): string {
	const html = htmlAmong(tokens);
	return tokens
		.map((token) => {
			if (token.type === 'text') return escapeHtml(token.content);
			if (token.type === 'softbreak' || token.type === 'hardbreak') return BREAK;
			if (token.type === 'code_inline')
				return `<span style="font-family: monospace;">${escapeHtml(token.content)}</span>`;
			if (token.type === 'link_open') return `<a href="${escapeHtml(String(token.attrGet('href')))}">`;
			if (token.type === 'link_close') return '</a>';
			if (token.type === 'image') return image(token, pictures);
			if (token.type === 'html_inline') return html.get(token) ?? escapeHtml(token.content);
			return (token.nesting === 1 ? OPEN : CLOSE)[token.tag] ?? escapeHtml(token.content);
		})
		.join('');
}

/** `attachment:name` is a picture of the note; a name that it does not have stays readable as text. */
function image(token: Token, pictures: readonly Picture[]): string {
	const src = String(token.attrGet('src'));
	const alt = escapeHtml(token.content);
	if (!src.startsWith('attachment:')) return `<img src="${escapeHtml(src)}" alt="${alt}" />`;
	const name = decodeName(src.slice('attachment:'.length));
	return pictures.find((picture) => picture.name === name)?.html ?? escapeHtml(`![${token.content}](${src})`);
}

function decodeName(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The item's state when it is one to tick. */
const taskOf = ({ children }: Block): string | undefined => {
	const first = children[0];
	if (first?.token.type !== 'paragraph_open') return undefined;
	return TASK.exec(first.children[0]?.token.content ?? '')?.[1];
};

/** Takes `[ ]` off the text of an item. */
function withoutMark(item: Block): Block {
	const text = item.children[0]?.children[0]?.token.children?.[0];
	if (text) text.content = text.content.replace(/^\[[ xX]\][ \u00a0]*/, '');
	return item;
}

const isTask = (item: Block): boolean =>
	taskOf(item) !== undefined &&
	item.children.slice(1).every(({ token, children }) => token.type === 'bullet_list_open' && children.every(isTask));

/** Items to tick become lines of a checklist, also beside others in one list. */
function bullets(list: Block, pictures: readonly Picture[]): string {
	const runs: Block[][] = [];
	for (const item of list.children) {
		const last = runs.at(-1);
		if (last && isTask(last[0]!) === isTask(item)) last.push(item);
		else runs.push([item]);
	}
	return runs
		.map((children) => (isTask(children[0]!) ? checklist : itemList)({ ...list, children }, 0, pictures))
		.join('');
}

const itemList = (list: Block, _level: number, pictures: readonly Picture[]): string => items('ul', list, pictures);

/** Lines with boxes, 30 pixels further in for each level. */
function checklist(list: Block, level: number, pictures: readonly Picture[]): string {
	const indent = level > 0 ? ` style="padding-left: ${level * 30}px;"` : '';
	return list.children
		.map((item) => {
			const checked = taskOf(item) !== ' ';
			const [first, ...nested] = withoutMark(item).children;
			const below = nested.map((child) => checklist(child, level + 1, pictures)).join('');
			return `<div${indent}>${checkbox(checked)}${inlineOf(first!.children, pictures)}</div>${below}`;
		})
		.join('');
}

/** A nested list is a child of the list, not of the item (notestation.md 13). */
function items(tag: 'ul' | 'ol', list: Block, pictures: readonly Picture[]): string {
	const start = tag === 'ol' ? Number(list.token.attrGet('start') ?? 1) : 1;
	const rows = list.children.map((item) => {
		const mark = taskOf(item);
		const box = mark === undefined ? '' : checkbox(mark !== ' ');
		const { children } = mark === undefined ? item : withoutMark(item);
		const isList = ({ token }: Block) => /_list_open$/.test(token.type);
		const body = children.filter((child) => !isList(child)).map((child) => part(child, pictures));
		const nested = children
			.filter(isList)
			.map((child) => items(child.token.tag === 'ol' ? 'ol' : 'ul', child, pictures));
		return `<li>${box}${body.join(BREAK)}</li>${nested.join('')}`;
	});
	return `<${tag}${start === 1 ? '' : ` start="${start}"`}>${rows.join('')}</${tag}>`;
}

const part = (block: Block, pictures: readonly Picture[]): string =>
	block.token.type === 'paragraph_open' ? inlineOf(block.children, pictures) : blocks([block], pictures);

function tableOf(table: Block, pictures: readonly Picture[]): string {
	const rows = table.children.flatMap(({ token, children }) =>
		children.flatMap((row) => {
			const isHead = token.type === 'thead_open';
			const cells = row.children.map(({ children: cell }) => inlineOf(cell, pictures));
			// A table without a head has an empty one in Markdown.
			if (isHead && table.children.length > 1 && cells.every((text) => text === '')) return [];
			return `<tr>${cells.map((text) => `<td>${isHead && text !== '' ? `<b>${text}</b>` : text}</td>`).join('')}</tr>`;
		}),
	);
	return `<div><table style="width: 100%;"><tbody>${rows.join('')}</tbody></table></div>`;
}
