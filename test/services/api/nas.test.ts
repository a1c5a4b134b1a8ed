import { describe, expect, test } from '@jest/globals';
import { api } from '../../../src/services/api';
import { failure, withNas } from '../../support/nas';

const {
	nas: { operations: nas },
	device: { operations: device },
} = api.resources;

describe('what the NAS says of itself', () => {
	test('its APIs are listed by name, with path, versions and format, and can be filtered', async () => {
		await withNas({}, async ({ dsm }) => {
			const rows = await dsm.do(nas.listApis, { filter: 'chat.post.file' });
			expect(rows).toEqual([
				{ name: 'SYNO.Chat.Post.File', path: 'entry.cgi', min_version: 1, max_version: 2, request_format: 'JSON' },
			]);
			const all = (await dsm.do(nas.listApis, {})).map(({ name }) => name);
			expect(all).toEqual([...all].sort());
			expect(all.length).toBeGreaterThan(900);
		});
	});

	test('the APIs of a package that is not installed are absent', async () => {
		await withNas({ packages: [] }, async ({ dsm }) => {
			expect(await dsm.do(nas.listApis, { filter: 'SYNO.Chat.' })).toEqual([]);
		});
	});

	test('model and version', async () => {
		await withNas({ dsm: '7.3' }, async ({ dsm }) => {
			expect((await dsm.do(nas.getInfo, {})).version_string).toBe('DSM 7.3.2-86009 Update 4');
		});
	});

	test('the address by which the internet sees it', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const { externalIp, ddnsHostname } = simulator.nas.capabilities;
			expect(await dsm.do(nas.getExternalAddress, {})).toEqual({
				external_ip: externalIp,
				ddns_hostname: ddnsHostname,
			});
		});
	});
});

describe('what it says of the account', () => {
	test('who is logged in', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(nas.checkConnection, {})).toMatchObject({
				account: 'alice',
				user_name: 'alice',
				nick_name: 'Alice',
			});
		});
	});

	test('who is logged in, also where there is no profile', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.Personal.Profile.get': () => ({ error: 103 }) });
			expect(await dsm.do(nas.checkConnection, {})).toMatchObject({ account: 'alice', is_manager: true });
		});
	});

	test('a wrong password is not taken for a missing profile', async () => {
		await withNas({ connection: { password: 'wrong-password' } }, async ({ dsm }) => {
			expect((await failure(dsm.do(nas.checkConnection, {}))).name).toBe('DsmLoginError');
		});
	});

	test('how it can sign in', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(nas.listSignInMethods, { account: 'twofactor' })).toEqual([
				{ type: 'passwd' },
				{ type: 'authenticator' },
				{ type: 'otp' },
			]);
		});
	});

	test('which services it can use, and why not the others', async () => {
		await withNas({ connection: { account: 'nochat', password: 'nochat-Passw0rd' } }, async ({ dsm }) => {
			const rows = await dsm.do(nas.checkServices, {});
			const row = (service: string) => rows.find((candidate) => candidate.service === service);
			expect(row('file')).toMatchObject({ installed: true, usable: true, privilege: true, reason: '', remedy: '' });
			expect(row('chat')).toMatchObject({ installed: true, usable: false, privilege: false });
			expect(row('chat')?.remedy).toBe('Grant the account the application privilege "Chat".');
		});
	});

	test('which services are not installed', async () => {
		await withNas({ packages: [] }, async ({ dsm }) => {
			const rows = await dsm.do(nas.checkServices, {});
			const chat = rows.find(({ service }) => service === 'chat');
			expect([chat?.installed, chat?.usable, chat?.remedy]).toEqual([
				false,
				false,
				expect.stringContaining('Synology Chat Server'),
			]);
		});
	});
});

describe('trusted devices', () => {
	test('are listed and revoked with parameters that the user brings', async () => {
		await withNas({ otp: true, lasts: true }, async ({ dsm, lease, simulator }) => {
			await lease.export();
			const { trustedDevices } = simulator.nas.user(simulator.account);
			expect(trustedDevices).toHaveLength(1);
			const error = await failure(dsm.do(device.list, {}));
			expect(error.dsmCode).toBe(114);
			expect(await dsm.do(device.list, { params: { any: true } })).toMatchObject({ total: 1 });
			expect(await dsm.do(device.revoke, { params: { did: trustedDevices[0]!.id } })).toEqual({});
			expect(simulator.nas.user(simulator.account).trustedDevices).toHaveLength(0);
		});
	});
});
