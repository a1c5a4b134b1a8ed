import { keepBudget } from '../../../core/budget';
import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { refuseTwins } from '../../../catalog/absence';
import type { Budget } from '../../../catalog/operation';
import { timeOf } from '../../../catalog/row';
import type { Observed } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { listFolder, type DriveFile } from '../wire/files';
import { isOfficeName } from './download';
import { isClosed, isFolder, isMissing } from './files';
import { wholeList } from './wholeList';

/** Folders that are listed at the same time: they go as one request. */
const WIDTH = 10;
/** A new file without content may still be on its way: it is left for a later poll while it is so young (drive.md 9.2). */
const SETTLING = 10;

/** What a tree trigger knows of the tree. Fingerprints of an item: kind, parent, name, content, version of an Office document. */
export const memory = z.object({
	v: z.literal(1),
	seq: z.number().int(),
	/** Id of the folder that is watched. */
	root: z.string(),
	/** Its `change_id` at the last poll: when it falls, the NAS has rebuilt its database. */
	counter: z.number(),
	items: z.record(z.string(), z.array(z.string())),
	/** Folder -> `change_id` up to which all below it is known. */
	walked: z.record(z.string(), z.number()),
	/** What vanished from its folder, while other folders are not yet read. */
	missing: z.array(z.string()),
	/** What went, the newest 1000: it may come back. */
	gone: z.record(z.string(), z.enum(['deleted', 'moved'])),
});
export type Memory = z.output<typeof memory>;

export const PARENT = 1;
export const NAME = 2;
export const CONTENT = 3;
export const VERSION = 4;

export interface Seen {
	/** Files and folders that were read, in the order of their last change, then those that are known to be as they were. */
	found: Observed<DriveFile>[];
	walked: Memory['walked'];
	/** Known before, and in none of the folders that were read. */
	vanished: string[];
	/** The budget ended first: what vanished may still turn up in another folder. */
	stopped: boolean;
}

/** Something that is as it was. */
export const unchanged = (id: string, { items }: Memory): Observed<DriveFile> => ({
	id,
	fingerprints: items[id]!,
	row: undefined as never,
});

/** Refusals that concern one folder: the others are read all the same. */
const isUnreadable = (error: unknown): boolean =>
	isMissing(error) || isClosed(error) || (isDsmError(error) && error.code === 'permission');

/** Number of the last change below a folder; very old releases of Drive have none. */
export const changeOf = ({ change_id }: DriveFile): number | undefined =>
	change_id === undefined ? undefined : Number(change_id);

export interface Looking {
	dsm: Dsm;
	/** Subfolders, too. */
	deep: boolean;
	budget: Budget;
}

/** Reads what may have changed below a folder: folders whose `change_id` is as it was are not asked for (drive.md 9.2). */
export async function look(root: DriveFile, known: Memory, { dsm, deep, budget }: Looking): Promise<Seen> {
	const read = new Map<string, Observed<DriveFile>>();
	const kept = new Map<string, Observed<DriveFile>>();
	const walked: Memory['walked'] = {};
	const below = childrenOf(known);
	const missing = new Set(known.missing);
	let finished = 0;
	let stopped = false;

	/** Everything that is known below a folder stays as it was. */
	const keep = (folder: string): void => {
		for (const id of below.get(folder) ?? []) {
			if (missing.has(id) || kept.has(id)) continue;
			kept.set(id, unchanged(id, known));
			if (known.walked[id] !== undefined) walked[id] = known.walked[id];
			keep(id);
		}
	};

	/** A file on its way keeps what is known of it; its row is left out. */
	const isReady = (row: DriveFile): boolean => {
		if (!isSettling(row, dsm.now())) return true;
		if (known.items[row.file_id]) kept.set(row.file_id, unchanged(row.file_id, known));
		return false;
	};

	/** Whether all below the folder is known now. At least one folder is finished by each poll, so that all are some day. */
	const visit = async (folder: DriveFile): Promise<boolean> => {
		const { file_id } = folder;
		const change = changeOf(folder);
		const isKnown = change !== undefined && known.walked[file_id] === change;
		const isOver = !isKnown && finished > 0 && !budget.left();
		const rows = isKnown || isOver ? undefined : await childRows(dsm, file_id, folder === root);
		if (!rows) {
			keep(file_id);
			stopped ||= isOver;
			if (isKnown) walked[file_id] = change;
			return isKnown;
		}
		const ready = rows.filter(isReady);
		for (const row of ready) read.set(row.file_id, { id: row.file_id, fingerprints: fingerprintsOf(row), row });
		keepBudget('watchedTree', read.size + kept.size, { path: ['folder'] });
		let all = ready.length === rows.length;
		const folders = deep ? ready.filter((row) => isFolder(row) && isReadable(row)) : [];
		for (let from = 0; from < folders.length; from += WIDTH) {
			const part = await Promise.all(folders.slice(from, from + WIDTH).map(visit));
			all = all && part.every(Boolean);
		}
		if (!all) return false;
		finished += 1;
		if (change !== undefined) walked[file_id] = change;
		return true;
	};

	await visit(root);
	const order = [...read.values()].sort((a, b) => Number(a.row.sync_id ?? 0) - Number(b.row.sync_id ?? 0));
	const found = [...order, ...[...kept.values()].filter(({ id }) => !read.has(id))];
	const there = new Set(found.map(({ id }) => id));
	const vanished = Object.keys(known.items).filter((id) => !there.has(id));
	return { found, walked, vanished, stopped };
}

/** A folder that is listed and closed to the account holds nothing to tell. */
const isReadable = ({ can_read }: DriveFile): boolean => can_read !== false;

/** Undefined: the folder cannot be read, which is no reason to stop, unless it is the watched one. */
async function childRows(dsm: Dsm, file_id: string, isRoot: boolean): Promise<DriveFile[] | undefined> {
	try {
		const rows = await wholeList(dsm, listFolder, { path: `id:${file_id}`, sort_by: 'name', sort_direction: 'asc' });
		refuseTwins(rows, (row) => row.file_id);
		return rows;
	} catch (error) {
		if (isRoot || !isUnreadable(error)) throw error;
		return undefined;
	}
}

function childrenOf({ items }: Memory): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const [id, fingerprints] of Object.entries(items)) {
		const parent = fingerprints[PARENT] ?? '';
		const list = found.get(parent);
		if (list) list.push(id);
		else found.set(parent, [id]);
	}
	return found;
}

/** The hash, not the number of the version, which grows with a rename, too. Office documents have their version as well. */
export function fingerprintsOf(row: DriveFile): string[] {
	const { parent_id = '' } = row;
	if (isFolder(row)) return ['d', parent_id, row.name];
	const content = `${row.size ?? 0}.${(row.hash ?? '').slice(0, 10)}`;
	return ['f', parent_id, row.name, content, ...(isOfficeName(row.name) ? [row.version_id ?? ''] : [])];
}

export function isSettling(row: DriveFile, now: number): boolean {
	if (isFolder(row) || (row.hash !== '' && row.size !== 0)) return false;
	const age = Math.floor(now / 1000) - timeOf(row.change_time) / 1000;
	return age >= 0 && age < SETTLING;
}
