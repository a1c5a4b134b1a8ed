import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startSimulator, type Simulator } from '../../src/simulator';
import { newBot } from '../../src/simulator/services/chat/admin';
import { chatOf, type ChatState } from '../../src/simulator/services/chat/state';
import { functionGlobalContext, makeUserDir, NodeRed, received, root, sink, until, type FlowNode } from './runtime';

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
	red.statuses.length = 0;
});

afterEach(async () => {
	await red.deploy([{ id: 'empty', type: 'tab' }]);
	await simulator.close();
});

/** The example as a user imports it, with connections and address filled in; Debug nodes hand their messages to the test. */
async function run(name: string, token = ''): Promise<(node: string) => string> {
	const flow = JSON.parse(readFileSync(path.join(root, 'examples', name), 'utf8')) as FlowNode[];
	const { url, account, password } = simulator;
	const nodes = flow.map((node) => {
		if (node.type === 'synology-nas') return { ...node, url, credentials: { account, password } };
		if (node.type === 'synology-chat-bot') return { ...node, url: '', credentials: { token } };
		if (node.type === 'synology-chat-bot-trigger') return { ...node, address: red.url };
		return node.type === 'debug' ? { ...sink(node.id), z: node['z'] } : node;
	});
	for (const { id } of nodes) received(id).length = 0;
	await red.deploy(nodes);
	return (wanted) => flow.find((node) => node['name'] === wanted)!.id;
}

const listening = async (id: string): Promise<unknown> =>
	await until(() => red.statuses.some((status) => status.id === id && status.text === 'listening'), 'the registration');

describe('examples for Node-RED', () => {
	test('chat-two-way-bot asks with buttons, and the answer takes the place of the question', async () => {
		const idOf = await run('chat-two-way-bot.json');
		await listening(idOf('Message or button'));
		const bot = [...chat.bots.values()][0]!;
		expect(bot).toMatchObject({ kind: 'chatbot', nickname: 'Deployer', url: `${red.url}/chat/two-way-bot` });
		const talk = chat.conversation([chat.user('bob').user_id, bot.user_id], bot.user_id, 'chatbot');
		chat.postAs('bob', talk, 'prod');
		await chat.settled();
		const question = talk.posts[1]!;
		expect(question).toMatchObject({
			message: 'Shall I deploy prod?',
			creator_id: bot.user_id,
			attachments: [{ callback_id: 'deploy', actions: [{ text: 'Go' }, { text: 'Stop' }] }],
		});
		await chat.pressAs('bob', question.post_id, 'no');
		expect(chat.post(question.post_id)).toMatchObject({ message: 'You chose Stop.', attachments: [] });

		// Whoever knows the address but not the token makes the bot say nothing.
		const forged = await fetch(bot.url, { method: 'POST', body: new URLSearchParams({ token: 'x', text: 'prod' }) });
		expect([forged.status, talk.posts.length]).toEqual([403, 2]);
	});

	test('chat-slash-command posts the text, and answers the caller alone', async () => {
		const idOf = await run('chat-slash-command.json');
		await listening(idOf('/announce'));
		expect(await chat.commandAs('carol', '/announce cake in the kitchen')).toBe('Posted.');
		await until(() => received(idOf('Posted')).length === 1, 'the message');
		expect(chat.channel('General').posts.at(-1)?.message).toBe('carol announces: cake in the kitchen');
	});

	test('chat-webhook posts with the URL that Chat shows, without an account', async () => {
		const hook = newBot(chat, chat.user('alice').user_id, 'incoming', 'Build');
		Object.assign(hook, { channel_id: 1, is_disabled: false });
		const query = 'api=SYNO.Chat.External&method=incoming&version=2';
		const token = encodeURIComponent(hook.token);
		const idOf = await run('chat-webhook.json', `${simulator.url}/webapi/entry.cgi?${query}&token=%22${token}%22`);
		await red.post(`/inject/${idOf('Build finished')}`, {});
		await until(() => received(idOf('Answer')).length === 1, 'the answer');
		expect(chat.channel('General').posts.at(-1)).toMatchObject({
			message: 'Build 17 is ready: <https://ci.example.com/17|log>',
			creator_id: hook.user_id,
		});
		expect(simulator.logins).toBe(0);
	});
});
