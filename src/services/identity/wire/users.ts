import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const DAY = 86_400_000;

/** Day that DSM counts from 1970; comes as `2026-06-01`. */
const dayNumber = () =>
	z.preprocess(
		(value) => (typeof value === 'number' ? new Date(value * DAY).toISOString().slice(0, 10) : value),
		z.string(),
	);

/** Names, also where DSM sends objects that hold them. */
const names = () =>
	z.array(
		z.preprocess(
			(one) => (typeof one === 'object' && one !== null ? (one as { name?: unknown }).name : one),
			z.string(),
		),
	);

/** `expired`: `normal`, `now` (disabled), or the last day as `2027/1/31`. What was not asked for in `additional` is missing. */
export const user = row(
	{
		name: field.text(),
		uid: field.id().optional(),
		description: field.text().optional(),
		email: field.text().optional(),
		expired: field.text().optional(),
		groups: names().optional(),
		two_factor_status: field.flag().optional(),
		cannot_chg_passwd: field.flag().optional(),
		passwd_never_expire: field.flag().optional(),
		password_last_change: dayNumber().optional(),
		is_password_pending: field.flag().optional(),
	},
	{
		rename: { '2fa_status': 'two_factor_status' },
		simple: ['name', 'uid', 'description', 'email', 'expired', 'groups', 'two_factor_status', 'password_last_change'],
	},
);
export type User = z.output<typeof user>;

const USER = 'SYNO.Core.User';
const captured = { basis: 'capture', source: 'identity.md 5.1' } as const;
export const USER_DETAILS = ['description', 'email', 'expired', 'groups', '2fa_status', 'password_last_change'];

/** `limit: -1` gives all. The types other than `local` are inferred. */
export const listUsers = call(USER, 'list', 1, { list: 'users', of: user, ...captured, readOnly: true });
export const ALL_USERS = {
	type: 'local',
	offset: 0,
	limit: -1,
	sort_by: 'name',
	sort_direction: 'ASC',
	additional: USER_DETAILS,
};

/** The one row of an answer that is an array. */
const only = <T extends z.ZodType>(key: string, of: T) =>
	z.preprocess((data) => ((data as Record<string, unknown[]> | null)?.[key] ?? [])[0], of);

export const getUser = call(USER, 'get', 1, { answer: only('users', user), ...captured, readOnly: true });
const named = row({ name: field.text(), uid: field.id().optional() });
const userWrite = { answer: named, ...captured, confirmed: true } as const;
export const createUser = call(USER, 'create', 1, userWrite);
/** There is no `update` (103); `disabled` is accepted and ignored: the state travels in `expired`. */
export const setUser = repeatable(call(USER, 'set', 1, userWrite));
export const deleteUser = repeatable(call(USER, 'delete', 1, userWrite), { done: [] });
export const clearUserTwoFactor = repeatable(
	call('SYNO.Core.OTP.Admin', 'reset', 1, {
		basis: 'inferred',
		source: 'identity.md 6.3',
		confirmed: true,
	}),
);

export const group = row({
	name: field.text(),
	gid: field.id().optional(),
	description: field.text().optional(),
});
export type Group = z.output<typeof group>;

const GROUP = 'SYNO.Core.Group';
const ofGroups = { basis: 'capture', source: 'identity.md 5.2' } as const;
export const listGroups = call(GROUP, 'list', 1, { list: 'groups', of: group, ...ofGroups, readOnly: true });
export const ALL_GROUPS = { offset: 0, limit: -1, name_only: false, type: 'local' };
export const getGroup = call(GROUP, 'get', 1, { answer: only('groups', group), ...ofGroups, readOnly: true });
const groupWrite = { answer: group, ...ofGroups, confirmed: true } as const;
export const createGroup = call(GROUP, 'create', 1, groupWrite);
export const setGroup = repeatable(call(GROUP, 'set', 1, { ...ofGroups, confirmed: true }));
export const deleteGroups = repeatable(call(GROUP, 'delete', 1, { ...ofGroups, confirmed: true }), { done: [] });

const MEMBER = 'SYNO.Core.Group.Member';
export const member = row({
	name: field.text(),
	uid: field.id().optional(),
	description: field.text().optional(),
});
export const listMembers = call(MEMBER, 'list', 1, { list: 'users', of: member, ...ofGroups, readOnly: true });
/** Both lists are always sent. */
export const changeMembers = repeatable(call(MEMBER, 'change', 1, { ...ofGroups, confirmed: true }));

const privileges = { basis: 'clients', source: 'webdav.md 7' } as const;
export const listApplications = call('SYNO.Core.AppPriv.App', 'list', 2, {
	list: 'applications',
	of: row(
		{
			app_id: field.text(),
			name: field.text().optional(),
			grant_type: z.array(z.string()).optional(),
			is_internal: field.flag().optional(),
			service_type: field.text().optional(),
			support_ip: field.flag().optional(),
		},
		{ rename: { isInternal: 'is_internal', supportIP: 'support_ip' } },
	),
	basis: 'capture',
	source: 'identity.md 5.4',
	readOnly: true,
});
/** The key is really spelt `privilelge`. */
export const listPrivileges = call('SYNO.Core.AppPriv.App', 'preview', 2, {
	list: 'applications',
	of: row({ app_id: field.text(), privilege: field.text() }, { rename: { privilelge: 'privilege' } }),
	...privileges,
	readOnly: true,
});
export const listRules = call('SYNO.Core.AppPriv.Rule', 'get', 1, {
	list: 'rules',
	of: row({
		app_id: field.text(),
		entity_type: field.text(),
		entity_name: field.text(),
		allow_ip: z.array(z.string()).default([]),
		deny_ip: z.array(z.string()).default([]),
	}),
	...privileges,
	readOnly: true,
});
export const setRules = repeatable(call('SYNO.Core.AppPriv.Rule', 'set', 1, { ...privileges, confirmed: true }));
export const deleteRules = repeatable(call('SYNO.Core.AppPriv.Rule', 'delete', 1, { ...privileges, confirmed: true }), {
	done: [],
});
