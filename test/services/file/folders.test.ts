import { describe, expect, test } from '@jest/globals';
import { failure, withNas, type Scene } from '../../support/nas';
import { callsSince, folders, mounts, shares, state, stations } from './stage';

describe('shares.list', () => {
	test('gives what the account sees, with rights and free space', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			state(scene).volume.shares.get('photo')!.rights.set('bob', 'RO');
			const rows = await scene.dsm.do(shares.list, {});
			expect(rows.map(({ path }) => path)).toEqual(['/docs', '/photo']);
			expect(rows[0]).toMatchObject({ share_right: 'RW', totalspace: 4_000_000_000_000, volume_readonly: false });
			expect((await scene.dsm.do(shares.list, { only_writable: true })).map(({ path }) => path)).toEqual(['/docs']);
		});
	});
});

describe('folders.list', () => {
	const fill = (scene: Scene) => {
		for (const name of ['b.pdf', 'A.PDF', 'c.txt', 'Ü.pdf'])
			state(scene).write(`/docs/${name}`, { content: name.repeat(2) });
		state(scene).mkdir('/docs/sub');
	};

	test('filters by name and kind, sorts, and gives details', async () => {
		await withNas({}, async (scene) => {
			fill(scene);
			const names = async (given: object) =>
				(await scene.dsm.do(folders.list, { folder: '/docs', ...given })).map(({ name }) => name);
			expect(await names({})).toEqual(['sub', 'A.PDF', 'b.pdf', 'c.txt', 'Ü.pdf']);
			expect(await names({ pattern: '*.pdf' })).toEqual(['A.PDF', 'b.pdf', 'Ü.pdf']);
			expect(await names({ filetype: 'dir' })).toEqual(['sub']);
			expect(await names({ filetype: 'file', sort_by: 'size', sort_direction: 'desc' })).toEqual([
				'Ü.pdf',
				'c.txt',
				'b.pdf',
				'A.PDF',
			]);
			const [row] = await scene.dsm.do(folders.list, { folder: '/docs', pattern: 'b.pdf', additional: ['owner'] });
			expect(row).toEqual({
				path: '/docs/b.pdf',
				name: 'b.pdf',
				is_dir: false,
				owner: 'alice',
				group: 'users',
				uid: '1026',
				gid: '100',
			});
		});
	});

	test('reads a large folder page by page, and no more pages than are wanted', async () => {
		await withNas({}, async (scene) => {
			for (let index = 0; index < 4500; index++) state(scene).write(`/docs/${index}.txt`);
			await scene.dsm.do(shares.list, {});
			const before = scene.simulator.requests.length;
			expect(await scene.dsm.do(folders.list, { folder: '/docs' })).toHaveLength(4500);
			expect(callsSince(scene, before)).toEqual(['List.list', 'List.list', 'List.list']);
			const some: unknown[] = [];
			for await (const row of scene.dsm.each(folders.list, { folder: '/docs' }, { limit: 10 })) some.push(row);
			expect([some.length, scene.simulator.requests.length - before]).toEqual([10, 4]);
		});
	});

	test('is asked again when File Station is too busy, and a write is not', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.nas.faults.next({ api: 'SYNO.FileStation.List', code: 402 });
			expect(await dsm.do(folders.list, { folder: '/docs' })).toEqual([]);
			simulator.nas.faults.next({ api: 'SYNO.FileStation.CreateFolder', code: 402 });
			const told = await failure(dsm.do(folders.create, { path: '/docs/a' }));
			expect([told.dsmCode, told.retryable]).toEqual([402, true]);
		});
	});

	test('says what is missing or not allowed', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			expect((await failure(dsm.do(folders.list, { folder: '/docs/none' }))).message).toBe(
				'There is no such file or folder (code 408).',
			);
			expect((await failure(dsm.do(folders.list, { folder: '/homes/alice' }))).dsmCode).toBe(407);
		});
	});
});

