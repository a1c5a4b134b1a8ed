import type { DavRow } from '../core/dav';
import type { Dsm } from '../core/dsm';
import { DsmApiError, DsmProtocolError, isDsmError } from '../core/errors';
import type { XmlElement } from '../core/xml';
import {
	childrenOf,
	decoded,
	has,
	hrefOf,
	isStatus,
	memberOf,
	propfind,
	textOf,
	type DavMember,
	type XmlContent,
	type XmlName,
} from './davXml';

export { isStatus, type DavMember } from './davXml';

export type DavKind = 'carddav' | 'caldav';

/** An address book or a calendar. */
export interface DavCollection {
	/** Path with a slash at the end; it is the identity of the collection. */
	path: string;
	/** Last part of the path. */
	uri: string;
	name: string;
	description?: string;
	color?: string;
	/** Changes with each change of a member. */
	ctag?: string;
	syncToken?: string;
	writable: boolean;
	/** Components of a calendar: VEVENT, VTODO. */
	components: string[];
}

/** A card or an event with its version. */
export interface DavObject extends DavMember {
	data: string;
}

const KINDS = {
	carddav: {
		type: 'card:addressbook',
		home: 'card:addressbook-home-set',
		data: 'card:address-data',
		multiget: 'card:addressbook-multiget',
		query: 'card:addressbook-query',
		filter: 'card:filter',
		more: ['card:addressbook-description'],
	},
	caldav: {
		type: 'cal:calendar',
		home: 'cal:calendar-home-set',
		data: 'cal:calendar-data',
		multiget: 'cal:calendar-multiget',
		query: 'cal:calendar-query',
		filter: 'cal:filter',
		more: ['cal:supported-calendar-component-set', 'cal:calendar-description', 'ical:calendar-color'],
	},
} as const satisfies Record<DavKind, Record<string, XmlName | readonly XmlName[]>>;

/** Cards or events that one request asks for (contacts.md 8.2). */
const BATCH = 50;

/**
 * The address books or calendars of the account. The path that the package is known to use is asked first, since one request is
 * enough then; where nothing is there, the home is discovered as the standards say, and kept (contacts.md 8.1, calendar.md 8).
 */
export async function collectionsOf(dsm: Dsm, kind: DavKind): Promise<DavCollection[]> {
	const key = `dav.home.${kind}`;
	const usual = `/${kind}/${encodeURIComponent(dsm.account)}/`;
	const known = dsm.memory.get(key) as string | undefined;
	const first = await attempt(dsm, kind, known ?? usual);
	if (Array.isArray(first) && (first.length > 0 || known !== undefined)) return first;
	const home = await discoverHome(dsm, kind).catch((reason: unknown) => {
		if (isStatus(reason, 403) && !Array.isArray(first)) throw first;
		if (!isStatus(reason, 404, 405) && !(isDsmError(reason) && reason.code === 'protocol')) throw reason;
		if (Array.isArray(first)) return usual;
		throw isStatus(reason, 404, 405) ? first : reason;
	});
	dsm.memory.set(key, home);
	return Array.isArray(first) && home === usual ? first : await collectionsIn(dsm, kind, home);
}

/** The error, where it may say that nothing is there. */
async function attempt(dsm: Dsm, kind: DavKind, home: string): Promise<DavCollection[] | Error> {
	try {
		return await collectionsIn(dsm, kind, home);
	} catch (error) {
		// Radicale forbids what is not the account's own, also where nothing is.
		if (isStatus(error, 403, 404, 405)) return error as Error;
		throw error;
	}
}

async function collectionsIn(dsm: Dsm, kind: DavKind, home: string): Promise<DavCollection[]> {
	const usual = [
		'd:displayname',
		'd:resourcetype',
		'd:sync-token',
		'd:current-user-privilege-set',
		'cs:getctag',
	] as const;
	const body = propfind(...usual, ...KINDS[kind].more);
	const { rows } = await dsm.dav({ method: 'PROPFIND', path: home, depth: '1', body });
	return rows.filter(({ props }) => has(props['d:resourcetype'], KINDS[kind].type)).map(collectionOf);
}

