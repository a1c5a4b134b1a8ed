import { operation, resource } from '../../../catalog/operation';
import { isIpAddress } from '../../../core/ipAddress';
import { z } from '../../../vendor/zod';
import * as wire from '../wire/users';

const listApplications = operation({
	title: 'List applications',
	summary: 'Gives the applications that users and groups may be allowed or denied. Needs an administrator.',
	call: wire.listApplications,
	params: z.object({}),
	request: () => ({ offset: 0, limit: -1 }),
});

const LABELS = { user: 'User', group: 'Group', everyone: 'Everyone' };
const who = {
	entity_type: z
		.enum(['user', 'group', 'everyone'])
		.default('user')
		.meta({ title: 'Applies To', description: 'Whom it is about', labels: LABELS }),
	entity_name: z
		.string()
		.trim()
		.default('')
		.meta({ title: 'Name', description: 'Name of the user or group; empty for everyone', placeholder: 'e.g. bob' }),
};
const isNamed = (given: { entity_type: string; entity_name: string }): boolean =>
	given.entity_type === 'everyone' || given.entity_name !== '';
const NAMED = { message: 'The user or group needs a name', path: [] as string[] };

const list = operation({
	title: 'List privileges',
	summary:
		'Says for each application whether a user or group may use it, all rules taken together. Needs an administrator.',
	call: wire.listPrivileges,
	params: z.object({
		entity_type: z
			.enum(['user', 'group'])
			.default('user')
			.meta({ title: 'Applies To', description: 'Whom it is about', labels: { user: 'User', group: 'Group' } }),
		entity_name: z
			.string()
			.trim()
			.min(1)
			.meta({ title: 'Name', description: 'Name of the user or group', placeholder: 'e.g. bob' }),
	}),
	request: ({ entity_type, entity_name }) =>
		entity_type === 'user' ? { username: entity_name } : { groups: [entity_name] },
});

const listRules = operation({
	title: 'List rules of privileges',
	summary: 'Gives the rules made for a user, a group or everyone; what has none is inherited. Needs an administrator.',
	call: wire.listRules,
	params: z.object(who).refine(isNamed, NAMED),
});

const app_id = z
	.string()
	.min(1)
	.meta({
		title: 'Application',
		description: 'Application of the NAS',
		widget: 'picker',
		choices: { from: 'identity.privilege.listApplications', value: 'app_id', label: 'app_id' },
		by: { id: 'e.g. SYNO.SDS.Chat.Application' },
	});

/** Stands for all addresses. */
const ALL = ['0.0.0.0'];

const set = operation({
	title: 'Set a privilege',
	summary:
		'Allows or denies an application to a user, a group or everyone, also by address; denied goes before allowed. Needs an administrator.',
	call: wire.setRules,
	params: z
		.object({
			...who,
			app_id,
			privilege: z.enum(['allow', 'deny', 'addresses']).meta({
				title: 'Privilege',
				description: 'What is set',
				labels: { allow: 'Allow', deny: 'Deny', addresses: 'Allow from these addresses' },
			}),
			addresses: z
				.array(
					z
						.string()
						.trim()
						.refine((one) => isIpAddress(one.split('/')[0]!), 'is no IP address'),
				)
				.default([])
				.meta({ title: 'Addresses', description: 'Addresses from which it is allowed', advanced: true }),
		})
		.refine(isNamed, NAMED)
		.refine((given) => given.privilege !== 'addresses' || given.addresses.length > 0, {
			message: 'Set the addresses from which it is allowed',
			path: [],
		}),
	request: ({ privilege, addresses, ...rule }) => ({
		rules: [
			{
				...rule,
				allow_ip: privilege === 'allow' ? ALL : privilege === 'deny' ? [] : addresses,
				deny_ip: privilege === 'deny' ? ALL : [],
			},
		],
	}),
});

const remove = operation({
	title: 'Delete a privilege',
	summary: 'Takes the rule of a user, a group or everyone away: what is inherited holds again. Needs an administrator.',
	call: wire.deleteRules,
	params: z.object({ ...who, app_id }).refine(isNamed, NAMED),
	request: (rule) => ({ rules: [rule] }),
	destructive: true,
	deletes: true,
});

export const privileges = resource('Application privilege', { listApplications, list, listRules, set, delete: remove });
