import { childOf, textOf } from '../../../catalog/davXml';
import { davCall, davListCall } from '../../../catalog/davOperation';
import type { FileAnswer, FileSource } from '../../../core/call';
import type { DavAnswer, DavRequest } from '../../../core/dav';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError, isDsmError } from '../../../core/errors';
import type { Endpoint } from '../../../core/http';
import { readXml } from '../../../core/xml';
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

export const getFile = davCall({
	requests: ['GET <file>, Range'],
	...read,
	async ask(dsm, { endpoint, path, range }: At & { range?: string | undefined }): Promise<FileAnswer> {
		const { file } = await dsm.dav({
			method: 'GET',
			path: addressOf(path),
			endpoint,
			file: path.slice(path.lastIndexOf('/') + 1),
			...(range !== undefined && { range: `bytes=${range}` }),
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
		const { status } = await write(dsm, request, given);
		return { ...(await entryAt(dsm, endpoint, path)), created: status === 201 };
	},
});

export const makeFolder = davCall({
	requests: ['MKCOL <folder>/', 'PROPFIND <folder>, Depth: 0'],
	...standard,
	async ask(dsm, { endpoint, path }: At): Promise<Entry> {
		await dsm.dav({ method: 'MKCOL', path: addressOf(path, true), endpoint });
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
			await write(dsm, request, { ...given, path: to });
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
		await write(dsm, { method: 'DELETE', path: addressOf(path, is_folder), endpoint, ...guards(given) }, given);
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
function lockIn({ lock, text }: DavAnswer, path: string, asked: { lock?: string | undefined; seconds: number }): Lock {
	const active = childOf(childOf(bodyOf(text), 'd:lockdiscovery'), 'd:activelock');
	const token = lock ?? asked.lock ?? textOf(childOf(childOf(active, 'd:locktoken'), 'd:href'));
	if (token === '') throw new DsmApiError('The NAS locked the file, but does not tell the token of the lock.');
	const granted = /^Second-(\d+)$/i.exec(textOf(childOf(active, 'd:timeout')))?.[1];
	return { path, lock_token: token, seconds: granted === undefined ? asked.seconds : Number(granted) };
}

function bodyOf(text: string) {
	try {
		return text === '' ? undefined : readXml(text);
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
		return lockIn(answer, path, { seconds });
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
		return lockIn(answer, path, { lock, seconds });
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
