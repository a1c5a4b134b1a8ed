import { operation, resource } from '../../../catalog/operation';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { listReplicationLog } from '../wire/backup';
import { confirmation, plan_id, rowOf, share_name, vol_path } from '../fields';
import { listPermissions, setPermission } from './sharePermission';
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

const flag = (title: string, description: string) => z.boolean().optional().meta({ title, description });
const settings = {
	desc: z
		.string()
		.optional()
		.meta({ title: 'Description', description: 'Text that says what it is for', placeholder: 'e.g. Documents' }),
	hidden: flag('Hidden', 'Whether it is left out where the network lists shared folders'),
	enable_recycle_bin: flag('Recycle Bin', 'Whether what is deleted goes to a recycle bin first'),
};
const SETTINGS = Object.keys(settings) as (keyof typeof settings)[];
type Settings = z.output<z.ZodObject<typeof settings>>;
const given = (params: Settings): Settings =>
	Object.fromEntries(SETTINGS.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]])));

/** What the NAS takes beside name, volume and description is inferred: the folder is read again. */
function written(share: wire.Share, wanted: Settings): wire.Share {
	const missed = SETTINGS.filter((name) => wanted[name] !== undefined && share[name] !== wanted[name]);
	if (missed.length === 0) return share;
	throw new DsmApiError(`The NAS took the call, but ${missed.join(', ')} of ${share.name} is not as wanted.`, {
		hint: 'Set it in Control Panel, Shared Folder: this release of DSM may want other parameters.',
	});
}
const readAgain = {
	call: wire.getShare,
	request: (params: { share_name: string }) => ({
		name: params.share_name,
		additional: wire.ALL_SHARES.additional,
	}),
};

/** `encryption: false` in it makes DSM 7.4 fail (releases.md 6). */
const createFolder = operation({
	title: 'Create a shared folder',
	summary: 'Creates an empty shared folder on a volume. Needs an administrator.',
	known: { call: wire.listShares },
	call: wire.createShare,
	params: z.object({
		share_name: z
			.string()
			.trim()
			.min(1)
			.regex(/^[^/\\]+$/, 'is the name of a folder, without a slash')
			.meta({ title: 'Name', description: 'Name of the shared folder', placeholder: 'e.g. projects' }),
		vol_path,
		...settings,
	}),
	request: (params) => ({
		name: params.share_name,
		shareinfo: { name: params.share_name, vol_path: params.vol_path, ...given(params) },
	}),
	lost: { made: wire.listShares, is: (row, params) => row.name === params.share_name, id: (row) => row.name },
	then: readAgain,
	response: (_, { params, then }) => written(then, given(params)),
	result: wire.share,
});

/** `create` with the name of one that exists is refused with 3301: a change is another method. */
const updateFolder = operation({
	title: 'Update a shared folder',
	summary: 'Changes description, visibility or recycle bin; what is not given stays. Needs an administrator.',
	known: readAgain,
	call: wire.setShare,
	params: z.object({ share_name, ...settings }).refine((params) => SETTINGS.some((one) => params[one] !== undefined), {
		message: 'There is nothing to change: set at least one field',
		path: [],
	}),
	request: (params, { name, vol_path: volume }) => ({
		name,
		shareinfo: { name, vol_path: volume, ...given(params) },
	}),
	then: readAgain,
	response: (_, { params, then }) => written(then, given(params)),
	result: wire.share,
});

const deleteFolder = operation({
	title: 'Delete a shared folder',
	summary: 'Deletes a shared folder with all its files and snapshots, for good. Needs an administrator.',
	call: wire.deleteShares,
	params: z.object({
		share_name,
		confirm: confirmation(
			'confirm that the files shall be gone',
			'Whether all files of the shared folder may be deleted',
		),
	}),
	request: (params) => ({ name: [params.share_name] }),
	destructive: true,
	deletes: true,
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
	title: 'List entries of the log of replications',
	summary: 'Gives what Snapshot Replication did, the newest first. Needs an administrator.',
	call: listReplicationLog,
	params: z.object({}),
});

export const shares = resource('Shared folder', {
	list,
	get,
	create: createFolder,
	update: updateFolder,
	delete: deleteFolder,
	mount,
	unmount,
	clearRecycleBin,
	listPermissions,
	setPermission,
});
export const snapshots = resource('Snapshot', { list: listSnapshots, create, update, delete: remove, getRetention });
export const replications = resource('Replication', { list: listPlans, run: sync, listLog });
