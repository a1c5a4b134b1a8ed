import { tagsIn } from '../../../core/markup';
import type { Dom } from './noteDom';

/** Elements that Note Station writes and Markdown has no form for (notestation.md 13), with what a browser takes for them. */
const KEPT = new Set(
	'a b blockquote br code col colgroup del div em h1 h2 h3 h4 h5 h6 hr i iframe img input li ol p pre s span strike strong sub sup table tbody td tfoot th thead tr u ul'.split(
		' ',
	),
);
const VOID = new Set(['br', 'col', 'hr', 'img', 'input']);
const ATTRIBUTES = new Set(
	'adjust align alt anchorhref border chart-config chart-data class colspan height href ref rowspan src start style type width youtube'.split(
		' ',
	),
);
/** What runs code when it is shown, or fetches it. */
const ACTIVE = /^[\s\p{Cc}]*(?:javascript|vbscript|data)\s*:/iu;
const VIDEO = /^https:\/\/(?:www\.)?(?:youtube(?:-nocookie)?\.com|player\.vimeo\.com)\//i;

/** Whether an address may stand in a note: none that is a program. */
export const isSafeLink = (href: string): boolean =>
	!ACTIVE.test(href) || /^data:image\/(?:gif|png|jpeg|webp);/i.test(href);

function isKeptValue(tag: string, name: string, value: string): boolean {
	if (!ATTRIBUTES.has(name)) return false;
	if (name === 'style') return !/url\s*\(|expression|javascript|@import/i.test(value);
	if (tag === 'iframe' && name === 'src') return VIDEO.test(value);
	return !/^(?:href|src|anchorhref)$/.test(name) || isSafeLink(value);
}

const TAG = /^<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>$/i;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

export interface KeptTag {
	name: string;
	kind: 'open' | 'close' | 'empty';
	/** As it may stand in a note. */
	text: string;
}

/** A tag as it may stand in a note, without attributes that it does not take; undefined: it may not. */
export function keptTag(text: string): KeptTag | undefined {
	const [, slash, written = '', attributes = ''] = TAG.exec(text) ?? [];
	const name = written.toLowerCase();
	if (!KEPT.has(name)) return undefined;
	if (slash) return { name, kind: 'close', text: `</${name}>` };
	const kept = [...attributes.matchAll(ATTRIBUTE)]
		.map(([, key = '', ...values]) => [key.toLowerCase(), values.find((value) => value !== undefined) ?? ''] as const)
		.filter(([key, value]) => isKeptValue(name, key, value));
	if (name === 'iframe' && !kept.some(([key]) => key === 'src')) return undefined;
	const head = kept.map(([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`).join('');
	const isEmpty = VOID.has(name);
	return { name, kind: isEmpty ? 'empty' : 'open', text: `<${name}${head}${isEmpty ? ' />' : '>'}` };
}

/** HTML that somebody wrote, as it may stand in a note; undefined: it holds a tag that may not, or one that does not end. */
export function keptHtml(text: string): string | undefined {
	const open: string[] = [];
	const parts: string[] = [];
	let at = 0;
	for (const { from, to } of tagsIn(text)) {
		const tag = keptTag(text.slice(from, to));
		if (!tag || (tag.kind === 'close' && open.pop() !== tag.name)) return undefined;
		if (tag.kind === 'open') open.push(tag.name);
		parts.push(plain(text.slice(at, from)), tag.text);
		at = to;
	}
	return open.length > 0 ? undefined : parts.join('') + plain(text.slice(at));
}

/** Between tags only entities have a meaning. */
const plain = (text: string): string => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const attribute = (value: string): string =>
	value
		.replaceAll('&', '&amp;')
		.replaceAll('"', '&quot;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replace(/\s/g, ' ');

/** The opening tag of an element, with the attributes that stay. */
export function openTag(node: Dom): string {
	const name = node.nodeName.toLowerCase();
	const head = Array.from(node.attributes)
		.filter((one) => isKeptValue(name, one.name.toLowerCase(), one.value))
		.map((one) => ` ${one.name.toLowerCase()}="${attribute(one.value)}"`);
	return `<${name}${head.join('')}${VOID.has(name) ? ' />' : '>'}`;
}

/** An element in one line of HTML, since an empty line would end it in Markdown. Of elements that do not stay their content does. */
export function htmlOfNode(node: Dom, isPre = false): string {
	if (node.nodeType === 3) return textOfNode(node.textContent ?? '', isPre);
	if (node.nodeType !== 1) return '';
	const name = node.nodeName.toLowerCase();
	if (name === 'script' || name === 'style') return '';
	const inner = Array.from(node.childNodes)
		.map((child) => htmlOfNode(child, isPre || name === 'pre'))
		.join('');
	const isKept = KEPT.has(name) && (name !== 'iframe' || VIDEO.test(node.getAttribute('src') ?? ''));
	if (!isKept) return inner;
	return VOID.has(name) ? openTag(node) : `${openTag(node)}${inner}</${name}>`;
}

function textOfNode(text: string, isPre: boolean): string {
	const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return isPre ? escaped.replace(/\r\n|\r|\n/g, '&#10;') : escaped.replace(/[\r\n\t ]+/g, ' ');
}
