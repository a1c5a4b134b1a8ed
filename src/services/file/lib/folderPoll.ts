import type { Dsm } from '../../../core/dsm';
import { filtered } from '../../../core/turns';
import { blocks, blocksFor, differing, grouped, remember, remembered } from '../../../catalog/blocks';
import type { Budget, PollAnswer } from '../../../catalog/operation';
import {
	compare,
	moves,
	packed,
	unpacked,
	type Change,
	type Fingerprints,
	type Snapshot,
} from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { baseOf, parentOf } from '../fields';
import type { LeanEntry } from '../wire/files';
import { Look, type Seen, type Watch } from './folderLook';
import { fingerprintOf, probe } from './folderTree';

/**
 * What is there, as `path -> fingerprints`, and what says that a folder has not changed since. A path is all the identity that File Station
 * offers; the time of creation, the size and the time of modification together tell that a file has only moved.
 */
export const folderCursor = z.object({
	v: z.literal(1),
	seq: z.number().int(),
	blocks: blocks.default([]),
	/** The same in the form before there were blocks. */
	packed: z.string().optional(),
	/** Time of the NAS when everything was read last. */
	looked: z.number(),
	/** Folder -> fingerprint, in the compact form. */
	folders: z.string(),
	/** Path -> fingerprints, and when they were seen first: files that may still be written. */
	pending: z.record(z.string(), z.tuple([z.string(), z.number()])),
});
export type FolderCursor = z.output<typeof folderCursor>;

export type Moved = { kind: 'moved'; id: string; from: string; event_id: string; row: LeanEntry; now: Fingerprints };
export type FileChange = Change<LeanEntry> | Moved;

/** Milliseconds after which folders are read although nothing says that they changed: mounted ones may not tell. */
const TRUST = 3_600_000;

async function packText(folders: Iterable<[string, string]>): Promise<string> {
	const items = Object.fromEntries([...folders].map(([key, fingerprint]) => [key, [fingerprint]]));
	return (await packed({ v: 1, seq: 0, items })).packed;
}

async function unpackText(text: string): Promise<Record<string, string>> {
	const { items } = await unpacked({ v: 1, seq: 0, packed: text });
	return Object.fromEntries(Object.entries(items).map(([key, [fingerprint = '']]) => [key, fingerprint]));
}

/** What is remembered of everything. */
const recalled = async ({ blocks: known, packed: text }: FolderCursor): Promise<Snapshot['items']> =>
	text === undefined ? await remembered(known) : (await unpacked({ v: 1, seq: 0, packed: text })).items;

/** Everything as it is now: nothing of it is told. */
export async function startFolder(watch: Watch, dsm: Dsm): Promise<FolderCursor> {
	const now = dsm.now();
	const look = new Look(watch, dsm, now, async () => await Promise.resolve({}), { [watch.folder]: '' });
	await look.read(() => true);
	const known = await remember(await grouped(look.things.values(), blocksFor(look.things.size, 0)));
	return { v: 1, seq: 0, blocks: known, looked: now, folders: await packText(look.folders), pending: {} };
}

