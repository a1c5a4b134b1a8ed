import { createHash } from 'node:crypto';
import { z } from '../vendor/zod';
import { DsmInputError } from './errors';
import { checked } from './misfit';
import { codeOfForm, decodeSecret } from './otp';
import { readSignIn } from './signIn/text';

const PEM = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g;

/** One-line fields lose the line breaks of a certificate, or hold them as `\n`: they are put back. */
function wrapped(text: string): string {
	return text.replaceAll('\\n', '\n').replace(PEM, (_, body: string) => {
		const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
		return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
	});
}

const pem = z
	.string()
	.transform(wrapped)
	.refine((text) => text === '' || /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text), {
		message: 'is not a certificate in PEM form (-----BEGIN CERTIFICATE-----)',
	});

const fingerprint = z
	.string()
	// openssl fingerprints "sha256 Fingerprint=" in front.
	.transform((text) =>
		text
			.replace(/^.*=/s, '')
			.replace(/[^0-9a-f]/gi, '')
			.toUpperCase(),
	)
	.refine((hex) => hex === '' || hex.length === 64, {
		message: 'is not a SHA-256 fingerprint: 64 hexadecimal digits, colons allowed',
	});

const headerRecord = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

function headersOf(text: string): z.output<typeof headerRecord> | undefined {
	if (text.trim() === '') return {};
	try {
		return headerRecord.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}

/** Headers that belong to the request itself. */
const OWN_HEADERS =
	/^(host|content-length|content-type|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer)$/i;

/** What makes headers unfit to be sent; undefined: nothing. */
function headerFault(headers: Record<string, string>): string | undefined {
	for (const [name, value] of Object.entries(headers)) {
		if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name)) return `holds "${name}", which cannot be the name of a header`;
		if (OWN_HEADERS.test(name)) return `holds "${name}", which belongs to the request itself`;
		if (/[\0-\x08\x0A-\x1F\x7F]|[^\0-\xFF]/.test(value)) return `holds a value for "${name}" that cannot be sent`;
	}
	return undefined;
}

/** Settings of one connection to one NAS. Both hosts' credential forms are made from this schema. */
export const connectionSchema = z.object({
	url: z.string().trim().min(1).meta({
		title: 'URL or QuickConnect ID',
		description: 'Address of DSM as in the browser, with a sub-path if there is one, or a QuickConnect ID',
		placeholder: 'e.g. https://nas.example.com:5001',
	}),
	account: z.string().trim().default('').meta({
		title: 'Account',
		description: 'DSM user name; a dedicated account with only the rights the flows need is best',
		placeholder: 'e.g. alice',
	}),
	password: z
		.string()
		.default('')
		.meta({ title: 'Password', description: 'Password of the account', widget: 'secret' }),
	otpSecret: z.string().default('').meta({
		title: 'OTP Secret',
		description:
			'For accounts with two-factor authentication: the secret shown as text when the authenticator app was set up. Codes are made from it when needed.',
		widget: 'secret',
	}),
	otpCode: z.string().default('').meta({
		title: 'One-Time Code',
		description:
			'Instead of the secret: the six digits shown now, used once; test the connection at once so that the NAS trusts this device',
		widget: 'secret',
	}),
	signIn: z.string().trim().default('').meta({
		title: 'Browser Sign-In',
		description:
			'Instead of account and password: the text that "npx @synoflow/n8n-nodes-synology sign-in <address>" prints after you signed in to DSM in the browser, with passkey or two-factor code. Known to work on DSM 7.3; unverified on other releases.',
		widget: 'secret',
	}),
	deviceName: z.string().default('Synoflow').meta({
		title: 'Device Name',
		description: 'Name of this device in the list of trusted devices of DSM',
		advanced: true,
	}),
	deviceId: z.string().default('').meta({
		title: 'Device ID',
		description: 'Token of a trusted device, which replaces the one-time code; it belongs to the device name',
		widget: 'secret',
		advanced: true,
	}),
	tls: z
		.enum(['verify', 'ca', 'pin', 'ignore'])
		.default('verify')
		.meta({
			title: 'Certificate Check',
			description: 'How the certificate of the NAS is checked',
			labels: {
				verify: 'Verify',
				ca: 'Verify Against Own CA',
				pin: 'Pin SHA-256 Fingerprint',
				ignore: 'Ignore (Insecure)',
			},
		}),
	ca: pem.default('').meta({
		title: 'CA Certificate',
		description: 'Certificate of the authority, or the self-signed certificate itself, in PEM form',
		widget: 'multiline',
	}),
	fingerprint: fingerprint.default('').meta({
		title: 'SHA-256 Fingerprint',
		description: 'Fingerprint of the certificate of the NAS, as browsers and openssl show it',
		placeholder: 'e.g. 3F:9A:…',
	}),
	headers: z
		.union([z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])), z.string()])
		.default('')
		.transform((value, context) => {
			const headers = typeof value === 'string' ? headersOf(value) : value;
			const texts =
				headers && Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.trim(), String(text)]));
			const fault = texts ? headerFault(texts) : 'is not a JSON object of texts, e.g. {"CF-Access-Client-Id": "…"}';
			if (texts && fault === undefined) return texts;
			context.addIssue({ code: 'custom', message: fault! });
			return z.NEVER;
		})
		.meta({
			title: 'Extra Headers',
			description: 'HTTP headers that a proxy in front of the NAS asks for, as a JSON object',
			widget: 'secret',
			advanced: true,
		}),
	session: z.string().default('').meta({
		title: 'Session Name',
		description:
			'Application that DSM checks the right to log in for; empty: none. FileStation and the application in use are tried when it is refused.',
		advanced: true,
	}),
	timeout: z.coerce.number<number | string>().int().min(1).max(3600).default(60).meta({
		title: 'Timeout (Seconds)',
		description: 'Seconds to wait for the beginning of an answer',
		advanced: true,
	}),
});

