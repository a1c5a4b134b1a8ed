import { service } from '../../catalog/operation';
import { errors } from './errors';
import { activeBackups, backups } from './operations/backup';
import { containers, images, projects } from './operations/container';
import { hardwares, networks, upses } from './operations/hardware';
import { connections, logs, notifications } from './operations/log';
import { systems } from './operations/nas';
import { packages } from './operations/package';
import { certificates, homeModes, medias, securities } from './operations/security';
import { replications, shares, snapshots } from './operations/share';
import { disks, externalDrives, pools, volumes } from './operations/storage';
import { switchables } from './operations/service';
import { tasks, triggeredTasks } from './operations/task';
import { triggers } from './triggers';

export const system = service({
	id: 'system',
	title: 'System',
	summary:
		'The NAS itself: state, storage, hardware, packages, tasks, logs, shared folders, backups and containers. Most of it needs an administrator.',
	right: 'administrator',
	apis: [
		'SYNO.Core.',
		'SYNO.DSM.',
		'SYNO.Storage.',
		'SYNO.SecurityAdvisor.',
		'SYNO.Backup.',
		'SYNO.SDS.Backup.',
		'SYNO.ActiveBackup.',
		'SYNO.DR.',
		'SYNO.DisasterRecovery.',
		'SYNO.Docker.',
		'SYNO.SurveillanceStation.',
	],
	packages: {
		'SYNO.Backup.': 'Hyper Backup',
		'SYNO.SDS.Backup.': 'Hyper Backup',
		'SYNO.ActiveBackup.': 'Active Backup for Business',
		'SYNO.DR.': 'Snapshot Replication',
		'SYNO.DisasterRecovery.': 'Snapshot Replication',
		'SYNO.Docker.': 'Container Manager',
		'SYNO.SurveillanceStation.': 'Surveillance Station',
	},
	errors,
	resources: {
		nas: systems,
		volume: volumes,
		pool: pools,
		disk: disks,
		externalDrive: externalDrives,
		ups: upses,
		hardware: hardwares,
		network: networks,
		service: switchables,
		package: packages,
		task: tasks,
		triggeredTask: triggeredTasks,
		log: logs,
		notification: notifications,
		connection: connections,
		certificate: certificates,
		security: securities,
		share: shares,
		snapshot: snapshots,
		replication: replications,
		backup: backups,
		activeBackup: activeBackups,
		container: containers,
		project: projects,
		image: images,
		homeMode: homeModes,
		media: medias,
	},
	triggers,
});
