import type { Dsm } from '../../core/dsm';
import { digest, type Change, type Prints } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { DEVICE, notebookList } from './calls';
import { notebook_id } from './fields';
import { look, lookCalls, noteEvent, ownUid, sharing, type NoteEvent, type Place, type Seen } from './look';
import { eachRow } from './note-object';
import { watched, type Found } from './watch';

const where = {
	notebook_id: notebook_id.optional().meta({
		...notebook_id.meta(),
		description: 'Notebook whose notes are watched; none: all',
		advanced: true,
	}),
};
interface Where {
	notebook_id?: string | undefined;
}

/** A note in the recycle bin belongs to the notebook that it came from. */
const isWanted = ({ note, place }: Seen, { notebook_id: wanted }: Where): boolean =>
	wanted === undefined || wanted === (place === 'trash' ? note.old_parent_id : note.parent_id);

/** What all triggers on notes share. */
const onNotes = {
	uses: [...lookCalls, notebookList],
	event: noteEvent,
	uid: ownUid,
	look: async (_: unknown, dsm: Dsm, uid: number) => await look(dsm, uid),
	idOf: ({ note }: Seen) => note.object_id,
	dress,
};

/** Events with the title of the notebook. */
async function dress(found: Found<Seen, typeof noteEvent>[], dsm: Dsm): Promise<NoteEvent[]> {
	const titles = new Map<string, string>();
	for await (const row of eachRow<{ object_id: string; title: string }>(dsm, notebookList, 'notebooks', {}))
		titles.set(row.object_id, row.title);
	return found.map(({ row: { note, place, tags }, more }) => {
		const parent = (place === 'trash' ? note.old_parent_id : undefined) ?? note.parent_id;
		const { object_id, title, brief = '', ctime, mtime, ver } = note;
		const facts = { object_id, title, brief, parent_id: note.parent_id, notebook: titles.get(parent) ?? '', tags };
		return { ...note, ...facts, ctime, mtime, ver, ...more } as NoteEvent;
	});
}

const seconds = (value: number) => z.coerce.number<number | string>().int().min(0).max(86_400).default(value);

/** Whether the note is younger than so many seconds; a stamp in the future says nothing. */
const isYounger = ({ note }: Seen, age: number, now: number): boolean => {
	const passed = now / 1000 - note.mtime;
	return passed >= 0 && passed < age;
};

const isNow = (place: Place, prints: Prints): boolean => prints[0] === place;
const isLive = (prints: Prints): boolean => prints[0] !== 'trash';
const changedIn = <T>(change: Change<T>, part: number): boolean =>
	change.kind === 'changed' && change.parts.includes(part);

/** The web client makes an empty note first and fills it then (notestation.md 15.4): it is told when it has a text, or after a while. */
export const noteCreated = watched({
	...onNotes,
	title: 'Note created',
	summary: 'Starts when a note was created, imported or shared with the account.',
	params: z.object({
		...where,
		settle: seconds(30).meta({
			title: 'Wait for Text',
			description: 'Seconds for which an empty new note waits for its first text',
			advanced: true,
		}),
	}),
	prints: ({ place }) => [place],
	isTooFresh: (row, { settle }, now) => (row.note.brief ?? '') === '' && isYounger(row, settle, now),
	tell: (change, given) => (change.kind === 'created' && isLive(change.now) && isWanted(change.row, given) ? [{}] : []),
	isSample: (row, given) => row.place !== 'trash' && isWanted(row, given),
});

const parts = ['title', 'content', 'tags'] as const;

/** The revision and what a list shows of a note. A revision that neither title nor tags nor place explain is one of the text. */
const updatedPrints = ({ note, place, tags }: Seen): Prints => [
	place,
	note.ver,
	digest(note.title),
	digest(note.brief ?? ''),
	digest(tags),
	note.parent_id,
];

/** A move is told with "anything" alone: whether the text was changed with it does not show. */
function changesOf(change: Change<Seen>): string[] {
	const [title, brief, tags, moved] = [2, 3, 4, 5].map((part) => changedIn(change, part));
	const explained = title || tags || moved;
	return [
		...(title ? ['title'] : []),
		...(brief || (changedIn(change, 1) && !explained) ? ['content'] : []),
		...(tags ? ['tags'] : []),
		...(moved ? ['notebook'] : []),
	];
}

