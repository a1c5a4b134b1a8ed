import './environment';
import { BinaryDataService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	LoggerProxy,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { classOf } from '../../src/build/heads';
import { headName, services } from '../../src/services';
import { SynologyNasApi } from '../../credentials/SynologyNasApi.credentials';
import { SynologySsoOAuth2Api } from '../../credentials/SynologySsoOAuth2Api.credentials';

const sso = new SynologySsoOAuth2Api();

export const PACKAGE = '@synoflow/n8n-nodes-synology';

interface Registry {
	get<T>(token: new (...args: never[]) => T): T;
}

// The tree holds several copies of the container; only that of n8n-core knows its services.
const { Container: container } = require(require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] })) as {
	Container: Registry;
};
export const service: Registry['get'] = (token) => container.get(token);

/** A node that gives on what it gets. */
const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** Every node of this package, from its source. */
const own: Record<string, INodeType> = Object.fromEntries(
	services.flatMap((entry) =>
		entry.nodes.map((kind) => {
			const name = classOf(entry, kind);
			const { [name]: Class } = require(`../../nodes/${headName(entry)}/${name}.node`) as Record<
				string,
				new () => INodeType
			>;
			return [`s${name.slice(1)}`, new Class!()];
		}),
	),
);

const types: Record<string, INodeType> = {
	start,
	manualTrigger: start,
	noOp: start,
	scheduleTrigger: start,
	stickyNote: start,
	httpRequest: start,
	webhook: start,
	respondToWebhook: start,
	...own,
};

/** Makes a node of another package known, under a name of its own. */
export const addType = (name: string, type: INodeType): void => void (types[name] = type);

/** Node types by the last part of their name, after the last dot: the scope of the package holds none. */
export function typeOf(name: string): INodeType {
	const found = types[name.slice(name.lastIndexOf('.') + 1)];
	if (!found) throw new Error(`There is no node type "${name}".`);
	return found;
}

export const nodeTypes: INodeTypes = {
	getByName: typeOf,
	getByNameAndVersion: typeOf,
	getKnownTypes: () => ({}),
};

/** Everything that n8n logged. */
export const lines: string[] = [];
const log = (message: string, meta?: unknown) => void lines.push(`${message} ${JSON.stringify(meta ?? '')}`);
/** n8n's own logger puts itself in this place when the first context is made: a test that reads lines listens again. */
export const listenToLog = (): void => LoggerProxy.init({ error: log, warn: log, info: log, debug: log } as never);
listenToLog();

/** Credentials by name, as the server would decrypt them. */
export type Credentials = Record<string, ICredentialDataDecryptedObject>;

export function additionalData(
	credentials: Credentials,
	mode: WorkflowExecuteMode = 'trigger',
): IWorkflowExecuteAdditionalData {
	const nothing = async () => await Promise.resolve(undefined);
	const url = 'http://localhost:5678/';
	return {
		credentialsHelper: {
			getDecrypted: async (_data: unknown, { name }: { name: string }) => ({ ...credentials[name] }),
			getCredentials: async (details: { name: string }) => ({ ...details }),
			isCredentialUsableByNode: () => true,
			getParentTypes: (name: string) => (name === sso.name ? sso.extends : []),
			getCredentialsProperties: () => new SynologyNasApi().properties,
			authenticate: nothing,
			preAuthentication: nothing,
			runPreAuthentication: nothing,
			updateCredentials: nothing,
			updateCredentialsOauthTokenData: nothing,
		},
		hooks: new ExecutionLifecycleHooks(mode, '1', { id: 'w', name: 'test', active: true } as never),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		logAiEvent: () => {},
		executeWorkflow: nothing,
		getRunExecutionData: nothing,
		getRuntimeCredential: nothing,
		startRunnerTask: nothing,
		restApiUrl: url,
		instanceBaseUrl: url,
		formBaseUrl: url,
		formWaitingBaseUrl: url,
		formTestBaseUrl: url,
		webhookBaseUrl: url,
		// n8n builds a URL from this one whenever a parameter is read.
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		mcpBaseUrl: url,
		mcpTestBaseUrl: url,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** A node of this package, with the credential "nas". */
export function synology(type: string, parameters: INode['parameters'], more: Partial<INode> = {}): INode {
	return {
		id: more.name ?? 'nas',
		name: 'NAS',
		type: `${PACKAGE}.${type}`,
		typeVersion: 1,
		position: [0, 0],
		credentials: { synologyNasApi: { id: '1', name: 'nas' } },
		...more,
		parameters,
	};
}

export const startNode: INode = {
	id: 'start',
	name: 'Start',
	type: 'test.start',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export function makeWorkflow(nodes: INode[], connections: IConnections = {}, staticData: IDataObject = {}): Workflow {
	return new Workflow({
		id: 'w',
		name: 'test',
		nodes,
		connections,
		active: true,
		nodeTypes,
		staticData,
		settings: { executionOrder: 'v1' },
	});
}

/** Connections of nodes that stand in a row. */
export function inRow(...nodes: INode[]): IConnections {
	return Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [name, { main: [[{ node: nodes[index + 1]!.name, type: 'main', index: 0 }]] }]),
	);
}

let binaryReady: Promise<void> | undefined;

export interface Running {
	run: Promise<IRun>;
	cancel: () => void;
}

/** Starts a workflow at its first node with these items. */
export async function launch(
	workflow: Workflow,
	first: INode,
	items: INodeExecutionData[],
	credentials: Credentials,
	mode: WorkflowExecuteMode = 'trigger',
): Promise<Running> {
	await (binaryReady ??= service(BinaryDataService).init());
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: first, data: { main: [items] }, source: null }] },
	});
	const run = new WorkflowExecute(additionalData(credentials, mode), mode, data).processRunExecutionData(workflow);
	return { run, cancel: () => void run.cancel() };
}

export interface Outcome {
	status: string;
	/** Items of each output of the node. */
	outputs: INodeExecutionData[][];
	/** Plain object: n8n strips the class. */
	error: (IDataObject & { message: string; description?: string }) | undefined;
	run: IRun;
}

/** What a node of a finished run gave. */
export function outcomeOf(run: IRun, name: string): Outcome {
	const { runData, error } = run.data.resultData;
	const outputs = (runData[name]?.[0]?.data?.main ?? []).map((items) => items ?? []);
	return { status: run.status, outputs, error: error as never, run };
}

/** Runs one node of this package over items, in n8n's engine. */
export async function runNode(node: INode, items: INodeExecutionData[], credentials: Credentials): Promise<Outcome> {
	const workflow = makeWorkflow([startNode, node], inRow(startNode, node));
	const { run } = await launch(workflow, startNode, items, credentials);
	return outcomeOf(await run, node.name);
}

/** Items with this JSON. */
export const itemsOf = (...rows: IDataObject[]): INodeExecutionData[] => rows.map((json) => ({ json }));

/** Several values as the form keeps them: one row for each. */
export const inRows = (...values: unknown[]): IDataObject => ({
	rows: values.map((value) => ({ value })) as IDataObject[],
});

/** JSON of items. */
export const jsonOf = (items: INodeExecutionData[] | undefined): IDataObject[] => (items ?? []).map(({ json }) => json);
