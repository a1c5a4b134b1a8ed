import { describe, expect, test } from '@jest/globals';
import { clockOf } from '../../support/follow';
import { failure, withNas } from '../../support/nas';
import { operations, stage } from './stage';

const { share, snapshot, replication, backup, activeBackup } = operations;

describe('shared folders', () => {
	test('are listed, and encrypted ones mounted and unmounted', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect((await dsm.do(share.list, {})).map(({ name, encryption }) => [name, encryption])).toEqual([
				['docs', 0],
				['photo', 0],
				['vault', 2],
			]);
			expect((await failure(dsm.do(share.mount, { share_name: 'vault', password: 'wrong' }))).message).toContain(
				'code 117',
			);
			await dsm.do(share.mount, { share_name: 'vault', password: 'open sesame' });
			expect(await dsm.do(share.get, { share_name: 'vault' })).toMatchObject({ name: 'vault', encryption: 1 });
			await dsm.do(share.unmount, { share_name: 'vault' });
			expect((await dsm.do(share.get, { share_name: 'vault' })).encryption).toBe(2);
			await dsm.do(share.clearRecycleBin, { share_name: 'docs' });
			expect(stage(scene).shares[0]!.recycled).toBe(0);
		});
	});

	test('are created, changed and deleted, after the password was confirmed once', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			const made = await dsm.do(share.create, { share_name: 'projects', vol_path: '/volume1', desc: 'Work' });
			expect(made).toMatchObject({ name: 'projects', vol_path: '/volume1', desc: 'Work', enable_recycle_bin: true });
			const changed = await dsm.do(share.update, { share_name: 'projects', hidden: true, enable_recycle_bin: false });
			expect(changed).toMatchObject({ desc: 'Work', hidden: true, enable_recycle_bin: false });
			expect((await failure(dsm.do(share.delete, { share_name: 'projects', confirm: false }))).message).toContain(
				'confirm that the files shall be gone',
			);
			await dsm.do(share.delete, { share_name: 'projects', confirm: true });
			expect(stage(scene).shares.map(({ name }) => name)).toEqual(['docs', 'photo', 'vault']);
			expect(simulator.requests.filter(({ method }) => method === 'auth')).toHaveLength(1);
		});
	});

	test('are not created twice, nor where there is no volume, nor changed without a change', async () => {
		await withNas({}, async ({ dsm }) => {
			const where = { share_name: 'docs', vol_path: '/volume1' };
			expect((await failure(dsm.do(share.create, where))).message).toContain('The shared folder exists');
			expect((await failure(dsm.do(share.create, { ...where, share_name: 'a/b' }))).name).toBe('DsmInputError');
			expect((await failure(dsm.do(share.create, { share_name: 'new', vol_path: '/volume9' }))).message).toContain(
				'code 3300',
			);
			expect((await failure(dsm.do(share.update, { share_name: 'docs' }))).message).toContain('nothing to change');
		});
	});

	test('of a release that wants other parameters are not said to be changed', async () => {
		await withNas({}, async (scene) => {
			Object.defineProperty(stage(scene).shares[0], 'binOff', { get: () => false, set: () => undefined });
			const refusal = await failure(scene.dsm.do(share.update, { share_name: 'docs', enable_recycle_bin: false }));
			expect(refusal.message).toBe('The NAS took the call, but enable_recycle_bin of docs is not as wanted.');
		});
	});

	test('are not created by an ordinary user', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			const refusal = await failure(dsm.do(share.create, { share_name: 'mine', vol_path: '/volume1' }));
			expect(refusal.name).toBe('DsmPermissionError');
		});
	});

	test('say who may do what in them, and are opened and closed to users and groups', async () => {
		await withNas({}, async ({ dsm }) => {
			const share_name = 'docs';
			expect(await dsm.do(share.setPermission, { share_name, name: 'bob', permission: 'read' })).toMatchObject({
				name: 'bob',
				is_readonly: true,
				is_writable: false,
			});
			await dsm.do(share.setPermission, { share_name, kind: 'local_group', name: 'users', permission: 'deny' });
			const rights = async (kind: 'local_user' | 'local_group', name: string) => {
				const row = (await dsm.do(share.listPermissions, { share_name, kind })).find((one) => one.name === name);
				return [row?.is_readonly, row?.is_deny];
			};
			expect(await rights('local_user', 'bob')).toEqual([true, false]);
			expect(await rights('local_group', 'users')).toEqual([false, true]);
			expect(await dsm.do(share.listPermissions, { share_name: 'photo', kind: 'local_group' })).toMatchObject([
				{ name: 'administrators', is_admin: true },
				{ name: 'users', is_deny: false },
			]);
			const unknown = await failure(dsm.do(share.setPermission, { share_name, name: 'nobody', permission: 'write' }));
			expect(unknown.name).toBe('DsmApiError');
		});
	});

	test('are not said to be closed by a NAS that did nothing', async () => {
		await withNas({}, async (scene) => {
			stage(scene).permissions.set = () => stage(scene).permissions;
			const given = { share_name: 'docs', name: 'bob', permission: 'deny' as const };
			expect((await failure(scene.dsm.do(share.setPermission, given))).message).toBe(
				'The NAS took the call, but the permission of bob is not as wanted.',
			);
		});
	});

	test('have snapshots whose ids are told as they are', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const share_name = 'docs';
			const made = await dsm.do(snapshot.create, { share_name, desc: 'before import', lock: true });
			expect(made.time).toMatch(/^GMT\+00-\d{4}\.\d\d\.\d\d-\d\d\.\d\d\.\d\d$/);
			await dsm.do(snapshot.update, { share_name, time: made.time, lock: false });
			expect(await dsm.do(snapshot.list, { share_name })).toMatchObject([
				{ time: made.time, desc: 'before import', lock: false, worm_lock: false },
			]);
			stage(scene).shares[0]!.snapshots[0]!.worm_lock = true;
			expect((await failure(dsm.do(snapshot.delete, { share_name, time: made.time }))).message).toContain(
				'The snapshot is immutable',
			);
			stage(scene).shares[0]!.snapshots[0]!.worm_lock = false;
			await dsm.do(snapshot.delete, { share_name, time: made.time });
			expect(await dsm.do(snapshot.list, { share_name })).toEqual([]);
			stage(scene).switches.snapshotCode = 3329;
			expect((await failure(dsm.do(snapshot.create, { share_name }))).message).toContain(
				'as many snapshots as it may have',
			);
			expect(await dsm.do(snapshot.getRetention, { share_name })).toMatchObject({
				tid: 2,
				policy_type: 'advanced',
				daily: 7,
			});
			expect((await failure(dsm.do(snapshot.list, { share_name: 'vault' }))).message).toContain('code 3338');
		});
	});

	test('are replicated with the policy of their plan', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const [plan] = await dsm.do(replication.list, {});
			expect(plan).toMatchObject({ plan_id: 'a1b2c3', target_name: 'docs', snapshot_count: 4 });
			expect(plan!.sync_report?.recent_records[0]?.readable_begin_time).toBe('2026-06-01 02:00:04');
			await dsm.do(replication.run, { plan_id: 'a1b2c3', desc: 'now' });
			expect(stage(scene).plans[0]!.runs).toEqual([true, true, false]);
			expect(await dsm.do(replication.listLog, {})).toMatchObject([{ level: 'info', user: 'SYSTEM' }]);
		});
	});
});

