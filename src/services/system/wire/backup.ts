import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { localMoment } from '../lib/moments';

const captured = { basis: 'capture', source: 'backup.md A3' } as const;

/** `task_id` is a text for LUN tasks. `last_bkp_result`: every word but `done`, `backingup`, `cancel` and none is a failure. */
export const backupTask = row(
	{
		task_id: field.id(),
		name: field.text().optional(),
		type: field.text().optional(),
		transfer_type: field.text().optional(),
		target_type: field.text().optional(),
		state: field.text().optional(),
		status: field.text().optional(),
		last_bkp_time: localMoment().optional(),
		last_bkp_end_time: localMoment().optional(),
		last_bkp_result: field.text().optional(),
		next_bkp_time: localMoment().optional(),
		is_modified: field.flag().optional(),
	},
	{
		simple: [
			'task_id',
			'name',
			'transfer_type',
			'state',
			'status',
			'last_bkp_time',
			'last_bkp_end_time',
			'last_bkp_result',
			'next_bkp_time',
		],
	},
);
export type BackupTask = z.output<typeof backupTask>;

/** `list`, `get` and `status` are gone from version 2. */
const TASK = 'SYNO.Backup.Task';
export const BACKUP_DETAILS = {
	additional: ['last_bkp_time', 'next_bkp_time', 'last_bkp_result', 'is_modified', 'schedule', 'get_source'],
};
export const listBackups = call(TASK, 'list', 1, { list: 'task_list', of: backupTask, ...captured, readOnly: true });

/** `last_bkp_error_code` 4401 means none; sizes of the progress come as text (backup.md A2). */
export const backupStatus = row(
	{
		task_id: field.id(),
		state: field.text().optional(),
		status: field.text(),
		last_bkp_time: localMoment().optional(),
		last_bkp_end_time: localMoment().optional(),
		last_bkp_success_time: localMoment().optional(),
		last_bkp_result: field.text().optional(),
		last_bkp_error: field.text().optional(),
		/** Percent; only while it runs. */
		progress: field.number().optional(),
		progress_step: field.text().optional(),
		progress_processed_size: field.bytes().optional(),
		progress_total_size: field.bytes().optional(),
		progress_can_cancel: field.flag().optional(),
	},
	{
		prefix: ['progress'],
		rename: { progress_progress: 'progress' },
		simple: [
			'task_id',
			'state',
			'status',
			'last_bkp_time',
			'last_bkp_end_time',
			'last_bkp_success_time',
			'last_bkp_result',
			'progress',
			'progress_step',
		],
	},
);
export const STATUS_DETAILS = {
	blOnline: false,
	additional: ['last_bkp_time', 'next_bkp_time', 'last_bkp_result', 'is_modified', 'last_bkp_progress'],
};
export const getBackupStatus = call(TASK, 'status', 1, { answer: backupStatus, ...captured, readOnly: true });
export const runBackup = call(TASK, 'backup', 1, captured);
export const cancelBackup = repeatable(call(TASK, 'cancel', 1, captured), { done: [] });
const suspending = { basis: 'clients', source: 'backup.md A3' } as const;
export const suspendBackup = repeatable(call(TASK, 'suspend', 1, suspending), { done: [] });
export const resumeBackup = repeatable(call(TASK, 'resume', 1, suspending), { done: [] });

/** Only in version 2. */
export const listVersions = call('SYNO.Backup.Version', 'list', 2, {
	list: 'version_info_list',
	of: row({
		version_id: field.id(),
		status: field.text().optional(),
		timestamp: field.seconds().optional(),
		complete_time: field.secondsOrNever().optional(),
		locked: field.flag().optional(),
	}),
	page: 200,
	...captured,
	readOnly: true,
});
export const getTarget = call('SYNO.Backup.Target', 'get', 1, {
	answer: row({
		is_online: field.flag(),
		host_name: field.text().optional(),
		format_type: field.text().optional(),
		data_comp: field.flag().optional(),
		data_enc: field.flag().optional(),
	}),
	...captured,
	readOnly: true,
});

