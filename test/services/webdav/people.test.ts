import { describe, expect, test } from '@jest/globals';
import { systemOf } from '../../../src/simulator/services/system';
import { failure, withNas } from '../../support/nas';
import { listening, operations, stage } from './stage';

const { connection, transferLog, privilege, speedLimit, block, file } = operations;

describe('Connections', () => {
	test('of WebDAV are listed, and those of an account are ended', async () => {
		await withNas({}, async (scene) => {
			stage(scene).connect('bob', '192.0.2.30');
			stage(scene).connect('bob', '192.0.2.31');
			stage(scene).connect('carol', '192.0.2.30');
			const rows = await scene.dsm.do(connection.list, { who: 'bob' });
			expect(rows.map(({ who, from, type }) => [who, from, type])).toEqual([
				['bob', '192.0.2.30', 'WebDAV'],
				['bob', '192.0.2.31', 'WebDAV'],
			]);
			expect(await scene.dsm.do(connection.close, { who: 'bob', from: '192.0.2.31' })).toEqual({
				closed: 1,
				still_open: 0,
			});
			expect(scene.simulator.nas.connections.map(({ who, from }) => [who, from])).toEqual([
				['bob', '192.0.2.30'],
				['carol', '192.0.2.30'],
			]);
			const kick = scene.simulator.requests.find(({ method }) => method === 'kick_connection');
			expect(kick!.params.http_conn).toEqual([]);
			expect((await failure(scene.dsm.do(connection.close, { who: 'dana' }))).message).toBe(
				'dana has no WebDAV connection that can be ended.',
			);
		});
	});

	test('that are still there after they were ended are counted', async () => {
		await withNas({}, async (scene) => {
			stage(scene).connect('bob');
			scene.simulator.use({ 'SYNO.Core.CurrentConnection.kick_connection': () => ({}) });
			expect(await scene.dsm.do(connection.close, { who: 'bob' })).toEqual({ closed: 0, still_open: 1 });
		});
	});

	test('are for administrators', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			expect(await failure(dsm.do(connection.list, {}))).toMatchObject({ code: 'permission' });
		});
	});
});

describe('The transfer log', () => {
	test('tells what was transferred over WebDAV and by whom, and nothing of other protocols', async () => {
		await withNas({}, async (scene) => {
			stage(scene).transfer('bob', 'write', '/docs/a.txt');
			stage(scene).transfer('carol', 'read', '/docs/b.txt');
			systemOf(scene.simulator.nas).transferAs('bob', 'write', '/docs/c.txt');
			expect(await scene.dsm.do(transferLog.list, { user: 'bob' })).toMatchObject([
				{ username: 'bob', cmd: 'write', descr: '/docs/a.txt', is_dir: false, filesize: '63.94 KB' },
			]);
			expect(await scene.dsm.do(transferLog.list, { keyword: 'B.TXT' })).toMatchObject([{ username: 'carol' }]);
		});
	});

	test('is switched for WebDAV alone', async () => {
		await withNas({}, async (scene) => {
			const before = await scene.dsm.do(transferLog.get, {});
			expect(before.webdav).toBe(true);
			expect(await scene.dsm.do(transferLog.disable, {})).toEqual({ ...before, webdav: false });
			expect(await scene.dsm.do(transferLog.enable, {})).toEqual(before);
			scene.simulator.use({ 'SYNO.Core.SyslogClient.FileTransfer.set': () => ({}) });
			expect((await failure(scene.dsm.do(transferLog.disable, {}))).message).toContain('did not apply it');
		});
	});
});

describe('Privileges', () => {
	const bob = { entity_type: 'user', entity_name: 'bob' } as const;

	test('keep somebody out and let him in again', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const at = await listening(scene);
			expect(await dsm.do(privilege.get, bob)).toMatchObject({ right: 'inherit', allow_ip: [] });
			expect(await dsm.do(privilege.set, { ...bob, right: 'deny' })).toMatchObject({
				right: 'deny',
				deny_ip: ['0.0.0.0'],
			});
			expect(await dsm.do(privilege.check, bob)).toEqual({ ...bob, right: 'deny' });
			const as = scene.acquire({ account: 'bob', password: 'bob-Passw0rd' }).dsm;
			expect(await failure(as.do(file.list, { ...at, folder: '/' }))).toMatchObject({ code: 'permission' });
			expect((await dsm.do(privilege.list, {})).map(({ entity_name, right }) => [entity_name, right])).toContainEqual([
				'bob',
				'deny',
			]);
			expect(await dsm.do(privilege.clear, bob)).toMatchObject({ right: 'inherit' });
			expect(await as.do(file.list, { ...at, folder: '/' })).not.toEqual([]);
		});
	});

	test('may hold for some addresses only, and for a group', async () => {
		await withNas({}, async ({ dsm }) => {
			const users = { entity_type: 'group', entity_name: 'users' } as const;
			expect(await dsm.do(privilege.set, { ...users, right: 'allow', addresses: ['192.0.2.30'] })).toMatchObject({
				right: 'custom',
				allow_ip: ['192.0.2.30'],
			});
			expect(await dsm.do(privilege.check, users)).toMatchObject({ right: 'custom' });
			expect(
				(await failure(dsm.do(privilege.set, { ...users, right: 'allow', addresses: ['nas'] }))).message,
			).toContain('is no IP address');
		});
	});
});

describe('Speed limits', () => {
	test('are set for WebDAV alone, read again and taken away', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect(await dsm.do(speedLimit.get, { name: 'bob' })).toMatchObject({ protocol: 'WebDAV', policy: 'notexist' });
			expect(await dsm.do(speedLimit.set, { name: 'bob', upload_limit: 2048, download_limit: 4096 })).toMatchObject({
				policy: 'enabled',
				upload_limit_1: 2048,
				download_limit_1: 4096,
			});
			const sent = simulator.requests.find(
				({ api, method }) => api === 'SYNO.Core.BandwidthControl' && method === 'set',
			);
			expect(sent!.params.bandwidths).toEqual([
				{
					name: 'bob',
					owner_type: 'local_user',
					protocol: 'WebDAV',
					policy: 'enabled',
					upload_limit_1: 2048,
					download_limit_1: 4096,
					upload_limit_2: 0,
					download_limit_2: 0,
					schedule_plan: '1'.repeat(168),
				},
			]);
			expect(await dsm.do(speedLimit.clear, { name: 'bob' })).toMatchObject({ policy: 'notexist', upload_limit_1: 0 });
			expect(await dsm.do(speedLimit.listActive, {})).toEqual([]);
			expect((await failure(dsm.do(speedLimit.get, { name: 'nobody' }))).message).toContain('bandwidth control');
		});
	});
});

describe('Blocking', () => {
	test('changes what is given and sends the rest back', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect(await dsm.do(block.get, {})).toMatchObject({ enable: true, attempts: 10, within_mins: 5 });
			expect(await dsm.do(block.update, { attempts: 3, expire_day: 7 })).toMatchObject({
				enable: true,
				attempts: 3,
				within_mins: 5,
				expire_day: 7,
			});
			simulator.nas.autoBlock.deny.set('192.0.2.66', 0);
			expect(await dsm.do(block.list, {})).toMatchObject([{ ip: '192.0.2.66' }]);
		});
	});
});
