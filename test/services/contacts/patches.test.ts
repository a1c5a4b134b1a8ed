import { describe, expect, test } from '@jest/globals';
import { committed } from '../../../src/build/proof/cards';
import { lossesIn } from '../../../src/build/proof/cards/law';
import { contactOf } from '../../../src/services/contacts/lib/vcard/contactFields';
import { changed } from '../../../src/services/contacts/lib/vcard/edit';
import { textOfCard, type Card } from '../../../src/services/contacts/lib/vcard/lines';
import { photoOf } from '../../../src/services/contacts/lib/vcard/photo';
import { readText } from '../../../src/services/contacts/lib/vcard/readFile';

const card = (...lines: string[]): Card =>
	readText(['BEGIN:VCARD', 'VERSION:3.0', 'UID:1', 'FN:Alice', 'N:;Alice;;;', ...lines, 'END:VCARD', ''].join('\r\n'))
		.cards[0]!;
const rawsOf = (given: Card): string[] => given.lines.map(({ raw }) => raw);
const added = (before: Card, after: Card): string[] => rawsOf(after).filter((raw) => !rawsOf(before).includes(raw));
const removed = (before: Card, after: Card): string[] => added(after, before);
const again = (given: Card) => contactOf(readText(textOfCard(given)).cards[0]!);

describe('every card of the collection', () => {
	test('is one of at least 40', () => {
		expect(committed().flatMap(({ cards }) => cards).length).toBeGreaterThanOrEqual(40);
	});

	test.each(committed())('$name loses nothing when it is written, read again or changed', ({ cards }) => {
		expect(cards.flatMap(lossesIn)).toEqual([]);
	});
});

describe('kinds and labels', () => {
	test.each(['TYPE=WORK,FAX', 'TYPE=WORK;TYPE=FAX', 'type=work;type=fax;type=VOICE'])(
		'%s is a fax at work',
		(types) => {
			expect(contactOf(card(`TEL;${types}:+39 1`)).phones).toEqual([{ value: '+39 1', type: 'work fax' }]);
		},
	);

	test('a fax at work is written as such', () => {
		const before = card();
		const after = changed(before, { phones: [{ value: '+39 1', type: 'work fax' }] });
		expect(added(before, after)).toEqual(['TEL;TYPE=WORK,FAX:+39 1']);
	});

	test.each(['Zweithandy', 'Büro Süd, 2. Stock'])('a label "%s" stays when a digit is corrected', (type) => {
		const before = card('item2.TEL:+39 1', `item2.X-ABLabel:${type.replace(',', '\\,')}`, 'TEL;TYPE=CELL:+39 3');
		const phones = [
			{ value: '+39 2', type },
			{ value: '+39 3', type: 'cell' },
		];
		const after = changed(before, { phones });
		expect([removed(before, after), added(before, after)]).toEqual([['item2.TEL:+39 1'], ['item2.TEL:+39 2']]);
		expect(again(after).phones).toEqual(phones);
	});

	test('a label of a new number is written beside it, in a group of its own', () => {
		const before = card('item1.EMAIL:a@example.com', 'item1.X-ABLabel:Verein');
		const phones = [{ value: '+39 1', type: 'Büro Süd, 2. Stock' }];
		const after = changed(before, { phones });
		expect(added(before, after)).toEqual(['item2.TEL:+39 1', 'item2.X-ABLabel:Büro Süd\\, 2. Stock']);
		expect(again(after).phones).toEqual(phones);
	});

	test('a label goes with its number', () => {
		const after = changed(card('item1.TEL:+39 1', 'item1.X-ABLabel:Verein'), { phones: [] });
		expect(rawsOf(after).filter((raw) => raw.startsWith('item'))).toEqual([]);
	});
});

describe('addresses', () => {
	const before = () =>
		card(
			'item1.ADR;TYPE=HOME:;;1 Main Street;Town;;12345;Italy',
			'item1.X-ABADR:it',
			'ADR;TYPE=WORK:;;2 Side Street;Town;;12345;Italy',
			'LABEL;TYPE=WORK:2 Side Street\\n12345 Town\\nItaly',
		);

	test('that are changed take along what shows them on a letter', () => {
		const [home, work] = contactOf(before()).addresses;
		const after = changed(before(), { addresses: [home!, { ...work!, street: '3 New Street' }] });
		expect(added(before(), after)).toEqual([
			'ADR;TYPE=WORK:;;3 New Street;Town;;12345;Italy',
			'LABEL;TYPE=WORK:3 New Street\\n12345 Town\\nItaly',
		]);
		expect(removed(before(), after)).toHaveLength(2);
	});

	test('that are corrected keep their group, and leave no orphan when they go', () => {
		const [home, work] = contactOf(before()).addresses;
		const after = changed(before(), { addresses: [{ ...home!, city: 'City' }, work!] });
		expect(added(before(), after)).toEqual(['item1.ADR;TYPE=HOME:;;1 Main Street;City;;12345;Italy']);
		expect(rawsOf(changed(before(), { addresses: [work!] })).filter((raw) => /^item1|X-AB/.test(raw))).toEqual([]);
	});
});

test('several middle names stay several when another part changes', () => {
	const before = readText('BEGIN:VCARD\nVERSION:3.0\nFN:A\nN:Doe;John;Philip,Paul;;\nEND:VCARD\n').cards[0]!;
	expect(added(before, changed(before, { given_name: 'Jane', full_name: 'A' }))).toEqual(['N:Doe;Jane;Philip,Paul;;']);
});

test.each(['VERSION:3.0\n', ''])('quoted-printable is read with the version line %j', (version) => {
	const text = `BEGIN:VCARD\n${version}FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen M=C3=BCller\nEND:VCARD\n`;
	expect(contactOf(readText(text).cards[0]!).full_name).toBe('Jürgen Müller');
});

test('an escaped address of the web is usable, and stays as it is when nothing changes', () => {
	const before = card('item1.URL:https\\://www.example.com/a', 'PHOTO;VALUE=uri:https\\://www.example.com/a.png');
	expect(contactOf(before).urls).toEqual([{ value: 'https://www.example.com/a' }]);
	expect(photoOf(before)?.url).toBe('https://www.example.com/a.png');
	expect(rawsOf(changed(before, { urls: contactOf(before).urls }))).toEqual(rawsOf(before));
});

test('a birthday of 1604 has no year, also where nothing else says so', () => {
	expect(contactOf(card('BDAY:1604-04-23')).birthday).toBe('--04-23');
});
