import { describe, expect, it } from '@jest/globals';
import { failure } from '../../support/nas';
import { REDIRECT, ssoServer, tokens, withSso, type SsoScene } from './ssoStage';

describe('SSO Server of the NAS', () => {
	it('says what it offers, at its own address or at the root', async () => {
		await withSso(async ({ dsm, simulator }) => {
			expect(await dsm.do(ssoServer.getDiscovery, {})).toMatchObject({
				issuer: `${simulator.url}/webman/sso`,
				grant_types_supported: ['authorization_code', 'implicit'],
			});
			await dsm.do(ssoServer.getDiscovery, {});
			expect(simulator.requests).toHaveLength(1);
		});
	});

	it('signs a person in with state, nonce and PKCE, and says who it is', async () => {
		await withSso(async (scene) => {
			const { dsm, simulator } = scene;
			const { address, params } = await tokens(scene);
			const query = new URL(address.url).searchParams;
			expect(query.get('code_challenge_method')).toBe('S256');
			expect(address).toMatchObject({ pkce: true, scope: 'openid email groups', left_out: [] });
			expect(address.code_verifier).toMatch(/^[0-9a-f]{64}$/);
			const person = await dsm.do(ssoServer.answerSignIn, { ...params, show_tokens: true });
			expect(person).toMatchObject({
				username: 'alice',
				email: 'alice@example.com',
				groups: ['administrators', 'users'],
				issuer: `${simulator.url}/webman/sso`,
			});
			expect(Date.parse(person.expires_at) - Date.parse(person.issued_at)).toBe(180_000);
			expect(await dsm.do(ssoServer.getPerson, { access_token: person.access_token! })).toEqual({
				username: 'alice',
				email: 'alice@example.com',
				groups: ['administrators', 'users'],
			});
			const expected = { id_token: person.id_token!, client_id: params.client_id, nonce: params.nonce };
			expect(await dsm.do(ssoServer.verifyToken, expected)).toMatchObject({ username: 'alice' });
			expect(simulator.nas.sessions.list().filter(({ name }) => name !== '')).toEqual([]);
		});
	});

	it('shows no tokens unless they are asked for', async () => {
		await withSso(async (scene) => {
			const { params } = await tokens(scene, 'bob');
			const person = await scene.dsm.do(ssoServer.answerSignIn, params);
			expect(Object.keys(person).sort()).toEqual(['email', 'expires_at', 'groups', 'issued_at', 'issuer', 'username']);
		});
	});

	it('is not asked for scopes that it does not offer', async () => {
		await withSso(async ({ dsm, client }) => {
			const wish = { client_id: client.id, redirect_uri: REDIRECT, scope: 'openid profile offline_access' };
			expect(await dsm.do(ssoServer.buildAddress, wish)).toMatchObject({
				scope: 'openid',
				left_out: ['profile', 'offline_access'],
			});
		});
	});

	it('goes without PKCE once it failed with it, and says so', async () => {
		await withSso(async (scene) => {
			scene.server.pkce = 'broken';
			const { params } = await tokens(scene);
			const error = await failure(scene.dsm.do(ssoServer.answerSignIn, params));
			expect(error.message).toBe('SSO Server failed to check the PKCE verifier, as some of its versions do.');
			expect(error['hint']).toBe('Sign-in addresses are built without PKCE from now on: sign in again with a new one.');
			const again = await tokens(scene);
			expect(again.address.pkce).toBe(false);
			expect(await scene.dsm.do(ssoServer.answerSignIn, again.params)).toMatchObject({ username: 'alice' });
		});
	});

	it('takes a code once', async () => {
		await withSso(async (scene) => {
			const { params } = await tokens(scene);
			await scene.dsm.do(ssoServer.answerSignIn, params);
			expect((await failure(scene.dsm.do(ssoServer.answerSignIn, params))).message).toBe(
				'SSO Server does not take the code.',
			);
		});
	});

	it.each<[string, object, string]>([
		['a wrong verifier', { code_verifier: 'f'.repeat(64) }, 'SSO Server does not take the code.'],
		['a forged code', { code: 'made-up' }, 'SSO Server does not take the code.'],
		['another redirect address', { redirect_uri: `${REDIRECT}/` }, 'SSO Server does not take the code.'],
		['a wrong secret', { client_secret: 'of-another-application' }, 'The application secret is wrong.'],
		['an unknown application', { client_id: '0'.repeat(32) }, 'SSO Server does not know the application ID.'],
		['a state of another sign-in', { state: 'other' }, 'The answer belongs to another sign-in: "state" differs.'],
		['a missing state', { state: undefined }, 'The answer belongs to another sign-in: "state" differs.'],
		['a wrong nonce', { nonce: 'other' }, 'The ID token answers another sign-in: its nonce differs.'],
		['a group that is needed', { group: 'finance' }, '"alice" is not in the group "finance".'],
	])('refuses %s', async (_, change, text) => {
		await withSso(async (scene) => {
			const { params } = await tokens(scene);
			const error = await failure(scene.dsm.do(ssoServer.answerSignIn, { ...params, ...change }));
			expect(error.message).toBe(text);
			expect(`${error.message} ${String(error['hint'])}`).not.toContain(params.client_secret);
		});
	});

	it('refuses a code that is three minutes old', async () => {
		await withSso(async (scene) => {
			const { params } = await tokens(scene);
			scene.clock.advance(181_000);
			expect((await failure(scene.dsm.do(ssoServer.answerSignIn, params))).message).toBe(
				'SSO Server does not take the code.',
			);
		});
	});

	it('says whose token a web page got, and refuses a forged one and one of no application', async () => {
		await withSso(async (scene) => {
			const { params } = await tokens(scene, 'bob');
			const { access_token } = await scene.dsm.do(ssoServer.answerSignIn, { ...params, show_tokens: true });
			const given = { access_token: access_token!, client_id: scene.client.id };
			expect(await scene.dsm.do(ssoServer.verifyPageToken, given)).toEqual({
				user_id: String(scene.simulator.nas.user('bob').uid),
				username: 'bob',
			});
			for (const change of [{ access_token: 'forged' }, { client_id: '0'.repeat(32) }]) {
				const error = await failure(scene.dsm.do(ssoServer.verifyPageToken, { ...given, ...change }));
				expect(error.message).toBe('SSO Server does not take the access token (invalid_token).');
			}
			scene.clock.advance(181_000);
			const late = await failure(scene.dsm.do(ssoServer.verifyPageToken, given));
			expect(late.message).toBe('SSO Server does not take the access token (invalid_token).');
		});
	});

	it('is told to be installed where there is none', async () => {
		await withSso(async ({ dsm, simulator }) => {
			simulator.nas.faults.html(404, 2);
			expect(await failure(dsm.do(ssoServer.getDiscovery, {}))).toMatchObject({
				code: 'unavailable',
				message: 'The NAS has no OpenID Connect server.',
			});
		});
	});
});

