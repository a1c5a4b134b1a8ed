import { randomUUID } from 'node:crypto';
import { remove } from '../../../catalog/davWrite';
import { davOperation } from '../../../catalog/davOperation';
import { fileAnswer } from '../../../catalog/fields';
import { procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { anyBook, book, changesIn, contactRef, contactRefs, details, etag, ownBook, refuseNameless } from '../fields';
import { bookAt } from '../lib/books';
import { fileOf, version } from '../lib/cardFile';
import { atUid, objectOf, pathIn, rewritten, vcard, withEmail, written } from '../lib/cards';
import { contact, readable, toContact } from '../lib/contactRow';
import { fits } from '../lib/match';
import { changed, newCard, withUid, type Changes } from '../lib/vcard/edit';
import { changeCard, createCard, deleteCard, findContacts, listContacts, readCard, readCards } from '../wire/dav';
import { getRows, listGroups, listRows, listTeam } from './contactRows';
import { findDuplicates, merge } from './duplicates';

export const list = davOperation({
	title: 'List contacts',
	summary: 'Lists the contacts of one address book or of all, with every field, over CardDAV.',
	ask: listContacts,
	params: z.object({ book: anyBook }),
});

/** Fields that the NAS can search: their properties stand in no groups. */
const SEARCHED: Record<string, string> = { name: 'FN', company: 'ORG', note: 'NOTE' };

/** The NAS overlooks emails and phones that Apple's programs put into groups, so those are looked for here (contacts.md 8.2). */
export const search = davOperation({
	title: 'Search contacts',
	summary: 'Finds contacts by a part of their name, email address, phone number or company, over CardDAV.',
	ask: findContacts,
	params: z.object({
		keyword: z.string().trim().min(1).meta({
			title: 'Search For',
			description: 'Text to look for; spelling in capitals or not is the same',
			placeholder: 'e.g. dana',
		}),
		field: z
			.enum(['any', 'name', 'email', 'phone', 'company', 'note', 'category'])
			.default('any')
			.meta({
				title: 'Search In',
				description: 'Where to look',
				labels: {
					any: 'Anywhere',
					name: 'Name',
					email: 'Email',
					phone: 'Phone',
					company: 'Company',
					note: 'Note',
					category: 'Category',
				},
			}),
		book: anyBook,
	}),
	request: ({ keyword, field, book: within }) => ({ book: within, property: SEARCHED[field], text: keyword }),
	keep: (row, { field, keyword }) => fits(row, field, keyword),
});

export const get = davOperation({
	title: 'Get a contact',
	summary: 'Gives one contact with every field, over CardDAV.',
	ask: readCard,
	params: z.object({ contact: contactRef }),
	response: toContact,
	result: contact,
});

/** A card with a UID of its own, unless one is given. */
function cardWith(changes: Changes, uid: string = randomUUID()) {
	refuseNameless(changes);
	return { uid, card: changed(newCard(uid), changes) };
}

export const create = davOperation({
	title: 'Create a contact',
	summary: 'Creates a contact, over CardDAV.',
	ask: createCard,
	params: z.object({ ...details, book: ownBook }),
	request: ({ book: into, ...given }) => ({ book: into, ...cardWith(changesIn(given)) }),
	response: toContact,
	result: contact,
});

const CLEARABLE = Object.keys(details) as [keyof typeof details, ...(keyof typeof details)[]];
const LISTS = ['emails', 'phones', 'addresses', 'urls', 'categories'];

const emptied = (names: string[]): Changes =>
	Object.fromEntries(names.map((name) => [name, LISTS.includes(name) ? [] : '']));

export const update = davOperation({
	title: 'Update a contact',
	summary: 'Changes the given fields of a contact, over CardDAV; all others stay, also those of other programs.',
	ask: changeCard,
	params: z.object({
		contact: contactRef,
		...details,
		clear: z
			.array(z.enum(CLEARABLE))
			.default([])
			.meta({
				title: 'Fields to Empty',
				description: 'Fields that are emptied',
				labels: Object.fromEntries(CLEARABLE.map((name) => [name, details[name].meta()?.title ?? name])),
				advanced: true,
			}),
		etag,
	}),
	request: ({ contact: at, clear, etag: version, ...given }) => ({
		contact: at,
		etag: version,
		change: (card) => changed(card, { ...emptied(clear), ...changesIn(given) }),
	}),
	response: toContact,
	result: contact,
});

export const createOrUpdate = procedure({
	title: 'Create or update a contact',
	summary: 'Updates the contact with the same email address or UID, or creates one, over CardDAV.',
	uses: [],
	dav: ['REPORT <book> addressbook-query', 'PUT <contact>'],
	source: 'contacts.md 8.2',
	params: z.object({
		match: z.string().trim().min(1).meta({
			title: 'Email or UID',
			description: 'What the contact is known by: an email address, or its UID',
			placeholder: 'e.g. dana@example.org',
		}),
		...details,
		book: ownBook,
	}),
	result: contact.with({ created: z.boolean() }),
	basis: 'clients',
	async run(given, dsm) {
		const { path } = await bookAt(dsm, given.book);
		const changes = changesIn(given);
		const isEmail = given.match.includes('@');
		const found = isEmail ? (await withEmail(dsm, path, given.match))[0] : await atUid(dsm, path, given.match);
		if (found) {
			const updated = await rewritten(dsm, found, (card) => changed(card, changes));
			return { ...toContact(updated), created: false };
		}
		const known = isEmail && !changes.emails ? { emails: [{ value: given.match }] } : {};
		const { uid, card } = cardWith({ ...known, ...changes }, isEmail ? undefined : given.match);
		return { ...toContact(await written(dsm, pathIn(path, uid), card)), created: true };
	},
});

export const deleteContact = davOperation({
	title: 'Delete a contact',
	summary: 'Deletes a contact, over CardDAV.',
	ask: deleteCard,
	params: z.object({ contact: contactRef, etag }),
	result: z.object({ path: z.string() }),
	destructive: true,
	deletes: true,
});

/** Written first and deleted then: in between it is there twice rather than not at all (contacts.md 12). */
export const move = procedure({
	title: 'Move a contact',
	summary: 'Moves a contact to another address book, over CardDAV; its UID stays.',
	uses: [],
	dav: ['GET <contact>', 'PUT <book><uid>.vcf', 'DELETE <contact>'],
	source: 'contacts.md 8.2',
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
		return toContact(moved);
	},
});

export const copy = davOperation({
	title: 'Copy a contact',
	summary: 'Copies a contact into an address book under a new UID, over CardDAV.',
	known: { ask: readCard, request: ({ contact: at }) => ({ contact: at }) },
	ask: createCard,
	params: z.object({ contact: contactRef, book }),
	request({ book: into }, known) {
		const uid = randomUUID();
		return { book: into, uid, card: withUid(readable(known), uid) };
	},
	response: toContact,
	result: contact,
});

export const exportContacts = davOperation({
	title: 'Export contacts',
	summary: 'Gives contacts as one vCard file, over CardDAV.',
	ask: readCards,
	params: z.object({ contacts: contactRefs, version }),
	response: (cards, { params }) => fileOf(cards, params.version, 'contacts.vcf'),
	result: fileAnswer(),
	returns: 'file',
});

export const contacts = resource('Contact', {
	list,
	listRows,
	search,
	get,
	getRows,
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
