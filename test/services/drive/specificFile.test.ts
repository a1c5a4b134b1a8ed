import { describe, expect, test } from '@jest/globals';
import { specificFileChanged } from '../../../src/services/drive/triggers/specificFile';
import { clockOf, following } from '../../support/follow';
import { at, stage } from './support';

const path = '/mydrive/docs/plan.txt';
const given = { path };

describe('a specific file of Drive', () => {
	test('is told of when its content changes, and nothing else in its folder is', async () => {
		await following(specificFileChanged, given, async (follower, scene) => {
			stage(scene).put('alice', '/docs/other.txt', 'new');
			expect(await follower.poll()).toEqual([]);
			stage(scene).put('alice', '/docs/plan.txt', 'third version');
			expect(await follower.poll()).toMatchObject([
				{ change: 'updated', name: 'plan.txt', display_path: path, size: 13 },
			]);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('is followed when it is renamed and moved, and told of when it goes into the trash and comes back', async () => {
		await following(specificFileChanged, given, async (follower, scene) => {
			const file = at(scene, path)!;
			stage(scene).renameAs('alice', file, 'final.txt');
			expect(await follower.poll()).toMatchObject([
				{ change: 'renamed', name: 'final.txt', previous_name: 'plan.txt', previous_path: path },
			]);
			stage(scene).moveAs('alice', file, at(scene, '/mydrive/photos')!);
			expect(await follower.poll()).toMatchObject([
				{ change: 'moved', display_path: '/mydrive/photos/final.txt', previous_path: '/mydrive/docs/final.txt' },
			]);
			stage(scene).removeAs('alice', file);
			expect(await follower.poll()).toMatchObject([
				{ change: 'deleted', name: 'final.txt', previous_path: '/mydrive/photos/final.txt' },
			]);
			expect(await follower.poll()).toEqual([]);
			stage(scene).restoreAs('alice', file);
			expect(await follower.poll()).toMatchObject([{ change: 'appeared', name: 'final.txt' }]);
		});
	});

	test('stays the same where another file takes its place under its name', async () => {
		await following(specificFileChanged, given, async (follower, scene) => {
			stage(scene).removeAs('alice', at(scene, path)!);
			stage(scene).put('alice', '/docs/plan.txt', 'from another program');
			clockOf(scene).advance(60_000);
			expect(await follower.poll()).toMatchObject([{ change: 'updated', name: 'plan.txt' }]);
		});
	});

	test('costs one request', async () => {
		await following(specificFileChanged, given, async (follower, scene) => {
			await follower.poll();
			const before = scene.simulator.requests.length;
			expect(await follower.poll()).toEqual([]);
			expect(scene.simulator.requests.slice(before).map(({ api, method }) => `${api} ${method}`)).toEqual([
				'SYNO.SynologyDrive.Files get',
			]);
		});
	});
});
