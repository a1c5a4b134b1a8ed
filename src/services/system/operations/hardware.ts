import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { ddns_id, rowOf } from '../fields';
import * as wire from '../wire/hardware';

const getUps = operation({
	title: 'Get the UPS',
	summary: 'Says whether the NAS runs on battery, how full it is and how long it lasts. Needs an administrator.',
	call: wire.getUps,
	params: z.object({}),
});

const setDelay = operation({
	title: 'Set when the NAS stops on battery',
	summary: 'Sets how long the NAS goes on without mains until it stops. Needs an administrator.',
	known: { call: wire.getUps },
	call: wire.setUps,
	params: z.object({
		delay_time: z.coerce.number<number | string>().int().min(-1).meta({
			title: 'Seconds',
			description: 'Seconds until the NAS stops; -1: when the battery is low',
		}),
	}),
	request: ({ delay_time }, { enable, mode }) => ({
		enable,
		mode,
		delay_time,
		snmp_auth_key_dirty: false,
		snmp_privacy_key_dirty: false,
	}),
});

const FANS = {
	coolfan: 'Cool',
	quietfan: 'Quiet',
	quietstopfan: 'Quiet (may stop)',
	fullfan: 'Full speed',
	lowtempfan: 'Low power',
};

const getFan = operation({
	title: 'Get the fan mode',
	summary: 'Gives the mode of the fans, and whether the sensors of the drives work. Every account may read it.',
	right: 'account',
	call: wire.getFan,
	params: z.object({}),
});

const setFan = operation({
	title: 'Set the fan mode',
	summary: 'Sets the mode of the fans. Needs an administrator.',
	call: wire.setFan,
	params: z.object({
		dual_fan_speed: z
			.enum(Object.keys(FANS) as [keyof typeof FANS])
			.meta({ title: 'Mode', description: 'How the fans run', labels: FANS }),
	}),
});

const getLed = operation({
	title: 'Get the LED brightness',
	summary: 'Gives the brightness of the LEDs, from 0 to 3. Needs an administrator.',
	call: wire.getLed,
	params: z.object({}),
});

const setLed = operation({
	title: 'Set the LED brightness',
	summary: 'Sets the brightness of the LEDs. Needs an administrator.',
	known: { call: wire.getLed },
	call: wire.setLed,
	params: z.object({
		led_brightness: z.coerce.number<number | string>().int().min(0).max(3).meta({
			title: 'Brightness',
			description: 'From 0, off, to 3',
		}),
	}),
	request: ({ led_brightness }, { schedule }) => ({ led_brightness, ...(schedule !== undefined && { schedule }) }),
});

const getPowerSchedule = operation({
	title: 'Get the power schedule',
	summary: 'Gives when the NAS switches itself on and off. Needs an administrator.',
	call: wire.loadPowerSchedule,
	params: z.object({}),
});

const times = (title: string, description: string) =>
	z
		.array(
			z.object({
				enabled: z.boolean().default(true).meta({ title: 'Enabled', description: 'Whether this time counts' }),
				weekdays: z.string().default('0,1,2,3,4,5,6'),
				hour: z.number().int().min(0).max(23),
				min: z.number().int().min(0).max(59),
			}),
		)
		.optional()
		.meta({
			title,
			description,
			placeholder: 'e.g. [{"weekdays":"1,2,3,4,5","hour":7,"min":30}]',
			widget: 'json',
		});

/** Saving replaces both lists: the one that is not given is sent back as it is. */
const updatePowerSchedule = operation({
	title: 'Update the power schedule',
	summary: 'Sets when the NAS switches itself on or off; what is not given stays. Needs an administrator.',
	known: { call: wire.loadPowerSchedule },
	call: wire.savePowerSchedule,
	params: z.object({
		poweron_tasks: times('Switch On', 'Times to switch on; weekdays count from 0, Sunday'),
		poweroff_tasks: times('Switch Off', 'Times to switch off; weekdays count from 0, Sunday'),
	}),
	request: (given, known) => ({
		poweron_tasks: given.poweron_tasks ?? known.poweron_tasks,
		poweroff_tasks: given.poweroff_tasks ?? known.poweroff_tasks,
	}),
	destructive: true,
});

const getPowerRecovery = operation({
	title: 'Get power recovery',
	summary: 'Says whether the NAS starts after a power failure, and whether it can be woken. Needs an administrator.',
	call: wire.getPowerRecovery,
	params: z.object({}),
});

const listInterfaces = operation({
	title: 'List network interfaces',
	summary: 'Gives the network interfaces with address, speed and state. Needs an administrator.',
	call: wire.listInterfaces,
	params: z.object({}),
});

const listAdapters = operation({
	title: 'List hardware addresses',
	summary: 'Gives the MAC addresses of the NAS, to wake it by them. Needs an administrator.',
	call: wire.listAdapters,
	params: z.object({}),
});

const getExternalAddress = operation({
	title: 'Get the external address',
	summary: 'Gives the address and the DDNS name by which the internet sees the NAS. Every account may read it.',
	right: 'account',
	call: wire.getExternalAddress,
	params: z.object({}),
	request: () => ({ action: 'external_ip' }),
});

const listDdns = operation({
	title: 'List DDNS names',
	summary: 'Gives the names that DDNS keeps for the NAS, with address and state. Needs an administrator.',
	call: wire.listDdns,
	params: z.object({}),
});

const refreshDdns = operation({
	title: 'Refresh a DDNS name',
	summary: 'Tells the provider of a DDNS name the present address of the NAS. Needs an administrator.',
	call: wire.updateDdns,
	params: z.object({ ddns_id }),
	request: (given) => ({ id: given.ddns_id }),
	then: { call: wire.listDdns },
	response: (_, { params, then }) => rowOf(then, ({ id }) => id === params.ddns_id, `DDNS name ${params.ddns_id}`),
	result: wire.ddnsRecord,
});

export const upses = resource('UPS', { get: getUps, setDelay });
export const hardwares = resource('Hardware', {
	getFan,
	setFan,
	getLed,
	setLed,
	getPowerSchedule,
	updatePowerSchedule,
	getPowerRecovery,
});
export const networks = resource('Network', {
	listInterfaces,
	listAdapters,
	getExternalAddress,
	listDdns,
	refreshDdns,
});