describe('folders.create', () => {
	test('creates parents, tolerates an existing folder, or says that it exists', async () => {
		await withNas({}, async ({ dsm }) => {
			const path = '/docs/a, b/c';
			expect(await dsm.do(folders.create, { path })).toMatchObject({ path, name: 'c', is_dir: true });
			expect(await dsm.do(folders.create, { path })).toMatchObject({ path });
			const told = await failure(dsm.do(folders.create, { path, force_parent: false }));
			expect([told.dsmCode, told.hint]).toEqual([1100, 'Choose another name, or allow overwriting.']);
			const other = await failure(dsm.do(folders.create, { path: '/docs/x/y', force_parent: false }));
			expect(other.message).toBe(
				'Creating the folder failed: /docs/x/y: there is no such file or folder (408) (code 1100).',
			);
		});
	});
});

describe('folders.getSize', () => {
	test('counts folders together, also when the first status comes too early', async () => {
		await withNas({}, async (scene) => {
			state(scene).switches.statusRace = 1;
			expect(await scene.dsm.do(folders.getSize, { paths: ['/homes/carol/plans', '/homes/carol/empty'] })).toEqual({
				num_dir: 2,
				num_file: 3,
				total_size: expect.any(Number),
			});
			expect((await failure(scene.dsm.do(folders.getSize, { paths: '/docs/none' }))).dsmCode).toBe(408);
		});
	});
});

