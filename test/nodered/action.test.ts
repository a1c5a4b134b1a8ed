import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { startSimulator, type Simulator } from '../../src/simulator';
import { filesOf } from '../../src/simulator/services/file/state';
import { chatOf } from '../../src/simulator/services/chat/state';
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
	type Sent,
} from './runtime';

let simulator: Simulator;
let red: NodeRed;

beforeAll(async () => {
	red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
});

afterAll(async () => {
	await red.stop();
	red.remove();
});

beforeEach(async () => {
	simulator = await startSimulator();
	received('out').length = 0;
	received('caught').length = 0;
	red.statuses.length = 0;
	red.log.length = 0;
});

afterEach(async () => {
	await red.deploy([tab]);
	await simulator.close();
});

async function deploy(node: FlowNode, connection: Record<string, unknown> = {}): Promise<void> {
	await red.deploy([tab, nas(simulator, connection), greeting, node, catcher, sink('caught'), sink('out')]);
}

/** Sets what the parameters of type flow and global read. */
const greeting: FlowNode = {
	id: 'greeting',
	type: 'function',
	z: 'tab',
	x: 100,
	y: 300,
	initialize: `flow.set('greeting', 'from flow'); global.set('greeting', 'from global');`,
	func: 'return msg;',
	outputs: 1,
	wires: [],
};

async function run(message: Record<string, unknown>, count = 1): Promise<Sent[]> {
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length >= count, 'an answer');
	return received('out');
}

const calls = () => simulator.requests.filter(({ api }) => api?.startsWith('SYNO.Chat.'));
const str = (value: string) => ({ type: 'str', value });
const num = (value: string) => ({ type: 'num', value });

describe('action node', () => {
	test('sends a message to the channel of the form and gives the post in msg.payload', async () => {
		await deploy(action('chat.message.send', { channel_id: num('1'), message: str('from the form') }));
		const [answer] = await run({ _msgid: 'a', payload: 'ignored', topic: 'kept' });
		expect(answer).toMatchObject({ topic: 'kept', payload: { channel_id: '1', message: 'from the form' } });
		expect(red.statuses.filter(({ id }) => id === 'act').map(({ fill, shape, text }) => [fill, shape, text])).toEqual(
			expect.arrayContaining([
				['yellow', 'ring', 'connecting'],
				['green', 'dot', 'done'],
			]),
		);
	});

	const send = (changes: Record<string, unknown>) =>
		deploy(action('chat.message.send', { channel_id: num('1'), message: str('from the form') }, changes));

	test('holds to its form, whatever properties a message happens to have', async () => {
		await send({});
		const [answer] = await run({ message: 'first', channel_id: 2, params: { message: 'other' }, payload: 'x' });
		expect(answer?.payload).toMatchObject({ message: 'from the form', channel_id: '1' });
	});

	test('lets msg.params override the form where it says so, and nothing else', async () => {
		await send({ override: 'params' });
		const [answer] = await run({ params: { message: 'from msg.params' }, channel_id: 2 });
		expect(answer?.payload).toMatchObject({ message: 'from msg.params', channel_id: '1' });
	});

	test('goes on as before where it was saved in version 1, and warns once of each property', async () => {
		await send({ version: 1 });
		const [answer] = await run({ message: 'from the message' });
		expect(answer?.payload).toMatchObject({ message: 'from the message', channel_id: '1' });
		await run({ message: 'again' }, 2);
		const warnings = red.log.filter((text) => text.includes('msg.message'));
		expect(warnings).toEqual([expect.stringContaining(`was used instead of the form's "Message"`)]);
	});

	test('does not store the name of a file as its content', async () => {
		await deploy(action('file.file.upload', { folder: str('/home'), file: { type: 'msg', value: 'payload' } }));
		const file = Buffer.from('The content of the report, not its name.');
		await run({ payload: file, filename: '/data/report.txt', file: 'report.txt' });
		const stored = filesOf(simulator.nas).get(simulator.nas.user('alice'), '/home/report.txt');
		expect(stored).toMatchObject({ kind: 'file', size: file.length });
	});

	test.each([
		['msg', 'payload.text', 'from msg'],
		['flow', 'greeting', 'from flow'],
		['global', 'greeting', 'from global'],
		['env', 'SYNOFLOW_TEST_GREETING', 'from env'],
		['jsonata', '$uppercase(payload.text)', 'FROM MSG'],
	])('reads a parameter of type %s', async (type, value, expected) => {
		process.env['SYNOFLOW_TEST_GREETING'] = 'from env';
		await deploy(action('chat.message.send', { channel_id: num('1'), message: { type, value } }));
		const [answer] = await run({ payload: { text: 'from msg' } });
		expect(answer?.payload).toMatchObject({ message: expected });
	});

	test('gives a list as one array, all rows unless a limit is set', async () => {
		await deploy(action('chat.channel.list'));
		const [answer] = await run({ limit: 2 });
		const rows = answer?.payload as { channel_id: string; label: string }[];
		expect(rows.length).toBeGreaterThan(3);
		expect(rows.find(({ channel_id }) => channel_id === '1')?.label).toBe('General');
		received('out').length = 0;
		await deploy(action('chat.channel.list', {}, { limit: '2' }));
		const [limited] = await run({});
		expect(limited?.payload).toHaveLength(2);
	});

	test('gives each row as a message of its own, with parts that a Join node can use', async () => {
		await deploy(action('chat.channel.list', {}, { list: 'rows', limit: '3' }));
		const rows = await run({ topic: 'kept' }, 3);
		expect(rows.map(({ parts }) => parts)).toMatchObject([{ index: 0 }, { index: 1 }, { index: 2, count: 3 }]);
		expect(new Set(rows.map(({ parts }) => (parts as { id: string }).id)).size).toBe(1);
		expect(rows.map(({ topic }) => topic)).toEqual(['kept', 'kept', 'kept']);
	});

	test('keeps the order of messages', async () => {
		await deploy(action('chat.message.send', { channel_id: num('1'), message: { type: 'msg', value: 'message' } }));
		for (const text of ['one', 'two', 'three', 'four']) red.node('act').receive({ message: text });
		await until(() => received('out').length === 4, 'four answers');
		expect(received('out').map(({ message }) => message)).toEqual(['one', 'two', 'three', 'four']);
		expect(received('out').map(({ payload }) => (payload as { message: string }).message)).toEqual([
			'one',
			'two',
			'three',
			'four',
		]);
	});

	test('reaches the NAS with one request per message once it is warm, and logs in once', async () => {
		await deploy(action('chat.user.list'));
		await run({});
		const before = simulator.requests.length;
		await run({}, 2);
		expect(simulator.requests.length - before).toBe(1);
		expect(simulator.logins).toBe(1);
	});
});

