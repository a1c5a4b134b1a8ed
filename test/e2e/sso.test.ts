import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { startSimulator, type Simulator } from '../../src/simulator';
import { ssoServerOf, type SsoClient, type SsoServer } from '../../src/simulator/services/identity/sso';
import { openBrowser, shoot, watched } from './browser';
import { N8nRest, owner } from './n8n/rest.cjs';
import { N8nPage } from './n8n-page';
import { inEditor, removeFolders } from './nodered-session';
import { root, type Server, until } from './process.cjs';

let simulator: Simulator;
let ssoServer: SsoServer;

beforeEach(async () => {
	simulator = await startSimulator();
	ssoServer = ssoServerOf(simulator.nas);
});

afterEach(async () => {
	await simulator.close();
});

afterAll(removeFolders);

/** A person at the sign-in page of SSO Server. */
async function signInAt(page: Page, name: string): Promise<void> {
	await page.locator('input[name=account]').fill(name);
	await page.locator('input[name=passwd]').fill(simulator.nas.user(name).password);
	await page.locator('button').click();
}

/** What is pressed opens a window, in which a person signs in; gives the window. */
async function signInWindow(page: Page, name: string, press: () => Promise<void>): Promise<Page> {
	const [popup] = await Promise.all([page.waitForEvent('popup'), press()]);
	await signInAt(popup, name);
	return popup;
}

interface Workflow {
	nodes: { name: string; parameters: object }[];
	connections: object;
}

const example = async (file: string) =>
	JSON.parse(await readFile(path.join(root, 'examples', file), 'utf8')) as unknown;

describe('single sign-on in Node-RED', () => {
	test('an application is filled in, tried with its button, and then people sign in to the page of the example', async () => {
		await inEditor('light', 'nodered-sso', async ({ editor, server, rest, errors }) => {
			const { page } = editor;
			const client = ssoServer.register(`${server.url}/signed-in`);
			await editor.import((await example('identity-sign-in.json')) as object[], 400, 200);
			await editor.openFlow('Sign in with an account');
			await editor.edit('Address');
			await page.locator('#node-input-btn-nas-edit').click();
			await editor.fillConnection({ url: simulator.url, account: simulator.account, password: simulator.password });
			await editor.saveConnection();
			await page.locator('#node-input-btn-sso-edit').click();
			await editor.fillConnection({
				client_id: client.id,
				client_secret: client.secret,
				redirect_uri: `${server.url}/signed-in`,
			});
			const answer = page.locator('#synoflow-trial-answer');
			await page.locator('#synoflow-trial').click();
			await answer.filter({ hasText: 'Deploy a Synology NAS connection first' }).waitFor();
			await editor.saveConnection();
			await editor.done();
			await editor.deploy();

			await editor.edit('Address');
			await page.locator('#node-input-btn-sso-edit').click();
			// SSO Server refuses addresses that nobody registered; the form says which one it takes.
			const address = await page.locator('#synoflow-trial-address code').innerText();
			expect(address).toBe(`${server.url}/synology-sso/callback`);
			const [refused] = await Promise.all([page.waitForEvent('popup'), page.locator('#synoflow-trial').click()]);
			await refused.getByText('Invalid redirect URI').waitFor();
			await refused.close();
			await answer.filter({ hasText: `Is ${address} among the redirect addresses` }).waitFor();
			client.redirectUris.push(address);
			await signInWindow(page, 'bob', async () => await page.locator('#synoflow-trial').click());
			await page.locator('#synoflow-trial-answer.synoflow-good').waitFor();
			expect(await answer.innerText()).toBe('It works: bob signed in (groups: users).');
			await answer.scrollIntoViewIfNeeded();
			await shoot(page, 'nodered-sso-trial');
			await page.locator('#node-config-dialog-cancel').click();
			await editor.cancel();

			const person = await page.context().browser()!.newContext();
			try {
				const visitor = await person.newPage();
				await visitor.goto(`${server.url}/sign-in`);
				await signInAt(visitor, 'carol');
				await visitor.getByText('Hello, carol.').waitFor();
				const back = visitor.url();
				await shoot(visitor, 'nodered-sso-hello');
				// The address of the browser's history does not sign anybody in again, nor does it in another browser.
				expect((await visitor.goto(back))!.status()).toBe(403);
				expect((await page.request.get(back)).status()).toBe(403);
			} finally {
				await person.close();
			}
			expect(JSON.stringify(await rest.flows())).not.toContain(client.secret);
			expect(server.log()).not.toContain(client.secret);
			expect(errors).toEqual([]);
		});
	});
});

