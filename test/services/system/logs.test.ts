import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { clockOf } from '../../support/follow';
import { failure, withNas } from '../../support/nas';
import { operations, stage } from './stage';

const { log, notification, connection, security, media, homeMode } = operations;

describe('the log', () => {
	test('is filtered by the client, whatever the NAS heeds', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			for (let n = 0; n < 450; n++) stage(scene).logAs('SYSTEM', `Line ${n}`, { level: n === 7 ? 'warn' : 'info' });
			stage(scene).logAs('ada', 'User [ada] failed to sign in to [DSM].', { kind: 'connection', level: 'warn' });
			expect((await dsm.do(log.list, { levels: ['warn'] })).map(({ descr }) => descr)).toEqual(['Line 7']);
			expect((await dsm.do(log.list, { keyword: 'line 44' })).map(({ descr }) => descr)).toHaveLength(11);
			expect(await dsm.do(log.list, { kind: 'connection', levels: ['warn'] })).toMatchObject([
				{ who: 'ada', level: 'warn', original_logtype: 'connection', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
			]);
			expect(await dsm.do(log.list, {})).toHaveLength(451);
		});
	});

	test('of transfers names who did what to which file', async () => {
		await withNas({}, async (scene) => {
			stage(scene).transferAs('ada', 'upload', '/docs/a.txt');
			stage(scene).transferAs('bob', 'delete', '/docs/b.txt');
			expect(await scene.dsm.do(log.listTransfers, { keyword: 'b.txt' })).toMatchObject([
				{ username: 'bob', cmd: 'delete', descr: '/docs/b.txt', is_dir: false, original_logtype: 'dsmxfer' },
			]);
		});
	});

	test('is exported as CSV', async () => {
		await withNas({}, async (scene) => {
			stage(scene).logAs('SYSTEM', 'Disk overheat');
			const file = await scene.dsm.do(log.export, { keyword: 'overheat' });
			expect((await text(file.stream)).split('\n')).toEqual([
				'Level,Time,User,Event',
				expect.stringContaining('Disk overheat'),
				'',
			]);
		});
	});
});

describe('the bell', () => {
	test('tells its texts in words', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			stage(scene).ring('UPSPowerFail', {}, 'ERROR');
			const rows = await dsm.do(notification.list, {});
			expect(rows.map(({ title, level, subject, text: said }) => [title, level, subject, said])).toEqual([
				['UPSPowerFail', 'error', 'Power failure', 'The UPS runs on battery.'],
				['DataVolumeLowCapacity', 'warn', 'Volume is running out of space', 'Volume 1 on nas has little space left.'],
			]);
			await dsm.do(notification.delete, { notify_id: rows[0]!.notify_id! });
			expect((await dsm.do(notification.list, {})).map(({ title }) => title)).toEqual(['DataVolumeLowCapacity']);
			await dsm.do(notification.clear, {});
			expect(await dsm.do(notification.list, {})).toEqual([]);
		});
	});

	test('of an ordinary user has what is meant for that account', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			stage(scene).ring('Message', { '%TEXT%': 'Lunch' });
			expect(await scene.dsm.do(notification.list, {})).toMatchObject([{ subject: 'Message', text: 'Lunch' }]);
		});
	});
});

describe('connections', () => {
	test('of another account are closed, but never the own one', async () => {
		await withNas({}, async ({ dsm, acquire, simulator }) => {
			const { nas } = simulator;
			await acquire({ account: 'bob', password: nas.user('bob').password }).dsm.do(operations.nas.get, {});
			expect((await dsm.do(connection.list, {})).map(({ who }) => who).sort()).toEqual(['alice', 'bob']);
			expect(await dsm.do(connection.close, { who: 'alice' })).toEqual({ closed: 0 });
			expect(await dsm.do(connection.close, { who: 'bob' })).toEqual({ closed: 1 });
			expect((await dsm.do(connection.list, { who: 'bob' })).length).toBe(0);
		});
	});
});

describe('security', () => {
	test('is scanned, and tells abnormal logins', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			clockOf(scene).advance(1000);
			await dsm.do(security.startScan, {});
			expect(await dsm.do(security.getScan, {})).toMatchObject({
				sys_status: 'safe',
				last_scan_time: expect.stringMatching(/Z$/),
				items: { userInfo: { failSeverity: 'risk' } },
			});
			stage(scene).logAs('ada', 'User [ada] failed to sign in to [DSM].', { kind: 'connection' });
			expect(await dsm.do(security.listLoginActivity, {})).toMatchObject([
				{ user: 'ada', str_id: 'brute_force_attack' },
			]);
			await dsm.do(media.start, {});
			expect(stage(scene).indexing).toBe(1);
		});
	});
});

describe('home mode', () => {
	test('is read and switched', async () => {
		await withNas({ dsm: '7.2.2' }, async ({ dsm }) => {
			expect((await dsm.do(homeMode.get, {})).on).toBe(false);
			await dsm.do(homeMode.enable, {});
			expect((await dsm.do(homeMode.get, {})).on).toBe(true);
			await dsm.do(homeMode.disable, {});
			expect((await dsm.do(homeMode.get, {})).on).toBe(false);
		});
	});

	test('is switched by an ordinary user to whom Surveillance Station was opened', async () => {
		await withNas({ dsm: '7.2.2', account: 'user' }, async (scene) => {
			expect((await failure(scene.dsm.do(homeMode.get, {}))).name).toBe('DsmPermissionError');
			scene.simulator.nas.user('bob').delegated.add('SYNO.SurveillanceStation.HomeMode');
			await scene.dsm.do(homeMode.enable, {});
			expect(stage(scene).homeMode).toBe(true);
		});
	});

	test('needs its package', async () => {
		await withNas({}, async ({ dsm }) => {
			expect((await failure(dsm.do(homeMode.get, {}))).name).toBe('DsmUnavailableError');
		});
	});
});
