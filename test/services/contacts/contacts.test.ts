import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contacts } from '../../../src/services/contacts';
import type { FileAnswer, FileSource } from '../../../src/core/call';
import { contactsOf } from '../../../src/simulator/services/contacts/state';
import { failure, withNas, type Scene } from '../../support/nas';

const { contact, photo, addressBook } = {
	contact: contacts.resources.contact.operations,
	photo: contacts.resources.photo.operations,
	addressBook: contacts.resources.addressBook.operations,
};
const BOOK = '/carddav/alice/alice-contacts/';
const dana = `${BOOK}card-dana.vcf`;
const stage = ({ simulator }: Scene) => contactsOf(simulator.nas);
const bytesOf = async ({ stream }: FileAnswer) => {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
};
const fileOf = (name: string, bytes: Buffer): FileSource => ({
	name,
	size: bytes.length,
	open: async () =>
		(async function* () {
			yield bytes;
		})(),
});
const fixture = (name: string) => fileOf(name, readFileSync(path.join(__dirname, '../../fixtures/vcards', name)));

describe('contacts', () => {
	test('are listed from all address books or one', async () => {
		await withNas({}, async ({ dsm }) => {
			const names = async (book?: string) =>
				(await dsm.do(contact.list, { ...(book && { book }) })).map(({ full_name }) => full_name);
			expect(await names()).toEqual(['Dana Example', 'Erin Example', 'Frank Example', 'Paper & Co', 'Grace Example']);
			expect(await names('suppliers')).toEqual(['Paper & Co']);
			expect(await names('alice-suppliers')).toEqual(['Paper & Co']);
			expect((await failure(names('nowhere'))).hint).toBe('There are "My Contacts", "Suppliers", "Team".');
		});
	});

	test('are given with every field, by path or UID', async () => {
		await withNas({}, async ({ dsm }) => {
			const found = await dsm.do(contact.get, { contact: dana });
			expect(found).toMatchObject({
				path: dana,
				book: BOOK,
				uid: 'card-dana',
				full_name: 'Dana Example',
				emails: [{ value: 'dana@example.org' }],
				phones: [{ value: '+39 055 1234', type: 'cell' }],
				company: 'Example Ltd',
				department: 'R&D',
				birthday: '1980-04-23',
				note: 'Met at the fair, likes tea',
				has_photo: true,
			});
			expect(await dsm.do(contact.get, { contact: 'card-dana' })).toEqual(found);
			expect((await failure(dsm.do(contact.get, { contact: 'nobody' }))).message).toBe(
				'There is no contact with the UID "nobody".',
			);
		});
	});

	test('that cannot be read do not hide the others', async () => {
		await withNas({}, async (scene) => {
			const book = stage(scene).book('alice');
			book.cards.get('card-erin.vcf')!.data = 'BEGIN:VCARD\r\nVERSION:7.0\r\nFN:X\r\nEND:VCARD\r\n';
			const rows = await scene.dsm.do(contact.list, { book: BOOK });
			expect(rows.map(({ full_name, unreadable }) => [full_name, unreadable])).toEqual([
				['Dana Example', undefined],
				['', 'has a version that is unknown: 7.0'],
				['Frank Example', undefined],
			]);
		});
	});

	test.each([
		['any', 'EXAMPLE LTD', ['Dana Example', 'Erin Example']],
		['name', 'dana', ['Dana Example']],
		['email', 'erin@', ['Erin Example']],
		['phone', '0044 20 7946', ['Frank Example']],
		['company', 'paper', ['Paper & Co']],
		['note', 'tea', ['Dana Example']],
		['category', 'vip', ['Erin Example']],
		['name', 'nobody', []],
	] as const)('are found in %s by "%s"', async (field, keyword, names) => {
		await withNas({}, async ({ dsm }) => {
			const found = await dsm.do(contact.search, { keyword, field });
			expect(found.map(({ full_name }) => full_name)).toEqual(names);
		});
	});

	test('are found by an e-mail that stands in a group', async () => {
		await withNas({}, async (scene) => {
			stage(scene).saveAs('alice', {
				uid: 'g',
				full_name: 'Grouped',
				lines: ['item1.EMAIL:grouped@example.org', 'item1.X-ABLabel:Boat'],
			});
			expect(await scene.dsm.do(contact.search, { keyword: 'grouped@', field: 'email' })).toMatchObject([{ uid: 'g' }]);
			const { created } = await scene.dsm.do(contact.createOrUpdate, { match: 'GROUPED@example.org', note: 'found' });
			expect(created).toBe(false);
		});
	});

	test('are created with all fields in the first address book that may be written', async () => {
		await withNas({}, async (scene) => {
			const made = await scene.dsm.do(contact.create, {
				given_name: 'Heidi',
				family_name: 'Example',
				emails: 'work: heidi@example.org, heidi@example.net',
				phones: [{ value: '+1 555 010', type: 'cell', preferred: true }, '+1 555 011'],
				company: 'Club; and more',
				birthday: '02-29',
				anniversary: '2010-06-05T00:00:00.000Z',
				urls: 'https://www.example.org/a?b=1,2;c=3, blog: https://blog.example.org',
				categories: '["One", "Two"]',
				addresses: [{ street: '1, Main', city: 'Town', country: 'Italy', type: 'home' }],
			});
			expect(made).toMatchObject({
				book: BOOK,
				full_name: 'Heidi Example',
				emails: [{ value: 'heidi@example.org', type: 'work' }, { value: 'heidi@example.net' }],
				phones: [{ value: '+1 555 010', type: 'cell', preferred: true }, { value: '+1 555 011' }],
				company: 'Club; and more',
				birthday: '--02-29',
				anniversary: '2010-06-05',
				urls: [{ value: 'https://www.example.org/a?b=1,2;c=3' }, { value: 'https://blog.example.org', type: 'blog' }],
				categories: ['One', 'Two'],
				addresses: [{ street: '1, Main', city: 'Town', country: 'Italy', type: 'home' }],
			});
			expect(stage(scene).card(made.uid!).card.etag).toBe(made.etag);
			expect(await scene.dsm.do(contact.get, { contact: made.path })).toEqual(made);
		});
	});

	test.each([
		[{}, 'A contact needs a name, a company or an email address.'],
		[{ full_name: 'X', emails: 'nonsense' }, '"Email Addresses" does not fit: "nonsense" is not an email address.'],
		[
			{ full_name: 'X', birthday: 'soon' },
			'"Birthday" does not fit: "soon" is not a date, e.g. 1980-04-23, or 04-23 without a year.',
		],
	])('like %j are refused before anything is sent', async (given, message) => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect((await failure(dsm.do(contact.create, given))).message).toBe(message);
			expect(simulator.requests).toEqual([]);
		});
	});

	test('are not created in an address book that is shared read-only', async () => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(dsm.do(contact.create, { full_name: 'X', book: 'Team' }));
			expect([error.code, (error.details as any).httpStatus]).toEqual(['permission', 403]);
		});
	});

	test('are changed in the given fields; those of other programs stay', async () => {
		await withNas({}, async (scene) => {
			const after = await scene.dsm.do(contact.update, { contact: dana, title: 'Head', clear: ['phones', 'note'] });
			expect(after).toMatchObject({ title: 'Head', phones: [], note: '', birthday: '1980-04-23' });
			const { data } = stage(scene).card('card-dana').card;
			expect(data).toContain('X-SHOE-SIZE:39');
			expect(data).not.toContain('TEL');
		});
	});

	test('that somebody else changes meanwhile are changed on top of that, unless a version was named', async () => {
		await withNas({}, async (scene) => {
			const before = await scene.dsm.do(contact.get, { contact: dana });
			stage(scene).editCard('card-dana', (text) => text.replace('TITLE:Engineer', 'TITLE:Boss'));
			const named = await failure(scene.dsm.do(contact.update, { contact: dana, note: 'x', etag: before.etag }));
			expect(named.message).toBe(
				'The contact was changed or deleted by somebody else since it was read; nothing was written.',
			);
			scene.simulator.nas.faults.dav(412, { method: 'PUT' });
			expect(await scene.dsm.do(contact.update, { contact: dana, note: 'x' })).toMatchObject({
				title: 'Boss',
				note: 'x',
			});
		});
	});

	test('are updated or created by e-mail and by UID', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(contact.createOrUpdate, { match: 'DANA@example.org', title: 'Boss' })).toMatchObject({
				created: false,
				uid: 'card-dana',
				title: 'Boss',
			});
			const made = await dsm.do(contact.createOrUpdate, { match: 'new@example.org', full_name: 'New' });
			expect(made).toMatchObject({ created: true, emails: [{ value: 'new@example.org' }] });
			expect(await dsm.do(contact.createOrUpdate, { match: 'crm-17', full_name: 'Seventeen' })).toMatchObject({
				created: true,
				uid: 'crm-17',
			});
			expect(await dsm.do(contact.createOrUpdate, { match: 'crm-17', note: 'again' })).toMatchObject({
				created: false,
				full_name: 'Seventeen',
				note: 'again',
			});
		});
	});

	test('are deleted, in the version that was read if one is named', async () => {
		await withNas({}, async (scene) => {
			const error = await failure(scene.dsm.do(contact.delete, { contact: dana, etag: '"old"' }));
			expect((error.details as any).httpStatus).toBe(412);
			expect(await scene.dsm.do(contact.delete, { contact: 'card-dana' })).toEqual({ path: dana });
			expect(stage(scene).labels.get(1)!.member).toEqual([102]);
		});
	});

	test('are moved with their UID and copied under another', async () => {
		await withNas({}, async (scene) => {
			const moved = await scene.dsm.do(contact.move, { contact: dana, book: 'Suppliers' });
			expect([moved.uid, moved.path]).toEqual(['card-dana', '/carddav/alice/alice-suppliers/card-dana.vcf']);
			expect(stage(scene).card('card-dana').book.name).toBe('Suppliers');
			const copied = await scene.dsm.do(contact.copy, { contact: moved.path, book: 'My Contacts' });
			expect([copied.uid === 'card-dana', copied.full_name, copied.book]).toEqual([false, 'Dana Example', BOOK]);
		});
	});

	test('that share an e-mail are found and merged, after a dry run that changes nothing', async () => {
		await withNas({}, async (scene) => {
			const twin = stage(scene).saveAs('alice', {
				uid: 'twin',
				full_name: 'D. Example',
				primary_mail: 'dana@example.org',
				primary_tel: '+39 333',
				lines: ['NICKNAME:Dee'],
			});
			expect(await scene.dsm.do(contact.findDuplicates, {})).toMatchObject([
				{ value: 'dana@example.org', contacts: [{ uid: 'card-dana' }, { uid: twin }] },
			]);
			const given = { contact: dana, others: ['twin'] };
			const dry = await scene.dsm.do(contact.merge, given);
			expect(dry).toMatchObject({
				dry_run: true,
				full_name: 'Dana Example',
				nickname: 'Dee',
				phones: [{ value: '+39 055 1234' }, { value: '+39 333' }],
				merged: [`${BOOK}twin.vcf`],
			});
			expect(stage(scene).card('twin').card.facts.full_name).toBe('D. Example');
			const done = await scene.dsm.do(contact.merge, { ...given, dry_run: false });
			const { dry_run, merged, ...kept } = done;
			expect([dry_run, merged]).toEqual([false, [`${BOOK}twin.vcf`]]);
			expect(kept).toEqual(await scene.dsm.do(contact.get, { contact: dana }));
			expect(() => stage(scene).card('twin')).toThrow('There is no card twin');
			expect((await failure(scene.dsm.do(contact.merge, { contact: dana, others: [dana] }))).code).toBe('input');
		});
	});
});

