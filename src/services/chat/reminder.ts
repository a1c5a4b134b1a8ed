import { moment } from '../../catalog/fields';
import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { asNumber, channel_id, nothing, post_id, toNothing } from './fields';
import { post } from './post';

export const set = operation({
	title: 'Set a reminder',
	summary: 'Has Chat remind the account of a message.',
	call: { api: 'SYNO.Chat.Post.Reminder', method: 'set', version: 1 },
	params: z.object({
		post_id,
		remind_at: moment().meta({ title: 'Remind At', description: 'When to remind', widget: 'moment' }),
	}),
	request: (given) => ({ ...asNumber(given), remind_at: given.remind_at }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

export const get = operation({
	title: 'Get a reminder',
	summary: 'Says when the account is reminded of a message; 0: never.',
	call: { api: 'SYNO.Chat.Post.Reminder', method: 'get', version: 1 },
	params: z.object({ post_id }),
	request: asNumber,
	result: z.looseObject({ remind_at: z.number() }),
	readOnly: true,
	basis: 'capture',
});

export const list = operation({
	title: 'List reminders',
	summary: 'Lists the messages of a channel of which the account is reminded.',
	call: { api: 'SYNO.Chat.Post.Reminder', method: 'list', version: 1 },
	params: z.object({ channel_id }),
	page: { items: 'posts' },
	result: z.array(post),
	readOnly: true,
	basis: 'capture',
});

const remove = operation({
	title: 'Delete a reminder',
	summary: 'Takes back the reminder of a message.',
	call: { api: 'SYNO.Chat.Post.Reminder', method: 'delete', version: 1 },
	params: z.object({ post_id }),
	request: asNumber,
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'capture',
});

export const reminders = resource('Reminder', { set, get, list, delete: remove });
