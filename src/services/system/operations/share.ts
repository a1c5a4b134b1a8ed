import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { listReplicationLog } from '../wire/backup';
import { plan_id, rowOf, share_name } from '../fields';
import * as wire from '../wire/shares';

const list = operation({
	title: 'List shared folders',
	summary: 'Gives all shared folders with volume, encryption and recycle bin. Needs an administrator.',
	call: wire.listShares,
	params: z.object({}),
	request: () => wire.ALL_SHARES,
});

const get = operation({
	title: 'Get a shared folder',
	summary: 'Gives volume, encryption and settings of a shared folder. Needs an administrator.',
	call: wire.getShare,
	params: z.object({ share_name }),
	request: (given) => ({ name: given.share_name, additional: wire.ALL_SHARES.additional }),
});

const mount = operation({
	title: 'Mount an encrypted shared folder',
	summary: 'Opens an encrypted shared folder with its key. Needs an administrator.',
	call: wire.mountShare,
	params: z.object({
		share_name,
		password: z
			.string()
			.min(1)
			.meta({ title: 'Key', description: 'Encryption key of the shared folder', widget: 'secret' }),
	}),
	request: (given) => ({ name: given.share_name, password: given.password }),
});

const unmount = operation({
	title: 'Unmount an encrypted shared folder',
	summary: 'Closes an encrypted shared folder: nobody reaches its files until it is mounted. Needs an administrator.',
	call: wire.unmountShare,
	params: z.object({ share_name }),
	request: (given) => ({ name: given.share_name }),
});

const clearRecycleBin = operation({
	title: 'Clear the recycle bin',
	summary: 'Deletes for good what is in the recycle bin of a shared folder. Needs an administrator.',
	call: wire.emptyRecycleBin,
	params: z.object({ share_name }),
	request: (given) => ({ id: given.share_name }),
	destructive: true,
});

const getRetention = operation({
	title: 'Get the retention of snapshots',
	summary: 'Says how many snapshots of a shared folder are kept. Needs an administrator and Snapshot Replication.',
	call: wire.getRetention,
	params: z.object({ share_name }),
	request: (given) => ({ type: 'share', name: given.share_name }),
});

const time = z.string().min(1).meta({
	title: 'Snapshot',
	description: 'ID of the snapshot: its time as the list gives it',
	placeholder: 'e.g. GMT+01-2026.06.01-02.00.00',
});
const desc = z
	.string()
	.default('')
	.meta({ title: 'Description', description: 'Text that says what it is for', placeholder: 'e.g. before the update' });
const lock = z
	.boolean()
	.default(false)
	.meta({ title: 'Lock', description: 'Whether it stays when old snapshots are taken away' });

const listSnapshots = operation({
	title: 'List snapshots',
	summary: 'Gives the snapshots of a shared folder on a Btrfs volume. Needs an administrator.',
	call: wire.listSnapshots,
	params: z.object({ share_name }),
	request: (given) => ({ name: given.share_name, ...wire.SNAPSHOT_DETAILS }),
});

const create = operation({
	title: 'Create a snapshot',
	summary: 'Takes a snapshot of a shared folder now. Needs an administrator.',
	call: wire.createSnapshot,
	params: z.object({ share_name, desc, lock }),
	request: (given) => ({ name: given.share_name, snapinfo: { desc: given.desc, lock: given.lock } }),
	response: (id, { params }) => ({ time: id, desc: params.desc, lock: params.lock }),
	result: wire.snapshot,
});

const update = operation({
	title: 'Update a snapshot',
	summary: 'Changes the description of a snapshot, or locks and unlocks it. Needs an administrator.',
	call: wire.setSnapshot,
	params: z
		.object({
			share_name,
			time,
			desc: desc.unwrap().optional().meta({ title: 'Description', description: 'Text that says what it is for' }),
			lock: lock
				.unwrap()
				.optional()
				.meta({ title: 'Lock', description: 'Whether it stays when old snapshots are taken away' }),
		})
		.refine((given) => given.desc !== undefined || given.lock !== undefined, {
			message: 'There is nothing to change: set a description or the lock',
			path: [],
		}),
	request: (given) => ({
		name: given.share_name,
		snapshot: given.time,
		snapinfo: {
			...(given.desc !== undefined && { desc: given.desc }),
			...(given.lock !== undefined && { lock: given.lock }),
		},
	}),
});

const remove = operation({
	title: 'Delete a snapshot',
	summary: 'Deletes a snapshot of a shared folder; the files themselves stay. Needs an administrator.',
	call: wire.deleteSnapshots,
	params: z.object({ share_name, time }),
	request: (given) => ({ name: given.share_name, snapshots: [given.time] }),
	destructive: true,
	deletes: true,
});

const listPlans = operation({
	title: 'List replications',
	summary: 'Gives the replications of shared folders and LUNs with their last runs. Needs an administrator.',
	call: wire.listPlans,
	params: z.object({}),
	request: () => wire.PLAN_DETAILS,
});

/** The NAS wants the policy of the plan back. */
const sync = operation({
	title: 'Run a replication',
	summary: 'Sends the newest state of a shared folder to its target now. Needs an administrator.',
	known: { call: wire.listPlans, request: () => wire.PLAN_DETAILS },
	call: wire.syncPlan,
	params: z.object({ plan_id, desc }),
	request(given, plans) {
		const { sync_policy = {} } = rowOf(plans, (one) => one.plan_id === given.plan_id, `replication ${given.plan_id}`);
		return {
			plan_id: given.plan_id,
			nowait: true,
			auto_remove: true,
			is_snapshot_locked: sync_policy.is_snapshot_locked ?? false,
			is_send_encrypted: sync_policy.is_send_encrypted ?? true,
			sync_description: given.desc,
		};
	},
});

const listLog = operation({
	title: 'List the log of replications',
	summary: 'Gives what Snapshot Replication did, the newest first. Needs an administrator.',
	call: listReplicationLog,
	params: z.object({}),
});

export const shares = resource('Shared folder', { list, get, mount, unmount, clearRecycleBin });
export const snapshots = resource('Snapshot', { list: listSnapshots, create, update, delete: remove, getRetention });
export const replications = resource('Replication', { list: listPlans, run: sync, listLog });
