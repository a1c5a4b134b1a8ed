import type { Dsm } from '../../../core/dsm';
import { trigger } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { row } from '../../../catalog/row';
import { ruleOf } from '../lib/states';
import { stateTrigger } from '../lib/stateTrigger';
import { thresholdTrigger, type Measured } from '../lib/threshold';
import { getExternalAddress, getUps, ups, type Ups } from '../wire/hardware';
import { getHomeMode, homeMode } from '../wire/security';
import { getHealth, getInfo, getUtilization, type Utilization } from '../wire/status';

const info = row({ model: z.string(), version_string: z.string(), uptime: z.number() });

export const temperatureHigh = thresholdTrigger({
	title: 'Temperature high',
	summary: 'Starts when the NAS is hotter than a limit. Every account may watch it.',
	right: 'account',
	uses: [getInfo],
	unit: 'Degrees Celsius',
	limit: 60,
	hysteresis: 3,
	minutes: 0,
	async look(dsm) {
		const found = await dsm.call(getInfo, {});
		return found.temperature === undefined ? [] : [{ id: 'nas', value: found.temperature, row: found }];
	},
	event: info,
});

/** The first answer after a while may have no rates: a processor without any load says nothing. */
async function measured(
	dsm: Dsm,
	valueOf: (found: Utilization) => number | undefined,
): Promise<Measured<Utilization>[]> {
	const found = await dsm.call(getUtilization, {});
	const value = valueOf(found);
	return found.cpu_load === 0 || value === undefined ? [] : [{ id: 'nas', value, row: found }];
}

const load = row({
	cpu_load: z.number(),
	memory_usage: z.number(),
	load_1min: z.number().optional(),
	load_5min: z.number().optional(),
});
const utilization = { uses: [getUtilization], event: load };

export const cpuHigh = thresholdTrigger({
	...utilization,
	title: 'Processor load high',
	summary: 'Starts when the processor is busier than a limit for a time. Needs an administrator.',
	unit: 'Percent',
	limit: 90,
	hysteresis: 10,
	minutes: 10,
	look: async (dsm) => await measured(dsm, ({ cpu_load }) => cpu_load),
});

export const memoryHigh = thresholdTrigger({
	...utilization,
	title: 'Memory usage high',
	summary: 'Starts when more memory is used than a limit for a time. Needs an administrator.',
	unit: 'Percent',
	limit: 90,
	hysteresis: 5,
	minutes: 10,
	look: async (dsm) => await measured(dsm, ({ memory_usage }) => memory_usage),
});

export const networkHigh = thresholdTrigger({
	...utilization,
	title: 'Network traffic high',
	summary: 'Starts when more bytes a second go in and out than a limit for a time. Needs an administrator.',
	unit: 'Bytes a second, in and out',
	limit: 100_000_000,
	hysteresis: 10_000_000,
	minutes: 10,
	look: async (dsm) =>
		await measured(dsm, ({ network_rx, network_tx }) =>
			network_rx === undefined || network_tx === undefined ? undefined : network_rx + network_tx,
		),
});

export const loadHigh = thresholdTrigger({
	...utilization,
	title: 'Load average high',
	summary: 'Starts when the load average of five minutes is above a limit for a time. Needs an administrator.',
	unit: 'Load average of five minutes',
	limit: 8,
	hysteresis: 1,
	minutes: 10,
	look: async (dsm) => await measured(dsm, ({ load_5min }) => load_5min),
});

const supply = {
	params: z.object({}),
	uses: [getUps],
	look: async (_: object, dsm: Dsm) => [await dsm.call(getUps, {})],
	id: () => 'ups',
	event: ups,
};
const ON_BATTERY = new Set(['on_battery', 'low_battery']);
/** A UPS that does not answer for a while is as it was. */
const stateOf = ({ status }: Ups): string | undefined =>
	status === 'online' || ON_BATTERY.has(status) ? status : undefined;

