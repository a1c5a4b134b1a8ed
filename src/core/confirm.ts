import { z } from '../vendor/zod';
import type { Call } from './call';
import { DsmPermissionError } from './errors';

/** Codes with which a write wants the password confirmed, or does not take the old confirmation any more (system.md 0.6). */
export const CONFIRM_CODES = new Set([402, 403]);

/** Gives what a sensitive write has to carry. The password is that of the account itself. */
export const confirmPassword: Call<{ SynoConfirmPWToken: string }> = {
	api: 'SYNO.Core.User.PasswordConfirm',
	method: 'auth',
	version: 2,
	basis: 'clients',
	source: 'system.md 0.6',
	answer: z.looseObject({ SynoConfirmPWToken: z.string().min(1) }),
};

/** The parameter by which a write shows that the password was confirmed; none while nothing asked for it. */
export const confirmationOf = (token: string | undefined): Record<string, string> =>
	token === undefined ? {} : { SynoConfirmPWToken: token };

/** The password to confirm. Throws DsmPermissionError where the connection holds none. */
export function passwordOf(password: string, call: Call): string {
	if (password !== '') return password;
	throw new DsmPermissionError(
		'The NAS wants the password confirmed before it does this, and the connection has none.',
		{
			call,
			hint: 'Use a connection with account and password for this operation.',
		},
	);
}
