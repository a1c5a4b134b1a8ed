import { describe, expect, test } from '@jest/globals';
import { ask, bench, postForm, urlencode } from './nas';

/** N4S4 style: Info by GET at query.cgi, login by GET at auth.cgi with everything in the query, bare values (core.md 1.1, 4.2). */
describe('a Python client that puts everything into the query', () => {
	const n4s4Login = (version: number) => ({
		...{ api: 'SYNO.API.Auth', version, method: 'login', account: 'alice', passwd: 'alice-Passw0rd' },
		...{ session: 'FileStation', format: 'cookie', enable_syno_token: 'yes' },
		...{ client: 'browser', logintype: 'local', rememberme: 0, timezone: '+01:00' },
	});

	test('discovers all APIs, logs in with v7, reads, writes and logs out', async () => {
		const { webapi, nas } = await bench();
		const info = await ask(`${webapi}query.cgi?api=SYNO.API.Info&version=1&method=query&query=all`);
		// What was recorded, and the two of WebDAV Server.
		expect(Object.keys(info.data)).toHaveLength(1194 + 2);
		const { path, maxVersion } = info.data['SYNO.API.Auth'];
		expect([path, maxVersion]).toEqual(['entry.cgi', 7]);

		const login = await ask(`${webapi}auth.cgi?${urlencode(n4s4Login(7))}`);
		expect(Object.keys(login.data)).toEqual([
			...['account', 'device_id', 'ik_message', 'is_portal_port', 'sid', 'synotoken'],
		]);
		const { sid, synotoken } = login.data;
		const headers = { 'X-SYNO-TOKEN': synotoken };

		const shares = await ask(
			`${webapi}entry.cgi?${urlencode({ api: 'SYNO.FileStation.List', version: 2, method: 'list_share', _sid: sid })}`,
			{ headers },
		);
		expect(shares.data.shares.map(({ path: share }: { path: string }) => share)).toEqual(['/docs', '/homes', '/photo']);

		const made = await postForm(
			`${webapi}entry.cgi`,
			{
				...{ api: 'SYNO.FileStation.CreateFolder', version: 2, method: 'create' },
				...{ folder_path: '/docs', name: 'été à Paris', _sid: sid },
			},
			headers,
		);
		expect(made.data.folders).toEqual([{ isdir: true, name: 'été à Paris', path: '/docs/été à Paris' }]);

		const logout = await ask(
			`${webapi}auth.cgi?${urlencode({ api: 'SYNO.API.Auth', version: 7, method: 'logout', session: 'FileStation', _sid: sid })}`,
			{ headers },
		);
		expect(logout.text).toBe('{"success":true}');
		expect(nas.nas.sessions.size).toBe(0);
	});

	test('v6 names the device id `did` and knows no account', async () => {
		const { webapi } = await bench();
		const { data } = await ask(`${webapi}auth.cgi?${urlencode(n4s4Login(6))}`);
		expect(Object.keys(data)).toEqual(['did', 'is_portal_port', 'sid', 'synotoken']);
	});

	test('Chat methods take bare text and ids, and a lost logout leaves the session open', async () => {
		const { webapi, nas } = await bench();
		const login = { ...n4s4Login(7), session: 'Chat', enable_syno_token: 'no' };
		const { data } = await ask(`${webapi}auth.cgi?${urlencode(login)}`);
		expect(data.synotoken).toBe('--------');
		const chat = async (api: string, version: number, method: string, values: Record<string, string | number>) =>
			await postForm(`${webapi}entry.cgi`, { api, version, method, _sid: data.sid, ...values });
		const created = await chat('SYNO.Chat.Channel.Named', 1, 'create', { name: 'build', type: 'private' });
		const { channel_id } = created.data;
		expect((await chat('SYNO.Chat.Channel.Named', 1, 'join', { channel_id })).error?.code).toBe(117);
		expect(
			(await chat('SYNO.Chat.Channel.Named', 1, 'invite', { channel_id, user_ids: '[3]', channel_key_encs: '[]' }))
				.success,
		).toBe(true);
		const sent = await chat('SYNO.Chat.Post', 8, 'create', { channel_id, message: 'build is green' });
		expect(sent.data).toMatchObject({ channel_id, message: 'build is green', type: 'normal' });
		await ask(`${webapi}auth.cgi?${urlencode({ api: 'SYNO.API.Auth', version: 7, method: 'logout' })}`);
		expect(nas.nas.sessions.size).toBe(1);
	});

	test('methods that do not exist are 103', async () => {
		const { webapi } = await bench();
		const { data } = await ask(`${webapi}auth.cgi?${urlencode(n4s4Login(6))}`);
		const code = async (api: string, method: string) =>
			(
				await postForm(
					`${webapi}entry.cgi`,
					{ api, version: 1, method, _sid: data.sid },
					{ 'X-SYNO-TOKEN': data.synotoken },
				)
			).error?.code;
		expect(await code('SYNO.Chat.Webhook.Incoming', 'delete')).toBe(103);
		expect(await code('SYNO.Chat.User.Status', 'get')).toBe(103);
		expect(await code('SYNO.Chat.Misc', 'get')).toBe(103);
		expect(await code('SYNO.Chat.Post.Attachment', 'list')).toBe(103);
		expect(await code('SYNO.Chat.Webhook.BuiltIn', 'list')).toBe(103);
	});
});

