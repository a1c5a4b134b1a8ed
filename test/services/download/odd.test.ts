import { describe, expect, test } from '@jest/globals';
import { spaceLow } from '../../../src/services/download/triggers/spaceLow';
import { taskFinished } from '../../../src/services/download/triggers/taskEvents';
import { filesOf } from '../../../src/simulator/services/file';
import { failure, withNas } from '../../support/nas';
import { following } from '../../support/follow';
import { fileLists, later, state, stations, tasks } from './stage';

const TASK = 'SYNO.DownloadStation.Task';
const TASK2 = 'SYNO.DownloadStation2.Task';
const url = (name: string) => `https://files.example/${name}`;

describe('what became of tasks', () => {
	test('is not known of one that an answer about others leaves out; a bare success counts for all', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ [`${TASK}.pause`]: () => ({ data: [{ id: 'dbid_1', error: 0 }] }) });
			expect(await dsm.do(tasks.pause, { task_ids: 'dbid_1, dbid_2' })).toEqual([
				{ id: 'dbid_1', done: true },
				{ id: 'dbid_2', done: false, error: 'Download Station did not tell' },
			]);
			for (const answer of [{}, { data: null }, { data: {} }]) {
				simulator.use({ [`${TASK}.resume`]: () => answer });
				expect(await dsm.do(tasks.resume, { task_ids: 'dbid_1' })).toEqual([{ id: 'dbid_1', done: true }]);
			}
			expect((await failure(dsm.do(tasks.delete, { task_ids: ' , ' }))).code).toBe('input');
		});
	});

	test('is found out where an answer names no new task, also of odd names', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			const odd = [url('100%'), url(`it's "new", 🎧.iso`), 'magnet:?xt=urn:btih:1&dn=AC%2FDC'];
			for (const answer of [{ data: { task_id: [], list_id: [] } }, { data: {} }]) {
				simulator.use({
					[`${TASK2}.create`]: ({ params }) => {
						for (const uri of params.url as string[]) state(scene).add({ uri });
						return answer;
					},
				});
				const { task_ids } = await dsm.do(tasks.create, { urls: odd });
				const rows = [...state(scene).tasks.values()].slice(-3);
				expect(task_ids).toEqual(rows.map(({ id }) => id));
				expect(rows.map(({ title }) => title)).toEqual(['100%', `it's "new", 🎧.iso`, 'AC_DC']);
			}
		});
	});

	test('of several is told of each: one fails, the others are done', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const { task_ids } = await dsm.do(tasks.create, { urls: [url('a.iso'), url('broken.iso'), url('c.iso')] });
			later(scene, 60);
			expect((await dsm.do(tasks.list, {})).slice(-3).map(({ status }) => status)).toEqual([
				'finished',
				'error',
				'finished',
			]);
			expect((await dsm.do(tasks.wait, { task_id: task_ids[2]! })).status).toBe('finished');
		});
	});

	test('is kept on the disk of a task that was not whole, if wanted', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			const { task_ids } = await dsm.do(tasks.create, { urls: url('part.iso') });
			later(scene, 6);
			await dsm.do(tasks.delete, { task_ids, keep_partial: true });
			const kept = filesOf(simulator.nas).get(simulator.nas.user('alice'), '/home/part.iso');
			expect(kept).toMatchObject({ kind: 'file', size: 5_000_000 });
		});
	});
});

