import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { duration, localMoment } from '../lib/moments';

const read = { readOnly: true } as const;

/** What everybody may ask, without a session: whether there is a DSM at all. */
export const queryApis = call('SYNO.API.Info', 'query', 1, { basis: 'guide', source: 'core.md 2', ...read });

/** Every account may ask this (system.md 0.4). Some models tell no temperature. */
export const getInfo = call('SYNO.DSM.Info', 'getinfo', 2, {
	answer: row(
		{
			model: field.text(),
			serial: field.text().optional(),
			version: field.text(),
			version_string: field.text(),
			/** Seconds since the start. */
			uptime: field.number().meta({ unit: 'seconds' }),
			time: localMoment(),
			temperature: field.number().optional(),
			temperature_warn: field.flag().optional(),
			ram_mb: field.number().optional(),
			codepage: field.text().optional(),
		},
		{
			rename: { ram: 'ram_mb' },
			simple: ['model', 'version_string', 'uptime', 'time', 'temperature', 'temperature_warn', 'ram_mb'],
		},
	),
	basis: 'capture',
	source: 'system.md 1',
	...read,
});

/** Version 2 and 3 lack methods that other calls of this API need; `info` is the same in all. */
export const getDetails = call('SYNO.Core.System', 'info', 1, {
	answer: row(
		{
			model: field.text(),
			serial: field.text().optional(),
			firmware_ver: field.text(),
			firmware_date: field.text().optional(),
			uptime: duration(),
			time: localMoment(),
			time_zone: field.text().optional(),
			time_zone_desc: field.text().optional(),
			cpu_vendor: field.text().optional(),
			cpu_family: field.text().optional(),
			cpu_series: field.text().optional(),
			cpu_cores: field.number().optional(),
			cpu_clock_speed: field.number().optional(),
			ram_mb: field.number().optional(),
			sys_temp: field.number().optional(),
			temperature_warning: field.flag().optional(),
			enabled_ntp: field.flag().optional(),
			ntp_server: field.text().optional(),
		},
		{
			rename: { ram_size: 'ram_mb', up_time: 'uptime' },
			simple: [
				'model',
				'firmware_ver',
				'uptime',
				'time',
				'time_zone',
				'cpu_series',
				'cpu_cores',
				'ram_mb',
				'sys_temp',
				'temperature_warning',
			],
		},
	),
	basis: 'capture',
	source: 'system.md 1',
	...read,
});

/** `rule` is absent or null where nothing is wrong. */
export const getHealth = call('SYNO.Core.System.SystemHealth', 'get', 1, {
	answer: row(
		{
			hostname: field.text().optional(),
			uptime: duration().optional(),
			rule_id: field.text().optional(),
			rule_type: field.number().optional(),
			rule_priority: field.number().optional(),
			interfaces: z.array(row({ id: field.text(), ip: field.text().optional() })),
		},
		{ prefix: ['rule'] },
	),
	basis: 'capture',
	source: 'system.md 1',
	...read,
});

export const getStatus = call('SYNO.Core.System.Status', 'get', 1, {
	answer: row({
		is_disk_wcache_crashed: field.flag().optional(),
		is_system_crashed: field.flag().optional(),
		upgrade_ready: field.flag().optional(),
	}),
	basis: 'clients',
	source: 'system.md 1',
	...read,
});

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const rowsOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : []);
/** What is not told is not zero. */
const sum = (...parts: unknown[]): number | undefined =>
	parts.includes(undefined) ? undefined : parts.reduce<number>((all, one) => all + Number(one), 0);
const average = (hundredths: unknown): number | undefined =>
	hundredths === undefined ? undefined : Number(hundredths) / 100;
const bytesOf = (kilobytes: unknown): number | undefined =>
	kilobytes === undefined ? undefined : Number(kilobytes) * 1024;

