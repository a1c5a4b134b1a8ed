import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { allServices } from '../../src/services';

const root = path.join(__dirname, '../..');
const NAME = '@synoflow/n8n-nodes-synology';
const run = promisify(execFile);

interface Manifest {
	[key: string]: unknown;
	name: string;
	version: string;
	engines: { node: string };
	scripts: Record<string, string>;
	files: string[];
	n8n: { n8nNodesApiVersion: number; nodes: string[]; credentials: string[] };
	'node-red': { version: string; nodes: Record<string, string> };
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

let folder: string;
let tarball: string;
let files: { path: string; size: number }[];
let installed: string;

/** Packs what the last build left in dist, and installs that into an empty Node-RED user folder without a registry. */
beforeAll(async () => {
	expect(existsSync(path.join(root, 'dist/src/vendor/zod.js'))).toBe(true);
	folder = mkdtempSync(path.join(tmpdir(), 'package-'));
	const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: root,
	});
	[{ files }] = JSON.parse(stdout);
	tarball = path.join(
		folder,
		readdirSync(folder).find((name) => name.endsWith('.tgz'))!,
	);
	const userDir = path.join(folder, 'node-red');
	mkdirSync(userDir);
	writeFileSync(
		path.join(userDir, 'package.json'),
		JSON.stringify({ name: 'node-red-project', version: '0.0.1', private: true }),
	);
	await run('npm', ['install', '--engine-strict', '--offline', '--no-audit', '--no-fund', tarball], { cwd: userDir });
	installed = path.join(userDir, 'node_modules', NAME);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the tarball', () => {
	test('holds no simulator, tests, build tools, sources or maps', () => {
		const strange = files.filter(({ path: file }) =>
			/(^|\/)(simulator|build|test|docs|node_modules)\/|\.map$|\.ts$|\.tsbuildinfo$/.test(file),
		);
		expect(strange.map(({ path: file }) => file)).toEqual([]);
	});

	test('is smaller than 1.8 MB', () => {
		expect(statSync(tarball).size).toBeLessThan(1_800_000);
	});

	test('holds every file that package.json names, the licence and the read-me', () => {
		const names = files.map(({ path: file }) => file);
		const { nodes, credentials } = manifest.n8n;
		expect(names).toEqual(
			expect.arrayContaining([
				...nodes,
				...credentials,
				...Object.values(manifest['node-red'].nodes),
				'LICENSE',
				'README.md',
				'package.json',
			]),
		);
	});

	test('holds an example for each Node-RED node type that is not a configuration, and none for n8n, which Node-RED would list', () => {
		const examples = path.join(installed, 'examples');
		const names = readdirSync(examples);
		expect(names.filter((name) => !name.endsWith('.json'))).toEqual([]);
		const flows = names.map((name) => readFileSync(path.join(examples, name), 'utf8'));
		const types = flows.flatMap((flow) => (JSON.parse(flow) as { type: string }[]).map(({ type }) => type));
		expect(types).toEqual(expect.arrayContaining(['synology-api', 'synology-chat', 'synology-chat-trigger']));
	});

	test('needs no other package', () => {
		expect(readdirSync(path.dirname(installed))).toEqual([path.basename(installed)]);
		expect(readdirSync(path.join(folder, 'node-red/node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
			'@synoflow',
		]);
	});

	test('requires nothing at run time but itself, Node.js and n8n-workflow', () => {
		const code = files.filter(
			({ path: file }) => file.endsWith('.js') && !file.includes('/vendor/') && file.startsWith('dist/'),
		);
		const wanted = code.flatMap(({ path: file }) =>
			[...readFileSync(path.join(installed, file), 'utf8').matchAll(/\brequire\("([^".][^"]*)"\)/g)].map(
				([, name]) => name!,
			),
		);
		expect([...new Set(wanted)].filter((name) => !name.startsWith('node:'))).toEqual(['n8n-workflow']);
	});
});

