import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator';
import {
	action,
	catcher,
	functionGlobalContext,
	makeUserDir,
	nas,
	NodeRed,
	connectionEvents,
	received,
	sink,
	tab,
	trigger,
	until,
	type FlowNode,
} from './runtime';

let simulator: Simulator;
let red: NodeRed;

beforeAll(async () => {
	red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
});

afterAll(async () => {
	await red.stop();
	red.remove();
});

beforeEach(async () => {
	simulator = await startSimulator();
	for (const name of ['out', 'caught', 'states']) received(name).length = 0;
});

afterEach(async () => {
	await red.deploy([tab]);
	await simulator.close();
});

/** A status node over all nodes, wired to the sink "states". */
const states: FlowNode = { ...catcher, id: 'status', type: 'status', scope: null, wires: [['states']] };

const text = (value: string) => ({ type: 'str', value });

const push = (changes: object): FlowNode =>
	trigger(
		{ nickname: text('Helper') },
		{
			id: 'node',
			type: 'synology-chat-bot-trigger',
			trigger: 'botMessageReceived',
			registration: 'automatic',
			address: red.url,
			path: '/chat/bot',
			...changes,
		},
	);

const nodes: Record<string, (changes: object) => FlowNode> = {
	'an action node': (changes) => action('chat.channel.list', {}, { id: 'node', ...changes }),
	'a trigger node': (changes) => trigger({}, { id: 'node', ...changes }),
	'a push trigger node': push,
	'a node of connection events': (changes) => connectionEvents({ id: 'node', ...changes }),
};

interface Failure {
	node?: object;
	connection?: object;
	says: RegExp;
}

const failures: Record<string, Failure> = {
	'has no connection': { node: { nas: '' }, says: /No connection is chosen/ },
	'has a connection that is disabled': { connection: { d: true }, says: /No connection is chosen, or it is disabled/ },
	'has a connection without an account': { connection: { credentials: { account: '' } }, says: /account/i },
	'has a connection without the fingerprint that its check needs': { connection: { tls: 'pin' }, says: /fingerprint/i },
	'has a connection whose password is wrong': {
		connection: { credentials: { account: 'alice', password: 'not-my-passw0rd' } },
		says: /the password is wrong/,
	},
	'does what no release knows': { node: { operation: 'nothing', trigger: 'nothing' }, says: /has no .*nothing/ },
	'was saved by a newer release': { node: { version: 99 }, says: /saved by a newer release/ },
};

/** It does one thing only. */
const has = (kind: string, failure: string): boolean =>
	!(kind.includes('connection events') && failure.includes('no release'));

describe.each(Object.entries(nodes))('%s', (kind, node) => {
	test.each(Object.entries(failures).filter(([failure]) => has(kind, failure)))(
		'that %s tells the Catch and the Status nodes',
		async (_what, failure) => {
			const connection = nas(simulator, failure.connection as Record<string, unknown> | undefined);
			await red.deploy([
				tab,
				connection,
				node(failure.node ?? {}),
				sink('out'),
				catcher,
				sink('caught'),
				states,
				sink('states'),
			]);
			red.node('node').receive({});
			await until(() => received('caught').length > 0, 'the error');
			const [{ error }] = received('caught') as unknown as [{ error: { message: string; source: { id: string } } }];
			expect(error.message).toMatch(failure.says);
			expect(error.source.id).toBe('node');
			const told = () => received('states') as unknown as { status: { fill: string; source: { id: string } } }[];
			await until(
				() => told().some(({ status }) => status.fill === 'red' && status.source.id === 'node'),
				'the status',
			);
		},
	);
});

/** Deploys a node, hands it a message, and gives what the Catch node is told. */
async function failing(...nodes: FlowNode[]): Promise<string> {
	await red.deploy([tab, nas(simulator), ...nodes, sink('out'), catcher, sink('caught'), states, sink('states')]);
	red.node('node').receive({});
	await until(() => received('caught').length > 0 && received('states').length > 0, 'the error');
	return (received('caught') as unknown as [{ error: { message: string } }])[0].error.message;
}

const PUSHES: Record<string, object> = { manual: { registration: 'manual', nas: '' }, unaddressed: { address: '' } };

describe('a node that goes with something else than an account', () => {
	test.each([
		['no bot', action('chat.bot.send', {}, { id: 'node', nas: '' }), /No bot is chosen/],
		[
			'no SSO application',
			action('identity.ssoServer.buildAddress', {}, { id: 'node' }),
			/No SSO application is chosen/,
		],
		['no bot for calls by hand', 'manual', /No bot is chosen/],
		['no address', 'unaddressed', /address of Node-RED/],
	])('and has %s tells the Catch and the Status nodes', async (_what, node, says) => {
		expect(await failing(typeof node === 'string' ? push(PUSHES[node]!) : node)).toMatch(says);
	});
});
