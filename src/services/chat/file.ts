import { file, fileAnswer } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { asNumber, channel_id, post_id } from './fields';
import { post } from './post';
import { deliver, letter, sendCalls } from './send';

export const send = procedure({
	title: 'Send a file',
	summary: 'Posts a file to a channel.',
	uses: sendCalls,
	params: z.object({
		channel_id,
		file: file().meta({ title: 'File', description: 'File to send', widget: 'file' }),
		message: z.string().default('').meta({ title: 'Caption', description: 'Text of the message with the file' }),
		mentions: letter.mentions,
	}),
	result: post,
	basis: 'capture',
	run: async ({ channel_id: channel, ...given }, dsm) =>
		await deliver(dsm, { channel_id: channel }, { ...given, part_length: 2000 }),
});

export const download = operation({
	title: 'Download a file',
	summary: 'Gives the file that is attached to a message.',
	call: { api: 'SYNO.Chat.Post.File', method: 'get', version: 2 },
	params: z.object({ post_id }),
	request: asNumber,
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'capture',
});

/** "sm" is the one size that was seen (chat.md 5.5). */
export const thumbnail = operation({
	title: 'Download a thumbnail',
	summary: 'Gives the small picture of an image that is attached to a message.',
	call: { api: 'SYNO.Chat.Post.File', method: 'thumbnail', version: 2 },
	params: z.object({ post_id }),
	request: (given) => ({ ...asNumber(given), type: 'sm' }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'inferred',
});

export const files = resource('File', { send, download, thumbnail });
