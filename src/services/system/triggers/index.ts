import * as backup from './backup';
import * as machine from './machine';
import * as news from './news';
import * as reachability from './reachability';
import * as software from './software';
import * as storage from './storage';

/** In the order in which editors list them. */
export const triggers = {
	nasUnreachable: reachability.nasUnreachable,
	nasReachable: reachability.nasReachable,
	rebooted: machine.rebooted,
	healthChanged: machine.healthChanged,
	temperatureHigh: machine.temperatureHigh,
	cpuHigh: machine.cpuHigh,
	memoryHigh: machine.memoryHigh,
	loadHigh: machine.loadHigh,
	networkHigh: machine.networkHigh,
	diskStateChanged: storage.diskStateChanged,
	diskTemperatureHigh: storage.diskTemperatureHigh,
	smartWarning: storage.smartWarning,
	poolStateChanged: storage.poolStateChanged,
	volumeStateChanged: storage.volumeStateChanged,
	volumeSpaceLow: storage.volumeSpaceLow,
	externalDriveAttached: storage.externalDriveAttached,
	externalDriveRemoved: storage.externalDriveRemoved,
	upsOnBattery: machine.upsOnBattery,
	upsBatteryLow: machine.upsBatteryLow,
	upsPowerBack: machine.upsPowerBack,
	notificationReceived: news.notificationReceived,
	logEntryAdded: news.logEntryAdded,
	packageStopped: software.packageStopped,
	packageUpdated: software.packageUpdated,
	packageUpdateAvailable: software.packageUpdateAvailable,
	dsmUpdateAvailable: software.dsmUpdateAvailable,
	backupFinished: backup.backupFinished,
	backupFailed: backup.backupFailed,
	backupOverdue: backup.backupOverdue,
	activeBackupFinished: backup.activeBackupFinished,
	snapshotCreated: software.snapshotCreated,
	taskFailed: software.taskFailed,
	containerStopped: software.containerStopped,
	containerUnhealthy: software.containerUnhealthy,
	containerRestarted: software.containerRestarted,
	certificateExpiring: software.certificateExpiring,
	addressChanged: machine.addressChanged,
	homeModeChanged: machine.homeModeChanged,
};
