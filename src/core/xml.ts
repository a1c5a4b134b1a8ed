import type { Element, Node } from '../vendor/xml';
import { keepMarkupBudget } from './markup';

/** Loaded when the first answer is read: most connections never ask over DAV. */
const vendor = () => require('../vendor/xml') as typeof import('../vendor/xml');

/** The namespaces of CardDAV and CalDAV, by the prefixes that this client writes and names properties by. */
const NAMESPACES = {
	d: 'DAV:',
	card: 'urn:ietf:params:xml:ns:carddav',
	cal: 'urn:ietf:params:xml:ns:caldav',
	cs: 'http://calendarserver.org/ns/',
	ical: 'http://apple.com/ns/ical/',
} as const;

/** An element to be written, by its name: `{ 'd:prop': { 'd:getetag': {} } }`. A list writes several of one name. */
export type XmlContent = {
	readonly [name: `${keyof typeof NAMESPACES}:${string}`]: XmlContent | readonly XmlContent[];
	readonly _attributes?: Readonly<Record<string, string>>;
	readonly _text?: string;
};

/** An XML document with one root element. */
export function writeXml(root: XmlContent): string {
	const body = written(root);
	const used = Object.entries(NAMESPACES).filter(([prefix]) => body.includes(`<${prefix}:`));
	const names = used.map(([prefix, namespace]) => ` xmlns:${prefix}="${namespace}"`).join('');
	return `<?xml version="1.0" encoding="utf-8"?>${body.replace(/^<[\w:-]+/, (start) => start + names)}`;
}

function written({ _attributes, _text = '', ...elements }: XmlContent): string {
	const inner = Object.entries(elements).flatMap(([name, content]) =>
		(isList(content) ? content : [content as XmlContent]).map((one) => {
			const text = written(one);
			const head = Object.entries(one._attributes ?? {}).map(([key, value]) => ` ${key}="${escaped(value)}"`);
			return `<${name}${head.join('')}${text === '' ? '/>' : `>${text}</${name}>`}`;
		}),
	);
	return escaped(_text) + inner.join('');
}

const isList = (content: unknown): content is readonly XmlContent[] => Array.isArray(content);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };
const escaped = (text: string): string => text.replace(/[&<>"\r]/g, (sign) => ENTITIES[sign]!);

/** An element as it came. Its name has the prefix of `NAMESPACES`, whatever the server wrote; others are `{namespace}name`. */
export interface XmlElement {
	name: string;
	attributes: Record<string, string>;
	children: XmlElement[];
	/** Text directly within it. */
	text: string;
}

const PREFIXES = new Map<string, string>(Object.entries(NAMESPACES).map(([prefix, namespace]) => [namespace, prefix]));

/**
 * The root element of a document. Throws when it is not well-formed or not closed: half an answer is none; and the error of a budget
 * when it is too large or too deep.
 */
export function readXml(text: string): XmlElement {
	keepMarkupBudget(text, 'elements');
	const { DOMParser, onWarningStopParsing } = vendor();
	const parser = new DOMParser({ onError: onWarningStopParsing, locator: false });
	return elementOf(parser.parseFromString(text.replace(/^\uFEFF/, ''), 'text/xml').documentElement!);
}

function elementOf(element: Element): XmlElement {
	const children: XmlElement[] = [];
	let text = '';
	for (let node: Node | null = element.firstChild; node; node = node.nextSibling) {
		if (node.nodeType === ELEMENT) children.push(elementOf(node as Element));
		else if (node.nodeType === TEXT || node.nodeType === CDATA) text += node.nodeValue ?? '';
	}
	const attributes = [...element.attributes].filter(({ name }) => !/^xmlns(:|$)/.test(name));
	return {
		name: nameOf(element),
		attributes: Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
		children,
		text,
	};
}

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

function nameOf({ namespaceURI, localName, nodeName }: Element): string {
	const prefix = PREFIXES.get(namespaceURI ?? '');
	const name = localName ?? nodeName;
	return prefix === undefined ? `{${namespaceURI ?? ''}}${name}` : `${prefix}:${name}`;
}

/** The first child of a name. */
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
	element?.children.find((child) => child.name === name);

/** All children of a name. */
export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
	element?.children.filter((child) => child.name === name) ?? [];

/** Text of an element; empty where it has none or is missing. */
export const textOf = (element: XmlElement | undefined): string => element?.text.trim() ?? '';
