// Processes and waiting, for the servers the end-to-end tests start. Nothing here knows what it runs.
const { execFile, spawn } = require('node:child_process');
const { closeSync, existsSync, mkdtempSync, openSync, readFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { promisify } = require('node:util');

const root = path.join(__dirname, '../..');

/** The Node.js of the project's devDependencies: n8n 2.40 needs 24, whatever the machine has. */
const node24 = path.join(root, 'node_modules/node/bin/node');

/** The environment in which `node` means the project's Node.js; without what jest set for itself, which n8n would take to heart. */
function node24Env() {
	const { NODE_ENV, NODE_OPTIONS, JEST_WORKER_ID, ...env } = process.env;
	return { ...env, PATH: [path.dirname(node24), env.PATH].join(path.delimiter) };
}

/** Ports below those that the system gives to outgoing connections and to "any port": nothing takes one between asking and using. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;

const givenPorts = new Set();

/** A TCP port of the loopback interface that is free, and that this process has not given before. */
async function freePort() {
	for (;;) {
		const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
		if (givenPorts.has(port)) continue;
		givenPorts.add(port);
		if (await isFree(port)) return port;
	}
}

const isFree = (port) =>
	new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});

/**
 * Asks again until the answer is neither undefined, null nor false; an error counts as "not yet".
 * Fails after `within` milliseconds with what was waited for and the last error.
 */
async function until(what, ask, { within = 30_000, every = 100 } = {}) {
	const end = Date.now() + within;
	let last;
	for (;;) {
		try {
			const answer = await ask();
			if (answer !== undefined && answer !== null && answer !== false) return answer;
			last = undefined;
		} catch (error) {
			last = error;
		}
		if (Date.now() > end) throw new Error(`Waited ${within} ms in vain: ${what}.`, { cause: last });
		await delay(every);
	}
}

/** Runs a program to its end and gives its output; an error holds the end of what it said. `show` passes the output on. */
async function run(command, args, { show = false, ...options } = {}) {
	if (show) return await shown(command, args, options);
	try {
		const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 64 * 1024 * 1024, ...options });
		return stdout;
	} catch (error) {
		throw new Error(
			`${command} ${args.join(' ')}: ${tail(`${error.stdout ?? ''}${error.stderr ?? ''}` || error.message)}`,
		);
	}
}

function shown(command, args, options) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
		child.on('error', reject);
		child.on('exit', (code, signal) => {
			if (code === 0) resolve('');
			else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}.`));
		});
	});
}

const tail = (text) => text.split('\n').slice(-40).join('\n').trim();

/**
 * Starts a server, in the project's Node.js unless `command` names another program, as another user where `user` names one. `ready` is
 * asked until it answers; if the process ends first, or is not ready in time, the error holds the end of its log. `stop()` sends SIGTERM,
 * and SIGKILL after ten seconds; `kill()` sends SIGKILL at once.
 */
async function startProcess(name, args, { command = node24, env, cwd, user = {}, within = 120_000, ready }) {
	// A file, not a pipe: should this process be killed, n8n would write its complaints about a broken pipe to that pipe, for ever.
	const logFile = path.join(mkdtempSync(path.join(tmpdir(), `${name}-`)), 'log.txt');
	const logTo = openSync(logFile, 'w');
	const child = spawn(command, args, {
		env: { ...node24Env(), ...env },
		cwd,
		stdio: ['ignore', logTo, logTo],
		...user,
	});
	closeSync(logTo);
	const log = () => readFileSync(logFile, 'utf8');
	const ended = new Promise((resolve) => child.once('close', resolve));
	const kill = async () => {
		child.kill('SIGKILL');
		await ended;
	};
	const server = { log, stop: () => stopProcess(child, ended), kill, pid: child.pid };
	try {
		const answer = await Promise.race([
			until(`${name} is ready`, () => ready(server), { within }),
			ended.then((code) => Promise.reject(new Error(`${name} ended with ${code}.`))),
		]);
		return { ...server, answer };
	} catch (error) {
		await server.stop();
		throw new Error(`${error.message}\n${tail(log())}`, { cause: error });
	}
}

async function stopProcess(child, ended) {
	if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
	const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
	await ended;
	clearTimeout(timer);
}

/** Installs Debian packages when `file` is missing; as root, or through sudo. */
async function installDebian(file, packages) {
	if (existsSync(file)) return;
	const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
	const apt = (...args) => {
		const [command, ...rest] = [...sudo, 'apt-get', ...args];
		return run(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
	};
	console.error(`Installing ${packages.join(', ')} ...`);
	await apt('update');
	await apt('install', '-y', '--no-install-recommends', ...packages);
}

module.exports = { root, node24, node24Env, freePort, until, run, startProcess, installDebian };
