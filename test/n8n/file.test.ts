import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { BinaryDataService } from 'n8n-core';
import { filesOf, type FileState } from '../../src/simulator/services/file';
import { read } from '../../src/simulator/core/volume';
import {
	inRows,
	inRow,
	itemsOf,
	jsonOf,
	launch,
	makeWorkflow,
	outcomeOf,
	runNode,
	service,
	startNode,
	synology,
} from './engine';
import { examples, nodeOf, read as readExample } from './examples';
import { Poller } from './poller';
import { callsSince, withNas, type Scene } from './support';

const MEBI = 2 ** 20;
const byPath = (value: string) => ({ __rl: true, mode: 'path', value });
const node = (resource: string, operation: string, parameters = {}, more = {}) =>
	synology('synologyFile', { resource, operation, simplify: false, ...parameters }, more);
const files = ({ simulator }: Scene): FileState => filesOf(simulator.nas);
const bytesAt = async (scene: Scene, path: string): Promise<Buffer> => {
	const entry = files(scene).get(scene.simulator.nas.user('alice'), path);
	return entry.kind === 'file' ? await read(entry) : Buffer.alloc(0);
};
const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => await service(BinaryDataService).init());

describe('the File Station node', () => {
	test('uploads and downloads as streams, byte for byte', async () => {
		await withNas({}, async (scene) => {
			const content = randomBytes(24 * MEBI);
			files(scene).write('/docs/big.bin', { content });
			const down = node('file', 'download', { path: '/docs/big.bin', outputField: 'data' }, { name: 'Down' });
			const up = node(
				'file',
				'upload',
				{ folder: byPath('/photo/new'), file: 'data', filename: 'copy.bin', conflict: 'error' },
				{ name: 'Up' },
			);
			const workflow = makeWorkflow([startNode, down, up], inRow(startNode, down, up));
			const { run } = await launch(workflow, startNode, itemsOf({}), scene.credentials);
			const { outputs, error } = outcomeOf(await run, 'Up');
			expect(error).toBeUndefined();
			expect(jsonOf(outputs[0])).toMatchObject([{ path: '/photo/new/copy.bin', skipped: false, size: 24 * MEBI }]);
			expect(hash(await bytesAt(scene, '/photo/new/copy.bin'))).toBe(hash(content));
		});
	});

	test('continues a download that breaks off', async () => {
		await withNas({}, async (scene) => {
			const content = randomBytes(MEBI);
			const old = Date.now() - 60_000;
			files(scene).write('/docs/a.bin', { content, times: { mtime: old, ctime: old } });
			scene.simulator.nas.faults.cut({ api: 'SYNO.FileStation.Download', after: 'half', times: 2 });
			const { outputs } = await runNode(
				node('file', 'download', { path: '/docs/a.bin', outputField: 'data' }),
				itemsOf({}),
				scene.credentials,
			);
			expect(hash(await service(BinaryDataService).getAsBuffer(outputs[0]![0]!.binary!.data!))).toBe(hash(content));
		});
	});

	test('lists a folder, one item for each row, cut to the limit', async () => {
		await withNas({}, async (scene) => {
			for (const name of ['a', 'b', 'c']) files(scene).write(`/docs/${name}.txt`);
			const list = { folder: byPath('/docs'), filetype: 'all', pattern: '', returnAll: false, limit: 2 };
			const { outputs } = await runNode(node('folder', 'list', list), itemsOf({}), scene.credentials);
			expect(jsonOf(outputs[0]).map(({ path }) => path)).toEqual(['/docs/a.txt', '/docs/b.txt']);
		});
	});

	test('gives one item for each path of a deletion, also for those that failed', async () => {
		await withNas({}, async (scene) => {
			files(scene).write('/docs/a, b.txt');
			files(scene).write('/docs/full/c.txt');
			const given = { paths: inRows('={{ $json.paths }}'), recursive: false };
			const { outputs } = await runNode(
				node('file', 'delete', given),
				itemsOf({ paths: ['/docs/a, b.txt', '/docs/full'] }),
				scene.credentials,
			);
			expect(jsonOf(outputs[0])).toMatchObject([
				{ path: '/docs/a, b.txt', done: true },
				{ path: '/docs/full', done: false, code: 407 },
			]);
		});
	});

	test('says what is wrong and what to do', async () => {
		await withNas({}, async ({ credentials }) => {
			const { error } = await runNode(node('file', 'get', { path: '/docs/none' }), itemsOf({}), credentials);
			expect(error?.message).toContain('There is no such file or folder');
			const bad = await runNode(node('file', 'get', { path: 'C:\\docs' }), itemsOf({}), credentials);
			expect(bad.error?.message).toContain('is a path of Windows');
		});
	});
});

