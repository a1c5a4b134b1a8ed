import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { asNumber, nothing, post_id, toNothing } from './fields';
import { namesIn } from './loose';

const sticker_name = z.string().min(1).meta({
	title: 'Reaction',
	description: 'Short name of an emoji or sticker',
	placeholder: 'e.g. thumbsup',
});

const request = (given: { post_id: string; sticker_name: string }) => ({
	...asNumber(given),
	sticker_name: given.sticker_name.replaceAll(':', ''),
});

export const set = operation({
	title: 'Add a reaction',
	summary: 'Reacts to a message.',
	call: { api: 'SYNO.Chat.Post.Reaction', method: 'set', version: 1 },
	params: z.object({ post_id, sticker_name }),
	request,
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

const remove = operation({
	title: 'Remove a reaction',
	summary: 'Takes back an own reaction to a message.',
	call: { api: 'SYNO.Chat.Post.Reaction', method: 'delete', version: 1 },
	params: z.object({ post_id, sticker_name }),
	request,
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

const stickerList = { api: 'SYNO.Chat.Sticker', method: 'list', version: 2 } as const;

/** The shape of the answer was not captured. Standard emoji short names are valid as well (chat.md 5.10). */
export const list = procedure({
	title: 'List reactions',
	summary: 'Lists the names of the stickers of this NAS; the usual emoji names work as well.',
	uses: [stickerList],
	params: z.object({}),
	result: z.array(z.looseObject({ sticker_name: z.string() })),
	readOnly: true,
	basis: 'inferred',
	run: async (_given, dsm) =>
		namesIn(await dsm.call(stickerList), ['sticker_name', 'name']).map((name) => ({ sticker_name: name })),
});

export const reactions = resource('Reaction', { set, delete: remove, list });
