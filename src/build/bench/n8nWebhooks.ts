import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LoggerProxy, type INodeType } from 'n8n-workflow';
import { fingerprintOf } from '../../core/receive';
import { freshFolder } from '../places';
import { reportFlood } from './floods';
import { loadEngine, startNodes } from './n8nEngine';

/*
 * A whole n8n server is not among what this project installs: as in the tests, the contexts of n8n's engine run the node behind
 * express. What n8n's server does before it, such as finding the workflow in its database, is not in the figures, nor in the reference.
 */

const TOKEN = 'only-for-benchmarks';
const PARAMETERS = {
	event: 'botMessageReceived',
	registration: 'automatic',
	nickname: 'Helper',
	responseMode: 'onReceived',
	responseText: '',
};

/** A node that refuses whatever comes: what n8n itself costs. */
const plain: INodeType = {
	description: {
		...{ displayName: 'Plain', name: 'plain', group: ['trigger'], version: 1, description: '', defaults: {} },
		...{ inputs: [], outputs: [], properties: [] },
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'plain' }],
	},
	async webhook() {
		this.getResponseObject().status(401).end();
		return await Promise.resolve({ noWebhookResponse: true });
	},
};

type Next = (error?: unknown) => void;
type Take = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;
interface App {
	(request: IncomingMessage, response: ServerResponse): void;
	use: (...handlers: unknown[]) => void;
}
const express = require('express') as (() => App) & {
	json: () => unknown;
	urlencoded: (options: { extended: boolean }) => unknown;
};

/** The addresses as a server. */
async function listening(routes: Record<string, Take>): Promise<{ url: string; stop: () => void }> {
	const app = express();
	app.use(express.json(), express.urlencoded({ extended: false }));
	for (const [path, take] of Object.entries(routes))
		app.use(path, (request: IncomingMessage & { body?: unknown }, response: ServerResponse, next: Next) => {
			// n8n reads no body where none was sent.
			if (request.headers['content-length'] === '0') request.body = undefined;
			take(request, response).catch(next);
		});
	const server = createServer(app);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const stop = () => {
		server.closeAllConnections();
		server.close();
	};
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

async function main(): Promise<void> {
	const folder = freshFolder('bench-webhooks');
	try {
		const engine = loadEngine(folder);
		const { hook } = await startNodes(engine, { credential: 'synologyNasApi', secrets: {} });
		let [events, count] = [0, 0];
		const line = (): void => void count++;
		LoggerProxy.init({ error: line, warn: line, info: line, debug: () => undefined });
		const take = hook('synologyChatBotTrigger', PARAMETERS, { v: 2, fingerprint: fingerprintOf(TOKEN) });
		const { url, stop } = await listening({
			'/plain': hook(plain, {}, {}),
			'/chat': async (request, response) => {
				const { workflowData } = await take(request, response);
				if (!workflowData) return;
				events += workflowData[0]!.length;
				// Here n8n begins an execution.
				if (!response.headersSent) response.end();
			},
		});
		const [arrived, lines] = [() => events, () => count];
		await reportFlood(
			"n8n's engine",
			{ url: `${url}/plain`, status: 401, arrived, lines },
			{ url: `${url}/chat`, status: 403, token: TOKEN, arrived, lines },
		);
		stop();
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main().then(() => process.exit());
