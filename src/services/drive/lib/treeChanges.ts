import type { Dsm } from '../../../core/dsm';
import type { Budget } from '../../../catalog/operation';
import { looksWrong } from '../../../catalog/absence';
import { compare, snapshotOf, type Change } from '../../../catalog/sources';
import { getFile, type DriveFile } from '../wire/files';
import { isClosed, isFolder, isMissing } from './files';
import { CONTENT, changeOf, look, NAME, PARENT, unchanged, VERSION, type Memory, type Seen } from './walk';

/** What can happen to a file or folder. */
export type What = 'created' | 'updated' | 'renamed' | 'moved' | 'deleted' | 'restored';

export interface TreeEvent {
	event_id: string;
	what: What;
	file_id: string;
	name: string;
	type: string;
	display_path: string;
	/** Where it was, of what was moved, renamed or deleted. */
	previous_path?: string;
	previous_name?: string;
	/** Of what was moved. */
	direction?: 'within' | 'in' | 'out';
	[key: string]: unknown;
}

/** Things that went and may come back. */
const REMEMBERED = 1000;
/** So many that went are asked for one by one; of more only those whose folder is still there. */
const ASKED = 200;

const always: Budget = { left: () => true };

export interface Watched {
	folder: string;
	subfolders: boolean;
}

/** A folder as it is now. */
export async function memoryOf(dsm: Dsm, watched: Watched): Promise<Memory> {
	return await baseline(dsm, await rootOf(dsm, watched), watched, 0);
}

const rootOf = async (dsm: Dsm, { folder }: Watched): Promise<DriveFile> => await dsm.call(getFile, { path: folder });

async function baseline(dsm: Dsm, root: DriveFile, { subfolders }: Watched, seq: number): Promise<Memory> {
	const { file_id } = root;
	const counter = changeOf(root) ?? 0;
	const empty: Memory = { v: 1, seq, root: file_id, counter, items: {}, walked: {}, missing: [], gone: {} };
	const { found, walked } = await look(root, empty, { dsm, deep: subfolders, budget: always });
	return { ...empty, ...snapshotOf(found, seq), walked };
}

/**
 * What happened below a folder since it was looked at. One small request says whether anything did; then only folders with changes
 * below them are listed. Identity decides, never a date.
 */
export async function changesIn(
	dsm: Dsm,
	watched: Watched,
	known: Memory,
	budget: Budget,
): Promise<{ events: TreeEvent[]; cursor: Memory; more: boolean }> {
	const root = await rootOf(dsm, watched);
	const change = changeOf(root);
	if (isRebuilt(root, known))
		return { events: [], cursor: await baseline(dsm, root, watched, known.seq + 1), more: false };
	if (root.file_id === known.root && change !== undefined && known.walked[root.file_id] === change)
		return { events: [], cursor: known, more: false };
	const seen = await look(root, known, { dsm, deep: watched.subfolders, budget });
	// While folders are still to be read, what vanished from others may have moved there.
	const fates = seen.stopped ? new Map<string, Fate>() : await fatesOf(dsm, seen, known);
	const staying = seen.vanished.filter((id) => (fates.get(id) ?? 'inside') === 'inside');
	const found = [...seen.found, ...staying.map((id) => unchanged(id, known))];
	const { changes, cursor } = compare({ v: 1, seq: known.seq, items: known.items }, found);
	const events = changes.flatMap((one) => eventsOf(one, known, root, fates));
	const next: Memory = {
		...cursor,
		root: root.file_id,
		counter: change ?? 0,
		walked: seen.walked,
		missing: seen.stopped ? seen.vanished : [],
		gone: remembered(known.gone, changes, fates),
	};
	return { events, cursor: next, more: seen.stopped };
}

/**
 * Numbers fall when the NAS builds the database of a drive or team folder anew; then all ids may be others, too (drive.md 9.1). What
 * is there is taken as known, instead of telling each file as deleted and created.
 */
const isRebuilt = (folder: DriveFile, { root, counter }: Memory): boolean =>
	(changeOf(folder) ?? counter) < counter || (folder.file_id !== root && folder.parent_id === '0');

type Fate = 'deleted' | 'moved' | 'inside';
type Fates = Map<string, Fate>;

