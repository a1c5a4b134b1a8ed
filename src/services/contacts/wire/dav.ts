import type { Dsm } from '../../core/dsm';
import { DsmApiError, DsmInputError } from '../../core/errors';
import {
	allObjects,
	collectionsOf,
	objectAt,
	objectsMatching,
	type DavCollection,
	type DavObject,
} from '../../catalog/dav';
import { toContact, type Contact } from './shape';

export const vcard = { type: 'text/vcard; charset=utf-8', what: 'The contact' };

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

/** Contacts whose property has a text, as the NAS finds them: properties in groups are overlooked there (contacts.md 8.2). */
export async function matching(
	dsm: Dsm,
	path: string,
	property: string,
	text: string,
	how = 'contains',
): Promise<DavObject[]> {
	return await objectsMatching(dsm, 'carddav', path, {
		'card:prop-filter': {
			_attributes: { name: property },
			'card:text-match': { _attributes: { collation: 'i;unicode-casemap', 'match-type': how }, _text: text },
		},
	});
}

/** A contact by its path or UID. */
export async function objectOf(dsm: Dsm, given: string): Promise<DavObject> {
	if (given.startsWith('/')) return await objectAt(dsm, given);
	for (const { path } of await booksOf(dsm)) {
		const found = (await matching(dsm, path, 'UID', given)).find((object) => toContact(object).uid === given);
		if (found) return found;
	}
	throw new DsmApiError(`There is no contact with the UID "${given}".`, {
		httpStatus: 404,
		hint: 'It may have been deleted, or lie in an address book that is not shared with this account.',
	});
}

/** Path of a contact in an address book. */
export const pathIn = (book: string, uid: string): string => `${book}${encodeURIComponent(uid)}.vcf`;

/** Contacts with an e-mail address, whatever its spelling. What the NAS overlooks is looked for among all contacts. */
export async function withEmail(dsm: Dsm, book: string, email: string): Promise<DavObject[]> {
	const has = (object: DavObject) => hasEmail(toContact(object), email);
	const found = (await matching(dsm, book, 'EMAIL', email)).filter(has);
	return found.length > 0 ? found : (await allObjects(dsm, 'carddav', book)).filter(has);
}

export const hasEmail = ({ emails = [] }: Contact, email: string): boolean =>
	emails.some(({ value }) => value.toLowerCase() === email.toLowerCase());
