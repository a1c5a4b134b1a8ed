import { describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { asDsm5, webdavOf, type WebdavState } from '../../src/simulator/services/webdav';
import { call, login, type Answer, type Form } from './client';

interface Talk {
	simulator: Simulator;
	webdav: WebdavState;
	ask: (api: string, method: string, version?: number, params?: Form) => Promise<Answer>;
}

async function talk(
	run: (talk: Talk) => Promise<void>,
	{ as, before, ...options }: SimulatorOptions & { as?: string; before?: (simulator: Simulator) => void } = {},
): Promise<void> {
	const simulator = await startSimulator(options);
	try {
		before?.(simulator);
		const who = await login(simulator, as === undefined ? {} : { account: as });
		const ask: Talk['ask'] = async (api, method, version = 1, params = {}) =>
			await call(simulator, who, api, method, version, params);
		await run({ simulator, webdav: webdavOf(simulator.nas), ask });
	} finally {
		await simulator.close();
	}
}

const COMMON = 'SYNO.WebDAV.Common';

describe('the settings', () => {
	test('are those of the text, are set whole, and keys that are unknown are passed over with success', async () => {
		await talk(async ({ ask, webdav }) => {
			const whole = {
				enable_anonymous: false,
				enable_depth_infinity: false,
				enable_http: false,
				enable_https: true,
				enable_log: true,
				http_port: 5005,
				https_port: 5006,
			};
			expect((await ask(COMMON, 'get')).json).toEqual({ data: whole, success: true });
			expect((await ask(COMMON, 'set', 1, { enable_http: 'true', magic: 'true' })).json).toEqual({ success: true });
			expect(webdav.values).toEqual({ ...whole, enable_http: true });
			expect((await ask(COMMON, 'set', 1, { http_port: 443 })).json.error?.code).toBe(1903);
			expect((await ask(COMMON, 'set', 1, { http_port: '"5005"' })).json.error?.code).toBe(120);
		});
	});

	test.each([
		['bob', 105],
		['alice', undefined],
	])('answer %s with %s', async (as, code) => {
		await talk(async ({ ask }) => expect((await ask(COMMON, 'get')).json.error?.code).toBe(code), { as });
	});

	test('are open to an ordinary account to whom they were delegated', async () => {
		await talk(async ({ ask }) => expect((await ask(COMMON, 'get')).json.success).toBe(true), {
			as: 'bob',
			before: ({ nas }) => void nas.user('bob').delegated.add(COMMON),
		});
	});

	test('are gone with the package, and stand elsewhere in DSM 5', async () => {
		await talk(async ({ ask, simulator }) => {
			simulator.nas.packages.get('WebDAVServer')!.status = 'stop';
			expect((await ask(COMMON, 'get')).json.error?.code).toBe(102);
			asDsm5(simulator.nas);
			expect((await ask('SYNO.Core.FileServ.WebDAV', 'get')).json.data).toEqual({
				enable_http: false,
				enable_https: true,
			});
			expect((await ask(COMMON, 'get')).json.error?.code).toBe(102);
		});
	});

	test('of the old CalDAV have no method that anybody knows', async () => {
		await talk(async ({ ask }) => {
			for (const method of ['get', 'list', 'create'])
				expect((await ask('SYNO.WebDAV.CalDAV.Calendar', method)).json.error?.code).toBe(103);
		});
	});
});

describe('what is around it', () => {
	test('wants both lists of connections, and lists the process of each', async () => {
		await talk(async ({ ask, simulator, webdav }) => {
			const pid = webdav.connect('bob', '192.0.2.30');
			const row = { who: 'bob', from: '192.0.2.30', pid, type: 'WebDAV' };
			const kick = async (form: Form) =>
				(await ask('SYNO.Core.CurrentConnection', 'kick_connection', 1, form)).json.error?.code;
			expect(await kick({ service_conn: JSON.stringify([row]) })).toBe(114);
			expect(simulator.nas.connections).toHaveLength(1);
			const { items } = (await ask('SYNO.Core.CurrentConnection', 'list')).json.data;
			expect(items).toContainEqual(expect.objectContaining({ ...row, protocol: 'WebDAV', can_be_kicked: true }));
			expect(await kick({ service_conn: JSON.stringify([row]), http_conn: '[]' })).toBeUndefined();
			expect(simulator.nas.connections).toEqual([]);
		});
	});

	test.each([
		['SYNO.Core.AppPriv.Rule', 'get', 1, 3400],
		['SYNO.Core.AppPriv.Rule', 'set', 1, 3400],
		['SYNO.Core.AppPriv.App', 'preview', 2, 3400],
		['SYNO.Core.BandwidthControl', 'get', 2, 5300],
		['SYNO.Core.BandwidthControl', 'set', 1, 5300],
		['SYNO.Core.Security.AutoBlock.Rules', 'list', 1, 5100],
		['SYNO.Core.Security.AutoBlock', 'set', 1, 120],
		['SYNO.Core.SyslogClient.FileTransfer', 'set', 1, 120],
	])('refuses a bare %s %s v%s with %s', async (api, method, version, code) => {
		await talk(async ({ ask }) => expect((await ask(api, method, version)).json.error?.code).toBe(code));
		await talk(async ({ ask }) => expect((await ask(api, method, version)).json.error?.code).toBe(105), { as: 'bob' });
	});

	test('spells the effective right as the text does', async () => {
		await talk(async ({ ask, webdav }) => {
			webdav.setRule({ entity_type: 'group', entity_name: 'users' }, false);
			webdav.setRule({ entity_type: 'user', entity_name: 'bob' }, true);
			expect((await ask('SYNO.Core.AppPriv.App', 'preview', 2, { username: '"bob"' })).json.data).toEqual({
				applications: expect.arrayContaining([{ app_id: 'SYNO.WebDav', privilelge: 'deny' }]),
			});
		});
	});
});

describe('the server', () => {
	const basic = (name: string, password = `${name}-Passw0rd`) => ({
		Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
	});

	async function served(
		run: (ask: (method: string, path: string, init?: RequestInit) => Promise<Response>, talk: Talk) => Promise<void>,
	) {
		await talk(async (all) => {
			const { http } = await all.webdav.open();
			all.webdav.files.write('/work/a.txt', { content: 'hello' });
			const ask = async (method: string, path: string, { headers, ...rest }: RequestInit = {}) =>
				await fetch(`http://127.0.0.1:${http}${path}`, {
					method,
					redirect: 'manual',
					headers: { ...basic('alice'), ...(headers as Record<string, string>) },
					...rest,
				});
			await run(ask, all);
		});
	}

	test('asks strangers who they are, and tells others which DAV it speaks', async () => {
		await served(async (ask, { webdav }) => {
			const stranger = await ask('OPTIONS', '/', { headers: { Authorization: '' } });
			expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="WebDAV"']);
			const known = await ask('OPTIONS', '/');
			expect([known.status, known.headers.get('dav'), known.headers.get('ms-author-via')]).toEqual([200, '1,2', 'DAV']);
			webdav.setRule({ entity_type: 'user', entity_name: 'alice' }, false);
			expect((await ask('PROPFIND', '/', { headers: { Depth: '0' } })).status).toBe(403);
		});
	});

	test('lists no depths without end unless that is switched on', async () => {
		await served(async (ask, { webdav }) => {
			expect((await ask('PROPFIND', '/work/')).status).toBe(403);
			webdav.values.enable_depth_infinity = true;
			expect((await ask('PROPFIND', '/work/')).status).toBe(207);
			expect((await ask('PROPFIND', '/work', { headers: { Depth: '1' } })).status).toBe(301);
		});
	});

	test.each([
		['PUT', '/work/none/a.txt', {}, 409],
		['PUT', '/work/a.txt', { 'If-None-Match': '*' }, 412],
		['PUT', '/work/a.txt', { 'If-Match': '"other"' }, 412],
		['PUT', '/work/a.txt', {}, 204],
		['PUT', '/work/b.txt', {}, 201],
		['MKCOL', '/work/', {}, 405],
		['MKCOL', '/work/x/y/', {}, 409],
		['DELETE', '/work/none', {}, 404],
		['DELETE', '/work/', {}, 403],
		['MOVE', '/work/a.txt', {}, 400],
		['MOVE', '/work/a.txt', { Destination: 'http://other.example.com/work/b.txt' }, 502],
		['UNLOCK', '/work/a.txt', { 'Lock-Token': '<opaquelocktoken:none>' }, 409],
		['GET', '/work/a.txt', { Range: 'bytes=9-' }, 416],
		['GET', '/work/a.txt', { Range: 'bytes=1-2' }, 206],
	])('answers %s %s with %j by %s', async (method, path, headers, status) => {
		await served(async (ask) => {
			const body = method === 'PUT' ? { body: 'new' } : {};
			expect((await ask(method, path, { headers: headers as Record<string, string>, ...body })).status).toBe(status);
		});
	});

	test('counts wrong passwords for Auto Block, and then takes the right one no more', async () => {
		await served(async (ask) => {
			for (let n = 0; n < 10; n++)
				expect((await ask('GET', '/work/a.txt', { headers: basic('alice', 'wrong') })).status).toBe(401);
			expect((await ask('GET', '/work/a.txt')).status).toBe(403);
		});
	});

	test('logs transfers only while that is on', async () => {
		await served(async (ask, { ask: api, webdav }) => {
			const rows = async () =>
				(await api('SYNO.Core.SyslogClient.Log', 'list', 1, { target: '"LOCAL"', logtype: '"webdav"' })).json.data
					.items;
			expect(await (await ask('GET', '/work/a.txt')).text()).toBe('hello');
			expect(await rows()).toMatchObject([{ username: 'alice', cmd: 'read', descr: '/work/a.txt', isdir: 'false' }]);
			webdav.logging.webdav = false;
			await (await ask('GET', '/work/a.txt')).text();
			expect(await rows()).toHaveLength(1);
		});
	});
});
