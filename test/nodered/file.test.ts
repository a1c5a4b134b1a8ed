import { describe, expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import type { Simulator } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat/state';
import { filesOf, type FileState } from '../../src/simulator/services/file';
import { deployExample, idOf, pressButton, watched } from './examples';
import { action, type NodeRed, received, trigger, until } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let red: NodeRed;

const deploy = onStage((stage) => ({ red, simulator } = stage));

const files = (): FileState => filesOf(simulator.nas);
const str = (value: string) => ({ type: 'str', value });
const answer = async (message: object) => {
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length > 0, 'the answer');
	return received('out')[0];
};
const sizeOf = (path: string) => {
	const entry = files().get(simulator.nas.user('alice'), path);
	return entry.kind === 'file' ? entry.size : -1;
};

describe('the File Station node', () => {
	test('uploads a Buffer and a stream', async () => {
		await deploy(
			action('file.file.upload', { folder: str('/docs'), conflict: { type: 'choice', value: 'overwrite' } }),
		);
		expect(await answer({ payload: Buffer.from('Hello'), filename: '/tmp/a.txt' })).toMatchObject({
			payload: { path: '/docs/a.txt', skipped: false },
		});
		received('out').length = 0;
		const chunks = Array.from({ length: 64 }, () => Buffer.alloc(65_536, 7));
		expect(await answer({ payload: Readable.from(chunks), size: 4 << 20, filename: 'big.bin' })).toMatchObject({
			payload: { path: '/docs/big.bin' },
		});
		expect([sizeOf('/docs/a.txt'), sizeOf('/docs/big.bin')]).toEqual([5, 4 << 20]);
	});

	test('downloads as Buffer up to the limit, and beyond it says so; as a stream it has none', async () => {
		files().write('/docs/a.bin', { size: 2 << 20 });
		const down = (changes: object) => action('file.file.download', { path: str('/docs/a.bin') }, changes as never);
		await deploy(down({ file: 'buffer', maxSize: '3' }));
		expect((await answer({}))?.payload).toHaveLength(2 << 20);
		received('out').length = 0;
		await deploy(down({ file: 'buffer', maxSize: '1' }));
		await answer({});
		expect(received('caught')[0]?.['error']).toMatchObject({ message: expect.stringContaining('is larger than 1 MB') });
		received('caught').length = 0;
		await deploy(down({ file: 'stream', maxSize: '1' }));
		let size = 0;
		for await (const chunk of (await answer({}))!.payload as AsyncIterable<Buffer>) size += chunk.length;
		expect(size).toBe(2 << 20);
	});

	test('sends a list row by row, and an outcome for each path', async () => {
		for (const name of ['a', 'b']) files().write(`/docs/${name}.txt`);
		await deploy(action('file.folder.list', { folder: str('/docs') }, { list: 'rows' }));
		await answer({});
		await until(() => received('out').length === 2, 'both rows');
		expect(received('out').map(({ payload }) => (payload as { path: string }).path)).toEqual([
			'/docs/a.txt',
			'/docs/b.txt',
		]);
		received('out').length = 0;
		await deploy(action('file.file.delete', { paths: str('/docs/a.txt, /docs/none') }, { list: 'array' }));
		expect((await answer({}))?.payload).toEqual([
			{ path: '/docs/a.txt', done: true },
			{ path: '/docs/none', done: true, missing: true },
		]);
	});

	test('shows the progress of a task, and sends errors to Catch', async () => {
		for (let n = 0; n < 10; n++) files().write(`/docs/${n}.txt`);
		files().mkdir('/docs/to');
		files().switches.taskMs = 1500;
		await deploy(action('file.file.copy', { paths: { type: 'msg', value: 'paths' }, destination: str('/docs/to') }));
		await answer({ paths: Array.from({ length: 10 }, (_, n) => `/docs/${n}.txt`) });
		expect(red.statuses.some(({ text }) => /^working \d+ %$/.test(text))).toBe(true);
		received('out').length = 0;
		await answer({ paths: ['/docs/none'] });
		expect(received('caught')[0]?.['error']).toMatchObject({ message: expect.stringContaining('/docs/none') });
	});
});

