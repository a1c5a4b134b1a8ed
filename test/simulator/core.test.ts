import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SettableClock, type Simulator, startSimulator } from '../../src/simulator';
import { call, get, login, type Login, post, tryLogin } from './client';

let clock: SettableClock;
let nas: Simulator;
let alice: Login;
let bob: Login;

beforeEach(async () => {
	clock = new SettableClock();
	nas = await startSimulator({ clock });
	alice = await login(nas);
	bob = await login(nas, { account: 'bob' });
});
afterEach(() => nas.close());

describe('who am I', () => {
	test('Personal.Profile names the account', async () => {
		const { json } = await call(nas, bob, 'SYNO.Personal.Profile', 'get', 1);
		expect(json.data).toMatchObject({
			userName: 'bob',
			nickName: 'Bob',
			uid: 1027,
			email: 'bob@example.com',
			groups: ['users'],
		});
	});

	test('FileStation.Info says who manages', async () => {
		expect((await call(nas, alice, 'SYNO.FileStation.Info', 'get', 2)).json.data.is_manager).toBe(true);
		expect((await call(nas, bob, 'SYNO.FileStation.Info', 'get', 2)).json.data.is_manager).toBe(false);
	});

	test('NormalUser is readable at version 1 only', async () => {
		expect((await call(nas, bob, 'SYNO.Core.NormalUser', 'get', 1)).json.data.name).toBe('bob');
		expect((await call(nas, bob, 'SYNO.Core.NormalUser', 'get', 2)).json.error?.code).toBe(103);
	});

	test('Initdata names the session and the granted applications', async () => {
		const nochat = await login(nas, { account: 'nochat' });
		const { json } = await call(nas, nochat, 'SYNO.Core.Desktop.Initdata', 'get', 1);
		expect(json.data.Session).toMatchObject({
			user: 'nochat',
			is_admin: false,
			isLogined: true,
			hostname: 'nas',
			productversion: '7.3.2',
		});
		expect(json.data.AppPrivilege['SYNO.SDS.Chat.Application']).toBe(false);
		expect(json.data.AppPrivilege['SYNO.SDS.App.FileStation3.Instance']).toBe(true);
		expect(
			(await get(nas, { api: 'SYNO.Core.Desktop.Initdata', version: 1, method: 'get' })).json.data.Session.isLogined,
		).toBe(false);
	});

	test('Initdata with action external_ip names the outside address', async () => {
		const { json } = await call(nas, bob, 'SYNO.Core.Desktop.Initdata', 'get', 1, { action: '"external_ip"' });
		expect(json.data).toEqual({ ddns_hostname: 'nas.example.com', external_ip: '198.51.100.20' });
	});

	test('Auth.Type names the sign-in methods without a session', async () => {
		const ask = async (account: string) =>
			(await get(nas, { api: 'SYNO.API.Auth.Type', version: 1, method: 'get', account })).json.data;
		expect(await ask('alice')).toEqual([{ type: 'passwd' }]);
		expect(await ask('twofactor')).toEqual([{ type: 'passwd' }, { type: 'authenticator' }, { type: 'otp' }]);
	});

	test('Auth.UIConfig sets the cookie with the key of 32 bytes', async () => {
		const { headers } = await post(nas, { api: 'SYNO.API.Auth.UIConfig', version: 1, method: 'get' });
		expect(headers.getSetCookie()[0]).toMatch(/^_SSID=[A-Za-z0-9_-]{43};/);
	});
});

describe('the NAS', () => {
	test('DSM.Info tells version and uptime in seconds', async () => {
		clock.advance(90_000);
		const { json } = await call(nas, bob, 'SYNO.DSM.Info', 'getinfo', 2);
		expect(json.data).toMatchObject({
			uptime: 90,
			version: '86009',
			version_string: 'DSM 7.3.2-86009 Update 4',
			time: 'Mon Jan  5 08:01:30 2026',
		});
	});

	test('packages are listed; status only when asked for; an unknown key is 120', async () => {
		const list = async (params: Record<string, string>) =>
			(await call(nas, bob, 'SYNO.Core.Package', 'list', 2, params)).json;
		const chat = {
			id: 'Chat',
			name: 'Synology Chat Server',
			version: '2.4.6-22200',
			timestamp: Date.UTC(2025, 10, 30, 12, 0, 0),
		};
		expect((await list({})).data.packages[0]).toEqual(chat);
		expect((await list({ additional: '["status"]' })).data.packages[0]).toEqual({
			...chat,
			additional: { status: 'running' },
		});
		expect((await list({ additional: '["removable"]' })).error?.code).toBe(120);
	});
});

describe('connections', () => {
	test('each session is listed to administrators', async () => {
		const { json } = await call(nas, alice, 'SYNO.Core.CurrentConnection', 'list', 1);
		expect(json.data.total).toBe(2);
		expect(json.data.systime).toBe('2026/01/05 08:00:00');
		expect(json.data.items.find(({ who }: { who: string }) => who === 'bob')).toMatchObject({
			from: '127.0.0.1',
			descr: 'DiskStation Manager',
			pid: 1,
			is_current_connected: false,
		});
		expect((await call(nas, bob, 'SYNO.Core.CurrentConnection', 'list', 1)).json.error?.code).toBe(105);
	});

	test('a kicked session is 119', async () => {
		const { json } = await call(nas, alice, 'SYNO.Core.CurrentConnection', 'list', 1);
		const row = json.data.items.find(({ who }: { who: string }) => who === 'bob');
		await call(nas, alice, 'SYNO.Core.CurrentConnection', 'kick_connection', 1, {
			http_conn: JSON.stringify([row]),
			service_conn: '[]',
		});
		expect((await call(nas, bob, 'SYNO.DSM.Info', 'getinfo', 2)).json.error?.code).toBe(119);
	});
});

describe('auto-block', () => {
	const rules = async (method: string, params: Record<string, string> = {}) =>
		(await call(nas, alice, 'SYNO.Core.Security.AutoBlock.Rules', method, 1, params)).json;

	test('a blocked address is a deny row; deleting the row lifts it', async () => {
		nas.nas.switches.autoBlockAttempts = 2;
		await tryLogin(nas, { passwd: 'x' });
		await tryLogin(nas, { passwd: 'x' });
		expect((await tryLogin(nas)).json.error?.code).toBe(407);
		expect((await rules('list', { type: '"deny"' })).data).toEqual({ ip_info: ['127.0.0.1'], total: 1 });
		expect((await rules('delete', { ip: '["127.0.0.1"]' })).success).toBe(true);
		expect((await tryLogin(nas)).json.success).toBe(true);
	});

	test('a list without a type is 5100, a deletion without anything 5103', async () => {
		expect((await rules('list')).error?.code).toBe(5100);
		expect((await rules('delete')).error?.code).toBe(5103);
	});
});

test('the own trusted devices need a parameter: 114 without', async () => {
	expect((await call(nas, bob, 'SYNO.Core.TrustDevice', 'get', 1)).json.error?.code).toBe(114);
});
