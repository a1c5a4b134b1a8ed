import { describe, expect, test } from '@jest/globals';
import { failure, withNas, type Scene } from '../../support/nas';
import { everyOperation, operations, stage } from './stage';
import { idOf } from '../../../src/catalog/operation';

const { session, blockedAddress, protection, lockedAccount, lockedClient, own, policy, sso, oauth, directory, group } =
	operations;

describe('sessions', () => {
	test('are closed on one device, everywhere, and never the own one', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			stage(scene).signIn('bob', '192.0.2.7', 'Firefox');
			stage(scene).signIn('bob', '192.0.2.8', 'Safari');
			stage(scene).connect('bob', '192.0.2.7');
			const rows = await dsm.do(session.list, { who: 'bob' });
			expect(rows.map(({ from, user_agent }) => [from, user_agent]).sort()).toEqual([
				['192.0.2.7', 'Firefox'],
				['192.0.2.8', 'Safari'],
			]);
			const { did } = rows.find(({ from }) => from === '192.0.2.8')!;
			expect(await dsm.do(session.close, { who: 'bob', did: did! })).toEqual({ closed: 1 });
			expect((await dsm.do(session.list, { who: 'bob' })).map(({ from }) => from)).toEqual(['192.0.2.7']);
			expect(await dsm.do(session.close, { who: 'bob' })).toEqual({ closed: 1 });
			expect(await dsm.do(session.close, { who: 'alice' })).toEqual({ closed: 0 });
			expect(scene.simulator.nas.connections).toHaveLength(1);
		});
	});
});

describe('blocked addresses', () => {
	test('are blocked and unblocked, and what was done is looked at', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect(await dsm.do(blockedAddress.block, { address: '198.51.100.7' })).toEqual({
				ip: '198.51.100.7',
				type: 'deny',
			});
			expect(await dsm.do(blockedAddress.list, {})).toEqual([{ ip: '198.51.100.7' }]);
			await dsm.do(blockedAddress.unblock, { address: '198.51.100.7' });
			expect(simulator.nas.autoBlock.blocks('198.51.100.7')).toBe(false);
			await dsm.do(blockedAddress.block, { address: '192.0.2.1', type: 'allow' });
			expect(await dsm.do(blockedAddress.list, { type: 'allow' })).toEqual([{ ip: '192.0.2.1' }]);
		});
	});

	test('that the NAS does not take count as not blocked', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			simulator.use({ 'SYNO.Core.Security.AutoBlock.Rules.create': () => ({}) });
			expect((await failure(dsm.do(blockedAddress.block, { address: '198.51.100.7' }))).message).toBe(
				'The NAS took the call, but 198.51.100.7 is not on the list.',
			);
		});
	});

	test('are addresses', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect((await failure(dsm.do(blockedAddress.block, { address: 'nas.example.com' }))).message).toBe(
				'"Address" does not fit: "nas.example.com" is no IP address like 198.51.100.7.',
			);
			expect(simulator.requests).toEqual([]);
		});
	});

	test('come from a setting of which the rest stays', async () => {
		await withNas({}, async ({ dsm }) => {
			await dsm.do(blockedAddress.updateSettings, { attempts: 3 });
			expect(await dsm.do(blockedAddress.getSettings, {})).toEqual({
				enable: true,
				attempts: 3,
				within_mins: 5,
				expire_day: 0,
			});
		});
	});
});

describe('account protection', () => {
	test('is changed in one value, and the rest stays', async () => {
		await withNas({}, async (scene) => {
			const before = await scene.dsm.do(protection.get, {});
			await scene.dsm.do(protection.update, { untrust_try: 3 });
			expect(await scene.dsm.do(protection.get, {})).toEqual({ ...before, untrust_try: 3 });
		});
	});

	test('locks accounts and clients that are unlocked by their names', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			stage(scene).lock('bob');
			stage(scene).lockedClients.push({ name: 'phone' });
			expect((await dsm.do(lockedAccount.list, {})).map(({ name }) => name).sort()).toEqual(['bob', 'locked']);
			await dsm.do(lockedAccount.unblock, { name: 'bob' });
			expect(simulator.nas.user('bob').loginCode).toBeUndefined();
			expect(await dsm.do(lockedClient.list, {})).toEqual([{ name: 'phone' }]);
			await dsm.do(lockedClient.unblock, { name: 'phone' });
			expect(await dsm.do(lockedClient.list, {})).toEqual([]);
			expect((await failure(dsm.do(lockedAccount.unblock, { name: 'bob' }))).message).toBe(
				'Account bob is not locked.',
			);
		});
	});
});

