// The whole n8n server as a child process, in a folder of its own, without a request to any outside host.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, installDebian, node24Env, root, run, startProcess } from '../process.cjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const modules = path.join(here, 'node_modules');
const sqlite = path.join(modules, 'sqlite3/build/Release/node_sqlite3.node');

/**
 * Installs n8n from the lock file beside this one, if it is not there: about 2.7 GB and four minutes.
 * No install script runs but that of sqlite3, which is compiled with the headers that come with the project's Node.js,
 * so nothing is fetched but npm packages.
 */
export async function installN8n() {
	if (!(await isInstalled())) {
		console.error('Installing n8n for the first time, about four minutes ...');
		await npm('ci', '--ignore-scripts');
	}
	if (existsSync(sqlite)) return;
	await installDebian('/usr/bin/g++', ['g++', 'make', 'python3']);
	await npm('rebuild', 'sqlite3', '--ignore-scripts=false', '--build-from-source', `--nodedir=${await nodeHeaders()}`);
}

async function isInstalled() {
	const wanted = JSON.parse(await readFile(path.join(here, 'package.json'), 'utf8')).dependencies.n8n;
	const manifest = path.join(modules, 'n8n/package.json');
	return existsSync(manifest) && JSON.parse(await readFile(manifest, 'utf8')).version === wanted;
}

const npm = (...args) => run('npm', args, { cwd: here, env: node24Env() });

/** The package `node` holds `include/node` beside its binary, in a package per platform. */
async function nodeHeaders() {
	const platform = path.join(root, 'node_modules/node/node_modules', `node-${process.platform}-${process.arch}`);
	if (existsSync(path.join(platform, 'include/node/node_api.h'))) return platform;
	throw new Error(`No Node.js headers in ${path.relative(root, platform)}.`);
}

/** Settings for a quiet server on loopback; publishing a workflow takes 0.5 s instead of 15 s. */
function environment(port, brokerPort, userFolder) {
	const url = `http://127.0.0.1:${port}`;
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: url,
		N8N_WEBHOOK_URL: `${url}/`,
		N8N_ENCRYPTION_KEY: '0123456789abcdef0123456789abcdef',
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIDE_USAGE_PAGE: 'true',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: 'mcp-registry,insights,chat-hub,instance-ai,agents,mcp,oauth-server',
		N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '200',
	};
}

/**
 * Starts n8n with `userFolder` (database and settings land in its `.n8n`) and waits until it is ready: 14 s on an empty
 * folder, 8 s later. `packageDir` is the built package (linked) or its `.tgz` (unpacked), `packageName` another edition's name.
 * A variable of `env` that is undefined is not set.
 * Gives `{ url, log(), stop(), kill(), pid }`.
 */
export async function startN8n({ port, userFolder, packageDir, packageName, env = {} }) {
	if (packageDir) await addPackage(userFolder, packageDir, packageName);
	const actualPort = port || (await freePort());
	const url = `http://127.0.0.1:${actualPort}`;
	const server = await startProcess('n8n', [path.join(modules, 'n8n/bin/n8n'), 'start'], {
		cwd: userFolder,
		env: { ...environment(actualPort, await freePort(), userFolder), ...env },
		within: 180_000,
		// `/healthz` answers before the migrations, this one after them.
		ready: async () => (await fetch(`${url}/healthz/readiness`)).ok,
	});
	return { ...server, url };
}

/** Starts a worker of queue mode, which runs five executions at a time. `env` names the database and the queue. */
export async function startWorker({ userFolder, packageDir, env }) {
	if (packageDir) await addPackage(userFolder, packageDir);
	const healthPort = await freePort();
	return await startProcess('n8n-worker', [path.join(modules, 'n8n/bin/n8n'), 'worker', '--concurrency=5'], {
		cwd: userFolder,
		env: {
			...environment(await freePort(), await freePort(), userFolder),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(healthPort),
			...env,
		},
		within: 180_000,
		ready: async () => (await fetch(`http://127.0.0.1:${healthPort}/healthz/readiness`)).ok,
	});
}

async function addPackage(userFolder, packageDir, name = '@synoflow/n8n-nodes-synology') {
	const place = path.join(userFolder, '.n8n/nodes/node_modules', name);
	await rm(place, { recursive: true, force: true });
	await mkdir(path.dirname(place), { recursive: true });
	if (packageDir.endsWith('.tgz')) await unpack(packageDir, place);
	else await symlink(path.resolve(packageDir), place, 'dir');
}

async function unpack(tarball, place) {
	await mkdir(place, { recursive: true });
	await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', place]);
}