describe('files', () => {
	test.each([
		['a Buffer', () => Buffer.from('hello file'), {}],
		['an object with content', () => ({ content: 'hello file' }), {}],
		['a stream with its size', () => Readable.from([Buffer.from('hello '), Buffer.from('file')]), { size: 10 }],
	])('sends %s from msg.payload under the name in msg.filename', async (_kind, payload, more) => {
		await deploy(
			action('chat.message.send', {
				channel_id: num('1'),
				message: str('see'),
				file: { type: 'msg', value: 'payload' },
			}),
		);
		const [answer] = await run({ payload: payload(), filename: '/home/alice/notes.txt', ...more });
		expect(answer?.payload).toMatchObject({ type: 'file', message: 'see' });
		expect(red.statuses.map(({ text }) => text)).toContain('sending 100 %');
		const post = chatOf(simulator.nas).channel('General').posts.at(-1);
		expect(JSON.stringify(post)).toContain('"notes.txt"');
		const { post_id } = answer?.payload as { post_id: string };
		await deploy(action('chat.file.download', { post_id: str(post_id) }));
		const [, file] = await run({}, 2);
		expect(file).toMatchObject({ filename: 'notes.txt', size: 10, payload: Buffer.from('hello file') });
	});

	test('refuses a stream of unknown length before anything is sent, and says what to do', async () => {
		await deploy(action('chat.message.send', { channel_id: num('1'), file: { type: 'msg', value: 'payload' } }));
		await run({ payload: Readable.from([Buffer.from('x')]) });
		expect(received('caught')[0]?.['error']).toMatchObject({ code: 'input', cause: { path: ['file'] } });
		expect(calls()).toHaveLength(0);
	});

	test('gives a file as a stream when asked to', async () => {
		const post = chatOf(simulator.nas).postAs('bob', 'General', 'log', { file: textFile('stream me') });
		await deploy(action('chat.file.download', { post_id: str(String(post.post_id)) }, { file: 'stream' }));
		const [answer] = await run({});
		const parts: Buffer[] = [];
		for await (const part of answer?.payload as Readable) parts.push(part as Buffer);
		expect(Buffer.concat(parts).toString()).toBe('stream me');
	});

	test('refuses a file that is larger than the limit of the node', async () => {
		const post = chatOf(simulator.nas).postAs('bob', 'General', 'log', { file: textFile('x'.repeat(1_100_000)) });
		await deploy(action('chat.file.download', { post_id: str(String(post.post_id)) }, { maxSize: '1' }));
		await run({});
		expect(received('caught')[0]?.['error']).toMatchObject({
			code: 'input',
			message: expect.stringContaining('larger than 1 MB'),
		});
	});
});

