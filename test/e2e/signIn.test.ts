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
				await editor.choose('favorite.list');
				await editor.addConnection();
				await editor.fillConnection({ name: 'Office NAS', url: nas.url });
				await signInAt(page, async () => await page.locator('#synoflow-sign-in').click());
				const answer = page.locator('#synoflow-sign-in-answer.synoflow-good');
				await answer.waitFor();
				expect(await answer.innerText()).toContain('The text was filled in');
				await shoot(page, 'nodered-sign-in');
				expect(await editor.testConnection()).toEqual({ ok: true, text: `Logged in to ${nas.url} as ${nas.account}.` });
				await editor.saveConnection();
				await editor.done();
				await editor.deploy();
				const rest = new NodeRedRest(server.url);
				const connection = await rest.deployed('the connection', ({ type }) => type === 'synology-nas');
				const flows = JSON.stringify(await rest.flows());
				expect(flows).not.toContain('dsm1.');

				await page.locator('.red-ui-flow-node-group').dblclick();
				await page.locator('#node-input-btn-nas-edit').click();
				const state = page.locator('#synoflow-sign-in-state.synoflow-good');
				await state.scrollIntoViewIfNeeded();
				expect(await state.innerText()).toBe(`Signed in to ${nas.url} as ${nas.account}.`);
				await shoot(page, 'nodered-signed-in');
				await page.locator('#synoflow-sign-out').click();
				await answer.filter({ hasText: 'is signed out of' }).waitFor();
				await shoot(page, 'nodered-signed-out');
				expect(await page.locator('#synoflow-sign-out').isVisible()).toBe(false);
				expect(await page.locator('#node-config-input-signIn').inputValue()).toBe('');
				await editor.saveConnection();
				await editor.done();
				await editor.deploy();
				expect(JSON.stringify(await rest.get('/credentials/synology-nas/' + connection.id))).toContain(
					'"has_signIn":false',
				);
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
