import type { DavObject } from '../../../catalog/dav';
import { row, field } from '../../../catalog/row';
import { DsmInputError } from '../../../core/errors';
import type { z } from '../../../vendor/zod';
import { contactFields, contactOf } from './vcard/contactFields';
import type { Card } from './vcard/lines';
import { readText } from './vcard/readFile';

const { uid, full_name, emails, phones, company, birthday, categories, note, ...others } =
	contactFields.partial().shape;

/** A contact as CardDAV has it (contacts.md 8.3). `path` and `etag` name it and its version. */
export const contact = row(
	{
		path: field.text(),
		etag: field.text(),
		...{ uid, full_name, emails, phones, company, birthday, categories, note, ...others },
		/** Path of the address book. */
		book: field.text(),
		/** Why the card cannot be read, if so. */
		unreadable: field.text().optional(),
	},
	{
		simple: ['path', 'etag', 'uid', 'full_name', 'emails', 'phones', 'company', 'birthday', 'categories', 'note'],
	},
);
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
	return { ...where, full_name: '', unreadable: readText(object.data).broken[0]?.reason ?? 'is no card' };
}

/** The card, for a change. */
export function readable(object: DavObject): Card {
	const card = cardOf(object);
	if (card) return card;
	throw new DsmInputError(`The card ${object.path} cannot be read: it ${toContact(object).unreadable}.`, {
		path: ['contact'],
		hint: 'Correct it in the program that wrote it, or delete it.',
	});
}
