import type { Nas, User } from '../../core/nas';
import { filesOf } from '../file/state';

export type TaskState =
	'waiting' | 'downloading' | 'paused' | 'finishing' | 'extracting' | 'finished' | 'seeding' | 'error';

export interface Task {
	id: string;
	user: string;
	type: 'bt' | 'nzb' | 'http' | 'https' | 'ftp' | 'emule';
	title: string;
	size: number;
	uri: string;
	destination: string;
	priority: string;
	state: TaskState;
	/** `error_detail` of a task that failed. */
	fault?: string;
	/** Milliseconds. */
	createdAt: number;
	/** What was done until `since`. */
	done: number;
	since: number;
	completedAt: number;
	/** Files of a torrent, each with its part of the whole. */
	files: { name: string; part: number; wanted: boolean; priority: string }[];
	/** Of a torrent alone: rates, peers, seeding. */
	limits: Record<string, number>;
	/** A torrent file, as it came. */
	source?: Buffer;
}

export interface Site {
	id: number;
	title: string;
	url: string;
	updatedAt: number;
	items: { title: string; uri: string; at: number }[];
}

export interface Filter {
	id: number;
	feed_id: number;
	name: string;
	match: string;
	not_match: string;
	destination: string;
	is_regex: boolean;
}

/** A refusal with its code, and for the newer family what is wrong with a parameter. */
export class DownloadRefusal extends Error {
	constructor(
		readonly code: number,
		readonly errors?: { name: string; reason: string },
	) {
		super(`Download Station refuses: ${code}`);
	}
}

/** Download Station of a simulated NAS. Tasks go on in the time of the NAS. */
export class DownloadState {
	readonly tasks = new Map<string, Task>();
	readonly lists = new Map<string, { user: string; uri: string; title: string; at: number; tasks: string[] }>();
	readonly jobs = new Map<string, { polls: number; list: string }>();
	readonly searches = new Map<string, { keyword: string; polls: number }>();
	readonly sites: Site[] = [];
	readonly filters: Filter[] = [];
	/** Default destinations by account, of eMule apart. */
	readonly defaults = new Map<string, string>();
	readonly emuleDefaults = new Map<string, string>();
	readonly switches = {
		/** Sizes and speeds as text, as older packages send them. */
		textNumbers: true,
		bytesPerSecond: 1_000_000,
		seedMs: 60_000,
		/** Life of a list that waits for a choice of files. */
		listMs: 600_000,
		maxTasks: 10_000,
		/** Per-id results under `task` instead of a bare array. */
		wrappedResults: false,
	};
	readonly config: Record<string, unknown> = {
		bt_max_download: 0,
		bt_max_upload: 20,
		emule_enabled: false,
		emule_max_download: 0,
		emule_max_upload: 20,
		ftp_max_download: 0,
		http_max_download: 0,
		nzb_max_download: 0,
		unzip_service_enabled: false,
	};
	readonly schedule = { enabled: false, emule_enabled: false };
	readonly settings: Record<string, Record<string, unknown>> = {
		BT: {
			dht_port: 6881,
			enable_dht: true,
			enable_port_forwarding: false,
			enable_preview: false,
			enable_seeding_auto_remove: false,
			encrypt: 'auto',
			max_download_rate: 0,
			max_peer: 100,
			max_upload_rate: 20,
			seeding_interval: 0,
			seeding_ratio: 0,
			tcp_port: 16881,
		},
		FtpHttp: { enable_ftp_max_conn: false, ftp_http_max_download_rate: 0, ftp_max_conn: 2 },
		AutoExtraction: {
			create_subfolder: true,
			delete_archive: false,
			enable_unzip: false,
			enable_unzip_service: false,
			passwords: ['s3cret'],
			unzip_location: 'current_folder',
			unzip_overwrite: false,
			unzip_to_path: '',
			username: 'alice',
		},
		Global: { download_volume: '/volume1', enable_emule: false, enable_unzip_service: false },
		Nzb: {
			conn_per_download: 10,
			enable_auth: true,
			enable_encryption: false,
			enable_parchive: false,
			enable_remove_parfiles: false,
			max_download_rate: 0,
			port: 119,
			server: 'news.example.com',
			username: 'alice',
		},
		Rss: { update_interval: 1440 },
		Scheduler: {
			download_rate: 0,
			enable_schedule: false,
			max_tasks: 5,
			max_tasks_limit: 80,
			order: 'request',
			schedule: '1'.repeat(168),
			upload_rate: 0,
		},
	};
	private last = 0;
	private lastId = 0;

	constructor(readonly nas: Nas) {}

	now(): number {
		return this.nas.clock.now();
	}

	token(prefix: string): string {
		return `${prefix}${++this.lastId}`;
	}

