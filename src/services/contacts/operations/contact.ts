import { randomUUID } from 'node:crypto';
import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { z } from '../../vendor/zod';
import { allObjects, isStatus, objectAt, put, remove, type DavObject } from '../../catalog/dav';
import { procedure, resource } from '../../catalog/operation';
import { findDuplicates, merge } from './duplicates';
import { anyBook, book, changesIn, contactRef, details, etag, ownBook, refuseNameless } from './fields';
import { bookAt, booksFor, objectOf, pathIn, vcard, withEmail } from './find';
import { getRecord, listGroups, listRows, listTeam } from './rows';
import { search } from './search';
import { cardOf, contact, toContact, type Contact } from './shape';
import { exportContacts } from './transfer';
import { changed, newCard, withUid, type Changes } from './vcard/edit';
import { textOfCard, type Card } from './vcard/lines';

export const list = procedure({
	title: 'List contacts',
	summary: 'Lists the contacts of one address book or of all, with every field, over CardDAV.',
	uses: [],
	dav: ['PROPFIND /carddav/<account>/', 'PROPFIND <book>', 'REPORT <book> addressbook-multiget'],
	params: z.object({ book: anyBook }),
	result: z.array(contact),
	readOnly: true,
	basis: 'clients',
	async *each(given, dsm) {
		for (const { path } of await booksFor(dsm, given.book))
			yield* (await allObjects(dsm, 'carddav', path)).map(toContact);
	},
});

export const get = procedure({
	title: 'Get a contact',
	summary: 'Gives one contact with every field, over CardDAV.',
	uses: [],
	dav: ['GET <contact>'],
	params: z.object({ contact: contactRef }),
	result: contact,
	readOnly: true,
	basis: 'clients',
	run: async (given, dsm) => toContact(await objectOf(dsm, given.contact)),
});

export const create = procedure({
	title: 'Create a contact',
	summary: 'Creates a contact, over CardDAV.',
	uses: [],
	dav: ['PUT <book><uid>.vcf, If-None-Match: *'],
	params: z.object({ ...details, book: ownBook }),
	result: contact,
	basis: 'clients',
	async run(given, dsm) {
		const changes = changesIn(given);
		refuseNameless(changes);
		return await created(dsm, (await bookAt(dsm, given.book)).path, changes);
	},
});

async function created(dsm: Dsm, bookPath: string, changes: Changes, uid: string = randomUUID()): Promise<Contact> {
	return await written(dsm, pathIn(bookPath, uid), changed(newCard(uid), changes));
}

/** Writes a card and gives it as it is then. */
async function written(dsm: Dsm, path: string, card: Card, version?: string): Promise<Contact> {
	const data = textOfCard(card);
	return toContact({ path, data, etag: await put(dsm, path, data, { ...vcard, etag: version }) });
}

const CLEARABLE = Object.keys(details) as [keyof typeof details, ...(keyof typeof details)[]];
const LISTS = ['emails', 'phones', 'addresses', 'urls', 'labels'];

export const update = procedure({
	title: 'Update a contact',
	summary: 'Changes the given fields of a contact, over CardDAV; all others stay, also those of other programs.',
	uses: [],
	dav: ['GET <contact>', 'PUT <contact>, If-Match'],
	params: z.object({
		contact: contactRef,
		...details,
		clear: z
			.array(z.enum(CLEARABLE))
			.default([])
			.meta({ title: 'Fields to Empty', description: 'Fields that are emptied', advanced: true }),
		etag,
	}),
	result: contact,
	basis: 'clients',
	async run(given, dsm) {
		const emptied = given.clear.map((name) => [name, LISTS.includes(name) ? [] : '']);
		const changes: Changes = { ...Object.fromEntries(emptied), ...changesIn(given) };
		return await updated(dsm, await objectOf(dsm, given.contact), changes, given.etag);
	},
});

/** Times that a change is made anew on what somebody else has just written. */
const ATTEMPTS = 3;

/** Without a version of the caller's own, a change of the given fields can be made on any version. */
async function updated(dsm: Dsm, object: DavObject, changes: Changes, version?: string): Promise<Contact> {
	for (let attempt = 1, now = object; ; attempt++) {
		const before = readable(now);
		const after = changed(before, changes);
		const isSame = textOfCard(after) === textOfCard(before);
		if (isSame && (version === undefined || version === now.etag)) return toContact(now);
		try {
			return await written(dsm, now.path, after, version ?? now.etag);
		} catch (error) {
			if (version !== undefined || attempt >= ATTEMPTS || !isStatus(error, 412)) throw error;
			now = await objectAt(dsm, now.path);
		}
	}
}

