import { describe, expect, test } from '@jest/globals';
import { signedIn } from '../support/signIn';
import { deployExample, idOf } from './examples';
import { onStage, type Stage } from './stage';
import { action, connectionEvents, nas, received, sink, tab, trigger, until } from './runtime';

let stage: Stage;
const deploy = onStage((taken) => (stage = taken));

type Told = { topic: string; payload: { event: string; cause?: { code: string; message: string } } };
const told = () => received('out') as unknown as Told[];
const topics = () => told().map(({ topic }) => topic);
const heard = async (...all: string[]) => {
	await until(() => topics().length === all.length, all.join(', '));
	expect(topics()).toEqual(all);
};

describe('the node of connection events', () => {
	test('tells that the NAS was reached, went away and came back, once each, and why', async () => {
		const { simulator, red } = stage;
		await deploy(connectionEvents());
		await heard('connection.connected');
		simulator.nas.faults.badGateway(1000);
		await heard('connection.connected', 'connection.lost');
		expect(told()[1]!.payload).toMatchObject({
			event: 'lost',
			connection: simulator.url,
			url: simulator.url,
			cause: { code: 'connection', message: expect.stringContaining('502') },
		});
		expect(red.statuses.at(-1)).toMatchObject({ id: 'events', fill: 'red', shape: 'ring' });
		simulator.nas.faults.clear();
		await heard('connection.connected', 'connection.lost', 'connection.recovered');
		expect(red.statuses.at(-1)).toMatchObject({ id: 'events', fill: 'green', text: 'connected' });
		expect(received('caught')).toEqual([]);
	});

	test('is told at once by what other nodes of the connection find', async () => {
		const { simulator, red } = stage;
		await deploy(connectionEvents({ interval: '3600' }), action('chat.channel.list', {}, { wires: [[]] }));
		await heard('connection.connected');
		simulator.nas.faults.badGateway(1000);
		red.node('act').receive({});
		await heard('connection.connected', 'connection.lost');
		simulator.nas.faults.clear();
		red.node('act').receive({});
		await heard('connection.connected', 'connection.lost', 'connection.recovered');
	});

	test('says that somebody has to sign in again, and asks no more', async () => {
		const { simulator, red } = stage;
		const { text } = await signedIn(simulator);
		await red.deploy([tab, nas(simulator, { credentials: { signIn: text } }), connectionEvents(), sink('out')]);
		await heard('connection.connected');
		simulator.reboot();
		await heard('connection.connected', 'connection.signInAgain');
		expect(told()[1]!.payload.cause).toMatchObject({ signInAgain: true });
		expect(JSON.stringify(told())).not.toContain(text);
		expect(red.statuses.at(-1)).toMatchObject({ id: 'events', text: 'sign in again' });
	});

	test('is not told as back by what needs no account', async () => {
		const { simulator, red } = stage;
		const wrong = nas(simulator, { credentials: { account: 'alice', password: 'not-my-passw0rd' } });
		const reachable = trigger({}, { type: 'synology-system-trigger', trigger: 'nasUnreachable' });
		await red.deploy([tab, wrong, connectionEvents(), reachable, sink('out')]);
		await heard('connection.lost');
		const looks = () => simulator.requests.filter(({ api }) => api === 'SYNO.API.Info').length;
		const before = looks();
		await until(() => looks() > before + 1, 'two looks of the trigger');
		expect(topics()).toEqual(['connection.lost']);
	});

	test('says what is the case when it is added to a connection that is in use', async () => {
		const { simulator, red } = stage;
		const act = action('chat.channel.list', {}, { wires: [[]] });
		await red.deploy([tab, nas(simulator), act, sink('out')]);
		red.node('act').receive({});
		await until(() => red.statuses.at(-1)?.fill === 'green', 'the answer');
		await red.deploy([tab, nas(simulator), act, sink('out'), connectionEvents({ interval: '3600' })], 'nodes');
		await heard('connection.connected');
		expect(simulator.logins).toBe(1);
	});
});

describe('the example', () => {
	test('connection-lost says in words that the NAS is lost, and that it is back', async () => {
		const { simulator, red } = stage;
		const flow = await deployExample(red, simulator, 'connection-lost.json');
		await until(
			() => red.statuses.some(({ id, fill }) => id === idOf(flow, 'NAS') && fill === 'green'),
			'the connection',
		);
		const said = () => received(idOf(flow, 'Tell me')).map(({ payload }) => payload);
		simulator.nas.faults.badGateway(1000);
		await until(() => said().length === 1, 'the loss');
		simulator.nas.faults.clear();
		await until(() => said().length === 2, 'the return');
		expect(said()).toEqual([expect.stringMatching(/^My NAS: .*502/), 'My NAS: works again']);
	});
});

describe('a deploy', () => {
	test('costs no login, however often it comes, and the session ends with the last use', async () => {
		const { simulator, red } = stage;
		for (let count = 1; count <= 5; count++) {
			await deploy(connectionEvents({ interval: '3600' }), trigger({}, { interval: '3600', wires: [[]] }));
			await until(() => topics().length === count, 'the connection');
			await until(
				() => red.statuses.filter(({ id, fill }) => id === 'trigger' && fill === 'green').length === count,
				'a poll',
			);
		}
		expect(simulator.logins).toBe(1);
		await red.deploy([tab]);
		await until(() => simulator.nas.sessions.list().length === 0, 'the logout');
		expect(simulator.logins).toBe(1);
	});
});
