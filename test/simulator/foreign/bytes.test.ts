import { describe, expect, test } from '@jest/globals';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { totp } from '../../../src/simulator';
import { dsmJson } from '../../../src/simulator/core/json';
import { ask, bench, exchange, postForm, urlencode } from './nas';

const form = (values: Record<string, string | number>) => {
	const body = urlencode(values);
	return `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

/** Head lines of an answer, without the date. */
const head = (answer: string) =>
	(answer.split('\r\n\r\n')[0] ?? '').split('\r\n').filter((line) => !line.startsWith('Date:'));

describe('bytes of an answer', () => {
	test('an error is 38 bytes of compact JSON behind the headers of DSM', async () => {
		const { nas } = await bench();
		const call = form({ api: 'SYNO.Core.System', version: 1, method: 'info' });
		const answer = await exchange(nas.url, `POST /webapi/entry.cgi HTTP/1.1\r\nHost: nas\r\n${call}`);
		expect(head(answer)).toEqual([
			'HTTP/1.1 200 OK',
			'X-Simulator-Warrant: served',
			'Server: nginx',
			'Vary: Accept-Encoding',
			'X-Content-Type-Options: nosniff',
			'X-XSS-Protection: 1; mode=block',
			'Cache-Control: max-age=0, no-cache, no-store, must-revalidate',
			'Pragma: no-cache',
			'Expires: 0',
			'Content-Type: application/json; charset="UTF-8"',
			'Connection: keep-alive',
			'Keep-Alive: timeout=20',
			'Transfer-Encoding: chunked',
		]);
		expect(answer.split('\r\n\r\n').slice(1).join('\r\n\r\n')).toBe(
			'26\r\n{"error":{"code":119},"success":false}\r\n0\r\n\r\n',
		);
	});

	test('a login adds P3P and the cookies in the order id, did', async () => {
		const { nas, clock } = await bench({ otp: true });
		const code = totp(nas.otpSecret as string, clock.now());
		const call = form({
			...{ api: 'SYNO.API.Auth', version: 6, method: 'login', account: 'alice', passwd: 'alice-Passw0rd' },
			...{ otp_code: code, enable_device_token: 'yes', device_name: 'x' },
		});
		const lines = head(await exchange(nas.url, `POST /webapi/auth.cgi HTTP/1.1\r\nHost: nas\r\n${call}`));
		expect(lines).toContain('P3P: CP="IDC DSP COR ADM DEVi TAIi PSA PSD IVAi IVDi CONi HIS OUR IND CNT"');
		const cookies = lines.filter((line) => line.startsWith('Set-Cookie: ')).map((line) => line.slice(12));
		expect(cookies[0]).toMatch(/^id=[\w-]{86};expires=Mon, 12 Jan 2026 08:00:00 GMT;max-age=604800;path=\/;HttpOnly$/);
		expect(cookies[1]).toMatch(
			/^did=[\w-]{64};expires=Tue, 05 Jan 2027 08:00:00 GMT;max-age=31536000;path=\/;HttpOnly$/,
		);
		expect(cookies).toHaveLength(2);
	});

	test('keys that look like numbers are sorted as text', async () => {
		expect(dsmJson({ b: 1, 10: 'x', 9: [{ z: null, a: undefined }], a: new Date(0) })).toBe(
			'{"10":"x","9":[{"z":null}],"a":"1970-01-01T00:00:00.000Z","b":1}',
		);
	});

	test('HTTP/1.0 gets the body without chunks and the end of the connection', async () => {
		const { nas } = await bench();
		const answer = await exchange(
			nas.url,
			'GET /webapi/query.cgi?api=SYNO.API.Info&version=1&method=query&query=SYNO.API.Info HTTP/1.0\r\n\r\n',
		);
		expect(answer).toContain('\r\nConnection: close\r\n');
		expect(answer).toMatch(
			/\r\n\r\n\{"data":\{"SYNO\.API\.Info":\{"maxVersion":1,"minVersion":1,"path":"entry\.cgi","requestFormat":"JSON"\}\},"success":true\}$/,
		);
	});
});

describe('connections', () => {
	test('one connection serves several requests, also those sent ahead', async () => {
		const { nas } = await bench();
		const get =
			'GET /webapi/query.cgi?api=SYNO.API.Info&version=1&method=query&query=SYNO.API.Auth HTTP/1.1\r\nHost: nas\r\n\r\n';
		const answer = await exchange(nas.url, get.repeat(3));
		expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
		expect(answer.match(/"SYNO\.API\.Auth"/g)).toHaveLength(3);
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const ports = new Set<number | undefined>();
		for (let turn = 0; turn < 3; turn += 1) {
			await new Promise<void>((resolve) => {
				request(`${nas.url}/webman/pingpong.cgi`, { agent }, (response) => {
					ports.add(response.socket.localPort);
					response.resume().on('end', resolve);
				}).end();
			});
		}
		agent.destroy();
		expect(ports.size).toBe(1);
	});

	test('HEAD has the headers of GET and no body; PUT and DELETE need none, other methods without one get 101', async () => {
		const { nas } = await bench();
		const target = '/webapi/query.cgi?api=SYNO.API.Info&version=1&method=query&query=SYNO.API.Auth';
		const as = async (method: string) => await exchange(nas.url, `${method} ${target} HTTP/1.1\r\nHost: nas\r\n\r\n`);
		const answer = await as('HEAD');
		expect(head(answer)).toContain('Content-Type: application/json; charset="UTF-8"');
		expect(answer.endsWith('\r\n\r\n')).toBe(true);
		for (const method of ['PUT', 'DELETE']) expect(await as(method)).toContain('"success":true');
		for (const method of ['OPTIONS', 'PATCH', 'PROPFIND'])
			expect(await as(method)).toContain('{"error":{"code":101},"success":false}');
	});

	test('a wish to upgrade to HTTP/2 is ignored', async () => {
		const { nas } = await bench();
		const upgrade =
			'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n';
		const call = form({ api: 'SYNO.API.Info', version: 1, method: 'query', query: 'SYNO.API.Auth' });
		const answer = await exchange(nas.url, `POST /webapi/query.cgi HTTP/1.1\r\nHost: nas\r\n${upgrade}${call}`);
		expect(answer).toContain('"SYNO.API.Auth":{"maxVersion":7,"minVersion":1,"path":"entry.cgi"}');
	});

	test('an absolute request target and doubled slashes name the same CGI', async () => {
		const { nas } = await bench();
		const query = '?api=SYNO.API.Info&version=1&method=query&query=SYNO.API.Auth';
		for (const target of [`http://nas.example.com:5000/webapi/entry.cgi${query}`, `//webapi//entry.cgi${query}`])
			expect(await exchange(nas.url, `GET ${target} HTTP/1.1\r\nHost: nas\r\n\r\n`)).toContain('"success":true');
		for (const target of ['//[', '*', '/%zz', '/webapi/', '/webapi/none.cgi.bak'])
			expect(head(await exchange(nas.url, `GET ${target} HTTP/1.1\r\nHost: nas\r\n\r\n`))[0]).toBe(
				'HTTP/1.1 404 Not Found',
			);
	});

	test('what is no HTTP gets 400, an endless URL 414, both as a page of nginx', async () => {
		const { nas } = await bench();
		for (const bytes of ['\0\0\0', 'hello\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n']) {
			const answer = await exchange(nas.url, bytes);
			expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nServer: nginx\r\n/);
			expect(answer).toContain('<center>nginx</center>');
		}
		const long = await exchange(nas.url, `GET /${'a'.repeat(80_000)} HTTP/1.1\r\nHost: nas\r\n\r\n`);
		expect(head(long)[0]).toBe('HTTP/1.1 414 Request-URI Too Large');
		expect((await ask(`${nas.url}/webapi/entry.cgi?q=${'a'.repeat(9000)}`)).status).toBe(414);
	});

	test('half-open connections and broken bodies harm nobody', async () => {
		const { nas, webapi } = await bench();
		const { port } = new URL(nas.url);
		const idle = Array.from({ length: 20 }, () => connect(Number(port), '127.0.0.1').on('error', () => undefined));
		const partial = 'POST /webapi/entry.cgi HTTP/1.1\r\nHost: nas\r\nContent-Length: 100\r\n\r\napi=SYNO';
		for (const socket of idle) socket.write(partial);
		await exchange(nas.url, partial, { end: true });
		await exchange(nas.url, 'POST /webapi/entry.cgi HTTP/1.1\r\nHost: nas\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n');
		expect((await ask(`${webapi}query.cgi?api=SYNO.API.Info&version=1&method=query&query=all`)).success).toBe(true);
		for (const socket of idle) socket.destroy();
	});

	test('a hundred calls at once on one session are all answered', async () => {
		const { webapi } = await bench();
		const login = {
			api: 'SYNO.API.Auth',
			version: 6,
			method: 'login',
			account: 'alice',
			passwd: 'alice-Passw0rd',
			format: 'sid',
		};
		const { sid } = (await postForm(`${webapi}entry.cgi`, login)).data;
		const answers = await Promise.all(
			Array.from(
				{ length: 100 },
				async (_, index) =>
					await postForm(`${webapi}entry.cgi`, {
						...{ api: 'SYNO.FileStation.CreateFolder', version: 2, method: 'create', folder_path: '/docs', _sid: sid },
						name: `folder ${index}`,
					}),
			),
		);
		expect(answers.filter(({ success }) => success)).toHaveLength(100);
		const list = { api: 'SYNO.FileStation.List', version: 2, method: 'list', folder_path: '/docs', _sid: sid };
		expect((await postForm(`${webapi}entry.cgi`, list)).data.total).toBe(100);
	});
});

