import type { Dsm } from '../core/dsm';
import { isDsmError } from '../core/errors';
import { membersOf, stillAt, type DavKind } from './dav';
import { isStatus, memberOf, propfind, textOf, type DavMember, type XmlContent } from './davXml';

/** What is known of a collection between polls. */
export interface DavState {
	token?: string | undefined;
	/** Path -> etag. */
	items: Record<string, string>;
}

export interface DavChanges extends DavState {
	created: DavMember[];
	changed: DavMember[];
	/** Paths. */
	deleted: string[];
}

/**
 * What changed since a known state, by sync-collection from its token; where there is none, or the server no longer takes it, by
 * comparing all etags, which is always right: what a list leaves out is asked for by name before it counts as gone. `whole` asks for that.
 */
export async function changesSince(
	dsm: Dsm,
	kind: DavKind,
	path: string,
	known: DavState,
	whole = false,
): Promise<DavChanges> {
	const synced = whole || known.token === undefined ? undefined : await synchronized(dsm, path, known.token);
	if (synced) return compared(known, applied(known, synced), synced.token);
	// The token first: what changes between the two requests is told twice then, and the comparison tells it once.
	const token = await tokenOf(dsm, path);
	const members = await membersOf(dsm, path);
	const listed = new Set(members.map((member) => member.path));
	const missing = Object.keys(known.items).filter((one) => !listed.has(one));
	const all = [...members, ...(await stillAt(dsm, kind, path, missing))];
	return compared(known, Object.fromEntries(all.map((member) => [member.path, member.etag])), token);
}

interface Synced {
	token: string;
	present: DavMember[];
	gone: string[];
}

function applied(known: DavState, { present, gone }: Synced): Record<string, string> {
	const items = { ...known.items };
	for (const path of gone) delete items[path];
	for (const { path, etag } of present) items[path] = etag;
	return items;
}

function compared(known: DavState, items: Record<string, string>, token: string | undefined): DavChanges {
	const rows = Object.entries(items).map(([path, etag]) => ({ path, etag }));
	return {
		items,
		token,
		created: rows.filter(({ path }) => !Object.hasOwn(known.items, path)),
		changed: rows.filter(({ path, etag }) => Object.hasOwn(known.items, path) && known.items[path] !== etag),
		deleted: Object.keys(known.items).filter((path) => !Object.hasOwn(items, path)),
	};
}

/** Undefined: this token, or the report, is not taken; some servers answer an old token with 500 (contacts.md 8.2). */
async function synchronized(dsm: Dsm, path: string, token: string): Promise<Synced | undefined> {
	const body: XmlContent = {
		'd:sync-collection': {
			'd:sync-token': { _text: token },
			'd:sync-level': { _text: '1' },
			'd:prop': { 'd:getetag': {} },
		},
	};
	try {
		const { rows, syncToken } = await dsm.dav({ method: 'REPORT', path, depth: '0', body });
		if (syncToken === undefined) return undefined;
		const members = rows.filter((row) => row.path !== path);
		return {
			token: syncToken,
			present: members.filter(({ status }) => status !== 404).flatMap(memberOf),
			gone: members.filter(({ status }) => status === 404).map((row) => row.path),
		};
	} catch (error) {
		const isOld = isStatus(error, 403) && isDsmError(error) && error.details.errors === 'valid-sync-token';
		if (isOld || isStatus(error, 400, 405, 409, 415, 500, 501)) return undefined;
		throw error;
	}
}

async function tokenOf(dsm: Dsm, path: string): Promise<string | undefined> {
	const { rows } = await dsm.dav({ method: 'PROPFIND', path, depth: '0', body: propfind('d:sync-token') });
	return textOf(rows[0]?.props['d:sync-token']) || undefined;
}
