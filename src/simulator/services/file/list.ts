import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import type { Entry, Folder } from '../../core/volume';
import { type FileCall, guarded, matcher, page, textList, textOf } from './call';
import { fileRow, shareRow, sizeOf, type View } from './rows';

export const listBehaviours: BehaviourTable = {
	'SYNO.FileStation.List.list_share': guarded(listShares),
	'SYNO.FileStation.List.list': guarded(listFolder),
	'SYNO.FileStation.List.getinfo': guarded(getInfo),
};

/** How the caller sees rows below a path. */
export function viewOf({ nas, user, state, params }: FileCall, path: string): View {
	const share = state.shareOf(user, path);
	const rest = path
		.replace(/^\/home(?=\/|$)/, `/homes/${user.name}`)
		.split('/')
		.slice(2);
	const right = share ? state.rightOf(user, share, rest) : 'NA';
	const uidOf = (name: string) => nas.users.get(name)?.uid ?? 0;
	return {
		user,
		right: share?.readOnly && right === 'RW' ? 'RO' : right,
		uidOf,
		additional: textList(params.additional),
	};
}

/** The row of an entry at a path. */
export const rowOf = (call: FileCall, entry: Entry, path: string) => fileRow(entry, path, viewOf(call, path));

function listShares(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const onlyWritable = params.onlywritable === true || params.onlywritable === 'true';
	const shares = [...state.volume.shares.values()].filter((share) => {
		const right = state.rightOf(user, share);
		return right !== 'NA' && !(onlyWritable && (right === 'RO' || share.readOnly));
	});
	const byEntry = comparison(params);
	shares.sort((a, b) => byEntry(a.folder, b.folder));
	const { offset, rows } = page(shares, params);
	const data = rows.map((share) => shareRow(share, state.volume, viewOf(call, `/${share.folder.name}`)));
	return { data: { offset, shares: data, total: shares.length } };
}

function listFolder(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const path = textOf(params.folder_path);
	const filetype = textOf(params.filetype) ?? 'all';
	if (path === undefined || !['all', 'file', 'dir'].includes(filetype)) return { error: 400 };
	const entries = ordered(state.folder(user, path), params, filetype);
	const { offset, rows } = page(entries, params);
	const view = viewOf(call, path);
	return {
		data: { files: rows.map((entry) => fileRow(entry, `${path}/${entry.name}`, view)), offset, total: entries.length },
	};
}

/** Pages of one listing come one after the other: it is sorted once, as long as the folder stays as it is. */
const listings = new WeakMap<Folder, { key: string; entries: Entry[] }>();

function ordered(folder: Folder, params: Record<string, unknown>, filetype: string): Entry[] {
	const { pattern, sort_by, sort_direction } = params;
	const key = JSON.stringify([folder.version, filetype, pattern, sort_by, sort_direction]);
	const known = listings.get(folder);
	if (known?.key === key) return known.entries;
	const matches = matcher(textOf(pattern));
	const entries = [...folder.children.values()]
		.filter(
			({ kind, name }) =>
				name !== '@eaDir' && (filetype === 'all' || (kind === 'folder') === (filetype === 'dir')) && matches(name),
		)
		.sort(comparison(params));
	listings.set(folder, { key, entries });
	return entries;
}

type Key = (entry: Entry) => string | number;
const KEYS: Record<string, Key> = {
	name: ({ name }) => name,
	size: sizeOf,
	user: ({ owner }) => owner,
	group: ({ owner }) => (owner === 'root' ? 'root' : 'users'),
	mtime: ({ times }) => times.mtime,
	atime: ({ times }) => times.atime,
	ctime: ({ times }) => times.ctime,
	crtime: ({ times }) => times.crtime,
	posix: ({ kind }) => (kind === 'folder' ? 777 : 711),
	type: ({ kind, name }) => (kind === 'folder' ? '' : name.replace(/^.*\./, '').toUpperCase()),
};

/** Folders come first when sorted by name; equal ones are in the order of their names. */
export function comparison({ sort_by, sort_direction }: Record<string, unknown>): (a: Entry, b: Entry) => number {
	const by = textOf(sort_by) ?? 'name';
	const key = KEYS[by] ?? KEYS['name']!;
	const sign = /^desc$/i.test(textOf(sort_direction) ?? '') ? -1 : 1;
	return (a, b) => {
		if (by === 'name' && a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
		const [x, y] = [key(a), key(b)];
		return sign * (x < y ? -1 : x > y ? 1 : a.name < b.name ? -1 : 1);
	};
}

/** A missing path does not fail the call; how it shows is a switch (filestation.md 4.4). */
function getInfo(call: FileCall): ApiReply {
	const { nas, params, state, user } = call;
	const paths = textList(params.path);
	if (paths.length === 0) return { error: 400 };
	const answer = nas.switches.missingPathAnswer;
	const files: unknown[] = [];
	for (const path of paths) {
		const entry = state.find(user, path);
		const share = path.split('/').length === 2 ? state.shareOf(user, path) : undefined;
		if (entry && share) files.push(infoOfShare(call, share, path));
		else if (entry) files.push(rowOf(call, entry, path));
		else if (answer === 408) return { error: 408 };
		else if (answer !== 'none') files.push({ code: 408, ...(answer === 'entry' && { name: '' }), path });
	}
	return { data: { files } };
}

/** A shared folder has the keys of both kinds of rows. */
function infoOfShare(call: FileCall, share: Parameters<typeof shareRow>[0], path: string): Record<string, unknown> {
	const view = viewOf(call, path);
	const [asFile, asShare] = [fileRow(share.folder, path, view), shareRow(share, call.state.volume, view)];
	const more = { ...(asFile.additional as object), ...(asShare.additional as object) };
	return { ...asFile, ...(view.additional.length > 0 && { additional: more }) };
}