/** What happened since the last look. */
export async function pollFolder(
	watch: Watch,
	cursor: FolderCursor,
	dsm: Dsm,
	budget: Budget,
): Promise<PollAnswer<FolderCursor, FileChange>> {
	const now = dsm.now();
	const folders = await unpackText(cursor.folders);
	const all = watch.content || now - cursor.looked > TRUST || now < cursor.looked;
	const waiting = Object.keys(cursor.pending);
	const below = Object.keys(folders).filter((path) => path !== watch.folder);
	const rows = watch.content ? new Map<string, LeanEntry>() : await probe(dsm, watch.folder, [...below, ...waiting]);
	const holds = (path: string, known: string) => !all && known !== '' && known === fingerprintOf(rows.get(path), now);
	const fingerprints = Object.fromEntries(
		Object.entries(folders).map(([path, known]) => [path, holds(path, known) ? known : '']),
	);
	if (!Object.values(fingerprints).includes('') && waiting.length === 0) return { events: [], cursor };
	const look = new Look(watch, dsm, now, async () => await recalled(cursor), fingerprints, rows);
	await look.read(budget.left);
	look.addWaiting(waiting);
	const { known, seen, count, isOther } = await differences(look, cursor);
	seen.push(...(await look.confirm(Object.keys(known.items))));
	const { changes, cursor: next } = compare(known, seen);
	const { accepted, pending, items } = settled(watch, changes, next.items, known, cursor.pending, now);
	const isSame = count === cursor.blocks.length && accepted.length === 0 && sameItems(changes, pending);
	const things = Object.entries(items).map(([id, fingerprints]) => ({ id, fingerprints }));
	const blocksNow = isSame ? cursor.blocks : await remember(await grouped(things, count), cursor.blocks, isOther);
	return {
		events: accepted,
		cursor: {
			v: 1,
			seq: accepted.length > 0 ? known.seq + 1 : known.seq,
			blocks: blocksNow,
			looked: all && look.complete ? now : cursor.looked,
			folders: await packText(look.folders),
			pending,
		},
		...(!look.complete && { more: true }),
	};
}

/** What was seen and what is known of the blocks in which something is different; the others need not be unpacked. */
interface Differences {
	known: Snapshot;
	seen: Seen[];
	/** Number of blocks from now on. */
	count: number;
	isOther: (block: number) => boolean;
}

async function differences(look: Look, cursor: FolderCursor): Promise<Differences> {
	const { seq, blocks: before } = cursor;
	const things = [...look.things.values()];
	const count = blocksFor(things.length, before.length);
	// Split anew, they cannot be told from each other by their sums.
	if (count !== before.length)
		return { known: { v: 1, seq, items: await recalled(cursor) }, seen: things, count, isOther: () => true };
	const groups = await grouped(things, count);
	const others = await differing(groups, before);
	const items = await remembered([...others].map((index) => before[index]!));
	const some = new Set([...others].flatMap((index) => groups[index]!));
	// In the order in which they are listed.
	const seen = some.size === 0 ? [] : await filtered(things, (thing) => some.has(thing));
	return { known: { v: 1, seq, items }, seen, count, isOther: (index) => others.has(index) };
}

/** Everything that was found waits: then what is known stays as it was. */
const sameItems = (changes: readonly Change<LeanEntry>[], pending: FolderCursor['pending']): boolean =>
	changes.every(({ id }) => id in pending);

interface Settled {
	accepted: FileChange[];
	pending: FolderCursor['pending'];
	/** What counts as known from now on. */
	items: Snapshot['items'];
}

/** Sorts out files that may still be written: they are told when they have stayed the same for long enough. */
function settled(
	watch: Watch,
	changes: Change<LeanEntry>[],
	next: Snapshot['items'],
	known: Snapshot,
	waiting: FolderCursor['pending'],
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
	const pending: FolderCursor['pending'] = {};
	const items = { ...next };
	for (const change of rest) {
		const seen = change.kind === 'deleted' ? '' : change.now.join(' ');
		const since = waiting[change.id]?.[0] === seen ? waiting[change.id]![1] : now;
		if (change.kind === 'deleted' || isStill(watch, change.row, since, now)) {
			accepted.push(change);
			continue;
		}
		pending[change.id] = [seen, since];
		if (change.kind === 'created') delete items[change.id];
		else items[change.id] = known.items[change.id]!;
	}
	return { accepted, pending, items };
}

/** An old time of modification says so at once; a time to come says nothing. */
export function isStill({ settle }: Pick<Watch, 'settle'>, { is_dir, mtime = Infinity }: LeanEntry, since: number, now: number): boolean {
	return is_dir || settle === 0 || now - since >= settle * 1000 || now - mtime * 1000 >= settle * 1000;
}
