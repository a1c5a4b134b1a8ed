import { DsmApiError } from '../../core/errors';
import type { Dsm } from '../../core/dsm';
import { fileAnswer } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { nothing, toNothing, user_id } from './fields';
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
		const users = given.all ? usersOf(await dsm.call(userList, {}, { readOnly: true })) : await active(dsm);
		return users.map(shown);
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

/** Regardless of capitals; a text that is the whole of a name or address goes before one that is a part of it. */
export const find = procedure({
	title: 'Find users',
	summary: 'Finds users by login name, nickname or e-mail address; exact matches alone, if there are any.',
	uses: [userList],
	params: z.object({
		name: z.string().trim().min(1).meta({
			title: 'Name or E-Mail',
			description: 'Login name, nickname or e-mail address, or a part of one',
			placeholder: 'e.g. alice@example.com',
		}),
	}),
	result: z.array(user),
	readOnly: true,
	basis: 'clients',
	async run({ name }, dsm) {
		const wanted = name.replace(/^@/, '').toLowerCase();
		const rows = await active(dsm);
		const exact = rows.filter((row) => namesOf(row).includes(wanted));
		return (exact.length > 0 ? exact : rows.filter((row) => namesOf(row).some((one) => one.includes(wanted)))).map(
			shown,
		);
	},
});

const namesOf = (row: WireUser): string[] =>
	[row.username, row.nickname, row.user_props?.email].flatMap((name) => (name ? [name.toLowerCase()] : []));

async function active(dsm: Dsm): Promise<WireUser[]> {
	const rows = usersOf(await dsm.call(userList, {}, { readOnly: true }));
	return rows.filter((row) => !(row.deleted || row.is_disabled));
}

export const avatar = operation({
	title: 'Download an avatar',
	summary: 'Gives the picture of a user.',
	call: { api: 'SYNO.Chat.User.Avatar', method: 'get', version: 1 },
	params: z.object({ user_id }),
	result: fileAnswer(),
	returns: 'file',
	readOnly: true,
	basis: 'inferred',
});

export const setStatus = operation({
	title: 'Set the own status',
	summary: 'Shows a status text beside the name of the account.',
	call: { api: 'SYNO.Chat.User.Status', method: 'set', version: 1 },
	params: z.object({
		status: z.string().min(1).meta({ title: 'Status', description: 'Text to show', placeholder: 'e.g. On holiday' }),
	}),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const clearStatus = operation({
	title: 'Clear the own status',
	summary: 'Takes the status text of the account away.',
	call: { api: 'SYNO.Chat.User.Status', method: 'clear', version: 1 },
	params: z.object({}),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const rename = operation({
	title: 'Set the own nickname',
	summary: 'Changes the name under which the account is shown.',
	call: { api: 'SYNO.Chat.User', method: 'set', version: 2 },
	params: z.object({
		nickname: z.string().min(1).meta({ title: 'Nickname', description: 'Name to show', placeholder: 'e.g. Alice' }),
	}),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const users = resource('User', { list, get, me, find, avatar, setStatus, clearStatus, rename });
