import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { startSimulator } from '../simulator';
import { startLife } from '../simulator/core/life';
import { demoFlows } from './demo-flows';
import { freePort, freshFolder, linkPackage, onEnd } from './places';

type Handler = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;

/** The part of Node-RED's runtime that is used here; the package has no declarations. */
interface Runtime {
	init: (server: unknown, settings: object) => void;
	start: () => Promise<void>;
	stop: () => Promise<void>;
	httpAdmin: Handler;
	httpNode: Handler;
}

const settings = (userDir: string, uiPort: number) => ({
	userDir,
	uiHost: '127.0.0.1',
	uiPort,
	flowFile: 'flows.json',
	httpAdminRoot: '/',
	httpNodeRoot: '/',
	credentialSecret: 'demo',
	logging: { console: { level: 'error', metrics: false, audit: false } },
	telemetry: { enabled: false, updateNotification: false },
	editorTheme: { tours: false, projects: { enabled: false } },
	externalModules: { palette: { allowInstall: false, allowUpdate: false } },
});

/** Starts a Node-RED on the loopback address in which this package is installed; gives its URL. */
async function startNodeRed(): Promise<{ url: string; stop: () => Promise<void> }> {
	const red = require('node-red') as Runtime;
	const port = await freePort(1880);
	const userDir = freshFolder('node-red');
	linkPackage(userDir);
	const server = createServer((request, response) =>
		red.httpAdmin(request, response, () => red.httpNode(request, response)),
	);
	red.init(server, settings(userDir, port));
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	await red.start();
	const stop = async () => {
		await red.stop();
		server.closeAllConnections();
		server.close();
	};
	return { url: `http://127.0.0.1:${port}`, stop };
}

/** Deploys flows; Node-RED stores the credentials inside them encrypted. */
async function deploy(url: string, flows: object[]): Promise<void> {
	const headers = {
		'content-type': 'application/json',
		'Node-RED-API-Version': 'v2',
		'Node-RED-Deployment-Type': 'full',
	};
	const response = await fetch(`${url}/flows`, { method: 'POST', headers, body: JSON.stringify({ flows }) });
	if (!response.ok) throw new Error(`Node-RED refused the demo flows: ${response.status} ${await response.text()}`);
}

async function main(): Promise<void> {
	const simulator = await startSimulator({ allowUnknown: true });
	const nodeRed = await startNodeRed();
	await deploy(nodeRed.url, demoFlows(simulator));
	const life = startLife(simulator, { everyMs: 1500 });
	onEnd(async () => {
		life.stop();
		await nodeRed.stop();
		await simulator.close();
	});
	console.log(`
Node-RED with demo flows:  ${nodeRed.url}
  Messages, files and meetings of the simulated NAS appear in the debug sidebar within ten seconds.
  Drive 2 gets hot within half a minute: the node "Alarm" says so, and a minute later that it is well again.
Simulated NAS:             ${simulator.url}
  account ${simulator.account}, password ${simulator.password}
Ctrl+C ends both.
`);
}

void main();