describe('package.json', () => {
	test('keeps the rules of n8n for community nodes', () => {
		expect(manifest.name).toMatch(/^@[a-z0-9-]+\/n8n-nodes-[a-z-]+$/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.author).toEqual({ name: expect.any(String), email: expect.stringContaining('@') });
		expect(manifest.n8n.n8nNodesApiVersion).toBe(1);
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect([...manifest.n8n.nodes, ...manifest.n8n.credentials].filter((file) => !file.startsWith('dist/'))).toEqual(
			[],
		);
		for (const forbidden of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides'])
			expect(manifest).not.toHaveProperty(forbidden);
		const hooks = ['prepare', 'prepack', 'prepublish', 'prepublishOnly', 'preinstall', 'install', 'postinstall'];
		expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
	});

	test('keeps the rules of Node-RED, and blocks no other installation', () => {
		expect(manifest.keywords).toContain('node-red');
		expect(manifest['node-red'].version).toBe('>=3.1.0');
		expect(manifest.engines).toEqual({ node: '>=20.18.1' });
		expect(manifest.peerDependenciesMeta).toEqual({ 'n8n-workflow': { optional: true } });
		expect(Object.values(manifest['node-red'].nodes).filter((file) => !file.endsWith('.js'))).toEqual([]);
	});

	test('has a lock file that names no registry', () => {
		expect(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "https?:/);
	});
});

test('a Node-RED without n8n loads every node set, with form, help and icon', async () => {
	const { stdout } = await run(process.execPath, [path.join(__dirname, 'nodered.cjs'), path.join(folder, 'node-red')], {
		cwd: folder,
		env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
		maxBuffer: 64 * 1024 * 1024,
	});
	const { sets, html, icons, examples } = JSON.parse(stdout) as {
		sets: { module: string; name: string; err?: string; types: string[]; enabled: boolean }[];
		html: string;
		icons: Record<string, string[]>;
		examples: unknown;
	};
	const own = sets.filter(({ module }) => module === NAME);
	expect(own.map(({ name, enabled, err }) => ({ name, enabled, err }))).toEqual(
		Object.keys(manifest['node-red'].nodes).map((name) => ({ name, enabled: true, err: undefined })),
	);
	for (const type of own.flatMap(({ types }) => types)) {
		expect(html).toContain(`data-template-name="${type}"`);
		expect(html).toContain(`data-help-name="${type}"`);
	}
	expect(JSON.stringify(examples)).toContain('api-call');
	expect(icons[NAME]!.sort()).toEqual(['nas', ...allServices().map(({ id }) => id)].map((id) => `${id}.svg`).sort());
}, 60_000);

test('n8n’s loader finds every node and credential, with icon and categories', async () => {
	// n8n removes what would be installed beside the package, and lets it find n8n-workflow by NODE_PATH.
	const place = path.join(folder, 'n8n/nodes/node_modules', NAME);
	cpSync(installed, place, { recursive: true });
	const { stdout } = await run(process.execPath, [path.join(__dirname, 'n8n.cjs'), place], {
		cwd: folder,
		env: {
			...process.env,
			NODE_OPTIONS: '',
			NODE_ENV: '',
			NODE_PATH: path.join(root, 'node_modules'),
			N8N_USER_FOLDER: folder,
		},
		maxBuffer: 64 * 1024 * 1024,
	});
	const found = JSON.parse(stdout.slice(stdout.indexOf('{"name"'))) as {
		name: string;
		nodes: { name: string; iconUrl: unknown; categories: unknown; credentials: unknown }[];
		credentials: string[];
	};
	expect(found.name).toBe(NAME);
	expect(found.credentials.sort()).toEqual(['synologyChatBotApi', 'synologyNasApi', 'synologySsoOAuth2Api']);
	// Nodes that are usable as tools come twice, the second time as tool.
	expect(
		found.nodes
			.map(({ name }) => name)
			.filter((name) => !name.endsWith('Tool'))
			.sort(),
	).toEqual(manifest.n8n.nodes.map((file) => path.basename(file, '.node.js').replace(/^S/, 's')).sort());
	for (const { name, iconUrl, categories, credentials } of found.nodes.filter((node) => !node.name.endsWith('Tool'))) {
		const icon = allServices().find(({ id }) => name.toLowerCase().startsWith(`synology${id}`))!.id;
		expect({ name, iconUrl, credentials }).toEqual({
			name,
			iconUrl: { light: `icons/${NAME}/dist/icons/${icon}.svg`, dark: `icons/${NAME}/dist/icons/${icon}.dark.svg` },
			credentials: /^synologyChat(Bot|$)/.test(name) ? ['synologyNasApi', 'synologyChatBotApi'] : ['synologyNasApi'],
		});
		expect(categories).toEqual(expect.arrayContaining([expect.any(String)]));
	}
}, 60_000);
