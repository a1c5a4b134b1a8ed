import { readdir, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Nas, User } from './nas';

/** A refusal of a file operation, with its code (filestation.md 2). */
export class FileRefusal extends Error {
	constructor(readonly code: number) {
		super(`File operation refused: ${code}`);
	}
}

/** One file or folder of the NAS: virtual path (`/share/dir/file`) and where it lies here. */
export interface FileNode {
	path: string;
	disk: string;
	stats: Stats;
}

/** Place of a virtual path on this machine's disk. Throws 418 for an illegal path. `/home` is the caller's own. */
export function diskPath(nas: Nas, user: User, path: string): string {
	const segments = path.split('/').slice(1);
	const illegal = !path.startsWith('/') || segments.some((segment) => !isLegalName(segment));
	if (illegal) throw new FileRefusal(418);
	const real = segments[0] === 'home' ? ['homes', user.name, ...segments.slice(1)] : segments;
	if (segments[0] === 'home') nas.directory('volume1', 'homes', user.name);
	return join(nas.directory('volume1'), ...real);
}

export function isLegalName(name: string): boolean {
	return name !== '' && name !== '.' && name !== '..' && !/[\\/\0-\x1f]/.test(name);
}

/** The node of a virtual path; undefined when there is none. */
export async function nodeAt(nas: Nas, user: User, path: string): Promise<FileNode | undefined> {
	const disk = diskPath(nas, user, path);
	const stats = await stat(disk).catch(() => undefined);
	return stats && { path, disk, stats };
}

/** The node of a virtual path. Throws 408 when there is none. */
export async function existingNode(nas: Nas, user: User, path: string): Promise<FileNode> {
	const node = await nodeAt(nas, user, path);
	if (!node) throw new FileRefusal(408);
	return node;
}

/** What lies in a folder. */
export async function childrenOf(folder: Pick<FileNode, 'path' | 'disk'>): Promise<FileNode[]> {
	const names = await readdir(folder.disk);
	return await Promise.all(
		names.map(async (name) => {
			const disk = join(folder.disk, name);
			return { path: `${folder.path}/${name}`, disk, stats: await stat(disk) };
		}),
	);
}

/** The row of a listing (filestation.md 3). `additional` keys come only when asked for. */
export function fileRow({ path, stats }: FileNode, user: User, additional: readonly string[]): Record<string, unknown> {
	const name = basename(path);
	const all: Record<string, unknown> = {
		real_path: `/volume1${path}`,
		size: stats.size,
		owner: { user: user.name, group: 'users', uid: user.uid, gid: 100 },
		time: {
			atime: seconds(stats.atimeMs),
			mtime: seconds(stats.mtimeMs),
			ctime: seconds(stats.ctimeMs),
			crtime: seconds(stats.birthtimeMs),
		},
		perm: {
			posix: stats.isDirectory() ? 777 : 711,
			is_acl_mode: true,
			acl: { append: true, del: true, exec: true, read: true, write: true },
		},
		mount_point_type: '',
		type: stats.isDirectory() ? '' : extname(name).slice(1).toUpperCase(),
	};
	const asked = additional.filter((key) => Object.hasOwn(all, key)).map((key) => [key, all[key]]);
	return {
		isdir: stats.isDirectory(),
		name,
		path,
		...(additional.length > 0 && { additional: Object.fromEntries(asked) }),
	};
}

function seconds(ms: number): number {
	return Math.floor(ms / 1000);
}
