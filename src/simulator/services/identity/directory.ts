import type { BehaviourTable } from '../../core/behaviour';
import { pageOf, refuse } from '../system/call';
import { administrators, confirmed, everybody, replace } from './call';

/** Single sign-on as its client, OAuth Service and directories (identity.md 2, 3, 5.5). Secrets come in clear. */
export const directoryBehaviours: BehaviourTable = {
	'SYNO.Core.Directory.SSO.Setting.get': administrators(({ identity }) => ({ data: { ...identity.sso } })),
	'SYNO.Core.Directory.SSO.Setting.set': confirmed(({ identity, params }) => replace(identity.sso, params)),
	'SYNO.Core.Directory.SSO.Profile.list': administrators(() => ({ data: { profiles: ['oidc'] } })),
	'SYNO.Core.Directory.OIDC.SSO.get': administrators(({ identity }) => ({ data: { ...identity.oidc } })),
	'SYNO.Core.Directory.OIDC.SSO.set': confirmed(({ identity, params }) => replace(identity.oidc, params)),
	'SYNO.Core.Directory.SSO.SAML.get': administrators(() => ({
		data: {
			saml_name: '',
			saml_idp_entity_id: '',
			saml_idp_signin_url: '',
			saml_response_signature: false,
			saml_cert_detail: '',
			saml_allow_local_user: false,
			saml_system_date: '',
			saml_valid_date: '',
			sso_saml_enable: false,
		},
	})),
	'SYNO.Core.Directory.SSO.CAS.get': administrators(() => ({
		data: {
			cas_name: '',
			cas_auth_url: '',
			cas_validate_url: '',
			cas_service_ids: '',
			cas_allow_local_user: false,
			sso_cas_enable: false,
		},
	})),
	'SYNO.OAUTH.Client.list': administrators(({ params }) => ({ data: { client: pageOf([], params), total: 0 } })),
	'SYNO.OAUTH.Token.list': administrators(({ params }) => ({ data: { token: pageOf([], params), total: 0 } })),
	'SYNO.OAUTH.Log.list': administrators(({ params }) => ({ data: { log: pageOf([], params), total: 0 } })),
	'SYNO.OAUTH.Common.get': administrators(({ identity }) => ({ data: { ...identity.oauth } })),
	'SYNO.OAUTH.Common.set': administrators(({ identity, params }) => replace(identity.oauth, params)),
	'SYNO.Core.OAuth.Scope.get': everybody(() => ({
		data: {
			scope: [
				{
					id: 'audiostation',
					title: { enu: 'Audio Station' },
					description: { enu: 'Play music' },
					privilege_id: 'SYNO.SDS.AudioStation.Application',
					icon: '',
					immutable: true,
					apis: [],
				},
			],
		},
	})),
	'SYNO.Core.Directory.LDAP.get': everybody(({ identity }) =>
		identity.ldapCode === 0 ? { data: {} } : refuse(identity.ldapCode),
	),
	'SYNO.Core.Directory.Domain.get': administrators(() => ({ data: { enable_domain: false } })),
	'SYNO.Core.Directory.LDAP.Profile.list': administrators(() => ({ data: { profiles: [] } })),
};
