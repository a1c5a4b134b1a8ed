import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDisplayOptions,
	INodeCredentialTestResult,
	INodeProperties,
} from 'n8n-workflow';
import { botSchema } from '../core/bot';
import { tryToken } from '../services/chat/lib/token';
import { connectionSchema, type ConnectionInput } from '../core/connection';
import { isDsmError } from '../core/errors';
import { fieldsOf } from '../host/form';
import type { z } from '../vendor/zod';
import { property } from './fields';
import { botOf, connectionOf, forgetful, freshPool, sharedPool } from './pool';

/** How an account signs in; the fields of the other ways are not shown, and n8n drops what they hold. */
const SIGN_IN: INodeProperties = {
	displayName: 'Sign In With',
	name: 'signInWith',
	type: 'options',
	default: 'password',
	options: [
		{ name: 'Account and Password', value: 'password' },
		{
			name: 'Account, Password and OTP Secret',
			value: 'otp',
			description: 'For accounts with two-factor authentication',
		},
		{
			name: 'Browser Sign-In',
			value: 'browser',
			description:
				'For accounts with a passkey, or whose password shall not be stored. Contacts, some events, and files over WebDAV want the password as well.',
		},
	],
};

/** Shows the settings that few connections need, here with these titles. */
const moreSettings = (titles: readonly string[]): INodeProperties => ({
	displayName: 'More Settings',
	name: 'advanced',
	type: 'boolean',
	default: false,
	description: `Whether to show settings that few connections need: ${titles.join(', ')}`,
});

/** When fields are shown that not every connection has. */
const WHEN: Record<string, IDisplayOptions['show']> = {
	otpSecret: { signInWith: ['otp'] },
	signIn: { signInWith: ['browser'] },
	ca: { tls: ['ca'] },
	fingerprint: { tls: ['pin'] },
};

/** The credential form, from the connection settings. A one-time code is not among them: n8n cannot keep the device that it brings. */
export function connectionProperties(): INodeProperties[] {
	const [url, ...others] = propertiesOf(connectionSchema).filter(({ name }) => name !== 'otpCode');
	return [url!, SIGN_IN, ...others];
}

/** The form of the credential of a bot. */
export const botProperties = (): INodeProperties[] => propertiesOf(botSchema);

function propertiesOf(schema: z.ZodObject): INodeProperties[] {
	const fields = fieldsOf(schema);
	const show = ({ name, advanced }: (typeof fields)[number]) =>
		advanced ? { ...WHEN[name], advanced: [true] } : WHEN[name];
	const elements = (rare: boolean) =>
		fields
			.filter(({ advanced }) => advanced === rare)
			.map((field) => ({ ...property(field), ...(show(field) && { displayOptions: { show: show(field)! } }) }));
	const rare = elements(true);
	return [...elements(false), moreSettings(rare.map(({ displayName }) => displayName)), ...rare];
}

/**
 * Test of the credential: a login that really happens, in a pool of its own and without any trusted device of earlier, so that nothing
 * remembered answers for the form, and the session of running workflows is left alone.
 */
export async function testSynologyNas(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	// Somebody waits for the answer: one more code, not several.
	const pool = freshPool({ host: forgetful(), furtherCodes: 1 });
	try {
		const connection = connectionOf(data ?? {});
		for (const proof of proofsOf(connection)) await pool.acquire(proof).prove();
		sharedPool().forget(connection);
		return { status: 'OK', message: 'Connected.' };
	} catch (error) {
		return refused(error, pool.redact);
	} finally {
		await pool.close();
	}
}

/** A device token answers in place of the secret: where both stand in the form, each has to prove itself. */
const proofsOf = (connection: ConnectionInput): ConnectionInput[] =>
	connection.deviceId && connection.otpSecret
		? [
				{ ...connection, deviceId: '' },
				{ ...connection, otpSecret: '' },
			]
		: [connection];

/** Test of a token: as far as Chat tells, and without a message to anybody. */
export async function testSynologyChatBot(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const pool = freshPool();
	try {
		return { status: 'OK', message: await tryToken(pool.acquire(botOf(data ?? {})).dsm) };
	} catch (error) {
		return refused(error, pool.redact);
	} finally {
		await pool.close();
	}
}

function refused(error: unknown, redact: (text: string) => string): INodeCredentialTestResult {
	const text = error instanceof Error ? error.message : String(error);
	const hint = isDsmError(error) && error.hint !== undefined ? ` ${error.hint}` : '';
	return { status: 'Error', message: redact(`${text}${hint}`) };
}
