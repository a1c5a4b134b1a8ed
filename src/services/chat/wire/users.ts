import { field, row, uncaptured } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

/** A user of Chat (chat.md 6). */
export const user = row(
	{
		user_id: field.id(),
		username: field.text().optional(),
		nickname: field.text().optional(),
		email: field.text().optional(),
		description: field.text().optional(),
		type: field.text().optional(),
		status: field.text().optional(),
		deleted: field.flag().optional(),
		is_disabled: field.flag().optional(),
	},
	{ lift: ['user_props'] },
);
export type User = z.output<typeof user>;

export const listUsers = call('SYNO.Chat.User', 'list', 3, {
	list: 'users',
	of: user,
	basis: 'clients',
	source: 'chat.md 6',
	readOnly: true,
});

/** Without an id the caller, by inference. Some releases wrap the user, others do not. */
export const getUser = call('SYNO.Chat.User', 'get', 3, {
	answer: z.preprocess(
		(data) => (typeof data === 'object' && data !== null && 'user' in data ? data.user : data),
		user,
	),
	basis: 'capture',
	source: 'chat.md 6',
	readOnly: true,
});

export const setUser = repeatable(call('SYNO.Chat.User', 'set', 2, { basis: 'inferred', source: 'chat.md 6' }));
export const setStatus = repeatable(
	call('SYNO.Chat.User.Status', 'set', 1, { basis: 'inferred', source: 'chat.md 6' }),
);
export const clearStatus = repeatable(
	call('SYNO.Chat.User.Status', 'clear', 1, { basis: 'inferred', source: 'chat.md 6' }),
);

export const getAvatar = call('SYNO.Chat.User.Avatar', 'get', 1, {
	basis: 'inferred',
	source: 'chat.md 6',
	readOnly: true,
});

export const getSettings = call('SYNO.Chat.Admin.Setting', 'get', 5, {
	answer: row({
		allow_edit_message: field.flag().optional(),
		/** Minutes; 0: no limit. */
		allow_edit_message_time_within_min: field.number().optional(),
	}),
	basis: 'capture',
	source: 'chat.md 5.6',
	readOnly: true,
});

/** The shape of the answer was not captured. */
export const listApps = call('SYNO.Chat.App', 'list', 1, {
	answer: uncaptured,
	basis: 'inferred',
	source: 'chat.md 6',
	readOnly: true,
});
