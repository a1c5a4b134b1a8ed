import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { firstPage, openBrowser, pageErrors, type Scheme, watched } from './browser';
import { NodeRedRest, startNodeRed } from './nodered';
import { NodeRedPage } from './nodered-page';
import type { Server } from './process.cjs';

const folders: string[] = [];

/** Removes what the sessions left. */
export async function removeFolders(): Promise<void> {
	for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

export interface Session {
	editor: NodeRedPage;
	rest: NodeRedRest;
	server: Server & { url: string };
	errors: string[];
}

/** A Node-RED of its own, open in a browser of its own. */
export async function inEditor(
	scheme: Scheme,
	name: string,
	work: (session: Session) => Promise<void>,
	locale = 'en-US',
): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'synoflow-nodered-'));
	folders.push(folder);
	const server = await startNodeRed(folder, process.env['SYNOFLOW_TARBALL']);
	const context = await openBrowser(scheme, locale);
	try {
		const page = await firstPage(context);
		const editor = new NodeRedPage(page, server.url);
		const errors = pageErrors(page);
		await watched(page, name, async () => {
			await editor.open(scheme);
			await work({ editor, rest: new NodeRedRest(server.url), server, errors });
		});
	} finally {
		await context.close();
		await server.stop();
	}
}
