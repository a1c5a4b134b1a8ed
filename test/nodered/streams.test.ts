import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { filesOf } from '../../src/simulator/services/file';
import { forOneReader, taking } from '../../src/nodered/fileStream';
import { TestClock } from './clock';
import { action, received, until, type FlowNode, type NodeRed } from './runtime';
import { onStage } from './stage';

const { cloneMessage } = (require('@node-red/util') as { util: { cloneMessage: <T>(message: T) => T } }).util;

let simulator: Simulator;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
});

const text = (value: string) => ({ type: 'str', value });
const payload = { type: 'msg', value: 'payload' };
const CONTENT = 'x'.repeat(300_000);

beforeEach(() => {
	filesOf(simulator.nas).write('/docs/large.bin', { content: CONTENT });
});

/** Downloads as a stream to the nodes with these ids. */
const download = (...wires: string[]): FlowNode =>
	action('file.file.download', { path: text('/docs/large.bin') }, { file: 'stream', wires: [wires] });

const upload = (id: string, folder: string): FlowNode =>
	action('file.file.upload', { file: payload, folder: text(folder), create_folders: text('true') }, { id });

const core = (type: string, settings: object): FlowNode => ({
	id: 'core',
	type,
	z: 'tab',
	x: 400,
	y: 100,
	wires: [['out']],
	...settings,
});

const errors = () => received('caught').map(({ error }) => error as { message: string; source: { id: string } });
const stored = (file: string) => filesOf(simulator.nas).get(simulator.nas.user('alice'), file);

describe('a downloaded stream', () => {
	test('goes through a function node that copies its message, and into an upload', async () => {
		const copying = core('function', { func: 'node.send(msg); return null;', outputs: 1, wires: [['up']] });
		await deploy(download('core'), copying, upload('up', '/home'));
		red.node('act').receive({});
		await until(() => received('out').length + received('caught').length > 0, 'the upload');
		expect(errors()).toEqual([]);
		expect(stored('/home/large.bin')).toMatchObject({ kind: 'file', size: CONTENT.length });
	});

	test('on two wires is uploaded whole by one of them, and the other says why it is not', async () => {
		await deploy(download('first', 'second'), upload('first', '/home'), upload('second', '/docs/photos'));
		red.node('act').receive({});
		await until(() => received('out').length === 1 && received('caught').length === 1, 'an end of both');
		expect(errors()).toMatchObject([
			{
				message: expect.stringMatching(/"large.bin" is a stream that another node has taken.*one node only/),
				source: { type: 'synology-file' },
			},
		]);
		expect(received('out')[0]?.payload).toMatchObject({ size: CONTENT.length });
	});

	const REFUSED = '"large.bin" is a stream, which this node cannot take.';

	test.each([
		['file', { filename: 'written.bin', filenameType: 'str', overwriteFile: 'true' }, REFUSED],
		['json', { property: 'payload', action: '' }, 'Failed to convert payload'],
		['template', { template: '{{payload}}', syntax: 'mustache', field: 'payload', fieldType: 'msg' }, REFUSED],
		['split', { splt: '\\n', spltType: 'str', arraySplt: 1, arraySpltType: 'len' }, REFUSED],
	])('ends with an error in the core node "%s", which makes a text of it', async (type, settings, says) => {
		const file = path.join(red.userDir, 'written.bin');
		await deploy(download('core'), core(type, { ...settings, ...('filename' in settings && { filename: file }) }));
		red.node('act').receive({});
		await until(() => received('out').length + received('caught').length > 0, 'an end');
		expect(errors()).toMatchObject([{ message: expect.stringContaining(says), source: { id: 'core' } }]);
		expect(received('out')).toEqual([]);
		expect(readdirSync(red.userDir)).not.toContain('written.bin');
	});
});

/** A stream as a download gives it. */
const made = () => forOneReader(Readable.from([Buffer.from('one '), Buffer.from('two')]), 'a.txt');

async function contentOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
	const parts: Uint8Array[] = [];
	for await (const part of stream) parts.push(part);
	return Buffer.concat(parts).toString();
}

describe('a stream for one reader', () => {
	test('is read once, in whatever way', async () => {
		const stream = made();
		expect(await contentOf(stream)).toBe('one two');
		for (const again of [
			() => stream.pipe(new PassThrough()),
			() => stream.on('data', () => {}),
			() => stream.once('readable', () => {}),
			() => taking(stream, 'a.txt'),
		])
			expect(again).toThrow('"a.txt" is a stream that another node has taken');
		await expect(contentOf(stream)).rejects.toThrow('can be read once');
	});

	test('gives one reader all that it gives, who may count what is piped', async () => {
		const stream = made();
		let size = 0;
		stream.on('data', (part: Buffer) => (size += part.length));
		expect(await contentOf(stream.pipe(new PassThrough()))).toBe('one two');
		expect(size).toBe(7);
	});

	test('stays the same in copies of its message', () => {
		const message = { payload: made() };
		expect(cloneMessage(message).payload).toBe(message.payload);
	});
});

describe('a stream of somebody else', () => {
	test('that was taken is refused', async () => {
		const stream = Readable.from([Buffer.from('x')]);
		expect(await contentOf(taking(stream, 'b.txt'))).toBe('x');
		expect(() => taking(stream, 'b.txt')).toThrow('"b.txt" is a stream that another node has taken');
	});

	test('whose copy gives nothing ends with an error, and hangs nobody', async () => {
		const clock = new TestClock();
		const copy = cloneMessage({ payload: createReadStream(__filename) }).payload;
		const read = contentOf(taking(copy as Readable, 'c.txt', clock.later));
		await until(() => clock.waiting, 'the wait for its first bytes');
		clock.run();
		await expect(read).rejects.toThrow('The stream "c.txt" gave nothing for 60 seconds.');
	});
});
