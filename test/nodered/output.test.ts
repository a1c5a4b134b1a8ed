import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { filesOf } from '../../src/simulator/services/file';
import { webdavOf } from '../../src/simulator/services/webdav';
import { action, received, until, type FlowNode, type NodeRed, type Sent } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
});

const text = (value: string) => ({ type: 'str', value });
const num = (value: string) => ({ type: 'num', value });
const fromMessage = (value: string) => ({ type: 'msg', value });

async function run(message: Sent, count = 1): Promise<Sent[]> {
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length >= count, 'an answer');
	return received('out');
}

const errors = () => received('caught').map(({ error }) => error as { message: string; code: string });
const contextOf = async (node: string, type: 'flow' | 'global', key: string): Promise<unknown> => {
	const answer = await red.get(type === 'global' ? `/context/global/${key}` : `/context/flow/${node}/${key}`);
	return JSON.parse(((await answer.json()) as { msg: string }).msg);
};

describe('the answer', () => {
	test('goes to the property that the form names, and the rest of the message stays', async () => {
		await deploy(action('chat.channel.list', {}, { output: 'data.channels', outputType: 'msg', limit: '2' }));
		const [answer] = await run({ payload: 'kept', topic: 'kept', data: { own: 1 } });
		expect(answer).toMatchObject({ payload: 'kept', topic: 'kept', data: { own: 1 } });
		expect((answer!['data'] as { channels: unknown[] }).channels).toHaveLength(2);
	});

	test.each([
		['flow', 'tab'],
		['global', ''],
	] as const)('goes to the %s context, and the message goes on as it came', async (type, place) => {
		await deploy(action('chat.channel.list', {}, { output: 'channels', outputType: type, limit: '1' }));
		const [answer] = await run({ payload: 'kept' });
		expect(answer).toMatchObject({ payload: 'kept', synology: { operation: 'chat.channel.list' } });
		expect(await contextOf(place, type, 'channels')).toMatchObject([{ channel_id: expect.any(String) }]);
	});

	test('goes to a named store', async () => {
		await deploy(
			action('chat.channel.list', {}, { output: '#:(disk)::last.channels', outputType: 'flow', limit: '1' }),
		);
		await run({ payload: 'kept' });
		expect(errors()).toEqual([]);
		const answer = await red.get('/context/flow/tab/last?store=disk');
		expect(JSON.stringify(await answer.json())).toContain('channel_id');
	});

	test('of each row goes there, in a message of its own', async () => {
		await deploy(action('chat.channel.list', {}, { output: 'row', list: 'rows', limit: '2' }));
		const rows = await run({ payload: 'kept', parts: { id: 'outer', type: 'array', index: 0 } }, 2);
		expect(rows.map(({ payload }) => payload)).toEqual(['kept', 'kept']);
		expect(rows.map(({ row }) => Object.keys(row as object).includes('channel_id'))).toEqual([true, true]);
		expect(rows[1]!['parts']).toMatchObject({ index: 1, count: 2, parts: { id: 'outer' } });
	});

	test.each([
		[{ output: 'payload..x' }, /"payload..x" is no property that an answer could go to/],
		[{ output: '' }, /"" is no property that an answer could go to/],
		[{ output: 'payload.result' }, /cannot go to msg.payload.result: "payload" holds a string, no object/],
		[{ outputType: 'env' }, /The answer cannot go to "env": only msg, flow and global take one/],
		[{ parallel: '0' }, /"0" messages at the same time is no whole number from 1 to 20/],
		[{ parallel: '21' }, /"21" messages at the same time/],
	])('has a place before anything is sent: %j', async (changes, says) => {
		await deploy(action('chat.message.send', { channel_id: num('1'), message: text('x') }, changes));
		await run({ payload: 'a text' });
		expect(errors()).toMatchObject([{ code: 'input', message: expect.stringMatching(says) }]);
		expect(simulator.requests.filter(({ api }) => api?.startsWith('SYNO.Chat.'))).toEqual([]);
	});
});

describe('what is told of a run', () => {
	test('is the operation, how long it took, and its requests, without login and list of APIs', async () => {
		await deploy(action('chat.channel.list'));
		const [answer] = await run({});
		expect(answer!['synology']).toEqual({
			operation: 'chat.channel.list',
			duration: expect.any(Number),
			requests: simulator.requests.filter(({ api }) => api?.startsWith('SYNO.Chat.')).length,
		});
		expect((answer!['synology'] as { duration: number }).duration).toBeGreaterThanOrEqual(0);
	});

	test('counts what had to be repeated, and the requests of a batch as one', async () => {
		await deploy(action('chat.user.list'));
		await run({});
		simulator.nas.faults.loseSessions();
		const before = simulator.requests.length;
		const [, answer] = await run({}, 2);
		const asked = simulator.requests.slice(before).filter(({ api }) => api?.startsWith('SYNO.Chat.'));
		expect((answer!['synology'] as { requests: number }).requests).toBe(asked.length);
		expect(asked.length).toBe(2);
	});

	test('counts requests over WebDAV, too', async () => {
		const { http } = await webdavOf(simulator.nas).open();
		await deploy(action('webdav.file.list', { protocol: text('http'), port: num(String(http)), path: text('/') }));
		const [answer] = await run({});
		expect(errors()).toEqual([]);
		expect(answer).toMatchObject({ synology: { operation: 'webdav.file.list', requests: 1 } });
	});
});

