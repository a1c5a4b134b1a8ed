import { parse, type Component } from '../../core/ical';
import type { DavFolder, DavService } from '../../core/dav/types';
import { CARDDAV, DAV, child, childrenOf, type Element } from '../../core/dav/xml';
import { contactsOf, type ContactsState } from './state';
import type { Book, Role } from './store';

/** CardDAV of Contacts, which behaves as Radicale does (contacts.md 8). */
export const contactsDav: DavService = {
	root: 'carddav',
	app: 'SYNO.Contacts.AppInstance',
	api: 'SYNO.Contacts.Contact',
	type: 'addressbook',
	contentType: 'text/vcard; charset=utf-8',
	isOff: (nas) => contactsOf(nas).switches.noCardDav,
	hidesEtag: (nas) => contactsOf(nas).switches.noEtagHeader,
	elsewhere: (nas) => contactsOf(nas).switches.elsewhere,
	oldTokenStatus: (nas) => contactsOf(nas).switches.oldTokenStatus,
	folders: (nas, user) => {
		const contacts = contactsOf(nas);
		return contacts.booksOf(user).map(({ book, role }) => folderOf(contacts, book, role));
	},
	make(nas, user, uri, props) {
		const name = props.get(`{${DAV}}displayname`) ?? uri;
		const book = contactsOf(nas).addBook(user.name, name, { uri });
		for (const [key, value] of props) if (key.startsWith(`{${CARDDAV}}`)) book.props.set(key, value);
		return 201;
	},
	drop(nas, user, { uri }) {
		const contacts = contactsOf(nas);
		const book = contacts.booksOf(user).find((one) => one.book.uri === uri)?.book;
		if (!book || book.owner !== user.name || book.type === 0) return 403;
		contacts.dropBook(book);
		return 204;
	},
	matches: ({ data }, filter) => matches(data, filter),
};

function folderOf(contacts: ContactsState, book: Book, role: Role): DavFolder {
	return {
		uri: book.uri,
		displayName: book.name,
		writable: role > 0,
		props: book.props,
		history: book.history,
		members: () => [...book.cards.values()],
		member: (name) => book.cards.get(name),
		put: (name, data) => contacts.putCard(book, name, data),
		remove: (name) => contacts.removeCard(book, name),
		rename: (name) => void (book.name = name),
	};
}

/** `prop-filter`s joined by `test` of the filter (RFC 6352, 10.5). */
function matches(data: string, filter: Element): boolean {
	const filters = childrenOf(filter, CARDDAV, 'prop-filter');
	if (filters.length === 0) return true;
	const card = parse(data);
	const results = filters.map((one) => matchesProp(card, one));
	return filter.attributes.test === 'allof' ? results.every(Boolean) : results.some(Boolean);
}

/** Several conditions within one property are always ANDed, whatever `test` says; groups are not handled (contacts.md 8.2). */
function matchesProp(card: Component, filter: Element): boolean {
	const name = (filter.attributes.name ?? '').toLowerCase();
	const properties = card.all(name).filter(({ group }) => group === '');
	if (child(filter, CARDDAV, 'is-not-defined')) return properties.length === 0;
	const texts = childrenOf(filter, CARDDAV, 'text-match');
	return properties.some((property) => texts.every((text) => matchesText(property.text, text)));
}

const TESTS: Record<string, (value: string, wanted: string) => boolean> = {
	equals: (value, wanted) => value === wanted,
	contains: (value, wanted) => value.includes(wanted),
	'starts-with': (value, wanted) => value.startsWith(wanted),
	'ends-with': (value, wanted) => value.endsWith(wanted),
};

function matchesText(value: string, { text, attributes }: Element): boolean {
	const test = TESTS[attributes['match-type'] ?? 'contains'] ?? TESTS.contains!;
	const found = test(value.toLowerCase(), text.toLowerCase());
	return attributes['negate-condition'] === 'yes' ? !found : found;
}
