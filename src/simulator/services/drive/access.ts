import type { User } from '../../core/nas';
import type { DriveState } from './state';
import { ROLES, type DriveNode, type Permission, type Role } from './types';

/** Role of a user at a node; undefined when the node is none of theirs. */
export function roleOf(user: User, node: DriveNode): Role | undefined {
	const { view } = node;
	if (view.kind === 'home' && view.name === user.name) return 'organizer';
	const given: (Role | undefined)[] = [view.team?.enabled ? view.team.members.get(user.name) : undefined];
	for (let at: DriveNode | undefined = node; at; at = at.parent)
		given.push(...at.permissions.filter((permission) => concerns(permission, user)).map(({ role }) => role));
	return given.filter((role) => role !== undefined).sort((a, b) => rank(b) - rank(a))[0];
}

const rank = (role: Role): number => ROLES.indexOf(role);

export function concerns({ type, name }: Permission, user: User): boolean {
	if (type === 'user') return name === user.name;
	return type === 'group' ? user.groups.includes(name) : true;
}

/** Whether a role reaches another one. */
export const reaches = (role: Role | undefined, least: Role): boolean =>
	role !== undefined && rank(role) >= rank(least);

export const canRead = (user: User, node: DriveNode): boolean => reaches(roleOf(user, node), 'previewer');

/** What a role may do (drive.md 2.2). */
export function capabilities(role: Role | undefined): Record<string, boolean> {
	const [preview, download, edit, own] = (['previewer', 'viewer', 'editor', 'organizer'] as const).map((least) =>
		reaches(role, least),
	);
	return {
		can_comment: role === 'preview_commenter' || reaches(role, 'commenter'),
		can_delete: edit!,
		can_download: download!,
		can_encrypt: edit!,
		can_organize: edit!,
		can_preview: preview!,
		can_read: preview!,
		can_rename: edit!,
		can_share: own!,
		can_sync: download!,
		can_write: edit!,
	};
}

/** Roots of what others have shared with a user. */
export function sharedWith(drive: DriveState, user: User): DriveNode[] {
	return [...drive.byId.values()].filter(
		(node) =>
			!drive.trashRoot(node) &&
			!(node.view.kind === 'home' && node.view.name === user.name) &&
			node.permissions.some(
				(permission) =>
					permission.mounted &&
					permission.type !== 'public' &&
					permission.role !== 'denied' &&
					concerns(permission, user),
			),
	);
}
