import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chat as service } from '../../src/services/chat';
import { startSimulator, type Simulator } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat/state';
import { chatStories } from '../support/chat-stories';
import {
	action,
	catcher,
	functionGlobalContext,
	makeUserDir,
	nas,
	NodeRed,
	received,
	sink,
	tab,
	trigger,
	until,
	type FlowNode,
} from './runtime';
import { SharedClock } from '../support/sharedClock';

const clock = new SharedClock(Date.now());
let simulator: Simulator;
let red: NodeRed;

beforeEach(async () => {
	simulator = await startSimulator({ clock });
	chatOf(simulator.nas).switches.minSpacingMs = 0;
	red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
	received('out').length = 0;
	received('caught').length = 0;
});

afterEach(async () => {
	await red.stop();
	red.remove();
	await simulator.close();
});

const flow = (...nodes: FlowNode[]): FlowNode[] => [
	tab,
	nas(simulator),
	...nodes,
	catcher,
	sink('caught'),
	sink('out'),
];
const typed = (given: Record<string, unknown>) =>
	Object.fromEntries(
		Object.entries(given).map(([name, value]) => [name, { type: 'json', value: JSON.stringify(value) }]),
	);

describe('the Chat trigger node', () => {
	test('tells each event of Chat', async () => {
		const chat = chatOf(simulator.nas);
		const stories = Object.entries(chatStories);
		expect(stories.map(([name]) => name).sort()).toEqual(Object.keys(service.triggers).sort());
		for (const [, { before }] of stories) before?.(chat, clock);
		await red.deploy(
			flow(...stories.map(([name, { given = {} }]) => trigger(typed(given), { id: name, trigger: name }))),
		);
		const isWatching = ([name]: (typeof stories)[number]) =>
			red.statuses.some(({ id, fill }) => id === name && fill === 'green');
		await until(() => stories.every(isWatching), 'the first poll of all');
		// The lives of the stories cross: what leaves a channel comes last.
		for (const [, { happen }] of stories) happen(chat, clock);
		for (const [name, { seen }] of stories) {
			const told = () => received('out').filter(({ topic }) => topic === `chat.${name}`);
			const fits = () =>
				told().find(({ payload }) => {
					try {
						expect(payload).toMatchObject(seen);
						return true;
					} catch {
						return false;
					}
				});
			const message = await until(fits, name);
			if (name === 'fileReceived') {
				expect(message).toMatchObject({ file: Buffer.from('exit 0\n'), filename: 'run.log', mimetype: 'text/plain' });
			}
		}
		expect(received('caught')).toEqual([]);
	}, 60_000);
});

describe('the Chat node', () => {
	const inject = async (node: FlowNode, message: object) => {
		await red.deploy(flow(node));
		red.node('act').receive(message);
	};
	const first = async (name: string) => await until(() => received(name)[0], `the first at "${name}"`);

	test('sends a Buffer as a file, and gives a file as a Buffer', async () => {
		const params = { channel_id: { type: 'num', value: '1' }, file: { type: 'msg', value: 'payload' } };
		await inject(action('chat.file.send', params), { payload: Buffer.from('line 1\n'), filename: 'a.txt' });
		const { post_id } = (await first('out')).payload as { post_id: string };
		expect(chatOf(simulator.nas).channel(1).posts.at(-1)).toMatchObject({ file: { name: 'a.txt', size: 7 } });
		received('out').length = 0;
		await inject(action('chat.file.download', { post_id: { type: 'str', value: post_id } }), {});
		expect((await first('out')).payload).toEqual(Buffer.from('line 1\n'));
	});

	test('gives a list as an array', async () => {
		await inject(action('chat.user.find', { name: { type: 'str', value: 'Bob' } }), {});
		expect((await first('out')).payload).toMatchObject([{ username: 'bob', label: 'Bob (bob)' }]);
	});

	test('says that a channel is encrypted', async () => {
		const ops = chatOf(simulator.nas).channel('ops');
		ops.encrypted = true;
		const params = {
			channel_id: { type: 'num', value: String(ops.channel_id) },
			message: { type: 'str', value: 'x' },
		};
		await inject(action('chat.message.send', params), {});
		expect((await first('caught')).error).toMatchObject({
			code: 'input',
			message: expect.stringContaining('The channel "ops" is encrypted: only the Chat apps can write to it.'),
		});
	});
});
