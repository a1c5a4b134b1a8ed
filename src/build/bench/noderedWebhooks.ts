import { rmSync } from 'node:fs';
import { freshFolder } from '../places';
import { reportFlood } from './floods';
import { startNodeRed, type FlowNode } from './noderedHost';

const TOKEN = 'only-for-benchmarks';

/** A node that Chat calls, and Node-RED's own that refuses whatever comes. */
const nodes: FlowNode[] = [
	{ id: 'bot', type: 'synology-chat-bot', name: '', url: 'http://127.0.0.1:1', tls: 'verify', timeout: '60' },
	{
		...{ id: 'push', type: 'synology-chat-bot-trigger', z: 'tab', x: 100, y: 100, version: 1 },
		...{ trigger: 'botMessageReceived', registration: 'manual', nas: '', bot: 'bot', address: '', path: '/chat' },
		...{ params: { nickname: { type: 'str', value: 'Helper' } }, answer: 'now', reply: '' },
		wires: [['out']],
	},
	{ id: 'in', type: 'http in', z: 'tab', x: 100, y: 200, url: '/plain', method: 'post', wires: [['response']] },
	{ id: 'response', type: 'http response', z: 'tab', x: 300, y: 200, statusCode: '401', wires: [] },
];

async function main(): Promise<void> {
	const folder = freshFolder('bench-webhooks');
	try {
		let [events, lines] = [0, 0];
		const listeners = {
			out: () => void events++,
			failed: (error: Error) => console.error(error.message),
			line: () => void lines++,
		};
		const nowhere = { url: 'http://127.0.0.1:1', account: '', password: '' };
		const { url, stop } = await startNodeRed(folder, nowhere, nodes, listeners, { bot: { token: TOKEN } });
		// What the start says is not the flood's.
		lines = 0;
		const [arrived, told] = [() => events, () => lines];
		await reportFlood(
			'Node-RED',
			{ url: `${url}/plain`, status: 401, arrived, lines: told },
			{ url: `${url}/chat`, status: 403, token: TOKEN, arrived, lines: told },
		);
		await stop();
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

void main();
