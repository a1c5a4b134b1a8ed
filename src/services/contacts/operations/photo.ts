import { Readable } from 'node:stream';
import { DsmApiError, DsmInputError } from '../../core/errors';
import type { Dsm } from '../../core/dsm';
import { z } from '../../vendor/zod';
import { put } from '../../catalog/dav';
import { file, fileAnswer } from '../../catalog/fields';
import { procedure, resource } from '../../catalog/operation';
import { contactRef } from './fields';
import { objectOf, vcard } from './find';
import { cardOf, contact, toContact, type Contact } from './shape';
import { bytesOf } from './transfer';
import { photoOf, withPhoto } from './vcard/edit';
import { textOfCard } from './vcard/lines';

export const get = procedure({
	title: 'Get the photo of a contact',
	summary: 'Gives the photo of a contact as a file, over CardDAV.',
	uses: [],
	dav: ['GET <contact>'],
	params: z.object({ contact: contactRef }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'clients',
	async run(given, dsm) {
		const object = await objectOf(dsm, given.contact);
		const card = cardOf(object);
		const photo = card && photoOf(card);
		const { uid, fullName } = toContact(object);
		if (!photo?.data)
			throw new DsmApiError(
				photo?.url ? `The photo of "${fullName}" lies at ${photo.url}.` : `"${fullName}" has no photo.`,
				{
					httpStatus: 404,
					hint: photo?.url ? 'Fetch it from there.' : 'Set one, or check "hasPhoto" of the contact first.',
				},
			);
		const { type, data } = photo;
		return { name: `${uid}.${type.replace(/^image\//, '')}`, type, size: data.length, stream: Readable.from([data]) };
	},
});

/** Pictures that programs show; what a file is, is seen by its first bytes. */
const KINDS: [type: string, start: RegExp][] = [
	['image/jpeg', /^\xFF\xD8\xFF/],
	['image/png', /^\x89PNG/],
	['image/gif', /^GIF8/],
	['image/webp', /^RIFF[\s\S]{4}WEBP/],
];

export const set = procedure({
	title: 'Set the photo of a contact',
	summary: 'Puts a picture into a contact in place of the one it has, over CardDAV.',
	uses: [],
	dav: ['GET <contact>', 'PUT <contact>, If-Match'],
	params: z.object({
		contact: contactRef,
		file: file().meta({ title: 'Picture', description: 'The picture: JPEG, PNG, GIF or WebP' }),
	}),
	result: contact,
	basis: 'clients',
	async run(given, dsm) {
		const data = await bytesOf(given.file);
		const type = KINDS.find(([, start]) => start.test(data.toString('latin1', 0, 12)))?.[0];
		if (type) return await withNewPhoto(dsm, given.contact, { type, data });
		throw new DsmInputError(`"${given.file.name}" is not a picture (JPEG, PNG, GIF or WebP).`, {
			path: ['file'],
			hint: 'Convert it first.',
		});
	},
});

export const remove = procedure({
	title: 'Remove the photo of a contact',
	summary: 'Takes the photo out of a contact, over CardDAV.',
	uses: [],
	dav: ['GET <contact>', 'PUT <contact>, If-Match'],
	params: z.object({ contact: contactRef }),
	result: contact,
	destructive: true,
	basis: 'clients',
	run: async (given, dsm) => await withNewPhoto(dsm, given.contact, undefined),
});

async function withNewPhoto(dsm: Dsm, given: string, photo: Parameters<typeof withPhoto>[1]): Promise<Contact> {
	const object = await objectOf(dsm, given);
	const card = cardOf(object);
	if (!card) throw new DsmInputError('The card of this contact cannot be read.', { path: ['contact'] });
	if (!photo && !photoOf(card)) return toContact(object);
	const data = textOfCard(withPhoto(card, photo));
	return toContact({
		path: object.path,
		data,
		etag: await put(dsm, object.path, data, { ...vcard, etag: object.etag }),
	});
}

export const photos = resource('Photo', { get, set, remove });
