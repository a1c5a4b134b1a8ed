import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const read = { basis: 'capture', source: 'identity.md 5.3', readOnly: true } as const;
const inferred = { basis: 'inferred', source: 'identity.md 5.3' } as const;

/** What an account changes of itself; fields as reading gives them. */
export const setOwn = call('SYNO.Core.NormalUser', 'set', 2, inferred);

export const listOwnApplications = call('SYNO.Personal.Application.Info', 'get', 1, {
	list: 'applications',
	of: row({
		id: field.id(),
		appname: field.text().optional(),
		name: field.text().optional(),
		description: field.text().optional(),
		type: field.text().optional(),
		launch_url: field.text().optional(),
		badge: field.number().optional(),
	}),
	...read,
});

const signIn = { basis: 'capture', source: 'identity.md 6.3', readOnly: true } as const;
export const getSignIn = call('SYNO.SecureSignIn.Method', 'get', 1, {
	answer: row({
		mode: field.text().optional(),
		status: field.text().optional(),
		auth_type: z.array(z.string()).default([]),
	}),
	...signIn,
});
/** What the rows hold is not known. */
const unknown = z.looseObject({});
export const listAuthenticators = call('SYNO.SecureSignIn.Authenticator', 'list', 1, {
	list: 'authenticators',
	of: unknown,
	...signIn,
});
export const listKeys = call('SYNO.SecureSignIn.Fido.Manage', 'list', 1, { list: 'fidos', of: unknown, ...signIn });
/** 4203 where none is configured; what it tells of one that is, is not known. */
export const getOneTimeCode = call('SYNO.Core.OTP', 'get', 2, {
	answer: unknown,
	...signIn,
});
/** Devices from which the account has signed in. */
export const listOwnDevices = call('SYNO.Core.SmartBlock.User', 'list', 1, {
	list: '*',
	of: unknown,
	basis: 'capture',
	source: 'identity.md 6.2',
	readOnly: true,
});
export const deleteOtherDevices = repeatable(
	call('SYNO.Core.TrustDevice', 'delete_others', 1, {
		basis: 'inferred',
		source: 'identity.md 6.3',
	}),
);
