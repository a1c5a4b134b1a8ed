import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext } from 'playwright-core';
import manifest from '../../package.json';
import { allServices } from '../../src/services';
import { firstPage, openBrowser, pageErrors, type Scheme, shoot, watched } from './browser';
import { N8nRest, owner } from './n8n/rest.cjs';
import { byId, chatNode, manual, newMessage, PACKAGE, wire } from './n8n-flows';
import { N8nPage } from './n8n-page';
import { type NasServer, Person, startNas } from './nas';
import { type Server, until } from './process.cjs';

const NODES = manifest.n8n.nodes.map((file) => `${PACKAGE}.s${path.basename(file, '.node.js').slice(1)}`);
const CREDENTIALS = manifest.n8n.credentials.map((file) => `s${path.basename(file, '.credentials.js').slice(1)}`);

let nas: NasServer;
let bob: Person;
let general: number;
let server: Server & { url: string };
let folder: string;
let rest: N8nRest;

beforeAll(async () => {
	const { startN8n } = await import('./n8n/server.mjs');
	nas = await startNas();
	bob = await new Person(nas.url).login('bob', 'bob-Passw0rd');
	general = await bob.channelId('General');
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-n8n-'));
	const tarball = process.env['SYNOFLOW_TARBALL'];
	server = await startN8n({ userFolder: folder, ...(tarball && { packageDir: tarball }) });
});

afterAll(async () => {
	await server?.stop();
	await nas?.stop();
	await rm(folder, { recursive: true, force: true });
});

/** The owner's REST session; the first test sets the owner up in the browser. */
async function signedIn(): Promise<N8nRest> {
	rest ??= await new N8nRest(server.url).signIn();
	return rest;
}

async function credential() {
	const api = await signedIn();
	return await api.createCredential('NAS', 'synologyNasApi', {
		url: nas.url,
		account: nas.account,
		password: nas.password,
	});
}

/** A browser of its own, logged in as the owner. */
async function inBrowser(scheme: Scheme, name: string, work: (editor: N8nPage) => Promise<void>): Promise<void> {
	await signedIn();
	const context: BrowserContext = await openBrowser(scheme);
	try {
		const page = await firstPage(context);
		const editor = new N8nPage(page, server.url);
		await watched(page, name, async () => {
			await editor.enter(owner);
			await work(editor);
		});
	} finally {
		await context.close();
	}
}

