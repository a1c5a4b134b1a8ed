import { describe } from '@jest/globals';
import { certificate, drive, task } from '../../../src/simulator/services/system/seed';
import { clockOf } from '../../support/follow';
import { tellsEachOnce } from '../../support/trigger-suite';
import { backups, containers, disks, numbers, pools, volumes, withPackages } from './many';
import { stage, triggers } from './stage';

const hyper = { dsm: '7.2.2' } as const;

describe('what happens to one of many', () => {
	tellsEachOnce({
		trigger: triggers.diskStateChanged,
		given: {},
		before: disks,
		happen: (scene, n) => ((stage(scene).disk(`sata${n + 1}`).status = 'crashed'), `sata${n + 1}`),
		nameOf: ({ id }) => id,
		noise: (scene) => stage(scene).heat('sata14', 60),
	});
	tellsEachOnce({
		trigger: triggers.smartWarning,
		given: {},
		before: disks,
		happen: (scene, n) => ((stage(scene).disk(`sata${n + 1}`).smart_status = 'warning'), `sata${n + 1}`),
		nameOf: ({ id }) => id,
		noise: (scene) => stage(scene).breakDisk('sata14'),
	});
	tellsEachOnce({
		trigger: triggers.poolStateChanged,
		given: {},
		before: pools,
		happen: (scene, n) => (stage(scene).degrade(`reuse_${n + 1}`), `reuse_${n + 1}`),
		nameOf: ({ id }) => id,
	});
	tellsEachOnce({
		trigger: triggers.volumeStateChanged,
		given: { only_problems: true },
		before: volumes,
		happen: (scene, n) => ((stage(scene).volume(`volume_${n + 1}`).status = 'degraded'), `volume_${n + 1}`),
		nameOf: ({ id }) => id,
		noise: (scene) => (stage(scene).volume('volume_14').status = 'background'),
	});
	tellsEachOnce({
		trigger: triggers.volumeSpaceLow,
		given: {},
		before: volumes,
		happen: (scene, n) => (stage(scene).fill(`volume_${n + 1}`, 95), `volume_${n + 1}`),
		nameOf: ({ subject_id }) => subject_id,
		noise: (scene) => stage(scene).fill('volume_14', 89),
	});
	tellsEachOnce({
		trigger: triggers.diskTemperatureHigh,
		given: {},
		before: disks,
		happen: (scene, n) => (stage(scene).heat(`sata${n + 1}`, 58), `EX4T000${n + 1}`),
		nameOf: ({ subject_id }) => subject_id,
		noise: (scene) => stage(scene).heat('sata14', 54),
	});
	tellsEachOnce({
		trigger: triggers.externalDriveAttached,
		given: {},
		happen: (scene, n) => (stage(scene).drives.push(drive(n + 2)), `usb${n + 2}`),
		nameOf: ({ dev_id }) => dev_id,
	});
	tellsEachOnce({
		trigger: triggers.externalDriveRemoved,
		given: {},
		before: (scene) => stage(scene).drives.splice(0, Infinity, ...numbers.map((n) => drive(n))),
		happen: (scene, n) => (stage(scene).drives.shift(), `usb${n + 1}`),
		nameOf: ({ dev_id }) => dev_id,
		noise: (scene) => stage(scene).drives.push(drive(99)),
	});
});

