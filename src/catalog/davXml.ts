import type { DavRow } from '../core/dav';
import { isDsmError } from '../core/errors';
import { childOf, textOf, type XmlContent, type XmlElement } from '../core/xml';

export { childOf, childrenOf, textOf, type XmlContent } from '../core/xml';

/** Name of a property or element, with the prefix of its namespace: `d:getetag`. */
export type XmlName = Exclude<keyof XmlContent, `_${string}`>;

/** The properties that a PROPFIND asks for. */
export const propfind = (...names: XmlName[]): XmlContent => ({
	'd:propfind': { 'd:prop': Object.fromEntries(names.map((name) => [name, {}])) },
});

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
	const etag = textOf(props['d:getetag']);
	return etag === '' ? [] : [{ path, etag }];
}

/** Whether an element holds another. */
export const has = (element: XmlElement | undefined, name: XmlName): boolean => childOf(element, name) !== undefined;

/** The path within an element. */
export const hrefOf = (element: XmlElement | undefined): string | undefined =>
	textOf(childOf(element, 'd:href')) || undefined;

/** A part of a path in clear. */
export function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