describe('bodies', () => {
	async function signedIn() {
		const place = await bench();
		const login = {
			api: 'SYNO.API.Auth',
			version: 6,
			method: 'login',
			account: 'alice',
			passwd: 'alice-Passw0rd',
			format: 'sid',
		};
		const { sid } = (await postForm(`${place.webapi}entry.cgi`, login)).data;
		const send = async (body: string, type = 'application/x-www-form-urlencoded') =>
			await ask(`${place.webapi}entry.cgi`, { method: 'POST', body, headers: { 'Content-Type': type } });
		return { ...place, sid: sid as string, send };
	}
	const rename = (sid: string, purpose: string) =>
		`api=SYNO.Chat.Channel.Named&version=1&method=set&_sid=${sid}&channel_id=2&purpose=${purpose}`;

	test('percent escapes, plus signs and raw UTF-8 are the same text; broken escapes stay as they are', async () => {
		const { sid, send, chat } = await signedIn();
		for (const [wire, text] of [
			['%22caf%C3%A9%20%2B%201%22', 'café + 1'],
			['%22caf%c3%a9+%2b+1%22', 'café + 1'],
			['"café+%2B+1"', 'café + 1'],
			['100%', '100%'],
			['%E6%97%A5%E6%9C%AC', '日本'],
			['%22line%0A%09%F0%9F%8E%89%22', '"line\n\t🎉"'],
		]) {
			await send(rename(sid, wire as string));
			expect(chat.channel(2).purpose).toBe(text);
		}
	});

	test('the last of several equal keys counts, and odd keys are only parameters', async () => {
		const { sid, send, chat } = await signedIn();
		await send(`${rename(sid, 'first')}&purpose=second&__proto__=x&constructor=y&=z&&toString`);
		expect(chat.channel(2).purpose).toBe('second');
	});

	test('a comma list is one text for JSON APIs and a list for SYNO.API.Info', async () => {
		const { sid, send } = await signedIn();
		const info = await send(
			'api=SYNO.API.Info&version=1&method=query&query=SYNO.API.Auth,SYNO.Entry.Request,SYNO.None',
		);
		expect(Object.keys(info.data)).toEqual(['SYNO.API.Auth', 'SYNO.Entry.Request']);
		expect(
			(await send(`api=SYNO.FileStation.List&version=2&method=getinfo&path=/docs,/photo&_sid=${sid}`)).data.files,
		).toEqual([{ code: 408, path: '/docs,/photo' }]);
	});

	test('a JSON body is no form: 101', async () => {
		const { sid, send } = await signedIn();
		const body = JSON.stringify({ api: 'SYNO.Chat.Channel', version: 5, method: 'list', _sid: sid });
		expect((await send(body, 'application/json')).error).toEqual({ code: 101 });
	});

	test('twelve megabytes of form are read, and refused by the method, not by the server', async () => {
		const { sid, send } = await signedIn();
		const answer = await send(
			`api=SYNO.Chat.Post&version=5&method=create&channel_id=2&_sid=${sid}&message=${'x'.repeat(12 * 2 ** 20)}`,
		);
		expect(answer.error).toEqual({ code: 410, errors: 'msg too long' });
	});

	test('an API name of a megabyte is 102 at once', async () => {
		const { send, nas } = await signedIn();
		const before = performance.now();
		expect((await send(`api=SYNO.${'x'.repeat(2 ** 20)}&version=1&method=get`)).error?.code).toBe(102);
		expect(performance.now() - before).toBeLessThan(2000);
		expect(nas.unexpected.at(-1)?.nearest).toBe('');
	});
});
