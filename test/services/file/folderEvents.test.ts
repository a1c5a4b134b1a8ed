import { describe, expect, test } from '@jest/globals';
import { fileChanged, fileCreated, fileDeleted, fileMoved } from '../../../src/services/file/triggers/folderEvents';
import { clockOf, Follower, following } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { callsSince, state, textOf } from './stage';

const names = (events: { path: string }[]) => events.map(({ path }) => path);
const later = (scene: Scene, seconds = 60) => clockOf(scene).advance(seconds * 1000);

/** All four triggers on the same folder. */
async function all(given: object, run: (poll: () => Promise<string[]>, scene: Scene) => Promise<void>): Promise<void> {
	await withNas({}, async (scene) => {
		state(scene).mkdir('/docs/in');
		const triggers = [fileCreated, fileChanged, fileMoved, fileDeleted] as const;
		const followers = triggers.map(
			(trigger) =>
				new Follower(trigger as typeof fileCreated, scene.dsm, { folder: '/docs/in', settle: 0, ...given } as never),
		);
		for (const follower of followers) await follower.start();
		later(scene);
		const poll = async () => {
			const told: string[] = [];
			for (const [index, follower] of followers.entries()) {
				const kind = ['created', 'changed', 'moved', 'deleted'][index]!;
				told.push(
					...(await follower.poll()).map(
						({ path, previous_path }) => `${kind} ${previous_path === undefined ? '' : `${previous_path} -> `}${path}`,
					),
				);
			}
			later(scene);
			return told.sort();
		};
		await run(poll, scene);
	});
}

