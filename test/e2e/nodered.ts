import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort, node24Env, root, run, type Server, startProcess, until } from './process.cjs';

const program = path.join(root, 'node_modules/node-red/red.js');

/** No outside requests, no tours; a disk store beside the memory store, for trigger cursors. */
const settings = (port: number) => ({
	uiHost: '127.0.0.1',
	uiPort: port,
	flowFile: 'flows.json',
	credentialSecret: 'a secret for tests',
	telemetry: { enabled: false, updateNotification: false },
	editorTheme: { tours: false, projects: { enabled: false }, palette: { catalogues: [] }, codeEditor: { lib: 'ace' } },
	externalModules: { palette: { allowInstall: false }, modules: { allowInstall: false } },
	contextStorage: { default: { module: 'memory' }, disk: { module: 'localfilesystem' } },
	logging: { console: { level: 'info' } },
});

/** Installs the packed package as users do; it has no dependencies, so nothing is fetched. */
async function addPackage(userFolder: string, tarball: string): Promise<void> {
	const manifest = { name: 'node-red-project', version: '0.0.1', private: true };
	await writeFile(path.join(userFolder, 'package.json'), JSON.stringify(manifest));
	const args = ['install', '--offline', '--omit=dev', '--no-audit', '--no-fund', tarball];
	await run('npm', args, { cwd: userFolder, env: node24Env() });
}

/** Starts a whole Node-RED as a child process, in a user folder of its own. */
export async function startNodeRed(userFolder: string, tarball?: string): Promise<Server & { url: string }> {
	await mkdir(userFolder, { recursive: true });
	if (tarball) await addPackage(userFolder, tarball);
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const file = path.join(userFolder, 'settings.js');
	await writeFile(file, `module.exports = ${JSON.stringify(settings(port), null, '\t')};\n`);
	const server = await startProcess('Node-RED', [program, '--userDir', userFolder, '--settings', file], {
		cwd: userFolder,
		// The flows run a little later than the editor answers.
		ready: async ({ log }) => log().includes('Started flows') && (await fetch(`${url}/settings`)).ok,
	});
	return { ...server, url };
}

export interface NodeSet {
	id: string;
	module: string;
	types: string[];
	enabled: boolean;
	err?: unknown;
}

export interface FlowNode {
	id: string;
	type: string;
	name?: string;
	[field: string]: unknown;
}

/** Node-RED's admin interface, as its editor uses it. */
export class NodeRedRest {
	constructor(readonly url: string) {}

	async get(what: string): Promise<unknown> {
		const response = await fetch(this.url + what, { headers: { accept: 'application/json' } });
		if (!response.ok) throw new Error(`GET ${what}: HTTP ${response.status}`);
		return await response.json();
	}

	async nodeSets(module: string): Promise<NodeSet[]> {
		return ((await this.get('/nodes')) as NodeSet[]).filter((set) => set.module === module);
	}

	async flows(): Promise<FlowNode[]> {
		return (await this.get('/flows')) as FlowNode[];
	}

	/** The first deployed node that fits, as soon as there is one. */
	async deployed(what: string, fits: (node: FlowNode) => boolean): Promise<FlowNode> {
		return await until(`${what} is deployed`, async () => (await this.flows()).find(fits));
	}
}
