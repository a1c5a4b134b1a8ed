import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { child, DAV, document, node, parseXml, type Node } from '../../core/dav/xml';
import type { User } from '../../core/nas';
import { open, walk, type Entry, type FileEntry, type Folder } from '../../core/volume';
import { part, rangeOf } from './range';
import type { WebdavState } from './state';
import { copyOrMove, lock, unlock } from './moving';

/** One request of somebody who may be here. */
export interface Visit {
	state: WebdavState;
	user: User;
	method: string;
	/** In clear, without a slash at the end. */
	path: string;
	isSlashed: boolean;
	headers: IncomingHttpHeaders;
	text: string;
	upload?: { path: string; size: number };
}

export interface Reply {
	status: number;
	headers?: Record<string, string>;
	/** XML. */
	body?: string;
	file?: Readable;
}

export function answer(visit: Visit): Reply {
	const entry = visit.path === '/' ? undefined : seen(visit, visit.path);
	if (
		visit.path !== '/' &&
		entry?.kind === 'folder' &&
		!visit.isSlashed &&
		visit.method !== 'MKCOL' &&
		visit.method !== 'PUT'
	)
		return { status: 301, headers: { Location: `${addressOf(visit.path)}/` } };
	switch (visit.method) {
		case 'PROPFIND':
			return propfind(visit, entry);
		case 'GET':
		case 'HEAD':
			return get(visit, entry);
		case 'PUT':
			return put(visit, entry);
		case 'MKCOL':
			return mkcol(visit, entry);
		case 'DELETE':
			return remove(visit, entry);
		case 'COPY':
		case 'MOVE':
			return copyOrMove(visit, entry);
		case 'LOCK':
			return lock(visit, entry);
		case 'UNLOCK':
			return unlock(visit, entry);
		default:
			return { status: 405 };
	}
}

/** What somebody sees at a path: a share without a right is hidden. */
export function seen({ state, user }: Pick<Visit, 'state' | 'user'>, path: string): Entry | undefined {
	const share = state.files.shareOf(user, path);
	if (
		share &&
		path.split('/').length === 2 &&
		state.files.rightOf(user, share) === 'NA' &&
		share.folder.name !== 'homes'
	)
		return undefined;
	return state.files.find(user, path);
}

export const addressOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Apache's kind: size and time in hex. */
export const etagOf = ({ size, times }: FileEntry): string =>
	`"${size.toString(16)}-${(times.mtime * 1000).toString(16)}"`;

/** Above a name: the folder; undefined where there is none. */
export function parentOf(visit: Visit, path: string): Folder | undefined {
	const at = path.lastIndexOf('/');
	const parent = at <= 0 ? undefined : seen(visit, path.slice(0, at));
	return parent?.kind === 'folder' ? parent : undefined;
}

export const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether a lock of somebody else, or one whose token was not given, stands in the way. */
export function isLocked({ state, headers }: Visit, ...entries: (Entry | undefined)[]): boolean {
	const given = String(headers.if ?? '');
	return entries.some((entry) => {
		const below = entry ? [...walk(entry)] : [];
		return [entry, ...below].some((one) => {
			const found = state.locks.on(one);
			return found !== undefined && !given.includes(`<${found.token}>`);
		});
	});
}

/** 412 unless the version is the one that was meant. */
function isOther({ headers }: Visit, entry: Entry | undefined): boolean {
	const [match, none] = [headers['if-match'], headers['if-none-match']];
	const etag = entry?.kind === 'file' ? etagOf(entry) : undefined;
	if (match !== undefined && match !== '*' && match !== etag) return true;
	return none === '*' && entry !== undefined;
}

const d = (name: string, content: string | Node[] = []): Node => node(DAV, name, content);

function propfind(visit: Visit, entry: Entry | undefined): Reply {
	const { state, user, path, headers, text } = visit;
	const depth = String(headers.depth ?? 'infinity').toLowerCase();
	if (depth === 'infinity' && state.setting('enable_depth_infinity') !== true)
		return { status: 403, body: document(DAV, 'error', [d('propfind-finite-depth')]) };
	if (text !== '' && !parseXml(text)) return { status: 400 };
	const props = child(parseXml(text), DAV, 'prop')?.children.map(({ name }) => name) ?? Object.keys(PROPS);
	const shares = [...state.files.volume.shares.values()].filter(
		(share) => state.files.rightOf(user, share) !== 'NA' && share.folder.name !== 'homes',
	);
	if (path !== '/' && !entry) return { status: 404 };
	const own = path === '/' ? response('/', undefined, props) : response(hrefOf(path, entry!), entry, props);
	const children =
		path === '/' ? shares.map(({ folder }) => folder) : entry?.kind === 'folder' ? [...entry.children.values()] : [];
	const base = path === '/' ? '' : path;
	const rows = depth === '0' ? [] : children.map((one) => response(hrefOf(`${base}/${one.name}`, one), one, props));
	return { status: 207, body: document(DAV, 'multistatus', [own, ...rows]) };
}

