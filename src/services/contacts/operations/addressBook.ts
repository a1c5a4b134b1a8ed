import { randomUUID } from 'node:crypto';
import { isStatus, objectAt, type DavCollection } from '../../../catalog/dav';
import { put } from '../../../catalog/davWrite';
import { davOperation } from '../../../catalog/davOperation';
import { file, fileAnswer } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { field } from '../../../catalog/row';
import type { RowOf } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { addressbook_id, book, ownBook, raw } from '../fields';
import { bookAt, booksOf } from '../lib/books';
import { bytesOf, fileOf, version } from '../lib/cardFile';
import { matching, pathIn, vcard } from '../lib/cards';
import { toContact } from '../lib/contactRow';
import { contactOf } from '../lib/vcard/contactFields';
import { withUid } from '../lib/vcard/edit';
import { textOfCard, type Card } from '../lib/vcard/lines';
import { readText, textsOfFileApart } from '../lib/vcard/readFile';
import { readBook } from '../wire/dav';
import {
	addressBookRow,
	createAddressBook,
	deleteAddressBooks,
	getAddressBook,
	listAddressBooks,
	listPrincipals as listPrincipalsCall,
	setAddressBook,
	setAddressBookDisplay,
	shareAddressBook,
} from '../wire/web';

const addressBook = addressBookRow
	.with({
		/** Absent where only CardDAV knows the address book. */
		id: field.id().optional(),
		/** CardDAV path. */
		path: field.text().optional(),
		is_writable: field.flag().optional(),
	})
	.as({
		simple: [
			'id',
			'name',
			'path',
			'is_writable',
			'member_count',
			'shared_from',
			'shared_with',
			'owned_shared',
			'type',
			'status',
		],
	});

/** Without CardDAV the rows of the web API are still worth having. */
async function davBooks(dsm: Dsm): Promise<DavCollection[]> {
	try {
		return await booksOf(dsm);
	} catch (error) {
		if (isDsmError(error) && ['unavailable', 'api', 'login', 'permission'].includes(error.code)) return [];
		throw error;
	}
}

/** That `uri` is the name in CardDAV is likely and not certain, so a name that only one bears is taken, too. */
function samePlace({ uri, name }: RowOf<typeof listAddressBooks>, books: DavCollection[]): DavCollection | undefined {
	const byName = books.filter((one) => one.name === name);
	return books.find((one) => one.uri === uri) ?? (byName.length === 1 ? byName[0] : undefined);
}

export const list = procedure({
	title: 'List address books',
	summary: 'Lists the address books of the account, with their IDs of the web API and their CardDAV paths.',
	uses: [listAddressBooks],
	dav: ['PROPFIND /carddav/<account>/'],
	source: 'contacts.md 8.1',
	params: z.object({}),
	result: z.array(addressBook),
	readOnly: true,
	async run(_given, dsm) {
		const [rows, books] = await Promise.all([dsm.list(listAddressBooks), davBooks(dsm)]);
		const places = rows.map((row) => samePlace(row, books));
		const joined = rows.map((row, index) => {
			const place = places[index];
			return { ...row, ...(place && { path: place.path, is_writable: place.writable }) };
		});
		const others = books.filter((one) => !places.includes(one));
		return [...joined, ...others.map(({ path, name, uri, writable }) => ({ path, name, uri, is_writable: writable }))];
	},
});

const name = z
	.string()
	.trim()
	.min(1)
	.meta({ title: 'Name', description: 'Name of the address book', placeholder: 'e.g. Suppliers' });

export const create = operation({
	title: 'Create an address book',
	summary: 'Creates an address book, over the web API.',
	known: { call: listAddressBooks },
	call: createAddressBook,
	lost: {
		made: listAddressBooks,
		is: (row, params) => row.name === params.name,
		id: (row) => row.id,
		answer: ({ id }) => ({ id }),
	},
	params: z.object({
		name,
		is_public: z
			.boolean()
			.default(false)
			.meta({ title: 'Public', description: 'Whether it is public', advanced: true }),
	}),
});

export const get = operation({
	title: 'Get an address book',
	summary: 'Gives one address book as the web API has it.',
	call: getAddressBook,
	params: z.object({ addressbook_id }),
	request: ({ addressbook_id: id }) => ({ id }),
});

export const rename = operation({
	title: 'Rename an address book',
	summary: 'Gives an address book another name, over the web API.',
	call: setAddressBook,
	params: z.object({ addressbook_id, name }),
	request: ({ addressbook_id: id, name: text }) => ({ id, name: text }),
});

export const deleteBook = operation({
	title: 'Delete an address book',
	summary: 'Deletes an address book and every contact in it, over the web API.',
	call: deleteAddressBooks,
	params: z.object({ addressbook_id }),
	request: ({ addressbook_id: id }) => ({ ids: [id] }),
	lost: { gone: listAddressBooks, is: (row, params) => row.id === String(params.addressbook_id) },
	destructive: true,
	deletes: true,
});

