import { BUDGETS } from '../../core/budget';
import { DsmInputError } from '../../core/errors';
import { z } from '../../vendor/zod';
import { id } from '../../catalog/fields';
import type { Changes } from './lib/vcard/edit';

const bookChoices = { from: 'contacts.addressBook.list', value: 'path', label: 'name' } as const;
const bookBy = { id: 'e.g. Suppliers', path: 'e.g. /carddav/alice/suppliers/' };

/** An address book for CardDAV: its path, its name, or the last part of its path. */
export const book = z.string().trim().min(1).meta({
	title: 'Address Book',
	description: 'Address book to work in: one of the list, or its name or CardDAV path',
	widget: 'picker',
	choices: bookChoices,
	by: bookBy,
});

export const anyBook = book.optional().meta({
	title: 'Address Book',
	description: 'Address book to look in; all of them when empty',
	widget: 'picker',
	choices: bookChoices,
	by: bookBy,
});

export const ownBook = book.optional().meta({
	title: 'Address Book',
	description: 'Address book for it; the first one that the account may write when empty',
	widget: 'picker',
	choices: bookChoices,
	by: bookBy,
});

export const addressbook_id = id().meta({
	title: 'Address Book',
	description: 'Address book to work with',
	widget: 'picker',
	choices: { from: 'contacts.addressBook.list', value: 'id', label: 'name', names: [] },
	by: { name: 'e.g. Suppliers', id: 'e.g. 3' },
});

const contactChoices = { from: 'contacts.contact.list', value: 'path', label: 'full_name' } as const;

/** A contact for CardDAV: its path, or its UID. */
export const contactRef = z
	.string()
	.trim()
	.min(1)
	.meta({
		title: 'Contact',
		description: 'Contact to work with: one of the list, or its UID or CardDAV path',
		widget: 'picker',
		choices: contactChoices,
		by: { id: 'e.g. 6f0c1c9e-7a53-4f5e-9d5b-2f5a0f1e2d3c', path: 'e.g. /carddav/alice/contacts/6f0c1c9e.vcf' },
	});

export const contactRefs = z.array(z.string().trim().min(1)).min(1).meta({
	title: 'Contacts',
	description: 'Contacts to work with: their CardDAV paths or UIDs',
	widget: 'picker',
	choices: contactChoices,
});

/** Numeric ids of the web API. */
export const contact_ids = z
	.array(id())
	.min(1)
	.meta({
		title: 'Contacts',
		description: 'Contacts to work with',
		widget: 'picker',
		choices: { from: 'contacts.contact.listRows', value: 'id', label: 'full_name' },
	});

export const label_id = id().meta({
	title: 'Label',
	description: 'Label to work with',
	widget: 'picker',
	choices: { from: 'contacts.label.list', value: 'id', label: 'name', names: [] },
	by: { name: 'e.g. Customers', id: 'e.g. 3' },
});

export const etag = z.string().optional().meta({
	title: 'Only If Unchanged Since (ETag)',
	description: 'Version that was read: when somebody else has changed the contact since, nothing is written',
	placeholder: 'e.g. "9c1d"',
	advanced: true,
});

/** Parameters of a method whose parameters are not public: they go as they are. */
export const raw = z.record(z.string(), z.unknown()).default({}).meta({
	title: 'Parameters',
	description: 'Parameters of the method as a JSON object, as a capture of the web page shows them',
	widget: 'json',
});

export const confirm = z
	.boolean()
	.refine((value) => value, 'has to be set, since this changes how everybody uses Contacts')
	.meta({ title: 'Confirm', description: 'Whether you want this, which changes how everybody uses Contacts' });

const typed = z.object({
	value: z.string().min(1),
	type: z.string().optional().meta({ title: 'Kind', description: 'What it is for', placeholder: 'e.g. work' }),
	preferred: z.boolean().optional().meta({ title: 'Preferred', description: 'Whether it is the preferred one' }),
});
type Entry = z.output<typeof typed>;

