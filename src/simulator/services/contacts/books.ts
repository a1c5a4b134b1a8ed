import { readFile } from 'node:fs/promises';
import type { BehaviourTable } from '../../core/behaviour';
import type { User } from '../../core/nas';
import {
	behaviour,
	bookOf,
	cardsOf,
	exporting,
	integer,
	integers,
	missing,
	ownBook,
	Refusal,
	text,
	writableBook,
	type ContactsCall,
} from './call';
import { readCard } from './card';
import type { Book, Role } from './store';

const API = 'SYNO.Contacts.Addressbook';

/** The meaning of the numbers is not public (contacts.md 3.1): this follows the dossier's hypothesis. */
function row(me: User, book: Book, role: Role): Record<string, unknown> {
	const isMine = book.owner === me.name;
	return {
		id: book.id,
		name: book.name,
		uri: book.uri,
		type: isMine ? book.type : 2,
		mode: role,
		status: 0,
		member_count: book.cards.size,
		owned_shared: isMine && book.shares.size > 0,
		shared_from: isMine ? '' : book.owner,
		shared_with: isMine ? [...book.shares.keys()].join(',') : '',
	};
}

/** Cards of an uploaded file, whole texts. */
async function uploaded(call: ContactsCall): Promise<string[]> {
	const [file] = call.files;
	if (!file) throw missing(call, 'file');
	return (await readFile(file.path, 'utf8')).match(/BEGIN:VCARD[\s\S]*?END:VCARD\r?\n?/gi) ?? [];
}

const ROLES: Record<string, Role> = { 'read-only': 0, 'read/write': 1, 'full control': 2 };

/** Address books (contacts.md 3). Only `list` was captured: the parameters of the others are those that clients or reason give. */
export const bookBehaviours: BehaviourTable = {
	[`${API}.list`]: behaviour(({ contacts, me }) => {
		const addressbook = contacts.booksOf(me).map(({ book, role }) => row(me, book, role));
		return { addressbook, total: addressbook.length };
	}),
	[`${API}.get`]: behaviour((call) => {
		const id = call.params['ids'] === undefined ? integer(call, 'id') : integers(call, 'ids')[0]!;
		const { book, role } = bookOf(call, id);
		return { addressbook: [row(call.me, book, role)] };
	}),
	[`${API}.create`]: behaviour((call) => ({ id: call.contacts.addBook(call.me.name, text(call, 'name')).id })),
	[`${API}.set`]: behaviour((call) => {
		const book = ownBook(call, integer(call, 'id'));
		book.name = text(call, 'name');
		book.history.touch();
	}),
	[`${API}.delete`]: behaviour((call) => {
		const books = integers(call, 'ids').map((id) => ownBook(call, id));
		if (books.some(({ type }) => type === 0)) throw new Refusal(105);
		for (const book of books) call.contacts.dropBook(book);
	}),
	[`${API}.export`]: exporting((call) => {
		const ids = call.params['ids'] === undefined ? [integer(call, 'id')] : integers(call, 'ids');
		return ids.flatMap((id) => [...bookOf(call, id).book.cards.values()]);
	}),
	[`${API}.import_preview`]: behaviour(async (call) => ({ total: (await uploaded(call)).length })),
	[`${API}.import`]: behaviour(async (call) => {
		const book = writableBook(call, integer(call, 'id'));
		const cards = await uploaded(call);
		const results = cards.map((card) => call.contacts.putCard(book, `${readCard(card)?.uid ?? ''}.vcf`, card));
		return { imported: results.filter((status) => status === undefined).length, total: cards.length };
	}),
	[`${API}.list_principal`]: behaviour(({ nas, me }) => {
		const others = [...nas.users.values()].filter((user) => user !== me);
		const principal = others.map(({ uid, name, nickname }) => ({
			id: uid,
			type: 0,
			account_name: name,
			display_name: nickname || name,
		}));
		return { principal, total: principal.length };
	}),
	[`${API}.share_addressbook`]: behaviour((call) => {
		const book = ownBook(call, integer(call, 'id'));
		if (call.contacts.sharingProhibited) throw new Refusal(105);
		const { principals } = call.params;
		if (!Array.isArray(principals)) throw missing(call, 'principals');
		book.shares.clear();
		for (const { account_name, role } of principals as { account_name: string; role: number | string }[])
			book.shares.set(account_name, typeof role === 'number' ? (role as Role) : (ROLES[role] ?? 0));
	}),
	[`${API}.set_addressbook_display`]: behaviour((call) => void bookOf(call, integer(call, 'id'))),
	[`${API}.copy_member`]: behaviour((call) => transfer(call, false)),
	[`${API}.move_member`]: behaviour((call) => transfer(call, true)),
};

/** A copy is another contact, so it gets a UID of its own; what moves keeps it. */
function transfer(call: ContactsCall, moves: boolean): void {
	const target = writableBook(call, integer(call, 'addressbook_id'));
	for (const { book, role, card } of cardsOf(call, integers(call, 'contact_ids'))) {
		if (moves && role === 0) throw new Refusal(105);
		const uid = moves ? card.facts.uid : call.nas.token(16);
		const data = card.data.replace(/^UID:.*$/m, `UID:${uid}`);
		if (moves) call.contacts.removeCard(book, card.name);
		call.contacts.putCard(target, `${uid}.vcf`, data);
	}
}
