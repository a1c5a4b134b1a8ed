import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { yesNo } from '../lib/moments';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const STATUS = 'usb_ups_status_';

/** Settings of SNMP hold secrets: only what is known here is kept. Names end with a line feed. */
function upsOf(data: unknown): unknown {
	if (!isObject(data)) return data;
	const { enable, mode, model, manufacture, charge, runtime, delay_time, usb_ups_connect, net_server_ip, status } =
		data;
	const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value);
	const known = { enable, mode, charge, runtime, delay_time, usb_ups_connect, net_server_ip };
	const state = typeof status === 'string' ? status.replace(STATUS, '') : status;
	return { ...known, model: trimmed(model), manufacture: trimmed(manufacture), status: state };
}

export const ups = row(
	{
		enable: field.flag(),
		usb_ups_connect: field.flag().optional(),
		/** `online`, `on_battery`, `low_battery` or `unknown`; others may exist. */
		status: field.text(),
		mode: field.text().optional(),
		manufacture: field.text().optional(),
		model: field.text().optional(),
		/** Percent. */
		charge: field.number().optional(),
		runtime: field.number().meta({ unit: 'seconds' }).optional(),
		/** Seconds on battery until the NAS goes into safe mode; -1: until the battery is low. */
		delay_time: field.number().optional(),
		net_server_ip: field.text().optional(),
	},
	{ simple: ['enable', 'status', 'model', 'charge', 'runtime', 'mode'] },
);
export type Ups = z.output<typeof ups>;

const UPS = 'SYNO.Core.ExternalDevice.UPS';
export const getUps = call(UPS, 'get', 1, {
	answer: z.preprocess(upsOf, ups),
	basis: 'capture',
	source: 'system.md 3',
	readOnly: true,
});
export const setUps = repeatable(call(UPS, 'set', 1, { basis: 'clients', source: 'system.md 3' }));

const hardware = { source: 'system.md 3', basis: 'clients' } as const;
export const getFan = call('SYNO.Core.Hardware.FanSpeed', 'get', 1, {
	answer: row({
		dual_fan_speed: field.text(),
		cool_fan: yesNo().optional(),
		/** Whether all temperature sensors of drives failed. */
		all_disk_temp_fail: yesNo().optional(),
		fan_type: field.number().optional(),
	}),
	basis: 'capture',
	source: 'system.md 3',
	readOnly: true,
});
export const setFan = repeatable(
	call('SYNO.Core.Hardware.FanSpeed', 'set', 1, { basis: 'capture', source: 'system.md 3' }),
);

export const getLed = call('SYNO.Core.Hardware.Led.Brightness', 'get', 1, {
	answer: row({ led_brightness: field.number(), schedule: z.unknown() }),
	...hardware,
	readOnly: true,
});
export const setLed = repeatable(call('SYNO.Core.Hardware.Led.Brightness', 'set', 1, hardware));

const powerTask = row({
	enabled: field.flag(),
	/** Days of the week from 0, Sunday, behind commas. */
	weekdays: field.text(),
	hour: field.number(),
	min: field.number(),
});
export const powerSchedule = row({ poweron_tasks: z.array(powerTask), poweroff_tasks: z.array(powerTask) });
export const loadPowerSchedule = call('SYNO.Core.Hardware.PowerSchedule', 'load', 1, {
	answer: powerSchedule,
	basis: 'clients',
	source: 'system.md 1',
	readOnly: true,
});
export const savePowerSchedule = repeatable(
	call('SYNO.Core.Hardware.PowerSchedule', 'save', 1, {
		basis: 'clients',
		source: 'system.md 1',
	}),
);

export const getPowerRecovery = call('SYNO.Core.Hardware.PowerRecovery', 'get', 1, {
	answer: row({ rc_power_config: field.flag(), wol1: field.flag().optional(), wol2: field.flag().optional() }),
	...hardware,
	readOnly: true,
});

export const listInterfaces = call('SYNO.Core.Network.Interface', 'list', 1, {
	list: '',
	of: row({
		ifname: field.text(),
		ip: field.text().optional(),
		mask: field.text().optional(),
		mac: field.text().optional(),
		speed: field.number().optional(),
		status: field.text().optional(),
		type: field.text().optional(),
		use_dhcp: field.flag().optional(),
	}),
	basis: 'clients',
	source: 'system.md 11',
	readOnly: true,
});

export const listAdapters = call('SYNO.DSM.Network', 'list', 2, {
	list: 'interfaces',
	of: row({ id: field.text().optional(), mac: field.text() }),
	basis: 'clients',
	source: 'system.md 1',
	readOnly: true,
});

export const getExternalAddress = call('SYNO.Core.Desktop.Initdata', 'get', 1, {
	answer: row({ external_ip: field.text(), ddns_hostname: field.text().optional() }),
	basis: 'capture',
	source: 'core.md 13.1',
	readOnly: true,
});

const isSecret = (name: string): boolean => /pass|token|secret|key/i.test(name);

/** Only the calls are known, not their rows; what a provider is told of the account stays out of them. */
export const ddnsRecord = z.preprocess(
	(value) => (isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !isSecret(name))) : value),
	row({
		id: field.id(),
		provider: field.text().optional(),
		hostname: field.text().optional(),
		ip: field.text().optional(),
		status: field.text().optional(),
		enable: field.flag().optional(),
	}),
);
const ddns = { basis: 'inferred', source: 'system.md 4' } as const;
export const listDdns = call('SYNO.Core.DDNS.Record', 'list', 1, {
	list: 'records',
	of: ddnsRecord,
	...ddns,
	readOnly: true,
});
export const updateDdns = call('SYNO.Core.DDNS.Record', 'update_ip_address', 1, ddns);

/** Sent by the NAS to another device. */
export const wakeDevice = repeatable(
	call('SYNO.Core.Network.WOL', 'wake', 1, { basis: 'inferred', source: 'system.md 1' }),
);
