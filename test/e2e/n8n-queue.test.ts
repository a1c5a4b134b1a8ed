import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '../../src/simulator';
import { chatOf, type ChatState } from '../../src/simulator/services/chat';
import { driveOf } from '../../src/simulator/services/drive';
import { N8nRest } from './n8n/rest.cjs';
import type { Queue } from './n8n/queue.mjs' with { 'resolution-mode': 'import' };
import { byId, chatNode, driveNode, newMessage, webhook, wire, type CredentialRef } from './n8n-flows';
import { type Server, until } from './process.cjs';

/** An account with two-factor authentication: each process of n8n needs a one-time code of its own. */
let simulator: Simulator;
let chat: ChatState;
let queue: Queue;
let main: Server & { url: string };
let workers: Server[];
let rest: N8nRest;
let credential: CredentialRef;

beforeAll(async () => {
	simulator = await startSimulator({ otp: true });
	chat = chatOf(simulator.nas);
	const { startQueue } = await import('./n8n/queue.mjs');
	const tarball = process.env['SYNOFLOW_TARBALL'];
	queue = await startQueue(tarball === undefined ? {} : { packageDir: tarball });
	await startMain();
	workers = await Promise.all(['one', 'two'].map(async (name) => await queue.worker(name)));
	const { url, account, password, otpSecret } = simulator;
	credential = await rest.createCredential('NAS', 'synologyNasApi', {
		url,
		account,
		password,
		signInWith: 'otp',
		otpSecret,
	});
}, 600_000);

afterAll(async () => {
	await queue?.stop();
	await simulator?.close();
});

async function startMain(): Promise<void> {
	main = await queue.main();
	rest = await new N8nRest(main.url).signIn();
}

/** A published workflow that a webhook starts with `{ text }`; its id. */
async function hooked(path: string, node: { name: string }): Promise<string> {
	const workflow = await rest.createWorkflow(path, [webhook(path), node], wire('Webhook', node.name));
	expect(await rest.publish(workflow.id)).toMatchObject({ status: 'published' });
	return workflow.id;
}

const sending = async (path: string): Promise<string> =>
	await hooked(
		path,
		chatNode(
			'Send',
			{
				resource: 'message',
				operation: 'send',
				channel_id: byId(String(chat.channel('General').channel_id)),
				message: '={{ $json.body.text }}',
			},
			credential,
		),
	);

/** A file each; one that is made twice shows as two. */
const filing = async (path: string): Promise<string> =>
	await hooked(
		path,
		driveNode(
			'File',
			{
				resource: 'file',
				operation: 'createText',
				folder: { __rl: true, mode: 'path', value: `/mydrive/${path}` },
				name: '={{ $json.body.text }}.txt',
				text: '={{ $json.body.text }}',
				options: { conflict_action: 'autorename', create_parents: true },
			},
			credential,
		),
	);

/** Calls a webhook once for each text, ten at a time. */
async function callAll(path: string, texts: readonly string[]): Promise<void> {
	for (let start = 0; start < texts.length; start += 10) {
		const calls = texts.slice(start, start + 10).map(
			async (text) =>
				await fetch(`${main.url}/webhook/${path}`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ text }),
				}),
		);
		expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(calls.map(() => 200));
	}
}

