import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { freshFolder, linkPackage, PACKAGE } from '../places';
import type { Loaded } from './loadOnce';
import { median } from './measure';
import { report } from './nas';

/** Part of the time that n8n-workflow takes to load, that the whole package may take beside it. */
const SHARE = 0.8;
/** MB of memory that the whole package may hold. */
const HEAP = 15;
/** kB that Node-RED's editor may load more when it opens. */
const PAGE = 250;
const RUNS = 5;

/** Loads n8n-workflow and then the package in a process of its own. */
const loadOnce = async (): Promise<Loaded> =>
	await new Promise((resolve, reject) => {
		const child = fork(path.join(__dirname, 'loadOnce.js'), { execArgv: ['--expose-gc'] });
		child.on('message', (loaded) => resolve(loaded as Loaded));
		child.on('error', reject);
		child.on('exit', (code) => reject(new Error(`Loading the package ended with ${code} and told nothing.`)));
	});

async function inN8n(): Promise<void> {
	const runs: Loaded[] = [];
	for (let run = 0; run < RUNS; run++) runs.push(await loadOnce());
	const ratio = median(runs.map(({ ms, workflowMs }) => ms / workflowMs));
	report({ name: 'load the package in n8n, against n8n-workflow', value: ratio, unit: '×', most: SHARE });
	const [value, reference] = [median(runs.map(({ ms }) => ms)), median(runs.map(({ workflowMs }) => workflowMs))];
	report({ name: 'load the package in n8n, time', value, unit: 'ms', reference });
	const heap = median(runs.map((run) => run.heap)) / 1e6;
	report({ name: 'load the package in n8n, heap', value: heap, unit: 'MB', most: HEAP });
}

type Handler = Parameters<typeof createServer>[1];

/** The part of Node-RED's runtime that is used here; the package has no declarations. */
interface Runtime {
	init: (server: unknown, settings: object) => void;
	start: () => Promise<void>;
	stop: () => Promise<void>;
	httpAdmin: Handler;
}

/** An editor in which the package is installed. */
async function withEditor(work: (url: string) => Promise<void>): Promise<void> {
	const userDir = freshFolder('bench-load');
	linkPackage(userDir);
	const red = require('node-red') as Runtime;
	const server = createServer((request, response) => red.httpAdmin!(request, response as never));
	red.init(server, {
		userDir,
		flowFile: 'flows.json',
		httpAdminRoot: '/',
		credentialSecret: false,
		logging: { console: { level: 'off' } },
		telemetry: { enabled: false },
		editorTheme: { tours: false },
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	await red.start();
	try {
		await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
	} finally {
		await red.stop();
		server.closeAllConnections();
		server.close();
		rmSync(userDir, { recursive: true, force: true });
	}
}

const MODULE = /(?=<!-- --- \[red-module:\S+\] --- -->)/;
const bytes = (text: string): number => Buffer.byteLength(text);
const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);

/** Bytes that are this package's own when the editor opens in a language: forms, help stubs, message catalogues, shared code. */
async function pageOf(url: string, language: string): Promise<number> {
	const get = async (address: string, accept = '*/*') =>
		await (await fetch(`${url}${address}`, { headers: { accept, 'accept-language': language } })).text();
	const sets = (await get('nodes', 'text/html')).split(MODULE).filter((set) => set.includes(`[red-module:${PACKAGE}/`));
	const shared = new Set(
		sets.flatMap((set) => [...set.matchAll(/(?:src|href)="(resources\/[^"]+)"/g)].map(([, at]) => at!)),
	);
	const files = await Promise.all([...shared].map(async (file) => bytes(await get(file))));
	// The editor asks for its language twice, then for what that falls back to.
	const catalogues = [language, language, language === 'en-US' ? 'en' : 'en-US'].map(async (each) => {
		const all = JSON.parse(await get(`nodes/messages?lng=${each}`)) as Record<string, unknown>;
		const own = Object.entries(all).filter(([name]) => name.startsWith(`${PACKAGE}/`));
		return bytes(JSON.stringify(Object.fromEntries(own)));
	});
	return sum([...sets.map(bytes), ...files, ...(await Promise.all(catalogues))]);
}

async function main(): Promise<void> {
	await inN8n();
	await withEditor(async (url) => {
		for (const [language, name] of [
			['en-US', 'English'],
			['de', 'German'],
		] as const) {
			const value = (await pageOf(url, language)) / 1000;
			report({ name: `open Node-RED's editor in ${name}, growth`, value, unit: 'kB', most: PAGE });
		}
	});
}

void main();
