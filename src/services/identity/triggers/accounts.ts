import type { Dsm } from '../../../core/dsm';
import { listTrigger } from '../../../catalog/listTrigger';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { stateTrigger } from '../../system/lib/stateTrigger';
import { isDisabled } from '../lib/state';
import {
	ALL_GROUPS,
	ALL_USERS,
	group,
	listGroups,
	listMembers,
	listUsers,
	user,
	type Group,
	type User,
} from '../wire/users';

const users = {
	params: z.object({}),
	call: listUsers,
	request: () => ALL_USERS,
	id: ({ uid, name }: User) => uid ?? name,
};
const groups = {
	params: z.object({}),
	call: listGroups,
	request: () => ALL_GROUPS,
	id: ({ gid, name }: Group) => gid ?? name,
};

export const userCreated = listTrigger({
	...users,
	title: 'User created',
	summary: 'Starts when the NAS has a new user. Needs an administrator.',
	on: 'created',
	event: user.with({ event_id: z.string() }),
});

const ASPECTS = ['name', 'description', 'email'] as const;
const changed = z.array(z.string());

export const userChanged = listTrigger({
	...users,
	title: 'User changed',
	summary: 'Starts when name, description or email of a user has changed. Needs an administrator.',
	fingerprints: (one: User) => ASPECTS.map((name) => one[name] ?? ''),
	on: 'changed',
	tell: (change) => [{ changed: change.kind === 'changed' ? change.parts.map((part) => ASPECTS[part]) : [] }],
	event: user
		.with({ event_id: z.string(), changed })
		.as({ rename: { '2fa_status': 'two_factor_status' }, simple: ['name', 'uid', 'description', 'email', 'changed'] }),
});

export const userDisabled = stateTrigger({
	params: z.object({}),
	uses: [listUsers],
	look: async (_, dsm) => {
		const rows = await dsm.list(listUsers, ALL_USERS);
		const now = dsm.now();
		return rows.map((one) => ({ ...one, is_disabled: isDisabled(one.expired, now) }));
	},
	id: users.id,
	title: 'User disabled',
	summary: 'Starts when a user was disabled, or the last day of a user is over. Needs an administrator.',
	state: ({ is_disabled }) => (is_disabled ? 'disabled' : 'enabled'),
	tells: (now) => now === 'disabled',
	event: user.with({ is_disabled: z.boolean() }),
});

export const twoFactorDisabled = stateTrigger({
	...users,
	title: 'Two-factor switched off',
	summary: 'Starts when a user has no second factor any more. Needs an administrator.',
	state: ({ two_factor_status }) => (two_factor_status === undefined ? undefined : two_factor_status ? 'on' : 'off'),
	tells: (now) => now === 'off',
	event: user,
});

export const groupCreated = listTrigger({
	...groups,
	title: 'Group created',
	summary: 'Starts when the NAS has a new group. Needs an administrator.',
	on: 'created',
	event: group.with({ event_id: z.string() }),
});

const OF_GROUP = ['name', 'description'] as const;

export const groupChanged = listTrigger({
	...groups,
	title: 'Group changed',
	summary: 'Starts when name or description of a group has changed. Needs an administrator.',
	fingerprints: (one: Group) => OF_GROUP.map((name) => one[name] ?? ''),
	on: 'changed',
	tell: (change) => [{ changed: change.kind === 'changed' ? change.parts.map((part) => OF_GROUP[part]) : [] }],
	event: group.with({ event_id: z.string(), changed }),
});

interface Membership {
	id: string;
	group: string;
	user: string;
}

/** Who is in which group: one question for each group, sent together. */
async function memberships(dsm: Dsm): Promise<Membership[]> {
	const all = await dsm.list(listGroups, ALL_GROUPS);
	const found = await Promise.all(
		all.map(async ({ name, gid = name }) => {
			const members = await dsm.list(listMembers, { group: name, ingroup: true });
			return members.map((one) => ({ id: `${gid}/${one.uid ?? one.name}`, group: name, user: one.name }));
		}),
	);
	return found.flat();
}

export const membershipChanged = listTrigger({
	title: 'Membership changed',
	summary: 'Starts when a user has joined or left a group. Needs an administrator.',
	params: z.object({
		group: z
			.string()
			.trim()
			.default('')
			.meta({ title: 'Group', description: 'Only this group', placeholder: 'e.g. administrators' }),
	}),
	filters: ['group'],
	uses: [listGroups, listMembers],
	look: async (_, dsm) => await memberships(dsm),
	id: ({ id }: Membership) => id,
	fingerprints: ({ group: name, user: member }: Membership) => [name, member],
	on: ['created', 'deleted'],
	keep: (one: Membership, given) => given.group === '' || given.group === one.group,
	tell(change, given) {
		const [name, member] = change.kind === 'deleted' ? change.was : change.now;
		const event = { group: name, user: member, change: change.kind === 'deleted' ? 'left' : 'joined' };
		return given.group === '' || given.group === name ? [event] : [];
	},
	dress: async (found) => found.map(({ more }) => more),
	event: row({ event_id: z.string(), group: field.text(), user: field.text(), change: z.enum(['joined', 'left']) }),
});
