import { isStatus, isStillThere, type DavCollection, type DavMember } from '../../../catalog/dav';
import { changesSince } from '../../../catalog/davSync';
import type { Budget } from '../../../catalog/operation';
import type { Dsm } from '../../../core/dsm';
import { z } from '../../../vendor/zod';
import { booksFor, booksOf } from './books';

/** What is remembered of one address book between polls. Members are named by the last part of their path. */
const bookState = z.object({
	ctag: z.string().optional(),
	token: z.string().optional(),
	/** Time of the last comparison of everything, milliseconds. */
	whole: z.number(),
	/** Member -> etag. */
	items: z.record(z.string(), z.string()),
});
export type BookState = z.output<typeof bookState>;

/** Cursor of whatever follows contacts: `seq` counts the polls that found changes. */
export const booksCursor = z.object({ v: z.literal(1), seq: z.number().int(), books: z.record(z.string(), bookState) });
export type BooksCursor = z.output<typeof booksCursor>;

/** What a poll found in one address book. */
export interface BookChanges {
	path: string;
	created: DavMember[];
	changed: DavMember[];
	/** Paths. */
	deleted: string[];
}

/** Tokens are not to be trusted for ever (calendar.md 8): once a day everything is compared. */
const DAY = 86_400_000;
/** Contacts that one poll tells of a book; the rest comes with the next. */
const MOST = 200;

const nameIn = (path: string, book: string): string => path.slice(book.length);

const absolute = (items: Record<string, string>, book: string) =>
	Object.fromEntries(Object.entries(items).map(([name, etag]) => [book + name, etag]));

const relative = (items: Record<string, string>, book: string) =>
	Object.fromEntries(Object.entries(items).map(([path, etag]) => [nameIn(path, book), etag]));

/** The cursor that knows everything that is there. */
export async function cursorOfNow(dsm: Dsm, book: string | undefined): Promise<BooksCursor> {
	const empty: BooksCursor = { v: 1, seq: 0, books: {} };
	const answer = await changesOf(dsm, empty, book, { left: () => true }, Infinity);
	return { ...answer.cursor, seq: 0 };
}

/**
 * One request tells which books changed; only those are asked further. A book that cannot be read keeps its place and holds up no other
 * one; a book that is gone took its contacts with it. With many changes the rest stays in the cursor as unknown, for the next poll.
 */
export async function changesOf(
	dsm: Dsm,
	cursor: BooksCursor,
	book: string | undefined,
	budget: Budget,
	most = MOST,
): Promise<{ changes: BookChanges[]; cursor: BooksCursor; more: boolean }> {
	const found: BookChanges[] = [];
	const books: BooksCursor['books'] = {};
	let more = false;
	const present = await stillThere(dsm, cursor, book);
	for (const { path, ctag } of present) {
		const known = cursor.books[path];
		const isWhole = known === undefined || dsm.now() - known.whole >= DAY;
		const isSame = known !== undefined && ctag !== undefined && ctag === known.ctag && !isWhole;
		if (isSame || (known && !budget.left())) {
			more ||= !isSame;
			books[path] = known;
			continue;
		}
		const read = await readBook(dsm, path, known, isWhole, most);
		if (!read) {
			if (known) books[path] = known;
			continue;
		}
		found.push({ path, ...read.changes });
		more ||= read.isPart;
		books[path] = { ...read.state, ...(ctag !== undefined && !read.isPart && { ctag }) };
	}
	for (const [path, state] of Object.entries(cursor.books)) {
		if (books[path]) continue;
		// A list that comes short proves nothing (core.md 20).
		if (await isStillThere(dsm, path)) books[path] = state;
		else found.push({ path, created: [], changed: [], deleted: Object.keys(state.items).map((name) => path + name) });
	}
	const isNews = found.some(({ created, changed, deleted }) => created.length + changed.length + deleted.length > 0);
	return { changes: found, cursor: { v: 1, seq: cursor.seq + (isNews ? 1 : 0), books }, more };
}

/** A chosen book that is gone is none any more, and no error of the flow: its contacts are told as deleted. */
async function stillThere(dsm: Dsm, cursor: BooksCursor, book: string | undefined): Promise<DavCollection[]> {
	const known = Object.keys(cursor.books);
	if (book === undefined || known.length === 0) return await booksFor(dsm, book);
	return (await booksOf(dsm)).filter(({ path }) => known.includes(path));
}

async function readBook(dsm: Dsm, path: string, known: BookState | undefined, isWhole: boolean, most: number) {
	const before = { token: known?.token, items: absolute(known?.items ?? {}, path) };
	try {
		const { token, items, ...changes } = await changesSince(dsm, 'carddav', path, before, isWhole);
		const news = [...changes.created, ...changes.changed];
		const isPart = news.length > most;
		const later = news.slice(most);
		for (const one of isPart ? later : []) {
			if (before.items[one.path] === undefined) delete items[one.path];
			else items[one.path] = before.items[one.path]!;
		}
		const told = (member: DavMember) => !isPart || !later.includes(member);
		const next = isPart ? known?.token : token;
		const state: BookState = {
			items: relative(items, path),
			whole: isWhole && !isPart ? dsm.now() : (known?.whole ?? 0),
			...(next !== undefined && { token: next }),
		};
		return {
			state,
			isPart,
			changes: { ...changes, created: changes.created.filter(told), changed: changes.changed.filter(told) },
		};
	} catch (error) {
		if (isStatus(error, 403, 404, 410)) return undefined;
		throw error;
	}
}
