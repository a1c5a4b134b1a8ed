import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { chatBench, post, routing, type Caller, type Envelope } from './chat-client';

const servers: { close(): unknown }[] = [];

afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

/** A receiver on loopback; `answer` goes to each POST, `got` keeps the form fields. */
async function receiver(answer: string): Promise<{ url: string; got: Record<string, string>[] }> {
	const got: Record<string, string>[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			got.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())));
			response.end(answer);
		});
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

/** The call without a session: token quoted as the Chat UI shows it, unless told otherwise. */
async function external(url: string, method: string, token: string, params: Record<string, string>): Promise<Envelope> {
	const query = new URLSearchParams({ ...routing(`External.${method}`, 2), token });
	return await post(`${url}/webapi/entry.cgi?${query.toString()}`, { ...params, x: '' });
}

function payload(value: unknown): { payload: string } {
	return { payload: JSON.stringify(value) };
}

async function incoming(alice: Caller, channel_id: number): Promise<{ token: string; user_id: number }> {
	const { token, user_id } = (await alice('Webhook.Incoming.create', 1)).data;
	await alice('Webhook.Incoming.set', 1, { user_id, channel_id });
	await alice('Bot.set', 1, { user_id, nickname: 'CI' });
	await alice('Bot.enable', 1, { user_id });
	return { token, user_id };
}

describe('incoming webhooks', () => {
	test('the token is dead until channel, nickname and enable are done', async () => {
		const { simulator, chat, login } = await chatBench();
		const alice = await login('alice');
		const { token, user_id } = (await alice('Webhook.Incoming.create', 1, { channel_id: 1, name: 'CI' })).data;
		const send = () => external(simulator.url, 'incoming', `"${token}"`, payload({ text: 'Build 17 ok' }));
		const dead = { success: false, error: { code: 404, errors: 'bot is not legal' } };
		expect(token).toHaveLength(64);
		expect(await send()).toEqual(dead);
		await alice('Bot.set', 1, { user_id, nickname: 'CI' });
		expect(await send()).toEqual(dead);
		await alice('Bot.enable', 1, { user_id });
		expect(await send()).toEqual(dead);
		await alice('Webhook.Incoming.set', 1, { user_id, channel_id: 1 });
		expect(await send()).toEqual({ success: true });
		expect(chat.channel('General').posts.at(-1)).toMatchObject({ message: 'Build 17 ok', creator_id: user_id });
		await alice('Bot.disable', 1, { user_id });
		expect(await send()).toEqual(dead);
	});

	test('quoted and bare tokens both work, and read methods refuse a webhook token', async () => {
		const { simulator, login } = await chatBench();
		const { token } = await incoming(await login('alice'), 1);
		const send = (value: string) => external(simulator.url, 'incoming', value, payload({ text: 'x' }));
		expect((await send(token)).success).toBe(true);
		expect((await send(`"${token}"`)).success).toBe(true);
		expect((await send('x'.repeat(64))).error).toEqual({ code: 404, errors: 'bot is not legal' });
		expect((await external(simulator.url, 'channel_list', token, {})).error?.code).toBe(404);
		expect((await external(simulator.url, 'no_such', token, {})).error?.code).toBe(103);
	});

	test('payloads are checked: 101 empty, 120 no object, 410 too long, 411 too fast, 117 for a file it cannot fetch', async () => {
		const { simulator, chat, clock, login } = await chatBench();
		const { token } = await incoming(await login('alice'), 1);
		const code = async (params: Record<string, string>) =>
			(await external(simulator.url, 'incoming', token, params)).error?.code;
		expect(await code({})).toBe(101);
		expect(await code({ payload: 'hello' })).toBe(120);
		expect(await code(payload({ text: 'x'.repeat(5001) }))).toBe(410);
		expect(await code(payload({ text: 'x', file_url: 'http://127.0.0.1:1/a.txt' }))).toBe(117);
		chat.switches.minSpacingMs = 500;
		clock.advance(1000);
		expect(await code(payload({ text: 'x' }))).toBeUndefined();
		expect(await code(payload({ text: 'x' }))).toBe(411);
	});

	test('file_url is fetched by the NAS and posted as a file', async () => {
		const { simulator, chat, login } = await chatBench();
		const { token } = await incoming(await login('alice'), 1);
		const { url } = await receiver('hello file');
		await external(simulator.url, 'incoming', token, payload({ text: 'see', file_url: `${url}/note.txt` }));
		expect(chat.channel('General').posts.at(-1)).toMatchObject({
			type: 'file',
			message: 'see',
			file: { name: 'note.txt', size: 10 },
		});
	});

	test('get shows the token to its owner, list does not, and others get 117', async () => {
		const { chat, login } = await chatBench();
		const [alice, bob] = [await login('alice'), await login('bob')];
		const { token, user_id } = await incoming(alice, 1);
		expect((await alice('Webhook.Incoming.get', 1, { user_id })).data.token).toBe(token);
		const rows = (await alice('Webhook.Incoming.list', 1)).data.webhook_incomings;
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({
			user_id,
			channel_id: 1,
			creator_id: chat.user('alice').user_id,
			nickname: 'CI',
			is_disabled: false,
		});
		expect(rows[0].token).toBeUndefined();
		expect((await bob('Webhook.Incoming.get', 1, { user_id })).error).toEqual({
			code: 117,
			errors: 'cannot get webhook incoming',
		});
		expect((await bob('Bot.delete', 1, { user_id, real_delete: true })).error?.code).toBe(117);
		expect((await alice('Bot.delete', 1, { user_id, real_delete: true })).success).toBe(true);
		expect((await alice('Webhook.Incoming.list', 1)).data.webhook_incomings).toEqual([]);
		chat.switches.integrations = false;
		expect((await alice('Webhook.Incoming.create', 1)).error).toEqual({ code: 105, errors: 'no webhook permission' });
	});
});