describe('vCard files', () => {
	test('are imported card by card; a broken one is reported with its line', async () => {
		await withNas({}, async (scene) => {
			const { imported, refused } = await scene.dsm.do(addressBook.import, { file: fixture('b2-no-colon.vcf') });
			expect(imported).toEqual([{ uid: 'b2ok', full_name: 'Fine', path: `${BOOK}b2ok.vcf`, action: 'created' }]);
			expect(refused).toMatchObject([
				{ line: 6, reason: 'is not a property: THIS IS NO PROPERTY', text: expect.stringContaining('FN:Colonless') },
			]);
			expect(stage(scene).card('b2ok').card.facts.full_name).toBe('Fine');
		});
	});

	test('of version 2.1 are stored as 3.0, and a card without UID gets one', async () => {
		await withNas({}, async (scene) => {
			const { imported } = await scene.dsm.do(addressBook.import, { file: fixture('12-phone-21-qp.vcf') });
			const { data } = stage(scene).card(imported[0]!.uid).card;
			expect(data).toContain('VERSION:3.0\r\n');
			expect(data).toContain('N:Müller;Jörg;;;\r\n');
		});
	});

	test('with contacts that exist skip or replace them, as asked', async () => {
		await withNas({}, async ({ dsm }) => {
			const file = fileOf(
				'x.vcf',
				Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-dana\r\nFN:Dana New\r\nN:New;Dana;;;\r\nEND:VCARD\r\n'),
			);
			expect((await dsm.do(addressBook.import, { file })).imported[0]!.action).toBe('skipped');
			expect((await dsm.do(contact.get, { contact: dana })).full_name).toBe('Dana Example');
			expect((await dsm.do(addressBook.import, { file, existing: 'replace' })).imported[0]!.action).toBe('replaced');
			expect((await dsm.do(contact.get, { contact: dana })).full_name).toBe('Dana New');
		});
	});

	test('that the NAS refuses a card of lose nothing', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.dav(415, { method: 'PUT' });
			const { imported, refused } = await dsm.do(addressBook.import, { file: fixture('32-two-in-one.vcf') });
			expect(imported.map(({ uid }) => uid)).toEqual(['c32b']);
			expect(refused).toMatchObject([{ line: 1, text: expect.stringContaining('UID:c32a') }]);
		});
	});

	test('are only read in a dry run', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const { imported } = await dsm.do(addressBook.import, { file: fixture('33-mixed-versions.vcf'), dry_run: true });
			expect(imported.map(({ full_name }) => full_name)).toEqual(['Eve Mix', 'Fox Mix', 'Gus Mix']);
			expect(simulator.requests.filter(({ httpMethod }) => httpMethod === 'PUT')).toEqual([]);
		});
	});

	test('hold a whole address book or chosen contacts, in either version', async () => {
		await withNas({}, async ({ dsm }) => {
			const whole = await dsm.do(addressBook.export, { book: 'My Contacts' });
			expect([whole.name, whole.type]).toEqual(['My Contacts.vcf', 'text/vcard']);
			const text = (await bytesOf(whole)).toString();
			expect(text.match(/^FN:.*$/gm)).toEqual(['FN:Dana Example', 'FN:Erin Example', 'FN:Frank Example']);
			const some = await dsm.do(contact.export, { contacts: [dana], version: '4.0' });
			const four = (await bytesOf(some)).toString();
			expect(four).toContain('VERSION:4.0\r\n');
			expect(four).toContain('PHOTO:data:image/png;base64,');
			expect(four).toContain('BDAY:19800423\r\n');
		});
	});
});

