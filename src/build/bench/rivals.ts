import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import { freshFolder, root } from '../places';
import { median } from './measure';
import { MIB } from './memory';
import { loadEngine, startNodes, type Engine } from './n8nEngine';
import { report, withNas, type Address, type Tell } from './nas';
import type { Happening } from './simulated';

/*
 * The same jobs by other packages for the same NAS, in the same engine, in turn. They come from npm into a folder of their own; nothing
 * of this project depends on them.
 */

const SUITE = 'n8n-nodes-synology-suite';
const FILE_STATION = 'n8n-nodes-synology-filestation';
const VERSIONS: Record<string, string> = { [SUITE]: '0.33.0', [FILE_STATION]: '1.3.1' };
const FILES = 100;
const CONTENT = Buffer.alloc(MIB, 7).toString('base64');
const ROUNDS = 9;

/** What does a job once, and throws where it was not done. */
type Way = () => Promise<void>;
type Ways = Partial<Record<'list' | 'upload' | 'download' | 'poll', Way>>;

/** Installs the other packages, once; gives where. */
function install(): string {
	const folder = path.join(root, '.cache/bench-rivals');
	const versionOf = (name: string): unknown => {
		const manifest = path.join(folder, 'node_modules', name, 'package.json');
		return existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { version: unknown }).version;
	};
	if (Object.entries(VERSIONS).every(([name, version]) => versionOf(name) === version)) return folder;
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
	const packages = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`);
	const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
	execFileSync('npm', ['install', ...options, ...packages], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	return folder;
}

const data = { data: CONTENT, mimeType: 'application/octet-stream', fileName: 'one.bin' };
const withFile: INodeExecutionData[] = [{ json: {}, binary: { data } }];

/** Throws when a job gave something else than it should: a fast failure is no speed. */
function expect(what: string, found: unknown, wanted: unknown): void {
	if (found !== wanted) throw new Error(`${what}: ${String(found)} instead of ${String(wanted)}.`);
}

const bytesOf = (items: INodeExecutionData[]): number =>
	Buffer.from(items[0]?.binary?.['data']?.data ?? '', 'base64').length;

async function ours(engine: Engine, { url, account, password }: Address): Promise<Ways> {
	const { run, poller } = await startNodes(engine, {
		credential: 'synologyNasApi',
		secrets: { url, account, password },
	});
	const at = (value: string) => ({ __rl: true, mode: 'path', value });
	const folder = at('/docs/many');
	const poll = poller('synologyFileTrigger', { event: 'fileCreated', folder, options: { settle: 0 } });
	await poll();
	return {
		async list() {
			const items = await run('synologyFile', { resource: 'folder', operation: 'list', folder, returnAll: true });
			expect('list', items.length >= FILES, true);
		},
		async upload() {
			const [item] = await run(
				'synologyFile',
				{ resource: 'file', operation: 'upload', folder: at('/docs'), file: 'data', conflict: 'overwrite' },
				withFile,
			);
			expect('upload', item?.json['name'], 'one.bin');
		},
		async download() {
			const items = await run('synologyFile', {
				...{ resource: 'file', operation: 'download', outputField: 'data' },
				path: at('/docs/one.bin'),
			});
			expect('download', bytesOf(items), MIB);
		},
		poll: async () => expect('poll', (await poll()).length, 1),
	};
}

async function fileStation(engine: Engine, folder: string, { url, account, password }: Address): Promise<Ways> {
	const { run, poller } = await startNodes(engine, {
		...{ folder, name: FILE_STATION, credential: 'synologyApi' },
		secrets: { baseUrl: url, username: account, password, ignoreSslIssues: false, customHeaders: {} },
	});
	const poll = poller('synologyFileStationTrigger', { event: 'fileCreated', folderPath: '/docs/many' });
	await poll();
	return {
		async list() {
			const parameters = { resource: 'folder', operation: 'getAll', folderPath: '/docs/many', returnAll: true };
			expect('list', (await run('synologyFileStation', parameters)).length >= FILES, true);
		},
		async upload() {
			const options = { overwrite: 'overwrite' };
			const parameters = { resource: 'file', operation: 'upload', folderPath: '/docs', fileName: 'one.bin', options };
			await run('synologyFileStation', { ...parameters, binaryPropertyName: 'data' }, withFile);
		},
		async download() {
			const parameters = { resource: 'file', operation: 'download', path: '/docs/one.bin', binaryPropertyName: 'data' };
			expect('download', bytesOf(await run('synologyFileStation', parameters)), MIB);
		},
		// It searches by the time of creation; whether the simulated search has the new file by then is not judged here.
		poll: async () => void (await poll()),
	};
}

async function suite(engine: Engine, folder: string, { url, account, password }: Address): Promise<Ways> {
	const { run } = await startNodes(engine, {
		...{ folder, name: SUITE, credential: 'synologyDsmApi' },
		secrets: { baseUrl: url, username: account, password, sessionName: 'FileStation', ignoreSslIssues: false },
	});
	return {
		async list() {
			await run('synologyFileStation', { operation: 'list', path: '/docs/many', offset: 0, limit: 1000 });
		},
		async upload() {
			const file = { uploadFileName: 'one.bin', uploadBase64: CONTENT, overwrite: true };
			await run('synologyFileStation', { operation: 'uploadBase64', path: '/docs', ...file });
		},
		async download() {
			const items = await run('synologyFileStation', { operation: 'download', filePath: '/docs/one.bin' });
			expect('download', bytesOf(items), MIB);
		},
	};
}

interface Taken {
	took: number;
	requests: number;
}

async function once(work: Way, tell: Tell<Happening>, happening: Happening): Promise<Taken> {
	await tell(happening);
	const start = performance.now();
	await work();
	return { took: performance.now() - start, requests: await tell({}) };
}

async function compare(rival: string, mine: Ways, theirs: Ways, tell: Tell<Happening>): Promise<void> {
	for (const job of ['upload', 'list', 'download', 'poll'] as const) {
		const [my, their] = [mine[job], theirs[job]];
		if (!my || !their) continue;
		// One new file is what a poll finds.
		const happening = job === 'poll' ? { files: 1 } : {};
		const rounds: [Taken, Taken][] = [];
		for (let round = 0; round <= ROUNDS; round++) {
			// Both see the same file, so nothing is written in between.
			const own = await once(my, tell, happening);
			const other = await once(their, tell, {});
			if (round > 0) rounds.push([own, other]);
		}
		const of = (index: 0 | 1, key: keyof Taken) => median(rounds.map((round) => round[index][key]));
		for (const [key, unit] of [
			['requests', 'requests'],
			['took', 'ms'],
		] as const) {
			const reference = of(1, key);
			const name = `${job}, ${key === 'took' ? 'time' : key}, against ${rival}`;
			report({ name, value: of(0, key), unit, reference, below: reference });
		}
	}
}

async function main(): Promise<void> {
	const others = path.join(install(), 'node_modules');
	const folder = freshFolder('bench-rivals-n8n');
	const engine = loadEngine(folder);
	try {
		await withNas([], async (_, address, tell) => {
			// Not all of them upload as DSM 7 wants it.
			await tell({ files: FILES, routingInParts: true });
			const mine = await ours(engine, address);
			await compare(FILE_STATION, mine, await fileStation(engine, path.join(others, FILE_STATION), address), tell);
			await compare(SUITE, mine, await suite(engine, path.join(others, SUITE), address), tell);
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main();