const numbered = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name} ${index}`);
const sorted = (texts: readonly string[]) => [...texts].sort();

const posted = (name: string) =>
	chat
		.channel('General')
		.posts.map(({ message }) => message)
		.filter((text) => text.startsWith(`${name} `));

const filed = (folder: string) => {
	const drive = driveOf(simulator.nas);
	const found = drive.child(drive.home(simulator.account), folder);
	return [...(found?.children.keys() ?? [])];
};

/** Executions by their state, once none goes on any more. */
async function ended(workflowId: string, count: number): Promise<Record<string, string[]>> {
	return await until(
		`${count} executions have ended`,
		async () => {
			const all = await rest.executions(workflowId);
			if (all.length < count || all.some(({ status }) => ['new', 'running', 'waiting'].includes(status))) return false;
			return Object.fromEntries(
				[...new Set(all.map(({ status }) => status))].map((status) => [
					status,
					all.filter((one) => one.status === status).map(({ id }) => id),
				]),
			);
		},
		{ within: 420_000, every: 1000 },
	);
}

/** The texts that executions were started with. */
const textsOf = async (ids: readonly string[]): Promise<string[]> => {
	const texts: string[] = [];
	for (const id of ids) {
		const { nodes } = await rest.execution(id);
		texts.push((nodes['Webhook']?.[0]?.json['body'] as { text: string }).text);
	}
	return texts;
};

describe('n8n in queue mode, with two workers and an account that needs one-time codes', () => {
	test('500 runs that webhooks start all succeed: each message and each file is on the NAS once, no run is lost to a code or to haste', async () => {
		const [messages, files] = [numbered('all', 200), numbered('file', 300)];
		const [chatId, driveId] = [await sending('all'), await filing('files')];
		const start = Date.now();
		await Promise.all([callAll('all', messages), callAll('files', files)]);
		expect(Object.keys(await ended(chatId, 200))).toEqual(['success']);
		const seconds = Math.round((Date.now() - start) / 1000);
		const refused = simulator.requests.filter(({ answerCode }) => answerCode === 411).length;
		// The figures of docs/scaling.md.
		console.log(`200 messages took ${seconds} s; ${refused} sends were refused as too fast and tried again.`);
		expect(Object.keys(await ended(driveId, 300))).toEqual(['success']);
		expect(sorted(posted('all'))).toEqual(sorted(messages));
		expect(sorted(filed('files'))).toEqual(sorted(files.map((text) => `${text}.txt`)));
		// Both workers have run some of it, each with a session of its own.
		for (const worker of workers) expect(worker.log()).toContain('Worker finished execution');
		const logins = simulator.requests.filter(({ method }) => method === 'login');
		expect(logins.filter(({ answerCode }) => answerCode === 0)).toHaveLength(2);
	}, 600_000);

	test('a worker that is killed loses the runs that it had begun, and nothing else: no message twice', async () => {
		const texts = numbered('kill', 40);
		const id = await sending('kill');
		await callAll('kill', texts);
		await until('some messages have arrived', () => posted('kill').length >= 12, { within: 120_000 });
		await workers[0]!.kill();
		workers[0] = await queue.worker('one');
		const { success = [], ...others } = await ended(id, 40);
		const lost = Object.values(others).flat();
		// It had five at a time.
		expect(lost.length).toBeLessThanOrEqual(5);
		const arrived = posted('kill');
		expect(new Set(arrived).size).toBe(arrived.length);
		const succeeded = await textsOf(success);
		expect(arrived).toEqual(expect.arrayContaining(succeeded));
		// What arrived beyond that was sent by a run that was killed before it could say so.
		expect(arrived.length - succeeded.length).toBeLessThanOrEqual(lost.length);
	}, 600_000);

	test.each(['asked for', 'got'])(
		'a message that the main process had just %s when it was killed starts the flow once after the restart',
		async (when) => {
			const workflow = await rest.createWorkflow(`Watch ${when}`, [newMessage('Message', credential)]);
			expect(await rest.publish(workflow.id)).toMatchObject({ status: 'published' });
			const killed = new Promise<void>((resolve) => {
				const kill = () => void main.kill().then(resolve);
				let isDone = false;
				simulator.use({
					'SYNO.Chat.Post.list': () => {
						if (!isDone && posted(when).length > 0) {
							isDone = true;
							if (when === 'got') setImmediate(kill);
							else kill();
						}
						return undefined;
					},
				});
			});
			chat.postAs('bob', 'General', `${when} it`);
			await killed;
			await startMain();
			// The code of the login before is used up: the one after it may have to wait for the next, half a minute later.
			const isStarted = async () => (await rest.executions(workflow.id)).length > 0;
			await until('the message has started the flow', isStarted, { within: 90_000 });
			chat.postAs('bob', 'General', `${when} last`);
			const texts = await until(
				'the next one has, too',
				async () => {
					const { success = [] } = await ended(workflow.id, 1);
					const executions = await Promise.all(success.reverse().map(async (one) => await rest.execution(one)));
					const seen = executions.flatMap(({ nodes }) => nodes['Message'] ?? []).map(({ json }) => json['text']);
					return seen.includes(`${when} last`) && seen;
				},
				{ every: 500 },
			);
			expect(texts).toEqual([`${when} it`, `${when} last`]);
			await rest.unpublish(workflow.id);
		},
		300_000,
	);

	test('five workflows that watch for messages ask as often as one', async () => {
		const published: string[] = [];
		const watch = async (name: string) => {
			const workflow = await rest.createWorkflow(name, [newMessage('Message', credential)]);
			expect(await rest.publish(workflow.id)).toMatchObject({ status: 'published' });
			published.push(workflow.id);
		};
		const isLook = ({ api, method }: { api: string; method: string }) => method !== 'login' && !api.endsWith('Info');
		const looks = () => simulator.requests.filter(isLook).length;
		// From the middle between two ticks, six of them.
		const middle = () => Date.now() % 5000 > 2500 && Date.now() % 5000 < 3000;
		const sixTicks = async () => {
			await until('the middle between two ticks', middle);
			const before = looks();
			const end = Date.now() + 30_000;
			await until('six ticks are over', () => Date.now() >= end, { within: 40_000 });
			return looks() - before;
		};
		await watch('Alone');
		const one = await sixTicks();
		for (const text of numbered('Together', 4)) await watch(text);
		const five = await sixTicks();
		console.log(`Six ticks: ${one} requests of one workflow, ${five} of five.`);
		expect(one).toBeGreaterThanOrEqual(5);
		// A tick at the edge of the time may count or not.
		expect(five - one).toBeLessThanOrEqual(1);
		for (const id of published) await rest.unpublish(id);
	}, 300_000);
});
