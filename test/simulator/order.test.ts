import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SettableClock, type Simulator, startSimulator } from '../../src/simulator';
import { call, get, login, post, raw, tryLogin } from './client';

let clock: SettableClock;
let nas: Simulator;

beforeEach(async () => {
	clock = new SettableClock();
	nas = await startSimulator({ clock });
});
afterEach(() => nas.close());

const PROFILE = ['SYNO.Personal.Profile', 'get', 1] as const;

describe('order of validation, without any session', () => {
	test.each([
		[102, 'SYNO.Personal.Profil', 'got', 99, 'SYNO.Personal.Profile'],
		[104, 'SYNO.Personal.Profile', 'got', 99, 'SYNO.Personal.Profile 1-3'],
		[103, 'SYNO.Personal.Profile', 'gets', 1, 'SYNO.Personal.Profile.get'],
		[103, 'SYNO.Core.System', 'reboot', 3, 'SYNO.Core.System.reboot at version 1'],
	])('%i comes for %s %s v%i', async (code, api, method, version, nearest) => {
		expect((await post(nas, { api, method, version })).json.error?.code).toBe(code);
		expect(nas.unexpected).toEqual([{ api, method, version, nearest }]);
	});

	test('119 comes after the method and before the privilege', async () => {
		expect((await post(nas, { api: 'SYNO.Core.User', method: 'list', version: 1 })).json.error?.code).toBe(119);
		expect(nas.unexpected).toEqual([]);
	});

	test('an old CGI says 105 instead of 119', async () => {
		const { json } = await post(
			nas,
			{ api: 'SYNO.DownloadStation.Info', method: 'getinfo', version: 1, _sid: 'x' },
			{ path: '/webapi/DownloadStation/info.cgi' },
		);
		expect(json.error?.code).toBe(105);
	});

	test('a version above the dumped tables repeats the highest listed one', async () => {
		expect((await post(nas, { api: 'SYNO.Chat.User', method: 'list', version: 3 })).json.error?.code).toBe(119);
	});
});

describe('privileges', () => {
	test('a call for administrators answers 105 to an ordinary user', async () => {
		const bob = await login(nas, { account: 'bob' });
		expect((await call(nas, bob, 'SYNO.Core.User', 'list', 1)).json.error?.code).toBe(105);
	});

	test('an account without the application gets 105, or 160 when switched so', async () => {
		const nochat = await login(nas, { account: 'nochat' });
		expect((await call(nas, nochat, 'SYNO.Chat.Channel', 'list', 5)).json.error?.code).toBe(105);
		nas.nas.switches.missingPrivilegeCode = 160;
		expect((await call(nas, nochat, 'SYNO.Chat.Channel', 'list', 5)).json.error?.code).toBe(160);
	});

	test('the token is looked at before the privilege', async () => {
		const { sid } = await login(nas, { account: 'bob' });
		expect((await post(nas, { api: 'SYNO.Core.User', method: 'list', version: 1, _sid: sid })).json.error?.code).toBe(
			119,
		);
	});
});

describe('calls without a behaviour', () => {
	test('answer what a device recorded for this kind of account', async () => {
		const bob = await login(nas, { account: 'bob' });
		const answer = await call(nas, bob, 'SYNO.Core.TFTP', 'get', 1);
		expect([answer.json.error?.code, answer.headers.get('X-Simulator-Warrant')]).toEqual([105, 'recorded']);
		expect(nas.warrants.at(-1)).toEqual({
			api: 'SYNO.Core.TFTP',
			method: 'get',
			version: 1,
			warrant: 'recorded',
		});
	});

	test('are unknown for an administrator, with parameters, and where a device only said that it went well', async () => {
		const loud: string[] = [];
		const open = await startSimulator({ allowUnknown: true, onUnknown: ({ api }) => void loud.push(api) });
		const [alice, bob] = [await login(open), await login(open, { account: 'bob' })];
		const answers = [
			await call(open, alice, 'SYNO.Core.ACL', 'get', 1),
			await call(open, bob, 'SYNO.AI.Config', 'get', 1, { key: 'x' }),
			await call(open, bob, 'SYNO.Core.Desktop.PersonalUpdater', 'need_update', 1),
		];
		expect(answers.map(({ status, headers }) => [status, headers.get('X-Simulator-Warrant')])).toEqual([
			[501, 'unknown'],
			[501, 'unknown'],
			[501, 'unknown'],
		]);
		expect(answers[0]?.text).toBe('The simulated NAS does not know how DSM answers SYNO.Core.ACL get v1.\n');
		expect(loud).toEqual(['SYNO.Core.ACL', 'SYNO.AI.Config', 'SYNO.Core.Desktop.PersonalUpdater']);
		await open.close();
	});

	test('make closing fail, and a batch tells its weakest answer', async () => {
		const strict = await startSimulator();
		const alice = await login(strict);
		const compound = [
			{ api: 'SYNO.Personal.Profile', method: 'get', version: 1 },
			{ api: 'SYNO.Core.ACL', method: 'get', version: 1 },
		];
		const batch = await call(strict, alice, 'SYNO.Entry.Request', 'request', 1, { compound: JSON.stringify(compound) });
		expect(batch.headers.get('X-Simulator-Warrant')).toBe('unknown');
		expect(batch.json.data.result[1].error).toEqual({ code: 100 });
		await expect(strict.close()).rejects.toThrow('Nobody knows how a NAS answers:\nSYNO.Core.ACL get v1');
	});
});

