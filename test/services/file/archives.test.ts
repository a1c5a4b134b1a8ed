import { describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { fileFromBytes } from '../../../src/core/multipart';
import { failure, withNas } from '../../support/nas';
import { archives, files, namesIn, state, textOf } from './stage';

describe('archives', () => {
	test('archives.compress makes one, archives.listItems shows it, archives.extract takes it out', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const made = await dsm.do(archives.compress, { paths: '/homes/carol/plans', archive: '/docs/plans.zip' });
			expect(made).toMatchObject({ path: '/docs/plans.zip', is_dir: false });
			const rows = await dsm.do(archives.listItems, { path: '/docs/plans.zip' });
			expect(rows.map(({ path, size }) => [path, size])).toEqual([
				['plans/budget.csv', 20],
				['plans/floor.txt', 20],
				['plans/rack.png', expect.any(Number)],
			]);
			state(scene).mkdir('/docs/out');
			const where = await dsm.do(archives.extract, { path: '/docs/plans.zip', destination: '/docs/out' });
			expect([where.path, namesIn(scene, '/docs/out/plans')]).toEqual([
				'/docs/out',
				['budget.csv', 'floor.txt', 'rack.png'],
			]);
			const floor = rows.find(({ name }) => name === 'floor.txt')!;
			await dsm.do(archives.extract, {
				path: '/docs/plans.zip',
				destination: '/docs/out',
				item_id: [floor.item_id],
				keep_dir: false,
				create_subfolder: true,
			});
			expect(namesIn(scene, '/docs/out/plans')).toEqual(['budget.csv', 'floor.txt', 'rack.png']);
			expect(await textOf(await dsm.do(files.download, { path: '/docs/out/plans/floor.txt' }))).toBe(
				'Rack 1: two servers\n',
			);
		});
	});

	test('made elsewhere are read, and files that exist stay unless they may be replaced', async () => {
		await withNas({}, async (scene) => {
			const zip = Buffer.from(zipSync({ 'a.txt': Buffer.from('new'), 'b/ü.txt': Buffer.from('B') }));
			await scene.dsm.do(files.upload, { folder: '/docs', file: fileFromBytes('x.zip', zip) });
			state(scene).write('/docs/out/a.txt', { content: 'old' });
			const extract = { path: '/docs/x.zip', destination: '/docs/out' };
			const content = async () => await textOf(await scene.dsm.do(files.download, { path: '/docs/out/a.txt' }));
			await scene.dsm.do(archives.extract, extract);
			expect([await content(), namesIn(scene, '/docs/out/b')]).toEqual(['old', ['ü.txt']]);
			await scene.dsm.do(archives.extract, { ...extract, overwrite: true });
			expect(await content()).toBe('new');
		});
	});

	test('with a password need it', async () => {
		await withNas({}, async ({ dsm }) => {
			await dsm.do(archives.compress, { paths: '/homes/carol/plans', archive: '/docs/p.zip', password: 's3cret' });
			const told = await failure(
				dsm.do(archives.extract, { path: '/docs/p.zip', destination: '/docs', password: 'wrong' }),
			);
			expect([told.dsmCode, told.message]).toEqual([
				1403,
				expect.stringContaining('The password of the archive is wrong'),
			]);
			expect(await dsm.do(archives.listItems, { path: '/docs/p.zip', password: 's3cret' })).toHaveLength(3);
		});
	});

	test('that are none, or whose content is not there, are refused', async () => {
		await withNas({}, async ({ dsm }) => {
			expect((await failure(dsm.do(archives.listItems, { path: '/homes/carol/plans/floor.txt' }))).dsmCode).toBe(1401);
			const told = await failure(
				dsm.do(archives.extract, { path: '/homes/carol/plans/floor.txt', destination: '/docs' }),
			);
			expect([told.dsmCode, told.hint]).toEqual([1401, 'Check the file.']);
			const other = await failure(
				dsm.do(archives.compress, { paths: ['/homes/carol/plans', '/docs/none'], archive: '/docs/x.zip' }),
			);
			expect(other.message).toContain('/docs/none: there is no such file or folder (408)');
		});
	});
});
