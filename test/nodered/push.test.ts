import { addressOf } from '../../src/nodered/push';
import type { Red } from '../../src/nodered/red';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator';
import { forge } from '../support/forgedCalls';
import { newBot } from '../../src/simulator/services/chat/admin';
import { chatOf, type ChatState } from '../../src/simulator/services/chat/state';
import {
	action,
	catcher,
	functionGlobalContext,
	makeUserDir,
	nas,
	NodeRed,
	received,
	sink,
	tab,
	until,
	type FlowNode,
} from './runtime';

let red: NodeRed;
let simulator: Simulator;
let chat: ChatState;

beforeAll(async () => {
	red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
});

afterAll(async () => {
	await red.stop();
	red.remove();
});

beforeEach(async () => {
	simulator = await startSimulator();
	chat = chatOf(simulator.nas);
	chat.switches.minSpacingMs = 0;
	for (const id of ['out', 'caught']) received(id).length = 0;
	red.statuses.length = 0;
	red.log.length = 0;
});

afterEach(async () => {
	await red.deploy([{ id: 'empty', type: 'tab' }]);
	await simulator.close();
});

const bots = () => [...chat.bots.values()];
const status = (): string => red.statuses.findLast(({ id }) => id === 'push')?.text ?? '';
const payloads = () => received('out').map(({ payload }) => payload);

/** Payloads, once so many are there: a flow works on after the call was answered. */
async function arrived(count = 1): Promise<unknown[]> {
	await until(() => received('out').length >= count, 'the messages');
	return payloads();
}

type Params = Record<string, { type: string; value: string }>;
const text = (value: string) => ({ type: 'str', value });

const listener = (event: string, params: Params = {}, changes: Record<string, unknown> = {}): FlowNode => ({
	id: 'push',
	type: 'synology-chat-bot-trigger',
	z: 'tab',
	x: 200,
	y: 100,
	version: 1,
	trigger: event,
	registration: 'automatic',
	nas: 'nas',
	bot: '',
	address: red.url,
	path: '/chat/bot',
	params: { nickname: text('Helper'), ...params },
	answer: 'now',
	reply: '',
	wires: [['out']],
	...changes,
});

/** Deploys a listening node and waits until it is registered. */
async function listen(...node: Parameters<typeof listener>): Promise<void> {
	red.statuses.length = 0;
	await red.deploy([tab, nas(simulator), listener(...node), sink('out'), catcher, sink('caught')]);
	await until(() => status() === 'listening', 'the registration');
}

const talkTo = (who: string) => {
	const bot = bots()[0]!;
	return chat.conversation([chat.user(who).user_id, bot.user_id], bot.user_id, 'chatbot');
};

const call = async (form: Record<string, string>): Promise<number> =>
	(await fetch(`${red.url}/chat/bot`, { method: 'POST', body: new URLSearchParams(form) })).status;

describe('the address that Chat calls', () => {
	const config = (address: string) => ({ id: 'push', type: 'x', address, path: 'chat/bot' });
	const at = (httpNodeRoot: string | false | undefined, address: string) =>
		addressOf({ settings: { httpNodeRoot } } as Red, config(address));

	test.each<[string | false | undefined, string, string]>([
		[undefined, 'http://nodered.example.com:1880/', 'http://nodered.example.com:1880/chat/bot'],
		['/', 'http://nodered.example.com:1880', 'http://nodered.example.com:1880/chat/bot'],
		['/api', 'http://nodered.example.com:1880', 'http://nodered.example.com:1880/api/chat/bot'],
		['/api/', 'http://nodered.example.com:1880/api', 'http://nodered.example.com:1880/api/chat/bot'],
	])('has the root %s of the HTTP nodes once: %s', (root, address, whole) => {
		expect(at(root, address)).toBe(whole);
	});
});

