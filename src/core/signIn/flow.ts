import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseSettings, connectionSchema, checkTls, type Connection, type ConnectionInput } from '../connection';
import { DsmInputError, DsmLoginError, DsmProtocolError, DsmUnavailableError, redactError } from '../errors';
import type { Host } from '../host';
import { NasHttp } from '../http';
import { textOf, tokenOf } from '../loginAnswer';
import { createRedactor } from '../redact';
import { encodeForm } from '../wire';
import { Handshake, newKeyPair } from './noise';
import type { SignedIn } from './text';

/** DSM's own pages are the only client that it knows (identity.md 13.2). */
export const CLIENT_ID = 'webui';
/** A session of a name of its own is suspended when idle, and can be resumed; one of `webui` is lost (identity.md 13.6). */
const OWN_NAME = 'synoflow';
/** Milliseconds that a person has to sign in. */
export const PATIENCE = 5 * 60_000;

/** What DSM's page tells the window that opened it. */
export interface SignInMessage {
	code: string;
	/** Static public key of the NAS, base64url. */
	rs: string;
	/** Echo of the address; older pages may leave it out (identity.md 13.3). */
	state?: string;
}

/** A sign-in that waits for a person. */
export interface PendingSignIn {
	/** DSM's sign-in page, to be opened by the page at `opener`. Holds no secret. */
	address: string;
	/** Only messages of this origin count. */
	origin: string;
	/** Exchanges what the page told; once. Throws DsmLoginError where DSM refuses. */
	complete: (message: unknown) => Promise<SignedIn>;
}

export interface SignInOptions {
	host: Host;
	/** Address of the page that opens DSM's. */
	opener: string;
}

const base64url = (bytes: Buffer): string => bytes.toString('base64url');

/**
 * Begins DSM's own code flow with PKCE (identity.md 13): the address to open, and the exchange of the code that comes back. Account and
 * password of the settings are not used. Proven by others on DSM 7.3; on other releases unverified.
 */
export async function startSignIn(
	settings: Partial<ConnectionInput>,
	{ host, opener }: SignInOptions,
): Promise<PendingSignIn> {
	const connection = checkTls(parseSettings(connectionSchema, settings as ConnectionInput));
	const http = new NasHttp(connection, host);
	try {
		await refuseOldDsm(http);
	} finally {
		await http.close();
	}
	const verifier = base64url(randomBytes(32));
	const state = base64url(randomBytes(16));
	const session = ['', CLIENT_ID].includes(connection.session) ? OWN_NAME : connection.session;
	const { origin } = new URL(http.url);
	const query = encodeForm({
		client_id: CLIENT_ID,
		code_challenge: base64url(createHash('sha256').update(verifier).digest()),
		code_challenge_method: 'S256',
		// Without it a browser that is signed in shows the desktop, and no code comes.
		force_login: 'yes',
		forceDesktop: '1',
		opener,
		response_type: 'code',
		session,
		state,
	});
	const until = host.now() + PATIENCE;
	let used = false;
	return {
		address: `${origin}/?${query}#/signin`,
		origin,
		async complete(given) {
			if (used || host.now() > until)
				throw again(used ? 'This sign-in was completed already' : 'The sign-in took too long');
			const message = checkMessage(given, state);
			used = true;
			return await exchange({ connection, host, url: http.url, session, verifier, message });
		},
	};
}

/** The page flow came with version 7 of the login. */
async function refuseOldDsm(http: NasHttp): Promise<void> {
	const location = await http.base();
	if (http.isQuickConnect)
		throw new DsmInputError('A sign-in in the browser needs the address of DSM itself, not a QuickConnect ID.', {
			path: ['url'],
			hint: `Enter the address that the browser shows, e.g. ${location}.`,
		});
	const list = await http.apiInfo('SYNO.API.Auth');
	if ((list['SYNO.API.Auth']?.maxVersion ?? 0) >= 7) return;
	throw new DsmUnavailableError('This DSM does not offer the sign-in in the browser (SYNO.API.Auth 7 is missing).', {
		hint: 'It came with DSM 7; use account and password here.',
	});
}

