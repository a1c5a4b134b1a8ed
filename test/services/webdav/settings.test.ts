import { describe, expect, test } from '@jest/globals';
import { asDsm5 } from '../../../src/simulator/services/webdav';
import { SettableClock } from '../../../src/simulator';
import { certificate } from '../../../src/simulator/services/system/seed';
import { systemOf } from '../../../src/simulator/services/system';
import { failure, withNas, type Scene } from '../../support/nas';
import { operations, stage } from './stage';

const { settings, server } = operations;
const sets = ({ simulator }: Scene) =>
	simulator.requests.filter(({ api, method }) => /WebDAV/.test(api ?? '') && method === 'set');

describe('Settings', () => {
	test('are read under the names that people know, whatever the NAS calls them', async () => {
		await withNas({}, async (scene) => {
			const usual = await scene.dsm.do(settings.get, {});
			expect(usual).toEqual({
				enable_http: false,
				http_port: 5005,
				enable_https: true,
				https_port: 5006,
				enable_anonymous: false,
				enable_depth_infinity: false,
				enable_log: true,
			});
			stage(scene).spellOtherwise();
			expect(await scene.dsm.do(settings.get, {})).toEqual(usual);
			expect(await scene.dsm.do(settings.getRaw, {})).toMatchObject({ enable_webdav: false, webdav_https_port: 5006 });
		});
	});

	test.each([false, true])(
		'are changed by the names of the NAS, and all others go back as they were (other names: %s)',
		async (other) => {
			await withNas({}, async (scene) => {
				if (other) stage(scene).spellOtherwise();
				Object.assign(stage(scene).values, { xfer_mode: 'fast', hosts: ['a'] });
				const before = { ...stage(scene).values };
				const key = other ? 'enable_webdav_anonymous' : 'enable_anonymous';
				expect(await scene.dsm.do(settings.update, { enable_anonymous: true })).toMatchObject({
					enable_anonymous: true,
					previous_enable_anonymous: false,
					https_reachable: false,
				});
				expect(stage(scene).values).toEqual({ ...before, [key]: true });
				const { hosts: _list, ...scalars } = before;
				const [sent] = sets(scene);
				const wire = Object.fromEntries(Object.keys(scalars).map((name) => [name, sent!.params[name]]));
				expect(wire).toMatchObject({ ...scalars, [key]: true });
			});
		},
	);

	test('are not written when nothing would change', async () => {
		await withNas({}, async (scene) => {
			expect(await scene.dsm.do(settings.update, { https_port: 5006 })).toMatchObject({ https_port: 5006 });
			expect(sets(scene)).toEqual([]);
		});
	});

	test('that the NAS does not report are refused by name before anything is written', async () => {
		await withNas({}, async (scene) => {
			asDsm5(scene.simulator.nas);
			const error = await failure(scene.dsm.do(settings.update, { enable_anonymous: true }));
			expect(error.message).toBe(
				'"enable_anonymous" cannot be set: this NAS does not report it. It reports enable_http, enable_https.',
			);
			const raw = await failure(scene.dsm.do(settings.setRaw, { values: { enable_magic: true } }));
			expect(raw.message).toContain('"enable_magic" is no setting of this NAS');
			expect(sets(scene)).toEqual([]);
		});
	});

	test('of DSM 5 are those of the system', async () => {
		await withNas({}, async (scene) => {
			asDsm5(scene.simulator.nas);
			expect(await scene.dsm.do(settings.get, {})).toEqual({ enable_http: false, enable_https: true });
			await scene.dsm.do(settings.enable, { protocol: 'http' });
			expect(stage(scene).values).toEqual({ enable_http: true, enable_https: true });
			expect(sets(scene).map(({ api }) => api)).toEqual(['SYNO.Core.FileServ.WebDAV']);
		});
	});

	test('of a NAS without the package, or with one that stands, say which of the two it is', async () => {
		await withNas({}, async ({ simulator, dsm }) => {
			simulator.nas.packages.get('WebDAVServer')!.status = 'stop';
			expect(await failure(dsm.do(settings.get, {}))).toMatchObject({
				code: 'unavailable',
				message: 'WebDAV Server is not running (stop).',
			});
		});
		await withNas({}, async ({ simulator, dsm }) => {
			simulator.nas.packages.delete('WebDAVServer');
			expect(await failure(dsm.do(settings.update, { enable_http: true }))).toMatchObject({
				message: 'WebDAV Server is not installed on this NAS.',
			});
		});
	});

	test('that the NAS says to have taken and has not are an error', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.deaf = true;
			const error = await failure(scene.dsm.do(settings.disable, {}));
			expect(error.message).toBe('The NAS accepted the change of enable_https, but did not apply it.');
			expect(sets(scene)).toHaveLength(1);
		});
	});

	test('are written once when the restart of the server swallows the answer', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.slowRestart = true;
			expect(await scene.dsm.do(settings.setRaw, { values: '{"https_port": 5016}' })).toMatchObject({
				https_port: 5016,
			});
			expect(sets(scene)).toHaveLength(1);
		});
	});

	test('go alone where the NAS refuses the whole object', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.partial = true;
			expect(await scene.dsm.do(settings.update, { enable_log: false })).toMatchObject({ enable_log: false });
			expect(sets(scene)).toHaveLength(2);
		});
	});

	test('name a port that another service has, and refuse one port for both', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await failure(dsm.do(settings.update, { https_port: 443 }))).toMatchObject({
				dsmCode: 1903,
				message: expect.stringContaining('The port is in use by another service of the NAS'),
			});
			expect((await failure(dsm.do(settings.update, { http_port: 5015, https_port: 5015 }))).message).toContain(
				'cannot share port 5015',
			);
			expect((await failure(dsm.do(settings.update, {}))).message).toContain('No setting is given');
		});
	});

	test('are for administrators', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			expect(await failure(dsm.do(settings.get, {}))).toMatchObject({
				code: 'permission',
				message: expect.stringContaining('it takes an administrator'),
			});
		});
	});
});

