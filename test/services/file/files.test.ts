import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { fileFromBytes } from '../../../src/core/multipart';
import { failure, withNas } from '../../support/nas';
import { clockOf } from '../../support/follow';
import { files, namesIn, state, textOf } from './stage';

const hello = fileFromBytes('hello.txt', Buffer.from('Hello'));

describe('files.upload', () => {
	test('puts a file into a folder that it creates, with its times, and files.download gives it back', async () => {
		await withNas({}, async ({ dsm }) => {
			const row = await dsm.do(files.upload, { folder: '/docs/new/deep', file: hello, mtime: '2009-05-04T10:00:00Z' });
			expect(row).toMatchObject({ path: '/docs/new/deep/hello.txt', name: 'hello.txt', is_dir: false, skipped: false });
			expect(row).toMatchObject({ size: 5, type: 'TXT', mtime: '2009-05-04T10:00:00Z' });
			const answer = await dsm.do(files.download, { path: '/docs/new/deep/hello.txt' });
			expect([answer.name, answer.size, await textOf(answer)]).toEqual(['hello.txt', 5, 'Hello']);
		});
	});

	test('takes another name, also one with commas, quotes, blanks at its end and pictures', async () => {
		await withNas({}, async (scene) => {
			const odd = 'a, b "c" 🎉 .txt ';
			await scene.dsm.do(files.upload, { folder: '/docs', file: hello, filename: odd });
			expect(namesIn(scene, '/docs')).toEqual([odd]);
		});
	});

	test('of a file that exists fails, keeps it, or replaces it, as wished', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			state(scene).write('/docs/hello.txt', { content: 'Old' });
			const told = await failure(dsm.do(files.upload, { folder: '/docs', file: hello }));
			expect([told.dsmCode, told.message]).toEqual([414, 'The file already exists (code 414).']);
			simulator.nas.switches.uploadConflictCode = 1805;
			expect((await failure(dsm.do(files.upload, { folder: '/docs', file: hello }))).dsmCode).toBe(1805);
			const kept = await dsm.do(files.upload, { folder: '/docs', file: hello, conflict: 'skip' });
			expect([kept.skipped, kept.size]).toEqual([true, 3]);
			const replaced = await dsm.do(files.upload, { folder: '/docs', file: hello, conflict: 'overwrite' });
			expect([replaced.skipped, replaced.size]).toEqual([false, 5]);
		});
	});

	test('that DSM kept although nobody wished so is an error, and no success', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.FileStation.Upload.upload': () => ({ data: { blSkip: true, file: 'hello.txt' } }) });
			const told = await failure(dsm.do(files.upload, { folder: '/docs', file: hello, conflict: 'overwrite' }));
			expect([told.dsmCode, told.message]).toEqual([
				414,
				'"/docs/hello.txt" exists and was kept: nothing was written.',
			]);
		});
	});

	test('of which only half arrived is no success', async () => {
		await withNas({}, async (scene) => {
			const half = () => {
				state(scene).write('/docs/hello.txt', { content: 'He' });
				return { data: { blSkip: false, file: 'hello.txt' } };
			};
			scene.simulator.use({ 'SYNO.FileStation.Upload.upload': half });
			const told = await failure(scene.dsm.do(files.upload, { folder: '/docs', file: hello }));
			expect(told.message).toBe('"/docs/hello.txt" has 2 bytes on the NAS instead of 5.');
		});
	});

	test.each([
		['a used up quota', 415, 'The quota of the account is used up (code 415).'],
		['a full volume', 416, 'There is no space left on the volume (code 416).'],
		['a folder that may only be read', 407, 'The operation is not permitted here (code 407).'],
		['a file system that takes no writes', 411, 'The file system is read-only (code 411).'],
	])('into %s says so', async (_, code, message) => {
		await withNas({}, async (scene) => {
			const { volume } = state(scene);
			const docs = volume.shares.get('docs')!;
			if (code === 415) volume.quotas.set('alice', 1);
			if (code === 416) volume.totalBytes = volume.usedBytes + 4;
			if (code === 407) docs.rights.set('alice', 'RO');
			if (code === 411) docs.readOnly = true;
			const told = await failure(scene.dsm.do(files.upload, { folder: '/docs', file: hello }));
			expect([told.dsmCode, told.message]).toEqual([code, message]);
			expect(namesIn(scene, '/docs')).toEqual([]);
		});
	});
});

describe('paths', () => {
	test.each([
		['C:\\docs\\a.txt', 'is a path of Windows'],
		['\\\\nas\\docs', 'is a network path'],
		['/Volumes/docs', 'is a path of macOS'],
		['docs/a.txt', 'is no path of the NAS'],
		['/docs/../homes', 'holds a step like ".."'],
	])('%s is refused before anything is sent', async (path, reason) => {
		await withNas({}, async ({ dsm, simulator }) => {
			const told = await failure(dsm.do(files.get, { path }));
			expect([told.code, told.message]).toEqual(['input', expect.stringContaining(reason)]);
			expect(simulator.requests).toEqual([]);
		});
	});

	test('as SSH shows them, and with a slash at the end, are understood', async () => {
		await withNas({}, async ({ dsm }) => {
			expect((await dsm.do(files.get, { path: '/volume1/homes/carol/plans/' })).path).toBe('/homes/carol/plans');
		});
	});
});

