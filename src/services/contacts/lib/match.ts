import { z } from '../../vendor/zod';
import { allObjects } from '../../catalog/dav';
import { procedure } from '../../catalog/operation';
import { anyBook } from './fields';
import { booksFor, matching } from './find';
import { contact, toContact, type Contact } from './shape';

/** Fields that the NAS can search: their properties stand in no groups. */
const SEARCHED: Record<string, string> = { name: 'FN', company: 'ORG', note: 'NOTE' };

const textsOf = ({
	fullName,
	nickname,
	company,
	department,
	title,
	note,
	emails = [],
	phones = [],
	labels = [],
}: Contact) => ({
	name: [fullName, nickname],
	company: [company, department],
	note: [note],
	email: emails.map(({ value }) => value),
	phone: phones.map(({ value }) => value),
	label: labels,
	other: [title],
});

const digits = (text: string): string => text.replace(/[^\d]/g, '');

/** Phone numbers are compared by their digits; 0039 and +39 are the same. */
const isPhone = (numbers: string[], wanted: string): boolean => {
	const known = digits(wanted).replace(/^00/, '');
	return known !== '' && numbers.some((number) => digits(number).replace(/^00/, '').includes(known));
};

function fits(row: Contact, field: string, wanted: string): boolean {
	const { phone, ...texts } = textsOf(row);
	const has = (list: (string | undefined)[]) => list.some((text) => text?.toLowerCase().includes(wanted.toLowerCase()));
	if (field === 'phone') return isPhone(phone, wanted);
	if (field !== 'any') return has(texts[field as keyof typeof texts]);
	return Object.values(texts).some(has) || isPhone(phone, wanted);
}

/** The NAS overlooks e-mails and phones that Apple's programs put into groups, so those are looked for here (contacts.md 8.2). */
export const search = procedure({
	title: 'Search contacts',
	summary: 'Finds contacts by a part of their name, email address, phone number or company, over CardDAV.',
	uses: [],
	dav: ['REPORT <book> addressbook-query', 'REPORT <book> addressbook-multiget'],
	params: z.object({
		keyword: z.string().trim().min(1).meta({
			title: 'Search For',
			description: 'Text to look for; spelling in capitals or not is the same',
			placeholder: 'e.g. dana',
		}),
		field: z
			.enum(['any', 'name', 'email', 'phone', 'company', 'note', 'label'])
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
					label: 'Category',
				},
			}),
		book: anyBook,
	}),
	result: z.array(contact),
	readOnly: true,
	basis: 'clients',
	async *each({ keyword, field, book }, dsm) {
		for (const { path } of await booksFor(dsm, book)) {
			const property = SEARCHED[field];
			const objects = property ? await matching(dsm, path, property, keyword) : await allObjects(dsm, 'carddav', path);
			yield* objects.map(toContact).filter((row) => fits(row, field, keyword));
		}
	},
});