function collectionOf({ path, props }: DavRow): DavCollection {
	const folder = path.endsWith('/') ? path : `${path}/`;
	const uri = decoded(folder.split('/').at(-2) ?? '');
	const text = (name: XmlName) => textOf(props[name]);
	const description = text('card:addressbook-description') || text('cal:calendar-description');
	const [color, ctag, syncToken] = [text('ical:calendar-color'), text('cs:getctag'), text('d:sync-token')];
	const components = childrenOf(props['cal:supported-calendar-component-set'], 'cal:comp');
	return {
		path: folder,
		uri,
		name: text('d:displayname') || uri,
		writable: isWritable(props['d:current-user-privilege-set']),
		components: components.map(({ attributes }) => attributes['name'] ?? ''),
		...(description !== '' && { description }),
		...(color !== '' && { color }),
		...(ctag !== '' && { ctag }),
		...(syncToken !== '' && { syncToken }),
	};
}

/** A server that does not tell privileges is taken at its word when it refuses. */
function isWritable(privileges: XmlElement | undefined): boolean {
	const granted = childrenOf(privileges, 'd:privilege');
	const writing = ['d:write', 'd:write-content', 'd:all', 'd:bind'] as const;
	return granted.length === 0 || granted.some((one) => writing.some((name) => has(one, name)));
}

/** Folder of the address books or calendars, by way of the well-known address and the principal. */
export async function discoverHome(dsm: Dsm, kind: DavKind): Promise<string> {
	const { home } = KINDS[kind];
	const ask = async (path: string) =>
		await dsm.dav({ method: 'PROPFIND', path, depth: '0', body: propfind('d:current-user-principal', home) });
	const first = await ask(`/.well-known/${kind}`).catch((error: unknown) => {
		if (!isStatus(error, 404, 405)) throw error;
		return ask(`/${kind}/`);
	});
	// An address may be whole (RFC 4918, 8.3): that of this NAS is known, another is not asked.
	const origin = new URL(dsm.url).origin;
	const pathIn = (element: XmlElement | undefined) => {
		const href = hrefOf(element);
		return href?.startsWith(`${origin}/`) ? href.slice(origin.length) : href;
	};
	const homeOf = (rows: DavRow[]) => pathIn(rows[0]?.props[home]);
	const principal = pathIn(first.rows[0]?.props['d:current-user-principal']);
	const found = homeOf(first.rows) ?? (principal === undefined ? undefined : homeOf((await ask(principal)).rows));
	if (found !== undefined) return found.endsWith('/') ? found : `${found}/`;
	throw new DsmProtocolError('The NAS does not say where its address books or calendars are.', {
		hint: 'Check that the package is running and that the account may use it.',
	});
}

/** Every card or event of a collection, with its version. */
export async function membersOf(dsm: Dsm, path: string): Promise<DavMember[]> {
	const body = propfind('d:getetag', 'd:resourcetype');
	const { rows } = await dsm.dav({ method: 'PROPFIND', path, depth: '1', body });
	// What could not be looked at is not gone (core.md 20).
	const unknown = rows.find(({ status }) => status >= 400 && status !== 404);
	if (unknown) throw unanswered(unknown.path);
	return rows.filter(({ props }) => !has(props['d:resourcetype'], 'd:collection')).flatMap(memberOf);
}

/**
 * Cards or events by their paths; what is gone meanwhile is left out. Throws DsmProtocolError when the answer passes one over: it is
 * unknown then, and not gone.
 */
export async function objectsAt(dsm: Dsm, kind: DavKind, path: string, paths: readonly string[]): Promise<DavObject[]> {
	const rows = await rowsAt(dsm, kind, path, paths, dataProps(kind));
	return rows.flatMap((row) => objectOf(row, kind));
}

