import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError, DsmProtocolError, DsmUnavailableError } from '../../../core/errors';
import { z } from '../../../vendor/zod';

/** Discovery document of SSO Server (identity.md 1.2). */
export const discovery = z.looseObject({
	issuer: z.string().min(1),
	authorization_endpoint: z.url(),
	token_endpoint: z.url(),
	userinfo_endpoint: z.url(),
	jwks_uri: z.url(),
	scopes_supported: z.array(z.string()).optional(),
	grant_types_supported: z.array(z.string()).optional(),
	code_challenge_methods_supported: z.array(z.string()).optional(),
});
export type DiscoveryDocument = z.output<typeof discovery>;

const WELL_KNOWN = ['/webman/sso/.well-known/openid-configuration', '/.well-known/openid-configuration'];
/** Neither ETag nor date tells of changes: looked at again each hour. */
const FRESH = 3_600_000;

interface Kept<T> {
	value: T;
	at: number;
}

/** What was read within the last hour, or what `read` gives. */
async function kept<T>(dsm: Dsm, key: string, read: () => Promise<T>, fresh = false): Promise<T> {
	const known = dsm.memory.get(key) as Kept<T> | undefined;
	if (!fresh && known && dsm.now() - known.at < FRESH) return known.value;
	const value = await read();
	dsm.memory.set(key, { value, at: dsm.now() });
	return value;
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The discovery document. Throws DsmUnavailableError where no OIDC server runs. */
export const discover = async (dsm: Dsm): Promise<DiscoveryDocument> =>
	await kept(dsm, 'sso discovery', async () => {
		for (const path of WELL_KNOWN) {
			const answer = await dsm.page({ path });
			const parsed = answer.status === 200 ? discovery.safeParse(jsonOf(answer.text)) : undefined;
			if (parsed?.success) return parsed.data;
		}
		throw new DsmUnavailableError('The NAS has no OpenID Connect server.', {
			hint: 'Install SSO Server from Package Center, and enable the OIDC server in it.',
		});
	});

/**
 * Path of an endpoint: it is asked at the address of the connection, since the public name of SSO Server may not lead back to the NAS from
 * here, and nothing of the connection goes to another host (identity.md 7).
 */
export const pathOf = (endpoint: string): string => new URL(endpoint).pathname;

export interface Jwk {
	kty?: string;
	kid?: string;
	use?: string;
	[name: string]: unknown;
}

/** Public keys that sign ID tokens. `fresh`: read anew, since keys are changed. */
export const readKeys = async (dsm: Dsm, { jwks_uri }: DiscoveryDocument, fresh = false): Promise<Jwk[]> =>
	await kept(
		dsm,
		'sso keys',
		async () => {
			const { text } = await dsm.page({ path: pathOf(jwks_uri) });
			const { keys } = (jsonOf(text) ?? {}) as { keys?: unknown };
			if (Array.isArray(keys)) return keys as Jwk[];
			throw new DsmProtocolError('SSO Server gave no list of keys.', { hint: 'Check SSO Server in Package Center.' });
		},
		fresh,
	);

/** A verifier of hexadecimal digits: others made SSO Server fail (identity.md 1.6). */
export function newVerifier(): { verifier: string; challenge: string } {
	const verifier = randomBytes(32).toString('hex');
	return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function sameSecret(one: string, other: string): boolean {
	const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
	return timingSafeEqual(a!, b!);
}

/** SSO Server failed to check a verifier: until the process ends, addresses are built without one. */
const BROKEN = 'sso pkce broken';
export const isPkceBroken = ({ memory }: Dsm): boolean => memory.get(BROKEN) === true;

const CODES: Record<string, [cause: string, remedy: string]> = {
	invalid_app_id: ['SSO Server does not know the application ID', 'Copy it from the application list of SSO Server.'],
	invalid_client: ['The application secret is wrong', 'Copy it from the application list of SSO Server.'],
	invalid_grant: [
		'SSO Server does not take the code',
		'A code is good once and for three minutes, with the redirect address and the verifier that it was asked with: sign in again.',
	],
	server_error: ['SSO Server failed', 'Sign in again; if it stays, look into the log of SSO Server.'],
};

/** Tokens for a code. Throws DsmApiError with what SSO Server says (identity.md 1.4, 1.7). */
export async function exchangeCode(
	dsm: Dsm,
	{ token_endpoint }: DiscoveryDocument,
	form: Record<string, string | undefined>,
): Promise<{ id_token: string; access_token: string; expires_in?: number }> {
	const answer = await dsm.page({
		path: pathOf(token_endpoint),
		form: { grant_type: 'authorization_code', ...form },
	});
	const data = (jsonOf(answer.text) ?? {}) as Record<string, unknown>;
	const { id_token, access_token, expires_in } = data;
	if (answer.status === 200 && typeof id_token === 'string' && typeof access_token === 'string')
		return { id_token, access_token, ...(typeof expires_in === 'number' && { expires_in }) };
	const error = typeof data['error'] === 'string' ? data['error'] : undefined;
	if (error === undefined)
		throw new DsmProtocolError(`SSO Server answered something else than tokens (HTTP ${answer.status}).`, {
			httpStatus: answer.status,
			hint: 'Check that the address of the connection is that of the NAS with SSO Server.',
		});
	const [cause, remedy] = CODES[error] ?? [`SSO Server refuses (${error})`, 'Look into the log of SSO Server.'];
	if (error !== 'server_error' || form['code_verifier'] === undefined)
		throw new DsmApiError(`${cause}.`, { httpStatus: answer.status, hint: remedy });
	dsm.memory.set(BROKEN, true);
	throw new DsmApiError('SSO Server failed to check the PKCE verifier, as some of its versions do.', {
		httpStatus: answer.status,
		hint: 'Sign-in addresses are built without PKCE from now on: sign in again with a new one.',
	});
}

/** Claims of whoever holds an access token (identity.md 1.5). */
export async function readUser(
	dsm: Dsm,
	{ userinfo_endpoint }: DiscoveryDocument,
	token: string,
): Promise<Record<string, unknown>> {
	const headers = { authorization: `Bearer ${token}` };
	const { status, text } = await dsm.page({ path: pathOf(userinfo_endpoint), headers });
	const data = jsonOf(text);
	if (status === 200 && typeof data === 'object' && data !== null) return data as Record<string, unknown>;
	throw new DsmApiError('SSO Server does not take the access token.', {
		httpStatus: status,
		hint: 'It is good for three minutes, unless SSO Server was set otherwise: sign in again.',
	});
}

/** Whose token a web page got by the flow from before OpenID Connect (identity.md 1.9). */
export async function exchangePageToken(
	dsm: Dsm,
	token: string,
	client: string,
): Promise<{ user_id: string; username: string }> {
	const query = new URLSearchParams({ action: 'exchange', access_token: token, app_id: client });
	const { status, text } = await dsm.page({ path: `/webman/sso/SSOAccessToken.cgi?${query.toString()}` });
	const { success, data, error } = (jsonOf(text) ?? {}) as Record<string, unknown>;
	const { user_id, user_name } = (data ?? {}) as Record<string, unknown>;
	if (success === true && typeof user_name === 'string') return { user_id: String(user_id), username: user_name };
	if (success === false)
		throw new DsmApiError(`SSO Server does not take the access token (${String(error)}).`, {
			httpStatus: status,
			hint: 'Let the page sign in again; the application ID must be the one that the page uses.',
		});
	throw new DsmProtocolError(`SSO Server answered something else than a person (HTTP ${status}).`, {
		httpStatus: status,
		hint: 'Check that the address of the connection is that of the NAS with SSO Server.',
	});
}
