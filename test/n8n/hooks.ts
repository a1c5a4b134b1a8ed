import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	IHookFunctions,
	INode,
	INodeExecutionData,
	IWebhookData,
	IWebhookFunctions,
	Workflow,
} from 'n8n-workflow';
import { additionalData, jsonOf, launch, typeOf, type Credentials } from './engine';

interface Asked {
	method: string;
	headers: Record<string, string>;
	body: unknown;
}
interface App {
	(...args: unknown[]): void;
	use: (...handlers: unknown[]) => void;
}
const express = require('express') as (() => App) & {
	json: () => unknown;
	urlencoded: (options: { extended: boolean }) => unknown;
};

/**
 * A published workflow with a webhook trigger at its head, behind a real HTTP server: what n8n's server does around the contexts of
 * n8n-core, which run the node.
 */
export class Hooks {
	/** Events that started an execution. */
	readonly events: IDataObject[] = [];
	#server: Server | undefined;
	#finished = 0;

	constructor(
		readonly workflow: Workflow,
		readonly node: INode,
		readonly credentials: Credentials,
	) {}

	get address(): string {
		return `http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}`;
	}

	/** Where the node listens. */
	get url(): string {
		return this.#hook().getNodeWebhookUrl('default')!;
	}

	async listen(): Promise<this> {
		const app = express();
		app.use(express.json(), express.urlencoded({ extended: false }));
		app.use((request: Asked, response: never, next: (error: unknown) => void) => {
			// n8n reads no body where none was sent.
			if (request.headers['content-length'] === '0') request.body = undefined;
			this.#serve(request, response).catch(next);
		});
		const server = (this.#server = createServer(app as never));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return this;
	}

	/** Waits until so many executions have ended; the deadline only ends a test that fails. */
	async idle(count: number): Promise<void> {
		const end = Date.now() + 20_000;
		while (this.#finished < count) {
			if (Date.now() > end) throw new Error(`Waited in vain for ${count} executions.`);
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}

	async close(): Promise<void> {
		this.#server!.closeAllConnections();
		await new Promise((resolve) => this.#server!.close(resolve));
	}

	/** What n8n does to publish. */
	async publish(): Promise<void> {
		const { checkExists, create } = this.#methods();
		if (!(await checkExists!.call(this.#hook()))) await create!.call(this.#hook());
	}

	/** What n8n does when a workflow is unpublished, published anew, or n8n stops. */
	async unpublish(): Promise<void> {
		await this.#methods().delete!.call(this.#hook());
	}

	#methods() {
		return typeOf(this.node.type).webhookMethods!['default']!;
	}

	#data(more: object = {}) {
		const base = this.#server ? `${this.address}/webhook` : 'http://localhost/webhook';
		return { ...additionalData(this.credentials, 'webhook'), webhookBaseUrl: base, ...more };
	}

	#hook(): IHookFunctions {
		const context = new HookContext(this.workflow, this.node, this.#data(), 'trigger', 'activate');
		return context as unknown as IHookFunctions;
	}

	async #serve(
		request: Asked,
		response: { json: (body: unknown) => void; send: (body: unknown) => void; headersSent: boolean },
	): Promise<void> {
		const type = typeOf(this.node.type);
		const webhookDescription = type.description.webhooks!.find(({ httpMethod }) => httpMethod === request.method)!;
		const context = new WebhookContext(
			this.workflow,
			this.node,
			this.#data({ httpRequest: request, httpResponse: response }),
			'webhook',
			{ webhookDescription } as unknown as IWebhookData,
			[],
			null,
		) as unknown as IWebhookFunctions;
		const { workflowData, webhookResponse } = await type.webhook!.call(context);
		if (!workflowData) return;
		this.events.push(...jsonOf(workflowData[0]));
		const isResumed = webhookDescription.restartWebhook === true;
		const last = await this.#run(workflowData[0]!, isResumed).finally(() => this.#finished++);
		if (webhookResponse !== undefined) response.send(webhookResponse);
		else if (!response.headersSent) response.json(last[0]?.json ?? {});
	}

	/** The execution that an event starts, or goes on: then the node gives on what came. The items of the last node. */
	async #run(items: INodeExecutionData[], isResumed: boolean): Promise<INodeExecutionData[]> {
		const node = { ...this.node, ...(isResumed && { disabled: true }) };
		const { run } = await launch(this.workflow, node, items, this.credentials, 'webhook');
		const { runData, lastNodeExecuted, error } = (await run).data.resultData;
		if (error) throw error;
		return runData[lastNodeExecuted ?? '']?.[0]?.data?.main?.[0] ?? [];
	}
}

/** Runs a scene with a listening workflow. */
export async function withHooks<T>(hooks: Hooks, run: (hooks: Hooks) => Promise<T>): Promise<T> {
	await hooks.listen();
	try {
		return await run(hooks);
	} finally {
		await hooks.close();
	}
}
