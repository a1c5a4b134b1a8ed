import type { BehaviourTable } from '../../core/behaviour';
import type { User } from '../../core/nas';
import { found, list, number, pageOf, refuse, text, type Params } from '../system/call';
import { administrators, confirmed, everybody, type IdentityCall } from './call';

/** Numbers of the 31xx family are not public (identity.md 12): these stand for "name taken" and "password too weak". */
const TAKEN = 3107;
const WEAK = 3191;
const BAD_DAY = 3103;
const NO_USER = 3106;

/** Users (identity.md 5.1). */
export const userBehaviours: BehaviourTable = {
	'SYNO.Core.User.list': administrators((call) => {
		const { params, request } = call;
		if (!['local', 'domain', 'ldap', 'all'].includes(text(params, 'type'))) return refuse(120);
		const isHere = params.type === 'local' || params.type === 'all';
		const users = isHere ? [...request.nas.users.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) : [];
		const rows = pageOf(users, params).map((user) => userRow(call, user));
		return { data: { offset: number(params, 'offset', 0), total: users.length, users: rows } };
	}),
	'SYNO.Core.User.get': administrators((call) => ({ data: { users: [userRow(call, userOf(call))] } })),
	'SYNO.Core.User.create': confirmed((call) => {
		const { identity, params, request } = call;
		const name = text(params, 'name');
		const password = text(params, 'password');
		if (request.nas.users.has(name)) return refuse(TAKEN);
		checkPassword(call, password, name);
		const groups = params.groups === undefined ? [] : list(params, 'groups').map(String);
		const user = identity.addUser(name, groups);
		user.password = password;
		change(call, user);
		return { data: { name, uid: user.uid } };
	}),
	'SYNO.Core.User.set': confirmed((call) => {
		const user = userOf(call);
		change(call, user);
		return { data: { name: user.name, uid: user.uid } };
	}),
	'SYNO.Core.User.delete': confirmed((call) => {
		const { nas } = call.request;
		const { name, uid } = userOf(call);
		nas.users.delete(name);
		return { data: { name, uid } };
	}),
	'SYNO.Core.OTP.Admin.reset': confirmed((call) => {
		const user = userOf(call, 'user');
		delete user.otpSecret;
		return {};
	}),
	// A wrong password: no source tells the code.
	'SYNO.Core.User.PasswordConfirm.auth': everybody(({ identity, user, params }) =>
		text(params, 'password') === user.password
			? { data: { SynoConfirmPWToken: identity.confirm(user) } }
			: { error: 400 },
	),
};

function userOf({ params, request }: IdentityCall, name = 'name'): User {
	return found(request.nas.users.get(text(params, name)), NO_USER);
}

/** Minimal without `additional`. */
function userRow({ identity, params }: IdentityCall, user: User): Params {
	const { expired, password_last_change } = identity.extrasOf(user);
	const all: Params = {
		description: user.description,
		email: user.email,
		expired,
		groups: user.groups,
		'2fa_status': user.otpSecret !== undefined,
		password_last_change,
		is_password_pending: false,
	};
	const wanted = params.additional === undefined ? [] : list(params, 'additional').map(String);
	// Both are accepted, and not given back (identity.md 5.1).
	const known = wanted.filter((key) => Object.hasOwn(all, key));
	return { name: user.name, uid: user.uid, ...Object.fromEntries(known.map((key) => [key, all[key]])) };
}

function checkPassword({ identity }: IdentityCall, password: string, name: string): void {
	const { min_length, min_length_enable, included_numeric_char, mixed_case, exclude_username } =
		identity.passwordPolicy.strong_password;
	const isWeak =
		(min_length_enable && password.length < min_length) ||
		(included_numeric_char && !/\d/.test(password)) ||
		(mixed_case && (password.toLowerCase() === password || password.toUpperCase() === password)) ||
		(exclude_username && password.toLowerCase() === name.toLowerCase());
	if (isWeak) refuse(WEAK);
}

/** `disabled` is accepted and ignored; the day has no leading zeros. */
function change(call: IdentityCall, user: User): void {
	const { identity, params, request } = call;
	const { new_name, description, email, password, expired, cannot_chg_passwd, passwd_never_expire } = params;
	if (expired !== undefined && !/^(normal|now|[1-9]\d{3}\/[1-9]\d?\/[1-9]\d?)$/.test(String(expired))) refuse(BAD_DAY);
	if (typeof new_name === 'string' && new_name !== user.name && request.nas.users.has(new_name)) refuse(TAKEN);
	if (typeof password === 'string' && password !== user.password) {
		checkPassword(call, password, user.name);
		request.nas.setPassword(user.name, password);
		identity.extrasOf(user).password_last_change = Math.floor(identity.now / 86_400_000);
	}
	if (typeof description === 'string') user.description = description;
	if (typeof email === 'string') user.email = email;
	if (typeof expired === 'string') identity.expire(user, expired);
	if (typeof cannot_chg_passwd === 'boolean') Object.assign(identity.extrasOf(user), { cannot_chg_passwd });
	if (typeof passwd_never_expire === 'boolean') Object.assign(identity.extrasOf(user), { passwd_never_expire });
	if (typeof new_name === 'string') identity.rename(user, new_name);
}
