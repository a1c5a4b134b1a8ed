import { operation, resource } from '../../../catalog/operation';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { ADDRESS, entity } from '../fields';
import {
	APP_ID,
	deleteRules,
	getRules,
	listRules,
	previewApplications,
	rule,
	setRules,
	type Rule,
} from '../wire/people';

/** All addresses, as a rule writes it. */
const ANY = '0.0.0.0';

type Right = 'allow' | 'deny' | 'custom' | 'inherit';
const right = z.enum(['allow', 'deny', 'custom', 'inherit']);
const told = z.looseObject({
	entity_type: z.string(),
	entity_name: z.string(),
	right,
	allow_ip: z.array(z.string()),
	deny_ip: z.array(z.string()),
});

const isAll = (addresses: readonly string[]): boolean => addresses.length === 1 && addresses[0] === ANY;

function rightOf(found: Rule | undefined): Right {
	if (!found) return 'inherit';
	const { allow_ip, deny_ip } = found;
	if (isAll(allow_ip) && deny_ip.length === 0) return 'allow';
	return isAll(deny_ip) && allow_ip.length === 0 ? 'deny' : 'custom';
}

interface Entity {
	entity_type: string;
	entity_name: string;
}

/** The rule of WebDAV among those of a user or group; without one it inherits. */
function ruleOf(rules: readonly Rule[], { entity_type, entity_name }: Entity) {
	const found = rules.find(({ app_id }) => app_id === APP_ID);
	const { allow_ip = [], deny_ip = [] } = found ?? {};
	return { entity_type, entity_name, right: rightOf(found), allow_ip, deny_ip };
}

const entityIn = ({ entity_type, entity_name }: Entity) => ({ entity_type, entity_name });

const list = operation({
	title: 'List rules',
	summary: 'Gives the rules by which users and groups may use WebDAV or may not. Needs an administrator.',
	right: 'administrator',
	call: listRules,
	params: z.object({}),
	request: () => ({ app_id: APP_ID }),
	keep: ({ app_id }) => app_id === APP_ID,
	response: (row) => ({ ...row, right: rightOf(row) }),
	result: z.array(rule.with({ right })),
});

const get = operation({
	title: 'Get the rule of a user or group',
	summary: 'Says whether a user or group has a rule of its own for WebDAV. Needs an administrator.',
	right: 'administrator',
	call: getRules,
	params: z.object(entity),
	request: entityIn,
	response: ({ rules }, { params }) => ruleOf(rules, params),
	result: told,
});

const check = operation({
	title: 'Check whether somebody may use WebDAV',
	summary: 'Says what comes out of all rules of a user or group for WebDAV. Needs an administrator.',
	right: 'administrator',
	call: previewApplications,
	params: z.object(entity),
	request: ({ entity_type, entity_name }) =>
		entity_type === 'user' ? { username: entity_name } : { groups: [entity_name] },
	response({ applications }, { params }) {
		const found = applications.find(({ app_id }) => app_id === APP_ID);
		if (found) return { ...entityIn(params), right: found.privilelge };
		throw new DsmApiError('The NAS knows no application WebDAV.', {
			hint: 'Install or start WebDAV Server in Package Center.',
		});
	},
	result: z.object({ entity_type: z.string(), entity_name: z.string(), right: z.string() }),
});

const ADDRESSES: Record<'allow' | 'deny', Pick<Rule, 'allow_ip' | 'deny_ip'>> = {
	allow: { allow_ip: [ANY], deny_ip: [] },
	deny: { allow_ip: [], deny_ip: [ANY] },
};

/** Of the two, a denial goes before: users and their groups are joined so. */
const set = operation({
	title: 'Set the rule of a user or group',
	summary:
		'Allows or denies a user or group WebDAV, or allows it from some addresses only. What is denied to a group stays denied to its users. Needs an administrator.',
	right: 'administrator',
	call: setRules,
	params: z.object({
		...entity,
		right: z
			.enum(['allow', 'deny'])
			.meta({ title: 'Right', description: 'Whether WebDAV may be used', labels: { allow: 'Allow', deny: 'Deny' } }),
		addresses: z.array(z.string().trim().regex(ADDRESS, 'is no IP address, e.g. 192.0.2.30')).default([]).meta({
			title: 'Addresses',
			description: 'IP addresses that are allowed or denied; all when empty',
			placeholder: 'e.g. 192.0.2.30',
		}),
	}),
	request({ right: wanted, addresses, ...who }) {
		const named = wanted === 'allow' ? { allow_ip: addresses, deny_ip: [] } : { allow_ip: [], deny_ip: addresses };
		return { rules: [{ ...entityIn(who), app_id: APP_ID, ...(addresses.length > 0 ? named : ADDRESSES[wanted]) }] };
	},
	then: { call: getRules, request: entityIn },
	response(_, { params, then }) {
		const now = ruleOf(then.rules, params);
		if (now.right === (params.addresses.length > 0 ? 'custom' : params.right)) return now;
		throw notApplied();
	},
	result: told,
});

const clear = operation({
	title: 'Clear the rule of a user or group',
	summary: 'Takes the rule for WebDAV away, so that a user or group inherits again. Needs an administrator.',
	right: 'administrator',
	call: deleteRules,
	params: z.object(entity),
	request: (given) => ({ rules: [{ ...entityIn(given), app_id: APP_ID }] }),
	then: { call: getRules, request: entityIn },
	response(_, { params, then }) {
		const now = ruleOf(then.rules, params);
		if (now.right === 'inherit') return now;
		throw notApplied();
	},
	result: told,
	destructive: true,
});

const notApplied = () =>
	new DsmApiError('The NAS accepted the change of the rule, but did not apply it.', {
		hint: 'Check the name, and change it in Control Panel, Application Privileges.',
	});

export const privileges = resource('Privilege', { list, get, check, set, clear });
