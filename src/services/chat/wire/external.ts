import { field } from '../../../catalog/row';
import { call } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { channel } from './channels';
import { post } from './posts';
import { user } from './users';

/** The calls that a token opens, without a session (chat.md 8). */
export const postByWebhook = call('SYNO.Chat.External', 'incoming', 2, { basis: 'guide', source: 'chat.md 8' });

/** Ids come as numbers or texts, and a failure may hide in a success. */
export const sendAsBot = call('SYNO.Chat.External', 'chatbot', 2, {
	answer: z.preprocess(
		(data) => data ?? {},
		z.looseObject({
			fail: z.unknown().optional(),
			succ: z.looseObject({ user_id_post_map: z.record(z.string(), field.id()).nullish() }).nullish(),
		}),
	),
	basis: 'clients',
	source: 'chat.md 8',
});

export const listBotUsers = call('SYNO.Chat.External', 'user_list', 2, {
	list: 'users',
	of: user,
	basis: 'clients',
	source: 'chat.md 8',
	readOnly: true,
});

export const listBotChannels = call('SYNO.Chat.External', 'channel_list', 2, {
	list: 'channels',
	of: channel,
	basis: 'clients',
	source: 'chat.md 8',
	readOnly: true,
});

export const listBotPosts = call('SYNO.Chat.External', 'post_list', 2, {
	list: 'posts',
	of: post,
	basis: 'clients',
	source: 'chat.md 8',
	readOnly: true,
});

export const getBotFile = call('SYNO.Chat.External', 'post_file_get', 2, {
	basis: 'clients',
	source: 'chat.md 8',
	readOnly: true,
});