describe('policies', () => {
	test('of passwords are flat, and are changed in one value', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const before = await dsm.do(policy.getPassword, {});
			expect(before).toMatchObject({ min_length: 8, mixed_case: true, password_must_change: false });
			await dsm.do(policy.updatePassword, { min_length: 12, password_must_change: true });
			expect(await dsm.do(policy.getPassword, {})).toEqual({ ...before, min_length: 12, password_must_change: true });
			await dsm.do(policy.updatePassword, { min_length: 0 });
			expect(stage(scene).passwordPolicy.strong_password).toMatchObject({ min_length_enable: false });
		});
	});

	test('of expiry, names, two-factor and adaptive sign-in are read', async () => {
		await withNas({}, async ({ dsm }) => {
			await dsm.do(policy.updateExpiry, { enable_login_prompt: true });
			expect(await dsm.do(policy.getExpiry, {})).toMatchObject({ enable_login_prompt: true });
			expect((await dsm.do(policy.listReservedNames, {})).map(({ name }) => name)).toEqual(['admin', 'guest', 'root']);
			expect(await dsm.do(policy.getTwoFactor, {})).toEqual({ otp_enforce_option: 'none' });
			expect(await dsm.do(policy.getAdaptive, {})).toEqual({ type: 'admin_group', user_list: [], group_list: [] });
		});
	});
});

describe('single sign-on and directories', () => {
	test('keep the secret of the OIDC client to the NAS', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const shown = await dsm.do(sso.getOidc, {});
			expect(shown).toMatchObject({ oidc_client_id: 'nas', has_client_secret: true });
			expect(JSON.stringify(shown)).not.toContain('oidc-s3cret');
			await dsm.do(sso.updateOidc, { oidc_scope: 'openid email groups' });
			expect(stage(scene).oidc).toMatchObject({ oidc_scope: 'openid email groups', oidc_client_secret: 'oidc-s3cret' });
		});
	});

	test('say what is set up', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(sso.update, { sso_default_login: true });
			expect(await dsm.do(sso.get, {})).toEqual({ sso_default_login: true });
			expect(await dsm.do(sso.listProfiles, {})).toEqual([{ name: 'oidc' }]);
			expect(await dsm.do(sso.getSaml, {})).toMatchObject({ sso_saml_enable: false });
			expect(await dsm.do(sso.getCas, {})).toMatchObject({ sso_cas_enable: false });
			expect(await dsm.do(directory.getLdap, {})).toEqual({});
			stage(scene).ldapCode = 2701;
			expect(await dsm.do(directory.getLdap, {})).toEqual({ configured: false });
			expect(await dsm.do(directory.getDomain, {})).toEqual({ enable_domain: false });
			expect(await dsm.do(directory.listLdapProfiles, {})).toEqual([]);
		});
	});

	test('of OAuth Service are listed, and its tokens last as long as set', async () => {
		await withNas({}, async ({ dsm }) => {
			for (const list of [oauth.listClients, oauth.listTokens, oauth.listLog])
				expect(await dsm.do(list, {})).toEqual([]);
			expect(await dsm.do(oauth.listScopes, {})).toMatchObject([{ id: 'audiostation' }]);
			await dsm.do(oauth.setExpiry, { seconds: 3600 });
			expect(await dsm.do(oauth.getSettings, {})).toEqual({ token_expired: 3600, is_dcr_enabled: false });
		});
	});

	test('do not show tokens', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const row = { client_id: 'app', access_token: 'tok-1' };
			simulator.use({ 'SYNO.OAUTH.Token.list': () => ({ data: { token: [row], total: 1 } }) });
			expect(await dsm.do(oauth.listTokens, {})).toEqual([{ client_id: 'app' }]);
		});
	});
});

