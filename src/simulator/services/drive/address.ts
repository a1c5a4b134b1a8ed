import type { User } from '../../core/nas';
import { canRead, sharedWith } from './access';
import { refuse } from './refusal';
import type { DriveState } from './state';
import type { DriveNode } from './types';

/** The node that an address names (drive.md 2.1), living or in the trash; undefined when there is none. */
export function nodeAt(drive: DriveState, user: User, address: string): DriveNode | undefined {
	const [head, ...rest] = address.split('/');
	if (head?.startsWith('link:')) return below(drive, drive.byLink.get(head.slice(5)), rest);
	if (head?.startsWith('id:')) return below(drive, drive.byId.get(head.slice(3)), rest);
	if (head !== '') return undefined;
	const [place, name = '', ...inside] = rest;
	switch (place) {
		case 'mydrive':
			return drive.switches.homes ? below(drive, drive.home(user.name), rest.slice(1)) : undefined;
		case 'team-folders': {
			const view = drive.team(name);
			return view?.team?.enabled ? below(drive, view.root, inside) : undefined;
		}
		case 'shared-with-me':
			return below(
				drive,
				sharedWith(drive, user).find((node) => node.name === name),
				inside,
			);
		case 'views':
			return below(drive, drive.views.find(({ id }) => id === name)?.root, inside);
		case 'volumes':
			return volumePath(drive, inside);
		default:
			return undefined;
	}
}

/** `/volumes/volume1/homes/<user>/Drive/...` and `/volumes/volume1/<team folder>/...`. */
function volumePath(drive: DriveState, [share = '', ...rest]: string[]): DriveNode | undefined {
	if (share !== 'homes') return below(drive, drive.team(share)?.root, rest);
	const [user = '', folder, ...inside] = rest;
	return folder === 'Drive' && drive.userOf(user) ? below(drive, drive.home(user), inside) : undefined;
}

function below(drive: DriveState, start: DriveNode | undefined, names: string[]): DriveNode | undefined {
	let node = start;
	for (const name of names) {
		if (name === '' || !node) continue;
		node = drive.child(node, name);
	}
	return node;
}

/** A living node that the user may read: 1003 when missing, 1002 when forbidden. */
export function existing(drive: DriveState, user: User, address: string): DriveNode {
	const node = nodeAt(drive, user, address);
	if (!node || drive.trashRoot(node)) return refuse(1003, 'get file information failed');
	return canRead(user, node) ? node : refuse(1002, 'get file information failed');
}

/** A folder to list: 1000 for whatever is wrong. */
export function listable(drive: DriveState, user: User, address: string): DriveNode {
	const node = nodeAt(drive, user, address);
	if (!node?.isDir || drive.trashRoot(node) || !canRead(user, node)) return refuse(1000, 'list node failed');
	return node;
}

/** Parent and name of something to create. The parent must be there: 1000. */
export function target(drive: DriveState, user: User, address: string): { parent: DriveNode; name: string } {
	const at = address.lastIndexOf('/');
	const parent = at < 0 ? undefined : nodeAt(drive, user, address.slice(0, at));
	if (!parent?.isDir || drive.trashRoot(parent) || !canRead(user, parent)) return refuse(1000, 'invalid arguments');
	return { parent, name: address.slice(at + 1) };
}

/** Full path as this user sees it. */
export function displayPath(drive: DriveState, user: User, node: DriveNode): string {
	const { view } = node;
	const inside = node.parent ? drive.pathOf(node) : '';
	if (view.kind === 'home' && view.name === user.name) return `/mydrive${inside}`;
	if (view.kind === 'team' && view.team?.members.has(user.name)) return `/team-folders/${view.name}${inside}`;
	for (let at: DriveNode | undefined = node, tail = ''; at; tail = `/${at.name}${tail}`, at = at.parent)
		if (at.permissions.length > 0 && sharedWith(drive, user).includes(at)) return `/shared-with-me/${at.name}${tail}`;
	return `/views/${view.id}${inside}`;
}
