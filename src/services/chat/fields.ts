import { id, textId } from '../../catalog/fields';
import { z } from '../../vendor/zod';

/** Post ids are `channel_id * 2^32 + n` (chat.md 1.3). */
const CHANNEL_SPAN = 2 ** 32;

/** 64-bit id in digits. A missing id would otherwise become the text "undefined". */
const digits = () => textId().regex(/^\d+$/, 'is not an ID (digits only)');

/** Channel that a post lies in, read from its id. */
export const channelOf = (post_id: string | number): number => Math.floor(Number(post_id) / CHANNEL_SPAN);

/** Lowest id that a post of a channel can have: the anchor for "from the beginning". */
export const firstPostOf = (channel_id: number): number => channel_id * CHANNEL_SPAN + 1;

/** Lists of channels and users, and what people call these. */
export const CHANNELS = {
	choices: { from: 'chat.channel.list', value: 'channel_id', label: 'label', names: ['name'] },
	by: { name: 'e.g. General', id: 'e.g. 42' },
};
export const USERS = {
	choices: { from: 'chat.user.list', value: 'user_id', label: 'label', names: ['username', 'nickname', 'email'] },
	by: { name: 'e.g. bob', id: 'e.g. 7' },
};

/** The same for operations that look up names of users themselves. */
export const NAMED_USERS = { from: 'chat.user.list', value: 'user_id', label: 'label' };

export const channel_id = id().meta({
	title: 'Channel',
	description: 'Channel or conversation to work in',
	widget: 'picker',
	...CHANNELS,
});

export const user_id = id().meta({
	title: 'User',
	description: 'User of Chat',
	widget: 'picker',
	...USERS,
});

export const channel_name = z
	.string()
	.min(1)
	.regex(/^\S+$/, 'has a space, which Chat refuses in channel names')
	.meta({ title: 'Name', description: 'Name of the channel, without spaces', placeholder: 'e.g. release' });

interface Described {
	title: string;
	description: string;
	advanced?: true;
}

const picked = (kind: 'channel' | 'user', described: Described) => ({
	...described,
	widget: 'picker' as const,
	...(kind === 'channel' ? CHANNELS : USERS),
});

/** Several channels or users, at least one. */
export const some = (kind: 'channel' | 'user', described: Described) =>
	z.array(id()).min(1).meta(picked(kind, described));

/** Several channels or users; none has a meaning of its own. */
export const anyOf = (kind: 'channel' | 'user', described: Described) =>
	z.array(id()).default([]).meta(picked(kind, described));

export const user_ids = some('user', { title: 'Users', description: 'Users of Chat' });

/** Messages are found by their words, the newest first. */
const MESSAGES = {
	widget: 'picker' as const,
	choices: { from: 'chat.message.search', value: 'post_id', label: 'text', search: 'keyword' },
	by: { id: 'e.g. 309237645323' },
};

/** A message by its ID alone: what goes with the token of a bot can search for none. */
export const messageId = () =>
	digits().meta({
		title: 'Message ID',
		description: 'ID of the message, as sending and listing give it',
		placeholder: 'e.g. 309237645323',
	});

export const post_id = messageId().meta(MESSAGES);

export const thread_id = digits().meta({
	title: 'Thread',
	description: 'ID of the message that starts the thread',
	...MESSAGES,
});

export const message = z.string().min(1).meta({
	title: 'Message',
	description: 'Text of the message; a link with a label is written <https://example.com|label>',
	widget: 'multiline',
});

/** Parameter that is on or off. */
export const flag = (title: string, description: string, value = false) =>
	z.boolean().default(value).meta({ title, description, advanced: true });

/** Post ids go out as text, which no host rounds, and go in as numbers, which stay exact below 2^53. */
export const postNumber = ({ post_id: text }: { post_id: string }) => ({ post_id: Number(text) });
