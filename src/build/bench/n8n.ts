import { rmSync } from 'node:fs';
import { freshFolder } from '../places';
import { assertWhole, largeFile, SIZE_NAME, startMeter, tell } from './memory';
import { loadEngine, startNodes, storageOf } from './n8nEngine';
import { withNas } from './nas';

async function main(): Promise<void> {
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
			tell(`upload ${SIZE_NAME} through n8n`, await measure(upload));
			tell(`download ${SIZE_NAME} through n8n`, await measure(download));
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main();
