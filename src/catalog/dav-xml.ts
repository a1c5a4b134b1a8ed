import type { DavRow, DavXml } from '../core/dav';
import { isDsmError } from '../core/errors';

const NAMESPACES = {
	'xmlns:d': 'DAV:',
	'xmlns:card': 'urn:ietf:params:xml:ns:carddav',
	'xmlns:cal': 'urn:ietf:params:xml:ns:caldav',
	'xmlns:cs': 'http://calendarserver.org/ns/',
	'xmlns:ical': 'http://apple.com/ns/ical/',
};
/** An XML document: `xml('d:propfind', { 'd:prop': … })`. */
export function xml(root: string, content: DavXml): DavXml {
	const names = JSON.stringify({ [root]: content });
	const used = Object.entries(NAMESPACES).filter(([name]) => names.includes(`"${name.slice('xmlns:'.length)}:`));
	return { [root]: { _attributes: Object.fromEntries(used), ...content } };
}

/** The properties that a PROPFIND asks for. */
export const propfind = (...names: string[]): DavXml =>
	xml('d:propfind', { 'd:prop': Object.fromEntries(names.map((name) => [name, {}])) });

/** Whether the error is this HTTP status. */
export const isStatus = (error: unknown, ...statuses: number[]): boolean =>
	isDsmError(error) && statuses.includes(error.details.httpStatus ?? 0);

/** A card or an event with its version. */
export interface DavMember {
	path: string;
	etag: string;
}

/** The member that a row is; none where it has no version. */
export function memberOf({ path, props }: DavRow): DavMember[] {
	const etag = textOf(props.getetag);
	return etag === '' ? [] : [{ path, etag }];
}

/** Whether an element holds another. */
export const has = (element: unknown, name: string): boolean =>
	typeof element === 'object' && element !== null && name in element;
/** Elements of one name, however many there are. */
export const listOf = (value: unknown): unknown[] =>
	value === undefined ? [] : Array.isArray(value) ? value : [value];
/** The path within an element. */
export const hrefOf = (element: unknown): string | undefined =>
	textOf((element as DavXml | undefined)?.href) || undefined;

/** Text of an element; elements without one give an empty object. */
export const textOf = (value: unknown): string =>
	typeof value === 'string'
		? value
		: typeof value === 'object' && value !== null
			? textOf((value as DavXml)._text)
			: '';

/** A part of a path in clear. */
export function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
