import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { contactOf } from '../../../src/services/contacts/lib/vcard/contactFields';
import { changed, merged, newCard, withPhoto } from '../../../src/services/contacts/lib/vcard/edit';
import { readFile, readText } from '../../../src/services/contacts/lib/vcard/readFile';
import { partsOf, rawPartsOf, splitCards, textOfCard, type Card } from '../../../src/services/contacts/lib/vcard/lines';
import { photoOf } from '../../../src/services/contacts/lib/vcard/photo';
import { toVersion3, toVersion4 } from '../../../src/services/contacts/lib/vcard/versions';
import { readCard } from '../../../src/simulator/services/contacts/card';

const folder = path.join(__dirname, '../../fixtures/vcards');
const names = globSync('*.vcf', { cwd: folder }).sort();
const load = (name: string) => readFile(readFileSync(path.join(folder, `${name}.vcf`)));
const one = (name: string): Card => load(name).cards[0]!;
const contact = (name: string) => contactOf(one(name));
const good = names.filter((name) => /^\d/.test(name)).map((name) => name.replace('.vcf', ''));

test('the collection is large enough to mean something', () => {
	expect(good.length).toBeGreaterThanOrEqual(40);
});

describe('every good card', () => {
	test.each(good)('%s is read without complaint, and its 3.0 form by another reader', (name) => {
		const { cards, broken } = load(name);
		expect(broken).toEqual([]);
		for (const card of cards) {
			const fields = contactOf(card);
			const uid = fields.uid === '' ? 'made-up' : fields.uid;
			const text = textOfCard(
				fields.uid === '' ? { ...card, lines: [...card.lines, ...newCard(uid).lines.slice(1)] } : card,
			);
			expect(readCard(text)).toMatchObject({
				uid,
				full_name: fields.full_name,
				mails: fields.emails.map(({ value }) => value),
			});
			expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
		}
	});

	test.each(good)('%s comes back from text, and from version 4.0, the same', (name) => {
		for (const card of load(name).cards) {
			expect(contactOf(splitCards(textOfCard(card)).cards[0]!)).toEqual(contactOf(card));
			expect(contactOf(toVersion3(splitCards(textOfCard(toVersion4(card))).cards[0]!))).toEqual(contactOf(card));
		}
	});

	test.each(good)('%s loses nothing but what was changed', (name) => {
		for (const card of load(name).cards) {
			const after = changed(card, { note: 'new note' });
			const raws = (given: Card) => given.lines.filter((line) => line.name !== 'NOTE').map(({ raw }) => raw);
			expect(raws(after)).toEqual(raws(card));
			expect(contactOf(after).note).toBe('new note');
		}
	});
});

