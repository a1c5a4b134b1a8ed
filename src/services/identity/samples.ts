import type { Samples } from '../../catalog/samples';

export const samples: Samples = {
	'*': {
		user_name: 'bob',
		group_name: 'users',
		user_names: ['bob'],
		entity_name: 'bob',
		app_id: 'SYNO.SDS.Chat.Application',
		address: '198.51.100.7',
		password: 'Welcome-2027',
		who: 'bob',
	},
	'user.create': { name: 'dora' },
	'user.update': { description: 'Sales' },
	'user.setExpiry': { day: '2027-01-31' },
	'group.create': { name: 'sales' },
	'group.update': { description: 'Everybody in sales' },
	'privilege.set': { privilege: 'deny' },
	'own.update': { email: 'bob@example.com' },
	'blockedAddress.updateSettings': { attempts: 5 },
	'protection.update': { untrust_try: 3 },
	'lockedAccount.unblock': { name: 'locked' },
	'lockedClient.unblock': { name: 'phone' },
	'policy.updatePassword': { min_length: 12 },
	'policy.updateExpiry': { enable_login_prompt: true },
	'sso.updateOidc': { oidc_scope: 'openid email' },
	'oauth.setExpiry': { token_expired: 3600 },
};