describe('outgoing webhooks', () => {
	async function outgoing(alice: Caller, params: Record<string, unknown>): Promise<{ token: string; user_id: number }> {
		const { token, user_id } = (await alice('Webhook.Outgoing.create', 1)).data;
		await alice('Webhook.Outgoing.set', 1, { user_id, ...params });
		await alice('Bot.set', 1, { user_id, nickname: 'Deployer' });
		await alice('Bot.enable', 1, { user_id });
		return { token, user_id };
	}

	test('fire for a person in a Chat client, post the answer, and stay silent for Post.create, replies and edits', async () => {
		const { chat, clock, login } = await chatBench();
		const alice = await login('alice');
		const { url, got } = await receiver('{"text":"started"}');
		const ops = chat.channel('ops');
		const { token, user_id } = await outgoing(alice, { channel_id: ops.channel_id, trigger_word: 'deploy', url });
		await alice('Post.create', 5, { channel_id: ops.channel_id, message: 'deploy prod' });
		const other = chat.postAs('bob', 'ops', 'Deploy is case-sensitive');
		chat.editAs('bob', other.post_id, 'deploy now');
		chat.postAs('bob', 'ops', 'deploy reply', { thread_id: other.post_id });
		chat.postAs('bob', 'General', 'deploy elsewhere');
		await chat.settled();
		expect(got).toEqual([]);
		const post = chat.postAs('bob', 'ops', 'deploy prod');
		await chat.settled();
		expect(got).toEqual([
			{
				...{ token, channel_id: String(ops.channel_id), channel_name: 'ops', username: 'bob', text: 'deploy prod' },
				...{ user_id: String(chat.user('bob').user_id), post_id: String(post.post_id) },
				...{ timestamp: String(clock.now()), trigger_word: 'deploy' },
			},
		]);
		expect(ops.posts.at(-1)).toMatchObject({ message: 'started', creator_id: user_id });
	});

	test('channel 0 means any channel and wants a trigger word', async () => {
		const { chat, login } = await chatBench();
		const alice = await login('alice');
		const { url, got } = await receiver('');
		const { user_id } = await outgoing(alice, { channel_id: 0, trigger_word: 'help', url });
		chat.postAs('carol', 'random', 'help me');
		await chat.settled();
		expect(got.map(({ text }) => text)).toEqual(['help me']);
		expect((await alice('Webhook.Outgoing.set', 1, { user_id, channel_id: 0, trigger_word: '' })).error?.code).toBe(
			120,
		);
	});
});

describe('chatbots', () => {
	test('a bot writes to one user, reads its own channels only, and hears what users write to it', async () => {
		const { simulator, chat, login } = await chatBench();
		const alice = await login('alice');
		const { url, got } = await receiver('');
		const { token, user_id } = (await alice('Chatbot.create', 1, { nickname: 'Helper' })).data;
		await alice('Chatbot.set', 1, { user_id, url, purpose: 'helps' });
		const bob = chat.user('bob').user_id;
		const ask = (method: string, params: Record<string, string> = {}) =>
			external(simulator.url, method, `"${token}"`, params);
		const sent = await ask('chatbot', payload({ text: 'hi', user_ids: [bob] }));
		const post_id = sent.data.succ.user_id_post_map[bob];
		const channel_id = Math.floor(post_id / 2 ** 32);
		expect(sent.data).toEqual({ fail: null, succ: { user_id_post_map: { [bob]: post_id } } });
		expect((await ask('chatbot', payload({ text: 'hi', user_ids: [bob, 2] }))).error?.code).toBe(117);
		expect((await ask('channel_list')).data.channels).toEqual([
			{ channel_id, name: '', type: 'chatbot', creator_id: user_id, members: [bob, user_id] },
		]);
		chat.postAs('bob', chat.channel(channel_id), 'hello bot');
		await chat.settled();
		expect(got.map(({ token: by, text, username }) => [by, text, username])).toEqual([[token, 'hello bot', 'bob']]);
		const { posts } = (await ask('post_list', { channel_id: String(channel_id) })).data;
		expect(posts.map((post: { message: string }) => post.message)).toEqual(['hi', 'hello bot']);
		expect((await ask('post_list', { channel_id: '1' })).error).toEqual({ code: 401, errors: 'user not in channel' });
		expect((await ask('user_list')).data.users[0].username).toBe('alice');
	});

	test('one user may have five', async () => {
		const { login } = await chatBench();
		const alice = await login('alice');
		for (let n = 1; n <= 5; n += 1)
			expect((await alice('Chatbot.create', 1, { nickname: `b${n}` })).success).toBe(true);
		expect((await alice('Chatbot.create', 1, { nickname: 'b6' })).error?.code).toBe(105);
		expect((await alice('Chatbot.list', 1)).data.chatbots).toHaveLength(5);
	});
});
