import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { allServices } from '../../src/services';
import { nodesOf } from '../../src/nodered/editor/model';
import { startSimulator, type Simulator } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat/state';
import { deployExample, examples as names, idOf, pressButton, read, watched } from './examples';
import { functionGlobalContext, makeUserDir, NodeRed, received, until, type FlowNode } from './runtime';

let red: NodeRed;
let simulator: Simulator;

beforeAll(async () => {
	red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
});

afterAll(async () => {
	await red.stop();
	red.remove();
});

beforeEach(async () => {
	simulator = await startSimulator();
	red.statuses.length = 0;
});

afterEach(async () => {
	await red.deploy([{ id: 'empty', type: 'tab' }]);
	await simulator.close();
});

const run = async (name: string): Promise<FlowNode[]> => await deployExample(red, simulator, name);
const posts = () => chatOf(simulator.nas).channel('General').posts;

const watching = async (id: string): Promise<void> => await watched(red, id);
const press = async (flow: FlowNode[], name: string): Promise<void> => await pressButton(red, flow, name);

describe('examples for Node-RED', () => {
	test('cover every node type', () => {
		const used = new Set(names.flatMap(read).map(({ type }) => type));
		const types = allServices()
			.flatMap(nodesOf)
			.map(({ type }) => type);
		expect([...types, 'synology-connection'].filter((type) => !used.has(type))).toEqual([]);
	});

	test.each(names)('%s holds no credentials, no real host, and no id twice', (name) => {
		const flow = read(name);
		expect(flow.filter((node) => 'credentials' in node)).toEqual([]);
		expect(flow.find(({ type }) => /^synology-(nas|chat-bot)$/.test(type))).toMatchObject({
			url: 'https://nas.example.com:5001',
		});
		expect(new Set(flow.map(({ id }) => id)).size).toBe(flow.length);
	});

	test('chat-echo-bot answers a message in its thread, and not itself', async () => {
		const flow = await run('chat-echo-bot.json');
		await watching(idOf(flow, 'New message'));
		const post = chatOf(simulator.nas).postAs('bob', 'General', 'ping');
		await until(() => received(idOf(flow, 'Answer')).length === 1, 'the answer');
		expect(posts().at(-1)).toMatchObject({ message: 'You said: ping', thread_id: post.post_id });
		const count = posts().length;
		const next = chatOf(simulator.nas).postAs('carol', 'General', 'again');
		await until(() => received(idOf(flow, 'Answer')).length === 2, 'the second answer');
		expect(posts()).toHaveLength(count + 2);
		expect(posts().at(-1)).toMatchObject({ message: 'You said: again', thread_id: next.post_id });
	});

	test('chat-file-arrives hands on the file', async () => {
		const flow = await run('chat-file-arrives.json');
		await watching(idOf(flow, 'New file'));
		chatOf(simulator.nas).postAs('bob', 'General', 'no file');
		chatOf(simulator.nas).postAs('bob', 'General', 'here', {
			file: { name: 'plan.txt', content: 'the plan', mime: 'text/plain' },
		});
		await until(() => received(idOf(flow, 'File')).length === 1, 'the file');
		expect(received(idOf(flow, 'File'))).toMatchObject([
			{ filename: 'plan.txt', size: 8, payload: Buffer.from('the plan') },
		]);
	});

	test('chat-send-file posts the report', async () => {
		const flow = await run('chat-send-file.json');
		await press(flow, 'Report');
		await until(() => received(idOf(flow, 'Message')).length === 1, 'the message');
		expect(posts().at(-1)).toMatchObject({
			type: 'file',
			message: 'The report of today',
			file: { name: 'report.txt', size: 19 },
		});
	});

	test('api-call asks for DSM information and lists APIs row by row', async () => {
		const flow = await run('api-call.json');
		await press(flow, 'Ask');
		await until(() => received(idOf(flow, 'Answer')).length === 1, 'the answer');
		expect(received(idOf(flow, 'Answer'))[0]?.payload).toMatchObject({
			version_string: expect.stringContaining('DSM 7'),
		});
		await press(flow, 'List');
		await until(() => received(idOf(flow, 'API')).some(({ parts }) => 'count' in (parts as object)), 'the last row');
		const rows = received(idOf(flow, 'API')).map(({ payload }) => (payload as { name: string }).name);
		expect(rows).toContain('SYNO.FileStation.List');
		expect(rows.every((name) => name.startsWith('SYNO.FileStation.'))).toBe(true);
	});
});