export const share = operation({
	title: 'Share an address book',
	summary: 'Sets who else may use an address book, over the web API, with parameters as you give them.',
	call: shareAddressBook,
	params: z.object({ addressbook_id, parameters: raw }),
	request: ({ addressbook_id: id, parameters }) => ({ id, ...parameters }),
	// Who is not among the new ones may use it no longer.
	destructive: true,
});

export const listPrincipals = operation({
	title: 'List possible recipients of a share',
	summary: 'Gives users and groups that an address book can be shared with, as the web API has them.',
	call: listPrincipalsCall,
	params: z.object({ parameters: raw }),
	request: ({ parameters }) => parameters,
});

export const setDisplay = operation({
	title: 'Show or hide an address book',
	summary: 'Sets whether the web page shows an address book, with parameters as you give them.',
	call: setAddressBookDisplay,
	params: z.object({ addressbook_id, parameters: raw }),
	request: ({ addressbook_id: id, parameters }) => ({ id, ...parameters }),
});

export const exportBook = davOperation({
	title: 'Export an address book',
	summary: 'Gives all contacts of an address book as one vCard file, over CardDAV.',
	ask: readBook,
	params: z.object({ book, version }),
	request: ({ book: of }) => ({ book: of }),
	response: ({ name: title, cards }, { params }) =>
		fileOf(cards, params.version, `${title.replace(/[\\/:*?"<>|]/g, '_')}.vcf`),
	result: fileAnswer(),
	returns: 'file',
});

const imported = z.object({
	uid: z.string(),
	full_name: z.string(),
	path: z.string(),
	action: z.enum(['created', 'replaced', 'skipped']),
});
type Imported = z.output<typeof imported>;
const refused = z.object({ line: z.number(), reason: z.string(), text: z.string() });

/** Each card by itself: what the NAS refuses is reported with its text, like a card that is broken. */
export const importBook = procedure({
	title: 'Import contacts',
	summary:
		'Puts the cards of a vCard file (2.1, 3.0 or 4.0) into an address book, over CardDAV; a broken card is reported with its line, the others go through.',
	uses: [],
	dav: ['PUT <book><uid>.vcf'],
	source: 'contacts.md 8.2',
	params: z.object({
		file: file().meta({ title: 'File', description: 'The vCard file' }),
		book: ownBook,
		existing: z
			.enum(['skip', 'replace'])
			.default('skip')
			.meta({
				title: 'If It Exists',
				description: 'What happens to a contact whose UID is in the address book already',
				labels: { skip: 'Skip', replace: 'Replace' },
			}),
		dry_run: z
			.boolean()
			.default(false)
			.meta({ title: 'Dry Run', description: 'Whether only to read the file and tell what is in it', advanced: true }),
	}),
	result: z.object({ imported: z.array(imported), refused: z.array(refused) }),
	// With "Replace" it overwrites contacts.
	destructive: true,
	basis: 'clients',
	async run(given, dsm) {
		const { path } = await bookAt(dsm, given.book);
		const { texts, broken } = await textsOfFileApart([await bytesOf(given.file)], { path: ['file'] });
		const result = { imported: [] as Imported[], refused: [...broken] };
		for (const { text, at } of texts) {
			const {
				cards: [one],
				broken: faults,
			} = readText(text);
			if (!one) {
				result.refused.push({ line: at, reason: faults[0]?.reason ?? 'cannot be read', text });
				continue;
			}
			const uid = contactOf(one).uid || randomUUID();
			const card = contactOf(one).uid === '' ? withUid(one, uid) : one;
			try {
				const action = given.dry_run ? 'skipped' : await imports(dsm, path, card, uid, given.existing);
				result.imported.push({ uid, full_name: contactOf(card).full_name, path: pathIn(path, uid), action });
			} catch (error) {
				// A refusal of one card is told with it; what would meet all of them ends the import.
				if (!isDsmError(error) || !isStatus(error, 409, 412, 413, 415)) throw error;
				result.refused.push({ line: at, reason: error.message, text });
			}
		}
		return result;
	},
});

async function imports(
	dsm: Dsm,
	bookPath: string,
	card: Card,
	uid: string,
	existing: 'skip' | 'replace',
): Promise<Imported['action']> {
	const data = textOfCard(card);
	try {
		await put(dsm, pathIn(bookPath, uid), data, vcard);
		return 'created';
	} catch (error) {
		// 412: under this name; 409: under another one.
		if (!isStatus(error, 409, 412)) throw error;
		if (existing === 'skip') return 'skipped';
		const there = isStatus(error, 412)
			? await objectAt(dsm, pathIn(bookPath, uid))
			: (await matching(dsm, bookPath, 'UID', uid)).find((object) => toContact(object).uid === uid);
		if (!there) throw error;
		await put(dsm, there.path, data, { ...vcard, etag: there.etag });
		return 'replaced';
	}
}

export const addressBooks = resource('Address Book', {
	list,
	get,
	create,
	rename,
	delete: deleteBook,
	share,
	listPrincipals,
	setDisplay,
	export: exportBook,
	import: importBook,
});