describe('software', () => {
	tellsEachOnce({
		trigger: triggers.packageUpdateAvailable,
		given: {},
		before: withPackages,
		happen: (scene, n) => (stage(scene).offers.set(`Pack${n + 1}`, '2.0.0-0001'), `Pack${n + 1}`),
		nameOf: ({ id }) => id,
		anyOrder: true,
	});
	tellsEachOnce({
		trigger: triggers.taskFailed,
		given: {},
		before: (scene) => stage(scene).tasks.push(task(stage(scene).now, 15, 'Third')),
		happen(scene, n) {
			stage(scene).runTask(['Nightly', 'Clean up', 'Third'][n % 3]!, 1, 0);
			return String(Math.floor(stage(scene).now / 1000));
		},
		nameOf: ({ timestamp }) => timestamp,
		noise: (scene) => stage(scene).runTask('Nightly', 0, 0),
	});
	tellsEachOnce({
		trigger: triggers.containerStopped,
		given: {},
		before: containers,
		happen: (scene, n) => (stage(scene).stopContainer(`c${n + 1}`, 137), `c${n + 1}`),
		nameOf: ({ name }) => name,
	});
	tellsEachOnce({
		trigger: triggers.containerUnhealthy,
		given: {},
		before: (scene) => {
			containers(scene);
			for (const one of stage(scene).containers) one.health = 'healthy';
		},
		happen: (scene, n) => ((stage(scene).container(`c${n + 1}`).health = 'unhealthy'), `c${n + 1}`),
		nameOf: ({ name }) => name,
		noise: (scene) => (stage(scene).container('c14').health = 'starting'),
	});
	tellsEachOnce({
		trigger: triggers.containerRestarted,
		given: {},
		before: containers,
		happen: (scene, n) => (stage(scene).startContainer(`c${n + 1}`), `c${n + 1}`),
		nameOf: ({ name }) => name,
		noise: (scene) => stage(scene).stopContainer('c14'),
	});
	tellsEachOnce({
		trigger: triggers.certificateExpiring,
		given: { days: 14 },
		before: (scene) =>
			stage(scene).certificates.splice(
				0,
				Infinity,
				...numbers.map((n) => certificate(stage(scene).now, `cert${n}`, 40)),
			),
		happen: (scene, n) => {
			const one = stage(scene).certificates.find(({ id }) => id === `cert${n + 1}`)!;
			one.till = stage(scene).now + 5 * 86_400_000;
			return one.id;
		},
		nameOf: ({ id }) => id,
	});
	tellsEachOnce({
		trigger: triggers.snapshotCreated,
		given: { share_name: 'docs' },
		happen: (scene, n) => {
			const time = `GMT+00-2026.06.01-02.00.${String(n).padStart(2, '0')}`;
			stage(scene).shares[0]!.snapshots.push({
				time,
				desc: '',
				lock: false,
				worm_lock: false,
				schedule_snapshot: true,
			});
			return time;
		},
		nameOf: ({ time }) => time,
		noise: (scene) =>
			stage(scene).shares[1]!.snapshots.push({
				time: 'x',
				desc: '',
				lock: false,
				worm_lock: false,
				schedule_snapshot: true,
			}),
	});
});

describe('backups', () => {
	tellsEachOnce({
		trigger: triggers.backupFinished,
		given: {},
		options: hyper,
		before: backups,
		happen: (scene, n) => (stage(scene).endBackup(n + 1, n % 2 === 0 ? 'done' : 'fail'), String(n + 1)),
		nameOf: ({ task_id }) => task_id,
		noise: (scene) => (stage(scene).backup(14).running = { since: stage(scene).now - 10_000, suspended: true }),
	});
	tellsEachOnce({
		trigger: triggers.backupFailed,
		given: {},
		options: hyper,
		before: backups,
		happen: (scene, n) => (stage(scene).endBackup(n + 1, 'fail'), String(n + 1)),
		nameOf: ({ task_id }) => task_id,
		noise: (scene) => stage(scene).endBackup(14, 'cancel'),
	});
	tellsEachOnce({
		trigger: triggers.backupOverdue,
		given: { hours: 48 },
		options: hyper,
		before: backups,
		happen: (scene, n) => {
			stage(scene).backup(n + 1).succeeded = stage(scene).now - 50 * 3_600_000;
			return String(n + 1);
		},
		nameOf: ({ task_id }) => task_id,
	});
	tellsEachOnce({
		trigger: triggers.activeBackupFinished,
		given: {},
		happen: (scene) => String(stage(scene).endActive(4, 4)),
		nameOf: ({ result_id }) => result_id,
		noise: (scene) => stage(scene).endActive(5, 1),
	});
});

describe('news', () => {
	tellsEachOnce({
		trigger: triggers.logEntryAdded,
		given: { keyword: 'overheat' },
		many: 230,
		happen: (scene, n) => stage(scene).logAs('SYSTEM', `Disk overheat: Disk ${n}`, { level: 'warn' }).descr,
		nameOf: ({ descr = '' }) => descr,
		noise: (scene) => stage(scene).logAs('SYSTEM', 'System started to boot up.'),
	});
	tellsEachOnce({
		trigger: triggers.logEntryAdded,
		given: { kind: 'connection', levels: ['warn'] },
		// The same line many times over, some of them in one second.
		happen: (scene) => {
			clockOf(scene).advance(-600);
			return stage(scene).logAs('ada', 'User [ada] failed to sign in to [DSM].', { kind: 'connection', level: 'warn' })
				.descr;
		},
		nameOf: ({ descr = '' }) => descr,
		noise: (scene) => stage(scene).logAs('ada', 'User [ada] signed in to [DSM].', { kind: 'connection' }),
	});
});
