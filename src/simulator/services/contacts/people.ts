import { randomUUID } from 'node:crypto';
import type { BehaviourTable } from '../../core/behaviour';
import {
	behaviour,
	bookOf,
	cardsOf,
	exporting,
	integer,
	integers,
	missing,
	Refusal,
	writableBook,
	type ContactsCall,
} from './call';
import { writeCard, type WebFields } from './card';
import type { Book, Card, Role } from './store';

const API = 'SYNO.Contacts.Contact';

/** The thirteen fields, all of them always (contacts.md 4.1). */
function row({ contacts, params, me }: ContactsCall, book: Book, role: Role, card: Card): Record<string, unknown> {
	const { facts } = card;
	const label = contacts.labelsOf(me).filter(({ member }) => member.includes(card.id));
	return {
		id: card.id,
		addressbook_id: book.id,
		full_name: facts.full_name,
		primary_mail: facts.mails[0] ?? '',
		primary_tel: facts.tels[0] ?? '',
		company: facts.company,
		department: facts.department,
		title: facts.title,
		photo: params['with_photo'] === true ? facts.photo : '',
		is_editable: role > 0,
		is_hidden: false,
		usage_frequency: card.usage,
		additional: { label: label.map(({ id }) => id) },
	};
}

function rowsOf(call: ContactsCall, wanted: (card: Card) => boolean): Record<string, unknown>[] {
	const only = call.params['addressbook_id'];
	const books = only === undefined ? call.contacts.booksOf(call.me) : [bookOf(call, integer(call, 'addressbook_id'))];
	return books.flatMap(({ book, role }) =>
		[...book.cards.values()].filter(wanted).map((card) => row(call, book, role, card)),
	);
}

const KNOWN: (keyof WebFields)[] = ['full_name', 'primary_mail', 'primary_tel', 'company', 'department', 'title'];

/** Fields at the top level or in `contact`: sources show both (contacts.md 4.2). */
function fieldsOf({ params }: ContactsCall): WebFields {
	const { contact } = params;
	const from = typeof contact === 'object' && contact !== null ? (contact as Record<string, unknown>) : params;
	return Object.fromEntries(KNOWN.filter((name) => typeof from[name] === 'string').map((name) => [name, from[name]]));
}

function create(call: ContactsCall): { id: number } {
	const book = writableBook(call, integer(call, 'addressbook_id'));
	const fields = fieldsOf(call);
	if (!fields.full_name) throw missing(call, 'contact');
	const uid = randomUUID();
	call.contacts.putCard(book, `${uid}.vcf`, writeCard(uid, fields));
	return { id: book.cards.get(`${uid}.vcf`)!.id };
}

/** What the form does not show stays in the card. */
function set(call: ContactsCall): void {
	const [found] = cardsOf(call, [integer(call, 'id')]);
	if (!found) throw new Refusal(117);
	if (found.role === 0) throw new Refusal(105);
	const { book, card } = found;
	const lines = card.data
		.split('\r\n')
		.filter((line) => !/^(BEGIN|VERSION|UID|FN|N|EMAIL|TEL|ORG|TITLE|END)[:;]/.test(line));
	const text = writeCard(card.facts.uid, fieldsOf(call), card.facts);
	const kept = lines.filter((line) => line !== '');
	call.contacts.putCard(book, card.name, text.replace('END:VCARD', [...kept, 'END:VCARD'].join('\r\n')));
}

/** Contacts (contacts.md 4). `list` was captured; answers marked `simulated` are this simulator's own shape. */
export const peopleBehaviours: BehaviourTable = {
	[`${API}.list`]: behaviour((call) => {
		const rows = rowsOf(call, () => true);
		const { offset, limit } = call.params;
		const start = !call.contacts.switches.limitIgnored && typeof offset === 'number' ? offset : 0;
		const end = !call.contacts.switches.limitIgnored && typeof limit === 'number' ? start + limit : rows.length;
		return { contact: rows.slice(start, end), offset: start };
	}),
	[`${API}.get`]: behaviour((call) => ({
		simulated: true,
		contact: cardsOf(call, integers(call, 'ids')).map(({ book, role, card }) => ({
			...row(call, book, role, card),
			uid: card.facts.uid,
			mail: card.facts.mails,
			tel: card.facts.tels,
		})),
	})),
	[`${API}.create`]: behaviour(create),
	[`${API}.set`]: behaviour(set),
	[`${API}.delete`]: behaviour((call) => {
		const found = cardsOf(call, integers(call, 'ids'));
		if (found.some(({ role }) => role === 0)) throw new Refusal(105);
		for (const { book, card } of found) call.contacts.removeCard(book, card.name);
	}),
	[`${API}.get_photo`]: behaviour((call) => ({
		simulated: true,
		photo: cardsOf(call, integers(call, 'contact_ids')).map(({ card }) => ({ id: card.id, photo: card.facts.photo })),
	})),
	[`${API}.list_group`]: behaviour((call) => {
		integer(call, 'addressbook_id');
		return { simulated: true, group: rowsOf(call, ({ facts }) => facts.isGroup) };
	}),
	[`${API}.list_team_contact`]: behaviour(({ nas }) => ({
		simulated: true,
		contact: [...nas.users.values()].map(({ uid, name, nickname, email }) => ({
			id: uid,
			full_name: nickname || name,
			primary_mail: email,
		})),
	})),
	[`${API}.update_usage_frequency`]: behaviour((call) => {
		for (const { card } of cardsOf(call, integers(call, 'ids'))) card.usage += 1;
	}),
	[`${API}.export`]: exporting((call) => cardsOf(call, integers(call, 'ids')).map(({ card }) => card)),
	// What these change is not public: they take a list of contacts and leave it as it is.
	[`${API}.toggle_group`]: behaviour((call) => void integers(call, 'ids')),
	[`${API}.toggle_member`]: behaviour((call) => void integers(call, 'ids')),
	[`${API}.toggle_person`]: behaviour((call) => void integers(call, 'ids')),
};
