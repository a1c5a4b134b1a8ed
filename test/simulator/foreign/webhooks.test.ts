import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask, bench, type Bench, postForm } from './nas';

const receivers: Server[] = [];

afterEach(() => {
	for (const server of receivers.splice(0)) server.close().closeAllConnections();
});

/** A receiver of forms that answers with `answer`. */
async function receiver(answer: string): Promise<{ url: string; forms: URLSearchParams[] }> {
	const forms: URLSearchParams[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			forms.push(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
			response.end(answer);
		});
	});
	receivers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, forms };
}

/** Makes a bot of a kind with a session, as an administrator does in the integration dialog, and answers token and user id. */
async function integration(
	place: Bench,
	kind: 'incoming' | 'chatbot' | 'slash',
	settings: Record<string, string | number> = {},
) {
	const { webapi } = place;
	const login = {
		api: 'SYNO.API.Auth',
		version: 6,
		method: 'login',
		account: 'alice',
		passwd: 'alice-Passw0rd',
		format: 'sid',
	};
	const { sid } = (await postForm(`${webapi}entry.cgi`, login)).data;
	const call = async (api: string, method: string, values: Record<string, string | number>) =>
		(await postForm(`${webapi}entry.cgi`, { api: `SYNO.Chat.${api}`, method, version: 1, _sid: sid, ...values })).data;
	const api = { incoming: 'Webhook.Incoming', chatbot: 'Chatbot', slash: 'Webhook.Slash' }[kind];
	const { token, user_id } = await call(api, 'create', { nickname: 'CI' });
	await call(api, 'set', { user_id, ...settings });
	await call('Bot', 'set', { user_id, nickname: 'CI' });
	await call('Bot', 'enable', { user_id });
	place.chat.switches.minSpacingMs = 0;
	return { token: token as string, user_id: user_id as number };
}

const external = (method: string, token: string, version = 2) =>
	`entry.cgi?api=SYNO.Chat.External&method=${method}&version=${version}&token=${token}`;

describe('an incoming webhook', () => {
	async function hook() {
		const place = await bench();
		const channel = place.chat.channel('ops');
		const { token } = await integration(place, 'incoming', { channel_id: channel.channel_id });
		const last = () => channel.posts.at(-1)?.message;
		return { ...place, token, last };
	}
	const text = (message: string) => JSON.stringify({ text: message });

	test('takes the payload as a form field, with the token in quotes as the dialog shows it', async () => {
		const { webapi, token, last } = await hook();
		expect(token).toHaveLength(64);
		const message = 'Build 17 & 18: 100% + "ok" <https://ci.example.com/17|log>\nsecond line';
		const answer = await postForm(webapi + external('incoming', `%22${token}%22`), { payload: text(message) });
		expect(answer.text).toBe('{"success":true}');
		expect(last()).toBe(message);
	});

	test('takes a bare token, and a form without a content type', async () => {
		const { webapi, token, last } = await hook();
		const body = Buffer.from(`payload=${encodeURIComponent(text('no type'))}`);
		expect((await ask(webapi + external('incoming', token), { method: 'POST', body })).success).toBe(true);
		expect(last()).toBe('no type');
	});

	test('takes the JSON as the whole body, whatever type the client states', async () => {
		const { webapi, token, last } = await hook();
		for (const type of ['application/json', 'text/plain;charset=UTF-8', 'application/x-www-form-urlencoded']) {
			const init = { method: 'POST', body: text(`as ${type}`), headers: { 'Content-Type': type } };
			expect((await ask(webapi + external('incoming', `%22${token}%22`), init)).success).toBe(true);
			expect(last()).toBe(`as ${type}`);
		}
	});

	test('takes everything by GET, and everything in the body', async () => {
		const { webapi, token, last } = await hook();
		const url = `${webapi}${external('incoming', `%22${token}%22`)}&payload=${encodeURIComponent(text('by GET'))}`;
		expect((await ask(url)).success).toBe(true);
		expect(last()).toBe('by GET');
		const form = {
			api: 'SYNO.Chat.External',
			method: 'incoming',
			version: 2,
			token: `"${token}"`,
			payload: text('in the body'),
		};
		expect((await postForm(`${webapi}entry.cgi`, form)).success).toBe(true);
		expect(last()).toBe('in the body');
	});

	test('refuses with the texts that clients look for', async () => {
		const { webapi, token, chat } = await hook();
		const send = async (url: string, payload: string) => (await postForm(webapi + url, { payload })).text;
		const error = (code: number, errors: string) => `{"error":{"code":${code},"errors":"${errors}"},"success":false}`;
		expect(await send(external('incoming', 'x'.repeat(64)), text('hi'))).toBe(error(404, 'bot is not legal'));
		expect(await send(external('channel_list', token), text('hi'))).toBe(error(404, 'bot is not legal'));
		expect(await send(external('incoming', token), text('x'.repeat(6000)))).toBe(error(410, 'msg too long'));
		chat.switches.minSpacingMs = 500;
		expect(await send(external('incoming', token), text('one'))).toBe('{"success":true}');
		expect(await send(external('incoming', token), text('two'))).toBe(error(411, 'create post too fast'));
		for (const file_url of ['http://127.0.0.1:1/x.txt', 'file:///etc/hosts', 'data:,x', 'no url']) {
			chat.switches.minSpacingMs = 0;
			expect(
				JSON.parse(await send(external('incoming', token), JSON.stringify({ text: 'f', file_url }))).error.code,
			).toBe(117);
		}
	});

	test('an unknown method tells that Chat is there: 103; without the package it is 102', async () => {
		const { webapi, nas } = await hook();
		const code = async () => (await ask(webapi + external('dummy', 'x'))).error?.code;
		expect(await code()).toBe(103);
		nas.nas.packages.delete('Chat');
		expect(await code()).toBe(102);
	});
});

