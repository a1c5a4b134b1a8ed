import { DsmApiError } from '../../core/errors';
import { operation, procedure, resource } from '../operation';
import { z } from '../../vendor/zod';
import { user_id } from './fields';
import type { WireUser } from './people';
import { labelOf, ownId, userList, usersOf } from './people';

/** A user of Chat (chat.md 6). `email` and `label` are made here. */
export const user = z.looseObject({
	user_id: z.number(),
	username: z.string().optional(),
	nickname: z.string().optional(),
	email: z.string().optional(),
	label: z.string().optional(),
});

export const shown = (row: WireUser) => ({ ...row, email: row.user_props?.email ?? '', label: labelOf(row) });

export const list = procedure({
	title: 'List users',
	summary: 'Lists the users of Chat.',
	uses: [userList],
	params: z.object({
		all: z.boolean().default(false).meta({
			title: 'Include Disabled',
			description: 'Whether disabled and deleted users are listed too',
			advanced: true,
		}),
	}),
	result: z.array(user),
	readOnly: true,
	basis: 'clients',
	async run(given, dsm) {
		const users = usersOf(await dsm.call(userList, {}, { readOnly: true }));
		return users.filter((row) => given.all || !(row.deleted || row.is_disabled)).map(shown);
	},
});

export const get = operation({
	title: 'Get a user',
	summary: 'Gives one user of Chat.',
	call: { api: 'SYNO.Chat.User', method: 'get', version: 3 },
	params: z.object({ user_id }),
	response: (data) => shown(data.user ?? data),
	result: user,
	readOnly: true,
	basis: 'capture',
});

export const me = procedure({
	title: 'Get the own user',
	summary: 'Gives the Chat user of the account of the connection.',
	uses: [userList],
	params: z.object({}),
	result: user,
	readOnly: true,
	basis: 'clients',
	async run(_given, dsm) {
		const users = usersOf(await dsm.call(userList, {}, { readOnly: true }));
		const own = users.find((row) => row.user_id === ownId(users, dsm));
		if (own) return shown(own);
		throw new DsmApiError(`Chat lists no user with the name of the account "${dsm.account}".`);
	},
});

export const users = resource('User', { list, get, me });
