import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { timeout, waitFor } from '../../../catalog/tasks';
import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { confirmation } from '../fields';
import { HEALTHY, ruleOf } from '../lib/states';
import { wake as sendPacket } from '../lib/magicPacket';
import { wakeDevice as wakeDeviceCall } from '../wire/hardware';
import * as wire from '../wire/status';
import { getDigest } from './digest';

const get = operation({
	title: 'Get information',
	summary: 'Gives model, DSM version, uptime and temperature of the NAS. Every account may read it.',
	right: 'account',
	call: wire.getInfo,
	params: z.object({}),
});

const getDetails = operation({
	title: 'Get details',
	summary: 'Gives processor, memory, time zone and firmware of the NAS. Needs an administrator.',
	call: wire.getDetails,
	params: z.object({}),
});

const getHealth = operation({
	title: 'Get the health',
	summary: 'Says whether something is wrong with the NAS, and which rule says so. Needs an administrator.',
	call: wire.getHealth,
	then: { call: wire.getStatus },
	params: z.object({}),
	response: (health, { then }) => ({ is_healthy: ruleOf(health) === HEALTHY, ...health, ...then }),
	result: z.looseObject({
		is_healthy: z.boolean(),
		rule_id: z.string().optional(),
		hostname: z.string().optional(),
		uptime: z.number().optional(),
		is_disk_wcache_crashed: z.boolean().optional(),
		is_system_crashed: z.boolean().optional(),
		upgrade_ready: z.boolean().optional(),
	}),
});

const getUtilization = operation({
	title: 'Get the utilization',
	summary:
		'Gives the load of processor, memory, network, drives and volumes now; its history is not told. Needs an administrator.',
	call: wire.getUtilization,
	params: z.object({}),
});

const checkUpdate = operation({
	title: 'Check for a DSM update',
	summary: 'Says whether a newer DSM is out, and whether it is about security. Needs an administrator.',
	call: wire.checkUpdate,
	params: z.object({}),
	request: () => ({ user_reading: true, need_auto_smallupdate: true, need_promotion: false }),
});

const confirm = confirmation(
	'confirm that the NAS shall go down',
	'Whether to cut off everybody who works on the NAS; without it nothing is sent',
);
const wait = z.boolean().default(false).meta({ title: 'Wait', description: 'Whether to wait until the NAS is back' });

/** What the NAS may answer, or not, while it starts. */
const AWAY = new Set(['connection', 'protocol', 'unavailable', 'session']);

/** Asks until the NAS has been away and is back, or says that it started anew. */
async function untilBack(dsm: Dsm, before: number, seconds: number): Promise<{ uptime: number }> {
	let wasAway = false;
	return await waitFor(dsm, {
		status: async () => {
			try {
				const { uptime } = await dsm.call(wire.getInfo, {});
				return { uptime, isBack: wasAway || uptime < before };
			} catch (error) {
				if (!isDsmError(error) || !AWAY.has(error.code)) throw error;
				wasAway = true;
				return { uptime: 0, isBack: false };
			}
		},
		isDone: ({ isBack }) => isBack,
		timeout: seconds,
		what: 'The restart of the NAS',
	});
}

/** Code: it reads when the NAS started, and asks until it is back. A lost answer is none that could be repeated. */
const restart = procedure({
	title: 'Restart the NAS',
	summary: 'Restarts the NAS, and waits until it is back if wanted. Needs an administrator.',
	uses: [wire.getInfo, wire.reboot],
	params: z.object({ confirm, wait, timeout: timeout(1200) }),
	result: z.looseObject({ is_back: z.boolean(), uptime: z.number().optional() }),
	destructive: true,
	async run(given, dsm) {
		const { uptime } = await dsm.call(wire.getInfo, {});
		try {
			await dsm.call(wire.reboot, {});
		} catch (error) {
			// It may have gone down before it answered: then it is seen to come back.
			if (!given.wait || !isDsmError(error) || !error.details.outcomeUnknown) throw error;
		}
		if (!given.wait) return { is_back: false };
		return { is_back: true, uptime: (await untilBack(dsm, uptime, given.timeout)).uptime };
	},
});

const stop = operation({
	title: 'Shut down the NAS',
	summary: 'Switches the NAS off; it stays off until somebody switches it on or wakes it. Needs an administrator.',
	call: wire.shutdown,
	params: z.object({
		confirm,
		force: z.boolean().default(false).meta({
			title: 'Force',
			description: 'Whether to go on although work is still running',
			advanced: true,
		}),
	}),
	request: ({ force }) => ({ local: true, ...(force && { force }) }),
	destructive: true,
});

const mac = z
	.string()
	.regex(/^([0-9a-f]{2}[-:]?){5}[0-9a-f]{2}$/i, 'is no MAC address like 00-11-32-AA-BB-CC')
	.meta({
		title: 'MAC Address',
		description: 'Address of the network port to wake',
		placeholder: 'e.g. 00-11-32-AA-BB-CC',
	});

/** Code: it is no call of the NAS, which is off. */
const wake = procedure({
	title: 'Wake the NAS',
	summary: 'Sends the packet that switches a NAS on from the computer where this runs; wake on LAN must be enabled.',
	right: 'account',
	uses: [],
	basis: 'capture',
	source: 'system.md 1',
	params: z.object({
		mac,
		address: z.string().min(1).default('255.255.255.255').meta({
			title: 'Broadcast Address',
			description: 'Where the packet is sent: the broadcast address of the network that the NAS is in',
			placeholder: 'e.g. 192.0.2.255',
		}),
		port: z.coerce.number<number | string>().int().min(1).max(65_535).default(9).meta({
			title: 'Port',
			description: 'UDP port',
			advanced: true,
		}),
	}),
	result: z.looseObject({ mac: z.string() }),
	async run(given) {
		await sendPacket(given.mac, given.address, given.port);
		return { mac: given.mac };
	},
});

const wakeDevice = operation({
	title: 'Wake another device',
	summary: 'Lets the NAS send the packet that switches on another device of its network. Needs an administrator.',
	call: wakeDeviceCall,
	params: z.object({
		mac,
		ifname: z
			.string()
			.min(1)
			.default('eth0')
			.meta({ title: 'Interface', description: 'Network interface of the NAS that sends', placeholder: 'e.g. eth0' }),
	}),
});

const startLocating = operation({
	title: 'Start locating the NAS',
	summary: 'Lets the NAS beep and blink so that it is found. Needs an administrator.',
	call: wire.startLocating,
	params: z.object({}),
});

const stopLocating = operation({
	title: 'Stop locating the NAS',
	summary: 'Ends the beeping and blinking. Needs an administrator.',
	call: wire.stopLocating,
	params: z.object({}),
});

const stopBeep = operation({
	title: 'Stop the beep',
	summary: 'Silences the alarm of the NAS; its cause stays. Needs an administrator.',
	call: wire.stopBeep,
	params: z.object({}),
});

export const systems = resource('NAS', {
	get,
	getDetails,
	getHealth,
	getUtilization,
	getDigest,
	checkUpdate,
	restart,
	stop,
	wake,
	wakeDevice,
	startLocating,
	stopLocating,
	stopBeep,
});
