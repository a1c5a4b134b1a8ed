import { expect, test } from '@jest/globals';
import { withNas } from '../../support/nas';
import { operations, stage } from './stage';

const { nas } = operations;

test('a healthy NAS has a digest without warnings', async () => {
	await withNas({}, async (scene) => {
		const digest = await scene.dsm.do(nas.getDigest, {});
		expect(digest).toMatchObject({ state: 'ok', warnings: [], missing: [], failed_logins: 0, model: 'DS920+' });
		expect(digest.markdown).toContain('# All is well: DS920+');
		expect(digest.markdown).toContain('- volume_1: normal, 30 % of 4001 GB used');
		// One request for all of it.
		expect(scene.simulator.requests.filter(({ method }) => method === 'request')).toHaveLength(1);
	});
});

test('everything that is wrong stands in the digest', async () => {
	await withNas({ dsm: '7.2.2' }, async (scene) => {
		const system = stage(scene);
		system.breakDisk('sata2');
		system.heat('sata1', 60);
		system.fill('volume_1', 95);
		system.endBackup(3, 'fail');
		system.backup('iscsi-1').started = system.now - 5 * 86_400_000;
		system.backup('iscsi-1').ended = system.now - 5 * 86_400_000;
		system.certificates[0]!.till = system.now + 3 * 86_400_000;
		system.offers.set('dsm', 'DSM 7.3.2-86009 Update 3');
		system.setPackage('WebStation', { status: 'stop' });
		system.logAs('ada', 'User [ada] failed to sign in to [DSM] via [password].', { kind: 'connection', level: 'warn' });
		const digest = await scene.dsm.do(nas.getDigest, {});
		expect(digest.state).toBe('problem');
		expect(digest.warnings).toEqual([
			'DSM says storage_is_attention',
			'Drive 2 is crashed',
			'Drive 1 has 60 °C',
			'Storage pool reuse_1 is degraded',
			'Volume volume_1 is degraded',
			'Volume volume_1 is 95 % full',
			'Backup Nightly ended with fail',
			'Backup Virtual disk is 5 days old',
			expect.stringMatching(/^Certificate nas\.example\.com expires on \d{4}-\d\d-\d\d$/),
			'1 failed login within a day',
			'DSM 7.3.2-86009 Update 3 is available',
		]);
		expect(digest.stopped_packages).toEqual(['WebStation']);
	});
});

test('an ordinary user gets what it may, and is told what is missing', async () => {
	await withNas({ account: 'user' }, async (scene) => {
		const digest = await scene.dsm.do(nas.getDigest, {});
		expect(digest).toMatchObject({ state: 'unknown', model: 'DS920+', volumes: [], disks: [] });
		expect(digest.markdown).toContain('# No warnings, but not everything could be read: DS920+');
		expect(digest.missing.map((line) => line.split(':')[0])).toEqual([
			'health',
			'storage',
			'certificates',
			'logins',
			'updates',
		]);
		expect(digest.missing[0]).toContain('it takes an administrator');
	});
});
