import { describe, expect, test } from '@jest/globals';
import { clockOf } from '../../support/follow';
import { failure, withNas } from '../../support/nas';
import { operations, stage } from './stage';

const { package: packages, task, triggeredTask, container, project, image } = operations;

describe('packages', () => {
	test('are listed, started, stopped and uninstalled', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			expect(await dsm.do(packages.get, { package_id: 'Chat' })).toMatchObject({
				id: 'Chat',
				version: '2.4.6-22200',
				status: 'running',
				startable: true,
				timestamp: '2025-11-30T12:00:00Z',
			});
			await dsm.do(packages.stop, { package_id: 'Chat' });
			expect((await dsm.do(packages.list, { only_stopped: true })).map(({ id }) => id)).toEqual(['Chat']);
			await dsm.do(packages.start, { package_id: 'Chat' });
			expect(simulator.nas.packages.get('Chat')?.status).toBe('running');
			stage(scene).switches.needed.add('Chat');
			expect((await failure(dsm.do(packages.stop, { package_id: 'Chat' }))).message).toContain(
				'Other packages need this one',
			);
			expect(simulator.requests.at(-1)).toMatchObject({
				method: 'feasibility_check',
				params: { type: 'stop_check', packages: ['Chat'] },
				answerCode: 4582,
			});
			await dsm.do(packages.uninstall, { package_id: 'WebStation' });
			expect((await dsm.do(packages.list, {})).some(({ id }) => id === 'WebStation')).toBe(false);
		});
	});

	test('with an update are those of which a later version is out', async () => {
		await withNas({}, async (scene) => {
			expect(await scene.dsm.do(packages.listUpdates, {})).toEqual([]);
			stage(scene).offers.set('Chat', '2.4.10-22300');
			stage(scene).offers.set('Calendar', '1.9.9-10000');
			expect(await scene.dsm.do(packages.listUpdates, {})).toMatchObject([
				{ id: 'Chat', version: '2.4.6-22200', new_version: '2.4.10-22300' },
			]);
		});
	});

	test('are updated to what the vendor offers, which the list of packages shows', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const package_id = 'Chat';
			expect((await failure(dsm.do(packages.installUpdate, { package_id }))).message).toBe(
				'There is no later version of Chat than 2.4.6-22200.',
			);
			stage(scene).offers.set('Chat', '2.4.10-22300');
			expect(await dsm.do(packages.installUpdate, { package_id })).toMatchObject({ version: '2.4.10-22300' });
			expect(await dsm.do(packages.listUpdates, {})).toEqual([]);
			stage(scene).offers.set('Chat', '2.5.0-23000');
			stage(scene).switches.fetchFails = true;
			expect((await failure(dsm.do(packages.installUpdate, { package_id }))).message).toBe(
				'The NAS could not fetch Chat 2.5.0-23000.',
			);
		});
	});

	test('that take longer than one waits for go on', async () => {
		await withNas({}, async (scene) => {
			stage(scene).offers.set('Chat', '2.4.10-22300');
			const refusal = await failure(scene.dsm.do(packages.installUpdate, { package_id: 'Chat', timeout: 2 }));
			expect(refusal.message).toBe('Fetching Chat did not end within 2 seconds and goes on.');
		});
	});

	test('may be listed by an ordinary user, but not stopped', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			expect((await dsm.do(packages.list, {})).find(({ id }) => id === 'Chat')?.status).toBe('running');
			expect((await failure(dsm.do(packages.stop, { package_id: 'Chat' }))).name).toBe('DsmPermissionError');
		});
	});
});

test('a package that is missing is named by what needs it', async () => {
	await withNas({}, async ({ dsm, simulator }) => {
		const { backup, activeBackup, replication, homeMode } = operations;
		const needing = [
			['HyperBackup', 'Hyper Backup', async () => await dsm.do(backup.list, {})],
			['ActiveBackup', 'Active Backup for Business', async () => await dsm.do(activeBackup.list, {})],
			['SnapshotReplication', 'Snapshot Replication', async () => await dsm.do(replication.list, {})],
			['ContainerManager', 'Container Manager', async () => await dsm.do(container.list, {})],
			['SurveillanceStation', 'Surveillance Station', async () => await dsm.do(homeMode.get, {})],
		] as const;
		for (const [id, title, ask] of needing) {
			simulator.nas.packages.delete(id);
			const { name, hint } = await failure(ask());
			expect([name, hint]).toEqual(['DsmUnavailableError', expect.stringContaining(`package "${title}"`)]);
		}
	});
});

