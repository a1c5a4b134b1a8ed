import type { DavRow, DavXml } from '../core/dav';
import type { Dsm } from '../core/dsm';
import { DsmApiError, DsmProtocolError, isDsmError, withDetails } from '../core/errors';
import { decoded, has, hrefOf, isStatus, listOf, memberOf, propfind, textOf, xml, type DavMember } from './dav-xml';

export { isStatus, xml, type DavMember } from './dav-xml';

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
	carddav: { prefix: 'card', type: 'addressbook', home: 'addressbookHomeSet', data: 'addressData' },
	caldav: { prefix: 'cal', type: 'calendar', home: 'calendarHomeSet', data: 'calendarData' },
} as const;

/** Cards or events that one request asks for (contacts.md 8.2). */
const BATCH = 50;

/**
 * The address books or calendars of the account. The path that the package is known to use is asked first, since one request is
 * enough then; where that is not there, it is discovered as the standards say (contacts.md 8.1, calendar.md 8).
 */
export async function collectionsOf(dsm: Dsm, kind: DavKind): Promise<DavCollection[]> {
	const usual = `/${kind}/${encodeURIComponent(dsm.account)}/`;
	try {
		return await collectionsIn(dsm, kind, usual);
	} catch (error) {
		if (!isStatus(error, 404, 405)) throw error;
		const home = await discoverHome(dsm, kind).catch((reason: unknown) => {
			throw isStatus(reason, 404, 405) ? error : reason;
		});
		return await collectionsIn(dsm, kind, home);
	}
}

async function collectionsIn(dsm: Dsm, kind: DavKind, home: string): Promise<DavCollection[]> {
	const props = [
		...['displayname', 'resourcetype', 'sync-token', 'current-user-privilege-set'].map((name) => `d:${name}`),
		'cs:getctag',
		...(kind === 'caldav'
			? ['cal:supported-calendar-component-set', 'cal:calendar-description', 'ical:calendar-color']
			: ['card:addressbook-description']),
	];
	const { rows } = await dsm.dav({ method: 'PROPFIND', path: home, depth: '1', body: propfind(...props) });
	return rows.filter(({ props: { resourcetype } }) => has(resourcetype, KINDS[kind].type)).map(collectionOf);
}

function collectionOf({ path, props }: DavRow): DavCollection {
	const folder = path.endsWith('/') ? path : `${path}/`;
	const uri = decoded(folder.split('/').at(-2) ?? '');
	const description = textOf(props.addressbookDescription ?? props.calendarDescription);
	const color = textOf(props.calendarColor);
	const [ctag, syncToken] = [textOf(props.getctag), textOf(props.syncToken)];
	const components = listOf((props.supportedCalendarComponentSet as DavXml | undefined)?.comp);
	return {
		path: folder,
		uri,
		name: textOf(props.displayname) || uri,
		writable: isWritable(props.currentUserPrivilegeSet),
		components: components.map((comp) => String((comp as { _attributes?: DavXml })._attributes?.name ?? '')),
		...(description !== '' && { description }),
		...(color !== '' && { color }),
		...(ctag !== '' && { ctag }),
		...(syncToken !== '' && { syncToken }),
	};
}

/** A server that does not tell privileges is taken at its word when it refuses. */
function isWritable(privileges: unknown): boolean {
	const rows = listOf((privileges as DavXml | undefined)?.privilege);
	return (
		rows.length === 0 || rows.some((row) => ['write', 'writeContent', 'all', 'bind'].some((name) => has(row, name)))
	);
}

/** Folder of the address books or calendars, by way of the well-known address and the principal. */
export async function discoverHome(dsm: Dsm, kind: DavKind): Promise<string> {
	const { prefix, home } = KINDS[kind];
	const homeName = `${prefix}:${kind === 'carddav' ? 'addressbook' : 'calendar'}-home-set`;
	const ask = async (path: string) =>
		await dsm.dav({ method: 'PROPFIND', path, depth: '0', body: propfind('d:current-user-principal', homeName) });
	const first = await ask(`/.well-known/${kind}`).catch((error: unknown) => {
		if (!isStatus(error, 404, 405)) throw error;
		return ask(`/${kind}/`);
	});
	const homeOf = (rows: DavRow[]) => hrefOf(rows[0]?.props[home]);
	const principal = hrefOf(first.rows[0]?.props.currentUserPrincipal);
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
	return rows.filter(({ props: { resourcetype } }) => !has(resourcetype, 'collection')).flatMap(memberOf);
}

