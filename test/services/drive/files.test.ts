import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { failure, withNas } from '../../support/nas';
import { at, bytes, file, folder, source, stage, text, textAt } from './support';

const names = (rows: { name?: string | undefined }[]) => rows.map(({ name }) => name);

describe('files', () => {
	test('are uploaded into folders that are made on the way, with names of all kinds, and downloaded again', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			for (const name of ['a, b.txt', '"quoted".txt', 'trailing .txt ', '\u{1F4C4}\u00fc.txt', 'a+b%20c&d.txt']) {
				const made = await dsm.do(file.upload, { folder: '/mydrive/new/deep', file: source(name, name) });
				expect([made.display_path, made.size]).toEqual([`/mydrive/new/deep/${name}`, Buffer.byteLength(name)]);
				const answer = await dsm.do(file.download, { path: made.file_id });
				expect([answer.name, await text(answer)]).toEqual([name, name]);
			}
			expect(at(scene, '/mydrive/new/deep')?.children.size).toBe(5);
		});
	});

	test.each([
		['version', ['plan.txt'], 'new', 3],
		['overwrite', ['plan.txt'], 'new', 1],
		['autorename', ['plan (1).txt', 'plan.txt'], 'The plan, second version\n', 2],
	] as const)('meet a file of the same name: %s', async (conflict_action, expected, content, versions) => {
		await withNas({}, async (scene) => {
			await scene.dsm.do(file.upload, { folder: '/mydrive/docs', file: source('plan.txt', 'new'), conflict_action });
			const docs = at(scene, '/mydrive/docs')!;
			expect([...docs.children.keys()].filter((name) => name.startsWith('plan')).sort()).toEqual(expected);
			const plan = await scene.dsm.do(file.download, { path: '/mydrive/docs/plan.txt' });
			expect([await text(plan), at(scene, '/mydrive/docs/plan.txt')?.versions.length]).toEqual([content, versions]);
		});
	});

	test('meet a file of the same name: stop is an error that says what to do', async () => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(
				dsm.do(file.upload, { folder: '/mydrive/docs', file: source('plan.txt', 'x'), conflict_action: 'stop' }),
			);
			expect([error.dsmCode, error.hint]).toEqual([1022, expect.stringContaining('Choose another name')]);
		});
	});

	test('keep their identity when their content is updated', async () => {
		await withNas({}, async (scene) => {
			const before = await scene.dsm.do(file.get, { path: '/mydrive/docs/plan.txt' });
			const after = await scene.dsm.do(file.updateContent, {
				file_to_update: before.file_id,
				file: source('other.bin', 'third'),
			});
			expect([after.file_id, after.name, after.size]).toEqual([before.file_id, 'plan.txt', 5]);
		});
	});

	test('of text are created, and not when they are too long', async () => {
		await withNas({}, async (scene) => {
			const made = await scene.dsm.do(file.createText, { folder: '/mydrive/notes', name: 'a.md', text: '# \u00fc' });
			expect([made.name, textAt(scene, '/mydrive/notes/a.md')]).toEqual(['a.md', '# \u00fc']);
			const error = await failure(
				scene.dsm.do(file.createText, { folder: '/mydrive', name: 'b', text: 'x'.repeat(1_048_577) }),
			);
			expect(error.message).toBe(`"Text" does not fit: "${'x'.repeat(60)}…" is longer than 1 MB: upload it as a file.`);
		});
	});

	test('are listed by folder, filtered and sorted', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(names(await dsm.do(file.list, { folder: '/mydrive/docs' }))).toEqual([
				'budget.osheet',
				'letter.docx',
				'plan.txt',
				'reports',
			]);
			expect(names(await dsm.do(file.list, { folder: '/mydrive/docs', kind: 'dir' }))).toEqual(['reports']);
			expect(names(await dsm.do(file.list, { folder: '/mydrive/docs', extensions: ['.DOCX'] }))).toEqual([
				'letter.docx',
			]);
			expect(names(await dsm.do(file.list, { folder: '/mydrive/docs', starred: true }))).toEqual(['plan.txt']);
			const bySize = await dsm.do(file.list, {
				folder: '/mydrive/docs',
				kind: 'file',
				sort_by: 'size',
				sort_direction: 'desc',
			});
			expect(names(bySize)).toEqual(['plan.txt', 'budget.osheet', 'letter.docx']);
		});
	});

	test('are found by keyword, place, kind, size, time, owner and label', async () => {
		await withNas({}, async (scene) => {
			const search = async (given: object) => names(await scene.dsm.do(file.search, { sort_by: 'name', ...given }));
			expect(await search({ keyword: 'PLAN' })).toEqual(['plan.txt']);
			expect(await search({ folder: '/mydrive/docs/reports' })).toEqual([
				'a, "b" \u00fc \u{1F4C4} .txt',
				'january.csv',
			]);
			expect(await search({ location: 'team_folders' })).toEqual(['recipes.txt']);
			expect(await search({ location: 'mydrive', file_type: 'image' })).toEqual(['cat.jpg']);
			expect(await search({ file_type: 'custom', custom_file_type: 'csv' })).toEqual(['january.csv']);
			expect(await search({ owner: 'custom', custom_owner: 'bob' })).toEqual(['offer.txt', 'recipes.txt']);
			expect(await search({ labels: ['1'] })).toEqual(['plan.txt']);
			expect(await search({ location: 'mydrive', file_type: 'file', min_size: 20, max_size: 100 })).toEqual([
				'cat.jpg',
				'plan.txt',
			]);
			const start_date = new Date(scene.dsm.now() - 86_400_000).toISOString();
			expect(await search({ keyword: '.csv', start_date })).toEqual([]);
			expect(await search({ keyword: '.csv', time: 'created_time', start_date })).toEqual(['january.csv']);
		});
	});

	test('that were just written are found when the index has them', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.indexMs = 60_000;
			const find = async () => names(await scene.dsm.do(file.search, { keyword: 'plan' }));
			expect(await find()).toEqual([]);
			(scene.simulator.nas.clock as unknown as { advance: (ms: number) => void }).advance(61_000);
			expect(await find()).toEqual(['plan.txt']);
		});
	});

	test('are starred, unstarred, recent, shared, and know the folders above them', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(file.star, { path: '/mydrive/photos', others: ['/mydrive/docs/letter.docx'] });
			await dsm.do(file.unstar, { path: '/mydrive/docs/plan.txt' });
			expect(names(await dsm.do(file.listStarred, {}))).toEqual(['letter.docx', 'photos']);
			await dsm.do(file.rename, { path: '/mydrive/docs/letter.docx', name: 'letter 2.docx' });
			expect(names(await dsm.do(file.listRecent, {}))).toEqual(['letter 2.docx', 'plan.txt']);
			expect((await dsm.do(file.listSharedWithMe, {})).map((row) => row.display_path)).toEqual([
				'/shared-with-me/offer.txt',
			]);
			expect(names(await dsm.do(file.listSharedByMe, {}))).toEqual(['cat.jpg', 'plan.txt']);
			const above = await dsm.do(file.listAncestors, { path: '/mydrive/docs/reports/january.csv' });
			expect(above.map((row) => row.display_path)).toEqual(['/mydrive', '/mydrive/docs', '/mydrive/docs/reports']);
		});
	});

	test('have times, a thumbnail, and an owner who can be asked for access', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const dated = await dsm.do(file.setTimes, {
				path: '/mydrive/docs/plan.txt',
				modified_time: '2009-02-13T23:31:30Z',
			});
			expect(dated.modified_time).toBe('2009-02-13T23:31:30Z');
			const picture = await dsm.do(file.downloadThumbnail, { path: '/mydrive/photos/cat.jpg' });
			expect([picture.type, (await bytes(picture)).length]).toEqual(['image/jpeg', 22]);
			const offer = at(scene, '/mydrive/offer.txt', 'bob')!;
			await dsm.do(file.requestAccess, { path: offer.file_id });
			expect(stage(scene).accessRequests).toEqual([{ user: 'alice', node: offer }]);
		});
	});
});

