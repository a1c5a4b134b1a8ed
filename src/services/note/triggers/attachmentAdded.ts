import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { absence, absent } from '../../../catalog/absence';
import { trigger, type Budget } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import { compare, snapshot, snapshotOf, type Change, type Observed } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { allNotes, lookCalls, type Seen } from '../lib/allNotes';
import { fileWire, readNote } from '../lib/note';
import { downloadFile, getNote } from '../wire/notes';

const event = row({
	file_id: field.id(),
	name: field.text(),
	type: field.text(),
	size: field.bytes(),
	object_id: field.id(),
	note_title: field.text(),
	parent_id: field.text(),
	ver: field.text(),
	mtime: field.seconds().optional(),
	event_id: field.text(),
});
type FileEvent = z.output<typeof event>;

const params = z.object({
	download: z.boolean().default(false).meta({ title: 'Download File', description: 'Whether the file comes along' }),
});

async function liveNotes(dsm: Dsm): Promise<Observed<Seen>[]> {
	const all = await allNotes(dsm);
	return all
		.filter(({ place }) => place !== 'trash')
		.map((seen) => ({ id: seen.note.object_id, fingerprints: [seen.note.ver ?? ''], row: seen }));
}

/** A refusal concerns one note; anything else stops the poll. */
const isRefusal = (error: unknown): boolean =>
	isDsmError(error) && ['api', 'permission', 'unavailable'].includes(error.code);

/** Ids of the files of a revision; none when it is no longer kept. */
async function filesAt(object_id: string, ver: string, dsm: Dsm): Promise<Set<string>> {
	try {
		return new Set((await readNote(object_id, dsm, { ver })).attachments.map(({ file_id }) => file_id));
	} catch (error) {
		if (isRefusal(error)) return new Set();
		throw error;
	}
}

/** Files that the note has now and had not at the last poll: lists do not show files, so changed notes are read in both revisions. */
async function newFiles(change: Exclude<Change<Seen>, { kind: 'deleted' }>, dsm: Dsm): Promise<FileEvent[]> {
	const note = await readNote(change.id, dsm);
	if (note.attachments.length === 0) return [];
	const before = change.kind === 'changed' ? await filesAt(change.id, change.was[0] ?? '', dsm) : new Set<string>();
	return note.attachments
		.filter(({ file_id }) => !before.has(file_id))
		.map(({ file_id, name = '', type = '', size = 0 }) => ({
			...{ file_id, name, type, size, object_id: note.object_id, note_title: note.title ?? '' },
			...{ parent_id: note.parent_id ?? '', ver: note.ver, mtime: note.mtime },
			event_id: `${note.object_id}/${file_id}`,
		}));
}

/** Event ids hold no number of the poll: a file is told once for each note, whatever else happens to the note. */
export const attachmentAdded = trigger({
	title: 'File added to a note',
	summary: 'Starts when a file or picture was added to a note.',
	params,
	filters: ['download'],
	uses: [...lookCalls, getNote, downloadFile],
	cursor: snapshot.extend(absence),
	event,
	key: (one) => one.event_id,
	start: async (_, dsm) => ({ ...snapshotOf(await liveNotes(dsm)), missing: [] }),
	async poll(_, known, dsm, budget: Budget) {
		const seen = await liveNotes(dsm);
		const { kept, absence: missed, doubt } = absent(known, seen, dsm.now());
		// Rows of what is kept are unknown: nothing of it changes.
		const { changes, cursor: next } = compare(known, [...seen, ...(kept as Observed<Seen>[])]);
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
		const { v, seq } = next;
		return { events, cursor: { v, seq, items, ...missed }, doubt, ...(more && { more }) };
	},
	async sample(_, dsm) {
		const events: FileEvent[] = [];
		for (const { id, fingerprints, row: seen } of (await liveNotes(dsm)).reverse().slice(0, 10)) {
			const change = { kind: 'created', id, event_id: '', row: seen, now: fingerprints } as const;
			await read(change, dsm, events);
		}
		return events.slice(0, 10);
	},
	async file(one, given, dsm) {
		if (!given.download) return undefined;
		const { object_id, file_id } = one;
		const note = await readNote(object_id, dsm);
		const found = note.attachments.find((file) => file.file_id === file_id);
		if (!found) return undefined;
		const answer = await dsm.file(downloadFile, fileWire(note, file_id), { size: found.size });
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