/** Cards or events by their paths; what is gone meanwhile is left out. */
export async function objectsAt(dsm: Dsm, kind: DavKind, path: string, paths: readonly string[]): Promise<DavObject[]> {
	const { prefix, type } = KINDS[kind];
	const found: DavObject[] = [];
	for (let at = 0; at < paths.length; at += BATCH) {
		const hrefs = paths.slice(at, at + BATCH).map((href) => ({ _text: href }));
		const body = xml(`${prefix}:${type}-multiget`, { 'd:prop': dataProps(prefix, kind), 'd:href': hrefs });
		const { rows } = await dsm.dav({ method: 'REPORT', path, depth: '1', body });
		found.push(...rows.flatMap((row) => objectOf(row, kind)));
	}
	return found;
}

/** Cards or events that match a filter: `{ 'card:prop-filter': … }`. */
export async function objectsMatching(dsm: Dsm, kind: DavKind, path: string, filter: DavXml): Promise<DavObject[]> {
	const { prefix, type } = KINDS[kind];
	const body = xml(`${prefix}:${type}-query`, { 'd:prop': dataProps(prefix, kind), [`${prefix}:filter`]: filter });
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

export interface Written {
	/** Etag that the member must still have; absent: it must not exist. */
	etag?: string | undefined;
	type: string;
	/** What it is, for the error: "The contact". */
	what: string;
}

/** Writes a card or an event; gives its new etag. Throws DsmApiError when somebody else was faster. */
export async function put(dsm: Dsm, path: string, data: string, { etag, type, what }: Written): Promise<string> {
	const guard = etag === undefined ? { ifNoneMatch: '*' as const } : { ifMatch: etag };
	const answer = await dsm.dav({ method: 'PUT', path, body: data, type, ...guard }).catch((error: unknown) => {
		throw etag === undefined ? alreadyThere(error, what) : conflict(error, what);
	});
	return answer.etag ?? (await etagAt(dsm, path));
}

/** Deletes a card or an event, with `etag` only if it is still that version. */
export async function remove(dsm: Dsm, path: string, what: string, etag?: string): Promise<void> {
	await dsm.dav({ method: 'DELETE', path, ...(etag !== undefined && { ifMatch: etag }) }).catch((error: unknown) => {
		throw conflict(error, what);
	});
}

const conflict = (error: unknown, what: string): unknown =>
	isStatus(error, 412) && isDsmError(error)
		? withDetails(error, {}, `${what} was changed or deleted by somebody else since it was read; nothing was written.`)
		: error;

const alreadyThere = (error: unknown, what: string): unknown =>
	isStatus(error, 412) && isDsmError(error)
		? withDetails(
				error,
				{ hint: 'Update the one that is there, or leave the UID out so that a new one is made.' },
				`${what} exists already: its UID is in use.`,
			)
		: error;

async function etagAt(dsm: Dsm, path: string): Promise<string> {
	const { rows } = await dsm.dav({ method: 'PROPFIND', path, depth: '0', body: propfind('d:getetag') });
	const etag = textOf(rows[0]?.props.getetag);
	if (etag !== '') return etag;
	throw new DsmApiError('The NAS does not tell the version of what was read or written.');
}

const dataProps = (prefix: string, kind: DavKind): DavXml => ({
	'd:getetag': {},
	[`${prefix}:${kind === 'carddav' ? 'address' : 'calendar'}-data`]: {},
});

function objectOf(row: DavRow, kind: DavKind): DavObject[] {
	const data = textOf(row.props[KINDS[kind].data]);
	return data === '' ? [] : memberOf(row).map((member) => ({ ...member, data }));
}
