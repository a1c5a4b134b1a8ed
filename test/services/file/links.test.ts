import { describe, expect, test } from '@jest/globals';
import { linkExpired } from '../../../src/services/file/triggers/linkExpired';
import { clockOf, Follower } from '../../support/follow';
import { failure, withNas } from '../../support/nas';
import { favorites, files, links, state } from './stage';

const PATH = '/homes/carol/plans/floor.txt';

describe('sharing links', () => {
	test('links.create gives addresses that really download, and a row for each path', async () => {
		await withNas({}, async (scene) => {
			state(scene).write('/docs/a, b.txt', { content: 'AB' });
			const rows = await scene.dsm.do(links.create, { paths: ['/docs/a, b.txt', '/docs/none'] });
			expect(rows).toEqual([
				expect.objectContaining({ path: '/docs/a, b.txt', done: true, url: expect.stringContaining('/sharing/') }),
				{ path: '/docs/none', done: false, code: 408, error: 'There is no such file or folder (code 408)' },
			]);
			const answer = await fetch(rows[0]!.url!);
			expect([answer.status, await answer.text()]).toEqual([200, 'AB']);
			expect((await failure(scene.dsm.do(links.create, { paths: '/docs/none' }))).dsmCode).toBe(408);
		});
	});

	test('with password and last day have both, and expire by the clock of the NAS', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const [row] = await dsm.do(links.create, { paths: PATH, password: 's3cret', date_expired: '2099-01-31' });
			const link = await dsm.do(links.get, { link_id: row!.url! });
			expect(link).toMatchObject({
				id: row!.id,
				has_password: true,
				date_expired: '2099-01-31',
				status: 'valid',
				path: PATH,
			});
			expect((await fetch(row!.url!)).status).toBe(403);
			clockOf(scene).set(Date.UTC(2099, 1, 1));
			expect((await dsm.do(links.get, { link_id: row!.id! })).status).toBe('expired');
			expect((await fetch(row!.url!)).status).toBe(404);
			await dsm.do(links.clearInvalid, {});
			expect((await dsm.do(links.list, {})).map(({ id }) => id)).toEqual(['xm2PIzhFq']);
		});
	});

	test('links.update changes and removes the password, and tells when DSM did neither', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const link_id = 'xm2PIzhFq';
			expect(await dsm.do(links.update, { link_id, password: 'abc', date_expired: '2099-02-01' })).toMatchObject({
				has_password: true,
				date_expired: '2099-02-01',
			});
			expect(await dsm.do(links.update, { link_id, remove_password: true })).toMatchObject({ has_password: false });
			simulator.use({ 'SYNO.FileStation.Sharing.edit': () => ({}) });
			const told = await failure(dsm.do(links.update, { link_id, password: 'abc' }));
			expect(told.message).toContain('does not have the wished password');
			expect((await failure(dsm.do(links.update, { link_id }))).code).toBe('input');
			expect((await failure(dsm.do(links.create, { paths: PATH, password: 'x'.repeat(17) }))).code).toBe('input');
		});
	});

	test('links.delete takes the link and leaves the file; an unknown one is explained', async () => {
		await withNas({}, async ({ dsm }) => {
			await dsm.do(links.delete, { link_id: 'xm2PIzhFq' });
			const told = await failure(dsm.do(links.delete, { link_id: 'xm2PIzhFq' }));
			expect([told.dsmCode, told.message]).toEqual([2000, 'There is no such sharing link (code 2000).']);
			expect((await dsm.do(files.checkExists, { path: PATH })).exists).toBe(true);
		});
	});

	test('linkExpired starts on the day after the last one, again after the link was extended, and on a lost file where wished', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const link_id = 'xm2PIzhFq';
			const following = async (given: { include_broken?: boolean }) => {
				const follower = await new Follower(linkExpired, dsm, given).start();
				return async () => (await follower.poll()).map(({ id, status }) => [id, status]);
			};
			const expired = await following({});
			const all = await following({ include_broken: true });
			for (const year of ['2098', '2099']) {
				await dsm.do(links.update, { link_id, date_expired: `${year}-01-31` });
				clockOf(scene).set(Date.UTC(Number(year), 0, 31, 12));
				expect(await expired()).toEqual([]);
				clockOf(scene).set(Date.UTC(Number(year), 1, 1));
				expect(await expired()).toEqual([[link_id, 'expired']]);
			}
			expect(await all()).toEqual([[link_id, 'expired']]);
			state(scene).remove(PATH);
			expect([await expired(), await all()]).toEqual([[], [[link_id, 'broken']]]);
		});
	});

	test('links.createRequest makes an upload link, links.listShared gives links of others for me', async () => {
		await withNas({}, async (scene) => {
			const row = await scene.dsm.do(links.createRequest, {
				folder: '/homes/carol/empty',
				request_name: 'Alice',
				request_info: 'Photos, please',
			});
			expect(state(scene).links.get(row.id!)).toMatchObject({
				enable_upload: true,
				request_name: 'Alice',
				request_info: 'Photos, please',
			});
			const [link] = await scene.dsm.do(links.create, { paths: PATH });
			state(scene).links.get(link!.id!)!.protect_users = ['bob'];
			const bob = scene.acquire({ account: 'bob', password: 'bob-Passw0rd' }).dsm;
			expect((await bob.do(links.listShared, {})).map(({ id }) => id)).toEqual([link!.id]);
			expect(await bob.do(links.list, {})).toEqual([]);
		});
	});
});

describe('favorites', () => {
	test('favorites.add, rename, remove, clearBroken and setAll do what they say', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const all = async (given = {}) => (await dsm.do(favorites.list, given)).map(({ path, name }) => [path, name]);
			state(scene).mkdir('/docs/in');
			await dsm.do(favorites.add, { folder: '/docs/in', name: 'Inbox' });
			expect((await failure(dsm.do(favorites.add, { folder: '/docs/in', name: 'Other' }))).dsmCode).toBe(800);
			expect((await failure(dsm.do(favorites.add, { folder: '/homes/carol/empty', name: 'Inbox' }))).dsmCode).toBe(801);
			await dsm.do(favorites.rename, { path: '/docs/in', name: 'In' });
			expect(await all()).toEqual([
				['/homes/carol/plans', 'Plans'],
				['/docs/in', 'In'],
			]);
			state(scene).remove('/docs/in');
			expect(await all({ status_filter: 'broken' })).toEqual([['/docs/in', 'In']]);
			await dsm.do(favorites.clearBroken, {});
			expect(await all()).toEqual([['/homes/carol/plans', 'Plans']]);
			await dsm.do(favorites.setAll, {
				favorites: [
					{ path: '/docs', name: 'A, B' },
					{ path: '/photo', name: 'P' },
				],
			});
			await dsm.do(favorites.remove, { path: '/photo' });
			expect(await all()).toEqual([['/docs', 'A, B']]);
		});
	});
});
