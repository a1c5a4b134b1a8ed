import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';

export const DAV = 'DAV:';
export const CARDDAV = 'urn:ietf:params:xml:ns:carddav';
export const CALDAV = 'urn:ietf:params:xml:ns:caldav';
export const CALENDARSERVER = 'http://calendarserver.org/ns/';
export const APPLE = 'http://apple.com/ns/ical/';

/** An element as it came, its name resolved. */
export interface Element {
	ns: string;
	name: string;
	attributes: Record<string, string>;
	children: Element[];
	text: string;
}

/** A node for the builder. */
export type Node = Record<string, unknown>;

const PREFIXES: Record<string, string> = {
	[DAV]: '',
	[CARDDAV]: 'CR',
	[CALDAV]: 'C',
	[CALENDARSERVER]: 'CS',
	[APPLE]: 'ICAL',
};

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: '',
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	ignoreDeclaration: true,
	ignorePiTags: true,
});
const builder = new XMLBuilder({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });

/** The root element of a body; undefined: it is no XML. */
export function parseXml(text: string): Element | undefined {
	if (XMLValidator.validate(text) !== true) return undefined;
	const nodes = parser.parse(text) as Node[];
	return nodes.flatMap((node) => read(node, {}))[0];
}

function read(node: Node, scope: Record<string, string>): Element[] {
	const tag = Object.keys(node).find((key) => key !== ':@');
	if (tag === undefined || tag === '#text') return [];
	const given = (node[':@'] ?? {}) as Record<string, string>;
	const inner = { ...scope };
	for (const [name, value] of Object.entries(given)) {
		if (name === 'xmlns') inner[''] = value;
		else if (name.startsWith('xmlns:')) inner[name.slice(6)] = value;
	}
	const [prefix, name] = tag.includes(':') ? (tag.split(':', 2) as [string, string]) : ['', tag];
	const content = node[tag] as Node[];
	return [
		{
			ns: inner[prefix] ?? '',
			name,
			attributes: Object.fromEntries(Object.entries(given).filter(([key]) => !key.startsWith('xmlns'))),
			children: content.flatMap((child) => read(child, inner)),
			text: content.map((child) => String(child['#text'] ?? '')).join(''),
		},
	];
}

/** The first child of a name, in the given namespace. */
export const child = (element: Element | undefined, ns: string, name: string): Element | undefined =>
	element?.children.find((one) => one.ns === ns && one.name === name);

export const childrenOf = (element: Element | undefined, ns: string, name: string): Element[] =>
	element?.children.filter((one) => one.ns === ns && one.name === name) ?? [];

/** A node of the answer. Foreign namespaces are declared where they occur. */
export function node(
	ns: string,
	name: string,
	content: string | Node[] = [],
	attributes: Record<string, string> = {},
): Node {
	const prefix = PREFIXES[ns];
	const tag = prefix === undefined ? `X:${name}` : prefix === '' ? name : `${prefix}:${name}`;
	const all = prefix === undefined ? { 'xmlns:X': ns, ...attributes } : attributes;
	return {
		[tag]: typeof content === 'string' ? [{ '#text': content }] : content,
		...(Object.keys(all).length > 0 && { ':@': all }),
	};
}

/** A whole document; the root declares the usual namespaces. */
export function document(ns: string, name: string, content: Node[]): string {
	const known = Object.fromEntries(
		Object.entries(PREFIXES).map(([uri, prefix]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri]),
	);
	return `<?xml version='1.0' encoding='utf-8'?>\n${String(builder.build([node(ns, name, content, known)]))}`;
}

/** `{ns}name`: how properties are named in tables. */
export const clark = ({ ns, name }: Pick<Element, 'ns' | 'name'>): string => `{${ns}}${name}`;