describe('scheduled tasks', () => {
	test('are run by id and owner, and tell their results when they have ended', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			expect((await dsm.do(task.list, {})).map(({ id, name }) => [id, name])).toEqual([
				['13', 'Nightly'],
				['14', 'Clean up'],
			]);
			expect(await dsm.do(task.get, { task_id: '14' })).toMatchObject({ id: '14', name: 'Clean up', owner: 'alice' });
			stage(scene).task('Nightly').exit = 2;
			await dsm.do(task.run, { task_id: 13 });
			const sent = simulator.requests.at(-1)!;
			expect([sent.version, sent.params.tasks]).toEqual([2, [{ id: 13, real_owner: 'root' }]]);
			expect(await dsm.do(task.listResults, { task_id: '13' })).toEqual([]);
			clockOf(scene).advance(5000);
			expect(await dsm.do(task.listResults, { task_id: '13' })).toMatchObject([{ exit_code: 2, exit_type: 'normal' }]);
		});
	});

	test('are created and changed, those of root after the password was confirmed', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			const made = await dsm.do(task.create, { name: 'Rotate', script: 'rotate.sh', hour: 4, weekdays: ['1', '5'] });
			expect(made).toMatchObject({ name: 'Rotate', owner: 'root', action: 'Run: rotate.sh', enable: true });
			const { schedule } = stage(scene).task('Rotate');
			expect(schedule).toMatchObject({ week_day: '1,5', hour: 4, minute: 0 });
			const task_id = made.id!;
			expect(await dsm.do(task.update, { task_id, minute: 30, name: 'Rotate logs' })).toMatchObject({
				id: task_id,
				name: 'Rotate logs',
				action: 'Run: rotate.sh',
			});
			expect(stage(scene).task('Rotate logs').schedule).toMatchObject({ week_day: '1,5', hour: 4, minute: 30 });
			await dsm.do(task.create, { name: 'Mine', owner: 'alice', script: 'mine.sh' });
			await dsm.do(task.update, { task_id: '14', script: 'tidy.sh' });
			expect(stage(scene).task('Clean up').action).toBe('Run: tidy.sh');
			const written = simulator.requests.filter(({ method }) => method === 'create' || method === 'set');
			expect([...new Set(written.map(({ api, method }) => `${api} ${method}`))]).toEqual([
				'SYNO.Core.TaskScheduler.Root create',
				'SYNO.Core.TaskScheduler.Root set',
				'SYNO.Core.TaskScheduler create',
				'SYNO.Core.TaskScheduler set',
			]);
			expect((await failure(dsm.do(task.update, { task_id }))).message).toContain('nothing to change');
		});
	});

	test('are disabled, enabled and deleted', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(task.disable, { task_id: '14' });
			expect(stage(scene).task('Clean up').enable).toBe(false);
			await dsm.do(task.enable, { task_id: '14' });
			expect(stage(scene).task('Clean up').enable).toBe(true);
			await dsm.do(task.delete, { task_id: '14' });
			expect((await failure(dsm.do(task.run, { task_id: '14' }))).message).toBe('There is no scheduled task 14.');
		});
	});

	test('that wait for an event are addressed by their name', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const task_name = 'At startup';
			expect((await dsm.do(triggeredTask.list, {})).map(({ name }) => name)).toEqual([task_name]);
			await dsm.do(triggeredTask.run, { task_name });
			clockOf(scene).advance(5000);
			expect(await dsm.do(triggeredTask.listResults, { task_name })).toMatchObject([
				{ exit_code: 0, trigger_event: 'bootup' },
			]);
			await dsm.do(triggeredTask.disable, { task_name });
			expect(stage(scene).task(task_name).enable).toBe(false);
			await dsm.do(triggeredTask.enable, { task_name });
			await dsm.do(triggeredTask.delete, { task_name });
			expect(await dsm.do(triggeredTask.list, {})).toEqual([]);
		});
	});
});