describe('broken cards', () => {
	test.each([
		['b1-no-end', 1, 'begins a card that has no END:VCARD', ['After']],
		['b2-no-colon', 6, 'is not a property: THIS IS NO PROPERTY', ['Fine']],
		['b3-no-name', 1, 'begins a card without any name', ['Named']],
		['b4-version', 2, 'has a version that is unknown: 9.9', ['Past']],
		['b5-base64', 6, 'holds data that is not base64 (PHOTO)', ['Goodpic']],
		['b6-outside', 1, 'does not belong to a card', ['Inside']],
		['b7-nested', 1, 'begins a card that has no END:VCARD', ['Two Inner']],
	])('%s is refused with line %i, and the others go through', (name, line, reason, others) => {
		const { cards, broken } = load(name);
		expect(broken[0]).toMatchObject({ line, reason });
		expect(cards.map((card) => contactOf(card).full_name)).toEqual(others);
	});

	test.each([
		['has too many lines', 'X-A:b\n'.repeat(10_000), 'has more than 10000 lines', 1],
		['has a line with too many parameters', `X-A;TYPE=${'a,'.repeat(10_000)}b:c\n`, 'is not a property', 4],
	])('that one of them %s keeps no other from being read', (_, inner, reason, line) => {
		const large = `BEGIN:VCARD\nVERSION:3.0\nFN:a\n${inner}END:VCARD\n`;
		const small = 'BEGIN:VCARD\nVERSION:3.0\nFN:b\nEND:VCARD\n';
		const { cards, broken } = splitCards(large + small);
		expect(cards.map((card) => card.lines.at(-1)!.raw)).toEqual(['FN:b']);
		expect(broken).toEqual([{ line, reason: expect.stringContaining(reason), text: large }]);
	});

	test.each(['--""";A=";A=";A="[;A=b;A=b;A=";A="', '"}};A=b;A=b"', '\\a a "";A="";A=";B="'])(
		'with quotes in the name of a parameter (%s) are written so that they are read again',
		(params) => {
			const { cards } = readFile(Buffer.from(`BEGIN:VCARD\nVERSION:2.1\nFN:a\nNOTE;${params}:a\nEND:VCARD\n`));
			const text = textOfCard(cards[0]!);
			expect(readText(text)).toMatchObject({
				cards: [{ lines: cards[0]!.lines.map(({ raw }) => ({ raw })) }],
				broken: [],
			});
		},
	);

	test('are kept whole', () => {
		const text = readFileSync(path.join(folder, 'b2-no-colon.vcf'), 'utf8');
		expect(text.startsWith(load('b2-no-colon').broken[0]!.text)).toBe(true);
		expect(load('b6-outside').broken.map((one) => one.text.trim())).toEqual(['hello there', 'and bye']);
	});
});

test('a structured value is parted at its signs and not at escaped ones; a backslash at its end escapes nothing', () => {
	expect(rawPartsOf('a\\;b;c\\\\;;d')).toEqual(['a\\;b', 'c\\\\', '', 'd']);
	expect(partsOf('a\\;b;c\\\\;;d')).toEqual(['a;b', 'c\\', '', 'd']);
	expect(partsOf('x\\,y,z\\n', ',')).toEqual(['x,y', 'z\n']);
	expect([rawPartsOf(''), rawPartsOf('a;b\\'), rawPartsOf('\\')]).toEqual([[''], ['a', 'b'], ['']]);
});

