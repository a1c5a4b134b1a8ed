import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SettableClock, type Simulator, startSimulator } from '../../src/simulator';
import { call, get, login, type Login, multipart, post, raw, send } from './client';

let nas: Simulator;
let alice: Login;

beforeEach(async () => {
	nas = await startSimulator({ clock: new SettableClock() });
	alice = await login(nas);
});
afterEach(() => nas.close());

const PROFILE = { api: 'SYNO.Personal.Profile', version: 1, method: 'get' };
const TIMEOUT = { api: 'SYNO.Core.Desktop.Timeout', version: 1, method: 'get' };

describe('envelope', () => {
	test('an error is compact JSON with keys in alphabetical order and HTTP status 200', async () => {
		const answer = await call(nas, await login(nas, { account: 'bob' }), 'SYNO.Core.CurrentConnection', 'list', 1);
		expect(answer.status).toBe(200);
		expect(answer.text).toBe('{"error":{"code":105},"success":false}');
		expect(answer.text.length).toBe(38);
	});

	test('data comes before success and inner keys are alphabetical too', async () => {
		const { text } = await get(nas, { api: 'SYNO.API.Info', version: 1, method: 'query', query: 'SYNO.API.Auth' });
		expect(text).toBe('{"data":{"SYNO.API.Auth":{"maxVersion":7,"minVersion":1,"path":"entry.cgi"}},"success":true}');
	});

	test('the charset of the content type is quoted', async () => {
		const { headers } = await post(nas, { ...TIMEOUT, _sid: alice.sid }, { headers: alice.headers });
		expect(headers.get('content-type')).toBe('application/json; charset="UTF-8"');
	});

	test('connections are kept alive for 20 seconds and answers are chunked', async () => {
		const { headers } = await get(nas, { api: 'SYNO.API.Info', version: 1, method: 'query', query: 'all' });
		expect(headers.get('keep-alive')).toBe('timeout=20');
		expect(headers.get('transfer-encoding')).toBe('chunked');
		expect(headers.get('cache-control')).toBe('max-age=0, no-cache, no-store, must-revalidate');
	});

	test('a success without data has no data key', async () => {
		const { text } = await call(nas, alice, 'SYNO.Core.Desktop.Timeout', 'reset', 1);
		expect(text).toBe('{"success":true}');
	});
});

describe('paths', () => {
	test.each([
		['/webapi/query.cgi', 'SYNO.API.Info'],
		['/webapi/entry.cgi', 'SYNO.API.Info'],
		['/webapi/entry.cgi/SYNO.API.Info', 'SYNO.API.Info'],
		['/chat/webapi/entry.cgi', 'SYNO.API.Info'],
	])('%s answers %s', async (path, api) => {
		const { json } = await get(nas, { api, version: 1, method: 'query', query: 'SYNO.API.Info' }, { path });
		expect(json.success).toBe(true);
	});

	test('encryption.cgi answers SYNO.API.Encryption with the clock of the NAS', async () => {
		const { json } = await get(
			nas,
			{ api: 'SYNO.API.Encryption', version: 1, method: 'getinfo', format: 'module' },
			{ path: '/webapi/encryption.cgi' },
		);
		expect(json.data.server_time).toBe(Date.UTC(2026, 0, 5, 8, 0, 0) / 1000);
		expect(json.data.cipherkey).toBe('__cIpHeRtExT');
	});

	test('auth.cgi answers SYNO.API.Auth', async () => {
		const form = { api: 'SYNO.API.Auth', version: 3, method: 'login', account: 'alice', passwd: 'alice-Passw0rd' };
		expect((await get(nas, form, { path: '/webapi/auth.cgi' })).json.success).toBe(true);
	});

	test('an API asked at a path that is not its own is 102', async () => {
		expect((await get(nas, { ...TIMEOUT, _sid: alice.sid }, { path: '/webapi/query.cgi' })).json.error?.code).toBe(102);
		expect(nas.unexpected[0]?.nearest).toBe('SYNO.Core.Desktop.Timeout at entry.cgi');
	});

	test('an old API answers at its own CGI only', async () => {
		const form = { api: 'SYNO.DownloadStation.Info', version: 1, method: 'getinfo' };
		expect((await post(nas, form, { path: '/webapi/entry.cgi' })).json.error?.code).toBe(102);
		expect((await post(nas, form, { path: '/webapi/DownloadStation/info.cgi' })).json.error?.code).toBe(105);
	});

	test('an unknown path is an HTML 404', async () => {
		const { status, text } = await get(nas, TIMEOUT, { path: '/nowhere/webapi/entry.cgi' });
		expect(status).toBe(404);
		expect(text).toContain('404 Not Found');
	});

	test('the ping names the MD5 of the server id', async () => {
		const answer = await get(nas, { action: 'cors', quickconnect: 'true' }, { path: '/webman/pingpong.cgi' });
		expect(answer.text).toBe('{"boot_done":true,"ezid":"781e5e245d69b566979b86e28d23f2c7","success":true}');
	});
});

