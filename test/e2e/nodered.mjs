// A whole Node-RED 5 as a child process, in a user folder of its own, with the packed package installed as users install it.
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { freePort, node24Env, root, run, startProcess, until } from './process.mjs';

const program = createRequire(path.join(root, 'package.json')).resolve('node-red/red.js');

/** No outside requests, no tours; a disk store beside the memory store, for trigger cursors. */
const settings = (port) => ({
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

/** Installs `tarball` into `userFolder`; the package has no dependencies, so nothing is fetched. */
async function addPackage(userFolder, tarball) {
	await writeFile(path.join(userFolder, 'package.json'), JSON.stringify({ name: 'node-red-project', version: '0.0.1', private: true }));
	await run('npm', ['install', '--offline', '--omit=dev', '--no-audit', '--no-fund', tarball], { cwd: userFolder, env: node24Env() });
}

/** Starts Node-RED. Gives `{ url, log(), stop(), pid }`. */
export async function startNodeRed({ port, userFolder, tarball }) {
	await mkdir(userFolder, { recursive: true });
	if (tarball) await addPackage(userFolder, tarball);
	const actualPort = port || (await freePort());
	const url = `http://127.0.0.1:${actualPort}`;
	const file = path.join(userFolder, 'settings.js');
	await writeFile(file, `module.exports = ${JSON.stringify(settings(actualPort), null, '\t')};\n`);
	const server = await startProcess('Node-RED', [program, '--userDir', userFolder, '--settings', file], {
		cwd: userFolder,
		// The flows run a little later than the editor answers.
		ready: async ({ log }) => log().includes('Started flows') && (await fetch(`${url}/settings`)).ok,
	});
	return { url, log: server.log, stop: server.stop, pid: server.pid };
}

/** Node-RED's admin interface, as its editor uses it. */
export class NodeRedRest {
	constructor(url) {
		this.url = url;
	}

	async get(what) {
		const response = await fetch(this.url + what, { headers: { accept: 'application/json' } });
		if (!response.ok) throw new Error(`GET ${what}: HTTP ${response.status}`);
		return await response.json();
	}

	/** Node sets of the package: `[{ id, types, enabled, err? }]`. */
	async nodeSets(module) {
		return (await this.get('/nodes')).filter((set) => set.module === module);
	}

	async flows() {
		return await this.get('/flows');
	}

	/** The deployed node, as soon as there is one. */
	async node(matches, options) {
		return await until('a node is deployed', async () => (await this.flows()).find(matches), options);
	}
}
