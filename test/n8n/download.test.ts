import { describe, expect, test } from '@jest/globals';
import { download } from '../../src/services/download';
import { downloadsOf, type DownloadState } from '../../src/simulator/services/download/state';
import { filesOf } from '../../src/simulator/services/file';
import { downloadStories } from '../support/download-stories';
import { itemsOf, jsonOf, launch, makeWorkflow, outcomeOf, runNode, synology } from './engine';
import { nodeOf, read } from './examples';
import { Poller } from './poller';
import { withNas, type Scene } from './support';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const node = (resource: string, operation: string, parameters = {}) =>
	synology('synologyDownload', { resource, operation, simplify: false, ...parameters } as never);
const stateOf = ({ simulator }: Scene): DownloadState => downloadsOf(simulator.nas);

describe('the Download Station node', () => {
	test('creates tasks, lists them one item for each, and tells what became of each when they are deleted', async () => {
		await withNas({}, async ({ credentials }) => {
			const create = node('task', 'create', { urls: 'https://files.example/a.iso\nmagnet:?xt=1&dn=B' });
			expect(jsonOf((await runNode(create, itemsOf({}), credentials)).outputs[0])).toEqual([
				{ task_ids: ['dbid_2', 'dbid_3'] },
			]);
			const list = node('task', 'list', { status: 'any', returnAll: true });
			const rows = jsonOf((await runNode(list, itemsOf({}), credentials)).outputs[0]);
			expect(rows.map(({ title }) => title)).toEqual(['a, b.iso', 'a.iso', 'B']);
			const remove = node('task', 'delete', { task_ids: 'dbid_2, dbid_9', keep_partial: false });
			expect(jsonOf((await runNode(remove, itemsOf({}), credentials)).outputs[0])).toMatchObject([
				{ id: 'dbid_2', done: true },
				{ id: 'dbid_9', done: false, code: 404 },
			]);
		});
	});

	test('takes a torrent file of an item', async () => {
		await withNas({}, async (scene) => {
			const binary = {
				data: { data: Buffer.from('d8:announce').toString('base64'), mimeType: '', fileName: 'x.torrent' },
			};
			const create = node('task', 'createFromFile', { file: 'data' });
			const { outputs, error } = await runNode(create, [{ json: {}, binary }], scene.credentials);
			expect(error).toBeUndefined();
			expect(jsonOf(outputs[0])).toEqual([{ task_ids: ['dbid_2'] }]);
			expect(stateOf(scene).tasks.get('dbid_2')!.source!.toString()).toBe('d8:announce');
		});
	});

	test('says what is wrong and what to do', async () => {
		await withNas({}, async ({ credentials }) => {
			const { error } = await runNode(node('task', 'get', { task_id: byId('dbid_9') }), itemsOf({}), credentials);
			expect(error?.message).toContain('There is no such download task');
		});
	});
});

describe('the trigger', () => {
	test('has a story for each event', () => {
		expect(downloadStories.map(({ event }) => event).sort()).toEqual(Object.keys(download.triggers).sort());
	});

	test.each(downloadStories.map((story) => [story.event, story] as const))(
		'%s starts the workflow once',
		async (event, { field, prepare, happen, params }) => {
			await withNas({}, async (scene) => {
				prepare?.(stateOf(scene));
				const poller = new Poller(scene.credentials, {
					type: 'synologyDownloadTrigger',
					parameters: { event, ...params },
				});
				expect(await poller.tick()).toBeUndefined();
				const value = happen(stateOf(scene));
				expect((await poller.tick())?.map((row) => row[field])).toEqual([value]);
				expect(await poller.tick()).toBeUndefined();
			});
		},
	);
});

describe('the example', () => {
	test('"finished download" moves the file and tells the channel, once', async () => {
		await withNas({}, async (scene) => {
			const example = read('download-finished-to-folder.json');
			const trigger = nodeOf(example, 'On a finished download');
			const poller = new Poller(scene.credentials, {
				type: 'synologyDownloadTrigger',
				parameters: trigger.parameters,
				name: trigger.name,
			});
			await poller.tick();
			filesOf(scene.simulator.nas).write('/homes/alice/x, 1 & 2.iso', { content: 'x' });
			stateOf(scene).add({ uri: 'https://files.example/x', title: 'x, 1 & 2.iso', state: 'finished' });
			expect(await poller.tick()).toHaveLength(1);
			const workflow = makeWorkflow(example.nodes, example.connections);
			const { run } = await launch(workflow, trigger, poller.items, scene.credentials);
			const outcome = outcomeOf(await run, 'Tell the channel');
			expect(outcome.error).toBeUndefined();
			const alice = scene.simulator.nas.user('alice');
			expect(filesOf(scene.simulator.nas).get(alice, '/docs/x, 1 & 2.iso').kind).toBe('file');
			expect(scene.chat.channel('General').posts.at(-1)!.message).toBe('Downloaded: x, 1 & 2.iso');
			expect(await poller.tick()).toBeUndefined();
		});
	});
});
