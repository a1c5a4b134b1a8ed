import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chatOf } from '../../src/simulator/services/chat/state';
import { startSimulator, type Simulator } from '../../src/simulator';
import { functionGlobalContext, makeUserDir, nas, NodeRed, received, sink, tab, trigger, until } from './runtime';

let simulator: Simulator;
let red: NodeRed;

beforeEach(async () => {
	simulator = await startSimulator({ tls: true });
	red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
	received('out').length = 0;
});

afterEach(async () => {
	await red.stop();
	red.remove();
	await simulator.close();
});

const say = (text: string) => chatOf(simulator.nas).postAs('bob', 'General', text);
const texts = () => received('out').map(({ payload }) => (payload as { message: string }).message);
const asked = () => simulator.requests.filter(({ path }) => path === '/sc/socket.io/');
const polls = () => simulator.requests.filter(({ api }) => api === 'SYNO.Entry.Request').length;

/** Deploys triggers that poll once an hour unless told otherwise, and waits for their first poll. */
async function watch(changes: Record<string, unknown>, ids = ['trigger']): Promise<void> {
	const nodes = ids.map((id) => trigger({}, { id, interval: '3600', ...changes }));
	await red.deploy([tab, nas(simulator, { tls: 'ignore' }), ...nodes, sink('out')]);
	for (const id of ids)
		await until(() => red.statuses.some((status) => status.id === id && status.fill === 'green'), 'the first poll');
}

describe('a trigger node that is woken at once', () => {
	test('tells of a message long before its interval is over', async () => {
		await watch({ wake: true });
		await until(() => simulator.nas.sockets.open.size === 1, 'the channel');
		for (const text of ['one', 'two']) {
			say(text);
			await until(() => texts().includes(text), 'the message', 5_000);
		}
		expect(texts()).toEqual(['one', 'two']);
		expect(asked().map(({ query }) => query)).toEqual([{ EIO: '4', transport: 'websocket' }]);
	});

	test('loses nothing when the channel is cut, and shares it with the other nodes of the connection', async () => {
		await watch({ wake: true }, ['a', 'b', 'c']);
		await until(() => simulator.nas.sockets.open.size === 1, 'the channel');
		simulator.nas.sockets.cut();
		say('unheard');
		await until(() => texts().length === 3, 'the message', 10_000);
		expect(texts()).toEqual(['unheard', 'unheard', 'unheard']);
		expect(asked()).toHaveLength(2);
		await red.deploy([tab]);
		await until(() => simulator.nas.sockets.open.size === 0, 'the end');
	});

	test('tells of it by its interval where the channel is refused, without a word', async () => {
		simulator.nas.sockets.refusal = 403;
		await watch({ wake: true, interval: '2' });
		await until(() => asked().length >= 2, 'the attempts');
		say('polled');
		await until(() => texts().length === 1, 'the message', 10_000);
		expect(red.statuses.filter(({ fill }) => fill === 'red')).toEqual([]);
		expect(red.log.filter((line) => line.includes('socket.io'))).toEqual([
			'synology: /sc/socket.io/ cannot be opened: polling goes on without hints.',
		]);
	});

	test.each([{}, { wake: false }])('opens no channel unless that is chosen: %j', async (changes) => {
		await watch({ ...changes, interval: '2' });
		const before = polls();
		await until(() => polls() > before, 'the second poll');
		expect(asked()).toEqual([]);
	});

	test('opens none for an event that the channel does not hint at', async () => {
		await watch({ wake: true, interval: '2', trigger: 'reminderDue' });
		const before = simulator.requests.length;
		await until(() => simulator.requests.length > before, 'the second poll');
		expect(asked()).toEqual([]);
	});
});
