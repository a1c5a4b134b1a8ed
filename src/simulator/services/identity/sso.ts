import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { ApiReply } from '../../core/behaviour';
import type { Nas, User } from '../../core/nas';
import type { Site } from '../../core/service';
import type { WireRequest } from '../../core/wire';

/** An application of the list of SSO Server. */
export interface SsoClient {
	/** 32 hexadecimal digits. */
	id: string;
	secret: string;
	redirectUris: string[];
}

interface Code {
	user: User;
	client: SsoClient;
	redirectUri: string;
	scope: string[];
	nonce: string | null;
	challenge: string | null;
	until: number;
}

interface SigningKey {
	kid: string;
	privateKey: KeyObject;
	publicKey: KeyObject;
}

const PREFIX = '/webman/sso';
const SCOPES = ['openid', 'email', 'groups'];

/** The OIDC server of SSO Server (identity.md 1). */
export class SsoServer {
	/** Newest first; the newest one signs. */
	readonly keys: SigningKey[] = [];
	readonly clients = new Map<string, SsoClient>();
	/** Seconds that codes and tokens are good for (identity.md 1.4). */
	lifetime = 180;
	/** `broken`: every exchange fails whose sign-in had a challenge (identity.md 1.6). */
	pkce: 'ok' | 'broken' = 'ok';
	/** Older versions name no key in their tokens (identity.md 1.4). */
	namesKeys = true;
	private readonly codes = new Map<string, Code>();
	private readonly tokens = new Map<string, { user: User; scope: string[]; until: number }>();

	constructor(private readonly nas: Nas) {}

	/** Adds an application, as its administrator does; ID and secret are made up unless they are given. */
	register(redirectUri: string, given: Partial<SsoClient> = {}): SsoClient {
		const [id, secret] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
		const client = { id, secret, redirectUris: [redirectUri], ...given };
		this.clients.set(client.id, client);
		return client;
	}

	/** A new key signs from now on; `drop`: the old ones are no longer shown. */
	rotate({ drop = false } = {}): void {
		if (drop) this.keys.length = 0;
		this.keys.unshift({ kid: randomBytes(8).toString('hex'), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) });
	}

	get now(): number {
		return Math.floor(this.nas.clock.now() / 1000);
	}

	/** Base of all addresses: the server URL of the settings, here the address that is asked. */
	base({ http }: WireRequest): string {
		return `${http.secure ? 'https' : 'http'}://${http.headers.host ?? ''}${PREFIX}`;
	}

	/** A signed token with these claims. */
	issue(claims: Record<string, unknown>): string {
		if (this.keys.length === 0) this.rotate();
		const { kid, privateKey } = this.keys[0]!;
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const head = { alg: 'RS256', typ: 'JWT', ...(this.namesKeys && { kid }) };
		const text = `${part(head)}.${part(claims)}`;
		return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
	}

	/** Claims of the scopes, as an ID token and userinfo give them. */
	claimsOf(user: User, scope: readonly string[]): Record<string, unknown> {
		return {
			sub: user.name,
			username: user.name,
			email: user.email,
			...(scope.includes('groups') && { groups: user.groups }),
		};
	}

	grant(code: Omit<Code, 'until'>, text = randomBytes(16).toString('hex')): string {
		this.codes.set(text, { ...code, until: this.now + this.lifetime });
		return text;
	}

	/** What a code stands for, once. */
	redeem(text: string): Code | undefined {
		const code = this.codes.get(text);
		this.codes.delete(text);
		return code && code.until >= this.now ? code : undefined;
	}

	tokensFor({ user, client, scope, nonce }: Code, issuer: string): Record<string, unknown> {
		const times = { iat: this.now, exp: this.now + this.lifetime };
		const claims = { ...this.claimsOf(user, scope), iss: issuer, aud: client.id, ...times };
		const access = this.issue({ ...claims, jti: randomBytes(8).toString('hex') });
		this.tokens.set(access, { user, scope, until: times.exp });
		return {
			access_token: access,
			token_type: 'Bearer',
			expires_in: this.lifetime,
			id_token: this.issue({ ...claims, ...(nonce !== null && { nonce }) }),
		};
	}

	/** Whose access token this is; undefined for an unknown one, null for one that expired. */
	holder(token: string): { user: User; scope: string[] } | null | undefined {
		const known = this.tokens.get(token);
		return known && known.until < this.now ? null : known;
	}
}