/** mib1185 and zbjdonald style: cookies kept by the HTTP library, SynoToken as a query value. */
describe('a Python client with a cookie jar', () => {
	test('needs the cookie and the token of the query', async () => {
		const { webapi } = await bench();
		const login = await ask(
			`${webapi}auth.cgi?${urlencode({
				...{ api: 'SYNO.API.Auth', version: 6, method: 'login', account: 'alice', passwd: 'alice-Passw0rd' },
				...{
					enable_syno_token: 'yes',
					enable_device_token: 'yes',
					device_name: 'ha',
					session: 'DiskStation',
					format: 'cookie',
				},
			})}`,
		);
		const [jar = ''] = login.headers.getSetCookie().map((cookie) => cookie.replace(/;.*/, ''));
		expect(jar).toBe(`id=${login.data.sid}`);
		const profile = `${webapi}entry.cgi?api=SYNO.Personal.Profile&version=1&method=get`;
		expect((await ask(profile, { headers: { Cookie: jar } })).error?.code).toBe(119);
		const answer = await ask(`${profile}&SynoToken=${login.data.synotoken}`, { headers: { Cookie: `stay=1; ${jar}` } });
		expect(answer.data.userName).toBe('alice');
	});

	test('a cookie that is empty hides nothing', async () => {
		const { webapi } = await bench();
		const { data } = await postForm(`${webapi}auth.cgi`, {
			...{
				api: 'SYNO.API.Auth',
				version: 3,
				method: 'login',
				account: 'alice',
				passwd: 'alice-Passw0rd',
				format: 'sid',
			},
		});
		const profile = `${webapi}entry.cgi?api=SYNO.Personal.Profile&version=1&method=get&_sid=${data.sid}`;
		expect((await ask(profile, { headers: { Cookie: 'id=; other' } })).success).toBe(true);
	});

	test('login at v2 is 103, at v3 it works', async () => {
		const { webapi } = await bench();
		const at = async (version: number) =>
			await ask(
				`${webapi}auth.cgi?${urlencode({ api: 'SYNO.API.Auth', version, method: 'login', account: 'alice', passwd: 'alice-Passw0rd', session: 'SynologyDrive', format: 'cookie' })}`,
			);
		expect((await at(2)).error).toEqual({ code: 103 });
		expect(Object.keys((await at(3)).data)).toEqual(['is_portal_port', 'sid']);
	});
});