describe('the fields of a card', () => {
	test('of version 3.0', () => {
		expect(contact('02-full')).toEqual({
			uid: 'c02',
			full_name: 'Dr. Ben Q. Full Jr.',
			family_name: 'Full',
			given_name: 'Ben',
			middle_name: 'Q.',
			name_prefix: 'Dr.',
			name_suffix: 'Jr.',
			nickname: 'Benny',
			emails: [
				{ value: 'ben@example.org', type: 'work', preferred: true },
				{ value: 'ben@example.net', type: 'home' },
			],
			phones: [
				{ value: '+44 7700 900001', type: 'cell' },
				{ value: '+44 20 7946 0001', type: 'work fax' },
			],
			addresses: [
				{
					street: '1 Main Street, Flat 2',
					city: 'Town',
					region: 'Shire',
					postal_code: 'AB1 2CD',
					country: 'United Kingdom',
					type: 'home',
				},
			],
			company: 'Example Ltd',
			department: 'R&D',
			title: 'Engineer',
			urls: [{ value: 'https://www.example.org/ben?a=1;b=2' }],
			birthday: '1980-04-23',
			anniversary: '2005-07-01',
			note: 'First line\nsecond, with comma; and semicolon',
			categories: ['Customers', 'VIP'],
			has_photo: false,
			photo_url: '',
			is_group: false,
			revision: '2025-01-02T03:04:05Z',
		});
	});

	test.each([
		['06-folded', { note: 'This note is long and was folded in the middle of a word and in the middle, too' }],
		['08-unicode', { full_name: '山田 太郎', company: '株式会社 例', note: '😀 здравствуйте مرحبا' }],
		[
			'09-apple-groups',
			{
				birthday: '--02-29',
				anniversary: '2011-09-10',
				emails: [{ value: 'greta@example.org', type: 'Other', preferred: true }],
				phones: [{ value: '+39 055 9999', type: 'Boat' }],
			},
		],
		[
			'10-google-style',
			{
				birthday: '1975-12-31',
				addresses: [
					{ street: '2 Side Road', city: 'Village', postal_code: '99999', country: 'Italy', type: 'Cottage' },
				],
			},
		],
		[
			'11-outlook-21',
			{
				company: 'Example, Partners',
				department: 'Sales',
				title: 'Head, Sales',
				phones: [
					{ value: '+1 555 010 0002', type: 'work' },
					{ value: '+1 555 010 0003', type: 'cell', preferred: true },
				],
			},
		],
		[
			'12-phone-21-qp',
			{
				full_name: 'Jörg Müller',
				family_name: 'Müller',
				given_name: 'Jörg',
				note: 'Zeile eins\nZeile zwei; mit Semikolon, Komma  und Fortsetzung',
			},
		],
		['13-21-latin1-qp', { full_name: 'Zoë Café', family_name: 'Café', given_name: 'Zoë' }],
		[
			'18-40-full',
			{
				anniversary: '2009-08-08',
				birthday: '--02-29',
				phones: [{ value: '+44-7700-900002', type: 'cell' }],
				emails: [
					{ value: 'tess@example.org', type: 'work', preferred: true },
					{ value: 'tess@example.net', type: 'home' },
				],
			},
		],
		['19-40-group', { is_group: true, full_name: 'Rowing Club' }],
		['20-30-group', { is_group: true }],
		['22-no-n', { full_name: 'Uma NoParts', family_name: 'Uma NoParts' }],
		['23-no-fn', { full_name: 'Vic Nofn' }],
		['24-only-mail', { full_name: 'only@example.org' }],
		[
			'27-escapes',
			{
				full_name: 'Yan , Comma',
				family_name: 'Comma, the',
				given_name: 'Yan;Semi',
				company: 'A;B',
				department: 'C,D',
				note: 'back\\slash\nnewline',
			},
		],
		['34-bday-time', { birthday: '1990-05-06' }],
		['35-bday-text', { birthday: '' }],
		['36-evolution', { anniversary: '1999-12-31' }],
		['37-latin1-file', { full_name: 'Kai Grün' }],
		['39-empty-values', { emails: [], phones: [], note: '' }],
	])('of %s', (name, fields) => {
		expect(contact(name)).toMatchObject(fields);
	});

	test.each(['14-21-photo', '15-30-photo', '17-40-photo'])('and the picture of %s', (name) => {
		const photo = photoOf(one(name))!;
		expect([photo.type, photo.data!.subarray(1, 4).toString()]).toEqual(['image/png', 'PNG']);
	});

	test('and the address of a picture elsewhere', () => {
		const card = one('16-30-photo-uri');
		expect(photoOf(card)).toMatchObject({ url: 'https://www.example.org/rae.jpg' });
		expect(contactOf(card)).toMatchObject({ has_photo: true, photo_url: 'https://www.example.org/rae.jpg' });
	});

	test.each([
		['2.1', 'PHOTO;VALUE=URL:https://example.org/a.png', 'PHOTO;VALUE=URI:https://example.org/a.png'],
		['4.0', 'PHOTO:https://example.org/a.png', 'PHOTO;VALUE=URI:https://example.org/a.png'],
		[
			'4.0',
			'PHOTO;PREF=1;MEDIATYPE=image/png:https://example.org/a',
			'PHOTO;VALUE=URI;TYPE=PNG,PREF:https://example.org/a',
		],
		['4.0', 'LOGO;ALTID=1:https://example.org/logo.svg', 'LOGO;VALUE=URI;ALTID=1:https://example.org/logo.svg'],
		['4.0', 'SOUND:data:audio/ogg;base64,AAAA', 'SOUND;ENCODING=b;TYPE=OGG:AAAA'],
		['4.0', 'KEY;VALUE=TEXT:a key', 'KEY;VALUE=TEXT:a key'],
	])('of version %s say in 3.0 where %s lies, and again in 4.0', (version, line, expected) => {
		const text = `BEGIN:VCARD\nVERSION:${version}\nFN:A\n${line}\nEND:VCARD\n`;
		const card = readText(text).cards[0]!;
		expect(card.lines.map(({ raw }) => raw)).toContain(expected);
		const again = toVersion3(splitCards(textOfCard(toVersion4(card))).cards[0]!);
		expect(again.lines.map(({ raw }) => raw)).toContain(expected);
	});
});

