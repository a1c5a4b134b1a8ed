import { describe, expect, test } from '@jest/globals';
import { WebSocket } from 'undici';
import { ask, bench, exchange, postForm } from './nas';

/** Opens a WebSocket and hands its frames out one by one. */
function open(url: string, headers: Record<string, string>) {
	const socket = new WebSocket(url.replace('http', 'ws'), { headers });
	const frames: string[] = [];
	const waiting: ((frame: string) => void)[] = [];
	const take = (frame: string) => {
		const next = waiting.shift();
		if (next) next(frame);
		else frames.push(frame);
	};
	socket.addEventListener('message', ({ data }) => take(String(data)));
	socket.addEventListener('close', () => take('closed'));
	socket.addEventListener('error', () => take('failed'));
	const opened = new Promise<void>((resolve) => socket.addEventListener('open', () => resolve()));
	const next = async () => frames.shift() ?? (await new Promise<string>((resolve) => waiting.push(resolve)));
	return { opened, send: (frame: string) => socket.send(frame), next, close: () => socket.close() };
}

async function place() {
	const all = await bench();
	const login = await postForm(`${all.webapi}entry.cgi`, {
		...{ api: 'SYNO.API.Auth', version: 6, method: 'login', account: 'alice', passwd: 'alice-Passw0rd' },
		...{ format: 'sid', enable_syno_token: 'yes' },
	});
	const { sid, synotoken: token } = login.data;
	return { ...all, sid, token, headers: { Cookie: `id=${sid}`, 'X-SYNO-TOKEN': token as string, Origin: all.nas.url } };
}

