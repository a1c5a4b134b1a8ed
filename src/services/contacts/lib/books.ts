import { collectionsOf, type DavCollection } from '../../../catalog/dav';
import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';

export const booksOf = async (dsm: Dsm): Promise<DavCollection[]> => await collectionsOf(dsm, 'carddav');

/** An address book by path, name or last part of its path; none given: the first that the account may write. */
export async function bookAt(dsm: Dsm, given: string | undefined): Promise<DavCollection> {
	const books = await booksOf(dsm);
	const found = given === undefined ? books.find(({ writable }) => writable) : named(books, given);
	if (found) return found;
	const names = books.map(({ name }) => `"${name}"`).join(', ');
	throw new DsmInputError(
		given === undefined
			? 'There is no address book that this account may write.'
			: `There is no address book "${given}".`,
		{ path: ['book'], hint: books.length === 0 ? 'Open Contacts once with this account.' : `There are ${names}.` },
	);
}

const named = (books: DavCollection[], given: string): DavCollection | undefined =>
	books.find(({ path, uri }) => path === given || path === `${given}/` || uri === given) ??
	books.find(({ name }) => name.toLowerCase() === given.toLowerCase());

/** The given address book, or all of them. */
export const booksFor = async (dsm: Dsm, given: string | undefined): Promise<DavCollection[]> =>
	given === undefined ? await booksOf(dsm) : [await bookAt(dsm, given)];