describe('changes', () => {
	test('touch the lines of the given fields and no others', () => {
		const card = one('28-unknown');
		const after = changed(card, {
			title: 'Boss',
			emails: [{ value: 'zoe@example.org', type: 'work' }],
			categories: ['A,B'],
		});
		expect(after.lines.map(({ raw }) => raw)).toEqual([
			...card.lines.map(({ raw }) => raw),
			'TITLE:Boss',
			'EMAIL;TYPE=INTERNET,WORK:zoe@example.org',
			'CATEGORIES:A\\,B',
		]);
	});

	test('leave a card as it is when they change nothing', () => {
		for (const name of good) {
			const card = one(name);
			const {
				uid: _uid,
				has_photo: _photo,
				photo_url: _url,
				is_group: _group,
				revision: _rev,
				...fields
			} = contactOf(card);
			expect({ name, fields: contactOf(changed(card, fields)) }).toEqual({ name, fields: contactOf(card) });
		}
	});

	test('keep the parameters of entries that stay, and drop the labels of those that go', () => {
		const card = one('09-apple-groups');
		const after = changed(card, { phones: [], emails: [{ value: 'greta@example.org' }] });
		const text = textOfCard(after);
		expect(text).toContain('item1.EMAIL;type=INTERNET;type=pref:greta@example.org');
		expect(text).not.toMatch(/item2\./);
	});

	test('of a date without a year take the form that version 3.0 knows', () => {
		const card = changed(one('01-minimal'), { birthday: '--02-29' });
		expect(textOfCard(card)).toContain('BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29');
		expect(contactOf(changed(card, { birthday: '' })).birthday).toBe('');
	});

	test('of an anniversary go where the card has it', () => {
		const card = changed(one('09-apple-groups'), { anniversary: '2012-01-02' });
		expect(textOfCard(card)).toContain('item3.X-ABDATE:2012-01-02');
		expect(contactOf(card).anniversary).toBe('2012-01-02');
	});

	test('of parts of a name make the full name anew', () => {
		expect(contactOf(changed(one('02-full'), { family_name: 'Whole' }))).toMatchObject({
			full_name: 'Dr. Ben Q. Whole Jr.',
			given_name: 'Ben',
		});
	});

	test('make a card out of nothing', () => {
		const card = changed(newCard('n1'), { given_name: 'New', family_name: 'Person', company: 'Ltd' });
		expect(textOfCard(card)).toBe(
			'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:n1\r\nFN:New Person\r\nN:Person;New;;;\r\nORG:Ltd\r\nEND:VCARD\r\n',
		);
	});

	test('put a picture in and take it out', () => {
		const card = withPhoto(one('01-minimal'), { type: 'image/png', data: Buffer.from('picture') });
		expect(photoOf(card)).toEqual({ type: 'image/png', data: Buffer.from('picture') });
		expect(contactOf(withPhoto(card, undefined)).has_photo).toBe(false);
	});
});

test('a merged card has what both had, once', () => {
	const card = merged(one('01-minimal'), one('02-full'));
	expect(contactOf(card)).toMatchObject({
		uid: 'c01',
		full_name: 'Ann Minimal',
		title: 'Engineer',
		categories: ['Customers', 'VIP'],
	});
	expect(contactOf(merged(card, one('02-full'))).emails).toHaveLength(2);
});