function checkMessage(given: unknown, state: string): SignInMessage {
	const { code, rs, state: echo } = (given ?? {}) as Record<string, unknown>;
	if (typeof code !== 'string' || code === '' || typeof rs !== 'string' || Buffer.from(rs, 'base64url').length !== 32)
		throw new DsmInputError('What came from the sign-in page is not its message: "code" and "rs" are needed.', {
			path: ['code'],
			hint: 'Start the sign-in again.',
		});
	if (echo !== undefined && echo !== null && !same(String(echo), state))
		throw again('The answer belongs to another sign-in ("state" differs)');
	return { code, rs };
}

function same(one: string, other: string): boolean {
	const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
	return timingSafeEqual(a!, b!);
}

interface Exchange {
	connection: Connection;
	host: Host;
	url: string;
	session: string;
	verifier: string;
	message: SignInMessage;
}

/** The code for a session and the keys that resume it (identity.md 13.4). A code is good once: it is never sent again. */
async function exchange({ connection, host, url, session, verifier, message }: Exchange): Promise<SignedIn> {
	const redactor = createRedactor();
	for (const secret of [message.code, verifier]) redactor.add(secret);
	const http = new NasHttp({ ...connection, url }, host);
	const keys = newKeyPair();
	const remote = Buffer.from(message.rs, 'base64url');
	const handshake = new Handshake({ pattern: 'IK', keys, remote });
	try {
		const answer = await http.envelope({
			path: 'entry.cgi',
			body: encodeForm({
				api: 'SYNO.API.Auth',
				version: '7',
				method: 'login',
				type: 'code',
				client_id: CLIENT_ID,
				session,
				code: message.code,
				code_verifier: verifier,
				ik_message: base64url(written(handshake)),
				enable_syno_token: 'yes',
			}),
		});
		if (!answer.success) throw refused(answer.error.code, session);
		const data = (answer.data ?? {}) as Record<string, unknown>;
		checkReply(handshake, data['ik_message'], url);
		const [sid, account] = [textOf(data['sid']), textOf(data['account'])];
		if (sid === undefined || account === undefined) throw again('DSM took the code but gave no session');
		const synoToken = tokenOf(data['synotoken']);
		return {
			v: 1,
			url,
			session,
			account,
			sid,
			...(synoToken !== undefined && { synoToken }),
			deviceId: textOf(data['device_id']) ?? '',
			remote: base64url(remote),
			secret: base64url(keys.secret),
		};
	} catch (error) {
		redactError(error, redactor);
		throw error;
	} finally {
		await http.close();
	}
}

function written(handshake: Handshake): Buffer {
	try {
		return handshake.write();
	} catch {
		throw again('The sign-in page gave a key that is none');
	}
}

/**
 * Message 2 proves that the NAS whose page was signed in to has answered. Whether every release sends it is unknown: where a certificate
 * proves the NAS, it may be missing.
 */
export function checkReply(handshake: Handshake, reply: unknown, url: string): void {
	const text = textOf(reply);
	if (text === undefined && url.startsWith('https:')) return;
	try {
		handshake.read(Buffer.from(text ?? '', 'base64url'));
	} catch (cause) {
		throw new DsmProtocolError('The answer to the sign-in does not come from the NAS that was signed in to.', {
			cause,
			hint: 'Something between here and the NAS answers in its place. Use https, and sign in again.',
		});
	}
}

/** No code of a refusal was ever recorded, but that of a name that the account may not use (identity.md 13.4). */
const refused = (code: number, session: string): DsmLoginError =>
	code === 402
		? new DsmLoginError(`The account may not sign in under the session name "${session}".`, {
				dsmCode: code,
				hint: 'Enter another session name in the connection, e.g. FileStation, and sign in again.',
			})
		: new DsmLoginError(`DSM did not take the code of its sign-in page (code ${code}).`, {
				dsmCode: code,
				hint: 'A code is good once and for a short time: start the sign-in again.',
			});

const again = (cause: string): DsmLoginError => new DsmLoginError(`${cause}.`, { hint: 'Start the sign-in again.' });
