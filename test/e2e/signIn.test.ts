import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { testSynologyNas } from '../../src/n8n/credential';
import { firstPage, openBrowser, pageErrors, shoot, watched } from './browser';
import { type NasServer, startNas } from './nas';
import { NodeRedRest, startNodeRed } from './nodered';
import { NodeRedPage } from './nodered-page';
import { node24, root, until } from './process.cjs';

let nas: NasServer;
let context: BrowserContext;

beforeAll(async () => {
	nas = await startNas();
	context = await openBrowser('light');
});

afterAll(async () => {
	await context?.close();
	await nas?.stop();
});

/** A person at DSM's page, in the window that `press` opens. */
async function signInAt(page: Page, press: () => Promise<void>): Promise<void> {
	const [popup] = await Promise.all([page.waitForEvent('popup'), press()]);
	await popup.locator('input[name=account]').fill(nas.account);
	await popup.locator('input[name=passwd]').fill(nas.password);
	const closed = popup.waitForEvent('close');
	await popup.locator('button').click();
	await closed;
}

describe('signing in with the browser', () => {
	test('in Node-RED: the button opens the page of DSM, and the connection works without a password', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'synoflow-nodered-'));
		const server = await startNodeRed(folder, process.env['SYNOFLOW_TARBALL']);
		try {
			const page = await firstPage(context);
			const errors = pageErrors(page);
			const editor = new NodeRedPage(page, server.url);
			await watched(page, 'nodered-sign-in', async () => {
				await editor.open('light');
				await editor.drag('synology-file', 300, 200);
				await page.locator('.red-ui-flow-node-group.red-ui-flow-node-selected').dblclick();
				await editor.addConnection();
				await editor.fillConnection({ name: 'Office NAS', url: nas.url });
				await signInAt(page, async () => await page.locator('#synoflow-sign-in').click());
				const answer = page.locator('#synoflow-test-answer.synoflow-good');
				await answer.waitFor();
				expect(await answer.innerText()).toContain(`Signed in to ${nas.url} as ${nas.account}`);
				await shoot(page, 'nodered-sign-in');
				expect(await editor.testConnection()).toEqual({ ok: true, text: `Logged in to ${nas.url} as ${nas.account}.` });
				await editor.saveConnection();
				await editor.done();
				await editor.deployIncomplete().catch(async () => await editor.deploy());
				const flows = JSON.stringify(await new NodeRedRest(server.url).flows());
				expect(flows).not.toContain('dsm1.');
				expect(errors).toEqual([]);
			});
		} finally {
			await server.stop();
			await rm(folder, { recursive: true, force: true });
		}
	});

	test('for n8n: the helper prints one text, with which the test of the credential succeeds', async () => {
		const command = spawn(node24, [path.join(root, 'dist/src/host/command/index.js'), 'sign-in', nas.url]);
		const page = await context.newPage();
		const [said, printed]: [string[], string[]] = [[], []];
		createInterface({ input: command.stderr }).on('line', (line) => void said.push(line.trim()));
		createInterface({ input: command.stdout }).on('line', (line) => void printed.push(line));
		await watched(page, 'helper-sign-in', async () => {
			await page.goto(await until('the helper listens', () => said.find((line) => line.startsWith('http'))));
			await signInAt(page, async () => await page.locator('#open').click());
			await page.getByText(`Signed in as ${nas.account}.`).waitFor();
			const [signIn] = await until('the text is printed', () => printed.length > 0 && printed);
			expect(signIn).toMatch(/^dsm1\.[\w-]+$/);
			const data = { url: nas.url, account: '', password: '', signIn: signIn! };
			const credential = { id: '1', name: 'NAS', type: 'synologyNasApi', data };
			expect(await testSynologyNas.call({} as never, credential)).toEqual({ status: 'OK', message: 'Connected.' });
		});
	});
});
