import type { Nas } from '../../core/nas';
import type { SignIn } from '../../core/signIns';
import * as seed from './seed';
import type { Installation } from './installations';
import type { Backup, Bell, Container, Disk, Image, LogLine, Task, Transfer, Volume } from './types';

const SECOND = 1000;
/** A run that was started shows itself after a while, and ends after another. */
const BACKUP_BEGINS = 3 * SECOND;
const BACKUP_TAKES = 40 * SECOND;

/** What differs between devices, and what a test may let go wrong. */
export interface SystemSwitches {
	/** The NAS is part of a high-availability cluster: 1007 to whoever wants it to restart. */
	cluster: boolean;
	/** The first answer about the utilization has no rates. */
	idleFirst: boolean;
	/** Restarting and shutting down are accepted and not carried out. */
	staysUp: boolean;
	/** Milliseconds that a restart takes. */
	rebootMs: number;
	/** Bell without ids, thirty items (7.1). */
	oldBell: boolean;
	/** A snapshot is refused: too many (3329), busy (3330). */
	snapshotCode: number;
	/** Packages that others need. */
	needed: Set<string>;
	/** Packages cannot be fetched. */
	fetchFails: boolean;
}

/** Everything that DSM itself knows of the NAS, and what backup and containers add. One line of a test makes something happen. */
export class SystemState {
	readonly switches: SystemSwitches = {
		cluster: false,
		idleFirst: false,
		staysUp: false,
		rebootMs: 90 * SECOND,
		oldBell: false,
		snapshotCode: 0,
		needed: new Set(),
		fetchFails: false,
	};
	readonly disks: Disk[] = [seed.disk(1), seed.disk(2)];
	readonly pools = seed.pools();
	readonly volumes: Volume[] = [seed.volume(1)];
	readonly drives = [seed.drive(1)];
	readonly shares = seed.shares();
	readonly tasks: Task[];
	readonly log: LogLine[] = [];
	readonly transfers: Transfer[] = [];
	readonly bell: Bell[] = [];
	readonly certificates;
	readonly backups: Backup[];
	readonly activeTasks = seed.activeTasks();
	readonly activeResults: import('./types').ActiveResult[] = [];
	readonly containers: Container[];
	readonly projects = seed.projects();
	images: Image[];
	/** Offers of the vendor: package -> version; `dsm` for the system. */
	readonly offers = new Map<string, string>();
	readonly load = { cpu: 9, memory: 24, rx: 109_549, tx: 45_097, one: 0.37 };
	readonly ups = { enable: true, status: 'online', charge: 100, runtime: 3518, delay: -1 };
	readonly hardware = {
		fan: 'coolfan',
		led: 3,
		schedule: { poweron_tasks: [] as unknown[], poweroff_tasks: [] as unknown[] },
	};
	readonly scan = { status: 'safe', progress: 100, at: 0 };
	/** Settings of what DSM offers beside the web. */
	readonly services = {
		terminal: { enable_ssh: false, enable_telnet: false, ssh_port: 22 },
		smb: { enable_samba: true, workgroup: 'WORKGROUP' },
		nfs: { enable_nfs: false, enable_nfs_v4: false },
		ftp: { enable_ftp: false, enable_ftps: false, portnum: 21 },
		sftp: { enable: false, portnum: 22 },
	};
	/** Permissions of users and groups in shared folders. */
	readonly permissions = new Map<string, Record<string, unknown>>();
	/** Packages that are fetched and put in place, by the id of their task. */
	readonly installations = new Map<string, Installation>();
	/** A name of the NAS at a provider; the address there may be an old one. */
	readonly ddns = [{ id: 'Synology', hostname: 'nas.example.com', ip: '198.51.100.1', status: 'service_ddns_normal' }];
	homeMode = false;
	beeping = false;
	locating = false;
	rule: string | undefined;
	/** A plan of replication, with how its runs went, the newest first. */
	readonly plans = [{ plan_id: 'a1b2c3', target_name: 'docs', runs: [true, false] }];
	indexing = 0;
	asked = 0;
	#number = 100;

