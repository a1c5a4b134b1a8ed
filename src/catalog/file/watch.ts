import type { Dsm } from '../../core/dsm';
import { DsmApiError } from '../../core/errors';
import type { Budget, PollAnswer } from '../operation';
import {
	compare,
	moves,
	packed,
	packedSnapshot,
	snapshotOf,
	unpacked,
	type Change,
	type Prints,
	type Sight,
	type Snapshot,
} from '../sources';
import { z } from '../../vendor/zod';
import { baseOf, parentOf, type FileRow } from './fields';
import { listFolders, printOf, probe, type Listing } from './tree';

/**
 * What is there, as `path -> prints`, and what says that a folder has not changed since. A path is all the identity that File Station
 * offers; the time of creation, the size and the time of modification together tell that a file has only moved.
 */
export const watchCursor = packedSnapshot.extend({
	/** Time of the NAS when everything was read last. */
	looked: z.number(),
	/** Folder -> print, in the compact form. */
	folders: z.string(),
	/** Path -> prints, and when they were seen first: files that may still be written. */
	pending: z.record(z.string(), z.tuple([z.string(), z.number()])),
});
export type WatchCursor = z.output<typeof watchCursor>;

export interface Watch {
	folder: string;
	recursive: boolean;
	/** Which files and folders count. */
	fits: (row: FileRow) => boolean;
	/** Also changes inside files are wanted, which no folder shows: everything is read each time. */
	content: boolean;
	/** Seconds that a file must have stayed as it is. */
	settle: number;
}

export type Moved = { kind: 'moved'; id: string; from: string; event_id: string; row: FileRow; now: Prints };
export type FileChange = Change<FileRow> | Moved;

/** Most files and folders: the cursor then has some megabytes. */
const MOST = 200_000;
/** Milliseconds after which folders are read although nothing says that they changed: mounted ones may not tell. */
const TRUST = 3_600_000;

/** Kind and size, time of modification, time of creation. Of folders only what stays the same when something in them changes. */
export function printsOf({ isdir, additional }: FileRow): string[] {
	const { mtime = 0, crtime = 0 } = additional?.time ?? {};
	return isdir ? ['d', '', String(crtime)] : [String(additional?.size ?? 0), String(mtime), String(crtime)];
}

type Folders = Record<string, string>;
const packText = (folders: Folders): string =>
	packed({ v: 1, seq: 0, items: Object.fromEntries(Object.entries(folders).map(([key, print]) => [key, [print]])) })
		.packed;
const unpackText = (text: string): Folders =>
	Object.fromEntries(
		Object.entries(unpacked({ v: 1, seq: 0, packed: text }).items).map(([key, [print = '']]) => [key, print]),
	);

/** What one look found. */
interface Look {
	sights: Map<string, Sight<FileRow>>;
	folders: Folders;
	/** Folders that were read in several requests. */
	paged: Set<string>;
	complete: boolean;
}

/** Everything as it is now: nothing of it is told. */
export async function startWatch(watch: Watch, dsm: Dsm): Promise<WatchCursor> {
	const now = dsm.now();
	const { sights, folders } = await lookAt(
		watch,
		dsm,
		{ [watch.folder]: '' },
		{ v: 1, seq: 0, items: {} },
		{ left: () => true },
	);
	return { ...packed(snapshotOf(sights.values())), looked: now, folders: packText(folders), pending: {} };
}

