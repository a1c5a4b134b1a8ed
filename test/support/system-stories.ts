import { system as declared } from '../../src/services/system';
import type { Nas } from '../../src/simulator';
import type { SystemState } from '../../src/simulator/services/system';
import { drive } from '../../src/simulator/services/system/seed';

/** One event of the NAS, as a host's user would see it. */
export interface SystemStory {
	event: string;
	params?: Record<string, string | number | boolean>;
	/** Parameters that are picked from a list. */
	picked?: Record<string, string>;
	/** Before the trigger starts. */
	before?: (system: SystemState) => unknown;
	/** Happens, and tells nothing, before. */
	first?: (system: SystemState) => unknown;
	/** Makes it happen. */
	happen: (system: SystemState) => unknown;
	/** What the event says. */
	tells: Record<string, unknown>;
	/** The same for an ordinary account, where another thing is meant for it. */
	ordinary?: Pick<SystemStory, 'happen' | 'tells'>;
}

const DAY = 86_400_000;
const install = (id: string) => (system: SystemState) => system.nas.install(id);
const hyperBackup = { before: install('HyperBackup') };
const back = (nas: Nas) => void Object.assign(nas, { offUntil: 0 });

export const systemStories: readonly SystemStory[] = [
	{
		event: 'nasUnreachable',
		params: { minutes: 0 },
		happen: ({ nas }) => nas.powerOff(DAY),
		tells: { reachable: false },
	},
	{
		event: 'nasReachable',
		params: { minutes: 0 },
		first: ({ nas }) => nas.powerOff(DAY),
		happen: ({ nas }) => back(nas),
		tells: { reachable: true },
	},
	{
		event: 'rebooted',
		before: ({ nas }) => (nas.bootedAt -= DAY),
		happen: ({ nas }) => (nas.bootedAt = nas.clock.now()),
		tells: { model: 'DS920+' },
	},
	{
		event: 'healthChanged',
		happen: (system) => system.degrade('reuse_1'),
		tells: { rule_id: 'storage_is_attention', previous_state: 'system_is_normal' },
	},
	{
		event: 'temperatureHigh',
		params: { threshold: 60 },
		happen: ({ nas }) => (nas.temperature = 66),
		tells: { state: 'exceeded', value: 66 },
	},
	{
		event: 'cpuHigh',
		params: { minutes: 0 },
		happen: ({ load }) => (load.cpu = 97),
		tells: { state: 'exceeded', value: 97 },
	},
	{
		event: 'memoryHigh',
		params: { minutes: 0 },
		happen: ({ load }) => (load.memory = 96),
		tells: { value: 96, threshold: 90 },
	},
	{ event: 'loadHigh', params: { minutes: 0 }, happen: ({ load }) => (load.one = 12), tells: { value: 12 } },
	{
		event: 'networkHigh',
		params: { minutes: 0 },
		happen: ({ load }) => Object.assign(load, { rx: 90_000_000, tx: 30_000_000 }),
		tells: { value: 120_000_000 },
	},
	{
		event: 'diskStateChanged',
		happen: (system) => system.breakDisk('sata2'),
		tells: { id: 'sata2', status: 'crashed', previous_state: 'normal' },
	},
	{ event: 'diskTemperatureHigh', happen: (system) => system.heat('sata2', 61), tells: { id: 'sata2', value: 61 } },
	{
		event: 'smartWarning',
		happen: (system) => (system.disk('sata1').smart_status = 'failing'),
		tells: { id: 'sata1', smart_status: 'failing' },
	},
	{
		event: 'poolStateChanged',
		happen: (system) => system.degrade('reuse_1'),
		tells: { id: 'reuse_1', status: 'degraded' },
	},
	{
		event: 'volumeStateChanged',
		happen: (system) => system.degrade('reuse_1'),
		tells: { id: 'volume_1', status: 'degraded' },
	},
	{
		event: 'volumeSpaceLow',
		happen: (system) => system.fill('volume_1', 96),
		tells: { id: 'volume_1', value: 96, state: 'exceeded' },
	},
	{
		event: 'externalDriveAttached',
		happen: (system) => system.drives.push(drive(7)),
		tells: { dev_id: 'usb7', connection: 'USB' },
	},
	{
		event: 'externalDriveRemoved',
		before: (system) => system.drives.push(drive(2)),
		// What is missing once may have come short: the second look tells.
		first: (system) => system.drives.splice(0, 1),
		happen: () => undefined,
		tells: { dev_id: 'usb1', dev_title: 'USB Disk 1' },
	},
	{ event: 'upsOnBattery', happen: (system) => system.powerCut(), tells: { status: 'on_battery' } },
	{ event: 'upsBatteryLow', happen: (system) => system.batteryLow(), tells: { status: 'low_battery', charge: 8 } },
	{
		event: 'upsPowerBack',
		first: (system) => system.powerCut(),
		happen: (system) => system.powerBack(),
		tells: { status: 'online', previous_state: 'on_battery' },
	},
	{
		event: 'notificationReceived',
		happen: (system) => system.ring('UPSPowerFail', {}, 'ERROR'),
		tells: { title: 'UPSPowerFail', subject: 'Power failure', level: 'error' },
		ordinary: {
			happen: (system) => system.ring('Message', { '%TEXT%': 'Lunch at noon' }),
			tells: { title: 'Message', text: 'Lunch at noon' },
		},
	},
	{
		event: 'logEntryAdded',
		params: { keyword: 'overheat' },
		happen(system) {
			system.logAs('SYSTEM', 'Disk overheat: Disk [Drive 2]', { level: 'warn' });
			system.logAs('SYSTEM', 'System started to boot up.');
		},
		tells: { descr: 'Disk overheat: Disk [Drive 2]', level: 'warn' },
	},
	{
		event: 'packageStopped',
		happen: (system) => system.setPackage('WebStation', { status: 'stop' }),
		tells: { id: 'WebStation', status: 'stop', previous_state: 'running' },
	},
	{
		event: 'packageUpdated',
		happen: (system) => system.setPackage('WebStation', { version: '4.3.0-0001' }),
		tells: { id: 'WebStation', version: '4.3.0-0001', previous_state: '1.0.0-0001' },
	},
	{
		event: 'packageUpdateAvailable',
		happen: (system) => system.offers.set('WebStation', '4.3.0-0001'),
		tells: { id: 'WebStation', new_version: '4.3.0-0001' },
	},
	{
		event: 'dsmUpdateAvailable',
		happen: (system) => system.offers.set('dsm', 'DSM 7.3.2-86009 Update 3'),
		tells: { version: 'DSM 7.3.2-86009 Update 3', is_security_version: true },
	},
	{
		event: 'backupFinished',
		...hyperBackup,
		happen: (system) => system.endBackup(3),
		tells: { task_id: '3', name: 'Nightly', last_bkp_result: 'done', failed: false },
	},
	{
		event: 'backupFailed',
		...hyperBackup,
		happen: (system) => system.endBackup(3, 'fail'),
		tells: { task_id: '3', last_bkp_result: 'fail', failed: true },
	},
	{
		event: 'backupOverdue',
		...hyperBackup,
		happen: (system) => (system.backup(3).succeeded = system.now - 3 * DAY),
		tells: { task_id: '3', name: 'Nightly', hours_since: 72 },
	},
	{
		event: 'activeBackupFinished',
		happen: (system) => system.endActive(4, 3),
		tells: { task_name: 'PCs', status: 'partial' },
	},
	{
		event: 'snapshotCreated',
		picked: { share_name: 'docs' },
		happen: (system) =>
			system.shares[0]!.snapshots.push({
				time: 'GMT+00-2026.06.01-02.00.00',
				desc: 'nightly',
				lock: false,
				worm_lock: false,
				schedule_snapshot: true,
			}),
		tells: { time: 'GMT+00-2026.06.01-02.00.00', desc: 'nightly' },
	},
	{
		event: 'taskFailed',
		happen: (system) => system.runTask('Nightly', 2, 0),
		tells: { task_name: 'Nightly', exit_code: 2 },
	},
	{
		event: 'containerStopped',
		happen: (system) => system.stopContainer('web', 137),
		tells: { name: 'web', status: 'stopped', exit_code: 137 },
	},
	{
		event: 'containerUnhealthy',
		happen: (system) => (system.container('web').health = 'unhealthy'),
		tells: { name: 'web', health: 'unhealthy' },
	},
	{ event: 'containerRestarted', happen: (system) => system.startContainer('database'), tells: { name: 'database' } },
	{
		event: 'certificateExpiring',
		happen: (system) => (system.certificates[0]!.till = system.now + 5 * DAY + 60_000),
		tells: { id: 'nas', days_left: 5, subject_common_name: 'nas.example.com' },
	},
	{
		event: 'addressChanged',
		happen: ({ nas }) => (nas.capabilities.externalIp = '203.0.113.9'),
		tells: { external_ip: '203.0.113.9', previous_state: '198.51.100.20' },
	},
	{
		event: 'homeModeChanged',
		before: install('SurveillanceStation'),
		happen: (system) => (system.homeMode = true),
		tells: { on: true, previous_state: 'off' },
	},
];

/** Whether an account without any right may watch for an event (system.md 0.4). */
export const everyAccountMay = (event: string): boolean =>
	declared.triggers[event as keyof typeof declared.triggers].right === 'account';

/** The stories as an ordinary account sees them. */
export const ordinaryStories: readonly SystemStory[] = systemStories.map((story) => ({ ...story, ...story.ordinary }));
