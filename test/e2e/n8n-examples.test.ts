import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSimulator } from '../../src/simulator';
import { N8nRest } from './n8n/rest.cjs';
import { Example, examples } from './n8n-example';
import { stories } from './n8n-stories';
import { root, type Server } from './process.cjs';

let folder: string;
let server: Server & { url: string };
let rest: N8nRest;

/** The clock of the NAS and of n8n, ahead of the machine's. */
let ahead = 0;
const clock = { now: () => Date.now() + ahead };
const clockFile = () => path.join(folder, 'ahead');

async function advance(ms: number): Promise<void> {
	ahead += ms;
	await writeFile(clockFile(), String(ahead));
	// The server looks at the file twenty times a second.
	await new Promise((resolve) => setTimeout(resolve, 200));
}

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-n8n-'));
	await advance(0);
	const { startN8n } = await import('./n8n/server.mjs');
	const tarball = process.env['SYNOFLOW_TARBALL'];
	const env = {
		NODE_OPTIONS: `--require=${path.join(root, 'test/e2e/n8n/clock.cjs')}`,
		CLOCK_AHEAD_FILE: clockFile(),
	};
	server = await startN8n({ userFolder: folder, env, ...(tarball && { packageDir: tarball }) });
	rest = await new N8nRest(server.url).signIn();
});

afterAll(async () => {
	await server?.stop();
	await rm(folder, { recursive: true, force: true });
});

describe('an example, imported into a whole n8n server, runs to its end', () => {
	test('each of them', () => {
		expect(Object.keys(stories).sort()).toEqual(examples);
	});

	test.each(examples)('%s', async (file) => {
		const simulator = await startSimulator({ clock });
		const example = new Example(file, { rest, simulator, advance });
		try {
			await stories[file]!(example);
		} finally {
			await example.remove();
			await simulator.close();
		}
	});
});