describe('folders.search', () => {
	const plant = (scene: Scene) => {
		state(scene).write('/docs/report.txt', { content: 'yearly numbers' });
		state(scene).write('/docs/deep/Report 2.pdf', { size: 5000, owner: 'bob', times: { mtime: Date.UTC(2009, 0, 1) } });
		state(scene).mkdir('/docs/deep/reports');
	};
	const paths = async ({ dsm }: Scene, given: object) =>
		(await dsm.do(folders.search, { folder: '/docs', ...given })).map(({ path }) => path).sort();

	test('finds by a part of the name, files and folders, and tidies up', async () => {
		await withNas({}, async (scene) => {
			plant(scene);
			expect(await paths(scene, { pattern: 'report' })).toEqual([
				'/docs/deep/Report 2.pdf',
				'/docs/deep/reports',
				'/docs/report.txt',
			]);
			expect(await paths(scene, { pattern: 'report', recursive: false })).toEqual(['/docs/report.txt']);
			expect([...state(scene).searches.keys()]).toEqual([]);
		});
	});

	test('finds by size, time, owner, kind and extension', async () => {
		await withNas({}, async (scene) => {
			plant(scene);
			expect(await paths(scene, { size_from: 4000, filetype: 'file' })).toEqual(['/docs/deep/Report 2.pdf']);
			expect(await paths(scene, { mtime_to: '2010-01-01T00:00:00Z', filetype: 'file' })).toEqual([
				'/docs/deep/Report 2.pdf',
			]);
			expect(await paths(scene, { owner: 'bob' })).toEqual(['/docs/deep/Report 2.pdf']);
			expect(await paths(scene, { filetype: 'dir' })).toEqual(['/docs/deep', '/docs/deep/reports']);
			expect(await paths(scene, { extension: 'txt' })).toEqual(['/docs/report.txt']);
			expect(await paths(scene, { pattern: 'numbers', search_content: true })).toEqual(['/docs/report.txt']);
		});
	});

	test('does not believe an empty result that comes too early, and one that stays empty is believed', async () => {
		await withNas({}, async (scene) => {
			plant(scene);
			state(scene).switches.prematureSearch = true;
			expect(await paths(scene, { pattern: 'report.txt' })).toEqual(['/docs/report.txt']);
			expect(await paths(scene, { pattern: 'nothing' })).toEqual([]);
		});
	});

	test('leaves out what a NAS finds that takes wildcards for nothing', async () => {
		await withNas({}, async (scene) => {
			plant(scene);
			state(scene).write('/docs/report.txt.bak');
			state(scene).switches.plainPatterns = true;
			expect(await paths(scene, { pattern: '*report.txt' })).toEqual(['/docs/report.txt']);
			expect(await paths(scene, { pattern: 'report.txt' })).toEqual(['/docs/report.txt', '/docs/report.txt.bak']);
		});
	});

	test('leaves out what a NAS finds that does not look at size, time, owner, kind and extension', async () => {
		await withNas({}, async (scene) => {
			plant(scene);
			const ignored = ['size_from', 'mtime_to', 'crtime_from', 'owner', 'extension'];
			scene.simulator.use({
				'SYNO.FileStation.Search.start': ({ params }) => {
					for (const name of ignored) delete params[name];
					params['filetype'] = 'all';
					return undefined;
				},
			});
			expect(await paths(scene, { filetype: 'file', size_from: 4000 })).toEqual(['/docs/deep/Report 2.pdf']);
			expect(await paths(scene, { filetype: 'file', mtime_to: '2010-01-01T00:00:00Z' })).toEqual([
				'/docs/deep/Report 2.pdf',
			]);
			expect(await paths(scene, { crtime_from: '2099-01-01T00:00:00Z' })).toEqual([]);
			expect(await paths(scene, { owner: 'BOB' })).toEqual(['/docs/deep/Report 2.pdf']);
			expect(await paths(scene, { filetype: 'dir' })).toEqual(['/docs/deep', '/docs/deep/reports']);
			expect(await paths(scene, { filetype: 'file', extension: '.TXT, doc' })).toEqual(['/docs/report.txt']);
		});
	});

	test('that the NAS has lost is begun again and gives nothing twice; lost again and again it fails and is never empty', async () => {
		await withNas({}, async (scene) => {
			plant(scene);
			state(scene).switches.lostSearches = 9;
			expect(await paths(scene, { pattern: 'report' })).toHaveLength(3);
			expect(state(scene).searches.size).toBe(0);
			let pages = 0;
			scene.simulator.use({
				'SYNO.FileStation.Search.list': ({ params }) => {
					if (params.limit !== 1000 || params.offset !== 0 || pages > 2) return undefined;
					pages += 1;
					return pages === 1
						? {
								data: {
									files: [{ path: '/docs/deep/reports', name: 'reports', isdir: true }],
									finished: true,
									offset: 0,
									total: 3,
								},
							}
						: undefined;
				},
			});
			expect(await paths(scene, { pattern: 'report' })).toHaveLength(3);
			state(scene).switches.lostSearches = 99;
			const told = await failure(paths(scene, { pattern: 'report' }));
			expect([told.message, told.retryable]).toEqual(['The NAS lost the search again and again.', true]);
			expect([state(scene).switches.lostSearches, state(scene).searches.size]).toEqual([79, 0]);
		});
	});

	test('one after the other: several at once never crowd the NAS, and what fails is tidied up, too', async () => {
		await withNas({}, async (scene) => {
			plant(scene);
			state(scene).switches.mostSearches = 1;
			const found = await Promise.all(Array.from({ length: 5 }, async () => await paths(scene, { pattern: 'report' })));
			expect(found.map((rows) => rows.length)).toEqual([3, 3, 3, 3, 3]);
			scene.simulator.nas.faults.next({ api: 'SYNO.FileStation.Search', method: 'list', code: 400 });
			expect((await failure(paths(scene, {}))).dsmCode).toBe(400);
			expect(state(scene).searches.size).toBe(0);
		});
	});

	test('gives no more rows than are wanted, and is tidied up all the same', async () => {
		await withNas({}, async (scene) => {
			plant(scene);
			const rows: unknown[] = [];
			for await (const row of scene.dsm.each(folders.search, { folder: '/docs', pattern: 'report' }, { limit: 1 }))
				rows.push(row);
			expect([rows.length, state(scene).searches.size]).toEqual([1, 0]);
		});
	});
});

test('mounts.list gives remote folders, and stations.get what the NAS can do', async () => {
	await withNas({}, async (scene) => {
		state(scene).mounts.push(
			{ type: 'cifs', path: '/docs/office', status: 'remote' },
			{ type: 'iso', path: '/docs/cd', status: 'iso' },
		);
		expect((await scene.dsm.do(mounts.list, {})).map(({ name }) => name)).toEqual(['office']);
		expect((await scene.dsm.do(mounts.list, { type: 'iso' })).map(({ path }) => path)).toEqual(['/docs/cd']);
		const wanted = {
			hostname: 'nas',
			is_manager: true,
			support_sharing: true,
			support_virtual_protocol: ['cifs', 'nfs', 'iso'],
		};
		expect(await scene.dsm.do(stations.get, {})).toMatchObject(wanted);
		scene.simulator.use({
			'SYNO.FileStation.Info.get': () => ({
				data: { hostname: 'nas', is_manager: false, support_virtual_protocol: 'cifs,nfs' },
			}),
		});
		expect((await scene.dsm.do(stations.get, {})).support_virtual_protocol).toEqual(['cifs', 'nfs']);
	});
});
