import { put, remove } from '../../../catalog/davWrite';
import { davOperation } from '../../../catalog/davOperation';
import { procedure } from '../../../catalog/operation';
import { DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { anyBook, contactRef, contactRefs } from '../fields';
import { objectOf, vcard } from '../lib/cards';
import { cardOf, contact, toContact } from '../lib/contactRow';
import { duplicatesIn } from '../lib/match';
import { merged } from '../lib/vcard/edit';
import { textOfCard } from '../lib/vcard/lines';
import { readContacts } from '../wire/dav';

export const findDuplicates = davOperation({
	title: 'Find duplicate contacts',
	summary: 'Lists groups of contacts that share an email address, a phone number or a name; changes nothing.',
	ask: readContacts,
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
	request: ({ book }) => ({ book }),
	response: (rows, { params }) => duplicatesIn(rows, params.by),
	result: z.array(z.object({ value: z.string(), contacts: z.array(contact) })),
});

/** The merged card is written before anything is deleted, each in the version that was read. */
export const merge = procedure({
	title: 'Merge contacts',
	summary:
		'Adds to one contact what others have and it lacks, and deletes those; a dry run first, which only shows the result.',
	uses: [],
	dav: ['GET <contact>', 'PUT <contact>, If-Match', 'DELETE <contact>, If-Match'],
	source: 'contacts.md 8.2',
	params: z.object({
		contact: contactRef.meta({ title: 'Contact to Keep', description: 'Contact that the others are merged into' }),
		others: contactRefs.meta({ title: 'Contacts to Merge', description: 'Contacts that are deleted after the merge' }),
		dry_run: z
			.boolean()
			.default(true)
			.meta({ title: 'Dry Run', description: 'Whether only to show what the merged contact would be' }),
	}),
	result: contact.with({ dry_run: z.boolean(), merged: z.array(z.string()) }),
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
				{ path: ['others'], hint: 'Choose other contacts.' },
			);
		const data = textOfCard(cards.reduce((into, other) => merged(into!, other!), card)!);
		const result = { ...toContact({ ...keep, data }), dry_run: given.dry_run, merged: others.map(({ path }) => path) };
		if (given.dry_run) return result;
		result.etag = await put(dsm, keep.path, data, { ...vcard, etag: keep.etag });
		for (const { path, etag } of others) await remove(dsm, path, vcard.what, etag);
		return result;
	},
});
