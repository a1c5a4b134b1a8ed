import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class SynologySsoOAuth2Api implements ICredentialType {
	name = 'synologySsoOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Synology SSO OAuth2 API';

	icon = { light: 'file:../icons/nas.svg', dark: 'file:../icons/nas.dark.svg' } as const;

	documentationUrl = 'https://github.com/synoflow/n8n-nodes-synology#single-sign-on';

	properties: INodeProperties[] = [
		{
			displayName:
				'Signs a person in at the SSO Server of the NAS, e.g. for the HTTP Request node. Client ID and Client Secret are what SSO Server shows as Application ID and Application Secret. The tokens last three minutes and cannot be refreshed: connect anew when they have expired. They open no API of DSM.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Server URL',
			name: 'serverUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://sso.example.com',
			description: 'Server URL of the general settings of SSO Server',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'options',
			options: [
				{ name: 'Authorization Code', value: 'authorizationCode' },
				{ name: 'PKCE', value: 'pkce' },
			],
			default: 'authorizationCode',
			description: 'PKCE fails with some versions of SSO Server: choose the other one then',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: '={{$self["serverUrl"].replace(/\\/+$/, "")}}/webman/sso/SSOOauth.cgi',
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{$self["serverUrl"].replace(/\\/+$/, "")}}/webman/sso/SSOAccessToken.cgi',
			required: true,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'openid email groups',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];
}
