import type { Nas } from '../../core/nas';
import { contactsOf } from './state';

/** Smallest picture there is: one white pixel, PNG. */
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/**
 * Address books of a small company: each user's own, alice's "Suppliers", bob's "Team", which alice may read and carol write, and
 * alice's labels. Ids begin at 1 for books and at 101 for contacts.
 */
export function seedContacts(nas: Nas): void {
	const contacts = contactsOf(nas);
	const mine = contacts.addBook('alice', 'My Contacts', { type: 0, uri: 'alice-contacts' });
	contacts.addBook('alice', 'Suppliers', { uri: 'alice-suppliers' });
	contacts.addBook('bob', 'My Contacts', { type: 0, uri: 'bob-contacts' });
	const team = contacts.addBook('bob', 'Team', { uri: 'bob-team' });
	contacts.addBook('carol', 'My Contacts', { type: 0, uri: 'carol-contacts' });
	contacts.share(team, 'alice', 0);
	contacts.share(team, 'carol', 1);
	const company = { company: 'Example Ltd' };
	contacts.saveAs('alice', {
		uid: 'card-dana',
		full_name: 'Dana Example',
		primary_mail: 'dana@example.org',
		primary_tel: '+39 055 1234',
		...company,
		department: 'R&D',
		title: 'Engineer',
		lines: [
			'BDAY:1980-04-23',
			'NOTE:Met at the fair\\, likes tea',
			`PHOTO;ENCODING=b;TYPE=PNG:${PIXEL}`,
			'X-SHOE-SIZE:39',
		],
	});
	contacts.saveAs('alice', {
		uid: 'card-erin',
		full_name: 'Erin Example',
		primary_mail: 'erin@example.org',
		...company,
		lines: ['BDAY:--0229', 'ANNIVERSARY:2010-06-05', 'CATEGORIES:Customers,VIP'],
	});
	contacts.saveAs('alice', { uid: 'card-frank', full_name: 'Frank Example', primary_tel: '+44 20 7946 0000' });
	contacts.saveAs('alice', { uid: 'card-paper', full_name: 'Paper & Co', book: 'Suppliers', company: 'Paper & Co' });
	contacts.saveAs('bob', {
		uid: 'card-grace',
		full_name: 'Grace Example',
		primary_mail: 'grace@example.org',
		book: 'Team',
	});
	const [dana, erin] = ['card-dana', 'card-erin'].map((uid) => contacts.card(uid).card.id) as [number, number];
	contacts.addLabel('alice', 'Customers', '#FF8000').member = [dana, erin];
	contacts.addLabel('alice', 'Private', '#3366CC');
	mine.history.touch();
}