describe('request forms', () => {
	test('GET takes everything from the query', async () => {
		const { json } = await get(nas, { ...PROFILE, _sid: alice.sid, SynoToken: alice.token });
		expect(json.data.userName).toBe('alice');
	});

	test('the body wins over the query', async () => {
		const query = { api: 'SYNO.Core.Desktop.Timeout', version: 9, method: 'nothing' };
		const { json } = await post(nas, { ...PROFILE, _sid: alice.sid }, { query, headers: alice.headers });
		expect(json.data.userName).toBe('alice');
	});

	test('an empty POST body is 101 even with the keys in the query', async () => {
		const { text } = await post(nas, {}, { query: { ...PROFILE, _sid: alice.sid, SynoToken: alice.token } });
		expect(text).toBe('{"error":{"code":101},"success":false}');
	});

	test.each(['api', 'version', 'method'])('a request without %s is 101', async (key) => {
		const form = Object.fromEntries(Object.entries({ ...PROFILE, _sid: alice.sid }).filter(([name]) => name !== key));
		expect((await post(nas, form)).json.error?.code).toBe(101);
	});

	test('a GET above 8100 bytes is 414', async () => {
		expect((await get(nas, { ...TIMEOUT, filler: 'x'.repeat(8100) })).status).toBe(414);
		expect(
			(await post(nas, { ...TIMEOUT, _sid: alice.sid, filler: 'x'.repeat(8100) }, { headers: alice.headers })).json
				.success,
		).toBe(true);
	});

	test('quoted and bare text mean the same', async () => {
		const bare = await call(nas, alice, 'SYNO.FileStation.List', 'list', 2, { folder_path: '/docs' });
		const quoted = await call(nas, alice, 'SYNO.FileStation.List', 'list', 2, { folder_path: '"/docs"' });
		expect(bare.json.data).toEqual(quoted.json.data);
	});

	test('a folder named 2024 needs quotes: bare, the name is a number', async () => {
		const params = { folder_path: '/docs', force_parent: 'false' };
		const bare = await call(nas, alice, 'SYNO.FileStation.CreateFolder', 'create', 2, { ...params, name: '2024' });
		expect(bare.json.error?.code).toBe(400);
		const quoted = await call(nas, alice, 'SYNO.FileStation.CreateFolder', 'create', 2, { ...params, name: '"2024"' });
		expect(quoted.json.data.folders).toEqual([{ isdir: true, name: '2024', path: '/docs/2024' }]);
	});

	test('a comma list is one literal name', async () => {
		const params = { folder_path: '/docs', name: 'a,b' };
		const { json } = await call(nas, alice, 'SYNO.FileStation.CreateFolder', 'create', 2, params);
		expect(json.data.folders[0].path).toBe('/docs/a,b');
	});

	test('an empty bare value counts as absent', async () => {
		const { json } = await call(nas, alice, 'SYNO.FileStation.List', 'list', 2, { folder_path: '' });
		expect(json.error?.code).toBe(400);
	});

	test('names are UTF-8, with spaces as %20 or +', async () => {
		const body = `api=SYNO.FileStation.CreateFolder&version=2&method=create&_sid=${alice.sid}&folder_path=%22/docs%22&name=%22%C3%A4+b%20c%22`;
		const { json } = await send(`${nas.url}/webapi/entry.cgi`, body, {
			'Content-Type': 'application/x-www-form-urlencoded',
			...alice.headers,
		});
		expect(json.data.folders[0].name).toBe('ä b c');
	});
});