function readable(object: DavObject): Card {
	const card = cardOf(object);
	if (card) return card;
	throw new DsmInputError(`The card ${object.path} cannot be read: it ${toContact(object).unreadable}.`, {
		hint: 'Correct it in the program that wrote it, or delete it.',
	});
}

export const createOrUpdate = procedure({
	title: 'Create or update a contact',
	summary: 'Updates the contact with the same email address or UID, or creates one, over CardDAV.',
	uses: [],
	dav: ['REPORT <book> addressbook-query', 'PUT <contact>'],
	params: z.object({
		match: z.string().trim().min(1).meta({
			title: 'Email or UID',
			description: 'What the contact is known by: an email address, or its UID',
			placeholder: 'e.g. dana@example.org',
		}),
		...details,
		book: ownBook,
	}),
	result: contact.extend({ created: z.boolean() }),
	basis: 'clients',
	async run(given, dsm) {
		const { path } = await bookAt(dsm, given.book);
		const changes = changesIn(given);
		const isEmail = given.match.includes('@');
		const found = isEmail ? (await withEmail(dsm, path, given.match))[0] : await atUid(dsm, path, given.match);
		if (found) return { ...(await updated(dsm, found, changes)), created: false };
		const known = isEmail && !changes.emails ? { emails: [{ value: given.match }] } : {};
		const all = { ...known, ...changes };
		refuseNameless(all);
		return { ...(await created(dsm, path, all, isEmail ? undefined : given.match)), created: true };
	},
});

async function atUid(dsm: Dsm, bookPath: string, uid: string): Promise<DavObject | undefined> {
	try {
		return await objectAt(dsm, pathIn(bookPath, uid));
	} catch (error) {
		if (!isStatus(error, 404)) throw error;
		return (await allObjects(dsm, 'carddav', bookPath)).find((object) => toContact(object).uid === uid);
	}
}

export const deleteContact = procedure({
	title: 'Delete a contact',
	summary: 'Deletes a contact, over CardDAV.',
	uses: [],
	dav: ['DELETE <contact>, If-Match'],
	params: z.object({ contact: contactRef, etag }),
	result: z.object({ deleted: z.literal(true), path: z.string() }),
	destructive: true,
	basis: 'clients',
	async run(given, dsm) {
		const path = given.contact.startsWith('/') ? given.contact : (await objectOf(dsm, given.contact)).path;
		await remove(dsm, path, vcard.what, given.etag);
		return { deleted: true as const, path };
	},
});

/** Written first and deleted then: in between it is there twice rather than not at all (contacts.md 12). */
export const move = procedure({
	title: 'Move a contact',
	summary: 'Moves a contact to another address book, over CardDAV; its UID stays.',
	uses: [],
	dav: ['GET <contact>', 'PUT <book><uid>.vcf', 'DELETE <contact>'],
	params: z.object({ contact: contactRef, book }),
	result: contact,
	basis: 'clients',
	async run(given, dsm) {
		const object = await objectOf(dsm, given.contact);
		const card = readable(object);
		const target = pathIn((await bookAt(dsm, given.book)).path, toContact(object).uid ?? randomUUID());
		if (target === object.path) return toContact(object);
		const moved = await written(dsm, target, card);
		await remove(dsm, object.path, vcard.what, object.etag);
		return moved;
	},
});

export const copy = procedure({
	title: 'Copy a contact',
	summary: 'Copies a contact into an address book under a new UID, over CardDAV.',
	uses: [],
	dav: ['GET <contact>', 'PUT <book><uid>.vcf'],
	params: z.object({ contact: contactRef, book }),
	result: contact,
	basis: 'clients',
	async run(given, dsm) {
		const uid = randomUUID();
		const card = withUid(readable(await objectOf(dsm, given.contact)), uid);
		return await written(dsm, pathIn((await bookAt(dsm, given.book)).path, uid), card);
	},
});

export const contacts = resource('Contact', {
	list,
	listRows,
	search,
	get,
	getRecord,
	create,
	update,
	createOrUpdate,
	delete: deleteContact,
	move,
	copy,
	export: exportContacts,
	findDuplicates,
	merge,
	listTeam,
	listGroups,
});