describe('looking at files', () => {
	test('files.get gives everything of one, and 408 where there is nothing, however DSM says it', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const row = await dsm.do(files.get, { path: '/homes/carol/plans/floor.txt' });
			expect(row).toMatchObject({
				real_path: '/volume1/homes/carol/plans/floor.txt',
				size: 20,
				owner: 'carol',
				group: 'users',
				posix: 711,
				acl_write: true,
			});
			for (const answer of ['entry', 'none', 408] as const) {
				simulator.nas.switches.missingPathAnswer = answer;
				const told = await failure(dsm.do(files.get, { path: '/docs/none' }));
				expect([told.dsmCode, told.message]).toEqual([408, expect.stringContaining('/docs/none')]);
			}
		});
	});

	test('files.getMany and files.checkExists tell what is there and what is not', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			for (const answer of ['entry', 'none', 408] as const) {
				simulator.nas.switches.missingPathAnswer = answer;
				const rows = await dsm.do(files.getMany, {
					paths: ['/homes/carol/plans', '/docs/none', '/homes/carol/plans/floor.txt'],
				});
				expect(rows.map(({ path, exists }) => [path, exists])).toEqual([
					['/homes/carol/plans', true],
					['/docs/none', false],
					['/homes/carol/plans/floor.txt', true],
				]);
			}
			expect(await dsm.do(files.checkExists, { path: '/homes/carol/plans' })).toEqual({
				path: '/homes/carol/plans',
				exists: true,
				is_dir: true,
			});
			expect(await dsm.do(files.checkExists, { path: '/docs/none' })).toEqual({ path: '/docs/none', exists: false });
		});
	});

	test('files.checkWrite says why a file may not be written', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			const { dsm } = scene;
			const check = async (more: object = {}) =>
				await dsm.do(files.checkWrite, { folder: '/docs', filename: 'a.txt', ...more });
			expect(await check()).toEqual({ path: '/docs/a.txt', allowed: true });
			state(scene).write('/docs/a.txt');
			expect(await check()).toMatchObject({ allowed: false, code: 414 });
			expect(await check({ conflict: 'overwrite' })).toMatchObject({ allowed: true });
			state(scene).volume.shares.get('docs')!.rights.set('bob', 'RO');
			expect(await check()).toMatchObject({
				allowed: false,
				code: 407,
				reason: expect.stringContaining('not permitted'),
			});
		});
	});

	test('files.getChecksum survives a task that is not registered yet and one that is forgotten at once', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			state(scene).write('/docs/a.txt', { content: 'Hello' });
			const wanted = { path: '/docs/a.txt', md5: '8b1a9953c4611296a827abf8c47804d7' };
			expect(await dsm.do(files.getChecksum, { path: '/docs/a.txt' })).toEqual(wanted);
			state(scene).switches.statusRace = 2;
			expect(await dsm.do(files.getChecksum, { path: '/docs/a.txt' })).toEqual(wanted);
			state(scene).switches.statusRace = 99;
			expect((await failure(dsm.do(files.getChecksum, { path: '/docs/a.txt' }))).dsmCode).toBe(599);
		});
	});

	test('files.getThumbnail gives a picture, and says what it cannot be made of', async () => {
		await withNas({}, async ({ dsm }) => {
			const answer = await dsm.do(files.getThumbnail, { path: '/homes/carol/plans/rack.png', size: 'medium' });
			expect([answer.type, (await textOf(answer)).slice(1, 4)]).toEqual(['image/png', 'PNG']);
			const told = await failure(dsm.do(files.getThumbnail, { path: '/homes/carol/plans/floor.txt' }));
			expect(told.message).toBe('There is no file "/homes/carol/plans/floor.txt", or no picture can be made of it.');
		});
	});

	test('files.downloadZip gives several files and folders as an archive', async () => {
		await withNas({}, async (scene) => {
			state(scene).write('/docs/a, b.txt', { content: 'A' });
			const { stream, type } = await scene.dsm.do(files.downloadZip, { paths: '/docs/a, b.txt, /homes/carol/plans' });
			const chunks: Uint8Array[] = [];
			for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
			const content = unzipSync(Buffer.concat(chunks));
			expect([type, Object.keys(content).sort()]).toEqual([
				'application/zip',
				['a, b.txt', 'plans/budget.csv', 'plans/floor.txt', 'plans/rack.png'],
			]);
			expect(Buffer.from(content['a, b.txt']!).toString()).toBe('A');
		});
	});
});

describe('files.rename', () => {
	test('gives another name, keeps the times, and explains a name that is taken', async () => {
		await withNas({}, async (scene) => {
			state(scene).write('/docs/a.txt', { content: 'A' });
			clockOf(scene).advance(60_000);
			const before = await scene.dsm.do(files.get, { path: '/docs/a.txt' });
			const row = await scene.dsm.do(files.rename, { path: '/docs/a.txt', name: 'ä b,c.txt' });
			expect([row.path, row.crtime]).toEqual(['/docs/ä b,c.txt', before.crtime]);
			state(scene).write('/docs/b.txt');
			const told = await failure(scene.dsm.do(files.rename, { path: '/docs/b.txt', name: 'ä b,c.txt' }));
			expect([told.dsmCode, told.message]).toEqual([1200, expect.stringContaining('The file already exists (414)')]);
		});
	});
});
