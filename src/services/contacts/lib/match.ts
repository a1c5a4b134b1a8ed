import type { Contact } from './contactRow';

const textsOf = ({
	full_name,
	nickname,
	company,
	department,
	title,
	note,
	emails = [],
	phones = [],
	categories = [],
}: Contact) => ({
	name: [full_name, nickname],
	company: [company, department],
	note: [note],
	email: emails.map(({ value }) => value),
	phone: phones.map(({ value }) => value),
	category: categories,
	other: [title],
});

const digits = (text: string): string => text.replace(/[^\d]/g, '');

/** Phone numbers are compared by their digits; 0039 and +39 are the same. */
const isPhone = (numbers: string[], wanted: string): boolean => {
	const known = digits(wanted).replace(/^00/, '');
	return known !== '' && numbers.some((number) => digits(number).replace(/^00/, '').includes(known));
};

/** Whether a contact has a text in one of its fields, or in any. */
export function fits(row: Contact, field: string, wanted: string): boolean {
	const { phone, ...texts } = textsOf(row);
	const has = (list: (string | undefined)[]) => list.some((text) => text?.toLowerCase().includes(wanted.toLowerCase()));
	if (field === 'phone') return isPhone(phone, wanted);
	if (field !== 'any') return has(texts[field as keyof typeof texts]);
	return Object.values(texts).some(has) || isPhone(phone, wanted);
}

const KEYS = {
	email: ({ emails = [] }: Contact) => emails.map(({ value }) => value.toLowerCase()),
	phone: ({ phones = [] }: Contact) =>
		phones.map(({ value }) => value.replace(/\D/g, '')).filter((number) => number.length > 5),
	name: ({ full_name = '' }: Contact) => (full_name === '' ? [] : [full_name.toLowerCase().replace(/\s+/g, ' ')]),
};

/** Groups of contacts that have an email address, a phone number or a name in common. */
export function duplicatesIn(rows: Contact[], by: keyof typeof KEYS): { value: string; contacts: Contact[] }[] {
	const found = new Map<string, Contact[]>();
	for (const row of rows) for (const key of new Set(KEYS[by](row))) found.set(key, [...(found.get(key) ?? []), row]);
	return [...found].filter(([, group]) => group.length > 1).map(([value, contacts]) => ({ value, contacts }));
}
