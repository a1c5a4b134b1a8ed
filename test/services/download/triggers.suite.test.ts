import { describe, expect, test } from '@jest/globals';
import { download } from '../../../src/services/download';
import { filesOf } from '../../../src/simulator/services/file';
import { clockOf, Follower, following } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { tellsEachOnce } from '../../support/trigger-suite';
import { state } from './stage';

const { taskAdded, taskFinished, taskFailed, seedingFinished, rssItemAdded, spaceLow } = download.triggers;

const uri = (n: number) => `https://files.example/file ${n}.iso`;
const nameOf = ({ title }: { title: string }): string => title;
/** Tasks that stand still until something is done to them. */
const before = (type: 'http' | 'bt', status: 'paused' | 'seeding') => (scene: Scene) => {
	state(scene).switches.seedMs = 1e9;
	for (let n = 0; n < 12; n++) state(scene).add({ uri: uri(n), type, state: status });
};
const at = (scene: Scene, n: number) =>
	[...state(scene).tasks.values()].find(({ title }) => title === `file ${n}.iso`)!;

tellsEachOnce({
	trigger: taskAdded,
	given: {},
	happen: (scene, n) => state(scene).add({ uri: uri(n), state: 'paused' }).title,
	nameOf,
	noise: (scene) => void (state(scene).tasks.get('dbid_1')!.priority = 'high'),
	many: 600,
});
tellsEachOnce({
	trigger: taskFinished,
	given: {},
	before: before('http', 'paused'),
	happen: (scene, n) => {
		Object.assign(at(scene, n), { state: 'finished', completedAt: state(scene).now() });
		return `file ${n}.iso`;
	},
	nameOf,
	noise: (scene) => state(scene).add({ uri: 'https://files.example/other.iso', state: 'paused' }),
});
tellsEachOnce({
	trigger: taskFailed,
	given: {},
	before: before('http', 'paused'),
	happen: (scene, n) => {
		state(scene).fail(at(scene, n), 'disk_full');
		return `file ${n}.iso`;
	},
	nameOf,
	noise: (scene) => state(scene).add({ uri: 'https://files.example/other.iso', state: 'paused' }),
});
tellsEachOnce({
	trigger: seedingFinished,
	given: {},
	before: before('bt', 'seeding'),
	happen: (scene, n) => {
		at(scene, n).state = 'finished';
		return `file ${n}.iso`;
	},
	nameOf,
	noise: (scene) => state(scene).add({ uri: 'https://files.example/other.iso', state: 'finished' }),
});
tellsEachOnce({
	trigger: rssItemAdded,
	given: {},
	happen: (scene, n) => {
		state(scene).sites[0]!.items.unshift({ title: `Item, ${n}`, uri: uri(n), at: state(scene).now() });
		return `Item, ${n}`;
	},
	nameOf,
	noise: (scene) => void (state(scene).sites[0]!.updatedAt = state(scene).now()),
	many: 600,
});

const free = ({ simulator }: Scene, megabytes: number): void => {
	const { volume } = filesOf(simulator.nas);
	volume.totalBytes = volume.usedBytes + megabytes * 1_000_000;
};
tellsEachOnce({
	trigger: spaceLow,
	given: { folder: 'docs', megabytes: 100 },
	reset: (scene) => free(scene, 200),
	happen: (scene) => {
		free(scene, 50);
		return 'docs';
	},
	nameOf: ({ name }) => name,
	noise: (scene) => filesOf(scene.simulator.nas).write('/docs/more.bin', { size: 1000, owner: 'alice' }),
});

describe('downloads', () => {
	test('a torrent is told as finished once, before it seeds', async () => {
		await following(taskFinished, {}, async (follower, scene) => {
			const task = state(scene).add({ uri: 'magnet:?dn=Debian' });
			expect(await follower.poll()).toEqual([]);
			task.state = 'seeding';
			expect(await follower.poll()).toMatchObject([{ title: 'Debian', status: 'seeding' }]);
			task.state = 'finished';
			expect(await follower.drain()).toEqual([]);
		});
	});

	test('a task that fails again for the same reason after it went on is told again', async () => {
		await following(taskFailed, {}, async (follower, scene) => {
			const task = state(scene).add({ uri: uri(1), state: 'paused' });
			state(scene).fail(task, 'timeout');
			expect(await follower.poll()).toMatchObject([{ error_detail: 'timeout' }]);
			expect(await follower.poll()).toEqual([]);
			Object.assign(task, { state: 'paused', fault: undefined });
			expect(await follower.poll()).toEqual([]);
			state(scene).fail(task, 'timeout');
			expect(await follower.poll()).toMatchObject([{ error_detail: 'timeout' }]);
		});
	});
});

