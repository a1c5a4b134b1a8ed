import { child, DAV, document, node, parseXml, type Node } from '../../core/dav/xml';
import type { Entry, Folder } from '../../core/volume';
import type { Lock } from './locks';
import { isLocked, nameIn, parentOf, seen, type Reply, type Visit } from './methods';

export function copyOrMove(visit: Visit, entry: Entry | undefined): Reply {
	const { state, user, path, method, headers } = visit;
	if (!entry) return { status: path === '/' ? 403 : 404 };
	const to = destinationOf(visit);
	if (typeof to === 'number') return { status: to };
	if (to === path || to.startsWith(`${path}/`)) return { status: 403 };
	const parent = parentOf(visit, to);
	if (!parent) return { status: 409 };
	const isMove = method === 'MOVE';
	if (isMove && path.lastIndexOf('/') === 0) return { status: 403 };
	state.files.mayWrite(user, to);
	if (isMove) state.files.mayWrite(user, path);
	const old = seen(visit, to);
	if (isLocked(visit, ...(isMove ? [entry] : []), old ?? parent)) return { status: 423 };
	// Absent means T (RFC 4918, 10.6).
	if (old && String(headers.overwrite ?? 'T').toUpperCase() === 'F') return { status: 412 };
	if (old) state.files.volume.remove(old);
	if (isMove) state.files.volume.move(entry, parent, nameIn(to));
	else copyAll(visit, entry, parent, nameIn(to));
	state.transfer(user.name, isMove ? 'move' : 'write', to);
	return { status: old ? 204 : 201 };
}

function copyAll(visit: Visit, entry: Entry, parent: Folder, name: string): void {
	const { volume } = visit.state.files;
	const copy = volume.copy(entry, parent, visit.user.name, name);
	if (entry.kind !== 'folder' || copy.kind !== 'folder') return;
	for (const one of [...entry.children.values()]) copyAll(visit, one, copy, one.name);
}

/** The path of the Destination header, or the status of the refusal. */
function destinationOf({ headers }: Visit): string | number {
	if (typeof headers.destination !== 'string' || !URL.canParse(headers.destination)) return 400;
	const { host, pathname } = new URL(headers.destination);
	if (host !== headers.host) return 502;
	return decodeURIComponent(pathname).replace(/(.)\/$/, '$1');
}

const d = (name: string, content: string | Node[] = []): Node => node(DAV, name, content);

const discovery = ({ token, owner, seconds }: Lock): string =>
	document(DAV, 'prop', [
		d('lockdiscovery', [
			d('activelock', [
				d('locktype', [d('write')]),
				d('lockscope', [d('exclusive')]),
				d('depth', 'infinity'),
				d('owner', owner),
				d('timeout', `Second-${seconds}`),
				d('locktoken', [d('href', token)]),
			]),
		]),
	]);

/** A lock without a body is renewed. One on a path with nothing at it would make an empty file; nobody needs that here: 409. */
export function lock(visit: Visit, entry: Entry | undefined): Reply {
	const { state, user, text, headers } = visit;
	if (!entry) return { status: 409 };
	const seconds = Number(/^second-(\d+)/i.exec(String(headers.timeout ?? ''))?.[1] ?? 600);
	const held = state.locks.on(entry);
	if (text === '') {
		if (!held || !String(headers.if ?? '').includes(`<${held.token}>`)) return { status: 412 };
		return { status: 200, body: discovery(state.locks.renew(held, seconds)) };
	}
	const info = parseXml(text);
	if (info?.name !== 'lockinfo' || !child(child(info, DAV, 'lockscope'), DAV, 'exclusive')) return { status: 400 };
	if (held) return { status: 423 };
	state.files.mayWrite(user, visit.path);
	const made = state.locks.add(entry, child(info, DAV, 'owner')?.text ?? '', seconds);
	return { status: 200, headers: { 'Lock-Token': `<${made.token}>` }, body: discovery(made) };
}

export function unlock({ state, headers }: Visit, entry: Entry | undefined): Reply {
	const token = /^<(.+)>$/.exec(String(headers['lock-token'] ?? ''))?.[1];
	if (token === undefined) return { status: 400 };
	return { status: entry && state.locks.remove(entry, token) ? 204 : 409 };
}
