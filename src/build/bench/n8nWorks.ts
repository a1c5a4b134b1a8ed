import { rmSync } from 'node:fs';
import { freshFolder } from '../places';
import { assertWhole, largeFile, startMeter, type Cost } from './memory';
import { loadEngine, startNodes, storageOf, type Nodes } from './n8nEngine';
import { withNas } from './nas';

/** What can be measured in n8n's engine. */
export interface Works extends Pick<Nodes, 'run'> {
	/** Sends the large file, fetches it again; what each took. */
	upload: () => Promise<Cost>;
	download: () => Promise<Cost>;
}

/** Runs a benchmark in n8n's engine, against a simulator in another process. */
export async function inN8n(work: (works: Works) => Promise<void>): Promise<void> {
	const folder = freshFolder('bench-n8n');
	const engine = loadEngine(folder);
	const storage = storageOf(engine);
	await storage.init();
	try {
		await withNas([], async (_, address) => {
			const { run } = await startNodes(engine, { credential: 'synologyNasApi', secrets: { ...address } });
			await run('synologyFile', { resource: 'station', operation: 'get' });
			const measure = startMeter();
			const location = { type: 'execution', workflowId: 'w', executionId: '1' };
			const file = { data: '', mimeType: 'application/octet-stream', fileName: 'large.bin' };
			const data = await storage.copyBinaryFile(location, file, await largeFile(folder));
			const folderOf = { __rl: true, mode: 'path', value: '/docs' };
			const upload = async () => {
				const parameters = { resource: 'file', operation: 'upload', folder: folderOf, file: 'data', conflict: 'error' };
				const [item] = await run('synologyFile', parameters, [{ json: {}, binary: { data } }]);
				assertWhole((item!.json['additional'] as { size: number }).size);
			};
			const download = async () => {
				const parameters = { resource: 'file', operation: 'download', path: '/docs/large.bin', outputField: 'data' };
				const [item] = await run('synologyFile', parameters);
				assertWhole(item!.binary?.['data']?.bytes);
			};
			await work({ run, upload: async () => await measure(upload), download: async () => await measure(download) });
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
