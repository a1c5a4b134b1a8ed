import { describe, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { failure, withNas } from '../../support/nas';
import { at, file, source, stage, task, textAt } from './support';

describe('what the NAS does in the background', () => {
	test('a copy and a move are waited for', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const rows = await dsm.do(file.copy, { path: '/mydrive/docs', to_folder: '/mydrive/inbox' });
			expect(rows).toMatchObject([{ done: true, name: 'docs', path: '/inbox/docs', file_type: 'dir' }]);
			expect(textAt(scene, '/mydrive/inbox/docs/reports/january.csv')).toBe('day,visitors\n1,20\n');
			await dsm.do(file.move, {
				path: '/mydrive/docs/plan.txt',
				to_folder: '/mydrive/inbox',
				others: ['/mydrive/photos/cat.jpg'],
			});
			expect([...at(scene, '/mydrive/inbox')!.children.keys()]).toEqual(['docs', 'plan.txt', 'cat.jpg']);
		});
	});

	test('what failed for some files is a row, what failed for all is an error', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(file.copy, { path: '/mydrive/docs/plan.txt', to_folder: '/mydrive/inbox' });
			const files = { path: '/mydrive/docs/plan.txt', to_folder: '/mydrive/inbox', conflict_action: 'stop' as const };
			const rows = await dsm.do(file.copy, { ...files, others: ['/mydrive/photos/cat.jpg'] });
			expect(rows.map(({ done, name, code, error }) => [done, name, code, error])).toEqual([
				[true, 'cat.jpg', undefined, undefined],
				[false, 'plan.txt', 1022, 'An item of that name exists at the target: file operation is stopped'],
			]);
			const error = await failure(dsm.do(file.copy, files));
			expect([error.name, error.dsmCode, error.message]).toEqual([
				'DsmApiError',
				1022,
				'Copying of "plan.txt" failed: An item of that name exists at the target.',
			]);
		});
	});

	test('a delete goes to the trash, for ever by two steps', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const plan = at(scene, '/mydrive/docs/plan.txt')!;
			await dsm.do(file.delete, { path: '/mydrive/docs/plan.txt' });
			expect([at(scene, '/mydrive/docs/plan.txt'), plan.removed]).toEqual([undefined, true]);
			await dsm.do(file.delete, { path: plan.file_id, permanent: true });
			expect(stage(scene).byId.has(plan.file_id)).toBe(false);
			const cat = at(scene, '/mydrive/photos/cat.jpg')!;
			const rows = await dsm.do(file.deleteMany, {
				files: ['/mydrive/photos/cat.jpg', '/mydrive/docs/letter.docx'],
				permanent: true,
			});
			expect(rows.map(({ done, name }) => [done, name])).toEqual([
				[true, 'cat.jpg'],
				[true, 'letter.docx'],
			]);
			expect(stage(scene).byId.has(cat.file_id)).toBe(false);
		});
	});

	test('only the newest files of a folder are kept', async () => {
		await withNas({}, async (scene) => {
			for (let n = 1; n <= 5; n++) {
				stage(scene).put('alice', `/backup/dump-${n}.sql`, `dump ${n}`, { modified_time: 2_000_000_000 - n });
			}
			stage(scene).put('alice', '/backup/readme.md', 'stays');
			const rows = await scene.dsm.do(file.deleteOldest, { folder: '/mydrive/backup', keep: 2, pattern: 'dump-*.sql' });
			expect(rows.map(({ name }) => name).sort()).toEqual(['dump-1.sql', 'dump-2.sql', 'dump-3.sql']);
			expect([...at(scene, '/mydrive/backup')!.children.keys()]).toEqual(['dump-4.sql', 'dump-5.sql', 'readme.md']);
			expect(
				await scene.dsm.do(file.deleteOldest, { folder: '/mydrive/backup', keep: 2, pattern: 'dump-*.sql' }),
			).toEqual([]);
		});
	});

	test('files of shared folders are imported on the NAS', async () => {
		await withNas({}, async (scene) => {
			const docs = path.join(scene.simulator.nas.directory('volume1'), 'docs');
			mkdirSync(docs, { recursive: true });
			writeFileSync(path.join(docs, 'scan.pdf'), 'scan');
			const paths = ['/volume1/docs/scan.pdf', '/volume1/docs/none.pdf'];
			const rows = await scene.dsm.do(file.importFromNas, { paths, folder: '/mydrive/inbox' });
			expect(rows.map(({ done, name, code }) => [done, name, code])).toEqual([
				[true, 'scan.pdf', undefined],
				[false, 'none.pdf', 1003],
			]);
			expect(at(scene, '/mydrive/inbox/scan.pdf')?.content.size).toBe(4);
		});
	});

	test('one that is not known yet is looked for in the list', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.freshTaskFails = true;
			const rows = await scene.dsm.do(file.copy, { path: '/mydrive/docs/plan.txt', to_folder: '/mydrive/inbox' });
			expect(rows.map(({ name }) => name)).toEqual(['plan.txt']);
		});
	});

	test('one that vanished after it was seen counts as done', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.tasksVanish = true;
			const rows = await scene.dsm.do(file.copy, { path: '/mydrive/docs/plan.txt', to_folder: '/mydrive/inbox' });
			expect(rows).toEqual([{ done: true, path: '/mydrive/docs/plan.txt' }]);
			expect(at(scene, '/mydrive/inbox/plan.txt')?.name).toBe('plan.txt');
		});
	});

	test('one that takes too long is stopped and told', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.taskMs = 3_600_000;
			const error = await failure(
				scene.dsm.do(file.copy, { path: '/mydrive/docs/plan.txt', to_folder: '/mydrive/inbox', timeout: 20 }),
			);
			expect(error.message).toBe('Copying did not end within 20 seconds and was stopped.');
			expect(await scene.dsm.do(task.list, {})).toEqual([]);
		});
	});

	test('tasks are listed, read, waited for and cancelled', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const start = { files: ['/mydrive/docs/plan.txt'], to_parent_folder: '/mydrive/inbox' };
			const { async_task_id: task_id } = await dsm.call(
				{ api: 'SYNO.SynologyDrive.Files', method: 'copy', version: 10 },
				start,
			);
			expect(await dsm.do(task.get, { task_id })).toMatchObject({ task_id, status: 'in_progress', progress: 0 });
			expect((await dsm.do(task.wait, { task_id })).map(({ name }) => name)).toEqual(['plan.txt']);
			expect((await dsm.do(task.list, {})).map((row) => [row.task_id, row.status])).toEqual([[task_id, 'finished']]);
			await dsm.do(task.cancel, { task_id });
			expect(await dsm.do(task.list, {})).toEqual([]);
		});
	});

	test('an upload of 64 MB passes without being held in memory', async () => {
		await withNas({}, async (scene) => {
			const [size, chunk] = [64 * 2 ** 20, Buffer.alloc(2 ** 20, 7)];
			const large = {
				...source('large.bin', ''),
				size,
				open: async function* () {
					for (let n = 0; n < 64; n++) yield chunk;
				},
			};
			const made = await scene.dsm.do(file.upload, { folder: '/mydrive', file: large });
			expect([made.size, typeof at(scene, '/mydrive/large.bin')?.content.disk]).toEqual([size, 'string']);
			const { stream } = await scene.dsm.do(file.download, { path: made.file_id });
			let read = 0;
			for await (const part of stream) read += (part as Buffer).length;
			expect(read).toBe(size);
		});
	});
});
