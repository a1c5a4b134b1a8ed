import { z } from '../vendor/zod';
import type { Call } from './call';
import type { CallOptions } from './dsm';
import { DsmPermissionError } from './errors';
import type { Redactor } from './redact';

/** Codes with which a write wants the password confirmed, or does not take the old confirmation any more (system.md 0.6). */
export const CONFIRM_CODES = new Set([402, 403]);

/** Gives what a sensitive write has to carry. The password is that of the account itself. */
const confirmPassword: Call<{ SynoConfirmPWToken: string }> = {
	api: 'SYNO.Core.User.PasswordConfirm',
	method: 'auth',
	version: 2,
	basis: 'clients',
	source: 'system.md 0.6',
	answer: z.looseObject({ SynoConfirmPWToken: z.string().min(1) }),
};

type Send = (call: Call, params: Record<string, unknown>, options: CallOptions) => Promise<unknown>;

interface Context {
	/** Of the account; empty: the connection holds none. */
	password: string;
	redactor: Redactor;
}

/** What the NAS gave for the password, until it does not take it any more. */
export class Confirmation {
	readonly #context: Context;
	readonly #send: Send;
	/** The parameter by which a write shows that the password was confirmed; none while nothing asked for it. */
	params: { SynoConfirmPWToken?: string } = {};

	constructor(context: Context, send: Send) {
		this.#context = context;
		this.#send = send;
	}

	/** Proves to the NAS once more who is there; what it gives for that is a secret. Throws DsmPermissionError without a password. */
	async renew(call: Call, { signal, operation }: CallOptions): Promise<void> {
		const { password, redactor } = this.#context;
		if (password === '') throw withoutPassword(call);
		const options = { ...(signal && { signal }), ...(operation !== undefined && { operation }) };
		const data = await this.#send(confirmPassword, { password }, options);
		const { SynoConfirmPWToken } = confirmPassword.answer!.parse(data);
		redactor.addPassing(SynoConfirmPWToken);
		this.params = { SynoConfirmPWToken };
	}
}

const withoutPassword = (call: Call): DsmPermissionError =>
	new DsmPermissionError('The NAS wants the password confirmed before it does this, and the connection has none.', {
		call,
		hint: 'Use a connection with account and password for this operation.',
	});
