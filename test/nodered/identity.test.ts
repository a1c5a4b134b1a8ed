import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { newBot } from '../../src/simulator/services/chat/admin';
import { chatOf } from '../../src/simulator/services/chat/state';
import { filesOf } from '../../src/simulator/services/file/state';
import { identityOf, type IdentityState } from '../../src/simulator/services/identity/state';
import { identityStories } from '../support/identity-stories';
import { deployExample, idOf, pressButton, read, watched } from './examples';
import { action, type FlowNode, type NodeRed, received, sink, trigger, until } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let identity: IdentityState;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
	identity = identityOf(simulator.nas);
});

const typed = (value: string | boolean) => ({
	type: typeof value === 'boolean' ? 'bool' : 'str',
	value: String(value),
});

async function run(node: FlowNode, message: object = {}): Promise<void> {
	await deploy(node);
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length > 0, 'an answer');
}

describe('the Identity node', () => {
	test('lists users, and disables the one that a message names', async () => {
		await run(action('identity.user.list', {}, { list: 'array' }));
		const [{ payload }] = received('out') as unknown as [{ payload: { name: string }[] }];
		expect(payload.map(({ name }) => name)).toEqual(expect.arrayContaining(['alice', 'bob']));
		received('out').length = 0;
		await run(action('identity.user.disable', { user_name: { type: 'msg', value: 'who' } }), { who: 'bob' });
		expect(received('out')).toMatchObject([{ payload: { name: 'bob' } }]);
		expect(simulator.nas.user('bob').loginCode).toBe(401);
	});

	test('gives what failed to a catch node, with cause and remedy', async () => {
		await run(action('identity.user.disable', { user_name: typed('nobody') }));
		expect(received('caught')).toMatchObject([
			{ error: { message: expect.stringContaining('There is no such user') } },
		]);
	});
});

describe('the Identity trigger', () => {
	test.each(identityStories.map((story) => [story.event, story] as const))(
		'tells %s once',
		async (event, story) => {
			story.before?.(identity);
			const params = Object.entries(story.params ?? {}).map(([name, value]) => [name, typed(value)]);
			await deploy(trigger(Object.fromEntries(params), { type: 'synology-identity-trigger', trigger: event }));
			await watched(red, 'trigger');
			story.happen(identity);
			await until(() => received('out').length > 0, event);
			expect(received('out')).toMatchObject([{ topic: `identity.${event}`, payload: story.tells }]);
			expect(received('caught')).toEqual([]);
		},
		60_000,
	);
});

describe('the example', () => {
	test('identity-new-colleague creates user and folder, joins the group and says welcome', async () => {
		identity.addGroup('marketing');
		const flow = await deployExample(red, simulator, 'identity-new-colleague.json');
		await pressButton(red, flow, 'New colleague');
		await until(() => received(idOf(flow, 'Message')).length + received(idOf(flow, 'Error')).length > 0, 'the message');
		expect(received(idOf(flow, 'Error'))).toEqual([]);
		expect(simulator.nas.user('dora')).toMatchObject({
			email: 'dora@example.com',
			groups: ['users', 'marketing'],
		});
		const admin = simulator.nas.user(simulator.account);
		expect(filesOf(simulator.nas).find(admin, '/home/colleagues/dora')?.kind).toBe('folder');
		expect(chatOf(simulator.nas).channel('General').posts.at(-1)!.message).toBe(
			'Welcome, dora! Your folder is /home/colleagues/dora.',
		);
	});

	test('identity-unknown-sign-in asks with a button, which blocks the address', async () => {
		const chat = chatOf(simulator.nas);
		const { account, password, url } = simulator;
		const bot = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Guard');
		const flow = read('identity-unknown-sign-in.json');
		const nodes = flow.map((one) => {
			if (one.type === 'synology-nas') return { ...one, url, credentials: { account, password } };
			if (one.type === 'synology-chat-bot') return { ...one, url, credentials: { token: bot.token } };
			if (one.type === 'synology-identity-trigger') return { ...one, interval: '2' };
			return one.type === 'debug' ? { ...sink(one.id), z: one['z'] } : one;
		});
		for (const { id } of nodes) received(id).length = 0;
		await red.deploy(nodes);
		bot.url = `${red.url}/chat/block`;
		await watched(red, idOf(flow, 'New place'));
		identity.signIn('bob', '198.51.100.7', 'Firefox');
		const failed = () => received(idOf(flow, 'Error'));
		await until(() => received(idOf(flow, 'Asked')).length + failed().length > 0, 'the question');
		expect(failed()).toEqual([]);
		const talk = chat.conversation([chat.user('alice').user_id, bot.user_id], bot.user_id, 'chatbot');
		const question = talk.posts.at(-1)!;
		expect(question.message).toBe('bob has signed in from 198.51.100.7, which was not seen before.');
		await chat.pressAs('alice', question.post_id, '198.51.100.7');
		expect(simulator.nas.autoBlock.blocks('198.51.100.7')).toBe(true);
		expect(chat.post(question.post_id)).toMatchObject({ message: '198.51.100.7 is blocked.', attachments: [] });
	});
});
