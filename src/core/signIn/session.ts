import { createHash } from 'node:crypto';
import { DsmInputError, DsmLoginError } from '../errors';
import type { Host } from '../host';
import type { NasHttp } from '../http';
import { textOf, tokenOf } from '../loginAnswer';
import type { Session } from '../session';
import { encodeForm } from '../wire';
import { checkReply, CLIENT_ID } from './flow';
import { Handshake, keyPairOf } from './noise';
import { readSignIn, type SignedIn } from './text';

/** The NAS has too much to do, which says nothing about the session (core.md 8.1). */
const BUSY = new Set([100, 109, 110, 111, 117, 118]);

/** The session is unknown: what a NAS says of one that nothing resumes (core.md 8.1). */
const LOST = 119;

interface Context {
	http: NasHttp;
	host: Host;
	/** Told every secret as it appears. */
	secret: (text: string) => void;
}

/**
 * The session that a person opened in the browser: taken as it is, and resumed by its keys when the NAS has let it go (identity.md
 * 13.5). It is never logged out, since nobody could open it again without that person.
 */
export class BorrowedSession {
	readonly #signedIn: SignedIn;
	readonly #context: Context;
	readonly #storeKey: string;
	#started = false;
	#refused: number | undefined;

	constructor(signedIn: SignedIn, context: Context) {
		this.#signedIn = signedIn;
		this.#context = context;
		this.#storeKey = `signIn:${createHash('sha256').update(JSON.stringify(signedIn)).digest('hex')}`;
	}

	/** Takes a remembered refusal back. */
	forget(): void {
		this.#refused = undefined;
	}

	/** At first the session as it was left, then the same one resumed. Throws DsmLoginError when a person has to sign in again. */
	async start(): Promise<Session> {
		const first = !this.#started;
		this.#started = true;
		return first ? this.#session(await this.#latest()) : await this.resume();
	}

	/** Another pool of this process may have resumed it, which gave it another token. */
	async #latest(): Promise<Pick<Session, 'sid' | 'synoToken'>> {
		const stored = await this.#context.host.store.get(this.#storeKey);
		const { sid, synoToken } = this.#signedIn;
		return stored === undefined
			? { sid, ...(synoToken !== undefined && { synoToken }) }
			: (JSON.parse(stored) as Pick<Session, 'sid' | 'synoToken'>);
	}

	/** The same session with a new token, which the keys open. Throws DsmLoginError when a person has to sign in again. */
	async resume(): Promise<Session> {
		if (this.#refused !== undefined) throw this.#error(this.#refused);
		const { http, host, secret } = this.#context;
		const { session, account, deviceId, remote, secret: key } = this.#signedIn;
		if (remote === undefined || key === undefined) throw this.#error(LOST);
		const { sid } = await this.#latest();
		const handshake = new Handshake({
			pattern: 'KK',
			keys: keyPairOf(Buffer.from(key, 'base64url')),
			remote: Buffer.from(remote, 'base64url'),
		});
		host.log.debug(`Session of "${account}" is resumed (SYNO.API.Auth version 7, session "${session}")`);
		const answer = await http.envelope({
			path: 'entry.cgi',
			body: encodeForm({
				api: 'SYNO.API.Auth',
				version: '7',
				method: 'resume',
				client_id: CLIENT_ID,
				session,
				format: 'sid',
				account,
				device_id: deviceId,
				_sid: sid,
				kk_message: handshake.write().toString('base64url'),
				enable_syno_token: 'yes',
			}),
		});
		if (!answer.success) {
			if (!BUSY.has(answer.error.code)) this.#refused = answer.error.code;
			throw this.#error(answer.error.code);
		}
		const data = (answer.data ?? {}) as Record<string, unknown>;
		checkReply(handshake, data['kk_message'], http.url);
		const synoToken = tokenOf(data['synotoken']);
		// Mostly the session keeps its id; where it gets another one, that is known to this process alone.
		const resumed = { sid: textOf(data['sid']) ?? sid, ...(synoToken !== undefined && { synoToken }) };
		for (const text of Object.values(resumed)) secret(text);
		await host.store.set(this.#storeKey, JSON.stringify(resumed));
		return this.#session(resumed);
	}

	#session(proof: Pick<Session, 'sid' | 'synoToken'>): Session {
		return { ...proof, name: this.#signedIn.session, version: 7, created: this.#context.host.now(), borrowed: true };
	}

	/** Made anew for each caller, so that its stack is that caller's. */
	#error(code: number): DsmLoginError {
		const call = { api: 'SYNO.API.Auth', method: 'resume', version: 7 } as const;
		if (BUSY.has(code))
			return new DsmLoginError(`The NAS could not resume the session now (code ${code}).`, {
				dsmCode: code,
				call,
				retryable: true,
				hint: 'Try again in a minute.',
			});
		return new DsmLoginError(`Sign in again: the NAS no longer resumes the session of "${this.#signedIn.account}".`, {
			dsmCode: code,
			call,
			needsEdit: true,
			needsSignIn: true,
			hint: 'Sign in with the browser anew, and put the new text into "Browser Sign-In" of the connection.',
		});
	}
}

/** Throws DsmInputError for a text that is none, or one of another NAS: its session must not be sent there (core.md 15 row 10). */
export function borrowedSession(text: string, context: Context): BorrowedSession {
	const signedIn = readSignIn(text);
	if (context.http.mayBe(signedIn.url)) return new BorrowedSession(signedIn, context);
	throw new DsmInputError(`The sign-in was made at ${signedIn.url}, but the connection is to ${context.http.url}.`, {
		path: ['signIn'],
		hint: 'Enter that address in the connection, or sign in again at the address of the connection.',
	});
}