describe('a chatbot', () => {
	test('lists users, writes to one by id, reads only its own channel, and hears a button', async () => {
		const place = await bench();
		const { webapi, chat } = place;
		const { url, forms } = await receiver('{"text":"Deployed"}');
		const { token, user_id } = await integration(place, 'chatbot', { url });
		const users = await ask(webapi + external('user_list', `%22${token}%22`));
		const bob = users.data.users.find(({ username }: { username: string }) => username === 'bob').user_id;
		const actions = ['yes', 'no'].map((value) => ({ type: 'button', name: value, value, text: value, style: 'green' }));
		const payload = {
			text: 'Deploy?',
			user_ids: [bob],
			attachments: [{ callback_id: 'dep-17', text: 'Choose', actions }],
		};
		const sent = await postForm(webapi + external('chatbot', token), { payload: JSON.stringify(payload) });
		const post_id = sent.data.succ.user_id_post_map[bob];
		expect(sent.text).toBe(`{"data":{"fail":null,"succ":{"user_id_post_map":{"${bob}":${post_id}}}},"success":true}`);

		const channels = await ask(webapi + external('channel_list', token));
		const [channel] = channels.data.channels;
		expect(channel).toMatchObject({ type: 'chatbot', members: [bob, user_id] });
		const posts = async (channel_id: number) =>
			await ask(`${webapi}${external('post_list', token)}&channel_id=${channel_id}&prev_count=5&next_count=0`);
		expect((await posts(channel.channel_id)).data.posts).toHaveLength(1);
		expect((await posts(1)).error).toEqual({ code: 401, errors: 'user not in channel' });

		await chat.pressAs('bob', post_id, 'yes');
		expect(JSON.parse(forms[0]?.get('payload') ?? '')).toEqual({
			...{ actions: [actions[0]], callback_id: 'dep-17', post_id: String(post_id), token },
			user: { user_id: bob, username: 'bob' },
		});
		expect((await posts(channel.channel_id)).data.posts[0].message).toBe('Deployed');
	});

	test('buttons without a callback_id are refused', async () => {
		const place = await bench();
		const { token } = await integration(place, 'chatbot');
		const attachments = [{ text: 'Choose', actions: [{ type: 'button', name: 'go', value: 'go', text: 'Go' }] }];
		const payload = JSON.stringify({ text: 'x', user_ids: [place.chat.user('bob').user_id], attachments });
		expect((await postForm(place.webapi + external('chatbot', token), { payload })).error?.code).toBe(120);
	});
});

describe('a slash command', () => {
	test('gets the whole line; its answer is for the caller alone', async () => {
		const place = await bench();
		const { chat } = place;
		const { url, forms } = await receiver('{"text":"started"}');
		const { token } = await integration(place, 'slash', { command: '/deploy', url });
		const before = [...chat.channels.values()].flatMap(({ posts }) => posts).length;
		expect(await chat.commandAs('bob', '/deploy prod now')).toBe('started');
		const { user_id } = chat.user('bob');
		expect(Object.fromEntries(forms[0] ?? [])).toEqual({
			token,
			user_id: String(user_id),
			username: 'bob',
			text: '/deploy prod now',
		});
		expect([...chat.channels.values()].flatMap(({ posts }) => posts)).toHaveLength(before);
		expect(await chat.commandAs('bob', '/other')).toBeUndefined();
	});
});