	/** The destination of a new task (downloadstation.md 4.1). It is not created. */
	destinationOf(user: User, wanted: string | undefined): string {
		const destination = wanted || this.defaults.get(user.name);
		if (!destination) throw new DownloadRefusal(406);
		if (/^\/|^volume\d/.test(destination)) throw new DownloadRefusal(403);
		const files = filesOf(this.nas);
		try {
			const found = files.find(user, `/${destination}`);
			if (found?.kind !== 'folder') throw new DownloadRefusal(403);
			files.mayWrite(user, `/${destination}`);
		} catch (error) {
			throw error instanceof DownloadRefusal ? error : new DownloadRefusal(402);
		}
		return destination;
	}

	add(task: Partial<Task> & Pick<Task, 'uri'>): Task {
		if (this.tasks.size >= this.switches.maxTasks) throw new DownloadRefusal(401);
		const now = this.now();
		const id = `dbid_${++this.last}`;
		const added: Task = {
			id,
			user: 'alice',
			type: typeOf(task.uri),
			title: titleOf(task.uri),
			size: 10_000_000,
			destination: 'home',
			priority: 'auto',
			state: 'waiting',
			createdAt: now,
			done: 0,
			since: now,
			completedAt: 0,
			files: [],
			limits: { max_download_rate: 0, max_upload_rate: 0, max_peers: 0, seeding_ratio: 0, seeding_interval: 0 },
			...task,
		};
		if (added.files.length === 0) added.files.push({ name: added.title, part: 1, wanted: true, priority: 'normal' });
		this.tasks.set(id, added);
		return added;
	}

	/** Own tasks; administrators see all. */
	of(user: User): Task[] {
		return [...this.tasks.values()].filter((task) => user.administrator || task.user === user.name);
	}

	fail(task: Task, fault: string): void {
		Object.assign(task, { state: 'error', fault, since: this.now() });
	}

	pause(task: Task): boolean {
		if (!['waiting', 'downloading', 'seeding'].includes(task.state)) return false;
		Object.assign(task, { done: this.doneOf(task), state: 'paused', since: this.now() });
		return true;
	}

	resume(task: Task): boolean {
		if (task.state !== 'paused' && task.state !== 'error') return false;
		Object.assign(task, { state: 'waiting', since: this.now() });
		delete task.fault;
		return true;
	}

	doneOf(task: Task): number {
		if (task.state !== 'downloading') return task.done;
		return Math.min(task.size, task.done + ((this.now() - task.since) / 1000) * this.switches.bytesPerSecond);
	}

	/** waiting, downloading, finishing, then finished; seeding or extracting before that. */
	catchUp(): void {
		for (const task of this.tasks.values()) while (this.step(task));
	}

	private step(task: Task): boolean {
		const at = this.nextAt(task);
		if (at === undefined || at > this.now()) return false;
		if (task.state === 'waiting') {
			if (task.uri.includes('broken')) Object.assign(task, { state: 'error', fault: 'broken_link' });
			else Object.assign(task, { state: 'downloading' });
		} else if (task.state === 'downloading') Object.assign(task, { state: 'finishing', done: task.size });
		else if (task.state === 'finishing') this.complete(task, at);
		else task.state = 'finished';
		task.since = at;
		return true;
	}

	private nextAt({ state, since, size, done }: Task): number | undefined {
		if (state === 'waiting' || state === 'finishing' || state === 'extracting') return since + 1000;
		if (state === 'downloading') return since + ((size - done) / this.switches.bytesPerSecond) * 1000;
		return state === 'seeding' ? since + this.switches.seedMs : undefined;
	}

	private complete(task: Task, at: number): void {
		const isArchive = this.settings.AutoExtraction?.enable_unzip === true && /\.(zip|rar)$/i.test(task.title);
		const state = task.type === 'bt' ? 'seeding' : isArchive ? 'extracting' : 'finished';
		Object.assign(task, { state, completedAt: at });
		this.keep(task);
	}

	/** Puts what there is of a task to its destination. */
	keep(task: Task): void {
		const place = task.destination.replace(/^home(?=\/|$)/, `homes/${task.user}`);
		const size = Math.floor(this.doneOf(task));
		filesOf(this.nas).write(`/${place}/${task.title}`, { size, owner: task.user });
	}
}

function typeOf(uri: string): Task['type'] {
	if (/^magnet:|\.torrent$/i.test(uri)) return 'bt';
	if (/\.nzb$/i.test(uri)) return 'nzb';
	const [scheme = 'http'] = uri.split(':');
	return scheme === 'https' || scheme === 'ftp' ? scheme : 'http';
}

function titleOf(uri: string): string {
	const named = /[?&]dn=([^&]*)/.exec(uri)?.[1] ?? uri.replace(/[?#].*$/, '').replace(/^.*\//, '');
	return decoded(named).replaceAll('/', '_') || 'download';
}

/** A per cent sign that begins no code is one. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Download Station of a simulated NAS, made on first use. */
export function downloadsOf(nas: Nas): DownloadState {
	return nas.service('download', () => new DownloadState(nas));
}