const hrefOf = (path: string, entry: Entry): string => addressOf(path) + (entry.kind === 'folder' ? '/' : '');

const PROPS: Record<string, (entry: Entry | undefined) => string | Node[] | undefined> = {
	displayname: (entry) => entry?.name ?? '',
	getcontentlength: (entry) => (entry?.kind === 'file' ? String(entry.size) : undefined),
	getlastmodified: (entry) => entry && new Date(entry.times.mtime).toUTCString(),
	getetag: (entry) => (entry?.kind === 'file' ? etagOf(entry) : undefined),
	resourcetype: (entry) => (entry?.kind === 'file' ? [] : [d('collection')]),
};

function response(href: string, entry: Entry | undefined, props: readonly string[]): Node {
	const values = props.map((name) => [name, PROPS[name]?.(entry)] as const);
	const found = values.flatMap(([name, value]) => (value === undefined ? [] : [d(name, value)]));
	const missing = values.flatMap(([name, value]) => (value === undefined ? [d(name)] : []));
	const stat = (nodes: Node[], status: string) =>
		nodes.length === 0 ? [] : [d('propstat', [d('prop', nodes), d('status', `HTTP/1.1 ${status}`)])];
	return d('response', [d('href', href), ...stat(found, '200 OK'), ...stat(missing, '404 Not Found')]);
}

function get({ state, user, path, headers }: Visit, entry: Entry | undefined): Reply {
	if (!entry) return { status: path === '/' ? 403 : 404 };
	if (entry.kind === 'folder') return { status: 403 };
	const range = rangeOf(headers.range, entry.size);
	if (range === 'none') return { status: 416 };
	state.transfer(user.name, 'read', path);
	const common = {
		ETag: etagOf(entry),
		'Last-Modified': new Date(entry.times.mtime).toUTCString(),
		'Accept-Ranges': 'bytes',
		'Content-Type': path.endsWith('.txt') ? 'text/plain' : 'application/octet-stream',
	};
	if (!range) return { status: 200, headers: { ...common, 'Content-Length': String(entry.size) }, file: open(entry) };
	const { from, to } = range;
	return {
		status: 206,
		headers: {
			...common,
			'Content-Length': String(to - from + 1),
			'Content-Range': `bytes ${from}-${to}/${entry.size}`,
		},
		file: Readable.from(part(entry, from, to), { objectMode: false }),
	};
}

function put(visit: Visit, entry: Entry | undefined): Reply {
	const { state, user, path, upload } = visit;
	const parent = parentOf(visit, path);
	if (!parent) return { status: 409 };
	if (entry?.kind === 'folder') return { status: 405 };
	state.files.mayWrite(user, path);
	if (isLocked(visit, entry ?? parent)) return { status: 423 };
	if (isOther(visit, entry)) return { status: 412 };
	const { volume } = state.files;
	const size = upload?.size ?? 0;
	volume.reserve(user.name, size - (entry?.size ?? 0));
	volume.addFile(parent, nameIn(path), { owner: user.name, size, content: volume.keep(upload!.path) });
	state.transfer(user.name, 'write', path);
	return { status: entry ? 204 : 201 };
}

function mkcol(visit: Visit, entry: Entry | undefined): Reply {
	const { state, user, path, text } = visit;
	if (text !== '') return { status: 415 };
	if (entry || path.lastIndexOf('/') === 0) return { status: entry ? 405 : 403 };
	const parent = parentOf(visit, path);
	if (!parent) return { status: 409 };
	state.files.mayWrite(user, path);
	if (isLocked(visit, parent)) return { status: 423 };
	state.files.volume.addFolder(parent, nameIn(path), user.name);
	state.transfer(user.name, 'create', path);
	return { status: 201 };
}

function remove(visit: Visit, entry: Entry | undefined): Reply {
	const { state, user, path } = visit;
	if (!entry) return { status: path === '/' ? 403 : 404 };
	if (path.lastIndexOf('/') === 0) return { status: 403 };
	state.files.mayWrite(user, path);
	if (isLocked(visit, entry)) return { status: 423 };
	if (isOther(visit, entry)) return { status: 412 };
	state.files.volume.remove(entry);
	state.transfer(user.name, 'delete', path);
	return { status: 204 };
}
