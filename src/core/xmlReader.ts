import { Meter } from './budget';
import { inSlices } from './turns';
import { nameIn, type Names, type XmlElement } from './xml';

/** An element that is not closed yet. */
interface Open {
	/** As written. */
	tag: string;
	element: XmlElement;
	names: Names;
}

/** Tags after which others may come to their turn. */
const SLICE = 500;
const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*(?::[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*)?/uy;
const SPACE = /[ \t\r\n]*/y;
const ASSIGNED = /[ \t\r\n]*=[ \t\r\n]*(?="|')/y;

/** What a document is no longer XML by. */
export class XmlFault extends Error {}

const fault = (what: string): never => {
	throw new XmlFault(what);
};

/**
 * The root element of a document. Throws when it is not well-formed or not closed: half an answer is none; and the error of a budget
 * when it is too large or too deep. Others come to their turn meanwhile.
 */
export const readXml = async (text: string): Promise<XmlElement> => await inSlices(elementsOf(text));

/**
 * Reads a document of XML 1.0 with namespaces in one pass, in slices. Throws XmlFault when it is not well-formed or not closed, also for
 * a document type, which no DAV server sends and which could define entities; and the error of a budget when it is too large or too deep.
 */
function* elementsOf(text: string): Generator<void, XmlElement, undefined> {
	const counted = new Meter('elements');
	const levels = new Meter('depth');
	const stack: Open[] = [];
	let root: XmlElement | undefined;
	let tags = 0;
	for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length;) {
		const start = text.indexOf('<', at);
		const end = start < 0 ? text.length : start;
		const open = stack.at(-1);
		if (end > at) {
			const between = text.slice(at, end);
			if (open) open.element.text += yield* plainly(between);
			else if (/[^ \t\r\n]/.test(between)) fault('text outside of the root');
		}
		if (start < 0) break;
		if (++tags % SLICE === 0) yield;
		const sign = text[start + 1];
		if (sign === '!' || sign === '?') at = afterOther(text, start, open);
		else if (sign === '/') {
			if (!open) fault('an end without a beginning');
			at = afterName(text, start + 2, open!.tag);
			stack.pop();
			levels.spent -= 1;
		} else {
			if (!open && root) fault('a second root');
			counted.spend();
			const { next, closed, ...one } = yield* openTag(text, start + 1, open?.names ?? NONE);
			if (open) open.element.children.push(one.element);
			else root = one.element;
			at = next;
			if (closed) continue;
			levels.spend();
			stack.push(one);
		}
	}
	if (stack.length > 0 || !root) fault('not closed');
	return root!;
}

const NONE: Names = { '': '', xml: 'http://www.w3.org/XML/1998/namespace' };

/** Place after a comment, CDATA or instruction; CDATA is text. */
function afterOther(text: string, start: number, open: Open | undefined): number {
	const [begin, end] = (
		[
			['<!--', '-->'],
			['<![CDATA[', ']]>'],
			['<?', '?>'],
		] as const
	).find(([mark]) => text.startsWith(mark, start)) ?? ['', ''];
	const close = begin === '' ? -1 : text.indexOf(end, start + begin.length);
	if (close < 0 || (begin === '<![CDATA[' && !open)) fault('a declaration, or one that does not end');
	if (begin === '<![CDATA[') open!.element.text += lines(text.slice(start + begin.length, close));
	return close + end.length;
}

function afterName(text: string, from: number, tag: string): number {
	if (!text.startsWith(tag, from)) fault('an end of another element');
	const at = skip(SPACE, text, from + tag.length);
	return text[at] === '>' ? at + 1 : fault('an end that does not end');
}

function skip(pattern: RegExp, text: string, from: number): number {
	pattern.lastIndex = from;
	pattern.test(text);
	return Math.max(from, pattern.lastIndex);
}

type Tag = Open & { next: number; closed: boolean };

function* openTag(text: string, from: number, outer: Names): Generator<void, Tag, undefined> {
	let at = skip(NAME, text, from);
	const tag = text.slice(from, at);
	if (tag === '') fault('no name');
	const given = new Map<string, string>();
	for (;;) {
		const space = skip(SPACE, text, at);
		const closed = text[space] === '/';
		if (closed || text[space] === '>') {
			if (closed && text[space + 1] !== '>') fault('a tag that does not end');
			const names = namesOf(given, outer);
			const attributes = Object.fromEntries([...given].filter(([name]) => !/^xmlns(:|$)/.test(name)));
			const element = { name: nameIn(tag, names), attributes, children: [], text: '' };
			return { tag, element, names, next: space + (closed ? 2 : 1), closed };
		}
		const end = skip(NAME, text, space);
		const quote = skip(ASSIGNED, text, end);
		const name = text.slice(space, end);
		const close = quote === end ? -1 : text.indexOf(text[quote]!, quote + 1);
		if (space === at || name === '' || close < 0 || given.has(name)) fault('an attribute that is none');
		const value = text.slice(quote + 1, close);
		if (value.includes('<')) fault('an attribute that holds a tag');
		given.set(name, yield* plainly(value.replace(/[\t\r\n]/g, ' ')));
		at = close + 1;
	}
}

/** Namespaces by prefix within an element. */
function namesOf(given: ReadonlyMap<string, string>, outer: Names): Names {
	const own = [...given].filter(([name]) => /^xmlns(:|$)/.test(name));
	return own.length === 0 ? outer : { ...outer, ...Object.fromEntries(own.map(([name, uri]) => [name.slice(6), uri])) };
}

const lines = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const NO_ENTITY = /&(?!(?:#x[0-9a-f]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);)/i;

/** Characters of a text after which others may come to their turn. */
const PIECE = 50_000;
/** The longest entity, `&#1114111;` with room for zeros. */
const ENTITY = 12;

/** A text with its entities replaced, in slices: a single one may be as long as the whole answer. */
function* plainly(text: string): Generator<void, string, undefined> {
	if (text.length <= PIECE) return plain(text);
	const pieces: string[] = [];
	for (let at = 0; at < text.length;) {
		let end = Math.min(text.length, at + PIECE);
		if (end < text.length) {
			// Neither an entity nor a line break is cut in two.
			const entity = text.slice(end - ENTITY, end).lastIndexOf('&');
			if (entity >= 0) end += entity - ENTITY;
			if (text[end - 1] === '\r') end -= 1;
		}
		pieces.push(plain(text.slice(at, end)));
		at = end;
		yield;
	}
	return pieces.join('');
}

/** Text with its entities replaced. */
function plain(text: string): string {
	if (!text.includes('&')) return lines(text);
	// First, since a replacement looks for all of them before it begins.
	if (NO_ENTITY.test(text)) fault('an unknown entity');
	return lines(text).replace(/&(?:#x(\w+)|#(\d+)|(\w+));/g, (_, hex?: string, digits?: string, name?: string) =>
		name !== undefined ? named(name) : character(hex === undefined ? Number(digits) : parseInt(hex, 16)),
	);
}

const named = (name: string): string => ENTITIES[name] ?? fault('an unknown entity');

const character = (code: number): string =>
	code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : fault('no character');
