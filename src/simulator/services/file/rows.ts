import type { User } from '../../core/nas';
import type { Entry, Right, Share, Volume } from '../../core/volume';

const seconds = (ms: number): number => Math.floor(ms / 1000);

const extension = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toUpperCase() ?? '';

const acl = (right: Right) => {
	const write = right === 'RW';
	return { append: write, del: write, exec: true, read: right !== 'NA', write };
};

const timesOf = ({ times }: Entry) => ({
	atime: seconds(times.atime),
	mtime: seconds(times.mtime),
	ctime: seconds(times.ctime),
	crtime: seconds(times.crtime),
});

const ownerOf = (owner: string, uidOf: (name: string) => number) => ({
	user: owner,
	group: owner === 'root' ? 'root' : 'users',
	uid: uidOf(owner),
	gid: owner === 'root' ? 0 : 100,
});

/** Size that listings show: of a folder that of its own record. */
export const sizeOf = (entry: Entry): number => (entry.kind === 'file' ? entry.size : 4096);

export interface View {
	user: User;
	right: Right;
	uidOf: (name: string) => number;
	additional: readonly string[];
}

/** The row of a listing (filestation.md 3). `additional` keys come only when asked for. */
export function fileRow(entry: Entry, path: string, view: View): Record<string, unknown> {
	const { user, additional } = view;
	const isdir = entry.kind === 'folder';
	const name = path.slice(path.lastIndexOf('/') + 1);
	return withAdditional({ isdir, name, path }, additional, {
		real_path: () => `/volume1${path.replace(/^\/home(?=\/|$)/, `/homes/${user.name}`)}`,
		size: () => sizeOf(entry),
		owner: () => ownerOf(entry.owner, view.uidOf),
		time: () => timesOf(entry),
		perm: () => ({ posix: isdir ? 777 : 711, is_acl_mode: true, acl: acl(view.right) }),
		mount_point_type: () => '',
		type: () => (isdir ? '' : extension(name)),
	});
}

/** The row of a shared folder. */
export function shareRow(share: Share, volume: Volume, view: View): Record<string, unknown> {
	const { folder, readOnly } = share;
	const path = `/${folder.name}`;
	return withAdditional({ isdir: true, name: folder.name, path }, view.additional, {
		real_path: () => `/volume1${path}`,
		owner: () => ownerOf(folder.owner, view.uidOf),
		time: () => timesOf(folder),
		perm: () => ({
			acl: acl(view.right),
			acl_enable: true,
			adv_right: { disable_download: false, disable_list: false, disable_modify: false },
			is_acl_mode: true,
			is_share_readonly: readOnly,
			posix: 777,
			share_right: view.right,
		}),
		mount_point_type: () => '',
		sync_share: () => false,
		volume_status: () => volumeStatus(volume),
	});
}

export const volumeStatus = ({ totalBytes, usedBytes }: Volume) => ({
	freespace: totalBytes - usedBytes,
	readonly: false,
	totalspace: totalBytes,
});

/** Adds the asked and known keys. */
export function withAdditional(
	row: Record<string, unknown>,
	additional: readonly string[],
	known: Record<string, () => unknown>,
): Record<string, unknown> {
	if (additional.length === 0) return row;
	const asked = additional.filter((key) => Object.hasOwn(known, key)).map((key) => [key, known[key]?.()]);
	return { ...row, additional: Object.fromEntries(asked) };
}
