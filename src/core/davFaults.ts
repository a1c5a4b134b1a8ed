import type { DavAnswer, DavRequest } from './dav';
import { notAnEnvelope } from './envelope';
import { DsmApiError, DsmLoginError, DsmPermissionError, DsmUnavailableError, type DsmError } from './errors';

/** What a status means, and what to do about it. */
const MEANINGS: Record<number, [cause: string, remedy: string]> = {
	400: [
		'The NAS does not understand the request',
		'The package may be older or newer than those this was written for.',
	],
	404: ['There is nothing at this address', 'It may have been deleted, moved or never been shared with this account.'],
	405: [
		'The NAS does not allow this here',
		'The address may name a folder instead of an entry, or an entry that exists already.',
	],
	409: ['The NAS sees a conflict', 'The folder may be missing, or the UID is in use by another entry.'],
	410: ['It is gone', 'It was deleted.'],
	412: [
		'It was changed, created or deleted by somebody else meanwhile',
		'Read it again and repeat the change on what is there now.',
	],
	413: ['It is too large for the NAS', 'Leave out photos or attachments.'],
	415: ['The NAS does not take this content', 'Check that it is a complete card or event.'],
	423: ['It is locked', 'Another program is working on it; try again later.'],
	501: ['The NAS does not know this request', 'Update the package.'],
	507: ['The volume of the NAS is full', 'Free some space.'],
};

/** The same of files, where it means something else (webdav.md 10.2). */
const OF_FILES: Record<number, [cause: string, remedy: string]> = {
	404: [
		'There is nothing at this path',
		'It may have been deleted or moved; shared folders without a right on them are hidden.',
	],
	405: [
		'The NAS does not allow this here',
		'A folder of this name may exist already; shared folders cannot be made or deleted.',
	],
	409: ['The folder above it does not exist', 'Create the folder first.'],
	412: [
		'It is there already, or was changed by somebody else meanwhile',
		'Allow overwriting, or read its ETag again and repeat the change.',
	],
	413: ['It is too large for the NAS', 'Split the file.'],
	416: ['The file has no such bytes', 'Look at its size first.'],
	423: ['It is locked', 'Give the token of the lock, or wait until the other program gives it back.'],
	502: ['The destination is on another server', 'Choose a path on the same NAS.'],
	507: ['The quota of the account is used up, or the volume of the NAS is full', 'Free some space.'],
};

const privilegeHint = (application: string): string =>
	`Grant the account the application${application} (Control Panel, User & Group, Edit, Applications), and check that it may write here: shares may be read-only.`;
const LOGIN_HINT =
	'Check account and password, with the domain if there is one. DAV takes the plain password, also of accounts with two-factor authentication; some DSM versions refuse such accounts here. It is not tried again before the connection is edited or tested.';
/** Application privilege of what is served at an address, in quotes after a space; empty: which one is unknown. */
const applicationOf = ({ endpoint, path }: Pick<DavRequest, 'endpoint' | 'path'>): string => {
	if (endpoint) return ' "WebDAV Server"';
	const [, protocol] = /^\/(carddav|caldav)\b/i.exec(path) ?? [];
	if (protocol === undefined) return '';
	return protocol.toLowerCase() === 'carddav' ? ' "Synology Contacts"' : ' "Synology Calendar"';
};
const nameOf = (endpoint: DavRequest['endpoint']): string => (endpoint ? 'WebDAV' : 'CardDAV and CalDAV');
const ABSENT_HINT =
	'Install or start the package in Package Center. If CardDAV and CalDAV have another address there, enter that one in a connection of its own.';

/** Precondition that an error names: `valid-sync-token`. */
const preconditionOf = (text: string): string | undefined =>
	/<(?:[\w-]+:)?error\b[^>]*>\s*<(?:[\w-]+:)?([\w-]+)/.exec(text)?.[1];

/** Whether two paths name the same, with a slash at the end or without. */
const isSame = (one: string, other: string): boolean => one.replace(/\/$/, '') === other.replace(/\/$/, '');

/** The error that an answer is; undefined: it is a success. */
export function davError({ method, path, endpoint }: DavRequest, answer: DavAnswer): DsmError | undefined {
	const { status, text, rows } = answer;
	const isList = method === 'PROPFIND' || method === 'REPORT' || method === 'PROPPATCH';
	// A write that failed in parts names them; a list whose only row is "not there" is none (contacts.md 8.1).
	const isAlone = isList && rows.length === 1 && isSame(rows[0]!.path, path);
	const failed = !isList || isAlone ? rows.find((row) => row.status >= 400) : undefined;
	if (status === 207 && !failed) return undefined;
	if (status < 300 && status !== 207 && !isList) return undefined;
	const where = `${method} ${path}`;
	const precondition = preconditionOf(text);
	const details = { httpStatus: status, ...(precondition !== undefined && { errors: precondition }) };
	if (failed)
		return davError(
			{ method: 'GET', path, ...(endpoint && { endpoint }) },
			{ ...answer, status: failed.status, rows: [] },
		);
	if (status === 401)
		return new DsmLoginError(`The NAS refuses account and password for ${nameOf(endpoint)} (HTTP 401).`, {
			...details,
			needsEdit: true,
			hint: LOGIN_HINT,
		});
	// The wrong kind of collection, not a missing right (RFC 4791, 5.3.2.1; calendar.md 8).
	if (status === 403 && precondition === 'supported-calendar-component')
		return new DsmApiError(`This calendar does not take this kind of entry: ${precondition} (HTTP 403).`, {
			...details,
			hint: 'Events belong into calendars, to-dos into to-do lists.',
		});
	if (status === 403)
		return new DsmPermissionError(`The account may not do this (HTTP 403, ${where}).`, {
			...details,
			hint: privilegeHint(applicationOf({ path, ...(endpoint && { endpoint }) })),
		});
	// nginx's page says that no package serves the path at all.
	if (!endpoint && (status === 404 || status === 405) && /<center>nginx/.test(text))
		return new DsmUnavailableError(`There is no CardDAV or CalDAV at this address (HTTP ${status}, ${where}).`, {
			...details,
			hint: ABSENT_HINT,
		});
	const meaning = (endpoint && OF_FILES[status]) ?? MEANINGS[status];
	if (!meaning) return notAnEnvelope(answer, text) as DsmError;
	const said = precondition === undefined ? '' : `: ${precondition}`;
	return new DsmApiError(`${meaning[0]}${said} (HTTP ${status}, ${where}).`, {
		...details,
		hint: meaning[1],
	});
}
