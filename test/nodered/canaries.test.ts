import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator';
import {
	foundIn,
	paramsOf,
	refuseAll,
	silentOperations,
	thatSent,
	type SecretOperation,
} from '../support/secretOperations';
import { fieldsOf } from '../../src/host/form';
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
	type Sent,
} from './runtime';

const CANARY = {
	password: 'Canary-password-7781',
	deviceId: 'Canary-device-7782',
	headers: '{"X-Proxy-Key": "Canary-header-7783"}',
	otpSecret: 'KRUGKICDMFXGC4TZGEZDGNBV',
	word: 'Canary/7784+word',
};
const SECRETS = [...Object.values(CANARY).filter((text) => !text.startsWith('{')), 'Canary-header-7783'];

/** Texts of all files below a folder, but those of the package. */
function filesBelow(folder: string): [string, string][] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.map((file) => [path.relative(folder, file), readFileSync(file, 'latin1')]);
}

/** A node that runs an operation with the secret of the message. */
function secretNode(one: SecretOperation, simulator: Simulator): FlowNode {
	const typed = (value: unknown) =>
		typeof value === 'string' ? { type: 'str', value } : { type: 'json', value: JSON.stringify(value) };
	const known = Object.entries(paramsOf(one, simulator)).filter(([, value]) => typeof value !== 'function');
	const secrets = one.secrets.map(({ name }) => [name, { type: 'msg', value: 'word' }] as const);
	const file = fieldsOf(one.operation.params).filter(({ kind }) => kind === 'file');
	return action(
		one.id,
		{
			...Object.fromEntries(known.map(([name, value]) => [name, typed(value)])),
			...Object.fromEntries(file.map(({ name }) => [name, { type: 'msg', value: 'payload' }])),
			...Object.fromEntries(secrets),
		},
		{ id: one.id },
	);
}

const states: FlowNode = { ...catcher, id: 'status', type: 'status', scope: null, wires: [['states']] };

test('no secret of a connection or of a message is in what Node-RED shows, sends, logs or keeps', async () => {
	const simulator = await startSimulator({ allowUnknown: true });
	const red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
	const nodes = [
		...silentOperations.map((one) => secretNode(one, simulator)),
		trigger({ channels: { type: 'json', value: '[]' } }),
	];
	const messages: Sent[] = [];
	try {
		Object.assign(simulator.nas.user(simulator.account), { password: CANARY.password });
		simulator.nas.installAll();
		const { word, ...credentials } = CANARY;
		const connection = nas(simulator, { credentials: { account: simulator.account, ...credentials } });
		await red.deploy([tab, connection, ...nodes, catcher, states, ...['out', 'caught', 'states'].map(sink)]);
		const run = async (ids: string[]) => {
			const answers = () => new Set([...received('caught'), ...received('out')].map(({ run: id }) => id)).size;
			received('caught').length = received('out').length = 0;
			ids.forEach((id) => red.node(id).receive({ word, payload: Buffer.from('Hello'), run: id }));
			await until(() => answers() === ids.length, 'an answer of each');
			messages.push(...received('out'), ...received('caught'));
		};
		const ids = silentOperations.map(({ id }) => id);
		await run(ids);
		expect(thatSent(word, simulator).length).toBeGreaterThanOrEqual(20);
		refuseAll(simulator);
		await run(ids);
		Object.assign(simulator.nas.user(simulator.account), { password: 'another one' });
		simulator.nas.faults.loseSessions(119);
		await run(ids.slice(0, 2));
		expect(messages.filter((message) => 'error' in message).length).toBeGreaterThan(ids.length);
		// What a flow put into a message itself is its own: `msg.word` goes on as it came.
		const shown = [...messages, ...received('states')].map(({ word: _, ...rest }) => rest);
		const seen = new Map<string, string>([
			['messages', JSON.stringify(shown)],
			['log', red.log.join('\n')],
			['statuses', JSON.stringify(red.statuses)],
			['addresses', JSON.stringify(simulator.requests.map(({ path: address, query }) => [address, query]))],
			['export', await (await red.get('/flows')).text()],
			['credentials in the editor', await (await red.get('/credentials/synology-nas/nas')).text()],
		]);
		await red.stop();
		for (const [file, text] of filesBelow(red.userDir)) seen.set(file, text);
		expect([...seen.keys()]).toEqual(expect.arrayContaining(['flows.json', 'flows_cred.json']));
		expect(foundIn(seen, SECRETS)).toEqual([]);
	} finally {
		await red.stop().catch(() => undefined);
		red.remove();
		await simulator.close();
	}
}, 60_000);
