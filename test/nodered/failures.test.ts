import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { callsOf, type Service } from '../../src/catalog/operation';
import { typeOf } from '../../src/nodered/types';
import { allServices } from '../../src/services';
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
	root,
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

const push = (changes: Record<string, unknown>): FlowNode =>
	trigger(
		{ nickname: text('Helper') },
		{
			type: 'synology-chat-bot-trigger',
			trigger: 'botMessageReceived',
			registration: 'automatic',
			address: red.url,
			path: '/chat/bot',
			...changes,
		},
	);

const ready = ({ params }: { params: { safeParse: (value: unknown) => { success: boolean } } }): boolean =>
	params.safeParse({}).success;

/** The first operation of a service that needs nothing but a connection. */
function plainOperation(service: Service): string {
	const all = Object.entries(service.resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).map(([name, operation]) => ({ resource, name, operation })),
	);
	const { resource, name } = all.find(
		({ operation }) => operation.readOnly && !operation.token && ready(operation) && callsOf(operation).length > 0,
	)!;
	return `${service.id}.${resource}.${name}`;
}

/** Makes the nodes of each type that the package registers, by type. */
const nodes: Record<string, (changes: Record<string, unknown>) => FlowNode> = Object.fromEntries([
	...allServices().map((service) => [
		typeOf(service, 'action'),
		(changes: Record<string, unknown>) => action(plainOperation(service), {}, changes),
	]),
	...allServices()
		.filter(({ triggers }) => Object.keys(triggers).length > 0)
		.map((service) => {
			// What only asks whether the NAS is there needs no account.
			const [name] = Object.entries(service.triggers).find(
				([, declaration]) => ready(declaration) && declaration.uses.every(({ api }) => !api.startsWith('SYNO.API.')),
			)!;
			const type = typeOf(service, 'trigger');
			return [type, (changes: Record<string, unknown>) => trigger({}, { type, trigger: name, ...changes })];
		}),
	['synology-chat-bot-trigger', push],
	['synology-connection', connectionEvents],
]) as Record<string, (changes: Record<string, unknown>) => FlowNode>;

interface Failure {
	node?: Record<string, unknown>;
	connection?: Record<string, unknown>;
	says: RegExp;
	status: string;
}

const failures: Record<string, Failure> = {
	'has no connection': { node: { nas: '' }, says: /No connection is chosen/, status: 'no connection' },
	'has a connection that is not there': { node: { nas: 'gone' }, says: /No connection/, status: 'no connection' },
	'has a connection that is disabled': {
		connection: { d: true },
		says: /No connection is chosen, or it is disabled/,
		status: 'no connection',
	},
	'has a connection without an account': {
		connection: { credentials: { account: '' } },
		says: /account/i,
		status: 'check account',
	},
	'has a connection without the fingerprint that its check needs': {
		connection: { tls: 'pin' },
		says: /fingerprint/i,
		status: 'check fingerprint',
	},
	'has a connection with a variable that has no value': {
		connection: { url: '${NOT_SET_ANYWHERE}' },
		says: /NOT_SET_ANYWHERE/,
		status: 'check url',
	},
	'has a connection whose password is wrong': {
		connection: { credentials: { account: 'alice', password: 'not-my-passw0rd' } },
		says: /password/,
		status: 'login refused',
	},
	'does what no release knows': {
		node: { operation: 'nothing', trigger: 'nothing' },
		says: /has no .*nothing/,
		status: 'check (operation|trigger)',
	},
	'was saved by a newer release': {
		node: { version: 99 },
		says: /saved by a newer release/,
		status: 'update the package',
	},
};

/** It does one thing only. */
const has = (type: string, failure: string): boolean =>
	!(type === 'synology-connection' && failure.includes('no release'));

test('all types of nodes that the package registers are looked at here', () => {
	const { 'node-red': own } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
		'node-red': { nodes: Record<string, string> };
	};
	const registered = Object.values(own.nodes).flatMap((entry) =>
		[
			...readFileSync(path.join(root, entry.replace(/\.js$/, '.html')), 'utf8').matchAll(
				/registerType\('([^']+)',\{\s*category:"synology"/g,
			),
		].map(([, type]) => type),
	);
	expect(Object.keys(nodes).sort()).toEqual(registered.sort());
});

describe('a node of any type', () => {
	test.each(Object.entries(failures))('that %s tells the Catch and the Status nodes', async (what, failure) => {
		const types = Object.keys(nodes).filter((type) => has(type, what));
		const made = types.map((type) => nodes[type]!({ id: type, ...failure.node }));
		await red.deploy([
			tab,
			nas(simulator, failure.connection),
			...made,
			sink('out'),
			catcher,
			sink('caught'),
			states,
			sink('states'),
		]);
		for (const type of types)
			if (made.find(({ id }) => id === type)!['operation'] !== undefined) red.node(type).receive({});
		const errors = () => received('caught').map(({ error }) => error as { message: string; source: { id: string } });
		const told = () =>
			received('states') as unknown as { status: { fill: string; text: string; source: { id: string } } }[];
		const shown = (type: string) =>
			told().find(({ status }) => status.fill === 'red' && status.source.id === type)?.status.text;
		await until(() => types.every((type) => errors().some(({ source }) => source.id === type)), 'an error of each');
		await until(() => types.every((type) => shown(type) !== undefined), 'a red status of each');
		for (const { message } of errors()) expect(message).toMatch(failure.says);
		for (const type of types)
			expect([type, shown(type)]).toEqual([type, expect.stringMatching(new RegExp(`^${failure.status}$`))]);
		expect(received('out').filter(({ topic }) => topic !== 'connection.lost')).toEqual([]);
	});
});

/** Deploys a node, hands it a message, and gives what the Catch node is told. */
async function failing(...nodes: FlowNode[]): Promise<string> {
	await red.deploy([tab, nas(simulator), ...nodes, sink('out'), catcher, sink('caught'), states, sink('states')]);
	red.node('node').receive({});
	await until(() => received('caught').length > 0 && received('states').length > 0, 'the error');
	return (received('caught') as unknown as [{ error: { message: string } }])[0].error.message;
}

const PUSHES: Record<string, Record<string, unknown>> = {
	manual: { registration: 'manual', nas: '' },
	unaddressed: { address: '' },
};

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
		[
			'a bot without its token',
			[
				action('chat.bot.send', {}, { id: 'node', nas: '', bot: 'bot' }),
				{ id: 'bot', type: 'synology-chat-bot', url: 'http://127.0.0.1:9' },
			],
			/token/i,
		],
		[
			'an SSO application without its secret',
			[
				action('identity.ssoServer.buildAddress', {}, { id: 'node', sso: 'sso' }),
				{ id: 'sso', type: 'synology-sso', client_id: 'a', redirect_uri: 'https://nodered.example.com/in' },
			],
			/"Application Secret" is missing in the SSO application/,
		],
		[
			'an SSO application that is disabled',
			[
				action('identity.ssoServer.buildAddress', {}, { id: 'node', sso: 'sso' }),
				{ id: 'sso', type: 'synology-sso', d: true },
			],
			/No SSO application is chosen, or it is disabled/,
		],
	])('and has %s tells the Catch and the Status nodes', async (_what, node, says) => {
		const made = typeof node === 'string' ? push({ id: 'node', ...PUSHES[node]! }) : node;
		expect(await failing(...[made].flat())).toMatch(says);
	});
});
