import { moment } from '../../../catalog/fields';
import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channel_id, post_id, postNumber } from '../fields';
import * as wire from '../wire/postDetails';

const set = operation({
	title: 'Set a reminder',
	summary: 'Has Chat remind the account of a message.',
	call: wire.setReminder,
	params: z.object({
		post_id,
		remind_at: moment().meta({ title: 'Remind At', description: 'When to remind', widget: 'moment' }),
	}),
	request: (given) => ({ ...postNumber(given), remind_at: given.remind_at }),
});

const get = operation({
	title: 'Get a reminder',
	summary: 'Says when the account is reminded of a message; empty: never.',
	call: wire.getReminder,
	params: z.object({ post_id }),
	request: postNumber,
});

const list = operation({
	title: 'List reminders',
	summary: 'Lists the messages of a channel that the account is reminded of.',
	call: wire.listReminders,
	params: z.object({ channel_id }),
});

const remove = operation({
	title: 'Delete a reminder',
	summary: 'Deletes the reminder of a message.',
	call: wire.deleteReminder,
	params: z.object({ post_id }),
	request: postNumber,
	destructive: true,
	deletes: true,
});

export const reminders = resource('Reminder', { set, get, list, delete: remove });