describe('waiting for a task', () => {
	test('that vanishes is an error at once; one that takes too long goes on, as is said', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			const [slow = ''] = (await dsm.do(tasks.create, { urls: url('slow.iso') })).task_ids;
			expect((await failure(dsm.do(tasks.wait, { task_id: slow, timeout: 2 }))).message).toBe(
				'The download did not end within 2 seconds and goes on.',
			);
			let looks = 0;
			simulator.use({
				[`${TASK}.getinfo`]: () => {
					if (++looks === 2) state(scene).tasks.delete(slow);
					return undefined;
				},
			});
			const told = await failure(dsm.do(tasks.wait, { task_id: slow }));
			expect([told.dsmCode, told.message]).toEqual([404, 'There is no such download task.']);
			expect(looks).toBe(2);
		});
	});

	test('understands the numbers that some packages give for states', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const told = (status: unknown) => {
				const row = { id: 'dbid_1', title: 'x', status, size: 1 };
				simulator.use({ [`${TASK}.getinfo`]: () => ({ data: { tasks: [row] } }) });
				return dsm.do(tasks.wait, { task_id: 'dbid_1', timeout: 3 });
			};
			expect((await told(5)).status).toBe('finished');
			expect((await told('8')).status).toBe('seeding');
			expect((await failure(told(102))).message).toContain('The download of "x" failed');
			expect((await failure(told('captcha_needed'))).message).toContain('goes on');
		});
	});

	test('and its trigger know them, too', async () => {
		await following(taskFinished, {}, async (follower, { simulator }) => {
			const list = (status: number) => ({
				data: { offset: 0, total: 1, tasks: [{ id: 'dbid_1', title: 'x', status }] },
			});
			simulator.use({ [`${TASK}.list`]: () => list(2) });
			expect(await follower.poll()).toEqual([]);
			simulator.use({ [`${TASK}.list`]: () => list(5) });
			expect(await follower.poll()).toMatchObject([{ id: 'dbid_1', status: 'finished' }]);
		});
	});
});

describe('a choice of files', () => {
	test('that names none is refused, and takes no file for an empty place', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const [list_id = ''] = (await dsm.do(fileLists.create, { urls: 'magnet:?xt=urn:btih:1' })).list_ids;
			for (const indexes of ['a', '1,,2', ' ', '1,', '-1'])
				expect((await failure(dsm.do(fileLists.start, { list_id, indexes, destination: 'home' }))).code).toBe('input');
			await dsm.do(fileLists.start, { list_id, indexes: '0, 1', destination: '/home/' });
			const sent = simulator.requests.find(({ method }) => method === 'download')?.params;
			expect(sent).toMatchObject({ file_indexes: '0,1', destination: 'home' });
		});
	});
});

describe('settings', () => {
	test('that change nothing are refused; a destination may have slashes around it', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const refused = [
				await failure(dsm.do(stations.updateSettings, {})),
				await failure(dsm.do(stations.updateTorrentSettings, {})),
				await failure(dsm.do(stations.updateWebSettings, {})),
				await failure(dsm.do(stations.updateTaskSettings, {})),
			];
			expect(refused.map(({ code }) => code)).toEqual(['input', 'input', 'input', 'input']);
			await dsm.do(stations.setDestination, { destination: '/volume1/docs/' });
			expect(state(scene).defaults.get('alice')).toBe('docs');
			expect((await failure(dsm.do(stations.setDestination, { destination: '/' }))).code).toBe('input');
			expect((await failure(dsm.do(tasks.create, { urls: url('a'), destination: '/' }))).code).toBe('input');
		});
	});

	test('of the watch over space take a folder as the list gives it', async () => {
		await following(spaceLow, { folder: '/docs', megabytes: 100 }, async (follower, scene) => {
			const { volume } = filesOf(scene.simulator.nas);
			volume.totalBytes = volume.usedBytes + 90_000_000;
			expect(await follower.poll()).toMatchObject([{ name: 'docs', freespace: 90_000_000 }]);
		});
	});
});

test.each([105, 106, 119] as const)('a session that is over is renewed where an old CGI says %s', async (code) => {
	await withNas({}, async ({ dsm, simulator }) => {
		await dsm.do(tasks.list, {});
		simulator.nas.switches.oldCgiExpiredCode = code;
		simulator.nas.faults.loseSessions(106);
		expect(await dsm.do(tasks.list, {})).toHaveLength(1);
	});
});