/** Whether what vanished was deleted, moved out of the watched folder, or moved inside it while it was being read. */
async function fatesOf(dsm: Dsm, { vanished, found }: Seen, known: Memory): Promise<Fates> {
	const all = new Set(vanished);
	const there = new Set([known.root, ...found.map(({ id }) => id)]);
	const oldParent = (id: string): string => known.items[id]?.[PARENT] ?? '';
	const tops = vanished.length > ASKED ? vanished.filter((id) => !all.has(oldParent(id))) : vanished;
	const parents = new Map<string, string | undefined>();
	for (let from = 0; from < tops.length; from += ASKED) {
		const part = tops.slice(from, from + ASKED);
		const now = await Promise.all(part.map(async (id) => await parentNow(dsm, id)));
		for (const [index, id] of part.entries()) parents.set(id, now[index]);
	}
	const hidden = tops.find((id) => there.has(oldParent(id)) && parents.get(id) === oldParent(id));
	if (hidden !== undefined) throw looksWrong(`a folder leaves out "${known.items[hidden]?.[NAME]}", which is in it`);
	const fates: Fates = new Map();
	const fateOf = (id: string): Fate => {
		const known = fates.get(id);
		if (known) return known;
		// What was not asked for has gone with the folder that it lay in.
		const parent = parents.has(id) ? parents.get(id) : oldParent(id);
		const fate =
			parent === undefined ? 'deleted' : there.has(parent) ? 'inside' : all.has(parent) ? fateOf(parent) : 'moved';
		fates.set(id, fate);
		return fate;
	};
	for (const id of vanished) fateOf(id);
	return fates;
}

/** The folder that a thing lies in now; undefined: in the trash, where it is marked as removed or not found at all. */
async function parentNow(dsm: Dsm, id: string): Promise<string | undefined> {
	try {
		const { removed, parent_id = '' } = await dsm.call(getFile, { path: `id:${id}` });
		return removed ? undefined : parent_id;
	} catch (error) {
		if (isMissing(error)) return undefined;
		// Moved to where the account has no access.
		if (isClosed(error)) return '';
		throw error;
	}
}

function remembered(gone: Memory['gone'], changes: Change<DriveFile>[], fates: Fates): Memory['gone'] {
	const back = new Set(changes.filter(({ kind }) => kind === 'created').map(({ id }) => id));
	const went = [...fates].filter((entry): entry is [string, 'deleted' | 'moved'] => entry[1] !== 'inside');
	const all = [...Object.entries(gone).filter(([id]) => !back.has(id)), ...went];
	return Object.fromEntries(all.slice(-REMEMBERED));
}

/** What an event says of a file beside what happened to it. */
interface Facts {
	name: string;
	type: string;
	display_path?: string | undefined;
	[key: string]: unknown;
}

function eventsOf(change: Change<DriveFile>, known: Memory, root: DriveFile, fates: Fates): TreeEvent[] {
	const { id } = change;
	const make = (what: What, { display_path = '', ...facts }: Facts): TreeEvent => ({
		...facts,
		display_path,
		event_id: `${change.event_id}-${what}`,
		what,
		file_id: id,
	});
	const old = { previous_path: pathOf(id, known, root), previous_name: known.items[id]?.[NAME] };
	if (change.kind === 'deleted') {
		const [kind, parent_id = '', name = ''] = change.was;
		const facts = { ...old, parent_id, name, type: kind === 'd' ? 'dir' : 'file', display_path: old.previous_path };
		return fates.get(id) === 'moved' ? [make('moved', { ...facts, direction: 'out' })] : [make('deleted', facts)];
	}
	if (change.kind === 'created') {
		const before = known.gone[id];
		if (before === 'moved') return [make('moved', { ...change.row, direction: 'in' })];
		return [make(before === 'deleted' ? 'restored' : 'created', change.row)];
	}
	const { row, parts } = change;
	const [moved, renamed, content] = [parts.includes(PARENT), parts.includes(NAME), parts.includes(CONTENT)];
	// A new number of an Office document that stayed where it was and kept its name is a new content.
	const updated = !isFolder(row) && (content || (parts.includes(VERSION) && !moved && !renamed));
	return [
		...(moved ? [make('moved', { ...row, ...old, direction: 'within' })] : []),
		...(renamed ? [make('renamed', { ...row, ...old })] : []),
		...(updated ? [make('updated', row)] : []),
	];
}

/** Where an item was, put together from the names of the folders above it. */
function pathOf(id: string, { items, root: rootId }: Memory, root: DriveFile): string {
	const names: string[] = [];
	for (let at = id; at !== rootId && items[at]; at = items[at]![PARENT] ?? '') names.unshift(items[at]![NAME] ?? '');
	return [root.display_path ?? '', ...names].join('/');
}
