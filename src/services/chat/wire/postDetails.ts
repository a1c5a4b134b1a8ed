import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { choice, post } from './posts';
import { namesIn } from './unknown';

/** Choices go as objects, options as an object: choices as texts are answered 101, options as JSON text 117. */
export const createPoll = call('SYNO.Chat.Post.Vote', 'create', 1, {
	answer: post,
	basis: 'capture',
	source: 'chat.md 5.9',
});

/** The ids of the choices must be texts in an array (chat.md 1.2); none of them withdraws the vote by inference. */
export const vote = repeatable(call('SYNO.Chat.Post.Vote', 'vote', 1, { basis: 'capture', source: 'chat.md 5.9' }));

export const getChoices = call('SYNO.Chat.Post.Vote', 'get_choices', 1, {
	list: 'choices',
	of: choice,
	basis: 'capture',
	source: 'chat.md 5.9',
	readOnly: true,
});

export const createChoice = call('SYNO.Chat.Post.Vote', 'create_option', 1, {
	basis: 'inferred',
	source: 'chat.md 5.9',
});
export const closePoll = repeatable(
	call('SYNO.Chat.Post.Vote', 'close', 1, { basis: 'inferred', source: 'chat.md 5.9' }),
	{ done: [] },
);
export const deletePoll = repeatable(
	call('SYNO.Chat.Post.Vote', 'delete', 1, { basis: 'inferred', source: 'chat.md 5.9' }),
	{ done: [] },
);

export const setReaction = repeatable(
	call('SYNO.Chat.Post.Reaction', 'set', 1, { basis: 'capture', source: 'chat.md 5.10' }),
);
export const deleteReaction = repeatable(
	call('SYNO.Chat.Post.Reaction', 'delete', 1, {
		basis: 'inferred',
		source: 'chat.md 5.10',
	}),
);

/** The shape of the answer was not captured: the names in it. */
export const listStickers = call('SYNO.Chat.Sticker', 'list', 2, {
	answer: z.preprocess(
		(data) => namesIn(data, ['sticker_name', 'name']).map((sticker_name) => ({ sticker_name })),
		z.array(row({ sticker_name: field.text() })),
	),
	basis: 'inferred',
	source: 'chat.md 5.10',
	readOnly: true,
});

export const setHashtag = repeatable(
	call('SYNO.Chat.Post.Hashtag', 'set', 1, { basis: 'inferred', source: 'chat.md 5.13' }),
);
export const deleteHashtag = repeatable(
	call('SYNO.Chat.Post.Hashtag', 'delete', 1, { basis: 'inferred', source: 'chat.md 5.13' }),
);

/** The shape of the answer was not captured: the names in it. */
export const listHashtags = call('SYNO.Chat.Channel.Hashtag', 'list', 1, {
	answer: z.preprocess(
		(data) => namesIn(data, ['hashtag', 'name']).map((name) => ({ hashtag: name.replace(/^#/, '') })),
		z.array(row({ hashtag: field.text() })),
	),
	basis: 'inferred',
	source: 'chat.md 4.7',
	readOnly: true,
});

export const setReminder = repeatable(
	call('SYNO.Chat.Post.Reminder', 'set', 1, { basis: 'capture', source: 'chat.md 5.11' }),
);
export const deleteReminder = repeatable(
	call('SYNO.Chat.Post.Reminder', 'delete', 1, {
		basis: 'capture',
		source: 'chat.md 5.11',
	}),
	{ done: [] },
);

export const getReminder = call('SYNO.Chat.Post.Reminder', 'get', 1, {
	answer: row({ remind_at: field.millisecondsOrNever() }),
	basis: 'capture',
	source: 'chat.md 5.11',
	readOnly: true,
});

export const listReminders = call('SYNO.Chat.Post.Reminder', 'list', 1, {
	list: 'posts',
	of: post,
	basis: 'capture',
	source: 'chat.md 5.11',
	readOnly: true,
});

/** A message that is to be sent later. */
export const scheduled = row({
	cronjob_id: field.id(),
	channel_id: field.id().optional(),
	message: field.text().optional(),
	send_at: field.milliseconds().optional(),
});

export const createScheduled = call('SYNO.Chat.Post.Schedule', 'create', 1, {
	answer: scheduled,
	basis: 'capture',
	source: 'chat.md 5.12',
});
export const setScheduled = repeatable(
	call('SYNO.Chat.Post.Schedule', 'set', 1, { basis: 'inferred', source: 'chat.md 5.12' }),
);
export const deleteScheduled = repeatable(
	call('SYNO.Chat.Post.Schedule', 'delete', 1, {
		basis: 'capture',
		source: 'chat.md 5.12',
	}),
	{ done: [] },
);

export const listScheduled = call('SYNO.Chat.Post.Schedule', 'list', 1, {
	list: 'schedule_posts',
	of: scheduled,
	basis: 'capture',
	source: 'chat.md 5.12',
	readOnly: true,
});

/** Versions of this API are not cumulative: following is in the first only, reading in the second only (chat.md 14). */
export const followThread = repeatable(
	call('SYNO.Chat.Post.Subscribe', 'create', 1, {
		basis: 'inferred',
		source: 'chat.md 5.13',
	}),
);
export const unfollowThread = repeatable(
	call('SYNO.Chat.Post.Subscribe', 'delete', 1, {
		basis: 'inferred',
		source: 'chat.md 5.13',
	}),
);
export const viewThread = repeatable(
	call('SYNO.Chat.Post.Subscribe', 'view', 2, { basis: 'clients', source: 'chat.md 5.13' }),
);
