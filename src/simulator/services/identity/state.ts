import type { Nas, ServiceConnection, User } from '../../core/nas';

const MINUTE = 60_000;
const DAY = 86_400_000;

export interface Group {
	name: string;
	gid: number;
	description: string;
}

/** A rule of application privileges. */
export interface Rule {
	app_id: string;
	entity_type: string;
	entity_name: string;
	allow_ip: string[];
	deny_ip: string[];
}

/** What a user has beside what signing in needs. */
export interface Extras {
	expired: string;
	cannot_chg_passwd: boolean;
	passwd_never_expire: boolean;
	/** Days since 1970. */
	password_last_change: number;
}

/** Accounts of the NAS as Control Panel knows them. One line of a test makes something happen. */
export class IdentityState {
	readonly switches = {
		/** Writes of accounts want the password confirmed (identity.md 9). */
		confirm: true,
		/** What they answer without: 403, or 402. */
		confirmCode: 403,
		/** How long a confirmation lasts; no source tells. */
		confirmMs: 5 * MINUTE,
	};
	readonly groups: Group[] = [
		{ name: 'administrators', gid: 101, description: 'System default admin group' },
		{ name: 'http', gid: 1023, description: 'System default group for Web services' },
		{ name: 'users', gid: 100, description: 'System default group' },
	];
	readonly rules: Rule[] = [];
	readonly protection = {
		enabled: true,
		trust_try: 10,
		trust_minute: 1,
		trust_lock: 30,
		untrust_try: 5,
		untrust_minute: 1,
		untrust_lock: 30,
	};
	readonly lockedClients: { name: string }[] = [];
	readonly passwordPolicy = {
		enable_reset_passwd_by_email: false,
		password_must_change: false,
		strong_password: {
			exclude_username: true,
			history_num: 0,
			included_numeric_char: true,
			included_special_char: false,
			min_length: 8,
			min_length_enable: true,
			mixed_case: true,
		},
	};
	readonly passwordExpiry = {
		allow_reset_after_expired: true,
		enable_login_prompt: false,
		enable_mail_notification: false,
		mail_notification_days: '',
		min_age_enable: false,
		password_expire_enable: false,
	};
	readonly sso = { sso_default_login: false };
	readonly oidc = {
		oidc_name: 'Company',
		oidc_wellknown: 'https://id.example.com/.well-known/openid-configuration',
		oidc_client_id: 'nas',
		oidc_client_secret: 'oidc-s3cret',
		oidc_redirect_uri: 'https://nas.example.com',
		oidc_scope: 'openid email',
		oidc_user_claim: 'preferred_username',
		oidc_authorization_endpoint: '',
		oidc_token_endpoint: '',
		oidc_allow_local_user: false,
	};
	readonly oauth = { token_expired: 86_400, is_dcr_enabled: false };
	/** What asking for the LDAP client answers: 0 for success, as a device did, or 2701. */
	ldapCode = 0;
	readonly #extras = new WeakMap<User, Extras>();
	readonly #confirmations = new Map<string, { user: User; until: number }>();
	#number = 2000;

	constructor(readonly nas: Nas) {}

	get now(): number {
		return this.nas.clock.now();
	}

	number(): number {
		return (this.#number += 1);
	}

	extrasOf(user: User): Extras {
		const known = this.#extras.get(user);
		if (known) return known;
		const extras: Extras = {
			expired: user.loginCode === 401 ? 'now' : 'normal',
			cannot_chg_passwd: false,
			passwd_never_expire: true,
			password_last_change: Math.floor(this.now / DAY),
		};
		this.#extras.set(user, extras);
		return extras;
	}

	/** Proof that the password was entered once more. */
	confirm(user: User): string {
		const token = this.nas.token(24);
		this.#confirmations.set(token, { user, until: this.now + this.switches.confirmMs });
		return token;
	}

	isConfirmed(user: User, token: unknown): boolean {
		const found = this.#confirmations.get(String(token));
		return found !== undefined && found.user === user && found.until > this.now;
	}

	/** What was confirmed counts no more. */
	forgetConfirmations(): void {
		this.#confirmations.clear();
	}

	addUser(name: string, groups: string[] = []): User {
		return this.nas.addUser({ name, password: `${name}-Passw0rd`, groups: ['users', ...groups] });
	}

	rename(user: User, name: string): void {
		this.nas.users.delete(user.name);
		user.name = name;
		this.nas.users.set(name, user);
	}

	/** `normal`, `now` or the last day. */
	expire(user: User, expired: string): void {
		this.extrasOf(user).expired = expired;
		if (expired === 'now') user.loginCode = 401;
		else if (user.loginCode === 401) delete user.loginCode;
	}

	lock(name: string): void {
		this.nas.user(name).loginCode = 411;
	}

	addGroup(name: string, description = ''): Group {
		const group = { name, gid: 65_536 + this.groups.length, description };
		this.groups.push(group);
		return group;
	}

	join(name: string, group: string): void {
		const { groups } = this.nas.user(name);
		if (!groups.includes(group)) groups.push(group);
	}

	leave(name: string, group: string): void {
		const user = this.nas.user(name);
		user.groups = user.groups.filter((one) => one !== group);
	}

	/** Somebody signs in through the web. */
	signIn(name: string, ip: string, userAgent = 'Mozilla/5.0 (X11; Linux x86_64)'): void {
		const did = this.nas.token(16);
		this.nas.sessions.open({
			user: this.nas.user(name),
			name: 'webui',
			ip,
			did,
			userAgent,
			version: 7,
			withToken: true,
		});
		this.nas.signIns.add({ outcome: 'success', account: name, ip, at: this.now });
	}

	/** Somebody enters a wrong password. */
	failSignIn(account: string, ip: string): void {
		this.nas.signIns.add({ outcome: 'failure', account, ip, at: this.now });
	}

	/** Somebody opens a shared folder from a computer. */
	connect(who: string, from: string, type = 'CIFS'): ServiceConnection {
		const one = { who, from, type, descr: 'docs', pid: this.number(), since: this.now };
		this.nas.connections.push(one);
		return one;
	}

	disconnect(one: ServiceConnection): void {
		this.nas.connections.splice(this.nas.connections.indexOf(one), 1);
	}
}

export const identityOf = (nas: Nas): IdentityState => nas.service('identity', () => new IdentityState(nas));
