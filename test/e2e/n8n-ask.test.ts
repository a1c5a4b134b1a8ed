import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator';
import { chatOf, type ChatState } from '../../src/simulator/services/chat';
import { N8nRest } from './n8n/rest.cjs';
import { chatNode, manual, wire, type CredentialRef } from './n8n-flows';
import { type Server, until } from './process.cjs';

let simulator: Simulator;
let chat: ChatState;
let folder: string;
let server: Server & { url: string };
let rest: N8nRest;
let credential: CredentialRef;

async function start(): Promise<void> {
	const { startN8n } = await import('./n8n/server.mjs');
	const tarball = process.env['SYNOFLOW_TARBALL'];
	server = await startN8n({ userFolder: folder, ...(tarball && { packageDir: tarball }) });
	rest = await new N8nRest(server.url).signIn();
}

beforeAll(async () => {
	simulator = await startSimulator();
	chat = chatOf(simulator.nas);
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-n8n-'));
	await start();
	const { url, account, password } = simulator;
	credential = await rest.createCredential('NAS', 'synologyNasApi', { url, account, password });
});

afterAll(async () => {
	await server?.stop();
	await simulator?.close();
	await rm(folder, { recursive: true, force: true });
});

interface Asked {
	workflowId: string;
	/** Links of the message, by their words. */
	links: Record<string, string>;
}

/** A workflow that asks in a channel, run by hand until it waits for the answer. */
async function ask(name: string, parameters: object): Promise<Asked> {
	const node = chatNode(
		'Ask',
		{
			...{ resource: 'message', operation: 'sendAndWait' },
			...{ channel_id: { __rl: true, mode: 'name', value: 'General' }, message: `${name}?` },
			...parameters,
		},
		credential,
	);
	const answer = {
		...{ id: 'answer', name: 'Answer', type: 'n8n-nodes-base.set', typeVersion: 3.4, position: [520, 0] },
		parameters: { includeOtherFields: true, assignments: { assignments: [] } },
	};
	const workflow = await rest.createWorkflow(name, [manual, node, answer], {
		...wire('Start', 'Ask'),
		...wire('Ask', 'Answer'),
	});
	await rest.send('POST', `/rest/workflows/${workflow.id}/run`, { triggerToStartFrom: { name: 'Start' } });
	await until('the execution waits', async () => (await rest.executions(workflow.id))[0]?.status === 'waiting');
	const { message } = chat.channel('General').posts.at(-1)!;
	expect(message).toMatch(new RegExp(`^${name}\\?\n\n`));
	const links = [...message.matchAll(/<([^|>]+)\|([^>]+)>/g)].map(([, url, words]) => [words, url] as const);
	return { workflowId: workflow.id, links: Object.fromEntries(links) };
}

const open = async (link: string) => await fetch(link);

/** Sends the form of the page behind a link, as its button does: to the address of the page itself. */
const submit = async (link: string, fields: Record<string, string> = {}) =>
	await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });

/** What the workflow went on with. */
async function answered(workflowId: string) {
	const [run, ...others] = await until('the execution has ended', async () => {
		const all = await rest.executions(workflowId);
		return all.every(({ status }) => status === 'success') && all;
	});
	expect(others).toEqual([]);
	return (await rest.execution(run!.id)).nodes['Answer']!.map(({ json }) => json);
}

const messages = () => chat.channel('General').posts.length;

describe('"send and wait for response" in a whole n8n server', () => {
	test.each([
		['Approve', { data: { approved: true } }],
		['Decline', { data: { approved: false } }],
	])('goes on when a person presses "%s" behind the link, once, and says what was chosen', async (words, chosen) => {
		const { workflowId, links } = await ask(`Deploy ${words}`, { approvalType: 'double' });
		expect(Object.keys(links)).toEqual(['Approve', 'Decline']);
		const before = messages();
		// A preview of the link, and a person who only looks, answer nothing.
		const page = await (await open(links[words]!)).text();
		expect(page).toContain(`<button type="submit">${words}</button>`);
		expect((await rest.executions(workflowId))[0]!.status).toBe('waiting');

		const done = await submit(links[words]!);
		expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Your answer was recorded')]);
		expect(await answered(workflowId)).toEqual([chosen]);

		// A second click, and the other link, change nothing and say so.
		for (const link of Object.values(links)) {
			expect(await (await open(link)).text()).toContain('No action required');
			expect(await (await submit(link)).text()).toContain('No action required');
		}
		expect(await answered(workflowId)).toEqual([chosen]);
		expect(messages()).toBe(before);
	});

	test('goes on with the text of a person, also after n8n was started again', async () => {
		const { workflowId, links } = await ask('When', { responseType: 'freeText' });
		const link = new URL(links['Respond']!);
		await server.stop();
		await start();
		const address = server.url + link.pathname + link.search;
		expect(await (await open(address)).text()).toContain('<textarea id="text" name="text"');
		expect((await submit(address, { text: 'At <noon> & later, für alle' })).status).toBe(200);
		expect(await answered(workflowId)).toEqual([{ data: { text: 'At <noon> & later, für alle' } }]);
	});

	test('lets nobody in who has no signature, or changed the answer in the address', async () => {
		const { workflowId, links } = await ask('Delete', { approvalType: 'double' });
		const bare = new URL(links['Approve']!);
		bare.searchParams.delete('signature');
		const turned = new URL(links['Decline']!);
		turned.searchParams.set('approved', 'true');
		for (const forged of [bare, turned]) {
			expect((await submit(forged.href)).status).toBe(401);
			expect((await open(forged.href)).status).toBe(401);
		}
		expect((await rest.executions(workflowId))[0]!.status).toBe('waiting');
		await submit(links['Decline']!);
		expect(await answered(workflowId)).toEqual([{ data: { approved: false } }]);
	});
});
