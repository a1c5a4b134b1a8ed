import type { BehaviourTable } from '../../core/behaviour';
import { admin, found, list, pageOf, refuse, id, type SystemCall, number } from './call';
import { done } from './machine';
import type { SystemState } from './state';
import { seconds, slashed } from './texts';
import type { ActiveResult, ActiveTask, Backup } from './types';

/** Hyper Backup and Active Backup (backup.md A and B). */
export const backupBehaviours: BehaviourTable = {
	'SYNO.Backup.Task.list': admin(({ system, params }) => {
		const wanted = params.additional === undefined ? [] : list(params, 'additional').map(String);
		const task_list = system.backups.map((one) => taskRow(system, one, wanted));
		return { data: { is_downloading: false, is_restoring: false, task_list, total: task_list.length } };
	}),
	'SYNO.Backup.Task.status': admin((call) => {
		const one = backupOf(call);
		const progress = call.system.progressOf(one);
		const running = progress !== undefined;
		return {
			data: {
				is_modified: false,
				last_bkp_end_time: slashed(one.ended),
				last_bkp_error: one.result === 'done' ? '' : 'The destination is full.',
				// 4401 stands for "no error".
				last_bkp_error_code: 4401,
				last_bkp_result: running ? 'backingup' : one.result,
				last_bkp_success_time: slashed(one.succeeded),
				last_bkp_time: slashed(running ? one.running!.since : one.started),
				state: one.state,
				status: running ? 'backup' : 'none',
				task_id: one.task_id,
				...(running && {
					progress: {
						avg_speed: 1024,
						can_cancel: true,
						can_suspend: true,
						processed_size: '1048576',
						progress,
						step: 'backup_data',
						total_size: '4194304',
					},
				}),
			},
		};
	}),
	'SYNO.Backup.Task.backup': admin((call) => {
		const one = backupOf(call);
		if (one.state !== 'backupable' || one.running) return refuse(4462);
		return done((one.running = { since: call.system.now }));
	}),
	'SYNO.Backup.Task.cancel': admin((call) => {
		const one = backupOf(call);
		if (call.params.task_state !== 'backupable') return refuse(4400);
		if (!one.running) return refuse(4462);
		return done(call.system.endBackup(one.task_id, 'cancel', one.running.since));
	}),
	'SYNO.Backup.Task.suspend': admin((call) => {
		const { running } = backupOf(call);
		return running ? done((running.suspended = true)) : refuse(4462);
	}),
	'SYNO.Backup.Task.resume': admin((call) => {
		const { running } = backupOf(call);
		return running?.suspended ? done((running.suspended = false)) : refuse(4462);
	}),
	'SYNO.Backup.Version.list': admin((call) => {
		const { versions } = backupOf(call);
		const rows = versions.map((one) => ({
			...one,
			complete_time: seconds(one.timestamp + 90_000),
			has_history: true,
			permit_delete: !one.locked,
			timestamp: seconds(one.timestamp),
		}));
		return { data: { total: rows.length, version_info_list: pageOf(rows, call.params) } };
	}),
	'SYNO.Backup.Target.get': admin((call) => ({
		data: {
			data_comp: true,
			data_enc: false,
			format_type: 'image',
			host_name: 'nas',
			is_online: backupOf(call).online,
		},
	})),
	'SYNO.SDS.Backup.Client.Common.Log.list': admin(({ system, params }) => {
		const log_list = system.backups
			.filter(({ ended }) => ended > 0)
			.map(({ name, ended, result }) => ({
				event: `[${name}] Backup task finished: ${result}.`,
				level: result === 'done' ? 'info' : 'err',
				time: slashed(ended),
				user: 'SYSTEM',
			}));
		return {
			data: {
				error_count: 0,
				info_count: 0,
				log_list: pageOf(log_list, params),
				total: log_list.length,
				warn_count: 0,
			},
		};
	}),

	'SYNO.ActiveBackup.Task.list': admin(({ system, params }) => {
		const tasks = system.activeTasks.map((one) => activeRow(system, one, params.load_result === true));
		return { data: { has_devices: true, tasks, total: tasks.length } };
	}),
	'SYNO.ActiveBackup.Task.backup': admin(({ system, params }) => {
		const ids = list(params, 'task_ids').map(Number);
		number(params, 'trigger_type');
		for (const one of activeOf(system, ids)) one.running = system.endActive(one.task_id, 1);
		return {};
	}),
	'SYNO.ActiveBackup.Task.cancel': admin(({ system, params }) => {
		for (const one of activeOf(system, list(params, 'task_ids').map(Number))) {
			const result = system.activeResults.find(({ result_id }) => result_id === one.running);
			if (result) Object.assign(result, { status: 5, time_end: seconds(system.now) });
			delete one.running;
		}
		return {};
	}),
	// The oldest first.
	'SYNO.ActiveBackup.Log.list_result': admin(({ system, params }) => {
		const { from_timestamp = 0 } = (params.filter ?? {}) as { from_timestamp?: number };
		const wanted = params.task_id === undefined ? undefined : id(params, 'task_id');
		const rows = system.activeResults.filter(
			(one) => one.time_start >= from_timestamp && (wanted === undefined || String(one.task_id) === wanted),
		);
		return { data: { count: rows.length, results: pageOf(rows, params).map(resultRow) } };
	}),
	'SYNO.ActiveBackup.Log.list_log': admin(({ system, params }) => {
		const rows = system.activeResults.map((one) => ({
			device_name: 'desk1',
			error_code: 0,
			log_id: 700 + one.result_id,
			log_level: one.status === 4 ? 0 : 2,
			log_time: one.time_end,
			log_type: 1102,
			result_id: one.result_id,
			task_id: one.task_id,
			task_name: one.task_name,
		}));
		return { data: { count: rows.length, logs: pageOf([...rows].reverse(), params) } };
	}),
	'SYNO.ActiveBackup.Overview.list_device_last_backup': admin(({ system }) => {
		const time = seconds(system.now) - 3600;
		const device_list = [
			{ device_id: 9, device_name: 'desk1', task_name: 'PCs', time_end: time, time_start: time - 300 },
		];
		return { data: { device_list, total: 1 } };
	}),
};

