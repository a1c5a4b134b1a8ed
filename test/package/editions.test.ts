import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import manifest from '../../package.json';
import { editions, type Edition } from '../../src/build/pack/editions';
import { filesOfBoth, packEdition } from '../../src/build/pack/pack';
import { PACKAGE, root, STRICT } from '../../src/build/places';

const run = promisify(execFile);
const CONTRIB = '@synoflow/node-red-contrib-synology';

interface Installed {
	/** Folder of the host into which the package was installed. */
	folder: string;
	place: string;
	tarball: string;
	manifest: Record<string, unknown>;
	/** Paths of all its files. */
	files: string[];
}

const edition = (id: Edition['id']): Edition => editions.find((one) => one.id === id)!;

let folder: string;
let all: string[];
let n8n: Installed;
let nodeRed: Installed;

/** Packs an edition of what the last build left in dist, and installs it into an empty folder, without a registry. */
async function install(one: Edition): Promise<Installed> {
	const tarball = await packEdition(one, all, path.join(folder, 'packages', one.id));
	const host = path.join(folder, one.id);
	mkdirSync(host, { recursive: true });
	writeFileSync(path.join(host, 'package.json'), JSON.stringify({ name: 'host', version: '0.0.1', private: true }));
	// n8n leaves out what would be installed beside the package.
	const args = ['install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', tarball];
	await run('npm', args, { cwd: host });
	const place = path.join(host, 'node_modules', one.name);
	return {
		folder: host,
		place,
		tarball,
		manifest: JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8')) as Record<string, unknown>,
		files: globSync('**/*', { cwd: place }).filter((file) => statSync(path.join(place, file)).isFile()),
	};
}

/** Runs one of the programs beside this file; gives the JSON that it prints. */
async function ask<T>(program: string, args: string[], from: string, env: Record<string, string> = {}): Promise<T> {
	const { stdout } = await run(process.execPath, [path.join(__dirname, program), ...args], {
		cwd: folder,
		env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', ...env },
		maxBuffer: 64 * 1024 * 1024,
	});
	return JSON.parse(stdout.slice(stdout.indexOf(from))) as T;
}

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'editions-'));
	all = await filesOfBoth();
	n8n = await install(edition('n8n'));
	nodeRed = await install(edition('node-red'));
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the halves', () => {
	test('hold together what the package for both holds, and share no more than what neither host reads by itself', () => {
		// n8n's half may have no commands, and stands on what n8n lends; Node-RED's has what is left out there.
		const both = [...new Set([...n8n.files, ...nodeRed.files])].sort();
		expect(both).toEqual([...all].sort());
		const shared = n8n.files.filter((file) => nodeRed.files.includes(file));
		expect(
			shared.filter((file) => !/^dist\/src\/(catalog|core|formats|host|platform|services|vendor)\//.test(file)).sort(),
		).toEqual(['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.txt', 'package.json']);
	});

	test('leave the other host out', () => {
		expect(n8n.files.filter((file) => /nodered|^resources|^examples|locales/.test(file))).toEqual([]);
		expect(nodeRed.files.filter((file) => /\/n8n\/|\.node\.js|credentials\.js|action\.json/.test(file))).toEqual([]);
		expect(n8n.manifest).not.toHaveProperty('node-red');
		expect(nodeRed.manifest).not.toHaveProperty('n8n');
		expect(nodeRed.manifest).not.toHaveProperty('peerDependencies');
	});

	test('are each smaller than the package for both', () => {
		expect(statSync(n8n.tarball).size).toBeLessThan(1_300_000);
		expect(statSync(nodeRed.tarball).size).toBeLessThan(1_600_000);
	});

	test('require nothing that they lack', () => {
		for (const { files, place } of [n8n, nodeRed]) {
			const missing = files
				.filter((file) => file.endsWith('.js') && file.startsWith('dist/') && !file.includes('/vendor/'))
				.flatMap((file) =>
					[...readFileSync(path.join(place, file), 'utf8').matchAll(/\brequire\("(\.[^"]+)"\)/g)]
						.map(([, wanted]) => path.join(place, path.dirname(file), wanted!))
						.filter((wanted) => !['', '.js', '.json', '/index.js'].some((end) => existsSync(wanted + end)))
						.map((wanted) => `${file}: ${path.relative(place, wanted)}`),
				);
			expect(missing).toEqual([]);
		}
	});

	test('come out of the same build with the same bytes', async () => {
		const again = await packEdition(edition('node-red'), all, path.join(folder, 'again'));
		expect(readFileSync(again).equals(readFileSync(nodeRed.tarball))).toBe(true);
	});

	test('say in package.json and read-me what holds for their host', () => {
		const facts = ({ version, license, engines, bugs, repository }: Record<string, unknown>) => ({
			version,
			license,
			engines,
			bugs,
			repository,
		});
		for (const one of [n8n, nodeRed]) expect(facts(one.manifest)).toEqual(facts(manifest));
		expect(n8n.manifest).toMatchObject({
			name: STRICT,
			n8n: { ...manifest.n8n, strict: true },
			peerDependencies: { 'n8n-workflow': '*' },
		});
		expect(n8n.manifest).not.toHaveProperty('bin');
		expect(nodeRed.manifest).toMatchObject({ name: CONTRIB, 'node-red': manifest['node-red'] });
		expect(n8n.manifest['keywords']).not.toContain('node-red');
		expect(nodeRed.manifest['keywords']).not.toContain('n8n-community-node-package');
		expect(nodeRed.manifest['keywords']).toContain('node-red');
		const limits = readFileSync(path.join(n8n.place, 'README.md'), 'utf8');
		for (const words of ['Wake-on-LAN cannot be sent', 'A proxy is that of n8n itself', 'N8N_SSRF_ALLOWED_IP_RANGES'])
			expect(limits).toContain(words);
		const readMe = readFileSync(path.join(nodeRed.place, 'README.md'), 'utf8');
		expect(readMe).toContain(`npm install ${CONTRIB}`);
		expect(readMe).toContain('| File Station | action, trigger |');
	});
});

