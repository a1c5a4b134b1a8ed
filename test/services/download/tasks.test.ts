import { describe, expect, test } from '@jest/globals';
import { fileFromBytes } from '../../../src/core/multipart';
import { filesOf } from '../../../src/simulator/services/file';
import { failure, withNas } from '../../support/nas';
import { later, fileLists, state, tasks } from './stage';

const ISO = 'https://files.example/release, 1.iso';

describe('download tasks', () => {
	test('are created from addresses, go on in time, and put their file where it belongs', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			const { task_ids } = await dsm.do(tasks.create, { urls: ISO });
			expect(task_ids).toEqual(['dbid_2']);
			expect(await dsm.do(tasks.get, { task_id: 'dbid_2' })).toMatchObject({
				title: 'release, 1.iso',
				status: 'waiting',
				size: 10_000_000,
				destination: 'home',
				completed_time: null,
			});
			later(scene, 6);
			const running = await dsm.do(tasks.get, { task_id: 'dbid_2' });
			expect([running.status, running.size_downloaded, running.speed_download]).toEqual([
				'downloading',
				5_000_000,
				1_000_000,
			]);
			const seen = await dsm.do(tasks.wait, { task_id: 'dbid_2' });
			expect([seen.status, seen.completed_time]).toEqual(['finished', expect.stringMatching(/Z$/)]);
			expect(filesOf(simulator.nas).get(simulator.nas.user('alice'), '/home/release, 1.iso').kind).toBe('file');
		});
	});

	test('are created by the older family where the newer one is missing or too old, and their IDs are found', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			simulator.nas.apis.get('SYNO.DownloadStation2.Task')!.maxVersion = 1;
			const made = await dsm.do(tasks.create, { urls: [ISO, 'magnet:?xt=urn:btih:1&dn=Debian'] });
			expect(made.task_ids).toEqual(['dbid_2', 'dbid_3']);
			expect([...state(scene).tasks.values()].map(({ title }) => title)).toEqual([
				'a, b.iso',
				'release, 1.iso',
				'Debian',
			]);
			expect(simulator.requests.some(({ api }) => api === 'SYNO.DownloadStation2.Task')).toBe(false);
		});
	});

	test('are created from a torrent file, which is given back byte for byte', async () => {
		await withNas({}, async ({ dsm }) => {
			const file = fileFromBytes('debian.torrent', Buffer.from('d8:announce3:xyze'));
			const { task_ids } = await dsm.do(tasks.createFromFile, { file });
			const answer = await dsm.do(tasks.downloadTorrent, { task_id: task_ids[0]! });
			const chunks: Uint8Array[] = [];
			for await (const chunk of answer.stream) chunks.push(chunk as Uint8Array);
			expect(Buffer.concat(chunks).toString()).toBe('d8:announce3:xyze');
			expect(await dsm.do(tasks.get, { task_id: task_ids[0]! })).toMatchObject({ type: 'bt' });
		});
	});

	test('that cannot begin say why: no folder, no right, no default, no address', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			const { dsm } = scene;
			const refusal = async (destination?: string) =>
				(await failure(dsm.do(tasks.create, { urls: ISO, ...(destination && { destination }) }))).message;
			expect(await refusal('docs/none')).toBe('The destination does not exist (code 403).');
			filesOf(scene.simulator.nas).volume.shares.get('docs')!.rights.set('bob', 'RO');
			expect(await refusal('/docs')).toBe('The account may not write to the destination (code 402).');
			state(scene).defaults.clear();
			expect(await refusal()).toBe('There is no default destination (code 406).');
			expect((await failure(dsm.do(tasks.create, { urls: 'file.iso' }))).code).toBe('input');
		});
	});

	test('are paused and resumed; what became of each is told, a failure of all is an error', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			for (const wrapped of [false, true]) {
				state(scene).switches.wrappedResults = wrapped;
				const [id = ''] = (await dsm.do(tasks.create, { urls: ISO })).task_ids;
				expect(await dsm.do(tasks.pause, { task_ids: [id, 'dbid_1', 'dbid_99'] })).toEqual([
					{ id, done: true },
					{ id: 'dbid_1', done: false, code: 405, error: 'The download task is in a state that does not allow this' },
					{ id: 'dbid_99', done: false, code: 404, error: 'There is no such download task' },
				]);
				expect(await dsm.do(tasks.resume, { task_ids: id })).toEqual([{ id, done: true }]);
				const told = await failure(dsm.do(tasks.pause, { task_ids: 'dbid_1' }));
				expect([told.dsmCode, told.message]).toEqual([
					405,
					'The download task is in a state that does not allow this: dbid_1 (code 405).',
				]);
				await dsm.do(tasks.delete, { task_ids: id });
			}
			expect([...state(scene).tasks.keys()]).toEqual(['dbid_1']);
		});
	});

	test('all at once are paused, resumed, and cleared when they are done', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(tasks.create, { urls: [ISO, `${ISO}2`] });
			await dsm.do(tasks.pauseAll, {});
			expect((await dsm.do(tasks.list, { status: 'paused' })).map(({ id }) => id)).toEqual(['dbid_2', 'dbid_3']);
			await dsm.do(tasks.resumeAll, {});
			expect(await dsm.do(tasks.list, { status: 'paused' })).toEqual([]);
			await dsm.do(tasks.clearFinished, {});
			expect((await dsm.do(tasks.list, {})).map(({ id }) => id)).toEqual(['dbid_2', 'dbid_3']);
		});
	});

	test('get another destination or priority, and one that keeps the old one is no success', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const changed = await dsm.do(tasks.update, { task_id: 'dbid_1', destination: '/docs', priority: 'high' });
			expect(changed).toMatchObject({ destination: 'docs', priority: 'high' });
			simulator.use({ 'SYNO.DownloadStation.Task.edit': () => ({ data: {} }) });
			const told = await failure(dsm.do(tasks.update, { task_id: 'dbid_1', destination: 'home' }));
			expect(told.message).toContain('keeps its destination');
			expect((await failure(dsm.do(tasks.update, { task_id: 'dbid_1' }))).code).toBe('input');
		});
	});

	test('that fail are an error of who waits; the timeout is one, too, and the task goes on', async () => {
		await withNas({}, async ({ dsm }) => {
			const [id = ''] = (await dsm.do(tasks.create, { urls: 'https://files.example/broken.iso' })).task_ids;
			expect((await failure(dsm.do(tasks.wait, { task_id: id }))).message).toBe(
				'The download of "broken.iso" failed: broken_link.',
			);
			const [slow = ''] = (await dsm.do(tasks.create, { urls: ISO })).task_ids;
			expect((await failure(dsm.do(tasks.wait, { task_id: slow, timeout: 2 }))).message).toContain(
				'did not end within 2',
			);
			expect((await dsm.do(tasks.get, { task_id: slow })).status).toBe('downloading');
			expect((await failure(dsm.do(tasks.get, { task_id: 'dbid_99' }))).message).toBe(
				'There is no such download task.',
			);
		});
	});

	test('of torrents have files, trackers and peers, and stop seeding', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const [task_id = ''] = (await dsm.do(tasks.create, { urls: 'magnet:?xt=urn:btih:1&dn=Debian' })).task_ids;
			expect(await dsm.do(tasks.listFiles, { task_id })).toMatchObject([{ filename: 'Debian', size: 10_000_000 }]);
			expect(await dsm.do(tasks.listTrackers, { task_id })).toMatchObject([{ status: 'Success', seeds: 2 }]);
			expect(await dsm.do(tasks.listPeers, { task_id })).toMatchObject([{ address: '192.0.2.7', progress: 0.5 }]);
			expect(await dsm.do(tasks.listFiles, { task_id: 'dbid_1' })).toEqual([]);
			later(scene, 15);
			expect((await dsm.do(tasks.wait, { task_id })).status).toBe('seeding');
			await dsm.do(tasks.stopSeeding, { task_id });
			expect((await dsm.do(tasks.get, { task_id })).status).toBe('finished');
		});
	});
});