describe('photos', () => {
	const picture = Buffer.from('\x89PNG\r\n\x1a\npicture', 'latin1');

	test('are given, set and removed', async () => {
		await withNas({}, async ({ dsm }) => {
			const first = await dsm.do(photo.get, { contact: dana });
			expect([first.name, first.type]).toEqual(['card-dana.png', 'image/png']);
			first.stream.resume();
			expect((await dsm.do(photo.set, { contact: 'card-frank', file: fileOf('f.png', picture) })).has_photo).toBe(true);
			expect(await bytesOf(await dsm.do(photo.get, { contact: 'card-frank' }))).toEqual(picture);
			expect((await dsm.do(photo.remove, { contact: 'card-frank' })).has_photo).toBe(false);
			expect((await failure(dsm.do(photo.get, { contact: 'card-frank' }))).message).toBe(
				'"Frank Example" has no photo.',
			);
		});
	});

	test('that lie elsewhere are shown, set by their address and asked for by nobody', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const url = 'https://www.example.com/frank.jpg?a=1,2;b';
			const row = await dsm.do(photo.set, { contact: 'card-frank', url });
			expect(row).toMatchObject({ has_photo: true, photo_url: url });
			const seen = simulator.requests.length;
			const error = await failure(dsm.do(photo.get, { contact: 'card-frank' }));
			expect(error.message).toBe(`The photo of "Frank Example" lies at ${url}.`);
			expect(simulator.requests.slice(seen).every(({ path }) => path.startsWith('/carddav/'))).toBe(true);
			await dsm.do(contact.update, { contact: 'card-frank', note: 'other' });
			expect(await dsm.do(contact.get, { contact: 'card-frank' })).toMatchObject({ photo_url: url, note: 'other' });
		});
	});

	test.each([
		[{}, 'Give a picture, or the address of one.', ['file']],
		[{ url: 'https://bob:secret@example.com/a.jpg' }, 'The address of a photo must not hold a user name', ['url']],
		[{ url: 'https://example.com/a.jpg', file: fileOf('a.png', picture) }, 'Give either a picture or', ['url']],
	])('are refused before anything is sent: %j', async (given, message, path) => {
		await withNas({}, async ({ dsm, simulator }) => {
			const error = await failure(dsm.do(photo.set, { contact: dana, ...given }));
			expect(error).toMatchObject({ code: 'input', message: expect.stringContaining(message), details: { path } });
			expect(error.message).not.toContain('secret');
			expect(simulator.requests).toEqual([]);
		});
	});

	test('that are no pictures are refused', async () => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(dsm.do(photo.set, { contact: dana, file: fileOf('a.txt', Buffer.from('text')) }));
			expect(error.message).toBe('"a.txt" is not a picture (JPEG, PNG, GIF or WebP).');
		});
	});
});