describe('place of session and token', () => {
	test.each([
		['urlencoded body', { _sid: true }, {}],
		['cookie', {}, { cookie: true }],
	])('the sid counts in the %s', async (_where, inBody, inHeader) => {
		const form = { ...PROFILE, ...('_sid' in inBody && { _sid: alice.sid }) };
		const headers = { ...alice.headers, ...('cookie' in inHeader && { Cookie: `id=${alice.sid}` }) };
		expect((await post(nas, form, { headers })).json.success).toBe(true);
	});

	test('the sid counts in the query', async () => {
		expect((await post(nas, PROFILE, { query: { _sid: alice.sid }, headers: alice.headers })).json.success).toBe(true);
	});

	test('the sid does not count as a multipart part', async () => {
		const body = multipart([
			{ name: '_sid', value: alice.sid },
			{ name: 'x', value: '1' },
		]);
		const type = { 'Content-Type': 'multipart/form-data; boundary=xBOUNDARYx', ...alice.headers };
		const url = `${nas.url}/webapi/entry.cgi?api=SYNO.Personal.Profile&version=1&method=get`;
		expect((await send(url, body, type)).json.error?.code).toBe(119);
		expect((await send(`${url}&_sid=${alice.sid}`, body, type)).json.success).toBe(true);
		expect((await send(url, body, { ...type, Cookie: `id=${alice.sid}` })).json.success).toBe(true);
	});

	test('a stale cookie beside a fresh sid breaks the request', async () => {
		const headers = { ...alice.headers, Cookie: 'id=stale' };
		expect((await post(nas, { ...PROFILE, _sid: alice.sid }, { headers })).json.error?.code).toBe(119);
	});

	test('a token in the body is as good as none: 119', async () => {
		const form = { ...PROFILE, _sid: alice.sid };
		expect((await post(nas, form)).json.error?.code).toBe(119);
		expect((await post(nas, { ...form, SynoToken: alice.token })).json.error?.code).toBe(119);
		expect((await post(nas, form, { query: { SynoToken: alice.token } })).json.success).toBe(true);
		expect((await post(nas, form, { headers: { 'X-SYNO-TOKEN': alice.token } })).json.success).toBe(true);
	});

	test.each([105, 103] as const)('the code for a missing token can be switched to %i', async (code) => {
		nas.nas.switches.missingTokenCode = code;
		expect((await post(nas, { ...PROFILE, _sid: alice.sid })).json.error?.code).toBe(code);
	});

	test('with requireToken a session without a token may read but not write', async () => {
		nas.nas.switches.requireToken = true;
		const { sid } = await login(nas, { enable_syno_token: 'no' });
		expect((await post(nas, { ...PROFILE, _sid: sid })).json.success).toBe(true);
		const write = {
			api: 'SYNO.FileStation.CreateFolder',
			version: 2,
			method: 'create',
			folder_path: '/docs',
			name: 'n',
		};
		expect((await post(nas, { ...write, _sid: sid })).json.error?.code).toBe(119);
	});
});

describe('records', () => {
	test('every request is recorded with what it called and what it got', async () => {
		await post(nas, { ...PROFILE, _sid: alice.sid }, { headers: alice.headers });
		const last = nas.requests.at(-1);
		expect(last).toMatchObject({
			httpMethod: 'POST',
			path: '/webapi/entry.cgi',
			...PROFILE,
			bodyKind: 'urlencoded',
			sessionSid: alice.sid,
			answerCode: 0,
		});
		expect(nas.logins).toBe(1);
	});

	test('a deviation put in front answers first and may leave the call to the others', async () => {
		nas.use({ 'SYNO.Personal.Profile.get': ({ user }) => (user?.name === 'bob' ? { error: 117 } : undefined) });
		expect((await call(nas, alice, 'SYNO.Personal.Profile', 'get', 1)).json.data.userName).toBe('alice');
		expect(
			(await call(nas, await login(nas, { account: 'bob' }), 'SYNO.Personal.Profile', 'get', 1)).json.error?.code,
		).toBe(117);
	});

	test('a chunked request without a length is read all the same', async () => {
		const body = Buffer.from(new URLSearchParams({ ...PROFILE, version: '1', _sid: alice.sid }).toString());
		const headers = {
			'Content-Type': 'application/x-www-form-urlencoded',
			'Transfer-Encoding': 'chunked',
			...alice.headers,
		};
		const { text } = await raw(`${nas.url}/webapi/entry.cgi`, { method: 'POST', headers, body });
		expect(JSON.parse(text).data.userName).toBe('alice');
	});
});
