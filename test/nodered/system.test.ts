import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { systemOf, type SystemState } from '../../src/simulator/services/system';
import { systemStories } from '../support/system-stories';
import { chatOf } from '../../src/simulator/services/chat/state';
import { deployExample, idOf, pressButton, watched } from './examples';
import { action, type FlowNode, type NodeRed, received, until } from './runtime';
import { onStage } from './stage';
import { happening, triggerOf, typed } from './systemStory';

let simulator: Simulator;
let system: SystemState;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
	system = systemOf(simulator.nas);
});

async function run(node: FlowNode, message: object = {}): Promise<void> {
	await deploy(node);
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length > 0, 'an answer');
}

describe('the System node', () => {
	test('gives a digest as data and as Markdown', async () => {
		system.breakDisk('sata2');
		await run(action('system.nas.getDigest', {}));
		expect(received('out')).toMatchObject([
			{ payload: { state: 'problem', markdown: expect.stringContaining('- Drive 2 is crashed') } },
		]);
	});

	test('lists volumes, and takes a snapshot of a shared folder that a message names', async () => {
		await run(action('system.volume.list', {}, { list: 'array' }));
		expect(received('out')).toMatchObject([{ payload: [{ id: 'volume_1', used_percent: 30 }] }]);
		received('out').length = 0;
		await run(
			action('system.snapshot.create', {
				desc: typed('before the update'),
				share_name: { type: 'msg', value: 'share_name' },
			}),
			{ share_name: 'photo' },
		);
		expect(received('out')).toMatchObject([{ payload: { desc: 'before the update' } }]);
		expect(system.shares[1]!.snapshots).toHaveLength(1);
	});

	test('gives what failed to a catch node, with cause and remedy', async () => {
		system.switches.needed.add('WebStation');
		await run(action('system.package.stop', { package_id: typed('WebStation') }));
		expect(received('caught')).toMatchObject([
			{ error: { message: expect.stringContaining('Other packages need this one') } },
		]);
	});
});

describe('the System trigger', () => {
	test.each(systemStories.map((story) => [story.event, story] as const))(
		'tells %s once',
		async (event, story) => {
			story.before?.(system);
			await deploy(triggerOf(story));
			await watched(red, 'trigger');
			await happening(story, simulator);
			expect(received('out')).toMatchObject([{ topic: `system.${event}`, payload: story.tells }]);
			expect(received('caught')).toEqual([]);
		},
		60_000,
	);
});

describe('the example', () => {
	const lastPost = () => chatOf(simulator.nas).channel('General').posts.at(-1)!.message;

	test('system-health-digest tells the channel how the NAS is', async () => {
		const flow = await deployExample(red, simulator, 'system-health-digest.json');
		system.fill('volume_1', 97);
		await pressButton(red, flow, 'At seven');
		await until(() => received(idOf(flow, 'Message')).length === 1, 'the message');
		expect(lastPost()).toContain('- Volume volume_1 is 97 % full');
	});

	test('system-disk-fails tells the channel, writes a note and plans the replacement', async () => {
		const flow = await deployExample(red, simulator, 'system-disk-fails.json');
		await watched(red, idOf(flow, 'Drive fails'));
		system.breakDisk('sata2');
		for (const name of ['Message', 'Note', 'Event'])
			await until(() => received(idOf(flow, name)).length + received(idOf(flow, 'Error')).length > 0, name);
		expect(received(idOf(flow, 'Error'))).toEqual([]);
		expect(lastPost()).toBe('Drive 2 (EXAMPLE-4TB) is crashed; it was normal.');
		expect(received(idOf(flow, 'Note'))).toMatchObject([{ payload: { title: 'Drive 2 of the NAS failed' } }]);
		expect(received(idOf(flow, 'Event'))).toMatchObject([{ payload: { summary: 'Replace Drive 2 of the NAS' } }]);
	});

	test('system-backup-overdue starts the backup and tells the channel', async () => {
		simulator.nas.install('HyperBackup');
		const flow = await deployExample(red, simulator, 'system-backup-overdue.json');
		await watched(red, idOf(flow, 'Overdue'));
		system.backup(3).succeeded = system.now - 50 * 3_600_000;
		for (const name of ['Started', 'Message']) await until(() => received(idOf(flow, name)).length === 1, name);
		expect(system.backup(3).running).toBeDefined();
		expect(lastPost()).toBe('Backup Nightly had no success for 50 hours. It is started again.');
	});
});
