import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { hasFailed, idOnWire } from '../lib/backups';
import { keeping } from '../lib/keeping';
import { localTime } from '../lib/moments';
import { stateTrigger } from '../lib/stateTrigger';
import {
	activeResult,
	BACKUP_DETAILS,
	backupStatus,
	backupTask,
	getBackupStatus,
	listActiveResults,
	listBackups,
	STATUS_DETAILS,
	type ActiveResult,
	type BackupTask,
} from '../wire/backup';
import { getInfo } from '../wire/status';

/** What runs is as it was; when it has ended, its times and its result have changed. */
const run = {
	params: z.object({}),
	call: listBackups,
	request: () => BACKUP_DETAILS,
	id: ({ task_id }: BackupTask) => task_id,
	fingerprints: (task: BackupTask) => [
		task.last_bkp_time ?? '',
		task.last_bkp_end_time ?? '',
		task.last_bkp_result ?? '',
	],
	isTooFresh: ({ status, last_bkp_result }: BackupTask) => status !== 'none' || last_bkp_result === 'backingup',
	on: 'changed' as const,
	event: keeping(backupTask.with({ event_id: z.string(), failed: z.boolean() }), ['failed']),
};
const failed = (change: { kind: string; row?: BackupTask }) => [{ failed: change.row ? hasFailed(change.row) : false }];

export const backupFinished = listTrigger({
	...run,
	title: 'Backup finished',
	summary: 'Starts when a run of Hyper Backup has ended, well or not. Needs an administrator.',
	tell: (change) => failed(change as { kind: string; row?: BackupTask }),
});

export const backupFailed = listTrigger({
	...run,
	title: 'Backup failed',
	summary: 'Starts when a run of Hyper Backup has ended without success. Needs an administrator.',
	keep: hasFailed,
	tell: (change) => failed(change as { kind: string; row?: BackupTask }),
});

const HOUR = 3_600_000;

/** Times of the NAS are compared with its own clock: both lack their zone. */
export const backupOverdue = stateTrigger({
	title: 'Backup overdue',
	summary: 'Starts when a task of Hyper Backup had no success for so many hours. Needs an administrator.',
	params: z.object({
		hours: z.coerce.number<number | string>().int().min(1).default(48).meta({
			title: 'Hours',
			description: 'Hours without a successful backup',
		}),
	}),
	uses: [listBackups, getBackupStatus, getInfo],
	async look(_, dsm) {
		const [tasks, { time }] = await Promise.all([dsm.list(listBackups, BACKUP_DETAILS), dsm.call(getInfo, {})]);
		return await Promise.all(
			tasks.map(async ({ task_id, name }) => {
				const status = await dsm.call(getBackupStatus, { task_id: idOnWire(task_id), ...STATUS_DETAILS });
				const hours_since = (localTime(time) - localTime(status.last_bkp_success_time)) / HOUR;
				return { ...status, name, ...(!Number.isNaN(hours_since) && { hours_since: Math.floor(hours_since) }) };
			}),
		);
	},
	id: ({ task_id }) => task_id,
	// One that never succeeded is overdue.
	state: ({ hours_since = Infinity }, { hours }) => (hours_since >= hours ? 'overdue' : 'in_time'),
	tells: (now) => now === 'overdue',
	event: backupStatus.with({ name: z.string().optional(), hours_since: z.number().optional() }),
	more: ['name', 'hours_since'],
});

const DAYS_BACK = 7;
const FAILED = new Set(['failed', 'partial']);

/** A run may take days: what began within the last seven is looked at. */
export const activeBackupFinished = listTrigger({
	title: 'Active Backup finished',
	summary: 'Starts when a run of Active Backup for Business has ended, well or not. Needs an administrator.',
	params: z.object({
		only_failed: z
			.boolean()
			.default(false)
			.meta({ title: 'Only Failed', description: 'Whether runs that went well are left out' }),
	}),
	filters: ['only_failed'],
	uses: [listActiveResults],
	async look(_, dsm) {
		const from_timestamp = Math.floor(dsm.now() / 1000) - DAYS_BACK * 86_400;
		const rows = await dsm.list(listActiveResults, { filter: { from_timestamp } });
		// What a run says of its devices holds their tokens and passwords.
		return rows.map(({ task_config: _config, ...row }): ActiveResult => row as ActiveResult);
	},
	id: ({ result_id }) => result_id,
	isTooFresh: ({ status }) => status === 'running',
	on: 'created',
	keep: ({ status }, { only_failed }) => !only_failed || FAILED.has(status),
	event: activeResult.with({ event_id: z.string() }),
});
