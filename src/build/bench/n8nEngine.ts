import {
	createRunExecutionData,
	Workflow,
	type IBinaryData,
	type IDataObject,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IRunExecutionData,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { PACKAGE, root } from '../places';

/** The part of n8n's engine that is used here; its own declarations would take the compiler longer than this project. */
export interface Engine {
	BinaryDataService: new () => {
		init: () => Promise<void>;
		copyBinaryFile: (location: object, data: IBinaryData, file: string) => Promise<IBinaryData>;
	};
	ExecutionLifecycleHooks: new (mode: string, executionId: string, workflow: object) => object;
	PackageDirectoryLoader: new (folder: string) => {
		loadAll: () => Promise<void>;
		getNode: (name: string) => { type: INodeType };
	};
	WebhookContext: new (
		workflow: Workflow,
		node: INode,
		data: object,
		mode: string,
		webhook: object,
		closeFunctions: [],
		runExecutionData: null,
	) => object;
	PollContext: new (workflow: Workflow, node: INode, data: object, mode: string, activation: string) => object;
	WorkflowExecute: new (
		data: object,
		mode: string,
		run: object,
	) => { processRunExecutionData: (workflow: Workflow) => Promise<IRun> };
}

/** n8n reads its folder when it is loaded. */
export function loadEngine(folder: string): Engine {
	Object.assign(process.env, { N8N_USER_FOLDER: folder, N8N_ENCRYPTION_KEY: 'only-for-benchmarks' });
	return require('n8n-core') as Engine;
}

/** The storage that n8n's engine uses: the tree holds several containers, and only that of n8n-core knows it. */
export function storageOf({ BinaryDataService }: Engine) {
	const place = require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] });
	const { Container } = require(place) as { Container: { get: <T>(token: new () => T) => T } };
	return Container.get(BinaryDataService);
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

/** A package of nodes, and how its nodes are set up. */
export interface Pack {
	/** Where it stands; ours by default. */
	folder?: string;
	name?: string;
	/** Type of its credential, and what that holds. */
	credential: string;
	secrets: ICredentialDataDecryptedObject;
}

/** The nodes of a package in n8n's engine. */
export interface Nodes {
	/** Runs a node on items; gives what comes out. */
	run: (node: string, parameters: INodeParameters, items?: INodeExecutionData[]) => Promise<INodeExecutionData[]>;
	/** Gives a function that polls a trigger once; the place is kept from poll to poll. */
	poller: (node: string, parameters: INodeParameters) => () => Promise<INodeExecutionData[]>;
	/** Gives a function that lets a published trigger take a call, of the package by its name or any other. */
	hook: (
		node: string | INodeType,
		parameters: INodeParameters,
		/** What the node has in the static data of its workflow. */
		kept: IDataObject,
	) => (httpRequest: object, httpResponse: object) => Promise<IWebhookResponseData>;
}

/** Loads the nodes of a package as n8n does. */
export async function startNodes(engine: Engine, pack: Pack): Promise<Nodes> {
	const loader = new engine.PackageDirectoryLoader(pack.folder ?? root);
	await loader.loadAll();
	const workflowOf = (of: string | INodeType, parameters: INodeParameters) => {
		const type = typeof of === 'string' ? loader.getNode(of).type : of;
		const { name } = type.description;
		const versions = [type.description.version].flat();
		const node: INode = {
			...{ id: 'nas', name: 'NAS', position: [0, 0], parameters },
			type: `${pack.name ?? PACKAGE}.${name}`,
			typeVersion: type.description.defaultVersion ?? versions.at(-1)!,
			credentials: { [pack.credential]: { id: '1', name: 'nas' } },
		};
		const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
		const settings = { executionOrder: 'v1' } as const;
		const workflow = new Workflow({ id: 'w', nodes: [node], connections: {}, active: true, nodeTypes, settings });
		// n8n fills in what the user left as it is.
		return { type, node: workflow.getNode('NAS')!, workflow };
	};
	return {
		async run(name, parameters, items = [{ json: {} }]) {
			const { node, workflow } = workflowOf(name, parameters);
			const stack = [{ node, data: { main: [items] }, source: null }];
			const data = createRunExecutionData({ executionData: { nodeExecutionStack: stack } }) as IRunExecutionData;
			const run = new engine.WorkflowExecute(additionalData(engine, pack.secrets), 'trigger', data);
			const { resultData } = (await run.processRunExecutionData(workflow)).data;
			if (resultData.error) throw new Error(resultData.error.message);
			return resultData.runData['NAS']![0]!.data!['main']![0]!;
		},
		poller(name, parameters) {
			const { type, node, workflow } = workflowOf(name, parameters);
			return async () => {
				const data = additionalData(engine, pack.secrets);
				const context = new engine.PollContext(workflow, node, data, 'trigger', 'activate');
				return (await type.poll!.call(context as never))?.[0] ?? [];
			};
		},
		hook(of, parameters, kept) {
			const { type, node, workflow } = workflowOf(of, parameters);
			Object.assign(workflow.getStaticData('node', node), kept);
			const webhook = { webhookDescription: type.description.webhooks![0]! };
			return async (httpRequest, httpResponse) => {
				const data = { ...additionalData(engine, pack.secrets), httpRequest, httpResponse };
				const context = new engine.WebhookContext(workflow, node, data, 'webhook', webhook, [], null);
				return await type.webhook!.call(context as never);
			};
		},
	};
}
