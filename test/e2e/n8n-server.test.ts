import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { McpClient } from './mcp';
import { N8nRest } from './n8n/rest.cjs';
import { byId, chatNode, newMessage, PACKAGE, webhook, wire } from './n8n-flows';
import { type NasServer, Person, startNas } from './nas';
import { type Server, until } from './process.cjs';

/** n8n's newer way to poll: jobs and cursors in the database. Off by default in 2.40. */
const durable = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '1',
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
};

let nas: NasServer;
let bob: Person;
let general: number;
let folder: string;
let server: Server & { url: string };
let rest: N8nRest;

async function start(env: Record<string, string> = {}): Promise<void> {
	const { startN8n } = await import('./n8n/server.mjs');
	const tarball = process.env['SYNOFLOW_TARBALL'];
	server = await startN8n({ userFolder: folder, env, ...(tarball && { packageDir: tarball }) });
	rest = await new N8nRest(server.url).signIn();
}

const credential = () =>
	rest.createCredential('NAS', 'synologyNasApi', { url: nas.url, account: nas.account, password: nas.password });

/** The messages that a trigger has emitted so far, over all its executions, in order. */
async function emitted(workflowId: string, node: string): Promise<unknown[]> {
	const list = await rest.executions(workflowId);
	if (list.some(({ status }) => status !== 'success')) return [];
	const executions = await Promise.all(list.reverse().map(({ id }) => rest.execution(id)));
	return executions.flatMap(({ nodes }) => nodes[node] ?? []).map(({ json }) => json['text']);
}

async function postAndLook(workflowId: string): Promise<boolean> {
	await bob.post(general, 'Anybody?');
	return (await emitted(workflowId, 'Message')).length > 0;
}

/** Chat refuses a message that comes within half a second of the last one. */
const postSoon = (text: string) => until('Chat takes a message', () => bob.post(general, text).then(() => true));

beforeAll(async () => {
	nas = await startNas();
	bob = await new Person(nas.url).login('bob', 'bob-Passw0rd');
	general = await bob.channelId('General');
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-n8n-'));
	await start();
});

afterAll(async () => {
	await server?.stop();
	await nas?.stop();
	await rm(folder, { recursive: true, force: true });
});

describe('a whole n8n server without a browser', () => {
	test('an AI agent finds the node as a tool and sends a message with it', async () => {
		const mcp = {
			id: 'mcp',
			name: 'MCP',
			type: '@n8n/n8n-nodes-langchain.mcpTrigger',
			typeVersion: 2,
			webhookId: 'chat-tools',
			position: [300, 0],
			parameters: { path: 'chat-tools', authentication: 'none' },
		};
		const parameters = {
			resource: 'message',
			operation: 'send',
			channel_id: byId("={{ $fromAI('channel', 'ID of the channel', 'string') }}"),
			message: "={{ $fromAI('text', 'Text of the message', 'string') }}",
		};
		const tool = { ...chatNode('Chat', parameters, await credential()), type: `${PACKAGE}.synologyChatTool` };
		const workflow = await rest.createWorkflow('Tools', [mcp, tool], wire('Chat', 'MCP', 'ai_tool'));
		expect(await rest.publish(workflow.id)).toMatchObject({ status: 'published' });

		const agent = await new McpClient(`${server.url}/mcp/chat-tools`).start();
		const [found] = await agent.tools();
		expect(found?.name).toBe('Chat');
		expect(Object.keys(found!.inputSchema.properties).sort()).toEqual(['channel', 'text']);
		expect(await agent.use('Chat', { channel: String(general), text: 'Hello from an agent' })).toContain(
			'Hello from an agent',
		);
		expect((await bob.posts(general)).map(({ message }) => message)).toContain('Hello from an agent');
		await rest.unpublish(workflow.id);
	});

	// With durable cursors n8n makes up for one missed poll of every poll time at once, all from the same cursor: nothing is lost,
	// but the first messages may come more than once.
	test.each<[string, Record<string, string>, (texts: unknown[]) => unknown[]]>([
		['once, with the position in static data', {}, (texts) => texts],
		['at least once, with durable cursors', durable, (texts) => [...new Set(texts)]],
	])(
		'messages that arrive while n8n is down start the flow after its restart, in order and %s',
		async (where, env, compared) => {
			await server.stop();
			await start(env);
			const workflow = await rest.createWorkflow(`Watch ${where}`, [newMessage('Message', await credential())]);
			expect(await rest.publish(workflow.id)).toMatchObject({ status: 'published' });
			// With durable cursors the first poll, which only notes where it stands, comes a little after the publishing.
			await until('the trigger watches', () => postAndLook(workflow.id), { within: 60_000, every: 5_500 });

			await server.stop();
			const texts = [1, 2, 3].map((number) => `${number} ${where}`);
			for (const text of texts) await postSoon(text);
			await start(env);
			await until('the missed messages were emitted', async () =>
				(await emitted(workflow.id, 'Message')).includes(texts[2]),
			);
			await bob.post(general, `last ${where}`);
			await until('one more was emitted', async () =>
				(await emitted(workflow.id, 'Message')).includes(`last ${where}`),
			);
			const seen = (await emitted(workflow.id, 'Message')).filter((text) => text !== 'Anybody?');
			expect(compared(seen)).toEqual([...texts, `last ${where}`]);
			await rest.unpublish(workflow.id);
		},
	);

	test('its protection against private addresses holds back its own requests, not the connection of a node', async () => {
		await server.stop();
		await start({ N8N_SSRF_PROTECTION_ENABLED: 'true' });
		const request = {
			...chatNode('Request', { url: `${nas.url}/webapi/query.cgi` }, await credential()),
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
		};
		const list = chatNode('Channels', { resource: 'channel', operation: 'list' }, await credential());
		const found: unknown[] = [];
		for (const node of [list, request]) {
			const workflow = await rest.createWorkflow(node.name, [webhook(node.name), node], wire('Webhook', node.name));
			expect(await rest.publish(workflow.id)).toMatchObject({ status: 'published' });
			await fetch(`${server.url}/webhook/${node.name}`, { method: 'POST' });
			const { id } = await until('the execution has ended', async () =>
				(await rest.executions(workflow.id)).find(({ status }) => status === 'success' || status === 'error'),
			);
			const { status, error } = await rest.execution(id);
			found.push([status, error]);
			await rest.unpublish(workflow.id);
		}
		expect(found).toEqual([
			['success', undefined],
			['error', expect.stringContaining('restricted IP address')],
		]);
	});
});
