import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root, run } from './process.cjs';

const modules = path.join(root, 'test/e2e/n8n/node_modules');
const inN8n = createRequire(path.join(modules, 'n8n/package.json'));
const { version } = inN8n('n8n/package.json') as { version: string };

interface Service {
	image: string;
	entrypoint?: string[];
	command?: string[];
	environment?: Record<string, string>;
	volumes?: string[];
}

/** A compose file as docker-compose reads it: checked against its schema, with the values of `.env`. */
async function composed(file: string): Promise<Record<string, Service>> {
	const values = { N8N_ENCRYPTION_KEY: 'key', N8N_URL: 'http://nas.example.com:5678', POSTGRES_PASSWORD: 'secret' };
	const args = ['-f', path.join(root, 'examples/docker', file), 'config'];
	const text = await run('docker-compose', args, { env: { ...process.env, ...values } });
	return ((inN8n('yaml') as { parse: (text: string) => unknown }).parse(text) as { services: Record<string, Service> })
		.services;
}

/** Names of all settings that this n8n reads from its environment. */
function settings(): Set<string> {
	const folders = [path.join(modules, '@n8n/config/dist'), path.join(modules, 'n8n/dist/modules')];
	const files = folders.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((name) => /config\.js$/.test(name) || name === 'index.js')
			.map((name) => path.join(folder, name)),
	);
	const names = files.flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(/Env\)\('([A-Z0-9_]+)'/g)].map(([, name]) => name!),
	);
	return new Set([...names, 'TZ']);
}

const isN8n = ({ image }: Service) => image.startsWith('docker.n8n.io/');

describe.each(['compose.yaml', 'compose.queue.yaml'])('%s', (file) => {
	test('is valid, runs the n8n that these tests run, and sets nothing that this n8n does not know', async () => {
		const services = Object.values(await composed(file)).filter(isN8n);
		expect(new Set(services.map(({ image }) => image))).toEqual(new Set([`docker.n8n.io/n8nio/n8n:${version}`]));
		const known = settings();
		expect(known.has('N8N_UNVERIFIED_PACKAGES_ENABLED')).toBe(true);
		const set = services.flatMap(({ environment = {} }) => Object.keys(environment));
		expect(set.filter((name) => !known.has(name))).toEqual([]);
	});

	test('installs the package where each process of n8n looks for it, and lets n8n load it', async () => {
		const { nodes, ...services } = await composed(file);
		expect([...nodes!.entrypoint!, ...nodes!.command!]).toEqual(
			expect.arrayContaining(['/home/node/.n8n/nodes', '@synoflow/n8n-nodes-synology@latest']),
		);
		const processes = Object.values(services).filter(isN8n);
		expect(processes.length).toBeGreaterThan(0);
		for (const { volumes, environment } of processes) {
			expect(volumes).toEqual(nodes!.volumes);
			expect(environment).toMatchObject({
				N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
				N8N_ENCRYPTION_KEY: 'key',
				N8N_WEBHOOK_URL: 'http://nas.example.com:5678/',
			});
		}
	});
});

test('the workers of compose.queue.yaml run a command that n8n has, against the same database and queue as main', async () => {
	const { main, worker } = await composed('compose.queue.yaml');
	const commands = readdirSync(path.join(modules, 'n8n/dist/commands'));
	expect(commands).toContain(`${worker!.command![0]}.js`);
	expect(worker!.environment).toEqual(main!.environment);
	expect(worker!.environment).toMatchObject({
		EXECUTIONS_MODE: 'queue',
		DB_POSTGRESDB_HOST: 'postgres',
		QUEUE_BULL_REDIS_HOST: 'redis',
	});
});
