import { childOf, isStatus, textOf } from '../../../catalog/davXml';
import { timeOf } from '../../../catalog/row';
import { davCall, davListCall } from '../../../catalog/davOperation';
import type { FileAnswer, FileSource } from '../../../core/call';
import type { DavAnswer, DavRequest } from '../../../core/dav';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError, isDsmError, type DsmError } from '../../../core/errors';
import type { Endpoint } from '../../../core/http';
import { settled } from '../../../core/outcome';
import { readXml } from '../../../core/xmlReader';
import { addressOf, entriesIn, entry, entryAt, refusal, type Entry } from '../lib/entries';

/** The protocol is the standard's; that the NAS speaks it so was never captured (webdav.md 10). */
const standard = { basis: 'inferred', source: 'webdav.md 10.2' } as const;
const read = { ...standard, readOnly: true } as const;

export interface At {
	endpoint: Endpoint;
	path: string;
}
interface Guarded extends At {
	etag?: string | undefined;
	lock?: string | undefined;
}

const guards = ({ etag, lock }: Guarded): Pick<DavRequest, 'ifMatch' | 'lock'> => ({
	...(etag !== undefined && { ifMatch: etag }),
	...(lock !== undefined && { lock }),
});

async function write(dsm: Dsm, request: DavRequest, { path, etag }: Guarded): Promise<DavAnswer> {
	return await dsm.dav(request).catch((error: unknown) => {
		throw refusal(error, path, etag);
	});
}

/** What is at a path; undefined: nothing. */
async function found(dsm: Dsm, { endpoint, path }: At): Promise<Entry | undefined> {
	return await entryAt(dsm, endpoint, path).catch((error: unknown) => {
		if (isStatus(error, 404)) return undefined;
		throw error;
	});
}

interface Lost extends Guarded {
	/** Time of the NAS when the write began. */
	since: number;
	error: DsmError;
}

/**
 * After a lost answer: whether what is there now was written since then. Undefined: nothing is, or what was there before, so that it may be
 * written again under the same conditions. Throws where something else came there meanwhile.
 */
async function landed(dsm: Dsm, lost: Lost, fits: (there: Entry) => boolean): Promise<object | undefined> {
	const there = await found(dsm, lost);
	const isOld = there?.etag !== undefined && there.etag === lost.etag;
	if (!there || isOld || !(timeOf(there.modified) >= lost.since)) return undefined;
	if (fits(there)) return {};
	throw lost.error;
}

export const listEntries = davListCall({
	requests: ['PROPFIND <folder>/, Depth: 1'],
	...read,
	row: entry,
	async *rows(dsm, { endpoint, path }: At) {
		yield* await entriesIn(dsm, endpoint, path);
	},
});

export const readEntry = davCall({
	requests: ['PROPFIND <path>, Depth: 0'],
	...read,
	ask: async (dsm, { endpoint, path }: At): Promise<Entry> => await entryAt(dsm, endpoint, path),
});

interface Part {
	range?: string | undefined;
	/** Bytes of the whole file. */
	size?: number | undefined;
}

export const getFile = davCall({
	requests: ['GET <file>, Range'],
	...read,
	async ask(dsm, { endpoint, path, range, size }: At & Part): Promise<FileAnswer> {
		const { file } = await dsm.dav({
			method: 'GET',
			path: addressOf(path),
			endpoint,
			file: path.slice(path.lastIndexOf('/') + 1),
			...(range !== undefined ? { range: `bytes=${range}` } : size !== undefined && { size }),
		});
		return file!;
	},
});

/** Whether the file was there before is in the status. */
export const putFile = davCall({
	requests: ['PUT <file>, If-None-Match: * or If-Match', 'PROPFIND <file>, Depth: 0'],
	...standard,
	async ask(dsm, given: Guarded & { file: FileSource; overwrite: boolean }): Promise<Entry & { created: boolean }> {
		const { endpoint, path, file, overwrite, etag } = given;
		const once = !overwrite && etag === undefined ? ({ ifNoneMatch: '*' } as const) : {};
		const request = { method: 'PUT', path: addressOf(path), endpoint, body: file, ...once, ...guards(given) } as const;
		const { status } = await settled<{ status?: number }>(
			dsm,
			async () => await write(dsm, request, given),
			async (since, error) => await landed(dsm, { ...given, since, error }, ({ size }) => size === file.size),
		);
		// Whether it replaced something is not known where the answer was lost.
		const created = status === undefined ? once.ifNoneMatch !== undefined : status === 201;
		return { ...(await entryAt(dsm, endpoint, path)), created };
	},
});

