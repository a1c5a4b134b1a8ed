import { describe, expect, test } from '@jest/globals';
import { type Answer, bench, postForm } from './nas';

/** The rule of the web client: routing keys bare, every other value one JSON text (core.md 3.2). */
function encoded(params: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, JSON.stringify(value)]));
}

type Call = (api: string, method: string, version: number, params?: Record<string, unknown>) => Promise<Answer>;

/** Signs in as the web client does: raw login at the suffixed path, cookie, token header, suffixed paths for all calls. */
async function signIn(webapi: string): Promise<{ call: Call; cookie: string; token: string }> {
	const login = await postForm(`${webapi}entry.cgi/SYNO.API.Auth`, {
		...{ api: 'SYNO.API.Auth', version: 7, method: 'login', account: 'alice', passwd: 'alice-Passw0rd' },
		...{ session: 'webui', client: 'browser', logintype: 'local', rememberme: 0, otp_code: '', tabid: 65_000 },
		...{ enable_syno_token: 'yes', enable_device_token: 'no', timezone: '+01:00', ik_message: 'AAAA' },
	});
	const cookie = login.headers.getSetCookie()[0]?.replace(/;.*/, '') ?? '';
	const token = login.data.synotoken as string;
	const headers = {
		Cookie: cookie,
		'X-SYNO-TOKEN': token,
		'X-SYNO-HASH': 'abcdefghijk.MQ',
		'X-Requested-With': 'XMLHttpRequest',
	};
	const call: Call = async (api, method, version, params = {}) =>
		await postForm(`${webapi}entry.cgi/${api}`, { api, method, version, ...encoded(params) }, headers);
	return { call, cookie, token };
}

describe('the web client', () => {
	test('asks for its start data before and after signing in', async () => {
		const { webapi } = await bench();
		const plugins = await postForm(`${webapi}entry.cgi/SYNO.API.Auth.UIConfig`, {
			...{ api: 'SYNO.API.Auth.UIConfig', method: 'get', version: 1 },
		});
		expect(plugins.headers.getSetCookie()[0]).toMatch(/^_SSID=[\w-]{43};path=\/;HttpOnly$/);
		const start = { api: 'SYNO.Core.Desktop.Initdata', method: 'get', version: 1 };
		expect((await postForm(`${webapi}entry.cgi`, start)).data.Session).toMatchObject({ isLogined: false, user: '' });
		const { call } = await signIn(webapi);
		const { data } = await call('SYNO.Core.Desktop.Initdata', 'get', 1);
		expect(data.Session).toMatchObject({ isLogined: true, is_admin: true, user: 'alice', majorversion: '7' });
		expect(data.AppPrivilege['SYNO.SDS.Chat.Application']).toBe(true);
	});

	test('text that looks like JSON arrives as text when it is quoted', async () => {
		const { webapi } = await bench();
		const { call } = await signIn(webapi);
		for (const message of ['123', 'true', 'null', '[1]', '{"a":1}', '"q"', 'a&b=c+d%20e', '日本語 🎉', '']) {
			const { data, error } = await call('SYNO.Chat.Channel.Named', 'set', 1, { channel_id: 2, purpose: message });
			expect([message, data, error]).toEqual([message, undefined, undefined]);
			const { channel } = (await call('SYNO.Chat.Channel', 'get', 5, { channel_id: 2 })).data;
			expect(channel.purpose).toBe(message);
		}
	});

	test('sends compounds with JSON values, in order, each with its own answer', async () => {
		const { webapi } = await bench();
		const { call } = await signIn(webapi);
		const compound = [
			{ api: 'SYNO.Core.Desktop.Timeout', method: 'get', version: 1 },
			{ api: 'SYNO.Core.Nowhere', method: 'get', version: 1 },
			{ api: 'SYNO.Chat.Channel', method: 'view', version: 2, channel_id: 1, last_view_at: 1_767_000_000_000 },
		];
		const answer = await call('SYNO.Entry.Request', 'request', 1, {
			stop_when_error: false,
			mode: 'sequential',
			compound,
		});
		expect(answer.text).toBe(
			'{"data":{"has_fail":true,"result":[' +
				'{"api":"SYNO.Core.Desktop.Timeout","data":{"timeout":15},"method":"get","success":true,"version":1},' +
				'{"api":"SYNO.Core.Nowhere","error":{"code":102},"method":"get","success":false,"version":1},' +
				'{"api":"SYNO.Chat.Channel","method":"view","success":true,"version":2}]},"success":true}',
		);
		const stopped = await call('SYNO.Entry.Request', 'request', 1, {
			stop_when_error: true,
			mode: 'sequential',
			compound,
		});
		expect(stopped.data.result).toHaveLength(2);
	});

	test('uploads with all parameters in the query, as JSON, and only the file in the body', async () => {
		const { webapi } = await bench();
		const { cookie, token } = await signIn(webapi);
		const query = new URLSearchParams({
			...{ api: 'SYNO.Chat.Post', method: 'create', version: '5' },
			...encoded({ channel_id: 1, type: 'file', message: 'the plan', is_thread: false }),
		});
		const body = new FormData();
		body.set('file', new File(['bytes'], 'Plan für Freitag.pdf', { type: 'application/pdf' }));
		const response = await fetch(`${webapi}entry.cgi/SYNO.Chat.Post?${query}`, {
			...{ method: 'POST', body, headers: { Cookie: cookie, 'X-SYNO-TOKEN': token } },
		});
		const { data } = (await response.json()) as { data: any };
		expect(data).toMatchObject({
			...{ type: 'file', message: 'the plan' },
			file_props: { name: 'Plan für Freitag.pdf', size: 5, type: 'pdf' },
		});
	});

	test('a package portal answers under its alias, another path does not', async () => {
		const { nas } = await bench();
		const info = { api: 'SYNO.API.Info', version: 1, method: 'query', query: '"SYNO.Chat.Channel"' };
		const portal = await postForm(`${nas.url}/chat/webapi/entry.cgi`, info);
		expect(portal.data).toEqual({
			'SYNO.Chat.Channel': { maxVersion: 5, minVersion: 1, path: 'entry.cgi', requestFormat: 'JSON' },
		});
		expect((await postForm(`${nas.url}/elsewhere/webapi/entry.cgi`, info)).status).toBe(404);
	});
});