describe("Chat's channel", () => {
	test('version 4: open packet, acknowledged connect, then a hint for each post in an own channel', async () => {
		const { nas, headers, chat } = await place();
		const channel = open(`${nas.url}/sc/socket.io/?EIO=4&transport=websocket`, headers);
		expect(await channel.next()).toMatch(
			/^0\{"sid":"[\w-]{20}","upgrades":\[\],"pingInterval":25000,"pingTimeout":20000\}$/,
		);
		channel.send('40');
		expect(await channel.next()).toMatch(/^40\{"sid":"[\w-]{20}"\}$/);
		chat.postAs('carol', 'design', 'alice is not in here');
		const { channel_id, post_id } = chat.postAs('bob', 'ops', 'news');
		expect(await channel.next()).toBe(`42["post.create",{"channel_id":${channel_id},"post_id":${post_id}}]`);
		channel.send('2\x1e2');
		expect([await channel.next(), await channel.next()]).toEqual(['3', '3']);
		channel.send('41');
		expect(await channel.next()).toBe('closed');
		chat.postAs('bob', 'ops', 'nobody listens');
	});

	test('version 3: connected without asking, the client pings', async () => {
		const { nas, headers } = await place();
		const channel = open(`${nas.url}/sc/socket.io/?EIO=3&transport=websocket`, headers);
		expect((await channel.next()).slice(0, 8)).toBe('0{"sid":');
		expect((await channel.next()).slice(0, 3)).toBe('40{');
		channel.send('2');
		expect(await channel.next()).toBe('3');
		channel.close();
	});

	test('tells of posts that change and go, and of channels that come and go', async () => {
		const { nas, headers, chat, webapi } = await place();
		const channel = open(`${nas.url}/sc/socket.io/?EIO=4&transport=websocket`, headers);
		await channel.next();
		channel.send('40');
		await channel.next();
		const { channel_id, post_id } = chat.postAs('bob', 'ops', 'news');
		chat.editAs('bob', post_id, 'old news');
		chat.deleteAs('bob', post_id);
		const made = chat.createChannel({
			type: 'private',
			name: 'new',
			creator_id: 1,
			members: [chat.user('alice').user_id],
		});
		const call = { api: 'SYNO.Chat.Channel', version: 5, method: 'archive', channel_id: made.channel_id };
		expect((await postForm(`${webapi}entry.cgi`, call, headers)).success).toBe(true);
		const frames = [];
		for (let count = 0; count < 5; count++) frames.push(await channel.next());
		expect(frames).toEqual([
			`42["post.create",{"channel_id":${channel_id},"post_id":${post_id}}]`,
			`42["post.update",{"channel_id":${channel_id},"post_id":${post_id}}]`,
			`42["post.delete",{"channel_id":${channel_id},"post_id":${post_id}}]`,
			`42["channel.join",{"channel_id":${made.channel_id}}]`,
			`42["channel.close",{"channel_id":${made.channel_id}}]`,
		]);
		channel.close();
	});

	test('a write that names the connection is told to the others only', async () => {
		const { nas, chat, headers, webapi } = await place();
		const two = [0, 1].map(() => open(`${nas.url}/sc/socket.io/?EIO=4&transport=websocket`, headers));
		const [own, other] = two as [(typeof two)[0], (typeof two)[0]];
		const [opened] = [await own.next(), await other.next()];
		for (const channel of two) channel.send('40');
		const [joined] = [await own.next(), await other.next()];
		chat.switches.minSpacingMs = 0;
		for (const frame of [opened, joined]) {
			const conn_id = JSON.parse(frame.slice(frame.indexOf('{'))).sid as string;
			const call = { api: 'SYNO.Chat.Post', version: 5, method: 'create', channel_id: 1, message: '"hello"' };
			expect(
				(await postForm(`${webapi}entry.cgi`, { ...call, conn_id: JSON.stringify(conn_id) }, headers)).success,
			).toBe(true);
			expect(await other.next()).toMatch(/^42\["post.create",\{"channel_id":1,/);
		}
		own.send('2');
		expect(await own.next()).toBe('3');
		for (const channel of two) channel.close();
	});

	test('a version that is not spoken, and everybody while channels are refused, gets an HTTP status', async () => {
		const { nas } = await place();
		const upgrade = async (version: number) =>
			await exchange(
				nas.url,
				`GET /sc/socket.io/?EIO=${version} HTTP/1.1\r\nHost: nas\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n`,
			);
		nas.nas.sockets.versions = [3];
		expect([(await upgrade(4)).slice(0, 12), (await upgrade(3)).slice(0, 12)]).toEqual([
			'HTTP/1.1 400',
			'HTTP/1.1 101',
		]);
		nas.nas.sockets.refusal = 403;
		expect((await upgrade(3)).slice(0, 12)).toBe('HTTP/1.1 403');
	});

	test('who neither pings nor answers pings is left', async () => {
		const { nas, headers } = await place();
		Object.assign(nas.nas.sockets, { pingInterval: 20, pingTimeout: 20 });
		const channel = open(`${nas.url}/sc/socket.io/?EIO=4&transport=websocket`, headers);
		const frames = [await channel.next(), await channel.next()];
		expect(frames).toEqual([expect.stringMatching(/"pingInterval":20,"pingTimeout":20/), '2']);
		let frame = '2';
		while (frame === '2') frame = await channel.next();
		expect(frame).toBe('closed');
	});

	test('a wrong sid or a missing token is a connect error, and the connection ends', async () => {
		const { nas, headers, sid } = await place();
		for (const wrong of [{ ...headers, Cookie: 'id=x' }, { Cookie: `id=${sid}` }]) {
			const channel = open(`${nas.url}/sc/socket.io/?EIO=4&transport=websocket`, wrong);
			await channel.next();
			channel.send('40');
			expect([await channel.next(), await channel.next()]).toEqual(['44{"message":"authentication error"}', 'closed']);
		}
	});

	test('without the package, and at other paths, there is no channel', async () => {
		const { nas, headers } = await place();
		const upgrade = async (path: string) =>
			await exchange(
				nas.url,
				`GET ${path} HTTP/1.1\r\nHost: nas\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n`,
			);
		expect(await upgrade('/oo/socket.io/')).toMatch(/^HTTP\/1\.1 404 /);
		nas.nas.packages.delete('Chat');
		const channel = open(`${nas.url}/sc/socket.io/?EIO=4&transport=websocket`, headers);
		expect(await channel.next()).toBe('failed');
	});
});

describe("the desktop's channel", () => {
	test('opened by polling, probed and upgraded, it answers calls by number and as events', async () => {
		const { nas, headers, token } = await place();
		const path = `${nas.url}/synoscgi.sock/socket.io/?Version=69057&SynoToken=${token}&UserType=user&EIO=3`;
		const first = await ask(`${path}&transport=polling`);
		const { sid, upgrades } = JSON.parse(first.text.slice(1));
		expect([first.text[0], upgrades]).toEqual(['0', ['websocket']]);
		const channel = open(`${path}&transport=websocket&sid=${sid}`, { Cookie: headers.Cookie });
		await channel.opened;
		channel.send('2probe');
		expect(await channel.next()).toBe('3probe');
		channel.send('5');
		expect((await channel.next()).slice(0, 3)).toBe('40{');
		channel.send(`427["request_webapi","SYNO.Core.Desktop.Timeout",1,"get",{"SynoToken":"${token}"}]`);
		expect(await channel.next()).toBe('437[{"data":{"timeout":15},"success":true}]');
		channel.send('42["request_webapi","SYNO.Core.Nowhere",1,"get",{}]');
		expect(await channel.next()).toBe('42["SYNO.Core.Nowhere:1:get",{"error":{"code":102},"success":false}]');
		for (const odd of ['42["other"]', '42', '42{', '421[]', '42["request_webapi","x",1,"y",null]']) channel.send(odd);
		expect(await channel.next()).toBe('42["x:1:y",{"error":{"code":102},"success":false}]');
		channel.send('42["request_webapi","x",{"toString":1},"y",{}]');
		expect(await channel.next()).toBe('closed');
	});

	test('bytes that are no frames end the connection and nothing else', async () => {
		const { nas, webapi } = await place();
		const hello =
			'GET /sc/socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: nas\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
		const answer = await exchange(nas.url, `${hello}\x81\x05hello`);
		expect(answer).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
		expect((await ask(`${webapi}query.cgi?api=SYNO.API.Info&version=1&method=query&query=all`)).success).toBe(true);
	});
});