describe('the packed package in a whole n8n server', () => {
	test('the editor of a first start sets up the owner, who can log in again', async () => {
		const context = await openBrowser('light');
		try {
			const page = await firstPage(context);
			await watched(page, 'n8n-owner', async () => {
				const editor = new N8nPage(page, server.url);
				if (!rest) await editor.setUpOwner(owner);
				// The editor itself goes to the log-in as soon as it is refused something.
				await page.goto('about:blank');
				await context.clearCookies();
				await editor.logIn(owner);
				expect(new URL(page.url()).pathname).toMatch(/^\/home\//);
			});
		} finally {
			await context.close();
		}
	});

	test('n8n knows every node and credential, and names no fault in its log', async () => {
		const api = await signedIn();
		const nodes = (await api.send('GET', '/types/nodes.json')) as { name: string }[];
		const credentials = (await api.send('GET', '/types/credentials.json')) as { name: string }[];
		expect(nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(NODES));
		expect(credentials.map(({ name }) => name)).toEqual(expect.arrayContaining(CREDENTIALS));
		expect(server.log()).not.toMatch(/synoflow.*(error|could not)|(error|could not).*synoflow/i);
	});

	test('a credential made in the editor is tested: a wrong password says what to do, the right one is accepted', async () => {
		await inBrowser('light', 'n8n-credential', async (editor) => {
			await editor.newCredential('Synology NAS API');
			await editor.fillCredential({ url: nas.url, account: nas.account, password: 'Not-my-passw0rd' });
			const refused = await editor.saveCredential();
			expect(refused.status).toBe('Error');
			expect(refused.message).toMatch(/^The account does not exist or the password is wrong/);
			expect(refused.message).not.toContain('Not-my-passw0rd');
			await editor.credentialWindow().getByText('More details').click();
			await shoot(editor.page, 'n8n-credential-refused');

			await editor.fillCredential({ password: nas.password });
			expect(await editor.saveCredential()).toEqual({ status: 'OK', message: 'Connected.' });
			await editor.credentialWorks().waitFor({ state: 'visible' });
			await shoot(editor.page, 'n8n-credential');
		});
	});

	test('the node creator offers every service with its actions under one name each', async () => {
		const workflow = await (await signedIn()).createWorkflow('Creator', [manual]);
		await inBrowser('light', 'n8n-creator', async (editor) => {
			await editor.openWorkflow(workflow.id);
			expect(await editor.searchNodes('synology', 'Synology Chat')).toEqual(
				expect.arrayContaining(allServices().map(({ title }) => `Synology ${title}`)),
			);
			const actions = await editor.actionsOf('Synology Chat', 'Send a message');
			expect(actions).toEqual(
				expect.arrayContaining(['Send a message', 'Get many messages', 'Get many channels', 'Download a file']),
			);
			await shoot(editor.page, 'n8n-creator');
			await editor.add('Send a message');
			expect(await editor.parameter('operation').locator('input').first().inputValue()).toBe('Send Message');
		});
	});

	test('a channel is picked from the searched list, the step runs, and the message is on the NAS', async () => {
		const nodes = [manual, chatNode('Send', { resource: 'message', operation: 'send' }, await credential())];
		const workflow = await (await signedIn()).createWorkflow('Send a message', nodes, wire('Start', 'Send'));
		const text = 'Backup finished: 12 GB in 4 minutes';
		await inBrowser('light', 'n8n-send', async (editor) => {
			const errors = pageErrors(editor.page);
			await editor.openWorkflow(workflow.id);
			await editor.openNode('Send');
			expect(await editor.listOf('channel_id')).toEqual(expect.arrayContaining(['General', 'ops', 'random']));
			await shoot(editor.page, 'n8n-channels');
			expect(await editor.listOf('channel_id', 'gener')).toEqual(['General']);
			await editor.pick('General');
			expect(await editor.picked('channel_id')).toBe('General');
			await editor.fill('message', text);
			expect(await editor.executeStep(text)).toContain('1 item');
			await shoot(editor.page, 'n8n-light');
			expect(errors).toEqual([]);
		});
		const [sent] = (await bob.posts(general)).filter((post) => post.message === text);
		expect(sent).toMatchObject({ message: text, channel_id: general });
		const { nodes: stored } = await rest.workflow(workflow.id);
		expect(stored.find((node) => node.name === 'Send')?.parameters['channel_id']).toMatchObject({
			__rl: true,
			mode: 'list',
			cachedResultName: 'General',
		});
	});

	test('a step that the NAS refuses shows the cause and the remedy in the output panel', async () => {
		const parameters = {
			resource: 'message',
			operation: 'send',
			channel_id: byId('4711'),
			message: 'Hello',
		};
		const nodes = [manual, chatNode('Send', parameters, await credential())];
		const workflow = await (await signedIn()).createWorkflow('Refused', nodes, wire('Start', 'Send'));
		await inBrowser('dark', 'n8n-refused', async (editor) => {
			await editor.openWorkflow(workflow.id);
			await editor.openNode('Send');
			const shown = await editor.executeStep('There is no such channel');
			expect(shown).toContain('Check the channel ID; the channel may have been closed.');
			await shoot(editor.page, 'n8n-refused-dark');
		});
	});

	test('a trigger fetches the newest message as its test event, without being published', async () => {
		await bob.post(general, 'Lunch is ready');
		const trigger = newMessage('New message', await credential(), { item: [{ mode: 'everyMinute' }] });
		const workflow = await (await signedIn()).createWorkflow('Test event', [trigger]);
		await inBrowser('light', 'n8n-trigger', async (editor) => {
			await editor.openWorkflow(workflow.id);
			await editor.openNode('New message');
			expect(await editor.executeStep('Lunch is ready')).toContain('General');
			await shoot(editor.page, 'n8n-trigger-light');
		});
	});

	test('a published trigger starts an execution for a new post only, and the flow answers on the NAS once', async () => {
		const account = await credential();
		const reply = {
			resource: 'message',
			operation: 'send',
			channel_id: byId('={{ $json.channel_id }}'),
			message: '=You said: {{ $json.text }}',
		};
		const nodes = [newMessage('New message', account), chatNode('Answer', reply, account)];
		const workflow = await (await signedIn()).createWorkflow('Echo', nodes, wire('New message', 'Answer'));
		await inBrowser('dark', 'n8n-published', async (editor) => {
			await editor.openWorkflow(workflow.id);
			await editor.publish();
			expect(await rest.published(workflow.id)).toMatchObject({ status: 'published' });
			await bob.post(general, 'Is anybody there?');
			await until('the flow has answered', async () =>
				(await bob.posts(general)).some((post) => post.message === 'You said: Is anybody there?'),
			);
			const [execution] = await until('the execution has ended', async () => {
				const list = await rest.executions(workflow.id);
				return list.length > 0 && list.every(({ status }) => status === 'success') && list;
			});
			const { mode, nodes: ran } = await rest.execution(execution!.id);
			expect(mode).toBe('trigger');
			expect(ran['New message']?.map(({ json }) => json['text'])).toEqual(['Is anybody there?']);
			expect((await bob.posts(general)).filter((post) => post.message.startsWith('You said:'))).toHaveLength(1);
			await shoot(editor.page, 'n8n-published-dark');
		});
		await rest.unpublish(workflow.id);
	});

	test('the dark editor shows the same panel', async () => {
		const parameters = { resource: 'message', operation: 'list', channel_id: byId(String(general)) };
		const nodes = [manual, chatNode('Messages', parameters, await credential())];
		const workflow = await (await signedIn()).createWorkflow('Read messages', nodes, wire('Start', 'Messages'));
		await inBrowser('dark', 'n8n-dark', async (editor) => {
			await editor.openWorkflow(workflow.id);
			await editor.openNode('Messages');
			expect(await editor.executeStep('post_id')).toMatch(/\d+ items/);
			await shoot(editor.page, 'n8n-dark');
		});
	});
});
