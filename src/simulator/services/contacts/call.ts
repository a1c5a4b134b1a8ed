import type { ApiReply, ApiRequest, Behaviour } from '../../core/behaviour';
import type { User } from '../../core/nas';
import { contactsOf, type ContactsState } from './state';
import type { Book, Card, Role } from './store';

/** A call of a known user. */
export interface ContactsCall extends ApiRequest {
	contacts: ContactsState;
	me: User;
}

/** A refusal, thrown anywhere within a behaviour. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		readonly errors?: unknown,
	) {
		super(`code ${code}`);
	}
}

/** A behaviour of Contacts; what it returns is `data`, undefined: none. */
export const behaviour =
	(run: (call: ContactsCall) => unknown): Behaviour =>
	async (request) => {
		const contacts = contactsOf(request.nas);
		try {
			const data = await run({ ...request, contacts, me: request.user! });
			return data === undefined ? {} : { data };
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return { error: error.code, ...(error.errors !== undefined && { errors: error.errors }) };
		}
	};

/** A behaviour whose answer is a file of cards. */
export const exporting =
	(run: (call: ContactsCall) => Card[]): Behaviour =>
	async (request) => {
		let cards: Card[] = [];
		const reply = await behaviour((call) => void (cards = run(call)))(request);
		if (reply && 'error' in reply) return reply;
		const file = Buffer.from(cards.map(({ data }) => data).join(''));
		return { file, name: 'contacts.vcf', type: 'text/vcard', size: file.length } satisfies ApiReply;
	};

/** A missing or unusable parameter: 120, whose details are empty on the devices that were asked (contacts.md 9). */
export const missing = ({ contacts }: ContactsCall, name: string): Refusal =>
	new Refusal(120, contacts.switches.namesMissing ? { name, reason: 'required' } : {});

const isInteger = (value: unknown): value is number => Number.isInteger(value);

export function integer(call: ContactsCall, name: string): number {
	const value = call.params[name];
	if (!isInteger(value)) throw missing(call, name);
	return value;
}

export function text(call: ContactsCall, name: string): string {
	const value = call.params[name];
	// A name of digits that came without quotes is a text, too.
	if (isInteger(value)) return String(value);
	if (typeof value !== 'string' || value === '') throw missing(call, name);
	return value;
}

export function integers(call: ContactsCall, name: string): number[] {
	const value = call.params[name];
	if (!Array.isArray(value) || !value.every(isInteger)) throw missing(call, name);
	return value;
}

/** A book that the caller sees. The code for an unknown id is not public. */
export function bookOf(call: ContactsCall, id: number): { book: Book; role: Role } {
	const found = call.contacts.booksOf(call.me).find(({ book }) => book.id === id);
	if (!found) throw new Refusal(117);
	return found;
}

/** A book that the caller owns. */
export function ownBook(call: ContactsCall, id: number): Book {
	const { book } = bookOf(call, id);
	if (book.owner !== call.me.name) throw new Refusal(105);
	return book;
}

/** A book that the caller may write into. */
export function writableBook(call: ContactsCall, id: number): Book {
	const { book, role } = bookOf(call, id);
	if (role === 0) throw new Refusal(105);
	return book;
}

/** Contacts by their ids; unknown ones are passed over (contacts.md 10.4). */
export const cardsOf = (call: ContactsCall, ids: number[]) =>
	ids.flatMap((id) => {
		const found = call.contacts.findCard(call.me, id);
		return found ? [found] : [];
	});
