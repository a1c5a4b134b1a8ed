// The demo in n8n: installs n8n on first use, starts it beside a simulated NAS, and publishes a workflow that answers mentions.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installN8n, startN8n } from '../../test/e2e/n8n/server.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(path.join(root, 'dist/'));
const { startSimulator } = require('./src/simulator');
const { startLife } = require('./src/simulator/core/life');
const { freePort, freshFolder, onEnd } = require('./src/build/places');
const { everyFiveSeconds, N8nRest, owner } = require('../test/e2e/n8n/rest.cjs');

const SCOPE = '@synoflow/n8n-nodes-synology';

/** The package as n8n would install it: linked, it would find this project's n8n-workflow instead of n8n's own. */
function pack() {
	const folder = path.join(root, '.cache/pack');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root });
	return path.join(folder, readdirSync(folder)[0]);
}

const node = (name, type, x, parameters, credentials) => ({
	id: name.toLowerCase().replaceAll(' ', '-'),
	name,
	type: `${SCOPE}.${type}`,
	typeVersion: 1,
	position: [x, 0],
	parameters,
	credentials,
});

/** Workflows of a trigger and a node behind it. */
const workflows = (credentials) => [
	// Answers each message that mentions the account, in its thread or in a new one below it.
	[
		'Answer mentions',
		node(
			'New mention',
			'synologyChatTrigger',
			0,
			{ event: 'messageReceived', scope: 'mentions', pollTimes: everyFiveSeconds },
			credentials,
		),
		node(
			'Answer',
			'synologyChat',
			260,
			{
				resource: 'message',
				operation: 'reply',
				thread_id: '={{ Number($json.thread_id) > 0 ? $json.thread_id : $json.post_id }}',
				message: '=On my way, {{ $json.creator_name }}.',
			},
			credentials,
		),
	],
	// A drive gets hot and cools down again: the alarm comes and goes.
	[
		'Hot drive',
		node(
			'Drive hot',
			'synologySystemTrigger',
			0,
			{ event: 'diskTemperatureHigh', threshold: 55, recovered: true, pollTimes: everyFiveSeconds },
			credentials,
		),
		node(
			'Read the drives',
			'synologySystem',
			260,
			{ resource: 'disk', operation: 'list', returnAll: true },
			credentials,
		),
	],
];

/** Publishes the workflows; gives the id of each. */
async function addWorkflows(n8n, { url, account, password }) {
	const credential = await n8n.createCredential('Simulated NAS', 'synologyNasApi', { url, account, password });
	const ids = [];
	for (const [name, first, second] of workflows({ synologyNasApi: credential })) {
		const connections = { [first.name]: { main: [[{ node: second.name, type: 'main', index: 0 }]] } };
		const { id } = await n8n.createWorkflow(name, [first, second], connections);
		const { status } = await n8n.publish(id);
		if (status !== 'published') throw new Error(`n8n could not publish the demo workflow "${name}".`);
		ids.push(id);
	}
	return ids;
}

async function main() {
	await installN8n();
	const simulator = await startSimulator({ allowUnknown: true });
	const server = await startN8n({ port: await freePort(5678), userFolder: freshFolder('n8n'), packageDir: pack() });
	const parts = [() => server.stop(), () => simulator.close()];
	const stop = async () => void (await Promise.allSettled(parts.map((part) => part())));
	onEnd(stop);
	try {
		const ids = await addWorkflows(await new N8nRest(server.url).signIn(), simulator);
		const life = startLife(simulator);
		parts.unshift(() => life.stop());
		tell(server.url, ids, simulator);
	} catch (error) {
		await stop();
		throw error;
	}
}

const tell = (url, [mentions, hot], { url: nas, account, password }) =>
	console.log(`
n8n with demo workflows, log in with ${owner.email}, password ${owner.password}
  ${url}/workflow/${mentions}/executions
    Somebody mentions you about every half minute; each mention is an execution that answers.
  ${url}/workflow/${hot}/executions
    A drive gets hot and cools down again; each is an execution, with "exceeded" and then "recovered" as its state.
Simulated NAS:             ${nas}
  account ${account}, password ${password}
Ctrl+C ends both.
`);

await main();
