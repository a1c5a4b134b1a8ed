import type { BehaviourTable } from '../../core/behaviour';
import { confirmed } from '../identity/call';
import {
	admin,
	badParameter,
	found,
	list,
	objects,
	pageOf,
	refuse,
	text,
	type Params,
	type SystemCall,
	id,
} from './call';
import { done } from './machine';
import { snapshotTime } from './texts';
import type { Share, Snapshot } from './types';

/** Shared folders, their snapshots and replication (system.md 4, backup.md C). */
export const shareBehaviours: BehaviourTable = {
	'SYNO.Core.Share.list': admin(({ system, params }) => {
		const wanted = params.additional === undefined ? [] : list(params, 'additional');
		return { data: { shares: system.shares.map((one) => shareRow(one, wanted)), total: system.shares.length } };
	}),
	'SYNO.Core.Share.get': admin((call) => {
		const wanted = call.params.additional === undefined ? [] : list(call.params, 'additional');
		return { data: shareRow(shareOf(call), wanted) };
	}),
	'SYNO.Core.Share.create': confirmed((call) => {
		const { system } = call;
		const { name, vol_path, ...more } = shareInfo(call);
		if (system.shares.some((one) => one.name === name)) return refuse(3301);
		if (!system.volumes.some((one) => one.vol_path === vol_path)) return refuse(3300);
		const share: Share = { name, vol_path, desc: '', encryption: 0, recycled: 0, snapshots: [] };
		system.shares.push(share);
		change(share, more);
		return { data: { name } };
	}),
	'SYNO.Core.Share.set': confirmed((call) => {
		const share = shareOf(call);
		const { name, vol_path, ...more } = shareInfo(call);
		if (name !== share.name || vol_path !== share.vol_path) return refuse(403);
		change(share, more);
		return { data: { name } };
	}),
	'SYNO.Core.Share.delete': confirmed(({ system, params }) => {
		const gone = list(params, 'name').map((name) =>
			found(
				system.shares.find((one) => one.name === name),
				402,
			),
		);
		for (const one of gone) system.shares.splice(system.shares.indexOf(one), 1);
		return {};
	}),
	'SYNO.Core.Share.Permission.list': admin((call) => {
		const { name } = shareOf(call);
		const rows = namesOf(call).map((one) => permissionRow(call, name, one));
		return { data: { items: pageOf(rows, call.params), total: rows.length } };
	}),
	'SYNO.Core.Share.Permission.set': confirmed((call) => {
		const { name } = shareOf(call);
		const known = new Set(namesOf(call));
		const rows = objects(call.params, 'permissions');
		if (rows.some((row) => !known.has(String(row.name)))) return refuse(402);
		for (const row of rows) call.system.permissions.set(permissionKey(call, name, String(row.name)), row);
		return {};
	}),
	'SYNO.Core.Share.Crypto.decrypt': admin((call) => {
		const share = encrypted(call);
		if (text(call.params, 'password') !== share.password) return refuse(117);
		return done((share.encryption = 1));
	}),
	'SYNO.Core.Share.Crypto.encrypt': admin((call) => done((encrypted(call).encryption = 2))),
	'SYNO.Core.RecycleBin.start': admin((call) => done((shareOf(call, 'id').recycled = 0))),

	'SYNO.Core.Share.Snapshot.list': admin((call) => {
		const { snapshots } = mounted(call);
		const wanted = call.params.additional === undefined ? [] : list(call.params, 'additional');
		const rows = pageOf(snapshots, call.params).map((one) => ({
			time: one.time,
			...Object.fromEntries(Object.entries(one).filter(([key]) => wanted.includes(key))),
		}));
		return { data: { snapshots: rows, total: snapshots.length } };
	}),
	'SYNO.Core.Share.Snapshot.create': admin((call) => {
		const { snapshots } = mounted(call);
		const { snapshotCode } = call.system.switches;
		if (snapshotCode !== 0) return refuse(snapshotCode);
		const info = call.params.snapinfo as Partial<Snapshot> | undefined;
		let at = call.system.now;
		// Two of one second would have one id.
		while (snapshots.some(({ time }) => time === snapshotTime(at))) at += 1000;
		const time = snapshotTime(at);
		const { desc = '', lock = false, worm_lock = false } = info ?? {};
		snapshots.push({ time, desc, lock, worm_lock, schedule_snapshot: false });
		return { data: time };
	}),
	'SYNO.Core.Share.Snapshot.set': admin((call) => {
		const time = text(call.params, 'snapshot');
		const { desc, lock } = call.params.snapinfo as Partial<Snapshot>;
		const one = found(
			mounted(call).snapshots.find((row) => row.time === time),
			3332,
		);
		return done(Object.assign(one, desc !== undefined && { desc }, lock !== undefined && { lock }));
	}),
	'SYNO.Core.Share.Snapshot.delete': admin((call) => {
		const share = mounted(call);
		const times = list(call.params, 'snapshots');
		const hit = share.snapshots.filter(({ time }) => times.includes(time));
		if (hit.length < times.length) return refuse(3332);
		if (hit.some(({ worm_lock }) => worm_lock)) return refuse(3350);
		return done((share.snapshots = share.snapshots.filter((one) => !hit.includes(one))));
	}),
	'SYNO.DisasterRecovery.Retention.get': admin((call) => {
		shareOf(call);
		return { data: { daily: 7, hourly: 24, policyType: 'advanced', recently: 5, retainDay: 0, tid: 2 } };
	}),
	'SYNO.DisasterRecovery.Log.list': admin(({ params }) => {
		const log_list = [
			{
				event: 'Snapshot of [docs] was taken.',
				level: 'info',
				log_type: 'drlog',
				time: '2026/06/01 02:00:04',
				user: 'SYSTEM',
			},
		];
		return { data: { error_count: 0, info_count: 1, log_list: pageOf(log_list, params), total: 1, warn_count: 0 } };
	}),
	'SYNO.DR.Plan.list': admin(({ system, params }) => {
		const plans = system.plans.map(({ plan_id, target_name, runs }) => ({
			plan_id,
			remote_plan_id: `${plan_id}-remote`,
			role: 1,
			target_name,
			target_type: 2,
			additional: {
				can_do: { can_sync: true },
				snapshot_count: 4,
				sync_policy: { is_send_encrypted: true, is_snapshot_locked: false },
				// A line feed ends the text.
				sync_report: {
					recent_records: runs.map((is_success) => ({
						is_success,
						readable_begin_time: '2026-06-01 02:00:04\n',
						sync_size_byte: 4096,
					})),
				},
			},
		}));
		return { data: { plans: pageOf(plans, params), total: plans.length } };
	}),
	'SYNO.DR.Plan.sync': admin(({ system, params }) => {
		const plan_id = id(params, 'plan_id');
		if (params.is_send_encrypted !== true || params.is_snapshot_locked !== false) return refuse(3336);
		return done(
			found(
				system.plans.find((one) => one.plan_id === plan_id),
				528,
			).runs.unshift(true),
		);
	}),
};