describe('what happens in a folder is told by the trigger that it is for', () => {
	test('each change once while a folder grows to 4,500 files, which takes more blocks, and shrinks again', async () => {
		await all({}, async (poll, scene) => {
			const names = Array.from({ length: 4500 }, (_, n) => `/docs/in/scan-${n}.pdf`);
			for (const name of names.slice(0, 10)) state(scene).write(name, { content: name });
			expect(await poll()).toHaveLength(10);
			for (const name of names.slice(10)) state(scene).write(name, { content: name === names[3000] ? 'alone' : name });
			expect(await poll()).toHaveLength(4490);
			expect(await poll()).toEqual([]);
			state(scene).write(names[4321]!, { content: 'more' });
			state(scene).remove(names[17]!);
			state(scene).move(names[3000]!, '/docs/in/other.pdf');
			expect(await poll()).toEqual([
				`changed ${names[4321]!}`,
				`deleted ${names[17]!}`,
				`moved ${names[3000]!} -> /docs/in/other.pdf`,
			]);
			expect(await poll()).toEqual([]);
		});
	});

	test('a file of 2009 that is moved in is created, one that is moved out is deleted, and back again is created', async () => {
		await all({}, async (poll, scene) => {
			state(scene).write('/photo/old.txt', {
				content: 'old',
				times: { mtime: Date.UTC(2009, 0, 1), crtime: Date.UTC(2009, 0, 1) },
			});
			state(scene).move('/photo/old.txt', '/docs/in/old.txt');
			expect(await poll()).toEqual(['created /docs/in/old.txt']);
			state(scene).move('/docs/in/old.txt', '/photo/old.txt');
			expect(await poll()).toEqual(['deleted /docs/in/old.txt']);
			state(scene).move('/photo/old.txt', '/docs/in/old.txt');
			expect(await poll()).toEqual(['created /docs/in/old.txt']);
			expect(await poll()).toEqual([]);
		});
	});

	test('a file of 2038 is created once, and changed when it gets an older date', async () => {
		await all({}, async (poll, scene) => {
			state(scene).write('/docs/in/future.txt', { content: 'f', times: { mtime: Date.UTC(2038, 0, 19) } });
			expect(await poll()).toEqual(['created /docs/in/future.txt']);
			expect(await poll()).toEqual([]);
			state(scene).write('/docs/in/future.txt', { content: 'g', times: { mtime: Date.UTC(2001, 0, 1) } });
			expect(await poll()).toEqual(['changed /docs/in/future.txt']);
		});
	});

	test('a rename and a move below are one event each, of the file and of a folder with what is in it', async () => {
		await all({ recursive: true, filetype: 'all' }, async (poll, scene) => {
			state(scene).write('/docs/in/a.txt', { content: 'a' });
			state(scene).write('/docs/in/sub/b.txt', { content: 'bb' });
			expect(await poll()).toEqual(['created /docs/in/a.txt', 'created /docs/in/sub', 'created /docs/in/sub/b.txt']);
			state(scene).move('/docs/in/a.txt', '/docs/in/A.txt');
			expect(await poll()).toEqual(['moved /docs/in/a.txt -> /docs/in/A.txt']);
			state(scene).move('/docs/in/A.txt', '/docs/in/sub/A.txt');
			expect(await poll()).toEqual(['moved /docs/in/A.txt -> /docs/in/sub/A.txt']);
			state(scene).move('/docs/in/sub', '/docs/in/other');
			expect(await poll()).toEqual([
				'moved /docs/in/sub -> /docs/in/other',
				'moved /docs/in/sub/A.txt -> /docs/in/other/A.txt',
				'moved /docs/in/sub/b.txt -> /docs/in/other/b.txt',
			]);
			state(scene).remove('/docs/in/other');
			expect(await poll()).toEqual([
				'deleted /docs/in/other',
				'deleted /docs/in/other/A.txt',
				'deleted /docs/in/other/b.txt',
			]);
		});
	});

	test('a copy is created, even with the same date; a file that got a name that fits is created, too', async () => {
		await all({ pattern: '*.pdf' }, async (poll, scene) => {
			state(scene).write('/docs/in/scan.pdf.part', { content: 'a' });
			expect(await poll()).toEqual([]);
			state(scene).move('/docs/in/scan.pdf.part', '/docs/in/Scan.PDF');
			expect(await poll()).toEqual(['created /docs/in/Scan.PDF']);
			state(scene).copy('/docs/in/Scan.PDF', '/docs/in/copy.pdf');
			expect(await poll()).toEqual(['created /docs/in/copy.pdf']);
			state(scene).move('/docs/in/copy.pdf', '/docs/in/copy.bak');
			expect(await poll()).toEqual(['deleted /docs/in/copy.pdf']);
		});
	});

	test('names of both forms of Unicode fit a pattern, and each file is its own', async () => {
		await all({ pattern: '*müll*' }, async (poll, scene) => {
			const [composed, decomposed] = ['müll.txt'.normalize('NFC'), 'müll.txt'.normalize('NFD')];
			state(scene).write(`/docs/in/${composed}`, { content: 'a' });
			state(scene).write(`/docs/in/${decomposed}`, { content: 'b' });
			expect((await poll()).sort()).toEqual([`created /docs/in/${composed}`, `created /docs/in/${decomposed}`].sort());
		});
	});

	test('what the recycle bin gets is deleted, not moved', async () => {
		await withNas({}, async (scene) => {
			state(scene).write('/docs/a.txt', { content: 'a' });
			const moved = await new Follower(fileMoved, scene.dsm, { folder: '/docs', recursive: true }).start();
			const deleted = await new Follower(fileDeleted, scene.dsm, { folder: '/docs', recursive: true }).start();
			later(scene);
			state(scene).move('/docs/a.txt', '/docs/#recycle/a.txt');
			expect([names(await moved.drain()), names(await deleted.drain())]).toEqual([[], ['/docs/a.txt']]);
		});
	});

	test('two changes in the same second, one before and one after a poll, are both told', async () => {
		await all({}, async (poll, scene) => {
			state(scene).write('/docs/in/a.txt');
			const told = await Promise.all([new Follower(fileCreated, scene.dsm, { folder: '/docs/in', settle: 0 }).start()]);
			state(scene).write('/docs/in/b.txt');
			expect(names(await told[0]!.drain())).toEqual(['/docs/in/b.txt']);
			expect(await poll()).toEqual(['created /docs/in/a.txt', 'created /docs/in/b.txt']);
		});
	});
});

