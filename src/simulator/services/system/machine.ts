import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { admin, anyone, badParameter, flag, found, number, objects, refuse, text, type SystemCall } from './call';
import { gmt, hms, seconds, slashed } from './texts';

const FANS = new Set(['coolfan', 'quietfan', 'quietstopfan', 'fullfan', 'lowtempfan']);

/** State of the machine and its hardware (system.md 1 and 3). */
export const machineBehaviours: BehaviourTable = {
	'SYNO.Core.System.info': admin(({ request: { nas }, system }) => {
		const { model, serial } = nas.capabilities;
		return {
			data: {
				cpu_clock_speed: 2000,
				cpu_cores: '4',
				cpu_family: 'Celeron',
				cpu_series: 'J4125',
				cpu_vendor: 'INTEL',
				enabled_ntp: true,
				external_pci_slot_info: [],
				firmware_date: '2024/04/02',
				firmware_ver: 'DSM 7.2.1-69057 Update 5',
				model,
				ntp_server: 'time.example.com',
				ram_size: 8192,
				sata_dev: [],
				serial,
				support_esata: 'no',
				sys_temp: nas.temperature,
				sys_tempwarn: nas.temperature > 75,
				systempwarn: false,
				temperature_warning: nas.temperature > 75,
				time: slashed(system.now).replaceAll('/', '-'),
				time_zone: 'Dublin',
				time_zone_desc: '(GMT) Greenwich Mean Time',
				up_time: hms(system.now - nas.bootedAt),
				usb_dev: [],
			},
		};
	}, 1006),
	'SYNO.Core.System.Status.get': admin(() => ({
		data: { is_disk_wcache_crashed: false, is_system_crashed: false, upgrade_ready: true },
	})),
	'SYNO.Core.System.SystemHealth.get': admin(({ system, request: { nas } }) => {
		const rows = [...system.disks, ...system.pools, ...system.volumes];
		const id = system.rule ?? (rows.every(({ status }) => status === 'normal') ? undefined : 'storage_is_attention');
		return {
			data: {
				hostname: nas.capabilities.hostname,
				interfaces: [{ id: 'eth0', ip: '192.0.2.10' }],
				rule: id === undefined ? null : { id, priority: 2.2, type: 1 },
				uptime: hms(system.now - nas.bootedAt),
			},
		};
	}),
	'SYNO.Core.System.Utilization.get': admin(utilization),
	'SYNO.Core.System.reboot': admin((call) => restart(call, call.system.switches.rebootMs)),
	'SYNO.Core.System.shutdown': admin((call) => restart(call, Infinity)),
	'SYNO.DSM.FindMe.start': admin(({ system }) => done((system.locating = true))),
	'SYNO.DSM.FindMe.stop': admin(({ system }) => done((system.locating = false))),
	'SYNO.Core.Hardware.BeepControl.stop_beep': admin(({ system }) => done((system.beeping = false))),

	'SYNO.Core.Hardware.FanSpeed.get': anyone(({ system }) => ({
		data: { all_disk_temp_fail: 'no', cool_fan: 'yes', dual_fan_speed: system.hardware.fan, fan_type: 11 },
	})),
	'SYNO.Core.Hardware.FanSpeed.set': admin(({ system, params }) => {
		const mode = text(params, 'dual_fan_speed');
		if (!FANS.has(mode)) return badParameter('dual_fan_speed', 'condition');
		if (mode === 'lowtempfan') return refuse(3712);
		return done((system.hardware.fan = mode));
	}),
	'SYNO.Core.Hardware.Led.Brightness.get': admin(({ system }) => ({
		data: { led_brightness: system.hardware.led, schedule: '' },
	})),
	'SYNO.Core.Hardware.Led.Brightness.set': admin(({ system, params }) => {
		const value = number(params, 'led_brightness');
		if (value < 0 || value > 3) return badParameter('led_brightness', 'condition');
		return done((system.hardware.led = value));
	}),
	'SYNO.Core.Hardware.PowerSchedule.load': admin(({ system }) => ({ data: system.hardware.schedule })),
	'SYNO.Core.Hardware.PowerSchedule.save': admin(({ system, params }) => {
		const [poweron_tasks, poweroff_tasks] = [objects(params, 'poweron_tasks'), objects(params, 'poweroff_tasks')];
		return done((system.hardware.schedule = { poweron_tasks, poweroff_tasks }));
	}),
	'SYNO.Core.Hardware.PowerRecovery.get': admin(() => ({ data: { rc_power_config: true, wol1: true, wol2: false } })),

	'SYNO.Core.ExternalDevice.UPS.get': admin(({ system: { ups } }) => ({
		data: {
			ACL_enable: false,
			ACL_list: [],
			charge: ups.enable ? ups.charge : 0,
			delay_time: ups.delay,
			enable: ups.enable,
			manufacture: 'American Power Conversion \n',
			mode: ups.enable ? 'USB' : 'SLAVE',
			model: 'Smart-UPS_1500\n',
			net_server_ip: '',
			runtime: ups.enable ? ups.runtime : 0,
			shutdown_device: false,
			snmp_community: 'public-secret',
			snmp_user: '',
			status: `usb_ups_status_${ups.enable ? ups.status : 'unknown'}`,
			usb_ups_connect: ups.enable,
		},
	})),
	'SYNO.Core.ExternalDevice.UPS.set': admin(({ system: { ups }, params }) => {
		text(params, 'mode');
		return done(Object.assign(ups, { enable: flag(params, 'enable'), delay: number(params, 'delay_time') }));
	}),

	'SYNO.DSM.Network.list': admin(() => ({
		data: {
			interfaces: [{ id: 'eth0', ip: [{ address: '192.0.2.10', netmask: '255.255.255.0' }], mac: '00-11-32-00-00-01' }],
		},
	})),
	'SYNO.Core.Network.Interface.list': admin(() => ({
		data: [
			{
				ifname: 'eth0',
				ip: '192.0.2.10',
				mask: '255.255.255.0',
				speed: 1000,
				status: 'connected',
				type: 'ovseth',
				use_dhcp: true,
			},
			{ ifname: 'eth1', ip: '', mask: '', speed: -1, status: 'disconnected', type: 'eth', use_dhcp: true },
		],
	})),
	'SYNO.Core.Network.WOL.wake': admin(({ params }) => done([text(params, 'mac'), text(params, 'ifname')])),

	'SYNO.Core.DDNS.Record.list': admin(({ system }) => {
		const more = { enable: true, passwd: 'provider-secret', provider: 'Synology', username: 'alice@example.com' };
		return { data: { records: system.ddns.map((one) => ({ ...one, ...more })) } };
	}),
	'SYNO.Core.DDNS.Record.update_ip_address': admin(({ system, params, request: { nas } }) => {
		const wanted = text(params, 'id');
		const record = found(
			system.ddns.find((one) => one.id === wanted),
			117,
		);
		return done((record.ip = nas.capabilities.externalIp));
	}),

	'SYNO.Core.Upgrade.Server.check': admin(({ system }) => {
		const version = system.offers.get('dsm');
		if (version === undefined) return { data: { update: { available: false } } };
		const version_details = {
			buildnumber: 69057,
			isSecurityVersion: true,
			major: 7,
			minor: 2,
			micro: 1,
			os_name: 'DSM',
		};
		return { data: { update: { available: true, reboot: 'now', type: 'nano', version, version_details } } };
	}),
	'SYNO.Core.Certificate.CRT.list': admin(({ system }) => ({
		data: {
			certificates: system.certificates.map(({ id, desc, common_name, is_default, from, till, services }) => ({
				desc,
				id,
				is_broken: false,
				is_default,
				issuer: { common_name: "Let's Encrypt" },
				renewable: true,
				services,
				subject: { common_name },
				valid_from: gmt(from),
				valid_till: gmt(till),
			})),
		},
	})),
	'SYNO.Core.MediaIndexing.reindex': admin(({ system }) => done((system.indexing += 1))),
};

