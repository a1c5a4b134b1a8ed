// Starts a real Node-RED on the user folder given as argument and prints what `GET /nodes` says of its node sets; a second argument
// names the package whose examples are listed and whose browser code is fetched.
const { createServer } = require('node:http');
const RED = require('node-red');

const name = process.argv[3] ?? '@synoflow/n8n-nodes-synology';

const settings = {
	userDir: process.argv[2],
	flowFile: 'flows.json',
	httpAdminRoot: '/',
	httpNodeRoot: '/',
	credentialSecret: 'test',
	logging: { console: { level: 'off' } },
	telemetry: { enabled: false },
	editorTheme: { tours: false },
	externalModules: { palette: { allowInstall: false } },
};

async function get(port, path, accept) {
	const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept } });
	return accept === 'application/json' ? await response.json() : await response.text();
}

async function main() {
	const server = createServer((request, response) => RED.httpAdmin(request, response));
	RED.init(server, settings);
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	await RED.start();
	const { port } = server.address();
	const sets = await get(port, '/nodes', 'application/json');
	const html = await get(port, '/nodes', 'text/html');
	const icons = await get(port, '/icons', 'application/json');
	const examples = await get(port, `/library/examples/flows/${name}`, 'application/json');
	const script = await get(port, `/resources/${name}/editor.js`, 'text/javascript');
	await RED.stop();
	// What goes into a pipe may still be on its way when write returns.
	process.stdout.write(JSON.stringify({ sets, html, icons, examples, script }), () => process.exit(0));
}

void main();
