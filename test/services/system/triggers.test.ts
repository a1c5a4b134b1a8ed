import { describe, expect, test } from '@jest/globals';
import type { AnyTrigger } from '../../../src/catalog/operation';
import { clockOf, Follower, following } from '../../support/follow';
import { failure, withNas } from '../../support/nas';
import { stage, triggers } from './stage';

const MINUTE = 60_000;
const states = async (follower: Follower<any, any, any>): Promise<unknown[]> =>
	(await follower.poll()).map(({ state, value }: any) => [state, value]);

describe('a limit', () => {
	test('is told once when it is reached, however much the value wavers, and once when it is back', async () => {
		await following(
			triggers.temperatureHigh,
			{ threshold: 60, hysteresis: 5, recovered: true },
			async (follower, scene) => {
				const { nas } = scene.simulator;
				const seen: unknown[] = [];
				for (const degrees of [59, 61, 59, 62, 57, 60, 55, 54, 63]) {
					nas.temperature = degrees;
					seen.push(...(await states(follower)));
				}
				expect(seen).toEqual([
					['exceeded', 61],
					['recovered', 55],
					['exceeded', 63],
				]);
			},
		);
	});

	test('counts only when it lasts', async () => {
		await following(triggers.cpuHigh, { threshold: 80, minutes: 10 }, async (follower, scene) => {
			const { load } = stage(scene);
			load.cpu = 95;
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(9 * MINUTE);
			expect(await follower.poll()).toEqual([]);
			load.cpu = 20;
			expect(await follower.poll()).toEqual([]);
			load.cpu = 99;
			await follower.poll();
			clockOf(scene).advance(10 * MINUTE);
			const [event] = await follower.poll();
			expect(event).toMatchObject({ state: 'exceeded', value: 99, threshold: 80, cpu_load: 99 });
			expect(Date.parse(event!.since)).toBe(clockOf(scene).now() - 10 * MINUTE);
			clockOf(scene).advance(MINUTE);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('that was passed before the start is not told, nor does an answer without rates say that it is over', async () => {
		await withNas({}, async (scene) => {
			stage(scene).load.cpu = 95;
			const follower = await new Follower(triggers.cpuHigh, scene.dsm, { minutes: 0, recovered: true }).start();
			expect(await follower.poll()).toEqual([]);
			Object.assign(stage(scene).switches, { idleFirst: true });
			stage(scene).asked = 0;
			expect(await follower.poll()).toEqual([]);
			stage(scene).load.cpu = 10;
			expect(await states(follower)).toEqual([['recovered', 10]]);
		});
	});

	test('is told with the same id after a crash', async () => {
		await following(triggers.temperatureHigh, {}, async (follower, { simulator }) => {
			simulator.nas.temperature = 70;
			const [first] = await follower.poll({ commit: false });
			const [again] = await follower.poll();
			expect(again!.event_id).toBe(first!.event_id);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test.each([
		['memoryHigh', { minutes: 0 }, { memory: 95 }, 95],
		['loadHigh', { minutes: 0 }, { one: 9.5 }, 9.5],
		['networkHigh', { minutes: 0 }, { rx: 80_000_000, tx: 40_000_000 }, 120_000_000],
	] as const)('%s looks at its own value', async (name, given, load, value) => {
		await following(triggers[name], given, async (follower, scene) => {
			expect(await follower.poll()).toEqual([]);
			Object.assign(stage(scene).load, load);
			expect(await states(follower)).toEqual([['exceeded', value]]);
			expect((await follower.sample())[0]).toMatchObject({ state: 'exceeded', value });
		});
	});
});

describe('the UPS', () => {
	const cut = async (scene: Parameters<typeof stage>[0]): Promise<string[]> => {
		const seen: string[] = [];
		const followers = await Promise.all(
			[triggers.upsOnBattery, triggers.upsBatteryLow, triggers.upsPowerBack].map(
				async (one) => await new Follower(one, scene.dsm, {}).start(),
			),
		);
		const look = async (): Promise<void> => {
			for (const [at, follower] of followers.entries())
				for (const event of await follower.poll())
					seen.push(`${['on battery', 'low', 'back'][at]} ${event.status} from ${event.previous_state}`);
		};
		const system = stage(scene);
		for (const happen of [
			() => system.powerCut(),
			() => void (system.ups.status = 'unknown'),
			() => system.powerCut(),
			() => system.batteryLow(),
			() => system.powerBack(),
		]) {
			happen();
			await look();
			await look();
		}
		return seen;
	};

	test('tells battery, low battery and mains once each, and nothing while it does not answer', async () => {
		await withNas({}, async (scene) => {
			expect(await cut(scene)).toEqual([
				'on battery on_battery from online',
				'low low_battery from on_battery',
				'back online from low_battery',
			]);
		});
	});
});

describe('the NAS', () => {
	test('is unreachable once, with the cause, and back once, without any session', async () => {
		await withNas({}, async (scene) => {
			const down = await new Follower(triggers.nasUnreachable, scene.dsm, { minutes: 2 }).start();
			const up = await new Follower(triggers.nasReachable, scene.dsm, { minutes: 2 }).start();
			const { nas } = scene.simulator;
			// Away for less than that is not told.
			nas.powerOff(MINUTE);
			expect([...(await down.poll()), ...(await up.poll())]).toEqual([]);
			clockOf(scene).advance(MINUTE);
			expect([...(await down.poll()), ...(await up.poll())]).toEqual([]);
			nas.powerOff(20 * MINUTE);
			expect([...(await down.poll()), ...(await up.poll())]).toEqual([]);
			clockOf(scene).advance(3 * MINUTE);
			const [event] = await down.poll();
			expect(event).toMatchObject({
				reachable: false,
				url: scene.simulator.url,
				cause: expect.stringMatching(/\w{4}/),
			});
			expect([...(await down.poll()), ...(await up.poll())]).toEqual([]);
			clockOf(scene).advance(30 * MINUTE);
			expect(await down.poll()).toEqual([]);
			const [back] = await up.poll();
			expect(back).toMatchObject({ reachable: true, seconds: expect.any(Number) });
			expect(back!.seconds).toBeGreaterThan(30 * 60);
			expect(await up.poll()).toEqual([]);
			expect(scene.simulator.logins).toBe(0);
		});
	});

	test('whose proxy answers in its place is not reached', async () => {
		await following(triggers.nasUnreachable, { minutes: 0 }, async (follower, { simulator }) => {
			simulator.nas.faults.badGateway(50);
			expect(await follower.poll()).toMatchObject([{ reachable: false }]);
		});
	});

	test('that is away when the trigger starts is told when it is back', async () => {
		await withNas({}, async (scene) => {
			scene.simulator.nas.powerOff(5 * MINUTE);
			const up = await new Follower(triggers.nasReachable, scene.dsm, {}).start();
			clockOf(scene).advance(6 * MINUTE);
			expect(await up.poll()).toMatchObject([{ reachable: true }]);
		});
	});

	test('is told to have started anew, also when that was long ago', async () => {
		await following(triggers.rebooted, {}, async (follower, scene) => {
			clockOf(scene).advance(60 * MINUTE);
			expect(await follower.poll()).toEqual([]);
			scene.simulator.nas.powerOff(2 * MINUTE);
			clockOf(scene).advance(180 * MINUTE);
			const [event] = await follower.poll({ commit: false });
			expect(event).toMatchObject({ model: 'DS920+', uptime: 178 * 60 });
			expect((await follower.poll())[0]!.event_id).toBe(event!.event_id);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('tells its health, its address and home mode when they change', async () => {
		await following(triggers.healthChanged, {}, async (follower, scene) => {
			stage(scene).degrade('reuse_1');
			expect(await follower.poll()).toMatchObject([
				{ rule_id: 'storage_is_attention', previous_state: 'system_is_normal' },
			]);
			stage(scene).degrade('reuse_1', 'normal');
			expect(await follower.poll()).toMatchObject([{ previous_state: 'storage_is_attention' }]);
		});
		await following(
			triggers.addressChanged,
			{},
			async (follower, { simulator }) => {
				simulator.nas.capabilities.externalIp = '';
				expect(await follower.poll()).toEqual([]);
				simulator.nas.capabilities.externalIp = '203.0.113.9';
				expect(await follower.poll()).toMatchObject([{ external_ip: '203.0.113.9', previous_state: '198.51.100.20' }]);
			},
			{ account: 'user' },
		);
		await following(
			triggers.homeModeChanged,
			{},
			async (follower, scene) => {
				stage(scene).homeMode = true;
				expect(await follower.poll()).toMatchObject([{ on: true, previous_state: 'off' }]);
				expect(await follower.poll()).toEqual([]);
			},
			{ dsm: '7.2.2' },
		);
	});

	test('tells of an update once for each version', async () => {
		await following(triggers.dsmUpdateAvailable, {}, async (follower, scene) => {
			stage(scene).offers.set('dsm', '7.3.2-86009 Update 3');
			expect(await follower.poll()).toMatchObject([{ version: 'DSM 7.3.2-86009 Update 3', is_security_version: true }]);
			expect(await follower.poll()).toEqual([]);
			stage(scene).offers.set('dsm', 'DSM 7.3.2-86009 Update 4');
			expect(await follower.poll()).toMatchObject([{ version: 'DSM 7.3.2-86009 Update 4' }]);
		});
	});
});

describe('after a start', () => {
	test('an answer without drives is no answer: the state before is kept', async () => {
		await following(triggers.diskStateChanged, {}, async (follower, scene) => {
			const kept = stage(scene).disks.splice(0);
			expect((await failure(follower.poll())).message).toContain('does not know its drives yet');
			scene.simulator.nas.faults.emptyData({ api: 'SYNO.Storage.CGI.Storage', times: 9 });
			expect((await failure(follower.poll())).name).toBe('DsmProtocolError');
			scene.simulator.nas.faults.clear();
			stage(scene).disks.push(...kept);
			stage(scene).breakDisk('sata1');
			expect(await follower.poll()).toMatchObject([{ id: 'sata1', status: 'crashed', previous_state: 'normal' }]);
		});
	});
});

describe('an ordinary user', () => {
	const all = Object.entries(triggers) as [string, AnyTrigger][];
	const free = all.filter(([name, { right }]) => right === 'account' && !name.startsWith('nas')).map(([name]) => name);

	test('may watch what every account may', () => {
		expect(free).toEqual([
			'rebooted',
			'temperatureHigh',
			'notificationReceived',
			'packageStopped',
			'packageUpdated',
			'addressChanged',
		]);
	});

	test.each(all.filter(([, { right }]) => right === undefined))('is told what %s takes', async (_, one) => {
		await withNas({ account: 'user' }, async ({ dsm, simulator }) => {
			simulator.nas.installAll();
			const refusal = await failure(new Follower(one, dsm, { share_name: 'docs' }).start());
			expect([refusal.name, refusal.message]).toEqual([
				'DsmPermissionError',
				expect.stringContaining('it takes an administrator'),
			]);
		});
	});
});