const logLine = row({
	event: field.text().optional(),
	level: field.text().optional(),
	time: z.union([z.string(), z.number()]).optional(),
	user: field.text().optional(),
});
export const listBackupLog = call('SYNO.SDS.Backup.Client.Common.Log', 'list', 1, {
	list: 'log_list',
	of: logLine,
	page: 200,
	...captured,
	readOnly: true,
});
export const listReplicationLog = call('SYNO.DisasterRecovery.Log', 'list', 1, {
	list: 'log_list',
	of: logLine,
	page: 200,
	basis: 'capture',
	source: 'backup.md C2',
	readOnly: true,
});

const active = { basis: 'capture', source: 'backup.md B3' } as const;
const RESULTS: Record<number, string> = {
	1: 'running',
	2: 'success',
	3: 'partial',
	4: 'failed',
	5: 'cancelled',
	6: 'none',
};
/** Results are numbers on the wire (backup.md B2). */
const result = () =>
	z.preprocess((value) => (typeof value === 'number' ? (RESULTS[value] ?? String(value)) : value), z.string());

export const activeTask = row(
	{
		task_id: field.id(),
		task_name: field.text().optional(),
		/** 1 virtual machine, 2 PC, 3 server, 4 file server, 5 NAS. */
		backup_type: field.number().optional(),
		share_name: field.text().optional(),
		device_count: field.number().optional(),
		version_count: field.number().optional(),
		next_trigger_time: field.secondsOrNever().optional(),
		last_result_result_id: field.id().optional(),
		last_result_status: result().optional(),
		last_result_time_start: field.secondsOrNever().optional(),
		last_result_time_end: field.secondsOrNever().optional(),
		last_result_error_count: field.number().optional(),
	},
	{
		prefix: ['last_result'],
		rename: { last_result_result_id: 'last_result_id' },
		simple: [
			'task_id',
			'task_name',
			'backup_type',
			'share_name',
			'device_count',
			'next_trigger_time',
			'last_result_status',
			'last_result_time_start',
			'last_result_time_end',
			'last_result_error_count',
		],
	},
);
/** Devices would hold tokens and passwords: they are not asked for. */
export const ACTIVE_REQUEST = {
	load_status: true,
	load_result: true,
	load_devices: false,
	load_versions: false,
	filter: {},
};
export const listActiveTasks = call('SYNO.ActiveBackup.Task', 'list', 1, {
	list: 'tasks',
	of: activeTask,
	...active,
	readOnly: true,
});
const running = { basis: 'clients', source: 'backup.md B3' } as const;
export const runActiveTasks = call('SYNO.ActiveBackup.Task', 'backup', 1, running);
export const cancelActiveTasks = repeatable(call('SYNO.ActiveBackup.Task', 'cancel', 1, running), { done: [] });

export const activeResult = row(
	{
		result_id: field.id(),
		task_id: field.id().optional(),
		task_name: field.text().optional(),
		status: result(),
		time_start: field.seconds(),
		time_end: field.secondsOrNever().optional(),
		success_count: field.number().optional(),
		warning_count: field.number().optional(),
		error_count: field.number().optional(),
		job_action: field.number().optional(),
	},
	{ simple: ['result_id', 'task_id', 'task_name', 'status', 'time_start', 'time_end', 'success_count', 'error_count'] },
);
export type ActiveResult = z.output<typeof activeResult>;
export const listActiveResults = call('SYNO.ActiveBackup.Log', 'list_result', 1, {
	list: 'results',
	of: activeResult,
	page: 500,
	...active,
	readOnly: true,
});
export const listActiveLog = call('SYNO.ActiveBackup.Log', 'list_log', 1, {
	list: 'logs',
	of: row({
		log_id: field.id(),
		/** 0 error, 1 warning, 2 information. */
		log_level: field.number(),
		log_time: field.seconds(),
		log_type: field.number().optional(),
		task_name: field.text().optional(),
		device_name: field.text().optional(),
		error_code: field.number().optional(),
		result_id: field.id().optional(),
	}),
	page: 500,
	...active,
	readOnly: true,
});
export const listActiveDevices = call('SYNO.ActiveBackup.Overview', 'list_device_last_backup', 1, {
	list: 'device_list',
	of: row({
		device_id: field.id(),
		device_name: field.text().optional(),
		task_name: field.text().optional(),
		time_start: field.secondsOrNever().optional(),
		time_end: field.secondsOrNever().optional(),
	}),
	...active,
	readOnly: true,
});