describe('each event leaves the node', () => {
	test('a message to an outgoing webhook', async () => {
		await listen('webhookMessageReceived', { trigger_word: text('deploy'), channel_id: { type: 'pick', value: '2' } });
		chat.postAs('bob', 'ops', 'not this');
		const post = chat.postAs('bob', 'ops', 'deploy prod');
		await chat.settled();
		await arrived();
		expect(received('out')).toMatchObject([
			{
				topic: 'chat.webhookMessageReceived',
				payload: {
					kind: 'message',
					text: 'deploy prod',
					argument: 'prod',
					post_id: String(post.post_id),
					channel_id: '2',
				},
			},
		]);
	});

	test('a slash command, answered at once', async () => {
		await listen('slashCommandReceived', { command: text('deploy') }, { reply: 'On it' });
		expect(await chat.commandAs('carol', '/deploy prod')).toBe('On it');
		expect(await arrived()).toMatchObject([
			{ kind: 'command', text: '/deploy prod', argument: 'prod', username: 'carol' },
		]);
	});

	test('a message to a bot, answered by the flow', async () => {
		const answer: FlowNode[] = [
			{
				...sink('out'),
				func: `global.get('sinks')(node.id, { payload: msg.payload }); msg.payload = { text: 'You said ' + msg.payload.text }; return msg;`,
				outputs: 1,
				wires: [['http']],
			},
			{ id: 'http', type: 'http response', z: 'tab', x: 700, y: 100, wires: [] },
		];
		await red.deploy([tab, nas(simulator), listener('botMessageReceived', {}, { answer: 'flow' }), ...answer]);
		await until(() => status() === 'listening', 'the registration');
		chat.postAs('bob', talkTo('bob'), 'hello');
		await chat.settled();
		expect(await arrived()).toMatchObject([{ kind: 'message', text: 'hello', username: 'bob' }]);
		expect(talkTo('bob').posts.map(({ message }) => message)).toEqual(['hello', 'You said hello']);
	});

	test('a pressed button, where words go no further', async () => {
		await listen('buttonPressed', {}, { reply: 'Thank you' });
		const post = chat.append(talkTo('bob'), {
			creator_id: bots()[0]!.user_id,
			message: 'Deploy?',
			attachments: [{ callback_id: 'dep', actions: [{ type: 'button', name: 'go', value: 'yes', text: 'Go' }] }],
		});
		chat.postAs('bob', talkTo('bob'), 'words');
		await chat.settled();
		await chat.pressAs('bob', post.post_id, 'go');
		expect(await arrived()).toMatchObject([
			{ kind: 'press', callback_id: 'dep', name: 'go', value: 'yes', username: 'bob' },
		]);
		expect(chat.post(post.post_id)?.message).toBe('Thank you');
	});
});

describe('the registration', () => {
	test('is kept when the flow is deployed anew, follows the node, and goes with it', async () => {
		await listen('botMessageReceived');
		const { user_id, token } = bots()[0]!;
		expect(bots()).toMatchObject([{ kind: 'chatbot', nickname: 'Helper', url: `${red.url}/chat/bot` }]);
		await listen('botMessageReceived', { purpose: text('Helps') });
		expect(bots()).toMatchObject([{ user_id, token, purpose: 'Helps' }]);
		await listen('botMessageReceived', {}, { path: 'elsewhere' });
		expect(bots()).toMatchObject([{ url: `${red.url}/elsewhere` }]);
		const moved = bots()[0]!.user_id;
		await listen('buttonPressed', {}, { path: 'elsewhere' });
		expect(bots()).toMatchObject([{ user_id: moved }]);
		await listen('slashCommandReceived', { command: text('/deploy') }, { path: 'elsewhere' });
		expect(bots()).toMatchObject([{ kind: 'slash', command: '/deploy' }]);
		expect(bots()).toHaveLength(1);
		await red.deploy([tab, nas(simulator)]);
		await until(() => bots().length === 0, 'the removal');
	});

	test('is made anew when the bot was removed in Chat', async () => {
		await listen('botMessageReceived');
		chat.bots.delete(bots()[0]!.user_id);
		await listen('botMessageReceived');
		expect(bots()).toMatchObject([{ nickname: 'Helper', is_disabled: false }]);
		chat.postAs('bob', talkTo('bob'), 'back again');
		await chat.settled();
		expect(await arrived()).toMatchObject([{ text: 'back again' }]);
	});

	test('that the account may not make is told to Catch nodes with the way out', async () => {
		chat.switches.integrations = false;
		await red.deploy([tab, nas(simulator), listener('botMessageReceived'), sink('out'), catcher, sink('caught')]);
		await until(() => received('caught').length === 1, 'the error');
		expect(received('caught')).toMatchObject([
			{ error: { code: 'permission', message: expect.stringContaining('By Hand') } },
		]);
		expect(status()).toBe('not permitted');
	});

	test('by hand takes the token of a bot connection, and touches nothing on the NAS', async () => {
		const bot = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Helper');
		bot.url = `${red.url}/chat/bot`;
		await red.deploy([
			tab,
			botNode(bot.token),
			listener('botMessageReceived', {}, { registration: 'manual', bot: 'bot', nas: '' }),
			sink('out'),
		]);
		await until(() => status() === 'listening', 'the node');
		chat.postAs('bob', talkTo('bob'), 'by hand');
		await chat.settled();
		expect(await arrived()).toMatchObject([{ text: 'by hand' }]);
		expect(simulator.requests).toEqual([]);
	});

	test.each([
		['path', { path: ' ' }, 'path'],
		['address', { address: 'nodered' }, 'address'],
		['connection', { nas: '' }, 'connection'],
	])('without %s fails in words', async (_, changes, word) => {
		await red.deploy([tab, nas(simulator), listener('botMessageReceived', {}, changes), catcher, sink('caught')]);
		await until(() => received('caught').length === 1, 'the error');
		expect(received('caught')).toMatchObject([{ error: { code: 'input', message: expect.stringContaining(word) } }]);
	});
});

