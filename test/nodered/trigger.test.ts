import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { chat } from '../../src/services/chat';
import { startSimulator, type Simulator } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat/state';
import { OLD_PLACE_KEY, PLACE_KEY } from '../../src/nodered/place';
import {
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

let simulator: Simulator;
let userDir: string;
let red: NodeRed;

beforeEach(async () => {
	simulator = await startSimulator();
	userDir = makeUserDir();
	red = await new NodeRed(userDir, { functionGlobalContext }).start();
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
const say = (text: string) => chatOf(simulator.nas).postAs('bob', 'General', text);
const texts = () => received('out').map(({ payload }) => (payload as { message: string }).message);
const set = async (key: string, value: unknown): Promise<void> =>
	await new Promise((resolve) =>
		red
			.node('trigger')
			.context()
			.set(key, value, 'disk', () => resolve()),
	);
const statusOf = (id: string) => red.statuses.filter((status) => status.id === id).at(-1);
const watching = async (id = 'trigger') => await until(() => statusOf(id)?.fill === 'green', 'the first poll');

/** Ends Node-RED as a restart does, does something meanwhile, and starts it again on the same user folder. */
async function restart(meanwhile: () => void): Promise<void> {
	await red.stop();
	meanwhile();
	red = await new NodeRed(userDir, { functionGlobalContext }).start();
}

const place = async (key = PLACE_KEY): Promise<unknown> =>
	await new Promise((resolve) =>
		red
			.node('trigger')
			.context()
			.get(key, 'disk', (_error, value) => resolve(value)),
	);

describe('trigger node', () => {
	test('sends each new message once, with the event in msg.payload and its name in msg.topic', async () => {
		await red.deploy(flow(trigger()));
		await watching();
		const posted = say('hello');
		await until(() => received('out').length === 1, 'the message');
		expect(received('out')[0]).toMatchObject({
			topic: 'chat.messageReceived',
			payload: { post_id: String(posted.post_id), message: 'hello', channel_name: 'General', creator_name: 'Bob' },
		});
		await until(() => /^new 1, \d\d:\d\d$/.test(statusOf('trigger')?.text ?? ''), 'the status');
	});

	test('catches up after a restart, in order, and repeats nothing', async () => {
		await red.deploy(flow(trigger()));
		await watching();
		say('before');
		await until(() => texts().length === 1, 'the first message');
		await restart(() => ['one', 'two', 'three'].forEach(say));
		await until(() => texts().length === 4, 'the missed messages');
		await restart(() => {});
		await watching();
		expect(texts()).toEqual(['before', 'one', 'two', 'three']);
	});

	test('works off a backlog of 250 messages in order', async () => {
		await red.deploy(flow(trigger()));
		await watching();
		const backlog = Array.from({ length: 250 }, (_, index) => `m${index}`);
		await restart(() => backlog.forEach(say));
		await until(() => texts().length >= 250, 'the backlog');
		expect(texts()).toEqual(backlog);
	});

	test('goes on after a lost session without an error', async () => {
		await red.deploy(flow(trigger()));
		await watching();
		simulator.nas.faults.loseSessions();
		say('after the loss');
		await until(() => texts().length === 1, 'the message');
		expect(received('caught')).toEqual([]);
		expect(simulator.logins).toBe(2);
	});

	test('goes on after the NAS was restarted, and reports the outage once', async () => {
		await red.deploy(flow(trigger()));
		await watching();
		simulator.reboot({ badGatewayFor: 4 });
		say('after the restart');
		await until(() => texts().length === 1, 'the message', 20_000);
		expect(received('caught').map(({ error }) => (error as { code: string }).code)).toEqual(['connection']);
		expect(texts()).toEqual(['after the restart']);
	});

	test('tells of a list that looks wrong, instead of events, until it is whole', async () => {
		await red.deploy(flow(trigger({}, { trigger: 'channelAdded' })));
		await watching();
		simulator.nas.lie('emptyList');
		await until(() => statusOf('trigger')?.text === 'list not whole', 'the doubt');
		expect(statusOf('trigger')).toMatchObject({ fill: 'yellow', shape: 'ring' });
		simulator.nas.beHonest();
		await until(() => statusOf('trigger')?.text === 'watching', 'the whole list');
		expect([received('out'), received('caught')]).toEqual([[], []]);
	});

	test('starts at "now" after a restart when it is not to catch up', async () => {
		await red.deploy(flow(trigger({}, { resume: false })));
		await watching();
		await restart(() => say('while away'));
		await watching();
		say('after');
		await until(() => texts().length > 0, 'the message');
		expect(texts()).toEqual(['after']);
	});

	test('goes on from the place that version 1 saved, and moves it to its own key', async () => {
		await red.deploy(flow(trigger()));
		await watching();
		const { of: _of, v: _v, ...now } = (await place()) as { of: string; v: number };
		const params = chat.triggers['messageReceived']!.params.parse({}) as object;
		const about = JSON.stringify(['chat.messageReceived', `alice ${simulator.url}`, params]);
		const old = { ...now, of: createHash('sha256').update(about).digest('hex') };
		await set(PLACE_KEY, undefined);
		await set(OLD_PLACE_KEY, old);
		await restart(() => say('while away'));
		await until(() => texts().length === 1, 'the message');
		await until(async () => (await place(OLD_PLACE_KEY)) === undefined, 'the move');
		expect(texts()).toEqual(['while away']);
		expect(await place()).toMatchObject({ v: 2, recent: [expect.any(String)] });
	});

	test('starts at "now" when its connection leads to another NAS, and says so', async () => {
		await red.deploy(flow(trigger()));
		await watching();
		say('to alice');
		await until(() => texts().length === 1, 'the message');
		const other = nas(simulator, { url: simulator.url.replace('127.0.0.1', 'localhost') });
		red.statuses.length = 0;
		await red.deploy([tab, other, trigger(), catcher, sink('caught'), sink('out')]);
		await watching();
		expect(red.log.filter((line) => line.includes('another NAS or account'))).toHaveLength(1);
		expect(texts()).toEqual(['to alice']);
	});

	test('removes its place when it is deleted, and logs out', async () => {
		await red.deploy(flow(trigger()));
		await watching();
		expect(await place()).toMatchObject({ cursor: { v: 1 } });
		const file = () => red.file('context/tab/trigger.json');
		expect(file()).toContain(PLACE_KEY);
		await red.deploy([tab]);
		await until(() => simulator.nas.sessions.list().length === 0, 'the logout');
		expect(file).toThrow('ENOENT');
	});

	test('logs in once for twenty nodes with a wrong password, and each of them says so', async () => {
		const nodes = Array.from({ length: 20 }, (_, index) => trigger({}, { id: `t${index}` }));
		const wrong = nas(simulator, { credentials: { account: 'alice', password: 'wrong-secret-word' } });
		await red.deploy([tab, wrong, ...nodes, catcher, sink('caught'), sink('out')]);
		await until(() => received('caught').length >= 20, 'twenty reports');
		expect(received('caught')).toHaveLength(20);
		expect(simulator.logins).toBe(1);
		expect(nodes.map(({ id }) => statusOf(id))).toEqual(
			nodes.map(({ id }) => ({ id, fill: 'red', shape: 'ring', text: 'login refused' })),
		);
		expect(JSON.stringify(received('caught')) + red.log.join('\n')).not.toContain('wrong-secret-word');
		expect((received('caught')[0]?.['error'] as { message: string }).message).toContain(
			'Polling has stopped: correct the connection',
		);
	});

	test('works again when the password is corrected', async () => {
		const wrong = nas(simulator, { credentials: { account: 'alice', password: 'wrong' } });
		await red.deploy([tab, wrong, trigger(), catcher, sink('caught'), sink('out')]);
		await until(() => received('caught').length === 1, 'the report');
		await red.deploy(flow(trigger()), 'nodes');
		await watching();
		say('now');
		await until(() => texts().length === 1, 'the message');
	});

	test('works again after a restart of the flows when the password was set on the NAS and the connection tested', async () => {
		const wrong = nas(simulator, { credentials: { account: 'bob', password: 'set later' } });
		const nodes = [tab, wrong, trigger(), catcher, sink('caught'), sink('out')];
		await red.deploy(nodes);
		await until(() => received('caught').length === 1, 'the report');
		simulator.nas.user('bob').password = 'set later';
		await red.deploy(nodes);
		await until(() => received('caught').length === 2, 'the second report');
		expect(simulator.logins).toBe(1);
		const answer = await red.post('/synology-nas/test', {
			id: 'nas',
			url: simulator.url,
			account: 'bob',
			password: '__PWRD__',
		});
		expect(await answer.json()).toMatchObject({ ok: true });
		await red.deploy(nodes);
		await watching();
	});

	test('says what does not fit instead of polling', async () => {
		await red.deploy(flow(trigger({ channels: { type: 'str', value: 'Generl' } })));
		await until(() => received('caught').length === 1, 'the report');
		expect(received('caught')[0]?.['error']).toMatchObject({ code: 'input', cause: { path: ['channels'] } });
		expect(statusOf('trigger')).toMatchObject({ fill: 'red', text: 'check channels' });
	});

	test('asks the NAS once for ten nodes with the same question', async () => {
		const nodes = Array.from({ length: 10 }, (_, index) => trigger({}, { id: `t${index}` }));
		await red.deploy(flow(...nodes));
		for (const { id } of nodes) await watching(id);
		say('for all');
		await until(() => received('out').length === 10, 'ten messages');
		const before = simulator.requests.length;
		const at = Date.now();
		await until(() => Date.now() - at > 4_100, 'two polls');
		expect(simulator.requests.length - before).toBeLessThanOrEqual(6);
	});
});