test('Node-RED loads every node set of its half, with form, help, icon, examples and browser code', async () => {
	const found = await ask<{
		sets: { module: string; name: string; err?: string; enabled: boolean }[];
		html: string;
		icons: Record<string, string[]>;
		examples: unknown;
		script: string;
	}>('nodered.cjs', [nodeRed.folder, CONTRIB], '{');
	const own = found.sets.filter(({ module }) => module === CONTRIB);
	expect(own.map(({ name, enabled, err }) => ({ name, enabled, err }))).toEqual(
		Object.keys(manifest['node-red'].nodes).map((name) => ({ name, enabled: true, err: undefined })),
	);
	// What the editor fetches lies below the name of this package.
	expect(found.html).toContain(`src="resources/${CONTRIB}/editor.js"`);
	expect(found.html + found.script).not.toContain(PACKAGE);
	expect(found.script).toContain(`resources/${CONTRIB}/`);
	expect(found.icons[CONTRIB]).toHaveLength(globSync('icons/nodered/*.svg', { cwd: root }).length);
	expect(JSON.stringify(found.examples)).toContain('chat-echo-bot');
}, 60_000);

test('n8n loads every node and credential of its half', async () => {
	const found = await ask<{ name: string; nodes: { name: string; iconUrl: unknown }[]; credentials: string[] }>(
		'n8n.cjs',
		[n8n.place],
		'{"name"',
		{ NODE_PATH: path.join(root, 'node_modules'), N8N_USER_FOLDER: folder },
	);
	expect(found.name).toBe(STRICT);
	const nodes = found.nodes.filter(({ name }) => !name.endsWith('Tool'));
	expect(nodes.map(({ name }) => name).sort()).toEqual(
		manifest.n8n.nodes.map((file) => path.basename(file, '.node.js').replace(/^S/, 's')).sort(),
	);
	expect(nodes.filter(({ iconUrl }) => !iconUrl)).toEqual([]);
	expect(found.credentials).toHaveLength(manifest.n8n.credentials.length);
}, 60_000);

test('the sign-in command runs from the half for Node-RED, and tells its usage under the name of the package', async () => {
	const [command] = Object.values(nodeRed.manifest['bin'] as Record<string, string>);
	const asked = run(process.execPath, [path.join(nodeRed.place, command!), '--help']);
	await expect(asked).rejects.toMatchObject({ stderr: expect.stringContaining(`npx ${CONTRIB} sign-in`) });
});
