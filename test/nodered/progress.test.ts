import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { filesOf } from '../../src/simulator/services/file';
import { action, received, trigger, until, type NodeRed } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
	red.log.length = 0;
});

const text = (value: string) => ({ type: 'str', value });
const statusesOf = (id: string) => red.statuses.filter((status) => status.id === id).map((status) => status.text);

describe('the status', () => {
	test('tells of a long run that it goes on', async () => {
		const message = { type: 'msg', value: 'text' };
		await deploy(action('chat.message.send', { channel_id: { type: 'num', value: '1' }, message }));
		red.node('act').receive({ text: 'word '.repeat(5000) });
		await until(() => received('out').length + received('caught').length > 0, 'the end', 60_000);
		expect(received('caught')).toEqual([]);
		const [first, second, ...rest] = statusesOf('act');
		expect([first, second, rest[0], rest.at(-1)]).toEqual(['connecting', 'busy', 'busy, requests 10', 'done']);
	}, 90_000);

	test('tells of a first look that it has begun, and when it is over', async () => {
		await deploy(trigger());
		await until(() => statusesOf('trigger').includes('watching'), 'the first look');
		const [first, second, ...rest] = statusesOf('trigger');
		expect([first, second, rest.at(-1)]).toEqual(['connecting', 'first look', 'watching']);
		for (const more of rest.slice(0, -1)) expect(more).toMatch(/^first look, requests [1-9]0+$/);
	});
});

describe('a trigger whose folder is missing', () => {
	test('says its code, and later that what failed works again: the NAS always answered', async () => {
		await deploy(trigger({ folder: text('/docs/later') }, { type: 'synology-file-trigger', trigger: 'fileCreated' }));
		await until(() => received('caught').length === 1, 'the failure');
		expect(statusesOf('trigger').at(-1)).toBe('refused, code 408');
		filesOf(simulator.nas).mkdir('/docs/later');
		await until(() => statusesOf('trigger').at(-1) === 'watching', 'the next look');
		expect(red.log.filter((line) => /again/.test(line))).toEqual(['What failed works again.']);
	});
});

describe('the size that a download puts into its message', () => {
	test('is not the size that the next node takes', async () => {
		filesOf(simulator.nas).write('/photo/a.jpg', { content: 'x'.repeat(8) });
		const thumbnail = action(
			'file.file.getThumbnail',
			{ path: text('/photo/a.jpg'), size: { type: 'choice', value: 'small' } },
			{ id: 'next' },
		);
		await deploy(action('file.file.download', { path: text('/photo/a.jpg') }, { wires: [['next']] }), thumbnail);
		red.node('act').receive({});
		await until(() => received('out').length + received('caught').length > 0, 'the thumbnail');
		expect(received('caught')).toEqual([]);
		expect(received('out')).toMatchObject([{ synology: { operation: 'file.file.getThumbnail' } }]);
	});
});
