import type { DavObject } from '../../catalog/dav';
import { z } from '../../vendor/zod';
import { contactFields, contactOf } from './vcard/contact';
import { readText } from './vcard/file';
import type { Card } from './vcard/lines';

const { uid, fullName, emails, phones, company, birthday, labels, note, ...others } = contactFields.shape;

/** A contact as CardDAV has it (contacts.md 8.3). `path` and `etag` name it and its version. */
export const contact = z.looseObject({
	path: z.string(),
	etag: z.string(),
	...z.object({ uid, fullName, emails, phones, company, birthday, labels, note, ...others }).partial().shape,
	/** Path of the address book. */
	book: z.string(),
	/** Why the card cannot be read, if so. */
	unreadable: z.string().optional(),
});
export type Contact = z.output<typeof contact>;

export const bookOfPath = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The card in what the NAS gave; undefined: it cannot be read. */
export const cardOf = ({ data }: DavObject): Card | undefined => readText(data).cards[0];

/** The friendly form; a card that cannot be read is named all the same, so that one does not hide the others. */
export function toContact(object: DavObject): Contact {
	const { path, etag } = object;
	const card = cardOf(object);
	const where = { path, etag, book: bookOfPath(path) };
	if (card) return { ...where, ...contactOf(card) };
	return { ...where, fullName: '', unreadable: readText(object.data).broken[0]?.reason ?? 'is no card' };
}
