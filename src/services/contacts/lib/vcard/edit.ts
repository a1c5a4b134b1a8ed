import { anniversaryLine, isoDate } from './isoDate';
import {
	categoriesOf,
	isPreferred,
	namesOf,
	textOf,
	type Address,
	type ContactFields,
	type Typed,
} from './contactFields';
import { addressLines, typedLines } from './entries';
import { photoLine } from './photo';
import { escaped, lineOf, makeLine, partsOf, rawPartsOf, unescaped, type Card, type Line } from './lines';

/** Fields that may be given; an empty one empties the property, an absent one leaves it. */
export type Changes = Partial<Omit<ContactFields, 'uid' | 'has_photo' | 'photo_url' | 'is_group' | 'revision'>>;

/** A card with nothing but its UID. */
export const newCard = (uid: string): Card => ({
	at: 0,
	lines: [makeLine('VERSION', '3.0'), makeLine('UID', escaped(uid))],
});

/** Changes the lines of the given fields and no others, in their places: what other programs wrote stays. */
export function changed(card: Card, changes: Changes): Card {
	let result = names(card, changes);
	for (const [field, name] of [
		['nickname', 'NICKNAME'],
		['title', 'TITLE'],
		['note', 'NOTE'],
	] as const)
		result = single(result, name, changes[field]);
	result = organization(result, changes);
	result = dated(
		result,
		'BDAY',
		result.lines.find(({ name }) => name === 'BDAY'),
		changes.birthday,
	);
	result = dated(result, 'X-ANNIVERSARY', anniversaryLine(result), changes.anniversary);
	result = typed(result, 'EMAIL', changes.emails);
	result = typed(result, 'TEL', changes.phones);
	result = typed(result, 'URL', changes.urls);
	result = addresses(result, changes.addresses);
	if (changes.categories !== undefined && !equal(categoriesOf(result), changes.categories))
		result = replaced(
			result,
			'CATEGORIES',
			changes.categories.length === 0 ? [] : [makeLine('CATEGORIES', changes.categories.map(escaped).join(','))],
		);
	return result;
}

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Puts lines where those of their name stood, or at the end; labels of groups that nothing uses any more go, too. */
export function replaced(card: Card, name: string, lines: Line[]): Card {
	const at = card.lines.findIndex((line) => line.name === name);
	const place = at < 0 ? card.lines.length : at;
	const before = card.lines.slice(0, place);
	const after = card.lines.slice(place).filter((line) => line.name !== name);
	const all = [...before, ...lines, ...after];
	const isAside = (line: Line) => line.name === 'X-ABLABEL' || line.name === 'X-ABADR';
	const isUsed = (line: Line) =>
		!isAside(line) || line.group === undefined || all.some((other) => !isAside(other) && other.group === line.group);
	return { ...card, lines: all.filter(isUsed) };
}

function single(card: Card, name: string, text: string | undefined): Card {
	if (text === undefined) return card;
	const old = card.lines.find((line) => line.name === name);
	if (old && unescaped(old.value) === text) return card;
	return replaced(card, name, text === '' ? [] : [makeLine(name, escaped(text), old?.params, old?.group)]);
}

const NAME_PARTS = ['family_name', 'given_name', 'middle_name', 'name_prefix', 'name_suffix'] as const;

/** FN and N are both required: one that is not given is made of the other. */
function names(card: Card, changes: Changes): Card {
	const old = namesOf(card);
	const isPartGiven = NAME_PARTS.some((part) => changes[part] !== undefined);
	const parts = NAME_PARTS.map((part) => changes[part] ?? old[part]);
	const [family, given, middle, prefix, suffix] = parts;
	const spoken = [prefix, given, middle, family, suffix].filter((part) => part !== '').join(' ');
	const other = [changes.company, changes.nickname, changes.emails?.[0]?.value].find((text) => text);
	const full_name =
		changes.full_name ?? (isPartGiven && spoken !== '' ? spoken : textOf(card, 'FN') || other || undefined);
	const isPartless = parts.every((part) => part === '');
	// A name that came as one text is put into N as well: some programs show nothing else. A company has none.
	const hasN = card.lines.some(({ name }) => name === 'N');
	const whole = isPartless && !hasN && changes.full_name ? ['', changes.full_name, '', '', ''] : parts;
	const needsN = isPartGiven || !hasN;
	const named = single(card, 'FN', full_name);
	if (!needsN) return named;
	// A part that stays may hold several names, with commas between them.
	const line = card.lines.find(({ name }) => name === 'N');
	const before = line ? rawPartsOf(line.value) : [];
	const value = whole.map((part, index) =>
		part === partsOf(before[index] ?? '')[0] ? before[index]! : escaped(part ?? ''),
	);
	return replaced(named, 'N', [makeLine('N', value.join(';'), line?.params, line?.group)]);
}

