import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat/state';
import { downloadsOf, type DownloadState } from '../../src/simulator/services/download/state';
import { filesOf } from '../../src/simulator/services/file';
import { downloadStories } from '../support/download-stories';
import { deployExample, idOf, pressButton, watched } from './examples';
import { action, catcher, nas, type NodeRed, received, sink, tab, trigger, until, type FlowNode } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let downloads: DownloadState;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
	downloads = downloadsOf(simulator.nas);
});

const text = (value: string) => ({ type: 'str', value });

async function run(node: FlowNode, message: object = {}): Promise<void> {
	await deploy(node);
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length > 0, 'an answer');
}

describe('the Download Station node', () => {
	test('takes a torrent file of a message', async () => {
		await run(action('download.task.createFromFile', { file: { type: 'msg', value: 'payload' } }), {
			payload: Buffer.from('d8:announce'),
			filename: 'x.torrent',
		});
		expect(received('caught')).toEqual([]);
		expect(received('out')).toMatchObject([{ payload: { task_ids: ['dbid_2'] } }]);
		expect(downloads.tasks.get('dbid_2')!.source!.toString()).toBe('d8:announce');
	});

	test('gives a row for each task that is paused, and what failed to a catch node', async () => {
		downloads.add({ uri: 'https://files.example/a.iso' });
		await run(action('download.task.pause', { task_ids: text('dbid_2, dbid_1') }));
		expect(received('out')).toMatchObject([
			{
				payload: [
					{ id: 'dbid_2', done: true },
					{ id: 'dbid_1', done: false, code: 405 },
				],
			},
		]);
		received('out').length = 0;
		await run(action('download.task.get', { task_id: text('dbid_9') }));
		expect(received('caught')).toMatchObject([
			{ error: { message: expect.stringContaining('There is no such download task') } },
		]);
	});
});

describe('the Download Station trigger', () => {
	test('tells every kind of event once', async () => {
		for (const { prepare } of downloadStories) prepare?.(downloads);
		const triggers = downloadStories.map(({ event, params = {} }, index) =>
			trigger(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, text(value)])), {
				id: `trigger${index}`,
				type: 'synology-download-trigger',
				trigger: event,
			}),
		);
		await red.deploy([tab, nas(simulator), ...triggers, catcher, sink('caught'), sink('out')]);
		for (const { id } of triggers) await watched(red, id);
		const told = (event: string, field: string, value: string) =>
			received('out').filter(
				({ topic, payload }) => topic === `download.${event}` && (payload as Record<string, unknown>)[field] === value,
			).length;
		for (const { event, field, happen } of downloadStories) {
			const value = happen(downloads);
			await until(() => told(event, field, value) > 0, event);
			expect([event, told(event, field, value)]).toEqual([event, 1]);
		}
		expect(received('caught')).toEqual([]);
	}, 120_000);
});

describe('the example', () => {
	test('download-finished-to-folder moves the file and tells the channel', async () => {
		const flow = await deployExample(red, simulator, 'download-finished-to-folder.json');
		await watched(red, idOf(flow, 'Download finished'));
		filesOf(simulator.nas).write('/homes/alice/x, 1.iso', { content: 'x' });
		downloads.add({ uri: 'https://files.example/x', title: 'x, 1.iso', state: 'finished' });
		await until(() => received(idOf(flow, 'Message')).length + received(idOf(flow, 'Error')).length > 0, 'the message');
		expect(received(idOf(flow, 'Error'))).toEqual([]);
		expect(chatOf(simulator.nas).channel('General').posts.at(-1)?.message).toBe('Downloaded: x, 1.iso');
		expect(filesOf(simulator.nas).get(simulator.nas.user('alice'), '/docs/x, 1.iso').kind).toBe('file');
	});

	test('download-from-address waits until it is complete', async () => {
		downloads.switches.bytesPerSecond = 1e9;
		const flow = await deployExample(red, simulator, 'download-from-address.json');
		await pressButton(red, flow, 'Begin');
		await until(() => received(idOf(flow, 'Done')).length + received(idOf(flow, 'Error')).length > 0, 'the end');
		expect(received(idOf(flow, 'Done'))).toMatchObject([{ payload: { title: 'release.iso', status: 'finished' } }]);
	});
});