const textFile = (content: string) => ({ name: 'log.txt', mime: 'text/plain', content });

describe('errors', () => {
	const caught = () => received('caught')[0]!;

	test('go to the Catch node with kind, hint and call, and the message stays as it was', async () => {
		await deploy(action('chat.message.send', { channel_id: num('4711'), message: str('x') }));
		await run({ payload: 'still here', topic: 'kept' });
		expect(caught()).toMatchObject({
			payload: 'still here',
			topic: 'kept',
			error: {
				source: { id: 'act', type: 'synology-chat' },
				cause: { operation: 'chat.message.send', api: 'SYNO.Chat.Post', method: 'create' },
			},
		});
		expect(received('out')).toHaveLength(0);
		expect(red.statuses.at(-1)).toMatchObject({ id: 'act', fill: 'red', shape: 'ring' });
	});

	test('name the parameter when it does not fit, and nothing is sent', async () => {
		await deploy(action('chat.message.send', { message: str('x') }));
		await run({});
		expect(caught()['error']).toMatchObject({ code: 'input', cause: { path: ['channel_id'] } });
		expect(simulator.requests).toHaveLength(0);
	});

	test('say that no connection is chosen', async () => {
		await deploy(action('chat.channel.list', {}, { nas: '' }));
		await run({});
		expect(caught()['error']).toMatchObject({
			code: 'input',
			message: expect.stringContaining('No connection is chosen'),
		});
	});

	test('say what to enter when the password is wrong, once, without asking the NAS again', async () => {
		await deploy(action('chat.channel.list'), { credentials: { account: 'alice', password: 'wrong-secret-word' } });
		await run({});
		await run({}, 2);
		expect(received('caught').map(({ error }) => (error as { code: string }).code)).toEqual(['login', 'login']);
		expect(simulator.logins).toBe(1);
		expect(red.statuses.at(-1)).toMatchObject({ fill: 'red', text: 'login refused' });
	});

	test('hold no secret, neither in the message nor in a log line or the flow file', async () => {
		await deploy(action('chat.channel.list'), { credentials: { account: 'alice', password: 'wrong-secret-word' } });
		await run({});
		const everything =
			JSON.stringify([received('caught'), red.statuses]) +
			red.log.join('\n') +
			red.file('flows.json') +
			red.file('flows_cred.json');
		expect(everything).not.toContain('wrong-secret-word');
	});
});

describe('closing', () => {
	const sessions = () => simulator.nas.sessions.list().length;

	test('logs out when the last node that uses the connection closes', async () => {
		await deploy(action('chat.channel.list'));
		await run({});
		expect(sessions()).toBe(1);
		await red.deploy([tab]);
		await until(() => sessions() === 0, 'the logout');
	});

	test('ends a running request at once and sends nothing afterwards', async () => {
		await deploy(action('chat.channel.list'));
		await run({});
		simulator.nas.faults.latency(60_000);
		red.node('act').receive({});
		await until(() => red.statuses.at(-1)?.text === 'busy', 'the request');
		const began = Date.now();
		simulator.nas.faults.latency(0);
		await red.deploy([tab]);
		expect(Date.now() - began).toBeLessThan(5_000);
		expect(received('out')).toHaveLength(1);
		expect(received('caught')).toHaveLength(0);
	});
});
