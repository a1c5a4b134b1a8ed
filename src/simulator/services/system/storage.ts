import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { admin, anyone, badParameter, found, list, refuse, text, type SystemCall } from './call';
import { done } from './machine';
import type { SystemState } from './state';
import { slashed } from './texts';
import type { Disk, Drive } from './types';

const TEST_TAKES: Record<string, number> = { quick: 120_000, extend: 3_600_000 };

/** Drives, pools, volumes and what is plugged in (system.md 2). Sizes and numbers of progress are texts. */
export const storageBehaviours: BehaviourTable = {
	'SYNO.Storage.CGI.Storage.load_info': admin(({ system }) => ({
		data: {
			disks: system.disks.map(({ testing, tested: _, ...row }) => ({ ...row, smart_testing: testing !== undefined })),
			env: { bay_number: '4' },
			hotSpares: [],
			ssdCaches: [],
			storagePools: system.pools.map(({ total, ...row }) => ({
				...row,
				disk_failure_number: row.status === 'normal' ? 0 : 1,
				progress: { percent: '-1', step: 'none' },
				scrubbingStatus: 'no_schedule',
				size: { total: String(total), used: String(total) },
				space_path: '/dev/vg1',
			})),
			volumes: system.volumes.map(({ total, used, ...row }) => ({
				...row,
				is_inode_full: false,
				is_writable: true,
				size: {
					free_inode: '0',
					total: String(total),
					total_device: String(total),
					total_inode: '0',
					used: String(used),
				},
			})),
		},
	})),
	'SYNO.Storage.CGI.Smart.get_health_info': admin((call) => {
		const disk = diskOf(call);
		// A drive without a table is no failure of the drive.
		if (disk.diskType === 'NVMe') return refuse(117);
		const smartInfo = [
			{
				current: '100',
				id: '5',
				name: 'Reallocated_Sector_Ct',
				raw: String(disk.unc),
				status: 'OK',
				threshold: '10',
				worst: '100',
			},
		];
		return {
			data: {
				healthInfo: { count: smartInfo.length, overview: { isSsd: disk.isSsd, smart: disk.smart_status }, smartInfo },
			},
		};
	}),
	'SYNO.Core.Storage.Disk.do_smart_test': admin((call) => {
		const disk = diskOf(call);
		const type = text(call.params, 'type');
		if (type === 'stop') return done(delete disk.testing);
		const takes = TEST_TAKES[type];
		if (takes === undefined) return badParameter('type', 'condition');
		if (disk.testing) return refuse(117);
		return done((disk.testing = { type, until: call.system.now + takes }));
	}),
	'SYNO.Core.Storage.Disk.get_smart_test_log': admin((call) => {
		const disk = diskOf(call);
		finishTest(call.system, disk);
		const { tested, testing } = disk;
		return {
			data: {
				latest_test_time: tested ? slashed(tested.at) : '',
				testInfo: [
					{
						device: disk.device,
						latest_test_result: tested ? 'normal' : '',
						latest_test_type: tested?.type ?? '',
						testing: testing !== undefined,
					},
				],
			},
		};
	}),
	// Without `additional` an ordinary account gets 404 before its rights are looked at.
	'SYNO.Core.ExternalDevice.Storage.USB.list': anyone((call) => listDrives(call, 'USB')),
	'SYNO.Core.ExternalDevice.Storage.eSATA.list': admin((call) => listDrives(call, 'eSATA')),
	'SYNO.Core.ExternalDevice.Storage.USB.eject': admin((call) => eject(call, 'USB')),
	'SYNO.Core.ExternalDevice.Storage.eSATA.eject': admin((call) => eject(call, 'eSATA')),
};

function diskOf({ system, params }: SystemCall): Disk {
	if (params.device === undefined) return refuse(114);
	const device = text(params, 'device');
	return found(
		system.disks.find((one) => one.device === device),
		117,
	);
}

function finishTest(system: SystemState, disk: Disk): void {
	if (!disk.testing || system.now < disk.testing.until) return;
	disk.tested = { type: disk.testing.type, at: disk.testing.until };
	delete disk.testing;
}

function listDrives({ system, params, user }: SystemCall, kind: Drive['kind']): ApiReply {
	if (params.additional === undefined && !user.administrator) return refuse(404);
	if (!user.administrator) return refuse(105);
	const all = params.additional !== undefined && list(params, 'additional').includes('all');
	const devices = system.drives.filter((one) => one.kind === kind).map((one) => driveRow(one, all));
	return { data: { devices } };
}

function driveRow({ dev_id, dev_title, producer, product, size, kind }: Drive, all: boolean): Record<string, unknown> {
	const dev_type = kind === 'USB' ? 'usbDisk' : 'esataDisk';
	const row = { dev_id, dev_title, dev_type, formatable: true, producer, product, progress: '', status: 'normal' };
	if (!all) return row;
	const partition = {
		dev_fstype: 'ext4',
		filesystem: 'ext4',
		name_id: `${dev_id}p1`,
		partition_title: 'Partition 1',
		share_name: `usbshare${dev_id.replace(/\D/g, '')}`,
		status: 'normal',
		total_size_mb: size,
		used_size_mb: Math.round(size / 3),
	};
	return { ...row, partitions: [partition], total_size_mb: size };
}

function eject({ system, params }: SystemCall, kind: Drive['kind']): ApiReply {
	const dev_id = text(params, 'dev_id');
	const at = system.drives.findIndex((one) => one.kind === kind && one.dev_id === dev_id);
	if (at < 0) return refuse(117);
	return done(system.drives.splice(at, 1));
}