	constructor(readonly nas: Nas) {
		this.tasks = seed.tasks(this.now);
		this.certificates = [
			seed.certificate(this.now, 'nas', 80, { is_default: true, services: [...seed.certificateServices] }),
		];
		this.backups = seed.backups(this.now);
		this.containers = seed.containers(this.now);
		this.images = seed.images(this.now);
		this.logAs('SYSTEM', 'System started to boot up.');
		nas.signIns.follow((one) => this.#logSignIn(one));
		this.ring('DataVolumeLowCapacity', { '%VOLUME_ID%': '1' }, 'WARN');
	}

	get now(): number {
		return this.nas.clock.now();
	}

	number(): number {
		return (this.#number += 1);
	}

	/** Brings about what is due: backups begin and end. */
	settle(): void {
		for (const backup of this.backups) {
			const since = backup.running?.since;
			if (since !== undefined && !backup.running?.suspended && this.now >= since + BACKUP_BEGINS + BACKUP_TAKES)
				this.endBackup(backup.task_id, backup.outcome, since);
		}
	}

	/** What a task of Hyper Backup is doing: nothing yet, or how far it is. */
	progressOf({ running }: Backup): number | undefined {
		if (!running || this.now < running.since + BACKUP_BEGINS) return undefined;
		return Math.min(99, Math.floor(((this.now - running.since - BACKUP_BEGINS) / BACKUP_TAKES) * 100));
	}

	disk(id: string): Disk {
		return this.#one(this.disks, (one) => one.id === id || one.device === id, `disk ${id}`);
	}
	volume(id: string): Volume {
		return this.#one(this.volumes, (one) => one.id === id, `volume ${id}`);
	}
	container(name: string): Container {
		return this.#one(this.containers, (one) => one.name === name, `container ${name}`);
	}
	task(name: string): Task {
		return this.#one(this.tasks, (one) => one.name === name, `task ${name}`);
	}
	backup(id: number | string): Backup {
		return this.#one(this.backups, ({ task_id }) => String(task_id) === String(id), `backup task ${id}`);
	}

	/** A drive gets as hot as that. */
	heat(id: string, temp: number): void {
		this.disk(id).temp = temp;
	}

	/** A drive breaks: its pool and the volumes on it are degraded. */
	breakDisk(id: string, status = 'crashed'): void {
		Object.assign(this.disk(id), { status, overview_status: status });
		for (const pool of this.pools.filter(({ disks }) => disks.includes(id))) this.degrade(pool.id);
	}

	degrade(pool: string, status = 'degraded'): void {
		const summary_status = status === 'normal' ? 'normal' : 'danger';
		for (const one of this.pools.filter(({ id }) => id === pool)) Object.assign(one, { status, summary_status });
		for (const one of this.volumes.filter(({ pool_path }) => pool_path === pool))
			Object.assign(one, { status, summary_status });
	}

	/** A volume is as full as that, percent. */
	fill(id: string, percent: number): void {
		const volume = this.volume(id);
		volume.used = Math.round((volume.total * percent) / 100);
	}

	/** The mains fail; the battery is low; the mains are back. */
	powerCut(): void {
		Object.assign(this.ups, { status: 'on_battery', charge: 80, runtime: 2400 });
	}
	batteryLow(): void {
		Object.assign(this.ups, { status: 'low_battery', charge: 8, runtime: 120 });
	}
	powerBack(): void {
		Object.assign(this.ups, { status: 'online', charge: 90, runtime: 3000 });
	}

	setPackage(id: string, changes: { status?: 'running' | 'stop'; version?: string }): void {
		const found = this.nas.packages.get(id);
		if (!found) throw new Error(`The simulated NAS has no package ${id}`);
		Object.assign(found, changes, changes.version !== undefined && { timestamp: this.now });
	}

	/** A run of a scheduled task. */
	runTask(name: string, exit_code = this.task(name).exit, takes = 4 * SECOND): void {
		this.task(name).runs.push({ number: this.number(), start: this.now, stop: this.now + takes, exit_code });
	}

	logAs(who: string, descr: string, more: Partial<LogLine> = {}): LogLine {
		const line: LogLine = { at: this.now, level: 'info', kind: 'system', who, descr, ...more };
		this.log.unshift(line);
		return line;
	}

	/** In the words of DSM (system.md 7.2). */
	#logSignIn({ outcome, account, ip, at }: SignIn): void {
		const from = `User [${account}] from [${ip}]`;
		if (outcome === 'success')
			this.logAs(account, `${from} signed in to [DSM] successfully via [password].`, { at, kind: 'connection' });
		else if (outcome === 'failure')
			this.logAs(account, `${from} failed to sign in to [DSM] via [password] due to authorization failure.`, {
				at,
				kind: 'connection',
				level: 'warn',
			});
		else this.logAs('SYSTEM', `Host [${ip}] was blocked via [DSM].`, { at, kind: 'connection', level: 'warn' });
	}

	transferAs(username: string, cmd: string, descr: string, orginalLogType = 'dsmxfer'): void {
		const line = { at: this.now, cmd, descr, filesize: '63.94 KB', ip: '198.51.100.7', username, orginalLogType };
		this.transfers.unshift(line);
	}

	/** The bell rings. */
	ring(title: string, values: Record<string, string> = {}, level = 'INFO'): Bell {
		const item = { notifyId: this.number(), at: this.now, level: `NOTIFICATION_${level}`, title, values };
		this.bell.unshift(item);
		return item;
	}

	/** A run of Hyper Backup ends. */
	endBackup(id: number | string, result = 'done', started = this.now - 60 * SECOND): Backup {
		const backup = this.backup(id);
		delete backup.running;
		Object.assign(backup, { result, started, ended: this.now, ...(result === 'done' && { succeeded: this.now }) });
		if (result === 'done') {
			const version_id = String(backup.versions.length + 1);
			backup.versions.unshift({ version_id, status: 'success', timestamp: started, locked: false });
		}
		return backup;
	}

	/** A run of Active Backup: 1 running, 2 success, 3 partial, 4 failed. */
	endActive(task_id: number, status = 2): number {
		const { task_name } = this.activeTasks.find((one) => one.task_id === task_id)!;
		const result_id = this.number();
		const time_end = status === 1 ? 0 : Math.floor(this.now / SECOND);
		const time_start = Math.floor(this.now / SECOND) - 120;
		this.activeResults.push({ result_id, task_id, task_name, status, time_start, time_end });
		return result_id;
	}

	stopContainer(name: string, exit_code = 0): void {
		Object.assign(this.container(name), { running: false, exit_code, finished: this.now });
	}
	startContainer(name: string): void {
		Object.assign(this.container(name), { running: true, started: this.now });
	}

	#one<T>(rows: readonly T[], fits: (row: T) => boolean, what: string): T {
		const found = rows.find(fits);
		if (!found) throw new Error(`The simulated NAS has no ${what}`);
		return found;
	}
}

export const systemOf = (nas: Nas): SystemState => nas.service('system', () => new SystemState(nas));
