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

/** Namespaces by prefix; '' is that of names without one. */
export type Names = Readonly<Record<string, string>>;

/** Name of an element as this client calls it. A prefix that stands for nothing has no namespace. */
export function nameIn(tag: string, names: Names): string {
	const colon = tag.indexOf(':');
	const namespace = names[colon < 0 ? '' : tag.slice(0, colon)] ?? '';
	const local = tag.slice(colon + 1);
	const prefix = PREFIXES.get(namespace);
	return prefix === undefined ? `{${namespace}}${local}` : `${prefix}:${local}`;
}

/** The first child of a name. */
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
	element?.children.find((child) => child.name === name);

/** All children of a name. */
export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
	element?.children.filter((child) => child.name === name) ?? [];

/** Text of an element; empty where it has none or is missing. */
export const textOf = (element: XmlElement | undefined): string => element?.text.trim() ?? '';
