import type { Dsm } from '../core/dsm';
import { isDsmError, withDetails } from '../core/errors';
import { settled } from '../core/outcome';
import { etagAt, isStatus, objectAt, type DavObject } from './dav';
import { holds } from './davHolds';

export interface Written {
	/** Etag that the member must still have; absent: it must not exist. */
	etag?: string | undefined;
	type: string;
	/** What it is, for the error: "The contact". */
	what: string;
	/** What was there before, where it is a change. */
	before?: string;
}

/** Writes a card or an event; gives its new etag. Throws DsmApiError when somebody else was faster. */
export async function put(
	dsm: Dsm,
	path: string,
	data: string,
	{ etag, type, what, before }: Written,
): Promise<string> {
	const guard = etag === undefined ? { ifNoneMatch: '*' as const } : { ifMatch: etag };
	const write = async () =>
		await dsm.dav({ method: 'PUT', path, body: data, type, ...guard }).catch((error: unknown) => {
			throw etag === undefined ? alreadyThere(error, what) : conflict(error, what);
		});
	const answer = await settled<{ etag?: string }>(dsm, write, async (_, lost) => {
		const there = await found(dsm, path);
		// Still the old version, or nothing: the request never came, and its condition still holds.
		if (!there || there.etag === etag) return undefined;
		if (holds(there.data, data, before)) return { etag: there.etag };
		throw lost;
	});
	return answer.etag ?? (await etagAt(dsm, path));
}

/** The card or event at a path; undefined: there is none. */
async function found(dsm: Dsm, path: string): Promise<DavObject | undefined> {
	return await objectAt(dsm, path).catch((error: unknown) => {
		if (isStatus(error, 404)) return undefined;
		throw error;
	});
}

/** Deletes a card or an event, with `etag` only if it is still that version. */
export async function remove(dsm: Dsm, path: string, what: string, etag?: string): Promise<void> {
	const request = { method: 'DELETE', path, ...(etag !== undefined && { ifMatch: etag }) } as const;
	const write = async () =>
		await dsm.dav(request).catch((error: unknown) => {
			throw conflict(error, what);
		});
	// What is still there was not deleted: the request never came, and its condition still holds.
	await settled<object>(dsm, write, async () => ((await found(dsm, path)) ? undefined : {}));
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