describe('containers', () => {
	test('are listed with their health, stopped, started and restarted', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect((await dsm.do(container.list, {})).map(({ name, status, health }) => [name, status, health])).toEqual([
				['web', 'running', 'healthy'],
				['database', 'running', undefined],
			]);
			await dsm.do(container.stop, { container_name: 'web' });
			expect((await dsm.do(container.list, { only_running: true })).map(({ name }) => name)).toEqual(['database']);
			await dsm.do(container.start, { container_name: 'web' });
			clockOf(scene).advance(60_000);
			expect(await dsm.do(container.get, { container_name: 'web' })).toMatchObject({ status: 'running', up_time: 60 });
			await dsm.do(container.restart, { container_name: 'web' });
			expect((await dsm.do(container.get, { container_name: 'web' })).up_time).toBe(0);
			expect(await dsm.do(container.listResources, {})).toMatchObject([
				{ name: 'web', memory: 52_428_800 },
				{ name: 'database' },
			]);
			expect(await dsm.do(container.listLog, { container_name: 'web', keyword: 'ready' })).toMatchObject([
				{ text: 'web is ready' },
			]);
			expect((await failure(dsm.do(container.delete, { container_name: 'web' }))).message).toContain('code 117');
			await dsm.do(container.delete, { container_name: 'web', force: true });
			expect((await failure(dsm.do(container.get, { container_name: 'web' }))).message).toBe(
				'There is no container web.',
			);
		});
	});

	test('belong to projects, which are started and stopped as one', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const [blog] = await dsm.do(project.list, {});
			expect(blog).toMatchObject({ name: 'blog', status: 'RUNNING' });
			const project_id = blog!.id;
			const status = () => stage(scene).projects[0]!.status;
			await dsm.do(project.stop, { project_id });
			expect(status()).toBe('STOPPED');
			await dsm.do(project.start, { project_id });
			expect(status()).toBe('RUNNING');
			await dsm.do(project.build, { project_id });
			expect(status()).toBe('BUILDING');
			await dsm.do(project.restart, { project_id });
			expect(status()).toBe('RUNNING');
			stage(scene).projects.length = 0;
			expect(await dsm.do(project.list, {})).toEqual([]);
		});
	});

	test('come in projects made of a Compose file, which are deleted as one', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const content = 'services: {}';
			const made = await dsm.do(project.create, { name: 'shop', share_path: '/docker/shop', content });
			expect(made).toMatchObject({ name: 'shop', status: 'STOPPED' });
			expect((await dsm.do(project.get, { project_id: made.id })).path).toBe('/volume1/docker/shop');
			await dsm.do(project.delete, { project_id: made.id });
			expect((await failure(dsm.do(project.get, { project_id: made.id }))).message).toBe(
				`There is no project ${made.id}.`,
			);
			const wrong = await failure(dsm.do(project.create, { name: 'My Shop', share_path: '/docker/shop', content }));
			expect(wrong.message).toContain('small letters');
		});
	});
});

describe('images', () => {
	test('are downloaded, listed and deleted, unless a container uses them', async () => {
		await withNas({}, async ({ dsm }) => {
			const redis = { repository: 'redis', tag: '7' };
			const names = async () =>
				(await dsm.do(image.list, {})).map(({ repository, tags }) => `${repository}:${tags[0]}`);
			expect(await dsm.do(image.download, { ...redis, wait: false })).toEqual({ ...redis, is_there: false });
			expect(await names()).toEqual(['nginx:latest', 'postgres:17', 'nginx:1.25']);
			expect(await dsm.do(image.download, redis)).toEqual({ ...redis, is_there: true });
			expect(await dsm.do(image.delete, redis)).toMatchObject(redis);
			const used = { repository: 'nginx', tag: 'latest' };
			expect((await failure(dsm.do(image.delete, used))).message).toContain('code 117');
			await dsm.do(image.clear, {});
			expect(await names()).toEqual(['nginx:latest', 'postgres:17']);
		});
	});
});
