import type { Nas, User } from '../../core/nas';
import { filesOf } from '../file/state';
import { systemOf } from '../system/state';
import { Locks } from './locks';
import { WebdavServer } from './server';

/** Marked as modelled: no source shows the reply of the package (webdav.md 2.2). */
const modelled = (): Record<string, unknown> => ({
	enable_anonymous: false,
	enable_depth_infinity: false,
	enable_http: false,
	enable_https: true,
	enable_log: true,
	http_port: 5005,
	https_port: 5006,
});

/** Other spellings under which a release may report the same (webdav.md 2.2). */
const SPELLINGS: Record<string, string> = {
	enable_anonymous: 'enable_webdav_anonymous',
	enable_depth_infinity: 'enable_DavDepthInfinity',
	enable_http: 'enable_webdav',
	enable_https: 'enable_webdav_https',
	enable_log: 'enable_xferlog',
	http_port: 'webdav_http_port',
	https_port: 'webdav_https_port',
};

export interface Owner {
	entity_type: string;
	entity_name: string;
}
export interface Rule extends Owner {
	allow_ip: string[];
	deny_ip: string[];
}
export interface Limit {
	policy: string;
	upload_limit_1: number;
	download_limit_1: number;
	upload_limit_2: number;
	download_limit_2: number;
	schedule_plan: string;
}

export interface WebdavSwitches {
	/** `set` says success and changes nothing. */
	deaf: boolean;
	/** `set` takes only what changes, and refuses the whole object: 120. */
	partial: boolean;
	/** The change is applied, and the answer never comes, as when the server restarts slowly. */
	slowRestart: boolean;
	/** OPTIONS is answered to strangers, too. */
	openOptions: boolean;
}

/** Everything that is known of WebDAV, with doors for tests and for the demo. */
export class WebdavState {
	values = modelled();
	readonly switches: WebdavSwitches = { deaf: false, partial: false, slowRestart: false, openOptions: false };
	/** Ports of other services. */
	readonly taken = new Set([80, 443, 5000, 5001]);
	readonly rules: Rule[] = [];
	readonly limits = new Map<string, Limit>();
	readonly logging = { afp: false, cifs: true, filestation: true, ftp: false, tftp: false, webdav: true };
	readonly locks: Locks;
	readonly server: WebdavServer;
	#pid = 21_233;

	constructor(readonly nas: Nas) {
		this.locks = new Locks(nas.clock);
		this.server = new WebdavServer(this);
	}

	/** The same settings under other names. */
	spellOtherwise(): void {
		this.values = Object.fromEntries(Object.entries(this.values).map(([key, value]) => [SPELLINGS[key] ?? key, value]));
	}

	/** A setting, however it is spelt. */
	setting(name: string): unknown {
		return this.values[name] ?? this.values[SPELLINGS[name] ?? ''];
	}

	/** The server listens on free ports of this machine, which the settings tell; HTTP is switched on, too. */
	async open(): Promise<{ http: number; https: number }> {
		Object.assign(this.values, { enable_http: true });
		return await this.server.open();
	}

	/** Somebody connects; gives the id of the process that serves it. */
	connect(who: string, from = '198.51.100.7', descr = 'docs', end?: () => void): number {
		const pid = (this.#pid += 1);
		const since = this.nas.clock.now();
		this.nas.connections.push({ pid, who, from, type: 'WebDAV', descr, since, ...(end && { end }) });
		return pid;
	}

	disconnect(pid: number): void {
		const at = this.nas.connections.findIndex((one) => one.pid === pid);
		if (at >= 0) this.nas.connections.splice(at, 1);
	}

	/** A line in the transfer log, if it is on for WebDAV. */
	transfer(who: string, cmd: string, path: string): void {
		if (this.logging.webdav) systemOf(this.nas).transferAs(who, cmd, path, 'webdavxfer');
	}

	get files() {
		return filesOf(this.nas);
	}

	setRule(owner: Owner, isAllowed: boolean): void {
		const all = ['0.0.0.0'];
		this.dropRule(owner);
		this.rules.push({ ...owner, allow_ip: isAllowed ? all : [], deny_ip: isAllowed ? [] : all });
	}

	dropRule({ entity_type, entity_name }: Owner): void {
		const left = this.rules.filter((one) => one.entity_type !== entity_type || one.entity_name !== entity_name);
		this.rules.splice(0, Infinity, ...left);
	}

	/** What the rules of somebody and of the groups come to; a denial goes before. */
	rightOf(owners: readonly Owner[]): 'allow' | 'deny' | 'custom' {
		const own = this.rules.filter((rule) =>
			owners.some((one) => one.entity_type === rule.entity_type && one.entity_name === rule.entity_name),
		);
		if (own.some(({ deny_ip }) => deny_ip.includes('0.0.0.0'))) return 'deny';
		return own.some(({ allow_ip, deny_ip }) => deny_ip.length > 0 || !allow_ip.includes('0.0.0.0'))
			? 'custom'
			: 'allow';
	}

	/** Whether an account may use WebDAV from an address. */
	admits(user: User, ip: string): boolean {
		const groups = user.groups.map((name) => ({ entity_type: 'group', entity_name: name }));
		const owners = [{ entity_type: 'user', entity_name: user.name }, ...groups];
		const right = this.rightOf(owners);
		if (right !== 'custom') return right === 'allow';
		const isOf = ({ entity_type, entity_name }: Owner) =>
			owners.some((one) => one.entity_type === entity_type && one.entity_name === entity_name);
		const rules = this.rules.filter(isOf);
		if (rules.some(({ deny_ip }) => deny_ip.includes(ip))) return false;
		return rules.every(
			({ allow_ip }) => allow_ip.length === 0 || allow_ip.includes('0.0.0.0') || allow_ip.includes(ip),
		);
	}
}

export const webdavOf = (nas: Nas): WebdavState => nas.service('webdav', () => new WebdavState(nas));