describe('files that are still being written', () => {
	test('are told when their size and time have stayed the same, once', async () => {
		await following(fileCreated, { folder: '/docs' }, async (follower, scene) => {
			for (const content of ['a', 'ab', 'abc']) {
				state(scene).write('/docs/scan.pdf', { content });
				expect(await follower.poll()).toEqual([]);
				later(scene, 5);
			}
			later(scene, 10);
			const events = await follower.poll();
			expect(events).toMatchObject([
				{ path: '/docs/scan.pdf', size: 3, folder: '/docs', name: 'scan.pdf', is_dir: false },
			]);
			expect(await follower.drain()).toEqual([]);
		});
	});

	test('with a date to come, or gone before they came to rest', async () => {
		await following(fileCreated, { folder: '/docs' }, async (follower, scene) => {
			state(scene).write('/docs/future.pdf', { content: 'a', times: { mtime: Date.UTC(2038, 0, 1) } });
			state(scene).write('/docs/short.pdf');
			expect(await follower.poll()).toEqual([]);
			state(scene).remove('/docs/short.pdf');
			later(scene, 11);
			expect(names(await follower.drain())).toEqual(['/docs/future.pdf']);
		});
	});

	test('with an old date are told at once', async () => {
		await following(fileCreated, { folder: '/docs' }, async (follower, scene) => {
			state(scene).write('/docs/old.pdf', { times: { mtime: Date.UTC(2009, 0, 1) } });
			expect(names(await follower.poll())).toEqual(['/docs/old.pdf']);
		});
	});

	test('wait for the end of a change, too', async () => {
		await withNas({}, async (scene) => {
			state(scene).write('/docs/log.txt', { content: '1' });
			const follower = await new Follower(fileChanged, scene.dsm, { folder: '/docs' }).start();
			later(scene);
			for (const content of ['12', '123']) {
				state(scene).write('/docs/log.txt', { content });
				expect(await follower.poll()).toEqual([]);
				later(scene, 5);
			}
			later(scene, 6);
			expect((await follower.drain()).map(({ size }) => size)).toEqual([3]);
		});
	});
});

