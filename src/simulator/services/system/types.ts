export interface Disk {
	id: string;
	name: string;
	device: string;
	model: string;
	vendor: string;
	serial: string;
	firm: string;
	diskType: string;
	isSsd: boolean;
	size_total: string;
	temp: number;
	status: string;
	overview_status: string;
	smart_status: string;
	remain_life: number | { value: number; trustable: boolean };
	unc: number;
	used_by: string;
	/** Until when a self-test runs, milliseconds. */
	testing?: { until: number; type: string };
	tested?: { type: string; at: number };
}

export interface Pool {
	id: string;
	status: string;
	summary_status: string;
	raidType: string;
	device_type: string;
	disks: string[];
	pool_path: string;
	total: number;
}

export interface Volume {
	id: string;
	status: string;
	summary_status: string;
	fs_type: string;
	vol_path: string;
	vol_desc: string;
	pool_path: string;
	total: number;
	used: number;
}

export interface Drive {
	dev_id: string;
	dev_title: string;
	producer: string;
	product: string;
	size: number;
	kind: 'USB' | 'eSATA';
}

export interface Share {
	name: string;
	vol_path: string;
	desc: string;
	encryption: 0 | 1 | 2;
	/** Password of an encrypted one. */
	password?: string;
	recycled: number;
	/** Left out of network lists. */
	hidden?: boolean;
	/** Without a recycle bin. */
	binOff?: boolean;
	snapshots: Snapshot[];
}

export interface Snapshot {
	time: string;
	desc: string;
	lock: boolean;
	worm_lock: boolean;
	schedule_snapshot: boolean;
}

export interface Task {
	/** Absent: a triggered one. */
	id?: number;
	name: string;
	type: string;
	action: string;
	enable: boolean;
	owner: string;
	next: number;
	schedule: { date_type: number; week_day: string; hour: number; minute: number };
	runs: Run[];
	/** Exit code of the next runs. */
	exit: number;
}

export interface Run {
	number: number;
	start: number;
	stop: number;
	exit_code: number;
}

export interface LogLine {
	at: number;
	level: 'info' | 'warn' | 'err';
	kind: 'system' | 'connection';
	who: string;
	descr: string;
}

export interface Transfer {
	at: number;
	cmd: string;
	descr: string;
	filesize: string;
	ip: string;
	username: string;
	orginalLogType: string;
}

export interface Bell {
	notifyId: number;
	at: number;
	level: string;
	title: string;
	values: Record<string, string>;
}

export interface Certificate {
	id: string;
	desc: string;
	common_name: string;
	is_default: boolean;
	from: number;
	till: number;
	/** What answers with it (webdav.md 1). */
	services: { display_name: string; service: string; subscriber: string; isPkg: boolean }[];
}

export interface Backup {
	task_id: number | string;
	name: string;
	transfer_type: string;
	state: string;
	result: string;
	/** Milliseconds of the last run; 0: never. */
	started: number;
	ended: number;
	succeeded: number;
	next: number;
	/** The run that goes on. */
	running?: { since: number; suspended?: boolean };
	/** How runs end. */
	outcome: string;
	versions: { version_id: string; status: string; timestamp: number; locked: boolean }[];
	online: boolean;
}

export interface ActiveTask {
	task_id: number;
	task_name: string;
	backup_type: number;
	running?: number;
}

export interface ActiveResult {
	result_id: number;
	task_id: number;
	task_name: string;
	status: number;
	time_start: number;
	time_end: number;
}

export interface Container {
	id: string;
	name: string;
	image: string;
	running: boolean;
	exit_code: number;
	health?: string;
	started: number;
	finished: number;
	lines: string[];
}

export interface Project {
	id: string;
	name: string;
	status: string;
	path: string;
}

export interface Image {
	repository: string;
	tag: string;
	/** When it is there. */
	since: number;
}