describe('an ID token', () => {
	const claims = ({ simulator, client, server }: SsoScene) => ({
		sub: 'alice',
		username: 'alice',
		email: '',
		iss: `${simulator.url}/webman/sso`,
		aud: client.id,
		iat: server.now,
		exp: server.now + 180,
		nonce: 'expected',
	});
	const check = async (scene: SsoScene, id_token: string) =>
		await scene.dsm.do(ssoServer.verifyToken, { id_token, client_id: scene.client.id, nonce: 'expected' });
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

	it('is taken with an empty email and without groups', async () => {
		await withSso(async (scene) => {
			expect(await check(scene, scene.server.issue(claims(scene)))).toMatchObject({
				username: 'alice',
				email: '',
				groups: [],
			});
		});
	});

	it.each<[string, (scene: SsoScene) => string, string]>([
		[
			'of another issuer',
			(scene) => scene.server.issue({ ...claims(scene), iss: scene.simulator.url }),
			'The ID token is of another issuer.',
		],
		[
			'for another application',
			(scene) => scene.server.issue({ ...claims(scene), aud: 'other' }),
			'The ID token was made for another application.',
		],
		[
			'that has expired',
			(scene) => scene.server.issue({ ...claims(scene), exp: scene.server.now - 61 }),
			'The ID token has expired.',
		],
		[
			'from the future',
			(scene) => scene.server.issue({ ...claims(scene), iat: scene.server.now + 120 }),
			'The ID token is from the future.',
		],
		[
			'without an end',
			(scene) => scene.server.issue({ ...claims(scene), exp: undefined }),
			'The claim "exp" of the ID token does not fit.',
		],
		[
			'with another nonce',
			(scene) => scene.server.issue({ ...claims(scene), nonce: 'replayed' }),
			'The ID token answers another sign-in: its nonce differs.',
		],
		[
			'without a nonce',
			(scene) => scene.server.issue({ ...claims(scene), nonce: undefined }),
			'The ID token answers another sign-in: its nonce differs.',
		],
		[
			'whose claims were changed',
			(scene) => {
				const [head, , signature] = scene.server.issue(claims(scene)).split('.');
				return [head, part({ ...claims(scene), sub: 'admin' }), signature].join('.');
			},
			'The ID token is not signed by this NAS.',
		],
		[
			'without a signature',
			(scene) => {
				scene.server.rotate();
				const { kid } = scene.server.keys[0]!;
				return `${part({ alg: 'none', kid })}.${part(claims(scene))}.`;
			},
			'The ID token is not signed by this NAS.',
		],
		['that is none', () => 'not a token', 'This is no ID token.'],
	])('%s is refused', async (_, make, text) => {
		await withSso(async (scene) => {
			expect((await failure(check(scene, make(scene)))).message).toBe(text);
		});
	});

	it('is taken when the keys were changed since they were read', async () => {
		await withSso(async (scene) => {
			await check(scene, scene.server.issue(claims(scene)));
			scene.server.rotate();
			expect(await check(scene, scene.server.issue(claims(scene)))).toMatchObject({ username: 'alice' });
		});
	});

	it('of a key that is shown no longer is refused', async () => {
		await withSso(async (scene) => {
			const old = scene.server.issue(claims(scene));
			scene.server.rotate({ drop: true });
			expect((await failure(check(scene, old))).message).toBe('The ID token is not signed by this NAS.');
		});
	});

	it('is taken from versions that name no key, whichever of them signed', async () => {
		await withSso(async (scene) => {
			scene.server.namesKeys = false;
			const old = scene.server.issue(claims(scene));
			scene.server.rotate();
			expect(await check(scene, old)).toMatchObject({ username: 'alice' });
		});
	});
});
