import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import manifest from '../../package.json';
import { editions } from '../../src/build/pack/editions';
import { filesOfBoth, packEdition } from '../../src/build/pack/pack';
import { STRICT } from '../../src/build/places';
import { N8nRest } from './n8n/rest.cjs';
import { byId, chatNode, newMessage, PACKAGE, webhook, wire } from './n8n-flows';
import { type NasServer, Person, startNas } from './nas';
import { type Server, until } from './process.cjs';

let nas: NasServer;
let bob: Person;
let general: number;
let folder: string;
let server: Server & { url: string };
let rest: N8nRest;

/** Starts n8n with the edition; which packages load is left to what n8n does by itself. */
async function start(env: Record<string, string> = {}): Promise<void> {
	const { startN8n } = await import('./n8n/server.mjs');
	const edition = editions.find(({ id }) => id === 'n8n')!;
	const packageDir = await packEdition(edition, await filesOfBoth(), path.join(folder, 'packed'));
	server = await startN8n({
		userFolder: folder,
		packageDir,
		packageName: STRICT,
		env: { N8N_UNVERIFIED_PACKAGES_ENABLED: undefined, ...env },
	});
	rest = await new N8nRest(server.url).signIn();
}

const credential = () =>
	rest.createCredential('NAS', 'synologyNasApi', { url: nas.url, account: nas.account, password: nas.password });

/** A node of this package as a node of the edition. */
const strict = <T extends { type: string }>(node: T): T => ({ ...node, type: node.type.replace(PACKAGE, STRICT) });

/** Runs a workflow that a webhook starts, and gives what its last node gave. */
async function run(name: string, nodes: { name: string }[], request: RequestInit = {}): Promise<Response> {
	const hook = webhook(name);
	const parameters = { ...hook.parameters, responseMode: 'lastNode', responseData: 'firstEntryBinary' };
	const wires = [webhook(name), ...nodes].map(({ name: from }, index) => ({ from, to: nodes[index]?.name }));
	const connections = Object.assign(
		{},
		...wires.map(({ from, to }) => (to ? wire(from ?? 'Webhook', to) : {})),
	) as object;
	const workflow = await rest.createWorkflow(name, [{ ...hook, parameters }, ...nodes], connections);
	expect(await rest.publish(workflow.id)).toMatchObject({ status: 'published' });
	const answer = await fetch(`${server.url}/webhook/${name}`, { method: 'POST', ...request });
	await rest.unpublish(workflow.id);
	return answer;
}

beforeAll(async () => {
	nas = await startNas();
	bob = await new Person(nas.url).login('bob', 'bob-Passw0rd');
	general = await bob.channelId('General');
	folder = await mkdtemp(path.join(tmpdir(), 'synoflow-n8n-'));
	await start();
});

afterAll(async () => {
	await server?.stop();
	await nas?.stop();
	await rm(folder, { recursive: true, force: true });
});

describe('the edition that keeps to the rules of n8n, in a whole n8n server', () => {
	test('is known with all its nodes and credentials', async () => {
		const nodes = (await rest.send('GET', '/types/nodes.json')) as { name: string }[];
		const wanted = manifest.n8n.nodes.map((file) => `${STRICT}.s${path.basename(file, '.node.js').slice(1)}`);
		expect(nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
		expect(server.log()).not.toMatch(/synoflow.*(error|could not)|(error|could not).*synoflow/i);
	});

	test('tests its credential by a login', async () => {
		const made = await credential();
		const credentials = { ...made, type: 'synologyNasApi' };
		const tested = async (password: string) =>
			await rest.send('POST', '/rest/credentials/test', {
				credentials: { ...credentials, data: { url: nas.url, account: nas.account, password } },
			});
		expect(await tested(nas.password)).toMatchObject({ status: 'OK' });
		expect(await tested('wrong')).toMatchObject({ status: 'Error', message: expect.stringContaining('password') });
	});

	test('sends a message, and a trigger starts with it', async () => {
		const watching = await rest.createWorkflow('Watch', [strict(newMessage('Message', await credential()))]);
		expect(await rest.publish(watching.id)).toMatchObject({ status: 'published' });
		const parameters = {
			resource: 'message',
			operation: 'send',
			channel_id: byId(String(general)),
			message: 'From n8n',
		};
		await run('send', [strict(chatNode('Chat', parameters, await credential()))]);
		expect((await bob.posts(general)).map(({ message }) => message)).toContain('From n8n');
		await until(
			'the trigger starts a workflow',
			async () => {
				await bob.post(general, 'Anybody?');
				const [last] = await rest.executions(watching.id);
				return (
					last && (await rest.execution(last.id)).nodes['Message']?.some(({ json }) => json['text'] === 'Anybody?')
				);
			},
			{ within: 60_000, every: 5_500 },
		);
		await rest.unpublish(watching.id);
	});

	test('takes a file to the NAS and back, byte for byte', async () => {
		const bytes = randomBytes(8 * 2 ** 20);
		const file = (operation: string, parameters: object, ref: { id: string; name: string }) => ({
			...strict(chatNode(operation, { resource: 'file', operation, ...parameters }, ref)),
			type: `${STRICT}.synologyFile`,
		});
		const ref = await credential();
		const nodes = [
			file(
				'upload',
				{ folder: { __rl: true, mode: 'path', value: '/home' }, file: 'data', conflict: 'overwrite' },
				ref,
			),
			file('download', { path: '/home/bytes.bin', outputField: 'data' }, ref),
		];
		const body = new FormData();
		body.set('data', new Blob([bytes]), 'bytes.bin');
		const answer = await run('files', nodes, { body });
		expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
	});

	test('is held back by the protection of n8n against private addresses, and says who can change that', async () => {
		await server.stop();
		await start({ N8N_SSRF_PROTECTION_ENABLED: 'true' });
		const list = strict(chatNode('Channels', { resource: 'channel', operation: 'list' }, await credential()));
		const workflow = await rest.createWorkflow('Held back', [webhook('held'), list], wire('Webhook', 'Channels'));
		expect(await rest.publish(workflow.id)).toMatchObject({ status: 'published' });
		await fetch(`${server.url}/webhook/held`, { method: 'POST' });
		const { id } = await until('the execution has ended', async () =>
			(await rest.executions(workflow.id)).find(({ status }) => status === 'error'),
		);
		expect((await rest.execution(id)).error).toContain('is an address that n8n does not let nodes reach');
	});
});
