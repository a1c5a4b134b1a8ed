import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firstPage, openBrowser, pageErrors, shoot, watched } from './browser';
import { N8nRest, owner } from './n8n/rest.cjs';
import { manual, nodeOf, wire } from './n8n-flows';
import { N8nPage } from './n8n-page';
import { type NasServer, startNas } from './nas';
import type { Server } from './process.cjs';

let nas: NasServer;
let folder: string;
let server: Server & { url: string };
let rest: N8nRest;

beforeAll(async () => {
	const { startN8n } = await import('./n8n/server.mjs');
	nas = await startNas({ dsm: '7.2.2' });
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-n8n-'));
	const tarball = process.env['SYNOFLOW_TARBALL'];
	server = await startN8n({ userFolder: folder, ...(tarball && { packageDir: tarball }) });
	rest = await new N8nRest(server.url).signIn();
});

afterAll(async () => {
	await server?.stop();
	await nas?.stop();
	await rm(folder, { recursive: true, force: true });
});

describe('Check this NAS in a whole n8n server', () => {
	test('x', async () => {
		const account = await rest.createCredential('NAS', 'synologyNasApi', {
			url: nas.url,
			account: nas.account,
			password: nas.password,
		});
		const nodes = [manual, { ...nodeOf('synologyApi', 'Check', { resource: 'nas', operation: 'checkConnection' }, account) }];
		const workflow = await rest.createWorkflow('Check', nodes, wire('Start', 'Check'));
		for (const scheme of ['light', 'dark'] as const) {
			const context = await openBrowser(scheme);
			try {
				const page = await firstPage(context);
				const editor = new N8nPage(page, server.url);
				await watched(page, 'n8n-check', async () => {
					await editor.enter(owner);
					const errors = pageErrors(page);
					await editor.openWorkflow(workflow.id);
					await editor.openNode('Check');
					await editor.choose('operation', 'Check This NAS');
					await shoot(page, `n8n-check-form-${scheme}`);
					const text = await editor.executeStep('7.2.2');
					console.log(text);
					await shoot(page, `n8n-check-${scheme}`);
					await page.waitForTimeout(500);
					console.log(errors);
				});
			} finally {
				await context.close();
			}
		}
	});
});
