import type {
	ActiveTask,
	Backup,
	Certificate,
	Container,
	Disk,
	Drive,
	Image,
	Pool,
	Project,
	Share,
	Task,
	Volume,
} from './types';

const DAY = 86_400_000;
const TB = 1_000_204_886_016;

export const disk = (number: number, more: Partial<Disk> = {}): Disk => ({
	id: `sata${number}`,
	name: `Drive ${number}`,
	device: `/dev/sata${number}`,
	model: 'EXAMPLE-4TB',
	vendor: 'EXAMPLE',
	serial: `EX4T000${number}`,
	firm: '82.00A82',
	diskType: 'SATA',
	isSsd: false,
	size_total: '4000787030016',
	temp: 36 + (number % 3),
	status: 'normal',
	overview_status: 'normal',
	smart_status: 'normal',
	remain_life: -1,
	unc: 0,
	used_by: 'reuse_1',
	...more,
});

export const pools = (): Pool[] => [
	{
		id: 'reuse_1',
		status: 'normal',
		summary_status: 'normal',
		raidType: 'multiple',
		device_type: 'shr_with_1_disk_protect',
		disks: ['sata1', 'sata2'],
		pool_path: 'reuse_1',
		total: 4 * TB,
	},
];

export const volume = (number: number, more: Partial<Volume> = {}): Volume => ({
	id: `volume_${number}`,
	status: 'normal',
	summary_status: 'normal',
	fs_type: 'btrfs',
	vol_path: `/volume${number}`,
	vol_desc: '',
	pool_path: 'reuse_1',
	total: 4 * TB,
	used: 1.2 * TB,
	...more,
});

export const drive = (number: number, more: Partial<Drive> = {}): Drive => ({
	dev_id: `usb${number}`,
	dev_title: `USB Disk ${number}`,
	producer: 'Example',
	product: 'Portable',
	size: 1_907_729,
	kind: 'USB',
	...more,
});

export const shares = (): Share[] => [
	{ name: 'docs', vol_path: '/volume1', desc: 'Documents', encryption: 0, recycled: 3, snapshots: [] },
	{ name: 'photo', vol_path: '/volume1', desc: 'Photos', encryption: 0, recycled: 0, snapshots: [] },
	{
		name: 'vault',
		vol_path: '/volume1',
		desc: 'Contracts',
		encryption: 2,
		password: 'open sesame',
		recycled: 0,
		snapshots: [],
	},
];

export const task = (now: number, id: number | undefined, name: string, more: Partial<Task> = {}): Task => ({
	...(id !== undefined && { id }),
	name,
	type: id === undefined ? 'event_script' : 'script',
	action: 'Run: /volume1/docs/nightly.sh',
	enable: true,
	owner: 'root',
	next: now + DAY,
	schedule: { date_type: 0, week_day: '0,1,2,3,4,5,6', hour: 2, minute: 0 },
	runs: [],
	exit: 0,
	...more,
});

export const tasks = (now: number): Task[] => [
	task(now, 13, 'Nightly'),
	task(now, 14, 'Clean up', { owner: 'alice', next: now + 2 * DAY }),
	task(now, undefined, 'At startup'),
];

export const certificate = (now: number, id: string, days: number, more: Partial<Certificate> = {}): Certificate => ({
	id,
	desc: `${id} certificate`,
	common_name: `${id}.example.com`,
	is_default: false,
	from: now - 60 * DAY,
	till: now + days * DAY,
	services: [],
	...more,
});

export const certificateServices = [
	{ display_name: 'DSM Desktop Service', service: 'default', subscriber: 'system', isPkg: false },
	{ display_name: 'WebDAV Server', service: 'webdav', subscriber: 'WebDAVServer', isPkg: true },
];

export const backup = (now: number, id: number | string, name: string, more: Partial<Backup> = {}): Backup => ({
	task_id: id,
	name,
	transfer_type: 'image_local',
	state: 'backupable',
	result: 'done',
	started: now - 6 * 3_600_000,
	ended: now - 6 * 3_600_000 + 90_000,
	succeeded: now - 6 * 3_600_000 + 90_000,
	next: now + 18 * 3_600_000,
	outcome: 'done',
	versions: [{ version_id: '1', status: 'success', timestamp: now - 6 * 3_600_000, locked: false }],
	online: true,
	...more,
});

export const backups = (now: number): Backup[] => [
	backup(now, 3, 'Nightly'),
	backup(now, 'iscsi-1', 'Virtual disk', { transfer_type: 'image_remote' }),
];

export const activeTasks = (): ActiveTask[] => [
	{ task_id: 4, task_name: 'PCs', backup_type: 2 },
	{ task_id: 5, task_name: 'Server', backup_type: 3 },
];

export const container = (now: number, name: string, more: Partial<Container> = {}): Container => ({
	id: `${name}-0123456789ab`,
	name,
	image: `${name}:latest`,
	running: true,
	exit_code: 0,
	started: now - 3_600_000,
	finished: 0,
	lines: [`${name} is ready`],
	...more,
});

export const containers = (now: number): Container[] => [
	container(now, 'web', { image: 'nginx:latest', health: 'healthy' }),
	container(now, 'database', { image: 'postgres:17' }),
];

export const projects = (): Project[] => [
	{ id: '6e3b4c1a-8f00-4f1e-9a35-0d9c3a1b2c4d', name: 'blog', status: 'RUNNING', path: '/volume1/docker/blog' },
];

export const images = (now: number): Image[] => [
	{ repository: 'nginx', tag: 'latest', since: now - DAY },
	{ repository: 'postgres', tag: '17', since: now - DAY },
	{ repository: 'nginx', tag: '1.25', since: now - DAY },
];
