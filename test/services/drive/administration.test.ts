import { SettableClock } from '../../../src/simulator';
import { describe, expect, test } from '@jest/globals';
import { clockOf } from '../../support/follow';
import { LIST, ok, replaying, row, type Replay } from '../../core/recorded';
import { failure, withNas } from '../../support/nas';
import {
	account,
	connection,
	file,
	log,
	notification,
	server,
	shareSync,
	source,
	stage,
	text,
	user,
	webhook,
} from './support';

const SHARE_SYNC = 'SYNO.SynologyDriveShareSync.Connection';

describe('an administrator', () => {
	test('sees state, usage, configuration, settings and use of the server', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(server.getStatus, {})).toMatchObject({ enable_status: 'Enabled', csrv_enable: true });
			expect((await dsm.do(server.getUsage, {})).repo_size).toBeGreaterThan(0);
			expect((await dsm.do(server.getConfig, {})).volume_select).toBe('/volume1');
			await dsm.do(server.updateSettings, { settings: { sharing_force_password: true } });
			expect(await dsm.do(server.getSettings, {})).toMatchObject({
				sharing_force_password: true,
				sharing_permission_public_force_password: true,
			});
			expect(await dsm.do(server.getActivation, {})).toMatchObject({ activated: true });
			expect(await dsm.do(server.listProfiles, {})).toEqual([]);
			expect((await dsm.do(server.listTopFiles, {})).map(({ name }) => name)).toEqual(['plan.txt']);
			expect(await dsm.do(shareSync.getConfig, {})).toMatchObject({ rename_conflict: true });
			expect(await dsm.do(shareSync.listConnections, {})).toEqual([]);
			expect(await dsm.do(shareSync.getStatus, {})).toEqual({ is_pause: false, connections: 0 });
			expect(await dsm.do(account.get, {})).toMatchObject({ username: 'alice', is_manager: true, is_home: true });
			const users = await dsm.do(user.listPrivileges, {});
			expect(users.find(({ name }) => name === 'noapps')).toEqual({ name: 'noapps', enabled: false, status: 'normal' });
		});
	});

	test.each([
		['paused', true, []],
		['paused', true, [{ id: 7 }, { id: 8 }]],
		['running', false, [{ id: 7 }]],
	])('sees that sync with other NAS is %s, which stands beside the list', async (_, is_pause, conn) => {
		const replay: Replay = ({ api }) => {
			if (api === 'SYNO.API.Info') return ok({ ...LIST, [SHARE_SYNC]: row({ maxVersion: 1 }) });
			return api === SHARE_SYNC ? ok({ conn, is_pause, total: conn.length }) : undefined;
		};
		await replaying(replay, async ({ dsm }) => {
			expect(await dsm.do(shareSync.getStatus, {})).toEqual({ is_pause, connections: conn.length });
			expect(await dsm.do(shareSync.listConnections, {})).toEqual(conn.map((one) => ({ ...one, is_pause })));
		});
	});

	test('is not told that sync runs where the answer does not say so', async () => {
		const replay: Replay = ({ api }) => {
			if (api === 'SYNO.API.Info') return ok({ ...LIST, [SHARE_SYNC]: row({ maxVersion: 1 }) });
			return api === SHARE_SYNC ? ok({ conn: [], total: 0 }) : undefined;
		};
		await replaying(replay, async ({ dsm }) => {
			expect((await failure(dsm.do(shareSync.getStatus, {}))).code).toBe('protocol');
		});
	});

	test('has the space counted anew, and sees the new numbers when the NAS is done', async () => {
		// A whole second: what is waited for in between does not reach the next.
		await withNas({ clock: new SettableClock(Date.UTC(2026, 0, 5, 8)) }, async (scene) => {
			const { dsm } = scene;
			const before = await dsm.do(server.getUsage, {});
			await dsm.do(file.upload, { folder: '/mydrive', file: source('a.txt', 'x'.repeat(1000)) });
			clockOf(scene).advance(60_000);
			expect(await dsm.do(server.startUsageCount, {})).toEqual({});
			await dsm.do(server.stopUsageCount, {});
			clockOf(scene).advance(60_000);
			expect(await dsm.do(server.getUsage, {})).toEqual(before);
			await dsm.do(server.startUsageCount, {});
			expect(await dsm.do(server.getUsage, {})).toEqual(before);
			clockOf(scene).advance(60_000);
			const after = await dsm.do(server.getUsage, {});
			expect(after.repo_size! - before.repo_size!).toBe(1000);
			expect(Date.parse(after.update_time!) - Date.parse(before.update_time!)).toBe(120_000);
		});
	});

	test('sees who is connected, and unlinks a device', async () => {
		await withNas({}, async ({ dsm }) => {
			const [laptop] = await dsm.do(connection.list, {});
			expect(laptop).toMatchObject({ client_id: 'LAPTOP-ALICE', client_name: 'alice', client_status: 'on_line' });
			expect(await dsm.do(connection.count, {})).toEqual({ desktop: 1, mobile: 1, sharesync: 0, total: 2 });
			await dsm.do(connection.delete, { client_session_id: laptop!.client_session_id });
			expect((await dsm.do(connection.list, {})).map(({ client_id }) => client_id)).toEqual(['PHONE-BOB']);
		});
	});

	test('reads, exports and clears the log', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			stage(scene).log.length = 0;
			await dsm.do(file.upload, { folder: '/mydrive', file: source('a.txt', 'a') });
			stage(scene).addLog({ username: 'bob', s1: '/recipes.txt', share_name: 'Family' });
			expect((await dsm.do(log.list, {})).map(({ username, s1 }) => [username, s1])).toEqual([
				['bob', '/recipes.txt'],
				['alice', '/a.txt'],
			]);
			expect(await dsm.do(log.list, { username: 'alice' })).toHaveLength(1);
			expect(await dsm.do(log.list, { team_folder: 'Family' })).toHaveLength(1);
			const lines = (await text(await dsm.do(log.export, {}))).split('\n');
			expect([lines.length, lines[0]]).toEqual([4, expect.stringContaining('Date Time, Operator, Action')]);
			await dsm.do(log.clear, {});
			expect(await dsm.do(log.list, {})).toEqual([]);
		});
	});

	test('registers, changes and removes webhooks', async () => {
		await withNas({}, async ({ dsm }) => {
			const made = await dsm.do(webhook.create, {
				url: 'https://n8n.example.com/hook',
				token: 'secret',
				extensions: ['pdf'],
			});
			const { webhook_id } = made;
			expect(made).toMatchObject({ app_id: 'synoflow', type: 'url', url: 'https://n8n.example.com/hook', token: '' });
			await dsm.do(webhook.update, { webhook_id, url: 'https://n8n.example.com/other' });
			expect((await dsm.do(webhook.get, { webhook_id })).url).toBe('https://n8n.example.com/other');
			expect(await dsm.do(webhook.list, {})).toHaveLength(1);
			await dsm.do(webhook.delete, { webhook_id });
			expect(await dsm.do(webhook.list, {})).toEqual([]);
		});
	});
});

describe('an ordinary user', () => {
	test('may not administrate, and is told what is missing', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			for (const operation of [server.getStatus, webhook.list, log.clear])
				expect((await failure(dsm.do(operation as typeof log.clear, {}))).name).toBe('DsmPermissionError');
			expect((await failure(dsm.do(log.list, {}))).message).toContain('Only administrators may do this in Drive');
		});
	});

	test('has notifications, and dismisses them', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			const rows = await scene.dsm.do(notification.list, {});
			expect(rows).toMatchObject([{ title: 'share', name: 'plan.txt' }]);
			await scene.dsm.do(notification.delete, { notification_id: String(rows[0]!['notification_id']) });
			expect(await scene.dsm.do(notification.list, {})).toEqual([]);
		});
	});
});