/** Further parts of ORG stay. */
function organization(card: Card, { company, department }: Changes): Card {
	if (company === undefined && department === undefined) return card;
	const line = card.lines.find(({ name }) => name === 'ORG');
	const [first = '', second = '', ...others] = rawPartsOf(line?.value ?? '');
	const parts = [
		company === undefined ? first : escaped(company),
		department === undefined ? second : escaped(department),
		...others,
	];
	while (parts.at(-1) === '') parts.pop();
	return replaced(card, 'ORG', parts.length === 0 ? [] : [makeLine('ORG', parts.join(';'), line?.params, line?.group)]);
}

function dated(card: Card, usual: string, old: Line | undefined, date: string | undefined): Card {
	if (date === undefined || (old && isoDate(old) === date)) return card;
	const name = old?.name ?? usual;
	const group = old?.group;
	const others = card.lines.filter((line) => line !== old && line.name === name);
	// Version 3.0 has no date without a year; this is how Apple's programs and many servers write one.
	const line = date.startsWith('--')
		? makeLine(name, `1604-${date.slice(2)}`, { 'X-APPLE-OMIT-YEAR': ['1604'] }, group)
		: makeLine(name, date, {}, group);
	return replaced(card, name, date === '' ? others : [line, ...others]);
}

function typed(card: Card, name: 'EMAIL' | 'TEL' | 'URL', entries: Typed[] | undefined): Card {
	if (entries === undefined) return card;
	return inPlace(card, name, typedLines(card, name, entries));
}

function addresses(card: Card, given: Address[] | undefined): Card {
	if (given === undefined) return card;
	const { addresses: lines, labels } = addressLines(card, given);
	return inPlace(inPlace(card, 'LABEL', labels), 'ADR', lines);
}

/** Lines that did not change stay where they are, also between others; only one that is new or gone moves anything. */
function inPlace(card: Card, name: string, lines: Line[]): Card {
	const old = card.lines.filter((line) => line.name === name);
	if (lines.length !== old.length || lines.some((line) => line.name !== name)) return replaced(card, name, lines);
	let at = 0;
	return { ...card, lines: card.lines.map((line) => (line.name === name ? lines[at++]! : line)) };
}

/** Adds what another card has and this one lacks: entries by their value, other properties if there is none of their name. */
export function merged(card: Card, other: Card): Card {
	const lines = [...card.lines];
	for (const line of other.lines) {
		if (['VERSION', 'UID', 'REV', 'PRODID', 'N', 'FN'].includes(line.name)) continue;
		const same = lines.filter(({ name }) => name === line.name);
		const isMany =
			['EMAIL', 'TEL', 'URL', 'ADR', 'NOTE', 'CATEGORIES'].includes(line.name) || line.name.startsWith('X-');
		const isKnown = same.some(({ value }) => value.toLowerCase() === line.value.toLowerCase());
		if (isKnown || (!isMany && same.length > 0)) continue;
		// "Preferred" stays with the card that is kept, and groups of two cards may bear one name.
		const { TYPE: types = [], ...params } = line.params;
		const kept = types.filter((type) => !/^pref$/i.test(type) || !same.some(isPreferred));
		lines.push(
			makeLine(
				line.name,
				line.value,
				{ ...params, ...(kept.length > 0 && { TYPE: kept }) },
				line.group === undefined ? undefined : `merged-${line.group}`,
			),
		);
	}
	return { ...card, lines };
}

/** The card with another picture, or without one. */
export const withPhoto = (card: Card, photo: Parameters<typeof photoLine>[0] | undefined): Card =>
	replaced(card, 'PHOTO', photo ? [photoLine(photo)] : []);

/** The card under another UID. */
export const withUid = (card: Card, uid: string): Card => replaced(card, 'UID', [lineOf(`UID:${escaped(uid)}`)!]);
