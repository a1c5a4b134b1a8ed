import type { Dsm } from '../../../core/dsm';
import { listTrigger, type Found } from '../../../catalog/listTrigger';
import { field, timeOf } from '../../../catalog/row';
import { digest, type Change, type Fingerprints } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { notebook_id } from '../fields';
import { allNotes, lookCalls, sharing, type Place, type Seen } from '../lib/allNotes';
import { DEVICE } from '../lib/note';
import { listNotebooks } from '../wire/notebooks';
import { noteRow } from '../wire/notes';
import { sharesOf } from '../wire/owned';

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

/** An event about a note, and what it says beside. */
const noteEvent = <M extends Record<string, z.ZodType>>(more: M) =>
	noteRow
		.with({
			title: field.text(),
			brief: field.text(),
			parent_id: field.text(),
			/** Title of the notebook; empty when it cannot be seen. */
			notebook: field.text(),
			tags: z.array(z.string()),
			ver: field.text(),
			event_id: field.text(),
		})
		.with(more)
		.as({
			simple: [
				...['object_id', 'title', 'brief', 'notebook', 'tags', 'parent_id', 'mtime', 'ver', 'event_id'],
				...Object.keys(more),
			],
		});

/** What all triggers on notes share. */
const onNotes = {
	uses: [...lookCalls, listNotebooks],
	event: noteEvent({}),
	look: async (_: unknown, dsm: Dsm) => await allNotes(dsm),
	id: ({ note }: Seen) => note.object_id,
	keep: isWanted,
	on: ['created', 'changed'] as const,
	isSample: ({ place }: Seen) => place !== 'trash',
	dress: async (found: Found<Seen>[], dsm: Dsm) => await eventsOf(found, dsm),
};

/** Events with the title of the notebook. `others`: what an event says of itself when it is a sample. */
async function eventsOf(found: Found<Seen>[], dsm: Dsm, others: Record<string, unknown> = {}) {
	const notebooks = await dsm.list(listNotebooks);
	const titles = new Map(notebooks.map(({ object_id, title = '' }) => [object_id, title]));
	return found.flatMap(({ row, more }) => {
		if (!row) return [];
		const { acl, title = '', brief = '', parent_id = '', ver = '', old_parent_id, ...note } = row.note;
		const home = (row.place === 'trash' ? old_parent_id : undefined) ?? parent_id;
		const facts = { title, brief, parent_id, ver, notebook: titles.get(home) ?? '', tags: row.tags };
		const shares = acl === undefined ? {} : { shares: sharesOf(acl) };
		const before = old_parent_id === undefined ? {} : { old_parent_id };
		return [{ ...note, ...before, ...shares, ...facts, ...others, ...more }];
	});
}

const seconds = (value: number) => z.coerce.number<number | string>().int().min(0).max(86_400).default(value);

/** Whether the note is younger than so many seconds; a stamp in the future says nothing. */
const isYounger = ({ note }: Seen, age: number, now: number): boolean => {
	const passed = (now - timeOf(note.mtime)) / 1000;
	return passed >= 0 && passed < age;
};

const isNow = (place: Place, fingerprints: Fingerprints): boolean => fingerprints[0] === place;
const isLive = (fingerprints: Fingerprints): boolean => fingerprints[0] !== 'trash';
const changedIn = <T>(change: Change<T>, part: number): boolean =>
	change.kind === 'changed' && change.parts.includes(part);

/** The web client makes an empty note first and fills it then (notestation.md 15.4): it is told when it has a text, or after a while. */
export const noteCreated = listTrigger({
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
	filters: ['notebook_id', 'settle'],
	on: 'created',
	fingerprints: ({ place }) => [place],
	isTooFresh: (row, { settle }, now) => (row.note.brief ?? '') === '' && isYounger(row, settle, now),
	keep: (row, given) => row.place !== 'trash' && isWanted(row, given),
});

const parts = ['title', 'content', 'tags'] as const;

/** The revision and what a list shows of a note. A revision that neither title nor tags nor place explain is one of the text. */
const updatedPrints = ({ note, place, tags }: Seen): Fingerprints => [
	place,
	note.ver ?? '',
	digest(note.title),
	digest(note.brief ?? ''),
	digest(tags),
	note.parent_id ?? '',
];

/** Tags stand in a list of their own; a note whose tags were changed has another revision. */
const losesTags = (was: Fingerprints, now: Fingerprints): boolean =>
	was[4] !== now[4] && [0, 1, 2, 3, 5].every((part) => was[part] === now[part]);

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

