import { field, row, uncaptured } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

/** Members are numbers on some releases and objects on others (chat.md 17). */
const memberIds = z.preprocess((value) => (value === null ? [] : value), z.array(z.preprocess(memberId, field.id())));

function memberId(value: unknown): unknown {
	return typeof value === 'object' && value !== null && 'user_id' in value ? value.user_id : value;
}

/** A channel or conversation (chat.md 4.2). */
export const channel = row(
	{
		channel_id: field.id(),
		/** Empty for conversations; the API for bots gives `false` for such (chat.md 4.1). */
		name: z.preprocess((value) => (value === false ? '' : value), field.text()).optional(),
		type: field.text().optional(),
		purpose: field.text().optional(),
		creator_id: field.id().optional(),
		members: memberIds.optional(),
		total_member_count: field.number().optional(),
		is_joined: field.flag().optional(),
		encrypted: field.flag().optional(),
		create_at: field.milliseconds().optional(),
		/** Of the newest message in the main timeline; replies do not move it. */
		last_post_at: field.millisecondsOrNever().optional(),
		last_view_at: field.millisecondsOrNever().optional(),
		/** For the account. */
		unread: field.number().optional(),
	},
	{
		simple: [
			'channel_id',
			'label',
			'name',
			'type',
			'purpose',
			'total_member_count',
			'is_joined',
			'encrypted',
			'last_post_at',
			'unread',
		],
	},
);
export type Channel = z.output<typeof channel>;

/** Some releases wrap what they give of one channel, others do not (chat.md 4.3). */
const oneChannel = z.preprocess(
	(data) => (typeof data === 'object' && data !== null && 'channel' in data ? data.channel : data),
	channel,
);

export const listChannels = call('SYNO.Chat.Channel', 'list', 5, {
	list: 'channels',
	of: channel,
	basis: 'capture',
	source: 'chat.md 4.2',
	readOnly: true,
});

export const getChannel = call('SYNO.Chat.Channel', 'get', 5, {
	answer: oneChannel,
	basis: 'capture',
	source: 'chat.md 4.3',
	readOnly: true,
});

/** Version 2 where the sources use it: versions 3 and 4 lack the methods (chat.md 14). */
export const viewChannel = repeatable(
	call('SYNO.Chat.Channel', 'view', 2, { basis: 'capture', source: 'chat.md 4.4' }),
);
export const archiveChannel = repeatable(
	call('SYNO.Chat.Channel', 'archive', 2, { basis: 'capture', source: 'chat.md 4.4' }),
	{ done: [] },
);
export const closeChannel = repeatable(
	call('SYNO.Chat.Channel', 'close', 5, { basis: 'capture', source: 'chat.md 4.4' }),
	{ done: [] },
);
export const hideChannel = repeatable(
	call('SYNO.Chat.Channel', 'hide', 2, { basis: 'inferred', source: 'chat.md 4.4' }),
);
export const starChannel = repeatable(
	call('SYNO.Chat.Channel', 'star', 2, { basis: 'inferred', source: 'chat.md 4.4' }),
);
export const unstarChannel = repeatable(
	call('SYNO.Chat.Channel', 'unstar', 2, { basis: 'inferred', source: 'chat.md 4.4' }),
);

/** `type` is required, and `member_ids` is answered with the misleading 119. */
export const createChannel = call('SYNO.Chat.Channel.Named', 'create', 1, {
	answer: oneChannel,
	basis: 'capture',
	source: 'chat.md 4.5',
});
export const joinChannel = repeatable(
	call('SYNO.Chat.Channel.Named', 'join', 1, { basis: 'capture', source: 'chat.md 4.5' }),
	{ done: [] },
);
export const leaveChannel = repeatable(
	call('SYNO.Chat.Channel.Named', 'disjoin', 1, { basis: 'capture', source: 'chat.md 4.5' }),
	{ done: [401] },
);
export const inviteToChannel = repeatable(
	call('SYNO.Chat.Channel.Named', 'invite', 1, {
		basis: 'capture',
		source: 'chat.md 4.5',
	}),
);
export const kickFromChannel = repeatable(
	call('SYNO.Chat.Channel.Named', 'kick', 1, {
		basis: 'inferred',
		source: 'chat.md 4.5',
	}),
	{ done: [] },
);
export const setChannel = repeatable(
	call('SYNO.Chat.Channel.Named', 'set', 1, { basis: 'inferred', source: 'chat.md 4.5' }),
);

/** Only the others are named: a list that begins with anyone but the caller is answered 117. The same people give the same one. */
export const initiateConversation = repeatable(
	call('SYNO.Chat.Channel.Anonymous', 'initiate', 2, {
		answer: oneChannel,
		basis: 'capture',
		source: 'chat.md 4.6',
	}),
);
export const promoteConversation = call('SYNO.Chat.Channel.Anonymous', 'promote', 2, {
	basis: 'inferred',
	source: 'chat.md 4.6',
});

/** Those who lack a key of an encrypted channel are among both. */
export const getMembers = call('SYNO.Chat.Channel.Member', 'get', 1, {
	answer: row({ user_ids: z.array(field.id()), broken_user_ids: z.array(field.id()).optional() }),
	basis: 'capture',
	source: 'chat.md 4.7',
	readOnly: true,
});

/** Names and values were not captured. */
export const getPreferences = call('SYNO.Chat.Channel.Preference', 'get', 3, {
	answer: uncaptured,
	basis: 'capture',
	source: 'chat.md 4.7',
	readOnly: true,
});
export const setPreferences = repeatable(
	call('SYNO.Chat.Channel.Preference', 'set', 3, {
		basis: 'inferred',
		source: 'chat.md 4.7',
	}),
);

/** Without any parameter the answer is 101: which ones it wants was not captured, so a page is asked for. */
export const listArchived = call('SYNO.Chat.Archive', 'list', 1, {
	list: 'channels',
	of: channel,
	page: 500,
	basis: 'inferred',
	source: 'chat.md 4.7',
	readOnly: true,
});