describe('a torrent', () => {
	test('has limits of its own, of which only what is given changes, and files that are left out', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const [task_id = ''] = (await dsm.do(tasks.create, { urls: 'magnet:?xt=urn:btih:1&dn=Debian' })).task_ids;
			await dsm.do(tasks.updateTorrentLimits, { task_id, max_upload_rate: 50, priority: 'high' });
			const limits = await dsm.do(tasks.updateTorrentLimits, { task_id, max_peers: '8' });
			expect(limits).toMatchObject({ max_upload_rate: 50, max_peers: 8, max_download_rate: 0, priority: 'high' });
			expect(await dsm.do(tasks.getTorrentLimits, { task_id })).toEqual(limits);
			expect((await failure(dsm.do(tasks.updateTorrentLimits, { task_id }))).code).toBe('input');
			await dsm.do(tasks.setFiles, { task_id, indexes: '0', wanted: false, priority: 'low' });
			expect(await dsm.do(tasks.listFiles, { task_id })).toMatchObject([{ wanted: false, priority: 'low' }]);
			expect((await failure(dsm.do(tasks.setFiles, { task_id, indexes: '7' }))).dsmCode).toBe(120);
		});
	});

	test('is created from a file that is on the NAS already', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const { task_ids } = await dsm.do(tasks.createFromPath, { path: '/docs/new, one.torrent', destination: 'home' });
			expect(task_ids).toEqual(['dbid_2']);
			expect(state(scene).tasks.get('dbid_2')).toMatchObject({ type: 'bt', destination: 'home' });
			for (const path of ['docs/movie.mkv', 'one.torrent', '/a'.repeat(10_000), 'docs/.torrent'])
				expect((await failure(dsm.do(tasks.createFromPath, { path }))).code).toBe('input');
		});
	});
});

