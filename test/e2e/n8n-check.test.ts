import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readReport } from '../../src/build/learn/read';
import { firstPage, openBrowser, pageErrors, type Scheme, shoot, watched } from './browser';
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
	test.each<Scheme>(['light', 'dark'])(
		'chosen in the form, shows a row for each service, and gives the report as a file to download (%s)',
		async (scheme) => {
			const { url, account, password } = nas;
			const credential = await rest.createCredential('NAS', 'synologyNasApi', { url, account, password });
			const parameters = { resource: 'nas', operation: 'getInfo' };
			const nodes = [manual, nodeOf('synologyApi', 'Check', parameters, credential)];
			const workflow = await rest.createWorkflow(`Check ${scheme}`, nodes, wire('Start', 'Check'));
			const context = await openBrowser(scheme);
			try {
				const page = await firstPage(context);
				// The check rests between its calls, and a busy machine takes its time.
				page.setDefaultTimeout(150_000);
				const editor = new N8nPage(page, server.url);
				const errors = pageErrors(page);
				await watched(page, `n8n-check-${scheme}`, async () => {
					await editor.enter(owner);
					await editor.openWorkflow(workflow.id);
					await editor.openNode('Check');
					await editor.choose('operation', 'Check This NAS');
					await shoot(page, `n8n-check-form-${scheme}`);
					// n8n shows the file first, with a button to download it.
					expect(await editor.executeStep('12 items')).toContain('synology-check.json');
					await shoot(page, `n8n-check-report-${scheme}`);
					const rows = await editor.table();
					expect(rows[0]!.filter(Boolean)).toEqual([
						...['title', 'works', 'reasons', 'differs', 'missing', 'refused', 'failed', 'skipped', 'service'],
						...['dsm', 'complete'],
					]);
					const [title, works, reasons, ...others] = rows.find(([name]) => name === 'File Station')!;
					expect([title, works, ...others.slice(0, 7)]).toEqual([
						...['File Station', '15', '0', '0', '0', '0', '6', 'file'],
						'7.2.2-72806 Update 9',
					]);
					expect(reasons).toContain('4 × left out: it would keep the NAS busy');
					await shoot(page, `n8n-check-${scheme}`);
					const file = await editor.downloadOutput('report');
					expect(file.suggestedFilename()).toBe('synology-check.json');
					const text = await readFile(await file.path(), 'utf8');
					const report = readReport(text);
					expect([report.dsm, report.complete]).toEqual(['7.2.2-72806 Update 9', true]);
					expect(text).not.toContain(password);
					expect(errors).toEqual([]);
				});
			} finally {
				await context.close();
			}
		},
		300_000,
	);
});
