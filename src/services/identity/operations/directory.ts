import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { flag, given, somethingToChange, text } from '../fields';
import * as wire from '../wire/policy';

const get = operation({
	title: 'Get single sign-on',
	summary: 'Says whether the sign-in page of the NAS goes to a single sign-on by itself. Needs an administrator.',
	call: wire.getSso,
	params: z.object({}),
});

const update = operation({
	title: 'Update single sign-on',
	summary: 'Lets the sign-in page of the NAS go to a single sign-on by itself, or not. Needs an administrator.',
	call: wire.setSso,
	params: z.object({
		sso_default_login: z
			.boolean()
			.meta({ title: 'Select SSO by Default', description: 'Whether it goes there by itself' }),
	}),
});

const listProfiles = operation({
	title: 'List profiles of single sign-on',
	summary: 'Gives the kinds of single sign-on that are set up. Needs an administrator.',
	call: wire.listProfiles,
	params: z.object({}),
});

const getOidc = operation({
	title: 'Get the OIDC client',
	summary: 'Gives how the NAS signs in by OpenID Connect; its secret is not shown. Needs an administrator.',
	call: wire.getOidc,
	params: z.object({}),
	response: ({ oidc_client_secret = '', ...rest }) => ({ ...rest, has_client_secret: oidc_client_secret !== '' }),
	result: wire.oidc,
});

const fields = {
	oidc_name: text('Name', 'Name on the sign-in page', 'Company'),
	oidc_wellknown: text(
		'Well-Known Address',
		'Address of the discovery document',
		'https://login.example.com/.well-known/openid-configuration',
	),
	oidc_client_id: text('Client ID', 'ID of the NAS at the provider', 'nas'),
	oidc_client_secret: z
		.string()
		.min(1)
		.optional()
		.meta({ title: 'Client Secret', description: 'Secret of the NAS at the provider', widget: 'secret' }),
	oidc_redirect_uri: text(
		'Redirect Address',
		'Address of the NAS, as the provider knows it',
		'https://nas.example.com',
	),
	oidc_scope: text('Scope', 'Scopes that are asked for', 'openid email'),
	oidc_user_claim: text('User Claim', 'Claim that holds the name of the user', 'preferred_username'),
	oidc_allow_local_user: flag('Local Users', 'Whether users of the NAS itself sign in this way, too'),
};

/** The NAS wants all of it back. */
const updateOidc = operation({
	title: 'Update the OIDC client',
	summary: 'Changes how the NAS signs in by OpenID Connect; what is not given stays. Needs an administrator.',
	known: { call: wire.getOidc },
	call: wire.setOidc,
	params: z.object(fields).refine(...somethingToChange(Object.keys(fields))),
	request: (params, known) => ({ ...known, ...given(params) }),
});

const getSaml = operation({
	title: 'Get the SAML client',
	summary: 'Gives how the NAS signs in by SAML. Needs an administrator.',
	call: wire.getSaml,
	params: z.object({}),
});

const getCas = operation({
	title: 'Get the CAS client',
	summary: 'Gives how the NAS signs in by CAS. Needs an administrator.',
	call: wire.getCas,
	params: z.object({}),
});

const listClients = operation({
	title: 'List OAuth applications',
	summary: 'Gives the applications that OAuth Service lets act for users. Needs an administrator.',
	call: wire.listOauthClients,
	params: z.object({}),
});

const listTokens = operation({
	title: 'List OAuth tokens',
	summary: 'Gives the tokens that OAuth Service has issued. Needs an administrator.',
	call: wire.listOauthTokens,
	params: z.object({}),
	response: ({ token: _, access_token: __, refresh_token: ___, ...rest }) => rest,
	result: z.array(z.looseObject({})),
});

const listLog = operation({
	title: 'List OAuth log entries',
	summary: 'Gives what OAuth Service did, the newest first. Needs an administrator.',
	call: wire.listOauthLog,
	params: z.object({}),
	request: () => ({ action: 'list' }),
});

const getSettings = operation({
	title: 'Get OAuth settings',
	summary: 'Says how long a token of OAuth Service lasts. Needs an administrator.',
	call: wire.getOauth,
	params: z.object({}),
});

/** The NAS wants all of it back. */
const setExpiry = operation({
	title: 'Set the expiry of OAuth tokens',
	summary: 'Changes how long tokens last that OAuth Service issues from now on. Needs an administrator.',
	known: { call: wire.getOauth },
	call: wire.setOauth,
	params: z.object({
		seconds: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.meta({ title: 'Expiry (Seconds)', description: 'Seconds that a token lasts' }),
	}),
	request: ({ seconds }, known) => ({ ...known, token_expired: seconds }),
});

const listScopes = operation({
	title: 'List OAuth scopes',
	summary: 'Gives the scopes that the NAS knows, with the APIs in them. Every account may read it.',
	right: 'account',
	call: wire.listScopes,
	params: z.object({}),
});

/** Codes that say that there is none: a state, no failure (identity.md 8). */
const NONE = new Set([2624, 2701]);

const getLdap = operation({
	title: 'Get LDAP',
	summary: 'Says whether the NAS is a client of an LDAP directory, and of which. Every account may read it.',
	right: 'account',
	call: wire.getLdap,
	params: z.object({}),
	result: z.looseObject({ configured: z.boolean().optional() }),
	failed(error) {
		if (NONE.has(error.dsmCode ?? 0)) return { configured: false };
		throw error;
	},
});

const getDomain = operation({
	title: 'Get the domain',
	summary: 'Says whether the NAS belongs to a Windows domain. Needs an administrator.',
	call: wire.getDomain,
	params: z.object({}),
});

const listLdapProfiles = operation({
	title: 'List LDAP profiles',
	summary: 'Gives the profiles by which the NAS reads LDAP directories. Needs an administrator.',
	call: wire.listLdapProfiles,
	params: z.object({}),
});

export const ssoClients = resource('Single sign-on', {
	get,
	update,
	listProfiles,
	getOidc,
	updateOidc,
	getSaml,
	getCas,
});
export const oauths = resource('OAuth', { listClients, listTokens, listLog, getSettings, setExpiry, listScopes });
export const directories = resource('Directory', { getLdap, getDomain, listLdapProfiles });
