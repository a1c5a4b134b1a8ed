export const owner: { email: string; firstName: string; lastName: string; password: string };
export const everyFiveSeconds: { item: { mode: string; cronExpression: string }[] };

export interface Workflow {
	id: string;
	versionId: string;
	nodes: { name: string; parameters: Record<string, unknown> }[];
}

export interface PublicationStatus {
	status: string;
	liveVersionId?: string;
	triggers: { status: string; errorMessage?: string }[];
}

export interface Execution {
	status: string;
	mode: string;
	error: string | undefined;
	nodes: Record<string, { json: Record<string, unknown> }[]>;
}

export class N8nRest {
	constructor(url: string);
	readonly url: string;
	send(method: string, path: string, body?: unknown): Promise<unknown>;
	signIn(): Promise<this>;
	createCredential(name: string, type: string, data: Record<string, unknown>): Promise<{ id: string; name: string }>;
	createWorkflow(name: string, nodes: object[], connections?: object): Promise<Workflow>;
	workflow(id: string): Promise<Workflow>;
	publish(id: string): Promise<PublicationStatus>;
	published(id: string, versionId?: string): Promise<PublicationStatus>;
	unpublish(id: string): Promise<void>;
	executions(workflowId: string): Promise<{ id: string; status: string; mode: string }[]>;
	execution(id: string): Promise<Execution>;
}