describe('free space', () => {
	test('that is low is told once, and again only after there was clearly enough', async () => {
		await following(spaceLow, { folder: 'docs', megabytes: 100 }, async (follower, scene) => {
			free(scene, 90);
			expect(await follower.poll()).toMatchObject([{ name: 'docs', freespace: 90_000_000 }]);
			free(scene, 80);
			expect(await follower.poll()).toEqual([]);
			free(scene, 105);
			expect(await follower.poll()).toEqual([]);
			free(scene, 90);
			expect(await follower.poll()).toEqual([]);
			free(scene, 200);
			expect(await follower.poll()).toEqual([]);
			free(scene, 90);
			expect(await follower.poll()).toMatchObject([{ name: 'docs' }]);
		});
	});
});

describe('feeds of which one cannot be read', () => {
	const FEED = 'SYNO.DownloadStation.RSS.Feed.list';
	const feed = (scene: Scene, id: number, ...titles: string[]) => {
		const items = titles.map((title) => ({ title, uri: `https://files.example/${id}/${title}`, at: 0 }));
		state(scene).sites.push({ id, title: `Feed ${id}`, url: 'https://feed.example', updatedAt: 0, items });
	};
	const publish = (scene: Scene, id: number, title: string) =>
		state(scene)
			.sites.find((site) => site.id === id)!
			.items.unshift({ title, uri: `https://files.example/${id}/${title}`, at: 0 });
	/** Feed 12 fails until the returned function is called; feed 1 is another one. */
	const failing = (scene: Scene) => {
		let fails = true;
		scene.simulator.use({ [FEED]: ({ params }) => (fails && params.id === '12' ? { error: 404 } : undefined) });
		return () => void (fails = false);
	};

	test('tell the items of the others, and its own once it can be read again: none twice, none lost', async () => {
		await withNas({}, async (scene) => {
			feed(scene, 12, 'old');
			const follower = await new Follower(rssItemAdded, scene.dsm, {}).start();
			const mend = failing(scene);
			publish(scene, 1, 'of the other');
			publish(scene, 12, 'while it failed');
			expect((await follower.poll()).map(nameOf)).toEqual(['of the other']);
			for (let n = 0; n < 5; n++) {
				clockOf(scene).advance(600_000);
				expect(await follower.poll()).toEqual([]);
			}
			expect(follower.doubt).toMatch(/^The feed "Feed 12" cannot be read: /);
			mend();
			expect((await follower.drain()).map(nameOf)).toEqual(['while it failed']);
			expect(follower.doubt).toBeUndefined();
		});
	});

	test('tell nothing old when it failed as the trigger started', async () => {
		await withNas({}, async (scene) => {
			feed(scene, 12, 'old', 'older');
			const mend = failing(scene);
			const follower = await new Follower(rssItemAdded, scene.dsm, {}).start();
			expect(await follower.poll()).toEqual([]);
			mend();
			expect(await follower.poll()).toEqual([]);
			publish(scene, 12, 'new');
			expect((await follower.poll()).map(nameOf)).toEqual(['new']);
		});
	});

	test('are an error when none can be read', async () => {
		await withNas({}, async (scene) => {
			const follower = await new Follower(rssItemAdded, scene.dsm, {}).start();
			scene.simulator.use({ [FEED]: () => ({ error: 404 }) });
			expect((await failure(follower.poll())).dsmCode).toBe(404);
		});
	});
});

test('an archive is told as finished once it is extracted', async () => {
	await following(taskFinished, {}, async (follower, scene) => {
		const task = state(scene).add({ uri: uri(1), completedAt: state(scene).now(), state: 'paused' });
		task.state = 'extracting';
		task.since = Infinity;
		expect(await follower.poll()).toEqual([]);
		task.state = 'finished';
		expect(await follower.poll()).toMatchObject([{ status: 'finished' }]);
	});
});