/** What happened since the last look. */
export async function pollWatch(
	watch: Watch,
	cursor: WatchCursor,
	dsm: Dsm,
	budget: Budget,
): Promise<PollAnswer<WatchCursor, FileChange>> {
	const now = dsm.now();
	const folders = unpackText(cursor.folders);
	const all = watch.content || now - cursor.looked > TRUST || now < cursor.looked;
	const waiting = Object.keys(cursor.pending);
	const rows = watch.content
		? new Map<string, FileRow>()
		: await probe(dsm, watch.folder, [...Object.keys(folders).filter((path) => path !== watch.folder), ...waiting]);
	const prints = Object.fromEntries(
		Object.entries(folders).map(([path, print]) => [
			path,
			!all && print !== '' && print === printOf(rows.get(path), now) ? print : '',
		]),
	);
	if (!Object.values(prints).includes('') && waiting.length === 0) return { events: [], cursor };
	const known = unpacked(cursor);
	const look = await lookAt(watch, dsm, prints, known, budget, rows);
	addWaiting(look, waiting, rows, prints, watch);
	await confirm(look, known, dsm);
	const { changes, cursor: next } = compare(known, [...look.sights.values()]);
	const { accepted, pending, items } = settled(watch, changes, next.items, known, cursor.pending, now);
	const seq = accepted.length > 0 ? known.seq + 1 : known.seq;
	const stays = accepted.length === 0 && sameItems(changes, pending);
	const snapshot = stays ? { v: 1 as const, seq, packed: cursor.packed } : packed({ v: 1, seq, items });
	const looked = all && look.complete ? now : cursor.looked;
	return {
		events: accepted,
		cursor: { ...snapshot, looked, folders: packText(look.folders), pending },
		...(!look.complete && { more: true }),
	};
}

/** Everything that was found waits: then what is known stays as it was. */
const sameItems = (changes: readonly Change<FileRow>[], pending: WatchCursor['pending']): boolean =>
	changes.every(({ id }) => id in pending);

/** Reads the folders whose print is empty, and those that turn up below; of the others the cursor tells what is there. */
async function lookAt(
	watch: Watch,
	dsm: Dsm,
	prints: Folders,
	known: Snapshot,
	budget: Budget,
	probed = new Map<string, FileRow>(),
): Promise<Look> {
	const now = dsm.now();
	const look: Look = { sights: new Map(), folders: { ...prints }, paged: new Set(), complete: true };
	const before = byFolder(known);
	const read = new Set<string>();
	let queue = Object.keys(prints).filter((path) => prints[path] === '');
	if (queue.length > 0 && !probed.has(watch.folder) && !watch.content)
		probed = new Map([...probed, ...(await probe(dsm, watch.folder, []))]);
	while (queue.length > 0 && look.complete) {
		const next: string[] = [];
		for await (const [path, listing] of listFolders(dsm, queue, () => budget.left() || read.size === 0)) {
			read.add(path);
			look.folders[path] = listing ? printOf(probed.get(path), now) : '';
			if (listing) next.push(...take(watch, look, path, listing, before, probed));
			else keep(look, before.get(path) ?? [], known);
		}
		look.complete = queue.every((path) => read.has(path));
		queue = next.filter((path) => !read.has(path));
	}
	const gone = (path: string) => path !== watch.folder && !(path in look.folders);
	for (const [path, ids] of before) if (!read.has(path) && !gone(path)) keep(look, ids, known);
	return look;
}

/** Paths of the snapshot by the folder they lie in. */
function byFolder({ items }: Snapshot): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const id of Object.keys(items)) {
		const list = found.get(parentOf(id));
		if (list) list.push(id);
		else found.set(parentOf(id), [id]);
	}
	return found;
}

const keep = (look: Look, ids: readonly string[], { items }: Snapshot): void => {
	for (const id of ids) look.sights.set(id, { id, prints: items[id]!, row: undefined as unknown as FileRow });
};