describe('the credential Synology SSO OAuth2 API in a whole n8n server', () => {
	let server: Server & { url: string };
	let folder: string;
	let context: BrowserContext;
	let rest: N8nRest;
	let client: SsoClient;

	beforeAll(async () => {
		const { startN8n } = await import('./n8n/server.mjs');
		folder = await mkdtemp(path.join(tmpdir(), 'synoflow-n8n-'));
		const tarball = process.env['SYNOFLOW_TARBALL'];
		server = await startN8n({ userFolder: folder, ...(tarball && { packageDir: tarball }) });
		rest = await new N8nRest(server.url).signIn();
		context = await openBrowser('light');
	});

	afterAll(async () => {
		await context?.close();
		await server?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	/** The second part of the example, with this credential: who signed in. */
	async function whoSignedIn(credential: { id: string; name: string }) {
		const { nodes, connections } = (await example('n8n/identity-sign-in.json')) as Workflow;
		const wanted = nodes
			.filter(({ name }) => ['When clicking', 'Who signed in'].includes(name))
			.map((node) => ({
				...node,
				...(node.name === 'Who signed in' && {
					parameters: { ...node.parameters, url: `${simulator.url}/webman/sso/SSOUserInfo.cgi` },
					credentials: { synologySsoOAuth2Api: credential },
				}),
			}));
		const workflow = await rest.createWorkflow('Who signed in', wanted, {
			'When clicking': (connections as Record<string, object>)['When clicking'],
		});
		const page = await context.newPage();
		const editor = new N8nPage(page, server.url);
		await watched(page, 'n8n-sso-run', async () => {
			await editor.openWorkflow(workflow.id);
			await page.locator('[data-test-id="execute-workflow-button"]').first().click();
		});
		const id = await until('the workflow ran', async () => {
			const [run] = await rest.executions(workflow.id);
			return run && !['new', 'running', 'waiting'].includes(run.status) && run.id;
		});
		await page.close();
		return await rest.execution(id);
	}

	test.each([
		['with the secret alone', 'Authorization Code', false],
		['with PKCE', 'PKCE', true],
	])('is connected by a sign-in at the NAS %s, and gives the HTTP Request node its token', async (_, grant, pkce) => {
		const page = await context.newPage();
		const editor = new N8nPage(page, server.url);
		await watched(page, `n8n-sso-${grant}`, async () => {
			await editor.enter(owner);
			await editor.newCredential('Synology SSO OAuth2 API');
			const redirect = await editor.redirectAddress();
			client = ssoServer.register(redirect);
			await editor.fillCredential({
				serverUrl: `${simulator.url}/`,
				clientId: client.id,
				clientSecret: client.secret,
			});
			await editor.chooseInCredential('grantType', grant);
			await shoot(page, `n8n-sso-form-${pkce ? 'pkce' : 'code'}`);
			await signInWindow(page, 'bob', async () => await editor.connectAccount());
			await editor.accountConnected().waitFor();
			await shoot(page, `n8n-sso-connected-${pkce ? 'pkce' : 'code'}`);
		});
		const credentials = (await rest.send('GET', '/rest/credentials')) as {
			id: string;
			name: string;
			createdAt: string;
		}[];
		const [latest] = credentials.sort((one, other) => other.createdAt.localeCompare(one.createdAt));
		const { status, nodes } = await whoSignedIn({ id: latest!.id, name: latest!.name });
		expect([status, nodes['Who signed in']]).toMatchObject([
			'success',
			[{ json: { username: 'bob', groups: ['users'] } }],
		]);
		await page.close();
	});
});
