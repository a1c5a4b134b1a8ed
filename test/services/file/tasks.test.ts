import { expect, test } from '@jest/globals';
import { failure, withNas, type Scene } from '../../support/nas';
import { clockOf } from '../../support/follow';
import { namesIn, state, tasks } from './stage';

const slow = (scene: Scene) => {
	state(scene).write('/docs/a.txt', { content: 'A' });
	state(scene).mkdir('/docs/to');
	state(scene).switches.taskMs = 10_000;
};

test('tasks.startCopy does not wait; tasks.get tells how far it is, tasks.list shows it, tasks.clear takes it away', async () => {
	await withNas({}, async (scene) => {
		const { dsm } = scene;
		slow(scene);
		const task = await dsm.do(tasks.startCopy, { paths: '/docs/a.txt', destination: '/docs/to' });
		expect(await dsm.do(tasks.get, task)).toMatchObject({ finished: false, failed: false });
		expect(namesIn(scene, '/docs/to')).toEqual([]);
		clockOf(scene).advance(10_000);
		expect(await dsm.do(tasks.get, task)).toMatchObject({
			taskid: task.taskid,
			finished: true,
			failed: false,
			progress: 1,
		});
		expect(namesIn(scene, '/docs/to')).toEqual(['a.txt']);
		const listed = async () => (await dsm.do(tasks.list, { kinds: ['copy_move'] })).map(({ taskid }) => taskid);
		expect(await listed()).toEqual(['FileStation_51D00B7912CDE0B0', task.taskid]);
		await dsm.do(tasks.clear, { taskids: [task.taskid] });
		expect(await listed()).toEqual(['FileStation_51D00B7912CDE0B0']);
		await dsm.do(tasks.clear, {});
		expect(await listed()).toEqual([]);
	});
});

test('tasks.startMove, startDelete, startCompress and startExtract start; tasks.stop ends one before it has done anything', async () => {
	await withNas({}, async (scene) => {
		const { dsm } = scene;
		slow(scene);
		const move = await dsm.do(tasks.startMove, { paths: '/docs/a.txt', destination: '/docs/to' });
		await dsm.do(tasks.stop, move);
		clockOf(scene).advance(10_000);
		expect(namesIn(scene, '/docs')).toEqual(['a.txt', 'to']);
		const kinds = [
			await dsm.do(tasks.startCompress, { paths: '/docs/a.txt', archive: '/docs/a.zip' }),
			await dsm.do(tasks.startExtract, { path: '/homes/carol/log.txt.gz', destination: '/docs' }),
			await dsm.do(tasks.startDelete, { paths: '/docs/to' }),
		];
		clockOf(scene).advance(10_000);
		for (const task of kinds) await dsm.do(tasks.get, task);
		expect(
			(await Promise.all(kinds.map(async (task) => await dsm.do(tasks.get, task)))).map(({ finished }) => finished),
		).toEqual([true, true, true]);
		expect(namesIn(scene, '/docs')).toEqual(['a.txt', 'a.zip', 'log.txt']);
		expect(kinds.map(({ kind }) => kind)).toEqual(['compress', 'extract', 'delete']);
	});
});

test('tasks.get of one that failed says what, and of an unknown one that there is none', async () => {
	await withNas({}, async (scene) => {
		const { dsm } = scene;
		state(scene).write('/docs/a.txt');
		state(scene).write('/docs/to/a.txt');
		const task = await dsm.do(tasks.startCopy, { paths: '/docs/a.txt', destination: '/docs/to' });
		await dsm.do(tasks.get, task);
		expect(await dsm.do(tasks.get, task)).toMatchObject({
			finished: true,
			failed: true,
			errors: [{ code: 414, path: '/docs/to/a.txt' }],
		});
		const told = await failure(dsm.do(tasks.get, { kind: 'copy_move', taskid: 'FileStation_0' }));
		expect([told.dsmCode, told.message]).toEqual([599, 'There is no such background task (code 599).']);
	});
});
