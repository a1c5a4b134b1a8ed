import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** DSM 7 may give the life that is left as an object; -1 means that the drive does not tell. */
const remaining = () =>
	z.preprocess((value) => {
		const number = isObject(value) ? value.value : value;
		return number === -1 ? null : number;
	}, z.number().nullable());

export const disk = row(
	{
		id: field.id(),
		name: field.text(),
		/** `/dev/sata1`: what the operations on one drive take. */
		device: field.text(),
		model: field.text().optional(),
		vendor: field.text().optional(),
		serial: field.text().optional(),
		firm: field.text().optional(),
		disk_type: field.text().optional(),
		is_ssd: field.flag().optional(),
		size_total: field.bytes().optional(),
		/** Degrees Celsius. */
		temp: field.number().optional(),
		status: field.text(),
		overview_status: field.text().optional(),
		smart_status: field.text().optional(),
		/** Percent; null: the drive does not tell. */
		remain_life: remaining().optional(),
		unc: field.number().optional(),
		used_by: field.text().optional(),
	},
	{
		rename: { isSsd: 'is_ssd', diskType: 'disk_type', longName: 'long_name', is4Kn: 'is_4kn' },
		simple: ['id', 'name', 'device', 'model', 'serial', 'size_total', 'temp', 'status', 'smart_status', 'remain_life'],
	},
);
export type Disk = z.output<typeof disk>;

export const pool = row(
	{
		id: field.id(),
		status: field.text(),
		summary_status: field.text().optional(),
		raid_type: field.text().optional(),
		device_type: field.text().optional(),
		/** Ids of its drives. */
		disks: z.array(z.string()),
		size_total: field.bytes().optional(),
		size_used: field.bytes().optional(),
		disk_failure_number: field.number().optional(),
		pool_path: field.text().optional(),
		space_path: field.text().optional(),
		/** Percent of a repair or check that runs; -1: none. */
		progress_percent: field.number().optional(),
		progress_step: field.text().optional(),
		scrubbing_status: field.text().optional(),
	},
	{
		prefix: ['size', 'progress'],
		rename: { raidType: 'raid_type', scrubbingStatus: 'scrubbing_status' },
		simple: ['id', 'status', 'summary_status', 'device_type', 'disks', 'size_total', 'size_used', 'progress_percent'],
	},
);
export type Pool = z.output<typeof pool>;

export const volumeRow = row(
	{
		id: field.id(),
		status: field.text(),
		summary_status: field.text().optional(),
		fs_type: field.text().optional(),
		vol_path: field.text().optional(),
		vol_desc: field.text().optional(),
		pool_path: field.text().optional(),
		size_total: field.bytes(),
		size_used: field.bytes(),
		size_free: field.bytes().optional(),
		/** Percent, rounded to one digit. */
		used_percent: field.number().optional(),
		is_writable: field.flag().optional(),
		is_inode_full: field.flag().optional(),
	},
	{
		prefix: ['size', 'progress'],
		simple: [
			'id',
			'status',
			'summary_status',
			'fs_type',
			'vol_path',
			'vol_desc',
			'size_total',
			'size_used',
			'size_free',
			'used_percent',
		],
	},
);

/** What is left of a volume is not told, but follows: sizes come as text. */
function withUsage(value: unknown): unknown {
	if (!isObject(value) || !isObject(value.size)) return value;
	const [total, used] = [Number(value.size.total), Number(value.size.used)];
	// A volume that is not up has no size.
	const used_percent = total > 0 ? Math.round((used / total) * 1000) / 10 : undefined;
	return { ...value, size_free: Math.max(0, total - used), used_percent };
}
/** Its simple form is that of the row: what goes before hides it. */
export const volume = z.preprocess(withUsage, volumeRow).meta({ simple: volumeRow.meta()?.simple ?? [] });
export type Volume = z.output<typeof volumeRow>;

/** One call gives all of storage. Lists that are missing or empty come just after a start (lib/storage.ts). */
export const loadStorage = call('SYNO.Storage.CGI.Storage', 'load_info', 1, {
	answer: z.object({
		disks: z.array(disk),
		storagePools: z.array(pool),
		volumes: z.array(volume),
	}),
	basis: 'capture',
	source: 'system.md 2',
	readOnly: true,
});

const attribute = row({
	id: field.id(),
	name: field.text(),
	current: field.number().optional(),
	worst: field.number().optional(),
	threshold: field.number().optional(),
	raw: field.text().optional(),
	status: field.text().optional(),
});

export const getSmart = call('SYNO.Storage.CGI.Smart', 'get_health_info', 1, {
	answer: z.object({
		healthInfo: z.looseObject({
			overview: z.looseObject({ smart: z.string(), isSsd: z.boolean().optional() }),
			smartInfo: z.array(attribute).default([]),
		}),
	}),
	basis: 'capture',
	source: 'system.md 2',
	readOnly: true,
});
export const smartAttribute = attribute;

export const runSmartTest = call('SYNO.Core.Storage.Disk', 'do_smart_test', 1, {
	basis: 'capture',
	source: 'system.md 2',
});

export const listSmartTests = call('SYNO.Core.Storage.Disk', 'get_smart_test_log', 1, {
	list: 'testInfo',
	of: row({
		device: field.text().optional(),
		latest_test_type: field.text().optional(),
		latest_test_result: field.text().optional(),
		testing: z.union([z.boolean(), z.string(), z.number()]).optional(),
	}),
	also: { latest_test_time: z.string().optional() },
	basis: 'capture',
	source: 'system.md 2',
	readOnly: true,
});

const megabytes = { total_size_mb: field.number().optional() };
export const externalDrive = row(
	{
		dev_id: field.id(),
		dev_title: field.text().optional(),
		dev_type: field.text().optional(),
		producer: field.text().optional(),
		product: field.text().optional(),
		status: field.text().optional(),
		formatable: field.flag().optional(),
		...megabytes,
		partitions: z
			.array(
				row({
					name_id: field.id().optional(),
					partition_title: field.text().optional(),
					share_name: field.text().optional(),
					filesystem: field.text().optional(),
					status: field.text().optional(),
					used_size_mb: field.number().optional(),
					...megabytes,
				}),
			)
			.default([]),
	},
	{ simple: ['dev_id', 'dev_title', 'dev_type', 'producer', 'product', 'status', 'total_size_mb', 'partitions'] },
);
export type ExternalDrive = z.output<typeof externalDrive>;

const external = (kind: 'USB' | 'eSATA') => `SYNO.Core.ExternalDevice.Storage.${kind}` as const;
const drives = { list: 'devices', of: externalDrive, source: 'system.md 2', readOnly: true } as const;
export const listUsbDrives = call(external('USB'), 'list', 1, { ...drives, basis: 'capture' });
export const listEsataDrives = call(external('eSATA'), 'list', 1, { ...drives, basis: 'inferred' });
export const ejectUsbDrive = repeatable(
	call(external('USB'), 'eject', 1, { basis: 'clients', source: 'system.md 2' }),
	{ done: [] },
);
export const ejectEsataDrive = repeatable(
	call(external('eSATA'), 'eject', 1, { basis: 'inferred', source: 'system.md 2' }),
	{ done: [] },
);
