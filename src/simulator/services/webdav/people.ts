import type { ApiReply, ApiRequest, Behaviour, BehaviourTable } from '../../core/behaviour';
import { groupBehaviours } from '../identity/groups';
import { admin, objects, type Params, type SystemCall } from '../system/call';
import { webdavOf, type Owner, type Rule } from './state';

const APP = 'SYNO.WebDav';
/** Bare and malformed calls (webdav.md 11). */
const MALFORMED: ApiReply = { error: 3400 };

const isTexts = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((one) => typeof one === 'string');

const shown = ({ entity_type, entity_name, allow_ip, deny_ip }: Rule): Params => ({
	app_id: APP,
	allow_ip,
	deny_ip,
	entity_type,
	entity_name,
});

function ownerIn({ entity_type, entity_name }: Params): Owner | undefined {
	if (typeof entity_type !== 'string' || typeof entity_name !== 'string') return undefined;
	return ['user', 'group', 'everyone'].includes(entity_type) ? { entity_type, entity_name } : undefined;
}

const isOf = (owner: Owner) => (rule: Rule) =>
	rule.entity_type === owner.entity_type && rule.entity_name === owner.entity_name;

const own: BehaviourTable = {
	'SYNO.Core.AppPriv.App.preview': admin(({ params, request: { nas } }) => {
		const { username, groups } = params;
		const user = typeof username === 'string' ? nas.users.get(username) : undefined;
		if (!user && !isTexts(groups)) return MALFORMED;
		const names = user ? user.groups : (groups as string[]);
		const owners = names.map((name) => ({ entity_type: 'group', entity_name: name }));
		if (user) owners.push({ entity_type: 'user', entity_name: user.name });
		// The key is spelt so.
		return { data: { applications: [{ app_id: APP, privilelge: webdavOf(nas).rightOf(owners) }] } };
	}),
	'SYNO.Core.AppPriv.Rule.get': admin(({ params, request: { nas } }) => {
		const owner = ownerIn(params);
		return owner ? { data: { rules: webdavOf(nas).rules.filter(isOf(owner)).map(shown) } } : MALFORMED;
	}),
	'SYNO.Core.AppPriv.Rule.list': admin(({ params, request: { nas } }) =>
		params.app_id === APP ? { data: { rules: webdavOf(nas).rules.map(shown) } } : MALFORMED,
	),
	'SYNO.Core.AppPriv.Rule.set': admin((call) =>
		forEachRule(call, (owner, { allow_ip, deny_ip }) => {
			if (!isTexts(allow_ip) || !isTexts(deny_ip)) return false;
			const state = webdavOf(call.request.nas);
			state.dropRule(owner);
			return state.rules.push({ ...owner, allow_ip, deny_ip }) > 0;
		}),
	),
	'SYNO.Core.AppPriv.Rule.delete': admin((call) =>
		forEachRule(call, (owner) => {
			webdavOf(call.request.nas).dropRule(owner);
			return true;
		}),
	),
};

function forEachRule(call: SystemCall, change: (owner: Owner, rule: Params) => boolean): ApiReply {
	if (call.params.rules === undefined) return MALFORMED;
	for (const rule of objects(call.params, 'rules')) {
		const owner = ownerIn(rule);
		if (!owner || typeof rule.app_id !== 'string') return MALFORMED;
		if (rule.app_id === APP && !change(owner, rule)) return MALFORMED;
	}
	return {};
}

const others = (name: string, request: ApiRequest) => groupBehaviours[name]!(request);

type Data = Record<string, unknown[]>;

/** A list with the rows of all other applications. */
const joined =
	(name: string, key: string): Behaviour =>
	async (request) => {
		const [mine, theirs] = [await own[name]!(request), await others(name, request)];
		const [some, more] = [mine, theirs].map((reply) => (reply && 'data' in reply ? (reply.data as Data) : undefined));
		return some && more ? { data: { ...some, [key]: [...more[key]!, ...some[key]!] } } : mine;
	};

/** A write goes to whoever keeps the rules of its application. */
const divided =
	(name: string): Behaviour =>
	(request) => {
		const { rules } = request.params;
		const isOther = Array.isArray(rules) && (rules as Params[]).every(({ app_id }) => app_id !== APP);
		return isOther && rules.length > 0 ? others(name, request) : own[name]!(request);
	};

/** Application privileges: those of WebDAV here (webdav.md 7), all others among the accounts. */
export const peopleBehaviours: BehaviourTable = {
	...own,
	'SYNO.Core.AppPriv.App.preview': joined('SYNO.Core.AppPriv.App.preview', 'applications'),
	'SYNO.Core.AppPriv.Rule.get': joined('SYNO.Core.AppPriv.Rule.get', 'rules'),
	'SYNO.Core.AppPriv.Rule.set': divided('SYNO.Core.AppPriv.Rule.set'),
	'SYNO.Core.AppPriv.Rule.delete': divided('SYNO.Core.AppPriv.Rule.delete'),
};
