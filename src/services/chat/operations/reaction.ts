import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { post_id, postNumber } from '../fields';
import { deleteReaction, listStickers, setReaction } from '../wire/postDetails';

const sticker_name = z.string().min(1).meta({
	title: 'Reaction',
	description: 'Short name of an emoji or sticker',
	placeholder: 'e.g. thumbsup',
});

const request = (given: { post_id: string; sticker_name: string }) => ({
	...postNumber(given),
	sticker_name: given.sticker_name.replaceAll(':', ''),
});

const add = operation({
	title: 'Add a reaction',
	summary: 'Reacts to a message.',
	call: setReaction,
	params: z.object({ post_id, sticker_name }),
	request,
});

/** Not destructive: the same reaction can be added again. */
const remove = operation({
	title: 'Remove a reaction',
	summary: 'Takes back a reaction of the account to a message.',
	call: deleteReaction,
	params: z.object({ post_id, sticker_name }),
	request,
});

/** Standard emoji short names are valid as well (chat.md 5.10). */
const list = operation({
	title: 'List available reactions',
	summary: 'Lists the names of the stickers of this NAS; the usual emoji names work as well.',
	call: listStickers,
	params: z.object({}),
});

export const reactions = resource('Reaction', { add, remove, list });
