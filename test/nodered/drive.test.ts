import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { driveOf, type DriveState } from '../../src/simulator/services/drive';
import { chatOf } from '../../src/simulator/services/chat/state';
import { driveStories, own } from '../support/drive-stories';
import { deployExample, idOf, pressButton, watched } from './examples';
import { action, catcher, nas, type NodeRed, received, sink, tab, trigger, until, type FlowNode } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let drive: DriveState;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
	drive = driveOf(simulator.nas);
});

const text = (value: string) => ({ type: 'str', value });

async function run(node: FlowNode, message: object = {}): Promise<void> {
	await deploy(node);
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length > 0, 'an answer');
}

describe('the Drive node', () => {
	test('uploads what a message carries, and downloads a Buffer', async () => {
		const upload = action('drive.file.upload', {
			folder: text('/mydrive/in'),
			file: { type: 'msg', value: 'payload' },
		});
		await run(upload, { payload: Buffer.from('hello'), filename: 'a, b.txt' });
		expect(received('out')).toMatchObject([{ payload: { display_path: '/mydrive/in/a, b.txt', size: 5 } }]);
		received('out').length = 0;
		await run(action('drive.file.download', { path: text('/mydrive/in/a, b.txt') }));
		expect(received('out')).toMatchObject([
			{ payload: Buffer.from('hello'), filename: 'a, b.txt', mimetype: 'text/plain', size: 5 },
		]);
	});

	test('lists a folder row by row', async () => {
		await run(action('drive.file.list', { folder: text('/mydrive/docs') }, { list: 'rows' }));
		await until(() => received('out').length === 4, 'four rows');
		const names = received('out').map(({ payload }) => (payload as { name: string }).name);
		expect(names).toEqual(['budget.osheet', 'letter.docx', 'plan.txt', 'reports']);
	});

	test('gives what failed to a catch node, with cause and remedy', async () => {
		await run(action('drive.file.get', { path: text('/mydrive/none') }));
		expect(received('caught')).toMatchObject([
			{ error: { message: expect.stringContaining('There is no such file or folder in Drive') } },
		]);
	});
});

describe('the Drive trigger', () => {
	test('tells every kind of event once', async () => {
		const triggers = driveStories.map(({ event, params }, index) =>
			trigger(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, text(value)])), {
				id: `trigger${index}`,
				type: 'synology-drive-trigger',
				trigger: event,
			}),
		);
		await red.deploy([tab, nas(simulator), ...triggers, catcher, sink('caught'), sink('out')]);
		for (const { id } of triggers) await watched(red, id);
		const told = () => received('out').map(({ topic, payload }) => [topic, payload] as const);
		const count = (event: string, field: string, name: string) =>
			told().filter(
				([topic, payload]) => topic === `drive.${event}` && (payload as Record<string, unknown>)[field] === name,
			).length;
		const names = new Map<string, string>();
		for (const { event, field, happen } of driveStories.filter(({ first }) => !first)) {
			const name = happen(drive);
			names.set(event, name);
			await until(() => count(event, field, name) > 0, event);
		}
		for (const { event, field, happen } of driveStories.filter(({ first }) => first)) {
			const name = happen(drive);
			names.set(event, name);
			await until(() => count(event, field, name) > 0, event);
		}
		expect(driveStories.map(({ event, field }) => [event, count(event, field, names.get(event)!)])).toEqual(
			driveStories.map(({ event }) => [event, 1]),
		);
		expect(received('caught')).toEqual([]);
	}, 120_000);

	test('brings the file along as msg.file', async () => {
		const node = trigger(
			{ folder: text('/mydrive/docs'), download: { type: 'bool', value: 'true' } },
			{ type: 'synology-drive-trigger', trigger: 'fileCreated' },
		);
		await deploy(node);
		await watched(red, 'trigger');
		drive.put('alice', '/docs/new.txt', 'the content');
		await until(() => received('out').length > 0, 'the event');
		expect(received('out')).toMatchObject([
			{ payload: { name: 'new.txt' }, file: Buffer.from('the content'), filename: 'new.txt' },
		]);
	});
});

describe('the example', () => {
	test('drive-backup keeps the newest seven dumps', async () => {
		for (let n = 1; n <= 7; n++)
			drive.put('alice', `/backup/dump-2026-01-0${n}T020000.sql`, `${n}`, { created_time: 1_767_225_600 + n });
		const flow = await deployExample(red, simulator, 'drive-backup.json');
		await pressButton(red, flow, 'Every night');
		await until(() => received(idOf(flow, 'Removed')).length === 1, 'the rotation');
		expect(received(idOf(flow, 'Removed'))).toMatchObject([
			{ payload: [{ done: true, name: 'dump-2026-01-01T020000.sql' }] },
		]);
		expect(own(drive, '/backup').children.size).toBe(7);
	});

	test('drive-new-file-to-chat tells the channel', async () => {
		const flow = await deployExample(red, simulator, 'drive-new-file-to-chat.json');
		await watched(red, idOf(flow, 'New file'));
		drive.put('alice', '/inbox/invoice & more.pdf', 'an invoice');
		await until(() => received(idOf(flow, 'Message')).length === 1, 'the message');
		expect(chatOf(simulator.nas).channel('General').posts.at(-1)?.message).toBe(
			'New in Drive: /mydrive/inbox/invoice & more.pdf',
		);
	});
});
