import type { BehaviourTable } from '../../core/behaviour';
import { found, list, objects, pageOf, refuse, text, type Params } from '../system/call';
import { administrators, confirmed, type IdentityCall } from './call';
import type { Group, Rule } from './state';

/** Loaded when asked: the list of applications comes from all services, of which this is one. */
const allApps = (): readonly string[] =>
	(require('../../core/applications') as typeof import('../../core/applications')).allApps();

/** Numbers of the family are not public (identity.md 12). */
const TAKEN = 3207;
const NO_GROUP = 3206;
const BAD_RULE = 3400;

/** Groups, their members, and who may use which application (identity.md 5.2, 5.4, webdav.md 7). */
export const groupBehaviours: BehaviourTable = {
	'SYNO.Core.Group.list': administrators(({ identity, params }) => {
		const groups = pageOf(identity.groups, params).map((one) =>
			params.name_only === true ? { name: one.name } : { ...one },
		);
		return { data: { groups, offset: 0, total: identity.groups.length } };
	}),
	'SYNO.Core.Group.get': administrators((call) => ({ data: { groups: [{ ...groupOf(call) }] } })),
	'SYNO.Core.Group.create': confirmed(({ identity, params }) => {
		const name = text(params, 'name');
		if (identity.groups.some((one) => one.name === name)) return refuse(TAKEN);
		const { gid } = identity.addGroup(name, String(params.description ?? ''));
		return { data: { gid, name } };
	}),
	'SYNO.Core.Group.set': confirmed((call) => {
		const group = groupOf(call);
		const { new_name, description } = call.params;
		if (typeof description === 'string') group.description = description;
		if (typeof new_name !== 'string') return {};
		if (call.identity.groups.some((one) => one !== group && one.name === new_name)) return refuse(TAKEN);
		for (const user of call.request.nas.users.values())
			user.groups = user.groups.map((one) => (one === group.name ? new_name : one));
		group.name = new_name;
		return {};
	}),
	'SYNO.Core.Group.delete': confirmed(({ identity, params, request }) => {
		const names = list(params, 'name').map(String);
		for (const name of names) {
			const at = identity.groups.findIndex((one) => one.name === name);
			if (at < 0) return refuse(NO_GROUP);
			identity.groups.splice(at, 1);
			for (const user of request.nas.users.values()) user.groups = user.groups.filter((one) => one !== name);
		}
		return {};
	}),
	'SYNO.Core.Group.Member.list': administrators((call) => {
		const { name } = groupOf(call, 'group');
		if (typeof call.params.ingroup !== 'boolean') return refuse(120);
		const users = [...call.request.nas.users.values()]
			.filter(({ groups }) => groups.includes(name) === call.params.ingroup)
			.map((user) => ({ description: user.description, name: user.name, uid: user.uid }));
		return { data: { offset: 0, total: users.length, users } };
	}),
	// Both lists are sent.
	'SYNO.Core.Group.Member.change': confirmed((call) => {
		const { identity, params, request } = call;
		const { name } = groupOf(call, 'group');
		const [joining, leaving] = [list(params, 'add_member').map(String), list(params, 'remove_member').map(String)];
		if ([...joining, ...leaving].some((one) => !request.nas.users.has(one))) return refuse(3106);
		for (const one of joining) identity.join(one, name);
		for (const one of leaving) identity.leave(one, name);
		return { data: {} };
	}),
	'SYNO.Core.AppPriv.App.list': administrators(({ params }) => {
		const applications = allApps().map((app_id) => ({
			app_id,
			name: app_id.split('.').at(-2) ?? app_id,
			grant_type: ['local_user', 'local_group'],
			isInternal: false,
			service_type: 'application',
			supportIP: true,
		}));
		return { data: { applications: pageOf(applications, params), offset: 0, total: applications.length } };
	}),
	'SYNO.Core.AppPriv.App.preview': administrators((call) => {
		const { params, request } = call;
		const { username, groups } = params;
		if (typeof username !== 'string' && !Array.isArray(groups)) return refuse(BAD_RULE);
		const user = typeof username === 'string' ? found(request.nas.users.get(username), 3106) : undefined;
		const applications = allApps().map((app_id) => ({
			app_id,
			privilelge: previewOf(call, app_id, user?.name, user?.groups ?? (groups as string[])),
		}));
		return { data: { applications } };
	}),
	'SYNO.Core.AppPriv.Rule.get': administrators(({ identity, params }) => {
		const { entity_type, entity_name } = params;
		if (typeof entity_type !== 'string' || typeof entity_name !== 'string') return refuse(BAD_RULE);
		const rules = identity.rules.filter((one) => one.entity_type === entity_type && one.entity_name === entity_name);
		return { data: { rules } };
	}),
	'SYNO.Core.AppPriv.Rule.set': confirmed((call) => {
		for (const rule of rulesOf(call)) {
			const { allow_ip, deny_ip } = rule;
			if (!Array.isArray(allow_ip) || !Array.isArray(deny_ip)) return refuse(BAD_RULE);
			drop(call, rule);
			call.identity.rules.push(rule as unknown as Rule);
			const user = rule.entity_type === 'user' ? call.request.nas.users.get(String(rule.entity_name)) : undefined;
			if (deny_ip.length > 0) user?.apps.delete(String(rule.app_id));
			else user?.apps.add(String(rule.app_id));
		}
		return {};
	}),
	'SYNO.Core.AppPriv.Rule.delete': confirmed((call) => {
		for (const rule of rulesOf(call)) drop(call, rule);
		return {};
	}),
};

function groupOf({ identity, params }: IdentityCall, name = 'name'): Group {
	const wanted = text(params, name);
	return found(
		identity.groups.find((one) => one.name === wanted),
		NO_GROUP,
	);
}

function rulesOf({ params }: IdentityCall): Params[] {
	const rules = params.rules === undefined ? refuse(BAD_RULE) : objects(params, 'rules');
	const keys = ['entity_type', 'entity_name', 'app_id'];
	return rules.every((rule) => keys.every((key) => typeof rule[key] === 'string')) ? rules : refuse(BAD_RULE);
}

const isSame = (one: Rule, rule: Params): boolean =>
	one.app_id === rule.app_id && one.entity_type === rule.entity_type && one.entity_name === rule.entity_name;

function drop({ identity }: IdentityCall, rule: Params): void {
	const at = identity.rules.findIndex((one) => isSame(one, rule));
	if (at >= 0) identity.rules.splice(at, 1);
}

/** Deny beats allow; without a rule it is allowed. */
function previewOf({ identity }: IdentityCall, app: string, name: string | undefined, groups: string[]): string {
	const rules = identity.rules.filter(
		({ app_id, entity_type, entity_name }) =>
			app_id === app &&
			(entity_type === 'everyone' ||
				(entity_type === 'user' && entity_name === name) ||
				(entity_type === 'group' && groups.includes(entity_name))),
	);
	if (rules.some(({ deny_ip }) => deny_ip.includes('0.0.0.0'))) return 'deny';
	return rules.some(({ allow_ip }) => !allow_ip.includes('0.0.0.0')) ? 'custom' : 'allow';
}
