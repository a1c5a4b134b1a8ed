import { describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { ask, bench, postForm, urlencode } from './nas';

/** One request through node:http, for headers that fetch does not send. */
async function send(url: string, headers: Record<string, string | string[]>, body: Buffer): Promise<string> {
	return await new Promise((resolve, reject) => {
		const outgoing = request(url, { method: 'POST', headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
		});
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

/** geloczi style: cookie login with the token asked for in body and query, raw cookie strings replayed (core.md 15). */
describe('a C# client', () => {
	async function login(webapi: string) {
		const answer = await postForm(`${webapi}auth.cgi?enable_syno_token=yes`, {
			...{ api: 'SYNO.API.Auth', version: 7, method: 'login', account: 'alice', passwd: 'alice-Passw0rd' },
			...{ session: '', format: 'cookie', enable_syno_token: 'yes' },
		});
		return { token: answer.data.synotoken as string, cookies: answer.headers.getSetCookie() };
	}

	test('replays the Set-Cookie strings as they came, attributes and all', async () => {
		const { webapi } = await bench();
		const { token, cookies } = await login(webapi);
		expect(token).not.toMatch(/^-*$/);
		const form = urlencode({ api: 'SYNO.FileStation.Info', version: 2, method: 'get' });
		const headers = {
			'X-SYNO-TOKEN': token,
			Cookie: cookies,
			'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
		};
		expect(JSON.parse(await send(`${webapi}entry.cgi`, headers, Buffer.from(form))).data).toMatchObject({
			is_manager: true,
		});
	});

	test('the token alone in the query of auth.cgi is enough', async () => {
		const { webapi } = await bench();
		const { data } = await postForm(`${webapi}auth.cgi?enable_syno_token=yes`, {
			...{
				api: 'SYNO.API.Auth',
				version: 6,
				method: 'login',
				account: 'alice',
				passwd: 'alice-Passw0rd',
				format: 'cookie',
			},
		});
		expect(data.synotoken).toMatch(/^[A-Za-z0-9]{14}$/);
	});

	test('uploads with a computed length, an unquoted boundary and parts without types, unquoted names too', async () => {
		const { webapi, nas } = await bench();
		const { token, cookies } = await login(webapi);
		const part = (disposition: string, value: string) =>
			`--------8d1\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
		const body = Buffer.from(
			part('name=path', '/docs') +
				part('name=overwrite', 'true') +
				part('name="file"; filename="lied für elise.txt"', 'la la') +
				'--------8d1--\r\n',
		);
		const query = urlencode({ api: 'SYNO.FileStation.Upload', version: 2, method: 'upload' });
		const text = await send(
			`${webapi}entry.cgi?${query}`,
			{
				...{ 'X-SYNO-TOKEN': token, Cookie: cookies },
				...{ 'Content-Type': 'multipart/form-data; boundary=------8d1', 'Content-Length': String(body.length) },
			},
			body,
		);
		expect(JSON.parse(text).data).toMatchObject({ blSkip: false, file: 'lied für elise.txt' });
		expect(nas.requests.at(-1)).toMatchObject({ bodyKind: 'multipart', params: { path: '/docs', overwrite: true } });
		const file = `${webapi}entry.cgi?${urlencode({ api: 'SYNO.FileStation.Download', version: 2, method: 'download', path: '/docs/lied für elise.txt', mode: 'open' })}`;
		const bytes = await ask(file, { headers: { 'X-SYNO-TOKEN': token, Cookie: cookies[0]?.replace(/;.*/, '') ?? '' } });
		expect([bytes.text, bytes.headers.get('content-length'), bytes.headers.get('content-type')]).toEqual([
			'la la',
			'5',
			'text/plain',
		]);
	});

	test('asks for the outside address through Initdata', async () => {
		const { webapi } = await bench();
		const { token, cookies } = await login(webapi);
		const form = urlencode({ api: 'SYNO.Core.Desktop.Initdata', version: 1, method: 'get', action: 'external_ip' });
		const headers = { Cookie: cookies, 'Content-Type': 'application/x-www-form-urlencoded' };
		const answer = async (more: Record<string, string>) =>
			JSON.parse(await send(`${webapi}entry.cgi`, { ...headers, ...more }, Buffer.from(form)));
		expect((await answer({ 'X-SYNO-TOKEN': token })).data).toEqual({
			ddns_hostname: 'nas.example.com',
			external_ip: '198.51.100.20',
		});
		// A session with a token needs it here, too, although the call itself would need no session.
		expect(await answer({})).toEqual({ error: { code: 119 }, success: false });
	});
});

/** Go clients: POST forms with sorted keys, text as JSON, typed structs for the answers. */
describe('a Go client', () => {
	test('sends sorted keys and JSON text, and finds ids and numbers typed as stated', async () => {
		const { webapi } = await bench();
		const { data } = await postForm(`${webapi}entry.cgi`, {
			...{ account: 'alice', api: 'SYNO.API.Auth', enable_syno_token: 'yes', format: 'sid', method: 'login' },
			...{ passwd: 'alice-Passw0rd', version: 6 },
		});
		const call = async (values: Record<string, string>) =>
			await postForm(
				`${webapi}entry.cgi?SynoToken=${data.synotoken}`,
				Object.fromEntries(Object.entries({ ...values, _sid: data.sid }).sort()),
			);
		const api = 'SYNO.FileStation.CreateFolder';
		const made = await call({
			api,
			version: '2',
			method: 'create',
			folder_path: '["/docs"]',
			name: '["2024"]',
			force_parent: 'true',
		});
		expect(made.data.folders[0].path).toBe('/docs/2024');
		const page = await call({
			...{
				api: 'SYNO.FileStation.List',
				version: '2',
				method: 'list',
				folder_path: '"/docs"',
				offset: '0',
				limit: '10',
			},
			...{ additional: '["size","time"]', sort_by: '"mtime"' },
		});
		expect(page.data).toMatchObject({ offset: 0, total: 1 });
		expect(typeof page.data.files[0].additional.time.mtime).toBe('number');
	});

	test('a multipart body with a boundary of 60 hex digits and a typed file part arrives', async () => {
		const { webapi } = await bench();
		const { data } = await postForm(`${webapi}entry.cgi`, {
			...{
				account: 'alice',
				api: 'SYNO.API.Auth',
				format: 'sid',
				method: 'login',
				passwd: 'alice-Passw0rd',
				version: 6,
			},
		});
		const boundary = '5f'.repeat(30);
		const body = Buffer.from(
			`--${boundary}\r\nContent-Disposition: form-data; name="path"\r\n\r\n/photo\r\n` +
				`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n` +
				`\r\n--x\r\n\r\n--${boundary}--\r\n`,
		);
		const url = `${webapi}entry.cgi?${urlencode({ api: 'SYNO.FileStation.Upload', version: 2, method: 'upload', _sid: data.sid })}`;
		const headers = {
			'Content-Type': `multipart/form-data; boundary=${boundary}`,
			'Content-Length': String(body.length),
		};
		expect(JSON.parse(await send(url, headers, body)).data).toMatchObject({ blSkip: false, file: 'a.bin' });
		const read = await ask(
			`${webapi}entry.cgi?${urlencode({ api: 'SYNO.FileStation.Download', version: 2, method: 'download', path: '["/photo/a.bin"]', _sid: data.sid })}`,
		);
		expect(read.text).toBe('\r\n--x\r\n');
	});
});