describe('folders', () => {
	test('are listed with the roots first, and created with those above them', async () => {
		await withNas({}, async (scene) => {
			const paths = async (keyword = '') =>
				(await scene.dsm.do(folder.list, { keyword })).map((row) => row.display_path);
			expect(await paths()).toEqual([
				'/mydrive',
				'/team-folders/Family',
				...['backup', 'docs', 'inbox', 'photos', 'docs/reports'].map((name) => `/mydrive/${name}`),
			]);
			expect(await paths('fam')).toEqual(['/team-folders/Family']);
			const made = await scene.dsm.do(folder.create, { folder: '/mydrive/x/y', name: 'z' });
			expect([made.type, made.display_path]).toEqual(['dir', '/mydrive/x/y/z']);
			const error = await failure(scene.dsm.do(folder.create, { folder: '/mydrive/x/y', name: 'z' }));
			expect(error.dsmCode).toBe(1022);
			const same = await scene.dsm.do(folder.create, {
				folder: '/mydrive/x/y',
				name: 'z',
				conflict_action: 'overwrite',
			});
			expect(same.file_id).toBe(made.file_id);
		});
	});

	test.each(['task', 'stream'] as const)('come as ZIP, by a %s of the NAS', async (zip) => {
		await withNas({}, async (scene) => {
			stage(scene).switches.zip = zip;
			const one = await scene.dsm.do(file.download, { path: '/mydrive/docs/reports' });
			expect([one.name, one.type]).toEqual(['reports.zip', 'application/zip']);
			const entries = unzipSync(await bytes(one));
			expect(Buffer.from(entries['reports/january.csv']!).toString()).toBe('day,visitors\n1,20\n');
			const files = ['/mydrive/docs/plan.txt', '/mydrive/photos/cat.jpg'];
			const many = await scene.dsm.do(file.downloadZip, { files, name: 'pack' });
			expect([many.name, Object.keys(unzipSync(await bytes(many)))]).toEqual(['pack.zip', ['plan.txt', 'cat.jpg']]);
		});
	});
});

describe('Synology Office', () => {
	test('documents are exported when they are downloaded, and by name', async () => {
		await withNas({}, async ({ dsm }) => {
			const down = await dsm.do(file.download, { path: '/mydrive/docs/budget.osheet' });
			expect([down.name, await text(down)]).toEqual(['budget.xlsx', 'office stub\n']);
			const exported = await dsm.do(file.exportOffice, { path: '/mydrive/docs/budget.osheet' });
			expect(exported.type).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
			await bytes(exported);
			const error = await failure(dsm.do(file.exportOffice, { path: '/mydrive/docs/plan.txt' }));
			expect(error.message).toBe('"plan.txt" is no document of Synology Office.');
		});
	});

	test('files are converted, the source stays', async () => {
		await withNas({}, async (scene) => {
			const rows = await scene.dsm.do(file.convertToOffice, {
				path: '/mydrive/docs/letter.docx',
				to_folder: '/mydrive/inbox',
			});
			expect(rows.map(({ done, name }) => [done, name])).toEqual([[true, 'letter.odoc']]);
			expect([at(scene, '/mydrive/inbox/letter.odoc')?.name, at(scene, '/mydrive/docs/letter.docx')?.name]).toEqual([
				'letter.odoc',
				'letter.docx',
			]);
		});
	});
});