const backupOf = ({ system, params }: SystemCall): Backup => {
	const wanted = id(params, 'task_id');
	return found(
		system.backups.find(({ task_id }) => String(task_id) === wanted),
		4458,
	);
};

function taskRow(system: SystemState, one: Backup, wanted: string[]): Record<string, unknown> {
	const running = system.progressOf(one) !== undefined;
	const more: Record<string, Record<string, unknown>> = {
		last_bkp_time: {
			last_bkp_time: slashed(running ? one.running!.since : one.started),
			last_bkp_end_time: slashed(one.ended),
		},
		last_bkp_result: { last_bkp_result: running ? 'backingup' : one.result },
		next_bkp_time: { next_bkp_time: slashed(one.next).slice(0, 16) },
		is_modified: { is_modified: false },
	};
	const { task_id, name, transfer_type, state } = one;
	return {
		data_type: 'data',
		name,
		state,
		status: running ? 'backup' : 'none',
		task_id,
		target_type: 'image',
		transfer_type,
		type: `image:${transfer_type}`,
		...(Object.assign({}, ...wanted.map((key) => more[key] ?? {})) as object),
	};
}

const resultRow = (one: ActiveResult): Record<string, unknown> => ({
	...one,
	backup_type: 2,
	error_count: one.status === 4 ? 1 : 0,
	job_action: 1,
	none_count: 0,
	success_count: one.status === 2 ? 1 : 0,
	task_config: { device_list: [{ agent_token: 'agent-secret', host_name: 'desk1', login_password: 'agent-password' }] },
	warning_count: 0,
});

const activeOf = (system: SystemState, ids: number[]): ActiveTask[] =>
	ids.map((task_id) =>
		found(
			system.activeTasks.find((one) => one.task_id === task_id),
			117,
		),
	);

/** Blocks come only when they are asked for. */
function activeRow(system: SystemState, one: ActiveTask, results: boolean): Record<string, unknown> {
	const last = system.activeResults.filter(({ task_id }) => task_id === one.task_id).at(-1);
	const { task_id, task_name, backup_type } = one;
	const row = {
		allow_manual_backup: true,
		backup_type,
		device_count: 1,
		next_trigger_time: seconds(system.now) + 3600,
	};
	return {
		...row,
		share_name: 'ActiveBackup',
		task_id,
		task_name,
		...(results && last && { last_result: resultRow(last) }),
	};
}
