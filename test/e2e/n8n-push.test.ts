import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chatOf, type ChatState } from '../../src/simulator/services/chat';
import { startSimulator, type Simulator } from '../../src/simulator';
import { N8nRest, type Workflow } from './n8n/rest.cjs';
import { PACKAGE, wire } from './n8n-flows';
import { type Server, until } from './process.cjs';

let simulator: Simulator;
let chat: ChatState;
let folder: string;
let server: Server & { url: string };
let rest: N8nRest;

beforeAll(async () => {
	simulator = await startSimulator();
	chat = chatOf(simulator.nas);
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-n8n-'));
	const { startN8n } = await import('./n8n/server.mjs');
	const tarball = process.env['SYNOFLOW_TARBALL'];
	server = await startN8n({ userFolder: folder, ...(tarball && { packageDir: tarball }) });
	rest = await new N8nRest(server.url).signIn();
});

afterAll(async () => {
	await server?.stop();
	await simulator?.close();
	await rm(folder, { recursive: true, force: true });
});

/** What Chat is answered: the text of the command, turned round by a node. */
const ANSWER = "={{ 'Done: ' + $json.argument }}";

const setText = {
	id: 'answer',
	name: 'Answer',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	position: [260, 0],
	parameters: { assignments: { assignments: [{ id: '1', name: 'text', value: ANSWER, type: 'string' }] } },
};

async function command(name: string, responseMode: string, more: object[]): Promise<Workflow> {
	const credential = await rest.createCredential(`NAS for ${name}`, 'synologyNasApi', {
		url: simulator.url,
		account: simulator.account,
		password: simulator.password,
	});
	const trigger = {
		id: name,
		name: 'Command',
		type: `${PACKAGE}.synologyChatBotTrigger`,
		typeVersion: 1,
		webhookId: `00000000-0000-4000-8000-0000000000${name.length}1`,
		position: [0, 0],
		parameters: {
			event: 'slashCommandReceived',
			registration: 'automatic',
			nickname: name,
			command: `/${name}`,
			responseMode,
			responseText: 'Started',
		},
		credentials: { synologyNasApi: credential },
	};
	const workflow = await rest.createWorkflow(
		name,
		[trigger, ...more],
		more.length > 0 ? wire('Command', 'Answer') : {},
	);
	expect(await rest.publish(workflow.id)).toMatchObject({ status: 'published' });
	await until('the command is registered in Chat', async () =>
		[...chat.bots.values()].some((bot) => bot.nickname === name),
	);
	return workflow;
}

describe('what Chat calls in a whole n8n server', () => {
	test.each<[string, string, object[], string]>([
		['now', 'onReceived', [], 'Started'],
		['last', 'lastNode', [setText], 'Done: prod'],
	])('the slash command "/%s" is answered as the node says: %s', async (name, mode, more, answer) => {
		const workflow = await command(name, mode, more);
		expect(await chat.commandAs('carol', `/${name} prod`)).toBe(answer);
		await until('the execution is over', async () => (await rest.executions(workflow.id)).length === 1);
		const bot = [...chat.bots.values()].find(({ nickname }) => nickname === name)!;
		const forged = await fetch(bot.url, {
			method: 'POST',
			body: new URLSearchParams({ token: 'x'.repeat(64), user_id: '3', username: 'bob', text: `/${name} it` }),
		});
		expect(forged.status).toBe(403);
		// Without a body, of which n8n makes nothing at all.
		expect((await fetch(bot.url, { method: 'POST' })).status).toBe(403);
		expect(await rest.executions(workflow.id)).toHaveLength(1);
		await rest.unpublish(workflow.id);
	});
});