const old = { times: { mtime: Date.UTC(2009, 0, 1) } };
const docs = { folder: str('/docs') };
const withFile = { ...docs, download: { type: 'bool', value: 'true' } };
type Story = [
	event: string,
	params: Parameters<typeof trigger>[0],
	prepare: () => void,
	happen: () => void,
	payload: object,
	file?: string,
];
const run = (operation: string, params: Parameters<typeof action>[1]) => [
	action(operation, params, { id: 'other', wires: [[]] }),
];
const stories: Story[] = [
	[
		'fileCreated',
		withFile,
		() => undefined,
		() => files().write('/docs/a.txt', { content: 'Hello', ...old }),
		{ path: '/docs/a.txt' },
		'Hello',
	],
	[
		'fileChanged',
		withFile,
		() => files().write('/docs/a.txt'),
		() => files().write('/docs/a.txt', { content: 'Hello', ...old }),
		{ path: '/docs/a.txt' },
		'Hello',
	],
	[
		'fileMoved',
		withFile,
		() => files().write('/docs/b.txt', { content: 'Hello' }),
		() => files().move('/docs/b.txt', '/docs/a.txt'),
		{ previous_path: '/docs/b.txt' },
		'Hello',
	],
	[
		'specificFileChanged',
		{ path: { type: 'str', value: '/docs/a.txt' }, download: { type: 'bool', value: 'true' } },
		() => files().write('/docs/a.txt'),
		() => files().write('/docs/a.txt', { content: 'Hello', ...old }),
		{ path: '/docs/a.txt', change: 'changed' },
		'Hello',
	],
	[
		'fileDeleted',
		docs,
		() => files().write('/docs/a.txt'),
		() => files().remove('/docs/a.txt'),
		{ path: '/docs/a.txt' },
	],
	[
		'linkCreated',
		{},
		() => undefined,
		() => red.node('other').receive({ paths: '/homes/carol/plans' }),
		{ path: '/homes/carol/plans' },
	],
	[
		'linkExpired',
		{},
		() => undefined,
		() => files().expireLink('xm2PIzhFq'),
		{ path: '/homes/carol/plans/floor.txt', status: 'expired' },
	],
	[
		'taskFinished',
		{},
		() => files().write('/docs/a.txt'),
		() => red.node('other').receive({ paths: '/docs/a.txt' }),
		{ finished: true },
	],
];

describe('the trigger node', () => {
	test.each(
		stories.map(([event, params, prepare, happen, payload, file]) => ({
			event,
			params,
			prepare,
			happen,
			payload,
			file,
		})),
	)(
		'$event sends one message, with the file where there is one',
		async ({ event, params, prepare, happen, payload, file }) => {
			prepare();
			const helper = run(event === 'linkCreated' ? 'file.link.create' : 'file.file.delete', {
				paths: { type: 'msg', value: 'paths' },
			});
			await deploy(trigger(params, { type: 'synology-file-trigger', trigger: event }), ...helper);
			await watched(red, 'trigger');
			happen();
			await until(() => received('out').length > 0, 'the message');
			expect(received('out')).toHaveLength(1);
			expect(received('out')[0]).toMatchObject({ topic: `file.${event}`, payload });
			expect((received('out')[0]?.['file'] as Buffer | undefined)?.toString()).toBe(file);
		},
	);
});

describe('the example', () => {
	test('file-invoice-inbox posts each new PDF with the file', async () => {
		files().mkdir('/docs/inbox');
		const flow = await deployExample(red, simulator, 'file-invoice-inbox.json');
		await watched(red, idOf(flow, 'New invoice'));
		files().write('/docs/inbox/note.txt', old);
		files().write('/docs/inbox/May.pdf', { content: '%PDF-1.4', ...old });
		await until(() => received(idOf(flow, 'Posted')).length === 1, 'the message');
		expect(chatOf(simulator.nas).channel('General').posts.at(-1)).toMatchObject({
			message: 'New invoice: May.pdf',
			file: { name: 'May.pdf', size: 8 },
		});
	});

	test('file-zip-and-share gives a link that downloads the archive', async () => {
		files().write('/homes/alice/plans/floor.txt', { content: 'Rack 1' });
		const flow = await deployExample(red, simulator, 'file-zip-and-share.json');
		await pressButton(red, flow, 'Pack');
		await until(() => received(idOf(flow, 'Link')).length + received(idOf(flow, 'Error')).length > 0, 'the link');
		const [row] = received(idOf(flow, 'Link'))[0]?.payload as { path: string; url: string }[];
		expect(row!.path).toBe('/home/plans.zip');
		expect(
			Buffer.from(await (await fetch(row!.url)).arrayBuffer())
				.subarray(0, 2)
				.toString(),
		).toBe('PK');
	});
});
