import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { asNumber, channel_id, nothing, post_id, toNothing } from './fields';
import { namesIn } from './loose';

const listCall = { api: 'SYNO.Chat.Channel.Hashtag', method: 'list', version: 1 } as const;

const hashtag = z
	.string()
	.transform((text) => text.replace(/^#/, ''))
	.pipe(z.string().min(1))
	.meta({ title: 'Hashtag', description: 'Hashtag, with or without #', placeholder: 'e.g. release' });

/** The shape of the answer was not captured. */
export const list = procedure({
	title: 'List hashtags',
	summary: 'Lists the hashtags that are used in a channel.',
	uses: [listCall],
	params: z.object({ channel_id }),
	result: z.array(z.looseObject({ hashtag: z.string() })),
	readOnly: true,
	basis: 'inferred',
	run: async (given, dsm) =>
		namesIn(await dsm.call(listCall, given), ['hashtag', 'name']).map((name) => ({ hashtag: name.replace(/^#/, '') })),
});

const marking = (method: string, title: string, summary: string) =>
	operation({
		title,
		summary,
		call: { api: 'SYNO.Chat.Post.Hashtag', method, version: 1 },
		params: z.object({ post_id, hashtag }),
		request: (given) => ({ ...asNumber(given), hashtag: given.hashtag }),
		response: toNothing,
		result: nothing,
		basis: 'inferred',
	});

export const set = marking('set', 'Add a hashtag', 'Puts a hashtag on a message.');
const remove = marking('delete', 'Remove a hashtag', 'Takes a hashtag from a message.');

export const hashtags = resource('Hashtag', { list, set, delete: remove });
