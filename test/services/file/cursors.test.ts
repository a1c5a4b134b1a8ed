import { expect, test } from '@jest/globals';
import { packed } from '../../../src/catalog/sources';
import { fileCreated } from '../../../src/services/file/triggers/folderEvents';
import { linkCreated } from '../../../src/services/file/triggers/linkCreated';
import { taskFinished } from '../../../src/services/file/triggers/taskFinished';
import { Follower } from '../../support/follow';
import { withNas } from '../../support/nas';
import { links, state, tasks } from './stage';

/** Places as they were stored before rows were flat and told moments. */
const saved = <C extends object>(cursor: C) => ({ cursor: JSON.stringify(cursor) });

test('a stored place of "file created" still holds: sizes and times as the NAS counts them', async () => {
	await withNas({}, async (scene) => {
		const times = { mtime: Date.UTC(2009, 4, 4), crtime: Date.UTC(2009, 4, 5), ctime: Date.UTC(2009, 4, 5) };
		state(scene).write('/docs/old.txt', { content: 'Hello', times });
		state(scene).write('/docs/new.txt', { content: 'New', times });
		const item = ['5', String(times.mtime / 1000), String(times.crtime / 1000)];
		const follower = new Follower(fileCreated, scene.dsm, { folder: '/docs', settle: 0 });
		Object.assign(
			follower,
			saved({
				...(await packed({ v: 1, seq: 7, items: { '/docs/old.txt': item } })),
				looked: scene.dsm.now(),
				folders: (await packed({ v: 1, seq: 0, items: { '/docs': [''] } })).packed,
				pending: {},
			}),
		);
		expect(await follower.poll()).toMatchObject([
			{ path: '/docs/new.txt', size: 3, mtime: '2009-05-04T00:00:00Z', crtime: '2009-05-05T00:00:00Z' },
		]);
	});
});

test('a stored place of "sharing link created" still holds', async () => {
	await withNas({}, async (scene) => {
		const follower = new Follower(linkCreated, scene.dsm, {});
		Object.assign(follower, saved({ v: 1, seq: 3, items: { xm2PIzhFq: [] } }));
		const [made] = await scene.dsm.do(links.create, { paths: '/homes/carol/plans' });
		expect((await follower.poll()).map(({ id }) => id)).toEqual([made!.id]);
	});
});

test('a stored place of "background task finished" still holds, also for a task that was running', async () => {
	await withNas({}, async (scene) => {
		state(scene).write('/docs/a.txt');
		const { taskid } = await scene.dsm.do(tasks.startDelete, { paths: '/docs/a.txt' });
		const follower = new Follower(taskFinished, scene.dsm, {});
		const items = { FileStation_51D00B7912CDE0B0: ['finished'], [taskid]: ['running'] };
		Object.assign(follower, saved({ v: 1, seq: 3, items }));
		expect(await follower.poll()).toMatchObject([{ taskid, finished: true, failed: false }]);
	});
});
