import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { z } from '../../vendor/zod';
import type { DavCollection } from '../../catalog/dav';
import { operation, procedure, resource } from '../../catalog/operation';
import { addressbook_id, raw } from './fields';
import { booksOf } from './find';
import { exportBook, importBook } from './transfer';

export const bookList = { api: 'SYNO.Contacts.Addressbook', method: 'list', version: 1 } as const;

/** The codes in `type`, `mode` and `status` are not public: they are given as they are (contacts.md 3.1). */
export const addressBook = z.looseObject({
	id: z.coerce.number().optional(),
	name: z.string(),
	/** CardDAV path. */
	path: z.string().optional(),
	writable: z.boolean().optional(),
	member_count: z.number().optional(),
	shared_from: z.string().optional(),
	owned_shared: z.boolean().optional(),
	uri: z.string().optional(),
});

interface WireBook {
	id: number;
	name: string;
	uri: string;
	shared_from?: string;
	shared_with?: string;
	member_count?: number;
}

/** Rows of the web API. */
export async function webBooks(dsm: Dsm): Promise<WireBook[]> {
	const data = (await dsm.call(bookList, {}, { readOnly: true })) as { addressbook?: WireBook[] } | undefined;
	return data?.addressbook ?? [];
}

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
function samePlace({ uri, name }: WireBook, books: DavCollection[]): DavCollection | undefined {
	const byName = books.filter((book) => book.name === name);
	return books.find((book) => book.uri === uri) ?? (byName.length === 1 ? byName[0] : undefined);
}

export const list = procedure({
	title: 'List address books',
	summary: 'Lists the address books of the account, with their IDs of the web API and their CardDAV paths.',
	uses: [bookList],
	dav: ['PROPFIND /carddav/<account>/'],
	params: z.object({}),
	result: z.array(addressBook),
	readOnly: true,
	basis: 'capture',
	async run(_given, dsm) {
		const [rows, books] = await Promise.all([webBooks(dsm), davBooks(dsm)]);
		const joined = rows.map((row) => {
			const place = samePlace(row, books);
			return { ...row, ...(place && { path: place.path, writable: place.writable }) };
		});
		const known = joined.map(({ path }: { path?: string }) => path);
		const others = books.filter(({ path }) => !known.includes(path));
		return [...joined, ...others.map(({ path, name, uri, writable }) => ({ path, name, uri, writable }))];
	},
});

const passed = z.looseObject({});
const name = z
	.string()
	.trim()
	.min(1)
	.meta({ title: 'Name', description: 'Name of the address book', placeholder: 'e.g. Suppliers' });

export const create = operation({
	title: 'Create an address book',
	summary: 'Creates an address book, over the web API.',
	call: { api: 'SYNO.Contacts.Addressbook', method: 'create', version: 1 },
	params: z.object({
		name,
		is_public: z
			.boolean()
			.default(false)
			.meta({ title: 'Public', description: 'Whether it is public', advanced: true }),
	}),
	response: (data) => data ?? {},
	result: passed,
	basis: 'inferred',
});

export const get = operation({
	title: 'Get an address book',
	summary: 'Gives one address book as the web API has it.',
	call: { api: 'SYNO.Contacts.Addressbook', method: 'get', version: 1 },
	params: z.object({ addressbook_id }),
	request: ({ addressbook_id: id }) => ({ id }),
	response: (data) => data ?? {},
	result: passed,
	readOnly: true,
	basis: 'inferred',
});

export const update = operation({
	title: 'Rename an address book',
	summary: 'Gives an address book another name, over the web API.',
	call: { api: 'SYNO.Contacts.Addressbook', method: 'set', version: 1 },
	params: z.object({ addressbook_id, name }),
	request: ({ addressbook_id: id, name: text }) => ({ id, name: text }),
	response: (data) => data ?? {},
	result: passed,
	basis: 'inferred',
});

export const deleteBook = operation({
	title: 'Delete an address book',
	summary: 'Deletes an address book and every contact in it, over the web API.',
	call: { api: 'SYNO.Contacts.Addressbook', method: 'delete', version: 1 },
	params: z.object({ addressbook_id }),
	request: ({ addressbook_id: id }) => ({ ids: [id] }),
	response: () => ({ deleted: true }),
	result: z.object({ deleted: z.literal(true) }),
	destructive: true,
	basis: 'inferred',
});

export const share = operation({
	title: 'Share an address book',
	summary: 'Sets who else may use an address book, over the web API, with parameters as you give them.',
	call: { api: 'SYNO.Contacts.Addressbook', method: 'share_addressbook', version: 1 },
	params: z.object({ addressbook_id, parameters: raw }),
	request: ({ addressbook_id: id, parameters }) => ({ id, ...parameters }),
	response: (data) => data ?? {},
	result: passed,
	basis: 'inferred',
});

export const listPrincipals = operation({
	title: 'List possible recipients of a share',
	summary: 'Gives users and groups that an address book can be shared with, as the web API has them.',
	call: { api: 'SYNO.Contacts.Addressbook', method: 'list_principal', version: 1 },
	params: z.object({ parameters: raw }),
	request: ({ parameters }) => parameters,
	response: (data) => data ?? {},
	result: passed,
	readOnly: true,
	basis: 'inferred',
});

export const setDisplay = operation({
	title: 'Show or hide an address book',
	summary: 'Sets whether the web page shows an address book, with parameters as you give them.',
	call: { api: 'SYNO.Contacts.Addressbook', method: 'set_addressbook_display', version: 1 },
	params: z.object({ addressbook_id, parameters: raw }),
	request: ({ addressbook_id: id, parameters }) => ({ id, ...parameters }),
	response: (data) => data ?? {},
	result: passed,
	basis: 'inferred',
});

export const addressBooks = resource('Address Book', {
	list,
	get,
	create,
	update,
	delete: deleteBook,
	share,
	listPrincipals,
	setDisplay,
	export: exportBook,
	import: importBook,
});
