import { services } from '../services';
import { allApps } from './applications';
import type { Nas, NewUser, User } from './nas';

/** Secret of accounts with two-factor authentication. */
export const OTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/**
 * Accounts of the seed. Password: `<name>-Passw0rd`.
 *
 * | account | what it is |
 * |---|---|
 * | alice | administrator |
 * | bob, carol | ordinary users with every application |
 * | nochat | ordinary user without Chat: `SYNO.Chat.*` answers 105, login as `Chat` 402; brought by Chat's table |
 * | noapps | ordinary user without any application |
 * | twofactor | ordinary user with a one-time code (403 without it, 404 for a wrong one) |
 * | enforced | two-factor authentication enforced but not set up: 406 |
 * | disabled | 401 |
 * | expiredfixed | password expired and not changeable: 408 |
 * | expired | password expired: 409 |
 * | mustchange | password must be changed: 410 |
 * | locked | locked after too many tries: 411 |
 */
const SPECIAL: readonly Omit<NewUser, 'password'>[] = [
	{ name: 'noapps', apps: new Set() },
	{ name: 'twofactor', otpSecret: OTP_SECRET, factors: ['authenticator', 'otp'] },
	{ name: 'enforced', otpEnforced: true },
	{ name: 'disabled', loginCode: 401 },
	{ name: 'expiredfixed', loginCode: 408 },
	{ name: 'expired', loginCode: 409 },
	{ name: 'mustchange', loginCode: 410 },
	{ name: 'locked', loginCode: 411 },
];

export interface SeedOptions {
	/** The account to answer: alice or bob. */
	account: 'admin' | 'user';
	/** That account has two-factor authentication. */
	otp: boolean;
	/** False: only alice and bob, no content. */
	full: boolean;
}

/** Puts accounts and content on the NAS; answers the account that tests and the demo log in with. */
export function seedNas(nas: Nas, { account, otp, full }: SeedOptions): User {
	add(nas, { name: 'alice', nickname: 'Alice', administrator: true });
	add(nas, { name: 'bob', nickname: 'Bob' });
	if (full) seedContent(nas);
	const user = nas.user(account === 'admin' ? 'alice' : 'bob');
	if (otp) user.otpSecret = OTP_SECRET;
	return user;
}

function seedContent(nas: Nas): void {
	add(nas, { name: 'carol', nickname: 'Carol' });
	const own = services.flatMap(({ accounts }) => accounts?.(allApps()) ?? []);
	for (const user of [...own, ...SPECIAL]) add(nas, user);
	for (const service of services) service.seed(nas);
}

function add(nas: Nas, user: Omit<NewUser, 'password'>): void {
	nas.addUser({ apps: new Set(allApps()), ...user, password: `${user.name}-Passw0rd` });
}
