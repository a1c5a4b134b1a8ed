import { allObjects, type DavObject } from '../../../catalog/dav';
import { remove } from '../../../catalog/davWrite';
import { davCall, davListCall } from '../../../catalog/davOperation';
import { bookAt, booksFor } from '../lib/books';
import { matching, objectOf, pathIn, rewritten, vcard, written } from '../lib/cards';
import { contact, toContact, type Contact } from '../lib/contactRow';
import type { Card } from '../lib/vcard/lines';

const HOME = 'PROPFIND /carddav/<account>/';
const known = { basis: 'clients', source: 'contacts.md 8.2' } as const;
const read = { ...known, readOnly: true } as const;

/** Contacts of the given address book, or of all. */
export const listContacts = davListCall({
	requests: [HOME, 'PROPFIND <book>', 'REPORT <book> addressbook-multiget'],
	...read,
	row: contact,
	async *rows(dsm, { book }: { book?: string | undefined }) {
		for (const { path } of await booksFor(dsm, book)) yield* (await allObjects(dsm, 'carddav', path)).map(toContact);
	},
});

/** Contacts whose property has a text; without a property all, since the NAS overlooks some. */
export const findContacts = davListCall({
	requests: [HOME, 'REPORT <book> addressbook-query', 'REPORT <book> addressbook-multiget'],
	...read,
	row: contact,
	async *rows(
		dsm,
		{ book, property, text }: { book?: string | undefined; property?: string | undefined; text: string },
	) {
		for (const { path } of await booksFor(dsm, book)) {
			const objects = property ? await matching(dsm, path, property, text) : await allObjects(dsm, 'carddav', path);
			yield* objects.map(toContact);
		}
	},
});

/** The same as `listContacts`, where one has to see all of them. */
export const readContacts = davCall({
	requests: listContacts.requests,
	...read,
	async ask(dsm, given: { book?: string | undefined }): Promise<Contact[]> {
		const found: Contact[] = [];
		for await (const row of listContacts.rows(dsm, given)) found.push(row);
		return found;
	},
});

export const readCard = davCall({
	requests: ['GET <contact>'],
	...read,
	ask: async (dsm, given: { contact: string }) => await objectOf(dsm, given.contact),
});

export const readCards = davCall({
	requests: ['GET <contact>'],
	...read,
	ask: async (dsm, given: { contacts: string[] }) =>
		await Promise.all(given.contacts.map(async (one) => await objectOf(dsm, one))),
});

/** All cards of an address book, with its name. */
export const readBook = davCall({
	requests: [HOME, 'PROPFIND <book>', 'REPORT <book> addressbook-multiget'],
	...read,
	async ask(dsm, given: { book: string }): Promise<{ name: string; cards: DavObject[] }> {
		const { path, name } = await bookAt(dsm, given.book);
		return { name, cards: await allObjects(dsm, 'carddav', path) };
	},
});

/** Into the given address book, or the first that the account may write. */
export const createCard = davCall({
	requests: [HOME, 'PUT <book><uid>.vcf, If-None-Match: *'],
	...known,
	ask: async (dsm, { book, uid, card }: { book?: string | undefined; uid: string; card: Card }) =>
		await written(dsm, pathIn((await bookAt(dsm, book)).path, uid), card),
});

/** Read, changed, and written in place of the version that was read. */
export const changeCard = davCall({
	requests: ['GET <contact>', 'PUT <contact>, If-Match'],
	...known,
	ask: async (
		dsm,
		{ contact: at, change, etag }: { contact: string; change: (card: Card) => Card; etag?: string | undefined },
	) => await rewritten(dsm, await objectOf(dsm, at), change, etag),
});

export const deleteCard = davCall({
	requests: ['DELETE <contact>, If-Match'],
	...known,
	async ask(dsm, given: { contact: string; etag?: string | undefined }): Promise<{ path: string }> {
		const path = given.contact.startsWith('/') ? given.contact : (await objectOf(dsm, given.contact)).path;
		await remove(dsm, path, vcard.what, given.etag);
		return { path };
	},
});
