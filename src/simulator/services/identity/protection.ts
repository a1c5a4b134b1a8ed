import type { BehaviourTable } from '../../core/behaviour';
import { pageOf, refuse } from '../system/call';
import { administrators, confirmed, replace } from './call';

/** Account protection (identity.md 6.2). */
export const protectionBehaviours: BehaviourTable = {
	'SYNO.Core.SmartBlock.get': administrators(({ identity }) => ({ data: { ...identity.protection } })),
	'SYNO.Core.SmartBlock.set': confirmed(({ identity, params }) => replace(identity.protection, params)),
	'SYNO.Core.SmartBlock.Untrusted.list': administrators(({ request, params }) => {
		const users = [...request.nas.users.values()].filter(isLocked).map(({ name }) => ({ name }));
		return { data: { total: users.length, users: pageOf(users, params) } };
	}),
	'SYNO.Core.SmartBlock.Trusted.list': administrators(({ identity, params }) => ({
		data: { devices: pageOf(identity.lockedClients, params), total: identity.lockedClients.length },
	})),
	// The parameters are not known: any that names a locked account unlocks it.
	'SYNO.Core.SmartBlock.Untrusted.pardon': confirmed(({ request, params }) => {
		const said = JSON.stringify(params);
		const named = [...request.nas.users.values()].filter((user) => isLocked(user) && said.includes(`"${user.name}"`));
		if (named.length === 0) return refuse(114);
		for (const user of named) delete user.loginCode;
		return {};
	}),
	'SYNO.Core.SmartBlock.Trusted.pardon': confirmed(({ identity, params }) => {
		const said = JSON.stringify(params);
		const at = identity.lockedClients.findIndex(({ name }) => said.includes(`"${name}"`));
		if (at < 0) return refuse(114);
		identity.lockedClients.splice(at, 1);
		return {};
	}),
};

const isLocked = ({ loginCode }: { loginCode?: number }): boolean => loginCode === 411;
