import { createSocket } from 'node:dgram';
import { describe, expect, test } from '@jest/globals';
import type { AnyOperation } from '../../../src/catalog/operation';
import { clockOf } from '../../support/follow';
import { failure, withNas } from '../../support/nas';
import { operations, stage } from './stage';

const { nas, ups, hardware, network, service } = operations;

describe('an administrator', () => {
	test('reads what the NAS is and how it is', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			clockOf(scene).advance(3_723_000);
			expect(await dsm.do(nas.get, {})).toMatchObject({
				model: 'DS920+',
				uptime: 3723,
				temperature: 40,
				temperature_warn: false,
				ram_mb: 8192,
				time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
			});
			expect(await dsm.do(nas.getDetails, {})).toMatchObject({ cpu_cores: 4, uptime: 3723, time_zone: 'Dublin' });
			expect(await dsm.do(nas.getHealth, {})).toMatchObject({ is_healthy: true, uptime: 3723, upgrade_ready: true });
			stage(scene).degrade('reuse_1');
			expect(await dsm.do(nas.getHealth, {})).toMatchObject({ is_healthy: false, rule_id: 'storage_is_attention' });
			expect(simulator.requests.filter(({ method }) => method === 'info').map(({ version }) => version)).toEqual([1]);
		});
	});

	test('reads the load in percent, bytes and plain averages', async () => {
		await withNas({}, async (scene) => {
			Object.assign(stage(scene).load, { cpu: 42, one: 1.5 });
			expect(await scene.dsm.do(nas.getUtilization, {})).toMatchObject({
				cpu_load: 42,
				load_1min: 1.5,
				memory_usage: 24,
				memory_total: 8_177_192 * 1024,
				network_rx: 109_549,
				interfaces: [{ device: 'eth0' }],
				disks: [{ device: 'sata1', utilization: 12 }],
			});
		});
	});

	test('an answer without its data just after a start is no load of zero', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.emptyData({ api: 'SYNO.Core.System.Utilization', times: 9 });
			expect((await failure(dsm.do(nas.getUtilization, {}))).name).toBe('DsmProtocolError');
		});
	});

	test('is told of a DSM update', async () => {
		await withNas({}, async (scene) => {
			expect(await scene.dsm.do(nas.checkUpdate, {})).toMatchObject({ available: false });
			stage(scene).offers.set('dsm', '7.3.2-86009 Update 3');
			expect(await scene.dsm.do(nas.checkUpdate, {})).toMatchObject({
				available: true,
				version: 'DSM 7.3.2-86009 Update 3',
				is_security_version: true,
			});
		});
	});

	test('restarts the NAS only when that is confirmed, and sees it come back', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			expect((await failure(dsm.do(nas.restart, { confirm: false }))).message).toContain(
				'confirm that the NAS shall go down',
			);
			clockOf(scene).advance(3_600_000);
			const answer = await dsm.do(nas.restart, { confirm: true, wait: true });
			expect(answer.is_back).toBe(true);
			expect(answer.uptime).toBeLessThan(60);
			expect(simulator.requests.filter(({ method }) => method === 'reboot').map(({ version }) => version)).toEqual([1]);
			expect(await dsm.do(nas.restart, { confirm: true })).toEqual({ is_back: false });
		});
	});

	test('sees the NAS come back although its answer to the restart was lost, and sends that once', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.cut({ api: 'SYNO.Core.System' });
			expect(await dsm.do(nas.restart, { confirm: true, wait: true })).toMatchObject({ is_back: true });
			expect(simulator.requests.filter(({ method }) => method === 'reboot')).toHaveLength(1);
			simulator.nas.faults.cut({ api: 'SYNO.Core.System' });
			expect((await failure(dsm.do(nas.restart, { confirm: true }))).message).toContain('unknown whether');
		});
	});

	test('is told that a cluster restarts otherwise', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.cluster = true;
			expect((await failure(scene.dsm.do(nas.stop, { confirm: true }))).message).toContain(
				'part of a high-availability cluster',
			);
		});
	});

	test('shuts the NAS down, which is gone then', async () => {
		await withNas({}, async (scene) => {
			expect((await failure(scene.dsm.do(nas.stop, { confirm: false }))).message).toContain(
				'confirm that the NAS shall go down',
			);
			expect(scene.simulator.requests).toEqual([]);
			await scene.dsm.do(nas.stop, { confirm: true });
			expect(scene.simulator.nas.isOff).toBe(true);
			expect((await failure(scene.dsm.do(nas.get, {}))).name).toBe('DsmConnectionError');
		});
	});

	test('finds the NAS, silences it, and wakes another device through it', async () => {
		await withNas({}, async (scene) => {
			await scene.dsm.do(nas.startLocating, {});
			expect(stage(scene).locating).toBe(true);
			await scene.dsm.do(nas.stopLocating, {});
			stage(scene).beeping = true;
			await scene.dsm.do(nas.stopBeep, {});
			expect([stage(scene).locating, stage(scene).beeping]).toEqual([false, false]);
			await scene.dsm.do(nas.wakeDevice, { mac: '00-11-32-AA-BB-CC' });
			expect(scene.simulator.requests.at(-1)?.params).toMatchObject({ mac: '00-11-32-AA-BB-CC', ifname: 'eth0' });
		});
	});

	test('sees when the UPS takes over, and no secrets of its settings', async () => {
		await withNas({}, async (scene) => {
			stage(scene).powerCut();
			const answer = await scene.dsm.do(ups.get, {});
			expect(answer).toMatchObject({ status: 'on_battery', charge: 80, runtime: 2400, model: 'Smart-UPS_1500' });
			expect(JSON.stringify(answer)).not.toContain('secret');
			await scene.dsm.do(ups.setDelay, { delay_time: 300 });
			expect(stage(scene).ups).toMatchObject({ delay: 300, enable: true });
		});
	});

	test('sets fans, LEDs and the times of power, and leaves what is not given', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(hardware.setFan, { dual_fan_speed: 'quietfan' });
			expect(await dsm.do(hardware.getFan, {})).toMatchObject({
				dual_fan_speed: 'quietfan',
				all_disk_temp_fail: false,
			});
			expect((await failure(dsm.do(hardware.setFan, { dual_fan_speed: 'lowtempfan' }))).message).toContain(
				'The fan mode is not supported',
			);
			await dsm.do(hardware.setLed, { led_brightness: 1 });
			expect(await dsm.do(hardware.getLed, {})).toMatchObject({ led_brightness: 1 });
			await dsm.do(hardware.updatePowerSchedule, { poweron_tasks: [{ hour: 7, min: 30 }] });
			await dsm.do(hardware.updatePowerSchedule, { poweroff_tasks: [{ hour: 23, min: 0, weekdays: '5' }] });
			expect(await dsm.do(hardware.getPowerSchedule, {})).toMatchObject({
				poweron_tasks: [{ enabled: true, weekdays: '0,1,2,3,4,5,6', hour: 7, min: 30 }],
				poweroff_tasks: [{ enabled: true, weekdays: '5', hour: 23, min: 0 }],
			});
			expect(await dsm.do(hardware.getPowerRecovery, {})).toMatchObject({ rc_power_config: true, wol1: true });
		});
	});

	test('switches services on and off, and leaves their other settings', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const on = async () => (await dsm.do(service.list, {})).filter((one) => one.is_enabled).map(({ name }) => name);
			expect(await on()).toEqual(['SMB']);
			stage(scene).services.terminal.ssh_port = 2222;
			expect(await dsm.do(service.enable, { service: 'ssh' })).toMatchObject({ name: 'SSH', is_enabled: true });
			expect(await dsm.do(service.enable, { service: 'sftp' })).toMatchObject({ is_enabled: true });
			await dsm.do(service.disable, { service: 'smb' });
			expect(await on()).toEqual(['SSH', 'SFTP']);
			expect(stage(scene).services.terminal).toEqual({ enable_ssh: true, enable_telnet: false, ssh_port: 2222 });
		});
	});

	test('is told where a release wants other parameters to switch a service', async () => {
		await withNas({}, async (scene) => {
			Object.assign(stage(scene).services, { nfs: { enable_nfs_v4: false } });
			expect((await failure(scene.dsm.do(service.enable, { service: 'nfs' }))).message).toBe(
				'The NAS does not tell whether NFS is on.',
			);
			Object.defineProperty(stage(scene).services.sftp, 'enable', { get: () => false, set: () => undefined });
			expect((await failure(scene.dsm.do(service.enable, { service: 'sftp' }))).message).toBe(
				'The NAS took the call, but SFTP is as it was.',
			);
		});
	});

	test('sees interfaces and addresses', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(network.listInterfaces, {})).toMatchObject([
				{ ifname: 'eth0', speed: 1000 },
				{ ifname: 'eth1' },
			]);
			expect(await dsm.do(network.listAdapters, {})).toMatchObject([{ mac: '00-11-32-00-00-01' }]);
			expect(await dsm.do(network.getExternalAddress, {})).toMatchObject({ external_ip: '198.51.100.20' });
		});
	});
});

