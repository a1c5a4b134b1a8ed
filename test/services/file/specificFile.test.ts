import { describe, expect, test } from '@jest/globals';
import { specificFileChanged } from '../../../src/services/file/triggers/specificFile';
import { clockOf, following, Follower } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { callsSince, state } from './stage';

const path = '/docs/plans/floor.txt';
type Following = Follower<
	typeof specificFileChanged.params,
	typeof specificFileChanged.cursor,
	typeof specificFileChanged.event
>;

const prepared = async (run: (follower: Following, scene: Scene) => Promise<void>, given: object = {}) =>
	await withNas({}, async (scene) => {
		state(scene).write(path, { content: 'first' });
		state(scene).write('/docs/plans/other.txt', { content: 'other' });
		clockOf(scene).advance(60_000);
		const follower = await new Follower(specificFileChanged, scene.dsm, { path, ...given }).start();
		clockOf(scene).advance(60_000);
		await run(follower, scene);
	});

describe('a specific file of File Station', () => {
	test('is told of when its content changes, when it is gone, and when it appears again; nothing else in its folder is', async () => {
		await prepared(async (follower, scene) => {
			state(scene).write('/docs/plans/other.txt', { content: 'changed' });
			expect(await follower.poll()).toEqual([]);
			state(scene).write(path, { content: 'second!' });
			clockOf(scene).advance(60_000);
			expect(await follower.poll()).toMatchObject([
				{ change: 'changed', path, name: 'floor.txt', folder: '/docs/plans', is_dir: false, size: 7 },
			]);
			state(scene).move(path, '/docs/elsewhere.txt');
			expect(await follower.poll()).toMatchObject([{ change: 'deleted', path, name: 'floor.txt', size: 7 }]);
			expect(await follower.poll()).toEqual([]);
			state(scene).write(path, { content: 'third' });
			clockOf(scene).advance(60_000);
			expect(await follower.poll()).toMatchObject([{ change: 'appeared', path, size: 5 }]);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('costs one small request, however large its folder is', async () => {
		await prepared(async (follower, scene) => {
			await follower.poll();
			const before = scene.simulator.requests.length;
			await follower.poll();
			expect(callsSince(scene, before)).toEqual(['List.getinfo']);
			const { params } = scene.simulator.requests.at(-1)!;
			expect(params).toMatchObject({ path: [path, '/docs'] });
		});
	});

	test('is told of when it has stayed the same for a while, once, however often it was written', async () => {
		await prepared(async (follower, scene) => {
			for (const content of ['a', 'ab', 'abc']) {
				state(scene).write(path, { content });
				clockOf(scene).advance(5_000);
				expect(await follower.poll()).toEqual([]);
			}
			clockOf(scene).advance(6_000);
			expect(await follower.poll()).toMatchObject([{ change: 'changed', size: 3 }]);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('is not gone when it is put aside for a moment, nor when its shared folder cannot be seen', async () => {
		await prepared(async (follower, scene) => {
			let questions = 0;
			scene.simulator.use({
				'SYNO.FileStation.List.getinfo': () =>
					questions++ === 0
						? {
								data: {
									files: [
										{ path: '/docs', name: 'docs', isdir: true },
										{ path, code: 408 },
									],
								},
							}
						: undefined,
			});
			expect(await follower.poll()).toEqual([]);
			expect(questions).toBe(2);
			scene.simulator.use({
				'SYNO.FileStation.List.getinfo': () => ({
					data: {
						files: [
							{ path: '/docs', code: 408 },
							{ path, code: 408 },
						],
					},
				}),
			});
			expect((await failure(follower.poll())).message).toContain('leaves out the shared folder "/docs"');
		});
	});

	test('is told of only in the chosen cases', async () => {
		await prepared(
			async (follower, scene) => {
				state(scene).write(path, { content: 'second!' });
				clockOf(scene).advance(60_000);
				expect(await follower.poll()).toEqual([]);
				state(scene).remove(path);
				expect(await follower.poll()).toMatchObject([{ change: 'deleted' }]);
			},
			{ changes: ['deleted'] },
		);
	});

	test('may be one that is yet to come, in a folder that must be there', async () => {
		await following(specificFileChanged, { path: '/docs/yet to come.txt' }, async (follower, scene) => {
			expect(await follower.sample()).toEqual([]);
			state(scene).write('/docs/yet to come.txt', { content: 'x' });
			clockOf(scene).advance(60_000);
			expect(await follower.poll()).toMatchObject([{ change: 'appeared', name: 'yet to come.txt' }]);
			const nowhere = new Follower(specificFileChanged, scene.dsm, { path: '/docs/nowhere/a.txt' });
			expect((await failure(nowhere.start())).message).toContain('/docs/nowhere (code 408)');
		});
	});
});
