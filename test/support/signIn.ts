import { memoryStore, realHost, type Host } from '../../src/core/host';
import { startSignIn, type PendingSignIn, type SignInMessage } from '../../src/core/signIn/flow';
import { writeSignIn, type SignedIn } from '../../src/core/signIn/text';
import type { ConnectionInput } from '../../src/core/connection';
import type { Simulator } from '../../src/simulator';
import { ssoServerOf, type SsoClient } from '../../src/simulator/services/identity/sso';

export const OPENER = 'http://127.0.0.1:41234';

/** A person at DSM's page, without a browser: signs in there, and hears what the page tells its opener. */
export async function atThePage(
	{ url, nas }: Simulator,
	address: string,
	name = 'alice',
): Promise<SignInMessage | undefined> {
	const form = { api: 'SYNO.API.Auth', version: '7', method: 'login', session: 'webui', account: name };
	const body = new URLSearchParams({ ...form, passwd: nas.user(name).password });
	const login = await fetch(`${url}/webapi/entry.cgi`, { method: 'POST', body });
	const cookie = /id=[^;]+/.exec(login.headers.get('set-cookie') ?? '')?.[0] ?? '';
	const asked = `${url}/webman/simulated-code.cgi${new URL(address).search}`;
	const answer = (await (await fetch(asked, { method: 'POST', headers: { cookie } })).json()) as {
		data?: SignInMessage;
	};
	return answer.data;
}

export interface SignInScene {
	pending: PendingSignIn;
	message: SignInMessage;
}

const quiet = (now: () => number): Host => ({
	...realHost(),
	now,
	store: memoryStore(),
	log: { debug: () => undefined, warn: () => undefined },
});

/** A sign-in as far as the message of the page. */
export async function begun(
	simulator: Simulator,
	settings: Partial<ConnectionInput> = {},
	name = 'alice',
): Promise<SignInScene> {
	const host = quiet(() => simulator.nas.clock.now());
	const pending = await startSignIn({ url: simulator.url, ...settings }, { host, opener: OPENER });
	const message = await atThePage(simulator, pending.address, name);
	return { pending, message: message! };
}

/** A whole sign-in: the text for the connection, and what is in it. */
export async function signedIn(
	simulator: Simulator,
	settings: Partial<ConnectionInput> = {},
	name = 'alice',
): Promise<{ text: string; value: SignedIn }> {
	const { pending, message } = await begun(simulator, settings, name);
	const value = await pending.complete(message);
	return { text: writeSignIn(value), value };
}

/** A person in the browser: signs in at SSO Server, and is sent back with the code. */
export async function atSsoServer({ url, nas }: Simulator, address: string, name = 'alice'): Promise<URLSearchParams> {
	const form = { api: 'SYNO.API.Auth', version: '7', method: 'login', account: name, passwd: nas.user(name).password };
	const login = await fetch(`${url}/webapi/entry.cgi`, { method: 'POST', body: new URLSearchParams(form) });
	const cookie = /id=[^;]+/.exec(login.headers.get('set-cookie') ?? '')?.[0] ?? '';
	const back = await fetch(address, { headers: { cookie }, redirect: 'manual' });
	return new URL(back.headers.get('location') ?? '').searchParams;
}

const REDIRECT = 'https://n8n.example.com/rest/oauth2-credential/callback';

/** What an application gets for a person who signed in to it. */
export interface Tokens {
	client: SsoClient;
	id_token: string;
	access_token: string;
}

/** An application of SSO Server, and the tokens of somebody who signed in to it. */
export async function tokensOf(simulator: Simulator, name: string): Promise<Tokens> {
	const client = ssoServerOf(simulator.nas).register(REDIRECT);
	const asked = new URLSearchParams({
		response_type: 'code',
		client_id: client.id,
		redirect_uri: REDIRECT,
		scope: 'openid email groups',
		state: 'state',
		nonce: 'nonce',
	});
	const back = await atSsoServer(simulator, `${simulator.url}/webman/sso/SSOOauth.cgi?${asked.toString()}`, name);
	const answer = await fetch(`${simulator.url}/webman/sso/SSOAccessToken.cgi`, {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			code: back.get('code')!,
			client_id: client.id,
			client_secret: client.secret,
			redirect_uri: REDIRECT,
		}),
	});
	return { client, ...((await answer.json()) as Omit<Tokens, 'client'>) };
}