test('a DDNS name is told the present address, and no secret of its provider', async () => {
	await withNas({}, async ({ dsm }) => {
		const [before] = await dsm.do(network.listDdns, {});
		expect(before).toMatchObject({ id: 'Synology', hostname: 'nas.example.com', ip: '198.51.100.1' });
		expect(JSON.stringify(before)).not.toContain('secret');
		expect(await dsm.do(network.refreshDdns, { ddns_id: 'Synology' })).toMatchObject({ ip: '198.51.100.20' });
	});
});

describe('waking the NAS', () => {
	test('sends the packet to the address, without any call', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const socket = createSocket('udp4');
			const packet = new Promise<Buffer>((resolve) => socket.once('message', resolve));
			await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
			try {
				await dsm.do(nas.wake, { mac: '00:11:32:aa:bb:cc', address: '127.0.0.1', port: socket.address().port });
				const bytes = await packet;
				expect([bytes.length, bytes.subarray(0, 12).toString('hex')]).toEqual([102, 'ffffffffffff001132aabbcc']);
				expect(simulator.requests).toHaveLength(0);
			} finally {
				socket.close();
			}
		});
	});
});

describe('an ordinary user', () => {
	test('reads what every account may, and is told what the rest takes', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			expect((await dsm.do(nas.get, {})).model).toBe('DS920+');
			expect((await dsm.do(hardware.getFan, {})).dual_fan_speed).toBe('coolfan');
			const refusal = await failure(dsm.do(nas.getUtilization, {}));
			expect([refusal.name, refusal.message]).toEqual([
				'DsmPermissionError',
				expect.stringContaining('it takes an administrator, or one to whom this part was delegated'),
			]);
			expect((await failure(dsm.do(nas.getDetails, {}))).message).toContain('Only administrators may read this');
		});
	});

	test('may do what was delegated to it, area by area, and no more', async () => {
		await withNas({ account: 'user' }, async ({ dsm, simulator }) => {
			const { volume, package: packages, task, log, connection, share, snapshot, activeBackup, container } = operations;
			const areas: [apis: string | string[], what: AnyOperation, params?: object][] = [
				['SYNO.Core.System.Utilization', nas.getUtilization],
				['SYNO.Storage.CGI.Storage', volume.list],
				['SYNO.Core.ExternalDevice.UPS', ups.get],
				// The check before it belongs to another area.
				[['SYNO.Core.Package', 'SYNO.Core.Package.Control'], packages.stop, { package_id: 'WebStation' }],
				['SYNO.Core.TaskScheduler', task.list],
				['SYNO.Core.SyslogClient.Log', log.list],
				['SYNO.Core.CurrentConnection', connection.list],
				['SYNO.Core.Share', share.list],
				['SYNO.Core.Share.Snapshot', snapshot.create, { share_name: 'docs' }],
				['SYNO.ActiveBackup.Task', activeBackup.list],
				['SYNO.Docker.Container', container.stop, { container_name: 'web' }],
			];
			const { delegated } = simulator.nas.user('bob');
			for (const [apis, what, params = {}] of areas) {
				for (const api of [apis].flat()) {
					expect([api, (await failure(dsm.do(what, params))).name]).toEqual([api, 'DsmPermissionError']);
					delegated.add(api);
				}
				await dsm.do(what, params);
				delegated.clear();
			}
		});
	});
});