/** `work: dana@example.org`; the colon of an address of the web does not end a kind. */
function entryOf(text: string): Entry {
	const match = /^([\p{L}][\p{L} _-]*):(?!\/\/)\s*(\S.*)$/u.exec(text.trim());
	return match && !/^(mailto|tel)$/i.test(match[1]!) ? { type: match[1]!, value: match[2]! } : { value: text.trim() };
}

/** Addresses of the web may hold commas and semicolons themselves: only such as end a word part them. */
const SEPARATOR = /[,;\n]/;
const WEB_SEPARATOR = /[,;]\s+|\n/;

const listed = (text: string, separator = SEPARATOR): string[] =>
	text
		.split(separator)
		.map((part) => part.trim())
		.filter((part) => part !== '');

/** A list that came as text, as hosts make one of it; other texts stay. */
function spoken(text: string): unknown {
	if (!/^\s*[[{]/.test(text)) return text;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

const entryList = z.array(z.union([z.string().min(1), typed]));

/** The entries of a text or list; a text that is JSON is read as such. */
function entriesIn(given: unknown, separator: RegExp): Entry[] | undefined {
	const value = typeof given === 'string' ? spoken(given) : given;
	const list =
		typeof value === 'string' ? listed(value, separator) : Array.isArray(value) ? (value as unknown[]) : [value];
	return entryList.safeParse(list).data?.map((one) => (typeof one === 'string' ? entryOf(one) : one));
}

function categoriesIn(text: string): string[] {
	const value = spoken(text);
	return Array.isArray(value) ? value.map(String) : listed(text);
}

/** Emails and the like: a list of texts or objects, or one text. */
const entries = (
	title: string,
	description: string,
	placeholder: string,
	{ check, separator = SEPARATOR }: { check?: [RegExp, string]; separator?: RegExp } = {},
) =>
	z
		.union([z.string(), z.array(z.union([z.string(), typed])), typed])
		.transform((given, context): Entry[] => {
			const all = entriesIn(given, separator);
			if (!all) {
				context.addIssue({ code: 'custom', message: 'is no list of texts or of {"value": …, "type": …}' });
				return z.NEVER;
			}
			const { most } = BUDGETS.cardEntries;
			if (all.length > most) {
				context.addIssue({ code: 'custom', message: `it has ${all.length} entries, and at most ${most} are taken` });
				return z.NEVER;
			}
			const wrong = check && all.find(({ value }) => !check[0].test(value));
			if (!wrong) return all;
			context.addIssue({ code: 'custom', message: `"${wrong.value}" ${check[1]}` });
			return z.NEVER;
		})
		.optional()
		.meta({ title, description, placeholder, widget: 'multiline', budget: 'line' });

const date = (title: string, description: string) =>
	z
		.string()
		.trim()
		.transform((text) => text.replace(/^(\d{4}-\d\d-\d\d)T.*$/, '$1').replace(/^-?-?(\d\d-\d\d)$/, '--$1'))
		.refine(
			(text) => /^(\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text),
			'is not a date, e.g. 1980-04-23, or 04-23 without a year',
		)
		.optional()
		.meta({ title, description, placeholder: 'e.g. 1980-04-23' });

const text = (
	title: string,
	description: string,
	more: { advanced?: true; widget?: 'multiline'; placeholder?: string } = {},
) =>
	z
		.string()
		.optional()
		.meta({ title, description, ...more });

const address = z.object({
	street: z.string().optional().meta({ placeholder: 'e.g. 1 Main Street' }),
	city: z.string().optional().meta({ placeholder: 'e.g. Town' }),
	region: z.string().optional().meta({ placeholder: 'e.g. Tuscany' }),
	postal_code: z.string().optional().meta({ placeholder: 'e.g. 50100' }),
	country: z.string().optional().meta({ placeholder: 'e.g. Italy' }),
	po_box: z.string().optional().meta({ title: 'PO Box', placeholder: 'e.g. 42' }),
	extended: z.string().optional().meta({ placeholder: 'e.g. 2nd floor' }),
	type: z.string().optional().meta({ placeholder: 'e.g. home' }),
});

/** The fields of a contact as parameters. What is absent stays as it is. */
export const details = {
	full_name: text('Full Name', 'Name as it is shown; made of the parts when empty', {
		placeholder: 'e.g. Dana Example',
	}),
	given_name: text('Given Name', 'First name', { placeholder: 'e.g. Dana' }),
	family_name: text('Family Name', 'Last name', { placeholder: 'e.g. Example' }),
	emails: entries(
		'Email Addresses',
		'Email addresses: a comma-separated text, each with its kind in front if you like, or a list',
		'e.g. work: dana@example.org, home: dana@example.net',
		{ check: [/^[^\s@]+@[^\s@]+$/, 'is not an email address'] },
	),
	phones: entries(
		'Phone Numbers',
		'Phone numbers: a comma-separated text, each with its kind in front if you like, or a list',
		'e.g. cell: +39 055 1234',
	),
	company: text('Company', 'Company or organization', { placeholder: 'e.g. Example Ltd' }),
	department: text('Department', 'Department of the company', { placeholder: 'e.g. Sales' }),
	title: text('Job Title', 'Position in the company', { placeholder: 'e.g. Engineer' }),
	birthday: date('Birthday', 'Date of birth; 04-23 when the year is not known'),
	note: text('Note', 'Free text', { widget: 'multiline' }),
	categories: z
		.union([z.string().transform(categoriesIn), z.array(z.string().min(1))])
		.optional()
		.meta({
			title: 'Categories',
			description:
				'Categories of the card, a comma-separated text or a list; whether Contacts shows them as labels is not known',
			widget: 'multiline',
			budget: 'line',
			placeholder: 'e.g. Customers, VIP',
		}),
	addresses: z
		.union([z.array(address), address.transform((one) => [one])])
		.optional()
		.meta({
			title: 'Addresses',
			description: 'Postal addresses: street, city, region, postal_code, country, and the kind in type',
			placeholder: 'e.g. [{"street": "1 Main Street", "city": "Town", "country": "Italy", "type": "home"}]',
			widget: 'json',
			advanced: true,
		}),
	urls: entries('Websites', 'Addresses of websites, a comma-separated text or a list', 'e.g. https://www.example.org', {
		separator: WEB_SEPARATOR,
	}).meta({ advanced: true }),
	anniversary: date('Anniversary', 'Date of the anniversary').meta({ advanced: true }),
	nickname: text('Nickname', 'Name among friends', { advanced: true, placeholder: 'e.g. Dany' }),
	middle_name: text('Middle Name', 'Further first names', { advanced: true, placeholder: 'e.g. Jane' }),
	name_prefix: text('Name Prefix', 'What stands before the name, such as Dr.', {
		advanced: true,
		placeholder: 'e.g. Dr',
	}),
	name_suffix: text('Name Suffix', 'What stands after the name, such as Jr.', {
		advanced: true,
		placeholder: 'e.g. Jr',
	}),
};

type Details = { [name in keyof typeof details]?: unknown };

/** The fields among parameters. */
export function changesIn(given: Details): Changes {
	const named = Object.keys(details).map((name) => [name, given[name as keyof Details]] as const);
	return Object.fromEntries(named.filter(([, value]) => value !== undefined)) as Changes;
}

/** A new contact needs something to be called by. */
export function refuseNameless(changes: Changes): void {
	const { full_name, given_name, family_name, nickname, company, emails = [] } = changes;
	if ([full_name, given_name, family_name, nickname, company].some((name) => name) || emails.length > 0) return;
	throw new DsmInputError('A contact needs a name, a company or an email address.', {
		path: ['full_name'],
		hint: 'Fill in the full name, or parts of it.',
	});
}
