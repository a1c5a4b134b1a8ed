import { filtered } from '../../../core/turns';
import { allObjects, isStatus, objectAt, objectsMatching, type DavObject } from '../../../catalog/dav';
import { put } from '../../../catalog/davWrite';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError } from '../../../core/errors';
import { booksOf } from './books';
import { readable, toContact, type Contact } from './contactRow';
import { textOfCard, type Card } from './vcard/lines';

export const vcard = { type: 'text/vcard; charset=utf-8', what: 'The contact' };

/** Path of a contact in an address book. */
export const pathIn = (book: string, uid: string): string => `${book}${encodeURIComponent(uid)}.vcf`;

/** Contacts whose property has a text, as the NAS finds them: properties in groups are overlooked there (contacts.md 8.2). */
export async function matching(dsm: Dsm, path: string, property: string, text: string): Promise<DavObject[]> {
	return await objectsMatching(dsm, 'carddav', path, {
		'card:prop-filter': {
			_attributes: { name: property },
			'card:text-match': {
				_attributes: { collation: 'i;unicode-casemap', 'match-type': 'contains' },
				_text: text,
			},
		},
	});
}

/** A contact by its path or UID. */
export async function objectOf(dsm: Dsm, given: string): Promise<DavObject> {
	if (given.startsWith('/')) return await objectAt(dsm, given);
	for (const { path } of await booksOf(dsm)) {
		const [found] = await filtered(
			await matching(dsm, path, 'UID', given),
			(object) => toContact(object).uid === given,
		);
		if (found) return found;
	}
	throw new DsmApiError(`There is no contact with the UID "${given}".`, {
		httpStatus: 404,
		hint: 'It may have been deleted, or lie in an address book that is not shared with this account.',
	});
}

/** A contact of one address book by its UID. */
export async function atUid(dsm: Dsm, book: string, uid: string): Promise<DavObject | undefined> {
	try {
		return await objectAt(dsm, pathIn(book, uid));
	} catch (error) {
		if (!isStatus(error, 404)) throw error;
		const [found] = await filtered(await allObjects(dsm, 'carddav', book), (object) => toContact(object).uid === uid);
		return found;
	}
}

/** Contacts with an email address, whatever its spelling. What the NAS overlooks is looked for among all contacts. */
export async function withEmail(dsm: Dsm, book: string, email: string): Promise<DavObject[]> {
	const has = (object: DavObject) => hasEmail(toContact(object), email);
	const found = await filtered(await matching(dsm, book, 'EMAIL', email), has);
	return found.length > 0 ? found : await filtered(await allObjects(dsm, 'carddav', book), has);
}

const hasEmail = ({ emails = [] }: Contact, email: string): boolean =>
	emails.some(({ value }) => value.toLowerCase() === email.toLowerCase());

/** Writes a card and gives it as it is then; with `etag` in place of that version, else only where there is none. */
export async function written(dsm: Dsm, path: string, card: Card, etag?: string): Promise<DavObject> {
	const data = textOfCard(card);
	return { path, data, etag: await put(dsm, path, data, { ...vcard, etag }) };
}

/** Times that a change is made anew on what somebody else has just written. */
const ATTEMPTS = 3;

/** Changes a card. Without a version of the caller's own, the change can be made on any version. */
export async function rewritten(
	dsm: Dsm,
	object: DavObject,
	change: (card: Card) => Card,
	etag?: string,
): Promise<DavObject> {
	for (let attempt = 1, now = object; ; attempt++) {
		const before = readable(now);
		const after = change(before);
		const isSame = textOfCard(after) === textOfCard(before);
		if (isSame && (etag === undefined || etag === now.etag)) return now;
		try {
			return await written(dsm, now.path, after, etag ?? now.etag);
		} catch (error) {
			if (etag !== undefined || attempt >= ATTEMPTS || !isStatus(error, 412)) throw error;
			now = await objectAt(dsm, now.path);
		}
	}
}
