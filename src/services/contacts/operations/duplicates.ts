import { z } from '../../vendor/zod';
import { DsmInputError } from '../../core/errors';
import { allObjects, put, remove } from '../../catalog/dav';
import { procedure } from '../../catalog/operation';
import { anyBook, contactRef, contactRefs } from './fields';
import { booksFor, objectOf, vcard } from './find';
import { cardOf, contact, toContact, type Contact } from './shape';
import { merged } from './vcard/edit';
import { textOfCard } from './vcard/lines';

const KEYS = {
	email: ({ emails = [] }: Contact) => emails.map(({ value }) => value.toLowerCase()),
	phone: ({ phones = [] }: Contact) =>
		phones.map(({ value }) => value.replace(/\D/g, '')).filter((number) => number.length > 5),
	name: ({ fullName = '' }: Contact) => (fullName === '' ? [] : [fullName.toLowerCase().replace(/\s+/g, ' ')]),
};

export const findDuplicates = procedure({
	title: 'Find duplicate contacts',
	summary: 'Lists groups of contacts that share an email address, a phone number or a name; changes nothing.',
	uses: [],
	dav: ['REPORT <book> addressbook-multiget'],
	params: z.object({
		by: z
			.enum(['email', 'phone', 'name'])
			.default('email')
			.meta({
				title: 'Same',
				description: 'What duplicates have in common',
				labels: { email: 'Email', phone: 'Phone', name: 'Name' },
			}),
		book: anyBook,
	}),
	result: z.array(z.object({ value: z.string(), contacts: z.array(contact) })),
	readOnly: true,
	basis: 'clients',
	async run({ by, book }, dsm) {
		const found = new Map<string, Contact[]>();
		for (const { path } of await booksFor(dsm, book))
			for (const row of (await allObjects(dsm, 'carddav', path)).map(toContact))
				for (const key of new Set(KEYS[by](row))) found.set(key, [...(found.get(key) ?? []), row]);
		return [...found].filter(([, rows]) => rows.length > 1).map(([value, rows]) => ({ value, contacts: rows }));
	},
});

/** The merged card is written before anything is deleted, each in the version that was read. */
export const merge = procedure({
	title: 'Merge contacts',
	summary:
		'Adds to one contact what others have and it lacks, and deletes those; a dry run first, which only shows the result.',
	uses: [],
	dav: ['GET <contact>', 'PUT <contact>, If-Match', 'DELETE <contact>, If-Match'],
	params: z.object({
		contact: contactRef.meta({ title: 'Contact to Keep', description: 'Contact that the others are merged into' }),
		others: contactRefs.meta({ title: 'Contacts to Merge', description: 'Contacts that are deleted after the merge' }),
		dryRun: z
			.boolean()
			.default(true)
			.meta({ title: 'Dry Run', description: 'Whether only to show what the merged contact would be' }),
	}),
	result: z.looseObject({ dryRun: z.boolean(), contact, deleted: z.array(z.string()) }),
	destructive: true,
	basis: 'clients',
	async run(given, dsm) {
		const keep = await objectOf(dsm, given.contact);
		const all = await Promise.all(given.others.map(async (one) => await objectOf(dsm, one)));
		const others = all.filter(({ path }, index) => all.findIndex((one) => one.path === path) === index);
		const [card, ...cards] = [keep, ...others].map(cardOf);
		if (!card || cards.includes(undefined) || others.some(({ path }) => path === keep.path))
			throw new DsmInputError(
				'These contacts cannot be merged: one is unreadable, or the one to keep is among the others.',
				{
					path: ['others'],
					hint: 'Choose other contacts.',
				},
			);
		const data = textOfCard(cards.reduce((into, other) => merged(into!, other!), card)!);
		const deleted = others.map(({ path }) => path);
		const result = toContact({ ...keep, data });
		if (given.dryRun) return { dryRun: true, contact: result, deleted };
		result.etag = await put(dsm, keep.path, data, { ...vcard, etag: keep.etag });
		for (const { path, etag } of others) await remove(dsm, path, vcard.what, etag);
		return { dryRun: false, contact: result, deleted };
	},
});
