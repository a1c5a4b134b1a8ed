import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channel_id, post_id, postNumber } from '../fields';
import { deleteHashtag, listHashtags, setHashtag } from '../wire/postDetails';

const hashtag = z
	.string()
	.transform((text) => text.replace(/^#/, ''))
	.pipe(z.string().min(1))
	.meta({ title: 'Hashtag', description: 'Hashtag, with or without #', placeholder: 'e.g. release' });

const list = operation({
	title: 'List hashtags',
	summary: 'Lists the hashtags that are used in a channel.',
	call: listHashtags,
	params: z.object({ channel_id }),
});

const add = operation({
	title: 'Add a hashtag',
	summary: 'Adds a hashtag to a message.',
	call: setHashtag,
	params: z.object({ post_id, hashtag }),
	request: (given) => ({ ...postNumber(given), hashtag: given.hashtag }),
});

/** Not destructive: the same hashtag can be added again. */
const remove = operation({
	title: 'Remove a hashtag',
	summary: 'Removes a hashtag from a message.',
	call: deleteHashtag,
	params: z.object({ post_id, hashtag }),
	request: (given) => ({ ...postNumber(given), hashtag: given.hashtag }),
});

export const hashtags = resource('Hashtag', { list, add, remove });
