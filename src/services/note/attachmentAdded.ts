import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { trigger, type Budget } from '../../catalog/operation';
import { compare, snapshot, snapshotOf, type Change, type Sight } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { noteDownload, noteGet } from './calls';
import { look, lookCalls, ownUid, type Seen } from './look';
import { filesOf, readNote } from './note-object';

const event = z.looseObject({
	file_id: z.string(),
	name: z.string(),
	type: z.string(),
	size: z.number(),
	object_id: z.string(),
	note_title: z.string(),
	parent_id: z.string(),
	ver: z.string(),
	mtime: z.number(),
	event_id: z.string(),
});
type FileEvent = z.input<typeof event>;

const cursor = snapshot.extend({ uid: z.number() });

const params = z.object({
	download: z.boolean().default(false).meta({ title: 'Download File', description: 'Whether the file comes along' }),
});

async function sights(dsm: Dsm, uid: number): Promise<Sight<Seen>[]> {
	const all = await look(dsm, uid);
	return all
		.filter(({ place }) => place !== 'trash')
		.map((row) => ({ id: row.note.object_id, prints: [row.note.ver], row }));
}

/** A refusal concerns one note; anything else stops the poll. */
const isRefusal = (error: unknown): boolean =>
	isDsmError(error) && ['api', 'permission', 'unavailable'].includes(error.code);

/** Ids of the files of a revision; none when it is no longer kept. */
async function filesAt(object_id: string, ver: string, dsm: Dsm): Promise<Set<string>> {
	try {
		return new Set(filesOf(await readNote(object_id, dsm, { ver })).map(([id]) => id));
	} catch (error) {
		if (isRefusal(error)) return new Set();
		throw error;
	}
}

/** Files that the note has now and had not at the last poll: lists do not show files, so changed notes are read in both revisions. */
async function newFiles(change: Exclude<Change<Seen>, { kind: 'deleted' }>, dsm: Dsm): Promise<FileEvent[]> {
	const note = await readNote(change.id, dsm);
	const files = filesOf(note);
	if (files.length === 0) return [];
	const before = change.kind === 'changed' ? await filesAt(change.id, change.was[0] ?? '', dsm) : new Set<string>();
	return files
		.filter(([id]) => !before.has(id))
		.map(([file_id, { name = '', type = '', size = 0 }]) => ({
			...{ file_id, name, type, size, object_id: note.object_id, note_title: note.title },
			...{ parent_id: note.parent_id, ver: note.ver, mtime: note.mtime, event_id: `${note.object_id}/${file_id}` },
		}));
}

/** Event ids hold no number of the poll: a file is told once for each note, whatever else happens to the note. */
export const attachmentAdded = trigger({
	title: 'File added to a note',
	summary: 'Starts when a file or picture was added to a note.',
	params,
	basis: 'capture',
	uses: [...lookCalls, noteGet, noteDownload],
	cursor,
	event,
	key: (one) => one.event_id,
	async start(_, dsm) {
		const uid = await ownUid(dsm);
		return { ...snapshotOf(await sights(dsm, uid)), uid };
	},
	async poll(_, known, dsm, budget: Budget) {
		const seen = await sights(dsm, known.uid);
		const { changes, cursor: next } = compare(known, seen);
		const events: FileEvent[] = [];
		const items = { ...next.items };
		let more = false;
		for (const change of changes) {
			if (change.kind === 'deleted') continue;
			const isLeft = budget.left() && (await read(change, dsm, events));
			if (isLeft) continue;
			more ||= !budget.left();
			// The next poll looks at it again.
			if (change.kind === 'changed') items[change.id] = [...change.was];
			else delete items[change.id];
		}
		return { events, cursor: { ...next, items, uid: known.uid }, ...(more && { more }) };
	},
	async sample(_, dsm) {
		const events: FileEvent[] = [];
		for (const { id, prints, row } of (await sights(dsm, await ownUid(dsm))).reverse().slice(0, 10)) {
			const change = { kind: 'created', id, event_id: '', row, now: prints } as const;
			await read(change, dsm, events);
		}
		return events.slice(0, 10);
	},
	async file(one, given, dsm) {
		if (!given.download) return undefined;
		const { object_id, file_id } = one;
		const note = await readNote(object_id, dsm);
		if (!filesOf(note).some(([id]) => id === file_id)) return undefined;
		const answer = await dsm.file(noteDownload, {
			...{ object_id, ver: note.ver, file_id, format: 'raw', mode: 'download' },
		});
		return answer.name === '' ? { ...answer, name: one.name } : answer;
	},
});

/** False when this note cannot be read just now: it does not hold up the others. */
async function read(
	change: Exclude<Change<Seen>, { kind: 'deleted' }>,
	dsm: Dsm,
	events: FileEvent[],
): Promise<boolean> {
	try {
		events.push(...(await newFiles(change, dsm)));
		return true;
	} catch (error) {
		if (isRefusal(error)) return false;
		throw error;
	}
}
