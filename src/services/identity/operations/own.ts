import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getProfile } from '../../api/wire';
import { given, password, somethingToChange, text } from '../fields';
import * as wire from '../wire/own';

const get = operation({
	title: 'Get the own account',
	summary: 'Gives name, email and groups of the account of the connection. Every account may read it.',
	right: 'account',
	call: getProfile,
	params: z.object({}),
});

const update = operation({
	title: 'Update the own account',
	summary:
		'Changes email or description of the account of the connection; what is not given stays. Every account may do it.',
	right: 'account',
	call: wire.setOwn,
	params: z
		.object({
			description: text('Description', 'Text that says who it is', 'Sales'),
			email: text('Email', 'Email address', 'bob@example.com'),
		})
		.refine(...somethingToChange(['description', 'email'])),
	request: (params) => given(params),
});

const setPassword = operation({
	title: 'Set the own password',
	summary:
		'Changes the password of the account of the connection; the connection needs the new one afterwards. Every account may do it.',
	right: 'account',
	call: wire.setOwn,
	params: z.object({ password }),
	destructive: true,
});

const listApplications = operation({
	title: 'List own applications',
	summary: 'Gives the applications that the account may open. Every account may read it.',
	right: 'account',
	call: wire.listOwnApplications,
	params: z.object({}),
});

const getSignIn = operation({
	title: 'Get own sign-in methods',
	summary: 'Says by what the account signs in: password, app, key, one-time code. Every account may read it.',
	right: 'account',
	call: wire.getSignIn,
	params: z.object({}),
});

const NOT_CONFIGURED = 4203;

const getTwoFactor = operation({
	title: 'Get own two-factor authentication',
	summary: 'Says whether the account has a one-time code configured. Every account may read it.',
	right: 'account',
	call: wire.getOneTimeCode,
	params: z.object({}),
	response: () => ({ configured: true }),
	result: z.looseObject({ configured: z.boolean() }),
	failed(error) {
		if (error.dsmCode === NOT_CONFIGURED) return { configured: false };
		throw error;
	},
});

const listAuthenticators = operation({
	title: 'List own authenticators',
	summary: 'Gives the phones with Secure SignIn that approve sign-ins of the account. Every account may read it.',
	right: 'account',
	call: wire.listAuthenticators,
	params: z.object({}),
});

const listKeys = operation({
	title: 'List own security keys',
	summary: 'Gives the security keys and passkeys of the account. Every account may read it.',
	right: 'account',
	call: wire.listKeys,
	params: z.object({}),
});

const listDevices = operation({
	title: 'List own devices',
	summary: 'Gives the devices that account protection knows of the account. Every account may read it.',
	right: 'account',
	call: wire.listOwnDevices,
	params: z.object({}),
});

const deleteOtherDevices = operation({
	title: 'Delete other trusted devices',
	summary: 'Lets every other device of the account ask for a second factor again. Every account may do it.',
	right: 'account',
	call: wire.deleteOtherDevices,
	params: z.object({}),
	destructive: true,
});

export const own = resource('Own account', {
	get,
	update,
	setPassword,
	listApplications,
	getSignIn,
	getTwoFactor,
	listAuthenticators,
	listKeys,
	listDevices,
	deleteOtherDevices,
});
