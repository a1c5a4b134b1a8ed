import { beforeAll, describe, expect, it } from '@jest/globals';
import { atSsoServer } from '../../support/signIn';
import { REDIRECT, withSso } from './ssoStage';

describe('openid-client, which knows nothing of this project', () => {
	let oidc: typeof import('openid-client', { with: { 'resolution-mode': 'import' } });
	beforeAll(async () => {
		oidc = await import('openid-client');
	});

	it('signs in at the simulated SSO Server with PKCE, state and nonce', async () => {
		await withSso(async ({ simulator, client }) => {
			const server = new URL(`${simulator.url}/webman/sso`);
			const config = await oidc.discovery(server, client.id, client.secret, oidc.ClientSecretPost(client.secret), {
				execute: [oidc.allowInsecureRequests],
			});
			const verifier = oidc.randomPKCECodeVerifier();
			const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
			const address = oidc.buildAuthorizationUrl(config, {
				redirect_uri: REDIRECT,
				scope: 'openid email groups',
				state: expectedState,
				nonce: expectedNonce,
				code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
				code_challenge_method: 'S256',
			});
			const back = new URL(`${REDIRECT}?${(await atSsoServer(simulator, address.href, 'bob')).toString()}`);
			const checks = { pkceCodeVerifier: verifier, expectedState, expectedNonce };
			const answer = await oidc.authorizationCodeGrant(config, back, checks);
			expect(answer.claims()).toMatchObject({ sub: 'bob', username: 'bob', groups: ['users'] });
			expect(await oidc.fetchUserInfo(config, answer.access_token, 'bob')).toMatchObject({ email: 'bob@example.com' });
			await expect(oidc.authorizationCodeGrant(config, back, checks)).rejects.toMatchObject({ error: 'invalid_grant' });
		});
	});
});
