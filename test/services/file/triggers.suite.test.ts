import { fileChanged, fileCreated, fileDeleted, fileMoved } from '../../../src/services/file/triggers/folderEvents';
import { specificFileChanged } from '../../../src/services/file/triggers/specificFile';
import { linkCreated } from '../../../src/services/file/triggers/linkCreated';
import { linkExpired } from '../../../src/services/file/triggers/linkExpired';
import { taskFinished } from '../../../src/services/file/triggers/taskFinished';
import { tellsEachOnce } from '../../support/trigger-suite';
import { newLink } from '../../../src/simulator/services/file/sharing';
import { clockOf } from '../../support/follow';
import type { Scene } from '../../support/nas';
import { links, state, tasks } from './stage';

const pathOf = ({ path }: { path: string }) => path;
const many = 30;
/** Files that are there before the trigger starts. */
const before = (scene: Scene) => {
	for (let n = 0; n < 40; n++) state(scene).write(`/docs/in/${n}.txt`, { content: 'x'.repeat(n + 1) });
	state(scene).write('/docs/in/noise.txt', { content: 'x' });
	clockOf(scene).advance(60_000);
};
const lies = (scene: Scene, path: string): boolean =>
	state(scene).find(scene.simulator.nas.user('alice'), path) !== undefined;
/** Where a file of `fileCreated` lies now. */
const newest = (scene: Scene, n: number): string =>
	lies(scene, `/docs/in/moved ${n}.txt`) ? `/docs/in/moved ${n}.txt` : `/docs/in/new ${n}.txt`;
const given = { folder: '/docs/in', settle: 0 };

tellsEachOnce({
	trigger: fileCreated,
	given,
	before,
	many,
	happen(scene, n) {
		state(scene).write(`/docs/in/new ${n}.txt`, {
			content: 'new',
			times: { mtime: n % 2 ? Date.UTC(2009, 0, 1) : Date.UTC(2038, 0, 1) },
		});
		return `/docs/in/new ${n}.txt`;
	},
	nameOf: pathOf,
	noise: (scene) => state(scene).write('/docs/in/noise.txt', { content: 'changed' }),
	// What is moved and edited between two looks is another file.
	move(scene, n) {
		state(scene).move(newest(scene, n), `/docs/in/moved ${n}.txt`);
		return `/docs/in/moved ${n}.txt`;
	},
	delete: (scene, n) => state(scene).remove(newest(scene, n)),
});

tellsEachOnce({
	trigger: fileChanged,
	given,
	before,
	many,
	happen(scene, n) {
		state(scene).write(`/docs/in/${n}.txt`, { content: `changed ${n}` });
		return `/docs/in/${n}.txt`;
	},
	nameOf: pathOf,
	noise(scene) {
		const names = ['/docs/in/noise.txt', '/docs/in/noise 2.txt'];
		const [from, to] = lies(scene, names[0]!) ? names : names.reverse();
		state(scene).move(from!, to!);
	},
	delete: (scene, n) => state(scene).remove(`/docs/in/${n}.txt`),
});

tellsEachOnce({
	trigger: fileMoved,
	given: { folder: '/docs/in', recursive: true },
	before,
	many,
	anyOrder: true,
	happen(scene, n) {
		const to = n % 2 ? `/docs/in/renamed ${n}.txt` : `/docs/in/sub ${n}/${n}.txt`;
		state(scene).move(`/docs/in/${n}.txt`, to);
		return to;
	},
	nameOf: pathOf,
	noise: (scene) => state(scene).write('/docs/in/other.txt'),
});

tellsEachOnce({
	trigger: fileDeleted,
	given: { folder: '/docs', recursive: true },
	before,
	many,
	anyOrder: true,
	happen(scene, n) {
		state(scene).remove(`/docs/in/${n}.txt`);
		return `/docs/in/${n}.txt`;
	},
	nameOf: pathOf,
	noise: (scene) => state(scene).write('/docs/in/other.txt'),
});

tellsEachOnce({
	trigger: specificFileChanged,
	given: { path: '/docs/in/1.txt', changes: ['deleted'], settle: 0 },
	before,
	happen(scene) {
		state(scene).remove('/docs/in/1.txt');
		return '/docs/in/1.txt';
	},
	reset: (scene) => state(scene).write('/docs/in/1.txt', { content: 'again' }),
	nameOf: pathOf,
	noise: (scene) => state(scene).write('/docs/in/2.txt', { content: 'other' }),
});

tellsEachOnce({
	trigger: linkCreated,
	given: {},
	anyOrder: true,
	many,
	happen: async (scene) => (await scene.dsm.do(links.create, { paths: '/homes/carol/plans' }))[0]!.id!,
	nameOf: ({ id }) => id,
	noise: async (scene) => await scene.dsm.do(links.delete, { link_id: 'xm2PIzhFq' }),
});

tellsEachOnce({
	trigger: linkExpired,
	given: {},
	anyOrder: true,
	many,
	before(scene) {
		for (let n = 0; n < 40; n++)
			state(scene).links.set(`link${n}`, newLink(`link${n}`, 'alice', '/homes/carol/plans', clockOf(scene).now()));
	},
	happen(scene, n) {
		state(scene).expireLink(`link${n}`);
		return `link${n}`;
	},
	nameOf: ({ id }) => id,
	noise: (scene) => state(scene).remove('/homes/carol/plans/floor.txt'),
});

tellsEachOnce({
	trigger: taskFinished,
	given: {},
	many: 12,
	anyOrder: true,
	async happen(scene, n) {
		state(scene).write(`/docs/${n}.txt`);
		return (await scene.dsm.do(tasks.startDelete, { paths: `/docs/${n}.txt` })).taskid;
	},
	nameOf: ({ taskid }) => taskid,
});
