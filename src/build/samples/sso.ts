import type { Nas } from '../../simulator/core/nas';
import { ssoServerOf } from '../../simulator/services/identity/sso';
import { samples } from '../../services/identity/samples';

const REDIRECT = 'https://n8n.example.com/webhook/signed-in';

/**
 * A person who has just signed in at SSO Server: code and tokens by the names of the parameters that take them, since a fresh NAS has
 * given none. `base`: address of the NAS.
 */
export function stageSso(nas: Nas, base: string): Record<string, string> {
	const server = ssoServerOf(nas);
	const { client_id: id, client_secret: secret } = samples['*'] as { client_id: string; client_secret: string };
	const sign = { user: nas.user('alice'), client: server.register(REDIRECT, { id, secret }), redirectUri: REDIRECT };
	const code = { ...sign, scope: ['openid', 'email', 'groups'], nonce: null, challenge: null };
	const { id_token, access_token } = server.tokensFor({ ...code, until: 0 }, `${base}/webman/sso`);
	return {
		code: server.grant(code, 'b1946ac92492d2347c6235b4d2611184'),
		id_token: String(id_token),
		access_token: String(access_token),
	};
}
