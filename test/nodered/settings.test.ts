import { afterEach, describe, expect, test } from '@jest/globals';
import type { Simulator } from '../../src/simulator';
import { action, nas, received, sink, tab, until, type FlowNode, type NodeRed } from './runtime';
import { onStage } from './stage';

let red: NodeRed;
let simulator: Simulator;
onStage((stage) => ({ red, simulator } = stage));

const NAMES = ['TEST_NAS_URL', 'TEST_NAS_USER', 'TEST_NAS_PASSWORD'];
afterEach(() => {
	for (const name of NAMES) delete process.env[name];
});

const variables = { url: '${TEST_NAS_URL}', account: '${TEST_NAS_USER}', password: '${TEST_NAS_PASSWORD}' };

const valuesOf = ({ url, account, password }: Simulator) => ({
	TEST_NAS_URL: url,
	TEST_NAS_USER: account,
	TEST_NAS_PASSWORD: password,
});

const envOf = (values: Record<string, string>) =>
	Object.entries(values).map(([name, value]) => ({ name, value, type: 'str' }));

const press = async (form: object) => (await (await red.post('/synology-nas/test', form)).json()) as object;
const list = async (wanted: object) =>
	(await (
		await red.post('/synology-nas/choices', {
			id: 'chat.messageReceived',
			field: 'channels',
			search: 'gener',
			...wanted,
		})
	).json()) as object;

/** Not all of these are nodes at work, for which a deploy would wait. */
const post = async (flows: FlowNode[]) => await red.post('/flows', { flows }, { 'Node-RED-API-Version': 'v2' });

const loggedIn = () => ({ ok: true, message: `Logged in to ${simulator.url} as alice.` });
const GENERAL = { choices: [{ value: '1', label: 'General' }], cut: false };

describe('a connection whose settings are variables', () => {
	test('of the process, works alike when it is deployed, tested and asked for lists', async () => {
		Object.assign(process.env, valuesOf(simulator));
		await red.deploy([tab, nas(variables), action('chat.channel.list'), sink('out')]);
		red.node('act').receive({});
		await until(() => received('out').length > 0, 'the answer');
		expect(await press({ id: 'nas', z: '', ...variables, tls: 'verify' })).toEqual(loggedIn());
		const { account, url } = variables;
		expect(await press({ id: 'nas', z: '', account, url, password: '__PWRD__' })).toEqual(loggedIn());
		expect(await press({ id: 'new', ...variables })).toEqual(loggedIn());
		expect(await list({ nas: 'nas' })).toEqual(GENERAL);
		expect(await list({ nas: 'new', form: { id: 'new', type: 'synology-nas', ...variables } })).toEqual(GENERAL);
		expect(JSON.stringify(simulator.requests)).not.toContain('TEST_NAS');
	});

	test('of a tab, of all flows, or of a subflow in use, takes those of its own place before it is deployed', async () => {
		const values = valuesOf(simulator);
		const wrong = { ...values, TEST_NAS_USER: 'nobody' };
		const place = { id: 'place', type: 'inject', x: 1, y: 1, wires: [] };
		const subflow: FlowNode = { id: 'sub', type: 'subflow', name: 'Sub', env: envOf(wrong) };
		await post([
			{ id: 'globals', type: 'global-config', env: envOf(values) },
			{ ...tab, env: envOf(wrong) },
			{ ...place, z: 'tab' },
			{ id: 'other', type: 'tab', env: envOf(values) },
			{ ...place, id: 'place2', z: 'other' },
			subflow,
			{ ...place, id: 'inner', z: 'sub' },
			{ id: 'instance', type: 'subflow:sub', z: 'tab', env: envOf(values), x: 1, y: 1, wires: [] },
		]);
		await until(() => ['place', 'place2', 'instance'].every((id) => red.has(id)), 'the nodes');
		for (const z of ['', 'other', 'sub'])
			expect([z, await press({ id: 'new', z, ...variables })]).toEqual([z, loggedIn()]);
		expect(await press({ id: 'new', z: 'tab', ...variables })).toMatchObject({ ok: false });
	});

	test('without a value is refused by its name, and no such account is tried', async () => {
		const answer = await press({ id: 'new', ...variables, url: simulator.url });
		expect(answer).toMatchObject({ ok: false, field: 'account', message: expect.stringContaining('TEST_NAS_USER') });
		expect(simulator.logins).toBe(0);
		expect(simulator.requests).toHaveLength(0);
	});

	test('opens the sign-in page of the NAS that they name', async () => {
		Object.assign(process.env, valuesOf(simulator));
		const form = { id: 'new', url: variables.url, opener: 'http://localhost:1880/' };
		const answer = (await (await red.post('/synology-nas/sign-in/start', form)).json()) as { address: string };
		expect(answer.address).toContain(simulator.url);
	});
});
