// `gulp e2e`: installs what the tests need on first use, packs the built package, runs the tests.
// JEST_JSON=<file> also writes jest's JSON summary there, E2E_IMAGES=1 renews docs/images; arguments go to jest.
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installClients } from './clients/install.mjs';
import { installQueue } from './n8n/queue.mjs';
import { installN8n } from './n8n/server.mjs';
import { installDebian, node24, node24Env, root, run } from './process.cjs';

const screenshots = path.join(root, '.cache/e2e/screenshots');

/** Pictures of the README, by their name in docs/images and among the screenshots. */
const images = {
	'n8n-light': 'n8n-light',
	'n8n-dark': 'n8n-dark',
	'n8n-trigger': 'n8n-trigger-light',
	'n8n-credential': 'n8n-credential',
	'nodered-light': 'nodered-flow-light',
	'nodered-dark': 'nodered-flow-dark',
	'nodered-form-light': 'nodered-form-light',
	'nodered-form-dark': 'nodered-form-dark',
	'nodered-connection': 'nodered-connection-light',
};

async function renewImages() {
	const folder = path.join(root, 'docs/images');
	await mkdir(folder, { recursive: true });
	for (const [name, screenshot] of Object.entries(images)) {
		await copyFile(path.join(screenshots, `${screenshot}.png`), path.join(folder, `${name}.png`));
	}
}

/** `npm pack` of the built package, into a folder of its own. */
async function pack() {
	const folder = await mkdtemp(path.join(tmpdir(), 'synoflow-pack-'));
	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root, env: node24Env() });
	const [file] = await readdir(folder);
	return path.join(folder, file);
}

async function jest(tarball) {
	const results = process.env.JEST_JSON;
	const args = [
		path.join(root, 'node_modules/jest/bin/jest.js'),
		'--config',
		path.join(root, 'test/e2e/jest.config.cjs'),
		...(results ? ['--json', `--outputFile=${path.resolve(results)}`] : []),
		...process.argv.slice(2),
	];
	const env = { ...node24Env(), NODE_OPTIONS: '--experimental-vm-modules --no-warnings', SYNOFLOW_TARBALL: tarball };
	await run(node24, args, { cwd: root, env, show: true });
}

/** The summary of jest says it all; a stack trace below it would only hide it. */
const fail = (error) => {
	console.error(error.message);
	process.exitCode = 1;
};

async function main() {
	await installDebian(process.env.CHROMIUM ?? '/usr/bin/chromium', ['chromium', 'fonts-dejavu-core']);
	await installN8n();
	await installQueue();
	await installClients();
	await rm(screenshots, { recursive: true, force: true });
	const tarball = await pack();
	try {
		await jest(tarball);
		if (process.env.E2E_IMAGES) await renewImages();
	} finally {
		await rm(path.dirname(tarball), { recursive: true, force: true });
	}
}

await main().catch(fail);
