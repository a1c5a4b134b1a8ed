import { procedure, resource } from '../../../catalog/operation';
import { randomBytes } from 'node:crypto';
import { DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { verifyIdToken, type Claims } from '../lib/idToken';
import {
	discover,
	discovery,
	exchangeCode,
	exchangePageToken,
	isPkceBroken,
	newVerifier,
	readUser,
	sameSecret,
} from '../lib/oidc';

const WELL_KNOWN = 'GET /webman/sso/.well-known/openid-configuration';
const KEYS = 'GET /webman/sso/openid-jwks.json';

/** Codes and tokens come with each item or message. */
const passing = (title: string, description: string) =>
	z.string().trim().min(1).meta({ title, description, widget: 'secret', passing: true });

const client_id = z.string().trim().min(1).meta({
	title: 'Application ID',
	description: 'ID of the application in SSO Server',
	placeholder: 'e.g. 0f3c…',
	application: true,
});

const client_secret = z.string().trim().min(1).meta({
	title: 'Application Secret',
	description: 'Secret of the application in SSO Server',
	widget: 'secret',
	application: true,
});

const redirect_uri = z.url().meta({
	title: 'Redirect Address',
	description: 'Where the browser comes back to, exactly as it is registered in SSO Server',
	placeholder: 'e.g. https://n8n.example.com/webhook/signed-in',
	application: true,
});

const nonce = z.string().trim().min(1).optional().meta({
	title: 'Nonce',
	description: 'The nonce that the sign-in address was built with; a token of another sign-in is refused',
});

const group = z.string().trim().min(1).optional().meta({
	title: 'Group',
	description: 'Group of the NAS that the account must be in',
	placeholder: 'e.g. administrators',
});

/** Who signed in. `sub` is the name of the account, which changes when the account is renamed (identity.md 1.4). */
const person = z.object({
	username: z.string(),
	email: z.string(),
	groups: z.array(z.string()),
});

const verified = person.extend({ issuer: z.string(), issued_at: z.iso.datetime(), expires_at: z.iso.datetime() });

/** Claims are read leniently: versions of SSO Server differ in what they give (identity.md 1.5). */
const personOf = ({ sub, username, email, groups }: Claims): z.output<typeof person> => ({
	username: String(username ?? sub ?? ''),
	email: String(email ?? ''),
	groups: Array.isArray(groups) ? groups.map(String) : [],
});

const at = (seconds: unknown): string => new Date(Number(seconds) * 1000).toISOString();

const verifiedOf = (claims: Claims): z.output<typeof verified> => ({
	...personOf(claims),
	issuer: String(claims.iss),
	issued_at: at(claims.iat),
	expires_at: at(claims.exp),
});

const getDiscovery = procedure({
	title: 'Get the discovery document',
	summary:
		'Gives what the OpenID Connect server of the NAS offers. SSO Server has no refresh tokens, and neither revokes nor introspects tokens. Every account may do it.',
	right: 'account',
	uses: [],
	dav: [WELL_KNOWN],
	source: 'identity.md 1.2',
	basis: 'capture',
	readOnly: true,
	params: z.object({}),
	result: discovery,
	run: async (_params, dsm) => await discover(dsm),
});

const buildAddress = procedure({
	title: 'Build a sign-in address',
	summary:
		'Makes the address that a person opens to sign in at the NAS, with what has to be kept until the browser comes back. Every account may do it.',
	right: 'account',
	uses: [],
	dav: [WELL_KNOWN],
	source: 'identity.md 1.3; identity.md 1.6.1',
	basis: 'capture',
	readOnly: true,
	params: z.object({
		client_id,
		redirect_uri,
		scope: z.string().trim().default('openid email groups').meta({
			title: 'Scope',
			description: 'What is asked for; what the NAS does not offer is left out',
		}),
		pkce: z
			.enum(['auto', 'on', 'off'])
			.default('auto')
			.meta({
				title: 'PKCE',
				description:
					'Proof that whoever redeems the code asked for it. Some versions of SSO Server fail with it: once that happened, automatic goes without.',
				labels: { auto: 'Automatic', on: 'On', off: 'Off' },
			}),
	}),
	result: z.object({
		url: z.string(),
		state: z.string(),
		nonce: z.string(),
		/** Whether the address asks for PKCE; `code_verifier` is there only then. */
		pkce: z.boolean(),
		code_verifier: z.string().optional(),
		scope: z.string(),
		/** Scopes that the NAS does not offer. */
		left_out: z.array(z.string()),
	}),
	async run({ client_id: client, redirect_uri: redirect, scope, pkce: wish }, dsm) {
		const document = await discover(dsm);
		const wanted = scope.split(/\s+/).filter(Boolean);
		const offered = new Set(document.scopes_supported ?? wanted);
		const scopes = wanted.filter((one) => offered.has(one));
		const offers = document.code_challenge_methods_supported?.includes('S256') === true && !isPkceBroken(dsm);
		const pair = wish === 'on' || (wish === 'auto' && offers) ? newVerifier() : undefined;
		const [state, fresh] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
		const url = new URL(document.authorization_endpoint);
		const query = {
			response_type: 'code',
			client_id: client,
			redirect_uri: redirect,
			scope: scopes.join(' '),
			state,
			nonce: fresh,
			...(pair && { code_challenge: pair.challenge, code_challenge_method: 'S256' }),
		};
		for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
		return {
			url: url.href,
			state,
			nonce: fresh,
			pkce: pair !== undefined,
			...(pair && { code_verifier: pair.verifier }),
			scope: scopes.join(' '),
			left_out: wanted.filter((one) => !offered.has(one)),
		};
	},
});

const answerSignIn = procedure({
	title: 'Answer a sign-in',
	summary:
		'Redeems the code that the browser came back with, verifies the ID token, and says who signed in. A code is good once and for three minutes. Every account may do it.',
	right: 'account',
	uses: [],
	dav: [WELL_KNOWN, 'POST /webman/sso/SSOAccessToken.cgi', KEYS],
	source: 'identity.md 1.4; identity.md 1.7',
	basis: 'clients',
	params: z.object({
		code: passing('Code', 'The code of the address that the browser came back to'),
		client_id,
		client_secret,
		redirect_uri,
		state: z
			.string()
			.optional()
			.meta({ title: 'State', description: 'The state of the address that the browser came back to' }),
		expected_state: z.string().optional().meta({
			title: 'Expected State',
			description: 'The state that the sign-in address was built with',
			application: true,
		}),
		nonce: nonce.meta({ application: true }),
		code_verifier: passing('Code Verifier', 'What was kept of a sign-in address with PKCE')
			.optional()
			.meta({ application: true }),
		group,
		show_tokens: z.boolean().default(false).meta({
			title: 'Show Tokens',
			description: 'Whether the result holds the tokens, too; they are as good as a signed-in person',
		}),
	}),
	result: verified.extend({ id_token: z.string().optional(), access_token: z.string().optional() }),
	async run(
		{ state, expected_state: expectedState, nonce: expectedNonce, group: needed, show_tokens: show, ...form },
		dsm,
	) {
		if (expectedState !== undefined && !sameSecret(state ?? '', expectedState))
			throw new DsmInputError('The answer belongs to another sign-in: "state" differs.', {
				path: ['state'],
				hint: 'Do not trust it; sign in again.',
			});
		const tokens = await exchangeCode(dsm, await discover(dsm), form);
		const expected = { client_id: form.client_id, nonce: expectedNonce, group: needed };
		const claims = await verifyIdToken(dsm, tokens.id_token, expected);
		const shown = show ? { id_token: tokens.id_token, access_token: tokens.access_token } : {};
		return { ...verifiedOf(claims), ...shown };
	},
});

const getPerson = procedure({
	title: 'Get the signed-in person',
	summary: 'Says whose access token this is, by asking the NAS. Every account may do it.',
	right: 'account',
	uses: [],
	dav: [WELL_KNOWN, 'GET /webman/sso/SSOUserInfo.cgi'],
	source: 'identity.md 1.5',
	basis: 'capture',
	readOnly: true,
	params: z.object({ access_token: passing('Access Token', 'Access token of a sign-in') }),
	result: person,
	run: async ({ access_token: token }, dsm) => personOf((await readUser(dsm, await discover(dsm), token)) as Claims),
});

const verifyToken = procedure({
	title: 'Verify an ID token',
	summary:
		'Checks signature, issuer, audience, expiry and nonce of an ID token of the NAS, and says whose it is. Protects a webhook by accounts of the NAS. Every account may do it.',
	right: 'account',
	uses: [],
	dav: [WELL_KNOWN, KEYS],
	source: 'identity.md 1.4; identity.md 4.2',
	basis: 'capture',
	readOnly: true,
	params: z.object({ id_token: passing('ID Token', 'ID token of a sign-in'), client_id, nonce, group }),
	result: verified,
	run: async ({ id_token: token, ...expected }, dsm) => verifiedOf(await verifyIdToken(dsm, token, expected)),
});

/** SSO Server takes the token in the address alone; it is that of a web page, and opens nothing of DSM (identity.md 1.9). */
const verifyPageToken = procedure({
	title: 'Verify a token of a web page',
	summary:
		'Says whose access token a web page got from the JavaScript library of SSO Server (SYNOSSO), as pages from before OpenID Connect do. Every account may do it.',
	right: 'account',
	uses: [],
	dav: ['GET /webman/sso/SSOAccessToken.cgi'],
	source: 'identity.md 1.9',
	basis: 'guide',
	readOnly: true,
	params: z.object({ access_token: passing('Access Token', 'Access token that the page got'), client_id }),
	result: z.object({ user_id: z.string(), username: z.string() }),
	run: async ({ access_token: token, client_id: client }, dsm) => await exchangePageToken(dsm, token, client),
});

export const ssoServer = resource('SSO Server', {
	getDiscovery,
	buildAddress,
	answerSignIn,
	getPerson,
	verifyToken,
	verifyPageToken,
});
