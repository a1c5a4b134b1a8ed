import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FileAnswer, FileSource } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { z } from '../../vendor/zod';
import { allObjects, isStatus, objectAt, put, type DavObject } from '../../catalog/dav';
import { file, fileAnswer } from '../../catalog/fields';
import { procedure } from '../../catalog/operation';
import { book, contactRefs, ownBook } from './fields';
import { bookAt, matching, objectOf, pathIn, vcard } from './find';
import { cardOf, toContact } from './shape';
import { contactOf } from './vcard/contact';
import { withUid } from './vcard/edit';
import { readFile } from './vcard/file';
import { textOfCard, type Card } from './vcard/lines';
import { toVersion4 } from './vcard/versions';

const version = z
	.enum(['3.0', '4.0'])
	.default('3.0')
	.meta({ title: 'vCard Version', description: 'Version of the file: 3.0 is read by nearly every program' });

/** What cannot be read goes out as it is. */
function fileOf(objects: DavObject[], wanted: '3.0' | '4.0', name: string): FileAnswer {
	const texts = objects.map((object) => {
		const card = cardOf(object);
		return card && wanted === '4.0' ? textOfCard(toVersion4(card)) : object.data.replace(/\s*$/, '\r\n');
	});
	const bytes = Buffer.from(texts.join(''));
	return { name, type: 'text/vcard', size: bytes.length, stream: Readable.from([bytes]) };
}

export const exportContacts = procedure({
	title: 'Export contacts',
	summary: 'Gives contacts as one vCard file, over CardDAV.',
	uses: [],
	dav: ['GET <contact>'],
	params: z.object({ contacts: contactRefs, version }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'clients',
	async run(given, dsm) {
		const objects = await Promise.all(given.contacts.map(async (one) => await objectOf(dsm, one)));
		return fileOf(objects, given.version, 'contacts.vcf');
	},
});

export const exportBook = procedure({
	title: 'Export an address book',
	summary: 'Gives all contacts of an address book as one vCard file, over CardDAV.',
	uses: [],
	dav: ['PROPFIND <book>', 'REPORT <book> addressbook-multiget'],
	params: z.object({ book, version }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'clients',
	async run(given, dsm) {
		const { path, name } = await bookAt(dsm, given.book);
		return fileOf(await allObjects(dsm, 'carddav', path), given.version, `${name.replace(/[\\/:*?"<>|]/g, '_')}.vcf`);
	},
});

const imported = z.object({
	uid: z.string(),
	fullName: z.string(),
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
	params: z.object({
		file: file().meta({ title: 'File', description: 'The vCard file' }),
		book: ownBook,
		existing: z
			.enum(['skip', 'replace'])
			.default('skip')
			.meta({
				title: 'When It Exists',
				description: 'What happens to a contact whose UID is in the address book already',
				labels: { skip: 'Skip', replace: 'Replace' },
			}),
		dryRun: z
			.boolean()
			.default(false)
			.meta({ title: 'Dry Run', description: 'Whether only to read the file and tell what is in it', advanced: true }),
	}),
	result: z.object({ imported: z.array(imported), refused: z.array(refused) }),
	basis: 'clients',
	async run(given, dsm) {
		const { path } = await bookAt(dsm, given.book);
		const { cards, broken } = readFile(await bytesOf(given.file));
		const result = { imported: [] as Imported[], refused: [...broken] };
		for (const one of cards) {
			const uid = contactOf(one).uid || randomUUID();
			const card = contactOf(one).uid === '' ? withUid(one, uid) : one;
			try {
				const action = given.dryRun ? 'skipped' : await imports(dsm, path, card, uid, given.existing);
				result.imported.push({ uid, fullName: contactOf(card).fullName, path: pathIn(path, uid), action });
			} catch (error) {
				// A refusal of one card is told with it; what would meet all of them ends the import.
				if (!isDsmError(error) || !isStatus(error, 409, 412, 413, 415)) throw error;
				result.refused.push({ line: one.at, reason: error.message, text: textOfCard(one) });
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

/** A whole file in memory: address books and pictures are small. */
export async function bytesOf({ open }: FileSource): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of await open()) chunks.push(chunk);
	return Buffer.concat(chunks);
}
