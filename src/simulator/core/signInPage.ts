import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import type { Nas, Session, User } from './nas';
import { hear, keyText, newNoiseKeys, type Heard, type NoiseKeys } from './noise';
import type { Switches } from './switches';

/** A code that DSM's page gave away, and what it is bound to (identity.md 13.10). */
interface Grant {
	user: User;
	challenge: string;
	sessionName: string;
	until: number;
}

/** What DSM's page tells the window that opened it (identity.md 13.3). */
export interface PageMessage {
	code: string;
	rs: string;
	state?: string;
}

/** Milliseconds that a code is good for; no source tells, five minutes at most (identity.md 13.10). */
const CODE_LIFE = 5 * 60_000;

/** DSM's own sign-in page as a code flow: codes, and the static key of the NAS. */
export class SignInPage {
	readonly keys: NoiseKeys = newNoiseKeys();
	private readonly grants = new Map<string, Grant>();

	constructor(
		private readonly clock: Clock,
		private readonly switches: Switches,
	) {}

	/** Static public key as the page and the cookie `_SSID` tell it. */
	get publicKey(): string {
		return keyText(this.keys) + (this.switches.paddedBase64 ? '=' : '');
	}

	/** A code for the account that just signed in on the page; undefined where the page says nothing to this opener. */
	grant(user: User, query: URLSearchParams, host: string): PageMessage | undefined {
		if (!isSignIn(query) || !this.speaksTo(query.get('opener') ?? '', host)) return undefined;
		const code = randomBytes(24).toString('base64url');
		this.grants.set(code, {
			user,
			challenge: query.get('code_challenge')!,
			sessionName: query.get('session')!,
			until: this.clock.now() + CODE_LIFE,
		});
		const state = query.get('state');
		return { code, rs: this.publicKey, ...(this.switches.stateInMessage && state !== null && { state }) };
	}

	/** Whom a code was given to, if the verifier fits. Whatever is wrong, the code is used up. */
	redeem(raw: Record<string, string>): User | undefined {
		const grant = this.grants.get(raw.code ?? '');
		this.grants.delete(raw.code ?? '');
		if (!grant || grant.until < this.clock.now() || grant.sessionName !== raw.session) return undefined;
		const hash = createHash('sha256').update(raw.code_verifier ?? '');
		return hash.digest('base64url') === grant.challenge ? grant.user : undefined;
	}

	/** Message 1 of a client; undefined where it cannot be read. `clientKey`: that of the session to be resumed. */
	hear(text: string | undefined, clientKey?: string): Heard | undefined {
		if (!text) return undefined;
		const message = Buffer.from(text, 'base64url');
		try {
			return hear({ keys: this.keys, message, ...(clientKey !== undefined && { clientKey }) });
		} catch {
			return undefined;
		}
	}

	private speaksTo(opener: string, host: string): boolean {
		const { openerPolicy } = this.switches;
		if (openerPolicy === 'none' || !URL.canParse(opener)) return false;
		const { hostname } = new URL(opener);
		return openerPolicy === 'any' || LOOPBACK.test(hostname) || hostname === host.replace(/:\d+$/, '');
	}
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Whether the address of the desktop asks for a code: DSM knows no client but its own pages, and PKCE with S256 only. */
export const isSignIn = (query: URLSearchParams): boolean =>
	query.get('response_type') === 'code' &&
	query.get('client_id') === 'webui' &&
	query.get('code_challenge_method') === 'S256' &&
	['code_challenge', 'session', 'opener'].every((name) => (query.get(name) ?? '') !== '');

/** Where the page asks for its code. How DSM's page does it is unknown (identity.md 13.11): an address of the simulator's own. */
export const CODE_PATH = '/webman/simulated-code.cgi';

/** The desktop: DSM's sign-in page, or a stub for who is signed in already. */
export function desktop(nas: Nas, query: URLSearchParams, session: Session | undefined): string {
	const forced = query.get('force_login') === 'yes';
	if (session && !forced) return shell('DSM', '<main id="sds-desktop">Desktop</main>');
	// Signing in anew signs the browser's open desktop out.
	if (session) nas.sessions.close(session.sid);
	return shell('Sign in', FORM + `<script>${SCRIPT}</script>`);
}

const shell = (title: string, body: string): string =>
	`<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>\n`;

const FORM = `<form id="signin">
<label>Username <input name="account" autocomplete="username"></label>
<label>Password <input name="passwd" type="password" autocomplete="current-password"></label>
<label id="otp" hidden>Verification code <input name="otp_code" inputmode="numeric"></label>
<button>Sign in</button> <output id="said"></output>
</form>`;

const SCRIPT = `
document.getElementById('signin').addEventListener('submit', async (event) => {
	event.preventDefault();
	const said = document.getElementById('said');
	const query = new URLSearchParams(location.search);
	const form = new URLSearchParams(new FormData(event.target));
	for (const [name, value] of Object.entries({ api: 'SYNO.API.Auth', version: '7', method: 'login', session: 'webui' })) form.set(name, value);
	const answer = await (await fetch('/webapi/entry.cgi', { method: 'POST', body: form })).json();
	if (!answer.success) {
		if (answer.error.code === 403) document.getElementById('otp').hidden = false;
		said.textContent = 'Code ' + answer.error.code;
		return;
	}
	const told = await (await fetch('${CODE_PATH}' + location.search, { method: 'POST' })).json();
	said.textContent = 'Signed in';
	if (told.data && window.opener) window.opener.postMessage(told.data, new URL(query.get('opener')).origin);
});
`;
