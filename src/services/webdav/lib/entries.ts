import { unanswered } from '../../../catalog/dav';
import { decoded, has, isStatus, propfind, textOf } from '../../../catalog/davXml';
import { field, row } from '../../../catalog/row';
import type { DavRow } from '../../../core/dav';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError, isDsmError, withDetails } from '../../../core/errors';
import type { Endpoint } from '../../../core/http';
import type { z } from '../../../vendor/zod';

/** A file or folder as WebDAV tells it. */
export const entry = row({
	path: field.text(),
	name: field.text(),
	is_folder: field.flag(),
	/** Absent for folders. */
	size: field.bytes().optional(),
	modified: field.milliseconds().optional(),
	/** Changes with each change of the file. */
	etag: field.text().optional(),
});
export type Entry = z.output<typeof entry>;

const PROPS = ['d:displayname', 'd:getcontentlength', 'd:getlastmodified', 'd:getetag', 'd:resourcetype'] as const;

/** The path in an address: names keep the Unicode form in which they are stored. */
export const addressOf = (path: string, isFolder = false): string => {
	const address = path.split('/').map(encodeURIComponent).join('/');
	return isFolder && !address.endsWith('/') ? `${address}/` : address;
};

const pathOf = (address: string): string => decoded(address).replace(/(.)\/$/, '$1');

function toEntry({ path: address, props }: DavRow): Entry {
	const path = pathOf(address);
	const text = (name: (typeof PROPS)[number]) => textOf(props[name]) || undefined;
	const is_folder = has(props['d:resourcetype'], 'd:collection');
	const modified = Date.parse(text('d:getlastmodified') ?? '');
	const size = text('d:getcontentlength');
	const etag = text('d:getetag');
	return entry.parse({
		path,
		name: path.slice(path.lastIndexOf('/') + 1),
		is_folder,
		...(!is_folder && size !== undefined && { size }),
		...(!Number.isNaN(modified) && { modified }),
		...(etag !== undefined && { etag }),
	});
}

/** One file or folder. Throws DsmApiError where there is none. */
export async function entryAt(dsm: Dsm, endpoint: Endpoint, path: string): Promise<Entry> {
	const { rows } = await dsm.dav({
		method: 'PROPFIND',
		path: addressOf(path),
		depth: '0',
		body: propfind(...PROPS),
		endpoint,
	});
	const [found] = rows;
	if (found) return { ...toEntry(found), path };
	throw unanswered(path);
}

/** What is in a folder. Throws DsmProtocolError when the answer passes something over: it is unknown then, and not gone. */
export async function entriesIn(dsm: Dsm, endpoint: Endpoint, folder: string): Promise<Entry[]> {
	const path = addressOf(folder, true);
	const { rows } = await dsm.dav({ method: 'PROPFIND', path, depth: '1', body: propfind(...PROPS), endpoint });
	const unread = rows.find(({ status }) => status >= 400 && status !== 404);
	if (unread) throw unanswered(pathOf(unread.path));
	const own = rows.find((one) => pathOf(one.path) === folder);
	if (!own) throw unanswered(folder);
	if (!has(own.props['d:resourcetype'], 'd:collection'))
		throw new DsmApiError(`"${folder}" is a file, not a folder.`, { hint: 'Give the path of a folder.' });
	return rows.filter((one) => one !== own && one.status < 400).map(toEntry);
}

/** A refusal because something is there already, or is another version, in words that say which. */
export function refusal(error: unknown, path: string, etag: string | undefined): unknown {
	if (!isDsmError(error) || !isStatus(error, 412)) return error;
	return etag === undefined
		? withDetails(
				error,
				{ hint: 'Allow overwriting, or choose another name.' },
				`"${path}" exists already; nothing was written.`,
			)
		: withDetails(
				error,
				{},
				`"${path}" was changed or deleted by somebody else since it was read; nothing was written.`,
			);
}