export type ConnectionInput = z.input<typeof connectionSchema>;
export type Connection = z.output<typeof connectionSchema>;

/**
 * Checks connection settings. Empty texts of host forms count as absent, numbers as texts where a text is wanted. Throws
 * DsmInputError naming the field.
 */
export function parseConnection(input: ConnectionInput): Connection {
	const connection = checkTls(parseSettings(connectionSchema, input));
	if (connection.otpSecret !== '') decodeSecret(connection.otpSecret);
	if (connection.otpCode !== '') codeOfForm(connection.otpCode);
	if (connection.signIn !== '') return { ...connection, account: accountOf(connection) };
	const name = (['account', 'password'] as const).find((one) => connection[one] === '');
	if (name === undefined) return connection;
	throw missing(connectionSchema, name);
}

/** The account of a connection: with a sign-in in the browser it is the one that signed in. */
function accountOf({ signIn, account }: Connection): string {
	const signedIn = readSignIn(signIn);
	if (account === '' || account.toLowerCase() === signedIn.account.toLowerCase()) return signedIn.account;
	throw new DsmInputError(
		`"Account" of the connection is "${account}", but "${signedIn.account}" signed in with the browser.`,
		{ path: ['account'], hint: 'Leave "Account" empty, or sign in as that account.' },
	);
}

/** Who a connection is: to tell whose place a trigger keeps. Never throws; unreadable settings are refused where they are used. */
export function ownerOf({ url, account, signIn }: Partial<ConnectionInput>): { url: string; account: string } {
	const named = { url: url ?? '', account: account ?? '' };
	if (named.account !== '' || !signIn) return named;
	try {
		return { ...named, account: readSignIn(signIn).account };
	} catch {
		return named;
	}
}

/** Settings of either kind, by their schema. */
export function parseSettings<S extends z.ZodObject>(schema: S, input: z.input<S>): z.output<S> {
	const given = Object.fromEntries(
		Object.entries(input ?? {})
			.filter(([, value]) => value !== undefined && value !== null && value !== '')
			.map(([name, value]) => [name, typeof value === 'number' && name !== 'timeout' ? textOf(name, value) : value]),
	);
	const result = checked(schema, given);
	if ('data' in result) return result.data;
	const { path, said, text } = result.misfit;
	const name = String(path[0] ?? '');
	const title = titleOf(schema, name);
	const fault = said ?? `does not fit: ${text}`;
	if (given[name] === undefined) throw missing(schema, name);
	throw new DsmInputError(`"${title}" of the connection ${fault}.`, { path: [name], hint: FILL_IN });
}

const FILL_IN = 'Open the connection and fill in the field.';

const titleOf = ({ shape }: z.ZodObject, name: string): string =>
	(shape as Record<string, z.ZodType | undefined>)[name]?.meta()?.title ?? name;

const missing = (schema: z.ZodObject, name: string): DsmInputError =>
	new DsmInputError(`"${titleOf(schema, name)}" is missing in the connection.`, { path: [name], hint: FILL_IN });

/** A form that takes digits for a number drops the zeros in front of a one-time code. */
const textOf = (name: string, value: number): string =>
	name === 'otpCode' ? String(value).padStart(6, '0') : String(value);

/** What the chosen certificate check needs must be there. */
export function checkTls(connection: Connection): Connection {
	const needed = connection.tls === 'ca' ? 'ca' : connection.tls === 'pin' ? 'fingerprint' : undefined;
	if (needed && connection[needed] === '') {
		throw new DsmInputError(`"${connectionSchema.shape[needed].meta()?.title}" is missing in the connection.`, {
			path: [needed],
			hint: 'The chosen certificate check needs it.',
		});
	}
	return connection;
}

/** Key of the session pool: a hash over every setting, so that any edit opens a fresh session. No secret can be read from it. */
export function connectionKey(connection: Connection): string {
	return createHash('sha256').update(JSON.stringify(connection)).digest('hex');
}