describe('The server', () => {
	test('is found running, and answers at the new port after a change of it', async () => {
		await withNas({ connection: { tls: 'ignore' } }, async (scene) => {
			const { http, https } = await stage(scene).open();
			expect(await scene.dsm.do(server.get, {})).toEqual({
				installed: true,
				package_status: 'running',
				version: '2.4.8-0100',
				enabled: true,
				enable_http: true,
				http_port: http,
				http_reachable: true,
				enable_https: true,
				https_port: https,
				https_reachable: true,
				has_old_caldav: true,
			});
			const free = http === 45_871 ? 45_872 : 45_871;
			expect(await scene.dsm.do(settings.update, { http_port: free })).toMatchObject({
				http_port: free,
				previous_http_port: http,
				http_reachable: true,
				https_reachable: true,
			});
			expect(await scene.dsm.do(server.check, { protocol: 'http', port: http })).toMatchObject({ reachable: false });
		});
	});

	test('is asked without a password, also by an account that may not read its settings', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			const { http } = await stage(scene).open();
			stage(scene).switches.openOptions = true;
			expect(await scene.dsm.do(server.check, { protocol: 'http', port: http })).toEqual({
				reachable: true,
				protocol: 'http',
				port: http,
				dav: '1,2',
			});
			expect(stage(scene).server.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
			const state = await scene.dsm.do(server.get, {});
			expect(state).toMatchObject({ package_status: 'running', http_port: 5005, https_port: 5006 });
			expect(state).not.toHaveProperty('enabled');
		});
	});

	test('answers with a certificate that is told from the others, and has none without the package', async () => {
		await withNas({ clock: new SettableClock() }, async ({ dsm, simulator }) => {
			const { certificates, now } = systemOf(simulator.nas);
			certificates.push(certificate(now, 'dav', 12, { services: certificates[0]!.services.splice(1) }));
			expect(await dsm.do(server.getCertificate, {})).toMatchObject({
				id: 'dav',
				subject_common_name: 'dav.example.com',
				days_left: 12,
			});
			certificates.pop();
			expect(await failure(dsm.do(server.getCertificate, {}))).toMatchObject({
				code: 'unavailable',
				message: 'No certificate of the NAS is that of WebDAV Server.',
			});
		});
	});

	test('is not stopped where the NAS says that another package needs it', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			systemOf(simulator.nas).switches.needed.add('WebDAVServer');
			expect(await failure(dsm.do(server.stop, {}))).toMatchObject({ dsmCode: 4582 });
			expect(simulator.requests.map(({ method }) => method)).not.toContain('stop');
			systemOf(simulator.nas).switches.needed.clear();
			await dsm.do(server.restart, {});
			const asked = simulator.requests.filter(({ method }) => method === 'feasibility_check');
			expect(asked.map(({ params }) => params['type'])).toEqual(['stop_check', 'stop_check']);
		});
	});

	test('is stopped, started and restarted, and each is waited for', async () => {
		await withNas({}, async ({ simulator, dsm }) => {
			const { http } = await stage({ simulator } as Scene).open();
			expect(await dsm.do(server.stop, {})).toEqual({ id: 'WebDAVServer', version: '2.4.8-0100', status: 'stop' });
			expect(await dsm.do(server.check, { protocol: 'http', port: http })).toMatchObject({ reachable: false });
			expect(await dsm.do(server.start, {})).toMatchObject({ status: 'running' });
			expect(await dsm.do(server.restart, {})).toMatchObject({ status: 'running' });
			const controls = simulator.requests.filter(({ api }) => api === 'SYNO.Core.Package.Control');
			expect(controls.map(({ method }) => method)).toEqual(['stop', 'start', 'stop', 'start']);
		});
	});

	test('that does not stop within ten seconds is told so', async () => {
		await withNas({}, async ({ simulator, dsm }) => {
			simulator.use({ 'SYNO.Core.Package.Control.stop': () => ({}) });
			expect((await failure(dsm.do(server.stop, {}))).message).toBe(
				'WebDAV Server was told to stop, but did not within 10 seconds.',
			);
		});
	});
});
