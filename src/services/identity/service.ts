import { service } from '../../catalog/operation';
import { IDENTITY_APIS } from './apis';
import { errors, errorsOf } from './errors';
import { directories, oauths, ssoClients } from './operations/directory';
import { groups } from './operations/group';
import { own } from './operations/own';
import { policies } from './operations/policy';
import { privileges } from './operations/privilege';
import { blockedAddresses, lockedAccounts, lockedClients, protections } from './operations/security';
import { sessions } from './operations/session';
import { ssoServer } from './operations/sso';
import { users } from './operations/user';
import { triggers } from './triggers';

export const identity = service({
	id: 'identity',
	title: 'Identity',
	summary:
		'Users, groups, privileges, sessions, blocked addresses, policies and single sign-on of the NAS. Most of it needs an administrator.',
	right: 'administrator',
	apis: IDENTITY_APIS,
	errors,
	errorsOf,
	resources: {
		user: users,
		group: groups,
		privilege: privileges,
		own,
		session: sessions,
		blockedAddress: blockedAddresses,
		protection: protections,
		lockedAccount: lockedAccounts,
		lockedClient: lockedClients,
		policy: policies,
		sso: ssoClients,
		ssoServer,
		oauth: oauths,
		directory: directories,
	},
	triggers,
});