/** What an ordinary account may do: everything else says that it takes an administrator. */
const FOR_ALL = [
	'identity.own.get',
	'identity.own.update',
	'identity.own.setPassword',
	'identity.own.listApplications',
	'identity.own.getSignIn',
	'identity.own.getTwoFactor',
	'identity.own.listAuthenticators',
	'identity.own.listKeys',
	'identity.own.listDevices',
	'identity.own.deleteOtherDevices',
	'identity.policy.getPassword',
	'identity.ssoServer.getDiscovery',
	'identity.ssoServer.buildAddress',
	'identity.ssoServer.answerSignIn',
	'identity.ssoServer.getPerson',
	'identity.ssoServer.verifyToken',
	'identity.ssoServer.verifyPageToken',
	'identity.oauth.listScopes',
	'identity.directory.getLdap',
];

describe('an ordinary account', () => {
	test('is told which operations are for it', () => {
		const open = everyOperation().filter(({ summary }) => !summary.endsWith('Needs an administrator.'));
		expect(open.map(idOf)).toEqual(FOR_ALL);
		expect(open.filter(({ summary }) => !/Every account may (read|do) it\.$/.test(summary)).map(idOf)).toEqual([]);
	});

	test('changes its own profile and password', async () => {
		await withNas({ account: 'user' }, async ({ dsm, acquire, simulator }) => {
			await dsm.do(own.update, { email: 'robert@example.com' });
			expect(await dsm.do(own.get, {})).toMatchObject({ user_name: 'bob', email: 'robert@example.com' });
			await dsm.do(own.setPassword, { password: 'Another-2027' });
			expect(simulator.nas.user('bob').password).toBe('Another-2027');
			expect(await acquire({ password: 'Another-2027' }).dsm.do(own.getSignIn, {})).toMatchObject({
				auth_type: ['passwd'],
			});
			expect((await dsm.do(own.listApplications, {})).length).toBeGreaterThan(3);
			expect(await dsm.do(own.listAuthenticators, {})).toEqual([]);
			expect(await dsm.do(own.listKeys, {})).toEqual([]);
			expect(await dsm.do(own.listDevices, {})).toEqual([]);
			expect(await dsm.do(own.getTwoFactor, {})).toEqual({ configured: false });
			await dsm.do(own.deleteOtherDevices, {});
			expect(await dsm.do(policy.getPassword, {})).toMatchObject({ min_length: 8 });
		});
	});

	test('reads what everybody may of policies, OAuth Service, the LDAP client and SSO Server', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			const { dsm, simulator } = scene;
			expect(await dsm.do(operations.oauth.listScopes, {})).not.toEqual([]);
			stage(scene).ldapCode = 2701;
			expect(await dsm.do(operations.directory.getLdap, {})).toEqual({ configured: false });
			expect(await dsm.do(operations.ssoServer.getDiscovery, {})).toMatchObject({
				issuer: `${simulator.url}/webman/sso`,
			});
		});
	});

	test('says whether it has a one-time code', async () => {
		await withNas({ account: 'user', otp: true }, async ({ dsm }) => {
			expect(await dsm.do(own.getTwoFactor, {})).toEqual({ configured: true });
		});
	});

	const refused = async ({ dsm }: Scene) => await failure(dsm.do(group.list, {}));

	test('is told what is missing, unless the task was delegated to it', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			expect(await refused(scene)).toMatchObject({
				code: 'permission',
				message: expect.stringContaining('it takes an administrator, or one to whom this part was delegated'),
			});
			for (const api of ['SYNO.Core.Group', 'SYNO.Core.Group.Member', 'SYNO.Core.User.PasswordConfirm'])
				scene.simulator.nas.user('bob').delegated.add(api);
			expect((await scene.dsm.do(group.list, {})).map(({ name }) => name)).toContain('users');
			await scene.dsm.do(group.addMembers, { group_name: 'http', user_names: ['carol'] });
			expect(scene.simulator.nas.user('carol').groups).toEqual(['users', 'http']);
		});
	});
});