/** The numbers that a person asks for, out of the groups they come in: loads come times 100, memory in kilobytes. */
function flatUtilization(data: unknown): unknown {
	if (!isObject(data) || !isObject(data.cpu) || !isObject(data.memory)) return data;
	const { cpu, memory, network, disk, space } = data;
	const interfaces = rowsOf(network);
	const total = interfaces.find(({ device }) => device === 'total') ?? {};
	return {
		cpu_load: sum(cpu.user_load, cpu.system_load, cpu.other_load),
		cpu_user_load: cpu.user_load,
		cpu_system_load: cpu.system_load,
		load_1min: average(cpu['1min_load']),
		load_5min: average(cpu['5min_load']),
		load_15min: average(cpu['15min_load']),
		memory_usage: memory.real_usage,
		swap_usage: memory.swap_usage,
		memory_total: bytesOf(memory.total_real),
		memory_available: bytesOf(memory.avail_real),
		network_rx: total.rx,
		network_tx: total.tx,
		disk_utilization: isObject(disk) && isObject(disk.total) ? disk.total.utilization : undefined,
		time: data.time,
		interfaces: interfaces.filter(({ device }) => device !== 'total'),
		disks: isObject(disk) ? rowsOf(disk.disk) : [],
		volumes: isObject(space) ? rowsOf(space.volume) : [],
	};
}

const utilization = row(
	{
		/** Percent. */
		cpu_load: field.number(),
		cpu_user_load: field.number(),
		cpu_system_load: field.number(),
		load_1min: field.number().optional(),
		load_5min: field.number().optional(),
		load_15min: field.number().optional(),
		memory_usage: field.number(),
		swap_usage: field.number().optional(),
		memory_total: field.bytes().optional(),
		memory_available: field.bytes().optional(),
		/** Bytes a second. */
		network_rx: field.number().optional(),
		network_tx: field.number().optional(),
		disk_utilization: field.number().optional(),
		time: field.seconds().optional(),
		interfaces: z.array(row({ device: field.text() })),
		disks: z.array(row({ device: field.text() })),
		volumes: z.array(z.looseObject({})),
	},
	{
		simple: [
			'cpu_load',
			'load_1min',
			'load_5min',
			'load_15min',
			'memory_usage',
			'swap_usage',
			'network_rx',
			'network_tx',
			'disk_utilization',
			'time',
		],
	},
);
export type Utilization = z.output<typeof utilization>;

export const getUtilization = call('SYNO.Core.System.Utilization', 'get', 1, {
	answer: z.preprocess(flatUtilization, utilization),
	basis: 'capture',
	source: 'system.md 1',
	...read,
});

export const reboot = call('SYNO.Core.System', 'reboot', 1, { basis: 'capture', source: 'system.md 1' });
export const shutdown = call('SYNO.Core.System', 'shutdown', 1, { basis: 'capture', source: 'system.md 1' });

const findMe = { basis: 'inferred', source: 'system.md 1' } as const;
export const startLocating = repeatable(call('SYNO.DSM.FindMe', 'start', 2, findMe));
export const stopLocating = repeatable(call('SYNO.DSM.FindMe', 'stop', 2, findMe));
export const stopBeep = repeatable(
	call('SYNO.Core.Hardware.BeepControl', 'stop_beep', 1, {
		basis: 'clients',
		source: 'system.md 3',
	}),
);

/** Old answers have no `update` around them, and a version that may lack the word DSM (system.md 5). */
function unwrapped(data: unknown): unknown {
	const found = isObject(data) && isObject(data.update) ? data.update : data;
	if (!isObject(found)) return found;
	const { version } = found;
	return typeof version === 'string' && !version.startsWith('DSM') ? { ...found, version: `DSM ${version}` } : found;
}

export const checkUpdate = call('SYNO.Core.Upgrade.Server', 'check', 4, {
	answer: z.preprocess(
		unwrapped,
		row(
			{
				available: field.flag(),
				version: field.text().optional(),
				type: field.text().optional(),
				/** When it would restart the NAS: `now`. */
				reboot: field.text().optional(),
				is_security_version: field.flag().optional(),
			},
			{
				lift: ['version_details'],
				rename: { isSecurityVersion: 'is_security_version' },
				simple: ['available', 'version', 'type', 'reboot', 'is_security_version'],
			},
		),
	),
	basis: 'capture',
	source: 'system.md 5',
	...read,
});
