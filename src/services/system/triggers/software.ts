import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { share_name } from '../fields';
import { keeping } from '../lib/keeping';
import { packageUpdates } from '../lib/updates';
import { stateTrigger } from '../lib/stateTrigger';
import { ALL_CONTAINERS, container, listContainers } from '../wire/containers';
import { listOffers, listPackages, PACKAGE_DETAILS, packageRow } from '../wire/packages';
import { listSnapshots, snapshot, SNAPSHOT_DETAILS } from '../wire/shares';
import { certificate, listCertificates } from '../wire/security';
import { checkUpdate } from '../wire/status';
import { BY_TIME, isTriggered, listTaskRuns, listTasks, taskRun } from '../wire/tasks';

const packages = {
	params: z.object({}),
	call: listPackages,
	request: () => PACKAGE_DETAILS,
	id: ({ id }: { id: string }) => id,
};

export const packageStopped = stateTrigger({
	...packages,
	title: 'Package stopped',
	summary: 'Starts when a package does not run any more. Every account may watch it.',
	right: 'account',
	state: ({ status }) => status,
	tells: (now) => now === 'stop',
	event: packageRow,
});

export const packageUpdated = stateTrigger({
	...packages,
	title: 'Package updated',
	summary: 'Starts when a package was updated, by itself or by somebody. Every account may watch it.',
	right: 'account',
	state: ({ version }) => version,
	event: packageRow,
});

export const packageUpdateAvailable = listTrigger({
	title: 'Package update available',
	summary: 'Starts when a later version of an installed package is out. Needs an administrator.',
	params: z.object({}),
	uses: [listPackages, listOffers],
	look: async (_, dsm) => await packageUpdates(dsm),
	id: ({ id }) => id,
	fingerprints: ({ new_version }) => [new_version],
	on: ['created', 'changed'],
	event: keeping(packageRow.with({ event_id: z.string(), new_version: z.string() }), ['new_version']),
});

export const dsmUpdateAvailable = listTrigger({
	title: 'DSM update available',
	summary:
		'Starts when a newer DSM is out. Poll it a few times a day: the NAS asks the vendor. Needs an administrator.',
	params: z.object({
		only_security: z
			.boolean()
			.default(false)
			.meta({ title: 'Only Security', description: 'Whether updates that are not about security are left out' }),
	}),
	filters: ['only_security'],
	uses: [checkUpdate],
	async look(_, dsm) {
		const sent = { user_reading: true, need_auto_smallupdate: true, need_promotion: false };
		const found = await dsm.call(checkUpdate, sent);
		return found.available ? [found] : [];
	},
	id: () => 'dsm',
	fingerprints: ({ version = '' }) => [version],
	on: ['created', 'changed'],
	keep: ({ is_security_version }, { only_security }) => !only_security || is_security_version === true,
	event: z.looseObject({
		event_id: z.string(),
		available: z.boolean(),
		version: z.string().optional(),
		type: z.string().optional(),
		is_security_version: z.boolean().optional(),
	}),
});

/** A run stands in the history when it has ended. Each task has a history of its own. */
export const taskFailed = listTrigger({
	title: 'Scheduled task failed',
	summary: 'Starts when a task of the task scheduler ended with an error. Needs an administrator.',
	params: z.object({}),
	uses: [listTasks, listTaskRuns],
	async look(_, dsm) {
		const tasks = (await dsm.list(listTasks, BY_TIME)).filter((task) => !isTriggered(task));
		const runs = await Promise.all(
			tasks.map(async ({ id, name }) => {
				const all = await dsm.list(listTaskRuns, { id: Number(id) });
				return all.map((run) => ({ ...run, task_id: id!, task_name: name }));
			}),
		);
		return runs.flat().sort((a, b) => Number(a.timestamp) - Number(b.timestamp));
	},
	id: ({ task_id, timestamp }) => `${task_id}-${timestamp}`,
	on: 'created',
	keep: ({ exit_code = 0, exit_type = 'normal' }) => exit_code !== 0 || exit_type !== 'normal',
	event: taskRun.with({ event_id: z.string(), task_id: z.string(), task_name: z.string() }),
});

const all = {
	params: z.object({}),
	call: listContainers,
	request: () => ALL_CONTAINERS,
	id: ({ name }: { name: string }) => name,
};

export const containerStopped = stateTrigger({
	...all,
	title: 'Container stopped',
	summary: 'Starts when a container does not run any more, with its exit code. Needs an administrator.',
	state: ({ status }) => (status === 'running' ? 'running' : 'stopped'),
	tells: (now) => now === 'stopped',
	event: container,
});

export const containerUnhealthy = stateTrigger({
	...all,
	title: 'Container unhealthy',
	summary: 'Starts when the health check of a container fails. Needs an administrator.',
	state: ({ health = 'none' }) => (health === 'starting' ? undefined : health),
	tells: (now) => now === 'unhealthy',
	event: container,
});

/** One that does not run is as it was: when it runs again, its time of start has changed. */
export const containerRestarted = stateTrigger({
	...all,
	title: 'Container restarted',
	summary: 'Starts when a container was started anew, by somebody or by itself. Needs an administrator.',
	state: ({ status, started }) => (status === 'running' ? (started ?? undefined) : undefined),
	event: container,
});

const DAY = 86_400_000;

export const certificateExpiring = stateTrigger({
	title: 'Certificate expiring',
	summary: 'Starts when a certificate has so many days left. Needs an administrator.',
	params: z.object({
		days: z.coerce
			.number<number | string>()
			.int()
			.min(1)
			.default(14)
			.meta({ title: 'Days', description: 'Days before it expires' }),
	}),
	uses: [listCertificates],
	look: async (_, dsm) => {
		const rows = await dsm.list(listCertificates, {});
		const now = dsm.now();
		return rows.map((row) => ({ ...row, days_left: Math.floor((Date.parse(row.valid_till) - now) / DAY) }));
	},
	id: ({ id }) => id,
	state: ({ days_left }, { days }) => (days_left < days ? 'expiring' : 'valid'),
	tells: (now) => now === 'expiring',
	event: certificate.with({ days_left: z.number() }),
	more: ['days_left'],
});

export const snapshotCreated = listTrigger({
	title: 'Snapshot created',
	summary: 'Starts when a shared folder has a new snapshot. Needs an administrator.',
	params: z.object({ share_name }),
	call: listSnapshots,
	request: (given) => ({ name: given.share_name, ...SNAPSHOT_DETAILS }),
	id: ({ time }) => time,
	on: 'created',
	event: snapshot.with({ event_id: z.string() }),
});