type Story = [
	event: string,
	parameters: object,
	prepare: (files: FileState) => void,
	happen: (scene: Scene) => void | Promise<unknown>,
	json: object,
];
const old = { times: { mtime: Date.UTC(2009, 0, 1) } };
const folder = byPath('/docs');
const stories: Story[] = [
	[
		'fileCreated',
		{ folder, download: true },
		() => undefined,
		(scene) => files(scene).write('/docs/a.txt', { content: 'Hello', ...old }),
		{ path: '/docs/a.txt', size: 5 },
	],
	[
		'fileChanged',
		{ folder, download: true },
		(state) => state.write('/docs/a.txt'),
		(scene) => files(scene).write('/docs/a.txt', { content: 'Hello', ...old }),
		{ path: '/docs/a.txt', size: 5 },
	],
	[
		'fileMoved',
		{ folder, download: true },
		(state) => state.write('/docs/b.txt', { content: 'Hello' }),
		(scene) => files(scene).move('/docs/b.txt', '/docs/a.txt'),
		{ path: '/docs/a.txt', previous_path: '/docs/b.txt' },
	],
	[
		'specificFileChanged',
		{ path: byPath('/docs/a.txt'), download: true },
		(state) => state.write('/docs/a.txt'),
		(scene) => files(scene).write('/docs/a.txt', { content: 'Hello', ...old }),
		{ path: '/docs/a.txt', change: 'changed', size: 5 },
	],
	[
		'fileDeleted',
		{ folder },
		(state) => state.write('/docs/a.txt'),
		(scene) => files(scene).remove('/docs/a.txt'),
		{ path: '/docs/a.txt', is_dir: false },
	],
	[
		'linkCreated',
		{},
		() => undefined,
		async (scene) =>
			await runNode(node('link', 'create', { paths: inRows('/homes/carol/plans') }), itemsOf({}), scene.credentials),
		{ path: '/homes/carol/plans', status: 'valid' },
	],
	[
		'linkExpired',
		{},
		() => undefined,
		(scene) => files(scene).expireLink('xm2PIzhFq'),
		{ path: '/homes/carol/plans/floor.txt', status: 'expired' },
	],
	[
		'taskFinished',
		{},
		(state) => state.write('/docs/a.txt'),
		async (scene) =>
			await runNode(node('file', 'delete', { paths: inRows('/docs/a.txt') }), itemsOf({}), scene.credentials),
		{ finished: true, failed: false, path: '/docs/a.txt' },
	],
];

describe('the trigger', () => {
	test.each(stories)(
		'%s starts the workflow once, with the file where there is one',
		async (event, parameters, prepare, happen, json) => {
			await withNas({}, async (scene) => {
				prepare(files(scene));
				const poller = new Poller(scene.credentials, {
					type: 'synologyFileTrigger',
					parameters: { event, ...parameters },
				});
				expect(await poller.tick()).toBeUndefined();
				await happen(scene);
				expect(await poller.tick()).toMatchObject([json]);
				const binary = poller.items[0]?.binary?.data;
				expect(binary && (await service(BinaryDataService).getAsBuffer(binary)).toString()).toBe(
					'download' in parameters ? 'Hello' : undefined,
				);
				expect(await poller.tick()).toBeUndefined();
			});
		},
	);
});

describe('the example', () => {
	test('"invoice inbox" posts each new PDF with the file, once', async () => {
		await withNas({}, async (scene) => {
			files(scene).mkdir('/docs/inbox');
			const example = readExample('file-invoice-inbox.json');
			const trigger = nodeOf(example, 'On a new invoice');
			const poller = new Poller(scene.credentials, {
				type: 'synologyFileTrigger',
				parameters: trigger.parameters,
				name: trigger.name,
			});
			await poller.tick();
			files(scene).write('/docs/inbox/note.txt', { content: 'no invoice', ...old });
			files(scene).write('/docs/inbox/May 2026.PDF', { content: '%PDF-1.4', ...old });
			expect(await poller.tick()).toHaveLength(1);
			const { run } = await launch(
				makeWorkflow(example.nodes, example.connections),
				trigger,
				poller.items,
				scene.credentials,
			);
			expect(outcomeOf(await run, 'Post it').status).toBe('success');
			const post = scene.chat.channel('General').posts.at(-1)!;
			expect([post.message, post.file?.name, post.file?.size]).toEqual([
				'New invoice: May 2026.PDF (8 bytes)',
				'May 2026.PDF',
				8,
			]);
			expect(await poller.tick()).toBeUndefined();
		});
	});

	test('"zip and share" gives the address of an archive that can be downloaded', async () => {
		await withNas({}, async (scene) => {
			expect(examples).toContain('file-zip-and-share.json');
			files(scene).write('/homes/alice/plans/floor.txt', { content: 'Rack 1' });
			const example = readExample('file-zip-and-share.json');
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, nodeOf(example, 'When clicking'), itemsOf({}), scene.credentials);
			const [row] = jsonOf(outcomeOf(await run, 'Share the archive').outputs[0]);
			expect(row).toMatchObject({ done: true, path: expect.stringMatching(/^\/home\/plans-\d{4}-\d\d-\d\d\.zip$/) });
			const answer = await fetch(String(row!.url));
			expect(
				Buffer.from(await answer.arrayBuffer())
					.subarray(0, 2)
					.toString(),
			).toBe('PK');
			expect(callsSince(scene.simulator)).toContain('SYNO.FileStation.Sharing getinfo');
		});
	});
});
