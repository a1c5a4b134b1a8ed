import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { given } from '../fields';
import { listPrivileges as listPrivilegesCall, listSharees } from '../wire/people';

export const list = operation({
	title: 'List users and groups',
	summary: 'Lists with whom one can share.',
	call: listSharees,
	params: z.object({}),
});

/** `additional` must be a list (drive.md 6.3). */
export const listPrivileges = operation({
	title: 'List privileges of users',
	summary: 'Lists the users with their access to Drive (administrators).',
	right: 'administrator',
	call: listPrivilegesCall,
	params: z.object({
		type: z
			.enum(['local', 'domain', 'ldap'])
			.default('local')
			.meta({
				title: 'Kind',
				description: 'Where the users come from',
				labels: { local: 'Local', domain: 'Domain', ldap: 'LDAP' },
			}),
		domain_name: z
			.string()
			.optional()
			.meta({ title: 'Domain', description: 'Name of the domain', placeholder: 'e.g. EXAMPLE', advanced: true }),
	}),
	request: (wanted) => given({ ...wanted, additional: ['enabled', 'status'] }),
});

export const users = resource('User', { list, listPrivileges });