describe('a call that is not of Chat', () => {
	test('is refused with 403, counted in the status, and told in the log once', async () => {
		await listen('botMessageReceived');
		const { token } = bots()[0]!;
		const form = { text: 'rm -rf', user_id: '1', post_id: '1', timestamp: '1' };
		for (const wrong of ['', 'x'.repeat(64), `${token}x`]) expect(await call({ ...form, token: wrong })).toBe(403);
		expect(payloads()).toEqual([]);
		expect(status()).toBe('refused calls 3');
		expect(red.log.filter((line) => line.includes('wrong token'))).toHaveLength(1);
		expect(red.log.join('\n')).not.toContain(token);
		expect(red.file('flows.json')).not.toContain(token);
	});

	test('floods no editor: 120 of them make 19 messages of the status', async () => {
		await listen('botMessageReceived');
		red.statuses.length = 0;
		for (let count = 0; count < 120; count++) await call({ text: 'x', token: 'x' });
		expect(red.statuses.filter(({ id }) => id === 'push').map(({ text: said }) => said)).toEqual([
			...Array.from({ length: 9 }, (_, index) => `refused calls ${index + 1}`),
			...Array.from({ length: 10 }, (_, index) => `refused calls ${(index + 1) * 10}+`),
		]);
	});

	test('keeps nobody out: of 2,000 few are told, and true calls between them arrive', async () => {
		await listen('botMessageReceived');
		const { token } = bots()[0]!;
		red.statuses.length = 0;
		red.log.length = 0;
		const answers: number[] = [];
		const between = async (n: number) =>
			void answers.push(await call({ token, text: `true ${n}`, user_id: '3', post_id: String(n), timestamp: '1' }));
		expect(await forge(`${red.url}/chat/bot`, 2000, { between })).toEqual({ 403: 2000 });
		expect(answers).toEqual(Array.from({ length: 20 }, () => 200));
		await arrived(20);
		expect(payloads()).toHaveLength(20);
		expect(red.statuses.filter(({ id }) => id === 'push')).toHaveLength(29);
		expect(red.log.filter((line) => !line.includes('Logout'))).toHaveLength(1);
	});

	test('fills no log when it is broken off, 300 times', async () => {
		await listen('botMessageReceived');
		red.log.length = 0;
		await forge(`${red.url}/chat/bot`, 300, { isWhole: false });
		expect(await call({ token: bots()[0]!.token, text: 'hello' })).toBe(200);
		expect(await arrived()).toMatchObject([{ text: 'hello' }]);
		// 1 to 9, 10 to 90, 100 to 300.
		expect(red.log.filter((line) => line.includes('/chat/bot')).length).toBeLessThanOrEqual(9 + 9 + 3);
	});

	test('to a node that lacks its parameters is answered without a word of its inside', async () => {
		await red.deploy([tab, nas(simulator), listener('slashCommandReceived', {}), catcher, sink('caught')]);
		await until(() => received('caught').length === 1, 'the error');
		expect(await call({ text: 'x', token: 'x' })).toBe(503);
		expect(red.log.join('\n')).not.toMatch(/TypeError|\n\s+at /);
	});

	test('is refused with 409 when it was made before', async () => {
		await listen('botMessageReceived');
		const form = { token: bots()[0]!.token, text: 'pay', user_id: '3', post_id: '7', timestamp: '1791336400000' };
		expect([await call(form), await call(form)]).toEqual([200, 409]);
		expect(await arrived()).toMatchObject([{ text: 'pay' }]);
		expect(status()).toBe('refused calls 1');
	});

	test('is refused with 413 when it is larger than any message', async () => {
		await listen('botMessageReceived');
		expect(await call({ token: bots()[0]!.token, text: 'x'.repeat(2 ** 20) })).toBe(413);
		expect(payloads()).toEqual([]);
	});

	test('to a path of nobody is none of this node', async () => {
		await listen('botMessageReceived', {}, { path: 'elsewhere' });
		expect(await call({ token: bots()[0]!.token, text: 'hello' })).toBe(404);
	});
});

