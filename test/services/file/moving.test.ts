import { describe, expect, test } from '@jest/globals';
import { failure, withNas, type Scene } from '../../support/nas';
import { callsSince, files, namesIn, state } from './stage';

const put = (scene: Scene, ...paths: string[]) => {
	for (const path of paths) state(scene).write(path, { content: path });
};

describe('files.copy', () => {
	test('copies several files and a folder and says of each where it is', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a,b.txt', '/docs/sub/c.txt');
			state(scene).mkdir('/docs/to');
			const rows = await scene.dsm.do(files.copy, { paths: ['/docs/a,b.txt', '/docs/sub'], destination: '/docs/to' });
			expect(rows).toEqual([
				{ path: '/docs/a,b.txt', target: '/docs/to/a,b.txt', done: true },
				{ path: '/docs/sub', target: '/docs/to/sub', done: true },
			]);
			expect([namesIn(scene, '/docs/to'), namesIn(scene, '/docs/to/sub')]).toEqual([['a,b.txt', 'sub'], ['c.txt']]);
		});
	});

	test.each(['envelope', 'data'] as const)(
		'that fails for one path says so in its row, with errors in the %s',
		async (where) => {
			await withNas({}, async (scene) => {
				put(scene, '/docs/a.txt', '/docs/b.txt', '/docs/to/b.txt');
				Object.assign(state(scene).switches, { taskErrors: where, missingPath: 408 });
				const rows = await scene.dsm.do(files.copy, {
					paths: ['/docs/a.txt', '/docs/b.txt', '/docs/c.txt'],
					destination: '/docs/to',
				});
				expect(rows).toEqual([
					{ path: '/docs/a.txt', target: '/docs/to/a.txt', done: true },
					{
						path: '/docs/b.txt',
						target: '/docs/to/b.txt',
						done: false,
						code: 414,
						error: 'The file already exists (code 414)',
					},
					expect.objectContaining({ path: '/docs/c.txt', done: false, code: 408 }),
				]);
			});
		},
	);

	test('that fails with a single error beside its path says so in the row of that path', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt', '/docs/b.txt', '/docs/to/b.txt');
			state(scene).switches.taskErrors = 'single';
			const rows = await scene.dsm.do(files.copy, { paths: ['/docs/a.txt', '/docs/b.txt'], destination: '/docs/to' });
			expect(rows.map(({ path, done, code }) => [path, done, code])).toEqual([
				['/docs/a.txt', true, undefined],
				['/docs/b.txt', false, 414],
			]);
		});
	});

	test('that DSM only pretends to make is told', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt', '/docs/to/x.txt');
			state(scene).switches.deaf = true;
			const told = await failure(scene.dsm.do(files.copy, { paths: '/docs/a.txt', destination: '/docs/to' }));
			expect(told.message).toBe(
				'The copy failed: /docs/a.txt: DSM reported success, but nothing is at /docs/to/a.txt.',
			);
		});
	});

	test('of a folder is counted: DSM reports success of half a copy', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt', '/docs/sub/b.txt', '/docs/sub/c.txt', '/docs/to/x.txt');
			state(scene).switches.halfFolders = true;
			const paths = ['/docs/a.txt', '/docs/sub'];
			expect(await scene.dsm.do(files.copy, { paths, destination: '/docs/to' })).toEqual([
				{ path: '/docs/a.txt', target: '/docs/to/a.txt', done: true },
				{
					path: '/docs/sub',
					target: '/docs/to/sub',
					done: false,
					error: 'DSM reported success, but of 2 files with 30 bytes only 1 file with 15 bytes are at /docs/to/sub',
				},
			]);
		});
	});

	test('of what is not there fails although DSM reports success', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/to/x.txt');
			const told = await failure(scene.dsm.do(files.copy, { paths: '/docs/none', destination: '/docs/to' }));
			expect([told.dsmCode, told.message]).toEqual([408, expect.stringContaining('/docs/none')]);
		});
	});

	test('keeps or replaces what exists, as wished', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt', '/docs/b.txt');
			state(scene).write('/docs/to/a.txt', { content: 'old' });
			const both = { paths: ['/docs/a.txt', '/docs/b.txt'], destination: '/docs/to' };
			expect(await scene.dsm.do(files.copy, { ...both, conflict: 'skip' })).toEqual([
				{ path: '/docs/a.txt', target: '/docs/to/a.txt', done: false, skipped: true },
				{ path: '/docs/b.txt', target: '/docs/to/b.txt', done: true },
			]);
			const rows = await scene.dsm.do(files.copy, { ...both, conflict: 'overwrite' });
			expect(rows.map(({ done }) => done)).toEqual([true, true]);
			expect((await scene.dsm.do(files.get, { path: '/docs/to/a.txt' })).size).toBe('/docs/a.txt'.length);
		});
	});

	test('tells its progress, and is stopped after the timeout', async () => {
		await withNas({}, async (scene) => {
			const paths = Array.from({ length: 10 }, (_, index) => `/docs/${index}.txt`);
			put(scene, ...paths, '/docs/to/x.txt');
			state(scene).switches.taskMs = 10_000;
			const seen: number[] = [];
			const onProgress = (done: number, total: number, what: string) =>
				void (what === 'working' && seen.push(done / total));
			await scene.dsm.do(files.copy, { paths, destination: '/docs/to' }, { onProgress });
			expect(seen.length).toBeGreaterThan(3);
			expect([...seen].sort((a, b) => a - b)).toEqual(seen);
			expect(seen.at(-1)).toBe(1);
			state(scene).switches.taskMs = 100_000;
			const told = await failure(
				scene.dsm.do(files.copy, { paths, destination: '/docs/to', conflict: 'overwrite', timeout: 5 }),
			);
			expect(told.message).toBe('The copy did not end within 5 seconds and was stopped.');
			expect([...state(scene).tasks.all.values()].at(-1)).toMatchObject({ stopped: true });
		});
	});

	test('into a full volume says so of the file that did not fit', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt', '/docs/longer-name.txt');
			state(scene).mkdir('/docs/to');
			const { volume } = state(scene);
			volume.totalBytes = volume.usedBytes + '/docs/a.txt'.length;
			const rows = await scene.dsm.do(files.copy, {
				paths: ['/docs/a.txt', '/docs/longer-name.txt'],
				destination: '/docs/to',
			});
			expect(rows.map(({ done, code }) => [done, code])).toEqual([
				[true, undefined],
				[false, 416],
			]);
		});
	});
});

