import { fileAnswer, namedFile } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channel_id, post_id, postNumber } from '../fields';
import { deliver, letter, sendCalls, sentPost } from '../lib/send';
import { onePost } from '../lib/readPosts';
import { getFile, getThumbnail, listPosts } from '../wire/posts';

const send = procedure({
	title: 'Send a file',
	summary: 'Posts a file to a channel.',
	uses: sendCalls,
	params: z.object({
		channel_id,
		file: namedFile().meta({ title: 'File', description: 'File to send', widget: 'file' }),
		message: z.string().default('').meta({ title: 'Caption', description: 'Text of the message with the file' }),
		mentions: letter.mentions,
		part_length: letter.part_length,
	}),
	result: sentPost,
	run: async ({ channel_id: channel, ...given }, dsm) => await deliver(dsm, { channel_id: channel }, given),
});

const download = operation({
	title: 'Download a file',
	summary: 'Gives the file that is attached to a message.',
	call: getFile,
	params: z.object({ post_id }),
	request: postNumber,
	size: {
		uses: [listPosts],
		look: async (given, dsm) => (await onePost(dsm, Number(given.post_id)))?.file_size,
	},
	result: fileAnswer(),
	returns: 'file',
});

/** "sm" is the one size that was seen (chat.md 5.5). */
const downloadThumbnail = operation({
	title: 'Download a thumbnail',
	summary: 'Gives the small picture of an image that is attached to a message.',
	call: getThumbnail,
	params: z.object({ post_id }),
	request: (given) => ({ ...postNumber(given), type: 'sm' }),
	result: fileAnswer(),
	returns: 'file',
});

export const files = resource('File', { send, download, downloadThumbnail });
