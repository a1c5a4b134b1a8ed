import { createHash, randomUUID } from 'node:crypto';
import { SyncHistory } from '../../core/dav/history';
import type { Nas, User } from '../../core/nas';
import { readCard, type CardFacts } from './card';

/** The share roles of the help pages: read-only, read/write, full control. Their numbers are not public. */
export type Role = 0 | 1 | 2;

export interface Card {
	id: number;
	/** Last part of its path: `<uid>.vcf`. */
	name: string;
	data: string;
	etag: string;
	modifiedAt: number;
	facts: CardFacts;
	usage: number;
}

export interface Book {
	id: number;
	name: string;
	/** Name of the collection in CardDAV. */
	uri: string;
	owner: string;
	/** 0: the default one, 1: another of one's own. What a visitor sees of a shared one is 2. */
	type: number;
	cards: Map<string, Card>;
	shares: Map<string, Role>;
	props: Map<string, string>;
	history: SyncHistory;
}

export interface Label {
	id: number;
	owner: string;
	name: string;
	color: string;
	type: number;
	member: number[];
}

/** Deviations that the dossier leaves undecided (contacts.md 13). */
export interface ContactsSwitches {
	/** `/carddav` is unknown. */
	noCardDav: boolean;
	/** `Contact.list` gives everything, whatever `limit` and `offset` say. */
	limitIgnored: boolean;
	/** 120 names the missing parameter instead of giving `{}`. */
	namesMissing: boolean;
	/** PUT answers without the ETag header. */
	noEtagHeader: boolean;
	/** What stands under the login name of an account whose name in DAV is another. */
	elsewhere: 'nothing' | 'row' | 'empty';
	/** Status of the answer to a sync token that is too old. */
	oldTokenStatus: 403 | 500;
}

/** Address books, cards and labels of everybody: one store behind the web API and CardDAV. */
export class ContactsStore {
	readonly books = new Map<number, Book>();
	readonly labels = new Map<number, Label>();
	readonly switches: ContactsSwitches = {
		noCardDav: false,
		limitIgnored: false,
		namesMissing: false,
		noEtagHeader: false,
		elsewhere: 'nothing',
		oldTokenStatus: 403,
	};
	/** Writes of administrators, as they came. */
	readonly recorded: { method: string; params: Record<string, unknown> }[] = [];
	sharingProhibited = false;
	/** External sources, as they came. */
	readonly sources: Record<string, unknown>[] = [];
	private lastBook = 0;
	private lastContact = 100;
	private lastLabel = 0;

	constructor(readonly nas: Nas) {}

	/** Books that a user sees: the own ones, the default one first and made on first use, then those shared with him. */
	booksOf(user: User): { book: Book; role: Role }[] {
		const all = [...this.books.values()];
		const own = all.filter(({ owner }) => owner === user.name);
		const mine = own.length > 0 ? own : [this.addBook(user.name, 'My Contacts', { type: 0 })];
		const shared = all.flatMap((book) => {
			const role = book.shares.get(user.name);
			return role === undefined ? [] : [{ book, role }];
		});
		return [...mine.map((book) => ({ book, role: 2 as Role })), ...shared];
	}

	addBook(owner: string, name: string, { type = 1, uri = randomUUID() as string } = {}): Book {
		const id = ++this.lastBook;
		const history = new SyncHistory(this.nas.clock);
		const book = { id, name, uri, owner, type, cards: new Map(), shares: new Map(), props: new Map(), history };
		this.books.set(id, book);
		return book;
	}

	/** Its contacts go, too. */
	dropBook(book: Book): void {
		for (const card of [...book.cards.values()]) this.removeCard(book, card.name);
		this.books.delete(book.id);
	}

	/** Stores a card; a status says why not: 415 no vCard, 409 its UID is in use under another name. */
	putCard(book: Book, name: string, data: string): number | undefined {
		const facts = readCard(data);
		if (!facts) return 415;
		if ([...book.cards.values()].some((card) => card.name !== name && card.facts.uid === facts.uid)) return 409;
		const old = book.cards.get(name);
		const etag = `"${createHash('sha256').update(data).digest('hex')}"`;
		if (old?.etag === etag) return undefined;
		const id = old?.id ?? ++this.lastContact;
		book.cards.set(name, { id, name, data, etag, facts, usage: old?.usage ?? 0, modifiedAt: this.nas.clock.now() });
		book.history.touch(name);
		return undefined;
	}

	/** Takes the contact out of every label, too. */
	removeCard(book: Book, name: string): void {
		const card = book.cards.get(name);
		if (!card) return;
		book.cards.delete(name);
		book.history.touch(name);
		for (const label of this.labels.values()) label.member = label.member.filter((id) => id !== card.id);
	}

	/** A contact that a user may see, with its book. */
	findCard(user: User, id: number): { book: Book; role: Role; card: Card } | undefined {
		for (const { book, role } of this.booksOf(user))
			for (const card of book.cards.values()) if (card.id === id) return { book, role, card };
		return undefined;
	}

	addLabel(owner: string, name: string, color: string): Label {
		const label = { id: ++this.lastLabel, owner, name, color, type: 0, member: [] };
		this.labels.set(label.id, label);
		return label;
	}

	labelsOf(user: User): Label[] {
		return [...this.labels.values()].filter(({ owner }) => owner === user.name);
	}
}