const botNode = (token: string, changes: object = {}): FlowNode => ({
	id: 'bot',
	type: 'synology-chat-bot',
	name: '',
	url: simulator.url,
	tls: 'verify',
	timeout: '60',
	credentials: { token },
	...changes,
});

describe('operations with a token', () => {
	test('go with the chosen bot, and need no account', async () => {
		const bot = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Helper');
		const node = action(
			'chat.bot.send',
			{ user_ids: { type: 'pick', value: `${chat.user('bob').user_id}` }, text: text('Backup done') },
			{ nas: '', bot: 'bot', override: 'params' },
		);
		await red.deploy([tab, botNode(`"${bot.token}"`), node, sink('out'), catcher, sink('caught')]);
		red.node('act').receive({ params: { buttons: [{ text: 'Thanks' }] } });
		await until(() => received('out').length + received('caught').length === 1, 'the answer');
		expect(payloads()).toMatchObject([[{ user_id: String(chat.user('bob').user_id), sent: true }]]);
		expect(talkTo('bob').posts[0]?.attachments).toMatchObject([{ actions: [{ text: 'Thanks', value: 'Thanks' }] }]);
		expect(red.file('flows.json')).not.toContain(bot.token);
	});

	test('without a bot say so', async () => {
		await red.deploy([tab, action('chat.webhook.send', { text: text('x') }), sink('out'), catcher, sink('caught')]);
		red.node('act').receive({});
		await until(() => received('caught').length === 1, 'the error');
		expect(received('caught')).toMatchObject([
			{ error: { code: 'input', message: expect.stringContaining('No bot is chosen') } },
		]);
	});

	test('the lists of their forms are loaded with the token', async () => {
		const bot = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Helper');
		await red.deploy([tab, botNode(bot.token)]);
		const wanted = { nas: 'bot', id: 'chat.bot.send', field: 'user_ids', search: 'bob' };
		const answer = await red.post('/synology-nas/choices', wanted);
		expect(await answer.json()).toEqual({
			choices: [{ value: String(chat.user('bob').user_id), label: expect.stringMatching(/bob/i) }],
			cut: false,
		});
	});

	test('the test button tells what the token is, and posts nothing', async () => {
		const alice = chat.user('alice').user_id;
		const hook = Object.assign(newBot(chat, alice, 'incoming', 'Build'), { channel_id: 1, is_disabled: false });
		const before = chat.channel('General').posts.length;
		const tried = async (token: string) =>
			(await (await red.post('/synology-chat-bot/test', { id: 'x', url: simulator.url, token })).json()) as object;
		expect(await tried(newBot(chat, alice, 'chatbot', 'Helper').token)).toMatchObject({
			ok: true,
			message: expect.stringContaining('a bot'),
		});
		expect(await tried(hook.token)).toMatchObject({ ok: true, message: expect.stringContaining('incoming webhook') });
		expect(await tried('x'.repeat(64))).toMatchObject({ ok: false, hint: expect.stringContaining('cannot be tested') });
		expect(await tried('')).toMatchObject({ ok: false, field: 'token' });
		expect(chat.channel('General').posts).toHaveLength(before);
	});
});
