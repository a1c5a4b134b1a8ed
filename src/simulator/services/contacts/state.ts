import { randomUUID } from 'node:crypto';
import type { Nas } from '../../core/nas';
import { writeCard, type WebFields } from './card';
import { ContactsStore, type Book, type Card, type Role } from './store';

/** State of Contacts, and what people do in their address books, for tests and the demo. */
export class ContactsState extends ContactsStore {
	/** A book by its owner and name; the default one when no name is given. */
	book(owner: string, name = 'My Contacts'): Book {
		const found = this.booksOf(this.nas.user(owner)).find(({ book }) => book.name === name);
		if (!found) throw new Error(`${owner} has no address book ${name}`);
		return found.book;
	}

	/** A person saves a contact; lines of a vCard may be added. Gives its UID. */
	saveAs(owner: string, fields: WebFields & { uid?: string; lines?: string[]; book?: string }): string {
		const { uid = randomUUID(), lines = [], book, ...rest } = fields;
		const text = writeCard(uid, rest).replace('END:VCARD', [...lines, 'END:VCARD'].join('\r\n'));
		this.storeAs(owner, text, { uid, ...(book !== undefined && { book }) });
		return uid;
	}

	/** A person's program stores a card as it is. */
	storeAs(owner: string, text: string, { uid, book }: { uid: string; book?: string }): void {
		const status = this.putCard(this.book(owner, book), `${uid}.vcf`, text);
		if (status !== undefined) throw new Error(`The card of ${uid} is refused with ${status}`);
	}

	/** A card by its UID, wherever it is. */
	card(uid: string): { book: Book; card: Card } {
		for (const book of this.books.values())
			for (const card of book.cards.values()) if (card.facts.uid === uid) return { book, card };
		throw new Error(`There is no card ${uid}`);
	}

	/** Changes the text of a card. */
	editCard(uid: string, change: (text: string) => string): void {
		const { book, card } = this.card(uid);
		this.putCard(book, card.name, change(card.data));
	}

	deleteCard(uid: string): void {
		const { book, card } = this.card(uid);
		this.removeCard(book, card.name);
	}

	/** A person moves a contact to another book. Its id changes, its UID does not (contacts.md 10.5). */
	moveCard(uid: string, to: Book): void {
		const { book, card } = this.card(uid);
		this.removeCard(book, card.name);
		this.putCard(to, card.name, card.data);
	}

	share(book: Book, user: string, role: Role): void {
		book.shares.set(user, role);
	}
}

/** Contacts of a NAS. */
export const contactsOf = (nas: Nas): ContactsState => nas.service('contacts', () => new ContactsState(nas));
