import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const read = { basis: 'capture', source: 'identity.md 5.4', readOnly: true } as const;
const write = { basis: 'clients', source: 'identity.md 5.4', confirmed: true } as const;

/** Nested as `set` wants it back. */
const policy = z.looseObject({
	password_must_change: z.boolean().optional(),
	enable_reset_passwd_by_email: z.boolean().optional(),
	strong_password: z.looseObject({}).default({}),
});
export const passwordPolicy = row({
	password_must_change: field.flag().optional(),
	enable_reset_passwd_by_email: field.flag().optional(),
	min_length_enable: field.flag().optional(),
	min_length: field.number().optional(),
	mixed_case: field.flag().optional(),
	included_numeric_char: field.flag().optional(),
	included_special_char: field.flag().optional(),
	exclude_username: field.flag().optional(),
	history_num: field.number().optional(),
});
export const getPasswordPolicy = call('SYNO.Core.User.PasswordPolicy', 'get', 1, { answer: policy, ...read });
export const setPasswordPolicy = repeatable(call('SYNO.Core.User.PasswordPolicy', 'set', 1, write));

export const passwordExpiry = row({
	/** Days that a password lasts; 0 where it lasts for good. */
	password_expire_enable: z.union([z.boolean(), z.number()]).optional(),
	enable_login_prompt: field.flag().optional(),
	enable_mail_notification: field.flag().optional(),
	mail_notification_days: z.union([z.string(), z.number()]).optional(),
	min_age_enable: z.union([z.boolean(), z.number()]).optional(),
	allow_reset_after_expired: field.flag().optional(),
});
export const getPasswordExpiry = call('SYNO.Core.User.PasswordExpiry', 'get', 1, { answer: passwordExpiry, ...read });
export const setPasswordExpiry = repeatable(call('SYNO.Core.User.PasswordExpiry', 'set', 1, write));

export const listReservedNames = call('SYNO.Core.User.UsernamePolicy', 'list', 1, {
	list: ['', '*'],
	of: z.preprocess((one) => (typeof one === 'string' ? { name: one } : one), row({ name: field.text() })),
	...read,
});

const factors = { basis: 'capture', source: 'identity.md 6.3', readOnly: true } as const;
export const getTwoFactorPolicy = call('SYNO.Core.OTP.EnforcePolicy', 'get', 1, {
	answer: row({ otp_enforce_option: field.text() }),
	...factors,
});
export const getAdaptivePolicy = call('SYNO.SecureSignIn.AMFA.Policy', 'get', 1, {
	answer: row({
		type: z.union([z.string(), z.number()]).optional(),
		user_list: z.array(z.unknown()).default([]),
		group_list: z.array(z.unknown()).default([]),
	}),
	...factors,
});

const sso = { basis: 'capture', source: 'identity.md 2', readOnly: true } as const;
const ssoWrite = { basis: 'clients', source: 'identity.md 2', confirmed: true } as const;
export const getSso = call('SYNO.Core.Directory.SSO.Setting', 'get', 1, {
	answer: row({ sso_default_login: field.flag().optional() }),
	...sso,
});
export const setSso = repeatable(call('SYNO.Core.Directory.SSO.Setting', 'set', 1, ssoWrite));
export const listProfiles = call('SYNO.Core.Directory.SSO.Profile', 'list', 1, {
	list: 'profiles',
	of: z.preprocess((one) => (typeof one === 'string' ? { name: one } : one), row({ name: field.text() })),
	...sso,
});
const OIDC = {
	oidc_name: field.text().optional(),
	oidc_wellknown: field.text().optional(),
	oidc_client_id: field.text().optional(),
	oidc_redirect_uri: field.text().optional(),
	oidc_scope: field.text().optional(),
	oidc_user_claim: field.text().optional(),
	oidc_authorization_endpoint: field.text().optional(),
	oidc_token_endpoint: field.text().optional(),
	oidc_allow_local_user: field.flag().optional(),
};
/** What is shown of it: the secret, which DSM gives in clear, is not. */
export const oidc = row({ ...OIDC, has_client_secret: z.boolean() });
export const getOidc = call('SYNO.Core.Directory.OIDC.SSO', 'get', 1, {
	answer: row({ ...OIDC, oidc_client_secret: field.secret().optional() }),
	...sso,
});
export const setOidc = repeatable(call('SYNO.Core.Directory.OIDC.SSO', 'set', 1, ssoWrite));
export const getSaml = call('SYNO.Core.Directory.SSO.SAML', 'get', 1, {
	answer: row({
		sso_saml_enable: field.flag().optional(),
		saml_name: field.text().optional(),
		saml_idp_entity_id: field.text().optional(),
		saml_idp_signin_url: field.text().optional(),
		saml_response_signature: z.union([z.string(), z.number(), z.boolean()]).optional(),
		saml_allow_local_user: field.flag().optional(),
		saml_valid_date: z.union([z.string(), z.number()]).optional(),
	}),
	...sso,
});
export const getCas = call('SYNO.Core.Directory.SSO.CAS', 'get', 1, {
	answer: row({
		sso_cas_enable: field.flag().optional(),
		cas_name: field.text().optional(),
		cas_auth_url: field.text().optional(),
		cas_validate_url: field.text().optional(),
		cas_allow_local_user: field.flag().optional(),
	}),
	...sso,
});

const oauth = { basis: 'capture', source: 'identity.md 3', readOnly: true } as const;
/** What the rows of these lists hold is not known. */
const unknown = z.looseObject({});
export const listOauthClients = call('SYNO.OAUTH.Client', 'list', 1, {
	list: 'client',
	of: unknown,
	page: 100,
	...oauth,
});
export const listOauthTokens = call('SYNO.OAUTH.Token', 'list', 1, { list: 'token', of: unknown, page: 100, ...oauth });
export const listOauthLog = call('SYNO.OAUTH.Log', 'list', 1, { list: 'log', of: unknown, page: 100, ...oauth });
export const getOauth = call('SYNO.OAUTH.Common', 'get', 1, {
	answer: row({ token_expired: field.number(), is_dcr_enabled: field.flag().optional() }),
	...oauth,
});
export const setOauth = repeatable(call('SYNO.OAUTH.Common', 'set', 1, { basis: 'clients', source: 'identity.md 3' }));
export const listScopes = call('SYNO.Core.OAuth.Scope', 'get', 1, {
	list: 'scope',
	of: row({
		id: field.id(),
		privilege_id: field.text().optional(),
		immutable: field.flag().optional(),
		title: z.unknown().optional(),
		description: z.unknown().optional(),
		apis: z.array(z.unknown()).optional(),
	}),
	...oauth,
});

const directory = { basis: 'capture', source: 'identity.md 5.5', readOnly: true } as const;
export const getLdap = call('SYNO.Core.Directory.LDAP', 'get', 1, { answer: unknown, ...directory });
export const getDomain = call('SYNO.Core.Directory.Domain', 'get', 1, {
	answer: row({ enable_domain: field.flag().optional() }),
	...directory,
});
export const listLdapProfiles = call('SYNO.Core.Directory.LDAP.Profile', 'list', 1, {
	list: ['', '*'],
	of: z.preprocess((one) => (typeof one === 'string' ? { name: one } : one), unknown),
	...directory,
});
