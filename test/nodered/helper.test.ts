import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import path from 'node:path';
import { startSimulator, type Simulator } from '../../src/simulator';
import { chatOf } from '../../src/simulator/services/chat/state';
import { root, until, type FlowNode, type Sent } from './runtime';

interface HelperNode {
	receive: (message: object) => void;
	on: (event: string, listener: (message: Sent) => void) => void;
	status: { args: { fill?: string; text?: string }[][] };
	close: (removed: boolean) => Promise<void>;
}

interface Helper {
	init: (runtime: string, settings: object) => void;
	startServer: () => Promise<void>;
	stopServer: () => Promise<void>;
	load: (entries: unknown[], flow: object[], credentials: object) => Promise<void>;
	unload: () => Promise<void>;
	getNode: (id: string) => HelperNode | null;
	setFlows: (flow: object[], type: string) => Promise<void>;
}

const helper = require('node-red-node-test-helper') as Helper;
const entry = (file: string): unknown => require(path.join(root, 'dist', file));

let simulator: Simulator;

beforeAll(async () => {
	helper.init(require.resolve('node-red'), { logging: { console: { level: 'off' } } });
	await helper.startServer();
});

afterAll(async () => {
	await helper.stopServer();
});

beforeEach(async () => {
	simulator = await startSimulator();
});

afterEach(async () => {
	await helper.unload();
	await simulator.close();
});

const tab = { id: 'tab', type: 'tab' };
const place = { z: 'tab', x: 100, y: 100 };
const action = (changes: object): FlowNode => ({
	id: 'act',
	type: 'synology-chat',
	...place,
	version: 2,
	nas: 'nas',
	resource: 'user',
	operation: 'getOwn',
	params: {},
	wires: [['out']],
	...changes,
});

async function load(...nodes: object[]): Promise<void> {
	const entries = ['credentials/synology-nas.nodered.js', 'nodes/SynologyChat/synology-chat.nodered.js'].map(entry);
	const flow = [
		tab,
		{ id: 'nas', type: 'synology-nas', url: simulator.url },
		{ id: 'out', type: 'helper', ...place },
		{ id: 'caught', type: 'helper', ...place },
		{ id: 'watch', type: 'catch', ...place, scope: null, wires: [['caught']] },
		...nodes,
	];
	await helper.load(entries, flow, { nas: { account: simulator.account, password: simulator.password } });
}

/** Messages of a helper node, from now on. */
function messages(id: string): Sent[] {
	const found: Sent[] = [];
	helper.getNode(id)!.on('input', (message) => void found.push(message));
	return found;
}

describe('nodes in the test helper', () => {
	test('keep the message and answer in msg.payload', async () => {
		await load(action({}));
		const out = messages('out');
		helper.getNode('act')!.receive({ payload: 'x', extra: { a: 1 } });
		await until(() => out.length === 1, 'the answer');
		expect(out[0]).toMatchObject({ extra: { a: 1 }, payload: { username: 'alice' } });
		expect(helper.getNode('act')!.status.args.map(([status]) => status?.text)).toEqual(['connecting', 'busy', 'done']);
	});

	test('show a broken status and call the Catch node with an unknown operation', async () => {
		await load(action({ operation: 'constructor' }));
		const caught = messages('caught');
		helper.getNode('act')!.receive({ payload: 'x' });
		await until(() => caught.length === 1, 'the report');
		expect(caught[0]).toMatchObject({
			payload: 'x',
			error: {
				code: 'input',
				message: expect.stringContaining('has no operation "user: constructor"'),
				source: { id: 'act' },
			},
		});
	});

	test('refuse to guess at what a newer release saved', async () => {
		await load(action({ version: 99 }));
		const caught = messages('caught');
		helper.getNode('act')!.receive({});
		await until(() => caught.length === 1, 'the report');
		expect((caught[0]?.['error'] as { message: string }).message).toContain('update the package');
	});

	test('go on with the session when only another node is removed, and log out with the last one', async () => {
		await load(action({}), action({ id: 'other' }));
		const out = messages('out');
		helper.getNode('act')!.receive({});
		helper.getNode('other')!.receive({});
		await until(() => out.length === 2, 'both answers');
		await helper.getNode('other')!.close(true);
		expect(simulator.nas.sessions.list()).toHaveLength(1);
		await helper.getNode('act')!.close(true);
		// A redeploy within some seconds finds the session still open.
		await until(() => simulator.nas.sessions.list().length === 0, 'the logout');
		expect(simulator.logins).toBe(1);
	});

	test('take a list of ids from a text with commas', async () => {
		const ops = chatOf(simulator.nas).channel('ops').channel_id;
		await load(
			action({
				resource: 'message',
				operation: 'search',
				params: {
					keyword: { type: 'str', value: 'backup' },
					channels: { type: 'pick', value: `1, ${ops}`, label: 'General' },
				},
			}),
		);
		const out = messages('out');
		helper.getNode('act')!.receive({});
		await until(() => out.length === 1, 'the answer');
		const rows = out[0]?.payload as { channel_id: string }[];
		expect(new Set(rows.map(({ channel_id }) => channel_id))).toEqual(new Set([String(ops)]));
	});
});
