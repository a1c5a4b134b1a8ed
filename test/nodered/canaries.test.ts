import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { startSimulator, type ApiReply, type ApiRequest } from '../../src/simulator';
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

const CANARY = {
	password: 'Canary-password-7781',
	deviceId: 'Canary-device-7782',
	headers: '{"X-Proxy-Key": "Canary-header-7783"}',
	otpSecret: 'KRUGKICDMFXGC4TZGEZDGNBV',
	link: 'Canary-link-7784',
	user: 'Canary-user-7785',
};
const SECRETS = [...Object.values(CANARY).filter((text) => !text.startsWith('{')), 'Canary-header-7783'];

/** Texts of all files below a folder, but those of the package. */
function filesBelow(folder: string): [string, string][] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.map((file) => [path.relative(folder, file), readFileSync(file, 'latin1')]);
}

/** A NAS that repeats in its refusal what it was sent. */
const repeats = ({ raw }: ApiRequest): ApiReply => ({ error: 120, errors: { name: 'x', reason: JSON.stringify(raw) } });

const states: FlowNode = { ...catcher, id: 'status', type: 'status', scope: null, wires: [['states']] };
const fromMessage = (name: string) => ({ type: 'msg', value: name });

test('no secret of a connection or of a message is in what Node-RED shows, sends, logs or keeps', async () => {
	const simulator = await startSimulator({ allowUnknown: true });
	const red = await new NodeRed(makeUserDir(), { functionGlobalContext }).start();
	const events: FlowNode[] = [
		action(
			'file.link.create',
			{ paths: { type: 'str', value: '/docs' }, password: fromMessage('word') },
			{ id: 'link' },
		),
		action('identity.user.create', { name: fromMessage('name'), password: fromMessage('word') }, { id: 'user' }),
		trigger({ channels: { type: 'json', value: '[]' } }),
	];
	try {
		Object.assign(simulator.nas.user(simulator.account), { password: CANARY.password });
		const { link, user: word, ...credentials } = CANARY;
		const connection = nas(simulator, { credentials: { account: simulator.account, ...credentials } });
		await red.deploy([tab, connection, ...events, catcher, states, ...['out', 'caught', 'states'].map(sink)]);
		const run = async (id: string, message: object) => {
			const before = received('caught').length + received('out').length;
			red.node(id).receive(message);
			await until(() => received('caught').length + received('out').length > before, 'an answer');
		};
		await run('link', { word: link });
		await run('user', { word, name: 'dora' });
		simulator.use({ 'SYNO.FileStation.Sharing.create': repeats, 'SYNO.Core.User.create': repeats });
		await run('link', { word: link });
		await run('user', { word, name: 'emil' });
		Object.assign(simulator.nas.user(simulator.account), { password: 'another one' });
		simulator.nas.faults.loseSessions(119);
		await run('link', { word: link });
		expect(received('caught').length).toBeGreaterThanOrEqual(3);
		// What a flow put into a message itself is its own: `msg.word` goes on as it came.
		const messages = [...received('out'), ...received('caught'), ...received('states')].map(
			({ word: _, ...rest }) => rest,
		);
		const seen = new Map<string, string>([
			['messages', JSON.stringify(messages)],
			['log', red.log.join('\n')],
			['statuses', JSON.stringify(red.statuses)],
			['addresses', JSON.stringify(simulator.requests.map(({ path: address, query }) => [address, query]))],
			['export', await (await red.get('/flows')).text()],
			['credentials in the editor', await (await red.get('/credentials/synology-nas/nas')).text()],
		]);
		await red.stop();
		for (const [file, text] of filesBelow(red.userDir)) seen.set(file, text);
		expect([...seen.keys()]).toEqual(expect.arrayContaining(['flows.json', 'flows_cred.json']));
		const found = [...seen].flatMap(([where, text]) =>
			SECRETS.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${where}`),
		);
		expect(found).toEqual([]);
	} finally {
		await red.stop().catch(() => undefined);
		red.remove();
		await simulator.close();
	}
}, 60_000);
