import { z } from '../../../../vendor/zod';
import { anniversaryLine, isoDate } from './isoDate';
import { partsOf, unescaped, unescapedAddress, type Card, type Line } from './lines';
import { photoOf } from './photo';

const typed = z.object({ value: z.string(), type: z.string().optional(), preferred: z.boolean().optional() });
const address = z.object({
	street: z.string().optional(),
	city: z.string().optional(),
	region: z.string().optional(),
	postal_code: z.string().optional(),
	country: z.string().optional(),
	po_box: z.string().optional(),
	extended: z.string().optional(),
	type: z.string().optional(),
});

/** A contact as people know it: the fields of contacts.md 8.3. */
export const contactFields = z.object({
	uid: z.string(),
	full_name: z.string(),
	family_name: z.string(),
	given_name: z.string(),
	middle_name: z.string(),
	name_prefix: z.string(),
	name_suffix: z.string(),
	nickname: z.string(),
	emails: z.array(typed),
	phones: z.array(typed),
	addresses: z.array(address),
	company: z.string(),
	department: z.string(),
	title: z.string(),
	urls: z.array(typed),
	/** `1980-04-23`, or `--04-23` without a year. */
	birthday: z.string(),
	anniversary: z.string(),
	note: z.string(),
	/** Whether Contacts shows them as its labels is not known. */
	categories: z.array(z.string()),
	has_photo: z.boolean(),
	/** Address of a photo that lies elsewhere; empty: there is none, or the card holds it. */
	photo_url: z.string(),
	is_group: z.boolean(),
	revision: z.string(),
});
export type ContactFields = z.output<typeof contactFields>;
export type Typed = z.output<typeof typed>;
export type Address = z.output<typeof address>;

const NO_KIND = new Set(['PREF', 'INTERNET', 'VOICE', 'X-INTERNET']);

export const isPreferred = ({ params }: Line): boolean =>
	(params.TYPE ?? []).some((type) => /^pref$/i.test(type)) || params.PREF?.[0] === '1';

/** home, work, cell, "work fax" and the like, or the label that Apple's programs put beside. */
export function kindOfLine({ params, group }: Line, { lines }: Card): string | undefined {
	const label =
		group === undefined ? undefined : lines.find((line) => line.group === group && line.name === 'X-ABLABEL');
	if (label) return unescaped(label.value).replace(/^_\$!<(.*)>!\$_$/, '$1');
	const kinds = (params.TYPE ?? []).filter((type) => !NO_KIND.has(type.toUpperCase()));
	return kinds.length > 0 ? [...new Set(kinds.map((kind) => kind.toLowerCase()))].join(' ') : undefined;
}

/** Email addresses, phone numbers or websites. */
export const typedOf = (card: Card, name: string): Typed[] =>
	card.lines
		.filter((line) => line.name === name && line.value !== '')
		.map((line) => {
			const type = kindOfLine(line, card);
			return {
				value: name === 'URL' ? unescapedAddress(line.value) : unescaped(line.value).replace(/^tel:/i, ''),
				...(type !== undefined && { type }),
				...(isPreferred(line) && { preferred: true }),
			};
		});

const ADDRESS_PARTS = ['po_box', 'extended', 'street', 'city', 'region', 'postal_code', 'country'] as const;

function addressOf(line: Line, card: Card): Address {
	const parts = partsOf(line.value);
	const known = ADDRESS_PARTS.map((name, index) => [name, parts[index] ?? ''] as const).filter(
		([, part]) => part !== '',
	);
	const type = kindOfLine(line, card);
	return { ...Object.fromEntries(known), ...(type !== undefined && { type }) };
}

/** The seven parts of `ADR`. */
export const addressParts = (given: Address): string[] => ADDRESS_PARTS.map((name) => given[name] ?? '');

/** The parts of `N`. */
export function namesOf(card: Card) {
	const [family_name = '', given_name = '', middle_name = '', name_prefix = '', name_suffix = ''] = partsOf(
		valueOf(card, 'N'),
	);
	return { family_name, given_name, middle_name, name_prefix, name_suffix };
}

export const categoriesOf = ({ lines }: Card): string[] =>
	lines.filter(({ name }) => name === 'CATEGORIES').flatMap(({ value }) => partsOf(value, ','));

/** Value of the first property of a name, as it stands in the card. */
const valueOf = ({ lines }: Card, name: string): string => lines.find((line) => line.name === name)?.value ?? '';

/** A property that is one text. */
export const textOf = (card: Card, name: string): string => unescaped(valueOf(card, name));

/** The friendly form of a card. What it has no field for stays in the card. */
export function contactOf(card: Card): ContactFields {
	const line = (name: string) => card.lines.find((one) => one.name === name);
	const text = (name: string) => textOf(card, name);
	const [company = '', department = ''] = partsOf(valueOf(card, 'ORG'));
	const birthday = line('BDAY');
	const anniversary = anniversaryLine(card);
	const photo = photoOf(card);
	return {
		uid: text('UID'),
		full_name: text('FN'),
		...namesOf(card),
		nickname: text('NICKNAME'),
		emails: typedOf(card, 'EMAIL'),
		phones: typedOf(card, 'TEL'),
		addresses: card.lines.filter(({ name }) => name === 'ADR').map((one) => addressOf(one, card)),
		...{ company, department },
		title: text('TITLE'),
		urls: typedOf(card, 'URL'),
		birthday: (birthday && isoDate(birthday)) ?? '',
		anniversary: (anniversary && isoDate(anniversary)) ?? '',
		note: text('NOTE'),
		categories: categoriesOf(card),
		has_photo: photo !== undefined,
		photo_url: photo?.url ?? '',
		is_group: /^group$/i.test(text('KIND') || text('X-ADDRESSBOOKSERVER-KIND')),
		revision: text('REV'),
	};
}
