import { operation, resource } from '../../../catalog/operation';
import { DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { flag, fresh, given, password, somethingToChange, text, user_name } from '../fields';
import * as wire from '../wire/users';

const list = operation({
	title: 'List users',
	summary:
		'Gives the users of the NAS with email, groups, two-factor and whether they are disabled. Needs an administrator.',
	call: wire.listUsers,
	params: z.object({
		type: z
			.enum(['local', 'domain', 'ldap', 'all'])
			.default('local')
			.meta({
				title: 'Type',
				description: 'Where the users are kept',
				labels: { local: 'NAS', domain: 'Domain', ldap: 'LDAP', all: 'All' },
				advanced: true,
			}),
		domain_name: z.string().trim().default('').meta({
			title: 'Domain',
			description: 'Name of the domain, for users of a domain',
			placeholder: 'e.g. EXAMPLE',
			advanced: true,
		}),
	}),
	request: ({ type, domain_name }) => ({ ...wire.ALL_USERS, type, ...(domain_name !== '' && { domain_name }) }),
});

const get = operation({
	title: 'Get a user',
	summary: 'Gives email, groups, two-factor and state of a user. Needs an administrator.',
	call: wire.getUser,
	params: z.object({ user_name }),
	request: (params) => ({ name: params.user_name, type: 'local', additional: wire.USER_DETAILS }),
});

const description = text('Description', 'Text that says who it is', 'Sales');
const email = text('Email', 'Email address', 'bob@example.com');
const cannot_chg_passwd = flag('Cannot Change Password', 'Whether the user may not change the own password');
const passwd_never_expire = flag('Password Never Expires', 'Whether the password lasts for good');

const create = operation({
	title: 'Create a user',
	summary: 'Creates a user with a password; the group "users" is joined by itself. Needs an administrator.',
	call: wire.createUser,
	params: z.object({
		name: fresh('Name', 'Name to sign in with', 'bob'),
		password,
		description,
		email,
		groups: z
			.array(z.string().trim().min(1))
			.default([])
			.meta({
				title: 'Groups',
				description: 'Groups that are joined',
				widget: 'picker',
				choices: { from: 'identity.group.list', value: 'name', label: 'name' },
			}),
		cannot_chg_passwd,
		passwd_never_expire,
		notify_by_email: flag('Notify by Email', 'Whether the user is told by email'),
		send_password: flag('Send Password', 'Whether that email holds the password'),
	}),
	request: ({ groups, ...rest }) => ({ ...given(rest), ...(groups.length > 0 && { groups }) }),
	known: { call: wire.listUsers, request: () => wire.ALL_USERS },
	lost: {
		made: wire.listUsers,
		request: () => wire.ALL_USERS,
		is: (row, params) => row.name === params.name,
		id: (row) => row.name,
	},
});

const CHANGES = ['new_name', 'description', 'email', 'password', 'cannot_chg_passwd', 'passwd_never_expire'];
const update = operation({
	title: 'Update a user',
	summary: 'Changes name, email, description or password of a user; what is not given stays. Needs an administrator.',
	call: wire.setUser,
	params: z
		.object({
			user_name,
			new_name: fresh('New Name', 'Name to sign in with from now on', 'robert').optional(),
			description,
			email,
			password: password.optional().meta({ title: 'Password', description: 'New password', widget: 'secret' }),
			cannot_chg_passwd,
			passwd_never_expire,
		})
		.refine(...somethingToChange(CHANGES)),
	request: (params) => {
		const { user_name: name, ...rest } = params;
		return { name, ...given(rest) };
	},
});

/** Whoever takes the own account away cuts the flow off that does it. */
function refuseOwn(name: string, account: string): void {
	if (name.toLowerCase() !== account.toLowerCase()) return;
	throw new DsmInputError(`"User" does not fit: "${name}" is the account of this connection.`, {
		path: ['user_name'],
		hint: 'Choose another user, or use a connection of another administrator.',
	});
}

const remove = operation({
	title: 'Delete a user',
	summary: 'Deletes a user for good, with the home folder where there is one. Needs an administrator.',
	call: wire.deleteUser,
	params: z.object({ user_name }),
	request(params, _, { account }) {
		refuseOwn(params.user_name, account);
		return { name: params.user_name };
	},
	destructive: true,
	deletes: true,
});

const enable = operation({
	title: 'Enable a user',
	summary: 'Lets a disabled or expired user sign in again. Needs an administrator.',
	call: wire.setUser,
	params: z.object({ user_name }),
	request: (params) => ({ name: params.user_name, expired: 'normal' }),
});

const disable = operation({
	title: 'Disable a user',
	summary: 'Keeps a user from signing in; files and settings stay. Needs an administrator.',
	call: wire.setUser,
	params: z.object({ user_name }),
	request(params, _, { account }) {
		refuseOwn(params.user_name, account);
		return { name: params.user_name, expired: 'now' };
	},
});

const isDay = (text: string): boolean => {
	const day = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

/** ISO dates are refused with 3103, and so are leading zeros (identity.md 5.1). */
const setExpiry = operation({
	title: 'Set the last day of a user',
	summary: 'Disables a user by itself after a day. Needs an administrator.',
	call: wire.setUser,
	params: z.object({
		user_name,
		day: z
			.string()
			.regex(/^\d{4}-\d{2}-\d{2}$/, 'is no date like 2027-01-31')
			.refine(isDay, 'is no day of the calendar')
			.meta({ title: 'Day', description: 'Last day on which the user may sign in', placeholder: 'e.g. 2027-01-31' }),
	}),
	request: (params) => ({ name: params.user_name, expired: params.day.split('-').map(Number).join('/') }),
});

const clearTwoFactor = operation({
	title: 'Clear the two-factor authentication of a user',
	summary: 'Takes the second factor of a user away, as after a lost phone. Needs an administrator.',
	call: wire.clearUserTwoFactor,
	params: z.object({ user_name }),
	request: (params) => ({ user: params.user_name }),
	destructive: true,
});

export const users = resource('User', {
	list,
	get,
	create,
	update,
	delete: remove,
	enable,
	disable,
	setExpiry,
	clearTwoFactor,
});
