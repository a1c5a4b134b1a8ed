import { describe, expect, test } from '@jest/globals';
import { Follower, following } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { operations, stage, triggers } from './stage';

const UTILIZATION = 'SYNO.Core.System.Utilization.get';

/** An answer about the load that leaves something out. */
const loadWithout = ({ simulator }: Scene, group: string, ...names: string[]): void => {
	const whole: Record<string, Record<string, unknown> | Record<string, unknown>[]> = {
		cpu: { '15min_load': 51, '1min_load': 37, '5min_load': 33, other_load: 3, system_load: 2, user_load: 4 },
		memory: { real_usage: 24, swap_usage: 6, total_real: 8_177_192, avail_real: 463_628 },
		network: [{ device: 'total', rx: 1, tx: 1 }],
	};
	if (names.length === 0) delete whole[group];
	for (const name of names) delete (whole[group] as Record<string, unknown>)[name];
	simulator.use({ [UTILIZATION]: () => ({ data: whole }) });
};

describe('a value that an answer leaves out is not zero, so that no alarm is said to be over', () => {
	test('the traffic', async () => {
		await following(triggers.networkHigh, { minutes: 0, recovered: true }, async (follower, scene) => {
			stage(scene).load.rx = 120_000_000;
			expect(await follower.poll()).toMatchObject([{ state: 'exceeded' }]);
			loadWithout(scene, 'network');
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('the load average', async () => {
		await following(triggers.loadHigh, { minutes: 0, recovered: true }, async (follower, scene) => {
			stage(scene).load.one = 20;
			expect(await follower.poll()).toMatchObject([{ state: 'exceeded' }]);
			loadWithout(scene, 'cpu', '5min_load');
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('a part of the load of the processor', async () => {
		await following(triggers.cpuHigh, { minutes: 0, recovered: true }, async (follower, scene) => {
			stage(scene).load.cpu = 97;
			expect(await follower.poll()).toMatchObject([{ state: 'exceeded' }]);
			loadWithout(scene, 'cpu', 'user_load');
			expect((await failure(follower.poll())).name).toBe('DsmProtocolError');
		});
	});

	test('the size of a volume that is not up', async () => {
		await following(triggers.volumeSpaceLow, { recovered: true }, async (follower, scene) => {
			stage(scene).fill('volume_1', 95);
			expect(await follower.poll()).toMatchObject([{ state: 'exceeded' }]);
			const volume = stage(scene).volume('volume_1');
			const { total } = volume;
			volume.total = 0;
			expect(await follower.poll()).toEqual([]);
			const { markdown } = await scene.dsm.do(operations.nas.getDigest, {});
			expect(markdown).toContain('- volume_1: normal\n');
			volume.total = total;
			stage(scene).fill('volume_1', 30);
			expect(await follower.poll()).toMatchObject([{ state: 'recovered', value: 30 }]);
		});
	});
});

describe('a health without a rule', () => {
	test.each(['', null, undefined, { id: '' }, { id: 'system_is_normal' }])(
		'said as %j is one and the same',
		async (rule) => {
			await following(triggers.healthChanged, {}, async (follower, { dsm, simulator }) => {
				simulator.use({
					'SYNO.Core.System.SystemHealth.get': () => ({
						data: { hostname: 'nas', interfaces: [], rule, uptime: '1:2:3' },
					}),
				});
				expect(await follower.poll()).toEqual([]);
				expect((await dsm.do(operations.nas.getHealth, {})).is_healthy).toBe(true);
				expect((await dsm.do(operations.nas.getDigest, {})).warnings).toEqual([]);
			});
		},
	);
});

test('drives without serial numbers, as a virtual machine has them, are told apart by their bays', async () => {
	await withNas({}, async (scene) => {
		for (const disk of stage(scene).disks) disk.serial = '';
		const states = await new Follower(triggers.diskStateChanged, scene.dsm, {}).start();
		const heat = await new Follower(triggers.diskTemperatureHigh, scene.dsm, {}).start();
		stage(scene).breakDisk('sata2');
		stage(scene).heat('sata1', 61);
		expect(await states.poll()).toMatchObject([{ id: 'sata2', status: 'crashed' }]);
		expect(await heat.poll()).toMatchObject([{ id: 'sata1', subject_id: 'sata1', value: 61 }]);
	});
});