/** Which of these are still there: a question by name, since a list alone does not prove that one is gone (core.md 20). */
export async function stillAt(dsm: Dsm, kind: DavKind, path: string, paths: readonly string[]): Promise<DavMember[]> {
	return (await rowsAt(dsm, kind, path, paths, { 'd:getetag': {} })).flatMap(memberOf);
}

async function rowsAt(
	dsm: Dsm,
	kind: DavKind,
	path: string,
	paths: readonly string[],
	props: XmlContent,
): Promise<DavRow[]> {
	const found: DavRow[] = [];
	for (let at = 0; at < paths.length; at += BATCH) {
		const asked = paths.slice(at, at + BATCH);
		const hrefs = asked.map((href): XmlContent => ({ _text: href }));
		const body: XmlContent = { [KINDS[kind].multiget]: { 'd:prop': props, 'd:href': hrefs } };
		const { rows } = await dsm.dav({ method: 'REPORT', path, depth: '1', body });
		const answered = new Set(rows.map((row) => decoded(row.path)));
		const missing = asked.find((href) => !answered.has(decoded(href)));
		if (missing !== undefined) throw unanswered(missing);
		found.push(...rows);
	}
	return found;
}

/** Whether a collection that a list no longer names is still there, by asking for itself. */
export async function isStillThere(dsm: Dsm, path: string): Promise<boolean> {
	try {
		await dsm.dav({ method: 'PROPFIND', path, depth: '0', body: propfind('d:resourcetype') });
		return true;
	} catch (error) {
		if (isStatus(error, 403, 404, 410)) return false;
		throw error;
	}
}

/** What is said of a list that leaves out what was asked for. */
export const unanswered = (path: string): DsmProtocolError =>
	new DsmProtocolError(`The NAS does not say what is at ${path}.`, {
		retryable: true,
		hint: 'The package may be starting or updating; try again.',
	});

/** Cards or events that match a filter: `{ 'card:prop-filter': … }`. */
export async function objectsMatching(dsm: Dsm, kind: DavKind, path: string, filter: XmlContent): Promise<DavObject[]> {
	const { query, filter: name } = KINDS[kind];
	const body: XmlContent = { [query]: { 'd:prop': dataProps(kind), [name]: filter } };
	const { rows } = await dsm.dav({ method: 'REPORT', path, depth: '1', body });
	return rows.flatMap((row) => objectOf(row, kind));
}

/** Every card or event of a collection. */
export async function allObjects(dsm: Dsm, kind: DavKind, path: string): Promise<DavObject[]> {
	return await objectsAt(
		dsm,
		kind,
		path,
		(await membersOf(dsm, path)).map((member) => member.path),
	);
}

/** One card or event. */
export async function objectAt(dsm: Dsm, path: string): Promise<DavObject> {
	const { text, etag } = await dsm.dav({ method: 'GET', path });
	return { path, data: text, etag: etag ?? (await etagAt(dsm, path)) };
}

/** Version of a card or an event. */
export async function etagAt(dsm: Dsm, path: string): Promise<string> {
	const { rows } = await dsm.dav({ method: 'PROPFIND', path, depth: '0', body: propfind('d:getetag') });
	const etag = textOf(rows[0]?.props['d:getetag']);
	if (etag !== '') return etag;
	throw new DsmApiError('The NAS does not tell the version of what was read or written.');
}

const dataProps = (kind: DavKind): XmlContent => ({ 'd:getetag': {}, [KINDS[kind].data]: {} });

/** XML makes one sign of each line break; cards and events have two. */
function objectOf(row: DavRow, kind: DavKind): DavObject[] {
	const data = row.props[KINDS[kind].data]?.text.replace(/^\s+/, '').replace(/\r?\n/g, '\r\n') ?? '';
	return data === '' ? [] : memberOf(row).map((member) => ({ ...member, data }));
}
