import { operation, resource } from '../operation';
import { z } from '../../vendor/zod';
import { asNumber, nothing, post_id, toNothing } from './fields';

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

export const reactions = resource('Reaction', { set, delete: remove });
