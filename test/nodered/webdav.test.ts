import { describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat/state';
import { systemOf } from '../../src/simulator/services/system';
import { webdavOf, type WebdavState } from '../../src/simulator/services/webdav';
import { webdavStories } from '../support/webdav-stories';
import { deployExample, idOf, watched } from './examples';
import { action, type FlowNode, type NodeRed, received, trigger, until } from './runtime';
import { onStage } from './stage';

let simulator: Simulator;
let webdav: WebdavState;
let red: NodeRed;

const deploy = onStage((stage) => {
	({ red, simulator } = stage);
	webdav = webdavOf(simulator.nas);
});

const text = (value: string) => ({ type: 'str', value });
const number = (value: number) => ({ type: 'num', value: String(value) });

async function run(node: FlowNode, message: object = {}): Promise<void> {
	await deploy(node);
	red.node('act').receive(message);
	await until(() => received('out').length + received('caught').length > 0, 'an answer');
}

describe('the WebDAV Server node', () => {
	test('writes the file of a message over WebDAV', async () => {
		const { http } = await webdav.open();
		webdav.files.mkdir('/work');
		const params = { protocol: text('http'), port: number(http), folder: text('/work'), name: text('a.txt') };
		await run(action('webdav.file.upload', { ...params, file: { type: 'msg', value: 'payload' } }), {
			payload: Buffer.from('hello'),
		});
		expect(received('caught')).toEqual([]);
		expect(received('out')).toMatchObject([{ payload: { path: '/work/a.txt', size: 5, created: true } }]);
	});

	test('gives what failed to a catch node, with cause and remedy', async () => {
		await run(action('webdav.settings.update', { https_port: number(443) }));
		expect(received('caught')).toMatchObject([
			{ error: { message: expect.stringContaining('The port is in use by another service of the NAS') } },
		]);
	});
});

describe('the WebDAV Server trigger', () => {
	test.each(webdavStories.map((story) => [story.event, story] as const))(
		'tells %s once',
		async (event, story) => {
			story.before?.(webdav);
			await deploy(trigger({}, { type: 'synology-webdav-trigger', trigger: event }));
			await watched(red, 'trigger');
			if (story.first) {
				const looks = () => simulator.requests.length;
				const before = looks();
				story.first(webdav);
				await until(() => looks() >= before + 3, 'the looks before');
			}
			story.happen(webdav);
			await until(() => received('out').length > 0, event);
			expect(received('out')).toMatchObject([{ topic: `webdav.${event}`, payload: story.tells }]);
			expect(received('caught')).toEqual([]);
		},
		60_000,
	);
});

describe('the example', () => {
	test('webdav-start-again starts the server and tells the channel', async () => {
		const flow = await deployExample(red, simulator, 'webdav-start-again.json');
		await watched(red, idOf(flow, 'Stopped'));
		systemOf(simulator.nas).setPackage('WebDAVServer', { status: 'stop' });
		await until(() => received(idOf(flow, 'Message')).length + received(idOf(flow, 'Error')).length > 0, 'the message');
		expect(received(idOf(flow, 'Error'))).toEqual([]);
		expect(received(idOf(flow, 'Started'))).toMatchObject([{ payload: { status: 'running' } }]);
		expect(chatOf(simulator.nas).channel('General').posts.at(-1)!.message).toBe(
			'WebDAV Server stopped and was started again: it is running.',
		);
	}, 60_000);
});
