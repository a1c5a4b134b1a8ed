import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

/** `encryption`: 0 none, 1 encrypted and mounted, 2 encrypted and not mounted. */
export const share = row(
	{
		name: field.text(),
		uuid: field.text().optional(),
		vol_path: field.text().optional(),
		desc: field.text().optional(),
		hidden: field.flag().optional(),
		encryption: field.number().optional(),
		enable_recycle_bin: field.flag().optional(),
		is_aclmode: field.flag().optional(),
		is_usb_share: field.flag().optional(),
		support_snapshot: field.flag().optional(),
		share_quota_used: field.number().optional(),
	},
	{
		rename: { share_quota_used: 'share_quota_used_mb' },
		simple: ['name', 'uuid', 'vol_path', 'desc', 'hidden', 'encryption', 'enable_recycle_bin', 'is_usb_share'],
	},
);
export type Share = z.output<typeof share>;

const SHARE_DETAILS = ['hidden', 'encryption', 'is_aclmode', 'recyclebin', 'share_quota', 'support_snapshot'];
export const ALL_SHARES = { shareType: 'all', additional: SHARE_DETAILS };
export const listShares = call('SYNO.Core.Share', 'list', 1, {
	list: 'shares',
	of: share,
	basis: 'capture',
	source: 'system.md 4',
	readOnly: true,
});
export const getShare = call('SYNO.Core.Share', 'get', 1, {
	answer: share,
	basis: 'clients',
	source: 'system.md 4',
	readOnly: true,
});
/** Writes go one at a time: 3328 where two overlap. `set` wants the volume back, too (system.md 12, releases.md 6). */
const writing = { basis: 'clients', source: 'system.md 4; releases.md 6', confirmed: true } as const;
export const createShare = call('SYNO.Core.Share', 'create', 1, writing);
export const setShare = repeatable(call('SYNO.Core.Share', 'set', 1, { ...writing, basis: 'inferred' }));
export const deleteShares = repeatable(call('SYNO.Core.Share', 'delete', 1, writing), { done: [] });

/** The calls are known; parameters and rows are inferred. */
const permissions = { basis: 'inferred', source: 'system.md 4' } as const;
const PERMISSION = 'SYNO.Core.Share.Permission';
export const permission = row({
	name: field.text(),
	is_writable: field.flag(),
	is_readonly: field.flag(),
	/** Wins over everything else. */
	is_deny: field.flag(),
	/** Rights of single files and folders differ. */
	is_custom: field.flag().optional(),
	is_admin: field.flag().optional(),
	/** What the groups of a user give. */
	inherit: field.text().optional(),
});
export type Permission = z.output<typeof permission>;
export const listPermissions = call(PERMISSION, 'list', 1, {
	list: 'items',
	of: permission,
	page: 200,
	...permissions,
	readOnly: true,
});
export const setPermissions = repeatable(call(PERMISSION, 'set', 1, { ...permissions, confirmed: true }));

const crypto = { basis: 'inferred', source: 'system.md 4' } as const;
export const mountShare = repeatable(call('SYNO.Core.Share.Crypto', 'decrypt', 1, crypto), { done: [] });
export const unmountShare = repeatable(call('SYNO.Core.Share.Crypto', 'encrypt', 1, crypto), { done: [] });
export const emptyRecycleBin = call('SYNO.Core.RecycleBin', 'start', 1, crypto);

const SNAPSHOT = 'SYNO.Core.Share.Snapshot';
/** The id is a time with the offset of its creation: it is compared as text, never converted (backup.md C4). */
export const snapshot = row(
	{
		time: field.text(),
		desc: field.text().optional(),
		/** The retention does not take it away. */
		lock: field.flag().optional(),
		/** Nobody can delete it before its day. */
		worm_lock: field.flag().optional(),
		schedule_snapshot: field.flag().optional(),
	},
	{ simple: ['time', 'desc', 'lock', 'worm_lock', 'schedule_snapshot'] },
);
const captured = { basis: 'capture', source: 'backup.md C2' } as const;
export const SNAPSHOT_DETAILS = { additional: ['desc', 'lock', 'schedule_snapshot', 'worm_lock'] };
export const listSnapshots = call(SNAPSHOT, 'list', 2, {
	list: 'snapshots',
	of: snapshot,
	page: 500,
	...captured,
	readOnly: true,
});
/** The answer is the bare id of the new one. */
export const createSnapshot = call(SNAPSHOT, 'create', 1, { answer: z.string(), ...captured });
export const setSnapshot = repeatable(call(SNAPSHOT, 'set', 1, captured));
export const deleteSnapshots = repeatable(call(SNAPSHOT, 'delete', 1, captured), { done: [] });

export const getRetention = call('SYNO.DisasterRecovery.Retention', 'get', 1, {
	answer: row(
		{
			/** -1: the shared folder has none. */
			tid: field.number(),
			policy_type: z.union([z.string(), z.number()]).optional(),
			recently: field.number().optional(),
			retain_day: field.number().optional(),
			hourly: field.number().optional(),
			daily: field.number().optional(),
		},
		{ rename: { policyType: 'policy_type', retainDay: 'retain_day' } },
	),
	...captured,
	readOnly: true,
});

const record = row({
	readable_begin_time: z
		.string()
		.transform((text) => text.trim())
		.optional(),
	is_success: field.flag(),
});

/** `role`: 1 sends, 2 receives. `target_type`: 1 LUN, 2 shared folder. */
export const plan = row(
	{
		plan_id: field.id(),
		remote_plan_id: field.id().optional(),
		role: field.number().optional(),
		target_type: field.number().optional(),
		target_name: field.text().optional(),
		snapshot_count: field.number().optional(),
		sync_policy: z.looseObject({}).optional(),
		sync_report: z.looseObject({ recent_records: z.array(record).default([]) }).optional(),
		can_do: z.looseObject({ can_sync: z.boolean().optional() }).optional(),
	},
	{ lift: ['additional'], simple: ['plan_id', 'role', 'target_type', 'target_name', 'snapshot_count', 'sync_report'] },
);
export type Plan = z.output<typeof plan>;
export const listPlans = call('SYNO.DR.Plan', 'list', 1, {
	list: 'plans',
	of: plan,
	...captured,
	readOnly: true,
});
export const PLAN_DETAILS = {
	additional: ['sync_policy', 'sync_report', 'main_site_info', 'dr_site_info', 'can_do', 'op_info', 'last_op_info'],
};
export const syncPlan = call('SYNO.DR.Plan', 'sync', 1, captured);