export const ssoServerOf = (nas: Nas): SsoServer => nas.service('sso', () => new SsoServer(nas));

const json = (value: unknown, status = 200): ApiReply => ({
	html: JSON.stringify(value),
	status,
	headers: { 'Content-Type': 'application/json' },
});

const PAGES: Record<string, (server: SsoServer, wire: WireRequest, nas: Nas) => ApiReply> = {
	'/.well-known/openid-configuration': (server, wire) => json(discovery(server.base(wire))),
	'/openid-jwks.json': jwks,
	'/SSOOauth.cgi': authorize,
	'/SSOAccessToken.cgi': token,
	'/SSOUserInfo.cgi': userInfo,
};

/** Its pages: discovery, keys, sign-in, tokens, claims. */
export const ssoSite: Site = {
	serves: (_nas, path) => path.startsWith(PREFIX) && Object.hasOwn(PAGES, path.slice(PREFIX.length)),
	answer: (nas, wire) => PAGES[wire.http.path.slice(PREFIX.length)]!(ssoServerOf(nas), wire, nas),
};

/** The captured document (identity.md 1.2). */
const discovery = (base: string): Record<string, unknown> => ({
	issuer: base,
	authorization_endpoint: `${base}/SSOOauth.cgi`,
	token_endpoint: `${base}/SSOAccessToken.cgi`,
	userinfo_endpoint: `${base}/SSOUserInfo.cgi`,
	jwks_uri: `${base}/openid-jwks.json`,
	response_types_supported: ['code', 'code id_token', 'id_token', 'id_token token'],
	grant_types_supported: ['authorization_code', 'implicit'],
	scopes_supported: SCOPES,
	claims_supported: ['aud', 'email', 'exp', 'groups', 'iat', 'iss', 'sub', 'username'],
	code_challenge_methods_supported: ['S256', 'plain'],
	token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
	id_token_signing_alg_values_supported: ['RS256'],
	subject_types_supported: ['public'],
});

function jwks(server: SsoServer): ApiReply {
	if (server.keys.length === 0) server.rotate();
	const keys = server.keys.map(({ kid, publicKey }) => ({
		...publicKey.export({ format: 'jwk' }),
		alg: 'RS256',
		use: 'sig',
		...(server.namesKeys && { kid }),
	}));
	return json({ keys });
}

const redirect = (to: string, query: Record<string, string | null>): ApiReply => {
	const url = new URL(to);
	for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, value);
	return { html: '', status: 302, headers: { Location: url.href } };
};

/** Sign-in page, then the code (identity.md 1.3, 1.7). */
function authorize(server: SsoServer, { http }: WireRequest, nas: Nas): ApiReply {
	const query = new URLSearchParams(http.query);
	const [to, state] = [query.get('redirect_uri') ?? '', query.get('state')];
	const client = server.clients.get(query.get('client_id') ?? '');
	if (!client?.redirectUris.includes(to)) return { html: '<h1>Invalid redirect URI</h1>', status: 400 };
	const scope = (query.get('scope') ?? '').split(' ').filter(Boolean);
	const fault = faultOf(query, scope);
	if (fault) return redirect(to, { error: fault, error_description: fault, state });
	const session = nas.sessions.get(http.cookies.id ?? '');
	if (!session) return { html: SIGN_IN, status: 200 };
	const code = server.grant({
		user: session.user,
		client,
		redirectUri: to,
		scope,
		nonce: query.get('nonce'),
		challenge: query.get('code_challenge'),
	});
	return redirect(to, { code, state });
}