export const noteUpdated = listTrigger({
	...onNotes,
	title: 'Note updated',
	summary: 'Starts when a note was changed; several changes between two polls count as one.',
	event: noteEvent({ changes: z.array(z.string()) }),
	params: z.object({
		...where,
		what: z
			.enum(['any', ...parts])
			.default('any')
			.meta({
				title: 'Changed',
				description: 'Which changes start the flow; a long text changed with its title at once counts as a new title',
				labels: { any: 'Anything', title: 'Title', content: 'Text', tags: 'Tags' },
			}),
		quiet: seconds(0).meta({
			title: 'Wait for Quiet',
			description: 'Seconds without a further change after which a note is told; the web client saves often',
			advanced: true,
		}),
		include_own: z.boolean().default(false).meta({
			title: 'Include Own',
			description: 'Whether changes made by these nodes start the flow',
			advanced: true,
		}),
	}),
	filters: ['notebook_id', 'what', 'quiet', 'include_own'],
	on: 'changed',
	fingerprints: updatedPrints,
	loses: losesTags,
	isTooFresh: (row, { quiet }, now) => isYounger(row, quiet, now),
	tell(change, { what, include_own }) {
		if (change.kind !== 'changed' || change.parts.includes(0) || !isLive(change.now)) return [];
		if (!include_own && change.row.note.device === DEVICE) return [];
		const changes = changesOf(change);
		return (what === 'any' ? changes.length > 0 : changes.includes(what)) ? [{ changes }] : [];
	},
	dress: async (found, dsm) => await eventsOf(found, dsm, { changes: ['content'] }),
});

export const noteMoved = listTrigger({
	...onNotes,
	title: 'Note moved',
	summary: 'Starts when a note was moved to another notebook.',
	event: noteEvent({ from: field.text() }),
	params: z.object(where),
	filters: ['notebook_id'],
	on: 'changed',
	fingerprints: ({ note, place }) => [place, note.parent_id ?? ''],
	tell: (change) =>
		changedIn(change, 1) && change.kind === 'changed' && isLive(change.now) && isLive(change.was)
			? [{ from: change.was[1] ?? '' }]
			: [],
	dress: async (found, dsm) => await eventsOf(found, dsm, { from: '' }),
});

/** A note that was made and thrown away between two polls is told, too. */
export const noteMovedToRecycleBin = listTrigger({
	...onNotes,
	title: 'Note moved to the recycle bin',
	summary: 'Starts when a note was moved to the recycle bin.',
	params: z.object(where),
	filters: ['notebook_id'],
	fingerprints: ({ place }) => [place],
	keep: (row, given) => row.place === 'trash' && isWanted(row, given),
	isSample: () => true,
});

export const noteRestored = listTrigger({
	...onNotes,
	title: 'Note restored',
	summary: 'Starts when a note was taken out of the recycle bin.',
	params: z.object(where),
	filters: ['notebook_id'],
	on: 'changed',
	fingerprints: ({ place }) => [place],
	tell: (change) => (change.kind === 'changed' && isNow('trash', change.was) && isLive(change.now) ? [{}] : []),
});

/** Fingerprints of tags begin here. */
const TAGS = 1;
const tagsIn = (fingerprints: Fingerprints): string[] => JSON.parse(fingerprints[TAGS] ?? '[]') as string[];

/** A note that comes back from the recycle bin brings its tags along: that is no tagging. */
export const noteTagged = listTrigger({
	...onNotes,
	title: 'Note tagged',
	summary: 'Starts when a note got a tag.',
	event: noteEvent({ tag: field.text() }),
	params: z.object({
		tag: z
			.string()
			.optional()
			.meta({ title: 'Tag', description: 'Name of the tag; empty: any', placeholder: 'e.g. invoice' }),
		...where,
	}),
	filters: ['tag', 'notebook_id'],
	fingerprints: ({ place, tags }) => [place === 'trash' ? 'trash' : 'live', JSON.stringify(tags)],
	loses: (was, now) => was[0] === now[0] && !tagsIn(was).every((tag) => tagsIn(now).includes(tag)),
	tell(change, { tag }) {
		if (change.kind === 'deleted' || !isLive(change.now) || changedIn(change, 0)) return [];
		const before = change.kind === 'changed' ? tagsIn(change.was) : [];
		const fresh = change.row.tags.filter((name) => !before.includes(name));
		return fresh.filter((name) => !tag || name === tag).map((name) => ({ tag: name }));
	},
	isSample: ({ place, tags }, { tag }) => place !== 'trash' && (tag ? tags.includes(tag) : tags.length > 0),
});

export const noteShared = listTrigger({
	...onNotes,
	title: 'Note shared',
	summary: 'Starts when a note was shared, or its sharing was changed; sharing of its notebook does not count.',
	params: z.object(where),
	filters: ['notebook_id'],
	fingerprints: ({ note, place }) => [place, sharing(note)],
	tell: (change) =>
		change.kind !== 'deleted' &&
		(change.kind === 'created' || changedIn(change, 1)) &&
		change.now[1] !== '' &&
		isLive(change.now)
			? [{}]
			: [],
	isSample: ({ note }) => sharing(note) !== '',
});