test('an archive is waited for until it is extracted', async () => {
	await withNas({}, async (scene) => {
		const { dsm } = scene;
		state(scene).settings.AutoExtraction!.enable_unzip = true;
		const [task_id = ''] = (await dsm.do(tasks.create, { urls: 'https://files.example/a.zip' })).task_ids;
		later(scene, 12.5);
		expect(await dsm.do(tasks.get, { task_id })).toMatchObject({ status: 'extracting', unzip_progress: 50 });
		expect((await dsm.do(tasks.wait, { task_id })).status).toBe('finished');
	});
});

describe('a file list', () => {
	test('whose start takes too long is taken back', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const [list_id = ''] = (await dsm.do(fileLists.create, { urls: 'magnet:?xt=urn:btih:1' })).list_ids;
			simulator.use({
				'SYNO.DownloadStation2.Task.List.Polling.download_status': () => ({ data: { finish: false } }),
			});
			const told = await failure(dsm.do(fileLists.start, { list_id, indexes: '0', destination: 'home' }));
			expect(told.message).toBe('Starting the download did not end within 60 seconds and was stopped.');
			expect(simulator.requests.at(-1)?.method).toBe('download_stop');
		});
	});

	test('lets files be chosen before anything is downloaded', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const { list_ids } = await dsm.do(fileLists.create, { urls: 'magnet:?xt=urn:btih:1' });
			const list_id = list_ids[0]!;
			expect(await dsm.do(fileLists.get, { list_id })).toMatchObject({
				files: [
					{ index: 0, name: 'a.mkv' },
					{ index: 1, name: 'b.txt' },
				],
			});
			expect(state(scene).tasks.size).toBe(1);
			expect(await dsm.do(fileLists.start, { list_id, indexes: '0', destination: 'home' })).toEqual({
				task_ids: ['dbid_2'],
			});
			await dsm.do(fileLists.delete, { list_id });
			expect((await failure(dsm.do(fileLists.get, { list_id }))).dsmCode).toBe(404);
		});
	});
});
