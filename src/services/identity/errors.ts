import type { Explanation } from '../../catalog/operation';

const CHECK = 'Check the parameters and the state of what the call is about.';
const text = (cause: string, remedy = CHECK): Explanation => ({ cause, remedy });

/** Codes of accounts, security and directory (identity.md 8). */
export const errors: Readonly<Record<number, Explanation>> = {
	105: text(
		'The account may not do this in DSM: it takes an administrator, or one to whom this part was delegated',
		'Use an account of the group administrators, or delegate the task to it in Control Panel, User & Group.',
	),
	402: text(
		'The NAS does not take the confirmation of the password',
		'Check the password of the connection; the account must be allowed to change this.',
	),
	403: text(
		'The NAS wants the password confirmed and does not take it',
		'Check the password of the connection; the account must be allowed to change this.',
	),
	2624: text('The NAS has no trust with the domain'),
	2701: text('LDAP is not configured'),
	3103: text('The expiry date is not valid', 'Write the day as 2027-01-31.'),
	3106: text('There is no such user', 'List the users to see their names.'),
	3400: text('A parameter of the application privilege is missing or not valid'),
	4203: text('The account has no one-time code configured'),
	5100: text('A parameter of the block list is missing or not valid'),
	5103: text('A parameter of the block list is missing or not valid'),
};

/** What every account may do for itself: no administrator is missing where the NAS refuses it. */
const OWN = [
	'SYNO.Core.NormalUser',
	'SYNO.Core.OTP',
	'SYNO.Core.SmartBlock.User',
	'SYNO.Core.TrustDevice',
	'SYNO.Personal.Application.Info',
	'SYNO.SecureSignIn.Authenticator',
	'SYNO.SecureSignIn.Fido.Manage',
	'SYNO.SecureSignIn.Method',
];

const ownRefused = text(
	'The NAS does not let the account do this for itself',
	'No administrator is needed as a rule: ask the one of this NAS whether it was switched off for the account.',
);

/** The same codes where they mean something else, by API. */
export const errorsOf: Readonly<Record<string, Readonly<Record<number, Explanation>>>> = Object.fromEntries(
	OWN.map((api) => [api, { 105: ownRefused }]),
);
