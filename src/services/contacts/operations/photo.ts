import type { DavObject } from '../../../catalog/dav';
import { davOperation } from '../../../catalog/davOperation';
import { file, fileAnswer } from '../../../catalog/fields';
import { procedure, resource } from '../../../catalog/operation';
import type { FileAnswer, FileSource } from '../../../core/call';
import { DsmApiError, DsmInputError } from '../../../core/errors';
import { streamOf } from '../../../platform';
import { z } from '../../../vendor/zod';
import { contactRef } from '../fields';
import { bytesOf } from '../lib/cardFile';
import { cardOf, contact, toContact } from '../lib/contactRow';
import { withPhoto } from '../lib/vcard/edit';
import type { Card } from '../lib/vcard/lines';
import { photoOf } from '../lib/vcard/photo';
import { changeCard, readCard } from '../wire/dav';

function photoFile(object: DavObject): FileAnswer {
	const card = cardOf(object);
	const photo = card && photoOf(card);
	const { uid, full_name } = toContact(object);
	if (!photo?.data)
		throw new DsmApiError(
			photo?.url ? `The photo of "${full_name}" lies at ${photo.url}.` : `"${full_name}" has no photo.`,
			{
				httpStatus: 404,
				hint: photo?.url
					? 'Fetch it from there; nothing of this connection is sent to it.'
					: 'Set one, or check "has_photo" of the contact first.',
			},
		);
	const { type, data } = photo;
	return { name: `${uid}.${type.replace(/^image\//, '')}`, type, size: data.length, stream: streamOf([data]) };
}

export const get = davOperation({
	title: 'Get the photo of a contact',
	summary: 'Gives the photo of a contact as a file, over CardDAV.',
	ask: readCard,
	params: z.object({ contact: contactRef }),
	response: photoFile,
	result: fileAnswer(),
	returns: 'file',
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
	summary: 'Puts a picture, or the address of one, into a contact in place of the one it has, over CardDAV.',
	uses: [],
	dav: changeCard.requests,
	source: 'contacts.md 8.2',
	params: z.object({
		contact: contactRef,
		file: file()
			.optional()
			.meta({ title: 'Picture', description: 'The picture: JPEG, PNG, GIF or WebP', widget: 'file' }),
		url: z
			.url({ protocol: /^https?$/ })
			.optional()
			.meta({
				title: 'Address',
				description: 'Address of a picture that lies elsewhere, instead of a file; it is written as it is',
				placeholder: 'e.g. https://www.example.com/bob.jpg',
				advanced: true,
			}),
	}),
	result: contact,
	// The picture it had is lost.
	destructive: true,
	basis: changeCard.basis,
	async run(given, dsm) {
		const photo = given.url === undefined ? await pictureOf(given.file) : { url: addressOf(given.url, given.file) };
		const change = (card: Card) => withPhoto(card, photo);
		return toContact(await changeCard.ask(dsm, { contact: given.contact, change }));
	},
});

async function pictureOf(given: FileSource | undefined): Promise<{ type: string; data: Buffer }> {
	if (!given) throw new DsmInputError('Give a picture, or the address of one.', { path: ['file'] });
	const data = await bytesOf(given);
	const type = KINDS.find(([, start]) => start.test(data.toString('latin1', 0, 12)))?.[0];
	if (type) return { type, data };
	throw new DsmInputError(`"${given.name}" is not a picture (JPEG, PNG, GIF or WebP).`, {
		path: ['file'],
		hint: 'Convert it first.',
	});
}

/** Whoever reads the contact reads the address, and every program of theirs asks for it. */
function addressOf(url: string, picture: FileSource | undefined): string {
	const { username, password } = new URL(url);
	if (picture) throw new DsmInputError('Give either a picture or the address of one.', { path: ['url'] });
	if (username === '' && password === '') return url;
	throw new DsmInputError('The address of a photo must not hold a user name or password.', { path: ['url'] });
}

export const remove = davOperation({
	title: 'Remove the photo of a contact',
	summary: 'Takes the photo out of a contact, over CardDAV.',
	ask: changeCard,
	params: z.object({ contact: contactRef }),
	request: ({ contact: at }) => ({ contact: at, change: (card) => withPhoto(card, undefined) }),
	response: toContact,
	result: contact,
	destructive: true,
});

export const photos = resource('Photo', { get, set, remove });