describe('Hyper Backup', () => {
	const options = { dsm: '7.2.2' } as const;

	test('lists tasks, also those with a text as id', async () => {
		await withNas(options, async ({ dsm, simulator }) => {
			expect((await dsm.do(backup.list, {})).map(({ task_id, last_bkp_result }) => [task_id, last_bkp_result])).toEqual(
				[
					['3', 'done'],
					['iscsi-1', 'done'],
				],
			);
			expect((await dsm.do(backup.get, { backup_id: 'iscsi-1' })).task_id).toBe('iscsi-1');
			expect(simulator.requests.at(-1)).toMatchObject({ version: 1, params: { task_id: 'iscsi-1' } });
			expect(await dsm.do(backup.listVersions, { backup_id: '3' })).toMatchObject([
				{ version_id: '1', status: 'success' },
			]);
			expect(simulator.requests.at(-1)?.version).toBe(2);
			expect(await dsm.do(backup.getTarget, { backup_id: '3' })).toMatchObject({ is_online: true });
			expect((await dsm.do(backup.listLog, {}))[0]).toMatchObject({ level: 'info', user: 'SYSTEM' });
		});
	});

	test('runs a task and waits until it has ended', async () => {
		await withNas(options, async (scene) => {
			const before = clockOf(scene).now();
			const end = await scene.dsm.do(backup.run, { backup_id: 3, wait: true });
			expect(end).toMatchObject({ status: 'none', last_bkp_result: 'done' });
			expect(clockOf(scene).now() - before).toBeGreaterThan(40_000);
			stage(scene).backup(3).outcome = 'fail';
			expect((await scene.dsm.do(backup.run, { backup_id: '3', wait: true })).last_bkp_result).toBe('fail');
		});
	});

	test('tells the progress, pauses, resumes and cancels', async () => {
		await withNas(options, async (scene) => {
			const { dsm } = scene;
			await dsm.do(backup.run, { backup_id: '3' });
			clockOf(scene).advance(20_000);
			expect(await dsm.do(backup.get, { backup_id: '3' })).toMatchObject({
				status: 'backup',
				last_bkp_result: 'backingup',
				progress: 42,
				progress_step: 'backup_data',
				progress_total_size: 4_194_304,
			});
			expect((await failure(dsm.do(backup.run, { backup_id: '3' }))).message).toContain('The backup task is busy');
			await dsm.do(backup.pause, { backup_id: '3' });
			expect(stage(scene).backup(3).running?.suspended).toBe(true);
			await dsm.do(backup.resume, { backup_id: '3' });
			await dsm.do(backup.cancel, { backup_id: '3' });
			expect(await dsm.do(backup.get, { backup_id: '3' })).toMatchObject({ status: 'none', last_bkp_result: 'cancel' });
		});
	});

	test('is not there without its package', async () => {
		await withNas({}, async ({ dsm }) => {
			expect((await failure(dsm.do(backup.list, {}))).name).toBe('DsmUnavailableError');
		});
	});

	test('is for administrators', async () => {
		await withNas({ ...options, account: 'user' }, async ({ dsm }) => {
			expect((await failure(dsm.do(backup.list, {}))).name).toBe('DsmPermissionError');
		});
	});
});

describe('Active Backup', () => {
	test('runs and cancels tasks, and tells results without secrets', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			stage(scene).endActive(4, 3);
			expect(await dsm.do(activeBackup.list, {})).toMatchObject([
				{ task_id: '4', task_name: 'PCs', last_result_status: 'partial' },
				{ task_id: '5', task_name: 'Server' },
			]);
			await dsm.do(activeBackup.run, { active_task_id: '5' });
			await dsm.do(activeBackup.cancel, { active_task_id: '5' });
			const results = await dsm.do(activeBackup.listResults, {});
			expect(results.map(({ task_name, status }) => [task_name, status])).toEqual([
				['PCs', 'partial'],
				['Server', 'cancelled'],
			]);
			expect(JSON.stringify(results)).not.toMatch(/agent-(secret|password)/);
			expect(await dsm.do(activeBackup.listLog, {})).toHaveLength(2);
			expect(await dsm.do(activeBackup.listDevices, {})).toMatchObject([{ device_id: '9', device_name: 'desk1' }]);
		});
	});
});