describe('a poll', () => {
	test('of an unchanged folder of 100,000 files costs one request; a change costs one look', async () => {
		await withNas({}, async (scene) => {
			for (let n = 0; n < 100_000; n++)
				state(scene).write(`/docs/scan-${String(n).padStart(6, '0')}.pdf`, { size: 1000 + n });
			later(scene);
			const follower = await new Follower(fileCreated, scene.dsm, { folder: '/docs', settle: 0 }).start();
			const cursor = follower.cursor;
			expect(cursor.length).toBeLessThan(2_000_000);
			let before = scene.simulator.requests.length;
			expect(await follower.poll()).toEqual([]);
			expect(callsSince(scene, before)).toEqual(['List.getinfo']);
			expect(follower.cursor).toBe(cursor);
			for (let n = 0; n < 5000; n++) state(scene).write(`/docs/new-${n}.pdf`, { size: n });
			before = scene.simulator.requests.length;
			const events = await follower.poll();
			expect([events.length, new Set(events.map(({ event_id }) => event_id)).size]).toEqual([5000, 5000]);
			expect(callsSince(scene, before)).toEqual(['List.getinfo', ...Array<string>(21).fill('List.list')]);
			expect(await follower.drain()).toEqual([]);
		});
	}, 120_000);

	test('of an unchanged tree asks for many folders at once, and reads only those that changed', async () => {
		await withNas({}, async (scene) => {
			for (let n = 0; n < 150; n++) state(scene).write(`/docs/tree/${n}/a.txt`, { size: n });
			later(scene);
			const follower = await new Follower(fileCreated, scene.dsm, {
				folder: '/docs',
				recursive: true,
				settle: 0,
			}).start();
			let before = scene.simulator.requests.length;
			expect(await follower.poll()).toEqual([]);
			expect(callsSince(scene, before)).toEqual(['List.getinfo']);
			state(scene).write('/docs/tree/77/b.txt');
			before = scene.simulator.requests.length;
			expect(names(await follower.poll())).toEqual(['/docs/tree/77/b.txt']);
			expect(callsSince(scene, before)).toEqual(['List.getinfo', 'List.list']);
			const changed = new Follower(fileChanged, scene.dsm, { folder: '/docs', recursive: true, settle: 0 });
			before = scene.simulator.requests.length;
			await changed.start();
			expect(scene.simulator.requests.length - before).toBeLessThan(20);
		});
	});

	test('reads everything once an hour, as mounted folders may not tell that they changed', async () => {
		await following(fileCreated, { folder: '/docs', settle: 0 }, async (follower, scene) => {
			scene.simulator.nas.switches.idleMinutes = 1000;
			later(scene, 3600);
			const before = scene.simulator.requests.length;
			await follower.poll();
			await follower.poll();
			expect(callsSince(scene, before)).toEqual(['List.getinfo', 'List.list', 'List.getinfo']);
		});
	});

	test('that loses observed of a file between two pages asks for it by name', async () => {
		await withNas({}, async (scene) => {
			for (let n = 0; n < 2500; n++) state(scene).write(`/docs/${String(n).padStart(4, '0')}.txt`, { size: n });
			later(scene);
			const follower = await new Follower(fileDeleted, scene.dsm, { folder: '/docs' }).start();
			later(scene);
			state(scene).write('/docs/zzz.txt');
			let page = 0;
			scene.simulator.use({
				'SYNO.FileStation.List.list': () => {
					// One of the first page goes before the second one is read: what stood first there moves up.
					if (page++ === 1) state(scene).remove('/docs/0001.txt');
					return undefined;
				},
			});
			const told = [...(await follower.poll()), ...(await follower.drain())];
			expect(names(told)).toEqual(['/docs/0001.txt']);
		});
	});

	test('stops when its time is over, and goes on from there', async () => {
		await withNas({}, async (scene) => {
			for (let n = 0; n < 35; n++) state(scene).write(`/docs/${n}/a.txt`, { size: n });
			later(scene);
			const follower = await new Follower(fileCreated, scene.dsm, {
				folder: '/docs',
				recursive: true,
				settle: 0,
			}).start();
			for (let n = 0; n < 35; n++) state(scene).write(`/docs/${n}/b.txt`, { size: n });
			later(scene);
			const told: string[] = [];
			const spent = { left: () => false };
			for (let round = 0; round < 10; round++) told.push(...names(await follower.poll({ budget: spent })));
			expect([told.length, new Set(told).size, follower.more]).toEqual([35, 35, false]);
		});
	});

	test('goes round a folder below that may not be read, and fails when the watched one is gone', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			state(scene).write('/docs/open/a.txt');
			state(scene).write('/docs/closed/a.txt');
			later(scene);
			const deleted = await new Follower(fileDeleted, scene.dsm, { folder: '/docs', recursive: true }).start();
			const created = await new Follower(fileCreated, scene.dsm, {
				folder: '/docs',
				recursive: true,
				settle: 0,
			}).start();
			later(scene);
			scene.simulator.use({
				'SYNO.FileStation.List.list': ({ params }) =>
					params.folder_path === '/docs/closed' ? { error: 407 } : undefined,
			});
			state(scene).write('/docs/open/b.txt');
			state(scene).write('/docs/closed/b.txt');
			expect([names(await created.poll()), names(await deleted.poll())]).toEqual([['/docs/open/b.txt'], []]);
			const cursor = created.cursor;
			state(scene).volume.shares.delete('docs');
			expect((await failure(created.poll())).dsmCode).toBe(408);
			expect(created.cursor).toBe(cursor);
		});
	});

	test('with more files than a cursor may hold says what to do', async () => {
		await withNas({}, async (scene) => {
			for (let n = 0; n < 200_001; n++) state(scene).write(`/docs/${n}`, { size: 0 });
			const told = await failure(new Follower(fileCreated, scene.dsm, { folder: '/docs' }).start());
			expect([told.message, told.hint]).toEqual([
				'There are too many files and folders to watch: 200002 entries, at most 200000 (budget "watchedFiles").',
				'Watch a folder further down, or set a pattern for the names.',
			]);
		});
	}, 120_000);
});

test('the event brings its file when that is wanted, and nothing when it is gone again', async () => {
	await withNas({}, async (scene) => {
		const given = { folder: '/docs', download: true, settle: 0 };
		const follower = await new Follower(fileCreated, scene.dsm, given).start();
		state(scene).write('/docs/a.txt', { content: 'Hello' });
		const [event] = await follower.drain();
		const params = fileCreated.params.parse(given);
		const answer = await fileCreated.file!(event!, params, scene.dsm);
		expect([answer?.name, await textOf(answer!)]).toEqual(['a.txt', 'Hello']);
		expect(await fileCreated.file!(event!, fileCreated.params.parse({ folder: '/docs' }), scene.dsm)).toBeUndefined();
		state(scene).remove('/docs/a.txt');
		expect(await fileCreated.file!(event!, params, scene.dsm)).toBeUndefined();
	});
});