/** Takes up what is in a folder; gives the folders below that have not been read before. Those that are gone go with all below them. */
function take(
	watch: Watch,
	look: Look,
	folder: string,
	{ rows, paged }: Listing,
	before: Map<string, string[]>,
	probed: Map<string, FileRow>,
): string[] {
	if (paged) look.paged.add(folder);
	const below = new Set(watch.recursive ? rows.filter(({ isdir }) => isdir).map(({ path }) => path) : []);
	for (const path of Object.keys(look.folders)) {
		const isChild = path.startsWith(`${folder}/`) && parentOf(path) === folder;
		if (isChild && !below.has(path)) forget(look, path, before);
	}
	for (const row of rows) {
		if (row.isdir && below.has(row.path)) probed.set(row.path, row);
		if (watch.fits(row)) look.sights.set(row.path, { id: row.path, prints: printsOf(row), row });
	}
	if (look.sights.size + Object.keys(look.folders).length > MOST)
		throw new DsmApiError(`There are more than ${MOST} files and folders below "${watch.folder}".`, {
			hint: 'Watch a folder further down, or set a pattern for the names.',
		});
	const fresh = [...below].filter((path) => !(path in look.folders));
	for (const path of fresh) look.folders[path] = '';
	return fresh;
}

function forget(look: Look, folder: string, before: Map<string, string[]>): void {
	for (const path of Object.keys(look.folders)) {
		if (path !== folder && !path.startsWith(`${folder}/`)) continue;
		delete look.folders[path];
		for (const id of before.get(path) ?? []) look.sights.delete(id);
	}
}

/** Files that wait, in folders that have not changed. */
function addWaiting(
	look: Look,
	waiting: readonly string[],
	rows: Map<string, FileRow>,
	prints: Folders,
	watch: Watch,
): void {
	for (const path of waiting) {
		const row = rows.get(path);
		if (row && prints[parentOf(path)] !== '' && watch.fits(row))
			look.sights.set(path, { id: path, prints: printsOf(row), row: { ...row, path } });
	}
}

/** Between two pages something may slip through: what a folder of several pages seems to have lost is asked for by name. */
async function confirm(look: Look, known: Snapshot, dsm: Dsm): Promise<void> {
	if (look.paged.size === 0) return;
	const missed = Object.keys(known.items).filter((id) => look.paged.has(parentOf(id)) && !look.sights.has(id));
	if (missed.length === 0) return;
	const found = await probe(dsm, parentOf(missed[0]!), missed);
	for (const id of missed) {
		const row = found.get(id);
		if (row) look.sights.set(id, { id, prints: printsOf(row), row: { ...row, path: id } });
	}
}

interface Settled {
	accepted: FileChange[];
	pending: WatchCursor['pending'];
	/** What counts as known from now on. */
	items: Snapshot['items'];
}

/** Sorts out files that may still be written: they are told when they have stayed the same for long enough. */
function settled(
	watch: Watch,
	changes: Change<FileRow>[],
	next: Snapshot['items'],
	known: Snapshot,
	waiting: WatchCursor['pending'],
	now: number,
): Settled {
	const { moved, rest } = moves(changes, [baseOf, parentOf]);
	const accepted: FileChange[] = moved.map(({ from, to }) => ({
		kind: 'moved',
		id: to.id,
		from,
		event_id: to.event_id,
		row: to.row,
		now: to.now,
	}));
	const pending: WatchCursor['pending'] = {};
	const items = { ...next };
	for (const change of rest) {
		const print = change.kind === 'deleted' ? '' : change.now.join(' ');
		const since = waiting[change.id]?.[0] === print ? waiting[change.id]![1] : now;
		if (change.kind === 'deleted' || isStill(watch, change.row, since, now)) {
			accepted.push(change);
			continue;
		}
		pending[change.id] = [print, since];
		if (change.kind === 'created') delete items[change.id];
		else items[change.id] = known.items[change.id]!;
	}
	return { accepted, pending, items };
}

/** An old time of modification says so at once; a time to come says nothing. */
function isStill({ settle }: Watch, { isdir, additional }: FileRow, since: number, now: number): boolean {
	const { mtime = Infinity } = additional?.time ?? {};
	return isdir || settle === 0 || now - since >= settle * 1000 || now - mtime * 1000 >= settle * 1000;
}
