import { objectsAt } from '../../../catalog/dav';
import { trigger, type Budget } from '../../../catalog/operation';
import { digest } from '../../../catalog/sources';
import type { Dsm } from '../../../core/dsm';
import { z } from '../../../vendor/zod';
import { anyBook } from '../fields';
import { changesOf, booksCursor, cursorOfNow, type BookChanges, type BooksCursor } from '../lib/bookChanges';
import { booksFor } from '../lib/books';
import { bookOfPath, contact, toContact, type Contact } from '../lib/contactRow';

const dav = ['PROPFIND /carddav/<account>/', 'REPORT <book> sync-collection', 'REPORT <book> addressbook-multiget'];
const params = z.object({
	book: anyBook.meta({ title: 'Address Book', description: 'Address book to watch; all of them when empty' }),
});
const event = contact.with({ event_id: z.string() });
type Event = z.output<typeof event>;

const fileOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Stays the same when a poll is repeated after a crash, and differs when a contact goes and comes back. */
const eventId = ({ seq }: BooksCursor, ...facts: string[]): string => `${seq + 1}-${digest(facts)}`;

/** A file that left one book and came into another in the same poll was moved (contacts.md 11). */
function movesIn(changes: BookChanges[]): { moved: Set<string>; left: Set<string> } {
	const deleted = changes.flatMap((one) => one.deleted);
	const created = changes.flatMap((one) => one.created.map(({ path }) => path));
	const gone = new Set(deleted.map(fileOf));
	const come = new Set(created.map(fileOf));
	return {
		moved: new Set(created.filter((path) => gone.has(fileOf(path)))),
		left: new Set(deleted.filter((path) => come.has(fileOf(path)))),
	};
}

/** Contacts in the order of the address books; what is gone again is left out, as it has nothing to show. */
async function read(dsm: Dsm, paths: string[]): Promise<Contact[]> {
	const books = [...new Set(paths.map(bookOfPath))];
	const found = await Promise.all(
		books.map(async (book) => {
			const inside = paths.filter((path) => bookOfPath(path) === book);
			return await objectsAt(dsm, 'carddav', book, inside);
		}),
	);
	return found.flat().map(toContact);
}

async function newest(given: z.output<typeof params>, dsm: Dsm): Promise<Event[]> {
	const [book] = await booksFor(dsm, given.book);
	if (!book) return [];
	const { changes } = await changesOf(dsm, { v: 1, seq: 0, books: {} }, book.path, { left: () => true });
	const paths = changes.flatMap(({ created }) => created.map(({ path }) => path)).slice(0, 5);
	return (await read(dsm, paths)).map((row) => ({
		...row,
		event_id: eventId({ v: 1, seq: 0, books: {} }, row.path, row.etag),
	}));
}

interface Found {
	changes: BookChanges[];
	moves: ReturnType<typeof movesIn>;
}

/** Triggers on contacts that are there: `pick` says which of the changed ones are told. */
const presentTrigger = (title: string, summary: string, pick: (found: Found) => string[]) =>
	trigger({
		title,
		summary,
		params,
		basis: 'clients',
		uses: [],
		source: 'contacts.md 11',
		dav,
		cursor: booksCursor,
		event,
		key: ({ event_id }) => event_id,
		start: async (given, dsm) => await cursorOfNow(dsm, given.book),
		async poll(given, known, dsm, budget: Budget) {
			const { changes, cursor, more } = await changesOf(dsm, known, given.book, budget);
			const rows = await read(dsm, pick({ changes, moves: movesIn(changes) }));
			return { events: rows.map((row) => ({ ...row, event_id: eventId(known, row.path, row.etag) })), cursor, more };
		},
		sample: newest,
	});

export const contactCreated = presentTrigger(
	'Contact created',
	'Starts when a contact is created in an address book, or shared with the account; one that was moved counts as updated.',
	({ changes, moves }) =>
		changes.flatMap(({ created }) => created.map(({ path }) => path)).filter((path) => !moves.moved.has(path)),
);

export const contactUpdated = presentTrigger(
	'Contact updated',
	'Starts when a contact is changed or moved to another address book.',
	({ changes, moves }) => [...changes.flatMap(({ changed }) => changed.map(({ path }) => path)), ...moves.moved],
);

/** What is gone cannot be read any more: its names are remembered. */
const remembered = booksCursor.extend({ names: z.record(z.string(), z.tuple([z.string(), z.string()])) });

export const contactDeleted = trigger({
	title: 'Contact deleted',
	summary: 'Starts when a contact is deleted or no longer shared with the account; gives its last known name and UID.',
	params,
	basis: 'clients',
	uses: [],
	source: 'contacts.md 11',
	dav,
	cursor: remembered,
	event: z.object({ event_id: z.string(), path: z.string(), book: z.string(), uid: z.string(), full_name: z.string() }),
	key: ({ event_id }) => event_id,
	async start(given, dsm) {
		const now = await cursorOfNow(dsm, given.book);
		return { ...now, names: await namesOf(dsm, pathsOf(now)) };
	},
	async poll(given, { names, ...known }, dsm, budget) {
		const { changes, cursor, more } = await changesOf(dsm, known, given.book, budget);
		const { left } = movesIn(changes);
		const gone = changes.flatMap(({ deleted }) => deleted);
		const fresh = changes.flatMap(({ created, changed }) => [...created, ...changed].map(({ path }) => path));
		const kept = Object.fromEntries(Object.entries(names).filter(([path]) => !gone.includes(path)));
		const events = gone
			.filter((path) => !left.has(path))
			.map((path) => {
				const [uid, full_name] = names[path] ?? ['', ''];
				return { event_id: eventId(known, path, 'deleted'), path, book: bookOfPath(path), uid, full_name };
			});
		return { events, cursor: { ...cursor, names: { ...kept, ...(await namesOf(dsm, fresh)) } }, more };
	},
	async sample(given, dsm) {
		const rows = await newest(given, dsm);
		return rows.map(({ event_id, path, uid = '', full_name = '' }) => ({
			event_id,
			path,
			book: bookOfPath(path),
			uid,
			full_name,
		}));
	},
});

const pathsOf = ({ books }: BooksCursor): string[] =>
	Object.entries(books).flatMap(([path, { items }]) => Object.keys(items).map((name) => path + name));

async function namesOf(dsm: Dsm, paths: string[]): Promise<Record<string, [string, string]>> {
	const rows = await read(dsm, paths);
	return Object.fromEntries(rows.map(({ path, uid = '', full_name = '' }) => [path, [uid, full_name]]));
}