function faultOf(query: URLSearchParams, scope: string[]): string | undefined {
	if (query.get('response_type') !== 'code') return 'unsupported_response_type';
	if (!scope.includes('openid') || scope.some((one) => !SCOPES.includes(one))) return 'invalid_scope';
	const method = query.get('code_challenge_method');
	return query.get('code_challenge') !== null && method !== 'S256' ? 'invalid_request' : undefined;
}

/** The ordinary sign-in; the page is loaded again with the cookie that it brings. */
const SIGN_IN = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head><body>
<form id="signin"><label>Username <input name="account"></label> <label>Password <input name="passwd" type="password"></label>
<button>Sign in</button> <output id="said"></output></form>
<script>
document.getElementById('signin').addEventListener('submit', async (event) => {
	event.preventDefault();
	const form = new URLSearchParams(new FormData(event.target));
	for (const [name, value] of Object.entries({ api: 'SYNO.API.Auth', version: '7', method: 'login' })) form.set(name, value);
	const answer = await (await fetch('/webapi/entry.cgi', { method: 'POST', body: form })).json();
	if (answer.success) location.reload();
	else document.getElementById('said').textContent = 'Code ' + answer.error.code;
});
</script></body></html>
`;

/** Codes for tokens (identity.md 1.4, 1.7). */
function token(server: SsoServer, wire: WireRequest): ApiReply {
	const { raw, http } = wire;
	if (raw.action === 'exchange') return legacy(server, raw);
	if (raw.grant_type !== 'authorization_code') return json({ error: 'invalid request' }, 400);
	const [id, secret] = credentialsOf(wire);
	const client = server.clients.get(id);
	if (!client) return json({ error: 'invalid_app_id' }, 400);
	if (client.secret !== secret) return json({ error: 'invalid_client' }, 400);
	const code = http.bodyKind === 'urlencoded' ? server.redeem(raw.code ?? '') : undefined;
	if (!code || code.client !== client || code.redirectUri !== raw.redirect_uri)
		return json({ error: 'invalid_grant' }, 400);
	if (code.challenge !== null) {
		if (server.pkce === 'broken') return json({ error: 'server_error' }, 400);
		const hash = createHash('sha256')
			.update(raw.code_verifier ?? '')
			.digest('base64url');
		if (hash !== code.challenge) return json({ error: 'invalid_grant' }, 400);
	}
	return json(server.tokensFor(code, server.base(wire)));
}

/** Whose token a page got by the flow from before OpenID Connect (identity.md 1.9). */
function legacy(server: SsoServer, { access_token: token = '', app_id: id = '' }: WireRequest['raw']): ApiReply {
	const holder = server.clients.has(id) ? server.holder(token) : undefined;
	if (!holder) return json({ success: false, error: 'invalid_token' });
	return json({ success: true, data: { user_id: holder.user.uid, user_name: holder.user.name } });
}

/** In the body, or as HTTP Basic. */
function credentialsOf({ raw, http }: WireRequest): [id: string, secret: string] {
	const basic = /^Basic (.+)$/.exec(http.headers.authorization ?? '')?.[1];
	if (basic === undefined) return [raw.client_id ?? '', raw.client_secret ?? ''];
	const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
	return [id, secret];
}

/** GET only (identity.md 1.5). */
function userInfo(server: SsoServer, { http }: WireRequest): ApiReply {
	if (http.bodyKind !== 'none') return json({ error: 'invalid_request' }, 405);
	const bearer = /^Bearer (.+)$/.exec(http.headers.authorization ?? '')?.[1];
	if (bearer === undefined) return json({ error: 'invalid_request' }, 401);
	const holder = server.holder(bearer);
	if (holder === null) return json({ error: 'invalid_token' }, 401);
	return holder ? json(server.claimsOf(holder.user, holder.scope)) : json({ error: 'invalid_token' }, 400);
}
