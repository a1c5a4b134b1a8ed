import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadApis, type Api } from './apis';
import { AutoBlock } from './autoblock';
import { type Clock, systemClock } from './clock';
import { Faults } from './faults';
import { Learned } from './learned';
import { Lies, type Lie } from './lies';
import { Sockets } from './realtime/sockets';
import { defaultPackages, packageOf, type Package } from './packages';
import { type DsmRelease, NEWEST_WHOLE, releases, shows } from './releases';
import { Sessions } from './sessions';
import { SignInPage } from './signInPage';
import { SignIns } from './signIns';
import { switchesOf, type Switches } from './switches';

export type { Session } from './sessions';
export type { Api } from './apis';
export type { DsmRelease } from './releases';

/** A device that may leave out the one-time code (core.md 5.3). */
export interface TrustedDevice {
	id: string;
	name: string;
	createdAt: number;
}

export interface User {
	uid: number;
	/** Login name. */
	name: string;
	/** Name in the paths of CardDAV and CalDAV, where it is another one, as that of a domain user may be (contacts.md 8.1). */
	davName?: string;
	password: string;
	nickname: string;
	email: string;
	description: string;
	administrator: boolean;
	groups: string[];
	/** Granted application ids (`SYNO.SDS.Chat.Application`). Administrators need none. */
	apps: Set<string>;
	/** APIs of the administration that were delegated to the account (system.md 0.5). */
	delegated: Set<string>;
	/** What a login with the right password answers instead of success: 401, 408, 409, 410 or 411. */
	loginCode?: number;
	/** Base32; present when the account has two-factor authentication. */
	otpSecret?: string;
	/** Two-factor authentication is enforced but not set up: 406. */
	otpEnforced: boolean;
	/** Second factors named in the 403 answer. */
	factors: string[];
	/** Time steps whose code was used: codes are single-use. */
	usedOtpSteps: Set<number>;
	trustedDevices: TrustedDevice[];
}

/** Who uses a service that is no web session: WebDAV, SMB, FTP (webdav.md 4). */
export interface ServiceConnection {
	pid: number;
	who: string;
	from: string;
	/** `WebDAV`. */
	type: string;
	descr: string;
	/** Milliseconds. */
	since: number;
	/** Breaks it off. */
	end?: () => void;
}

export type NewUser = Pick<User, 'name' | 'password'> & Partial<Omit<User, 'name' | 'password'>>;

/** What the simulated NAS is and has. */
export interface Capabilities {
	dsm: DsmRelease;
	tls: boolean;
	hostname: string;
	model: string;
	serial: string;
	/** Identity that QuickConnect knows; `ezid` of the ping is its MD5. */
	serverID: string;
	externalIp: string;
	ddnsHostname: string;
}

/** A background task of `SYNO.Entry.Request.Polling` (core.md 9.1). */
export interface BackgroundTask {
	group: 'admin' | 'user';
	auto_remove: boolean;
	finish: boolean;
	data: unknown;
	info: { api: string; group: string; method: string; prefix: string; version: number };
}

export interface NasOptions {
	/** An existing, empty folder for the files of the NAS. */
	folder: string;
	dsm?: DsmRelease;
	tls?: boolean;
	packages?: string[];
	clock?: Clock;
}

/** State of the simulated NAS. Behaviours read and change it; tests may, too. */
export class Nas {
	readonly capabilities: Capabilities;
	readonly clock: Clock;
	readonly folder: string;
	readonly users = new Map<string, User>();
	readonly packages: Map<string, Package>;
	/** Recorded API list. Use `api()` to ask whether one is served now. */
	readonly apis: Map<string, Api>;
	readonly sessions: Sessions;
	readonly signInPage: SignInPage;
	readonly switches: Switches;
	readonly faults: Faults;
	readonly lies = new Lies();
	/** What a check of a real NAS found to be otherwise. */
	readonly learned = new Learned();
	readonly sockets = new Sockets();
	readonly autoBlock: AutoBlock;
	readonly signIns = new SignIns();
	readonly connections: ServiceConnection[] = [];
	readonly tasks = new Map<string, BackgroundTask>();
	bootedAt: number;
	/** Degrees Celsius. */
	temperature = 40;
	/** Until when the NAS is off, in its own time. */
	offUntil = 0;
	/** Requests that came while it was off. */
	refused = 0;
	private readonly services = new Map<string, unknown>();
	private readonly folders = new Set<string>();

	constructor(options: NasOptions) {
		this.clock = options.clock ?? systemClock;
		this.folder = options.folder;
		this.bootedAt = this.clock.now();
		this.capabilities = capabilities(options);
		this.switches = switchesOf(this.capabilities.dsm);
		this.apis = loadApis(this.capabilities.dsm);
		this.packages = defaultPackages(options.packages);
		for (const id of options.packages ?? []) this.install(id);
		this.sessions = new Sessions(this.clock, this.switches);
		this.signInPage = new SignInPage(this.clock, this.switches);
		this.faults = new Faults((code) => this.sessions.lose(code));
		this.autoBlock = new AutoBlock(this.clock, this.switches);
	}

