import { rmSync } from 'node:fs';
import {
	createRunExecutionData,
	Workflow,
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
} from 'n8n-workflow';
import { freshFolder, root } from '../places';
import { assertWhole, largeFile, startMeter, type Cost } from './memory';
import { withNas } from './nas';

const TYPE = '@synoflow/n8n-nodes-synology.synologyFile';

/** The part of n8n's engine that is used here; its own declarations would take the compiler longer than this project. */
interface Engine {
	BinaryDataService: new () => {
		init: () => Promise<void>;
		copyBinaryFile: (location: object, data: IBinaryData, file: string) => Promise<IBinaryData>;
	};
	ExecutionLifecycleHooks: new (mode: string, executionId: string, workflow: object) => object;
	PackageDirectoryLoader: new (folder: string) => {
		loadAll: () => Promise<void>;
		getNode: (name: string) => { type: INodeType };
	};
	WorkflowExecute: new (
		data: object,
		mode: string,
		run: object,
	) => { processRunExecutionData: (workflow: Workflow) => Promise<IRun> };
}

/** n8n reads its folder when it is loaded. */
function loadEngine(folder: string): Engine {
	Object.assign(process.env, { N8N_USER_FOLDER: folder, N8N_ENCRYPTION_KEY: 'only-for-benchmarks' });
	return require('n8n-core') as Engine;
}

/** The storage that n8n's engine uses: the tree holds several containers, and only that of n8n-core knows it. */
function storageOf({ BinaryDataService }: Engine) {
	const place = require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] });
	const { Container } = require(place) as { Container: { get: <T>(token: new () => T) => T } };
	return Container.get(BinaryDataService);
}

async function loadNode({ PackageDirectoryLoader }: Engine): Promise<INodeType> {
	const loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
	return loader.getNode('synologyFile').type as INodeType;
}

const additionalData = ({ ExecutionLifecycleHooks }: Engine, credential: ICredentialDataDecryptedObject) => ({
	credentialsHelper: {
		getDecrypted: async () => await Promise.resolve({ ...credential }),
		getCredentials: async () => await Promise.resolve({}),
		isCredentialUsableByNode: () => true,
		getParentTypes: () => [],
		getCredentialsProperties: () => [],
	},
	hooks: new ExecutionLifecycleHooks('trigger', '1', { id: 'w', name: 'bench' }),
	executionId: '1',
	currentNodeExecutionIndex: 0,
	variables: {},
	// n8n builds URLs from these whenever a parameter is read.
	webhookWaitingBaseUrl: 'http://localhost:5678',
	formWaitingBaseUrl: 'http://localhost:5678',
});

/** Gives a function that runs the File Station node on items, in n8n's engine, and gives the items that come out. */
async function startN8n(engine: Engine, credential: ICredentialDataDecryptedObject) {
	const type = await loadNode(engine);
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	return async (parameters: INodeParameters, ...items: INodeExecutionData[]): Promise<INodeExecutionData[]> => {
		const node: INode = {
			id: 'nas',
			name: 'NAS',
			type: TYPE,
			typeVersion: 1,
			position: [0, 0],
			credentials: { synologyNasApi: { id: '1', name: 'nas' } },
			parameters,
		};
		const settings = { executionOrder: 'v1' } as const;
		const workflow = new Workflow({ id: 'w', nodes: [node], connections: {}, active: true, nodeTypes, settings });
		const stack = [{ node, data: { main: [items] }, source: null }];
		const data = createRunExecutionData({ executionData: { nodeExecutionStack: stack } });
		const run = new engine.WorkflowExecute(additionalData(engine, credential), 'trigger', data);
		const { resultData } = (await run.processRunExecutionData(workflow)).data;
		if (resultData.error) throw new Error(resultData.error.message);
		return resultData.runData['NAS']![0]!.data!['main']![0]!;
	};
}

/** What can be measured in n8n's engine. */
export interface Works {
	/** Runs the File Station node. */
	run: (parameters: INodeParameters, ...items: INodeExecutionData[]) => Promise<INodeExecutionData[]>;
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
			const run = await startN8n(engine, { ...address });
			await run({ resource: 'station', operation: 'get' }, { json: {} });
			const measure = startMeter();
			const location = { type: 'execution', workflowId: 'w', executionId: '1' };
			const file = { data: '', mimeType: 'application/octet-stream', fileName: 'large.bin' };
			const data = await storage.copyBinaryFile(location, file, await largeFile(folder));
			const folderOf = { __rl: true, mode: 'path', value: '/docs' };
			const upload = async () => {
				const parameters = { resource: 'file', operation: 'upload', folder: folderOf, file: 'data', conflict: 'error' };
				const [item] = await run(parameters, { json: {}, binary: { data } });
				assertWhole(item!.json['size']);
			};
			const download = async () => {
				const parameters = { resource: 'file', operation: 'download', path: '/docs/large.bin', outputField: 'data' };
				const [item] = await run(parameters, { json: {} });
				assertWhole(item!.binary?.['data']?.bytes);
			};
			await work({ run, upload: async () => await measure(upload), download: async () => await measure(download) });
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