describe('a node that works on several messages at the same time', () => {
	const send = (changes: Record<string, unknown>): FlowNode =>
		action('chat.message.send', { channel_id: num('1'), message: fromMessage('text') }, changes);

	/** Keeps requests waiting, and gives what the node shows meanwhile. */
	async function crowd(changes: Record<string, unknown>, expected: string): Promise<void> {
		await deploy(send(changes));
		await run({ text: 'first' });
		simulator.nas.faults.latency(60_000);
		for (let index = 0; index < 5; index++) red.node('act').receive({ text: `message ${index}` });
		await until(() => red.statuses.at(-1)?.text === expected, `the status "${expected}"`);
		simulator.nas.faults.latency(0);
	}

	test('says how many run and how many wait', async () => {
		await crowd({ parallel: '3' }, 'running 3, waiting 2');
	});

	test('works on one after the other unless it is told otherwise', async () => {
		await crowd({}, 'running 1, waiting 4');
	});

	test('gives each message its own answer', async () => {
		await deploy(action('chat.channel.list', {}, { limit: '4' }));
		const [list] = await run({});
		const ids = (list!.payload as { channel_id: string }[]).map(({ channel_id }) => channel_id);
		received('out').length = 0;
		await deploy(action('chat.channel.get', { channel_id: fromMessage('wanted') }, { parallel: '4' }));
		for (const wanted of ids) red.node('act').receive({ wanted });
		await until(() => received('out').length + received('caught').length === ids.length, 'all answers');
		expect(errors()).toEqual([]);
		for (const { wanted, payload } of received('out')) expect(payload).toMatchObject({ channel_id: wanted });
		expect(red.statuses.at(-1)).toMatchObject({ fill: 'green', text: 'done' });
	});
});

describe('a file in chunks', () => {
	const CONTENT = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
	const stored = (file: string) => filesOf(simulator.nas).get(simulator.nas.user('alice'), file);
	const put = (content: Buffer) =>
		filesOf(simulator.nas).write('/docs/large.bin', { content: content.toString('latin1') });
	const down = (changes: object = {}): FlowNode =>
		action('file.file.download', { path: text('/docs/large.bin') }, { file: 'chunks', ...changes });
	const up = (changes: object = {}): FlowNode =>
		action('file.file.upload', { file: fromMessage('payload'), folder: text('/home') }, { id: 'up', ...changes });

	test('leaves as messages with parts, as "read file" sends them', async () => {
		put(Buffer.from('x'.repeat(200_000)));
		await deploy(down());
		const chunks = await run({ topic: 'kept', payload: 'replaced' }, 4);
		expect(errors()).toEqual([]);
		expect(chunks.map(({ payload }) => (payload as Buffer).length)).toEqual([65_536, 65_536, 65_536, 3392]);
		const { id } = chunks[0]!['parts'] as { id: string };
		expect(chunks.map(({ parts }) => parts)).toEqual([
			{ id, type: 'buffer', index: 0, ch: '' },
			{ id, type: 'buffer', index: 1, ch: '' },
			{ id, type: 'buffer', index: 2, ch: '' },
			{ id, type: 'buffer', index: 3, ch: '', count: 4 },
		]);
		for (const one of chunks) expect(one).toMatchObject({ topic: 'kept', filename: 'large.bin', size: 200_000 });
	});

	test('of an empty file is one message', async () => {
		put(Buffer.from(''));
		await deploy(down());
		const [only] = await run({});
		expect(only).toMatchObject({ payload: Buffer.alloc(0), parts: { index: 0, count: 1 } });
	});

	test('goes from one node to the next, which uploads it whole', async () => {
		put(Buffer.from('x'.repeat(200_000)));
		await deploy(down({ wires: [['up']] }), up());
		await run({});
		expect(errors()).toEqual([]);
		expect(stored('/home/large.bin')).toMatchObject({ kind: 'file', size: 200_000 });
		expect(received('out')).toHaveLength(1);
	});

	test.each([
		['a last chunk that is shorter', CONTENT],
		['a whole number of chunks', CONTENT.subarray(0, 131_072)],
	])('comes from the core\'s "read file" node: %s', async (_what, content) => {
		const file = path.join(red.userDir, 'read.bin');
		writeFileSync(file, content);
		const read: FlowNode = {
			...{ id: 'act', type: 'file in', z: 'tab', x: 100, y: 100 },
			...{ filename: file, filenameType: 'str', format: 'stream', chunk: true, allProps: false, wires: [['up']] },
		};
		await deploy(read, up());
		await run({});
		expect(errors()).toEqual([]);
		expect(received('out')).toMatchObject([{ payload: { size: content.length } }]);
		expect(stored('/home/read.bin')).toMatchObject({ kind: 'file', size: content.length });
		expect(received('out')[0]).not.toHaveProperty('parts');
	});

	test('is written whole by the core\'s "write file" node', async () => {
		put(Buffer.from('x'.repeat(200_000)));
		const file = path.join(red.userDir, 'chunks.bin');
		const write: FlowNode = {
			...{ id: 'write', type: 'file', z: 'tab', x: 300, y: 100, filename: file, filenameType: 'str' },
			...{ overwriteFile: 'false', appendNewline: false, wires: [['out']] },
		};
		await deploy(down({ wires: [['write']] }), write);
		await run({}, 4);
		expect(red.file('chunks.bin')).toBe('x'.repeat(200_000));
	});

	test('tells the Catch node of a chunk that does not fit', async () => {
		await deploy(up({ id: 'act', maxSize: '1' }));
		red.node('act').receive({
			payload: Buffer.alloc(1_100_000),
			parts: { id: 's', type: 'buffer', index: 0 },
		} as Sent);
		await until(() => received('caught').length === 1, 'the error');
		expect(errors()).toMatchObject([{ message: expect.stringContaining('1 MB that chunks may have together') }]);
		expect(red.statuses.at(-1)).toMatchObject({ fill: 'red', text: 'check file' });
	});
});
