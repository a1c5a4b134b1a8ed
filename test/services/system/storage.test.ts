import { describe, expect, test } from '@jest/globals';
import { clockOf } from '../../support/follow';
import { failure, withNas } from '../../support/nas';
import { operations, stage } from './stage';

const { volume, pool, disk, externalDrive, certificate } = operations;

describe('storage', () => {
	test('is listed flat, with sizes as numbers and the space that is left', async () => {
		await withNas({}, async (scene) => {
			stage(scene).fill('volume_1', 75);
			stage(scene).heat('sata2', 51);
			expect(await scene.dsm.do(volume.list, {})).toMatchObject([
				{
					id: 'volume_1',
					status: 'normal',
					size_total: 4_000_819_544_064,
					size_used: 3_000_614_658_048,
					used_percent: 75,
				},
			]);
			expect(await scene.dsm.do(pool.list, {})).toMatchObject([
				{ id: 'reuse_1', device_type: 'shr_with_1_disk_protect', disks: ['sata1', 'sata2'], progress_percent: -1 },
			]);
			const disks = await scene.dsm.do(disk.list, {});
			expect(disks.map(({ id, temp, size_total, remain_life }) => [id, temp, size_total, remain_life])).toEqual([
				['sata1', 37, 4_000_787_030_016, null],
				['sata2', 51, 4_000_787_030_016, null],
			]);
		});
	});

	test('just after a start nothing is known, which is not "no drives"', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.emptyData({ api: 'SYNO.Storage.CGI.Storage', times: 9 });
			expect((await failure(dsm.do(disk.list, {}))).name).toBe('DsmProtocolError');
			simulator.nas.faults.clear();
			expect(await dsm.do(disk.list, {})).toHaveLength(2);
		});
	});

	test('lists that are empty just after a start are not "no drives", nor "no volumes"', async () => {
		await withNas({}, async (scene) => {
			const { disks, pools, volumes } = stage(scene);
			for (const rows of [disks, pools, volumes]) rows.length = 0;
			for (const operation of [disk.list, pool.list, volume.list]) {
				const refusal = await failure(scene.dsm.do(operation as typeof disk.list, {}));
				expect([refusal.name, refusal.message]).toEqual(['DsmProtocolError', 'The NAS does not know its drives yet.']);
			}
			const { missing, volumes: told } = await scene.dsm.do(operations.nas.getDigest, {});
			expect([missing, told]).toEqual([['storage: The NAS does not know its drives yet.'], []]);
		});
	});

	test('a drive tells its health, and one without a table is no failure', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect(await dsm.do(disk.getSmart, { device: '/dev/sata1' })).toMatchObject({
				smart: 'normal',
				has_attributes: true,
				attributes: [{ name: 'Reallocated_Sector_Ct', status: 'OK' }],
			});
			stage(scene).disk('sata2').diskType = 'NVMe';
			expect(await dsm.do(disk.getSmart, { device: '/dev/sata2' })).toEqual({
				device: '/dev/sata2',
				has_attributes: false,
				attributes: [],
			});
		});
	});

	test('a self-test runs for its time, can be stopped, and leaves a result', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const device = '/dev/sata1';
			await dsm.do(disk.startTest, { device, type: 'extend' });
			expect((await failure(dsm.do(disk.startTest, { device }))).message).toContain('code 117');
			await dsm.do(disk.stopTest, { device });
			await dsm.do(disk.startTest, { device });
			expect(await dsm.do(disk.listTests, { device })).toMatchObject([{ testing: true, latest_test_type: '' }]);
			clockOf(scene).advance(180_000);
			expect(await dsm.do(disk.listTests, { device })).toMatchObject([{ testing: false, latest_test_type: 'quick' }]);
		});
	});

	test('external drives are listed with their partitions, and ejected', async () => {
		await withNas({}, async (scene) => {
			expect(await scene.dsm.do(externalDrive.list, {})).toMatchObject([
				{ dev_id: 'usb1', connection: 'USB', total_size_mb: 1_907_729, partitions: [{ share_name: 'usbshare1' }] },
			]);
			await scene.dsm.do(externalDrive.eject, { dev_id: 'usb1' });
			expect(stage(scene).drives).toEqual([]);
		});
	});

	test('an ordinary user sees none of it, and is told what is missing', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			for (const operation of [volume.list, pool.list, disk.list, externalDrive.list])
				expect((await failure(dsm.do(operation as typeof volume.list, {}))).name).toBe('DsmPermissionError');
		});
	});
});

test('certificates say how many days are left', async () => {
	await withNas({}, async ({ dsm }) => {
		expect(await dsm.do(certificate.list, {})).toMatchObject([
			{ id: 'nas', subject_common_name: 'nas.example.com', is_default: true, days_left: expect.any(Number) },
		]);
		const [row] = await dsm.do(certificate.list, {});
		expect([row!.days_left >= 79, row!.valid_till]).toEqual([true, expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)]);
	});
});