export const upsOnBattery = stateTrigger({
	...supply,
	title: 'UPS on battery',
	summary: 'Starts when the mains fail and the NAS runs on battery. Needs an administrator.',
	state: stateOf,
	tells: (now, was) => ON_BATTERY.has(now) && !ON_BATTERY.has(was),
});

export const upsBatteryLow = stateTrigger({
	...supply,
	title: 'UPS battery low',
	summary: 'Starts when the battery is nearly empty and the NAS is about to stop. Needs an administrator.',
	state: stateOf,
	tells: (now) => now === 'low_battery',
});

export const upsPowerBack = stateTrigger({
	...supply,
	title: 'UPS power back',
	summary: 'Starts when the mains are back after the NAS ran on battery. Needs an administrator.',
	state: stateOf,
	tells: (now, was) => now === 'online' && ON_BATTERY.has(was),
});

export const healthChanged = stateTrigger({
	title: 'Health changed',
	summary: 'Starts when DSM finds something wrong with the NAS, or finds it well again. Needs an administrator.',
	params: z.object({}),
	uses: [getHealth],
	look: async (_, dsm) => [await dsm.call(getHealth, {})],
	id: () => 'nas',
	state: ruleOf,
	event: row({ rule_id: z.string().optional(), hostname: z.string().optional() }),
});

export const homeModeChanged = stateTrigger({
	title: 'Home mode changed',
	summary:
		'Starts when the home mode of Surveillance Station is switched on or off. Needs rights in Surveillance Station.',
	right: 'privilege',
	params: z.object({}),
	uses: [getHomeMode],
	look: async (_, dsm) => [await dsm.call(getHomeMode, {})],
	id: () => 'home',
	state: ({ on }) => (on ? 'on' : 'off'),
	event: homeMode,
});

export const addressChanged = stateTrigger({
	title: 'External address changed',
	summary: 'Starts when the internet sees the NAS under another address. Every account may watch it.',
	right: 'account',
	params: z.object({}),
	uses: [getExternalAddress],
	look: async (_, dsm) => [await dsm.call(getExternalAddress, { action: 'external_ip' })],
	id: () => 'address',
	// Nothing while the NAS is not connected.
	state: ({ external_ip }) => external_ip || undefined,
	event: row({ external_ip: z.string(), ddns_hostname: z.string().optional() }),
});

/** Seconds by which uptime and clock of the NAS may be off: both come in whole ones. */
const ROUNDED = 5;

const start = z.object({
	v: z.literal(1),
	/** Uptime of the last look, seconds, and when that was, milliseconds. */
	uptime: z.number(),
	at: z.number(),
	seq: z.number().int(),
});

export const rebooted = trigger({
	title: 'NAS rebooted',
	summary: 'Starts when the NAS has started anew, wanted or not. Every account may watch it.',
	right: 'account',
	params: z.object({}),
	uses: [getInfo],
	cursor: start,
	event: info.with({ event_id: z.string(), started: z.string().meta({ format: 'date-time' }) }),
	key: ({ event_id }) => event_id,
	async start(_, dsm) {
		const { uptime } = await dsm.call(getInfo, {});
		// Only an answer brings the time of the NAS.
		return { v: 1 as const, seq: 0, at: dsm.now(), uptime };
	},
	/** It started since the last look when it has been up for less than that is ago. */
	async poll(_, known, dsm) {
		const found = await dsm.with({ share: true }).call(getInfo, {});
		const at = dsm.now();
		const isNew = found.uptime < known.uptime || (found.uptime + ROUNDED) * 1000 < at - known.at;
		const cursor = { v: 1 as const, at, uptime: found.uptime, seq: known.seq + (isNew ? 1 : 0) };
		return { events: isNew ? [startedAt(found, at, `boot-${known.seq + 1}`)] : [], cursor };
	},
	async sample(_, dsm) {
		const found = await dsm.call(getInfo, {});
		return [startedAt(found, dsm.now(), 'sample-boot')];
	},
});

const startedAt = <F extends { uptime: number }>(found: F, now: number, event_id: string) => ({
	...found,
	event_id,
	started: new Date(now - found.uptime * 1000).toISOString(),
});