export const makeFolder = davCall({
	requests: ['MKCOL <folder>/', 'PROPFIND <folder>, Depth: 0'],
	...standard,
	async ask(dsm, { endpoint, path }: At): Promise<Entry> {
		await settled<object>(
			dsm,
			async () => await dsm.dav({ method: 'MKCOL', path: addressOf(path, true), endpoint }),
			async (since, error) => await landed(dsm, { endpoint, path, since, error }, ({ is_folder }) => is_folder),
		);
		return await entryAt(dsm, endpoint, path);
	},
});

interface Transfer extends Guarded {
	to: string;
	overwrite: boolean;
	is_folder: boolean;
}

const transfer = (method: 'MOVE' | 'COPY') =>
	davCall({
		requests: [`${method} <path>, Destination, Overwrite`, 'PROPFIND <destination>, Depth: 0'],
		...standard,
		async ask(dsm, given: Transfer): Promise<Entry> {
			const { endpoint, path, to, overwrite, is_folder } = given;
			const [from, destination] = [addressOf(path, is_folder), addressOf(to, is_folder)];
			const request = { method, path: from, destination, overwrite, endpoint, ...guards(given) };
			await settled<object>(
				dsm,
				async () => await write(dsm, request, { ...given, path: to }),
				async (_, lost) => {
					const source = await found(dsm, given);
					const target = await found(dsm, { endpoint, path: to });
					if (!target) return undefined;
					// A move takes its source away; a copy that was there before looks the same.
					if (method === 'MOVE' && !source) return {};
					throw lost;
				},
			);
			return await entryAt(dsm, endpoint, to);
		},
	});
export const moveEntry = transfer('MOVE');
export const copyEntry = transfer('COPY');

export const deleteEntry = davCall({
	requests: ['DELETE <path>, If-Match'],
	...standard,
	async ask(dsm, given: Guarded & { is_folder: boolean }): Promise<{ path: string }> {
		const { endpoint, path, is_folder } = given;
		const request = { method: 'DELETE', path: addressOf(path, is_folder), endpoint, ...guards(given) } as const;
		await settled<object>(
			dsm,
			async () => await write(dsm, request, given),
			async () => ((await found(dsm, given)) ? undefined : {}),
		);
		return { path };
	},
});

export interface Lock {
	path: string;
	lock_token: string;
	/** As long as the NAS grants it. */
	seconds: number;
}

/** The lock in an answer: its token stands in the header, or in the body. */
async function lockIn(
	{ lock, text }: DavAnswer,
	path: string,
	asked: { lock?: string | undefined; seconds: number },
): Promise<Lock> {
	const active = childOf(childOf(await bodyOf(text), 'd:lockdiscovery'), 'd:activelock');
	const token = lock ?? asked.lock ?? textOf(childOf(childOf(active, 'd:locktoken'), 'd:href'));
	if (token === '') throw new DsmApiError('The NAS locked the file, but does not tell the token of the lock.');
	const granted = /^Second-(\d+)$/i.exec(textOf(childOf(active, 'd:timeout')))?.[1];
	return { path, lock_token: token, seconds: granted === undefined ? asked.seconds : Number(granted) };
}

async function bodyOf(text: string) {
	try {
		return text === '' ? undefined : await readXml(text);
	} catch (error) {
		if (isDsmError(error)) throw error;
		return undefined;
	}
}

/** A lock on what is not there would make an empty file: it is looked for first. */
export const lockFile = davCall({
	requests: ['PROPFIND <file>, Depth: 0', 'LOCK <file>, Timeout'],
	...standard,
	async ask(dsm, { endpoint, path, seconds }: At & { seconds: number }): Promise<Lock> {
		const { is_folder } = await entryAt(dsm, endpoint, path);
		const body = {
			'd:lockinfo': {
				'd:lockscope': { 'd:exclusive': {} },
				'd:locktype': { 'd:write': {} },
				'd:owner': { _text: dsm.account },
			},
		};
		const answer = await dsm.dav({ method: 'LOCK', path: addressOf(path, is_folder), endpoint, body, seconds });
		return await lockIn(answer, path, { seconds });
	},
});

interface Held extends At {
	lock: string;
	is_folder: boolean;
}

export const renewLock = davCall({
	requests: ['LOCK <file>, If, Timeout'],
	...standard,
	async ask(dsm, { endpoint, path, is_folder, lock, seconds }: Held & { seconds: number }): Promise<Lock> {
		const answer = await dsm.dav({ method: 'LOCK', path: addressOf(path, is_folder), endpoint, lock, seconds });
		return await lockIn(answer, path, { lock, seconds });
	},
});

export const unlockFile = davCall({
	requests: ['UNLOCK <file>, Lock-Token'],
	...standard,
	async ask(dsm, { endpoint, path, is_folder, lock }: Held): Promise<{ path: string }> {
		await dsm.dav({ method: 'UNLOCK', path: addressOf(path, is_folder), endpoint, lock });
		return { path };
	},
});
