import { rmSync } from 'node:fs';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { freshFolder } from '../places';
import { assertWhole, largeFile, startMeter, type Cost } from './memory';
import { loadEngine, startNodes, storageOf } from './n8nEngine';
import { withNas } from './nas';

/** What can be measured of the File Station node in n8n's engine. */
export interface Works {
	run: (parameters: INodeParameters, items?: INodeExecutionData[]) => Promise<INodeExecutionData[]>;
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
			const nodes = await startNodes(engine, { credential: 'synologyNasApi', secrets: { ...address } });
			const run: Works['run'] = async (parameters, items) => await nodes.run('synologyFile', parameters, items);
			await run({ resource: 'station', operation: 'get' });
			const measure = startMeter();
			const location = { type: 'execution', workflowId: 'w', executionId: '1' };
			const file = { data: '', mimeType: 'application/octet-stream', fileName: 'large.bin' };
			const data = await storage.copyBinaryFile(location, file, await largeFile(folder));
			const folderOf = { __rl: true, mode: 'path', value: '/docs' };
			const upload = async () => {
				const parameters = { resource: 'file', operation: 'upload', folder: folderOf, file: 'data', conflict: 'error' };
				const [item] = await run({ ...parameters, simplify: false }, [{ json: {}, binary: { data } }]);
				assertWhole(item!.json['size']);
			};
			const download = async () => {
				const parameters = { resource: 'file', operation: 'download', path: '/docs/large.bin', outputField: 'data' };
				const [item] = await run(parameters);
				assertWhole(item!.binary?.['data']?.bytes);
			};
			await work({ run, upload: async () => await measure(upload), download: async () => await measure(download) });
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