describe('a task whose end says nothing more', () => {
	test('counts as gone: what a copy did is looked up, and a checksum is begun again and never made up', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt', '/docs/to/x.txt');
			state(scene).switches.bareEnd = true;
			expect(await scene.dsm.do(files.copy, { paths: '/docs/a.txt', destination: '/docs/to' })).toEqual([
				{ path: '/docs/a.txt', target: '/docs/to/a.txt', done: true },
			]);
			const before = scene.simulator.requests.length;
			const told = await failure(scene.dsm.do(files.getChecksum, { path: '/docs/a.txt' }));
			expect(told.message).toBe('There is no such background task (code 599).');
			expect(callsSince(scene, before).filter((call) => call === 'MD5.start')).toHaveLength(3);
		});
	});
});

describe('files.move', () => {
	test('of a folder that is still at its source is told', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/sub/b.txt', '/docs/sub/c.txt', '/docs/to/sub/old.txt');
			state(scene).switches.halfFolders = true;
			const given = { paths: '/docs/sub', destination: '/docs/to' };
			const told = await failure(scene.dsm.do(files.move, { ...given, conflict: 'overwrite' }));
			expect(told.message).toBe('The move failed: /docs/sub: DSM reported success, but it is still where it was.');
		});
	});

	test('moves, and says of each where it is', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt', '/docs/sub/b.txt');
			state(scene).mkdir('/docs/to');
			const rows = await scene.dsm.do(files.move, { paths: '/docs/a.txt\n/docs/sub', destination: '/docs/to' });
			expect(rows.map(({ target, done }) => [target, done])).toEqual([
				['/docs/to/a.txt', true],
				['/docs/to/sub', true],
			]);
			expect(namesIn(scene, '/docs')).toEqual(['to']);
		});
	});

	test('into a folder that is not there, or may not be written, fails as a whole', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt');
			const told = await failure(scene.dsm.do(files.move, { paths: '/docs/a.txt', destination: '/docs/none' }));
			expect([told.dsmCode, told.message]).toEqual([
				1002,
				expect.stringContaining('/docs/none: there is no such file or folder (408)'),
			]);
			state(scene).volume.shares.get('photo')!.rights.set('alice', 'RO');
			const other = await failure(scene.dsm.do(files.move, { paths: '/docs/a.txt', destination: '/photo' }));
			expect(other.message).toContain('not permitted');
			expect(namesIn(scene, '/docs')).toEqual(['a.txt']);
		});
	});
});

describe('files.delete', () => {
	test('deletes several paths, tells which were not there, and uses the recycle bin of the share', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a,b.txt', '/docs/sub/c.txt');
			state(scene).volume.shares.get('docs')!.recycle = true;
			const rows = await scene.dsm.do(files.delete, { paths: ['/docs/a,b.txt', '/docs/sub', '/docs/none'] });
			expect(rows).toEqual([
				{ path: '/docs/a,b.txt', done: true },
				{ path: '/docs/sub', done: true },
				{ path: '/docs/none', done: true, missing: true },
			]);
			expect([namesIn(scene, '/docs'), namesIn(scene, '/docs/#recycle')]).toEqual([['#recycle'], ['a,b.txt', 'sub']]);
		});
	});

	test('without the content of folders leaves full ones, and says so', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/sub/c.txt', '/docs/a.txt');
			const rows = await scene.dsm.do(files.delete, { paths: ['/docs/sub', '/docs/a.txt'], recursive: false });
			expect(rows).toEqual([
				expect.objectContaining({ path: '/docs/sub', done: false, code: 407 }),
				{ path: '/docs/a.txt', done: true },
			]);
		});
	});

	test('that DSM only pretends to do is told', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt');
			state(scene).switches.deaf = true;
			const told = await failure(scene.dsm.do(files.delete, { paths: '/docs/a.txt' }));
			expect(told.message).toBe('Deleting failed: /docs/a.txt: DSM reported success, but it is still there.');
		});
	});

	test('of a task that the NAS has forgotten is looked up', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt');
			state(scene).switches.statusRace = 99;
			expect(await scene.dsm.do(files.delete, { paths: '/docs/a.txt' })).toEqual([{ path: '/docs/a.txt', done: true }]);
		});
	});

	test('is stopped on the NAS when the flow is stopped', async () => {
		await withNas({}, async (scene) => {
			put(scene, '/docs/a.txt');
			state(scene).switches.taskMs = 100_000;
			const abort = new AbortController();
			scene.simulator.use({
				'SYNO.FileStation.Delete.status': () => {
					abort.abort();
					return undefined;
				},
			});
			const told = await failure(scene.dsm.do(files.delete, { paths: '/docs/a.txt' }, { signal: abort.signal }));
			expect(told.code).toBe('aborted');
			expect(namesIn(scene, '/docs')).toEqual(['a.txt']);
			expect([...state(scene).tasks.all.values()].at(-1)?.stopped).toBe(true);
		});
	});
});
