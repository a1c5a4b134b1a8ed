import type { Dsm } from '../../../core/dsm';
import { timeout, waitFor } from '../../../catalog/tasks';
import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { active_task_id, backup_id } from '../fields';
import { idOnWire } from '../lib/backups';
import * as wire from '../wire/backup';

const named = (given: { backup_id: string }) => ({ task_id: idOnWire(given.backup_id) });

const list = operation({
	title: 'List backup tasks',
	summary: 'Gives the tasks of Hyper Backup with their last result and next run. Needs an administrator.',
	call: wire.listBackups,
	params: z.object({}),
	request: () => wire.BACKUP_DETAILS,
});

const get = operation({
	title: 'Get a backup task',
	summary: 'Says whether a task of Hyper Backup runs, how far it is and how it last ended. Needs an administrator.',
	call: wire.getBackupStatus,
	params: z.object({ backup_id }),
	request: (given) => ({ ...named(given), ...wire.STATUS_DETAILS }),
});

/** It runs on, whether or not somebody waits: nothing is stopped. */
async function finished(dsm: Dsm, task_id: string | number, before: string | null | undefined, seconds: number) {
	return await waitFor(dsm, {
		status: async () => await dsm.call(wire.getBackupStatus, { task_id, ...wire.STATUS_DETAILS }, { readOnly: true }),
		// The state may stay "none" for some seconds after the start.
		isDone: ({ status, last_bkp_time }) => status === 'none' && last_bkp_time !== before,
		timeout: seconds,
		what: 'The backup',
	});
}

/** Code: it looks at the task before, and until it has ended. A start is never repeated. */
const run = procedure({
	title: 'Run a backup task',
	summary: 'Starts a task of Hyper Backup, and waits for its end if wanted. Needs an administrator.',
	uses: [wire.getBackupStatus, wire.runBackup],
	params: z.object({
		backup_id,
		wait: z.boolean().default(false).meta({ title: 'Wait', description: 'Whether to wait until it has ended' }),
		timeout: timeout(43_200).meta({
			title: 'Timeout',
			description: 'Seconds to wait; the backup goes on after that',
			advanced: true,
		}),
	}),
	result: wire.backupStatus,
	async run(given, dsm) {
		const { task_id } = named(given);
		const ask = { task_id, ...wire.STATUS_DETAILS };
		const before = await dsm.call(wire.getBackupStatus, ask, { readOnly: true });
		await dsm.call(wire.runBackup, { task_id });
		if (!given.wait) return await dsm.call(wire.getBackupStatus, ask, { readOnly: true });
		return await finished(dsm, task_id, before.last_bkp_time, given.timeout);
	},
});

const cancel = operation({
	title: 'Cancel a backup task',
	summary: 'Ends the run of a task of Hyper Backup; earlier versions stay. Needs an administrator.',
	call: wire.cancelBackup,
	params: z.object({ backup_id }),
	request: (given) => ({ ...named(given), task_state: 'backupable' }),
});

const pause = operation({
	title: 'Pause a backup task',
	summary: 'Suspends the run of a task of Hyper Backup. Needs an administrator.',
	call: wire.suspendBackup,
	params: z.object({ backup_id }),
	request: named,
});

const resume = operation({
	title: 'Resume a backup task',
	summary: 'Goes on with the run of a task of Hyper Backup that was paused. Needs an administrator.',
	call: wire.resumeBackup,
	params: z.object({ backup_id }),
	request: named,
});

const listVersions = operation({
	title: 'List backup versions',
	summary: 'Gives the versions that a task of Hyper Backup keeps. Needs an administrator.',
	call: wire.listVersions,
	params: z.object({ backup_id }),
	request: named,
});

const getTarget = operation({
	title: 'Get the target of a backup',
	summary: 'Says whether the target of a task of Hyper Backup can be reached. Needs an administrator.',
	call: wire.getTarget,
	params: z.object({ backup_id }),
	request: (given) => ({ ...named(given), additional: ['is_online'] }),
});

const listLog = operation({
	title: 'List entries of the log of backups',
	summary: 'Gives what Hyper Backup did, the newest first. Needs an administrator.',
	call: wire.listBackupLog,
	params: z.object({}),
});

const listActive = operation({
	title: 'List Active Backup tasks',
	summary: 'Gives the tasks of Active Backup for Business with their last result. Needs an administrator.',
	call: wire.listActiveTasks,
	params: z.object({}),
	request: () => wire.ACTIVE_REQUEST,
});

const runActive = operation({
	title: 'Run an Active Backup task',
	summary: 'Starts a task of Active Backup for Business and does not wait. Needs an administrator.',
	call: wire.runActiveTasks,
	params: z.object({ active_task_id }),
	request: (given) => ({ task_ids: [Number(given.active_task_id)], trigger_type: 1 }),
});

const cancelActive = operation({
	title: 'Cancel an Active Backup task',
	summary: 'Ends the run of a task of Active Backup for Business. Needs an administrator.',
	call: wire.cancelActiveTasks,
	params: z.object({ active_task_id }),
	request: (given) => ({ task_ids: [Number(given.active_task_id)] }),
});

const DAY = 86_400;

const listResults = operation({
	title: 'List Active Backup results',
	summary: 'Gives how runs of Active Backup for Business ended. Needs an administrator.',
	call: wire.listActiveResults,
	params: z.object({
		days: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.default(7)
			.meta({ title: 'Days', description: 'How many days to look back' }),
	}),
	// Milliseconds would be taken for a day far ahead.
	request: ({ days }, _, { now }) => ({ filter: { from_timestamp: Math.floor(now / 1000) - days * DAY } }),
	// What a run says of its devices holds their tokens and passwords.
	response: ({ task_config: _, ...row }) => row,
	result: z.array(wire.activeResult),
});

const listActiveLog = operation({
	title: 'List entries of the log of Active Backup',
	summary: 'Gives what Active Backup for Business did, the newest first. Needs an administrator.',
	call: wire.listActiveLog,
	params: z.object({}),
	request: () => ({ filter: {} }),
});

const listDevices = operation({
	title: 'List backed-up devices',
	summary: 'Gives when each device of Active Backup for Business was last backed up. Needs an administrator.',
	call: wire.listActiveDevices,
	params: z.object({}),
});

export const backups = resource('Backup', { list, get, run, cancel, pause, resume, listVersions, getTarget, listLog });
export const activeBackups = resource('Active Backup', {
	list: listActive,
	run: runActive,
	cancel: cancelActive,
	listResults,
	listLog: listActiveLog,
	listDevices,
});
