import { describe, expect, test } from '@jest/globals';
import type { z } from '../../../src/vendor/zod';
import type { Trigger } from '../../../src/catalog/operation';
import { digest } from '../../../src/catalog/sources';
import { drive } from '../../../src/services/drive';
import { clockOf, Follower } from '../../support/follow';
import { withNas, type Scene } from '../../support/nas';
import { at, stage } from './support';

const { deviceChanged, fileStarred, fileUpdated, logEntryAdded, notificationReceived, teamFolderAdded } =
	drive.triggers;

/** A trigger that goes on from a place as it was saved before rows had ISO 8601 moments and ids as text. */
function goesOn<P extends z.ZodObject, C extends z.ZodType, E extends z.ZodType>(
	trigger: Trigger<P, C, E>,
	scene: Scene,
	given: z.input<P>,
	saved: unknown,
): Follower<P, C, E> {
	return Object.assign(new Follower(trigger, scene.dsm, given), { cursor: JSON.stringify(saved) });
}

const known = (items: Record<string, readonly string[]>) => ({ v: 1, seq: 3, items });

describe('a place that was saved before', () => {
	test('in a list of files is understood: what it knows is not told again', async () => {
		await withNas({}, async (scene) => {
			const { file_id } = at(scene, '/mydrive/docs/plan.txt')!;
			const follower = goesOn(fileStarred, scene, {}, known({ [file_id]: [] }));
			expect(await follower.drain()).toEqual([]);
			stage(scene).starAs('alice', at(scene, '/mydrive/photos/cat.jpg')!);
			expect((await follower.drain()).map(({ name }) => name)).toEqual(['cat.jpg']);
		});
	});

	test('among team folders and notifications is understood', async () => {
		await withNas({}, async (scene) => {
			const { team_id } = stage(scene).team('Family')!.team!;
			const teams = goesOn(teamFolderAdded, scene, {}, known({ [team_id]: [] }));
			const ids = stage(scene)
				.notifications.filter(({ user }) => user === 'alice')
				.map(({ row }) => [String(row['notification_id']), []] as const);
			const notifications = goesOn(notificationReceived, scene, {}, known(Object.fromEntries(ids)));
			expect([await teams.drain(), await notifications.drain()]).toEqual([[], []]);
			stage(scene).openTeamFolder('Projects', { alice: 'viewer' });
			stage(scene).notify('alice', { title: 'Quota' });
			expect((await teams.drain()).map(({ name }) => name)).toEqual(['Projects']);
			expect((await notifications.drain()).map((row) => row['title'])).toEqual(['Quota']);
		});
	});

	test('among devices is understood', async () => {
		await withNas({}, async (scene) => {
			const { connections } = stage(scene);
			const items = connections.map((one) => [one.client_session_id, [one.client_status]] as const);
			const follower = goesOn(deviceChanged, scene, {}, known(Object.fromEntries(items)));
			expect(await follower.drain()).toEqual([]);
			connections[0]!.client_status = 'off_line';
			expect((await follower.drain()).map(({ client_id, change }) => [client_id, change])).toEqual([
				['LAPTOP-ALICE', 'offline'],
			]);
		});
	});

	test('in the log is understood: it counts Unix seconds, and so do the fingerprints of what was told', async () => {
		await withNas({}, async (scene) => {
			const { time } = stage(scene).addLog({ username: 'bob', s1: '/told.txt', p2: 'x' });
			stage(scene).addLog({ username: 'bob', s1: '/new.txt', time });
			stage(scene).log.splice(2);
			const told = [time, 'bob', 24, 'web_portal', '192.0.2.10', '/told.txt', '', '', 'user', '1', 'x'];
			const follower = goesOn(logEntryAdded, scene, {}, { v: 1, time, told: { [digest(told)]: 1 } });
			clockOf(scene).advance(1000);
			expect((await follower.drain()).map((row) => [row.s1, row.time])).toEqual([
				['/new.txt', new Date(time * 1000).toISOString().replace('.000Z', 'Z')],
			]);
		});
	});

	test('in a tree is understood: its counters are numbers', async () => {
		await withNas({}, async (scene) => {
			const docs = at(scene, '/mydrive/docs')!;
			const below = [...stage(scene).walk(docs)].slice(1);
			const content = ({ size, hash }: { size: number; hash: string }) => `${size}.${hash.slice(0, 10)}`;
			const items = below.map(({ file_id, isDir, parent, name, content: bytes, sync_id }) => [
				file_id,
				isDir
					? ['d', parent!.file_id, name]
					: ['f', parent!.file_id, name, content(bytes), ...(name.endsWith('.osheet') ? [String(sync_id)] : [])],
			]);
			const folders = [docs, ...below.filter(({ isDir }) => isDir)];
			const saved = {
				v: 1,
				seq: 2,
				root: docs.file_id,
				counter: docs.change_id,
				items: Object.fromEntries(items) as Record<string, string[]>,
				walked: Object.fromEntries(folders.map(({ file_id, change_id }) => [file_id, change_id])),
				missing: [],
				gone: {},
			};
			const follower = goesOn(fileUpdated, scene, { folder: '/mydrive/docs' }, saved);
			const from = scene.simulator.requests.length;
			expect(await follower.poll()).toEqual([]);
			// Nothing is listed: the numbers say that nothing happened.
			expect(scene.simulator.requests.slice(from).map(({ method }) => method)).toEqual(['query', 'login', 'get']);
			stage(scene).put('alice', '/docs/plan.txt', 'third');
			expect((await follower.drain()).map(({ name }) => name)).toEqual(['plan.txt']);
		});
	});
});

describe('a filter', () => {
	test('of names and kinds may change without moving the place: nothing is lost, nothing told late', async () => {
		await withNas({}, async (scene) => {
			const follower = await new Follower(fileStarred, scene.dsm, { pattern: '*.jpg, *.png' }).start();
			stage(scene).starAs('alice', at(scene, '/mydrive/docs/letter.docx')!);
			stage(scene).starAs('alice', at(scene, '/mydrive/photos/cat.jpg')!);
			expect((await follower.drain()).map(({ name }) => name)).toEqual(['cat.jpg']);
			const other = goesOn(fileStarred, scene, { pattern: '' }, JSON.parse(follower.cursor));
			expect(await other.drain()).toEqual([]);
			stage(scene).starAs('alice', at(scene, '/mydrive/docs/budget.osheet')!);
			expect((await other.drain()).map(({ name }) => name)).toEqual(['budget.osheet']);
		});
	});

	test.each(Object.entries(drive.triggers))('of %s is declared where it does not say what is watched', (name, one) => {
		const watched = ['folder', 'path', 'subfolders', 'label_id', 'team_folder', 'username', 'keyword'];
		const filters = Object.keys(one.params.shape).filter((param) => !watched.includes(param));
		expect({ name, filters: [...(one.filters ?? [])] }).toEqual({ name, filters });
	});
});

describe('a device', () => {
	test('that is new is told at once, one that is unlinked when a second look does not find it', async () => {
		await withNas({}, async (scene) => {
			const given = { changes: ['new_device' as const, 'gone' as const] };
			const follower = await new Follower(deviceChanged, scene.dsm, given).start();
			const { client_session_id } = stage(scene).connect('carol', 'DESK');
			expect((await follower.poll()).map(({ client_id, change }) => [client_id, change])).toEqual([
				['DESK', 'new_device'],
			]);
			stage(scene).connections.pop();
			expect(await follower.poll()).toEqual([]);
			expect(await follower.poll()).toMatchObject([{ change: 'gone', client_session_id }]);
			expect(await follower.drain()).toEqual([]);
		});
	});
});
