import { DsmApiError } from '../../../core/errors';
import { fileAnswer } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { user_id } from '../fields';
import { labeledUser, matching, userWithLabel } from '../lib/labels';
import { ownUser } from '../lib/people';
import * as wire from '../wire/users';

const isActive = ({ deleted, is_disabled }: wire.User): boolean => !deleted && !is_disabled;

const list = operation({
	title: 'List users',
	summary: 'Lists the users of Chat.',
	call: wire.listUsers,
	params: z.object({
		all: z.boolean().default(false).meta({
			title: 'Include Disabled',
			description: 'Whether disabled and deleted users are also listed',
			advanced: true,
		}),
	}),
	request: () => ({}),
	keep: (user, given) => given.all || isActive(user),
	response: userWithLabel,
	result: z.array(labeledUser),
});

const get = operation({
	title: 'Get a user',
	summary: 'Gives one user of Chat.',
	call: wire.getUser,
	params: z.object({ user_id }),
	response: userWithLabel,
	result: labeledUser,
});

const getOwn = procedure({
	title: 'Get the user of the account',
	summary: 'Gives the Chat user of the account of the connection.',
	uses: [wire.listUsers],
	params: z.object({}),
	result: labeledUser,
	readOnly: true,
	async run(_given, dsm) {
		const own = ownUser(await dsm.list(wire.listUsers), dsm);
		if (own) return userWithLabel(own);
		throw new DsmApiError(`Chat lists no user with the name of the account "${dsm.account}".`);
	},
});

const find = operation({
	title: 'Find users',
	summary: 'Finds users by login name, nickname or e-mail address; exact matches alone, if there are any.',
	call: wire.listUsers,
	params: z.object({
		name: z.string().trim().min(1).meta({
			title: 'Name or Email',
			description: 'Login name, nickname or e-mail address, or a part of one',
			placeholder: 'e.g. alice@example.com',
		}),
	}),
	request: () => ({}),
	pick: (users, { name }) => matching(users.filter(isActive), name.replace(/^@/, ''), namesOf),
	response: userWithLabel,
	result: z.array(labeledUser),
});

const namesOf = ({ username, nickname, email }: wire.User): string[] =>
	[username, nickname, email].filter((name) => name !== undefined);

const downloadAvatar = operation({
	title: 'Download an avatar',
	summary: 'Gives the picture of a user.',
	call: wire.getAvatar,
	params: z.object({ user_id }),
	result: fileAnswer(),
	returns: 'file',
});

const setStatus = operation({
	title: 'Set the status of the account',
	summary: 'Shows a status text beside the name of the account.',
	call: wire.setStatus,
	params: z.object({
		status: z.string().min(1).meta({ title: 'Status', description: 'Text to show', placeholder: 'e.g. On holiday' }),
	}),
});

/** Not destructive: a status text can be set again. */
const clearStatus = operation({
	title: 'Clear the status of the account',
	summary: 'Removes the status text of the account.',
	call: wire.clearStatus,
	params: z.object({}),
});

const setNickname = operation({
	title: 'Set the nickname of the account',
	summary: 'Changes the name under which the account is shown.',
	call: wire.setUser,
	params: z.object({
		nickname: z.string().min(1).meta({ title: 'Nickname', description: 'Name to show', placeholder: 'e.g. Alice' }),
	}),
});

export const users = resource('User', {
	list,
	get,
	getOwn,
	find,
	downloadAvatar,
	setStatus,
	clearStatus,
	setNickname,
});