	/** The API as served now: undefined when unknown or when its package is missing or stopped (102). */
	api(name: string): Api | undefined {
		const api = this.apis.get(name);
		const owner = packageOf(name);
		if (!api || (owner && this.packages.get(owner)?.status !== 'running')) return undefined;
		return api;
	}

	/** Installs and starts a package; one that the NAS of the recording did not have has the APIs of the nearest recording that knows it. */
	install(id: string): void {
		for (const [name, api] of this.lent(id)) this.apis.set(name, api);
		const [installed] = defaultPackages([id]).values();
		if (installed) this.packages.set(id, installed);
	}

	private lent(id: string): [string, Api][] {
		const distance = (dsm: DsmRelease): number =>
			Math.abs(releases.indexOf(dsm) - releases.indexOf(this.capabilities.dsm));
		for (const dsm of [...releases].sort((one, other) => distance(one) - distance(other))) {
			const apis = [...loadApis(dsm)].filter(([name]) => packageOf(name) === id);
			if (apis.length > 0) return apis;
		}
		return [];
	}

	/** Whether this release is that one, or a later one. */
	isSince(dsm: DsmRelease): boolean {
		return releases.indexOf(this.capabilities.dsm) >= releases.indexOf(dsm);
	}

	/** Whether this release behaves as `releases.json` says under a name. */
	shows(name: string): boolean {
		return shows(this.capabilities.dsm, name);
	}

	/** Installs the packages that the NAS of one recording or the other did not have. */
	installAll(): void {
		for (const id of ['HyperBackup', 'SurveillanceStation', 'ActiveBackup']) this.install(id);
	}

	/** Switched off, or restarting, for so long: nothing answers, then sessions are lost and the uptime begins anew. */
	powerOff(milliseconds: number): void {
		this.offUntil = this.clock.now() + milliseconds;
		this.bootedAt = this.offUntil;
		if (this.switches.restartCleanSession) this.sessions.clear();
	}

	get isOff(): boolean {
		return this.clock.now() < this.offUntil;
	}

	/** Tells a lie from now on, until `beHonest`. */
	lie(lie: Lie): void {
		this.lies.tell(lie);
	}

	beHonest(): void {
		this.lies.stop();
	}

	/** State of one service, made on first use: `nas.service('chat', () => new ChatState())`. */
	service<T>(name: string, create: () => T): T {
		if (!this.services.has(name)) this.services.set(name, create());
		return this.services.get(name) as T;
	}

	/** A user by name. Throws for an unknown one: for tests and seeds. */
	user(name: string): User {
		const user = this.users.get(name);
		if (!user) throw new Error(`The simulated NAS has no user ${name}`);
		return user;
	}

	addUser(user: NewUser): User {
		const administrator = user.administrator ?? false;
		const added: User = {
			uid: 1026 + this.users.size,
			nickname: '',
			email: `${user.name}@example.com`,
			description: '',
			administrator,
			groups: administrator ? ['administrators', 'users'] : ['users'],
			apps: new Set(),
			delegated: new Set(),
			otpEnforced: false,
			factors: ['otp'],
			usedOtpSteps: new Set(),
			trustedDevices: [],
			...user,
		};
		this.users.set(added.name, added);
		return added;
	}

	/** Changes a password and forgets the trusted devices, as DSM may do (core.md 5.3). */
	setPassword(name: string, password: string): void {
		const user = this.user(name);
		user.password = password;
		user.trustedDevices = [];
	}

	/** Whether an account may use an application. Administrators may use all. */
	allows(user: User, app: string): boolean {
		return user.administrator || user.apps.has(app);
	}

	/** A folder of the NAS under the temporary one, made on first use. */
	directory(...segments: string[]): string {
		const path = join(this.folder, ...segments);
		if (!this.folders.has(path)) mkdirSync(path, { recursive: true });
		this.folders.add(path);
		return path;
	}

	/** Opaque, URL-safe text, as sids, tokens and device ids are. */
	token(bytes = 32): string {
		return randomBytes(bytes).toString('base64url');
	}
}

function capabilities(options: NasOptions): Capabilities {
	return {
		dsm: options.dsm ?? NEWEST_WHOLE,
		tls: options.tls ?? false,
		hostname: 'nas',
		model: 'DS920+',
		serial: '2040EXAMPLE01',
		serverID: '0123456789',
		externalIp: '198.51.100.20',
		ddnsHostname: 'nas.example.com',
	};
}