function shareOf({ system, params }: SystemCall, name = 'name'): Share {
	const wanted = text(params, name);
	return found(
		system.shares.find((one) => one.name === wanted),
		402,
	);
}

/** Names of users, or of groups. */
function namesOf({ params, request: { nas } }: SystemCall): string[] {
	const type = text(params, 'user_group_type');
	if (type === 'local_group') return ['administrators', 'users'];
	return type === 'local_user' ? [...nas.users.keys()] : badParameter('user_group_type', 'condition');
}

const permissionKey = ({ params }: SystemCall, share: string, name: string): string =>
	[share, params.user_group_type, name].join('/');

function permissionRow(call: SystemCall, share: string, name: string): Record<string, unknown> {
	const own = call.system.permissions.get(permissionKey(call, share, name)) ?? {};
	const { is_writable = false, is_readonly = false, is_deny = false, is_custom = false } = own;
	return { inherit: '-', is_admin: name === 'administrators', is_custom, is_deny, is_readonly, is_writable, name };
}

/** What is wanted of a folder comes in one object with its name and volume: else 403 (releases.md 6). */
function shareInfo({ params }: SystemCall): { name: string; vol_path: string } & Params {
	const { shareinfo } = params;
	if (typeof shareinfo !== 'object' || shareinfo === null) return refuse(403);
	const { name, vol_path, ...more } = shareinfo as Params;
	if (typeof name !== 'string' || name !== params.name || typeof vol_path !== 'string') return refuse(403);
	// DSM 7.4 breaks down at this one.
	if (more.encryption === false) return refuse(403);
	return { name, vol_path, ...more };
}

function change(share: Share, { desc, hidden, enable_recycle_bin: bin }: Params): void {
	if (typeof desc === 'string') share.desc = desc;
	if (typeof hidden === 'boolean') share.hidden = hidden;
	if (typeof bin === 'boolean') share.binOff = !bin;
}

const encrypted = (call: SystemCall): Share => {
	const share = shareOf(call);
	return share.encryption === 0 ? refuse(117) : share;
};

/** Snapshots of an encrypted folder need it to be mounted. */
const mounted = (call: SystemCall): Share => {
	const share = shareOf(call);
	return share.encryption === 2 ? refuse(3338) : share;
};

function shareRow(share: Share, wanted: unknown[]): Record<string, unknown> {
	const { name, vol_path, desc, encryption, snapshots, hidden = false, binOff = false } = share;
	const more: Record<string, Record<string, unknown>> = {
		hidden: { hidden },
		encryption: { encryption },
		is_aclmode: { is_aclmode: true },
		recyclebin: { enable_recycle_bin: !binOff, recycle_bin_admin_only: false },
		share_quota: { share_quota: 0, share_quota_used: 118.25 },
		support_snapshot: { support_snapshot: true, snapshots: snapshots.length },
	};
	const asked = Object.assign({}, ...wanted.map((key) => more[String(key)] ?? {})) as Record<string, unknown>;
	return { desc, is_usb_share: false, name, uuid: `uuid-of-${name}`, vol_path, ...asked };
}