/** What a write answers; its argument is what it did. */
export const done = (_: unknown): ApiReply => ({});

/** Loads come times 100. The first answer after a while may have no rates. */
function utilization({ system }: SystemCall): ApiReply {
	const { cpu, memory, rx, tx, one } = system.load;
	const idle = system.switches.idleFirst && system.asked++ === 0;
	const rate = (value: number) => (idle ? 0 : value);
	return {
		data: {
			cpu: {
				'15min_load': Math.round(one * 100),
				'1min_load': Math.round(one * 100),
				'5min_load': Math.round(one * 100),
				other_load: 0,
				system_load: idle ? 0 : Math.min(2, cpu),
				user_load: rate(Math.max(0, cpu - 2)),
			},
			disk: {
				disk: [
					{
						device: 'sata1',
						display_name: 'Drive 1',
						read_byte: rate(55_261),
						type: 'internal',
						utilization: rate(12),
					},
				],
				total: { device: 'total', utilization: rate(12) },
			},
			memory: {
				avail_real: 463_628,
				avail_swap: 0,
				memory_size: 8_388_608,
				real_usage: memory,
				swap_usage: 6,
				total_real: 8_177_192,
				total_swap: 0,
			},
			network: [
				{ device: 'total', rx: rate(rx), tx: rate(tx) },
				{ device: 'eth0', rx: rate(rx), tx: rate(tx) },
			],
			space: { total: { device: 'total' }, volume: [{ device: 'dm-1', display_name: 'Volume 1', utilization: 3 }] },
			time: seconds(system.now),
		},
	};
}

/** Accepted: the NAS is gone soon after, old sessions end, and the uptime begins anew. */
function restart({ system, request: { nas } }: SystemCall, milliseconds: number): ApiReply {
	if (system.switches.cluster) return refuse(1007);
	if (!system.switches.staysUp) nas.powerOff(milliseconds);
	return {};
}