describe('life of a session', () => {
	test('unused for longer than the logout timer: 106', async () => {
		const alice = await login(nas);
		clock.advance(14 * 60_000);
		expect((await call(nas, alice, ...PROFILE)).json.success).toBe(true);
		clock.advance(15 * 60_000 + 1);
		expect((await call(nas, alice, ...PROFILE)).json.error?.code).toBe(106);
		expect((await call(nas, alice, ...PROFILE)).json.error?.code).toBe(106);
	});

	test('another login of the same account and name displaces it only when switched so: 107', async () => {
		const first = await login(nas, { session: 'webui' });
		await login(nas, { session: 'webui' });
		expect((await call(nas, first, ...PROFILE)).json.success).toBe(true);
		nas.nas.switches.displaceSameSessionName = true;
		await login(nas, { session: 'Chat' });
		expect((await call(nas, first, ...PROFILE)).json.success).toBe(true);
		await login(nas, { session: 'webui' });
		expect((await call(nas, first, ...PROFILE)).json.error?.code).toBe(107);
	});

	test('bound to its address, it answers 150 to another one', async () => {
		nas.nas.switches.bindIp = true;
		const { sid, token, headers } = await login(nas);
		const url = `${nas.url}/webapi/entry.cgi?api=SYNO.Personal.Profile&version=1&method=get&_sid=${sid}&SynoToken=${token}`;
		expect((await raw(url, { localAddress: '127.0.0.2' })).text).toBe('{"error":{"code":150},"success":false}');
		expect((await call(nas, { sid, token, headers }, ...PROFILE)).json.success).toBe(true);
	});

	test.each([106, 107, 119, 150])('loseSessions makes existing sids answer %i, and a new login works', async (code) => {
		const alice = await login(nas);
		nas.nas.faults.loseSessions(code);
		expect((await call(nas, alice, ...PROFILE)).json.error?.code).toBe(code);
		expect((await call(nas, await login(nas), ...PROFILE)).json.success).toBe(true);
	});

	test('a reboot forgets sessions, after some 502', async () => {
		const alice = await login(nas);
		nas.reboot({ badGatewayFor: 2 });
		expect((await call(nas, alice, ...PROFILE)).status).toBe(502);
		expect((await call(nas, alice, ...PROFILE)).status).toBe(502);
		expect((await call(nas, alice, ...PROFILE)).json.error?.code).toBe(119);
	});

	test('several sessions of an account live side by side', async () => {
		await Promise.all([login(nas), login(nas), login(nas)]);
		expect(nas.nas.sessions.size).toBe(3);
	});
});

describe('API list', () => {
	const query = async (names: string) =>
		(await get(nas, { api: 'SYNO.API.Info', version: 1, method: 'query', query: names })).json.data;

	test('all names the 1194 recorded APIs, and the two of WebDAV Server', async () => {
		expect(Object.keys(await query('all'))).toHaveLength(1194 + 2);
		expect(Object.keys(await query('ALL'))).toHaveLength(1194 + 2);
	});

	test('unknown names are absent', async () => {
		expect(await query('SYNO.Nothing,SYNO.DSM.Info')).toEqual({
			'SYNO.DSM.Info': { maxVersion: 2, minVersion: 2, path: 'entry.cgi', requestFormat: 'JSON' },
		});
	});

	test('a trailing dot matches by prefix, unless switched off', async () => {
		expect(Object.keys(await query('SYNO.Entry.'))).toEqual([
			'SYNO.Entry.Request',
			'SYNO.Entry.Request.Polling',
			'SYNO.Entry.SocketIo',
		]);
		nas.nas.switches.infoPrefix = false;
		expect(await query('SYNO.Entry.')).toEqual({});
	});

	test('only Auth and old CGIs have no request format', async () => {
		const rows = Object.entries<{ path: string; requestFormat?: string }>(await query('all'));
		const bare = rows
			.filter(([, row]) => row.requestFormat === undefined)
			.map(([name, row]) => (row.path === 'entry.cgi' ? name : 'old CGI'));
		expect(new Set(bare)).toEqual(new Set(['SYNO.API.Auth', 'old CGI']));
	});

	test('a package that is stopped or missing takes its APIs with it: absent, and 102', async () => {
		const chat = nas.nas.packages.get('Chat');
		if (chat) chat.status = 'stop';
		expect(await query('SYNO.Chat.Post')).toEqual({});
		expect((await post(nas, { api: 'SYNO.Chat.Post', version: 5, method: 'list' })).json.error?.code).toBe(102);
		const without = await startSimulator({ packages: ['SynologyDrive'], seed: false });
		expect(
			Object.keys(
				(
					await get(without, {
						api: 'SYNO.API.Info',
						version: 1,
						method: 'query',
						query: 'SYNO.Chat.Post,SYNO.SynologyDrive.Files',
					})
				).json.data,
			),
		).toEqual(['SYNO.SynologyDrive.Files']);
		await without.close();
	});

	test('DSM 7.2.2 serves its own list', async () => {
		const older = await startSimulator({ dsm: '7.2.2' });
		const { json } = await get(older, { api: 'SYNO.API.Info', version: 1, method: 'query', query: 'all' });
		expect(Object.keys(json.data)).toHaveLength(1139 + 2);
		await older.close();
	});
});

test('with strictUnknown closing fails and names the nearest method', async () => {
	const strict = await startSimulator({ strictUnknown: true, seed: false });
	await post(strict, { api: 'SYNO.Chat.Post', method: 'creat', version: 5 });
	await expect(strict.close()).rejects.toThrow('SYNO.Chat.Post creat v5 (nearest: SYNO.Chat.Post.create)');
});

test('login attempts are counted, right or wrong', async () => {
	await tryLogin(nas, { passwd: 'wrong' });
	await tryLogin(nas);
	expect(nas.logins).toBe(2);
});