export const noteUpdated = watched({
	...onNotes,
	title: 'Note updated',
	summary: 'Starts when a note was changed; several changes between two polls count as one.',
	event: noteEvent.extend({ changes: z.array(z.string()) }),
	params: z.object({
		...where,
		what: z
			.enum(['any', ...parts])
			.default('any')
			.meta({
				title: 'What',
				description: 'Which changes start the flow; a long text changed with its title at once counts as a new title',
				labels: { any: 'Anything', title: 'Title', content: 'Text', tags: 'Tags' },
			}),
		quiet: seconds(0).meta({
			title: 'Wait for Quiet',
			description: 'Seconds without a further change after which a note is told; the web client saves often',
			advanced: true,
		}),
		includeOwn: z.boolean().default(false).meta({
			title: 'Include Own',
			description: 'Whether changes made by these nodes start the flow',
			advanced: true,
		}),
	}),
	prints: updatedPrints,
	isTooFresh: (row, { quiet }, now) => isYounger(row, quiet, now),
	tell(change, { what, includeOwn, ...given }) {
		if (change.kind !== 'changed' || change.parts.includes(0) || !isLive(change.now)) return [];
		const changes = changesOf(change);
		const { note } = change.row;
		const isOwn = note.commit_msg?.device === DEVICE;
		const counts = what === 'any' ? changes.length > 0 : changes.includes(what);
		return counts && isWanted(change.row, given) && (includeOwn || !isOwn) ? [{ changes }] : [];
	},
	isSample: (row, given) => row.place !== 'trash' && isWanted(row, given),
	dress: async (found, dsm) => {
		const events = await dress(found as unknown as Found<Seen, typeof noteEvent>[], dsm);
		return events.map((event) => ({ ...event, changes: (event as { changes?: string[] }).changes ?? ['content'] }));
	},
});

export const noteMoved = watched({
	...onNotes,
	title: 'Note moved',
	summary: 'Starts when a note was moved to another notebook.',
	event: noteEvent.extend({ from: z.string() }),
	params: z.object(where),
	prints: ({ note, place }) => [place, note.parent_id],
	tell: (change, given) =>
		change.kind === 'changed' &&
		change.parts.includes(1) &&
		isLive(change.now) &&
		isLive(change.was) &&
		isWanted(change.row, given)
			? [{ from: change.was[1] ?? '' }]
			: [],
	isSample: (row, given) => row.place !== 'trash' && isWanted(row, given),
	dress: async (found, dsm) => {
		const events = await dress(found as unknown as Found<Seen, typeof noteEvent>[], dsm);
		return events.map((event) => ({ ...event, from: (event as { from?: string }).from ?? '' }));
	},
});

/** A note that was made and thrown away between two polls is told, too. */
export const noteTrashed = watched({
	...onNotes,
	title: 'Note moved to the recycle bin',
	summary: 'Starts when a note was moved to the recycle bin.',
	params: z.object(where),
	prints: ({ place }) => [place],
	tell: (change, given) =>
		change.kind !== 'deleted' && isNow('trash', change.now) && isWanted(change.row, given) ? [{}] : [],
	isSample: (row, given) => row.place === 'trash' && isWanted(row, given),
});

export const noteRestored = watched({
	...onNotes,
	title: 'Note restored',
	summary: 'Starts when a note was taken out of the recycle bin.',
	params: z.object(where),
	prints: ({ place }) => [place],
	tell: (change, given) =>
		change.kind === 'changed' && isNow('trash', change.was) && isLive(change.now) && isWanted(change.row, given)
			? [{}]
			: [],
	isSample: (row, given) => row.place !== 'trash' && isWanted(row, given),
});

/** Prints of tags begin here. */
const TAGS = 1;

/** A note that comes back from the recycle bin brings its tags along: that is no tagging. */
export const noteTagged = watched({
	...onNotes,
	title: 'Note tagged',
	summary: 'Starts when a note got a tag.',
	event: noteEvent.extend({ tag: z.string() }),
	params: z.object({
		tag: z
			.string()
			.optional()
			.meta({ title: 'Tag', description: 'Name of the tag; empty: any', placeholder: 'e.g. invoice' }),
		...where,
	}),
	prints: ({ place, tags }) => [place === 'trash' ? 'trash' : 'live', JSON.stringify(tags)],
	tell(change, { tag, ...given }) {
		if (change.kind === 'deleted' || !isLive(change.now) || !isWanted(change.row, given)) return [];
		if (change.kind === 'changed' && change.parts.includes(0)) return [];
		const before = change.kind === 'changed' ? (JSON.parse(change.was[TAGS] ?? '[]') as string[]) : [];
		const fresh = change.row.tags.filter((name) => !before.includes(name));
		return fresh.filter((name) => !tag || name === tag).map((name) => ({ tag: name }));
	},
	isSample: (row, { tag, ...given }) =>
		row.tags.length > 0 && (!tag || row.tags.includes(tag)) && row.place !== 'trash' && isWanted(row, given),
	dress: async (found, dsm) => {
		const events = await dress(found as unknown as Found<Seen, typeof noteEvent>[], dsm);
		return events.map((event) => ({ ...event, tag: (event as { tag?: string }).tag ?? event.tags[0] ?? '' }));
	},
});

export const noteShared = watched({
	...onNotes,
	title: 'Note shared',
	summary: 'Starts when a note was shared, or its sharing was changed; sharing of its notebook does not count.',
	params: z.object(where),
	prints: ({ note, place }) => [place, sharing(note)],
	tell: (change, given) =>
		change.kind !== 'deleted' &&
		(change.kind === 'created' || change.parts.includes(1)) &&
		change.now[1] !== '' &&
		isLive(change.now) &&
		isWanted(change.row, given)
			? [{}]
			: [],
	isSample: (row, given) => sharing(row.note) !== '' && isWanted(row, given),
});
