import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fieldsOf, type Field } from '../../src/host/form';
import { isOption, isRows } from '../../src/n8n/fields';
import { startSimulator, type Simulator } from '../../src/simulator';
import { chatOf, type ChatState } from '../../src/simulator/services/chat';
import { newBot } from '../../src/simulator/services/chat/admin';
import {
	foundIn,
	paramsOf,
	refuseAll,
	silentOperations,
	thatSent,
	type SecretOperation,
} from '../support/secretOperations';
import { N8nRest } from './n8n/rest.cjs';
import { chatNode, manual, newMessage, PACKAGE, wire, type CredentialRef } from './n8n-flows';
import { type Server, until } from './process.cjs';

const PASSWORD = 'Canary-passw0rd/7781';
const WRONG = 'Canary-wr0ng/7782';
const HEADER = 'Canary-header/7783';
/** What a workflow takes from its surroundings for the fields of operations that hold secrets. */
const WORD = 'Canary/7784+word';

let simulator: Simulator;
let chat: ChatState;
let folder: string;
let server: Server & { url: string };
let rest: N8nRest;
let nas: CredentialRef;
let bot: { token: string; credential: CredentialRef };

beforeAll(async () => {
	simulator = await startSimulator({ otp: true, allowUnknown: true });
	simulator.nas.setPassword(simulator.account, PASSWORD);
	simulator.nas.installAll();
	chat = chatOf(simulator.nas);
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-n8n-'));
	const { startN8n } = await import('./n8n/server.mjs');
	const tarball = process.env['SYNOFLOW_TARBALL'];
	const env = { N8N_LOG_LEVEL: 'debug', N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false', CANARY: WORD };
	server = await startN8n({ userFolder: folder, env, ...(tarball && { packageDir: tarball }) });
	rest = await new N8nRest(server.url).signIn();
	nas = await rest.createCredential('NAS', 'synologyNasApi', connection(PASSWORD));
	const { token } = newBot(chat, chat.user('alice').user_id, 'chatbot', 'Helper');
	bot = { token, credential: await rest.createCredential('Bot', 'synologyChatBotApi', { url: simulator.url, token }) };
});

afterAll(async () => {
	await server?.stop();
	await simulator?.close();
	await rm(folder, { recursive: true, force: true });
});

const connection = (password: string) => ({
	...{ url: simulator.url, account: simulator.account, password },
	...{ signInWith: 'otp', otpSecret: simulator.otpSecret!, headers: `{"X-Proxy-Key": "${HEADER}"}` },
});

/** The form of a node filled in with one parameter. */
function entered(field: Field, value: unknown): unknown {
	if (isRows(field)) {
		const rows = Array.isArray(value) ? (value as unknown[]) : [value];
		return { rows: rows.map((one) => (typeof one === 'object' ? one : { value: one })) };
	}
	if (field.kind !== 'picker' || field.isList) return field.kind === 'file' ? 'data' : value;
	return { __rl: true, mode: Object.keys(field.by ?? { id: '' })[0], value: String(value) };
}

/** A node that runs an operation with the secret that the surroundings hold. */
function secretNode(one: SecretOperation): object {
	const [service = '', resource, operation] = one.id.split('.');
	const secrets = one.secrets.map(({ name }) => [name, '={{ $env.CANARY }}']);
	const params = { ...paramsOf(one, simulator), ...Object.fromEntries(secrets) };
	const options: Record<string, unknown> = {};
	const parameters: Record<string, unknown> = { resource, operation, options };
	for (const field of fieldsOf(one.operation.params))
		if (field.name in params)
			(isOption(field) ? options : parameters)[field.name] = entered(field, params[field.name as never]);
	return {
		...chatNode(one.id, parameters, nas),
		type: `${PACKAGE}.synology${service.charAt(0).toUpperCase()}${service.slice(1)}`,
		onError: 'continueRegularOutput',
	};
}

/** An item with a file. */
const file = [
	{
		...{ id: 'text', name: 'Text', type: 'n8n-nodes-base.set', typeVersion: 3.4, position: [100, 0] },
		parameters: { assignments: { assignments: [{ id: '1', name: 'text', value: 'Hello', type: 'string' }] } },
	},
	{
		...{ id: 'file', name: 'File', type: 'n8n-nodes-base.convertToFile', typeVersion: 1.1, position: [200, 0] },
		parameters: { operation: 'toText', sourceProperty: 'text', options: {} },
	},
];

/** Runs nodes beside each other, and waits for their end. */
async function runAll(name: string, nodes: object[]): Promise<void> {
	const named = nodes as { name: string }[];
	const workflow = await rest.createWorkflow(name, [manual, ...file, ...nodes], {
		...wire('Start', 'Text'),
		...wire('Text', 'File'),
		File: { main: [named.map((node) => ({ node: node.name, type: 'main', index: 0 }))] },
	});
	await rest.send('POST', `/rest/workflows/${workflow.id}/run`, { triggerToStartFrom: { name: 'Start' } });
	await until(
		'the execution has ended',
		async () => (await rest.executions(workflow.id)).some(({ status }) => ['success', 'error'].includes(status)),
		{ within: 120_000 },
	);
}

/** A trigger that polls, and one that the NAS calls: both have started their workflow once. */
async function letTriggersRun(): Promise<void> {
	const workflow = await rest.createWorkflow('Watch', [newMessage('Message', nas)]);
	const command = {
		...chatNode('Command', { event: 'slashCommandReceived', nickname: 'Deploy', command: '/deploy' }, nas),
		...{ type: `${PACKAGE}.synologyChatBotTrigger`, webhookId: '00000000-0000-4000-8000-000000000001' },
	};
	const called = await rest.createWorkflow('Called', [command]);
	for (const { id } of [workflow, called]) expect(await rest.publish(id)).toMatchObject({ status: 'published' });
	await until('the command is registered', () => slashToken() !== undefined);
	await chat.commandAs('bob', '/deploy now');
	chat.postAs('bob', 'General', 'news');
	for (const { id } of [workflow, called])
		await until('the workflow was started', async () => (await rest.executions(id)).length > 0);
	for (const { id } of [workflow, called]) await rest.unpublish(id);
}

const slashToken = () => [...chat.bots.values()].find(({ nickname }) => nickname === 'Deploy')?.token;

/** Texts of all files below a folder, but those of the package. */
const filesBelow = (where: string): [string, string][] =>
	readdirSync(where, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.map((file) => [path.relative(where, file), readFileSync(file, 'latin1')]);

test('no secret of a connection, of a session, of a push trigger or of an operation is in what a whole n8n keeps, logs or gives', async () => {
	const tested = async (password: string) =>
		await rest.send('POST', '/rest/credentials/test', {
			credentials: { ...nas, type: 'synologyNasApi', data: connection(password) },
		});
	const answers = [await tested(PASSWORD), await tested(WRONG)];
	expect(answers).toMatchObject([{ status: 'OK' }, { status: 'Error' }]);

	const nodes = silentOperations.map(secretNode);
	await runAll('Works', nodes);
	expect(thatSent(WORD, simulator).length).toBeGreaterThanOrEqual(20);
	await letTriggersRun();
	refuseAll(simulator);
	await runAll('Refused', nodes);
	simulator.nas.setPassword(simulator.account, 'another one');
	simulator.nas.faults.loseSessions(119);
	await runAll('Cannot log in', nodes.slice(0, 3));

	const sessions = simulator.requests.flatMap(({ sessionSid, headers, params }) =>
		[sessionSid, headers['x-syno-token'], params['device_id']].filter((one) => typeof one === 'string' && one !== ''),
	) as string[];
	expect(new Set(sessions).size).toBeGreaterThan(1);
	const secrets = [
		...[PASSWORD, WRONG, HEADER, WORD, simulator.otpSecret!, bot.token, slashToken()!],
		...new Set(sessions),
	];

	const seen = new Map<string, string>([['answers of the credential test', JSON.stringify(answers)]]);
	for (const { id } of (await rest.send('GET', '/rest/workflows')) as { id: string }[])
		for (const execution of await rest.executions(id))
			seen.set(`execution ${execution.id}`, JSON.stringify(await rest.execution(execution.id)));
	seen.set('credentials', JSON.stringify(await rest.send('GET', `/rest/credentials/${nas.id}?includeData=true`)));
	await server.stop();
	seen.set('log', server.log());
	for (const [file, text] of filesBelow(folder)) seen.set(file, text);
	expect([...seen.keys()]).toEqual(expect.arrayContaining(['.n8n/database.sqlite', '.n8n/config']));
	expect(seen.get('log')).toContain('debug');
	expect(foundIn(seen, secrets)).toEqual([]);
}, 400_000);
